"""Every stable code of the library has its Chinese words."""

from __future__ import annotations

import re
from pathlib import Path

from docparse_cli.troubles import ERRORS, WARNINGS

SOURCES = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parents[2] / "docparse").rglob("*.py"))]


def codes(pattern: str) -> set[str]:
    return {code for text in SOURCES for code in re.findall(pattern, text)}


def test_errors() -> None:
    raised = codes(r'Error\(\s*"([a-z]+(?:-[a-z]+)*)"')
    assert len(raised) >= 15
    assert raised - ERRORS.keys() == set()


def test_warnings() -> None:
    given = codes(r'code="([a-z]+(?:-[a-z]+)*)"')
    given |= codes(r'"(byte-shift|lost-[a-z]+|digits-[a-z]+)"')  # what repair cannot mend
    assert len(given) >= 10
    assert given - WARNINGS.keys() == set()
