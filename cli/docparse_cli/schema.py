"""`docparse schema`: the JSON Schema of the output."""

from __future__ import annotations

import argparse
import json

from docparse_cli.console import output_bytes


def run(chosen: argparse.Namespace) -> int:
    """0, after printing the schema that is generated from the types."""
    from docparse.wire import json_schema

    output_bytes().write(json.dumps(json_schema(), ensure_ascii=False, indent=2).encode() + b"\n")
    return 0
