"""What only a mention's neighbours or the whole text tell: from-values, shared denominators, the currency of 元."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

import msgspec

from docparse.expr.quantity_words import BEFORE, BEFORE_LENGTHS, HOME, HOME_YEARS
from docparse.records import Comparator, QuantityMention

_VERB_TO: Final = (
    r"(?:提高|增加|增长|上升|下降|降低|减少|扩大|提升|上涨|压缩|压减|调整|缩减|发展|跃升|攀升|上调|下调|回升|回落|整合|升|降|增|减|扩|涨)"
    r"(?:了)?(?:到|至|为)(?:了)?(?:(?:现在|目前|如今|当前|今年|年末|年底)的?)?\Z"
)
_BASELINE: Final = re.compile(rf"[，,]?(?:[到至][0-9Xx×]{{0,4}}年?(?:底|末)?)?{_VERB_TO}")
_BASELINE_NAMED: Final = re.compile(
    rf"[^。；;\n]{{0,16}}(?:{_VERB_TO}|(?:合并|拆分|改|减|增|涨|降|升|扩大?)(?:成|为|到|至)[^，。；0-9]{{0,5}}\Z)"
)
_COMPARED: Final = re.compile(r"(?:比|较)[^，。；、,;\n]{1,12}的\Z")
_THEN_CHANGED: Final = re.compile(r"(?:提高|增加|增长|上升|下降|降低|减少|上涨|有所)")
_SIMPLE_TO: Final = re.compile(r"[^，。；;,\n]{0,8}(?:到|至)\Z")
# 将上升到36.5％，农业的比重将下降为48.2％: what is reached already is no from-value.
# 把流失率控制在5%以内 states an aim, and what follows is another.
_FROM: Final = re.compile(r"(?:由|从|自|将|把)[^，。；、,;\n]{0,12}(?<![升降加少高长达][到至为])(?<![持制定]在)\Z")
_OTHER_METRIC: Final = re.compile(r"[，,][^，。；]{1,8}[率量数额值度比](?:由|从)?[一-龥]{1,3}[到至为]")
_ARROWS: Final = re.compile(r" ?(?:→|->|=>|⇒|➔) ?")
_OPEN: Final = ("ge", "gt", "le", "lt")
_LINKS: Final = ("、", "和", "，", ",", "及", "以及", "与")
_NOT_FROM_TO: Final = 20  # characters between the two values of a from-to


def settle(text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
    """Return the mentions with what only their neighbours or the whole text tell."""
    mentions = _name_degrees(mentions)
    mentions = _share_bounds(text, _share_denominators(text, _mark_baselines(text, mentions)))
    return _name_currency(text, mentions)


def _name_degrees(mentions: list[QuantityMention]) -> list[QuantityMention]:
    """用电量由120万度降至98万度: the second are of the first's kind."""
    for index, (first, second) in enumerate(pairwise(mentions)):
        near = second.span.start - first.span.end <= _NOT_FROM_TO
        if near and first.kind == "energy" and second.kind == "temperature" and first.unit == second.unit == "度":
            mentions[index + 1] = msgspec.structs.replace(second, kind="energy", rule="quantity.measure")
    return mentions


def _mark_baselines(text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
    """Mark the first of 由55%提高到58%, of 约有400个，到XX年下降到140个, and 比上年的63%提高…."""
    for index, (first, second) in enumerate(pairwise(mentions)):
        gap = text[first.span.end : second.span.start] if second.span.start - first.span.end <= _NOT_FROM_TO else ""
        if not gap or first.baseline:
            continue
        if _THEN_CHANGED.match(gap) and _COMPARED.search(text, max(0, first.span.start - 15), first.span.start):
            mentions[index] = msgspec.structs.replace(first, baseline=True)
        if first.kind != second.kind or first.unit != second.unit or _OTHER_METRIC.match(gap):
            continue
        if _ARROWS.fullmatch(gap) and not _is_chain(text, first, second):
            mentions[index] = msgspec.structs.replace(first, baseline=True)
        named = _FROM.search(text, max(0, first.span.start - 13), first.span.start)
        if _BASELINE.match(gap) or (named and (_SIMPLE_TO.match(gap) or _BASELINE_NAMED.match(gap))):
            mentions[index] = msgspec.structs.replace(first, baseline=True)
    return mentions


def _is_chain(text: str, first: QuantityMention, second: QuantityMention) -> bool:
    """1%→10%→100%: steps, and none of them the value at the start."""
    before = _ARROWS.search(text, max(0, first.span.start - 4), first.span.start)
    return before is not None or _ARROWS.match(text, second.span.end) is not None


def _share_denominators(text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
    """年均分别增长10.3%、8.4%: what is said before the first holds for the second."""
    for index in range(1, len(mentions)):
        first, second = mentions[index - 1], mentions[index]  # read afresh: the one before may have just been given it
        if not first.per or second.per or (first.kind, first.unit) != (second.kind, second.unit):
            continue
        written = text[first.span.start : first.span.end]
        listed = text[first.span.end : second.span.start] in ("、", "和", "，", ",") and "/" not in written
        changed = first.baseline and second.span.start - first.span.end <= _NOT_FROM_TO  # 日处理由6吨增加到9吨
        if listed or changed:
            mentions[index] = msgspec.structs.replace(second, per=first.per)
    return mentions


def _share_bounds(text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
    """分别突破10亿元、5000万元: the bound before the first holds for those in its row."""
    sense: Comparator = "eq"
    for index, (first, second) in enumerate(pairwise(mentions)):
        if first.comparator in _OPEN and text.endswith("分别", 0, first.span.start) and _is_bounded_before(text, first):
            sense = first.comparator
        listed = text[first.span.end : second.span.start] in _LINKS
        if not listed or second.comparator != "eq" or second.approximate or second.masked or first.kind != second.kind:
            sense = "eq"
        elif sense != "eq":
            upper = sense in ("le", "lt")
            mentions[index + 1] = msgspec.structs.replace(
                second, comparator=sense, low=None if upper else second.low, high=second.high if upper else None
            )
    return mentions


def _is_bounded_before(text: str, mention: QuantityMention) -> bool:
    return any(text[mention.span.start : mention.span.start + length] in BEFORE for length in BEFORE_LENGTHS)


def _name_currency(text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
    """Return plain 元 as the document's own currency where it names a region's and never 人民币."""
    if HOME["not"] in text:
        return mentions
    for code in ("TWD", "HKD"):
        years = HOME_YEARS.get(code)
        if any(word in text for word in HOME[code]) or (years is not None and years.search(text)):
            return [
                msgspec.structs.replace(mention, unit=code) if mention.unit == "CNY" else mention
                for mention in mentions
            ]
    return mentions
