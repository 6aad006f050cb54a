"""`docparse batch`: many files into a folder, with progress and a closing table on standard error."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from docparse_cli.batch_report import close, json_line
from docparse_cli.console import error_line, make_console, tidy
from docparse_cli.messages import Language, say
from docparse_cli.reading import STDIN, read_options, refuse

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console
    from rich.progress import Progress, Task

    from docparse.batch import BatchReport, Event

    Listener = Callable[[Event], None]

_MEBIBYTE = 1024 * 1024


def run(chosen: argparse.Namespace) -> int:
    """0 if every file was read, else 1; also 1 if there was nothing to read."""
    if chosen.inputs.count(STDIN) > 1 or (chosen.watch and STDIN in chosen.inputs):
        return refuse(chosen, "one-stdin")
    console = make_console(sys.stderr)
    status = 0
    for report in _reports(chosen, console):
        status = _tell(chosen, console, report)
    return status


def _reports(chosen: argparse.Namespace, console: Console) -> Iterator[BatchReport]:
    from docparse.batch import run as run_batch
    from docparse.batch import watch

    choices: dict[str, Any] = {
        "workers": chosen.workers,
        "options": read_options(chosen),
        "limits": _limits(chosen),
        "retry_failed": chosen.retry_failed,
        "force": chosen.force,
    }
    if chosen.format:
        choices["formats"] = tuple(chosen.format)
    if chosen.watch:
        rounds = watch(chosen.inputs, chosen.out, interval_seconds=chosen.watch, **choices)
        changed = (report for report in rounds if _has_news(report))
        yield from changed
        return
    with _listener(chosen, console) as listen:
        report = run_batch(_inputs(chosen.inputs), chosen.out, on_event=listen, **choices)
    yield report


def _has_news(report: BatchReport) -> bool:
    work = report.work
    return bool(work.parsed or work.failed or work.gone or work.looked)


def _limits(chosen: argparse.Namespace) -> Any:
    from docparse.batch import Limits

    usual = Limits()
    return Limits(
        document_seconds=chosen.timeout or usual.document_seconds,
        document_bytes=chosen.memory * _MEBIBYTE if chosen.memory else usual.document_bytes,
    )


def _inputs(names: list[str]) -> Iterator[str]:
    """The arguments, and in the place of `-` the paths on standard input: one a line, or parted by NUL (find -print0).

    They are read as the batch asks for them.
    """
    for name in names:
        if name != STDIN:
            yield name
            continue
        for line in _split(sys.stdin.buffer):
            if line:
                yield os.fsdecode(line)


def _split(stream: Any) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read1(65536):
        rest += chunk
        mark = b"\0" if b"\0" in rest else b"\n"
        *whole, rest = rest.split(mark)
        yield from (line.rstrip(b"\r") for line in whole)
    yield rest


def _tell(chosen: argparse.Namespace, console: Console, report: BatchReport) -> int:
    """Print how it ended; the exit status."""
    if report.files == 0:
        error_line(f"docparse: {say(chosen.language, 'nothing-to-read', paths=', '.join(chosen.inputs))}")
        return 1
    if chosen.log == "json":
        json_line("report", report=report)
    elif not chosen.quiet:
        with tidy(console):
            close(console, report, chosen.out, chosen.language)
    return 1 if report.failed else 0


def _listener(chosen: argparse.Namespace, console: Console) -> AbstractContextManager[Listener | None]:
    """What hears of each event while the batch runs."""
    if chosen.log == "json":
        return nullcontext(_log)
    if chosen.quiet or not console.is_terminal:
        return nullcontext(None)
    return _bar(console, chosen.language)


def _log(event: Event) -> None:
    if event.failure is not None:
        json_line("failure", done=event.done, total=event.total, failure=event.failure)
    elif event.stage == "parse":
        json_line("document", done=event.done, total=event.total, path=event.path, characters=event.characters)
    elif not event.path:
        json_line("stage", stage=event.stage, done=event.done)


@contextmanager
def _bar(console: Console, language: Language) -> Iterator[Listener]:
    """A progress bar: what was found, then documents and characters a second, failures, and the time left."""
    with _progress(console, language) as progress:
        task = progress.add_task(say(language, "looking"), total=None, characters=0, failed=0)
        counts = {"characters": 0, "failed": 0}

        def listen(event: Event) -> None:
            counts["failed"] += event.failure is not None
            counts["characters"] += event.characters
            if event.stage == "parse" and event.done == 1:
                progress.reset(task, description=say(language, "reading"))
            if event.stage == "finish":
                progress.update(task, description=say(language, "finishing"))
                return
            progress.update(
                task,
                completed=event.done,
                total=event.total or None,
                characters=counts["characters"],
                failed=counts["failed"],
            )

        yield listen


def _progress(console: Console, language: Language) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Speed(ProgressColumn):
        """Documents and characters a second, and failures."""

        def render(self, task: Task) -> Text:
            seconds = task.elapsed or 0.0
            if not task.total:
                return Text(say(language, "looked", count=int(task.completed)), style="dim")
            parts = []
            if seconds >= 0.5:
                documents = f"{task.completed / seconds:,.1f}"
                characters = f"{task.fields['characters'] / seconds:,.0f}"
                parts.append(say(language, "progress", documents=documents, characters=characters))
            if task.fields["failed"]:
                parts.append(say(language, "failed-so-far", count=task.fields["failed"]))
            return Text(say(language, "comma").join(parts), style="dim")

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        Speed(),
        TimeRemainingColumn(compact=True),
        console=console,
        transient=True,
    )
