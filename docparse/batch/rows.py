"""One document's claims as rows of the two tables that people open in a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

from docparse.records import Article, Deadline, Document, Section, Target

GOAL_COLUMNS = (
    "path",
    "goal",
    "kind",
    "article",
    "section",
    "text",
    "owner",
    "deadlines",
    "start",
    "end",
    "targets",
    "page",
)
TARGET_COLUMNS = (
    "path",
    "target",
    "article",
    "metric",
    "baseline",
    "comparator",
    "low",
    "high",
    "approximate",
    "unit",
    "per",
    "change",
    "nature",
    "deadline",
    "start",
    "end",
    "confidence",
    "text",
    "goal",
    "goal_text",
    "page",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LINE_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\x00": None})


def goal_rows(path: str, document: Document) -> tuple[tuple[str, ...], ...]:
    """A row a goal, with its deadlines and targets joined by `; `, in the order of the text."""
    articles = {article.id: article for article in document.articles}
    sections = _section_titles(document)
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    targets = {target.id: target for target in document.targets}
    rows = []
    for goal in document.goals:
        due = [deadlines[key] for key in goal.deadlines if key in deadlines]
        aims = [targets[key] for key in goal.targets if key in targets]
        rows.append(
            _row(
                path,
                goal.id,
                goal.kind,
                _title(articles.get(goal.article or "")),
                sections.get(goal.section or ""),
                goal.text,
                goal.owner,
                "; ".join(deadline.text for deadline in due),
                *_bounds(due),
                "; ".join(" ".join(filter(None, (aim.metric, aim.text))) for aim in aims),
                goal.page,
            )
        )
    return tuple(rows)


def target_rows(path: str, document: Document) -> tuple[tuple[str, ...], ...]:
    """A row a target: what is measured, from what level, to what level, by when."""
    articles = {article.id: article for article in document.articles}
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    goals = {goal.id: goal for goal in document.goals}
    baselines = {quantity.id: quantity.text for quantity in document.quantities}
    rows = []
    for target in document.targets:
        due = deadlines.get(target.deadline or "")
        goal = goals.get(target.goal or "")
        rows.append(
            _row(
                path,
                target.id,
                _title(articles.get(target.article or "")),
                target.metric,
                baselines.get(target.baseline or ""),
                *_level(target),
                target.change,
                target.nature,
                due.value if due else None,
                *_bounds([due] if due else []),
                format(target.confidence, ".3f"),
                target.text,
                target.goal,
                goal.text if goal else None,
                target.page,
            )
        )
    return tuple(rows)


def _row(*values: str | int | Decimal | None) -> tuple[str, ...]:
    """The cells as text. A cell that a spreadsheet would run as a formula gets a leading apostrophe."""
    cells = []
    for value in values:
        if isinstance(value, str):
            cell = value.translate(_LINE_BREAKS).strip()
            cells.append(f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell)
        else:
            cells.append("" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value))
    return tuple(cells)


def _level(target: Target) -> tuple[str | Decimal | None, ...]:
    approximate = "yes" if target.approximate else "no"
    return (target.comparator, target.low, target.high, approximate, target.unit, "/".join(target.per))


def _bounds(deadlines: list[Deadline]) -> tuple[str | None, str | None]:
    """The earliest start and the latest end, ISO dates."""
    starts = [deadline.start for deadline in deadlines if deadline.start]
    ends = [deadline.end for deadline in deadlines if deadline.end]
    return (min(starts).isoformat() if starts else None, max(ends).isoformat() if ends else None)


def _title(article: Article | None) -> str | None:
    return article.title if article else None


def _section_titles(document: Document) -> dict[str, str]:
    titles: dict[str, str] = {}
    waiting: list[Section] = [section for article in document.articles for section in article.sections]
    while waiting:
        section = waiting.pop()
        titles[section.id] = section.heading.text
        waiting.extend(section.children)
    return titles
