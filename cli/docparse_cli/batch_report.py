"""What `docparse batch` says at its end: the closing tables, and lines of JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from docparse_cli.console import cut
from docparse_cli.layout import Column, make_table
from docparse_cli.messages import Language, counted, say, trouble

if TYPE_CHECKING:
    from rich.console import Console

    from docparse.batch import BatchReport

FAILURES_SHOWN = 10
SLOWEST_SHOWN = 3


def json_line(name: str, **values: object) -> None:
    """Print one event as a line of JSON on standard error."""
    import msgspec

    sys.stderr.write(msgspec.json.encode({"event": name, **values}).decode() + "\n")
    sys.stderr.flush()


def close(console: Console, report: BatchReport, out: str, language: Language) -> None:
    """What was read, what was found, what failed and why."""
    work = report.work
    seconds = f"{work.seconds:,.1f}"
    run = say(
        language, "this-run-was",
        parsed=work.parsed, failed=work.failed, unchanged=work.unchanged, gone=work.gone, seconds=seconds,
    )  # fmt: skip
    documents, characters = f"{work.documents_per_second:,.1f}", f"{work.characters_per_second:,.0f}"
    speed = say(language, "progress", documents=documents, characters=characters)
    slowest = [f"{slow.path} {slow.seconds:.1f} s" for slow in report.slowest[:SLOWEST_SHOWN]]
    rows = [
        ("read", f"{report.parsed:,} / {report.files:,}", _named(report.formats, language, "media")),
        ("copies", _count(report.copies), say(language, "copies-are")),
        ("near-copies", _count(report.near_duplicates), say(language, "near-copies-are")),
        ("archives", _count(report.archives), ""),
        ("skipped", _count(report.skipped), say(language, "skipped-are")),
        ("length", f"{report.characters:,}", say(language, "bytes", count=report.size)),
        ("kind", "", _named(report.kinds, language, "kind")),
        ("script", "", _named(report.scripts, language, "script")),
        ("claims", "", _found(report, language)),
        ("repairs", _count(sum(report.repairs.values())), _named(report.repairs)),
        ("warnings", _count(sum(report.warnings.values())), _named(report.warnings)),
        ("failed", _count(report.failed), _named(report.failures)),
        ("slowest", "", say(language, "comma").join(slowest)),
        ("this-run", "", run),
        ("", "", speed if work.parsed else ""),
    ]
    columns = (Column("", 16, style="bold"), Column("", 24), Column("", 200, lines=3, share=True))
    shown = [
        [[say(language, name) if name else ""], [count], [told]]
        for name, count, told in rows
        if count != "0" and (count or told)
    ]
    table = make_table(columns, shown, console.width)
    table.show_header = False
    console.print(table)
    if report.failures:
        _failures(console, report, language)
    console.print()
    console.print(cut(say(language, "written", out=out), console.width))


def _failures(console: Console, report: BatchReport, language: Language) -> None:
    columns = (
        Column(say(language, "failed"), 22, lines=2, style="red"),
        Column(say(language, "count"), 8),
        Column(say(language, "example"), 28, lines=2),
        Column(say(language, "why"), 200, lines=3, share=True),
    )
    examples = sorted(report.failure_examples, key=lambda example: (-report.failures[example.code], example.code))
    rows = []
    for example in examples[:FAILURES_SHOWN]:
        why = " ".join(trouble(language, example.code, example.message, example.advice))
        rows.append(([example.code], [f"{report.failures[example.code]:,}"], [example.path], [why]))
    console.print()
    console.print(make_table(columns, rows, console.width))


def _count(count: int) -> str:
    return f"{count:,}"


def _found(report: BatchReport, language: Language) -> str:
    claims = {"goal": report.goals, "deadline": report.deadlines, "target": report.targets, "result": report.results}
    return say(language, "comma").join(counted(language, "part", name, count) for name, count in claims.items())


def _named(counts: Mapping[str, int], language: Language = "en", group: str = "") -> str:
    """`3 plans, 1 report`, the most frequent first."""
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    if not group:
        return ", ".join(f"{counts[name]:,} {name}" for name in ordered)
    return say(language, "comma").join(counted(language, group, name, counts[name]) for name in ordered)
