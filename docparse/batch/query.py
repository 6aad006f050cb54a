"""Questions to a finished or running batch: full text, and SQL that can only read."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from docparse.batch.exports import SHEETS
from docparse.batch.exports import export as write_export
from docparse.batch.records import Cell, Format
from docparse.batch.store import STORE, check_version
from docparse.batch.words import match_expression
from docparse.errors import DocparseError, OptionError
from docparse.records import Record

SENTENCES_SHOWN, TARGETS_SHOWN = 3, 5
_MOST_VALUE_BYTES = 256 * 1024 * 1024
_STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock: under a millisecond."""
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})


class TargetHit(Record, frozen=True, kw_only=True):
    """A target near the words that were asked for."""

    metric: str | None
    text: str
    end_date: str | None
    goal_text: str | None


class Hit(Record, frozen=True, kw_only=True):
    """A document that holds all words, with the sentences and targets that hold any."""

    path: str
    title: str | None
    copies: int
    sentences: tuple[str, ...]
    targets: tuple[TargetHit, ...]


class Answer(Record, frozen=True, kw_only=True):
    """The rows of a question in SQL. `more` says that the limit of rows cut it off."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool


class _Statement(msgspec.Struct):
    text: str


class _Statements(msgspec.Struct):
    statements: list[_Statement]


@contextmanager
def open_reader(out: str | os.PathLike[str]) -> Iterator[sqlite3.Connection]:
    """A connection to the store in `out` that cannot write. Raises: OptionError where there is none, or one of
    another format."""
    path = Path(out) / STORE
    if not path.is_file():
        raise OptionError("no-store", f"There is no batch in {out}.", "Run `docparse batch … --out` first.")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30.0)) as store:
            check_version(store, path)
            yield store
    except sqlite3.DatabaseError as error:
        raise OptionError("unusable-store", f"The database {path} cannot be read ({error}).", "") from error


def export(
    out: str | os.PathLike[str],
    to: Format,
    *,
    folder: str | os.PathLike[str] | None = None,
    sheets: Sequence[str] = SHEETS,
) -> list[Path]:
    """The files that were written from the batch in `out` into `folder` (None: into `out` itself).

    Raises: OptionError where there is no batch, a package is missing or the disk refuses.
    """
    target = Path(out if folder is None else folder)
    with open_reader(out) as store:
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OptionError("unwritable-output", f"Cannot write into {target}.", "Give another folder.") from error
        return write_export(store, target, to, sheets)


def search(out: str | os.PathLike[str], words: str, *, limit: int = 20) -> tuple[int, tuple[Hit, ...]]:
    """The number of documents that hold all `words`, and the best `limit` of them.

    Words are parted by spaces and may be of any length and in either script; ties go by path.

    Raises: OptionError where there is no batch, or no letter or digit in `words`.
    """
    from docparse.text.scripts.variants import convert

    simplified = convert("t2s", words)
    expression = match_expression(simplified)
    if not expression:
        raise OptionError("empty-query", "There is no word to look for.", "Give a word such as 收费率.")
    with open_reader(out) as store:
        count = store.execute("SELECT count(*) FROM search WHERE search MATCH ?", (expression,)).fetchone()[0]
        rows = store.execute(
            "SELECT d.id, d.path, d.title, d.copies, d.json FROM search JOIN documents AS d ON d.id = search.rowid"
            " WHERE search MATCH ? ORDER BY search.rank, d.path LIMIT ?",
            (expression, limit),
        )
        parts = simplified.lower().split()
        return count, tuple(_hit(store, row, parts) for row in rows)


def _hit(store: sqlite3.Connection, row: Sequence[Cell], words: list[str]) -> Hit:
    number, path, title, copies, json = row
    statements = msgspec.json.decode(str(json), type=_Statements).statements
    held = [(sum(word in s.text.lower() for word in words), s.text) for s in statements]
    sentences = [text for count, text in sorted(held, key=lambda pair: -pair[0]) if count]  # those with most words
    targets = [
        TargetHit(metric=metric, text=text, end_date=end, goal_text=goal)
        for metric, text, end, goal in store.execute(
            "SELECT metric, text, end_date, goal_text FROM targets WHERE document = ? ORDER BY n", (number,)
        )
        if any(word in f"{metric} {text} {goal}".lower() for word in words)
    ]
    return Hit(
        path=str(path),
        title=None if title is None else str(title),
        copies=int(copies or 0),
        sentences=tuple(sentences[:SENTENCES_SHOWN]),
        targets=tuple(targets[:TARGETS_SHOWN]),
    )


def ask(out: str | os.PathLike[str], sql: str, *, seconds: float = 10.0, rows: int = 1000) -> Answer:
    """The answer to one SELECT. Nothing but reading is possible, and it ends after `seconds` or `rows`.

    `… FROM search WHERE search MATCH words('收费率')` gives in `rowid` the ids of the documents with a word.

    Raises:
        OptionError: there is no batch, the statement is wrong, or it does more than read.
        DocparseError: it took too long (`query-too-slow`).
    """
    with open_reader(out) as store:
        store.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_VALUE_BYTES)
        store.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        store.create_function("words", 1, match_expression, deterministic=True)
        store.execute("SELECT 1 FROM search LIMIT 0")  # opens the full-text table, which does more than read
        store.set_authorizer(_may_read)
        deadline = time.monotonic() + seconds
        store.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        try:
            cursor = store.execute(sql)
            if cursor.description is None:
                raise OptionError("bad-query", "This is no question.", "Give one SELECT statement.")
            found = cursor.fetchmany(rows + 1)
        except (sqlite3.Error, sqlite3.Warning) as error:
            if time.monotonic() > deadline:
                advice = "Ask for less, or allow more seconds."
                raise DocparseError("query-too-slow", f"No answer within {seconds:g} seconds.", advice) from error
            raise OptionError("bad-query", f"SQLite refuses: {error}.", "Give one SELECT statement.") from error
        columns = tuple(column[0] for column in cursor.description)
    return Answer(columns=columns, rows=tuple(tuple(row) for row in found[:rows]), more=len(found) > rows)


def _may_read(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second == "load_extension":
        return sqlite3.SQLITE_DENY
    # the full-text table looks at its own schema version with a pragma
    harmless = action == sqlite3.SQLITE_PRAGMA and first == "data_version"
    return sqlite3.SQLITE_OK if action in _READING or harmless else sqlite3.SQLITE_DENY
