"""`docparse explain`: why a stretch of the text was read as it was."""

from __future__ import annotations

import argparse
import sys

from docparse_cli.console import make_console, tidy
from docparse_cli.reading import read_options, source_of


def run(chosen: argparse.Namespace) -> int:
    """0, after printing what was read in `--span`, by which rules, and what lost."""
    from docparse.explain import explain
    from docparse_cli.explain_report import report

    options = read_options(chosen)
    explanation = explain(source_of(chosen.file, options), chosen.span, options=options)
    console = make_console(sys.stdout)
    with tidy(console):
        report(console, explanation, chosen.language)
    return 0
