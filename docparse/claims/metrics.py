"""What a quantity measures: the shortest noun phrase before a rate or amount, after a count."""

from __future__ import annotations

import re

from docparse.claims.metric_lists import listed_name, shared_head
from docparse.claims.metric_phrases import (
    CLAUSE_END,
    SENTENCE_END,
    Before,
    clause_start,
    in_whole,
    names_follow,
    phrase_after,
    phrase_before,
    skip_trail,
)
from docparse.claims.metric_words import lexicon
from docparse.expr.quantity_words import PERSONS
from docparse.records import QuantityMention

BACK = 40
MEASURES = frozenset({"mass", "area", "volume", "length", "other", "power", "energy"})
SHARES = frozenset({"percent", "multiple", "percent_point"})
# What stands between these and the number is what is compared with; the subject stands before them.
COMPARES = ("低于", "高于", "高出", "不足", "少于", "多于", "大于", "小于", "相比", "比", "较", "距", "超", "超过")
COPULAS = ("占", "只有", "仅有", "仅为", "相当于", "是", "为", "达到", "控制在")
# Behind these stands a verb, not a noun: 已闭合31份.
ADVERBS = ("已", "已经", "才", "只", "都", "再", "又", "还")
# The parts of a sum carry the sum's name: 预算380万元，其中新媒体95万.
PARTS = ("其中", "当中", "分月", "分别是")
# How a value stands, not what it measures: 去年产值2亿元，今年目标2.5亿元; 合格率目标98%，实际95%.
STATES = frozenset(
    {"目标", "目标值", "实际", "实际值", "当前值", "现值", "原来", "剩余", "其余", "基期", "计划数", "完成值"}
)
WEIGHTS = frozenset({"权重", "分值"})
STATED = re.compile("(?<=[率额量值数费度])(?:目标|目标值|计划|计划数|实际)\\Z")
SUMS = ("外资", "内资", "税", "费", "贷款", "利息", "罚款", "资金", "存款", "债券")
# What is told apart into parts that carry its name: 预算380万元，其中新媒体95万.
WHOLES = (
    *("预算", "投资", "额", "收入", "支出", "费用", "成本", "经费", "产值", "利润", "任务", "目标", "指标"),
    *("资产", "营收"),
)
PENALTIES = ("罚款", "处罚", "赔偿金", "违约金", "滞纳金")
PAUSES = CLAUSE_END + "、 　—和与及或）)"
# A threshold picks out who is meant (客流量1万人以上的车站): the noun behind it is not what is measured.
BOUNDS = frozenset("上下内")
LIMITS = frozenset("超不低高满少")
AGES = frozenset({"岁", "周岁"})
HEADED = frozenset("率费额款、")
GRADE = "级"
LISTING = ("、", "和", "或", "及")
USED_FOR = ("用于", "作为", "解决", "保障", "支持", "发放", "购买", "落实", "补充", "的")
HEADS_OF_RATES = ("率", "占比", "比重", "比例")
# More amounts of a list, and the noun behind them.
AMOUNTS = re.compile(r"(?:[、和或及][\d.]{1,9}[万亿]?元){0,6}(?P<name>[一-鿿]{2,8})(?=[，。；、,;）)\s]|\Z)")
# A share is told of a place or a part as it was of the one before: 二期从60%提升到70%, 农村达到81%; not 村减少8%.
# What an amount is given as, behind it: 按每月500元给予生活费补贴, 按200元/人的标准发放补贴.
GIVEN = re.compile(
    r"(?:的?标准)?(?:给予|予以|发放|发给|支付|核拨|核发|拨付|计发|补发)(?:[^，。；的\d]{0,6}(?:单位|企业|个人|人员|机构|家庭|职工|学生))?(?:一次性|相应|适当)?(?P<name>[一-鿿]{2,10})(?=[，。；、,;）)\s]|\Z)"
)
BY = re.compile("按(?:照)?(?:每[一-鿿]{1,3}|人均|不(?:低于|高于|超过))?\\Z")
# So much of a plan is told of what was planned, not of the plan: 降低额只完成全年计划的11%.
OF_PLAN = re.compile("(?:全?年度?|年初)?(?:计划|任务|目标|预算|指标)")
DID = re.compile("(?:完成|达到?|超过?|占)了?(?:全年|年度?|[上下]半年|当年|同期)?\\Z")
# Behind 扣 stands how it is taken, and of when: 扣发当月奖金, 扣除工资.
TAKEN = re.compile("[除发减罚掉去]?(?:当[月日天年]|本[月年]|全[部年月])?")
LEVEL = re.compile("(?:[从由为]|(?:达|[升降增减]|提高|提升|上升|下降|降低)[到至]|达)\\Z")
ACTS = frozenset("次遍回趟轮场期")


def find_metric(
    text: str,
    mention: QuantityMention,
    floor: int,
    previous: QuantityMention | None = None,
    inherited: str | None = None,
) -> str | None:
    """The metric of a quantity, or None.

    A count names its thing after the measure word (13家专业客户) or, where nothing nominal follows, before the number
    (直营店3家); a rate or amount is named before (收费率达到90%). A clause without a name of its own takes the one of a
    clause before it in the sentence, or that of the quantity before it (收费率由55%提高到58%).

    Args:
        floor: where the statement or heading starts: no name is read from before it.
        previous: the quantity before this one, None for the first; `inherited` is its metric.
    """
    start = mention.span.start
    low = max(floor, start - 2 * BACK)
    if previous is not None:
        low = max(low, previous.span.end)
    named = _sanction(text, mention, low)
    if named is not None or _only_numbers(text, mention, low):
        return named
    named = (
        _award(text, mention, floor)
        or _given(text, mention, low)
        or listed_name(text, start, floor)
        or _act(text, mention, low)
    )
    if named is not None:
        return named
    after, sure = _behind(text, mention)
    if sure:
        return after
    before = phrase_before(text, start, low)
    if after is not None and _prefers_after(text, mention, before, after):
        return after
    if mention.unit in AGES and not (before.phrase or "").endswith(("龄", "寿命")):
        earlier = _from_before(text, before.start, low, previous, inherited)
        return earlier if earlier is not None and earlier.endswith(("龄", "寿命")) else None
    if before.phrase is None:
        if after is not None and mention.kind not in SHARES:
            return after
        if _is_another(text, mention, previous):
            return after
        if mention.kind == "count" and names_follow(text, mention.span.end):
            previous = None  # it has a noun of its own, though one that is hard to read
        return _from_before(text, before.start, low, previous, inherited) or after
    return _subject(text, mention, before, low, previous, inherited)


def _award(text: str, mention: QuantityMention, floor: int) -> str | None:
    """What amounts are given as, where a verb of giving stands before them and its name behind the last."""
    start, end = mention.span
    listed = text[start - 1 : start] in LISTING or text[end : end + 1] in LISTING
    behind = AMOUNTS.match(text, mention.span.end) if mention.kind == "money" and listed else None
    if behind is None or not behind["name"].endswith(lexicon().awards) or behind["name"].startswith(USED_FOR):
        return None
    begin = clause_start(text, mention.span.start, max(floor, mention.span.start - BACK), SENTENCE_END + "，；;")
    given = any(text.find(verb, begin, mention.span.start) >= 0 for verb in lexicon().awarding)
    return behind["name"] if given else None


def _given(text: str, mention: QuantityMention, low: int) -> str | None:
    """What an amount behind 按 is given as, where that stands behind it."""
    if (
        mention.kind not in ("money", "percent")
        or BY.search(text, max(low, mention.span.start - 8), mention.span.start) is None
    ):
        return None
    behind = GIVEN.match(text, mention.span.end, mention.span.end + BACK)
    return behind["name"] if behind is not None and behind["name"].endswith(lexicon().awards) else None


def _head_of(inherited: str, phrase: str) -> str:
    """What a part shares with the part before: 收费率 of 一期收费率 and 二期, 覆盖率 of 城镇覆盖率 and 农村."""
    if phrase.endswith(HEADS_OF_RATES):
        return ""
    own = len(phrase)
    alike = own > 1 and inherited[own - 1 : own] == phrase[-1] and len(inherited) > own + 1  # 东区到课率, 西区
    return inherited[own:] if alike else shared_head(inherited) or ""


def _act(text: str, mention: QuantityMention, low: int) -> str | None:
    """The deed that is done so many times: 每月检查一次车辆. None where the verb only says that it takes place."""
    if mention.unit not in ("次", "遍"):
        return None
    start, _ = skip_trail(text, mention.span.start, low, light=False)
    deed = text[max(low, start - 2) : start]
    return deed if deed in lexicon().acts and names_follow(text, mention.span.end) else None


def _is_head(phrase: str) -> bool:
    return phrase.endswith(lexicon().heads)


def _behind(text: str, mention: QuantityMention) -> tuple[str | None, bool]:
    """The noun behind the unit, and whether it is what is counted whatever stands before the number."""
    if mention.kind in ("percent_point", "score"):
        return None, False
    start, end = mention.span.start, mention.span.end
    counted = mention.kind == "count"
    if counted and mention.unit is None and text.startswith(PERSONS, end):
        return max((word for word in PERSONS if text.startswith(word, end)), key=len), True
    if mention.unit == GRADE:  # 6.2级地震抢险
        return (text[end : end + 2], True) if names_follow(text, end) else (None, False)
    after = phrase_after(text, end, counted) if text[end : end + 1] != "两" else None
    if after is None:
        return None, False
    of = text.startswith("的", end)
    if of and after.startswith(lexicon().hollow):
        return None, False  # 每人300元的标准
    bounded = text[end - 1 : end] in BOUNDS or text[start : start + 1] in LIMITS
    weak = of and (bounded or after.endswith(lexicon().hollow))
    return after, counted and not weak and mention.unit not in AGES


def _prefers_after(text: str, mention: QuantityMention, before: Before, after: str) -> bool:
    """Whether the noun behind a rate or amount names it: 修建3公里道路, 给予2万元奖励, 10%的增长率."""
    if after.startswith(PENALTIES):
        return True
    if before.phrase is not None and _is_head(before.phrase):
        return False
    if mention.kind in MEASURES:
        return True
    end = mention.span.end
    of = text.startswith("的", end)
    if mention.kind in SHARES:
        return of and text[end - 1 : end] not in BOUNDS and not after.endswith(lexicon().hollow)
    return mention.kind == "money" and before.verb is not None and not of


def _subject(
    text: str,
    mention: QuantityMention,
    before: Before,
    low: int,
    previous: QuantityMention | None,
    inherited: str | None,
) -> str | None:
    """The phrase that was read, or the one that stands before it where it is only compared with, a part or a verb."""
    phrase, at = before.phrase, before.start
    assert phrase is not None
    if phrase in STATES:
        named = _from_before(text, at, low, previous, inherited)
        return named if named not in WEIGHTS else None
    phrase = STATED.sub("", phrase)
    lead = text[max(low, at - 3) : at]
    if (
        mention.kind in SHARES
        and OF_PLAN.fullmatch(phrase)
        and DID.search(text, max(low, at - 8), at)
        and _of(text, mention)
    ):
        earlier = phrase_before(text, at, low)
        return earlier.phrase or _from_before(text, earlier.start, low, previous, inherited) or phrase
    compared = lead.endswith(COMPARES) or (before.verb is not None and lead.endswith("由"))
    shared = mention.kind in SHARES and lead.endswith(COPULAS)
    bare = len(phrase) == 2 and text.startswith(phrase, at) and mention.unit not in ACTS
    done = mention.kind == "count" and bare and lead.endswith(ADVERBS)
    if compared or shared or done:
        earlier = phrase_before(text, at, low)
        if earlier.phrase is not None:
            return earlier.phrase
        whole = shared and not lead.endswith(("达到", "控制在")) and not (lead.endswith("占") and _of(text, mention))
        if compared or done or whole:
            return _from_before(text, earlier.start, low, previous, inherited) or phrase
        return phrase
    if previous is None or inherited is None or previous.kind != mention.kind:
        return phrase
    gap = text[previous.span.end : mention.span.start] if at - previous.span.end < BACK else "\n"
    if any(mark in gap for mark in SENTENCE_END):
        return phrase
    if mention.kind in SHARES and phrase.endswith(lexicon().places):
        return phrase + (_head_of(inherited, phrase) if LEVEL.search(gap) else "")
    if mention.kind == "count":
        same = mention.unit == previous.unit and mention.unit in ACTS
        return inherited if same and phrase.endswith(lexicon().bodies) else phrase
    if mention.kind == "money" and not phrase.endswith((*lexicon().heads, *SUMS)):
        return (
            inherited if inherited.endswith(WHOLES) and _in_parts(text, mention.span.start - 3 * BACK, at) else phrase
        )
    return phrase


def _is_another(text: str, mention: QuantityMention, previous: QuantityMention | None) -> bool:
    """Whether a list goes on to count something else: 5个村民小组、326户、1280人."""
    if previous is None or (previous.kind, mention.kind) != ("count", "count") or previous.unit == mention.unit:
        return False
    gap = text[previous.span.end : mention.span.start]
    return len(gap) > 1 and gap.endswith("、")  # 培训12期、800人次 goes on about the same


def _of(text: str, mention: QuantityMention) -> bool:
    """Whether the number stands behind 的: 占市场份额的13%."""
    at = mention.span.start
    return text[at - 1 : at] == "的"


def _in_parts(text: str, low: int, at: int) -> bool:
    """Whether a sum is being told apart into its parts here."""
    low = clause_start(text, at, max(0, low), "。；\n")
    return any(text.find(word, low, at) >= 0 for word in PARTS)


def _only_numbers(text: str, mention: QuantityMention, low: int) -> bool:
    """Whether the number counts nothing of its own: texts of the page (工作总结【三篇】), portions (分两批)."""
    if mention.kind != "count":
        return False
    start, end = mention.span.start, mention.span.end
    if text[max(low, start - 2) : start].endswith(("分", "分成", "分为", "走")):
        return phrase_after(text, end) is None
    if mention.unit == "篇" and text[end : end + 1] in ("", ")", "）", "】", "]", "\n"):
        return any(
            w in text[max(0, start - 10) : start] for w in ("总结", "计划", "范文", "方案", "通用", "精选", "写")
        )
    return False


def _sanction(text: str, mention: QuantityMention, low: int) -> str | None:
    """The name of what is taken or given (扣5分, 罚200元), None where no such verb touches the number."""
    table = lexicon().sanction.get(mention.kind)
    if table is None:
        return None
    start, _ = skip_trail(text, mention.span.start, low, light=False)
    for size in (2, 1):
        begin = start - size
        if begin >= low and text[begin:start] in table and not in_whole(text, begin, start, low, lexicon().whole):
            return table[text[begin:start]]
    for mark in "扣罚":  # from whom or what it is taken stands between: 扣当班人员20元
        at = text.rfind(mark, max(low, start - 7), start)
        if at >= 0 and mark in table and not any(c in CLAUSE_END or c in HEADED for c in text[at:start]):
            taken = TAKEN.sub("", text[at + 1 : start].strip(), count=1)
            return table[mark] if taken.endswith(lexicon().bodies) or len(taken) < 2 else taken
    return None


def _from_before(text: str, at: int, low: int, previous: QuantityMention | None, inherited: str | None) -> str | None:
    """The name of an earlier clause of the sentence; where the previous quantity comes first, its metric."""
    for _ in range(3):
        while at > low and text[at - 1] in PAUSES:
            if text[at - 1] in SENTENCE_END:
                return inherited if previous is not None and at - previous.span.end <= 3 else None
            at -= 1
        if at <= low:
            break
        found = phrase_before(text, at, low)
        if found.phrase is not None:
            return found.phrase
        if found.start >= at:
            break
        at = found.start
    if previous is None or at - previous.span.end > 3 or "\n" in text[previous.span.end : at]:
        return None
    return inherited
