"""Lines cut where a new numbered item begins in their middle."""

from __future__ import annotations

import re
from typing import NamedTuple

from docparse.structure.markers import CN, Marker, read_marker
from docparse.structure.parts import Part

_SHAPE = re.compile(
    rf"[（(](?:[{CN}]{{1,3}}|\d{{1,2}}|[a-zA-Z]|[甲乙丙丁戊己庚辛壬癸])[）)]|[{CN}]{{1,3}}、"
    rf"|(?<![\d.．])\d{{1,2}}[、.．](?!\d(?!\d{{0,4}}[年月元万]))|(?<![\d（(])\d{{1,2}}[)）]"
    rf"|[①-⑳]|[壹贰叁参肆伍陆柒捌玖拾]{{1,2}}、|[甲乙丙丁戊己庚辛壬癸]、|(?<![a-zA-Z])[a-zA-Z][、.](?![a-zA-Z])"
    rf"|第[{CN}]{{1,4}}(?:阶段(?=[ \u3000：:（(])|[章条](?=[ \u3000：:]))"
)
_HARD = "。！？；;!?…"
# 统一、唯一、万一、周一、其一 and the like end in a numeral that starts no list
_NUMERAL_WORDS = "统唯专单同划归如万其逐之第周期拜十五初高合划"
_LABELLED = "图表式例第"  # 图(五) names a figure
_RUN_TOGETHER_STYLES = frozenset({"n、", "cn", "cnp", "章", "clause", "big", "stem", "phase阶段"})
_SHORTEST_ITEM = 4  # characters between two markers of one list
_RUN_TOGETHER = 200  # a line this long with several markers is a page that lost its line ends


_BARE = re.compile(
    r"(\d{1,2})(?![年月日号个项次条名人天周岁元万亿米吨度点时分秒家户所台辆级楼层期届])(?=[\u4e00-\u9fff]{2,16}$)"
)
_CLOSING = re.compile(r"以上(?:就?[是为]|便是|工作|计划|总结|内容|汇报|所述)|总之|综上|总而言之|总的来说")


class Segment(NamedTuple):
    """A numbered item, or what stands between two; `marker` is None for plain text.

    `first` and `last` say whether it starts or ends its line; `level` is the reader's heading level, `font` the type
    that sets the line apart (1 is the largest).
    """

    start: int
    end: int
    marker: Marker | None
    first: bool
    last: bool
    level: int | None = None
    font: int | None = None


class _Candidate(NamedTuple):
    marker: Marker
    before: str


def cut_line(text: str, part: Part, counts: dict[str, int]) -> list[Segment]:
    """Return the segments of a line, or of the part of one, in order, covering all that is visible in it.

    Args:
        counts: the last number seen of each style inside the article; it is kept up to date. A marker in the middle
            of a line counts only when it starts a list or goes on with one, so that 2、3号 or (1) in a formula do not.
    """
    start, end = part.start, part.end
    opening = read_marker(text, start + hash_marks(text, start, end), end)
    if opening is not None:
        counts[opening.style] = opening.number
    starts: list[tuple[int, Marker | None]] = [(start, opening)]
    if end - start > 8 and part.level is None:
        skip = opening.end if opening is not None else start + 1
        if opening is None and text[start] in _NUMERAL_WORDS:
            skip = start  # 周一、三 begins a line, so that its 一、 must be seen behind 周
        starts += [(c.start, c) for c in _inside(text, skip, end, counts)]
    segments: list[Segment] = []
    for i, (at, marker) in enumerate(starts):
        stop = starts[i + 1][0] if i + 1 < len(starts) else end
        while stop > at and text[stop - 1].isspace():
            stop -= 1
        if stop > at:
            ends = part.first and i == 0, i + 1 == len(starts)
            segments.append(Segment(at, stop, marker, *ends, part.level, part.font))
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
    candidates = _candidates(text, start, end)
    seconds: dict[str, int] = {}  # where the last 2 of a style stands behind a stop, and where at all
    for marker, before in candidates:
        if marker.number == 2:
            seconds["any " + marker.style] = marker.start
            if before and before in _HARD:
                seconds[marker.style] = marker.start
    found: list[Marker] = []
    long = end - start > _RUN_TOGETHER
    for marker, before in candidates:
        if _goes_on(marker, before, counts, seconds, long):
            counts[marker.style] = marker.number
            found.append(marker)
    return found


def _candidates(text: str, start: int, end: int) -> list[_Candidate]:
    """What looks like a marker, with the character before it; members of 一、二、三产业 do not."""
    found: list[_Candidate] = []
    for hit in _SHAPE.finditer(text, start, end):
        marker = read_marker(text, hit.start(), end)
        if marker is None:
            continue
        at = hit.start() - 1
        while at >= start and text[at] in " \u3000" and hit.start() - at < 6:
            at -= 1
        last = found[-1].marker if found else None
        if last is not None and last.style == marker.style and marker.start - last.end < _SHORTEST_ITEM:
            if marker.number == last.number + 1:
                found.pop()
            continue
        found.append(_Candidate(marker, text[at] if at >= start else ""))
    return found


def _goes_on(marker: Marker, before: str, counts: dict[str, int], seconds: dict[str, int], run_together: bool) -> bool:
    """Does a marker behind the character `before` start a list or go on with one?"""
    step = marker.number - counts.get(marker.style, 0)
    if not before:
        return marker.number == 1
    if before in _HARD:
        return marker.number == 1 or 1 <= step <= 3
    if before in "：:":
        return marker.number == 1
    together = run_together and marker.style in _RUN_TOGETHER_STYLES
    opens = marker.number == 1 and together and seconds.get("any " + marker.style, -1) > marker.start
    if before in "”’）)":
        return opens or (1 <= step <= 2 and counts.get(marker.style, 0) > 0)
    if not ("\u4e00" <= before <= "\u9fff" or before.isalnum()):
        return False
    if (before in _NUMERAL_WORDS and marker.style == "cn") or before in _LABELLED:
        return False
    if marker.number == 1:
        return opens or seconds.get(marker.style, -1) > marker.start
    return together and step == 1 and counts.get(marker.style, 0) > 0


def name_bare_numbers(text: str, segments: list[Segment]) -> list[Segment]:
    """The segments, with a marker for digits that stand before a noun phrase without a mark, where they count on from
    another number or from each other (5移库管理 … 6车辆维护; 2、会员维护 … 3投诉处理)."""
    # segment, number, where the bare digits end (0: a marker of its own), style
    numbers: list[tuple[int, int, int, str]] = []
    for i, segment in enumerate(segments):
        if segment.marker is not None:
            if segment.marker.style in ("n、", "n.", "ns") and segment.first:
                numbers.append((i, segment.marker.number, 0, segment.marker.style))
        elif segment.first and segment.last and segment.end - segment.start <= 18:
            hit = _BARE.match(text, segment.start, segment.end)
            if hit is not None and hit[1][0] != "0":
                numbers.append((i, int(hit[1]), hit.end(), "n、"))
    named = list(segments)
    for n, (i, number, stop, _) in enumerate(numbers):
        if not stop:
            continue
        near = [x for x in (numbers[n - 1] if n else None, numbers[n + 1] if n + 1 < len(numbers) else None) if x]
        style = next((x[3] for x in near if x[1] - number == (1 if x[0] > i else -1)), None)
        if style is not None:
            named[i] = segments[i]._replace(marker=Marker(style, number, segments[i].start, stop))
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
