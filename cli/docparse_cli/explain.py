"""`docparse explain`: why a stretch of the text was read as it was."""

from __future__ import annotations

import argparse

from docparse_cli.console import plain
from docparse_cli.reading import read_options, source_of


def run(chosen: argparse.Namespace) -> int:
    """0, after printing the trace of `--span`."""
    from docparse.explain import explain

    options = read_options(chosen)
    explanation = explain(source_of(chosen.file, options), chosen.span, options=options)
    for line in explanation.lines:
        indent = len(line) - len(line.lstrip(" "))
        print(" " * indent + plain(line))
    return 0
