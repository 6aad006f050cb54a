"""Every real document at hand is read whole, or refused with a reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fuzz_worker import Case, Limits, run_block
from reader_laws import check_laws, uncovered

from docparse.readers import read_path

_SHARED = Path(__file__).parents[3] / "shared"
# Measured on these: 0.2 s and 38 MB at most. A file that costs much more has met something that is not linear.
_LIMITS = Limits(seconds=3.0, megabytes=200.0)
_FILES = [
    path
    for folder in ("documents", "seeds")
    if (_SHARED / folder).is_dir()
    for path in sorted((_SHARED / folder).iterdir())
    if path.suffix != ".jsonl"
]

pytestmark = pytest.mark.skipif(not _FILES, reason="the real documents lie beside the repository, and are not there")


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name[:30])
def test_read(path: Path) -> None:
    reading = read_path(path)
    check_laws(reading)
    assert reading.raw.strip()
    if reading.source.media_type == "text/plain":
        assert reading.raw == path.read_bytes().decode("utf-8-sig")
    if reading.source.media_type != "text/markdown":
        assert uncovered(reading) == ""


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name[:30])
def test_read_or_refused_within_limits(path: Path) -> None:
    """In a process of its own, under the same watch as mutated files: no crash, no hang, no law broken."""
    outcome = next(run_block([Case(0, path.read_bytes(), _LIMITS)]))
    assert outcome.kind in ("read", "refused"), f"{outcome.signature}: {outcome.detail}"
    if outcome.kind == "refused":
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", outcome.signature)


@pytest.mark.parametrize("path", [path for path in _FILES if path.suffix == ".html"], ids=lambda path: path.name[:30])
def test_no_shown_text_of_a_page_is_lost(path: Path) -> None:
    from lxml import html

    from docparse.readers.html.styles import is_hidden, read_styles

    page: Any = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    styles = read_styles(page)
    for element in list(page.iter()):
        unseen = element.tag in ("script", "style", "noscript", "template", "title")
        if (
            unseen or (isinstance(element.tag, str) and is_hidden(element, styles))
        ) and element.getparent() is not None:
            element.drop_tree()
    assert re.sub(r"\s", "", read_path(path).raw) == re.sub(r"\s", "", page.text_content())
