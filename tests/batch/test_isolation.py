"""Documents that kill, hang or eat memory cost themselves and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_tools import ask, write_inputs
from fake_parsers import fake, fake_flaky, nap

from docparse.batch import Event, Limits, run

LIMITS = Limits(document_seconds=1.0, document_bytes=1024 * 1024 * 1024)


def test_each_bad_document_costs_itself(tmp_path: Path) -> None:
    texts = {f"{n:02}.txt": f"第{n}份" for n in range(20)}
    texts |= {"03.txt": "DIE", "07.txt": "HANG", "11.txt": "KILL", "12.txt": "HANG on", "14.txt": "CRASH"}
    if sys.platform == "linux":
        texts["13.txt"] = "EAT"
    folder = write_inputs(tmp_path / "in", texts)
    report = run([folder], tmp_path / "out", workers=2, parse=fake, limits=LIMITS)
    wanted = {"timed-out": 2, "worker-died": 3} | ({"out-of-memory": 1} if sys.platform == "linux" else {})
    assert report.failures == wanted
    assert (report.files, report.documents) == (20, 20 - sum(wanted.values()))
    assert set(ask(tmp_path / "out", "SELECT attempts FROM failures")) == {2}
    assert "exit code -9" in ask(tmp_path / "out", "SELECT message FROM failures WHERE path LIKE '%11.txt'")[0]
    traces = {Path(path).stem: trace for path, trace in ask(tmp_path / "out", "SELECT path, traceback FROM traces")}
    assert traces.keys() == ({"07", "12", "14"} | ({"13"} if sys.platform == "linux" else set()))
    assert all("fake_parsers.py" in trace and "in fake" in trace for trace in traces.values())


def test_a_document_that_fails_in_company_is_tried_alone(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {f"{n}.txt": f"第{n}份 {'ALONE' if n == 5 else ''}" for n in range(9)})
    report = run([folder], tmp_path / "out", workers=1, parse=fake_flaky)
    assert (report.documents, report.failed) == (9, 0)


def test_the_batch_outlives_a_killed_worker(tmp_path: Path) -> None:
    """As the kernel kills when memory runs out: the worker, not the document, is hit."""
    folder = write_inputs(tmp_path / "in", {f"{n:02}.txt": "200 " + "甲" * n for n in range(12)})
    killed: list[int] = []

    def kill_one(event: object) -> None:
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        if not killed and children.exists():
            for pid in map(int, children.read_text().split()):
                if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, 9)
                    killed.append(pid)

    report = run([folder], tmp_path / "out", workers=2, parse=nap, on_event=kill_one)
    assert (report.documents, report.failed) == (12, 0)


def ends(folder: Path, out: Path, workers: int) -> list[float]:
    """When each document was done."""
    times: list[float] = []

    def note(event: Event) -> None:
        if event.stage == "parse":
            times.append(time.monotonic())

    run([folder], out, workers=workers, parse=nap, on_event=note)
    return times


def test_both_workers_are_busy_to_the_end(tmp_path: Path) -> None:
    """One long document among short ones, last by name, must not be what everybody waits for."""
    texts = {f"{n:02}.txt": f"50 {'甲' * n}" for n in range(20)} | {"z.txt": "1000 " + "长" * 400}
    times = ends(write_inputs(tmp_path / "in", texts), tmp_path / "out", 2)
    # in the order of names it would end a second after all others
    assert times[-1] - times[-2] < 0.6


@pytest.mark.slow
def test_two_workers_do_twice_as_much(tmp_path: Path) -> None:
    """The parent keeps up: with documents that take 20 ms, it adds less than a tenth."""
    folder = write_inputs(tmp_path / "in", {f"{n:03}.txt": f"20 {'甲' * (n % 40)}{n}" for n in range(300)})
    one, two = (ends(folder, tmp_path / str(workers), workers) for workers in (1, 2))
    assert (one[-1] - one[0]) / (two[-1] - two[0]) >= 1.8


def test_a_callback_that_fails_ends_the_workers(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "HANG", "b.txt": "乙"})

    def fail(event: object) -> None:
        raise ValueError("no more")

    begin = time.monotonic()
    with pytest.raises(ValueError, match="no more"):
        run([folder], tmp_path / "out", workers=2, parse=fake, on_event=fail)
    assert time.monotonic() - begin < 30


def test_a_script_without_a_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    folder = write_inputs(tmp_path / "in", {"a.txt": "甲"})
    script.write_text(f"from docparse.batch import run\nrun([{str(folder)!r}], {str(tmp_path / 'out')!r})\n")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and "call run inside `if __name__" in done.stderr.splitlines()[-1]
