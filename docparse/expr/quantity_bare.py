"""A bare …万 or …亿, without a unit: people who are counted, a count, or money."""

from __future__ import annotations

import re
from typing import Final

from docparse.expr import quantity_words as words
from docparse.expr.quantity_parts import Part, find_bounds

# Whoever is counted, and a word that tells which of them: 1000多万高中毕业生.
_PERSONS: Final = re.compile(
    f"(?:{'|'.join(words.PERSONS_TOLD)}){{0,2}}(?:{'|'.join(words.PERSONS)}|人民(?![币医政广银法公检路大调警武团日代]))"
)
_SAID: Final = re.compile("[0-9一二两三四五六七八九几数]")  # 亿万人民, 百万职工: no number is said
_PAID: Final = re.compile(f"的[一-龥]{{0,2}}?(?:{'|'.join(words.PAID)})(?=[^一-龥]|[已均全到后时和及]|\\Z)")
# Before 上亿 stands a verb or a mark; 大地上亿万农民 are on the land.
_UP_TO: Final = re.compile("(?:[了有达过着共计近至]|\\A|[^一-龥])上\\Z")
_SIZED: Final = re.compile("人口(?:的?[县区镇市大城]|以上|以下|规模)")  # 20万人口县: a size, not a count
_CHANGED_FROM: Final = re.compile("[从由][^，。；0-9]{0,6}\\Z")
_COMPARED: Final = re.compile("[比较][^，。；、0-9]{1,8}的\\Z")
_CHANGES: Final = re.compile(
    "[，,]?(?:[到至](?:现在|目前|今年|年底)的?)?"
    "(?:提高|提升|增加|增长|上升|下降|降低|减少|扩大|上涨|压缩|压减|下调|上调|调整|缩减|回升|回落|突破|有所|多|少"
    "|[涨升降增减]|[扩调跌冲跃爬滑飙长压砍缩][到至])"
)
_NOW: Final = re.compile("(?:今年|现在|目前|如今|当前|年底|年末)的\\Z")
_BETWEEN: Final = re.compile("[-—–~至到]")
_PERCENT: Final = re.compile("[0-9.]{1,6}[%‰]")
_CLAUSE_END: Final = re.compile(r"[。；;！!？?\n]")
_SEGMENT_END: Final = re.compile(r"[，,、（()：:）]")
_ONLY_DENOMINATORS: Final = re.compile(r"(?:每.{1,3}|人均|月均|其中|合计|共计|约|共|达到?|为){1,4}\Z")
# A sum without 元: 每月租金9000, 扣1000. Years are none, and small numbers may count anything.
_SUM: Final = re.compile(
    "(?:(?:利润|租金|收入|工资|薪资|[月底年起]薪|押金|奖金|提成|罚款|费用|开支|收益|营业额|销售额|房租|报价)(?:为|是|约|在|达到?|共计?)?|[扣罚])\\Z"
)
# Behind a colon and a sign a number needs no unit: 并发连接数：≥ 1000.
_SIGNED: Final = re.compile("[：:] ?[≥≧≤≦<>] ?\\Z")
# And behind the name of a number and a bound: 并发用户数不低于5000.
_COUNTED: Final = re.compile(
    "[数量](?:应|须|要|均|达到)?(?:不低于|不少于|不超过|不高于|不大于|不小于|大于|小于|低于|高于|超过|突破|不足|至少)\\Z"
)
_LEAST_COUNT: Final = 100
SUM_LAST: Final = frozenset("于过破足少在润金入资薪成款用支益额租价为是约达到计扣罚")
LEAST_SUM: Final = 3  # digits
_PLAIN_SUM: Final = re.compile("(?!(?:19|20)[0-9]{2}(?![0-9]))[1-9][0-9]{2,7}(?:\\.[0-9]{1,2})?")
_SUM_ENDS: Final = re.compile("[，,。；;、）)（(\\n]|\\Z|和|及|左右|以[上下内]")
_CHAIN: Final = 14  # characters between amounts of one sentence that share what they are: 其中新媒体95万，物料110万
_PLUS: Final = re.compile(rf"\+(?={'|'.join(words.PLUS)})")
_ROUND: Final = re.compile("[1-9][0-9,]{0,9}0|[0-9.]{1,8}[万亿wWkK]")
_PEOPLE: Final = re.compile("[人户]|粉丝|会员|客户")


def is_bare_count(text: str, part: Part) -> bool:
    """贫困人口减少1000万以上: a bare …万 or …亿 that a verb or a bound presents as a count."""
    if _PLUS.match(text, part.number_end) and _ROUND.fullmatch(text, part.start, part.number_end):
        return True  # 5000+客户
    if part.amount.tail[-1:] not in ("万", "亿") or not _is_said(text, part):
        named = _SIGNED.search(text, max(0, part.start - 4), part.start)
        if named is None and part.amount.low >= _LEAST_COUNT:
            named = _COUNTED.search(text, max(0, part.start - 10), part.start)
        return named is not None and _SUM_ENDS.match(text, part.end) is not None
    bounds = find_bounds(text, part.start, part.end, part.blurred, None)
    following = text[bounds.end : bounds.end + 1]
    if _is_changed_from(text, part):
        return True
    if counts_persons(text, part.start, bounds.end) and not _SIZED.match(text, bounds.end):
        return True  # 46万群众: the noun itself is counted, no measure word stands between
    if following and following not in "，。；、,;\n）)！!" and not _is_rated(text, part):
        return False
    return (
        bounds.before
        or bounds.end > part.end
        or _is_rated(text, part)
        or _NOW.sub("", text[max(0, bounds.start - 9) : bounds.start]).endswith(words.REACHES)
    )


def _is_changed_from(text: str, part: Part) -> bool:
    """由300万提高到360万, 比去年的300万增长两成: a value that something is changed from."""
    before = _CHANGED_FROM.search(text, max(0, part.start - 8), part.start) or _COMPARED.search(
        text, max(0, part.start - 12), part.start
    )
    return before is not None and _CHANGES.match(text, part.end) is not None


def _is_rated(text: str, part: Part) -> bool:
    """100万—200万5%: a range, and right behind it the rate that holds for it."""
    return _BETWEEN.search(text, part.start, part.end) is not None and _PERCENT.match(text, part.end) is not None


def _is_said(text: str, part: Part) -> bool:
    """Is there a number, and not just the magnitude? 上亿 is one."""
    if _SAID.search(text, part.start, part.end) is not None:
        return True
    run = text[part.start : part.number_end]
    return run != "亿万" and _UP_TO.search(text, max(0, part.start - 2), part.start) is not None


def counts_persons(text: str, start: int, at: int) -> bool:
    """1000多万高中毕业生: a noun for people at `at`, what tells it from others in front, no money in the clause.

    Args:
        start: where the number starts.
    """
    if _PERSONS.match(text, at) is None:
        return False
    clause = _SEGMENT_END.split(_CLAUSE_END.split(text[max(0, start - 20) : start])[-1])[-1]
    return not clause.rstrip("了约近达共计超过").endswith(words.LENT)


def is_bare_money(text: str, part: Part, floor: int, *, money: bool) -> bool:
    """A bare …万 or …亿 is money where its clause, or the clause that it continues, names a money metric.

    Args:
        floor: where the mention before ends; `money`: it is money, in the same sentence.
    """
    if part.amount.tail[-1:] not in ("万", "亿"):
        return _is_plain_sum(text, part) or (text[part.number_end - 1] in "kK" and _is_named(text, part))
    following = text[part.end : part.end + 1]
    changed = _is_changed_from(text, part)
    if "一" <= following <= "龥" and following not in "的和及与并以左上之、其两" and not changed:
        return False
    if following.isalnum() and following.isascii() and not _is_rated(text, part):
        return False
    sentence = _CLAUSE_END.split(text[max(0, part.start - 60) : part.start])[-1]
    segment = _SEGMENT_END.split(sentence)[-1]
    if any(metric in segment for metric in words.MONEY_METRICS) or _PAID.match(text, part.end):
        return True
    if money and part.start - floor <= _CHAIN and not _PEOPLE.search(segment):
        return True
    if changed and any(metric in sentence[-12:] for metric in words.MONEY_METRICS):
        return True
    continues = money or any(metric in sentence for metric in words.MONEY_METRICS)
    return continues and (not segment or bool(_ONLY_DENOMINATORS.match(segment)))


def _is_plain_sum(text: str, part: Part) -> bool:
    """A number of three digits and more right behind the name of a sum, at the end of its phrase."""
    plain = _PLAIN_SUM.fullmatch(text, part.start, part.number_end) is not None
    return plain and _is_named(text, part) and _SUM_ENDS.match(text, part.end) is not None


def _is_named(text: str, part: Part) -> bool:
    return _SUM.search(text, max(0, part.start - 8), part.start) is not None
