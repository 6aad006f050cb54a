"""`run`: the whole of a batch."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import closing

from docparse.batch.inputs import find_inputs, leave_out
from docparse.batch.ledger import Ledger
from docparse.batch.pool import outcomes
from docparse.batch.records import BatchReport, Event, Outcome, ParseFunction
from docparse.batch.worker import parse_path
from docparse.batch.writers import finish, open_writers
from docparse.errors import OptionError
from docparse.options import DEFAULT_OPTIONS, Options

MOST_WORKERS = 61
"""Windows cannot wait for more processes at once."""


def run(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    workers: int | None = None,
    options: Options | None = None,
    on_event: Callable[[Event], None] | None = None,
    parse: ParseFunction = parse_path,
) -> BatchReport:
    """The counts of a batch, after its results stand in the folder `out`.

    Results come in the order of `find_inputs(inputs)` and are the same bytes whatever the number of workers. A file
    that cannot be read is recorded in `failures.jsonl`; a worker process that dies costs its one document.

    Args:
        inputs: files and folders; folders are searched to the bottom.
        out: the folder to write; made if missing; results of an earlier batch in it are replaced at the end.
        workers: processes, 1 to 61; None: one for each processor.
        options: the choices for every document.
        on_event: called in this process after each file, in input order.
        parse: reads one path; a module's top-level function, because it crosses a process border by name.

    Raises:
        OptionError: `workers` is out of range or `out` cannot be written.
    """
    if workers is not None and not 1 <= workers <= MOST_WORKERS:
        raise OptionError("bad-workers", f"{workers} workers are not possible.", f"Give 1 to {MOST_WORKERS}.")
    paths = leave_out(find_inputs(inputs), out)
    ledger = Ledger()
    with open_writers(out) as writers:
        count = max(1, min(workers or _processors(), len(paths)))
        with closing(outcomes(paths, parse=parse, options=options or DEFAULT_OPTIONS, workers=count)) as results:
            for outcome in results:
                writers.write(outcome)
                ledger.add(outcome)
                if on_event is not None:
                    on_event(_event(outcome, ledger.files, len(paths)))
    report = ledger.report()
    finish(out, report)
    return report


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return min(MOST_WORKERS, len(affinity(0)) if affinity else os.cpu_count() or 1)


def _event(outcome: Outcome, done: int, total: int) -> Event:
    characters = outcome.tally.characters if outcome.tally else 0
    return Event(done, total, outcome.path, characters, outcome.failure)
