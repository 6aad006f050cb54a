"""Where numbers stand in a text, and what they say: one regex for all of them, and ranges and blurs read exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from docparse.expr.numerals import fold_digits, read_numeral
from docparse.lexicon import load_toml

MAX_RUN: Final = 60  # characters; a longer run of numerals is a table of digits or an attack, not a number

_DIGITS: Final = "0-9零〇一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
_SCALES: Final = "十百千万亿兆廿卅卌拾佰仟"
_MAGNITUDE: Final = "十百千万亿拾佰仟"
# Possessive everywhere: a run is taken once, whole, and never given back.
_ARABIC: Final = r"[0-9]{1,3}(?:,[0-9]{3}){1,8}+(?![0-9,])(?:\.[0-9]++)?+|[0-9]++(?:\.[0-9]++)*+"
_RUN_BODY: Final = (
    rf"(?:{_ARABIC}|百(?!分[位之])|(?<![{_DIGITS}{_SCALES}])百|[{_DIGITS[3:]}{_SCALES.replace('百', '')}]"
    rf"|(?<=[0-9])点(?=[0-9])|(?<=[{_DIGITS[3:]}{_SCALES}])点(?=[{_DIGITS}])|(?<=[十拾])几(?!何)|个(?=[多余来]?[亿万])"
    rf"|[多余来几](?=[{_MAGNITUDE}]))"
)
_VAGUE: Final = rf"(?<![人户总件指系倍函参分位少次字基多岁])数(?=[{_MAGNITUDE}])|几(?=个?[{_MAGNITUDE}])"
# 390万65岁 is two numbers, 3万4000 and 25万6千 are one: after 万 only four digits or a magnitude go on.
# 初二8个班, 1和2两项: a Chinese digit right behind a decimal one begins another number.
# So does 两 behind 4万亿、5万亿 (两个台阶).
_GO_ON: Final = (
    r"(?!(?<=[0-9])[一二两三四五六七八九]|(?<=[一二两三四五六七八九])[0-9]|(?<=[万亿])两(?![千百]))"
    r"(?:(?<![万亿])|(?![0-9])|(?=[0-9]{4}(?![0-9.,])|[0-9]{1,4}[千百十万]|[0-9],[0-9]{3}(?![0-9,])))"
)
RUN: Final = re.compile(
    rf"(?:{_VAGUE}|(?=[{_DIGITS}{_SCALES}])(?!零[一二两三四五六七八九])){_RUN_BODY}(?:{_GO_ON}{_RUN_BODY})*+"
)
_MASK: Final = r"(?<![A-Za-z0-9×*○_零〇一二两三四五六七八九十])(?:[xX]{1,6}|[×*○]{1,6}|_{2,12})(?![A-Za-z0-9×*○_])"
# One look at a character settles nineteen places in twenty, before any of the four is tried: 4.6 times as fast.
_FIRST: Final = rf"(?=[{_DIGITS}{_SCALES}数几半翻xX×*○_])"
ANCHOR: Final = re.compile(
    rf"{_FIRST}(?:(?P<mask>{_MASK})|(?P<doubled>翻番(?![禺茄薯]))|(?P<half>半)|(?P<run>{RUN.pattern}))"
)

_ADJACENT: Final = re.compile(
    rf"(?P<head>(?:.{{0,30}}[{_MAGNITUDE}])?)(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])"
    rf"(?P<tail>[{_MAGNITUDE}]{{0,4}})"
)
_COUNTING: Final = re.compile("一二三|二三四")  # 一二三次产业, 二三四线城市: names in a row
_ORDER: Final = {c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_BLUR: Final = re.compile(rf"(?P<head>.{{0,30}}?)[多余来几数](?P<tail>[{_MAGNITUDE}]{{0,4}})")
_TAIL: Final = re.compile(rf"[{_MAGNITUDE}兆]*\Z")

_LETTERS: Final = "".join(chr(c) for c in range(0xFF21, 0xFF3B)) + "".join(chr(c) for c in range(0xFF41, 0xFF5B))
_FOLD: Final[dict[str, str]] = dict(
    zip(
        load_toml("traditional")["from"] + "０１２３４５６７８９％．－／∕（）～〜∼−＄" + _LETTERS,
        load_toml("traditional")["to"] + "0123456789%.-//()~~~-$" + "".join(chr(ord(c) - 0xFEE0) for c in _LETTERS),
        strict=True,
    )
)
# Simplified text has few of them: to look for them is ten times as fast as to translate every character.
_FOLDED: Final = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_ROUND_ZERO: Final = re.compile("(?<=[〇零一二三四五六七八九])○|○(?=[一二三四五六七八九])")
_WIDE_GROUP: Final = re.compile("，(?:(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))|(?<=[0-9],[0-9]{3}，)(?=[0-9]{3},))")


class Amount(NamedTuple):
    """What a run of numerals says. `blurred`: 余 多 几 数 make it a floor. `tail`: its magnitudes."""

    low: Decimal
    high: Decimal
    blurred: bool
    tail: str

    @property
    def exact(self) -> bool:
        return self.low == self.high and not self.blurred


def fold(text: str) -> str:
    """Return `text` with full-width and traditional characters made plain, one for one: offsets hold."""
    if "○" in text:
        text = _ROUND_ZERO.sub("〇", text)  # 一九八○: a circle typed for a zero
    return _FOLDED.sub(_folded, _WIDE_GROUP.sub(",", text))


def _folded(match: re.Match[str]) -> str:
    return _FOLD[match[0]]


@lru_cache(maxsize=8192)
def read_amount(run: str) -> Amount | None:
    """Return what a run of numerals says, or None where it is no number: 两三百, 几十万, 十几, 30多万, 1,234.

    A bare 百, 千, 万 or 亿 is none: 万元 in a table's head counts nothing.
    """
    if len(run) > MAX_RUN or _COUNTING.search(run):
        return None
    plain = fold_digits(run.replace("个", ""))
    tail = _tail(plain)
    if match := _BLUR.fullmatch(plain):
        return _read_blurred(match["head"], match["tail"], tail)
    match = _ADJACENT.fullmatch(plain)
    if match and _are_neighbours(match["low"], match["high"]):
        low = read_numeral(match["head"] + match["low"] + match["tail"])
        high = read_numeral(match["head"] + match["high"] + match["tail"])
        return Amount(low, high, False, tail) if low is not None and high is not None else None
    value = read_numeral(plain)
    return None if value is None else Amount(value, value, False, tail)


def _tail(plain: str) -> str:
    match = _TAIL.search(plain)
    return match[0] if match else ""


def _are_neighbours(low: str, high: str) -> bool:
    """两三, 七八 and 三五 are ranges; 一二三 and 五五 are digits."""
    return _ORDER[high] - _ORDER[low] == 1 or (low, high) == ("三", "五")


def _read_blurred(head: str, tail: str, magnitudes: str) -> Amount | None:
    """几十 is at least 10, 十几 at least 10, 30多万 at least 300,000."""
    if not head and not tail:
        return None
    value = read_numeral(head + tail)
    return None if value is None else Amount(value, value, True, magnitudes)


def scaled_low(first: Amount, second: Amount) -> Amount:
    """Return `first` with the magnitudes of `second` where they are understood: 2-3万 is 20,000 to 30,000."""
    if first.tail or not second.tail or not first.exact:
        return first
    factor = read_numeral(second.tail)
    if factor is None or first.low * factor > second.high:
        return first
    return Amount(first.low * factor, first.high * factor, False, second.tail)
