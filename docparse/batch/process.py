"""The inside of a worker process: its limits, and the loop that turns tasks into answers."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Literal, NamedTuple

import msgspec

from docparse.batch.archives import Archives
from docparse.batch.look import Rules, look
from docparse.batch.records import Limits, ParseFunction, Place, Task
from docparse.batch.worker import warm_up, work
from docparse.options import Options

JobName = Literal["look", "work"]
ALARM = 14
"""SIGALRM on every POSIX system; the exit code of a process that ended itself is its negative."""
STAYING, LEAVING = b"\0", b"\1"
"""The last byte of an answer: whether the worker goes on, or has grown so much that it asks to be replaced."""
START_SECONDS = 120.0
"""Longest that a process may take to start: under 2 s on an idle machine, but machines are not idle."""
_GRACE_SECONDS = 5.0
_MEBIBYTE = 1024 * 1024


class Setup(NamedTuple):
    """What a worker is given at its start."""

    parse: ParseFunction
    options: Options
    limits: Limits


def serve(pipe: Connection, traces: Connection, setup: Setup) -> None:
    """Answer tasks until the parent goes away; the first message says that the worker is ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; only the parent acts on it
    if sys.platform != "win32":
        faulthandler.enable(traces.fileno(), all_threads=False)  # where native code crashed
        faulthandler.register(signal.SIGUSR1, traces.fileno(), all_threads=False)  # where it hangs
    answer = _answerer(setup)
    warm_up(setup.parse)
    rest = limit_memory(setup.limits.document_bytes)
    try:
        pipe.send_bytes(b"ready")
        while True:
            name, _, data = pipe.recv_bytes().partition(b"\n")
            _alarm(seconds_for(name.decode(), data, setup.limits) + _GRACE_SECONDS)
            made = answer(name.decode(), data)
            _alarm(0)
            grown = peak_bytes() - rest > setup.limits.document_bytes // 4
            pipe.send_bytes(made + (LEAVING if grown else STAYING))
    except (EOFError, OSError):
        return


def _answerer(setup: Setup) -> Callable[[str, bytes], bytes]:
    encoder = msgspec.msgpack.Encoder()
    places, tasks = msgspec.msgpack.Decoder(Place), msgspec.msgpack.Decoder(Task)
    archives, rules = Archives(), Rules(setup.options, setup.limits)

    def answer(name: str, data: bytes) -> bytes:
        if name == "look":
            return encoder.encode(look(places.decode(data), rules))
        return encoder.encode(work(tasks.decode(data), setup.parse, setup.options, archives))

    return answer


def seconds_for(name: str, data: bytes, limits: Limits) -> float:
    """The longest that a task may take. A look at a file of many gigabytes gets a second for each 5 MiB."""
    if name == "work":
        return limits.document_seconds
    try:
        size = os.stat(msgspec.msgpack.decode(data, type=Place).file).st_size  # noqa: PTH116 - a path of bytes
    except OSError:
        size = 0
    return look_seconds(size, limits)


def look_seconds(size: int, limits: Limits) -> float:
    """The longest that a look at a file of `size` bytes may take; an archive's may unpack to `archive_ratio` times."""
    return limits.document_seconds + size / (5 * _MEBIBYTE)


def _alarm(seconds: float) -> None:
    """Let the kernel end this process at its deadline, even where the parent is gone and native code never returns."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(document_bytes: int) -> int:
    """The bytes that this process holds now; from here on its address space may grow by `document_bytes` only.

    Only the soft limit is set, so that a program that a reader starts may set its own. Linux alone enforces it: macOS
    accepts the call and ignores it, Windows has none, and there only the deadline guards the batch.
    """
    if sys.platform != "linux":
        return peak_bytes()
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        pages = int(file.read().split()[0])
    size = pages * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = size + document_bytes
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    return peak_bytes()


def peak_bytes() -> int:
    """The most memory that this process has held so far; 0 where the system does not say.

    Linux keeps in `ru_maxrss` what the process held before it became this program: its parent's peak. VmHWM is its own.
    """
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:  # noqa: PTH123
            found = next((line for line in file if line.startswith("VmHWM:")), None)
        if found is not None:
            return int(found.split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
