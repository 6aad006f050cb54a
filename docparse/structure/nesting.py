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


def nest(found: Sequence[Found], segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Return (level, parent) for each heading: 1 is the highest inside the article, parent -1 is none.

    A style already open is a sibling; a new one stands below the open ones, or above those that usage puts below it.
    """
    aliases: dict[str, str] = {}
    ones: dict[str, int] = {}
    for heading in found:
        marker = segments[heading.segment].marker
        if segments[heading.segment].level is not None and marker is not None:
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
