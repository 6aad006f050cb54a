"""What a report says will be is aimed at, though the chapter looks back: 货运量将比上年增长10%.

And the other way round: what it says has changed is reached, where nothing says that it is to come. What is called an
aim (目标：…) is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.claims.classifier import Scored, sure_of
from docparse.claims.outlook import Outlook, find_outlooks, outlook_at
from docparse.records import Label, Layout, Span, Unit

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
# What has changed, from where to where, and no word of will or duty with it.
CHANGED = re.compile(
    "[从由][^，。；]{0,4}?[\\d一二三四五六七八九十百千万亿零两几半.]{1,16}[^，。；]{0,6}?(?:提高|提升|上升|下降|降低|增加|增长|减少|缩短|[增降升涨减])"
    "[^，。；]{0,3}?[到至为][^，。；]{0,3}?[\\d一二三四五六七八九十百千万亿零两几半.]"
)
_TO_COME = re.compile(
    "(?<![主需重首])要(?![求素点件])|(?<![即])将(?![近军])|争|确保|计划|预计|目标|拟|下一步|[明来]年|年底前|使|让|把|努力|(?<![响反供适对])应(?![用急收付])"
    "|须|打算|建议|希望|力求|力保|实现|(?<!年)会(?![议员计])|方向|设想|[到至](?:20)?\\d\\d年|以[上下内]"
)
# What stands in front of a change and says that it is aimed at.
_LEADS = re.compile("目标|计划|打算|方向|设想|建议|希望")
_AHEAD_TITLE = re.compile("措施|对策|建议|设想|规划|打算|方案|思路|计划|目标|展望")
# What has been done by now, said at a sentence's start: 已于3月15日完成验收. Not what is done so (已完成的项目).
_DONE_NOW = re.compile(
    r"[\s\d、.．（）()一二三四五六七八九十•●*-]{0,8}[^，。；的]{0,6}(?<!业)已(?:经)?[^，。；的]{0,16}?"
    r"(?:完成|建成|通过|开工|竣工|投产|上线|提交|召开|办结|落实|到位|启动|签约|交付)(?![的后前])"
)
# In train/ 57 sentences that tell changes in reports are results; of the three that are goals, two say so.
CHANGED_CONFIDENCE = 0.9
# What is called an aim is one: 年度目标：营收3亿元. All 33 in train/ and dev/ are goals.
_CALLED = re.compile(r"[\s\d、.．（）()一二三四五六七八九十•●*-]{0,8}[一-鿿]{0,4}目标[：:][^。；]{3}")
CALLED_CONFIDENCE = 0.95
# Whoever plans to do something will do it: 我们计划在年内开店10家. Of 27 such sentences in train/ and dev/ 23 are tasks
# or goals, the others background.
_WILL = re.compile(
    r"(?:\A|[，；,;\n]|我们?|公司|[我本][部院校局司]|[今明本]年|年内|全年|下半年|季度|[一二三四五六七八九十]是|[、.．）)]\s?)"
    "(?:计划|拟|打算)(?:在(?!前)|按|于|对|新(?!增的)|招|投|建|开|引|完成(?!率)|实现|收入|支出|举|组|用|将|安排|培|把)"
    "|(?<![草模虚比])拟(?:按|安排|发行|新[增建]|投资)(?!的)"
)
WILL_CONFIDENCE = 0.8
# 三年来累计培养56人 looks back, whatever level it names.
_SO_FAR = re.compile(
    r"[\s\d、.．（）()一二三四五六七八九十•●*-]{0,8}[^，。；的]{0,6}(?:年多?|月|以)来[，,]?"
    r"(?:我们?|全[市县镇村院校]|公司)?(?:累计|共|已|先后)"
)
_AIMED = re.compile("力争|确保|争取|计划|将(?![军近])|(?<![主需重])要(?![求素点])")
_WILL_REACH = 120  # characters of a sentence
# A plan's line that begins so, with a number and no word of the past, is to be done: 2、完成新客户开发20家. Of 110 such
# sentences of plans in train/ and dev/ 107 are goals or tasks.
_BARE = re.compile(
    r"[\s\d、.．（）()一二三四五六七八九十①-⑳•●*-]{0,8}(?:全年|年内|今年|本年度?)?(?:计划)?"
    r"(?P<verb>完成|实现|新增|新建|建成|签订|开发|培训|举办|组织|开展|引进|招聘)"
)
_PAST = re.compile(
    "了(?!解)|已|共(?![同建享青管])|累计|去年|上年|上半年|同比|增长|以来|曾|顺利|圆满|全部|均|分别|获|先后|比"
)
_COUNTED = re.compile("[\\d一二三四五六七八九十百]")
_AMOUNT = re.compile("[^，。；]{0,10}(?:额|率|值|收入|利润|营收|销售|指标|任务|目标|产量|税收|投资)")
PLANNED_CONFIDENCE = 0.85
_NEAR = 40  # characters at the end of the sentence before


def label_foretold(text: str, layout: Layout, labels: Sequence[Scored]) -> list[Scored]:
    """The labels, a result that is still to come being a goal, and a goal of a report that is told as changed a result.

    What a market will do is no one's goal; in a section that looks ahead every change is one.
    """
    made: list[Scored] = []
    outlooks = find_outlooks(layout)
    lead = ""
    for unit, scored in zip(layout.units, labels, strict=True):
        if unit.noise is None:
            scored = _told(text, layout, unit, scored, outlook_at(outlooks, unit.section), lead)
        made.append(scored)
        lead = text[max(unit.span.start, unit.span.end - _NEAR) : unit.span.end]
    return made


def _told(text: str, layout: Layout, unit: Unit, scored: Scored, outlook: Outlook | None, lead: str) -> Scored:
    """The label of a unit, or what its own words say instead. `lead`: the end of the unit before."""
    label, span, rows = scored.label, unit.span, scored.rows
    if label == "result":
        market = unit.section is not None and layout.headings[unit.section].role == "analysis"
        if not market and _is_foretold(text, span):
            return sure_of("goal", FORETOLD_CONFIDENCE, rows, "foretold")
        planned = _planned(text, layout, unit, outlook)
        if planned is not None:
            return sure_of(planned, PLANNED_CONFIDENCE, rows, "planned")
    if label in ("background", "result", "noise") and _will(text, span):
        return sure_of("task", WILL_CONFIDENCE, rows, "foretold")
    if label in ("goal", "task") and _is_done(text, span):
        return sure_of("result", CHANGED_CONFIDENCE, rows, "done")
    if label == "goal" and _looks_back(layout, unit) and outlook != "ahead":
        if _LEADS.search(lead) is None and _has_changed(text, span):
            return sure_of("result", CHANGED_CONFIDENCE, rows, "changed")
    elif label not in ("goal", "noise") and _CALLED.match(text, *span) is not None:
        return sure_of("goal", CALLED_CONFIDENCE, rows, "called")
    return scored


def _looks_back(layout: Layout, unit: Unit) -> bool:
    """Does the unit stand in a report, and in no section of it that proposes or plans?"""
    if unit.article is None or layout.articles[unit.article].kind != "summary":
        return False
    if unit.section is None:
        return True
    heading = layout.headings[unit.section]
    return heading.role in ("review", "other") and _AHEAD_TITLE.search(heading.title) is None


def _has_changed(text: str, span: Span) -> bool:
    return CHANGED.search(text, *span) is not None and _TO_COME.search(text, *span) is None


def _will(text: str, span: Span) -> bool:
    """Does someone say of himself, in so many words, that he plans to do something?"""
    sentence = text[span.start : min(span.end, span.start + _WILL_REACH)]
    return _WILL.search(sentence) is not None and _DONE.search(sentence) is None


def _planned(text: str, layout: Layout, unit: Unit, outlook: Outlook | None) -> Label | None:
    """goal or task where a line of a plan says with a bare verb and a number what is to be done; else None."""
    if unit.article is None or outlook == "behind":
        return None
    if outlook is None and layout.articles[unit.article].kind != "plan":
        return None
    start, end = unit.span
    bare = _BARE.match(text, start, end)
    own_line = start == 0 or text[start - 1] == "\n"
    if bare is None or not own_line or _PAST.search(text, start, end) or _COUNTED.search(text, start, end) is None:
        return None
    return "goal" if bare["verb"] in ("完成", "实现") and _AMOUNT.match(text, bare.end(), end) else "task"


def _is_done(text: str, span: Span) -> bool:
    if _SO_FAR.match(text, *span) is not None:
        return _AIMED.search(text, *span) is None
    return _DONE_NOW.match(text, *span) is not None and _TO_COME.search(text, *span) is None


def _is_foretold(text: str, span: Span) -> bool:
    return FORETOLD.search(text, *span) is not None and _DONE.search(text, *span) is None
