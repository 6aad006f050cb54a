"""Which segments are headings, where a run-in heading ends, and how headings nest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from docparse.structure.markers import Marker, rank_of
from docparse.structure.segments import Segment
from docparse.structure.words import role_of_heading, table

_INNER = re.compile(r"[。！？；;!?]")
_COMMA = re.compile(r"[，,]")
_COLON = re.compile(r"[：:]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9、（）()“”《》·/&\-— \u3000]{2,24}")
_NOT_PLAIN = re.compile(
    r"各位|同志们|女士|先生|尊敬|附件|附表|[\d〇○一二三四五六七八九十]{4}年.{1,6}月|.{0,30}(?:人民政府|办公厅|办公室|委员会|公司|学校)$"
    r"|.{0,8}(?:总理|省长|市长|主席|代表|记者|编辑|作者|签名|签字|盖章|落款|单位|姓名|日期|时间)(?:[ \u3000].{0,12})?$|[-—（(]|\d"
    r"|.{0,20}\d[ ]?(?:分|元|次|天|人|个|％)"
)
_DATED = re.compile(
    r"[\s：:，,（(]{0,3}(?:[XxＸ×\d]{2,4}年)?\d{1,2}月(?:\d{1,2}[日号]?|份|底|初|中旬)?"
    r"(?:\s?[-—–~至到]{1,2}\s?(?:[XxＸ×\d]{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号]?|份|底|初)?)?[）)]?"
)
_CHAPTERS = frozenset({"编", "章", "节", "篇", "部分"})
_LEAD_STYLES = frozenset({"cn", "cnp", "n.", "big"})
_NEVER = frozenset({"bullet"})
_CLAUSE_NAME = re.compile(r"\s{0,4}[【（(\[][^【】（）()\[\]\n]{1,24}[】）)\]]")


class Found(NamedTuple):
    """A heading: the segment's index, where its words end, its style key and number."""

    index: int
    end: int
    style: str
    number: int


class Family(NamedTuple):
    """How the numbered segments stand to each other: for each its `parent` (-1 none), `group` of siblings, `style`.

    The style is the marker's, but a list 1. 2. below 1.1 has one of its own, apart from the chapters 1. 2. above it.
    """

    parent: list[int]
    group: list[int]
    style: list[str]


def find_family_tree(text: str, segments: Sequence[Segment]) -> Family:
    """Return parents and sibling groups by the document's own use of markers. One pass, a stack of styles."""
    parent = [-1] * len(segments)
    group = [-1] * len(segments)
    styles = [""] * len(segments)
    stack: list[tuple[str, int, int, int]] = []  # style, segment, number, group
    left: dict[str, tuple[int, int, int]] = {}  # style: number, group and parent of its last member
    groups = 0
    for i, segment in enumerate(segments):
        marker = segment.marker
        if marker is None:
            continue
        style = styles[i] = _inner_style(marker, stack)
        at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == style), None)
        before = left.get(style)
        if at is not None:
            del stack[at + 1 :]
            _, _, number, mine = stack.pop()
            if marker.number <= number and marker.number:
                groups += 1
                mine = groups
        elif before is not None and marker.number == before[0] + 1 > 1 and _reopens(stack, before[2]):
            mine = before[1]
        else:
            if not _opens_list(text, segments, i, stack):
                rank = rank_of(style)
                while stack and rank is not None and (rank_of(stack[-1][0]) or -99.0) > rank:
                    stack.pop()
            groups += 1
            mine = groups
        parent[i] = stack[-1][1] if stack else -1
        group[i] = mine
        left[style] = (marker.number, mine, parent[i])
        stack.append((style, i, marker.number, mine))
    return Family(parent, group, styles)


def _inner_style(marker: Marker, stack: list[tuple[str, int, int, int]]) -> str:
    """The style of a marker; "inner" for 1. 2. 3. below 1.1, where 1. is no chapter."""
    if marker.style not in ("n.", "n、") or not stack:
        return marker.style
    top, _, number, _ = stack[-1]
    if top == "inner" and marker.number == number + 1:
        return top
    return "inner" if top.startswith("dec") and marker.number == 1 else marker.style


def _reopens(stack: list[tuple[str, int, int, int]], parent: int) -> bool:
    """Cut `stack` back to the member `parent` when it is still open there: 1)…1.…2.… and then 2) goes on with 1)."""
    at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][1] == parent), -1)
    if at < 0 and parent >= 0:
        return False
    del stack[at + 1 :]
    return True


def _opens_list(text: str, segments: Sequence[Segment], i: int, stack: list[tuple[str, int, int, int]]) -> bool:
    """Does segment `i` start a list right below the short item before it, whatever the usual order of markers?"""
    marker = segments[i].marker
    if not stack or marker is None or marker.number != 1 or stack[-1][1] != i - 1:
        return False
    before = segments[i - 1]
    short = before.end - before.start <= 40 and text[before.end - 1] not in "。；;！？"
    return short and (rank_of(marker.style) or 9.0) >= 5.0


def find_headings(text: str, segments: Sequence[Segment]) -> list[Found]:
    """Return the headings among an article's segments, in order."""
    family = find_family_tree(text, segments)
    ends: list[int] = [0] * len(segments)
    last_in_group: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for i, g in enumerate(family.group):
        if g >= 0:
            members.setdefault(g, []).append(i)
    for i, segment in enumerate(segments):
        before = last_in_group.get(family.group[i]) if family.group[i] >= 0 else None
        ends[i] = _heading_end(text, segments, family, i, before, ends, members)
        if segment.marker is not None:
            last_in_group[family.group[i]] = i
    _lead_ins(text, segments, members, ends)
    _empty_sections(text, segments, members, ends)
    return [Found(i, ends[i], *_style(segments[i], family.style[i])) for i in range(len(segments)) if ends[i]]


def _style(segment: Segment, style: str) -> tuple[str, int]:
    if segment.level is not None:
        return f"h{segment.level}", segment.marker.number if segment.marker else 0
    return (style, segment.marker.number) if segment.marker else ("plain", 0)


def _heading_end(
    text: str,
    segments: Sequence[Segment],
    family: Family,
    i: int,
    before: int | None,
    ends: list[int],
    members: dict[int, list[int]],
) -> int:
    """Where the heading that segment `i` is, or begins with, ends; 0 when it is none."""
    segment = segments[i]
    size = segment.end - segment.start
    if segment.level is not None:
        return segment.end if size <= 80 and text[segment.end - 1] not in "。；;" else 0
    marker = segment.marker
    if marker is None:
        return segment.end if _is_plain_heading(text, segments, i, ends) else 0
    if marker.style in _NEVER or marker.end >= segment.end:
        return 0
    run_in = _run_in_end(text, segment)
    if run_in:
        return run_in
    if marker.style in _CHAPTERS:
        return segment.end if size <= 50 and text[segment.end - 1] not in "。；;，," else 0
    if segment.end - marker.end > 56:
        return 0
    words = text[marker.end : segment.end]
    if words[-1] in "；;，,、":
        return 0
    below = _below(segments, family, i)
    stopped = words[-1] in "。.！!"
    inner = words[:-1]
    if not below or _INNER.search(inner) or (stopped and _COLON.search(inner)):
        return 0
    older = before is not None and ends[before] > 0
    if marker.style == "clause":
        return segment.end if len(words) <= 20 and not stopped and words[-1] not in "：:" else 0
    if stopped and marker.style[:2] in ("or", "yi"):
        return 0
    if below == "items":
        longest = 34 if stopped else 40
    else:
        siblings = members[family.group[i]]
        if before is not None and not older:
            return 0
        if stopped and siblings[-1] == i and not (older and _is_text(text, segments[i + 1])):
            return 0
        longest = 30 if stopped else 40
    return segment.end if len(words) <= longest and len(_COMMA.findall(words)) <= 2 else 0


def _is_text(text: str, segment: Segment) -> bool:
    """A paragraph, not a signature or a date."""
    return segment.end - segment.start >= 15 and text[segment.end - 1] in "。！？；：:.!?;”"


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


def _is_plain_heading(text: str, segments: Sequence[Segment], i: int, ends: list[int]) -> bool:
    """Is an unnumbered line a heading by its form: short, without a stop, above its own text, not one of a list?"""
    segment = segments[i]
    size = segment.end - segment.start
    if size < 2 or size > 24 or not (segment.first and segment.last) or i + 1 >= len(segments):
        return False
    words = text[segment.start : segment.end]
    if not _PLAIN.fullmatch(words) or _NOT_PLAIN.match(words) or len(_HAN.findall(words)) < 2:
        return False
    following = segments[i + 1]
    if following.level is not None:
        return False
    if i and _is_bare(text, segments[i - 1]) and not ends[i - 1]:
        return False
    if following.marker is not None:
        return following.marker.number == 1 and (rank_of(following.marker.style) or 9.0) > 4.0
    return following.end - following.start >= 24 and _INNER.search(text, following.start, following.end) is not None


def _is_bare(text: str, segment: Segment) -> bool:
    """A short unnumbered line without a stop: one line of a list, not text."""
    return (
        segment.marker is None and segment.end - segment.start <= 24 and text[segment.end - 1] not in "。！？；：:;”）)"
    )


# ---- run-in headings ---------------------------------------------------------------------------------------------


@cache
def _words() -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    run_in = table()["run_in"]
    tails = "|".join(re.escape(word) for word in sorted(run_in["tails"], key=len, reverse=True))
    return re.compile(tails), tuple(run_in["openers"]), tuple(run_in["weak_openers"])


def _run_in_end(text: str, segment: Segment) -> int:
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
    if segment.end - marker.end < 24 or not (marker.style in ("cn", "cnp", "n、", "n.", "al", "np", "nb")):
        return 0
    return _phrase_end(text, marker.end, segment.end)


def _phrase_end(text: str, start: int, end: int) -> int:
    """The end of 做好服务工作 in 做好服务工作在我的工作当中,…: a heading's last word, then one that opens a sentence."""
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
        if ahead.startswith(openers):
            return stop
        if ahead.startswith(weak) and "的" in text[start:stop] and not text[start:stop].startswith(("是", "对", "要")):
            return stop
        if hit[0] == "开展" and _DEPARTMENT.match(ahead):
            return stop
    return 0


_CLAUSE = re.compile(r"[，,。；;：:！？]")
_YEAR = re.compile(r"20[\dXx]{1,2}年")
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{2,4}(?:部|处|科|组)")


def _lead_ins(text: str, segments: Sequence[Segment], members: dict[int, list[int]], ends: list[int]) -> None:
    """Mark the phrases before the first 。 where the article has them everywhere: （一）加强组织领导。各地要….

    Three quarters of all items of the style must have one, and half of those in the list itself.
    """
    stops: dict[int, int] = {}
    have: dict[str, int] = {}
    total: dict[str, int] = {}
    for group in members.values():
        marker = segments[group[0]].marker
        if marker is None or marker.style not in _LEAD_STYLES:
            continue
        for i in group:
            stops[i] = _lead_end(text, segments[i])
            have[marker.style] = have.get(marker.style, 0) + (stops[i] > 0 or ends[i] > 0)
            total[marker.style] = total.get(marker.style, 0) + 1
    for group in members.values():
        marker = segments[group[0]].marker
        if marker is None or total.get(marker.style, 0) < 3 or have[marker.style] < 0.75 * total[marker.style]:
            continue
        if 2 * sum(1 for i in group if stops[i] or ends[i]) < len(group):
            continue
        for i in group:
            ends[i] = ends[i] or stops[i]


def _lead_end(text: str, segment: Segment) -> int:
    marker = segment.marker
    if marker is None:
        return 0
    stop = text.find("。", marker.end, min(segment.end, marker.end + 26))
    if stop < 0 or segment.end - stop < 16:
        return 0
    if _COMMA.search(text, marker.end, stop) or _COLON.search(text, marker.end, stop):
        return 0
    return stop + 1


def _empty_sections(text: str, segments: Sequence[Segment], members: dict[int, list[int]], ends: list[int]) -> None:
    """Mark short numbered lines without text of their own whose siblings are headings (五、其他)."""
    for group in members.values():
        marker = segments[group[0]].marker
        rank = rank_of(marker.style) if marker is not None else None
        if rank is None or rank > 5.0 or 2 * sum(1 for i in group if ends[i]) < len(group):
            continue
        for i in group:
            segment = segments[i]
            if not ends[i] and segment.last and segment.end - segment.start <= 22 and segment.marker is not None:
                words = text[segment.marker.end : segment.end]
                if words and words[-1] not in "。；;，,！？" and not _COMMA.search(words):
                    ends[i] = segment.end


# ---- nesting -----------------------------------------------------------------------------------------------------


def nest(found: Sequence[Found], segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Return (level, parent) for each heading: 1 is the highest inside the article, parent -1 is none.

    A style already open is a sibling; a new one stands below the open ones, or above those that usage puts below it.
    """
    aliases: dict[str, str] = {}
    ones: dict[str, int] = {}
    for heading in found:
        marker = segments[heading.index].marker
        if segments[heading.index].level is not None and marker is not None:
            aliases.setdefault(marker.style, heading.style)
        ones[heading.style] = ones.get(heading.style, 0) + (heading.number == 1)
    placed: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for i, heading in enumerate(found):
        style = aliases.get(heading.style, heading.style)
        at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == style), None)
        if at is not None:
            del stack[at:]
        else:
            _make_room(stack, style, heading.number, ones)
        placed.append((len(stack) + 1, stack[-1][1] if stack else -1))
        stack.append((style, i))
    return placed


def _make_room(stack: list[tuple[str, int]], style: str, number: int, ones: dict[str, int]) -> None:
    rank = rank_of(style)
    if rank is None:
        return
    while stack:
        top = rank_of(stack[-1][0])
        if top is not None and top > rank:
            stack.pop()
        elif stack[-1][0] == "plain" and (rank < 0 or number > 1 or (rank <= 4.0 and ones.get(style, 0) <= 1)):
            stack.pop()  # a series that began before an unnumbered line does not stand below it
        else:
            return


def heading_words(text: str, start: int, end: int, segment: Segment) -> tuple[str | None, str]:
    """Return the marker as written (None where there is none) and the title without it."""
    marker = segment.marker
    if marker is None:
        return None, text[start:end].lstrip("# ").strip("* ")
    written = text[marker.start : marker.end].strip()
    title = text[marker.end : end].strip().strip("*").strip(" ：:。") or text[marker.start : end]
    return written, title


__all__ = ["Family", "Found", "find_family_tree", "find_headings", "heading_words", "nest", "role_of_heading"]
