"""One Word paragraph: how its text is gathered run by run, and the pieces that it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docparse.options import Options
from docparse.readers.docx.fields import Field
from docparse.readers.docx.numbering import Counters
from docparse.readers.docx.styles import Style, Styles, points
from docparse.readers.docx.tables import TableWalk
from docparse.readers.docx.xml import W, child, is_on, number, value
from docparse.readers.markers import BULLET, join_marker
from docparse.readers.pieces import Piece, break_lines, check_characters, is_visible
from docparse.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_RUN_MARKS = (W + "b", W + "sz", W + "vanish", W + "rStyle")


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read. `turns`: where in `texts`, counted in characters, a page begins."""

    style: Style
    kind: BlockKind
    level: int | None
    marker: str
    page: int | None
    texts: list[str] = field(default_factory=list)
    length: int = 0
    characters: int = 0
    bold_characters: int = 0
    sizes: dict[float, int] = field(default_factory=dict)
    run: _Element | None = None
    run_bold: bool = False
    run_hidden: bool = False
    run_size: float | None = None
    joins_next: bool = False
    turns: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Tally:
    """What one document's walks leave out or meet, for its warnings. Ids are those of the package's relations."""

    inserted: int = 0
    deleted: int = 0
    moved: int = 0
    hidden: int = 0
    placeholders: int = 0
    comments: set[str] = field(default_factory=set)
    notes: list[tuple[str, str]] = field(default_factory=list)
    embedded: list[tuple[str, str]] = field(default_factory=list)
    turned: int = 0


@dataclass
class State:
    """Where the walk stands: local to one call, never kept. `page` is None where pages are not counted."""

    styles: Styles
    counters: Counters
    kind: BlockKind | None
    tally: Tally
    options: Options
    page: int | None = None
    pieces: list[Piece] = field(default_factory=list)
    open: list[Paragraph] = field(default_factory=list)
    pending: list[Paragraph] = field(default_factory=list)
    tables: TableWalk = field(default_factory=TableWalk)
    fields: list[Field] = field(default_factory=list)
    instructing: int = 0
    toc_depth: int = 0
    muted: int = 0
    added: int = 0
    deleted_cells: bool = False


def add_text(state: State, text: str) -> None:
    """Put text into the paragraph that is open, unless it is hidden, a prompt, or a field's instruction."""
    if not state.open or not text:
        return
    paragraph = state.open[-1]
    if paragraph.run_hidden:
        state.tally.hidden += len(text.strip())
        return
    if state.muted:
        state.tally.placeholders += len(text.strip())
        return
    if state.instructing:
        for entry in reversed(state.fields):
            if not entry.in_result:
                entry.instruct(text)
                entry.kept.append(text)
                return
    weight = len(text.strip())
    if weight and not paragraph.characters:
        if state.toc_depth and state.kind is None:  # the field may begin inside the paragraph, or end before its text
            paragraph.kind, paragraph.level = "toc", None
        if paragraph.page is not None:
            paragraph.page = state.page
            paragraph.turns.clear()
    paragraph.texts.append(text)
    paragraph.length += len(text)
    paragraph.characters += weight
    state.added += len(text)
    if paragraph.run_bold:
        paragraph.bold_characters += weight
    if paragraph.run_size is not None:
        paragraph.sizes[paragraph.run_size] = paragraph.sizes.get(paragraph.run_size, 0) + weight


def start_run(state: State, element: _Element) -> bool:
    """Take over what the run sets. True where it is hidden, so that nothing in it is read."""
    if not state.open:
        return False
    paragraph = state.open[-1]
    style = paragraph.style
    paragraph.run = element
    paragraph.run_bold, paragraph.run_size, paragraph.run_hidden = style.bold, style.size, style.hidden
    properties = element.find(W + "rPr")
    if properties is not None:
        _read_run(state, paragraph, properties)
    if paragraph.run_hidden and element.find(W + "fldChar") is None:  # a field's marks count even where hidden
        state.tally.hidden += sum(len((text.text or "").strip()) for text in element.iter(W + "t"))
        paragraph.run_hidden = style.hidden
        return True
    return False


def _read_run(state: State, paragraph: Paragraph, properties: _Element) -> None:
    for mark in properties.iterchildren(*_RUN_MARKS):
        tag = mark.tag
        if tag == W + "b":
            paragraph.run_bold = is_on(mark)
        elif tag == W + "sz":
            paragraph.run_size = points(mark) or paragraph.run_size
        elif tag == W + "vanish":
            paragraph.run_hidden = is_on(mark)
        else:  # w:rStyle stands first, so that what the run sets itself goes last
            named = state.styles.by_id.get(value(mark) or "", Style())
            paragraph.run_bold = named.bold or paragraph.run_bold
            paragraph.run_size = named.size or paragraph.run_size
            paragraph.run_hidden = named.hidden or paragraph.run_hidden


def start_paragraph(state: State, element: _Element) -> None:
    """Open a paragraph: its style, kind, heading level and marker."""
    properties = element.find(W + "pPr")
    style_id = value(child(properties, "pStyle")) or ""
    style = state.styles.by_id.get(style_id, state.styles.default)
    outline = number(child(properties, "outlineLvl"))
    level = style.level
    if outline is not None:
        level = outline + 1 if 0 <= outline <= 8 else None
    if level is not None and state.toc_depth:
        _end_broken_contents(state)
    marks = child(properties, "rPr")
    gone = marks is not None and _count_mark(state.tally, marks)
    unseen = (style.hidden or is_on(child(marks, "vanish"))) and _is_all_hidden(element, style)
    marker, listed = ("", True) if gone or unseen else _marker(state, properties, style, style_id)
    kind: BlockKind = "paragraph"
    if state.kind is not None:
        kind, level = state.kind, None
    elif style.toc:
        kind, level = "toc", None
    elif level is not None or style.title:
        kind = "heading"
    elif listed:
        kind = "list_item"
    paragraph = Paragraph(style=style, kind=kind, level=level, marker=marker, page=state.page)
    paragraph.joins_next = gone or value(child(properties, "framePr"), "dropCap") in ("drop", "margin")
    paragraph.run_bold, paragraph.run_size, paragraph.run_hidden = style.bold, style.size, style.hidden
    state.open.append(paragraph)


def _end_broken_contents(state: State) -> None:
    """A heading never stands in a field of contents: where one does, the field's end is missing."""
    for entry in state.fields:
        state.toc_depth -= entry.toc
        entry.toc = False


def _count_mark(tally: Tally, marks: _Element) -> bool:
    """Count a tracked paragraph mark. True where the mark is gone and the paragraph runs on into the next."""
    tally.inserted += child(marks, "ins") is not None
    if child(marks, "del") is not None:
        tally.deleted += 1
        return True
    return child(marks, "moveFrom") is not None


def _is_all_hidden(element: _Element, style: Style) -> bool:
    """True where no run of a paragraph with a hidden mark shows text: Word does not count such a paragraph."""
    for run in element.iter(W + "r"):
        vanish = child(run, "rPr", "vanish")
        hidden = style.hidden if vanish is None else is_on(vanish)
        if not hidden and run.find(W + "t") is not None:
            return False
    return True


def _marker(state: State, properties: _Element | None, style: Style, style_id: str) -> tuple[str, bool]:
    """The numbering marker, and whether the paragraph stands in a list. Number id 0 takes it out of its style's."""
    number_id = level = None
    numbering = child(properties, "numPr")
    if numbering is not None:
        number_id = number(child(numbering, "numId"))
        level = number(child(numbering, "ilvl"))
    from_style = number_id is None
    if number_id is None:
        number_id = style.number_id
    if not number_id:
        return "", False
    if level is None and from_style:
        level = state.counters.level_of_style(number_id, style_id)  # the list's word on the style goes first
        level = style.number_level if level is None else level
    marker = state.counters.advance(number_id, level or 0)
    return marker, bool(marker)


def finish_paragraph(state: State, paragraph: Paragraph) -> None:
    """Turn a paragraph into pieces: one a line, a heading whole. An empty one shows its number, if it has one.

    Word prints the number of an empty numbered paragraph; left out, 四、 would follow 二、 and the number column of
    many tables would be empty.

    Raises:
        LimitExceededError: the document has more characters than may be read.
    """
    if paragraph.joins_next:
        state.pending.append(paragraph)
        return
    text = "".join(paragraph.texts)
    if state.pending:
        text = "".join("".join(before.texts) for before in state.pending) + text
        paragraph.turns.clear()
        paragraph.page = state.pending[0].page if is_visible("".join(state.pending[0].texts)) else paragraph.page
        state.pending.clear()
    check_characters(state.added, state.options)
    if not is_visible(text) and paragraph.marker.strip() in ("", BULLET):
        return
    inner = text.strip("\n")
    shown = join_marker(paragraph.marker, inner)
    shift = len(shown) - len(inner) - (len(text) - len(text.lstrip("\n")))
    turns = tuple((place + shift, page) for place, page in paragraph.turns)
    size = max(paragraph.sizes, key=lambda key: paragraph.sizes[key], default=paragraph.style.size)
    bold = paragraph.characters > 0 and paragraph.bold_characters == paragraph.characters
    piece = Piece(shown, paragraph.kind, paragraph.level, paragraph.page, turns, size=size, bold=bold)
    state.pieces.extend(break_lines(piece))


def flush_pending(state: State) -> None:
    """Give what waits for a next paragraph where none comes: at a cell's, a box's or the body's end."""
    if state.pending:
        last = state.pending.pop()
        last.joins_next = False
        finish_paragraph(state, last)
