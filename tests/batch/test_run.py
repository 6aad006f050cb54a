"""What a batch promises: order, isolation, the same bytes whatever the workers, and no half-written results."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path

import pytest
from fake_parsers import fake

from docparse.batch import Event, find_inputs, run
from docparse.errors import OptionError

NAMES = {"documents.jsonl", "failures.jsonl", "report.json", "goals.csv", "targets.csv"}


def write_inputs(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    texts = {f"{number:02}.txt": f"第{number}份" for number in range(12)}
    texts |= {
        "00.txt": "SLOW",
        "03.txt": "DAMAGED",
        "05.txt": "DIE",
        "07.txt": "BUG",
        "b/deep.txt": "深",
        ".hidden": "藏",
    }
    return write_inputs(tmp_path / "in", texts)


def test_one_dead_worker_costs_one_document_and_order_stays(inputs: Path, tmp_path: Path) -> None:
    events: list[Event] = []
    report = run([inputs], tmp_path / "out", workers=2, parse=fake, on_event=events.append)
    assert {path.name for path in (tmp_path / "out").iterdir()} == NAMES
    paths = find_inputs([inputs])
    failures = lines(tmp_path / "out" / "failures.jsonl")
    assert [failure["code"] for failure in failures] == ["damaged-file", "worker-died", "internal-error"]
    assert failures[0]["advice"] == "Save it again." and "traceback" not in failures[0]
    assert failures[2]["message"] == "KeyError: 'nobody expected this'" and "fake_parsers" in str(
        failures[2]["traceback"]
    )
    read = [line["source"]["path"] for line in lines(tmp_path / "out" / "documents.jsonl")]  # type: ignore[index]
    assert read == [path for path in paths if path[-6:] not in ("03.txt", "05.txt", "07.txt")]
    assert [event.path for event in events] == paths
    assert [event.done for event in events] == list(range(1, 15)) and {event.total for event in events} == {14}
    assert (report.files, report.documents, report.failed, report.targets) == (14, 11, 3, 11)
    assert report.failures == {"damaged-file": 1, "internal-error": 1, "worker-died": 1}
    assert json.loads((tmp_path / "out" / "report.json").read_bytes())["formats"] == {"text/plain": 11}


def test_same_bytes_whatever_the_workers(inputs: Path, tmp_path: Path) -> None:
    seen = []
    for workers in (1, 3):
        out = tmp_path / f"out{workers}"
        run([inputs], out, workers=workers, parse=fake)
        seen.append({name: (out / name).read_bytes() for name in NAMES})
    assert seen[0] == seen[1]


def test_tables_open_in_a_spreadsheet_and_run_nothing(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "=1+1\n收费率达到90%以上"})
    run([folder], tmp_path / "out", workers=1, parse=fake)
    data = (tmp_path / "out" / "goals.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out" / "goals.csv").open(encoding="utf-8-sig", newline="") as file:
        (goal,) = csv.DictReader(file)
    assert goal["text"] == "'=1+1 收费率达到90%以上" and goal["article"] == "'=计划"
    with (tmp_path / "out" / "targets.csv").open(encoding="utf-8-sig", newline="") as file:
        (target,) = csv.DictReader(file)
    assert (target["metric"], target["comparator"], target["low"], target["high"], target["unit"]) == (
        "收费率",
        "ge",
        "90",
        "",
        "%",
    )


def test_results_inside_the_input_folder_are_not_read(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "甲"})
    for _ in range(2):
        assert run([folder], folder / "out", workers=1, parse=fake).files == 1


def test_an_interrupted_batch_leaves_the_old_results(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {"a.txt": "甲", "b.txt": "乙"})
    run([folder], tmp_path / "out", workers=1, parse=fake)
    before = (tmp_path / "out" / "documents.jsonl").read_bytes()

    def stop(event: Event) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([folder], tmp_path / "out", workers=1, parse=fake, on_event=stop)
    assert (tmp_path / "out" / "documents.jsonl").read_bytes() == before
    assert {path.name for path in (tmp_path / "out").iterdir()} == NAMES


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run([tmp_path / "in"], tmp_path / "out", parse=fake).files == 0
    assert (tmp_path / "out" / "documents.jsonl").read_bytes() == b""


def test_missing_and_special_files_are_recorded(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    report = run([tmp_path / "pipe", tmp_path / "missing"], tmp_path / "out", workers=1)
    assert (report.documents, report.failed) == (0, 2)
    missing, pipe = lines(tmp_path / "out" / "failures.jsonl")
    assert pipe["code"] == "unreadable-file" and str(missing["path"]).endswith("missing")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "in", {})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb9\xdb.txt")).write_text("甲", encoding="utf-8")
    assert run([tmp_path], folder / "out", workers=1).documents == 1
    (document,) = lines(folder / "out" / "documents.jsonl")
    assert str(document["source"]["path"]).endswith("/\ufffd\ufffd.txt")  # type: ignore[index]


@pytest.mark.parametrize("workers", [0, -1, 62])
def test_wrong_workers(workers: int, tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        run([], tmp_path / "out", workers=workers)


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OptionError) as caught:
        run([], tmp_path / "file" / "out", workers=1)
    assert caught.value.code == "unwritable-output"


def test_find_inputs_sorts_and_keeps_what_is_missing(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path, {"b/2.txt": "", "a.txt": "", "b/1.txt": ""})
    found = find_inputs([folder / "b", folder, folder / "nowhere", folder / "a.txt"])
    assert [Path(path).relative_to(folder).as_posix() for path in found] == ["a.txt", "b/1.txt", "b/2.txt", "nowhere"]
