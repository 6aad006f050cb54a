"""`docparse inspect`: one document, for a person to read in a terminal or a pipe."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from docparse_cli.console import cut, make_console, plain, tidy
from docparse_cli.figures import claim_level, due_lines, find_places
from docparse_cli.layout import Column, fold, make_table
from docparse_cli.messages import Language, counted, name_of, say, warning
from docparse_cli.outline import outline
from docparse_cli.reading import read_document, read_options

if TYPE_CHECKING:
    from rich.console import Console

    from docparse.records import Document, Goal, Quantity, Repair, Target, Warning

REPAIRS_SHOWN = 5
REPAIR_CONTEXT = 4
_KEY_CELLS = 12
_TARGET_CELLS = 24
_PLACE_CELLS = 9


def run(chosen: argparse.Namespace) -> int:
    """0, or 1 if the document could not be read."""
    document = read_document(chosen.file, read_options(chosen), chosen.language)
    if document is None:
        return 1
    console = make_console(sys.stdout, width=chosen.width)
    with tidy(console):
        if chosen.outline:
            outline(console, document, chosen.language)
        else:
            show(console, document, chosen.language, chosen.limit)
    return 0


def show(console: Console, document: Document, language: Language, limit: int) -> None:
    """Print everything that `inspect` shows; `limit` rows a table, 0 for all."""
    _header(console, document, language)
    if document.repairs:
        _section(console, say(language, "repairs"), len(document.repairs))
        _repairs(console, document, language)
    if document.articles:
        _section(console, say(language, "outline"))
        outline(console, document, language)
    _section(console, say(language, "goals"), len(document.goals))
    _goals(console, document, language, limit)
    loose = [target for target in document.targets if target.goal is None]
    tables: list[tuple[str, list[Target]]] = [("targets", loose), ("results", list(document.results))]
    for key, claims in tables:
        if claims:
            _section(console, say(language, key), len(claims))
            _claims(console, document, claims, language, limit)
    if document.warnings:
        _section(console, say(language, "warnings"), len(document.warnings))
        _warnings(console, document.warnings, language, limit)


def _warnings(console: Console, warnings: tuple[Warning, ...], language: Language, limit: int) -> None:
    counts = Counter(f"{one.code}: {warning(language, one.code, one.message)}" for one in warnings)
    lines = [line if count == 1 else f"{line} (×{count})" for line, count in counts.items()]
    for line in lines[: limit or None]:
        for place, part in enumerate(fold(line, console.width - 2, 3)):
            _line(console, part, "yellow", indent="  " if place else "")
    _more(console, len(lines), limit, language)


def _header(console: Console, document: Document, language: Language) -> None:
    source = document.source
    titles = [article.title for article in document.articles if article.title]
    title = titles[0] if titles else source.title
    console.print(cut(title or say(language, "untitled"), console.width), style="bold")
    pages = counted(language, "part", "page", source.pages) if source.pages else None
    size = say(language, "bytes", count=source.size) if source.size is not None else None
    media = name_of(language, "media", source.media_type)
    length = say(language, "characters", count=len(document.text))
    statements = counted(language, "part", "statement", len(document.statements))
    _pair(console, language, say(language, "file"), [source.path or say(language, "standard-input")])
    _pair(console, language, say(language, "type"), [media, source.encoding, size, pages])
    _pair(console, language, say(language, "script"), [name_of(language, "script", document.script)])
    _pair(console, language, say(language, "reference"), [_reference(document, language)])
    _pair(console, language, say(language, "length"), [length, statements])
    _pair(console, language, "", [_labels(document, language)])
    _pair(console, language, say(language, "claims"), _found(document, language))


def _found(document: Document, language: Language) -> list[str | None]:
    claims = {
        "goal": document.goals,
        "deadline": document.deadlines,
        "target": document.targets,
        "result": document.results,
    }
    return [counted(language, "part", name, len(found)) for name, found in claims.items()]


def _reference(document: Document, language: Language) -> str:
    if document.reference_date is None:
        return say(language, "reference-none")
    basis = name_of(language, "basis", document.reference_basis)
    return document.reference_date.isoformat() + say(language, "comma") + basis


def _labels(document: Document, language: Language) -> str:
    counts = Counter(statement.label for statement in document.statements)
    return say(language, "comma").join(
        counted(language, "label", label, count) for label, count in counts.most_common()
    )


def _repairs(console: Console, document: Document, language: Language) -> None:
    repairs = document.repairs
    counts = Counter(repair.kind for repair in repairs)
    _line(console, say(language, "comma").join(f"{count} {kind}" for kind, count in counts.most_common()))
    half = (console.width - 5) // 2
    for repair in _one_of_each(repairs):
        before, after = (_in_place(document, repair, text) for text in (repair.before, repair.after))
        _line(console, f"{cut(before, half)} → {cut(after, half)}", "dim", indent="  ")
    if len(repairs) > REPAIRS_SHOWN:
        _line(console, "…", "dim", indent="  ")


def _one_of_each(repairs: tuple[Repair, ...]) -> list[Repair]:
    """The few to show, in the order of the text: the first of every kind, then whatever comes first."""
    first: dict[str, Repair] = {}
    for repair in repairs:
        first.setdefault(repair.kind, repair)
    shown = list(first.values())[:REPAIRS_SHOWN]
    shown += [repair for repair in repairs if repair not in shown][: REPAIRS_SHOWN - len(shown)]
    return sorted(shown, key=lambda repair: repair.raw_span)


def _in_place(document: Document, repair: Repair, text: str) -> str:
    """`text` between the words that stand round the repair, because a bracket alone says nothing."""
    start, end = repair.span
    before = document.text[max(start - REPAIR_CONTEXT, 0) : start].rpartition("\n")[2]
    after = document.text[end : end + REPAIR_CONTEXT].partition("\n")[0]
    return before + text + after


def _goals(console: Console, document: Document, language: Language, limit: int) -> None:
    if not document.goals:
        _line(console, say(language, "no-goals"), "dim")
        return
    quantities = {quantity.id: quantity for quantity in document.quantities}
    targets = {target.id: target for target in document.targets}
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    columns = (
        Column(say(language, "goal"), 200, lines=2, share=True),
        Column(say(language, "owner"), 12, lines=2),
        Column(say(language, "due"), 14, lines=2),
        Column(say(language, "target"), _TARGET_CELLS, lines=2, style="green"),
        Column(say(language, "stands"), _PLACE_CELLS, style="dim"),
    )
    places = find_places(document, language)
    rows = []
    for goal in _telling(document.goals, limit):
        due = [line for key in goal.deadlines if key in deadlines for line in due_lines(deadlines[key])]
        aims = [
            line
            for key in goal.targets
            if key in targets
            for line in _figure(targets[key], quantities, language, console.width)
        ]
        rows.append(([goal.text], [goal.owner or ""], due, aims, places.get(goal.statement, ())))
    console.print(make_table(columns, rows, console.width))
    _more(console, len(document.goals), limit, language)


def _telling(goals: tuple[Goal, ...], limit: int) -> list[Goal]:
    """At most `limit` goals in the order of the text; those with a figure or a date before those without."""
    ranked = sorted(goals, key=lambda goal: not (goal.targets or goal.deadlines))
    chosen = {goal.id for goal in ranked[: limit or None]}
    return [goal for goal in goals if goal.id in chosen]


def _figure(claim: Target, quantities: Mapping[str, Quantity], language: Language, width: int) -> tuple[str, ...]:
    """Metric and figure on one line where they fit, else on two, so that no figure is torn."""
    from rich.cells import cell_len

    parts = claim_level(claim, quantities, language)
    line = " ".join(filter(None, parts))
    return (line,) if cell_len(line) <= _TARGET_CELLS * width // 80 else parts


def _claims(console: Console, document: Document, claims: list[Target], language: Language, limit: int) -> None:
    quantities = {quantity.id: quantity for quantity in document.quantities}
    statements = {statement.id: statement.text for statement in document.statements}
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    sentences: dict[str, list[Target]] = {}
    for claim in claims:
        quantity = quantities.get(claim.quantity)
        sentences.setdefault(quantity.statement or "" if quantity else "", []).append(claim)
    columns = (
        Column(say(language, "sentence"), 200, lines=2, share=True),
        Column(say(language, "due"), 14, lines=2),
        Column(say(language, "level"), _TARGET_CELLS, lines=2, style="green"),
        Column(say(language, "stands"), _PLACE_CELLS, style="dim"),
    )
    places = find_places(document, language)
    rows = []
    for key, found in list(sentences.items())[: limit or None]:
        due = {deadlines[claim.deadline].id: claim.deadline for claim in found if claim.deadline in deadlines}
        figures = [line for claim in found for line in _figure(claim, quantities, language, console.width)]
        dues = [line for one in due for line in due_lines(deadlines[one])]
        rows.append(([statements.get(key, "")], dues, figures, places.get(key, ())))
    console.print(make_table(columns, rows, console.width))
    _more(console, len(sentences), limit, language)


def _section(console: Console, title: str, count: int | None = None) -> None:
    console.print()
    console.print(f"{title} ({count})" if count is not None else title, style="bold")


def _pair(console: Console, language: Language, key: str, values: list[str | None]) -> None:
    from rich.cells import set_cell_size

    text = say(language, "comma").join(plain(value) for value in values if value)
    if text:
        console.print(set_cell_size(key, _KEY_CELLS) + cut(text, console.width - _KEY_CELLS))


def _line(console: Console, text: str, style: str = "", indent: str = "") -> None:
    console.print(indent + cut(text, console.width - len(indent)), style=style or None)


def _more(console: Console, count: int, limit: int, language: Language) -> None:
    if limit and count > limit:
        _line(console, say(language, "more", count=count - limit), "dim")
