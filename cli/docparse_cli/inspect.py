"""`docparse inspect`: one document, for a person to read in a terminal or a pipe."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING

from docparse_cli.console import cut, make_console, plain, tidy
from docparse_cli.figures import claim_level, due_lines
from docparse_cli.layout import Column, make_table
from docparse_cli.messages import Language, counted, name_of, say
from docparse_cli.outline import outline
from docparse_cli.reading import read_document, read_options

if TYPE_CHECKING:
    from rich.console import Console

    from docparse.records import Document, Repair, Target

REPAIRS_SHOWN = 5
_KEY_CELLS = 12
_TARGET_CELLS = 24


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
        _repairs(console, document.repairs, language)
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
        for warning in document.warnings:
            _line(console, f"{warning.code}: {warning.message}", "yellow")


def _header(console: Console, document: Document, language: Language) -> None:
    source = document.source
    titles = [article.title for article in document.articles if article.title]
    title = titles[0] if titles else source.title
    console.print(cut(title or say(language, "untitled"), console.width), style="bold")
    count = source.pages
    pages = say(language, "page") if count == 1 else say(language, "pages", count=count) if count else None
    size = say(language, "bytes", count=source.size) if source.size is not None else None
    found = {name: len(getattr(document, name)) for name in ("goals", "deadlines", "targets", "results")}
    length = say(language, "characters", count=len(document.text))
    statements = say(language, "statements", count=len(document.statements))
    _pair(console, say(language, "file"), [source.path or say(language, "standard-input")])
    _pair(console, say(language, "type"), [source.media_type, source.encoding, size, pages])
    _pair(console, say(language, "script"), [name_of(language, "script", document.script)])
    _pair(console, say(language, "reference"), [_reference(document, language)])
    _pair(console, say(language, "length"), [length, statements])
    _pair(console, "", [_labels(document, language)])
    _pair(console, say(language, "claims"), [say(language, "found", **found)])


def _reference(document: Document, language: Language) -> str:
    if document.reference_date is None:
        return say(language, "reference-none")
    return f"{document.reference_date.isoformat()}, {name_of(language, 'basis', document.reference_basis)}"


def _labels(document: Document, language: Language) -> str:
    counts = Counter(statement.label for statement in document.statements)
    return ", ".join(counted(language, "label", label, count) for label, count in counts.most_common())


def _repairs(console: Console, repairs: tuple[Repair, ...], language: Language) -> None:
    counts = Counter(repair.kind for repair in repairs)
    _line(console, ", ".join(f"{count} {kind}" for kind, count in counts.most_common()))
    for repair in repairs[:REPAIRS_SHOWN]:
        half = (console.width - 8) // 2
        before, after = (cut(text, half) or _nothing(text, language) for text in (repair.before, repair.after))
        _line(console, f"  {before} → {after}", "dim", indent="  ")
    if len(repairs) > REPAIRS_SHOWN:
        _line(console, "  …", "dim", indent="  ")


def _nothing(text: str, language: Language) -> str:
    return say(language, "space-character" if text else "empty-character")


def _goals(console: Console, document: Document, language: Language, limit: int) -> None:
    if not document.goals:
        _line(console, say(language, "no-goals"), "dim")
        return
    quantities = {quantity.id: quantity for quantity in document.quantities}
    targets = {target.id: target for target in document.targets}
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    columns = (
        Column(say(language, "goal"), 60, lines=2, share=True),
        Column(say(language, "owner"), 12, lines=2),
        Column(say(language, "due"), 12, lines=2),
        Column(say(language, "target"), _TARGET_CELLS, lines=2, style="green"),
    )
    rows = []
    for goal in document.goals[: limit or None]:
        due = [line for key in goal.deadlines if key in deadlines for line in due_lines(deadlines[key])]
        aims = [
            line
            for key in goal.targets
            if key in targets
            for line in _on_lines(claim_level(targets[key], quantities, language), console.width)
        ]
        rows.append(([goal.text], [goal.owner or ""], due, aims))
    console.print(make_table(columns, rows, console.width))
    _more(console, len(document.goals), limit, language)


def _on_lines(parts: tuple[str, str], width: int) -> tuple[str, ...]:
    """Metric and figure on one line where they fit, else on two, so that no figure is torn."""
    from rich.cells import cell_len

    line = " ".join(filter(None, parts))
    return (line,) if cell_len(line) <= _TARGET_CELLS * width // 80 else parts


def _claims(console: Console, document: Document, claims: list[Target], language: Language, limit: int) -> None:
    quantities = {quantity.id: quantity for quantity in document.quantities}
    statements = {statement.id: statement.text for statement in document.statements}
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    columns = (
        Column(say(language, "level"), _TARGET_CELLS, lines=2, style="green"),
        Column(say(language, "due"), 12, lines=2),
        Column(say(language, "sentence"), 80, lines=1, share=True, style="dim"),
    )
    rows = []
    for claim in claims[: limit or None]:
        quantity = quantities.get(claim.quantity)
        sentence = statements.get(quantity.statement or "", "") if quantity else ""
        due = deadlines.get(claim.deadline or "")
        rows.append(
            (
                list(_on_lines(claim_level(claim, quantities, language), console.width)),
                list(due_lines(due)) if due else [],
                [sentence],
            )
        )
    console.print(make_table(columns, rows, console.width))
    _more(console, len(claims), limit, language)


def _section(console: Console, title: str, count: int | None = None) -> None:
    console.print()
    console.print(f"{title} ({count})" if count is not None else title, style="bold")


def _pair(console: Console, key: str, values: list[str | None]) -> None:
    from rich.cells import set_cell_size

    text = ", ".join(plain(value) for value in values if value)
    if text:
        console.print(set_cell_size(key, _KEY_CELLS) + cut(text, console.width - _KEY_CELLS))


def _line(console: Console, text: str, style: str = "", indent: str = "") -> None:
    console.print(indent + cut(text, console.width - len(indent)), style=style or None)


def _more(console: Console, count: int, limit: int, language: Language) -> None:
    if limit and count > limit:
        _line(console, say(language, "more", count=count - limit), "dim")
