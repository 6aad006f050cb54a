"""What a batch promises: every input accounted for once, the same rows whatever the workers, whole outputs."""

from __future__ import annotations

import csv
import json
import os
import re
import sqlite3
import sys
from pathlib import Path

import pytest
from batch_tools import ask, dump, lines, write_inputs
from fake_parsers import fake

from docparse.batch import Event, Failure, export, run, search
from docparse.batch.lock import hold_lock
from docparse.errors import OptionError

NAMES = {".lock", "batch.sqlite", "report.json", "goals.csv", "targets.csv"}


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    texts = {f"{number:02}.txt": f"第{number}份" for number in range(12)}
    texts |= {
        "00.txt": "SLOW",
        "03.txt": "DAMAGED",
        "05.txt": "DIE",
        "07.txt": "BUG",
        "b/deep.txt": "深",
        "b/copy.txt": "第1份",
        ".hidden": "藏",
        ".DS_Store": "litter",
        "~$01.docx": "lock",
    }
    return write_inputs(tmp_path / "in", texts)


def test_every_input_is_accounted_for(inputs: Path, tmp_path: Path) -> None:
    events: list[Event] = []
    out = tmp_path / "out"
    report = run([inputs], out, workers=2, parse=fake, on_event=events.append)
    assert {path.name for path in out.iterdir()} == NAMES
    assert sorted(ask(out, "SELECT path FROM files")) == sorted(str(p) for p in inputs.rglob("*") if p.is_file())
    assert (report.files, report.parsed, report.failed, report.skipped) == (17, 12, 3, 2)
    assert (report.documents, report.copies, report.targets) == (11, 1, 11)
    assert report.failures == {"damaged-file": 1, "internal-error": 1, "worker-died": 1}
    failures = ask(out, "SELECT code, message, advice, attempts, traceback FROM failures ORDER BY path")
    assert [failure[0] for failure in failures] == ["damaged-file", "worker-died", "internal-error"]
    assert failures[0][2:] == ("Save it again.", 1, None) and failures[1][3] == 2
    assert failures[2][1] == "KeyError: 'nobody expected this'" and "fake_parsers" in failures[2][4]
    parsed = [event for event in events if event.stage == "parse"]
    assert [event.done for event in parsed] == list(range(1, 15)) and {event.total for event in parsed} == {14}
    assert isinstance(parsed[-1].failure, Failure) and parsed[-1].failure.code == "worker-died"
    told = json.loads((out / "report.json").read_bytes())
    assert told["formats"] == {"text/plain": 11} and len(told["slowest"]) == 10 and told["work"]["parsed"] == 11
    assert told["failure_examples"][0]["path"].endswith("03.txt")


def test_same_rows_whatever_the_workers(inputs: Path, tmp_path: Path) -> None:
    seen, files = [], []
    for workers in (1, 3):
        out = tmp_path / f"out{workers}"
        run([inputs], out, workers=workers, parse=fake, formats=("csv", "jsonl", "xlsx"))
        seen.append(dump(out))
        names = ("goals.csv", "documents.jsonl", "failures.jsonl", "files.jsonl", "batch.xlsx")
        files.append({name: (out / name).read_bytes() for name in names})
    assert seen[0] == seen[1]
    assert files[0] == files[1]


def test_a_copy_points_to_its_document(inputs: Path, tmp_path: Path) -> None:
    run([inputs], tmp_path / "out", workers=2, parse=fake, formats=("jsonl",))
    files = {line["path"]: line for line in lines(tmp_path / "out" / "files.jsonl")}
    assert files[str(inputs / "b/copy.txt")]["same_as"] == str(inputs / "01.txt")
    documents = lines(tmp_path / "out" / "documents.jsonl")
    paths = [line["source"]["path"] for line in documents]
    assert paths == sorted(paths) and str(inputs / "01.txt") in paths and str(inputs / "b/copy.txt") not in paths


def test_tables_open_in_a_spreadsheet_and_run_nothing(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "=1+1\n收费率达到90%以上"})
    run([folder], tmp_path / "out", workers=1, parse=fake)
    assert (tmp_path / "out" / "goals.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out" / "goals.csv").open(encoding="utf-8-sig", newline="") as file:
        (goal,) = csv.DictReader(file)
    assert goal["text"] == "'=1+1 收费率达到90%以上" and goal["article"] == "'=计划"
    with (tmp_path / "out" / "targets.csv").open(encoding="utf-8-sig", newline="") as file:
        (target,) = csv.DictReader(file)
    assert [target[name] for name in ("metric", "comparator", "low", "high", "unit", "approximate")] == [
        "收费率", "ge", "90", "", "%", "no",
    ]  # fmt: skip


def test_results_inside_the_input_folder_are_not_read(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "甲"})
    (folder / "link.csv").symlink_to(folder / "out" / "goals.csv")
    for _ in range(2):
        report = run([folder], folder / "out", workers=1, parse=fake)
        assert report.documents == 1
    assert (report.files, report.failed) == (1, 0)


def test_an_interrupted_batch_keeps_what_was_done(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {f"{n}.txt": f"第{n}份" for n in range(9)})

    def stop(event: Event) -> None:
        if event.stage == "parse" and event.done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([folder], tmp_path / "out", workers=1, parse=fake, on_event=stop)
    assert len(ask(tmp_path / "out", "SELECT id FROM documents")) == 5
    assert not (tmp_path / "out" / "goals.csv").exists()
    report = run([folder], tmp_path / "out", workers=1, parse=fake)
    assert (report.work.parsed, report.work.unchanged, report.documents) == (4, 5, 9)


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run([tmp_path / "in"], tmp_path / "out", parse=fake, formats=("jsonl",)).files == 0
    assert (tmp_path / "out" / "documents.jsonl").read_bytes() == b""


def test_missing_and_special_files_are_recorded(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    paths = [tmp_path / name for name in ("pipe", "missing", "loop", "nul\0name")]
    for _ in range(2):
        report = run([*paths, tmp_path / "missing"], tmp_path / "out", workers=1)
        assert (report.documents, report.failed) == (0, 4)
    assert report.failures == {"file-not-found": 1, "unreadable-file": 3}
    assert not report.work.looked


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_file_names_that_are_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in ((b"/\xb9\xdb.txt", "甲"), (b"/\xb9\xdc.txt", "乙")):
        Path(os.fsdecode(os.fsencode(tmp_path / "in") + name)).write_text(text, encoding="utf-8")
    for _ in range(2):
        assert run([tmp_path / "in"], tmp_path / "out", workers=1, parse=fake, formats=("jsonl",)).documents == 2
    first, second = (str(line["source"]["path"]) for line in lines(tmp_path / "out" / "documents.jsonl"))
    assert first.endswith("/\ufffd\ufffd.txt") and re.search("/\ufffd\ufffd.txt \\([0-9a-f]{12}\\)$", second)


@pytest.mark.parametrize("workers", [0, -1, 62])
def test_wrong_workers(workers: int, tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        run([], tmp_path / "out", workers=workers)


def test_output_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OptionError) as caught:
        run([], tmp_path / "file" / "out", workers=1)
    assert caught.value.code == "unwritable-output"
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "batch.sqlite").write_bytes(b"this is no database at all, but it is long enough" * 40)
    with pytest.raises(OptionError) as caught:
        run([], tmp_path / "out", workers=1)
    assert caught.value.code == "unusable-store"


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    run([], tmp_path / "out", workers=1)
    store = sqlite3.connect(tmp_path / "out" / "batch.sqlite")
    with store:
        store.execute("UPDATE meta SET value = '0' WHERE name = 'store-version'")
    store.close()
    with pytest.raises(OptionError) as caught:
        run([], tmp_path / "out", workers=1)
    assert caught.value.code == "other-store-format"
    with pytest.raises(OptionError) as caught:
        search(tmp_path / "out", "收费率")
    assert caught.value.code == "other-store-format"


def test_two_batches_do_not_write_into_one_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with hold_lock(tmp_path / "out"), pytest.raises(OptionError) as caught:
        run([], tmp_path / "out", workers=1)
    assert caught.value.code == "output-in-use"


def test_formats_are_checked_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OptionError) as caught:
        run([], tmp_path / "out", formats=("csv", "docx"))  # type: ignore[arg-type]
    assert caught.value.code == "bad-format"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(OptionError) as caught:
        run([], tmp_path / "out", formats=("parquet",))
    assert caught.value.code == "missing-package" and "docparse[parquet]" in caught.value.advice
    assert not (tmp_path / "out").exists()


def test_export_without_a_batch(tmp_path: Path) -> None:
    with pytest.raises(OptionError) as caught:
        export(tmp_path, "csv")
    assert caught.value.code == "no-store"
