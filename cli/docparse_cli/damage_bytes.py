"""What stood in a page and what stands there, byte by byte: the story of a damage to the encoding."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

BYTE_KINDS = frozenset({"gbk-space-strip", "pinyin-gloss", "byte-shift", "wrong-charset", "lost-lead-bytes"})
GBK = "gb18030"
_WRITTEN = ("utf-8", "gb18030", "big5")
_MISREAD = (
    *("gb18030", "cp1252", "latin-1", "big5", "cp932", "cp949", "cp1250", "cp1251", "cp1253", "cp1254"),
    *("mac_cyrillic", "mac_roman", "koi8_r", "cp437", "cp850", "cp866"),
)
_FIRST_MARK, _LAST_MARK = "⟦", "⟧"
_MOST_BYTES = 120
_EATEN = b"\xa1\xa1"


class Bytes(NamedTuple):
    """A text and its bytes in `encoding`."""

    text: str
    code: bytes
    encoding: str = GBK


class Story(NamedTuple):
    """`was` became `now`. `returned` is a mark that the damage took and that somebody put back later."""

    was: Bytes
    now: Bytes
    returned: str = ""


class Row(NamedTuple):
    """Bytes in hex. `marks[i]` stands before `cells[i]`: ⟦ and ⟧ round what the other row has not, | before a character
    that begins there, else a blank."""

    cells: list[str]
    marks: list[str]
    changed: list[bool]


def byte_story(kind: str, before: str, after: str) -> Story | None:
    """The bytes of `after`, which the page once had, and of `before`, which it has; None for kinds without bytes."""
    if kind not in BYTE_KINDS or before == after:
        return None
    if kind == "wrong-charset":
        return _misread(before, after)
    if kind == "gbk-space-strip":
        story = _eaten(*_core(before, after))
        if story is not None:
            return story
    return Story(_bytes(after), _bytes(before))


def _bytes(text: str, encoding: str = GBK) -> Bytes:
    return Bytes(text, text.encode(encoding, "replace"), encoding)


def _core(before: str, after: str) -> tuple[str, str]:
    """Both without the characters that they have in common at their ends."""
    from docparse.text.edits import common_ends

    head, tail = common_ends(before, after)
    return before[head : len(before) - tail], after[head : len(after) - tail]


def _eaten(before: str, after: str) -> Story | None:
    """场。 (B3 A1 A1 A3) and 常 (B3 A3); where only 场 was restored, the mark that 常 tells of. None if it is not so.

    The bytes were cut before a mirror turned the page into traditional characters.
    """
    from docparse.text.scripts.script import simplified_view

    for stands, stood in ((before, after), (simplified_view(before), simplified_view(after))):
        now, was = _bytes(stands), _bytes(stood)
        if was.code.replace(_EATEN, b"") == now.code:
            return Story(was, now)
        if len(now.code) == len(was.code) == 2 and was.code[0] == now.code[0] and was.code[1:] == _EATEN[1:]:
            mark = (_EATEN[1:] + now.code[1:]).decode(GBK, "replace")
            return Story(_bytes(stood + mark), now, returned=mark)
    return None


def _misread(before: str, after: str) -> Story:
    """The encoding that `after` was written in and the one that it was read in; UTF-8 and GBK where a byte is lost."""
    for misread in _MISREAD:
        for written in _WRITTEN:
            try:
                code = b"".join(_code(character, misread) for character in before)
                if misread != written and code.decode(written) == after:
                    return Story(Bytes(after, code, written), Bytes(before, code, misread))
            except UnicodeError:
                continue
    return Story(_bytes(after, "utf-8"), _bytes(before))


def _code(character: str, encoding: str) -> bytes:
    """Its bytes; bytes that an encoding does not define were read as control characters of their number."""
    return bytes([ord(character)]) if "\x80" <= character <= "\x9f" else character.encode(encoding)


def _borders(side: Bytes) -> set[int]:
    """Where in the bytes a character begins behind another; none where that cannot be told."""
    try:
        ends = list(accumulate(len(_code(character, side.encoding)) for character in side.text))
    except UnicodeError:
        return set()
    return set(ends[:-1]) if ends and ends[-1] == len(side.code) else set()


def rows(story: Story) -> tuple[Row, Row]:
    """What stood there and what stands there, equal bytes below each other; `marks` has one more than `cells`."""
    was, now = story.was.code[:_MOST_BYTES], story.now.code[:_MOST_BYTES]
    upper, lower = Row([], [" "], []), Row([], [" "], [])
    borders = _borders(story.was), _borders(story.now)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        length = max(i2 - i1, j2 - j1)
        for row, code, at, starts in ((upper, was, (i1, i2), borders[0]), (lower, now, (j1, j2), borders[1])):
            begin, count = len(row.cells), at[1] - at[0]
            row.cells.extend([f"{byte:02X}" for byte in code[slice(*at)]] + ["  "] * (length - count))
            row.marks.extend([" "] * length)
            row.changed.extend([tag != "equal"] * length)
            for place in range(count):
                if at[0] + place in starts and row.marks[begin + place] == " ":
                    row.marks[begin + place] = "|"
            if tag != "equal" and count:
                row.marks[begin] = _FIRST_MARK
                row.marks[begin + count] = _LAST_MARK
    return upper, lower
