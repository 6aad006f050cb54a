"""The examples that live beside the repairs, each run as a test."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import docparse.text
from docparse import repair
from docparse.text.edits import apply_edits

FOLDER = Path(docparse.text.__file__).parent / "examples"
FILES = sorted(FOLDER.glob("*.toml"))


def load() -> list[Any]:
    cases = []
    for path in FILES:
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
            cases.append(pytest.param(case, id=f"{path.stem} {number}: {case['kind']}", marks=marks))
    return cases


@pytest.mark.parametrize("case", load())
def test_example(case: dict[str, Any]) -> None:
    result = repair(case["raw"])
    assert apply_edits(result.raw, result.edits)[0] == result.text
    if case["kind"] == "none":  # a near miss: nothing may change
        assert result.text == case["raw"], case["why"]
        return
    assert result.text == case["want"]
    assert case["kind"] in {e.kind for e in result.edits}
    for code in case.get("warnings", []):
        assert code in {w.code for w in result.warnings}


def test_every_file_has_near_misses() -> None:
    for path in FILES:
        cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        assert any(c["kind"] == "none" for c in cases), path.name
