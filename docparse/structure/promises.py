"""What the lines above an anthology's first piece promise: 工作总结（精选6篇）, 心得体会集锦."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docparse.structure.lines import Line
from docparse.structure.markers import CN, read_number

_PIECES = re.compile(
    rf"(?P<lead>(?:精选|合集|汇总|汇编|推荐|共)\s?)?(?<![月日式第])(?P<number>\d{{1,2}}|[{CN}]{{1,3}})\s?"
    r"(?:[篇例套]|[则份](?![运数]))(?(lead)|(?=[）)（(]|范文|实例|\s|\Z))"
)
_COLLECTION = re.compile(r"(?:合集|大全|集锦|精选|选登)(?=[\s（(【\[_\-—]|\Z)")
_MOST_ABOVE = 60  # lines that may promise several texts
_LONGEST = 60  # characters of such a line


def promised_pieces(text: str, lines: Sequence[Line], limit: int) -> int:
    """Return how many texts a line that begins before `limit` promises; 0 where none says a number."""
    for line in _above(text, lines, limit):
        hit = _PIECES.search(line)
        if hit is not None:
            return read_number(hit["number"])
    return 0


def promises_several(text: str, lines: Sequence[Line], limit: int) -> bool:
    """Does a line that begins before `limit` promise several texts: …总结（三篇）, …集锦?"""
    for line in _above(text, lines, limit):
        hit = _PIECES.search(line)
        if hit is not None and read_number(hit["number"]) > 1:
            return True
        if _COLLECTION.search(line):
            return True
    return False


def _above(text: str, lines: Sequence[Line], limit: int) -> Iterator[str]:
    for line in lines[:_MOST_ABOVE]:
        if line.start >= max(limit, 1):
            return
        if line.end - line.start <= _LONGEST:
            yield text[line.start : line.end]
