"""`docparse export`: a batch's tables as files for other programs."""

from __future__ import annotations

import argparse


def run(chosen: argparse.Namespace) -> int:
    """0, after the name of each file that was written has been printed."""
    from docparse.batch import export

    for path in export(chosen.out, chosen.to, folder=chosen.output):
        print(path)
    return 0
