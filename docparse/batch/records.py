"""What passes between the batch's parts, all frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from docparse.options import Options
from docparse.records import Document, Record

ParseFunction = Callable[[str, Options], Document]
"""Reads one path. It crosses a process border by name, so it must be a module's top-level function."""


class Failure(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One file that could not be read. `code`, `message` and `advice` are those of `DocparseError`.

    `traceback` is there only for `internal-error`: it is for whoever mends the program.
    """

    path: str
    code: str
    message: str
    advice: str
    traceback: str | None = None


class Tally(Record, frozen=True, kw_only=True):
    """The counts of one document; the batch report is their sum."""

    media_type: str
    script: str
    size: int
    characters: int
    kinds: tuple[str, ...]
    repairs: tuple[str, ...]
    warnings: tuple[str, ...]
    goals: int
    deadlines: int
    targets: int
    results: int


class Outcome(Record, frozen=True, kw_only=True):
    """What a worker sends back for one path: a finished JSON line with its tally and table rows, or a failure."""

    path: str
    line: bytes = b""
    tally: Tally | None = None
    goals: tuple[tuple[str, ...], ...] = ()
    targets: tuple[tuple[str, ...], ...] = ()
    failure: Failure | None = None


class Event(NamedTuple):
    """Progress after each file, in input order. `characters` is the length of this document's text, 0 if it failed."""

    done: int
    total: int
    path: str
    characters: int
    failure: Failure | None


class BatchReport(Record, frozen=True, kw_only=True):
    """What was read and what was not. Mappings count documents (or articles, repairs, warnings) by name, sorted.

    Nothing in it depends on the clock or on the number of workers.
    """

    schema: str = "docparse-batch/1"
    files: int
    documents: int
    failed: int
    size: int
    characters: int
    goals: int
    deadlines: int
    targets: int
    results: int
    formats: Mapping[str, int]
    kinds: Mapping[str, int]
    scripts: Mapping[str, int]
    repairs: Mapping[str, int]
    warnings: Mapping[str, int]
    failures: Mapping[str, int]
