"""Other programs, run on a stranger's file: bounded in time, memory and output, alone in a folder that goes away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from docparse.errors import DocparseError
from docparse.options import Options

# What a converter needs of the caller's environment: where programs and Windows' own folders are, nothing else.
_KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "PROGRAMFILES", "PROGRAMFILES(X86)", "COMSPEC", "PATHEXT", "WINDIR")
_LONGEST_COMPLAINT = 160
_KILL_SECONDS = 10


class ProgramError(Exception):
    """A program that could not be started, failed, or broke a limit. `reason` is one clause without a full stop."""

    def __init__(self, reason: str, *, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.timed_out = timed_out


class Program(NamedTuple):
    """A program to run: its path, its arguments, and what is added to the small environment that it gets."""

    path: str
    arguments: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


@contextmanager
def work_folder() -> Iterator[Path]:
    """A private folder for one run, readable by nobody else, gone with all that is in it when the block ends.

    Raises:
        DocparseError: with code `no-work-folder`: the folder cannot be made.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix="docparse-", ignore_cleanup_errors=True)
    except OSError as error:
        raise DocparseError(
            "no-work-folder",
            f"No temporary folder can be made ({error.strerror or type(error).__name__}).",
            "Free disk space, or set TMPDIR to a folder that can be written.",
        ) from error
    with made as name:
        yield Path(name).resolve()


def run_program(program: Program, folder: Path, options: Options) -> bytes:
    """What the program wrote to its standard output, run inside `folder` without a shell and without input.

    The program and all that it starts are one process group, which is killed whole when the run ends, however it ends.
    The limits: `max_seconds` of wall clock and of processor time, `max_memory_bytes` of address space, and
    `max_expanded_bytes` for each file that it writes. Memory, processor and file limits hold on Linux only, where they
    can be set from outside (code between fork and exec is not safe in a process with threads).

    Raises:
        ProgramError: not started, ended with an error, or a limit was broken.
    """
    out, complaints = folder / "stdout", folder / "stderr"
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    home = str(folder)
    environment |= {"HOME": home, "USERPROFILE": home, "TMPDIR": home, "TEMP": home, "TMP": home, "LC_ALL": "C.UTF-8"}
    environment |= dict(program.environment)
    try:
        with out.open("wb") as stdout, complaints.open("wb") as stderr:
            process = subprocess.Popen(
                [program.path, *program.arguments],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                cwd=folder,
                env=environment,
                start_new_session=True,
            )
            try:
                _limit(process.pid, options)
                code = process.wait(options.max_seconds)
            except subprocess.TimeoutExpired as error:
                raise ProgramError(f"it took longer than {options.max_seconds} seconds", timed_out=True) from error
            finally:
                _kill_group(process)
        if out.stat().st_size > options.max_expanded_bytes:
            raise ProgramError(f"it wrote more than {options.max_expanded_bytes:,} bytes")
        if code:
            raise ProgramError(_failure(code, complaints))
        return out.read_bytes()
    except OSError as error:
        raise ProgramError(f"it cannot be run ({error.strerror or type(error).__name__})") from error


def _limit(pid: int, options: Options) -> None:
    """Set the kernel's limits on a program that has just been started; all that it starts inherits them."""
    if sys.platform != "linux":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, options.max_memory_bytes),
        (resource.RLIMIT_CPU, options.max_seconds),
        (resource.RLIMIT_FSIZE, options.max_expanded_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # it has ended already, or the caller's own limit is lower
            resource.prlimit(pid, kind, (most, most))


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End a program and whatever it has started and left behind."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_KILL_SECONDS,
                check=False,
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_KILL_SECONDS)


def _failure(code: int, complaints: Path) -> str:
    with complaints.open("rb") as stream:
        said = " ".join(stream.read(4_096).decode("utf-8", "replace").split())
    how = f"it was ended by signal {-code}" if code < 0 else f"it ended with code {code}"
    said = said.replace(str(complaints.parent), "").strip()
    return f"{how}: {said[:_LONGEST_COMPLAINT]}" if said else how


def find_program(*names: str) -> str | None:
    """The path of the first of these programs that the machine has, looked up on PATH; None where it has none."""
    for name in names:
        path = shutil.which(name)
        if path is not None:
            return path
    return None
