"""Levels, dates and sizes as people write them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal

from docparse.records import Deadline, Document, Quantity, Target
from docparse_cli.console import plain
from docparse_cli.messages import Language, name_of, say

_ARROWS = {"increase": "↑", "decrease": "↓"}
_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
_MAGNITUDES = ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_SHORT = 6
"""Most digits of a number shown with 万 or 亿; a longer one is shown in full, because rounding would change it."""


def claim_level(claim: Target, quantities: Mapping[str, Quantity], language: Language) -> tuple[str, str]:
    """`收费率` and `82% → 90%`: the metric, and the level with its bound, after the baseline if there is one."""
    quantity = quantities.get(claim.quantity)
    baseline = quantities.get(claim.baseline or "")
    start = f"{level(baseline, language)} → " if baseline else ""
    goal = plain(claim.text) if quantity is not None and quantity.masked else level(claim, language)
    return plain(claim.metric or ""), start + goal


def level(value: Target | Quantity, language: Language) -> str:
    """`≥95%`, `~3 万元/月`, `5–8 家`, `↓5%` for a fall by so much; the text itself where there is no number to show."""
    if value.low is None and value.high is None:
        return plain(value.text)
    about = "~" if value.approximate else ""
    sign = ""
    if value.comparator == "range" and value.low is not None and value.high is not None:
        number = f"{_number(value.low)}–{_number(value.high)}"
        if value.low < 0 or value.high < 0:
            number = f"{_number(value.low)} … {_number(value.high)}"
    else:
        bound = value.high if value.comparator in ("le", "lt") or value.low is None else value.low
        sign = _SIGNS.get(value.comparator, "")
        number = _number(bound) if bound is not None else "?"
    per = "".join(f"/{plain(unit)}" for unit in value.per)
    arrow = _ARROWS.get(getattr(value, "change", None) or "", "")
    return f"{arrow}{sign}{about}{number}{_unit(value.unit, language)}{per}"


def due_lines(deadline: Deadline) -> tuple[str, ...]:
    """The words of a deadline, and under them the last day that they allow, where it is known."""
    words = plain(deadline.text)
    last = deadline.end or deadline.start
    if last is None or last.isoformat() == words:
        return (words,)
    return (words, last.isoformat())


def find_places(document: Document, language: Language) -> dict[str, tuple[str, ...]]:
    """Where each statement stands in the source, by id: its page where there are pages, and its row or paragraph."""
    rows = [(row[0].span[0], table, n) for table, t in enumerate(document.tables, 1) for n, row in enumerate(t.rows, 1)]
    rows.sort()
    starts = [start for start, _, _ in rows]
    ends = [table.span[1] for table in document.tables]
    places: dict[str, tuple[str, ...]] = {}
    for statement in document.statements:
        page = say(language, "on-page", page=statement.page) if statement.page else ""
        here = bisect_right(starts, statement.span[0]) - 1
        if here >= 0 and statement.span[0] < ends[rows[here][1] - 1]:
            within = say(language, "in-row", table=rows[here][1], row=rows[here][2])
        else:
            within = say(language, "in-paragraph", paragraph=statement.paragraph) if statement.paragraph else ""
        places[statement.id] = tuple(filter(None, (page, within)))
    return places


def _unit(unit: str | None, language: Language) -> str:
    if not unit:
        return ""
    name = plain(name_of(language, "unit", unit))
    return name if name in ("%", "×", "‰") else f" {name}" if name[:1].isascii() else name


def _number(value: Decimal) -> str:
    """Digits grouped by thousands, or with 万 or 亿 where that is short and exact."""
    for size, word in _MAGNITUDES:
        if abs(value) >= size and value.is_finite():
            part = value / size
            digits = format(part.normalize(), "f")
            if len(digits.replace(".", "").lstrip("-")) <= _SHORT and part * size == value:
                return f"{digits}{word}"
    return format(value, ",f") if abs(value) >= 10_000 else format(value, "f")
