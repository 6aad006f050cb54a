"""`docparse parse`: documents as JSON."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from docparse_cli.arguments import WRONG_USAGE
from docparse_cli.console import error_line, output_bytes
from docparse_cli.messages import say
from docparse_cli.reading import STDIN, read_document, read_options


def run(chosen: argparse.Namespace) -> int:
    """0, or 1 if some documents failed, or 2 for arguments that contradict each other."""
    several = len(chosen.files) > 1
    if several and chosen.indent:
        return _refuse(chosen, "indent-one-file")
    if chosen.files.count(STDIN) > 1:
        return _refuse(chosen, "one-stdin")
    from docparse.wire import to_json

    options = read_options(chosen)
    failed = 0
    with _open_output(chosen.output) as output:
        for name in chosen.files:
            document = read_document(name, options, chosen.language)
            if document is None:
                failed += 1
                continue
            output.write(to_json(document, indent=chosen.indent).rstrip(b"\n") + b"\n")
            output.flush()
    return 1 if failed else 0


def _refuse(chosen: argparse.Namespace, key: str) -> int:
    error_line(f"docparse parse: {say(chosen.language, 'wrong-usage')}: {say(chosen.language, key)}")
    return WRONG_USAGE


@contextmanager
def _open_output(path: str | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only when it is complete."""
    if path is None:
        yield output_bytes()
        return
    target = Path(path)
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced, only written to
        with target.open("wb") as file:
            yield file
        return
    descriptor, name = tempfile.mkstemp(prefix=".docparse-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        _usual_rights(name)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _usual_rights(name: str) -> None:
    """mkstemp makes files for their owner only; give this one what any new file has."""
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)
