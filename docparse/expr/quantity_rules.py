"""The rules that read quantities, as values: each has a public id, a function and a source."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from docparse.expr import quantity_words as words
from docparse.expr.quantity_finish import Scene, finish
from docparse.expr.quantity_hidden import find_digitless, find_masked
from docparse.expr.quantity_numbers import RUN, Amount, scaled_low
from docparse.expr.quantity_parts import Part, find_bounds, find_sign, read_part
from docparse.expr.quantity_registry import source_of
from docparse.expr.quantity_words import UnitWord, find_unit
from docparse.records import QuantityMention, Span, plain_decimal

_TO: Final = re.compile(r"(?:[(（]含[)）])?(?:-{1,2}|—{1,2}|–|―|~{1,2}|至|到|或者?)")
_FROM: Final = re.compile(r"(?:由|从|自)[^，。；、,;\n0-9]{0,10}\Z")
_CHANGED: Final = re.compile(
    r"(?:提高|增加|增长|上升|下降|降低|减少|扩大|提升|上涨|压缩|压减|调整|缩短|缩减|发展|跃升|攀升|上调|下调|回升|回落|升|降|增|减|扩|涨)"
    r"(?:了)?(?:到|至|为)(?:了)?"
)
_FLOOR: Final = re.compile(r"(?:及)?以上(?P<under>且?(?:不满|不足|未满|低于|少于))?")
_CEILING: Final = re.compile(r"(?:及)?以(?:下|内)")
_SEPARATOR: Final = re.compile(r"[、，,和及]|以及")
_SHARED: Final = ("percent", "percent_point", "multiple", "money")
_MAX_LIST: Final = 12  # longer rows of bare numbers are tables; each step may look this far ahead
_DOUBLED: Final = re.compile(r"翻(?:了|上)?\Z")
_DOUBLE: Final = UnitWord("番", "multiple", "×")
_SHARE: Final = UnitWord("一半", "percent", "%")
_NOTHING: Final = UnitWord("零", "count", "")
_MAJORITY: Final = re.compile("数(?![据字值量])")
_HALF_OF: Final = re.compile(r"一(?P<most>大|多)?半(?![年月天日小个夜路途空])")
_MAY_DEVIATE: Final = ("个", "人", "名")  # and no other measure words: ±3人
_RATIO: Final = UnitWord("", "other", "")
_RATIO_NAMED: Final = re.compile(
    r"(?:比值|系数|指数|容积率|比率|之比)(?:由|从|为|是|在|达|达到|降至|降到|升至|升到|控制在|保持在|稳定在|提高到|提高至)?"
    r"(?:约|不低于|不高于|不超过|低于|高于|超过)?\Z"
)
_RATIO_TO: Final = re.compile(r"[，,]?[一-鿿]{0,4}(?:到|至|为)")
_RATIO_ENDS: Final = re.compile(r"[，。；、,;\n）)]|\Z|以[上下内]|左右")
_CLOSES: Final = frozenset(("", *"，。；、,;\n）)（("))


class Reading(NamedTuple):
    """What a rule makes of a place: where it ends, and the mentions in it; none where it says that nothing counts."""

    end: int
    mentions: tuple[QuantityMention, ...]
    core: int  # where the numeral and unit end, without bounds: what the referee compares


class Rule(NamedTuple):
    """`read` gets the place and the number that begins there; None where the rule does not apply."""

    id: str
    read: Callable[[Scene, Part], Reading | None]
    source: str


def _single(mention: QuantityMention | None, core: int) -> Reading | None:
    return None if mention is None else Reading(mention.span.end, (mention,), core)


def _read_name(scene: Scene, part: Part) -> Reading | None:
    length = words.name_length(scene.text, scene.start)
    if scene.text.startswith("上千万", scene.start - 1):
        return None  # more than ten million; alone it is 千万要小心
    return Reading(scene.start + length, (), scene.start + length) if length else None


def _next_part(text: str, at: int) -> Part | None:
    match = RUN.match(text, at)
    return read_part(text, match.start(), match.end()) if match else None


def _read_range(scene: Scene, part: Part) -> Reading | None:
    """2500万-3000万套, 两至三个, 10到15%, 百分之十至十五."""
    link = _TO.match(scene.text, part.end)
    second = _next_part(scene.text, link.end()) if link else None
    if second is not None and _is_short_for(part, second):
        part = part._replace(word=None)
    if second is None or not _same_unit(part, second) or not (part.amount.exact and second.amount.exact):
        return None
    if part.blurred:
        return None
    low, high, word = _range_ends(part, second)
    if part.start - 1 >= scene.floor and scene.text[part.start - 1] == "-" and second.word is not None:
        return _read_below_zero(scene, part, second, low)
    if low >= high or _FROM.search(scene.text, max(0, part.start - 1), part.start):
        return None
    whole = Part(
        part.start, second.end, second.amount, low, high, word, second.blurred, max(part.number_end, second.number_end)
    )
    return _single(finish(scene, whole, "quantity.range"), second.end)


def _read_below_zero(scene: Scene, part: Part, second: Part, low: Decimal) -> Reading | None:
    """-10℃~45℃: the sign belongs to the lower end alone."""
    start, negative, _ = find_sign(scene.text, part.start, second._replace(start=part.start))
    if not negative or low <= 0:
        return None
    whole = second._replace(start=start, low=-low, number_end=max(part.number_end, second.number_end))
    return _single(finish(scene, whole, "quantity.range"), second.end)


def _is_short_for(first: Part, second: Part) -> bool:
    """10个至30个基点: 个 is the beginning of the unit."""
    if first.word is None or second.word is None or first.word.written != "个":
        return False
    return second.word.kind == "percent_point" and second.word.written.startswith("个")


def _read_floor_ceiling(scene: Scene, part: Part) -> Reading | None:
    """1万元以上5万元以下: laws give both ends with their own bounds. 以下 includes the upper one, 不满 does not."""
    link = _FLOOR.match(scene.text, part.end)
    second = _next_part(scene.text, link.end()) if link and part.word is not None else None
    if link is None or second is None or second.word is None or not _same_unit(part, second):
        return None
    closed = link["under"] or _CEILING.match(scene.text, second.end)
    if not closed or part.low >= second.high or part.blurred or second.blurred:
        return None
    whole = second._replace(start=part.start, low=part.low, number_end=second.number_end)
    mention = finish(scene, whole, "quantity.floor-ceiling")
    if mention is None:
        return None
    ends = msgspec.structs.replace(
        mention, low=plain_decimal(part.low), high=plain_decimal(second.high), comparator="range"
    )
    return Reading(ends.span.end, (ends,), second.end)


def _same_unit(first: Part, second: Part) -> bool:
    if first.word is None or second.word is None:
        return first.word is None or first.word.kind == "percent"
    return first.word.kind == second.word.kind and first.word.unit == second.word.unit


def _range_ends(first: Part, second: Part) -> tuple[Decimal, Decimal, UnitWord | None]:
    """Return both ends in the unit that is written once: magnitude and factor are understood backwards."""
    if first.word is None:
        amount = scaled_low(first.amount, second.amount)
        factor = second.word.factor if second.word is not None else Decimal(1)
        return amount.low * factor, second.high, second.word
    if second.word is None:
        # 百分之十至十五: the denominator is understood forwards
        scale = first.low / first.amount.low if first.amount.low else Decimal(1)
        return first.low, second.high * scale, first.word
    return first.low, second.high, second.word


def _read_from_to(scene: Scene, part: Part) -> Reading | None:
    """由55提高到58%: the first number borrows the unit, and is the baseline."""
    text = scene.text
    if part.word is not None or not _FROM.search(text, max(0, part.start - 12), part.start):
        return None
    link = _CHANGED.match(text, part.end)
    second = _next_part(text, link.end()) if link else None
    if link is None or second is None or second.word is None:
        return None
    amount = scaled_low(part.amount, second.amount)
    factor = second.word.factor
    first = Part(
        part.start, part.end, amount, amount.low * factor, amount.high * factor, second.word, False, part.number_end
    )
    before = finish(scene, first, "quantity.from-to")
    after = finish(scene._replace(floor=link.end(), start=second.start), second, "quantity.from-to")
    if before is None or after is None:
        return None
    return Reading(after.span.end, (_as_baseline(before), after), second.end)


def _as_baseline(mention: QuantityMention) -> QuantityMention:
    return msgspec.structs.replace(mention, baseline=True)


def _read_list(scene: Scene, part: Part) -> Reading | None:
    """分别增长5、8、10个百分点: numbers in a row share the unit of the last."""
    text = scene.text
    if part.word is not None or not part.amount.exact:
        return None
    items = [part]
    while len(items) < _MAX_LIST and items[-1].word is None:
        link = _SEPARATOR.match(text, items[-1].end)
        following = _next_part(text, link.end()) if link else None
        if following is None:
            return None
        items.append(following)
    last = items[-1]
    if last.word is None or not _is_list(text, items, last.word):
        return None
    word = last.word
    found = []
    for item in items:
        amount = scaled_low(item.amount, last.amount) if item is not last else item.amount
        shared = (
            item
            if item is last
            else item._replace(word=word, low=amount.low * word.factor, high=amount.high * word.factor)
        )
        mention = finish(
            scene._replace(start=item.start, floor=max(scene.floor, item.start - 1)), shared, "quantity.list"
        )
        if mention is None:
            return None
        found.append(mention)
    return Reading(found[-1].span.end, tuple(found), last.end)


def _is_list(text: str, items: list[Part], word: UnitWord) -> bool:
    """A list says 分别, or has a unit that list markers never have; 1、2、3家 at a line's start is none."""
    if any(not item.amount.exact for item in items) or text[items[0].start - 1 : items[0].start] == "第":
        return False
    if "分别" in text[max(0, items[0].start - 16) : items[0].start]:
        return True
    if all(item.amount.tail[-1:] in ("万", "亿") for item in items):
        return True  # 300万、500万人次
    values = [item.amount.low for item in items]
    counting = all(b - a == 1 for a, b in pairwise(values))
    return word.kind in _SHARED and (len(items) > 2 or word.kind != "money") and not (counting and values[0] == 1)


def _read_doubling(scene: Scene, part: Part) -> Reading | None:
    """翻两番 is four times: each 番 doubles."""
    text = scene.text
    match = _DOUBLED.search(text, max(0, part.start - 2), part.start)
    if match is None or not text.startswith("番", part.number_end):
        return None
    if not 0 < part.amount.low <= 10 or part.amount.low != part.amount.low.to_integral_value():
        return None
    value = Decimal(2) ** int(part.amount.low)
    whole = part._replace(low=value, high=value, word=_DOUBLE, end=part.number_end + 1)
    mention = finish(scene, whole, "quantity.doubling")
    if mention is None:
        return None
    span = Span(min(match.start(), mention.span.start), mention.span.end)
    return Reading(span.end, (msgspec.structs.replace(mention, span=span),), whole.end)


def _read_half_of(scene: Scene, part: Part) -> Reading | None:
    """一半 is 50 %, 一大半 more than that."""
    match = _HALF_OF.match(scene.text, scene.start)
    if match is None:
        return None
    whole = part._replace(
        end=match.end(), number_end=match.end(), word=_SHARE, low=Decimal(50), high=Decimal(50), blurred=False
    )
    mention = finish(scene, whole, "quantity.half-of")
    if mention is not None and match["most"]:
        mention = msgspec.structs.replace(mention, high=None, comparator="gt")
    return _single(mention, match.end())


def _read_zero(scene: Scene, part: Part) -> Reading | None:
    """事故为零, 发生率为0。 a bare zero that closes its phrase; of a rate it is 0 %."""
    text = scene.text
    if text[scene.start : scene.end] not in ("零", "0") or text[scene.start - 1 : scene.start] != "为":
        return None
    if text[scene.end : scene.end + 1] not in _CLOSES or text[max(0, scene.start - 2) : scene.start] == "整为":
        return None
    rate = "率" in text[max(0, scene.start - 4) : scene.start]
    whole = part._replace(word=_SHARE if rate else _NOTHING)
    return _single(finish(scene, whole, "quantity.zero"), part.end)


def _read_ratio(scene: Scene, part: Part) -> Reading | None:
    """收入比值由3.27缩小至2.93, 容积率为1.8: a ratio or an index has no unit; a from-value is the baseline."""
    text = scene.text
    if part.word is not None or not part.amount.exact or "." not in text[part.start : part.end]:
        return None
    if not _RATIO_NAMED.search(text, max(0, part.start - 12), part.start):
        return None
    first = finish(scene, part._replace(word=_RATIO), "quantity.ratio")
    link = _RATIO_TO.match(text, part.end)
    second = _next_part(text, link.end()) if link else None
    if link is None or second is None or second.word is not None or not _RATIO_ENDS.match(text, second.end):
        return _single(first, part.end) if _RATIO_ENDS.match(text, part.end) else None
    after = finish(scene._replace(floor=link.end(), start=second.start), second._replace(word=_RATIO), "quantity.ratio")
    if first is None or after is None:
        return None
    return Reading(after.span.end, (_as_baseline(first), after), second.end)


def _read_tolerance(scene: Scene, part: Part) -> Reading | None:
    """20±2℃ lies between 18 and 22, ±5% between -5 and 5."""
    second = _next_part(scene.text, part.end + 1) if scene.text.startswith("±", part.end) else None
    if second is not None and _same_unit(part, second):
        middle = part.amount.low * (second.word.factor if second.word else Decimal(1))
        whole = second._replace(start=part.start, low=middle - second.low, high=middle + second.high)
    elif scene.text[part.start - 1 : part.start] == "±" and scene.floor < part.start:
        whole = part._replace(start=part.start - 1, low=-part.high, high=part.high)
    else:
        return None
    word = whole.word
    if word is None or (word.measure and word.written not in _MAY_DEVIATE):
        return None
    mention = finish(scene, whole, "quantity.tolerance")
    if mention is None:
        return None
    ends = msgspec.structs.replace(
        mention, low=plain_decimal(whole.low), high=plain_decimal(whole.high), comparator="range"
    )
    return Reading(ends.span.end, (ends,), whole.end)


def _read_digitless(scene: Scene, part: Part) -> Reading | None:
    return _single(find_digitless(scene, part), part.end)


def _read_one(scene: Scene, part: Part) -> Reading | None:
    return _single(finish(scene, part, "quantity.single"), part.end)


RULES: Final[tuple[Rule, ...]] = (
    Rule("none.name", _read_name, "number_names.toml: names and idioms that a numeral begins"),
    *(
        Rule(id, read, source_of(id))
        for id, read in (
            ("quantity.doubling", _read_doubling),
            ("quantity.range", _read_range),
            ("quantity.floor-ceiling", _read_floor_ceiling),
            ("quantity.from-to", _read_from_to),
            ("quantity.list", _read_list),
            ("quantity.half-of", _read_half_of),
            ("quantity.zero", _read_zero),
            ("quantity.ratio", _read_ratio),
            ("quantity.tolerance", _read_tolerance),
            ("quantity.digitless", _read_digitless),
        )
    ),
    Rule("quantity.single", _read_one, "GB/T 15835-2011, 4.1; GB 3100-1993; ISO 4217"),
)
"""In this order where two readings reach equally far. `quantity.single` gives the id of its kind (quantity.money …)."""


def read_at(scene: Scene, part: Part) -> Reading | None:
    """Return the reading that reaches farthest, the one listed first among equals; None where no rule applies."""
    best: Reading | None = None
    for rule in RULES:
        reading = rule.read(scene, part)
        if reading is not None and (best is None or reading.core > best.core):
            best = reading
    return best


def read_masked(scene: Scene) -> Reading | None:
    """xx万元, ××人, **%: see `quantity_hidden`."""
    mention = find_masked(scene)
    return None if mention is None else _single(mention, mention.span.end)


def read_half(scene: Scene) -> Reading | None:
    """半斤, 半加仑, 半成: only before units of measurement; 半个 and 半年 are something else. 半数 is 50 %."""
    half = Decimal("0.5")
    if match := _MAJORITY.match(scene.text, scene.end):
        amount = Amount(half, half, False, "")
        share = Part(scene.start, match.end(), amount, Decimal(50), Decimal(50), _SHARE, False, scene.end)
        return _over_half(scene, finish(scene, share, "quantity.half-of"))
    word = find_unit(scene.text, scene.end)
    if word is None or word.measure or not word.half or word.kind in ("money", "temperature", "score", "multiple"):
        return None
    end = scene.end + len(word.written)
    amount = Amount(half, half, False, "")
    part = Part(scene.start, end, amount, half * word.factor, half * word.factor, word, False, scene.end)
    return _read_one(scene, part)


def _over_half(scene: Scene, mention: QuantityMention | None) -> Reading | None:
    """过半数 is more than half; 过 alone bounds no other number (过三成 is not said)."""
    if mention is None:
        return None
    start = mention.span.start
    if mention.comparator == "eq" and scene.text[start - 1 : start] == "过" and start - 1 >= scene.floor:
        mention = msgspec.structs.replace(mention, span=Span(start - 1, mention.span.end), high=None, comparator="gt")
    return _single(mention, mention.span.end)


def read_doubled(scene: Scene) -> Reading:
    """翻番 without a number: twice."""
    bounds = find_bounds(scene.text, scene.start, scene.end, False, _DOUBLE)
    two = Decimal(2)
    mention = QuantityMention(
        span=Span(scene.start, scene.end),
        kind="multiple",
        low=two,
        high=two,
        comparator="eq",
        approximate=bounds.approximate,
        masked=False,
        unit="×",
        per=(),
        rule="quantity.doubling",
    )
    return Reading(scene.end, (mention,), scene.end)
