"""What the stages found, as the contract's records: ids, places in both texts, pages, the tree of sections."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from docparse.claims.classifier import Scored
from docparse.claims.mentions import article_years
from docparse.records import (
    Article,
    Block,
    Heading,
    Kind,
    Layout,
    Piece,
    Section,
    Span,
    Statement,
    Table,
    Time,
    TimeMention,
)
from docparse.text.edits import OffsetMap

# An article says in so many characters which year it is about.
FIRST_LINES = 300
A_TERM = re.compile(r"[12X][\dX]{3}(?:-H[12])?|[12X][\dX]{3}(?:-\d\d)?/[12X][\dX]{3}(?:-\d\d)?")
YEAR_ENDS = ("年终", "岁末", "年末")
OTHER_YEARS = ("去年", "上年", "上一年", "前年", "往年", "当年")
NEXT_YEARS = ("明年", "来年", "下一年", "新的一年", "新的一年里", "新一年")


class Holder(NamedTuple):
    """A title, heading or unit that a mention stands in. `number` is into the layout's list of that kind."""

    span: Span
    kind: str
    number: int
    article: int | None


class Places:
    """Answers where: the raw span of a span of text, its page, and the title, heading or unit around an offset."""

    def __init__(self, text: str, offsets: OffsetMap, blocks: Sequence[Block], layout: Layout) -> None:
        self._text = text
        self._map = offsets
        turns = [(offset, page) for b in blocks if b.page is not None for offset, page in ((b.start, b.page), *b.turns)]
        self._page_starts = [offset for offset, _ in turns]
        self._pages = [page for _, page in turns]
        self._block_starts = [b.start for b in blocks]
        holders = [Holder(u.span, "unit", i, u.article) for i, u in enumerate(layout.units)]
        holders += [Holder(h.span, "heading", i, h.article) for i, h in enumerate(layout.headings)]
        holders += [Holder(a.title_span, "title", i, i) for i, a in enumerate(layout.articles) if a.title_span]
        self.holders = sorted(holders)
        self._starts = [h.span.start for h in self.holders]

    def raw(self, span: Span) -> Span:
        """The raw span of a span of text."""
        return self._map.raw_span(span.start, span.end)

    def whole(self, span: Span) -> Span:
        """The raw span of a unit, heading or article, with what repair deleted at its borders."""
        return self._map.whole_raw_span(span.start, span.end, self._text)

    def page(self, offset: int) -> int | None:
        """The 1-based page of an offset of text, None where the source has no pages."""
        if not self._pages:
            return None
        return self._pages[max(0, bisect_right(self._page_starts, offset) - 1)]

    def paragraph(self, offset: int) -> int | None:
        """The 1-based number of the reader's block at an offset of text, None where there are no blocks."""
        return max(1, bisect_right(self._block_starts, offset)) if self._block_starts else None

    def holder(self, span: Span) -> Holder | None:
        """What holds all of `span`, or None where it crosses a border."""
        i = bisect_right(self._starts, span.start) - 1
        if i < 0 or span.end > self.holders[i].span.end:
            return None
        return self.holders[i]


def section_ids(layout: Layout) -> list[str]:
    """The id of every heading's section, in order."""
    return [f"s{i + 1}" for i in range(len(layout.headings))]


def build_articles(text: str, layout: Layout, places: Places, periods: Sequence[str | None]) -> tuple[Article, ...]:
    """The articles with their trees of sections. Built from the last heading back, so that depth costs no recursion."""
    ids = section_ids(layout)
    children: dict[int | None, list[Section]] = {}
    tops: dict[int, list[Section]] = {}
    for i in range(len(layout.headings) - 1, -1, -1):
        line = layout.headings[i]
        span = Span(line.span.start, max(line.end, line.span.end))
        section = Section(
            id=ids[i],
            marker=line.marker,
            title=line.title,
            level=line.level,
            role=line.role,
            heading=Heading(
                text=text[line.span.start : line.span.end],
                span=line.span,
                raw_span=places.whole(line.span),
                page=places.page(line.span.start),
            ),
            span=span,
            raw_span=places.whole(span),
            children=tuple(reversed(children.pop(i, []))),
        )
        if line.parent is None:
            tops.setdefault(line.article, []).append(section)
        else:
            children.setdefault(line.parent, []).append(section)
    return tuple(
        Article(
            id=f"a{i + 1}",
            title=piece.title,
            kind=piece.kind,
            period=periods[i],
            organization=piece.organization,
            sections=tuple(reversed(tops.get(i, []))),
            span=piece.span,
            raw_span=places.whole(piece.span),
        )
        for i, piece in enumerate(layout.articles)
    )


def build_statements(text: str, layout: Layout, places: Places, labels: Sequence[Scored]) -> tuple[Statement, ...]:
    """The units with their labels."""
    ids = section_ids(layout)
    return tuple(
        Statement(
            id=f"st{i + 1}",
            article=f"a{unit.article + 1}" if unit.article is not None else None,
            section=ids[unit.section] if unit.section is not None else None,
            label=labels[i].label,
            confidence=labels[i].confidence,
            text=text[unit.span.start : unit.span.end],
            span=unit.span,
            raw_span=places.whole(unit.span),
            page=places.page(unit.span.start),
            paragraph=places.paragraph(unit.span.start),
        )
        for i, unit in enumerate(layout.units)
    )


def build_tables(layout: Layout, places: Places) -> tuple[Table, ...]:
    """The tables with their cells' raw places."""
    tables: list[Table] = []
    for rows in layout.tables:
        if not rows:
            continue
        span = Span(rows[0].span.start, rows[-1].span.end)
        cells = tuple(
            tuple(msgspec.structs.replace(cell, raw_span=places.raw(cell.span)) for cell in row.cells) for row in rows
        )
        tables.append(Table(id=f"tb{len(tables) + 1}", span=span, raw_span=places.raw(span), rows=cells))
    return tuple(tables)


def find_periods(layout: Layout, held: Sequence[tuple[TimeMention, Holder]], times: Sequence[Time]) -> list[str | None]:
    """The period of each article: the first date of its title, else the year that its first lines are about.

    年终 says when a summary is written, not what it covers: it gives a year that is not named.
    """
    periods: list[str | None] = [None] * len(layout.articles)
    opening: list[str | None] = [None] * len(layout.articles)
    for (mention, holder), time in zip(held, times, strict=True):
        if mention.type != "DATE" or holder.article is None:
            continue
        if holder.kind == "title" and periods[holder.number] is None and time.text not in YEAR_ENDS:
            periods[holder.number] = time.resolved or time.value
        elif holder.kind == "unit" and opening[holder.article] is None:
            piece = layout.articles[holder.article]
            start = piece.title_span.end if piece.title_span else piece.span.start
            if mention.span.start - start <= FIRST_LINES and _is_about(time, piece.kind):
                opening[holder.article] = time.value
    years = article_years(layout)
    return [
        periods[i] or (str(years[i]) if years[i] else None) or opening[i] or ("XXXX" if _names_end(piece) else None)
        for i, piece in enumerate(layout.articles)
    ]


def _names_end(piece: Piece) -> bool:
    return any(word in (piece.title or "") for word in YEAR_ENDS)


def _is_about(time: Time, kind: Kind) -> bool:
    """Whether a year in a piece's first lines is what it reviews or plans: a plan is not about the year gone."""
    if kind not in ("plan", "summary") or not A_TERM.fullmatch(time.value) or time.text in OTHER_YEARS:
        return False
    if kind == "summary":
        return time.text not in NEXT_YEARS
    return time.role == "schedule"
