"""The files of a finished batch. They are written under other names and take their own only when all is done."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from docparse.batch.records import BatchReport, Outcome
from docparse.batch.rows import GOAL_COLUMNS, TARGET_COLUMNS
from docparse.errors import OptionError

DOCUMENTS, FAILURES, REPORT = "documents.jsonl", "failures.jsonl", "report.json"
GOALS, TARGETS = "goals.csv", "targets.csv"
NAMES = (DOCUMENTS, FAILURES, REPORT, GOALS, TARGETS)


class Writers:
    """The open files of one batch."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._documents = stack.enter_context(_part(folder, DOCUMENTS).open("wb"))
        self._failures = stack.enter_context(_part(folder, FAILURES).open("wb"))
        self._goals = csv.writer(_open_csv(folder, GOALS, stack))
        self._targets = csv.writer(_open_csv(folder, TARGETS, stack))
        self._goals.writerow(GOAL_COLUMNS)
        self._targets.writerow(TARGET_COLUMNS)

    def write(self, outcome: Outcome) -> None:
        """Add one outcome to the files that it belongs to."""
        if outcome.failure is not None:
            self._failures.write(msgspec.json.encode(outcome.failure) + b"\n")
            return
        self._documents.write(outcome.line.rstrip(b"\n") + b"\n")
        self._goals.writerows(outcome.goals)
        self._targets.writerows(outcome.targets)


@contextmanager
def open_writers(out: str | os.PathLike[str]) -> Iterator[Writers]:
    """Writers into the folder `out`, made if missing. Without an exception inside, `finish` may follow.

    Raises: OptionError where `out` cannot be written.
    """
    folder = Path(out)
    with _discard_on_error(folder), ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        yield Writers(folder, stack)


def finish(out: str | os.PathLike[str], report: BatchReport) -> None:
    """Write the report and give every file its own name.

    Raises: OptionError where `out` cannot be written.
    """
    folder = Path(out)
    data = msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    with _discard_on_error(folder):
        _part(folder, REPORT).write_bytes(data)
        for name in NAMES:
            _part(folder, name).replace(folder / name)


@contextmanager
def _discard_on_error(folder: Path) -> Iterator[None]:
    """Leave nothing unfinished behind, and say in the user's words that the disk refuses."""
    try:
        yield
    except OSError as error:
        discard(folder)
        raise OptionError(
            "unwritable-output",
            f"Cannot write into the folder {folder}: {error.strerror or error}.",
            "Give another folder, or make room on the disk.",
        ) from error
    except BaseException:
        discard(folder)
        raise


def discard(folder: Path) -> None:
    """Remove what an unfinished batch has written."""
    for name in NAMES:
        with suppress(OSError):  # the first error is the one to tell
            _part(folder, name).unlink(missing_ok=True)


def _part(folder: Path, name: str) -> Path:
    return folder / f".{name}.part"


def _open_csv(folder: Path, name: str, stack: ExitStack) -> IO[str]:
    # with the signature, because Excel takes a CSV file without it for the system's code page
    file = _part(folder, name).open("w", encoding="utf-8-sig", errors="replace", newline="")
    return stack.enter_context(file)
