"""Where a command's result goes: standard output, or a file that takes its name only when it is complete."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from docparse_cli.console import output_bytes


@contextmanager
def open_output(path: str | None) -> Iterator[BinaryIO]:
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
