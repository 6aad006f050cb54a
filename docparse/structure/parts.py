"""The page cut into parts: at the borders of articles and titles, around table rows and inline furniture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docparse.records import Piece, Span
from docparse.structure.furniture import find_inline
from docparse.structure.lines import Line, trim


class Page(NamedTuple):
    """What was found line by line: why a line is furniture, the table rows, and why a row is."""

    lines: list[Line]
    reasons: list[str | None]
    rows: list[Span]
    links: list[str | None]


class Part(NamedTuple):
    """A stretch of the page in order: `reason` says why it is furniture, `row` that it is a table row.

    `first` says that it starts its line; `level` and `font` are the line's.
    """

    start: int
    end: int
    article: int | None
    reason: str | None = None
    row: bool = False
    level: int | None = None
    first: bool = True
    font: int | None = None


def cut_page(text: str, page: Page, pieces: Sequence[Piece]) -> list[Part]:
    """Return the parts of the page in order; the articles' titles are left out."""
    stretches: list[tuple[int, Part | Line]] = []
    for line, reason in zip(page.lines, page.reasons, strict=True):
        stretches.append((line.start, line if reason is None else Part(line.start, line.end, None, reason)))
    for row, link in zip(page.rows, page.links, strict=True):
        stretches.append((row.start, Part(row.start, row.end, None, link, True)))
    stretches.sort(key=lambda stretch: stretch[0])
    parts: list[Part] = []
    at = 0
    for start, stretch in stretches:
        while at < len(pieces) and pieces[at].span.end <= start:
            at += 1
        if isinstance(stretch, Line):
            _cut_by_articles(text, stretch, pieces, at, parts)
        elif stretch.row and stretch.reason is None:
            inside = at < len(pieces) and pieces[at].span.start <= start and stretch.end <= pieces[at].span.end
            parts.append(stretch._replace(article=at) if inside else stretch._replace(reason="navigation"))
        else:
            parts.append(stretch)
    return parts


def _cut_by_articles(text: str, line: Line, pieces: Sequence[Piece], at: int, parts: list[Part]) -> None:
    """Cut a line at the borders of the articles from `at` on, and leave their titles out."""
    start, end = line.start, line.end
    while start < end:
        piece = pieces[at] if at < len(pieces) else None
        if piece is None or piece.span.start >= end:
            _trim(text, Part(start, end, None, _loose_reason(text, start, end)), parts)
            return
        if start < piece.span.start:
            _trim(text, Part(start, piece.span.start, None, _loose_reason(text, start, piece.span.start)), parts)
            start = piece.span.start
        if piece.title_span is not None and start < piece.title_span.end:
            start = max(start, piece.title_span.end)
        stop = min(end, piece.span.end)
        if start < stop:
            first = start == line.start
            _cut_inline(text, Part(start, stop, at, None, False, line.level, first, line.font), parts)
        start = max(start, stop)
        at += 1


def _loose_reason(text: str, start: int, end: int) -> str:
    if not text[start:end].strip("# \u3000\t"):
        return "markup"
    return "editor-intro" if text[end - 1] in "。！？!?；…" or end - start > 60 else "navigation"


def _cut_inline(text: str, part: Part, parts: list[Part]) -> None:
    at = part.start
    for item in find_inline(text, part.start, part.end):
        stop = min(item.end, part.end)
        if item.start > at:
            _trim(text, part._replace(start=at, end=item.start, first=part.first and at == part.start), parts)
        _trim(text, Part(item.start, stop, None, item.reason), parts)
        at = stop
    _trim(text, part._replace(start=at, first=part.first and at == part.start), parts)


def _trim(text: str, part: Part, parts: list[Part]) -> None:
    start, end = trim(text, part.start, part.end)
    if start < end:
        parts.append(part._replace(start=start, end=end))
