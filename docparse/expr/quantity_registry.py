"""The public ids that quantity mentions carry: what each reads, and where that is written down.

The rules that read stand in `quantity_rules.py`; one rule for a number with its unit gives the id of the unit's kind.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["MENTION_RULES", "MentionRule", "source_of"]


class MentionRule(NamedTuple):
    """An id, one line on what it reads, and a source: a standard, a law or a dictionary."""

    id: str
    reads: str
    source: str


MENTION_RULES: Final[tuple[MentionRule, ...]] = (
    MentionRule("quantity.money", "a number with a currency's name or sign", "ISO 4217; GB/T 12406-2022"),
    MentionRule(
        "quantity.money-bare",
        "…万 or …亿 without 元, where the clause names a sum of money",
        "支付结算办法 (中国人民银行, 1997), 附一: sums are in 元 of 人民币",
    ),
    MentionRule("quantity.percent", "%, ‰, 百分之, 成 and fractions of a whole", "GB/T 15835-2011, 4.1.1 and 5.1"),
    MentionRule(
        "quantity.percent-point",
        "百分点: the difference of two percentages",
        "GB 3101-1993, 2.3.3; 国家统计局 统计知识",
    ),
    MentionRule("quantity.multiple", "倍; after a verb of growth the base is added", "现代汉语八百词: 倍"),
    MentionRule("quantity.count", "a number with a measure word", "GB/T 15835-2011, 4.1.1"),
    MentionRule(
        "quantity.count-bare",
        "…万 or …亿 that a verb, a bound or a noun for people shows to be a count",
        "GB/T 15835-2011, 5.2.1: 万 and 亿 as units of a large number",
    ),
    MentionRule("quantity.measure", "a number with a unit of measurement", "GB 3100-1993; GB 3101-1993; GB 3102-1993"),
    MentionRule("quantity.temperature", "degrees, with 零下 or a scale's name", "GB 3102.4-1993"),
    MentionRule("quantity.score", "points of an assessment: 分", "现代汉语词典: 分, 评定成绩等"),
    MentionRule(
        "quantity.range",
        "two numbers with - — ~ 至 到 或 between them",
        "GB/T 15834-2011, 4.13; GB/T 15835-2011, 5.1.4",
    ),
    MentionRule(
        "quantity.floor-ceiling",
        "N以上M以下, both ends included",
        "民法典 第一千二百五十九条: 以上 and 以下 include the number",
    ),
    MentionRule("quantity.from-to", "由N提高到M, where N has no unit of its own", "现代汉语八百词: 由, 从, 到, 至"),
    MentionRule("quantity.list", "numbers in a row that share the last one's unit", "GB/T 15834-2011, 4.5: 顿号"),
    MentionRule(
        "quantity.tolerance",
        "20±2℃, ±5%: a value with what it may deviate by, or the deviation alone",
        "GB 3101-1993, 3.4: t = 28.4 ℃ ± 0.2 ℃",
    ),
    MentionRule("quantity.doubling", "翻番, 翻N番: each 番 doubles", "现代汉语词典: 番; 国家统计局 统计知识"),
    MentionRule("quantity.half-of", "一半 and 一大半 of a whole", "现代汉语词典: 一半, 一大半"),
    MentionRule("quantity.zero", "a bare 零 or 0 that closes its phrase", "GB/T 15835-2011: 零 and 0 as values"),
    MentionRule(
        "quantity.ratio",
        "a decimal without a unit after the name of a ratio or an index",
        "GB 3101-1993, 2.3.3: quantities of dimension one are given by numbers alone",
    ),
    MentionRule("quantity.masked", "a number hidden by xx, ××, ** or ○○", "GB/T 15834-2011, 附录: 隐讳号"),
    MentionRule(
        "quantity.digitless",
        "增加万亩: the digits are lost, the magnitude and the unit are left",
        "GB/T 15835-2011, 5.2.1: 万 and 亿 follow a number",
    ),
)
"""Every id that a mention can carry, once."""

_SOURCES: Final = {rule.id: rule.source for rule in MENTION_RULES}


def source_of(rule: str) -> str:
    """Return the source of the rule with this id.

    Raises:
        KeyError: no mention carries this id.
    """
    return _SOURCES[rule]
