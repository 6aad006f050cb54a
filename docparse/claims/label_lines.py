"""Lines below an item that say who does it and by when: 责任单位：县住建局⏎完成时限：12月底前."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from docparse.claims.classifier import Scored, sure_of
from docparse.records import Layout

LABEL_LINE = re.compile(
    r"[ \u3000（(•●*-]{0,4}(?:(?:责任|牵头|配合|主办|承办|负责)(?:单位|部门|人|科室|领导)"
    r"|(?:完成|办结|整改|截止)(?:时限|时间|期限|日期))[：:]"
)
# So many such lines may stand below one item.
MOST_LINES = 4
# What has its own owner or day is to be done; a guess, since corpora/ holds few such lines.
TASK_CONFIDENCE = 0.85


def find_label_lines(text: str, layout: Layout) -> dict[int, int]:
    """Of each unit that is such a line, the unit that it speaks of: the nearest above it in its section that is not."""
    found: dict[int, int] = {}
    for i, unit in enumerate(layout.units):
        if unit.noise is not None or LABEL_LINE.match(text, *unit.span) is None or i == 0:
            continue
        of = found.get(i - 1, i - 1)
        above = layout.units[of]
        same = (above.article, above.section) == (unit.article, unit.section) and above.noise is None
        if same and i - of <= MOST_LINES and "\n" in text[layout.units[i - 1].span.end - 1 : unit.span.start]:
            found[i] = of
    return found


def label_items(labels: Sequence[Scored], lines: Mapping[int, int]) -> list[Scored]:
    """The labels, those of items that such lines stand below being tasks where they were background or noise."""
    spoken = set(lines.values())
    return [
        sure_of("task", TASK_CONFIDENCE, scored.rows, "described")
        if i in spoken and scored.label in ("background", "noise")
        else scored
        for i, scored in enumerate(labels)
    ]
