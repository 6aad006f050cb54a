"""Mentions to Times and Quantities: which statement they stand in, what they resolve to, what they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from docparse.claims.frames import Frame, resolve_words, title_frame, year_after, year_in_frame
from docparse.claims.outlook import Outlook, find_outlooks
from docparse.claims.scene import AHEAD
from docparse.claims.table_cells import TableSenses
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.quantity_cells import find_cell_quantities
from docparse.expr.times import find_time_mentions, hides_years, resolve_time, year_named
from docparse.records import (
    Label,
    Layout,
    Piece,
    QuantityMention,
    Span,
    TimeContext,
    TimeMention,
)

YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?!\d)")
MINGUO_TITLE = re.compile(r"(?<!\d)(1[0-2]\d)(?:年度|学年|年(?=[一-鿿]{0,12}(?:计划|总结|报告|方案)))")
# The year before the one that is told of, which need not be the one before this page was written: 2025年…比上年增长5%.
YEAR_BEFORE = re.compile("上一?年度?")
# So long a thing has lasted: 建校110年.
LASTED = ("建校", "建厂", "创办", "办学", "成立", "建院", "庆祝")
MINGUO = re.compile(r"(1[0-3]\d)年")
YEARS_ONLY = re.compile(r"y[+-]\d(?:/y[+-]\d)?")
# 15日, 上旬, 上个月: what counts from a month.
IN_MONTH = re.compile("XXXX-XX")
YEAR_VALUE = re.compile(r"\d{4}")
# A year so close to a sentence's start is what the sentence and those after it are about.
HEAD = 4
# For so many sentences more.
LED = 3
# A year behind one of these is a far end or a comparison, not the time that the next words are about.
ASIDE = ("到", "至", "比", "较", "截至", "截止", "自", "从")


class Seat(NamedTuple):
    """Where a mention stands: in unit `unit`, in heading `heading`, or in the title; `article` is its article."""

    unit: int | None
    heading: int | None
    article: int | None


def find_mentions(text: str, senses: TableSenses) -> tuple[list[TimeMention], list[QuantityMention]]:
    """All times and quantities of a document, those of table cells included, without overlaps."""
    figures = [(c.figure, c.unit) for c in senses.cells if c.figure is not None]
    quantities = find_quantity_mentions(text)
    if figures:
        of_cells = find_cell_quantities(text, figures)
        taken = {senses.cell(m.span) for m in of_cells}
        quantities = [m for m in quantities if senses.cell(m.span) not in taken]
        quantities = sorted([*quantities, *of_cells], key=lambda m: m.span)
    times = find_time_mentions(text)
    if senses.rows:  # 产值2 and 亿元 in the next cell are no quantity
        quantities = [m for m in quantities if senses.row(m.span) is None or senses.cell(m.span) is not None]
        times = [m for m in times if senses.row(m.span) is None or senses.cell(m.span) is not None]
    return settle(times, quantities)


def read_minguo(text: str, times: Sequence[TimeMention]) -> list[TimeMention]:
    """The times of a page that counts years from 1911, its bare 113年 read as years and not as so long a time."""
    return [
        msgspec.structs.replace(m, type="DATE", value=str(int(found[1]) + 1911))
        if m.type == "DURATION"
        and (found := MINGUO.fullmatch(text[m.span.start : m.span.end])) is not None
        and not text[max(0, m.span.start - 2) : m.span.start].endswith(LASTED)
        else m
        for m in times
    ]


class _Led(NamedTuple):
    """The year at the head of a unit, which the next sentences of its section go on about."""

    section: tuple[int | None, int | None]
    unit: int
    year: int


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


def article_years(layout: Layout) -> list[int | None]:
    """The year that each article's title names, None where it names none or several."""
    years: list[int | None] = []
    for piece in layout.articles:
        named = set(YEAR.findall(piece.title or "")) or {
            str(int(year) + 1911) for year in MINGUO_TITLE.findall(piece.title or "")
        }
        years.append(int(named.pop()) if len(named) == 1 else None)
    return years


def masked_articles(times: Sequence[TimeMention], seats: Sequence[Seat]) -> set[int | None]:
    """The articles that hide their years (XX年度, 20xx年); None stands for what lies outside all articles."""
    by_article: dict[int | None, list[TimeMention]] = {}
    for mention, seat in zip(times, seats, strict=True):
        by_article.setdefault(seat.article, []).append(mention)
    return {article for article, mentions in by_article.items() if hides_years(mentions)}


def resolve_all(
    text: str,
    layout: Layout,
    times: Sequence[TimeMention],
    seats: Sequence[Seat],
    reference: date | None,
    minguo: bool,
    labels: Sequence[Label] = (),
) -> list[str | None]:
    """The concrete value of every time, None where the text does not support one.

    A month without a year takes the year that was named before it in its own sentence, else at the head of a sentence
    before it in its section (2024年，…。全年…), else in the headings over it, else in the title; else it is counted
    from the reference date; else it takes the last year named in its article. 上年 is the year before the one so named,
    or before that of a review's title.
    """
    masked = masked_articles(times, seats)
    titles = article_years(layout)
    outlooks = find_outlooks(layout)
    coming = {s.article for m, s in zip(times, seats, strict=True) if text.startswith(("明年", "来年"), m.span.start)}
    headings: dict[int, int] = {}
    here: tuple[int | None, int] | None = None  # unit and the year named in it
    led: _Led | None = None
    last: dict[int | None, int] = {}
    frames: dict[int | None, Frame] = {}
    resolved: list[str | None] = []
    for mention, seat in zip(times, seats, strict=True):
        written = text[mention.span.start : mention.span.end]
        piece = layout.articles[seat.article] if seat.article is not None else None
        place = _section_of(layout, seat)
        year, going_on = _year_before(here, led, seat, place)
        year = _year_above(layout, seat, headings) if year is None else year
        told = titles[seat.article] if year is None and seat.article is not None and _tells(piece) else year
        frame = frames.get(seat.article)
        in_school = year_in_frame(mention.value, frame) if year is None and frame is not None else None
        label = labels[seat.unit] if labels and seat.unit is not None else None
        ahead = _looks_ahead(piece, label)
        if year is None:
            title_year = titles[seat.article] if seat.article is not None else None
            planned = piece is not None and piece.kind == "summary" and ahead
            year = in_school or (year_after(title_year, piece, reference) if planned else title_year)
        if year is None and reference is None:
            year = last.get(seat.article)
        # A report that speaks of 明年 was written before the year that its last chapter plans.
        ahead_year = None if seat.article in coming else _year_ahead(layout, seat, headings, outlooks)
        month = frame.month if frame is not None and IN_MONTH.match(mention.value) else None
        context = TimeContext(
            reference=month or reference or _year_reference(mention, seat, titles, ahead_year),
            year=None if month is not None else year,
            masked_years=seat.article in masked,
            ahead=None if going_on or in_school is not None else ahead,
            minguo=minguo,
        )
        value = resolve_time(mention, context)
        if told is not None and YEAR_BEFORE.fullmatch(written) and not context.masked_years:
            value = str(told - 1)
        if value is None and mention.value.startswith("XXXX") and not context.masked_years:
            value = resolve_words(written, piece, frame, reference, ahead)
        if seat.unit is None and seat.heading is None and piece is not None and frame is None:
            found = title_frame(written, value)
            frames |= {seat.article: found} if found is not None else {}
        resolved.append(value)
        named = year_named(mention, value)
        if named is None or "/" in mention.value or YEAR_BEFORE.fullmatch(written) or _of_document(text, mention):
            continue
        if seat.heading is not None:
            headings[seat.heading] = named
        last[seat.article] = named
        if not text[max(0, mention.span.start - 2) : mention.span.start].endswith(ASIDE):
            here = (seat.unit, named)
            if seat.unit is not None and YEAR_VALUE.fullmatch(mention.value):
                at_head = mention.span.start - layout.units[seat.unit].span.start <= HEAD
                led = _Led(place, seat.unit, named) if at_head else None
    return resolved


def _year_before(
    here: tuple[int | None, int] | None, led: _Led | None, seat: Seat, place: tuple[int | None, int | None]
) -> tuple[int | None, bool]:
    """The year named before a time in its unit, else at the head of a unit before; and whether it is the latter."""
    if here is not None and seat.unit is not None and here[0] == seat.unit:
        return here[1], False
    if led is not None and seat.unit is not None and led.section == place and seat.unit - led.unit <= LED:
        return led.year, True
    return None, False


def _looks_ahead(piece: Piece | None, label: Label | None) -> bool | None:
    """Whether an unnamed month lies ahead: what was done lies behind, in a plan too, and what a review plans ahead."""
    kind = piece.kind if piece is not None else "other"
    if label == "result":
        return False
    if label in AHEAD and kind == "summary":
        return True
    return True if kind == "plan" else False if kind == "summary" else None


def _tells(piece: Piece | None) -> bool:
    """Whether a title's year is the one that the text tells of."""
    return piece is not None and piece.kind == "summary"


def _section_of(layout: Layout, seat: Seat) -> tuple[int | None, int | None]:
    return (seat.article, layout.units[seat.unit].section if seat.unit is not None else None)


def _year_reference(mention: TimeMention, seat: Seat, titles: Sequence[int | None], ahead: int | None) -> date | None:
    """A day in the year of the title, else in that of a chapter on the time ahead (三、2025年工作任务).

    It is for 今年 and 去年 in a page without a date; nothing finer is counted from it.
    """
    year = titles[seat.article] if seat.article is not None else None
    year = ahead if year is None else year
    return date(year, 7, 1) if year is not None and YEARS_ONLY.fullmatch(mention.shift or "") else None


def _of_document(text: str, mention: TimeMention) -> bool:
    """Is this the year of a document's number (国发〔2020〕7号), which says nothing of what else the sentence dates?"""
    start, end = mention.span
    return text[start - 1 : start] in tuple("〔［[【(（") and text[end : end + 1] in tuple("〕］]】)）")


def _year_ahead(layout: Layout, seat: Seat, headings: dict[int, int], outlooks: Sequence[Outlook | None]) -> int | None:
    """The year named in the nearest heading over a unit, where that heading looks ahead."""
    at = layout.units[seat.unit].section if seat.unit is not None else None
    for _ in range(12):
        if at is None:
            return None
        if at in headings:
            return headings[at] if outlooks[at] == "ahead" else None
        at = layout.headings[at].parent
    return None


def _year_above(layout: Layout, seat: Seat, headings: dict[int, int]) -> int | None:
    """The year named in the nearest heading over a unit."""
    at = layout.units[seat.unit].section if seat.unit is not None else None
    for _ in range(12):
        if at is None:
            return None
        if at in headings:
            return headings[at]
        at = layout.headings[at].parent
    return None
