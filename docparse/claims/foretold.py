"""What a report says will be is aimed at, though the chapter looks back: 货运量将比上年增长10%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.claims.classifier import Scored, sure_of
from docparse.records import Layout, Span

_NUMBER = "[约近超]?[\\d一二三四五六七八九十百千]"
# 将 before these verbs and a number is the time ahead; before others it may mean 把 (将库存降到60天), and so it may
# before a number that belongs to a noun (将超过90天的欠款清回).
FORETOLD = re.compile(
    "将(?:会)?比[^，。；的]{1,8}(?:增长|增加|提高|上升|下降|减少|降低)"
    "|将(?:会)?有(?:新|较|更|所|相应)的?[^，。；]{0,6}(?:发展|提高|改善|增长|增加|变化)"
    f"|将(?:会)?(?:达到?|突破|超过|占|实现|建成|新建|新增|(?:上升|下降|增长|增加|减少)[到至为]?){_NUMBER}[^，。；的]{{0,24}}(?:[，。；]|\\Z)"
    "|将由[^，。；]{0,12}\\d[^，。；]{0,8}(?:上升|增|提高|下降|减|降)[^，。；]{0,3}[到为至]"
    f"|(?:计划|规划|纲要|草案)(?:规定|安排|提出)(?![的得])[^。；]{{0,30}}?{_NUMBER}"
    "|预计[^，。；]{0,20}将(?:会)?(?:达|有|比|占|上升|下降|增|减|突破|超过)"
)
# What is told as done is not foretold.
_DONE = re.compile("了|已|全部|实际|超过计划|比计划")
# Of 23 results in 60 real pages, not kept here, that became goals so, all are; but 22 stand in one report of 1956, and
# hardly any in corpora/: a guess, kept below certainty.
FORETOLD_CONFIDENCE = 0.85


def label_foretold(text: str, layout: Layout, labels: Sequence[Scored]) -> list[Scored]:
    """The labels, a result that is still to come being a goal; what a market will do is no one's."""
    made: list[Scored] = []
    for unit, scored in zip(layout.units, labels, strict=True):
        of_market = unit.section is not None and layout.headings[unit.section].role == "analysis"
        if scored.label == "result" and not of_market and _is_foretold(text, unit.span):
            scored = sure_of("goal", FORETOLD_CONFIDENCE, scored.rows)
        made.append(scored)
    return made


def _is_foretold(text: str, span: Span) -> bool:
    return FORETOLD.search(text, *span) is not None and _DONE.search(text, *span) is None
