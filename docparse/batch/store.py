"""The database of a batch: opened, written a few documents at a time, and closed as one file.

A document's rows and the ledger's entry for its files are written in one transaction, so a kill at any instant loses
and doubles nothing. WAL with synchronous=NORMAL: where the machine itself loses power, the last transactions may be
missing but never half there, and what is missing is simply parsed again. FULL would wait for the disk at each commit
and save nothing that the ledger does not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path

import msgspec

from docparse.batch.keys import STORE_VERSION, document_id
from docparse.batch.records import Failure, Outcome
from docparse.batch.words import characters
from docparse.errors import OptionError

STORE = "batch.sqlite"
TYPED_TABLES = ("articles", "sections", "goals", "deadlines", "targets", "results", "warnings", "repairs")
"""The tables that hold the rows of one document, keyed by (document, n)."""
_SCHEMA_RESOURCE = "schema.sql"


@contextmanager
def open_store(folder: Path) -> Iterator[sqlite3.Connection]:
    """The store in `folder`, made if missing; closed as one file without companions.

    Raises: OptionError where it is damaged, of another version, or the disk refuses.
    """
    path = folder / STORE
    try:
        # Other threads may use the connection: the writer's does, while the parent's reads what is next.
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30.0, check_same_thread=False)) as store:
            check_version(store, path)
            store.execute("PRAGMA page_size = 16384")  # a document's JSON is some 50 KB: a few pages, not dozens
            store.execute("PRAGMA journal_mode = WAL")
            store.execute("PRAGMA wal_autocheckpoint = 1000")  # 16 MiB
            store.execute("PRAGMA synchronous = NORMAL")
            store.execute("PRAGMA cache_size = -32768")  # 32 MiB, however many documents
            store.execute("PRAGMA temp_store = FILE")
            _prepare(store)
            try:
                yield store
            finally:
                if store.in_transaction:
                    store.rollback()
                with suppress(sqlite3.OperationalError):  # somebody is reading: then the next batch does it
                    store.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        raise OptionError(
            "unusable-store",
            f"The database {path} cannot be used ({error}).",
            "Give another folder for the results, or make room on the disk.",
        ) from error


def check_version(store: sqlite3.Connection, path: Path) -> None:
    """Nothing, where the store is new or of this format. Raises: OptionError where it is of another."""
    if not store.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return
    version = get_meta(store, "store-version")
    if version != STORE_VERSION:
        raise OptionError(
            "other-store-format",
            f"The database {path} has the format {version}; this docparse writes {STORE_VERSION}.",
            "Give another folder for the results, and parse again.",
        )


def _prepare(store: sqlite3.Connection) -> None:
    if not store.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        store.executescript(
            f"BEGIN IMMEDIATE; {schema_sql()} INSERT INTO meta VALUES ('store-version', '{STORE_VERSION}'); COMMIT;"
        )


def schema_sql() -> str:
    """The statements that make an empty store."""
    return files("docparse.batch").joinpath(_SCHEMA_RESOURCE).read_text(encoding="utf-8")


def get_meta(store: sqlite3.Connection, name: str) -> str | None:
    """A value of the table `meta`."""
    row = store.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_meta(store: sqlite3.Connection, name: str, value: str) -> None:
    """Write a value of the table `meta`."""
    store.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


@contextmanager
def transaction(store: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    store.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        store.rollback()
        raise
    store.execute("COMMIT")


def write_outcomes(store: sqlite3.Connection, outcomes: list[Outcome], fingerprint: str) -> None:
    """Store contents that were parsed, or could not be, with an entry for each of their files. One transaction.

    The full-text index comes last and in the order of the ids: it writes a segment to disk whenever an id is smaller
    than the last, and before each statement on other tables that may have to be undone.
    """
    parsed = [outcome for outcome in outcomes if outcome.failure is None]
    words = sorted((document_id(outcome.content), outcome.words) for outcome in parsed)
    with transaction(store):
        set_meta(store, "finished", "no")
        for outcome in outcomes:
            if outcome.failure is not None:
                settle_failed(store, outcome.content, outcome.failure, fingerprint)
            else:
                _write_document(store, outcome, fingerprint)
                settle_parsed(store, outcome.content)
        _write_rows(store, parsed)
        store.executemany("INSERT INTO search (rowid, characters) VALUES (?, ?)", words)


def _write_document(store: sqlite3.Connection, outcome: Outcome, fingerprint: str) -> None:
    number = document_id(outcome.content)
    delete_document(store, number, outcome.content)
    (document,) = outcome.rows["documents"]
    # Path and copies are right for a first run; where they are not, the end of the run mends them.
    ours = store.execute("SELECT min(path), count(*) FROM todo WHERE content = ?", (outcome.content,)).fetchone()
    marks = ", ".join("?" * (len(document) + 5))
    store.execute(
        "INSERT INTO documents (id, content, fingerprint, path, copies, sha256, media_type, title, script, published,"
        " reference_date, pages, size, characters, articles, goals, deadlines, targets, results, warnings, json)"
        f" VALUES ({marks}, CAST(? AS TEXT))",
        (number, outcome.content, fingerprint, *ours, *document, outcome.json),
    )


def _write_rows(store: sqlite3.Connection, parsed: list[Outcome]) -> None:
    """The rows of several documents, one statement for each table."""
    numbered = [(document_id(outcome.content), outcome) for outcome in parsed]
    for table in TYPED_TABLES:
        rows = [(number, *row) for number, outcome in numbered for row in outcome.rows[table]]
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            store.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    signatures = [(number, *row) for number, outcome in numbered for row in outcome.signatures]
    store.executemany("INSERT INTO signatures VALUES (?, ?, ?)", signatures)
    timings = [(number, sum(outcome.seconds.values())) for number, outcome in numbered]
    store.executemany("INSERT OR REPLACE INTO timings VALUES (?, ?)", timings)


def delete_document(store: sqlite3.Connection, number: int, content: str | None = None) -> None:
    """Remove a document's rows, if they are there.

    With `content` it is about to be replaced. Raises: OptionError where the id belongs to another content.
    """
    row = store.execute("SELECT content, json FROM documents WHERE id = ?", (number,)).fetchone()
    if row is None:
        return
    if content is not None and row[0] != content:
        raise OptionError("id-collision", f"Two documents share the id {number}.", "Put one into another batch.")
    # A contentless index has to be told what it indexed; `characters` gives the same for the same text.
    indexed = characters(text_of(row[1]))
    store.execute("INSERT INTO search (search, rowid, characters) VALUES ('delete', ?, ?)", (number, indexed))
    for table in (*TYPED_TABLES, "signatures", "near_duplicates", "timings"):
        store.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
    store.execute("DELETE FROM documents WHERE id = ?", (number,))


class _Text(msgspec.Struct):
    text: str


def text_of(json: str) -> str:
    """The text of a stored document. Not by SQLite's json_extract, which ends a string at a NUL character."""
    return msgspec.json.decode(json, type=_Text).text


def settle_parsed(store: sqlite3.Connection, content: str) -> None:
    """Enter all files in `todo` that have a content which is in the store, and take them from `todo`."""
    store.execute("DELETE FROM failures WHERE path IN (SELECT path FROM todo WHERE content = ?)", (content,))
    store.execute(
        "INSERT OR REPLACE INTO files SELECT path, archive, 'parsed', size, modified_ns, sha256, ? FROM todo"
        " WHERE content = ?",
        (document_id(content), content),
    )
    store.execute("DELETE FROM todo WHERE content = ?", (content,))


def settle_failed(store: sqlite3.Connection, content: str, failure: Failure, fingerprint: str) -> None:
    """Enter all files in `todo` that have a content which gave no document, and take them from `todo`."""
    rows = store.execute("SELECT path, archive, size, modified_ns, sha256 FROM todo WHERE content = ?", (content,))
    for path, archive, size, modified_ns, sha256 in rows.fetchall():
        _write_failure(store, msgspec.structs.replace(failure, path=path), content, fingerprint)
        store.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, 'failed', ?, ?, ?, NULL)",
            (path, archive, size, modified_ns, sha256),
        )
    store.execute("DELETE FROM todo WHERE content = ?", (content,))


def write_failure(
    store: sqlite3.Connection, failure: Failure, fingerprint: str, *, archive: str | None, size: int, modified_ns: int
) -> None:
    """Enter one path that gave nothing to parse."""
    _write_failure(store, failure, None, fingerprint)
    store.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, 'failed', ?, ?, NULL, NULL)",
        (failure.path, archive, size, modified_ns),
    )


def _write_failure(store: sqlite3.Connection, failure: Failure, content: str | None, fingerprint: str) -> None:
    """A fault's traceback is the same each time; where a document hung is not, and stands in a table of its own."""
    fault = failure.traceback if failure.code == "internal-error" else None
    store.execute(
        "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            failure.path, content, fingerprint, failure.code, failure.message, failure.advice, fault, failure.attempts,
        ),
    )  # fmt: skip
    if failure.traceback is not None and fault is None:
        store.execute("INSERT OR REPLACE INTO traces VALUES (?, ?)", (failure.path, failure.traceback))
