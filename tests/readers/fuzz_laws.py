"""The laws of a whole document, in time that grows with it and not with its square: mutations make 50,000 repairs."""

from __future__ import annotations

import json
import sys
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import docparse

_SMALL_JSON = 200_000
_SMALL_TEXT = 20_000

_folder = str(Path(__file__).parents[1] / "laws")
if _folder not in sys.path:
    sys.path.append(_folder)

import test_laws as laws  # noqa: E402


def check_document(document: docparse.Document, raw: str) -> None:
    """Assert quote, tile, inside, outline and the way back; still and the schema where the document is not too long."""
    text = document.text
    anchored = list(laws.anchored(document))
    for words, span, _ in anchored:
        assert text[span.start : span.end] == words, "quote"
    laws.check_tile(document)
    laws.check_inside(document)
    laws.check_outline(document)
    places = [raw_span for _, raw_span in laws.units(document)]
    assert all(a.end <= b.start for a, b in pairwise(places)), "raw spans run into each other"
    assert all(0 <= place.start <= place.end <= len(raw) for place in places)
    if _is_simplified(raw):
        _check_unrepaired(document, anchored, raw)
    if len(text) < _SMALL_TEXT:
        assert docparse.parse_text(text).text == text, "repaired text is repaired again"
    data = docparse.to_json(document)
    if len(data) < _SMALL_JSON:
        laws.VALIDATOR.validate(json.loads(data))


def _check_unrepaired(document: docparse.Document, anchored: list[Any], raw: str) -> None:
    """Assert that what no repair has touched stands in raw as it stands in the text."""
    repairs = sorted((repair.raw_span.start, repair.raw_span.end) for repair in document.repairs)
    starts = [start for start, _ in repairs]
    furthest = list(accumulate((end for _, end in repairs), max))
    for words, _, raw_span in anchored:
        before = bisect_left(starts, raw_span.end)
        if not before or furthest[before - 1] <= raw_span.start:
            here = raw[raw_span.start : raw_span.end]
            assert "".join(here.split()) == "".join(words.split()), f"{words[:60]!r} is not what stands in raw"


def _is_simplified(text: str) -> bool:
    """True where no character is simplified on the way, so that what stands in raw must stand in the text.

    Files spliced from two scripts are `hans` by their majority, and have passages that were simplified.
    """
    return bool(_converter().convert(text) == text)


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
