"""What passes between the batch's parts, all frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from docparse.options import Options
from docparse.records import Document, Record

ParseFunction = Callable[[bytes, str, Options], Document]
"""Reads the bytes of one document; the second argument is a name with the file's suffix, which settles Markdown
against text. It crosses a process border by name, so it must be a module's top-level function."""

Cell = str | int | float | None
Rows = tuple[tuple[Cell, ...], ...]
Stage = Literal["look", "parse", "finish"]
Format = Literal["sqlite", "csv", "jsonl", "parquet", "xlsx"]
State = Literal["parsed", "failed", "archive", "skipped"]
"""What became of an input. `skipped` are links to folders and what systems leave behind (.DS_Store, ~$x.docx)."""


class Limits(Record, frozen=True, kw_only=True):
    """What one document, and one archive, may cost a batch.

    Args:
        document_seconds: longest that a worker may be busy with one document before it is killed.
        document_bytes: most memory that one document may take, over what the worker takes at rest. It is the address
            space (RLIMIT_AS), so it holds on Linux; macOS and Windows do not enforce it.
        archive_entries: most members of one archive, nested ones included.
        archive_bytes: most bytes that one archive may unpack to.
        archive_ratio: most times its packed size that a member above 1 MiB may unpack to.
        archive_depth: archives inside archives; 1 reads no inner archive.
    """

    document_seconds: float = 300.0
    document_bytes: int = 4 * 1024 * 1024 * 1024
    archive_entries: int = 50_000
    archive_bytes: int = 16 * 1024 * 1024 * 1024
    archive_ratio: int = 200
    archive_depth: int = 3


class Failure(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One input that gave no document. `code`, `message` and `advice` are those of `DocparseError`.

    `traceback` is for whoever mends the program: of an `internal-error`, or where a document hung, crashed or ran out
    of memory. `attempts` is 2 where the document was tried again in a process of its own.
    """

    path: str
    code: str
    message: str
    advice: str
    traceback: str | None = None
    attempts: int = 1


def make_failure(path: str, code: str, message: str, advice: str, *, attempts: int = 1) -> Failure:
    """A failure that is no fault of docparse's."""
    return Failure(path=path, code=code, message=message, advice=advice, attempts=attempts)


class Place(Record, frozen=True, kw_only=True):
    """Where bytes lie: a file, or a member of an archive. `members` are indices in central directories, outermost
    first; `path` is what people see (`plans.zip!/2024/计划.docx`), `file` what is opened, in the
    file system's own bytes, because a name may be no UTF-8."""

    path: str
    file: bytes
    members: tuple[int, ...] = ()


class Found(Record, frozen=True, kw_only=True):
    """One input as the scan met it: its place, size and time of change, or why it cannot be read."""

    place: Place
    size: int = 0
    modified_ns: int = 0
    state: State | None = None
    failure: Failure | None = None


class Looked(Record, frozen=True, kw_only=True):
    """What a look at bytes gives: their SHA-256 and suffix, or for an archive its members, or a failure."""

    place: Place
    size: int = 0
    modified_ns: int = 0
    sha256: str | None = None
    content: str | None = None
    archive: bool = False
    skipped: bool = False
    members: tuple[Looked, ...] = ()
    failure: Failure | None = None


class Task(Record, frozen=True, kw_only=True):
    """One content to parse: where a copy of it lies, and what it must hash to."""

    place: Place
    content: str
    sha256: str


class Outcome(Record, frozen=True, kw_only=True):
    """What a worker sends back for one content: rows for each table, or a failure. `seconds` is by stage of the
    worker and never reaches the deterministic tables. `changed`: the file is not what it was when it was hashed."""

    content: str
    json: bytes = b""
    words: str = ""
    rows: Mapping[str, Rows] = {}
    signatures: tuple[tuple[int, bytes], ...] = ()
    characters: int = 0
    failure: Failure | None = None
    changed: bool = False
    seconds: Mapping[str, float] = {}


class Event(NamedTuple):
    """Progress. `stage` is `look` (files are found and hashed; `total` is 0, not known yet), `parse` (one content
    done of `total`; `characters` of its text, 0 if it failed) or `finish` (duplicates, exports)."""

    stage: Stage
    done: int
    total: int
    path: str
    characters: int = 0
    failure: Failure | None = None


class Slow(Record, frozen=True, kw_only=True):
    """One of the slowest documents."""

    path: str
    seconds: float
    characters: int


class Work(Record, frozen=True, kw_only=True):
    """What this run did, and how long it took; nothing here is deterministic.

    `looked` counts files that were opened and hashed, `parsed` and `failed` contents, `gone` paths that were removed
    because their folder no longer holds them. `shares` are shares of the workers' busy time and of the whole run,
    where `store` is a thread's and runs beside the others.
    """

    looked: int = 0
    parsed: int = 0
    failed: int = 0
    unchanged: int = 0
    gone: int = 0
    characters: int = 0
    seconds: float = 0.0
    documents_per_second: float = 0.0
    characters_per_second: float = 0.0
    shares: Mapping[str, float] = {}


class BatchReport(Record, frozen=True, kw_only=True):
    """What the whole store holds. Mappings count documents (or articles, repairs, warnings) by name, sorted.

    `files` are all inputs, each `parsed`, `failed`, `skipped` or one of the `archives`; `documents` are distinct
    contents and `copies` the files beyond them; `near_duplicates` counts articles that are in a group of such.
    `failure_examples` has the first path of each code.

    All but `work` and `slowest` depend on the inputs, the options and the version alone: not on the clock, the number
    of workers or how often the batch was stopped.
    """

    schema: str = "docparse-batch/2"
    files: int
    parsed: int
    failed: int
    skipped: int
    archives: int
    documents: int
    copies: int
    near_duplicates: int
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
    failure_examples: tuple[Failure, ...] = ()
    slowest: tuple[Slow, ...] = ()
    work: Work = Work()
