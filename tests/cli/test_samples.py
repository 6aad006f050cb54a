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
