"""Lines that belong together though a line end stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.structure.lines import Line
from docparse.structure.markers import CN, read_marker

_LONE = re.compile(
    rf"(?:(?P<n>\d{{1,3}})\s?[、．.。：:]|[（(](?:[{CN}]{{1,3}}|\d{{1,2}})[）)][、.。]?|[{CN}]{{1,3}}、|\d{{1,2}}[)）]"
    rf"|[a-zA-Z][、．.。]|(?:步骤|任务)\s?(?:[{CN}]{{1,3}}|\d{{1,2}})[：:]"
    rf"|第[{CN}\d]{{1,5}}[章节条]|[①-⑳]|[•●◆■►➢·○◇□※Ø])$"
)
_TORN = re.compile(rf"(?:[{CN}]{{1,3}}|\d{{1,2}})[）)]")
_JOINABLE = frozenset({None, "paragraph", "heading", "list_item"})
_BROKEN_DECIMAL = re.compile(r"(?<![\d.])0[.。]$")
_CLOSING = re.compile(r"[”’\"）)】》」』]{1,2}[。；，]?$")
_SHORT = 24  # characters; the rest of a bracket on a longer line is no rest


def join_lines(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those made one that a line end has cut apart, in order.

    A marker alone on its line goes with the next line; a bracket or quote left open with the short line that closes
    it; 0。 with the digit behind it. Only white space stands between lines that are joined.
    """
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        lone = _lone_number(text, joined[-2]) if len(joined) > 1 else None
        if before is not None and _belong(text, before, line, lone):
            joined[-1] = _one(before, line)
        else:
            joined.append(line)
    return joined


def _lone_number(text: str, line: Line) -> int | None:
    if line.end - line.start > 5:
        return None
    hit = _LONE.match(text[line.start : line.end])
    return int(hit["n"]) if hit is not None and hit["n"] else None


def _is_lone(text: str, line: Line) -> bool:
    return line.end - line.start <= 9 and _LONE.match(text[line.start : line.end]) is not None


def _belong(text: str, one: Line, other: Line, lone: int | None) -> bool:
    """Are two lines one? `lone` is the number that stands alone on the line before them."""
    if one.kind not in _JOINABLE or other.kind not in _JOINABLE or text[one.end : other.start].strip():
        return False
    if _is_lone(text, one):
        mine = _lone_number(text, one)
        if _is_lone(text, other) or (mine is not None and lone == mine - 1):
            return False  # numbers below each other have lost their words
        decimal = mine is not None and text[one.end - 1] in ".。" and text[other.start].isdigit()
        return decimal or read_marker(text, other.start, other.end) is None
    if text[other.start].isdigit() and _BROKEN_DECIMAL.search(text, max(one.start, one.end - 4), one.end):
        return True
    if text[one.end - 1] in "（(" and _TORN.match(text, other.start, other.end) is not None:
        return True  # （⏎三）
    size = other.end - other.start
    if size <= 3 and _CLOSING.match(text[other.start : other.end]):
        return _open(text, one, text[other.start])
    return size <= _SHORT and _closes(text, one, other)


def _open(text: str, line: Line, closer: str) -> bool:
    """Is a bracket or quote open at the end of `line` that `closer` closes?"""
    pairs = {"”": "“", '"': "“", "’": "‘", "）": "（(", ")": "（(", "】": "【", "》": "《", "」": "「", "』": "『"}
    openers = pairs[closer]
    opened = max(text.rfind(mark, line.start, line.end) for mark in openers)
    closed = max(text.rfind(mark, line.start, line.end) for mark, of in pairs.items() if of == openers)
    return opened > closed


def _closes(text: str, one: Line, other: Line) -> bool:
    """Does `other` begin inside the round bracket that `one` leaves open behind a colon or comma, and close it?"""
    if text[one.end - 1] not in "：:，,、" or not _open(text, Line(max(one.start, one.end - 40), one.end, 0), ")"):
        return False
    words = text[other.start : other.end]
    inner = re.search(r"[（()）]", words)
    return inner is not None and inner[0] in ")）" and read_marker(text, other.start, other.end) is None


def _one(one: Line, other: Line) -> Line:
    level = other.level if other.level is not None else one.level
    return one._replace(end=other.end, kind=one.kind or other.kind, level=level)
