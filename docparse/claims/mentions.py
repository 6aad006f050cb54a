"""Mentions to Times and Quantities: which statement they stand in, what they resolve to, what they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from docparse.expr.times import resolve_time
from docparse.records import (
    Kind,
    Layout,
    QuantityMention,
    Span,
    TimeContext,
    TimeMention,
)

YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?![\dX])")
MASK = re.compile(r"[xX×*＊○〇_\-]")
# A year named this many units back still says which year a bare month belongs to.
NEAR_UNITS = 3


class Seat(NamedTuple):
    """Where a mention stands: in unit `unit`, in heading `heading`, or in the title; `article` is its article."""

    unit: int | None
    heading: int | None
    article: int | None


def settle(
    times: Sequence[TimeMention], quantities: Sequence[QuantityMention]
) -> tuple[list[TimeMention], list[QuantityMention]]:
    """Both lists without overlaps between them: the longer mention stays, a time where both are of one length."""
    spans = sorted(
        [(m.span, 0, i) for i, m in enumerate(times)] + [(m.span, 1, i) for i, m in enumerate(quantities)],
    )
    kept: list[tuple[Span, int, int]] = []
    for item in spans:
        if kept and item[0].start < kept[-1][0].end:
            mine, theirs = item[0].end - item[0].start, kept[-1][0].end - kept[-1][0].start
            if mine > theirs or (mine == theirs and item[1] < kept[-1][1]):
                kept[-1] = item
            continue
        kept.append(item)
    return [times[i] for _, side, i in kept if side == 0], [quantities[i] for _, side, i in kept if side == 1]


def article_years(layout: Layout, text: str) -> list[int | None]:
    """The year that each article's title names, None where it names none or several."""
    years: list[int | None] = []
    for piece in layout.articles:
        named = set(YEAR.findall(piece.title or ""))
        years.append(int(named.pop()) if len(named) == 1 else None)
    return years


def masked_articles(layout: Layout, text: str, times: Sequence[TimeMention], seats: Sequence[Seat]) -> set[int]:
    """The articles that hide their years (XX年度, 20xx年)."""
    found: set[int] = set()
    for mention, seat in zip(times, seats, strict=True):
        if seat.article is not None and mention.value.startswith(("XXXX", "20XX", "19XX")):
            written = text[mention.span.start : mention.span.end]
            if "年" in written and MASK.search(written.partition("年")[0]):
                found.add(seat.article)
    return found


def resolve_all(
    text: str,
    layout: Layout,
    times: Sequence[TimeMention],
    seats: Sequence[Seat],
    reference: date | None,
    minguo: bool,
) -> list[str | None]:
    """The concrete value of every time, None where the text does not support one."""
    masked = masked_articles(layout, text, times, seats)
    titles = article_years(layout, text)
    resolved: list[str | None] = []
    near: tuple[int, int, int | None] | None = None  # year, unit, article
    for mention, seat in zip(times, seats, strict=True):
        year = titles[seat.article] if seat.article is not None else None
        if near is not None and near[2] == seat.article:
            recent = seat.unit is not None and seat.unit - near[1] <= NEAR_UNITS
            if recent or (year is None and reference is None):
                year = near[0]
        kind: Kind = layout.articles[seat.article].kind if seat.article is not None else "other"
        ahead = True if kind == "plan" else False if kind == "summary" else None
        context = TimeContext(
            reference=reference, year=year, masked_years=seat.article in masked, ahead=ahead, minguo=minguo
        )
        resolved.append(resolve_time(mention, context))
        explicit = YEAR.match(mention.value)
        if explicit and mention.type in ("DATE", "TIME"):
            near = (int(explicit[1]), seat.unit if seat.unit is not None else -1, seat.article)
    return resolved
