"""Answers from worker processes that may die, hang or eat memory: each costs one task, and never the batch.

The executors of the standard library cannot do this: a process that dies breaks the whole pool and names no culprit,
and a task that hangs cannot be ended. Here each worker has a pipe of its own; the parent knows which task it is at and
since when, and kills it at its deadline. Tasks that cost their process are tried once more when all others are done,
each in a fresh process, and then given up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, NamedTuple, TypeVar

from docparse.batch import process
from docparse.errors import OptionError

T = TypeVar("T")
A = TypeVar("A")
_TRACE_SECONDS, _TRACE_PAUSE_SECONDS = 0.5, 0.1
_TRACE_BYTES = 16 * 1024
AHEAD = 2
"""Tasks that a worker holds: the one that it is at and one to go on with, so that it never waits for the parent."""


class Lost(NamedTuple):
    """A task that cost its process: `code` is `timed-out` or `worker-died`, `trace` where it was, if that is known."""

    code: str
    detail: str
    trace: str | None


class Job(NamedTuple, Generic[T, A]):
    """What workers do with tasks. `seconds` is the longest that a task may take; `exhausted` tells an answer that says
    that memory ran out: the worker is then replaced, and the task tried again as if it had died."""

    name: process.JobName
    encode: Callable[[T], bytes]
    decode: Callable[[bytes], A]
    seconds: Callable[[T], float]
    exhausted: Callable[[A], bool]


class _Worker:
    """One process, its pipe, and the tasks that it holds."""

    def __init__(self, setup: process.Setup) -> None:
        context = multiprocessing.get_context("spawn")  # a forked child would share a caller's locks and open files
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.traces, told = context.Pipe(duplex=False)
        self.process: BaseProcess = context.Process(target=process.serve, args=(theirs, told, setup), daemon=True)
        self.process.start()
        theirs.close()
        told.close()
        self.tasks: deque[object] = deque()
        self.ready = False
        self.served = 0
        self.since = time.monotonic()

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self.traces.close()

    def trace(self) -> str | None:
        """Where the process is, or was when it crashed, as faulthandler tells it."""
        if sys.platform == "win32":
            return None
        if self.process.is_alive() and self.process.pid and self.ready:
            os.kill(self.process.pid, signal.SIGUSR1)
        data = b""
        with suppress(OSError):
            while len(data) < _TRACE_BYTES and self.traces.poll(_TRACE_PAUSE_SECONDS if data else _TRACE_SECONDS):
                chunk = os.read(self.traces.fileno(), _TRACE_BYTES)  # faulthandler writes it in pieces
                if not chunk:
                    break
                data += chunk
        return data.decode("utf-8", "replace") or None


class Pool:
    """Worker processes that are started when there is work, and replaced when they end. Use it in `with`."""

    def __init__(self, workers: int, setup: process.Setup) -> None:
        self._size = workers
        self._setup = setup
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def answers(self, job: Job[T, A], tasks: Iterable[T]) -> Iterator[tuple[T, A | Lost, int]]:
        """Each task with its answer, or why it was lost, and the number of attempts; in the order of their ends.

        `tasks` is read only as fast as workers take them. Raises: OptionError where workers cannot start.
        """
        again: deque[T] = deque()
        for task, answer in self._round(job, iter(tasks), alone=False):
            if isinstance(answer, Lost) or job.exhausted(answer):
                again.append(task)
            else:
                yield task, answer, 1
        for task, answer in self._round(job, iter(again), alone=True):
            yield task, answer, 2

    def _round(self, job: Job[T, A], tasks: Iterator[T], *, alone: bool) -> Iterator[tuple[T, A | Lost]]:
        waiting: deque[T] = deque()
        while True:
            self._hand_out(job, waiting, tasks, alone=alone)
            busy = [worker for worker in self._workers if worker.tasks]
            if not busy:
                return
            ready = wait([worker.pipe for worker in busy], timeout=self._patience(job, busy))
            for worker in busy:
                if worker.pipe in ready:
                    yield from self._take(job, worker, waiting)
                elif self._late(job, worker):
                    yield from self._give_up(worker, waiting, "timed-out")

    def _hand_out(self, job: Job[T, A], waiting: deque[T], tasks: Iterator[T], *, alone: bool) -> None:
        """Give work to whoever has room, the idle first; start a process only for a task that is there."""
        for room in range(1, 2 if alone else AHEAD + 1):
            for place in range(self._size):
                worker = self._workers[place] if place < len(self._workers) else None
                if worker is not None and len(worker.tasks) >= room:
                    continue
                task = waiting.popleft() if waiting else next(tasks, None)
                if task is None:
                    return
                if worker is None:
                    worker = _Worker(self._setup)
                    self._workers.append(worker)
                elif alone and worker.served:
                    worker = self._replace(worker)
                self._send(job, worker, task)

    def _send(self, job: Job[T, A], worker: _Worker, task: T) -> None:
        if not worker.tasks:
            worker.since = time.monotonic()
        worker.tasks.append(task)
        worker.served += 1
        try:
            worker.pipe.send_bytes(job.name.encode() + b"\n" + job.encode(task))
        except OSError:
            return  # it has died: reading from it will tell

    def _take(self, job: Job[T, A], worker: _Worker, waiting: deque[T]) -> Iterator[tuple[T, A | Lost]]:
        try:
            data = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            worker.process.join(5)
            late = worker.process.exitcode == -process.ALARM
            yield from self._give_up(worker, waiting, "timed-out" if late else "worker-died")
            return
        worker.since = time.monotonic()
        if not worker.ready:
            worker.ready = True
            return
        task: T = worker.tasks.popleft()  # type: ignore[assignment]
        answer = job.decode(data[:-1])
        leaving = job.exhausted(answer) or data[-1:] == process.LEAVING
        if leaving:
            waiting.extendleft(reversed(worker.tasks))  # type: ignore[arg-type]
            self._replace(worker)
        yield task, answer

    def _give_up(self, worker: _Worker, waiting: deque[T], code: str) -> Iterator[tuple[T, Lost]]:
        """The task that a worker was at is lost; those behind it go back."""
        if not worker.ready and worker.process.exitcode == 1:  # it raised before it could take any task
            raise OptionError(
                "no-workers",
                "The worker processes cannot start; what they say stands above.",
                'In a script, call run inside `if __name__ == "__main__":`.',
            )
        task: T = worker.tasks.popleft()  # type: ignore[assignment]
        waiting.extendleft(reversed(worker.tasks))  # type: ignore[arg-type]
        lost = Lost(code, f"exit code {worker.process.exitcode}", worker.trace())
        self._replace(worker)
        yield task, lost

    def _replace(self, worker: _Worker) -> _Worker:
        worker.kill()
        fresh = _Worker(self._setup)
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    def _patience(self, job: Job[T, A], busy: list[_Worker]) -> float:
        now = time.monotonic()
        return max(0.0, min(self._deadline(job, worker) for worker in busy) - now)

    def _late(self, job: Job[T, A], worker: _Worker) -> bool:
        return time.monotonic() >= self._deadline(job, worker) and not worker.pipe.poll()

    def _deadline(self, job: Job[T, A], worker: _Worker) -> float:
        if not worker.ready:
            return worker.since + process.START_SECONDS
        return worker.since + job.seconds(worker.tasks[0])  # type: ignore[arg-type]
