"""`run`: the whole of a batch."""

from __future__ import annotations

import os
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from docparse.batch.duplicates import group_near_duplicates
from docparse.batch.exports import DEFAULT_FORMATS, check_formats, write_exports, write_report
from docparse.batch.inputs import Inputs, find_inputs
from docparse.batch.keys import fingerprint
from docparse.batch.ledger import Ledger, is_finished
from docparse.batch.lock import hold_lock
from docparse.batch.pool import Job, Lost, Pool
from docparse.batch.process import Setup, look_seconds
from docparse.batch.records import (
    BatchReport,
    Event,
    Failure,
    Format,
    Found,
    Limits,
    Looked,
    Outcome,
    ParseFunction,
    Place,
    Task,
    Work,
    make_failure,
)
from docparse.batch.report import read_report
from docparse.batch.store import delete_document, get_meta, open_store, set_meta, transaction
from docparse.batch.worker import parse_bytes
from docparse.batch.writer import Writer, open_writer
from docparse.errors import OptionError
from docparse.options import DEFAULT_OPTIONS, Options

MOST_WORKERS = 61
"""Windows cannot wait for more processes at once."""
_EXHAUSTED = ("out-of-memory", "reader-exhausted")


def run(
    inputs: Inputs,
    out: str | os.PathLike[str],
    *,
    workers: int | None = None,
    options: Options | None = None,
    on_event: Callable[[Event], None] | None = None,
    formats: Sequence[Format] = DEFAULT_FORMATS,
    limits: Limits | None = None,
    force: bool = False,
    retry_failed: bool = False,
    parse: ParseFunction = parse_bytes,
) -> BatchReport:
    """The counts of a batch, after its results stand in the folder `out`.

    What `out` already holds from an earlier run, finished or killed, is not done again: a file is opened only where
    its size or time of change differs, parsed only where its content is not known with these options and this version.
    Results of inputs that this call does not name stay; files that a named folder no longer holds are removed.

    Args:
        inputs: files, folders, globs and zip archives; an iterable is read as a stream.
        out: the folder to write; made if missing.
        workers: processes, 1 to 61; None: one for each processor.
        options: the choices for every document.
        on_event: called in this process as the batch goes on.
        formats: what to leave beside the database, which is always there.
        limits: what one document and one archive may cost.
        force: parse all inputs again.
        retry_failed: try again what failed before.
        parse: reads one document; a module's top-level function, because it crosses a process border by name. A
            worker first calls it with a short text, `warm-up.txt`, so that what it loads counts to no document.

    Raises:
        OptionError: `workers` is out of range, a format needs a package that is missing, `out` cannot be written,
            another batch is writing there, or workers cannot start.
    """
    if workers is not None and not 1 <= workers <= MOST_WORKERS:
        raise OptionError("bad-workers", f"{workers} workers are not possible.", f"Give 1 to {MOST_WORKERS}.")
    check_formats(formats)
    folder = _make_folder(out)
    setup = Setup(parse, options or DEFAULT_OPTIONS, limits or Limits())
    with hold_lock(folder), open_store(folder) as store:
        ledger = Ledger(store, fingerprint(setup.options, parse), force=force, retry_failed=retry_failed)
        batch = _Batch(store, ledger, setup, on_event or _ignore)
        with Pool(workers or _processors(), setup) as pool:
            batch.read(pool, find_inputs(inputs, out=folder))
        return batch.leave(folder, formats)


class _Batch:
    """One run: what it reads, writes and counts. It lives inside one call of `run`."""

    def __init__(
        self, store: sqlite3.Connection, ledger: Ledger, setup: Setup, on_event: Callable[[Event], None]
    ) -> None:
        self.store, self.ledger, self.setup, self.on_event = store, ledger, setup, on_event
        self.counts: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.begun = time.monotonic()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """A block whose time counts to a stage of this process."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.seconds[stage] += time.monotonic() - begun

    def read(self, pool: Pool, found: Iterator[Found | str]) -> None:
        """Look at what is new, then parse what is not known. A second plan has what changed meanwhile."""
        self._look(pool, found)
        while planned := self.ledger.plan():
            self._parse(pool, planned)

    def leave(self, folder: Path, formats: Sequence[Format]) -> BatchReport:
        """The report, after everything else that the batch leaves is written."""
        gone = self._finish()
        with self.timed("export"):
            write_exports(self.store, folder, formats)
        report = read_report(self.store, self._work(gone))
        write_report(folder, report)
        return report

    def _look(self, pool: Pool, found: Iterator[Found | str]) -> None:
        """Find and hash what is new."""
        refused: list[Failure] = []
        job: Job[Place, Looked] = Job(
            "look", msgspec.msgpack.encode, msgspec.msgpack.Decoder(Looked).decode,
            partial(_look_seconds, limits=self.setup.limits), _never,
        )  # fmt: skip
        with self.timed("look"), transaction(self.store):
            places = self._places(self.ledger.new_places(found), refused)
            for place, answer, attempts in pool.answers(job, places):
                looked = self._looked(place, answer, attempts)
                refused.extend(self.ledger.enter_looked(looked))
                self.counts["looked"] += 1
                self._tell_looked(place.path, refused)
            self._tell_looked("", refused)

    def _looked(self, place: Place, answer: Looked | Lost, attempts: int) -> Looked:
        if isinstance(answer, Looked):
            return answer
        try:
            status = os.stat(place.file)  # noqa: PTH116 - a path of bytes
            size, modified_ns = status.st_size, status.st_mtime_ns
        except OSError:
            size = modified_ns = 0
        failure = _lost(place.path, answer, attempts, self.setup.limits)
        return Looked(place=place, size=size, modified_ns=modified_ns, failure=failure)

    def _places(self, places: Iterator[Place | Failure], refused: list[Failure]) -> Iterator[Place]:
        for place in places:
            if isinstance(place, Place):
                yield place
            else:
                refused.append(place)

    def _tell_looked(self, path: str, refused: list[Failure]) -> None:
        done = self.counts["looked"]
        self.on_event(Event("look", done, 0, path))
        for failure in refused:
            self.on_event(Event("look", done, 0, failure.path, failure=failure))
        refused.clear()

    def _parse(self, pool: Pool, planned: int) -> None:
        """Parse what is planned, and store it as it comes."""
        job: Job[Task, Outcome] = Job(
            "work", msgspec.msgpack.encode, msgspec.msgpack.Decoder(Outcome).decode, self._seconds, _exhausted,
        )  # fmt: skip
        with open_writer(
            self.store, self.ledger.lock, self.ledger.fingerprint
        ) as writer:  # what has been parsed is kept
            answers = pool.answers(job, self.ledger.tasks())
            for done, (task, answer, attempts) in enumerate(answers, 1):
                outcome = self._outcome(task, answer, attempts)
                self._keep(task, outcome, writer)
                failure = outcome.failure
                self.on_event(Event("parse", done, planned, task.place.path, outcome.characters, failure))
        self.seconds["store"] += writer.seconds

    def _seconds(self, task: Task) -> float:
        return self.setup.limits.document_seconds

    def _outcome(self, task: Task, answer: Outcome | Lost, attempts: int) -> Outcome:
        if isinstance(answer, Lost):
            return Outcome(content=task.content, failure=_lost(task.place.path, answer, attempts, self.setup.limits))
        if answer.changed:
            reason = "The file changed or vanished while the batch was running."
            failure = make_failure(task.place.path, "file-changed", reason, "Run the batch again.")
            return Outcome(content=task.content, failure=failure, changed=True)
        if answer.failure is not None and attempts > 1:
            return msgspec.structs.replace(answer, failure=msgspec.structs.replace(answer.failure, attempts=attempts))
        return answer

    def _keep(self, task: Task, outcome: Outcome, writer: Writer) -> None:
        for stage, seconds in outcome.seconds.items():
            self.seconds[stage] += seconds
        self.counts["characters"] += outcome.characters
        self.counts["parsed" if outcome.failure is None else "failed"] += 1
        if outcome.changed and outcome.failure is not None:
            writer.flush()  # dropping a task is a transaction, too
            self.ledger.drop(task, outcome.failure)
        else:
            writer.add(outcome)

    def _finish(self) -> int:
        """Bring what spans documents up to date; the number of files that are gone. One transaction."""
        with self.timed("finish"), transaction(self.store):
            self.ledger.close_archives()
            gone = self.ledger.remove_gone()
            if gone or not is_finished(self.store):
                self.on_event(Event("finish", 0, 0, ""))
                _settle(self.store)
        return gone

    def _work(self, gone: int) -> Work:
        """What this run did, so far."""
        seconds = time.monotonic() - self.begun
        parsing = sum(self.seconds[stage] for stage in ("read", "parse", "rows")) or 1.0
        shares = {f"worker-{stage}": self.seconds[stage] / parsing for stage in ("read", "parse", "rows")}
        shares |= {stage: self.seconds[stage] / (seconds or 1.0) for stage in ("look", "store", "finish", "export")}
        done = self.counts["parsed"] + self.counts["failed"]
        return Work(
            looked=self.counts["looked"],
            parsed=self.counts["parsed"],
            failed=self.counts["failed"],
            unchanged=self.ledger.unchanged,
            gone=gone,
            characters=self.counts["characters"],
            seconds=round(seconds, 3),
            documents_per_second=round(done / (seconds or 1.0), 2),
            characters_per_second=round(self.counts["characters"] / (seconds or 1.0), 1),
            shares={name: round(share, 4) for name, share in shares.items()},
        )


def _settle(store: sqlite3.Connection) -> None:
    """Drop documents without files, name each by its first file, group near copies; a new revision for the exports."""
    orphans = "SELECT id FROM documents WHERE NOT EXISTS (SELECT 1 FROM files WHERE document = documents.id)"
    for (number,) in store.execute(orphans).fetchall():
        delete_document(store, number)
    store.execute("DELETE FROM failures WHERE path NOT IN (SELECT path FROM files WHERE state = 'failed')")
    store.execute("DELETE FROM traces WHERE path NOT IN (SELECT path FROM failures)")
    store.execute(  # only where it differs: a row is as long as its JSON
        "UPDATE documents SET path = f.first, copies = f.count FROM (SELECT document, min(path) AS first,"
        " count(*) AS count FROM files WHERE document IS NOT NULL GROUP BY document) AS f"
        " WHERE f.document = documents.id AND (documents.path IS NOT f.first OR documents.copies <> f.count)"
    )
    group_near_duplicates(store)
    set_meta(store, "revision", str(int(get_meta(store, "revision") or 0) + 1))
    set_meta(store, "finished", "yes")


def _lost(path: str, lost: Lost, attempts: int, limits: Limits) -> Failure:
    messages = {
        "timed-out": f"The document took longer than {limits.document_seconds:g} seconds.",
        "worker-died": f"The process that read this file ended without an answer ({lost.detail}).",
    }
    advice = "The file may be damaged or too large: open it in its own program and save it again."
    return Failure(
        path=path, code=lost.code, message=messages[lost.code], advice=advice, traceback=lost.trace, attempts=attempts
    )


def _look_seconds(place: Place, limits: Limits) -> float:
    try:
        size = os.stat(place.file).st_size  # noqa: PTH116 - a path of bytes
    except OSError:
        size = 0
    return look_seconds(size, limits)


def _exhausted(outcome: Outcome) -> bool:
    return outcome.failure is not None and outcome.failure.code in _EXHAUSTED


def _never(looked: Looked) -> bool:
    return False


def _ignore(event: Event) -> None:
    """Nobody listens."""


def _make_folder(out: str | os.PathLike[str]) -> Path:
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionError(
            "unwritable-output",
            f"Cannot write into the folder {folder}: {error.strerror or error}.",
            "Give another folder, or make room on the disk.",
        ) from error
    return folder


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return min(MOST_WORKERS, len(affinity(0)) if affinity else os.cpu_count() or 1)
