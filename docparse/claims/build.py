"""Statements, times and quantities to what users come for: goals, deadlines, targets, results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from docparse.claims.answers import link_answers
from docparse.claims.changes import Change, find_change
from docparse.claims.classifier import Scored
from docparse.claims.confidence import deadline_confidence, goal_confidence, measure_confidence
from docparse.claims.links import link_baseline
from docparse.claims.owners import find_owner
from docparse.claims.table_cells import TableSenses
from docparse.claims.table_heads import unit_of_head
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


class Given(NamedTuple):
    """What the earlier stages say, for the claims.

    `labels` are those of the statements, one each; `article_of` gives a quantity's article by its id; `lines` gives of
    a statement that only says who or when (责任单位：…) the one that it speaks of.
    """

    text: str
    statements: Sequence[Statement]
    labels: Sequence[Scored]
    times: Sequence[Time]
    quantities: Sequence[Quantity]
    article_of: Mapping[str, str | None]
    senses: TableSenses
    lines: Mapping[str, str]


def build_claims(given: Given, min_confidence: float) -> Claims:
    """The claims of a document. What is less sure than `min_confidence` makes no claim; its mentions stay."""
    scored = dict(zip((s.id for s in given.statements), given.labels, strict=True))
    kept = [
        s
        for s in given.statements
        if s.label in ("goal", "task") and s.id not in given.lines and goal_confidence(scored[s.id]) >= min_confidence
    ]
    goal_ids = {s.id: f"g{n}" for n, s in enumerate(kept, 1)}
    goal_ids |= {line: goal_ids[item] for line, item in given.lines.items() if item in goal_ids}
    deadlines = _deadlines(given.times, scored, goal_ids, min_confidence)
    targets, results = _measures(given, scored, goal_ids, deadlines, min_confidence)
    goals = _goals(kept, targets, deadlines, given, scored, goal_ids)
    return Claims(goals, deadlines, targets, results)


def _measures(
    given: Given,
    scored: Mapping[str, Scored],
    goal_ids: Mapping[str, str],
    deadlines: Sequence[Deadline],
    min_confidence: float,
) -> tuple[tuple[Target, ...], tuple[Result, ...]]:
    """Targets and results, in order."""
    deadline_of = {d.time: d.id for d in deadlines}
    in_rows = row_baselines(given.quantities, given.senses)
    answers = link_answers(given.text, given.quantities, given.times, given.article_of, given.senses)
    made: dict[str, Target] = {}
    reached: list[tuple[str, dict[str, Any]]] = []
    previous: Quantity | None = None
    change: Change | None = None
    for quantity in given.quantities:
        near = (previous.span.end, change) if previous is not None else None
        change = find_change(given.text, quantity.span.start, 0, near)
        baseline = in_rows.get(quantity.id) or link_baseline(quantity, previous)
        previous = quantity
        sure = measure_confidence(quantity, scored.get(quantity.statement or ""))
        if quantity.role not in ("target", "result") or sure < min_confidence:
            continue
        row = given.senses.row(quantity.span)
        fields: dict[str, Any] = {
            **_measure(quantity, deadline_of),
            "baseline": baseline,
            "article": given.article_of.get(quantity.id),
            "nature": row.nature if row is not None else None,
            "change": change or _change_of_head(given, quantity),
            "confidence": sure,
        }
        if quantity.role == "target":
            goal = goal_ids.get(quantity.statement) if quantity.statement else None
            made[quantity.id] = Target(id=f"tg{len(made) + 1}", goal=goal, **fields)
        else:
            reached.append((quantity.id, fields))
    results: list[Result] = []
    for number, (name, fields) in enumerate(reached, 1):
        answered = made.get(answers.get(name, ""))
        goal = answered.goal if answered is not None else None
        target = answered.id if answered is not None else None
        results.append(Result(id=f"r{number}", goal=goal, target=target, **fields))
    return tuple(made.values()), tuple(results)


def _change_of_head(given: Given, quantity: Quantity) -> Change | None:
    """The change that a column's head says: 年均增长（%）, 下降幅度."""
    cell = given.senses.cell(quantity.span)
    if cell is None or cell.sense not in ("rate", "target", "result"):
        return None
    title, _ = unit_of_head("".join(given.text[head.start : head.end] for head in cell.heads))
    return find_change(title, len(title), 0)


def _deadlines(
    times: Sequence[Time], scored: Mapping[str, Scored], goal_ids: Mapping[str, str], min_confidence: float
) -> tuple[Deadline, ...]:
    found: list[Deadline] = []
    for time in times:
        sure = deadline_confidence(time, scored.get(time.statement or ""))
        if time.role not in DUE_ROLES or sure < min_confidence:
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
                confidence=sure,
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


def _measure(quantity: Quantity, deadline_of: Mapping[str, str]) -> dict[str, Any]:
    """What targets and results say of their quantity."""
    return {
        "quantity": quantity.id,
        "deadline": deadline_of.get(quantity.due) if quantity.due else None,
        "metric": quantity.metric,
        "low": quantity.low,
        "high": quantity.high,
        "comparator": quantity.comparator,
        "approximate": quantity.approximate,
        "unit": quantity.unit,
        "per": quantity.per,
        "text": quantity.text,
        "span": quantity.span,
        "raw_span": quantity.raw_span,
        "page": quantity.page,
    }


def _goals(
    kept: Sequence[Statement],
    targets: Sequence[Target],
    deadlines: Sequence[Deadline],
    given: Given,
    scored: Mapping[str, Scored],
    goal_ids: Mapping[str, str],
) -> tuple[Goal, ...]:
    owners = {
        given.lines[s.id]: owner for s in given.statements if s.id in given.lines and (owner := find_owner(s.text))
    }
    targets_of: dict[str, list[str]] = defaultdict(list)
    deadlines_of: dict[str, dict[str, None]] = defaultdict(dict)  # in order, each once
    for deadline in deadlines:
        if deadline.goal:
            deadlines_of[deadline.goal][deadline.id] = None
    for target in targets:
        if target.goal:
            targets_of[target.goal].append(target.id)
            if target.deadline is not None:
                deadlines_of[target.goal].setdefault(target.deadline)
    goals: list[Goal] = []
    for number, s in enumerate(kept, 1):
        row = given.senses.row(s.span)
        goals.append(
            Goal(
                id=f"g{number}",
                kind="goal" if s.label == "goal" else "task",
                statement=s.id,
                article=s.article,
                section=s.section,
                owner=(row.owner if row is not None else None) or owners.get(s.id) or find_owner(s.text),
                targets=tuple(targets_of[goal_ids[s.id]]),
                deadlines=tuple(deadlines_of[goal_ids[s.id]]),
                confidence=goal_confidence(scored[s.id]),
                text=s.text,
                span=s.span,
                raw_span=s.raw_span,
                page=s.page,
            )
        )
    return tuple(goals)
