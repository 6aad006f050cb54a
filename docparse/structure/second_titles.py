"""Where further articles begin that no number announces: a title on a line of its own among texts that are complete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from docparse.structure.articles import Start, next_roots, opening_pattern
from docparse.structure.lines import Line
from docparse.structure.markers import read_marker
from docparse.structure.promises import promises_several
from docparse.structure.titles import GREETING
from docparse.structure.words import ends_with_genre, genre_pattern, names_something, table

_LEAST, _ENDED = 6, 3  # points of a title, of what stands above it
_SIZES = (5, 40)
_LONG = 40  # characters of a line that is text
_SHORT = 22
_AGAIN = 600  # characters behind the page's own title where the text stands a second time; less is a preview
_MARKS = re.compile(r"[，,。；;：:！？!?|]")
_STOPS = "。！!；;”.…"
_SIGNED = re.compile(r"(?:.{0,30}\d{4}\s?[年.\-/]\s?\d{1,2}\s?[月.\-/].{0,4}|.{0,16}年.{1,3}月.{1,4}日)\Z")
_RULED = re.compile(r"[\-—=*_~·]{3,}.{0,8}?[\-—=*_~·]*")
_ATTACHED = re.compile(r"【附】|附件?\s?[：:]\s?")
_COMMON = re.compile(r"[\dXx×*年度月上下半学期第一二三四五六七八九十工作的与及和（）() \u3000]+")


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"{opening_pattern().pattern}|{GREETING.pattern}")


def find_named(text: str, lines: Sequence[Line], reasons: Sequence[str | None], first: Start) -> list[Start]:
    """Return further titles on lines of their own: each names somebody or something besides its kind, and enough signs
    say that a text has ended above and another begins below (`_signs`)."""
    inside = [k for k, line in enumerate(lines) if line.start >= first.title_end and reasons[k] is None]
    after = next_roots(text, lines, inside)
    own = text[first.title_start : first.title_end]
    names = _grams(own)
    level = next((line.level for line in lines if line.start <= first.title_start < line.end), None)
    several = promises_several(text, lines, first.title_end)
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
        if not ends_with_genre(words) or not names_something(words) or read_marker(words, 0, len(words)) is not None:
            continue  # behind # marks, too: ## 十二、项目总结
        if line.level is not None and line.level != level and not several:
            continue  # a section in Markdown
        if words == own and len(text) - line.end < _AGAIN:
            continue
        anew = last_root > 1 and after[place] == 1
        ended, begun = _signs(text, lines, inside, place)
        points = 4 * several + 2 * (attached is not None) + 2 * bool(names & _grams(words)) + 2 * anew + ended + begun
        if ended < _ENDED and not (several or attached or anew):
            continue  # a closed sentence and a paragraph stand around every section
        if points >= _LEAST:
            found.append(Start(line.start, line.end))
            last_root = 0
    return found


def _signs(text: str, lines: Sequence[Line], inside: list[int], place: int) -> tuple[int, int]:
    """How much the lines around one say that a text has ended above it, and that one begins below."""
    k = inside[place]
    above = lines[inside[place - 1]]
    before = text[max(above.start, above.end - 60) : above.end]
    skipped = range(inside[place - 1] + 1, k)
    signed = _SIGNED.match(text[above.start : above.end][:60]) is not None
    ended = 3 * signed + 2 * (before[-1] in _STOPS and not signed) + bool(skipped)
    ended += 2 * any(word in before for word in table()["closing"]["words"])
    ended += 2 * any(_RULED.fullmatch(text[lines[n].start : lines[n].end][:40]) for n in (inside[place - 1], *skipped))
    if place + 1 == len(inside):
        return ended, -_LEAST
    below = lines[inside[place + 1]]
    start = text[below.start : min(below.end, below.start + 60)]
    opens = _openings().match(start) is not None
    begun = 2 * opens + (below.end - below.start >= _LONG) + (lines[k].indent < below.indent)
    if below.end - below.start < _SHORT and not opens:
        marker = read_marker(text, below.start, below.end)
        begun -= 2 * (marker is None or marker.number != 1)
    return ended, begun


def _grams(title: str) -> set[str]:
    """The runs of three characters of a title without dates, numbers and the word for its kind."""
    parts = _COMMON.split(genre_pattern().sub(" ", title))
    return {part[i : i + 3] for part in parts for i in range(len(part) - 2)}
