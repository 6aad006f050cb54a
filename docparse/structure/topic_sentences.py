"""Short sentences that open paragraph after paragraph and name what each is about: 稳住外贸。今年将….

Reports print them in bold; copied as text they have no number and no line of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docparse.structure.segments import Segment

# What opens a paragraph so: no comma, no number, no list of names in brackets.
_OPENS = re.compile(r"[^，,。；;：:！？!?\d（()）《》\n]{4,28}。")
# A speaker's own sentence names nothing: 先说招聘。要搞好“重点”工程。我们坚持绿色发展。
_NARRATES = re.compile(r"[要应先再后首其最另此同以](?!进|合|应|色|先)|.*(?:[我你她]|了(?!解)|(?<!其)他|如下|以下|下面)")
_AT_LEAST = 3  # paragraphs in a row
_PARAGRAPH = 60  # characters behind such a sentence


def mark_topics(text: str, segments: Sequence[Segment], ends: list[int]) -> set[int]:
    """Mark the opening sentences of three and more paragraphs in a row; return the segments that begin with one."""
    marked: set[int] = set()
    run: list[tuple[int, int]] = []
    openers = [i for i, segment in enumerate(segments) if segment.first]
    for i, following in pairwise([*openers, len(segments)]):
        stop = 0 if ends[i] else _topic_end(text, segments[i], segments[following - 1].end)
        if stop:
            run.append((i, stop))
            continue
        marked |= _kept(run, ends)
        run = []
    return marked | _kept(run, ends)


def _kept(run: Sequence[tuple[int, int]], ends: list[int]) -> set[int]:
    if len(run) < _AT_LEAST:
        return set()
    for i, stop in run:
        ends[i] = stop
    return {i for i, _ in run}


def _topic_end(text: str, segment: Segment, end: int) -> int:
    """Where the sentence ends that opens a paragraph [segment.start, end) and names its topic; 0 without one."""
    if segment.marker is not None or segment.level is not None:
        return 0
    opening = _OPENS.match(text, segment.start, segment.end)
    if opening is None or end - opening.end() < _PARAGRAPH or _NARRATES.match(opening[0]):
        return 0
    return opening.end()
