"""Word documents of 1997 to 2003, WPS Writer's own format among them, read without another program ([MS-DOC]).

Own code, because no library for Python reads them. It knows text, styles, lists, tables, notes and changes.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import count

from docparse.options import Options
from docparse.readers.doc.fields import Fields
from docparse.readers.doc.file import (
    PARTS,
    DocError,
    DocFile,
    find_run,
    open_doc,
    pair,
    read_fonts,
    whole_properties,
)
from docparse.readers.doc.file import (
    Piece as Stretch,
)
from docparse.readers.doc.sections import read_sections, read_stories
from docparse.readers.doc.styles import (
    Layout,
    Look,
    Style,
    read_layout,
    read_look,
    read_numbering,
    read_styles,
)
from docparse.readers.docx.numbering import Counters, Numbering
from docparse.readers.docx.symbols import PRIVATE, read_private, read_symbol
from docparse.readers.left_out import changes_warning, comments_warning, hidden_warning
from docparse.readers.markers import BULLET, join_marker
from docparse.readers.pieces import (
    Piece,
    break_lines,
    check_blocks,
    check_characters,
    is_visible,
    join_furniture,
    join_pieces,
)
from docparse.readers.plain.text import no_text_warning
from docparse.readers.rtf.tables import CellShape, RowShape, Tables, renumber
from docparse.records import BlockKind, Reading, Source, Warning

# What ends a stretch of plain characters: marks of fields, cells, paragraphs, breaks, and signs for objects.
_MARKS = re.compile(r"[\x00-\x08\x0a-\x1f]")
# Up to and with a character of two units, behind which offsets would slip.
_EVEN = re.compile("[^\U00010000-\U0010ffff]++[\U00010000-\U0010ffff]?|[\U00010000-\U0010ffff]")
_SIGNS = {"\x0b": "\n", "\x1e": "-", "\x0e": "\n"}
_FIELD, _RESULT, _FIELD_END, _OBJECT = "\x13", "\x14", "\x15", "\x01"
_ENDS = "\r\x0c\x07"
_MOST_CELLS = 64
_COMMENTS, _COMMENT_BYTES = 4, 34  # the table of references to comments: a place and 30 bytes of each
_COUNTING_FIELDS = ("AUTONUM", "LISTNUM")


@dataclass
class _State:
    """Where the reading stands: local to one call, never kept."""

    file: DocFile
    options: Options
    styles: dict[int, Style]
    counters: Counters
    look_starts: list[int]
    layout_starts: list[int]
    piece_firsts: list[int]
    fonts: tuple[str, ...]
    section_ends: frozenset[int]
    tables: Tables
    kind: BlockKind | None = None
    runs: list[tuple[str, Look]] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    pending: list[tuple[str, Look]] = field(default_factory=list)  # of a paragraph whose end was deleted
    looks: dict[bytes, Look] = field(default_factory=dict)
    in_contents: bool = False  # the paragraph has a part of a table of contents
    uncounted: bool = False
    hidden: int = 0
    inserted: int = 0
    deleted: int = 0
    characters: int = 0
    blocks: int = 0


def read_word_97(data: bytes, options: Options, *, strict: bool = False) -> Reading:
    """Reading of a .doc: the body in document order, then boxes, notes, headers and footers.

    Args:
        strict: refuse where something is numbered in a way that this reader does not count, or lists are broken.

    Raises:
        DocError: no Word document of 1997 or later, or it does not hold together.
        LimitExceededError: too many characters or blocks.
    """
    file = open_doc(data)
    try:
        pieces, left_out = _read_texts(file, options, strict=strict)
    except (struct.error, IndexError) as error:
        raise DocError("its tables are cut off") from error
    raw, blocks = join_pieces(renumber(pieces))
    check_characters(len(raw), options)
    return Reading(source=Source(), raw=raw, blocks=blocks, warnings=(*left_out, *no_text_warning(raw)))


def _read_texts(file: DocFile, options: Options, *, strict: bool) -> tuple[list[Piece], tuple[Warning, ...]]:
    """All pieces, and the warnings about what is missing in them."""
    numbers = count()
    broken = False
    try:
        numbering = read_numbering(file)
    except (struct.error, IndexError) as error:
        if strict:
            raise DocError("its lists are broken") from error
        numbering, broken = Numbering({}, {}), True
    state = _State(
        file,
        options,
        read_styles(file),
        Counters(numbering),
        [run.start for run in file.looks],
        [run.start for run in file.paragraphs],
        [piece.first for piece in file.pieces],
        read_fonts(file),
        frozenset(section.end for section in read_sections(file)),
        Tables(numbers),
    )
    starts = {name: sum(file.parts[:index]) for index, name in enumerate(PARTS)}
    sizes = dict(zip(PARTS, file.parts, strict=True))
    pieces: list[Piece] = []
    kinds: tuple[tuple[str, BlockKind | None], ...] = (
        ("body", None), ("boxes", None), ("footnotes", "note"), ("endnotes", "note"),
    )  # fmt: skip
    for name, kind in kinds:
        state.tables, state.kind = Tables(numbers), kind
        _read_text(state, starts[name], starts[name] + sizes[name])
        pieces.extend(state.tables.finish())
    stories: list[tuple[BlockKind, list[Piece]]] = []
    shown = read_stories(file)
    at = starts["header boxes"]
    boxes: tuple[BlockKind, int, int] = ("header", at, at + sizes["header boxes"])
    for kind, first, last in (*((kind, starts["headers"] + a, starts["headers"] + b) for kind, a, b in shown), boxes):
        state.tables, state.kind = Tables(numbers), kind
        _read_text(state, first, last)
        stories.append((kind, state.tables.finish()))
    if strict and state.uncounted:
        raise DocError("it has numbers of a kind that only Word and LibreOffice count")
    return pieces + join_furniture(stories), _left_out(state, missing=state.uncounted or broken)


def _left_out(state: _State, *, missing: bool) -> tuple[Warning, ...]:
    numbers = Warning(code="numbering-missing", message="Some automatic numbers could not be worked out.")
    return (
        *((numbers,) if missing else ()),
        *changes_warning(inserted=state.inserted, deleted=state.deleted),
        *comments_warning(max(len(pair(state.file, _COMMENTS)) - 4, 0) // _COMMENT_BYTES),
        *hidden_warning(state.hidden),
    )


def _read_text(state: _State, first: int, last: int) -> None:
    """Read the characters from number `first` up to `last` into paragraphs."""
    state.fields.clear()
    state.runs.clear()
    state.pending.clear()
    begin_at = bisect_right(state.piece_firsts, first) - 1
    for piece in state.file.pieces[max(begin_at, 0) :]:
        if piece.first >= last:
            break
        length = (piece.end - piece.start) // piece.width
        begin, end = max(first - piece.first, 0), min(last - piece.first, length)
        if begin >= end:
            continue
        position, stop = piece.start + begin * piece.width, piece.start + end * piece.width
        while position < stop:
            run = find_run(state.file.looks, state.look_starts, position)
            until = stop if run is None else min(run.end, stop)
            until = max(position + piece.width, until - (until - position) % piece.width)
            text = state.file.main[position:until].decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
            look = _look(state, piece.changes if run is None else run.properties + piece.changes)
            for part in _EVEN.findall(text):
                _take_text(state, part, look, position, piece)
                position += piece.width * (len(part) + (part[-1] > "\uffff"))
            position = until
    if state.runs or state.pending:
        _finish_paragraph(state, Layout())


def _look(state: _State, properties: bytes) -> Look:
    """The look that these properties give, each set read once."""
    found = state.looks.get(properties)
    if found is None:
        found = state.looks[properties] = read_look(properties, Look())
    return found


def _take_text(state: _State, text: str, look: Look, offset: int, piece: Stretch) -> None:
    position = 0
    if look.symbol:  # each "(" of the run stands for the sign
        text = text.replace("(", _sign(state, *look.symbol))
    while position < len(text):
        match = _MARKS.search(text, position)
        end = len(text) if match is None else match.start()
        if end > position:
            _add(state, text[position:end], look)
        if match is None:
            return
        position = match.end()
        mark = match[0]
        if mark == "\x0c" and not _ends_section(state, offset + match.start() * piece.width, piece):
            _add(state, "\n", look)  # a new page begins inside the paragraph
        elif mark in _ENDS:
            layout = _layout(state, offset + match.start() * piece.width, piece.changes)
            _end_paragraph(state, mark, layout, deleted=look.deleted)
        elif mark == _FIELD:
            state.fields.begin(state.characters)
        elif mark == _RESULT:
            state.fields.start_results(state.characters)
        elif mark == _FIELD_END:
            _add(state, state.fields.end(state.characters, state.file), look)
        elif mark == _OBJECT and state.fields.instructing and look.is_data:
            state.fields.instruct("", look.data)
        elif mark in _SIGNS:
            _add(state, _SIGNS[mark], look)


def _ends_section(state: _State, offset: int, piece: Stretch) -> bool:
    return piece.first + (offset - piece.start) // piece.width + 1 in state.section_ends


def _sign(state: _State, font: int, point: int) -> str:
    """The sign of a symbol font; one character, so that the places of what follows hold."""
    return read_symbol(f"{point:X}", state.fonts[font] if font < len(state.fonts) else "")[:1] or "\0"


def _add(state: _State, text: str, look: Look) -> None:
    if state.fields.instructing:
        state.uncounted |= any(name in text for name in _COUNTING_FIELDS)
        state.fields.instruct(text, None)
        return
    if not text:
        return
    state.inserted += look.inserted
    if look.deleted:
        state.deleted += 1
        return
    state.characters += len(text)
    state.in_contents |= state.fields.contents > 0 and is_visible(text)
    check_characters(state.characters, state.options)
    state.runs.append((text, look))


def _layout(state: _State, offset: int, changes: bytes) -> Layout:
    run = find_run(state.file.paragraphs, state.layout_starts, offset)
    if run is None:
        return Layout()
    base = state.styles.get(run.style, Style()).layout
    base = base._replace(style=run.style, outline=None, list_id=None, list_level=None)
    return read_layout(whole_properties(state.file, run.properties) + changes, base)


def _end_paragraph(state: _State, mark: str, layout: Layout, *, deleted: bool) -> None:
    state.fields.start_results(
        state.characters, every=True
    )  # else one lost mark would swallow the rest of the document
    state.uncounted |= layout.old_number
    depth = max(layout.depth, 1) if mark == "\x07" else layout.depth
    layout = layout._replace(depth=depth)
    if (mark == "\x07" and layout.row_end) or layout.inner_row_end:
        state.runs.clear()
        state.tables.finish_row(depth, _row(layout))
        return
    if deleted and mark != "\x07":
        state.pending.extend(state.runs)
        state.runs = []
        return
    _finish_paragraph(state, layout, mark)
    if mark == "\x07" or layout.inner_cell:
        state.tables.finish_cell(depth)


def _row(layout: Layout) -> RowShape:
    """The row that a definition gives: the edges of its cells in twips, and which of them go on others."""
    shape = RowShape(header=layout.header)
    data = layout.row or b""
    cells = min(data[0], _MOST_CELLS) if data else 0
    edges = struct.unpack_from(f"<{cells + 1}h", data.ljust(1 + 2 * (cells + 1), b"\0"), 1) if cells else ()
    if edges:
        shape.left = edges[0]
    for index in range(cells):
        begin = 1 + 2 * (cells + 1) + 20 * index
        flags = int.from_bytes(data[begin : begin + 2], "little")
        below = bool(flags & 0x20) and not flags & 0x40
        shape.cells.append(CellShape(edges[index + 1], below, beside=bool(flags & 2) and not flags & 1))
    return shape


def _finish_paragraph(state: _State, layout: Layout, mark: str = "") -> None:
    runs = [*state.pending, *state.runs]
    in_contents = state.in_contents
    state.runs, state.pending, state.in_contents = [], [], False
    style = state.styles.get(layout.style, Style())
    texts: list[str] = []
    sizes: dict[float, int] = {}
    visible = bold = 0
    for text, look in runs:
        around = state.styles.get(look.style, Style()).look if look.style is not None else Look()
        if _is_on(look.hidden, around.hidden, style.look.hidden):
            state.hidden += len(text.strip())
            continue
        if PRIVATE.search(text):
            text = read_private(text, _font(state, look.font, around.font, style.look.font))
        texts.append(text)
        weight = len(text.strip())
        visible += weight
        bold += weight if _is_on(look.bold, around.bold, style.look.bold) else 0
        size = look.size or around.size or style.look.size or 10.0
        sizes[size] = sizes.get(size, 0) + weight
    text = "".join(texts)
    if mark == "\x0c" and not is_visible("".join(texts)):
        return  # the border of a section, which Word neither numbers nor shows
    marker, listed = _marker(state, layout, style)
    sink = state.tables.sink(layout.depth)
    if not is_visible(text) and marker.strip() in ("", BULLET):
        return
    text = join_marker(marker, text.strip("\n"))
    kind, level = _kind(state, layout, style, listed)
    if in_contents and state.kind is None:
        kind, level = "toc", None
    largest = max(sizes, key=lambda key: sizes[key], default=style.look.size)
    before = len(sink)
    sink.extend(break_lines(Piece(text, kind, level, size=largest, bold=0 < visible == bold)))
    state.blocks += len(sink) - before
    check_blocks(state.blocks, state.options)


def _font(state: _State, *numbers: int | None) -> str:
    """The name of the font, what is nearest first."""
    number = next((number for number in numbers if number is not None), None)
    return "" if number is None or number >= len(state.fonts) else state.fonts[number]


def _is_on(*values: int | None) -> bool:
    """A toggle, what is nearest first: on, off, as what is around it says (0x80), or the opposite of that (0x81)."""
    on = False
    for value in reversed(values):
        if value == 0x81:
            on = not on
        elif value is not None and value != 0x80:
            on = bool(value)
    return on


def _marker(state: _State, layout: Layout, style: Style) -> tuple[str, bool]:
    list_id, level = layout.list_id, layout.list_level
    if list_id is None:
        list_id = style.layout.list_id
        if list_id and level is None:
            level = state.counters.level_of_style(list_id, str(layout.style))
            level = style.layout.list_level if level is None else level
    if not list_id:
        return "", False
    marker = state.counters.advance(list_id, level or 0)
    return marker, bool(marker)


def _kind(state: _State, layout: Layout, style: Style, listed: bool) -> tuple[BlockKind, int | None]:
    if state.kind is not None:
        return state.kind, None
    if style.named.toc:
        return "toc", None
    level = style.named.level
    if layout.outline is not None:
        level = layout.outline + 1 if layout.outline < 9 else None
    if level is not None:
        return "heading", level
    if style.named.title:
        return "heading", None
    return ("list_item" if listed else "paragraph"), None
