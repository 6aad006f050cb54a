"""A number with its unit becomes a mention, or is refused: what is an ordinal, a name or an article counts nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from docparse.expr import quantity_words as words
from docparse.expr.quantity_bare import counts_persons, is_bare_count, is_bare_money
from docparse.expr.quantity_parts import Bounds, Part, find_bounds, find_sign
from docparse.expr.quantity_per import find_per
from docparse.expr.quantity_words import UnitWord
from docparse.records import Comparator, QuantityMention, Span, plain_decimal

_QUOTES: Final = frozenset("“‘「『《\"'")
_ARTICLES: Final = frozenset(("分", "分钱", "度", "块", "成", "里", "角", "毛", "折"))
_CLOSING: Final = re.compile("[”’」』》\"']")
_SESSION: Final = re.compile("(?:届|人大|政协|委员会|党代会)第?(?:[一二三四五六七八九十]{1,3}次[、和]){0,3}\\Z")
_MEETING: Final = re.compile("(?:[、和][一二三四五六七八九十]{1,3}次){0,3}(?:会议|全会|全体)")
_SPEED: Final = ("小时", "时", "h", "s", "秒", "秒钟", "分钟", "min")
_FLOORS: Final = ("次", "层", "轮", "批", "班", "组", "期", "类")
_LANDS: Final = ("省", "市", "州", "区", "县", "镇", "乡", "村")
_PHASES: Final = ("期", "批", "季", "轮", "层", "班")
_RANKED: Final = ("位", "名", "强")
_NOT_FIRST: Final = ("之前", "以前", "目前", "日前", "提前", "年前", "月前", "会前", "此前", "面前", "跟前", "行前")
_CORNERS: Final = tuple("坪形星色恋债钢铁洲楼亭架阀梅度落尖湖湾")
_EVERY: Final = re.compile("每[^，。；0-9]{1,3}\\Z")
_ELECTRIC: Final = re.compile("电(?!子)[^，。；,;\n0-9]{0,6}\\Z")
_NEVER: Final = re.compile("(?:没有?|未|不[落漏丢])[^，。；、]{0,3}\\Z")
_RENEWED: Final = ("更新", "刷新", "翻新")  # 每半年更新一次; elsewhere 新 before 一 is no verb
_SANCTIONS: Final = frozenset("扣罚奖")
_PHRASE_END: Final = frozenset("，。；、,;\n）)")
_HEADS: Final = UnitWord("", "count", "")
_ROW: Final = frozenset("、,，和及至到-")
_ORDINAL_ROW: Final = re.compile(
    r"第[0-9一二三四五六七八九十百]{1,4}(?:[、,，和及至到-][0-9一二三四五六七八九十百]{1,4}){0,6}[、,，和及至到-]\Z"
)
_CNY: Final = UnitWord("", "money", "CNY")
_GROWN: Final = re.compile(
    r"(?:增长|增加|提高|上升|扩大|提升|上涨|增幅|增|涨幅|高出|多出|净增|超出)(?:了|达|将近|近|约|大约|超过|逾){0,2}\Z"
)
_CLOCK: Final = re.compile(r"[0-9一二三四五六七八九十两][点时:：]\Z")
_RATIO: Final = re.compile(r"[0-9][./:：]\Z")
_POINT_MINUTES: Final = re.compile(r".*点[0-9零一二三四五六七八九十]{2,}\Z")
_RATE: Final = re.compile("[利率息债差调券收]")
_YEAR: Final = re.compile("(?:年级|[高初][一二三]年?级?|[小大][一二三四五六])\\Z")
_PAGES_BEFORE: Final = re.compile(r"页[ /,，]{0,3}共\Z")
_PAGES_AFTER: Final = re.compile(r"[ ,，]{0,2}(?:当前)?第[0-9]{1,5}页")
_LINE_MARKER: Final = re.compile(r"(?:^|[\n。；;！？])[ \t#*-]{0,8}\Z")


_KIND_RULE: Final = {
    "percent": "quantity.percent",
    "percent_point": "quantity.percent-point",
    "multiple": "quantity.multiple",
    "money": "quantity.money",
    "count": "quantity.count",
    "score": "quantity.score",
    "temperature": "quantity.temperature",
}


class Scene(NamedTuple):
    """The place a rule looks at. `start`, `end`: the numerals; `floor`: the end of the mention before."""

    text: str
    start: int
    end: int
    floor: int
    money: bool  # the mention before is money, in the same sentence


class Refusal(NamedTuple):
    """A reason not to take a number: a public id and a test, which also hears whether a bounding word is stated."""

    id: str
    applies: Callable[[Scene, Part, UnitWord, bool], bool]
    source: str


def finish(scene: Scene, part: Part, rule: str) -> QuantityMention | None:
    """Return the mention that `part` makes with the words around it, or None where it is no quantity."""
    text = scene.text
    start, negative, scale = find_sign(text, part.start, part)
    if start < scene.floor:
        start, negative, scale = part.start, False, None  # the sign's words belong to the mention before
    start, prefix = _currency_before(scene, start, part)
    if prefix is not None and part.word is not None and part.word.measure:
        part = part._replace(end=part.number_end, word=None)  # ¥39.9起
    word = _choose_unit(scene, part, scale, prefix)
    if word is None:
        return None
    if rule == "quantity.single":
        rule = _KIND_RULE.get(word.kind, "quantity.measure")
    if part.word is None and prefix is None and scale is None:
        rule = "quantity.money-bare" if word is _CNY else "quantity.count-bare"
    about = part.blurred and "来" in text[part.start : part.end]  # 40来户 is about forty, 40多户 more
    plus = part.blurred and text[part.number_end : part.number_end + 1] == "+"  # 300+家
    bounds = find_bounds(text, start, part.end, part.blurred and not (about or plus), part.word)
    if about:
        bounds = bounds._replace(approximate=True)
    if plus and bounds.sense == "eq":
        bounds = bounds._replace(sense="ge")
    if bounds.start < scene.floor:
        bounds = bounds._replace(start=start, before=False)
    stated = bounds.before or bounds.sense != "eq" or bounds.approximate
    for refusal in REFUSALS:  # a loop, since any() builds a generator for each number
        if refusal.applies(scene, part, word, stated):
            return None
    per, end = find_per(text, scene.floor, bounds.start, bounds.end, word)
    if end > bounds.end and not stated:
        behind = find_bounds(text, end, end, False, word)  # 2.5元/平方米以下
        bounds, end = bounds._replace(sense=behind.sense, approximate=behind.approximate), behind.end
    if word.kind == "length" and per and end > bounds.end and per[0] in _SPEED:
        word = word._replace(kind="other")  # 90公里/小时 is a speed
    if _is_article(scene, part, word) and not stated and not _is_counted(scene, part, bounds.start, per):
        return None
    return _mention(scene, part, word, bounds._replace(end=end), per, negative, rule)


def _mention(
    scene: Scene, part: Part, word: UnitWord, bounds: Bounds, per: tuple[str, ...], negative: bool, rule: str
) -> QuantityMention:
    low, high = part.low, part.high
    if word.kind == "multiple" and _GROWN.search(scene.text, max(0, bounds.start - 10), bounds.start):
        low, high = low + 1, high + 1  # 增长1倍 is twice as much
    if negative:
        low, high = -high, -low
    comparator, lowest, highest = _limits(low, high, bounds.sense)
    end = bounds.end
    if comparator == "range" and scene.text.startswith(words.BETWEEN, end):
        end += len(words.BETWEEN[0])
    return QuantityMention(
        span=Span(bounds.start, end),
        kind=word.kind,
        low=lowest,
        high=highest,
        comparator=comparator,
        approximate=bounds.approximate,
        masked=False,
        unit=word.unit or None,
        per=per,
        rule=rule,
    )


def _limits(low: Decimal, high: Decimal, sense: str) -> tuple[Comparator, Decimal | None, Decimal | None]:
    """Return comparator, low and high in the contract's sense: an open side is None."""
    least, most = plain_decimal(low), plain_decimal(high)
    if sense == "ge":
        return "ge", least, None
    if sense == "gt":
        return "gt", least, None
    if sense == "le":
        return "le", None, most
    if sense == "lt":
        return "lt", None, most
    return ("eq", least, most) if low == high else ("range", least, most)


def _currency_before(scene: Scene, start: int, part: Part) -> tuple[int, str | None]:
    """Return where a currency before the number starts, and its code: 人民币100万, ¥3.5, 港币两千元."""
    text = scene.text
    number = start
    if (
        text[start - 1 : start] == " "
        and text[start - 2 : start - 1].isascii()
        and text[start - 2 : start - 1].isalpha()
    ):
        start -= 1  # CNY 500
    if text[start - 1 : start] not in words.PREFIX_LAST or (part.word is not None and not _may_be_money(part.word)):
        return number, None
    for length in words.PREFIX_LENGTHS:
        code = words.PREFIX.get(text[start - length : start]) if start - length >= scene.floor else None
        if code is not None:
            return start - length, code
    return number, None


def _may_be_money(word: UnitWord) -> bool:
    return word.kind == "money" or word.measure


def _choose_unit(scene: Scene, part: Part, scale: UnitWord | None, prefix: str | None) -> UnitWord | None:
    """Return the unit that the words before decide: 摄氏37度, 港币3元, 销售指标1092万."""
    if scale is not None:
        return scale
    if part.word is None:
        if prefix is not None:
            return UnitWord("", "money", prefix)
        if counts_persons(scene.text, part.start, part.end) and is_bare_count(scene.text, part):
            return _HEADS
        if is_bare_money(scene.text, part, scene.floor, money=scene.money):
            return _CNY
        return _HEADS if is_bare_count(scene.text, part) else None
    if part.word.written == "块" and scene.text[max(0, part.start - 6) : part.start].endswith(words.BLOCKS):
        return UnitWord("块", "count", "块", measure=True)
    if part.word.written == "度" and _ELECTRIC.search(scene.text, max(0, part.start - 8), part.start):
        return UnitWord("度", "energy", "度")
    if prefix is not None and part.word.unit == "CNY":
        return UnitWord(part.word.written, "money", prefix)
    return part.word


def _is_article(scene: Scene, part: Part, word: UnitWord) -> bool:
    """一个 一种 一份: one is an article before measure words and before units that make idioms (一度, 一成)."""
    bare = scene.text[part.start : part.number_end] == "一"
    return bare and part.low == part.high and (word.measure or (word.written in _ARTICLES and part.low == word.factor))


def _is_counted(scene: Scene, part: Part, start: int, per: tuple[str, ...]) -> bool:
    """One counts after 新增 and the like, in 每人一份, as 一次, before a sanction, and at the end of its phrase."""
    text = scene.text
    before = text[max(0, start - 5) : start]
    if before.endswith(words.ARTICLE_VERBS) or (per and before.endswith(per[-1])) or _EVERY.search(before):
        return True
    if _NEVER.search(before):
        return False  # 没有出过一次: none
    if part.word is not None and part.word.written == "次":
        return before.endswith(_RENEWED) or not before.endswith(("又", "再", "上", "下", "头", "有"))
    if part.word is not None and part.word.written == "遍":
        return bool(per)
    following = text[part.end : part.end + 1]
    return bool(before) and (following in _SANCTIONS or (following in _PHRASE_END and "一" <= before[-1] <= "龥"))


def _is_small_chinese(scene: Scene, part: Part) -> bool:
    """A Chinese numeral of one character, or two adjacent ones."""
    return part.high <= 10 and not scene.text[part.start].isascii() and scene.text[part.start] != "两"


def _ordinal(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """第3家, and in 第5、8、10条 all three."""
    before = scene.text[part.start - 1 : part.start]
    if before in words.ORDINAL_BEFORE:
        return True
    return before in _ROW and bool(_ORDINAL_ROW.search(scene.text, max(0, part.start - 36), part.start))


def _bare_magnitude(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """万元 in a table's head, 百家, and classes: 百亿县, 千亿级. A sum like 千亿元 is written so."""
    run = scene.text[part.start : part.number_end]
    return not run.strip("百千万亿兆") and not (stated or (len(run) > 1 and word.kind == "money"))


def _quoted(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    if not word.measure or scene.text[part.start - 1 : part.start] not in _QUOTES or part.start == 0:
        return False
    return bool(_CLOSING.search(scene.text, part.end, part.end + 12))


def _place_or_grade(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    run = scene.text[part.start : part.number_end]
    if run == "二" and word.written in _FLOORS and not stated:
        return True  # 二次投诉, 二层, 二类: the second, else it would be 两
    if run == "两" and word.written in _LANDS and not stated:
        return True  # 两省, 兰白两区
    if "." in run and word.written in _PHASES:
        return True  # 1.7期, 2.0版: phases are numbered so
    return word.arabic and not stated and _is_small_chinese(scene, part)


def _rank(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """居全国前10位, 进入前三名: a place among others."""
    before = scene.text[max(0, part.start - 2) : part.start]
    return word.written in _RANKED and before.endswith("前") and before not in _NOT_FIRST


def _corner(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """四角坪, 五角星: corners, not coins."""
    return word.written == "角" and scene.text.startswith(_CORNERS, part.end)


def _congress(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    if word.written != words.GREAT:
        return False
    return scene.text[part.start : part.number_end] not in tuple("二两三四五六七八九十3456789") or stated


def _clock(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    run = scene.text[part.start : part.number_end]
    if word.measure and "点" in run and run[-1] not in "万亿":
        return True  # 八点三个人到岗
    if word.written != "分":
        return False
    return bool(_CLOCK.search(scene.text, max(0, part.start - 2), part.start) or _POINT_MINUTES.match(run))


def _part_of_code(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """iso9001, PM2.5, A4, 3:1, GB-2."""
    before = scene.text[max(0, part.start - 2) : part.start]
    if _RATIO.search(before):
        return True
    if before.endswith(("×", "*", "✕", "Ｘ")) and scene.text[part.start : part.end] == "100%":
        return True  # 门诊收入/医疗收入×100%: a formula
    last = before[-1:]
    if last in ("-", "_", "#") and before[:1].isascii() and before[:1].isalnum():
        return True
    return last.isascii() and last.isalpha() and word.measure and scene.text[part.start].isascii()


def _section_number(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """A decimal before a measure word at the start of a line is a section number: 1.1个人信息."""
    run = scene.text[part.start : part.number_end]
    return (
        word.measure
        and "." in run
        and run[-1].isdigit()
        and bool(_LINE_MARKER.search(scene.text, max(0, part.start - 10), part.start))
    )


def _session(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """五届人大四次会议, 十二届七次、八次全会: which session, not how many."""
    before = scene.text[max(0, part.start - 10) : part.start]
    return word.written == "次" and bool(_MEETING.match(scene.text, part.end) and _SESSION.search(before))


def _page_counter(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """共3页,当前第1页 and 第7页 / 共31页 are furniture."""
    if word.written != "页":
        return False
    before = scene.text[max(0, part.start - 8) : part.start]
    return bool(_PAGES_BEFORE.search(before) or _PAGES_AFTER.match(scene.text, part.end))


def _one_of(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """同一个, 每一项, 唯一一家: one points, it does not count."""
    if scene.text[part.start : part.number_end] == "一" and scene.text.endswith(("最后", "最初"), 0, part.start):
        return True  # 最后一公里
    if not _is_article(scene, part, word):
        return False
    before = scene.text[max(0, part.start - 2) : part.start]
    if word.measure and len(word.written) == 1 and (before[:1] == "一" or scene.text.startswith("一", part.end)):
        return True  # 一户一档, 一机一闸: one for each
    return before.endswith(words.ONE_BEFORE) and before not in _RENEWED


def _base_pairs(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """500bp of a strand; of a rate, a yield or a spread it is a basis point."""
    return word.written in ("bp", "BP") and not _RATE.search(scene.text, max(0, part.start - 16), part.start)


def _school_class(scene: Scene, part: Part, word: UnitWord, stated: bool) -> bool:
    """三年级2班, 高一(3)班: which class, not how many."""
    return word.written == "班" and bool(_YEAR.search(scene.text, max(0, part.start - 4), part.start))


REFUSALS: Final[tuple[Refusal, ...]] = (
    Refusal("not.ordinal", _ordinal, "GB/T 15835-2011, 4.2: 第 makes an ordinal"),
    Refusal("not.bare-magnitude", _bare_magnitude, "万元 in a table's head, 百家, 千户: no digit is written"),
    Refusal("not.quoted", _quoted, "GB/T 15834-2011, 4.8.3.2: quotation marks set off a term, “四个意识”"),
    Refusal("not.place-or-grade", _place_or_grade, "三级医院, 二期工程, 两省: a name"),
    Refusal("not.rank", _rank, "现代汉语八百词: 前 before a numeral and 位 or 名 tells the place"),
    Refusal("not.corner", _corner, "现代汉语词典: 角, the corner of a figure"),
    Refusal("not.congress", _congress, "十九大, 二十大: party congresses"),
    Refusal("not.clock", _clock, "GB/T 7408: 3点30分 is a time of day"),
    Refusal("not.code", _part_of_code, "model, standard and version numbers; ratios"),
    Refusal("not.section-number", _section_number, "GB/T 1.1: sections are numbered 1.1"),
    Refusal("not.session", _session, "names of sessions of congresses and committees"),
    Refusal("not.base-pairs", _base_pairs, "bp is also short for base pairs, by which nucleic acids are measured"),
    Refusal("not.school-class", _school_class, "三年级2班: the number of a class is its name"),
    Refusal("not.page-counter", _page_counter, "running heads and feet; preview sites"),
    Refusal("not.one-of", _one_of, "现代汉语词典: 同一, 每一, 唯一"),
)
"""Why a number with a unit is not a quantity. Order does not matter: any one is enough."""
