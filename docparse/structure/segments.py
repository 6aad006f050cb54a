"""Lines cut where a new numbered item begins in their middle."""

from __future__ import annotations

import re
from typing import NamedTuple

from docparse.structure.markers import CN, Marker, read_marker

_SHAPE = re.compile(
    rf"[（(](?:[{CN}]{{1,3}}|\d{{1,2}})[）)]|[{CN}]{{1,3}}、|(?<![\d.．])\d{{1,2}}[、.．](?!\d(?!\d{{0,4}}[年月元万]))|(?<![\d（(])\d{{1,2}}[)）]"
    rf"|[①-⑳]|(?<![a-zA-Z])[a-zA-Z][、.](?![a-zA-Z])|第[{CN}]{{1,4}}(?:阶段|章|条)(?=[ \u3000：:])"
)
_HARD = "。！？；;!?…"
# 统一、唯一、万一、周一、其一 and the like end in a numeral that starts no list
_NUMERAL_WORDS = "统唯专单同划归如万其逐之第周期十五初合划"
_LABELLED = "图表式例第"  # 图(五) names a figure
_RUN_TOGETHER = 200  # a line this long with several markers is a page that lost its line ends


class Segment(NamedTuple):
    """A numbered item, or what stands between two; `marker` is None for plain text.

    `first` and `last` say whether it starts or ends its line; `level` is the reader's heading level.
    """

    start: int
    end: int
    marker: Marker | None
    first: bool
    last: bool
    level: int | None = None


class _Candidate(NamedTuple):
    marker: Marker
    before: str


def cut_line(
    text: str, start: int, end: int, level: int | None, counts: dict[str, int], first: bool = True
) -> list[Segment]:
    """Return the segments of `text[start:end)`, in order, covering all that is visible in it.

    Args:
        counts: the last number seen of each style inside the article; it is kept up to date. A marker in the middle
            of a line counts only when it starts a list or goes on with one, so that 2、3号 or (1) in a formula do not.
    """
    opening = read_marker(text, start + _hashes(text, start, end), end)
    if opening is not None:
        counts[opening.style] = opening.number
    starts: list[tuple[int, Marker | None]] = [(start, opening)]
    if end - start > 8 and level is None:
        skip = opening.end if opening is not None else start + 1
        starts += [(c.start, c) for c in _inside(text, skip, end, counts)]
    segments: list[Segment] = []
    for i, (at, marker) in enumerate(starts):
        stop = starts[i + 1][0] if i + 1 < len(starts) else end
        while stop > at and text[stop - 1].isspace():
            stop -= 1
        if stop > at:
            segments.append(Segment(at, stop, marker, first and i == 0, i + 1 == len(starts), level))
    return segments


def _hashes(text: str, start: int, end: int) -> int:
    """How long a Markdown # mark is that stands at `start`, with the white space behind it."""
    at = start
    while at < min(end, start + 6) and text[at] == "#":
        at += 1
    if at == start:
        return 0
    while at < min(end, start + 12) and text[at].isspace():
        at += 1
    return at - start


def _inside(text: str, start: int, end: int, counts: dict[str, int]) -> list[Marker]:
    candidates: list[_Candidate] = []
    last_second: dict[str, int] = {}
    for hit in _SHAPE.finditer(text, start, end):
        marker = read_marker(text, hit.start(), end)
        if marker is None:
            continue
        at = hit.start() - 1
        while at >= start and text[at] in " \u3000" and hit.start() - at < 6:
            at -= 1
        before = text[at] if at >= start else ""
        candidates.append(_Candidate(marker, before))
        if marker.number == 2 and before and before in _HARD:
            last_second[marker.style] = marker.start
    found: list[Marker] = []
    long = end - start > _RUN_TOGETHER
    for marker, before in candidates:
        if _goes_on(marker, before, counts, last_second, long):
            counts[marker.style] = marker.number
            found.append(marker)
    return found


def _goes_on(
    marker: Marker, before: str, counts: dict[str, int], last_second: dict[str, int], run_together: bool
) -> bool:
    """Does a marker behind the character `before` start a list or go on with one?"""
    step = marker.number - counts.get(marker.style, 0)
    if not before:
        return marker.number == 1
    if before in _HARD:
        return marker.number == 1 or 1 <= step <= 3
    if before in "：:":
        return marker.number == 1
    if before in "”’）)":
        return 1 <= step <= 2 and counts.get(marker.style, 0) > 0
    if not ("\u4e00" <= before <= "\u9fff" or before.isalnum()):
        return False
    if (before in _NUMERAL_WORDS and marker.style == "cn") or before in _LABELLED:
        return False
    if marker.number == 1:
        return last_second.get(marker.style, -1) > marker.start
    return run_together and step == 1 and counts.get(marker.style, 0) > 0 and marker.style in ("n、", "cn", "cnp")
