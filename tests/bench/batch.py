"""A batch over a folder that nobody has cleaned: time, memory, accounting, the second run, and two workers against one.

usage: python tests/bench/batch.py [--files N] [--folder DIR] [--speedup N] [--timeout SECONDS]

It makes N inputs (20,000: 2 % broken, 1 % that hang or eat memory, 10 % copies, 5 % in archives), reads them, checks
that each is accounted for once, reads them again, and then parses --speedup documents, the annotated corpora's over and
over, with one worker and with two, twice each and by turns. The numbers are printed as they come.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))

from messy_folder import Made, make_folder, parse_or_suffer

from docparse.batch import BatchReport, Limits, run
from docparse.batch.process import peak_bytes
from docparse.batch.store import STORE

ROOT = Path(__file__).parents[2]


def main() -> int:
    """0 if every promise was kept, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--speedup", type=int, default=3300)
    parser.add_argument("--timeout", type=float, default=3.0)
    chosen = parser.parse_args()
    work = chosen.folder or Path(tempfile.mkdtemp(prefix="docparse-bench-"))
    try:
        kept = scale(work, chosen.files, chosen.timeout) if chosen.files else True
        if chosen.speedup:
            speedup(work, chosen.speedup)
    finally:
        if chosen.folder is None:
            shutil.rmtree(work)
    return 0 if kept else 1


def scale(work: Path, count: int, timeout: float) -> bool:
    """Whether a messy folder was read whole and within its limits."""
    begun = time.monotonic()
    made = make_folder(work / "in", count)
    show("made", inputs=len(made.paths), seconds=round(time.monotonic() - begun, 1))
    first = timed(work / "in", work / "out", timeout)
    with closing(sqlite3.connect(work / "out" / STORE)) as store:
        paths = [row[0] for row in store.execute("SELECT path FROM files ORDER BY path")]
    accounted = paths == made.paths
    peak = peak_bytes() >> 20
    show("accounted", each_input_once=accounted, as_expected=expected(first, made), parent_peak_mib=peak)
    show("size", database_mib=(work / "out" / STORE).stat().st_size >> 20)
    again = timed(work / "in", work / "out", timeout)
    share = again.work.seconds / first.work.seconds
    show("second run", seconds=again.work.seconds, share_of_first=f"{share:.2%}", unchanged=again.work.unchanged)
    return accounted and peak < 300 and share < 0.05 and not again.work.parsed


def expected(report: BatchReport, made: Made) -> bool:
    """Whether the counts are those of the folder that was made."""
    hostile = sum(report.failures.get(code, 0) for code in ("timed-out", "out-of-memory"))
    show("failures", **report.failures)
    return hostile == made.hostile and report.archives == made.archives and report.copies >= made.copies


def timed(folder: Path, out: Path, timeout: float) -> BatchReport:
    """The report of one run, printed."""
    limits = Limits(document_seconds=timeout, document_bytes=2 << 30)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    report = run([folder], out, workers=2, parse=parse_or_suffer, limits=limits)
    done = report.work
    show(
        "run", files=report.files, documents=report.documents, copies=report.copies, failed=report.failed,
        near_duplicates=report.near_duplicates, seconds=done.seconds, documents_per_second=done.documents_per_second,
        characters_per_second=done.characters_per_second, load=os.getloadavg()[0],
        worker_cpu_seconds=round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - usage, 1),
    )  # fmt: skip
    show("shares", **done.shares)
    return report


def speedup(work: Path, count: int) -> None:
    """Print how much faster two workers are than one, on the same documents."""
    folder = work / "plans"
    folder.mkdir(parents=True)
    texts = sorted(path for part in ("train", "dev", "test") for path in (ROOT / "corpora" / part).glob("*.txt"))
    for number in range(count):
        text = texts[number % len(texts)].read_text(encoding="utf-8")
        (folder / f"{number:05}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
    seconds: dict[int, list[float]] = {1: [], 2: []}
    alone = 0.0
    for turn in range(2):
        for workers in seconds:
            own, theirs = cpu_seconds(resource.RUSAGE_SELF), cpu_seconds(resource.RUSAGE_CHILDREN)
            report = run([folder], work / f"speed-{turn}-{workers}", workers=workers, parse=parse_or_suffer)
            own, theirs = cpu_seconds(resource.RUSAGE_SELF) - own, cpu_seconds(resource.RUSAGE_CHILDREN) - theirs
            alone = theirs if workers == 1 else alone
            seconds[workers].append(report.work.seconds)
            show(
                f"{workers} worker(s)", seconds=report.work.seconds, load=os.getloadavg()[0],
                documents_per_second=report.work.documents_per_second,
                characters_per_second=report.work.characters_per_second,
                parent_cpu_seconds=round(own, 2), workers_cpu_seconds=round(theirs, 2),
            )  # fmt: skip
    # On two free cores the parent runs beside one worker, and shares the cores with two.
    show(
        "two against one",
        ratio=round(min(seconds[1]) / min(seconds[2]), 2),
        by_cpu=round(2 * alone / (theirs + own), 2),
    )


def cpu_seconds(who: int) -> float:
    """The processor time that this process, or all that it has waited for, has used."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def show(name: str, **values: object) -> None:
    """Print one line of numbers."""
    print(f"{name}:", "  ".join(f"{key}={value}" for key, value in values.items()), flush=True)


if __name__ == "__main__":
    sys.exit(main())
