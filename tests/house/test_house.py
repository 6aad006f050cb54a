"""Lint, types, layers, file lengths, fresh generated files: one command with the tests."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.house


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_ruff_lint() -> None:
    run("ruff", "check", "--no-cache", ".")


def test_ruff_format() -> None:
    run("ruff", "format", "--no-cache", "--check", ".")


def test_types() -> None:
    run("mypy")


def test_import_layers() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_files_stay_small() -> None:
    folders = ("docparse", "cli", "models", "corpora", "tests", "bench")
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_every_folder_says_what_lives_in_it() -> None:
    packages = [p.parent for p in (ROOT / "docparse").rglob("__init__.py")]
    wanted = [p for p in packages if p != ROOT / "docparse"] + [ROOT / "corpora", ROOT / "models", ROOT / "cli"]
    assert [str(p.relative_to(ROOT)) for p in wanted if not (p / "README.md").exists()] == []


def test_every_dependency_has_its_reason_and_range() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith('    "') and (">=" in line)]
    project = tomllib.loads("\n".join(lines))["project"]
    declared = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    assert len(rows) >= len([d for d in declared if ">=" in d])
    assert [row for row in rows if "#" not in row] == []


def test_annotated_corpora_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "corpora/annotate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_nothing_committed_names_this_machine() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    suffixes = {".py", ".md", ".toml", ".ann"}
    named = [
        name
        for name in done.stdout.splitlines()
        if Path(name).suffix in suffixes
        and (ROOT / name).exists()
        and ("/" + "work/") in (ROOT / name).read_text(encoding="utf-8")
    ]
    assert named == []
