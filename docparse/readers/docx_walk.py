"""A Word body as pieces in document order: paragraphs, cells, text boxes, with numbering written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docparse.readers.docx_numbering import BULLET, Counters
from docparse.readers.docx_styles import Style, Styles, run_size
from docparse.readers.docx_tables import TableWalk
from docparse.readers.docx_xml import MC, M, W, child, is_on, number, value
from docparse.readers.pieces import Piece, is_visible, name_set
from docparse.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    W + name
    for name in name_set(
        "del moveFrom pPr sectPr sdtPr sdtEndPr tblPr tblGrid tcPr rPr instrText delText delInstrText rt"
        " footnoteRef endnoteRef annotationRef commentReference fldData rubyPr trPr"
    )
)
_TEXT = frozenset((W + "t", M + "t"))


@dataclass
class _Paragraph:
    """A paragraph that is being read."""

    style: Style
    kind: BlockKind
    level: int | None
    marker: str
    texts: list[str] = field(default_factory=list)
    characters: int = 0
    bold_characters: int = 0
    sizes: dict[float, int] = field(default_factory=dict)
    run_bold: bool = False
    run_hidden: bool = False
    run_size: float | None = None
    joins_next: bool = False


@dataclass
class _State:
    """Where the walk stands: local to one call, never kept."""

    styles: Styles
    counters: Counters
    kind: BlockKind | None
    pieces: list[Piece] = field(default_factory=list)
    open: list[_Paragraph] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    tables: TableWalk = field(default_factory=TableWalk)
    toc_depth: int = 0


def walk_body(
    root: _Element, styles: Styles, counters: Counters, kind: BlockKind | None = None, first_table: int = 0
) -> tuple[list[Piece], int]:
    """The visible pieces under a body, header, footer or note, and the number of the next table.

    Insertions are in, deletions, comments and hidden text are out; of alternate content the first choice is taken.
    Linear in the tree; no recursion on its depth.

    Args:
        kind: what every piece is called, where it is not the body.
        first_table: the number of the first table.
    """
    from lxml import etree

    state = _State(styles=styles, counters=counters, kind=kind)
    state.tables.next_table = first_table
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in _DROPPED or not isinstance(tag, str) or _is_hidden(element, tag):
                walker.skip_subtree()
            else:
                _enter(state, element, tag)
        elif tag not in _DROPPED:
            _leave(state, element, tag)
    return state.pieces, state.tables.next_table


def _is_hidden(element: _Element, tag: str) -> bool:
    if tag == W + "r":
        properties = element.find(W + "rPr")
        return properties is not None and is_on(properties.find(W + "vanish"))
    if tag == MC + "Fallback":
        return element.getprevious() is not None  # the choice before it was read
    if tag == W + "tr":
        return child(element, "trPr", "del") is not None
    return False


def _enter(state: _State, element: _Element, tag: str) -> None:
    if tag in _TEXT:
        _add(state, element.text or "")
    elif tag == W + "r":
        _start_run(state, element)
    elif tag == W + "p":
        state.open.append(_start_paragraph(state, element))
    elif tag == W + "tbl":
        state.tables.start_table(element)
    elif tag == W + "tr":
        state.tables.start_row(element)
    elif tag == W + "tc":
        state.tables.start_cell(element, len(state.pieces))
    elif tag == W + "sdt":
        state.toc_depth += _is_toc(element)
    elif tag in (W + "br", W + "cr"):
        _add(state, "\n")
    elif tag in (W + "tab", W + "ptab"):
        _add(state, "\t")
    elif tag == W + "noBreakHyphen":
        _add(state, "-")
    elif tag == W + "sym":
        _add(state, _symbol(element))


def _leave(state: _State, element: _Element, tag: str) -> None:
    if tag == W + "p" and state.open:
        _finish_paragraph(state, state.open.pop())
    elif tag == W + "tc":
        state.tables.finish_cell(state.pieces)
    elif tag == W + "tbl":
        state.tables.finish_table()
    elif tag == W + "sdt":
        state.toc_depth -= _is_toc(element)


def _is_toc(element: _Element) -> bool:
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return (value(gallery) or "").lower() == "table of contents"


def _symbol(element: _Element) -> str:
    code = value(element, "char") or ""
    try:
        point = int(code[:6], 16)
    except ValueError:
        return ""
    return chr(point) if 0x20 <= point < 0xD800 or 0xE000 <= point <= 0xFFFD else ""


def _add(state: _State, text: str) -> None:
    if not state.open or not text:
        return
    paragraph = state.open[-1]
    if paragraph.run_hidden:
        return
    paragraph.texts.append(text)
    weight = len(text.strip())
    paragraph.characters += weight
    if paragraph.run_bold:
        paragraph.bold_characters += weight
    if paragraph.run_size is not None:
        paragraph.sizes[paragraph.run_size] = paragraph.sizes.get(paragraph.run_size, 0) + weight


def _start_run(state: _State, element: _Element) -> None:
    if not state.open:
        return
    paragraph = state.open[-1]
    properties = element.find(W + "rPr")
    bold = None if properties is None else properties.find(W + "b")
    paragraph.run_bold = is_on(bold) if bold is not None else paragraph.style.bold
    paragraph.run_size = run_size(properties) or paragraph.style.size
    if paragraph.style.hidden:  # a run may switch it off
        vanish = None if properties is None else properties.find(W + "vanish")
        paragraph.run_hidden = vanish is None or is_on(vanish)


def _start_paragraph(state: _State, element: _Element) -> _Paragraph:
    properties = element.find(W + "pPr")
    style_id = value(child(properties, "pStyle")) or ""
    style = state.styles.by_id.get(style_id, state.styles.default)
    outline = number(child(properties, "outlineLvl"))
    level = style.level
    if outline is not None:
        level = outline + 1 if 0 <= outline <= 8 else None
    marker, listed = _marker(state, properties, style, style_id)
    kind: BlockKind = "paragraph"
    if state.kind is not None:
        kind, level = state.kind, None
    elif style.toc or state.toc_depth:
        kind, level = "toc", None
    elif level is not None or style.title:
        kind = "heading"
    elif listed:
        kind = "list_item"
    paragraph = _Paragraph(style=style, kind=kind, level=level, marker=marker)
    paragraph.joins_next = child(properties, "rPr", "del") is not None
    paragraph.run_bold, paragraph.run_size = style.bold, style.size
    return paragraph


def _marker(state: _State, properties: _Element | None, style: Style, style_id: str) -> tuple[str, bool]:
    """The numbering marker, and whether the paragraph stands in a list. Number id 0 takes it out of its style's."""
    number_id = number(child(properties, "numPr", "numId"))
    level = number(child(properties, "numPr", "ilvl"))
    from_style = number_id is None
    if number_id is None:
        number_id = style.number_id
    if not number_id:
        return "", False
    if level is None and from_style:
        level = state.counters.level_of_style(number_id, style_id)  # the list's word on the style goes first
        level = style.number_level if level is None else level
    level = level or 0
    if child(properties, "rPr", "del") is not None:
        return "", True
    marker = state.counters.advance(number_id, level)
    return marker, bool(marker)


def _finish_paragraph(state: _State, paragraph: _Paragraph) -> None:
    text = "".join(paragraph.texts)
    if paragraph.joins_next:
        state.pending.append(text)
        return
    if state.pending:
        text = "".join(state.pending) + text
        state.pending.clear()
    if not is_visible(text) and paragraph.marker.strip() in ("", BULLET):
        return
    text = paragraph.marker + text.strip("\n")
    whole = paragraph.kind == "heading"
    size = max(paragraph.sizes, key=lambda key: paragraph.sizes[key], default=paragraph.style.size)
    bold = paragraph.characters > 0 and paragraph.bold_characters == paragraph.characters
    for line in [text] if whole else text.split("\n"):
        if is_visible(line):
            state.pieces.append(Piece(line, paragraph.kind, paragraph.level, size=size, bold=bold))
