"""Which target a result answers: in a report that states both, the one of the same metric and the same time.

A result that answers nothing keeps null: last year's figure does not answer this year's target.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from docparse.claims.table_cells import TableSenses
from docparse.expr.times import time_bounds
from docparse.records import Quantity, Time

# What a metric's name carries beside what it measures.
FRAME = re.compile(
    r"^(?:全年|年度|本年|今年|当年|累计|实际|实现|完成|共|总|年)+(?=..)|(?:完成|任务|指标|目标|计划)+(?:数|量|额|情况)?$"
)
# 完成年计划的98%: a share of the plan, not of anything else.
SHARE = re.compile(
    r"完成率|达成率|完成比例|执行率|(?:计划|任务|目标|预算|指标)的?$|(?:占|完成|达到)[^，。；]{0,12}(?:计划|任务|目标|预算|指标)的?$"
)
BACK = 24
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
    by_id = {time.id: time for time in times}
    told = _years_told(times)
    found: dict[str, str] = {}
    seen: dict[str | None, list[Quantity]] = {}
    rows: dict[int, Quantity] = {}
    last: Quantity | None = None
    for quantity in quantities:
        row = senses.row(quantity.span)
        if quantity.role == "target":
            seen.setdefault(article_of.get(quantity.id), []).append(quantity)
            if row is not None:
                rows[row.span.start] = quantity
        if quantity.role != "result":
            continue
        share = quantity.kind == "percent" and _is_share(text, quantity)
        answer = rows.get(row.span.start) if row is not None else None
        if answer is not None and not (share or row_alike(quantity, answer)):
            answer = None
        if answer is None and share and last is not None and last.statement == quantity.statement:
            answer = next((t for t in seen.get(article_of.get(quantity.id), ()) if t.id == found.get(last.id)), None)
        if answer is None:
            earlier = seen.get(article_of.get(quantity.id), ())[-MOST_TARGETS:]
            answer = next((t for t in reversed(earlier) if _answers(quantity, t, share, by_id, told)), None)
        if answer is not None:
            found[quantity.id] = answer.id
        last = quantity
    return found


def row_alike(quantity: Quantity, target: Quantity) -> bool:
    """Whether a row's result is counted as its target is; a rate beside them is the share that was reached."""
    return quantity.unit == target.unit or quantity.kind == "percent"


def plain_metric(metric: str | None) -> str:
    """A metric's name without its frame.

    >>> plain_metric("全年销售额"), plain_metric("销售额完成"), plain_metric("年计划")
    ('销售额', '销售额', '')
    """
    return FRAME.sub("", FRAME.sub("", metric or ""))


def _is_share(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.span.start - BACK) : quantity.span.start]
    return SHARE.search(before) is not None or SHARE.search(quantity.metric or "") is not None


def _answers(
    result: Quantity, target: Quantity, share: bool, by_id: Mapping[str, Time], told: Mapping[str, tuple[int, int]]
) -> bool:
    """Whether a result is about an earlier target's metric, in its unit or a share of it, and not of another year."""
    one, other = plain_metric(result.metric), plain_metric(target.metric)
    if not one or one != other or not (share or result.unit == target.unit):
        return False
    due = by_id[target.due].resolved if target.due else None
    start, end = time_bounds(due) if due else (None, None)
    years = told.get(result.statement or "")
    if start is None or end is None or years is None:
        return True
    return start.year <= years[1] and years[0] <= end.year


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
