"""`docparse parse`: documents as JSON."""

from __future__ import annotations

import argparse

from docparse_cli.output import open_output
from docparse_cli.reading import STDIN, read_document, read_options, refuse


def run(chosen: argparse.Namespace) -> int:
    """0, or 1 if some documents failed, or 2 for arguments that contradict each other."""
    several = len(chosen.files) > 1
    if several and chosen.indent:
        return refuse(chosen, "indent-one-file")
    if chosen.files.count(STDIN) > 1:
        return refuse(chosen, "one-stdin")
    from docparse.wire import to_json

    options = read_options(chosen)
    failed = 0
    with open_output(chosen.output) as output:
        for name in chosen.files:
            document = read_document(name, options, chosen.language)
            if document is None:
                failed += 1
                continue
            output.write(to_json(document, indent=chosen.indent).rstrip(b"\n") + b"\n")
            output.flush()
    return 1 if failed else 0
