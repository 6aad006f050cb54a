"""How sure a claim is, 0 to 1: how sure the label of its statement is, and how often the rest of the way goes right."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import itemgetter

from docparse.claims.classifier import LABELS, Scored
from docparse.claims.table_roles import ROW_CONFIDENCE, by_table
from docparse.records import Label, Quantity, Time

# Shares of claims that were right where the label was, on corpora/dev (`tests/bench/confidence.py`).
TARGET = 0.92
RESULT = 0.93
DEADLINE = 0.93
# Claims that no goal, task or result carries: headings, lead-ins, rules.
ELSEWHERE = 0.75


def goal_confidence(scored: Scored) -> float:
    """That a statement is a goal or a task."""
    return _share(scored, ("goal", "task"))


def measure_confidence(quantity: Quantity, scored: Scored | None) -> float:
    """That a target or result is one."""
    if scored is not None and by_table(scored):
        return ROW_CONFIDENCE
    if quantity.role == "target":
        if scored is None or scored.label not in ("goal", "task"):
            return ELSEWHERE
        return round(_share(scored, ("goal", "task")) * TARGET, 3)
    if scored is None or scored.label not in ("result", "problem"):
        return ELSEWHERE
    return round(_share(scored, ("result", "problem")) * RESULT, 3)


def deadline_confidence(time: Time, scored: Scored | None) -> float:
    """That a time binds: a limit binds in rules as well as in what is planned."""
    if scored is not None and by_table(scored):
        return ROW_CONFIDENCE
    if scored is None or scored.label not in ("goal", "task", "rule"):
        return ELSEWHERE
    labels: tuple[Label, ...] = ("goal", "task", "rule") if time.role == "deadline" else ("goal", "task")
    return round(max(_share(scored, labels), round(min(1.0, scored.confidence), 3)) * DEADLINE, 3)


def _share(scored: Scored, labels: tuple[Label, ...]) -> float:
    """The probability that one of at least two labels is right."""
    return round(min(1.0, sum(_of(labels)(scored.probabilities))), 3)


@cache
def _of(labels: tuple[Label, ...]) -> Callable[[tuple[float, ...]], tuple[float, ...]]:
    """What takes the probabilities of some labels."""
    return itemgetter(*map(LABELS.index, labels))
