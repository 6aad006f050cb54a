"""Headings whose text follows on the same line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from docparse.structure.run_in_model import LONGEST, Border, find_border
from docparse.structure.segments import Segment
from docparse.structure.words import table

_DATED = re.compile(
    r"[\s：:，,（(]{0,3}(?:[XxＸ×\d]{2,4}年)?\d{1,2}月(?:\d{1,2}[日号]?|份|底|初|中旬)?"
    r"(?:\s?[-—–~至到]{1,2}\s?(?:[XxＸ×\d]{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号]?|份|底|初)?)?[）)]?"
)
_CLAUSE_NAME = re.compile(r"\s{0,4}[【（(\[][^【】（）()\[\]\n]{1,24}[】）)\]]")
_BRACKETED = re.compile(r"[（(][^（）()]{0,40}[）)]")
_INSIDE = re.compile(r"[：:；;！？!?（(]")
_DIGITS = re.compile(r"\d(?!\d{0,3}年)")
_SERIES_STYLES = frozenset({"cn", "cnp", "n、", "n.", "big"})
_COMMA = re.compile(r"[，,]")
_STOP = re.compile(r"[。！？]")
_CLAUSE = re.compile(r"[，,。；;：:！？]")


class _Lead(NamedTuple):
    """What a phrase before the first 。 may be to name what follows: characters, commas, text behind it, and the share
    of the style's items that have one."""

    longest: int
    commas: int
    behind: int
    share: float


_LEADS = {
    "cnp": _Lead(42, 2, 16, 0.75),
    "n.": _Lead(42, 2, 16, 0.75),
    "cn": _Lead(22, 0, 16, 0.75),
    "n、": _Lead(22, 0, 16, 1.0),
    "yi是": _Lead(42, 1, 30, 0.75),
}
_CHAPTER_STYLES = frozenset({"cn", "big", "stem", "章", "n、"})
_LIKELY, _POSSIBLE = 0.0, -2.0  # scores of the learned table, logarithms of the odds
_SERIES_SHARE = 0.6  # of a series' members
_BLANK = re.compile(r"(?<![条章节款])[ \u3000](?=[\u4e00-\u9fff])")  # 第四条 本办法: behind a marker
_BY_BLANK = 3.0  # the score of a border at a blank
_MOST_BORDERS = 1000  # members of such series that `mark_fused` looks at in an article
_LEAST_FUSED = 16  # characters of a heading with its text
_SERIES_LEAD = _Lead(26, 0, 10, 0.5)
# What such a phrase tells when it is a sentence; 了解, 其他 and 师生 tell nothing.
_TELLS = re.compile("了(?!解)|过(?![程渡])|[我你她]|(?<!其)他|[上下中]午|早上|晚上|[今昨]天|师傅|先生")
_PARAGRAPH = 30  # characters
_YEAR = re.compile(r"20[\dXx]{1,2}年")
_MONTH = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|每[天周月年]")
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{2,4}(?:部|处|科|组)")


@cache
def _words() -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    run_in = table()["run_in"]
    tails = "|".join(re.escape(word) for word in sorted(run_in["tails"], key=len, reverse=True))
    return re.compile(tails), tuple(run_in["openers"]), tuple(run_in["weak_openers"])


def run_in_end(text: str, segment: Segment) -> int:
    """Where a heading ends whose text follows on the same line without a mark between them; 0 when there is none."""
    marker = segment.marker
    if marker is None:
        return 0
    if marker.style == "clause":
        name = _CLAUSE_NAME.match(text, marker.end - 1, segment.end) or _CLAUSE_NAME.match(
            text, marker.end, segment.end
        )
        return name.end() if name is not None and text[name.end() - 1] == "】" else 0
    if marker.style == "phase阶段":
        dated = _DATED.match(text, marker.end, segment.end)
        if dated is not None:
            return dated.end()
    if segment.end - marker.end < 24 or marker.style not in ("cn", "cnp", "n、", "n.", "al", "np", "nb"):
        return 0
    return _phrase_end(text, marker.end, segment.end)


def _phrase_end(text: str, start: int, end: int) -> int:
    """The end of 做好服务工作 in 做好服务工作在我的工作当中,…: a heading's last word, a sentence's first."""
    tails, openers, weak = _words()
    clause = _CLAUSE.search(text, start, min(end, start + 60))
    limit = min(clause.start() if clause is not None else end, start + 22)
    for hit in tails.finditer(text, start, limit):
        stop = hit.end()
        if stop - start < 2 or end - stop < 12:
            continue
        ahead = text[stop : stop + 6]
        if ahead.startswith("20"):
            if _YEAR.match(ahead):
                return stop
            continue
        if ahead.startswith(openers) or _MONTH.match(ahead):
            return stop
        if ahead.startswith(weak) and "的" in text[start:stop] and not text[start:stop].startswith(("是", "对", "要")):
            return stop
        if hit[0] == "开展" and _DEPARTMENT.match(ahead):
            return stop
    return 0


def mark_lead_ins(text: str, segments: Sequence[Segment], members: dict[int, list[int]], ends: list[int]) -> None:
    """Mark the phrases before the first 。 where the article has them everywhere: （一）加强组织领导。各地要….

    So many items of the style must have one as `_Lead.share` says, and half of those in the list itself; or all three
    and more in the list, without a comma.
    """
    stops: dict[int, int] = {}
    have: dict[str, int] = {}
    total: dict[str, int] = {}
    for group in members.values():
        marker = segments[group[0]].marker
        lead = _LEADS.get(marker.style) if marker is not None else None
        if marker is None or lead is None:
            continue
        for i in group:
            stops[i] = _lead_end(text, segments[i], lead) or _alone_end(text, segments, i)
            have[marker.style] = have.get(marker.style, 0) + (stops[i] > 0 or ends[i] > 0)
            total[marker.style] = total.get(marker.style, 0) + 1
    for group in members.values():
        marker = segments[group[0]].marker
        lead = _LEADS.get(marker.style) if marker is not None else None
        if marker is None or lead is None or total[marker.style] < 2:
            continue
        if total[marker.style] == 2 and not all(_heads_paragraph(text, segments[i], stops[i]) for i in group):
            continue  # two say little
        plain = [i for i in group if stops[i] and not _COMMA.search(text, _words_start(segments[i]), stops[i])]
        if len(plain) < max(3, len(group)) and have[marker.style] < lead.share * total[marker.style]:
            continue
        if 2 * sum(1 for i in group if stops[i] or ends[i]) < len(group):
            continue
        heads = sum(1 for i in group if stops[i] or ends[i])
        for i in group:
            most = 4 * heads >= 3 * len(group)
            ends[i] = ends[i] or stops[i] or (_lead_end(text, segments[i], lead, among=True) if most else 0)


def _heads_paragraph(text: str, segment: Segment, stop: int) -> bool:
    """Does a phrase head a paragraph, and tell nothing itself (上午去了客户公司。)?"""
    return stop > 0 and segment.end - stop >= _PARAGRAPH and not _TELLS.search(text, _words_start(segment), stop)


def _alone_end(text: str, segments: Sequence[Segment], i: int) -> int:
    """The end of an item that is a phrase on a line above its text, where others run into theirs; else 0."""
    segment = segments[i]
    if segment.marker is None or i + 1 >= len(segments) or not (segment.first and segment.last):
        return 0
    words = text[segment.marker.end : segment.end]
    short = 2 <= len(words) <= 22 and words[-1] == "。" and _INSIDE.search(words) is None and "。" not in words[:-1]
    return segment.end if short and segments[i + 1].marker is None and is_text(text, segments[i + 1]) else 0


def is_text(text: str, segment: Segment) -> bool:
    """A paragraph, not a signature or a date."""
    size = segment.end - segment.start
    return size >= 40 or (size >= 15 and text[segment.end - 1] in "。！？；：:.!?;”")


def mark_series(text: str, segments: Sequence[Segment], members: dict[int, list[int]], ends: list[int]) -> None:
    """Mark the phrases before the first 。 in a series of which most members are headings or begin with such a phrase.

    One member at least is a heading on its own line, so that what the others are is not a guess.
    """
    for group in members.values():
        marker = segments[group[0]].marker
        if marker is None or marker.style not in _SERIES_STYLES or len(group) < 3:
            continue
        leads = {i: stop for i in group if not ends[i] and (stop := _lead_end(text, segments[i], _SERIES_LEAD))}
        alone = sum(1 for i in group if ends[i])
        if alone and 2 * (alone + len(leads)) > len(group):
            for i, stop in leads.items():
                border = _border(text, segments[i]) if marker.style in _CHAPTER_STYLES else None
                start = _words_start(segments[i])
                fused = border is not None and border.score > _LIKELY and start + border.end < stop - 1
                ends[i] = start + border.end if border is not None and fused else stop


def mark_fused(text: str, segments: Sequence[Segment], members: dict[int, list[int]], ends: list[int]) -> None:
    """Mark the headings of chapters that run into their text without a mark: 一、指导思想在新的一年里，….

    Where such a heading ends is what the learned table says. A series is trusted only as a whole: most of its members
    are headings on their own, or have a likely border.
    """
    left = _MOST_BORDERS
    for group in members.values():
        marker = segments[group[0]].marker
        if marker is None or marker.style not in _CHAPTER_STYLES or not 2 <= len(group) <= left:
            continue
        if 2 * sum(text[segments[i].end - 1] in "；;" for i in group) >= len(group):
            continue  # the items of one sentence
        left -= len(group)
        found = {i: border for i in group if not ends[i] and (border := _border(text, segments[i])) is not None}
        sure = sum(1 for border in found.values() if border.score > _LIKELY)
        if not sure or sum(1 for i in group if ends[i]) + sure < _SERIES_SHARE * len(group):
            continue
        for i, border in found.items():
            if border.score > _POSSIBLE:
                ends[i] = _words_start(segments[i]) + border.end


def _border(text: str, segment: Segment) -> Border | None:
    start = _words_start(segment)
    if segment.end - start < _LEAST_FUSED or segment.level is not None:
        return None
    if segment.first and segment.last and not _STOP.search(text, start, segment.end - 1):
        return None  # one sentence on a line of its own
    blank = _BLANK.search(text, start + 2, min(segment.end, start + LONGEST))
    if blank is not None and not _CLAUSE.search(text, start, blank.start()):
        return Border(blank.start() - start, _BY_BLANK)
    return find_border(text[start : min(segment.end, start + 90)], segment.marker.style if segment.marker else "plain")


def _words_start(segment: Segment) -> int:
    return segment.marker.end if segment.marker is not None else segment.start


def _lead_end(text: str, segment: Segment, lead: _Lead, *, among: bool = False) -> int:
    """The end of the phrase before the first 。 of an item, where text enough follows it on its line; else 0.

    A phrase with a number in it (占40分) says something already; dates in brackets (（3月1日至5日）) do not.
    """
    marker = segment.marker
    if marker is None or (marker.style == "yi是" and not segment.first):
        return 0  # 一是 in the middle of a line goes on with its sentence
    stop = text.find("。", marker.end, min(segment.end, marker.end + lead.longest))
    if stop < 0 or segment.end - stop < lead.behind:
        return 0
    words = _BRACKETED.sub("", text[marker.end : stop])
    commas = len(_COMMA.findall(words))
    if not words or commas > lead.commas or _INSIDE.search(words) or _DIGITS.search(words):
        return 0
    if not among and commas and 2 * (segment.end - stop) < 3 * (stop - marker.end):
        return 0  # a sentence among sentences
    return stop + 1
