"""How numbered segments and headings stand above and below each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docparse.structure.markers import Marker, rank_of
from docparse.structure.segments import Segment


class Found(NamedTuple):
    """A heading: the segment's index, where its words end, its style key and number."""

    segment: int
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
                if rank is not None:
                    deeper = (n for n, one in enumerate(stack) if (rank_of(one[0]) or -99.0) > rank)
                    del stack[next(deeper, len(stack)) :]
            groups += 1
            mine = groups
        parent[i] = stack[-1][1] if stack else -1
        group[i] = mine
        left[style] = (marker.number, mine, parent[i])
        stack.append((style, i, marker.number, mine))
    return Family(parent, group, styles)


_REACH = 8  # open markers that are looked at


def _inner_style(marker: Marker, stack: list[tuple[str, int, int, int]]) -> str:
    """The style of a marker; "inner" for 1. 2. 3. below 1.1, where 1. is no chapter."""
    if marker.style not in ("n.", "n、") or not stack:
        return marker.style
    top, _, number, _ = stack[-1]
    if top == "inner" and marker.number == number + 1:
        return top
    other = "n、" if marker.style == "n." else "n."
    last = {style: number for style, _, number, _ in stack[-_REACH:]}
    if marker.number > 1 and last.get(other) == marker.number - 1 and last.get(marker.style) != marker.number - 1:
        return other  # 1、 2、 3. is one list
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


class Nested(NamedTuple):
    """How the headings stand: for each its `level` (1 is the highest inside the article), `parent` (-1 is none) and
    `end`; and for every segment the heading that it stands below (`section`, -1 is none)."""

    level: list[int]
    parent: list[int]
    end: list[int]
    section: list[int]


class _Open(NamedTuple):
    style: str
    heading: int
    group: int


def nest(found: Sequence[Found], segments: Sequence[Segment], family: Family, closing: int, end: int) -> Nested:
    """Return how the headings nest and what they govern.

    A style already open is a sibling; a new one stands below the open ones, or above those that usage puts below it;
    a series that goes on with its next number keeps its level. An item whose siblings are open headings closes them.

    Args:
        closing: the segment with which the article's own closing words begin.
        end: where the article ends.
    """
    aliases, use = _aliases(found, segments)
    heads = {heading.segment: k for k, heading in enumerate(found)}
    holders = {family.parent[heading.segment] for heading in found}
    nested = Nested([], [], [end] * len(found), [-1] * len(segments))
    stack: list[_Open] = []
    last: dict[str, tuple[int, int, str]] = {}

    def cut(at: int, place: int) -> None:
        for one in stack[at:]:
            nested.end[one.heading] = place
        del stack[at:]

    for i, segment in enumerate(segments):
        k = heads.get(i)
        if k is not None:
            style, number = aliases.get(found[k].style, found[k].style), found[k].number
            at = _among(stack, found, k, last) if style == "plain" else None
            cut(_place(stack, style, number, use, last) if at is None else at, segment.start)
            nested.level.append(len(stack) + 1)
            nested.parent.append(stack[-1].heading if stack else -1)
            if number:
                last[style] = (number, len(stack) + 1, stack[-1].style if stack else "")
            stack.append(_Open(style, k, family.group[i]))
        elif i == closing:
            cut(0, segment.start)
        elif segment.first and family.group[i] >= 0 and i not in holders:
            at = next((n for n, one in enumerate(stack) if one.group == family.group[i]), len(stack))
            cut(at, segment.start)
        nested.section[i] = stack[-1].heading if stack else -1
    return nested


class _Use(NamedTuple):
    """How an article uses its styles: how often each begins at 1, and which are chapters beside its decimal numbers."""

    ones: dict[str, int]
    chapters: frozenset[str]


_IN_PARAGRAPH = frozenset({"yi是", "yi要"})
_WHOLE_NUMBERS = frozenset({"n.", "n、", "ns"})  # 1 and 1.1: the whole numbers are chapters


def _aliases(found: Sequence[Found], segments: Sequence[Segment]) -> tuple[dict[str, str], _Use]:
    """Marker styles that the format gives a level, and how the article uses its styles."""
    aliases: dict[str, str] = {}
    ones: dict[str, int] = {}
    for heading in found:
        marker = segments[heading.segment].marker
        if segments[heading.segment].level is not None and marker is not None:
            aliases.setdefault(marker.style, heading.style)
        ones[heading.style] = ones.get(heading.style, 0) + (heading.number == 1)
    decimal = any(heading.style.startswith("dec") for heading in found)
    return aliases, _Use(ones, _WHOLE_NUMBERS if decimal else frozenset())


def _among(stack: list[_Open], found: Sequence[Found], k: int, last: dict[str, tuple[int, int, str]]) -> int | None:
    """How many headings stay open above an unnumbered one inside a series that goes on behind it; None outside one.

    Before the next number it stands below the last member; in the place of a number that is left out, beside it.
    """
    following = found[k + 1] if k + 1 < len(found) else None
    before = last.get(following.style) if following is not None else None
    if following is None or before is None or not 1 <= following.number - before[0] <= 2:
        return None
    at = next((n for n in range(len(stack) - 1, -1, -1) if stack[n].style == following.style), None)
    if at is None:
        return None
    return at if following.number - before[0] == 2 else at + 1


def _place(stack: list[_Open], style: str, number: int, use: _Use, last: dict[str, tuple[int, int, str]]) -> int:
    """How many of the open headings stay open above a new one."""
    if stack and stack[-1].style == "topic" and style not in ("topic", *_IN_PARAGRAPH):
        stack = stack[:-1]  # it names one paragraph
    at = next((n for n in range(len(stack) - 1, -1, -1) if stack[n].style == style), None)
    if at is not None:
        return at
    before = last.get(style)
    if before is not None and 1 <= number - before[0] <= 2:
        level = before[1] - 1
        if level <= len(stack) and (stack[level - 1].style if level else "") == before[2]:
            return level
    rank = rank_of(style)
    if style == "matter" or (stack and stack[0].style == "matter" and (rank is None or rank <= 4.0)):
        return 0  # 引言 and 名词解释 belong to no chapter, and no chapter belongs to them
    if style == "pair":  # above the unnumbered headings, wherever those stand
        return next((n for n, one in enumerate(stack) if one.style == "plain"), len(stack))
    return _room(stack, style, number, use)


def _room(stack: list[_Open], style: str, number: int, use: _Use) -> int:
    rank = rank_of(style)
    if rank is None:
        return len(stack)
    at = next((n for n, one in enumerate(stack) if (rank_of(one.style) or -99.0) > rank), len(stack))
    while at:
        top = stack[at - 1].style
        loose = top in ("plain", "bold")
        once = use.ones.get(style, 0) <= 1 and (rank <= 4.0 or style in use.chapters)
        if loose and (rank < 0 or number > 1 or once):
            at -= 1  # a series that began before an unnumbered line does not stand below it
        elif (top == "pair" and number > 1) or (top == "part" and number > 1 and rank == 4.0):
            at -= 1
        else:
            break
    return at
