"""What is known, what is new, what is gone: a run's inputs against the store.

Every input of a run is entered in `seen`, so each counts once however often it is named. What the store does not know
with the same size and time of change goes to `todo`, and from there, when its bytes have been hashed, to its files'
entries. Both tables are SQLite's temporary ones: on disk where they are long, and gone with the process.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator

import msgspec

from docparse.batch.keys import shown
from docparse.batch.records import Failure, Found, Looked, Place, Task
from docparse.batch.store import get_meta, set_meta, settle_failed, settle_parsed, transaction, write_failure

_TABLES = """
CREATE TEMP TABLE seen (path TEXT PRIMARY KEY, file BLOB NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE roots (first TEXT PRIMARY KEY, behind TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE refused (first TEXT PRIMARY KEY, behind TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE looked_archives (path TEXT PRIMARY KEY, size INTEGER, modified_ns INTEGER, outer TEXT) WITHOUT ROWID;
CREATE TEMP TABLE todo (
    path TEXT PRIMARY KEY, archive TEXT, size INTEGER, modified_ns INTEGER, sha256 TEXT, content TEXT NOT NULL,
    file BLOB NOT NULL, members TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX temp.todo_content ON todo (content);
CREATE TEMP TABLE work (
    number INTEGER PRIMARY KEY, path TEXT, content TEXT, sha256 TEXT, file BLOB, members TEXT, size INTEGER
);
"""
_PAGE = 5000  # a megabyte: fetching waits for the writer


class Ledger:
    """The bookkeeping of one run over an open store."""

    def __init__(self, store: sqlite3.Connection, fingerprint: str, *, force: bool, retry_failed: bool) -> None:
        self.store = store
        self.fingerprint = fingerprint
        self.force = force
        self.retry_failed = retry_failed
        self.unchanged = 0
        self.lock = threading.Lock()
        """Held by whoever uses the store while the writer's thread may."""
        store.executescript(_TABLES)

    def new_places(self, found: Iterable[Found | str]) -> Iterator[Place | Failure]:
        """The places that have to be looked at, and the inputs that cannot be; the rest is known already."""
        for item in found:
            if isinstance(item, str):
                self.store.execute("INSERT OR IGNORE INTO roots VALUES (?, ?)", _below(item))
                continue
            place = self._enter(item.place)
            if place is None:
                continue
            if item.failure is not None:
                self.store.execute("INSERT OR IGNORE INTO refused VALUES (?, ?)", _below(place.path))
                failure = _renamed(item.failure, place.path)
                if not self._same_failure(failure):
                    self._fail(failure, None, 0, 0)
                yield failure
            elif item.state is not None:
                self._skip(place.path, None, 0)
            elif self._is_known(place.path, item.size, item.modified_ns):
                self.unchanged += 1
            else:
                yield place

    def enter_looked(self, looked: Looked, archive: str | None = None) -> Iterator[Failure]:
        """Take up what a look gave, an archive's members too; the failures among them are given back."""
        path = looked.place.path
        if looked.failure is not None:
            self._fail(_renamed(looked.failure, path), archive, looked.size, looked.modified_ns)
            yield looked.failure
        elif looked.skipped:
            self._skip(path, archive, looked.size)
        elif looked.archive:
            row = (path, looked.size, looked.modified_ns, archive)
            self.store.execute("INSERT OR REPLACE INTO looked_archives VALUES (?, ?, ?, ?)", row)
            for member in looked.members:  # at most Limits.archive_depth levels
                self._enter(member.place)
                yield from self.enter_looked(member, archive or path)
        else:
            members = ",".join(map(str, looked.place.members))
            row_todo = (
                path, archive, looked.size, looked.modified_ns, looked.sha256, looked.content, looked.place.file,
                members,
            )  # fmt: skip
            self.store.execute("INSERT OR REPLACE INTO todo VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row_todo)

    def plan(self) -> int:
        """How many contents have to be parsed. Files whose content is known are entered without.

        The longest come first: what is left when the first worker runs dry is then short.
        """
        if not self.force:
            with transaction(self.store):
                self._settle_known()
        self.store.execute("DELETE FROM work")
        self.store.execute(
            "INSERT INTO work (path, content, sha256, file, members, size)"
            " SELECT min(path) AS first, content, sha256, file, members, size FROM todo GROUP BY content"
            " ORDER BY size DESC, first"
        )
        return int(self.store.execute("SELECT count(*) FROM work").fetchone()[0])

    def tasks(self) -> Iterator[Task]:
        """The contents to parse, in order; a page of them is in memory at a time."""
        last = 0
        while rows := self._page(last):
            last = rows[-1][0]
            for _, path, content, sha256, file, members in rows:
                indices = tuple(int(index) for index in members.split(",") if index)
                yield Task(place=Place(path=path, file=file, members=indices), content=content, sha256=sha256)

    def _page(self, last: int) -> list[tuple[int, str, str, str, bytes, str]]:
        """The tasks behind number `last`, a page of them at most."""
        sql = "SELECT number, path, content, sha256, file, members FROM work WHERE number > ? ORDER BY number LIMIT ?"
        with self.lock:
            return self.store.execute(sql, (last, _PAGE)).fetchall()

    def drop(self, task: Task, failure: Failure) -> None:
        """Fail one file and not its copies: it changed while the batch ran."""
        archive, size = self.store.execute(
            "SELECT archive, size FROM todo WHERE path = ?", (task.place.path,)
        ).fetchone()
        with transaction(self.store):
            self._fail(failure, archive, size, 0)  # no time of change: the next run looks again
            self.store.execute("DELETE FROM todo WHERE path = ?", (task.place.path,))

    def remove_gone(self) -> int:
        """Remove the files that a folder or archive of this run no longer holds; the number of them.

        A folder that could not be listed may come back: nothing below it is removed.
        """
        gone = (
            "path NOT IN (SELECT path FROM seen) AND ("
            " archive IN (SELECT path FROM looked_archives)"
            " OR (archive IS NULL AND EXISTS (SELECT 1 FROM roots WHERE path > first AND path < behind))"
            " OR (archive NOT IN (SELECT path FROM seen)"
            "     AND EXISTS (SELECT 1 FROM roots WHERE path > first AND path < behind))"
            ") AND NOT EXISTS (SELECT 1 FROM refused WHERE path > first AND path < behind)"
        )
        self.store.execute(f"DELETE FROM failures WHERE path IN (SELECT path FROM files WHERE {gone})")
        return self.store.execute(f"DELETE FROM files WHERE {gone}").rowcount

    def close_archives(self) -> None:
        """Enter the archives of this run: only now, when all their members are, may they count as known."""
        self.store.execute(
            "INSERT OR REPLACE INTO files"
            " SELECT path, outer, 'archive', size, modified_ns, NULL, NULL FROM looked_archives"
        )
        self.store.execute("DELETE FROM failures WHERE path IN (SELECT path FROM looked_archives)")

    def _enter(self, place: Place) -> Place | None:
        """The place, under a path that no other file of this run has; None where this file was found before."""
        for path in (place.path, f"{place.path} ({hashlib.sha256(place.file).hexdigest()[:12]})"):
            if self.store.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (path, place.file)).rowcount:
                return Place(path=path, file=place.file, members=place.members)
            (file,) = self.store.execute("SELECT file FROM seen WHERE path = ?", (path,)).fetchone()
            if file == place.file:
                return None  # else two names that are no UTF-8 look the same
        return None

    def _is_known(self, path: str, size: int, modified_ns: int) -> bool:
        if self.force:
            return False
        row = self.store.execute(
            "SELECT f.state, d.fingerprint, x.fingerprint FROM files AS f"
            " LEFT JOIN documents AS d ON d.id = f.document LEFT JOIN failures AS x ON x.path = f.path"
            " WHERE f.path = ? AND f.size = ? AND f.modified_ns = ?",
            (path, size, modified_ns),
        ).fetchone()
        if row is None:
            return False
        state, document, failure = row
        if state == "parsed":
            return bool(document == self.fingerprint)
        if state == "failed":
            return bool(failure == self.fingerprint) and not self.retry_failed
        return state != "archive" or self._is_known_archive(path)

    def _is_known_archive(self, path: str) -> bool:
        stale = self.store.execute(
            "SELECT 1 FROM files AS f LEFT JOIN documents AS d ON d.id = f.document"
            " LEFT JOIN failures AS x ON x.path = f.path WHERE f.archive = ? AND ("
            " f.state = 'parsed' AND d.fingerprint IS NOT ?"
            " OR f.state = 'failed' AND (? OR x.fingerprint <> ?)) LIMIT 1",
            (path, self.fingerprint, self.retry_failed, self.fingerprint),
        ).fetchone()
        if stale:
            return False
        members = "INSERT OR IGNORE INTO seen SELECT path, ? FROM files WHERE archive = ?"
        self.unchanged += self.store.execute(members, (os.fsencode(path), path)).rowcount
        return True

    def _settle_known(self) -> None:
        """Files whose content is in the store already: copies, and files that were touched but not changed."""
        known = self.store.execute(
            "SELECT DISTINCT t.content FROM todo AS t JOIN documents AS d ON d.content = t.content"
            " WHERE d.fingerprint = ?",
            (self.fingerprint,),
        ).fetchall()
        for (content,) in known:
            settle_parsed(self.store, content)
        if self.retry_failed:
            return
        failed = self.store.execute(
            "SELECT t.content, x.path, x.code, x.message, x.advice, x.traceback, x.attempts FROM todo AS t"
            " JOIN failures AS x ON x.content = t.content WHERE x.fingerprint = ? GROUP BY t.content",
            (self.fingerprint,),
        ).fetchall()
        for content, path, code, message, advice, trace, attempts in failed:
            failure = Failure(path=path, code=code, message=message, advice=advice, traceback=trace, attempts=attempts)
            settle_failed(self.store, content, failure, self.fingerprint)
        if known or failed:
            set_meta(self.store, "finished", "no")

    def _same_failure(self, failure: Failure) -> bool:
        """Whether the store says so already, so that a second run over a missing file changes nothing."""
        return bool(
            self.store.execute(
                "SELECT 1 FROM failures WHERE path = ? AND code = ? AND message = ? AND fingerprint = ?",
                (failure.path, failure.code, failure.message, self.fingerprint),
            ).fetchone()
        )

    def _fail(self, failure: Failure, archive: str | None, size: int, modified_ns: int) -> None:
        set_meta(self.store, "finished", "no")
        write_failure(self.store, failure, self.fingerprint, archive=archive, size=size, modified_ns=modified_ns)

    def _skip(self, path: str, archive: str | None, size: int) -> None:
        row = self.store.execute("SELECT state FROM files WHERE path = ?", (path,)).fetchone()
        if row is None or row[0] != "skipped":
            set_meta(self.store, "finished", "no")
            self.store.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, 'skipped', ?, NULL, NULL, NULL)", (path, archive, size)
            )


def is_finished(store: sqlite3.Connection) -> bool:
    """Whether nothing has changed since the last run came to its end."""
    return get_meta(store, "finished") == "yes"


def _below(folder: str) -> tuple[str, str]:
    """The first and the first no longer of all paths below a folder or inside an archive."""
    path = shown(os.fsencode(folder))
    base = path if path.endswith(os.sep) else path + os.sep
    return base, base[:-1] + chr(ord(base[-1]) + 1)


def _renamed(failure: Failure, path: str) -> Failure:
    return msgspec.structs.replace(failure, path=path)
