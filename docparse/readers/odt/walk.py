"""An OpenDocument text as pieces in document order, with numbering written out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from docparse.options import Options
from docparse.readers.markers import BULLET, join_marker
from docparse.readers.odt.changes import find_deletions
from docparse.readers.odt.lists import OUTLINE, Counters
from docparse.readers.odt.styles import Run, Style, Styles
from docparse.readers.odt.tables import Tables
from docparse.readers.odt.xml import DRAW, LOEXT, OFFICE, SVG, TABLE, TEXT, whole
from docparse.readers.pieces import Piece, break_lines, check_blocks, check_characters, is_visible, name_set
from docparse.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    [
        *(OFFICE + name for name in name_set("forms annotation annotation-end binary-data event-listeners")),
        *(SVG + name for name in name_set("title desc")),
        *(DRAW + name for name in name_set("object object-ole image plugin applet floating-frame")),
        *(
            TEXT + name
            for name in name_set(
                "tracked-changes note-citation number ruby-text script sequence-decls variable-decls user-field-decls"
                " dde-connection-decls alphabetical-index-auto-mark-file table-of-content-source"
                " illustration-index-source table-index-source object-index-source user-index-source"
                " alphabetical-index-source bibliography-source table-of-content-entry-template"
            )
        ),
        TABLE + "covered-table-cell",
    ]
)
_TOC = frozenset(TEXT + name for name in name_set("table-of-content illustration-index table-index object-index"))
# What is in the text namespace and has no text of its own: white space in it is only layout of the XML.
_BARE = frozenset(
    TEXT + name
    for name in name_set(
        "list list-item list-header note note-body section index-body index-title ruby numbered-paragraph"
        " table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography"
    )
)
_PARAGRAPHS = frozenset((TEXT + "p", TEXT + "h"))
_ITEMS = frozenset((TEXT + "list-item", TEXT + "list-header"))
_SPACES = re.compile("[ \t\r\n]+")
_MOST_SPACES = 100
_DEEPEST_HEADING = 10


@dataclass
class _Paragraph:
    """A paragraph that is being read."""

    style: Style
    kind: BlockKind
    level: int | None
    marker: str
    page: int | None
    runs: list[Run]
    texts: list[str] = field(default_factory=list)
    length: int = 0
    after_space: bool = True
    visible: int = 0
    bold: int = 0
    sizes: dict[float, int] = field(default_factory=dict)
    turns: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class _List:
    """An open text:list. `numbered` says that the open item has had the paragraph that carries its number."""

    key: str
    style: str
    level: int
    item_style: str | None = None
    start: int | None = None
    numbered: bool = False


class Walk(NamedTuple):
    """What a walk gives: the pieces, those of the notes, the number of the next table, and what is left out."""

    pieces: list[Piece]
    notes: list[Piece]
    next_table: int
    hidden: int
    comments: int


@dataclass
class _State:
    """Where the walk stands: local to one call, never kept."""

    styles: Styles
    counters: Counters
    options: Options
    kind: BlockKind | None
    tables: Tables
    page: int | None = None
    pieces: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    open: list[_Paragraph] = field(default_factory=list)
    lists: list[_List | None] = field(default_factory=list)  # None: a box or a note inside, which is in no list
    toc_depth: int = 0
    note_depth: int = 0
    deletions: frozenset[_Element] = frozenset()
    deleting: set[str] = field(default_factory=set)
    characters: int = 0
    hidden: int = 0
    comments: int = 0


def walk_text(
    root: _Element,
    styles: Styles,
    counters: Counters,
    options: Options,
    kind: BlockKind | None = None,
    first_table: int = 0,
) -> Walk:
    """The visible pieces under a body, header or footer, those of its notes, and the number of the next table.

    Insertions are in; deletions, annotations and hidden text are out. Linear in the tree; no recursion on its depth.

    Args:
        kind: what every piece is called, where it is not the body.
        first_table: the number of the first table.

    Raises:
        LimitExceededError: the text or its tables grow beyond `options`.
    """
    from lxml import etree

    has_pages = kind is None and next(root.iter(f"{TEXT}soft-page-break"), None) is not None
    state = _State(styles, counters, options, kind, Tables(options, first_table), page=1 if has_pages else None)
    state.deletions = find_deletions(root)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        dropped = tag in _DROPPED or _is_hidden(element, tag)
        if event == "start":
            if dropped:
                _leave_out(state, element, tag)
                if tag == f"{TABLE}covered-table-cell":
                    state.tables.skip_cells(element)
                walker.skip_subtree()
            else:
                _enter(state, element, tag)
                if element.text and _has_text(tag):
                    _add(state, element.text, collapse=True)
        else:
            if not dropped:
                _leave(state, element, tag)
            parent = element.getparent()
            if element.tail and element is not root and parent is not None and _has_text(parent.tag):
                _add(state, element.tail, collapse=True)
    return Walk(state.pieces, state.notes, state.tables.next_table, state.hidden, state.comments)


def _leave_out(state: _State, element: _Element, tag: str) -> None:
    """Count what is not read."""
    if tag == f"{OFFICE}annotation":
        state.comments += 1
    elif tag not in _DROPPED:
        state.hidden += sum(len(text.strip()) for text in map(str, element.itertext()))


def _has_text(tag: str) -> bool:
    return tag.startswith((TEXT, LOEXT)) and tag not in _BARE


def _is_hidden(element: _Element, tag: str) -> bool:
    if tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
        return element.get(f"{TEXT}is-hidden") == "true"
    if tag == f"{TEXT}section":
        return element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true"
    if tag == f"{TEXT}p" or tag == f"{TEXT}h":
        mark = element.find(f"{TEXT}hidden-paragraph")
        return mark is not None and mark.get(f"{TEXT}is-hidden") == "true"
    return False


def _enter(state: _State, element: _Element, tag: str) -> None:
    if tag in _PARAGRAPHS:
        state.open.append(_start_paragraph(state, element, tag))
    elif tag == f"{TEXT}span":
        if state.open:
            runs = state.open[-1].runs
            runs.append(state.styles.run(element.get(f"{TEXT}style-name"), runs[-1]))
    elif tag == f"{TEXT}s":
        _add(state, " " * min(whole(element, f"{TEXT}c", 1), _MOST_SPACES))
    elif tag == f"{TEXT}tab":
        _add(state, "\t")
    elif tag == f"{TEXT}line-break":
        _add(state, "\n")
    elif tag == f"{TEXT}change-start" and element in state.deletions:
        state.deleting.add(element.get(f"{TEXT}change-id") or "")
    elif tag == f"{TEXT}change-end":
        state.deleting.discard(element.get(f"{TEXT}change-id") or "")
    elif tag == f"{TEXT}soft-page-break":
        _turn_page(state)
    elif tag == f"{TEXT}list" or tag == f"{TEXT}numbered-paragraph":
        _open_list(state, element, tag)
    elif tag in _ITEMS:
        _open_item(state, element, tag)
    elif tag in _TOC:
        state.toc_depth += 1
    elif tag == f"{TEXT}note-body":
        state.note_depth += 1
        state.lists.append(None)
    elif tag.startswith(DRAW):
        state.lists.append(None)
    elif tag.startswith(TABLE):
        _enter_table(state, element, tag)


def _enter_table(state: _State, element: _Element, tag: str) -> None:
    tables = state.tables
    if tag == f"{TABLE}table":
        tables.start_table(element)
    elif tag == f"{TABLE}table-header-rows":
        tables.mark_header(True)
    elif tag == f"{TABLE}table-row":
        tables.start_row(element, len(state.pieces))
    elif tag == f"{TABLE}table-cell":
        tables.start_cell(element, len(state.pieces))


def _leave(state: _State, element: _Element, tag: str) -> None:
    if tag in _PARAGRAPHS:
        if state.open:
            _finish_paragraph(state, state.open.pop())
    elif tag == f"{TEXT}span":
        if state.open and len(state.open[-1].runs) > 1:
            state.open[-1].runs.pop()
    elif tag == f"{TEXT}list" or tag == f"{TEXT}numbered-paragraph" or tag.startswith(DRAW):
        state.lists.pop()
    elif tag in _TOC:
        state.toc_depth -= 1
    elif tag == f"{TEXT}note-body":
        state.note_depth -= 1
        state.lists.pop()
    elif tag == f"{TABLE}table-cell":
        state.tables.finish_cell(state.pieces)
    elif tag == f"{TABLE}table-row":
        state.tables.finish_row(state.pieces)
    elif tag == f"{TABLE}table-header-rows":
        state.tables.mark_header(False)
    elif tag == f"{TABLE}table":
        state.tables.finish_table()


def _turn_page(state: _State) -> None:
    if state.page is None:
        return
    state.page += 1
    if state.open:
        paragraph = state.open[-1]
        paragraph.turns.append((paragraph.length, state.page))


def _open_list(state: _State, element: _Element, tag: str) -> None:
    own = element.get(f"{TEXT}style-name")
    outer = state.lists[-1] if state.lists else None
    style = own or ("" if outer is None else outer.style)
    if tag == f"{TEXT}numbered-paragraph":
        level = whole(element, f"{TEXT}level", 1, 10)
        entry = _List(f"paragraphs {element.get(f'{TEXT}list-id')}", style, max(level, 1))
        entry.start = whole(element, f"{TEXT}start-value", -1) if element.get(f"{TEXT}start-value") else None
    elif outer is not None and style == outer.style:
        entry = _List(outer.key, style, outer.level + 1)
    else:
        entry = _List(state.counters.open_list(element, style), style, 1 if outer is None else outer.level + 1)
    state.lists.append(entry)


def _open_item(state: _State, element: _Element, tag: str) -> None:
    entry = state.lists[-1] if state.lists else None
    if entry is not None:
        entry.numbered = tag == f"{TEXT}list-header"
        entry.item_style = element.get(f"{TEXT}style-override")
        entry.start = None
        if element.get(f"{TEXT}start-value") is not None:
            entry.start = whole(element, f"{TEXT}start-value", 1)


def _start_paragraph(state: _State, element: _Element, tag: str) -> _Paragraph:
    style = state.styles.paragraph(element.get(f"{TEXT}style-name"))
    if style.new_page and state.page is not None and state.pieces and not state.open:
        state.page += 1
    level = style.level
    if tag == f"{TEXT}h":
        level = max(whole(element, f"{TEXT}outline-level", 1, _DEEPEST_HEADING), 1)
    marker, listed = _marker(state, element, tag, style, level)
    kind: BlockKind = "paragraph"
    if state.note_depth:
        kind, level = "note", None
    elif state.kind is not None:
        kind, level = state.kind, None
    elif style.toc or state.toc_depth:
        kind, level = "toc", None
    elif style.title:
        kind, level = "heading", None
    elif level is not None:
        kind = "heading"
    elif listed:
        kind = "list_item"
    return _Paragraph(style, kind, level, marker, state.page, [style.run])


def _marker(state: _State, element: _Element, tag: str, style: Style, level: int | None) -> tuple[str, bool]:
    """The numbering marker, and whether the paragraph is an item of a list."""
    entry = state.lists[-1] if state.lists else None
    if entry is not None:
        if entry.numbered:  # the second paragraph of an item
            return "", False
        entry.numbered = True
        name = entry.item_style or entry.style or style.list_style or ""
        marker = state.counters.advance(entry.key, name, entry.level, entry.start)
        return marker, bool(marker)
    if tag != f"{TEXT}h" or level is None or style.list_style == "" or state.toc_depth:
        return "", False
    if element.get(f"{TEXT}is-list-header") == "true" or not state.counters.is_shown(OUTLINE, level):
        return "", False
    start = None
    if element.get(f"{TEXT}restart-numbering") == "true" or element.get(f"{TEXT}start-value") is not None:
        start = whole(element, f"{TEXT}start-value", 1)
    return state.counters.advance(OUTLINE, OUTLINE, level, start), False


def _add(state: _State, text: str, *, collapse: bool = False) -> None:
    """Add text to the open paragraph. White space of the XML is one space, and none where one stands before it."""
    if not state.open:
        return
    paragraph = state.open[-1]
    run = paragraph.runs[-1]
    if state.deleting:
        return
    if run.hidden:
        state.hidden += len(text.strip())
        return
    if collapse:
        text = _SPACES.sub(" ", text)
        if paragraph.after_space:
            text = text.removeprefix(" ")
        if not text:
            return
        paragraph.after_space = text.endswith(" ")
    else:
        paragraph.after_space = False
    state.characters += len(text)
    check_characters(state.characters, state.options)
    paragraph.texts.append(text)
    paragraph.length += len(text)
    weight = len(text.strip())
    paragraph.visible += weight
    paragraph.bold += weight if run.bold else 0
    if run.size is not None:
        paragraph.sizes[run.size] = paragraph.sizes.get(run.size, 0) + weight


def _finish_paragraph(state: _State, paragraph: _Paragraph) -> None:
    text = "".join(paragraph.texts)
    if not is_visible(text) and paragraph.marker.strip() in ("", BULLET):
        return
    lead = len(text) - len(text.lstrip("\n"))
    inner = text.strip("\n")
    text = join_marker(paragraph.marker, inner)
    before = len(text) - len(inner)
    turns = tuple((place + before - lead, page) for place, page in paragraph.turns)
    size = max(paragraph.sizes, key=lambda key: paragraph.sizes[key], default=paragraph.style.run.size)
    bold = 0 < paragraph.visible == paragraph.bold
    pieces = state.notes if paragraph.kind == "note" else state.pieces
    piece = Piece(text, paragraph.kind, paragraph.level, paragraph.page, turns, size=size, bold=bold)
    pieces.extend(break_lines(piece))
    check_blocks(len(pieces), state.options)
