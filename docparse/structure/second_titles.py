"""Where further articles begin that no number announces: a title on a line of its own among texts that are complete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from docparse.structure.articles import Start, next_roots, opening_pattern
from docparse.structure.lines import Line
from docparse.structure.markers import read_marker
from docparse.structure.words import ends_with_genre, genre_pattern, table

_LEAST = 6
_SIZES = (5, 40)
_LONG = 40  # characters of a line that is text
_SHORT = 22
_AGAIN = 600  # characters behind the page's own title where the text stands a second time; less is a preview
_MARKS = re.compile(r"[，,。；;：:！？!?|]")
_STOPS = "。！!；;”.…"
_GREETING = re.compile(r"(?:尊敬|敬爱|亲爱)的|各位.{1,16}[:：]|同志们[:：]")
_SIGNED = re.compile(r"(?:.{0,30}\d{4}\s?[年.\-/]\s?\d{1,2}\s?[月.\-/].{0,4}|.{0,16}年.{1,3}月.{1,4}日)\Z")
_RULED = re.compile(r"[\-—=*_~·]{3,}.{0,8}?[\-—=*_~·]*")
_ATTACHED = re.compile(r"【附】|附件?\s?[：:]\s?")
_SEVERAL = re.compile(r"[篇则份例](?:[）)]|范文|\Z|\s)|合集|大全|集锦|汇编|精选|[两三四五]则")
_COMMON = re.compile(r"[\dXx×*年度月上下半学期第一二三四五六七八九十工作的与及和（）() \u3000]+")
# What any section may be called by: 下一步工作打算, 20xx年工作计划, 存在的问题和改进措施 name nobody and nothing.
_SILENT = re.compile(
    r"[\dXx×*〇○零一二三四五六七八九十百第年度月日周季上下半前后全本新明今去来这过些个人我我们自己的之与及和以并对在为是"
    r"（）()《》“”、\s—\-]|工作|主要|重点|具体|存在|问题|不足|措施|改进|努力|方向|发展|回顾|过去|未来|今后|将来|时期|阶段|步骤|学期|学年|期间|情况|完成|总体|目标|任务"
)


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"{opening_pattern().pattern}|{_GREETING.pattern}")


def find_named(text: str, lines: Sequence[Line], reasons: Sequence[str | None], first: Start) -> list[Start]:
    """Return further titles on lines of their own: each names somebody or something besides its kind, and enough signs
    say that a text has ended above and another begins below (`_points`)."""
    inside = [k for k, line in enumerate(lines) if line.start >= first.title_end and reasons[k] is None]
    after = next_roots(text, lines, inside)
    head = text[: min(first.title_end, 600)]
    own = text[first.title_start : first.title_end]
    names = _grams(own)
    several = _SEVERAL.search(head) is not None
    found: list[Start] = []
    last_root = 0
    for place, k in enumerate(inside):
        line = lines[k]
        marker = read_marker(text, line.start, line.end)
        if marker is not None:
            last_root = marker.number if marker.style in ("cn", "n、", "n.") else last_root
            continue
        attached = _ATTACHED.match(text, line.start, line.end)
        words = text[attached.end() if attached else line.start : line.end].lstrip("# ")
        if not place or not _SIZES[0] <= len(words) <= _SIZES[1] or _MARKS.search(words) or words[0] in "-—·•*>+":
            continue
        if not ends_with_genre(words) or not _names(words) or read_marker(words, 0, len(words)) is not None:
            continue  # behind # marks, too: ## 十二、项目总结
        if words == own and len(text) - line.end < _AGAIN:
            continue
        points = 4 * several + 2 * (attached is not None) + 2 * bool(names & _grams(words))
        points += 2 * (last_root > 1 and after[place] == 1) + _points(text, lines, inside, place)
        if points >= _LEAST:
            found.append(Start(line.start, line.end))
            last_root = 0
    return found


def _points(text: str, lines: Sequence[Line], inside: list[int], place: int) -> int:
    """How much the lines around one say that a text has ended above it, and that one begins below."""
    k = inside[place]
    above = lines[inside[place - 1]]
    before = text[max(above.start, above.end - 60) : above.end]
    skipped = range(inside[place - 1] + 1, k)
    points = 2 * (before[-1] in _STOPS or _SIGNED.match(text[above.start : above.end][:60]) is not None)
    points += 2 * any(word in before for word in table()["closing"]["words"])
    points += 2 * any(_RULED.fullmatch(text[lines[n].start : lines[n].end][:40]) for n in (inside[place - 1], *skipped))
    points += bool(skipped)
    if place + 1 == len(inside):
        return 0
    below = lines[inside[place + 1]]
    start = text[below.start : min(below.end, below.start + 60)]
    points += 2 * (_openings().match(start) is not None)
    points += below.end - below.start >= _LONG
    points += lines[k].indent < below.indent
    if below.end - below.start < _SHORT and _openings().match(start) is None:
        marker = read_marker(text, below.start, below.end)
        points -= 2 * (marker is None or marker.number != 1)
    return points


def _names(title: str) -> bool:
    """Does a title name somebody or something: 保安个人新年工作计划, not 下一步工作打算?"""
    return len(_SILENT.sub("", genre_pattern().sub("", title))) >= 2


def _grams(title: str) -> set[str]:
    """The runs of three characters of a title without dates, numbers and the word for its kind."""
    parts = _COMMON.split(genre_pattern().sub(" ", title))
    return {part[i : i + 3] for part in parts for i in range(len(part) - 2)}
