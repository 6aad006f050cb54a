"""One document as rows of the store's tables (schema.sql), without the document's id, which is not known here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from docparse.batch.duplicates import signature
from docparse.batch.records import Cell, Rows
from docparse.records import Article, Deadline, Document, Goal, Section, Target

Row = tuple[Cell, ...]


def rows_of(document: Document) -> dict[str, Rows]:
    """The rows for each table, numbered in the order of the text."""
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    goals = {goal.id: goal for goal in document.goals}
    targets = {target.id: target for target in document.targets}
    baselines = {quantity.id: quantity.text for quantity in document.quantities}
    return {
        "documents": (_document(document),),
        "articles": _numbered(_article(article) for article in document.articles),
        "sections": _numbered(_sections(document)),
        "goals": _numbered(_goal(goal, deadlines, targets) for goal in document.goals),
        "deadlines": _numbered(_deadline(deadline) for deadline in document.deadlines),
        "targets": _numbered(_target(target, deadlines, goals, baselines) for target in document.targets),
        "results": _numbered(
            (*_target(result, deadlines, goals, baselines), result.target) for result in document.results
        ),
        "warnings": _numbered((w.code, w.message, *(w.raw_span or (None, None))) for w in document.warnings),
        "repairs": _numbered(sorted(Counter(repair.kind for repair in document.repairs).items())),
    }


def signatures_of(document: Document) -> Iterator[tuple[int, bytes]]:
    """The MinHash of each article that is long enough, with its number."""
    for number, article in enumerate(document.articles, 1):
        made = signature(document.text[article.span.start : article.span.end])
        if made is not None:
            yield (number, made)


def _numbered(rows: Iterable[Row]) -> Rows:
    return tuple((number, *row) for number, row in enumerate(rows, 1))


def _document(document: Document) -> Row:
    source = document.source
    return (
        source.sha256, source.media_type, source.title, document.script, _iso(source.published),
        _iso(document.reference_date), source.pages, source.size or 0, len(document.text), len(document.articles),
        len(document.goals), len(document.deadlines), len(document.targets), len(document.results),
        len(document.warnings),
    )  # fmt: skip


def _article(article: Article) -> Row:
    return (article.id, article.title, article.kind, article.period, article.organization, *article.span)


def _sections(document: Document) -> Iterator[Row]:
    waiting: list[tuple[Section, str, str | None]] = [
        (section, article.id, None) for article in reversed(document.articles) for section in reversed(article.sections)
    ]
    while waiting:
        section, article, parent = waiting.pop()
        title = section.title or section.heading.text
        yield (section.id, article, parent, section.level, section.marker, title, section.role, *section.span)
        waiting.extend((child, article, section.id) for child in reversed(section.children))


def _goal(goal: Goal, deadlines: dict[str, Deadline], targets: dict[str, Target]) -> Row:
    due = [deadlines[key] for key in goal.deadlines if key in deadlines]
    aims = [targets[key] for key in goal.targets if key in targets]
    return (
        goal.id, goal.kind, goal.article, goal.section, goal.text, goal.owner,
        "; ".join(deadline.text for deadline in due) or None, *_bounds(due),
        "; ".join(" ".join(filter(None, (aim.metric, aim.text))) for aim in aims) or None,
        goal.page, goal.confidence,
    )  # fmt: skip


def _deadline(deadline: Deadline) -> Row:
    return (
        deadline.id, deadline.goal, deadline.text, deadline.value, _iso(deadline.start), _iso(deadline.end),
        deadline.page, deadline.confidence,
    )  # fmt: skip


def _target(target: Target, deadlines: dict[str, Deadline], goals: dict[str, Goal], baselines: dict[str, str]) -> Row:
    due = deadlines.get(target.deadline or "")
    goal = goals.get(target.goal or "")
    return (
        target.id, target.article, target.metric, baselines.get(target.baseline or ""), target.comparator,
        _number(target.low), _number(target.high), int(target.approximate), target.unit, "/".join(target.per) or None,
        target.change, target.nature, due.value if due else None, *_bounds([due] if due else []), target.text,
        target.goal, goal.text if goal else None, target.page, target.confidence,
    )  # fmt: skip


def _number(value: Decimal | None) -> Cell:
    """A number that SQLite can compare: an integer of 64 bits as it is, anything else in floating point."""
    if value is None:
        return None
    whole = value == value.to_integral_value() and abs(value) < 2**63
    return int(value) if whole else float(value)


def _bounds(deadlines: list[Deadline]) -> tuple[str | None, str | None]:
    """The earliest start and the latest end, ISO dates."""
    starts = [deadline.start for deadline in deadlines if deadline.start]
    ends = [deadline.end for deadline in deadlines if deadline.end]
    return (min(starts).isoformat() if starts else None, max(ends).isoformat() if ends else None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
