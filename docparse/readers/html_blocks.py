"""The visible text of an HTML tree as pieces: what a browser shows, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.pieces import Piece, is_visible, name_set
from docparse.readers.tables import Grid, fold_cell
from docparse.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_INVISIBLE = name_set(
    "script style template noscript head title meta link base iframe object embed applet audio video canvas svg"
    " datalist noframes param source track area rp rt"
)
_BLOCKS = name_set(
    "p div section article main header footer nav aside ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table caption thead tbody"
    " tfoot tr td th blockquote pre form fieldset legend figure figcaption address center hr body html details summary"
    " hgroup menu option optgroup select textarea marquee dir button"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KEEPS_LINES = frozenset(("pre", "textarea", "listing", "xmp"))
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_FURNITURE: dict[str, BlockKind] = {"nav": "header", "header": "header", "footer": "footer", "aside": "footer"}
_FURNITURE_ROLES: dict[str, BlockKind] = {"navigation": "header", "banner": "header", "contentinfo": "footer"}
_NEVER_FURNITURE = name_set("p span a b strong i em font li td th tr h1 h2 h3 h4 h5 h6")
_NOT_SHOWN = re.compile(r"(?:^|[;\s])(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LARGEST_SPAN = 1_000


class Walk(NamedTuple):
    """What a walk over the tree gives: the pieces in order, and how many characters are hidden by the page itself."""

    pieces: list[Piece]
    hidden_characters: int


@dataclass
class _State:
    """Where the walk stands: local to one call, never kept."""

    pieces: list[Piece] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    bold_characters: int = 0
    bold_depth: int = 0
    keep_depth: int = 0
    hidden_characters: int = 0
    kinds: list[tuple[str, BlockKind, int | None]] = field(default_factory=list)
    furniture: list[BlockKind] = field(default_factory=list)
    content_depth: int = 0
    grids: list[Grid | None] = field(default_factory=list)
    cell_starts: list[int] = field(default_factory=list)
    tables: int = 0


def walk_page(root: _Element) -> Walk:
    """The visible pieces of a page in document order. Linear; no recursion on the depth of the page."""
    from lxml import etree

    state = _State()
    framed = _find_frames(root)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipped: _Element | None = None
    for event, element in walker:
        if event in ("comment", "pi"):
            _add(state, element.tail)
        elif event == "start":
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag in _INVISIBLE or _is_hidden(element):
                if tag not in _INVISIBLE:
                    state.hidden_characters += sum(len(part.strip()) for part in element.itertext())
                walker.skip_subtree()
                skipped = element
            else:
                _enter(state, element, tag, framed)
        else:
            if element is skipped:
                skipped = None
            else:
                _leave(state, element)
            _add(state, element.tail)
    _flush(state)
    return Walk(state.pieces, state.hidden_characters)


def _find_frames(root: _Element) -> set[_Element]:
    """Tables that hold tables: they lay the page out and are not data."""
    frames: set[_Element] = set()
    for table in root.iter("table"):
        outer = table.getparent()
        while outer is not None and outer not in frames:
            if outer.tag == "table":
                frames.add(outer)
            outer = outer.getparent()
    return frames


def _is_hidden(element: _Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and len(style) < 10_000 and _NOT_SHOWN.search(style) is not None


def _enter(state: _State, element: _Element, tag: str, framed: set[_Element]) -> None:
    if tag == "br":
        _flush(state)
        return
    if tag in _BLOCKS:
        _flush(state)
    if tag in _BOLD:
        state.bold_depth += 1
    if tag in _KEEPS_LINES:
        state.keep_depth += 1
    if tag in ("article", "main"):
        state.content_depth += 1
    kind = _furniture_kind(element, tag)
    if kind is not None and (tag not in ("header", "footer") or not state.content_depth):
        state.furniture.append(kind)
        state.kinds.append(("furniture", kind, None))
    elif tag in _HEADINGS:
        state.kinds.append((tag, "heading", _HEADINGS[tag]))
    elif tag in ("li", "dd", "dt"):
        state.kinds.append((tag, "list_item", None))
    elif tag == "table":
        state.grids.append(None if element in framed else Grid(state.tables))
        state.tables += element not in framed
    elif tag == "tr" and state.grids and (grid := state.grids[-1]) is not None:
        grid.start_row()
    elif tag in ("td", "th") and state.grids and state.grids[-1] is not None:
        state.cell_starts.append(len(state.pieces))
    _add(state, element.text)


def _leave(state: _State, element: _Element) -> None:
    tag = element.tag
    if tag in _BLOCKS:
        _flush(state)
    if tag in _BOLD:
        state.bold_depth -= 1
    if tag in _KEEPS_LINES:
        state.keep_depth -= 1
    if tag in ("article", "main"):
        state.content_depth -= 1
    kind = _furniture_kind(element, tag)
    if kind is not None and state.kinds and state.kinds[-1][0] == "furniture" and state.kinds[-1][1] == kind:
        if tag not in ("header", "footer") or not state.content_depth:
            state.kinds.pop()
            state.furniture.pop()
    elif tag in _HEADINGS or tag in ("li", "dd", "dt"):
        if state.kinds and state.kinds[-1][0] == tag:
            state.kinds.pop()
    elif tag == "table" and state.grids:
        state.grids.pop()
    elif tag in ("td", "th") and state.grids and (grid := state.grids[-1]) is not None and state.cell_starts:
        _close_cell(state, element, grid)


def _furniture_kind(element: _Element, tag: str) -> BlockKind | None:
    if tag in _NEVER_FURNITURE:
        return None
    return _FURNITURE_ROLES.get(element.get("role", "")) or _FURNITURE.get(tag)


def _close_cell(state: _State, element: _Element, grid: Grid) -> None:
    start = state.cell_starts.pop()
    cell = grid.place(_span(element, "rowspan"), _span(element, "colspan"), header=element.tag == "th")
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


def _flush(state: _State) -> None:
    if not state.inline:
        return
    joined = "".join(state.inline)
    state.inline.clear()
    bold = state.bold_characters > 0 and state.bold_characters >= len(joined.strip()) - 1
    state.bold_characters = 0
    if joined.isspace():
        return
    lines = joined.splitlines() if state.keep_depth else [joined]
    kind: BlockKind = "paragraph"
    level = None
    if state.kinds:
        _, kind, level = state.kinds[-1]
    if state.furniture:
        kind, level = state.furniture[-1], None
    for line in lines:
        text = line.rstrip() if state.keep_depth else collapse_space(line)
        if is_visible(text):
            state.pieces.append(Piece(text, kind, level, bold=bold))


def collapse_space(text: str) -> str:
    """The text with white space collapsed as a browser does it, ends trimmed.

    A run with a line end between two wide characters vanishes (CSS Text 3, segment break transformation), so that
    source wrapped in the middle of a Chinese sentence gets no space. No-break and ideographic spaces stay.

    >>> collapse_space(" 全年\\n  计划 of\\n 2024 ")
    '全年计划 of 2024'
    """
    text = text.strip(" \t\n\r\f")
    if "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text and "\f" not in text:
        return text
    return "".join(_collapsed(text))


def _collapsed(text: str) -> Iterator[str]:
    position = 0
    for match in _SPACE.finditer(text):
        yield text[position : match.start()]
        position = match.end()
        wrapped = "\n" in match[0] and _is_wide(text[match.start() - 1]) and _is_wide(text[position])
        if not wrapped:
            yield " "
    yield text[position:]


def _is_wide(char: str) -> bool:
    return (
        "\u2e80" <= char <= "\ud7a3" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uff60" or char in "“”‘’—…"
    )
