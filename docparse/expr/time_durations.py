"""Durations: 3个月内, 一个半月, 两三天, 3至5年, 10多年, 近三年, 一小时30分钟, 三年前."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from docparse.expr.numerals import parse_number
from docparse.expr.time_words import FORE, NOT_INSIDE, SPACE, WORDS
from docparse.records import plain_decimal

_CN = "一二两三四五六七八九俩"
_COUNT = (
    f"(?:[0-9]{{1,6}}(?:\\.[0-9]{{1,3}})?(?![0-9])|[{_CN}十][{_CN}十百千零〇]{{0,6}}"
    f"(?:点[{_CN}零]{{1,3}})?|廿[{_CN}]?|数[十百]|[{_CN}]?[十百]几|几[十百千]|上[百千]|[几数多]|若干"
    f"|好几|半)"
)
_FRESH = "(?<![*0-9〇零一二两三四五六七八九十百千万亿第.#个A-Za-z/])(?<!公元前)"
_SPECIAL_YEARS = "|".join(word for word in WORDS["units"] if word.endswith("年度") and word != "年度")
# 年 alone ends a duration unless another word starts with it; 月 needs 个 or a word that counts before it.
_UNIT = (
    f"(?:(?:个)?{SPACE}(?:季度|星期|礼拜|世纪|工作日|自然日|交易日|小时|钟头|年头)|"
    f"{_SPECIAL_YEARS}|"
    "个月|(?<=[半多余数])月(?!份|[据量])|(?:个)?学期|周年|年度?(?!义务教育|一贯|制(?![定作造订])|级|轻|龄|代|画|糕|货|夜|产|均|期间|会)"
    "|个周(?!末)|周(?!岁|边|转|期|围|到|刊|密|报|末|长|游|[一二三四五六日])|"
    "天(?!天|气|然|津|桥|线|使|台)|日(?!报[纸社刊]|元|本|常|均"
    "|产|益|志|程|照|夜|游)|刻钟|分钟|秒钟|毫秒|ms(?![A-Za-z])|秒(?!杀)|分(?=[0-9一二三四五六七八九十零半])"
    "|时(?=[0-9]))"
)
_AGO = f"以前|之前|{FORE}(?![三两一二四五六0-9])"
_LATER = "以后|之后|后(?![续期勤台备方面盾果来代者卫天年劲半段进世发起])"
_WITHIN = f"(?:的)?(?:时间)?(?:以内|之内|内{NOT_INSIDE}|里(?![程面]))|(?:的)?时间(?:中|里|内)"
_SUFFIX = re.compile(
    f"{SPACE}(?:{_WITHIN}|(?:以来|来(?![自说讲到源看源年]))"
    f"|(?P<later>{_LATER})|(?P<ago>{_AGO})|(?:或者?|及)?以[上下]|左右"
    f"|之久|中期)"
)
# One character counts from now only where it begins a phrase: 后2天 in 活动结束后2天内 belongs to the verb.
_BORDER = "(?:(?<![\u4e00-\u9fffA-Za-z])|(?<=[在从的是比对于用和与我他她你们])|(?<=(?<![收接得达])到))"
_PREFIX = re.compile(
    "(?:(?P<near>(?<!接|附|靠|亲|最)近|最近|过去|未来|今后|接下来|将来|再过|往前|往后|向前|向后|后面|前面|之后|之前|连续|"
    f"最后|随后|{_BORDER}[过前后上下头次])(?:的|这)?|这|"
    "(?:(?:最长)?不(?:得|应|能|宜)?(?:超过|少于|低于)|至少|至多|最多|最长|最短))(?:约|近)?"
)
_ITEM = re.compile(
    f"(?P<n>{_COUNT}){SPACE}(?:个?[多余]|来)?{SPACE}(?P<half>(?:个)?半(?=[个年月天周日小分钟礼星]))?{SPACE}"
    f"(?P<unit>{_UNIT})(?P<tail>半(?![个年月天周径期])钟?|钟|多(?=以?来|以前|以后"
    f"|了|的))?"
)
_RANGE = re.compile(
    f"(?P<n>{_COUNT}){SPACE}(?P<unit>{_UNIT})?{SPACE}(?:至|到|~{{1,2}}|-{{1,3}}){SPACE}"
    f"(?={_COUNT}{SPACE}(?:多|余|来)?{SPACE}{_UNIT})"
)
_PAIR = re.compile(f"(?P<a>[2-9二两三四五六七八])、(?P<b>[3-9三四五六七八九])(?={SPACE}{_UNIT})")
_MOST_SPECIAL = 50  # fiscal years that are counted
_GAP = re.compile(SPACE)
_LINK = re.compile(f"{SPACE}(?:零|又|加)?{SPACE}")
_SHORT_MONTH = re.compile(f"(?P<n>[{_CN}]|[0-9]{{1,2}})月(?![份底初中末旬0-9一二三四五六七八九十])")
_LINE_START = "\n\r\t 　。；;：:(（"
_UNITS: dict[str, str] = WORDS["units"]
_SIZES = {"CE": 0, "Y": 1, "ST": 2, "Q": 2, "M": 2, "W": 3, "D": 4, "TH": 5, "TK": 6, "TM": 6, "TS": 7, "TMS": 8}
_FACTOR = {
    "Q": (Decimal(3), "M"),
    "ST": (Decimal(6), "M"),
    "TK": (Decimal(15), "TM"),
    "TMS": (Decimal("0.001"), "TS"),
}


class Length(NamedTuple):
    """A duration as it is written: `value` (P3M, P2D/P3D), where it ends, and which way its suffix points."""

    value: str
    end: int
    way: str  # "" none, "+" 后, "-" 前, "in" 内 or a prefix that makes it a stretch
    unit: str


def _amount(text: str) -> tuple[Decimal | None, Decimal | None] | None:
    """Low and high of a count; (None, None) for 几; None for no count."""
    if text == "半":
        return Decimal("0.5"), Decimal("0.5")
    if any(c in text for c in "几数多若"):
        return None, None
    if len(text) == 3 and text[2] == "十" and text[0] in _CN and text[1] in _CN:  # 一二十年
        low, high = parse_number(text[0].replace("俩", "两")), parse_number(text[1])
        return (low * 10, high * 10) if low is not None and high == low + 1 else None
    if len(text) == 2 and text[0] in _CN and text[1] in _CN:  # 两三天, 七八个月
        low, high = parse_number(text[0].replace("俩", "两")), parse_number(text[1].replace("俩", "两"))
        if low is not None and high is not None and high == low + 1:
            return low, high
        if (text[0], text[1]) == ("三", "五"):
            return low, high
        return None if low is None else (None, None)
    number = parse_number(text.replace("俩", "两"))
    return None if number is None else (number, number)


def _write(amount: Decimal | None, unit: str) -> str:
    """One term of an ISO duration, without P: 1.5M, T30M, XY."""
    half = amount is not None and amount % 1 == Decimal("0.5")
    if amount is None:
        unit = "M" if unit in ("Q", "ST") else unit
        return f"TX{unit[1]}" if unit[0] == "T" else f"X{unit}"
    if unit in _FACTOR:
        factor, unit = _FACTOR[unit]
        amount *= factor
    elif half and amount == Decimal("0.5") and unit in ("Y", "TH", "TM", "CE"):
        amount, unit = {
            "Y": (Decimal(6), "M"),
            "TH": (Decimal(30), "TM"),
            "TM": (Decimal(30), "TS"),
            "CE": (Decimal(50), "Y"),
        }[unit]
    elif unit == "CE":
        amount, unit = amount * 100, "Y"
    number = plain_decimal(amount)
    return f"T{number}{unit[1]}" if unit[0] == "T" else f"{number}{unit}"


def _read_item(text: str, pos: int) -> tuple[Decimal | None, Decimal | None, str, int] | None:
    match = _ITEM.match(text, pos)
    if not match:
        return None
    amount = _amount(match["n"])
    unit = _UNITS.get(match["unit"].replace(" ", "")) or _UNITS.get(match["unit"].replace(" ", "").removeprefix("个"))
    if amount is None or unit is None:
        return None
    low, high = amount
    special = match["unit"].endswith("年度") and match["unit"] != "年度"
    if special and ((low or 0) > _MOST_SPECIAL or (low == 1 and text[max(0, pos - 1) : pos] in tuple("上下前本"))):
        return None  # 2023财政年度预算, 上一会计年度: which year, not how many
    if match["half"] or (match["tail"] or "").startswith("半"):
        low, high = (None if x is None else x + Decimal("0.5") for x in (low, high))
    return low, high, unit, match.end()


def _read_compound(text: str, pos: int) -> tuple[str, str, str, int] | None:
    """Low and high terms, the last unit and the end of 3年, 两年零三个月, 一小时30分钟, 3至5年."""
    span = _RANGE.match(text, pos)
    if span:
        first = _amount(span["n"])
        second = _read_item(text, span.end())
        if first and second and second[0] is not None and first[0] is not None:
            unit = _UNITS.get((span["unit"] or "").removeprefix("个")) or _UNITS.get(span["unit"] or "") or second[2]
            return "P" + _write(first[0], unit), "P" + _write(second[0], second[2]), second[2], second[3]
    pair = _PAIR.match(text, pos) if text[pos + 1 : pos + 2] == "、" else None
    if pair and pos and text[pos - 1] not in _LINE_START:  # 两、三年; at the head of a line 3、 is a list marker
        low, high = parse_number(pair["a"]), parse_number(pair["b"])
        last = _read_item(text, pair.start("b"))
        if last and low and high and (high == low + 1 or (low == 3 and high == 5)):
            return "P" + _write(low, last[2]), "P" + _write(high, last[2]), last[2], last[3]
    item = _read_item(text, pos)
    if item is None:
        return None
    low, high, unit, end = item
    one, two = _write(low, unit), _write(high, unit)
    steps = 0
    while low is not None and low == high and steps < 6:
        link = _LINK.match(text, end)
        following = _read_item(text, link.end() if link else end)
        if following is None or _SIZES[following[2]] <= _SIZES[unit] or following[0] is None:
            break
        term = _write(following[0], following[2])
        one += term.removeprefix("T") if "T" in one else term
        unit, end, two, steps = following[2], following[3], one, steps + 1
    return "P" + one, "P" + two, unit, end


_HEAD = re.compile(f"{_FRESH}(?={_COUNT})")
_LAST_MINUTE = re.compile("(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:分(?!之|类|别|为|钟)|时(?!间|代|期))")


def read_length(text: str, start: int) -> Length | None:
    """The duration that begins exactly at `start`, prefix and suffix included, or None."""
    prefix = _PREFIX.match(text, start)
    pos = prefix.end() if prefix else start
    if not prefix and not _HEAD.match(text, start):
        return None
    space = _GAP.match(text, pos) if prefix else None
    pos = space.end() if space else pos
    read = _read_compound(text, pos)
    if read is None or (prefix and text[pos : pos + 1] in "多数" and not prefix["near"]):
        return _read_loose(text, pos) if prefix and prefix["near"] else None
    one, two, unit, end = read
    if prefix and unit == "Y" and re.match("P[0-9]{4}", one):
        return None
    tail = _LAST_MINUTE.match(text, end)
    if tail and unit in ("TH", "D") and not prefix:  # 1小时09分, 8天20时
        value = parse_number(tail["n"])
        if value is not None and (unit == "TH") == (text[tail.end() - 1] == "分"):
            one += f"{plain_decimal(value)}M" if unit == "TH" else f"T{plain_decimal(value)}H"
            two, end = one, tail.end()
    return _finish(
        text, pos, Length(one if one == two else f"{one}/{two}", end, "in" if prefix and prefix["near"] else "", unit)
    )


def _read_loose(text: str, pos: int) -> Length | None:
    """近三月, 上个小时: after a word that counts from now, 月 needs no 个 and one needs no number."""
    match = _SHORT_MONTH.match(text, pos)
    if match:
        amount = _amount(match["n"])
        if amount and amount[0] is not None:
            return _finish(text, pos, Length("P" + _write(amount[0], "M"), match.end(), "in", "M"))
    if text.startswith("个小时", pos):
        return Length("PT1H", pos + 3, "in", "TH")
    return None


def _finish(text: str, pos: int, length: Length) -> Length | None:
    """The same with its suffix, or None where what is left is no duration (bare 3日, 一年一度)."""
    suffix = _SUFFIX.match(text, length.end)
    way, value, end = length.way, length.value, length.end
    if suffix:
        end = suffix.end()
        kind = suffix.lastgroup
        way = {"later": "+", "ago": "-"}.get(kind or "", "in") if way != "in" else way
    if (
        text[length.end - 1] == "日"
        and text[length.end - 2] not in "作然易"
        and (way == "" or (way == "-" and text[pos] in "0123456789"))
        and not _long_days(length.value)
        and not counts_days(text, pos, length.end)
    ):
        return None
    return Length(value, end, way, length.unit)


# Behind these N日 is how long: 提前15日, 逾期30日, 公示期为7日. In 日期, 到期 and 学期 it is which day.
_HOW_LONG = re.compile(
    "(?:提前|超过?|超出|延[长误]|顺延|推迟|拖延|[圓圆]?满|不足|[累合总共]计|历时|公[示告布]|旷工|请假|拘留|停[业产职工课]"
    "|[年婚产病事丧探]假|(?:[届期]满|到期|开[始工学标]|结束)之?前|(?<![日到星时学定分])期(?:限)?|不(?:得|应|能|宜)?(?:超过|少于|低于)|至[少多]|最[多少长短])"
    "(?:(?:应|应当|不得)?[为是:约近共达]|时间)?\\Z"
)
_HOW_LONG_REACH = 9
# A day goes on so: 公示7日至13日, 15日起, 15日上午.
_ON_THE_DAY = re.compile(f"{SPACE}(?:[至到~(-]|起(?![诉草])|开始|前|早|晚|上午|下午|[0-9])")


def counts_days(text: str, start: int, end: int) -> bool:
    """Is the N日 from `start` to `end` so many days, by what stands before and behind it?"""
    return (
        _HOW_LONG.search(text, max(0, start - _HOW_LONG_REACH), start) is not None
        and _ON_THE_DAY.match(text, end) is None
    )


def _long_days(value: str) -> bool:
    """Is 90日 too many for a day of the month?"""
    number = re.search("([0-9]+)D$", value)
    return number is not None and int(number[1]) > 31
