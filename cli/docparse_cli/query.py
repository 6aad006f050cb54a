"""`docparse query`: what a batch has read, by words or by SQL."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from docparse_cli.console import cut, error_line, make_console, output_bytes, plain, tidy
from docparse_cli.layout import Column, fold, make_table
from docparse_cli.messages import say
from docparse_cli.reading import refuse

if TYPE_CHECKING:
    from rich.console import Console

    from docparse.batch import Answer, Hit

DOCUMENTS, ROWS = 20, 1000
_INDENT = 4
_LINES = 3


def run(chosen: argparse.Namespace) -> int:
    """0 if anything was found, else 1; 2 for arguments that contradict each other."""
    if bool(chosen.words) == (chosen.sql is not None):
        return refuse(chosen, "sql-or-words")
    return _ask(chosen) if chosen.sql is not None else _search(chosen)


def _search(chosen: argparse.Namespace) -> int:
    from docparse.batch import search

    count, hits = search(chosen.out, " ".join(chosen.words), limit=chosen.limit or DOCUMENTS)
    if chosen.json:
        _print_json(hits)
    else:
        console = make_console(sys.stdout, width=chosen.width)
        with tidy(console):
            for hit in hits:
                _show(console, hit, chosen)
        error_line(say(chosen.language, "hits", count=count, shown=len(hits)))
    return 0 if hits else 1


def _show(console: Console, hit: Hit, chosen: argparse.Namespace) -> None:
    from rich.text import Text

    width = console.width - _INDENT
    copies = say(chosen.language, "hits-copies", count=hit.copies) if hit.copies > 1 else ""
    console.print(Text(cut("  ".join(filter(None, (hit.path, copies))), console.width), style="bold"))
    if hit.title:
        console.print(f"  {cut(hit.title, width)}")
    for sentence in hit.sentences:
        for line in fold(sentence, width, _LINES):
            console.print(" " * _INDENT + line)
    for target in hit.targets:
        told = "  ".join(filter(None, (target.metric, target.text, target.end_date)))
        console.print(f"  → {cut(told, width)}")
    console.print()


def _ask(chosen: argparse.Namespace) -> int:
    from docparse.batch import ask

    limit = chosen.limit or ROWS
    answer = ask(chosen.out, chosen.sql, seconds=chosen.seconds, rows=limit)
    if chosen.json:
        _print_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    else:
        console = make_console(sys.stdout, width=chosen.width)
        with tidy(console):
            _show_rows(console, answer)
    if answer.more:
        error_line(say(chosen.language, "rows-cut", count=limit))
    return 0 if answer.rows else 1


def _show_rows(console: Console, answer: Answer) -> None:
    columns = [Column(plain(name), 60, lines=_LINES, share=False) for name in answer.columns]
    rows = [[["" if cell is None else str(cell)] for cell in row] for row in answer.rows]
    console.print(make_table(columns, rows, console.width))


def _print_json(records: object) -> None:
    import msgspec

    output = output_bytes()
    for record in records:  # type: ignore[attr-defined]
        output.write(msgspec.json.encode(record, enc_hook=repr) + b"\n")
