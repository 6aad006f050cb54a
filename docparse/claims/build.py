"""Statements, times and quantities to what users come for: goals, deadlines, targets, results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from docparse.claims.links import link_baseline
from docparse.claims.owners import find_owner
from docparse.claims.table_cells import TableSenses
from docparse.claims.table_roles import row_baselines
from docparse.expr.times import time_bounds
from docparse.records import Deadline, Goal, Quantity, Result, Statement, Target, Time

DUE_ROLES = ("deadline", "schedule", "recurrence")


class Claims(NamedTuple):
    """The four lists of claims."""

    goals: tuple[Goal, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    results: tuple[Result, ...]


def build_claims(
    statements: Sequence[Statement],
    times: Sequence[Time],
    quantities: Sequence[Quantity],
    article_of: Mapping[str, str | None],
    senses: TableSenses,
    min_confidence: float,
) -> Claims:
    """The claims of a document. `article_of` gives a quantity's article by its id.

    Statements that are less sure than `min_confidence` make no claim; their times and quantities stay mentions.
    """
    sure = {s.id: s for s in statements if s.confidence >= min_confidence}
    kept = [s for s in sure.values() if s.label in ("goal", "task")]
    goal_ids = {s.id: f"g{n}" for n, s in enumerate(kept, 1)}
    deadlines = _deadlines(times, sure, goal_ids)
    deadline_of = {d.time: d.id for d in deadlines}
    targets: list[Target] = []
    results: list[Result] = []
    previous: Quantity | None = None
    in_rows = row_baselines(quantities, senses)
    for quantity in quantities:
        if quantity.statement is None or quantity.statement in sure:
            baseline = in_rows.get(quantity.id) or link_baseline(quantity, previous)
            fields = _measure(quantity, baseline, deadline_of, article_of.get(quantity.id))
            goal = goal_ids.get(quantity.statement) if quantity.statement else None
            if quantity.role == "target":
                targets.append(Target(id=f"tg{len(targets) + 1}", goal=goal, **fields))
            elif quantity.role == "result":
                results.append(Result(id=f"r{len(results) + 1}", goal=None, **fields))
        previous = quantity
    return Claims(_goals(kept, goal_ids, targets, deadlines, senses), deadlines, tuple(targets), tuple(results))


def _deadlines(
    times: Sequence[Time], sure: Mapping[str, Statement], goal_ids: Mapping[str, str]
) -> tuple[Deadline, ...]:
    found: list[Deadline] = []
    for time in times:
        if time.role not in DUE_ROLES or (time.statement is not None and time.statement not in sure):
            continue
        start, end = _bounds(time)
        found.append(
            Deadline(
                id=f"d{len(found) + 1}",
                goal=goal_ids.get(time.statement) if time.statement else None,
                time=time.id,
                value=time.resolved or time.value,
                start=start,
                end=end,
                text=time.text,
                span=time.span,
                raw_span=time.raw_span,
                page=time.page,
            )
        )
    return tuple(found)


def _bounds(time: Time) -> tuple[date | None, date | None]:
    """Inclusive first and last day; a deadline by a day has no first day of its own but that day."""
    return time_bounds(time.resolved) if time.resolved and time.type in ("DATE", "TIME") else (None, None)


def _measure(
    quantity: Quantity, baseline: str | None, deadline_of: Mapping[str, str], article: str | None
) -> dict[str, Any]:
    """What targets and results say of their quantity."""
    return {
        "quantity": quantity.id,
        "baseline": baseline,
        "deadline": deadline_of.get(quantity.due) if quantity.due else None,
        "metric": quantity.metric,
        "low": quantity.low,
        "high": quantity.high,
        "comparator": quantity.comparator,
        "approximate": quantity.approximate,
        "unit": quantity.unit,
        "per": quantity.per,
        "article": article,
        "text": quantity.text,
        "span": quantity.span,
        "raw_span": quantity.raw_span,
        "page": quantity.page,
    }


def _goals(
    kept: Sequence[Statement],
    goal_ids: Mapping[str, str],
    targets: Sequence[Target],
    deadlines: Sequence[Deadline],
    senses: TableSenses,
) -> tuple[Goal, ...]:
    targets_of: dict[str, list[str]] = defaultdict(list)
    deadlines_of: dict[str, list[str]] = defaultdict(list)
    for target in targets:
        if target.goal:
            targets_of[target.goal].append(target.id)
    for deadline in deadlines:
        if deadline.goal:
            deadlines_of[deadline.goal].append(deadline.id)
    return tuple(
        Goal(
            id=goal_ids[s.id],
            kind="goal" if s.label == "goal" else "task",
            statement=s.id,
            article=s.article,
            section=s.section,
            owner=row.owner if (row := senses.row(s.span)) is not None and row.owner else find_owner(s.text),
            targets=tuple(targets_of[goal_ids[s.id]]),
            deadlines=tuple(deadlines_of[goal_ids[s.id]]),
            text=s.text,
            span=s.span,
            raw_span=s.raw_span,
            page=s.page,
        )
        for s in kept
    )
