"""Which files a batch reads, when their names are odd."""

from __future__ import annotations

from pathlib import Path

from docparse.batch.inputs import find_inputs, leave_out


def test_one_path_is_one_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    assert find_inputs(str(tmp_path)) == find_inputs([tmp_path]) == [str(tmp_path / "a.txt")]


def test_a_link_to_itself_stays_in_the_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    assert leave_out(find_inputs([tmp_path]), tmp_path / "out") == [str(tmp_path / "a.txt")]
