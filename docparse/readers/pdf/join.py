"""Lines of PDF pages joined to paragraphs, over line ends, columns and pages; tables as cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from docparse.readers.pdf.lines import Line, PageLines
from docparse.readers.pdf.rows import Tables
from docparse.readers.pdf.wrap import (
    Margins,
    begins_item,
    continues,
    crosses,
    extend,
    is_leader,
)
from docparse.readers.pieces import Piece
from docparse.records import BlockKind

_CENTRED = 0.04  # of the page's width: how far a centred line's middle may stand off
_LONGEST_PARAGRAPH = 50_000  # characters; each line that is put to it copies it
_TITLE_SIZE = 1.15  # times the body's
_NO_TITLE = re.compile(r"[（(〔\[—–-]|\d{4}\s?年\d{1,2}月|.{0,20}[：:\t]|[日号]$")


_PageMargins = dict[tuple[int, int], Margins]  # by flow and column


class _Flow(NamedTuple):
    """Where a flow of text stands: the piece that is open, its first line on this page, the last line, its margins."""

    open_at: int
    first: Line | None
    last: Line
    margins: Margins


def join_pages(pages: Sequence[PageLines], size: float, words: frozenset[str] = frozenset()) -> list[Piece]:
    """The paragraphs of all pages in order; page numbers are 1-based.

    Running heads come before their page's paragraphs, footnotes and page numbers after, under their own kinds. A
    paragraph that goes on over the page end is one piece on its first page, so that no furniture stands inside it.

    Args:
        pages: with the lines labelled.
        size: the body's font size, in points.
        words: the words of the document, for those that a hyphen cuts.
    """
    joiner = _Joiner(size, words)
    for number, (page, margins) in enumerate(zip(pages, _measure_pages(pages, size), strict=True), 1):
        joiner.join_page(page, number, margins)
    return joiner.pieces


def _measure_pages(pages: Sequence[PageLines], size: float) -> list[_PageMargins]:
    """The margins of each page. Where a page's own lines do not run to the right margin of most, that one counts."""
    measured = [
        measure([line for line in page.lines if line.kind in ("paragraph", "heading")], page.width) for page in pages
    ]
    rights: dict[int, list[float]] = {}
    for page, margins in zip(pages, measured, strict=True):
        if (0, 0) in margins:
            rights.setdefault(round(page.width), []).append(margins[0, 0].right)
    for page, margins in zip(pages, measured, strict=True):
        if (0, 0) in margins:
            usual = median(rights[round(page.width)])
            own = margins[0, 0]
            if own.right < usual - 2 * size:
                margins[0, 0] = own._replace(right=usual)
    return measured


def list_words(pages: Iterable[PageLines]) -> frozenset[str]:
    """The Latin words of the document in lower case; empty where no line ends with a hyphen."""
    lines = [line for page in pages for line in page.lines]
    if not any(line.text.endswith(("-", "\u00ad")) for line in lines):
        return frozenset()
    return frozenset(word.lower() for line in lines for word in _LATIN.findall(line.text))


_LATIN = re.compile(r"[A-Za-z]{5,40}")


class _Joiner:
    """The pieces made so far, and where each flow of text stands."""

    def __init__(self, size: float, words: frozenset[str]) -> None:
        self.pieces: list[Piece] = []
        self._size = size
        self._words = words
        self._body: _Flow | None = None
        self._tables = Tables()

    def join_page(self, page: PageLines, number: int, margins: _PageMargins) -> None:
        """Add the pieces of one page."""
        self._add_alone(page, number, "header")
        flows: dict[int, _Flow] = {}
        self._body = self._body._replace(first=None) if self._body is not None else None
        fresh = True
        for line in page.lines:
            if line.kind not in ("paragraph", "heading"):
                continue
            if line.cells:
                self._tables.add(self.pieces, line, number, at_top=fresh)
                self._body = None
            elif line.flow:
                flows[line.flow] = self._join(flows.get(line.flow), line, number, margins[line.flow, line.column], page)
            else:
                self._tables.end()
                own = margins[line.flow, line.column]
                self._body = self._join(self._body, line, number, own, page, turned=fresh)
            fresh = fresh and bool(line.flow)
        self._add_notes(page, number)
        self._add_alone(page, number, "footer")

    def _add_alone(self, page: PageLines, number: int, kind: BlockKind) -> None:
        self.pieces += [piece_of(line, number, kind) for line in page.lines if line.kind == kind]

    def _add_notes(self, page: PageLines, number: int) -> None:
        notes = [line for line in page.lines if line.kind == "note"]
        margins = measure(notes, page.width)
        flow: _Flow | None = None
        for line in notes:
            flow = self._join(flow, line, number, margins[line.flow, line.column], page)

    def _join(
        self, flow: _Flow | None, line: Line, number: int, own: Margins, page: PageLines, *, turned: bool = False
    ) -> _Flow:
        """Put a line to the open paragraph of its flow, or begin a new one with it."""
        if flow is not None and flow.last.kind == line.kind != "heading":
            opening = self.pieces[flow.open_at].text[:12]
            if turned or flow.first is None or flow.last.column != line.column:
                goes_on = crosses(flow.last, line, flow.margins, own, opening)
            else:
                goes_on = continues(flow.last, line, flow.first, flow.margins, opening)
                goes_on = goes_on or self._is_title(flow.last, line, page)
            if goes_on and len(self.pieces[flow.open_at].text) < _LONGEST_PARAGRAPH:
                self.pieces[flow.open_at] = extend(self.pieces[flow.open_at], line, number, self._words)
                return _Flow(flow.open_at, flow.first or line, line, own)
        kind: BlockKind = "toc" if line.kind == "paragraph" and is_leader(line.text) else line.kind
        self.pieces.append(piece_of(line, number, kind))
        return _Flow(len(self.pieces) - 1, line, line, own)

    def _is_title(self, above: Line, line: Line, page: PageLines) -> bool:
        """True for two lines of one centred title."""
        if min(above.size, line.size) < _TITLE_SIZE * self._size or above.bold != line.bold:
            return False
        if abs(above.size - line.size) > 0.6 or not 0 < above.y - line.y < 2.4 * line.size:
            return False
        middles = ((each.x0 + each.x1) / 2 for each in (above, line))
        if any(abs(middle - page.width / 2) > _CENTRED * page.width for middle in middles):
            return False
        if _NO_TITLE.search(line.text) or _NO_TITLE.search(above.text) or begins_item(line.text):
            return False
        return above.text[-1] not in "。！？!?；;"


def piece_of(line: Line, page: int, kind: BlockKind) -> Piece:
    """A line as a piece of its own."""
    return Piece(line.text, kind, level=line.level, page=page, size=line.size, bold=line.bold)


def measure(body: Sequence[Line], width: float) -> _PageMargins:
    """Left and right margin of the text and the usual distance of lines, for each flow and column of a page."""
    parts: dict[tuple[int, int], list[Line]] = {}
    for line in body:
        if not line.cells:
            parts.setdefault((line.flow, line.column), []).append(line)
    margins: _PageMargins = {}
    for (flow, column), lines in parts.items():
        steps = [above.y - below.y for above, below in pairwise(lines) if 0 < above.y - below.y < 4 * above.size]
        lefts = Counter(round(line.x0 / 2) * 2 for line in lines)
        often = [x for x, count in lefts.items() if count >= max(2, 0.08 * len(lines))]
        left = min(often, default=min(line.x0 for line in lines))
        right = _right_margin(lines)
        if column == 0 and flow == 0 and right < 0.6 * width:
            right = max(right, width - left)  # only short lines: none of them runs to the margin
        margins[flow, column] = Margins(left, right, median(steps) if steps else 20.0)
    return margins


def _right_margin(lines: Sequence[Line]) -> float:
    """The right border that full lines run to: the largest that two lines share, within a character."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    for end, following in pairwise(ends):
        if end - following < 14:
            return end
    return ends[0]
