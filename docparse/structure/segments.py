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
_RUN_TOGETHER_STYLES = frozenset({"n、", "cn", "cnp", "章", "clause"})
_RUN_TOGETHER = 200  # a line this long with several markers is a page that lost its line ends


_BARE = re.compile(
    r"(\d{1,2})(?![年月日号个项次条名人天周岁元万亿米吨度点时分秒家户所台辆级楼层期届])(?=[\u4e00-\u9fff]{2,16}$)"
)
_CLOSING = re.compile(r"以上(?:就?[是为]|便是|工作|计划|总结|内容|汇报|所述)|总之|综上|总而言之|总的来说")


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
    opening = read_marker(text, start + hash_marks(text, start, end), end)
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


def hash_marks(text: str, start: int, end: int) -> int:
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
    return run_together and step == 1 and counts.get(marker.style, 0) > 0 and marker.style in _RUN_TOGETHER_STYLES


def name_bare_numbers(text: str, segments: list[Segment]) -> list[Segment]:
    """The segments, with a marker for digits that stand before a noun phrase without a mark, where two or more of
    them count on (5移库管理 … 6车辆维护)."""
    bare: list[tuple[int, int, int]] = []
    for i, segment in enumerate(segments):
        if segment.marker is None and segment.first and segment.last and segment.end - segment.start <= 18:
            hit = _BARE.match(text, segment.start, segment.end)
            if hit is not None and hit[1][0] != "0":
                bare.append((int(hit[1]), i, hit.end()))
    if len(bare) < 2:
        return segments
    named = list(segments)
    for n, (number, i, stop) in enumerate(bare):
        near = [bare[m][0] - m + n for m in (n - 1, n + 1) if 0 <= m < len(bare)]
        if number in near:
            named[i] = segments[i]._replace(marker=Marker("n、", number, segments[i].start, stop))
    return named


def closing_words(text: str, segments: list[Segment]) -> int:
    """Return the index of the segment with which the article's closing words begin (以上…, 总之…); -1 without them.

    They stand among the last paragraphs, behind the last numbered item, and do not open a section's text.
    """
    found = -1
    for i in range(len(segments) - 1, max(1, len(segments) - 7), -1):
        if segments[i].marker is not None or segments[i].level is not None:
            break
        before = segments[i - 1]
        opens = before.marker is not None and before.end - before.start <= 40 and text[before.end - 1] not in "。；;"
        if not opens and _CLOSING.match(text, segments[i].start, segments[i].end):
            found = i
    return found
