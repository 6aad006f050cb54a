"""Which files a batch reads, when their names are odd."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from batch_tools import write_inputs

from docparse.batch.inputs import Inputs, find_inputs
from docparse.batch.records import Found


def found(inputs: Inputs, out: Path | None = None) -> list[str]:
    return [item.place.path for item in find_inputs(inputs, out=out) if isinstance(item, Found)]


def test_one_path_is_one_path(tmp_path: Path) -> None:
    write_inputs(tmp_path, {"a.txt": "甲"})
    assert found(str(tmp_path)) == found([tmp_path]) == found(f"{tmp_path}/") == [str(tmp_path / "a.txt")]


def test_a_folder_is_walked_in_order_and_what_is_missing_stays(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path, {"b/2.txt": "", "a.txt": "", "b/1.txt": "", "b/c/3.txt": ""})
    paths = found([folder / "b", folder / "nowhere", folder / "a.txt"])
    assert [Path(path).relative_to(folder).as_posix() for path in paths] == [
        "b/1.txt", "b/2.txt", "b/c/3.txt", "nowhere", "a.txt",
    ]  # fmt: skip


def test_a_link_to_itself_stays_in_the_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    (item, _) = find_inputs([tmp_path], out=tmp_path / "out")
    assert isinstance(item, Found) and item.failure and item.failure.code == "unreadable-file"


def test_links_to_folders_are_named_and_not_followed(tmp_path: Path) -> None:
    write_inputs(tmp_path, {"a/x.txt": ""})
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    states = {item.place.path: item.state for item in find_inputs([tmp_path]) if isinstance(item, Found)}
    assert states == {str(tmp_path / "a/x.txt"): None, str(tmp_path / "a/up"): "skipped"}


@pytest.mark.parametrize(
    ("pattern", "names"),
    [("*.txt", ["a.txt"]), ("**/*.txt", ["a.txt", "b/2.txt", "b/c/3.txt"]), ("?", ["b/2.txt", "b/c/3.txt"])],
)
def test_globs(pattern: str, names: list[str], tmp_path: Path) -> None:
    folder = write_inputs(tmp_path, {"a.txt": "", "b/2.txt": "", "b/c/3.txt": ""})
    assert [Path(path).relative_to(folder).as_posix() for path in found([folder / pattern])] == names


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path, {"[1].txt": "", "1.txt": ""})
    assert found([folder / "[1].txt"]) == [str(folder / "[1].txt")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_may_not_be_listed(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (item, _) = find_inputs([tmp_path])
    assert isinstance(item, Found) and item.failure and item.failure.code == "no-permission"


def test_inputs_are_a_stream(tmp_path: Path) -> None:
    def endless() -> object:
        while True:
            yield tmp_path / "missing"

    stream = find_inputs(endless())  # type: ignore[arg-type]
    assert isinstance(next(stream), Found)
