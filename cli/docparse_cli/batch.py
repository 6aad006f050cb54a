"""`docparse batch`: many files into a folder, with progress and a closing table on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from docparse_cli.console import cut, error_line, make_console, tidy
from docparse_cli.layout import Column, make_table
from docparse_cli.messages import Language, counted, say, trouble
from docparse_cli.reading import read_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.progress import Progress, Task

    from docparse.batch import BatchReport, Event, Failure

FAILURES_SHOWN = 10


def run(chosen: argparse.Namespace) -> int:
    """0 if every file was read, else 1; also 1 if there was nothing to read."""
    from docparse.batch import run as run_batch

    first: dict[str, Failure] = {}
    console = make_console(sys.stderr)
    options = read_options(chosen)

    def note(event: Event) -> None:
        if event.failure is not None:
            first.setdefault(event.failure.code, event.failure)

    if chosen.quiet or not console.is_terminal:
        report = run_batch(chosen.inputs, chosen.out, workers=chosen.workers, options=options, on_event=note)
    else:
        with _progress(console, chosen.language) as progress:
            step = _stepper(progress, chosen.language, note)
            report = run_batch(chosen.inputs, chosen.out, workers=chosen.workers, options=options, on_event=step)
    if report.files == 0:
        error_line(f"docparse: {say(chosen.language, 'nothing-to-read', paths=', '.join(chosen.inputs))}")
        return 1
    if not chosen.quiet:
        with tidy(console):
            _close(console, report, first, chosen.out, chosen.language)
    return 1 if report.failed else 0


def _progress(console: Console, language: Language) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Speed(ProgressColumn):
        """Documents and characters a second since the start."""

        def render(self, task: Task) -> Text:
            seconds = task.elapsed or 0.0
            if seconds < 0.5 or not task.completed:
                return Text("")
            documents = f"{task.completed / seconds:,.1f}"
            characters = f"{task.fields['characters'] / seconds:,.0f}"
            return Text(say(language, "progress", documents=documents, characters=characters), style="dim")

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        Speed(),
        TimeRemainingColumn(compact=True),
        console=console,
        transient=True,
    )


def _stepper(progress: Progress, language: Language, note: Callable[[Event], None]) -> Callable[[Event], None]:
    task = progress.add_task(say(language, "reading"), total=None, characters=0)
    read = 0

    def step(event: Event) -> None:
        nonlocal read
        read += event.characters
        progress.update(task, completed=event.done, total=event.total, characters=read)
        note(event)

    return step


def _close(console: Console, report: BatchReport, first: Mapping[str, Failure], out: str, language: Language) -> None:
    """What was read, what was found, what failed and why."""
    rows = [
        [
            [say(language, "read")],
            [f"{report.documents:,} / {report.files:,}"],
            [_named(report.formats, language, "media")],
        ],
        [[say(language, "length")], [f"{report.characters:,}"], [say(language, "bytes", count=report.size)]],
        [[say(language, "kind")], [""], [_named(report.kinds, language, "kind")]],
        [[say(language, "script")], [""], [_named(report.scripts, language, "script")]],
        [[say(language, "claims")], [""], [_found(report, language)]],
        [[say(language, "repairs")], [f"{sum(report.repairs.values()):,}"], [_named(report.repairs)]],
        [[say(language, "warnings")], [f"{sum(report.warnings.values()):,}"], [_named(report.warnings)]],
        [[say(language, "failed")], [f"{report.failed:,}"], [""]],
    ]
    columns = (Column("", 16, style="bold"), Column("", 24), Column("", 200, lines=3, share=True))
    shown = [row for row in rows if row[1] != ["0"] and (row[1] != [""] or row[2] != [""])]
    table = make_table(columns, shown, console.width)
    table.show_header = False
    console.print(table)
    if first:
        _failures(console, report, first, language)
    console.print()
    console.print(cut(say(language, "written", out=out), console.width))


def _failures(console: Console, report: BatchReport, first: Mapping[str, Failure], language: Language) -> None:
    columns = (
        Column(say(language, "failed"), 22, lines=2, style="red"),
        Column(say(language, "count"), 8),
        Column(say(language, "example"), 28, lines=2),
        Column(say(language, "why"), 200, lines=3, share=True),
    )
    codes = sorted(report.failures, key=lambda code: (-report.failures[code], code))
    rows = []
    for code in codes[:FAILURES_SHOWN]:
        failure = first[code]
        why = " ".join(trouble(language, code, failure.message, failure.advice))
        rows.append(([code], [f"{report.failures[code]:,}"], [failure.path], [why]))
    console.print()
    console.print(make_table(columns, rows, console.width))


def _found(report: BatchReport, language: Language) -> str:
    claims = {"goal": report.goals, "deadline": report.deadlines, "target": report.targets, "result": report.results}
    return say(language, "comma").join(counted(language, "part", name, count) for name, count in claims.items())


def _named(counts: Mapping[str, int], language: Language = "en", group: str = "") -> str:
    """`3 plans, 1 report`, the most frequent first."""
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    if not group:
        return ", ".join(f"{counts[name]:,} {name}" for name in ordered)
    return say(language, "comma").join(counted(language, group, name, counts[name]) for name in ordered)
