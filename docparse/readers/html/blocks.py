"""The visible text of an HTML tree as pieces: what a browser shows, block by block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.html.furniture import Group, find_headings, name_furniture
from docparse.readers.html.lists import BULLET, ListState, mark_item, open_list
from docparse.readers.html.styles import Styles, is_hidden, keeps_space, read_styles
from docparse.readers.html.tables import find_layout_tables
from docparse.readers.html.text import collapse_space, raise_digits, split_indented
from docparse.readers.html.word import outline_level, read_symbol
from docparse.readers.pieces import Piece, is_visible, name_set
from docparse.readers.tables import Grid, fold_cell
from docparse.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_INVISIBLE = name_set(
    "script style template noscript head title meta link base object embed applet audio video canvas svg"
    " datalist noframes param source track area rp rt rtc xml"
)
_BLOCKS = name_set(
    "p div section article main header footer nav aside ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table caption thead tbody"
    " tfoot tr td th blockquote pre form fieldset legend figure figcaption address center hr body html details summary"
    " hgroup menu option optgroup select textarea marquee dir button dialog search plaintext listing xmp"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KEEPS_LINES = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_ITEMS = frozenset(("li", "dd", "dt"))
_COUNTED = _BOLD | _LISTS | frozenset(("article", "main", "thead", "a"))
_TABLE_PARTS = frozenset(("table", "tr", "td", "th"))
_FRAMES = frozenset(("iframe", "frame"))
_LARGEST_SPAN = 1_000

FindFrame = Callable[["_Element"], "_Element | None"]


class Walk(NamedTuple):
    """What a walk over the tree gives: the pieces in order, the groups of furniture that they stand in by number from
    1, and how many characters and ends of sentences are hidden by the page itself."""

    pieces: list[Piece]
    groups: list[Group]
    hidden_characters: int
    hidden_sentences: int


@dataclass
class _Page:
    """What is known of one tree before its walk."""

    styles: Styles
    headings: set[_Element]
    framed: set[_Element]
    show_hidden: bool


class _Open(NamedTuple):
    """What an open element changed, to be undone at its end."""

    kind: bool = False
    bold: bool = False
    keep: bool = False
    content: bool = False
    group: int | None = None  # the group around it, where it opened one
    listed: bool = False
    thead: bool = False
    link: bool = False


_NOTHING = _Open()


@dataclass
class _State:
    """Where the walk stands: local to one call, never kept."""

    pieces: list[Piece] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    bold_characters: int = 0
    bold_depth: int = 0
    keep_depth: int = 0
    content_depth: int = 0
    thead_depth: int = 0
    link_depth: int = 0
    group: int = 0
    hidden_characters: int = 0
    hidden_sentences: int = 0
    kinds: list[tuple[BlockKind, int | None]] = field(default_factory=list)
    lists: list[ListState] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    grids: list[Grid | None] = field(default_factory=list)
    cell_starts: list[int] = field(default_factory=list)
    tables: int = 0


def walk_page(root: _Element, find_frame: FindFrame, *, show_hidden: bool = False) -> Walk:
    """The visible pieces of a page in document order. Linear; no recursion on the depth of the page.

    Args:
        find_frame: the tree of the page in a frame, or None where it is not at hand. It must come to an end for frames
            in frames.
        show_hidden: read what `display:none` and its like hide, too.
    """
    state = _State()
    _walk(root, state, find_frame, show_hidden=show_hidden)
    _flush(state)
    return Walk(state.pieces, state.groups, state.hidden_characters, state.hidden_sentences)


def _walk(root: _Element, state: _State, find_frame: FindFrame, *, show_hidden: bool) -> None:
    from lxml import etree

    page = _Page(read_styles(root), find_headings(root), find_layout_tables(root), show_hidden)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipped: _Element | None = None
    for event, element in walker:
        if event in ("comment", "pi"):
            _add(state, element.tail)
        elif event == "start":
            tag = element.tag if isinstance(element.tag, str) else ""
            shown = read_symbol(element) if tag in ("span", "font") else None
            if shown is not None:
                _add(state, shown)
            elif tag in _FRAMES:
                if (inside := find_frame(element)) is not None and not is_hidden(element, page.styles):
                    _flush(state)
                    _walk(inside, state, find_frame, show_hidden=show_hidden)
                    _flush(state)
            elif not (tag in _INVISIBLE or tag.startswith(("w:", "m:")) or _is_unseen(element, page, state)):
                _enter(state, element, tag, page)
                continue
            walker.skip_subtree()
            skipped = element
        else:
            if element is skipped:
                skipped = None
            else:
                _leave(state, element)
            if element is not root:
                _add(state, element.tail)


def _is_unseen(element: _Element, page: _Page, state: _State) -> bool:
    if not is_hidden(element, page.styles):
        return False
    if page.show_hidden:
        return False
    for node in element.iter():
        inside = node.text if isinstance(node.tag, str) and node.tag not in ("script", "style") else None
        for text in (inside, node.tail if node is not element else None):
            if text:
                state.hidden_characters += len(text.strip())
                state.hidden_sentences += text.count("。")
    return True


def _enter(state: _State, element: _Element, tag: str, page: _Page) -> None:
    if tag == "br":
        _flush(state)
        state.opened.append(_NOTHING)
        return
    if tag in _BLOCKS:
        _flush(state)
    group = _open_group(state, element, tag, page)
    listed = tag in _LISTS
    if listed:
        state.lists.append(ListState(False, "") if state.group else open_list(element, page.styles))
    elif tag == "li" and state.lists:
        _mark(state, mark_item(element, state.lists[-1], page.styles))
    kind = _kind(element, tag)
    if kind is not None:
        state.kinds.append(kind)
    keep = tag in _KEEPS_LINES or (tag in ("p", "div") and keeps_space(element))
    if kind is None and group is None and not keep and tag not in _COUNTED:
        opened = _NOTHING
    else:
        content, thead, link = tag in ("article", "main"), tag == "thead", tag == "a"
        opened = _Open(kind is not None, tag in _BOLD, keep, content, group, listed, thead, link)
        _count(state, opened, 1)
    state.opened.append(opened)
    if tag in _TABLE_PARTS:
        _open_table_part(state, element, tag, page)
    _add(state, raise_digits(element.text) if tag == "sup" and len(element) == 0 else element.text)


def _open_group(state: _State, element: _Element, tag: str, page: _Page) -> int | None:
    """The number of the group around a group of furniture that the element opens, else None."""
    found = name_furniture(element, tag, in_content=state.content_depth > 0, headings=page.headings)
    if found is None:
        return None
    _flush(state)
    around = state.group
    found.holder = around
    state.groups.append(found)
    state.group = len(state.groups)
    return around


def _mark(state: _State, marker: str) -> None:
    """Put a marker before the text that comes next. A bullet right before another marker is one mark."""
    if marker and state.markers and state.markers[-1] == BULLET:
        state.markers.pop()
    if marker:
        state.markers.append(marker)


def _kind(element: _Element, tag: str) -> tuple[BlockKind, int | None] | None:
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if tag in _ITEMS:
        return "list_item", None
    if tag == "p":
        return outline_level(element)
    return None


def _open_table_part(state: _State, element: _Element, tag: str, page: _Page) -> None:
    if tag == "table":
        framed = element in page.framed
        state.grids.append(None if framed else Grid(state.tables))
        state.tables += not framed
    elif tag == "tr" and state.grids and (grid := state.grids[-1]) is not None:
        grid.start_row()
    elif tag in ("td", "th") and state.grids and state.grids[-1] is not None:
        state.cell_starts.append(len(state.pieces))


def _count(state: _State, opened: _Open, step: int) -> None:
    state.bold_depth += step * opened.bold
    state.keep_depth += step * opened.keep
    state.content_depth += step * opened.content
    state.thead_depth += step * opened.thead
    state.link_depth += step * opened.link


def _leave(state: _State, element: _Element) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    opened = state.opened.pop()
    if tag in _BLOCKS or opened.group is not None:
        _flush(state)
    if tag == "li":
        state.markers.clear()  # of an item without text
    if opened is not _NOTHING:
        _count(state, opened, -1)
        if opened.kind:
            state.kinds.pop()
        if opened.listed:
            state.lists.pop()
    if tag in _TABLE_PARTS and state.grids:
        _close_table_part(state, element, tag)
    if opened.group is not None:
        state.group = opened.group


def _close_table_part(state: _State, element: _Element, tag: str) -> None:
    grid = state.grids[-1]
    if tag == "table":
        state.grids.pop()
    elif tag in ("td", "th") and grid is not None and state.cell_starts:
        _close_cell(state, element, grid)


def _close_cell(state: _State, element: _Element, grid: Grid) -> None:
    start = state.cell_starts.pop()
    header = element.tag == "th" or state.thead_depth > 0
    cell = grid.place(_span(element, "rowspan"), _span(element, "colspan"), header=header)
    state.pieces[start:] = fold_cell(state.pieces[start:], cell)


def _span(element: _Element, name: str) -> int:
    value = (element.get(name) or "1").strip()
    if not value.isascii() or not value.isdigit() or len(value) > 6:
        return 1
    return min(max(int(value), 1), _LARGEST_SPAN)


def _add(state: _State, text: str | None) -> None:
    if text:
        state.inline.append(text)
        if state.bold_depth:
            state.bold_characters += len(text.strip())
        if state.group and state.link_depth:
            state.groups[state.group - 1].links += len(text.strip())


def _flush(state: _State) -> None:
    if not state.inline:
        return
    joined = "".join(state.inline)
    state.inline.clear()
    bold = state.bold_characters > 0 and state.bold_characters >= len(joined.strip()) - 1
    state.bold_characters = 0
    if joined.isspace():
        return
    lines = joined.splitlines() if state.keep_depth else split_indented(joined)
    kind, level = state.kinds[-1] if state.kinds else ("paragraph", None)
    for line in lines:
        text = line.rstrip() if state.keep_depth else collapse_space(line)
        if is_visible(text):
            if state.markers:
                text = "".join(state.markers) + text.lstrip()
                state.markers.clear()
            state.pieces.append(Piece(text, kind, level, bold=bold, group=state.group))
