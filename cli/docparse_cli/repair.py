"""`docparse repair`: the text with its damage undone, or each repair and why."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from docparse_cli.console import error_line, make_console, tidy
from docparse_cli.excerpts import Lines
from docparse_cli.messages import Language, damage_name, say, warning
from docparse_cli.output import open_output
from docparse_cli.reading import STDIN, made, read_raw, refuse, shown_name

if TYPE_CHECKING:
    from docparse import Repaired
    from docparse.options import Options
    from docparse.records import Span, Warning

_PLACES_TOLD = 3


class Mended(NamedTuple):
    """One file's repair: `text` is what to print; `warnings` are the reader's and the repair's."""

    name: str
    repaired: Repaired
    text: str
    warnings: tuple[Warning, ...]


def run(chosen: argparse.Namespace) -> int:
    """0, or 1 if some documents could not be read, or 2 for arguments that contradict each other."""
    if chosen.explain and chosen.json:
        return refuse(chosen, "explain-or-json")
    if (chosen.all or chosen.width) and not chosen.explain:
        return refuse(chosen, "all-with-explain")
    if chosen.files.count(STDIN) > 1:
        return refuse(chosen, "one-stdin")
    from docparse.options import Options

    options = Options(encoding=chosen.encoding)
    failed = 0
    with open_output(chosen.output) as output:
        for number, name in enumerate(chosen.files):
            mended = made(name, chosen.language, partial(_mend, name, options, chosen.simplified))
            if mended is None:
                failed += 1
                continue
            if chosen.explain and chosen.output is None:
                _explain(mended, chosen, number, None)
                continue
            if chosen.explain:
                output.write(_explain(mended, chosen, number, StringIO()).encode("utf-8", "replace"))
            elif chosen.json:
                output.write(_as_json(mended))
            else:
                output.write(mended.text.encode("utf-8", "replace"))
                _tell(mended, chosen.language)
            output.flush()
    return 1 if failed else 0


def _mend(name: str, options: Options, simplified: bool) -> Mended:
    """The file's text, repaired. Raises DocparseError."""
    from docparse.text.repair import repair
    from docparse.text.scripts.script import to_simplified

    reading = read_raw(name, options)
    repaired = repair(reading.raw)
    text = to_simplified(repaired.text)[0] if simplified else repaired.text
    return Mended(name, repaired, text, reading.warnings + repaired.warnings)


def _as_json(mended: Mended) -> bytes:
    """One line: `edits` and `warnings` count code points of the raw text."""
    import msgspec

    repaired = mended.repaired
    fields = {
        "text": mended.text,
        "script": repaired.script,
        "edits": repaired.edits,
        "warnings": mended.warnings,
    }
    return msgspec.json.encode(fields) + b"\n"


def _explain(mended: Mended, chosen: argparse.Namespace, number: int, file: StringIO | None) -> str:
    """Print the report to `file`, or to standard output with its colours; what `file` then holds."""
    from docparse_cli.repair_report import report

    console = make_console(sys.stdout if file is None else file, width=chosen.width)
    with tidy(console):
        if number:
            console.print()
        report(console, mended, chosen.language, everything=chosen.all, simplified=chosen.simplified)
    return file.getvalue() if file else ""


def _tell(mended: Mended, language: Language) -> None:
    """Warnings, one line a kind, and what was done, on standard error."""
    name = shown_name(language, mended.name)
    alike: dict[tuple[str, str], list[Span | None]] = {}
    for one in mended.warnings:
        alike.setdefault((one.code, one.message), []).append(one.raw_span)
    for (code, message), spans in alike.items():
        where = _places([span for span in spans if span], mended.repaired.raw, language)
        error_line(f"{name}: {code}: {warning(language, code, message)}{where}")
    error_line(f"{name}: {summary(mended, language)}")


def _places(spans: Sequence[Span], raw: str, language: Language) -> str:
    if not spans:
        return ""
    lines = Lines(raw)
    told = [say(language, "place-short", line=p.line, column=p.column) for p in map(lines.place, spans[:_PLACES_TOLD])]
    if len(spans) > _PLACES_TOLD:
        told.append(say(language, "and-more", count=len(spans) - _PLACES_TOLD))
    return f" ({say(language, 'comma').join(told)})"


def summary(mended: Mended, language: Language) -> str:
    """`3 repaired: mark eaten 2, rest of HTML 1; nothing is left damaged`."""
    kinds = Counter(edit.kind for edit in mended.repaired.edits if edit.listed)
    done = say(language, "repair-none")
    if kinds:
        named = say(language, "comma").join(f"{damage_name(language, kind)} {n:,}" for kind, n in kinds.most_common())
        done = say(language, "repair-summary", count=kinds.total(), kinds=named)
    left = len(mended.warnings)
    told = say(language, "left-summary", count=left) if left else say(language, "left-none")
    return done + say(language, "semicolon") + told
