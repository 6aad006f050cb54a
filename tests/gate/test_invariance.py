"""One document gives the same articles, headings, goals, deadlines and targets in every format."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from docparse.errors import UnsupportedFormatError

ROOT = Path(__file__).parents[2]
LEAST = 0.98


@cache
def comparer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpora_invariance", ROOT / "corpora" / "invariance.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("form", ["html", "docx", "doc", "rtf", "odt", "pdf"])
def test_a_format_gives_what_the_text_gives(form: str) -> None:
    try:
        totals: dict[str, tuple[int, int]] = comparer().agreement(form)
    except UnsupportedFormatError as error:
        if form not in ("doc", "rtf"):
            raise
        pytest.skip(f"this machine has no program that reads {form} ({error.code})")
    agreed, cases = sum(a for a, _ in totals.values()), sum(c for _, c in totals.values())
    assert cases > 400
    assert agreed / cases >= LEAST, {kind: f"{a}/{c}" for kind, (a, c) in totals.items()}


def test_a_missing_and_an_altered_target_count_against_a_format() -> None:
    from docparse import parse_text

    whole = comparer().read_cases(parse_text("2024年工作计划\n1、回款率达到95%以上。\n2、新增客户30家。\n"))
    other = comparer().read_cases(parse_text("2024年工作计划\n1、回款率达到93%以上。\n"))
    assert (whole["targets"] - other["targets"]).total() == 2
    assert (other["targets"] - whole["targets"]).total() == 1
    assert whole["articles"] == other["articles"]
