"""Outcomes on their way into the store: gathered, and written by a thread while the batch goes on.

A transaction is cheapest when it is long, and while it runs a parent that writes by itself hands out no work. SQLite
lets go of the interpreter's lock, so one thread is enough. Only one transaction is open at a time, and nobody leaves
while it is: a connection that is closed under a statement takes the process with it.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from docparse.batch.records import Outcome
from docparse.batch.store import write_outcomes

_DOCUMENTS, _BYTES, _SECONDS = 64, 4 * 1024 * 1024, 2.0
"""A transaction holds so much at most: this is what a kill costs, twice, and it keeps the parent small."""


class Writer:
    """What has been parsed and not yet been stored. Take it from `open_writer`."""

    def __init__(
        self, store: sqlite3.Connection, lock: threading.Lock, fingerprint: str, thread: ThreadPoolExecutor
    ) -> None:
        self.seconds = 0.0
        self._store, self._lock, self._fingerprint, self._thread = store, lock, fingerprint, thread
        self._running: Future[None] | None = None
        self._gathered: list[Outcome] = []
        self._bytes, self._since = 0, time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Take an outcome. Raises what writing an earlier one raised."""
        self._gathered.append(outcome)
        self._bytes += len(outcome.json) + len(outcome.words)
        idle = self._running is None or self._running.done()
        late = idle and time.monotonic() - self._since > _SECONDS
        if late or len(self._gathered) >= _DOCUMENTS or self._bytes >= _BYTES:
            self._start()

    def flush(self) -> None:
        """Come back when everything is stored and no transaction is open. Raises what writing raised."""
        if self._gathered:
            self._start()
        self._wait()

    def rest(self) -> None:
        """Come back when no transaction is open, whatever interrupts."""
        while self._running is not None:
            try:
                self._wait()
            except BaseException:
                continue  # an interrupt, or what writing raised: the one who flushed has been told

    def _start(self) -> None:
        self._wait()
        gathered, self._gathered = self._gathered, []
        self._bytes, self._since = 0, time.monotonic()
        self._running = self._thread.submit(self._write, gathered)

    def _wait(self) -> None:
        """Wait for the open transaction. Ctrl-C in the meantime is raised when it is over."""
        interrupt: KeyboardInterrupt | None = None
        while self._running is not None and not self._running.done():
            try:
                wait([self._running])
            except KeyboardInterrupt as caught:
                interrupt = caught
        running, self._running = self._running, None
        if interrupt is not None:
            raise interrupt
        if running is not None:
            running.result()

    def _write(self, outcomes: list[Outcome]) -> None:
        begun = time.monotonic()
        with self._lock:
            write_outcomes(self._store, outcomes, self._fingerprint)
        self.seconds += time.monotonic() - begun


@contextmanager
def open_writer(store: sqlite3.Connection, lock: threading.Lock, fingerprint: str) -> Iterator[Writer]:
    """A writer that has stored all it was given when the block is left, whatever ends it.

    `lock` is held while the store is written: two statements at once on one connection may take each other's errors.
    """
    thread = ThreadPoolExecutor(max_workers=1)
    writer = Writer(store, lock, fingerprint, thread)
    try:
        try:
            yield writer
        finally:
            writer.flush()
    finally:
        writer.rest()
        thread.shutdown(wait=False)
