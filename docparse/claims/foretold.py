"""What a report says will be is aimed at, though the chapter looks back: 货运量将比上年增长10%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.claims.classifier import Scored, sure_of
from docparse.records import Layout

# 将 before these verbs is the time ahead; before others it may mean 把 (将库存降到60天, 将有关材料报送).
FORETOLD = re.compile(
    "将(?:会)?(?:比|达|上升|下降|增长|增加|减少|突破|超过|实现|有(?:新|较|更|相应|所|一批|大|\\d|[一两二三四五六七八九十百数])|建成|新建|新增|占|继续)"
    "|将由[^，。；]{0,20}[到为至]|预计[^，。；]{0,20}将"
)
# Of 21 such sentences in pages by others 18 were goals and 3 tasks.
FORETOLD_CONFIDENCE = 0.85


def label_foretold(text: str, layout: Layout, labels: Sequence[Scored]) -> list[Scored]:
    """The labels, a result that is still to come being a goal; what a market will do is no one's."""
    made: list[Scored] = []
    for unit, scored in zip(layout.units, labels, strict=True):
        of_market = unit.section is not None and layout.headings[unit.section].role == "analysis"
        if scored.label == "result" and not of_market and FORETOLD.search(text, unit.span.start, unit.span.end):
            scored = sure_of("goal", FORETOLD_CONFIDENCE, scored.rows)
        made.append(scored)
    return made
