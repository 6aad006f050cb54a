"""What the stages found, as the contract's records: ids, places in both texts, pages, the tree of sections."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from docparse.claims.classifier import Scored
from docparse.claims.links import Around, Place, link_due
from docparse.claims.mentions import article_years
from docparse.claims.metrics import find_metric
from docparse.claims.outlook import Outlook, find_outlooks, outlook_at
from docparse.claims.quantity_roles import quantity_role
from docparse.claims.scene import Scene
from docparse.claims.table_cells import TableSenses, fills
from docparse.claims.table_roles import cell_due, cell_quantity_role, cell_time_role
from docparse.claims.time_roles import time_role
from docparse.records import (
    Article,
    Block,
    Heading,
    Kind,
    Layout,
    Piece,
    Quantity,
    QuantityMention,
    Section,
    Span,
    Statement,
    Table,
    Time,
    TimeMention,
)
from docparse.text.edits import OffsetMap

# A list's head and the headings above it are looked for no farther than so many statements and levels.
MOST_EARLIER = 12
MOST_HEADINGS = 12
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
        paged = [b for b in blocks if b.page is not None]
        self._page_starts = [b.start for b in paged]
        self._pages = [b.page for b in paged]
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


def _scene(layout: Layout, labels: Sequence[Scored], holder: Holder, outlooks: Sequence[Outlook | None]) -> Scene:
    """Where a mention stands, as the roles see it."""
    unit = holder.kind == "unit"
    at = layout.units[holder.number].section if unit else holder.number if holder.kind == "heading" else None
    return Scene(
        label=labels[holder.number].label if unit else None,
        kind=layout.articles[holder.article].kind if holder.article is not None else "other",
        section=layout.headings[at].title_role if at is not None else "other",
        outlook=outlook_at(outlooks, at) if unit else None,
    )


def build_times(
    text: str,
    layout: Layout,
    held: Sequence[tuple[TimeMention, Holder]],
    resolved: Sequence[str | None],
    labels: Sequence[Scored],
    places: Places,
    senses: TableSenses,
) -> list[Time]:
    """The times with their roles."""
    made: list[Time] = []
    outlooks = find_outlooks(layout)
    for (mention, holder), value in zip(held, resolved, strict=True):
        scene = _scene(layout, labels, holder, outlooks)
        role = cell_time_role(text, mention, senses.cell(mention.span), senses.row(mention.span), scene.label)
        if role is None:
            role = "context" if holder.kind == "title" else time_role(text, mention, scene)
        made.append(
            Time(
                id=f"t{len(made) + 1}",
                statement=f"st{holder.number + 1}" if holder.kind == "unit" else None,
                text=text[mention.span.start : mention.span.end],
                type=mention.type,
                value=mention.value,
                resolved=value,
                role=role,
                span=mention.span,
                raw_span=places.raw(mention.span),
                page=places.page(mention.span.start),
            )
        )
    return made


def link_times(times: Sequence[Time], held: Sequence[tuple[TimeMention, Holder]]) -> dict[tuple[str, int], list[Time]]:
    """The times of each title, heading and unit, by (kind, index)."""
    near: dict[tuple[str, int], list[Time]] = {}
    for time, (_, holder) in zip(times, held, strict=True):
        near.setdefault((holder.kind, holder.number), []).append(time)
    return near


def build_quantities(
    text: str,
    layout: Layout,
    held: Sequence[tuple[QuantityMention, Holder]],
    labels: Sequence[Scored],
    places: Places,
    near: Mapping[tuple[str, int], Sequence[Time]],
    senses: TableSenses,
    times: Sequence[Time],
) -> list[Quantity]:
    """The quantities with their metrics, roles and, for targets, the time that they are due at."""
    made: list[Quantity] = []
    leads = _lead_places(layout, near)
    outlooks = find_outlooks(layout)
    previous: QuantityMention | None = None
    metric: str | None = None
    for mention, holder in held:
        scene = _scene(layout, labels, holder, outlooks)
        cell, row = senses.cell(mention.span), senses.row(mention.span)
        whole = cell is not None and fills(text, mention.span, cell.span)
        metric = find_metric(text, mention, holder.span.start, previous, metric)
        if cell is not None and whole and cell.metric is not None:
            metric = cell.metric
        previous = mention
        role = cell_quantity_role(cell, row, whole, scene.kind) or quantity_role(text, mention, scene, metric)
        quantity = Quantity(
            id=f"q{len(made) + 1}",
            statement=f"st{holder.number + 1}" if holder.kind == "unit" else None,
            text=text[mention.span.start : mention.span.end],
            kind=mention.kind,
            low=mention.low,
            high=mention.high,
            comparator=mention.comparator,
            approximate=mention.approximate,
            masked=mention.masked,
            unit=mention.unit,
            per=mention.per,
            role=role,
            metric=metric,
            due=None,
            span=mention.span,
            raw_span=places.raw(mention.span),
            page=places.page(mention.span.start),
        )
        if role == "target":
            around = _around(layout, holder, labels, near, leads)
            due = cell_due(cell, row, times) or link_due(text, quantity, around)
            quantity = msgspec.structs.replace(quantity, due=due)
        made.append(quantity)
    return made


def _lead_places(layout: Layout, near: Mapping[tuple[str, int], Sequence[Time]]) -> dict[int, list[tuple[int, Place]]]:
    """Of each article: the dated statements before its first heading, with their numbers."""
    leads: dict[int, list[tuple[int, Place]]] = {}
    for number, unit in enumerate(layout.units):
        times = near.get(("unit", number))
        if times and unit.article is not None and unit.section is None:
            leads.setdefault(unit.article, []).append((number, Place(unit.span.start, times)))
    return leads


def _around(
    layout: Layout,
    holder: Holder,
    labels: Sequence[Scored],
    near: Mapping[tuple[str, int], Sequence[Time]],
    leads: Mapping[int, Sequence[tuple[int, Place]]],
) -> Around:
    """What a target stands among, for the link to its time."""

    def place(kind: str, number: int, start: int) -> Place:
        goal = kind == "unit" and labels[number].label == "goal"
        return Place(start, near.get((kind, number), ()), goal)

    earlier: list[Place] = []
    above: list[Place] = []
    at = layout.headings[holder.number].parent if holder.kind == "heading" else None
    if holder.kind == "unit":
        at = layout.units[holder.number].section
        for number in range(holder.number - 1, max(-1, holder.number - 1 - MOST_EARLIER), -1):
            unit = layout.units[number]
            if unit.section != at or unit.article != holder.article:
                break
            if ("unit", number) in near:
                earlier.append(place("unit", number, unit.span.start))
    under = at is not None or holder.kind == "heading"
    for _ in range(MOST_HEADINGS):
        if at is None:
            break
        above.append(place("heading", at, layout.headings[at].span.start))
        at = layout.headings[at].parent
    here = place(holder.kind, holder.number, holder.span.start)
    if holder.article is None:
        return Around(here, earlier, above)
    plan = layout.articles[holder.article].kind in ("plan", "other")
    title = Place(0, near.get(("title", holder.article), ()), plan)
    lead = leads.get(holder.article, ())[:MOST_EARLIER] if under else ()
    before = [p for n, p in reversed(lead) if holder.kind != "unit" or n < holder.number]
    return Around(here, earlier, above, before, title)


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
