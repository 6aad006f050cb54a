"""The thread that stores: whatever happens, nobody leaves while a transaction is open."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from docparse.batch import writer as module
from docparse.batch.records import Outcome
from docparse.batch.writer import Writer, open_writer

OUTCOME = Outcome(content="ab", json=b"{}", words="")


class Slow:
    """Stands in for `write_outcomes`: what it was given, and whether it is at it."""

    def __init__(self, seconds: float = 0.0, error: Exception | None = None) -> None:
        self.seconds, self.error = seconds, error
        self.written: list[int] = []
        self.busy = False

    def __call__(self, store: sqlite3.Connection, outcomes: list[Outcome], fingerprint: str) -> None:
        self.busy = True
        time.sleep(self.seconds)
        if self.error is not None:
            raise self.error
        self.written.append(len(outcomes))
        self.busy = False


@pytest.fixture
def store() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    yield connection
    connection.close()


def opened(slow: Slow, store: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> AbstractContextManager[Writer]:
    monkeypatch.setattr(module, "write_outcomes", slow)
    monkeypatch.setattr(module, "_DOCUMENTS", 2)
    return open_writer(store, threading.Lock(), "f")


def test_all_is_written_in_order_when_the_block_is_left(
    store: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    with opened(slow, store, monkeypatch) as writer:
        for _ in range(5):
            writer.add(OUTCOME)
    assert slow.written == [2, 2, 1]


def test_what_ends_the_batch_does_not_lose_what_was_gathered(
    store: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    with pytest.raises(ZeroDivisionError), opened(slow, store, monkeypatch) as writer:
        writer.add(OUTCOME)
        raise ZeroDivisionError
    assert slow.written == [1]


def test_an_error_of_the_thread_is_raised_where_it_is_waited_for(
    store: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(error=sqlite3.OperationalError("database or disk is full"))
    with pytest.raises(sqlite3.OperationalError, match="full"), opened(slow, store, monkeypatch) as writer:
        writer.add(OUTCOME)
        writer.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on POSIX")
@pytest.mark.parametrize("times", [1, 2, 4])
def test_an_interrupt_waits_for_the_open_transaction(
    times: int, store: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(seconds=0.6)

    def interrupt() -> None:
        for _ in range(times):
            time.sleep(0.1)
            os.kill(os.getpid(), signal.SIGINT)

    killer = threading.Thread(target=interrupt)
    with pytest.raises(KeyboardInterrupt), opened(slow, store, monkeypatch) as writer:
        killer.start()
        writer.add(OUTCOME)
        writer.flush()
    killer.join()
    assert not slow.busy and slow.written == [1]
