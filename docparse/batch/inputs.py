"""Which files a batch reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def find_inputs(paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str]) -> list[str]:
    """The files that `paths` name, folders searched to the bottom, sorted by path and without repeats.

    A path that does not exist stays in the list, and so does a folder that may not be listed: reading it fails later
    and is recorded, so that nothing goes missing in silence. Links to folders are not followed, because they may form
    a circle.
    """
    if isinstance(paths, str | os.PathLike):  # one path, not the characters of its name
        paths = [paths]
    found: set[str] = set()
    for path in paths:
        name = os.fspath(path)
        found.update(_walk(name) if Path(name).is_dir() else (name,))
    return sorted(found)


def leave_out(paths: Iterable[str], folder: str | os.PathLike[str]) -> list[str]:
    """`paths` without those inside `folder`: a batch that writes below its own input must not read its results."""
    root = Path(os.path.realpath(folder))
    # realpath and not Path.resolve: a link to itself must stay in the list and be refused, not end the batch.
    return [path for path in paths if not Path(os.path.realpath(path)).is_relative_to(root)]


def _walk(folder: str) -> Iterator[str]:
    refused: list[str] = []
    for parent, _, names in os.walk(folder, onerror=lambda error: refused.append(str(error.filename))):
        for name in names:
            yield os.path.join(parent, name)  # noqa: PTH118 - Path would drop a leading ./ that the caller wrote
    yield from refused
