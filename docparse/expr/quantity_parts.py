"""One number with what stands next to it: unit, halves and small change, bounds and blurs."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from docparse.expr import quantity_words as words
from docparse.expr.numerals import fold_digits, read_numeral
from docparse.expr.quantity_latin import LETTERS, read_letter
from docparse.expr.quantity_numbers import RUN, Amount, read_amount
from docparse.expr.quantity_words import UnitWord, find_unit
from docparse.records import Comparator

_DIGIT: Final = "0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_NEGATIVE: Final = re.compile(r"(?:负的?|零下|(?<![0-9A-Za-z%万亿千百个元年月日号—-])-)\Z")
_SHRUNK: Final = re.compile(
    "负增长(?:率?[为达]|了|率)?(?:约|近|超过?|逾)?\\Z"
)  # 出口负增长3.5%; the verb stays outside
_DEGREES: Final = re.compile(r"(?P<negative>零下|负的?)?(?P<scale>[摄华])氏(?:温度)?(?P<inner>零下|负的?)?\Z")
_CENTS: Final = re.compile(
    rf"(?:零?(?P<jiao>[{_DIGIT}])[角毛])?(?:零?(?P<fen>[{_DIGIT}])分(?!之|钟|别))?(?P<close>整|正(?![式常在确规])|钱)?"
)
_LOOSE: Final = re.compile(rf"(?P<zero>零)?(?P<digit>[{_DIGIT}])(?![{_DIGIT}.十百千万亿零个点月年天位人名家分])")
_HUNDREDTHS: Final = re.compile(
    rf"([{_DIGIT}])([{_DIGIT}])?(?![{_DIGIT}.十百千万亿零个点月年天位人名家分])(?!以(?![上下内]))"
)
_LIANG: Final = re.compile(rf"(?P<digit>[{_DIGIT}])两")
_FEN: Final = re.compile(rf"([{_DIGIT}])分(?!之|钟|别)")
_HALF: Final = re.compile(r"半(?![年月天日个小数径导价票])")
_LISTED: Final = ("和", "与", "及", "、", "或")
_HUNDRED: Final = re.compile(r"[百千万亿十佰仟]{1,6}\Z")
_LEAST_PLUS: Final = 10
_SLASHED: Final = re.compile(r"(?<![0-9/.])([1-4])/([2-5]|10)(?=以[上下](?!午))")
_ONE: Final = Decimal(1)
_HUNDRED_PERCENT: Final = Decimal(100)


class Part(NamedTuple):
    """A number and its unit, without the bounds around. `low` and `high` are in `unit`; None where it has no unit."""

    start: int
    end: int
    amount: Amount
    low: Decimal
    high: Decimal
    word: UnitWord | None
    blurred: bool
    number_end: int  # where the numerals end: the place for a magnitude that is understood


class Bounds(NamedTuple):
    """What stands around a number: the whole span, the comparator's sense, and whether the value is approximate."""

    start: int
    end: int
    sense: Comparator
    approximate: bool
    before: bool


# Earthquakes and winds have grades on a scale.
_GRADED: Final = re.compile(r"级(?P<event>(?:以[上下]|左右)?(?:强|阵)?(?:地震|余震|大风|强风|烈风|台风|风力))?")
_GRADE: Final = UnitWord("级", "other", "级")
_PERCENT: Final = UnitWord("分之", "percent", "%")
_DEGREE: Final = {"摄": UnitWord("度", "temperature", "℃"), "华": UnitWord("度", "temperature", "℉")}


def read_part(text: str, start: int, end: int) -> Part | None:
    """Return the number that the numerals `text[start:end]` begin, with its unit if one follows, or None."""
    if text.startswith("分之", end):
        return _read_fraction(text, start, end)
    if text[end : end + 1] == "/" and (slashed := _SLASHED.match(text, start)) and slashed.start(2) == end + 1:
        return _read_slashed(start, slashed)
    amount, end, word = _read_number(text, start, end)
    if amount is None:
        return None
    if text[end : end + 1] in LETTERS and (lettered := read_letter(text, start, end, amount)):
        amount, end = lettered
        word = find_unit(text, end)  # 1.5M元
    number_end, blurred = end, amount.blurred
    if word is None and text[end : end + 1] in words.MORE and end < len(text) and _may_go_on(text, end, amount):
        word = find_unit(text, end + 1)  # 300多家, 10余万元
        if word is not None:
            end, blurred = end + 1, True
    if word is None and (graded := _GRADED.match(text, end)) and (graded["event"] or "." in text[start:end]):
        word = _GRADE  # 6.2级地震; 二级医院 is a name
    if word is None:
        return Part(start, end, amount, amount.low, amount.high, None, blurred, number_end)
    if (
        word.written == "两"
        and text[start - 1 : start] in _LISTED
        and (text.startswith("月", end + 1) or ((two := find_unit(text, end + 1)) and two.measure))
    ):
        return Part(
            start, end, amount, amount.low, amount.high, None, blurred, number_end
        )  # 1和2两项, 一、二两月份: two of them
    end += len(word.written)
    amount = _as_discount(amount, word, text[start:number_end])
    low, high = amount.low * word.factor, amount.high * word.factor
    if low == high:
        end, added = _read_tail(text, end, word)
        low, high = low + added, high + added
    return Part(start, end, amount, low, high, word, blurred, number_end)


def _may_go_on(text: str, at: int, amount: Amount) -> bool:
    """Before + stands a number of two digits and more: 300+家门店. 1+个 and 2+名 are sums."""
    return text[at] != "+" or (amount.low >= _LEAST_PLUS and text[at - 1] in "0123456789万亿")


def _read_number(text: str, start: int, end: int) -> tuple[Amount | None, int, UnitWord | None]:
    """Read the numerals; a last 千, 兆 or 两 that begins a unit (120万千瓦, 9两) belongs to the unit."""
    if end - start > 1 and text[end - 1] in "千兆两百":
        word = find_unit(text, end - 1)
        amount = read_amount(text[start : end - 1]) if word is not None else None
        if word is not None and amount is not None and (len(word.written) > 1 or find_unit(text, end) is None):
            return amount, end - 1, word
    return read_amount(text[start:end]), end, find_unit(text, end)


def _read_fraction(text: str, start: int, end: int) -> Part | None:
    """Read 百分之八点五 as a percentage, 四分之一公升 in its unit, 三分之二 as a bare fraction."""
    match = RUN.match(text, end + 2)
    if match is None:
        return None
    amount, below = read_amount(match[0]), read_numeral(text[start:end])
    if amount is None or not below:
        return None
    stop = match.end()
    if _HUNDRED.match(text, start, end) and end - start <= 6:
        low, high = (value * _HUNDRED_PERCENT / below for value in (amount.low, amount.high))
        return Part(start, stop, amount, low, high, _PERCENT, amount.blurred, stop)
    word = find_unit(text, stop)
    factor = _HUNDRED_PERCENT  # 三分之二 of a whole is 66.6… %
    if word is None or word.measure:
        word = _PERCENT
    else:
        stop, factor = stop + len(word.written), word.factor
    low, high = (value * factor / below for value in (amount.low, amount.high))
    return Part(start, stop, amount, low, high, word, amount.blurred, stop)


def _read_slashed(start: int, match: re.Match[str]) -> Part | None:
    """2/3以上 of those present; a plain 2/3 may be a date or a page."""
    over, below = Decimal(match[1]), Decimal(match[2])
    if over >= below:
        return None
    share = over * _HUNDRED_PERCENT / below
    return Part(start, match.end(), Amount(over, over, False, ""), share, share, _PERCENT, False, match.end())


def _as_discount(amount: Amount, word: UnitWord, run: str) -> Amount:
    """Return 7.5 for 75折: two digits before 折 are a decimal."""
    if word.unit == "折" and amount.exact and 10 < amount.low < 100 and "十" not in run and "." not in run:
        return Amount(amount.low / 10, amount.high / 10, False, "")
    return amount


def _read_tail(text: str, end: int, word: UnitWord) -> tuple[int, Decimal]:
    """Return where the unit's own tail ends and what it adds: 九十九块九, 三斤五两, 一吨半, 壹元零壹分."""
    if word.kind == "money" and word.unit == "CNY":
        return _read_cents(text, end, word)
    if word.unit == "斤" and (match := _LIANG.match(text, end)):
        return match.end(), _digit(match["digit"]) / 10 * word.factor
    if word.written in ("米", "度") and (match := _HUNDREDTHS.match(text, end)) and not find_unit(text, match.end()):
        return match.end(), _digit(match[1]) / 10 + _digit(match[2]) / 100
    if word.written == "成" and (match := _LOOSE.match(text, end)) and not match["zero"]:
        return match.end(), _digit(match["digit"])  # 三成三
    if word.half and _HALF.match(text, end):
        return end + 1, word.factor / 2
    return end, Decimal(0)


def _read_cents(text: str, end: int, word: UnitWord) -> tuple[int, Decimal]:
    """Return the end and value of 角 and 分 after 元 or 块, of 分 after 角, and of a digit left alone."""
    if word.factor == _ONE and (match := _CENTS.match(text, end)) and match.end() > end:
        added = _digit(match["jiao"]) / 10 + _digit(match["fen"]) / 100
        if match["jiao"] and not match["fen"] and not match["close"]:
            cent = _LOOSE.match(text, match.end())
            if cent and find_unit(text, cent.end()) is None and text[match.end() - 1] == "毛":
                return cent.end(), added + _digit(cent["digit"]) / 100
        return match.end(), added
    if word.written == "块" and text[end : end + 1] == "半":
        return end + 1, Decimal("0.5")
    if word.written in ("角", "毛"):
        fen = _FEN.match(text, end)
        if fen:
            return fen.end(), _digit(fen[1]) / 100
    if word.written in ("块", "毛") and (match := _LOOSE.match(text, end)) and find_unit(text, match.end()) is None:
        place = 100 if match["zero"] or word.written != "块" else 10
        return match.end(), _digit(match["digit"]) / place
    return end, Decimal(0)


def _digit(text: str | None) -> Decimal:
    return (read_numeral(fold_digits(text)) or Decimal(0)) if text else Decimal(0)


def find_sign(text: str, start: int, part: Part) -> tuple[int, bool, UnitWord | None]:
    """Return where a sign before the number starts, whether it is negative, and the degree scale that it names."""
    window = text[max(0, start - 10) : start]
    if part.word is not None and part.word.kind == "temperature" and (match := _DEGREES.search(window)):
        return start - len(match[0]), bool(match["negative"] or match["inner"]), _DEGREE[match["scale"]]
    if part.word is not None and part.word.kind == "percent" and _SHRUNK.search(window):
        return start, True, None
    if match := _NEGATIVE.search(window):
        signed = ("percent", "percent_point", "temperature", "money", "length")
        if match[0] != "-" or (part.word is not None and part.word.kind in signed):
            return start - len(match[0]), True, None
    return start, False, None


def find_bounds(text: str, start: int, end: int, blurred: bool, unit: UnitWord | None) -> Bounds:
    """Return the span with the bounding words on both sides, and what they say together."""
    sense: Comparator = "ge" if blurred else "eq"
    approximate, named_before = blurred, False
    written = text[start:end]
    start, before = _before(text, start)
    if before in _SIDES:
        sense, named_before = _SIDES[before], True
    elif before == "about":
        approximate = True
    elif before == "more":
        sense, approximate = "ge", True
    elif far := _far(text, start, end, unit):
        sense, approximate = (sense, True) if far == "about" else (_SIDES[far], approximate)
    for _ in range(2):
        end, after = _after(text, end, unit)
        if after in _SIDES:
            sense = _SIDES[after]
        elif after == "about":
            approximate = True
        elif after == "more":
            sense, approximate = ("ge", True) if sense == "eq" else (sense, True)
        else:
            break
    if text[end : end + 1] == "(" and sense in _WITH and (itself := _ITSELF.match(text, end)):
        if itself["what"] in ("本数", "该数", written):
            sense, end = (_WITHOUT if itself["not"] else _WITH)[sense], itself.end()
    elif text[end : end + 1] == "(" and (ends := _BOTH_ENDS.match(text, end)) and _TO.search(written):
        end = ends.end()
    return Bounds(start, end, sense, approximate, named_before)


# The senses of bounding words that set a comparator; `about` and `more` blur.
_SIDES: Final[dict[str, Comparator]] = {"ge": "ge", "gt": "gt", "le": "le", "lt": "lt"}
# 60%以上(含60%), 5000元以下(不含5000元): whether the number itself belongs.
_ITSELF: Final = re.compile(r"\((?P<not>不)?(?:包?含|包括)(?P<what>[^()，。；\n]{1,16})\)")
_BOTH_ENDS: Final = re.compile(r"\((?:不?含[0-9.]{1,12}[^()，,、；\n0-9]{1,6}[，,、]?){2}\)")  # (含3万元，不含6万元)
_WITH: Final[dict[str, Comparator]] = {"ge": "ge", "gt": "ge", "le": "le", "lt": "le"}
_WITHOUT: Final[dict[str, Comparator]] = {"ge": "gt", "gt": "gt", "le": "lt", "lt": "lt"}
_FAR: Final = re.compile(rf"(?<![签预履违])(?:{'|'.join(words.FAR)})\Z")  # 签约有3家 is no estimate
_SHARE: Final = re.compile(r"(?<![签预履违])约(?:占|为|有|达)[^，。；,;\n0-9]{0,10}\Z")
# The bound stands before what the share is of: 不低于最低工资标准的80%, 不足总数的二分之一.
_SHARE_OF: Final = re.compile(
    r"(?:(?P<most>不(?:得|应|能)?(?:超过|高于|大于|多于))|(?P<less>不足)|不(?:得|应|能)?(?:低于|少于|小于))"
    r"[一-龥]{2,16}(?:的|标准)\Z"
)
_AT_LEAST: Final = re.compile(r"(?:至少|起码|最少)[^，。；、,;\n0-9为]{1,4}\Z")
_AGES: Final = ("岁", "周岁")
_NOT_YET: Final = re.compile("(?:未|不|没有?)年?满\\Z")
_TO: Final = re.compile("[至到~—–-]")
_OF_EACH: Final = re.compile(
    rf"(?P<word>{'|'.join(w for w, bound in words.BEFORE.items() if bound.sense in ('ge', 'le') and len(w) > 2)})"
    r"每[一-龥]{1,2}\Z"
)
_AT_MOST: Final = re.compile(
    r"(?:上限(?:为|是)?|最高(?:可[贷获享得领借奖补]?|可达|可获得|可申请|补助|奖励|给予|不超过|罚款|处罚款|可处罚款|可处|为)|(?:最多|至多)[^，。；、,;\n0-9的]{1,4})\Z"
)


_SPENT: Final = re.compile(r"(?<!每)满\Z")
_GIVEN: Final = re.compile(r"(?:即|就)?(?:立?减|再?送|返|赠|可|免|包邮|享|抵|打[0-9一二三四五六七八九])")


def _far(text: str, start: int, end: int, unit: UnitWord | None) -> str:
    """Return what a bounding word says that stands apart: 约占市场份额的13%, 不超过每月800元, 满6岁, 满200元减20."""
    window = text[max(0, start - 24) : start]
    if "约" in window and (_FAR.search(window) or _SHARE.search(window)):
        return "about"
    if ("少" in window or "码" in window) and _AT_LEAST.search(window):
        return "ge"
    if ("上限" in window or "最高" in window or "多" in window) and _AT_MOST.search(window):
        return "le"
    if unit is not None and unit.kind == "percent" and (share := _SHARE_OF.search(window)):
        return "le" if share["most"] else "lt" if share["less"] else "ge"
    if "每" in window and (each := _OF_EACH.search(window)):
        return words.BEFORE[each["word"]].sense
    if unit is not None and unit.written in _AGES and window.endswith("满") and not _TO.search(text, start, end):
        return "lt" if _NOT_YET.search(window) else "ge"
    if unit is not None and unit.kind == "money" and _SPENT.search(window) and _GIVEN.match(text, end):
        return "ge"
    return ""


def _before(text: str, start: int) -> tuple[int, str]:
    """Return where the bounding word before `start` begins and its sense, '' for none."""
    found = _bound_ending_at(text, start, start)
    if text[start - 1 : start] == " " and text[start - 2 : start - 1] in _SIGNS and start > 1:
        found = _bound_ending_at(text, start - 1, start - 1)  # ≥ 95%
    if not found[1] and start > 1 and text[start - 1] in _BETWEEN:
        found = _bound_ending_at(text, start - 1, start)  # 突破了30家, 至少有10个
    return found if found[1] else (start, "")


def _bound_ending_at(text: str, at: int, start: int) -> tuple[int, str]:
    for length in words.BEFORE_LENGTHS:
        word = words.BEFORE.get(text[at - length : at]) if at >= length else None
        if word is None or (at < start and (len(word.written) < 2 or word.sense == "about")):
            continue
        if word.written == "上" and not _starts_with_scale(text, start):
            continue
        if word.written == "破" and not _LARGE.match(text, start):
            continue
        if word.written in words.INSIDE and _ends_a_word(text, at - length, word.written):
            continue
        return at - length, word.sense
    return start, ""


_SIGNS: Final = tuple("≥≧≤≦<>")
_BETWEEN: Final = ("了", "过", "有", "为", "达", "到")
_NUMERALS: Final = frozenset("0123456789一二两三四五六七八九十百千万")
_WORD: Final = 4  # characters of the longest word that a bound may end


def _ends_a_word(text: str, at: int, bound: str) -> bool:
    """签约, 最近: what stands before `at` makes a word with the bound; not so in 损失约, 3条约."""
    if not text.endswith(words.INSIDE[bound], max(0, at - _WORD), at):
        return False
    return not (
        text.endswith(words.FREE.get(bound, ()), max(0, at - _WORD), at) or (at > 1 and text[at - 2] in _NUMERALS)
    )


_LARGE: Final = re.compile("[百千万亿]|[0-9.,]{1,8}[万亿]")  # 破亿元, 破10亿元; 破3项纪录 is another thing


def _starts_with_scale(text: str, at: int) -> bool:
    return text[at : at + 1] in ("百", "千", "万", "亿")


_PLUS_ENDS: Final = re.compile(r"\+(?![ \t]?[\w(¥$+])")  # 底薪5000元+提成, 笔试60%+面试40% are sums
_PLUS_COUNTS: Final = re.compile(rf"\+(?:(?![ \t]?[\w(¥$+])|(?={'|'.join(words.PLUS)}))")
_HAN: Final = re.compile("[一-龥]")


def _is_price(text: str, at: int, unit: UnitWord | None) -> bool:
    """6000元起, at the end of its phrase; 3元起步 and 388元起订 say where something begins."""
    priced = unit is None or unit.kind == "money" or unit.unit == "折"
    return priced and _HAN.match(text, at + 1) is None


def _after(text: str, end: int, unit: UnitWord | None) -> tuple[int, str]:
    """Return where the bounding word at `end` ends and its sense, '' for none."""
    if text[end : end + 1] not in words.AFTER_FIRST or end >= len(text):
        return end, ""
    for length in words.AFTER_LENGTHS:
        word = words.AFTER.get(text[end : end + length])
        if word is None or (word.stop and text.startswith(word.stop, end + length)):
            continue
        if word.written == "内" and (unit is None or unit.kind not in ("length", "area", "percent")):
            continue
        if word.written == "起" and not _is_price(text, end, unit):
            continue
        if word.written == "+" and not (_PLUS_ENDS if unit else _PLUS_COUNTS).match(text, end):
            continue
        if word.sense == "more" and unit is not None and unit.measure:
            continue  # 三家多 is not said; 个余 neither
        return end + len(word.written), word.sense
    return end, ""
