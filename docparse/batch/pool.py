"""Outcomes in input order from worker processes that may die.

A native parser can end its whole process. The executor then breaks and names no culprit, so every path that was under
way is tried again alone, in a process of its own: the one that kills its process a second time is recorded, the others
lose nothing.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from docparse.batch.records import Outcome, ParseFunction
from docparse.batch.worker import failed, work
from docparse.options import Options
from docparse.readers import printable

WINDOW_PER_WORKER = 4
"""Documents under way or waiting to be written, for each worker: enough that one long document does not idle the
others, few enough that memory stays flat."""


def outcomes(
    paths: Sequence[str], *, parse: ParseFunction, options: Options, workers: int
) -> Generator[Outcome, None, None]:
    """One outcome for each path, in the order of `paths`, with at most `workers` processes."""
    window = workers * WINDOW_PER_WORKER
    ready: dict[int, Outcome] = {}
    todo = deque(range(len(paths)))
    written = 0
    while written < len(paths):
        pool = _new_pool(workers)
        pending: dict[Future[Outcome], int] = {}
        try:
            while written < len(paths):
                while todo and todo[0] < written + window:
                    pending[pool.submit(work, parse, paths[todo[0]], options)] = todo[0]
                    todo.popleft()
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    ready[pending[future]] = future.result()
                    del pending[future]
                while written in ready:
                    yield ready.pop(written)
                    written += 1
        except BrokenProcessPool:
            for future, index in pending.items():
                answered = future.done() and future.exception() is None
                ready[index] = future.result() if answered else _alone(paths[index], parse, options)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _alone(path: str, parse: ParseFunction, options: Options) -> Outcome:
    with _new_pool(1) as pool:
        try:
            return pool.submit(work, parse, path, options).result()
        except BrokenProcessPool:
            return failed(
                printable(path),
                "worker-died",
                "The process that read this file ended without an answer.",
                "The file may be damaged or too large: open it in its own program and save it again.",
            )


def _new_pool(workers: int) -> ProcessPoolExecutor:
    # spawn: a forked child would share open files and locks with a caller's threads
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_caller)


def _leave_interrupts_to_the_caller() -> None:
    """Ctrl-C reaches every process of the terminal; only the calling one shall act on it, and then close the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
