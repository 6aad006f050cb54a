"""Where one piece of an assembled page ends and the next begins: damage came with the piece, not with the page."""

from __future__ import annotations

import re
from bisect import bisect_right

NUMBER = "[一二三四五六七八九十百0-9０-９]{1,3}"
PIECE = re.compile(f"(?:篇|范文){NUMBER}|第{NUMBER}篇|【篇")
LONGEST_TITLE = 60


def piece_starts(text: str) -> list[int]:
    """Where the pieces of an anthology start (篇一, 第二篇, 范文3 in a short line), offset 0 first."""
    starts = [0]
    for m in PIECE.finditer(text):
        line = text.rfind("\n", max(0, m.start() - LONGEST_TITLE), m.start()) + 1
        end = text.find("\n", m.end(), m.end() + LONGEST_TITLE)
        short = line > 0 or m.start() < LONGEST_TITLE
        if short and (end >= 0 or m.end() + LONGEST_TITLE > len(text)) and line > starts[-1]:
            starts.append(line)
    return starts


def piece_of(starts: list[int], offset: int) -> int:
    """The number of the piece that holds `offset`."""
    return bisect_right(starts, offset) - 1
