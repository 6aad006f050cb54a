"""One mutation read in a process that may die: what came of it, how long it took and what memory it needed."""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from docparse.errors import DocparseError
from docparse.options import Options
from docparse.readers import read_bytes
from docparse.records import Reading


class Limits(NamedTuple):
    """What one reading may cost: CPU seconds, megabytes of growth, and seconds of work before it hangs."""

    seconds: float = 5.0
    megabytes: float = 500.0
    hang_seconds: float = 30.0
    # The address space that the worker may add to what it was forked with: a reading beyond it dies or raises, the
    # machine does not.
    space_megabytes: int = 6_000


class Outcome(NamedTuple):
    """What came of a case: `kind` is "read", "refused", or what is wrong; one fault has one `signature`."""

    number: int
    kind: str
    signature: str = ""
    detail: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


class Case(NamedTuple):
    """What a worker is given: a number, bytes, what they may cost, and whether they are parsed after reading.

    `programs`: other programs (LibreOffice, antiword) are there to be found.
    """

    number: int
    data: bytes
    limits: Limits = Limits()
    parse: bool = False
    programs: bool = False


Read = Callable[[bytes], Reading]
GOOD = ("read", "refused")
_FIELD_MARKS = str.maketrans("", "", '",;')


def read_default(data: bytes) -> Reading:
    """What is under test, with half a minute for any other program; text recognition is slow by nature and left out."""
    return read_bytes(data, options=Options(max_seconds=30, recognise=False))


@contextmanager
def hidden_programs() -> Iterator[None]:
    """A context in which no reader finds another program, as on a machine that has none."""
    from docparse.readers.doc import libreoffice

    path, places = os.environ.get("PATH"), libreoffice._USUAL_PLACES
    os.environ["PATH"], libreoffice._USUAL_PLACES = "", {}
    try:
        yield
    finally:
        libreoffice._USUAL_PLACES = places
        if path is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = path


def run_cases(cases: Iterator[Case], read: Read = read_default) -> Iterator[Outcome]:
    """The outcome of each case, in order; a worker that dies or hangs is replaced after the case that did it."""
    block: list[Case] = []
    for case in cases:
        block.append(case)
        if len(block) == 50:
            yield from run_block(block, read)
            block = []
    yield from run_block(block, read)


def run_block(block: Sequence[Case], read: Read = read_default) -> Iterator[Outcome]:
    """The outcomes of a block of cases in one forked worker, or in more where one dies."""
    rest = list(block)
    while rest:
        done = 0
        for outcome in _run_worker(rest, read):
            done += 1
            yield outcome
        rest = rest[done:]


def _run_worker(block: Sequence[Case], read: Read) -> Iterator[Outcome]:
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        _work(block, read, sink)
    os.close(sink)
    place = 0
    buffer = b""
    try:
        while place < len(block):
            if not _wait_for(source, child, block[place]):
                _kill(child)
                hang = block[place].limits.hang_seconds
                yield Outcome(block[place].number, "hang", "hang", f"no answer in {hang} s of work", hang)
                return
            received = os.read(source, 65_536)
            if not received:
                _, status = os.waitpid(child, 0)
                child = 0
                how = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else f"exit {status >> 8}"
                yield Outcome(block[place].number, "died", f"died: {how}", "the worker's process ended")
                return
            buffer += received
            *lines, buffer = buffer.split(b"\n")
            for line in lines:
                yield Outcome(*json.loads(line))
                place += 1
    finally:
        os.close(source)
        if child:
            _kill(child)
            os.waitpid(child, 0)


def _wait_for(source: int, child: int, case: Case) -> bool:
    """False where the worker has worked longer than the case's limit without an answer, or has waited five times it.

    The clock alone would call a machine with other work a hang.
    """
    limit = case.limits.hang_seconds + (len(case.data) / 10_000 if case.parse else 0)
    before = _worked_seconds(child)
    for _ in range(5):
        if select.select([source], [], [], limit)[0]:
            return True
        if _worked_seconds(child) - before > limit:
            return False
    return False


def _worked_seconds(child: int) -> float:
    """CPU seconds of another process; 0 where the system has no /proc."""
    try:
        fields = Path(f"/proc/{child}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _kill(child: int) -> None:
    """End the worker and what it has started; it leads a group of its own."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # it has not made its group yet, or is gone
        os.kill(child, signal.SIGKILL)


def _work(block: Sequence[Case], read: Read, sink: int) -> None:
    os.setpgid(0, 0)
    faulthandler.disable()  # pytest's would print the stack of every worker that dies, as if the tests had
    quiet = os.open(os.devnull, os.O_WRONLY)  # native parsers print their last words
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    space = int((_status("VmSize") + max(case.limits.space_megabytes for case in block)) * 1024 * 1024)
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for case in block:
            os.write(sink, json.dumps(try_case(case, read)).encode() + b"\n")
    finally:
        os._exit(0)


def try_case(case: Case, read: Read = read_default) -> Outcome:
    """The outcome of a case in this process."""
    limits = case.limits
    before_memory, before = _start_of_peak(), _cpu_seconds()
    reading: Reading | None = None
    kind, signature, detail = "read", "read", ""
    try:
        with nullcontext() if case.programs else hidden_programs():
            reading = read(case.data)
        check_reading(reading)
    except DocparseError as error:
        kind, signature, detail = "refused", error.code, str(error)
        if error.code == "reader-exhausted":
            kind, signature = "exhausted", f"exhausted: {_place(error.__cause__ or error)}"
    except BaseException as error:
        kind = "law" if isinstance(error, AssertionError) and reading is not None else "crash"
        signature, detail = f"{kind}: {_place(error)}", traceback.format_exc()
    seconds, megabytes = _cpu_seconds() - before, _peak_growth(before_memory)
    if kind in GOOD and seconds > limits.seconds:
        kind, signature, detail = "slow", f"slow: {signature}", f"{seconds:.1f} s to read; {detail}"
    elif kind in GOOD and megabytes > limits.megabytes:
        kind, signature, detail = "memory", f"memory: {signature}", f"{megabytes:.0f} MB to read; {detail}"
    elif kind == "read" and case.parse and reading is not None:
        kind, signature, detail = _try_parse(reading, limits)
    return Outcome(case.number, kind, signature, detail[-6_000:], round(seconds, 3), round(megabytes, 1))


def check_reading(reading: Reading) -> None:
    """Assert the laws of a reading, and that nothing visible is outside the blocks but a format's own marks."""
    from reader_laws import check_laws, uncovered

    check_laws(reading)
    if reading.source.media_type != "text/markdown":
        left = uncovered(reading)
        if reading.source.media_type in ("text/csv", "text/tab-separated-values"):
            left = left.translate(_FIELD_MARKS)  # what sets fields apart and quotes them
        assert not left, f"in no block: {left[:80]!r}"


def _try_parse(reading: Reading, limits: Limits) -> tuple[str, str, str]:
    from fuzz_laws import check_document

    from docparse.pipeline import run_stages

    before_memory, before = _start_of_peak(), _cpu_seconds()
    try:
        document = run_stages(reading, Options()).document
        spent, megabytes = _cpu_seconds() - before, _peak_growth(before_memory)
        check_document(document, reading.raw)
    except DocparseError as error:
        return "refused", error.code, str(error)
    except Exception as error:
        kind = "parse-law" if isinstance(error, AssertionError) else "parse-crash"
        return kind, f"{kind}: {_place(error)}", traceback.format_exc()
    if spent > limits.seconds + len(reading.raw) / 20_000:
        return "parse-slow", "parse-slow", f"{spent:.1f} s to parse {len(reading.raw):,} characters"
    if megabytes > limits.megabytes + len(reading.raw) / 1_000:
        return "parse-memory", "parse-memory", f"{megabytes:.0f} MB to parse {len(reading.raw):,} characters"
    return "read", "read", ""


def warm_up(samples: Sequence[bytes]) -> None:
    """Load what loads on first use, so that every worker is forked with it."""
    import fuzz_laws  # noqa: F401

    for data in samples:
        try_case(Case(0, data, parse=True))


def _place(error: BaseException) -> str:
    """The kind of an error and the last line of ours that it passed through: the same for the same fault."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{Path(f.filename).name}:{f.name}:{f.lineno}" for f in frames if "fuzz_worker" not in f.filename]
    inside = [f for f in ours if any(f.startswith(Path(x.filename).name) and "docparse" in x.filename for x in frames)]
    said = str(error).partition(":")[0].partition("\n")[0][:60] if isinstance(error, AssertionError) else ""
    last = (inside or ours or [""])[-1]
    return " ".join(part for part in (type(error).__name__, said, last and f"at {last}") if part)


def _cpu_seconds() -> float:
    """CPU seconds of this process and of the programs that it has waited for."""
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def _status(name: str) -> float:
    """A size of this process in MB; 0 where the system has no /proc."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


def _start_of_peak() -> float:
    """The memory in use, in MB, with the peak set back to it; 0 where the system has no /proc."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # 5 sets the peak back: man 5 proc
        return _status("VmRSS")
    except OSError:
        return 0.0


def _peak_growth(before: float) -> float:
    return max(_status("VmHWM") - before, 0.0) if before else 0.0
