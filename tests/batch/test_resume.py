"""Running again: only what is new or changed, and the same rows after kills as without."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_tools import ask, dump, write_inputs
from fake_parsers import fake, fake_log

from docparse.batch import Event, run, watch
from docparse.options import Options

ROOT = Path(__file__).parents[2]
KILLS = 50


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    (tmp_path / "log").touch()
    return tmp_path / "log"


def parsed(log: Path) -> int:
    count = len(log.read_text(encoding="utf-8").splitlines())
    log.write_text("")
    return count


def test_only_what_is_new_or_changed_is_parsed(tmp_path: Path, log: Path) -> None:
    folder = write_inputs(tmp_path / "in", {f"{n}.txt": f"第{n}份" for n in range(6)})
    out = tmp_path / "out"

    def again(**choices: object) -> int:
        run([folder], out, workers=2, parse=fake_log, **choices)  # type: ignore[arg-type]
        return parsed(log)

    assert again() == 6
    assert again() == 0
    before = (out / "goals.csv").stat()
    (folder / "7.txt").write_text("新", encoding="utf-8")
    (folder / "3.txt").write_text("改了", encoding="utf-8")
    os.utime(folder / "4.txt", ns=(1, 1))  # touched: hashed again, and not parsed
    assert again() == 2
    assert (out / "goals.csv").stat().st_ino != before.st_ino
    assert "第3份" not in ask(out, "SELECT text FROM goals") and "改了" in ask(out, "SELECT text FROM goals")
    (folder / "8.txt").write_text("第0份", encoding="utf-8")  # a copy of what is known
    assert again() == 0
    assert ask(out, "SELECT copies FROM documents WHERE path LIKE '%/0.txt'") == [2]
    assert again(options=Options(min_confidence=0.5)) == 7
    assert again(options=Options(min_confidence=0.5)) == 0
    assert again(options=Options(min_confidence=0.5), force=True) == 7
    fresh = tmp_path / "fresh"
    run([folder], fresh, workers=1, parse=fake_log, options=Options(min_confidence=0.5))
    assert dump(out) == dump(fresh)


def test_what_a_folder_no_longer_holds_is_removed_and_other_inputs_stay(tmp_path: Path) -> None:
    one = write_inputs(tmp_path / "one", {"a.txt": "甲", "b.txt": "乙", "c/d.txt": "丁"})
    two = write_inputs(tmp_path / "two", {"e.txt": "戊", "f.txt": "甲"})
    run([one], tmp_path / "out", workers=1, parse=fake)
    assert run([two], tmp_path / "out", workers=1, parse=fake).files == 5
    (one / "a.txt").unlink()
    (one / "c" / "d.txt").unlink()
    (one / "c").rmdir()
    report = run([one], tmp_path / "out", workers=1, parse=fake)
    assert (report.work.gone, report.files, report.documents) == (2, 3, 3)
    run([one, two], tmp_path / "fresh", workers=1, parse=fake)
    assert dump(tmp_path / "out") == dump(tmp_path / "fresh")
    assert run([tmp_path / "nowhere"], tmp_path / "out", workers=1, parse=fake).documents == 3


def test_failures_are_tried_again_only_when_asked(tmp_path: Path, log: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "DAMAGED", "b.txt": "乙", "c.txt": "DAMAGED"})
    out = tmp_path / "out"
    assert run([folder], out, workers=1, parse=fake).failed == 2
    assert run([folder], out, workers=1, parse=fake).work.looked == 0
    report = run([folder], out, workers=1, parse=fake, retry_failed=True)
    assert (report.work.looked, report.work.failed, report.failed) == (2, 1, 2)
    os.utime(folder / "c.txt", ns=(1, 1))
    assert run([folder], out, workers=1, parse=fake).work.failed == 0  # these bytes are known to fail


def test_a_file_that_changes_meanwhile_costs_no_copy(tmp_path: Path) -> None:
    texts = {"a.txt": "甲", "b.txt": "甲", "c.txt": "甲", "gone.txt": "去"}
    folder = write_inputs(tmp_path / "in", texts)

    def meddle(event: Event) -> None:
        if event.stage == "look" and not event.path:
            (folder / "a.txt").write_text("不再是甲", encoding="utf-8")
            (folder / "gone.txt").unlink()

    report = run([folder], tmp_path / "out", workers=2, parse=fake, on_event=meddle)
    assert (report.parsed, report.documents, report.failures) == (2, 1, {"file-changed": 2})
    report = run([folder], tmp_path / "out", workers=2, parse=fake)
    assert (report.parsed, report.documents, report.failed, report.work.gone) == (3, 2, 0, 1)
    run([folder], tmp_path / "fresh", workers=1, parse=fake)
    assert dump(tmp_path / "out") == dump(tmp_path / "fresh")


def test_exports_that_are_missing_or_old_are_written(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "甲"})
    out = tmp_path / "out"
    run([folder], out, workers=1, parse=fake)
    whole = (out / "targets.csv").read_bytes()
    (out / "targets.csv").unlink()
    run([folder], out, workers=1, parse=fake, formats=("csv", "jsonl"))
    assert (out / "targets.csv").read_bytes() == whole and (out / "documents.jsonl").exists()


def test_a_folder_that_grows(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "甲"})

    def grow(seconds: float) -> None:
        assert seconds == 7
        (folder / f"{len(list(folder.iterdir()))}.txt").write_text(f"新{len(list(folder.iterdir()))}", encoding="utf-8")

    rounds = watch([folder], tmp_path / "out", interval_seconds=7, wait=grow, workers=1, parse=fake, force=True)
    assert [(next(rounds).documents, next(rounds).work.parsed, next(rounds).documents)] == [(1, 1, 3)]


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from fake_parsers import fake
from docparse.batch import Limits, run
if __name__ == "__main__":
    limits = Limits(document_seconds=1.0)
    run([sys.argv[2]], sys.argv[3], workers=2, parse=fake, formats=("csv", "jsonl"), limits=limits)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_fifty_kills_change_nothing(tmp_path: Path) -> None:
    """Killed at random instants, the batch ends with the same rows and the same files as one that was left alone."""
    rng = random.Random(20240108)
    texts = {f"{n % 7}/{n:03}.txt": f"第{n}份" + "计划内容" * rng.randrange(1, 60) for n in range(240)}
    texts |= {f"copy/{n:03}.txt": texts[f"{n % 7}/{n:03}.txt"] for n in range(0, 240, 10)}
    texts |= {"bad/1.txt": "DAMAGED", "bad/2.txt": "DIE", "bad/3.txt": "HANG", "bad/4.txt": "BUG", "s.txt": "SLOW"}
    folder = write_inputs(tmp_path / "in", texts)
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "cli")))}

    def start(out: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(tmp_path / "script.py"), str(Path(__file__).parent), str(folder), str(out)]
        return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)

    begun = time.monotonic()
    undisturbed = start(tmp_path / "calm")
    assert undisturbed.wait(120) == 0, undisturbed.stderr and undisturbed.stderr.read()
    whole = time.monotonic() - begun
    calm = dump(tmp_path / "calm")
    kills = since = resumed = 0
    while kills < KILLS:
        batch = start(tmp_path / "killed")
        try:
            assert batch.wait(rng.uniform(0.05, whole)) == 0
            assert dump(tmp_path / "killed") == calm
            resumed, since = resumed + (since > 0), 0
            for path in (tmp_path / "killed").iterdir():  # done before the kill: begin anew, so that kills meet work
                path.unlink()
        except subprocess.TimeoutExpired:
            batch.send_signal(signal.SIGKILL)
            batch.wait()
            kills, since = kills + 1, since + 1
    last = start(tmp_path / "killed")
    assert last.wait(120) == 0, last.stderr and last.stderr.read()
    assert dump(tmp_path / "killed") == calm and resumed
    for name in ("goals.csv", "targets.csv", "documents.jsonl", "failures.jsonl", "files.jsonl"):
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "calm" / name).read_bytes()
    leftover = {path.name for path in (tmp_path / "killed").iterdir()}
    assert leftover == {path.name for path in (tmp_path / "calm").iterdir()}
