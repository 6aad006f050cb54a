"""What the lines above an anthology's first piece promise: 工作总结（精选6篇）, 心得体会集锦."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docparse.structure.lines import Line
from docparse.structure.markers import CN, read_number

_PIECES = re.compile(
    rf"(?P<lead>(?:精选|合集|汇总|汇编|推荐|共)\s?)?(?<![月日式第])(?P<number>\d{{1,2}}|两|[{CN}]{{1,3}})\s?"
    r"(?:[篇例套]|[则份](?![运数]))(?(lead)|(?=[）)（(]|范文|实例|\s|\Z))"
)
_COLLECTION = re.compile(r"(?:合集|大全|集锦|精选|选登)(?=[\s（(【\[_\-—]|\Z)")
_MOST_ABOVE = 60  # lines that may promise several texts
_LONGEST = 60  # characters of such a line


def promised_pieces(text: str, lines: Sequence[Line], limit: int) -> int:
    """Return how many texts the first line before `limit` that says a number promises; 0 where none does."""
    return next((number for line in _above(text, lines, limit) if (number := _most_pieces(line))), 0)


def promises_several(text: str, lines: Sequence[Line], limit: int) -> bool:
    """Does a line that begins before `limit` promise several texts: …总结（三篇）, …集锦?"""
    above = _above(text, lines[:_MOST_ABOVE], limit)
    return any(_most_pieces(line) > 1 or _COLLECTION.search(line) is not None for line in above)


def _most_pieces(line: str) -> int:
    """The greatest number of texts that a line promises, 0 for none."""
    numbers = (hit["number"] for hit in _PIECES.finditer(line))
    return max((2 if number == "两" else read_number(number) for number in numbers), default=0)


def _above(text: str, lines: Sequence[Line], limit: int) -> Iterator[str]:
    for line in lines:
        if line.start >= max(limit, 1):
            return
        if line.end - line.start <= _LONGEST:
            yield text[line.start : line.end]
