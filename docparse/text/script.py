"""Script: which one the raw text is written in, and traditional to simplified with the map kept (OpenCC)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from docparse.records import Script
from docparse.text.edits import OffsetMap

# Shares of traditional-only characters among those that a conversion would change. Simplified government reports
# show 0.0000 to 0.0003, mirrored traditional pages 0.94 to 0.96 (their 里 后 范 干 were left as they are).
MOSTLY = 0.85
HARDLY = 0.06
LONGEST_ALIGNED = 2_000
HAN = re.compile("[一-鿿]")


@cache
def _converter(name: str) -> Any:
    """OpenCC's converter, loaded on first use (60 ms)."""
    import opencc

    return opencc.OpenCC(name)


def detect_script(text: str) -> Script:
    """hans, hant, mixed or none, from the share of characters that a conversion would change."""
    traditional = _changed(text, _converter("t2s").convert(text))
    if not traditional:
        return "hans" if HAN.search(text) else "none"
    share = traditional / (traditional + _changed(text, _converter("s2t").convert(text)))
    if share >= MOSTLY:
        return "hant"
    return "hans" if share <= HARDLY or traditional < 3 else "mixed"


def _changed(before: str, after: str) -> int:
    if before == after:
        return 0
    if len(before) == len(after):
        return sum(a != b for a, b in zip(before, after, strict=True))
    return abs(len(before) - len(after)) + sum(a != b for a, b in zip(before, after, strict=False))


def simplified_view(text: str) -> str:
    """The text in simplified characters, one for one: for rules that look, with offsets of `text`."""
    converted: str = _converter("t2s").convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(c if len(c) == 1 else c[0] for c in map(_converter("t2s").convert, text))


def to_traditional(text: str) -> str:
    """The text in traditional characters, for what a repair puts into a traditional page."""
    converted: str = _converter("s2t").convert(text)
    return converted


def to_simplified(text: str) -> tuple[str, OffsetMap]:
    """The text in simplified characters and the map back to `text`.

    Mainland vocabulary is not put in the place of Taiwan's or Hong Kong's (t2s, not tw2sp): wording stays as written.
    A phrase may change its length; then the line is aligned and the map keeps the phrase as one piece.
    """
    converted = _converter("t2s").convert(text)
    if len(converted) == len(text) and _line_ends(converted) == _line_ends(text):
        # One to one, as nearly always; line ends would have moved had one phrase grown and another shrunk.
        return converted, OffsetMap.identity(len(text))
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        after = _converter("t2s").convert(line)
        parts.append(after)
        pieces.extend((length, at + start, at + end) for length, start, end in _aligned(line, after))
        at += len(line)
    return "".join(parts), OffsetMap(pieces, len(text))


def _line_ends(text: str) -> list[int]:
    return [len(line) for line in text.split("\n")]


def _aligned(before: str, after: str) -> Iterator[tuple[int, int, int]]:
    """Pieces (length in after, start, end in before) for one line."""
    if len(before) == len(after) or len(before) > LONGEST_ALIGNED:
        yield len(after), 0, len(before)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "delete":
            yield j2 - j1, i1, i2
