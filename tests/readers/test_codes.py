"""The readers' README lists every code that they give, and none that they do not."""

from __future__ import annotations

import re
from pathlib import Path

READERS = Path(__file__).parents[2] / "docparse" / "readers"
SOURCE = "".join(path.read_text(encoding="utf-8") for path in sorted(READERS.rglob("*.py")))
LISTED = (READERS / "README.md").read_text(encoding="utf-8").split("## Warnings")[1].split("## Errors")
CODE = "([a-z]+(?:-[a-z]+)*)"


def listed(part: str) -> set[str]:
    return set(re.findall(f"`{CODE}`", part))


def test_warnings() -> None:
    assert listed(LISTED[0]) == set(re.findall(f'code="{CODE}"', SOURCE))


def test_errors() -> None:
    given = set(re.findall(rf'Error\(\s*"{CODE}"', SOURCE)) - {"encrypted-with-aes"}  # never leaves the PDF reader
    given |= set(re.findall(rf'", "{CODE}", "The file is ', SOURCE)) | set(re.findall(rf'\n {{8}}"{CODE}",\n', SOURCE))
    assert given - listed(LISTED[1]) == set()
    assert {code for code in listed(LISTED[1]) if f'"{code}"' not in SOURCE} == set()
