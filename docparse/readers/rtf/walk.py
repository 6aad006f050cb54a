"""The tokens of Rich Text Format, one after the other, into stories."""

from __future__ import annotations

from docparse.errors import LimitExceededError
from docparse.readers.docx.symbols import PRIVATE, read_private
from docparse.readers.pieces import check_blocks, check_characters
from docparse.readers.rtf.fields import Field
from docparse.readers.rtf.state import (
    Group,
    State,
    finish_fact,
    finish_style,
    outline,
    take_font_name,
    take_font_word,
    take_style_word,
)
from docparse.readers.rtf.story import DEFAULT_SIZE, Look, Story
from docparse.readers.rtf.tables import RowShape, Tables
from docparse.readers.rtf.text import MARKS, SIGNS, codec_of_page
from docparse.readers.rtf.words import BOXES, KNOWN, PLACES, SKIPPED, STORIES, TOKEN, after_binary, end_of_group

_FIELD_WORDS = (b"fldinst", b"ffl")
_HEAD_BYTES = 64
_MOST_SKIPPED = 10
_LONGEST_FACT = 1_000
_DEEPEST_TABLE = 30
_FACTS = ("title", "author", "created", "modified")
_WITHOUT_TEXT = ("skip", "row")
_IN_FIELD = ("code", "choice")


def read_tokens(state: State) -> bool:
    """Read all tokens. True where the outermost group is closed."""
    data, size = state.data, len(state.data)
    while state.position < size:
        match = TOKEN.match(data, state.position)
        if match is None:  # a backslash at the end, or one with a quote and no byte behind it
            state.position += 2
            continue
        state.position = match.end()
        word, number, byte, sign, brace, text = match.groups()
        if text is not None:
            _take_bytes(state, text)
        elif byte is not None:
            _take_bytes(state, bytes((int(byte, 16),)), escaped=True)
        elif word is not None:
            _take_word(state, word, None if number is None else int(number))
        elif sign is not None:
            _take_sign(state, sign)
        elif brace == b"{":
            _open_group(state)
        elif brace == b"}":
            _close_group(state)
            if not state.groups:
                return True
    return False


def _open_group(state: State) -> None:
    if len(state.groups) >= state.options.max_depth:
        raise LimitExceededError(
            "too-deep",
            f"Groups nest deeper than {state.options.max_depth}.",
            "Raise Options.max_depth if you trust the file.",
        )
    state.skipping = 0
    state.starred = False
    state.groups.append(Group(state.look, state.place, state.skip_after))


def _close_group(state: State) -> None:
    state.skipping = 0
    if not state.groups:
        return
    group = state.groups.pop()
    if state.place == "styles" and group.place == "styles":
        _flush(state)
        finish_style(state)
    elif state.place != group.place and state.place in _FACTS:
        _flush(state)
        finish_fact(state, state.place)
    elif state.place != group.place and state.place in _IN_FIELD:
        _flush(state)
    if group.opens_story:
        close_story(state, group.look.depth)
    state.look, state.place, state.skip_after = group.look, group.place, group.skip_after
    if group.opens_field:
        _close_field(state)


def _close_field(state: State) -> None:
    entry = state.fields.pop()
    if state.place == "text":
        _flush(state)
        if state.characters == entry.mark:
            _put(state, entry.show())


def _take_bytes(state: State, data: bytes, *, escaped: bool = False) -> None:
    if state.skipping:
        if escaped:
            state.skipping -= 1
            return
        skipped = min(state.skipping, len(data))
        state.skipping -= skipped
        data = data[skipped:]
    if data and state.place not in _WITHOUT_TEXT:
        codec = state.codecs.get(state.look.font, state.page_codec)
        _put(state, state.decoder.decode(data, codec))


def _put(state: State, text: str) -> None:
    """Put characters where the open group says."""
    if not text or state.place in _WITHOUT_TEXT:
        return
    if state.place == "text":
        if state.look.deleted:
            return
        if state.look.hidden:
            state.hidden += len(text.strip())
            return
        if PRIVATE.search(text):
            text = read_private(text, state.font_names.get(state.look.font, ""))
        state.characters += len(text)
        check_characters(state.characters, state.options)
        state.stories[-1].add(text, state.look)
    elif state.place == "marker":
        story = state.stories[-1]
        if len(story.marker) < 100 and not state.look.deleted:
            story.marker += text
    elif state.place == "fonts":
        take_font_name(state, text)
    elif state.place == "code":
        state.fields[-1].instruct(text)
    elif state.place == "choice":
        state.fields[-1].choose(text)
    elif state.words_length < _LONGEST_FACT:
        state.words.append(text)
        state.words_length += len(text)


def _flush(state: State) -> None:
    _put(state, state.decoder.finish())


def _take_sign(state: State, sign: bytes) -> None:
    if sign == b"*":  # means something only where a group begins; OpenOffice writes \\*\\cs12 inside of one
        begin = state.position - 2
        state.starred = state.data[max(begin - 3, 0) : begin].rstrip(b"\r\n \0").endswith(b"{")
    elif sign in MARKS:
        if state.skipping:
            state.skipping -= 1
        elif sign == b"~" or sign == b"_":
            _flush(state)
            _put(state, MARKS[sign])
        else:
            _take_bytes(state, sign)  # it may be the second byte of a character
    elif sign in (b"\r", b"\n"):
        _take_word(state, b"par", None)


def _take_word(state: State, word: bytes, number: int | None) -> None:
    starred, state.starred = state.starred, False
    if state.skipping:
        state.skipping -= 1
        if word == b"bin":
            state.position = after_binary(state.data, state.position, number or 0)
        return
    if _enters(state, word, number, starred):
        return
    if word == b"u":
        if state.place not in _WITHOUT_TEXT:
            _put(state, state.decoder.unit(number or 0))
        state.skipping = state.skip_after
    elif word == b"uc":
        state.skip_after = min(max(number or 0, 0), _MOST_SKIPPED)
    elif word == b"bin":
        state.position = after_binary(state.data, state.position, number or 0)
    elif word in SIGNS:
        _flush(state)
        _put(state, SIGNS[word])
    elif state.place == "fonts":
        take_font_word(state, word, number)
    elif state.place == "styles":
        take_style_word(state, word, number)
    elif state.place in _IN_FIELD:
        if not _take_look(state, word, number):
            state.fields[-1].control(word, number)
    elif state.place in ("created", "modified"):
        state.moment[word.decode("ascii")] = number or 0
    elif not _take_look(state, word, number):
        _take_break(state, word, number)


def _enters(state: State, word: bytes, number: int | None, starred: bool) -> bool:
    """True where the word says what the group that has just been opened is for, and that is no plain text."""
    in_field = state.place in _IN_FIELD
    left_out = word in STORIES or word in BOXES if in_field else word in _FIELD_WORDS and not state.fields
    if word in SKIPPED or (starred and word not in KNOWN) or left_out:
        state.comments += word == b"annotation"
        if state.groups:
            state.position = end_of_group(state.data, state.position)
        return True
    if word in STORIES or word in BOXES:
        _flush(state)
        kind = STORIES.get(word, state.stories[-1].kind)
        state.stories.append(Story(Tables(state.numbers), kind))
        if state.groups:
            state.groups[-1].opens_story = True
        state.look = Look(font=state.default_font)
        state.place = "text"
        return True
    if word == b"upr":  # the group that follows says the same in bytes; the one behind it in Unicode
        start = state.data.find(b"{", state.position, state.position + _HEAD_BYTES)
        if start >= 0:
            state.position = end_of_group(state.data, start + 1) + 1
        return True
    if word == b"field":
        if state.groups and not state.groups[-1].opens_field:
            _flush(state)
            state.fields.append(Field(state.characters))
            state.groups[-1].opens_field = True
        return True
    place = PLACES.get(word)
    if place == "code" and in_field:  # of a field in the instruction of another
        return True
    if place == "choice":
        state.fields[-1].control(word, number)
    if place is None:
        return False
    if place in _FACTS and state.place != "skip":  # outside of {\info
        return False
    state.place = place
    state.start_words()
    state.moment.clear()
    if place == "marker":
        _flush(state)
        state.stories[-1].marker = ""
    return True


def _take_look(state: State, word: bytes, number: int | None) -> bool:
    """True where the word says how characters or paragraphs look."""
    look = state.look
    on = number != 0
    if word == b"f":
        look = look._replace(font=number or 0)
    elif word == b"fs" or (word == b"afs" and state.script == b"dbch"):
        look = look._replace(size=(number or 24) / 2 if 0 < (number or 24) < 4_000 else DEFAULT_SIZE)
    elif word == b"b" or (word == b"ab" and state.script == b"dbch"):
        look = look._replace(bold=on)
    elif word == b"v":
        look = look._replace(hidden=on)
    elif word == b"deleted":
        state.deleted += on and not look.deleted
        look = look._replace(deleted=on)
    elif word == b"revised":
        state.inserted += on
    elif word == b"plain":
        look = look._replace(font=state.default_font, size=DEFAULT_SIZE, bold=False, hidden=False, deleted=False)
    elif word == b"pard":
        look = look._replace(style=0, level=None, depth=0)
    elif word == b"s":
        look = look._replace(style=number or 0)
    elif word == b"outlinelevel":
        look = look._replace(level=outline(number))
    elif word == b"intbl":
        look = look._replace(depth=max(look.depth, 1))
    elif word == b"itap":
        look = look._replace(depth=min(max(number or 0, 0), _DEEPEST_TABLE))
    elif word in (b"loch", b"hich", b"dbch", b"ltrch", b"rtlch"):
        state.script = word
    elif word == b"deff":
        state.default_font = number or 0
        look = look._replace(font=state.default_font)
    elif word == b"ansicpg":
        state.page_codec = codec_of_page(number or 0) or state.page_codec
    elif word == b"mac":
        state.page_codec = "mac_roman"
    else:
        return False
    state.look = look
    return True


def _take_break(state: State, word: bytes, number: int | None) -> None:
    """Take a word that ends a paragraph, a cell or a row, or that defines a row; others mean nothing here."""
    look = state.look
    if word == b"par" or word == b"sect":
        finish_paragraph(state, look)
    elif word == b"page" or word == b"column":
        _flush(state)
        _put(state, "\n")
    elif word == b"trowd":
        if state.place == "row":
            state.inner_row = RowShape()
        else:
            state.row = RowShape()
    elif word in (b"cell", b"nestcell", b"row", b"nestrow"):
        tables = state.stories[-1].tables
        depth = 1 if word in (b"cell", b"row") else max(look.depth, tables.depth(), 2)
        if word.endswith(b"cell"):
            finish_paragraph(state, look._replace(depth=depth))
            tables.finish_cell(depth)
        else:
            if any(state.stories[-1].texts):
                finish_paragraph(state, look._replace(depth=depth))
            tables.finish_row(depth, state.inner_row if word == b"nestrow" else state.row)
    else:
        (state.inner_row if state.place == "row" else state.row).control(word, number)


def finish_paragraph(state: State, look: Look) -> None:
    _flush(state)
    state.blocks += state.stories[-1].finish_paragraph(look, state.styles)
    check_blocks(state.blocks, state.options)


def close_story(state: State, depth: int) -> None:
    """End the innermost story; a box gives its pieces to the story around it, the others wait for the end."""
    finish_paragraph(state, state.look)
    story = state.stories.pop()
    around = state.stories[-1]
    if story.kind == around.kind:
        around.tables.sink(depth).extend(story.tables.finish())
    else:
        state.furniture.append(story)
