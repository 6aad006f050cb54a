"""Every stable code of the library has its Chinese words."""

from __future__ import annotations

import re
from pathlib import Path

from docparse_cli.troubles import ERRORS, WARNINGS

READERS = (Path(__file__).parents[2] / "docparse" / "readers" / "README.md").read_text(encoding="utf-8")
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


def test_all_that_the_readers_list() -> None:
    """Codes that stand in tables of the source, not beside what raises them, are in the readers' README too."""
    warnings, errors = READERS.split("## Warnings")[1].split("## Errors")
    for listed, known in ((warnings, WARNINGS.keys()), (errors, ERRORS.keys())):
        assert set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", listed)) - known == set()
