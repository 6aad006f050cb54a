"""Which segments are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docparse.structure.markers import rank_of
from docparse.structure.nesting import Family, Found
from docparse.structure.plain_headings import drop_labels, find_pairs, is_plain_heading
from docparse.structure.run_in import is_text, mark_fused, mark_lead_ins, mark_series, run_in_end
from docparse.structure.segments import Segment
from docparse.structure.topic_sentences import mark_topics
from docparse.structure.words import names_part

_INNER = re.compile(r"[。！？；;!?]")
_COMMA = re.compile(r"[，,]")
# A numbered paragraph that ends so leads to the list below it: 3.投诉主要涉及：
_LEAD_IN = re.compile(r"(?:涉及|[须应需]|[是有为]|包括|其中|以下|下列|分为)[：:]$")
# Lines that say who does an item and by when make no heading of it.
_LABEL_LINE = re.compile(
    r"[（(]?(?:(?:责任|牵头|配合|主办|承办|负责)(?:单位|部门|人|科室|领导)|(?:完成|办结|整改)(?:时限|时间|期限))[：:]"
)
# A phrase that counts something says something already: 新建学校2所。
_COUNTS = re.compile(r"\d(?:[%％万亿元个名家户人次项条件台套亩吨米辆场所处]|公里)")
_COLON = re.compile(r"[：:]")
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_CHAPTERS_AT_LEAST = 3
_MATTER = re.compile(r"(?:前言|引言|序言?|概述|摘要|结语|结束语|后记|附录|附件|名词解释|参考文献|致谢)$")
_CHAPTERS = frozenset({"编", "章", "节", "篇", "部分"})
_NEVER = frozenset({"bullet"})


def find_headings(text: str, segments: Sequence[Segment], family: Family) -> list[Found]:
    """Return the headings among an article's segments, in order."""
    ends: list[int] = [0] * len(segments)
    last_in_group: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    headed: dict[int, int] = {}  # how many members of a list are headings, less those that are none
    for i, g in enumerate(family.group):
        if g >= 0:
            members.setdefault(g, []).append(i)
    for i, segment in enumerate(segments):
        group = family.group[i]
        before = last_in_group.get(group) if group >= 0 else None
        older = (before is not None and ends[before] > 0) or headed.get(group, 0) > 0
        place = _Place(before, older, group < 0 or members[group][-1] == i)
        ends[i] = _heading_end(text, segments, family, i, place, ends)
        if segment.marker is not None:
            last_in_group[group] = i
            headed[group] = headed.get(group, 0) + (1 if ends[i] == segment.end else -1)
    mark_lead_ins(text, segments, members, ends)
    mark_series(text, segments, members, ends)
    mark_fused(text, segments, members, ends)
    _empty_sections(text, segments, members, ends)
    topics = mark_topics(text, segments, ends)
    drop_labels(text, segments, ends)
    pairs = find_pairs(segments, ends)
    found: list[Found] = []
    for i in range(len(segments)):
        if i in topics:
            found.append(Found(i, ends[i], "topic", 0))
        elif ends[i]:
            style, number = _style(text, segments[i], family.style[i])
            found.append(Found(i, ends[i], "pair" if style == "plain" and i in pairs else style, number))
    return _with_chapters(text, segments, found)


def _with_chapters(text: str, segments: Sequence[Segment], found: list[Found]) -> list[Found]:
    """The headings, where unnumbered ones are chapters: three and more, with the only series 一、二、 … below one."""
    numbered = [k for k, heading in enumerate(found) if heading.style == "cn"]
    plain = [k for k, heading in enumerate(found) if heading.style == "plain"]
    once = sum(1 for k in numbered if found[k].number == 1) == 1
    if not once or len(plain) < _CHAPTERS_AT_LEAST or not plain[0] < numbered[0] or plain[-1] < numbered[-1]:
        return found
    if any(numbered[0] < k < numbered[-1] for k in plain):
        return found
    if any(_MATTER.match(text, segments[found[k].segment].start, found[k].end) for k in plain):
        return found
    return [heading._replace(style="pair") if heading.style == "plain" else heading for heading in found]


def _style(text: str, segment: Segment, style: str) -> tuple[str, int]:
    if segment.level is not None:
        return f"h{segment.level}", segment.marker.number if segment.marker else 0
    if segment.marker:
        return style, segment.marker.number
    if text.startswith("**", segment.start):
        return "bold", 0
    if _MATTER.match(text, segment.start, segment.end):
        return "matter", 0
    return "part" if names_part(text[segment.start : min(segment.end, segment.start + 40)]) else "plain", 0


class _Place(NamedTuple):
    """Where a numbered segment stands: the member of its list before it (None: none), whether that one is a heading or
    most of those before are (`older`), whether it is the last."""

    before: int | None
    older: bool
    last: bool


def _heading_end(text: str, segments: Sequence[Segment], family: Family, i: int, place: _Place, ends: list[int]) -> int:
    """Where the heading that segment `i` is, or begins with, ends; 0 when it is none."""
    segment = segments[i]
    size = segment.end - segment.start
    if i and text.startswith("附件", segments[i - 1].start) and segments[i - 1].end - segments[i - 1].start <= 6:
        return 0  # the first of a list of attachments
    if segment.level is not None:
        return 0 if size > 80 or text[segment.end - 1] in "。；;" else segment.end
    marker = segment.marker
    if marker is None:
        return segment.end if is_plain_heading(text, segments, i, ends) else 0
    if marker.style in _NEVER or marker.end >= segment.end:
        return 0
    if run_in := run_in_end(text, segment):
        return run_in
    if marker.style in _CHAPTERS:
        return segment.end if size <= 50 and text[segment.end - 1] not in "。；;，," else 0
    if segment.end - marker.end > 56:
        return 0
    words = text[marker.end : segment.end]
    if words[-1] in "；;，,、？?" or not _LETTER.search(words):
        return 0
    if segment.font is not None and segment.first and segment.last and words[-1] not in "。：:":
        return segment.end
    return segment.end if _names_what_follows(text, segments, family, i, place, ends) else 0


def _names_what_follows(
    text: str, segments: Sequence[Segment], family: Family, i: int, place: _Place, ends: list[int]
) -> bool:
    """Is a numbered phrase the heading of what stands below it, not an item?"""
    marker = segments[i].marker
    below = _below(segments, family, i)
    if marker is None or not below or _LABEL_LINE.match(text, segments[i + 1].start, segments[i + 1].end):
        return False
    words = text[marker.end : segments[i].end]
    stopped = words[-1] in "。.！!"
    if _LEAD_IN.search(words) or _INNER.search(words[:-1]) or (stopped and _COLON.search(words[:-1])):
        return False
    if marker.style == "clause":
        return len(words) <= 20 and not stopped and words[-1] not in "：:"
    if stopped and (marker.style[:2] in ("or", "yi") or _COUNTS.search(words)):
        return False
    if below == "items":
        longest = 34 if stopped else 40
    else:
        if place.before is not None and not place.older and not _is_empty(text, segments, place.before, i, ends):
            return False
        if stopped and place.last and not (place.older and is_text(text, segments[i + 1])):
            return False
        longest = 30 if stopped and not place.older else 40
    return len(words) <= longest and len(_COMMA.findall(words)) <= 2


def _is_empty(text: str, segments: Sequence[Segment], before: int, i: int, ends: list[int]) -> bool:
    """Is the item before `i` a bare phrase without text of its own, while an unnumbered heading stands below `i`?"""
    item = segments[before]
    bare = before == i - 1 and item.end - item.start <= 24 and text[item.end - 1] not in "。；;，,！？"
    return bare and segments[i + 1].marker is None and is_plain_heading(text, segments, i + 1, ends)


def _below(segments: Sequence[Segment], family: Family, i: int) -> str:
    """What a numbered segment has below it: "items", "para" or ""."""
    if i + 1 >= len(segments):
        return ""
    following = segments[i + 1]
    if following.level is not None:
        return ""
    if following.marker is None:
        return "para"
    return "items" if family.parent[i + 1] == i else ""


def _empty_sections(text: str, segments: Sequence[Segment], members: dict[int, list[int]], ends: list[int]) -> None:
    """Mark short numbered lines without text of their own whose siblings are headings (五、其他)."""
    for group in members.values():
        marker = segments[group[0]].marker
        rank = rank_of(marker.style) if marker is not None else None
        heads = sum(1 for i in group if ends[i])
        if rank is None or rank >= 20.0 or 2 * heads < len(group) or (rank > 5.0 and heads < 2 and len(group) > 2):
            continue
        for i in group:
            segment = segments[i]
            if not ends[i] and segment.last and segment.end - segment.start <= 22 and segment.marker is not None:
                words = text[segment.marker.end : segment.end]
                if words and words[-1] not in "。；;，,！？" and not _COMMA.search(words):
                    ends[i] = segment.end


def heading_words(text: str, start: int, end: int, segment: Segment) -> tuple[str | None, str]:
    """Return the marker as written (None where there is none) and the title without it."""
    marker = segment.marker
    if marker is None:
        return None, text[start:end].lstrip("# ").strip("*# ").removesuffix("**：").strip("*：: ")
    written = "".join(text[marker.start : marker.end].split())
    title = text[marker.end : end].strip().strip("*").strip(" ：:。").strip("*") or text[marker.start : end]
    return written, title
