"""The sample files are what their sources give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_samples_are_up_to_date() -> None:
    pytest.importorskip("reportlab")
    command = [sys.executable, str(ROOT / "corpora" / "render.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_readme_names_every_sample() -> None:
    samples = ROOT / "corpora" / "samples"
    readme = (samples / "README.md").read_text(encoding="utf-8")
    names = {path.stem for path in (samples / "src").glob("*.src")}
    assert len(names) == 12 and all(f"| `{name}` |" in readme for name in names)
    for kind in ("txt", "html", "docx", "pdf"):
        assert {path.stem for path in (samples / kind).iterdir()} == names


def visible(text: str) -> str:
    return "".join(character for character in text if not character.isspace() and character != "\u200b")


@pytest.mark.parametrize("path", sorted((ROOT / "corpora" / "samples" / "html").iterdir()), ids=lambda path: path.stem)
def test_a_page_says_what_the_text_says(path: Path) -> None:
    from docparse.readers import read_path

    text = (path.parents[1] / "txt" / f"{path.stem}.txt").read_text(encoding="utf-8")
    assert visible(read_path(path).raw) == visible(text)


@pytest.mark.parametrize("name", ["community-plan-tw", "school-term-plan", "warehouse-rules"])
def test_word_s_numbering_is_the_text_s(name: str) -> None:
    from docparse.readers import read_path

    samples = ROOT / "corpora" / "samples"
    text = (samples / "txt" / f"{name}.txt").read_text(encoding="utf-8")
    assert visible(read_path(samples / "docx" / f"{name}.docx").raw) == visible(text)
