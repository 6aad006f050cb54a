"""Which target a result answers: in a report that states both, the one of the same metric and the same time.

A result that answers nothing keeps null: last year's figure does not answer this year's target.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docparse.claims.table_cells import TableSenses
from docparse.expr.times import time_bounds
from docparse.records import Quantity, Span, Time

# What a metric's name carries beside what it measures.
FRAME = re.compile(
    r"^(?:全年|年度|本年|今年|当年|累计|实际|实现|完成)+(?=..)|(?:完成|任务|指标|目标|计划)+(?:数|量|额|情况)?$"
)
# 完成年计划的98%: a share of the plan, not of anything else.
SHARE = re.compile(
    r"完成率|达成率|完成比例|执行率|(?:计划|任务|目标|预算|指标)的?$|(?:占|完成|达到)[^，。；]{0,12}(?:计划|任务|目标|预算|指标)的?$"
)
BACK = 24
# In one sentence the result stands so close behind what had been planned, and one of these says that it is one.
SAME = 60
REACHED = ("实际", "完成", "实现", "达到", "实为", "现已")
PLANNED = re.compile("计划|目标|任务|指标|预算")
# A result looks back over so many targets of its article.
MOST_TARGETS = 400


def link_answers(
    text: str,
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    article_of: Mapping[str, str | None],
    senses: TableSenses,
) -> dict[str, str]:
    """Of each result quantity that answers a target, the id of that target's quantity."""
    spans = _Spans({time.id: time for time in times}, times, _years_told(times))
    rows = _targets_by_row(quantities, senses)
    seen: dict[tuple[str | None, str], list[Quantity]] = {}
    found: dict[str, str] = {}
    last: Quantity | None = None
    for quantity in quantities:
        article = article_of.get(quantity.id)
        if quantity.role == "target":
            seen.setdefault((article, plain_metric(quantity.metric)), []).append(quantity)
        if quantity.role != "result":
            continue
        share = quantity.kind == "percent" and _is_share(text, quantity)
        row = senses.row(quantity.span)
        answer = _of_row(quantity, rows.get(row.span.start, ()), spans, senses, share) if row is not None else None
        if answer is None and share and last is not None and last.statement == quantity.statement:
            answer = found.get(last.id)
        metric = plain_metric(quantity.metric)
        if answer is None and metric:
            earlier = reversed(seen.get((article, metric), ())[-MOST_TARGETS:])
            answer = next((t.id for t in earlier if _answers(text, quantity, t, share, spans)), None)
        if answer is not None:
            found[quantity.id] = answer
        last = quantity
    return found


class _Spans(NamedTuple):
    """The times by id and in order, and the first and last year that each statement names."""

    times: Mapping[str, Time]
    order: Sequence[Time]
    told: Mapping[str, tuple[int, int]]

    def years_in(self, place: Span) -> list[str]:
        """The years of the times that stand in a place."""
        found: list[str] = []
        at = bisect_left(self.order, place.start, key=lambda time: time.span.start)
        while at < len(self.order) and self.order[at].span.start < place.end:
            found.append((self.order[at].resolved or "")[:4])
            at += 1
        return found

    def due_years(self, target: Quantity) -> tuple[int, int] | None:
        """The first and last year of the time that a target is due at, where they are known."""
        due = self.times[target.due].resolved if target.due else None
        start, end = time_bounds(due) if due else (None, None)
        return (start.year, end.year) if start is not None and end is not None else None


def _targets_by_row(quantities: Sequence[Quantity], senses: TableSenses) -> dict[int, list[Quantity]]:
    found: dict[int, list[Quantity]] = {}
    for quantity in quantities:
        row = senses.row(quantity.span) if quantity.role == "target" else None
        if row is not None:
            found.setdefault(row.span.start, []).append(quantity)
    return found


def _of_row(
    result: Quantity, targets: Sequence[Quantity], spans: _Spans, senses: TableSenses, share: bool
) -> str | None:
    """The target of a row that its result answers: the one of the year over the result's column, else the only one."""
    alike = [t for t in targets if share or t.unit == result.unit or result.kind == "percent"]
    if len(alike) <= 1:
        return alike[0].id if alike else None
    cell = senses.cell(result.span)
    heads = cell.heads if cell is not None else ()
    years = {year for head in heads for year in spans.years_in(head)}
    same = [t for t in alike if (due := spans.due_years(t)) is not None and str(due[1]) in years]
    return same[0].id if len(same) == 1 else None


def plain_metric(metric: str | None) -> str:
    """A metric's name without its frame.

    >>> plain_metric("全年销售额"), plain_metric("销售额完成"), plain_metric("年计划")
    ('销售额', '销售额', '')
    """
    plain = FRAME.sub("", FRAME.sub("", metric or ""))
    return plain if len(plain) > 1 else ""


def _is_share(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.span.start - BACK) : quantity.span.start]
    return SHARE.search(before) is not None or SHARE.search(quantity.metric or "") is not None


def _answers(text: str, result: Quantity, target: Quantity, share: bool, spans: _Spans) -> bool:
    """Whether a result of the same metric answers a target: in its unit or as a share of it, and not of another year.

    One metric alone proves little in a long text: the result's own sentence states the target and that it was reached
    (计划新增20家，实际新增18家), or says that it is measured by a plan.
    """
    if not (share or result.unit == target.unit):
        return False
    if result.statement == target.statement:
        between = text[target.span.end : min(result.span.start, target.span.end + SAME)]
        if not any(word in between for word in REACHED):
            return False
    elif not (share or PLANNED.search(text[max(0, result.span.start - BACK) : result.span.start])):
        return False
    due, told = spans.due_years(target), spans.told.get(result.statement or "")
    return due is None or told is None or (due[0] <= told[1] and told[0] <= due[1])


def _years_told(times: Sequence[Time]) -> dict[str, tuple[int, int]]:
    """Of each statement, the first and last year that its times name."""
    found: dict[str, tuple[int, int]] = {}
    for time in times:
        if time.statement is None or time.resolved is None or time.type != "DATE":
            continue
        start, end = time_bounds(time.resolved)
        if start is None or end is None:
            continue
        low, high = found.get(time.statement, (start.year, end.year))
        found[time.statement] = (min(low, start.year), max(high, end.year))
    return found
