"""Numerals: Arabic, full-width, Chinese, financial and mixed, read into exact decimals.

Sources: GB/T 15835-2011 出版物上数字用法; the financial forms are those of 支付结算办法 (中国人民银行, 1997), 附一.
Nothing here is a binary float: digits are shifted and added as integers and `Decimal`s.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

from docparse.records import plain_decimal

__all__ = ["fold_digits", "parse_number", "read_numeral"]

MAX_NUMERAL: Final = 100  # characters; the longest numeral in real text has some 30
_EXACT: Final = Context(prec=400)  # enough for any numeral of MAX_NUMERAL characters
_SHORT: Final = Context(prec=28)  # a fraction such as 三分之一 that never ends

# One character for one, so that offsets hold.
_FOLD_FROM: Final = "壹弌貳贰弐參叁叄肆伍陸陆柒捌玖拾佰仟萬億〇兩點負０１２３４５６７８９．，－−﹣／％＋"
_FOLD_TO: Final = "一一二二二三三三四五六六七八九十百千万亿零两点负0123456789.,---/%+"
_FOLD: Final = str.maketrans(_FOLD_FROM + "参", _FOLD_TO + "三")

_DIGIT: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_ASCII_DIGITS: Final = frozenset("0123456789")
_TENS: Final = {"廿": 20, "卅": 30, "卌": 40}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_MAGNITUDE: Final = _SMALL | _LARGE

_TOKEN: Final = re.compile(r"(?P<arabic>[0-9]+(?:\.[0-9]+)?)|(?P<char>[零一二两三四五六七八九廿卅卌十百千万亿兆])")
_GROUPED: Final = re.compile(r"(?<![0-9.])([0-9]{1,3}(?:,[0-9]{3})+)(?![0-9,])")
_SCIENTIFIC: Final = re.compile(
    r"(?P<number>[0-9]{0,60}\.?[0-9]{1,60})(?:[eE](?P<exponent>[+-]?[0-9]{1,2})|(?P<suffix>[kKmM]))"
)
_SLASH: Final = re.compile(r"([0-9]{1,30})/([0-9]{1,30})")
_SPACE: Final = re.compile(r"\s+")
_SUFFIX: Final = {"k": 3, "m": 6}


def fold_digits(text: str) -> str:
    """Return `text` with financial, traditional and full-width numerals made plain, one character for one.

    >>> fold_digits("壹佰萬９")
    '一百万9'
    """
    return text.translate(_FOLD)


def parse_number(text: str) -> Decimal | None:
    """Return the number that the whole of `text` writes, exactly, or None where it is not one number.

    A fraction that never ends is given to 28 digits. White space inside is ignored.

    >>> parse_number("一百万零五十四"), parse_number("1.5万亿"), parse_number("四分之三"), parse_number("10..1")
    (Decimal('1000054'), Decimal('1500000000000'), Decimal('0.75'), None)
    """
    if len(text) > MAX_NUMERAL * 4:
        return None
    plain = _SPACE.sub("", text).translate(_FOLD)
    negative = plain[:1] in ("-", "负")
    if plain[:1] in ("-", "负", "+"):
        plain = plain[1:].removeprefix("的") if negative else plain[1:]
    value = _read_suffixed(plain)
    if value is None:
        return None
    return plain_decimal(-value if negative and value else value)


def _read_suffixed(plain: str) -> Decimal | None:
    """Read an unsigned number that may end in an exponent or in K or M, or be written 3/4."""
    if len(plain) > MAX_NUMERAL:
        return None
    if match := _SCIENTIFIC.fullmatch(plain):
        shift = _SUFFIX[match["suffix"].lower()] if match["suffix"] else int(match["exponent"])
        return _EXACT.scaleb(Decimal(match["number"]), shift)
    if match := _SLASH.fullmatch(plain):
        return _divide(Decimal(match[1]), Decimal(match[2]))
    return read_numeral(plain)


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Decimal | None:
    """Return the unsigned number that all of `text` writes, without white space, or None.

    Cached: in one document the same few numerals stand for nearly all of them.
    """
    if not text or len(text) > MAX_NUMERAL:
        return None
    plain = text.translate(_FOLD)
    if plain.isascii() and plain.isdigit():
        return Decimal(plain)
    if "," in plain:
        plain = _GROUPED.sub(lambda m: m[1].replace(",", ""), plain)
    whole, also, fraction = plain.rpartition("又")
    if also:
        first, second = _read_plain(whole), _read_fraction(fraction)
        return None if first is None or second is None else _SHORT.add(first, second)
    return _read_fraction(plain) if "分之" in plain else _read_plain(plain)


def _read_fraction(plain: str) -> Decimal | None:
    """Read N分之M."""
    below, mark, above = plain.partition("分之")
    if not mark:
        return None
    denominator, numerator = _read_plain(below), _read_plain(above)
    return None if denominator is None or numerator is None else _divide(numerator, denominator)


def _divide(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    return _SHORT.divide(numerator, denominator) if denominator else None


def _read_plain(plain: str) -> Decimal | None:
    """Read a whole number or a decimal, with or without magnitudes."""
    if plain in ("半", "一半"):
        return Decimal("0.5")
    if plain == "半百":
        return Decimal(50)
    if plain.startswith(".") and plain.isascii() and plain[1:].isdigit():
        return Decimal("0" + plain)
    whole, point, rest = plain.partition("点")
    if not point:
        return _read_integer(plain)
    digits = rest.rstrip("十百千万亿兆")
    left = _read_integer(whole)
    if left is None or not digits or any(c not in _DIGIT and c not in _ASCII_DIGITS for c in digits):
        return None
    fraction = "".join(str(_DIGIT.get(c, c)) for c in digits)
    value = _EXACT.add(left, _EXACT.scaleb(Decimal(int(fraction)), -len(fraction)))
    for magnitude in rest[len(digits) :]:
        value = _EXACT.multiply(value, Decimal(_MAGNITUDE[magnitude]))
    return value


def _tokens(plain: str) -> list[Decimal | str] | None:
    """Cut into Arabic numbers and single Chinese characters; None where anything else stands."""
    found: list[Decimal | str] = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            return None
        found.append(Decimal(match["arabic"]) if match["arabic"] else match["char"])
        at = match.end()
    return found


def _read_integer(plain: str) -> Decimal | None:
    """Read what has no 点: 一百二十三, 一二三, 3千2百, 1.5万亿, 二百五."""
    if plain and all(c in _DIGIT for c in plain):
        if "两" in plain and len(plain) > 1:
            return None  # 两三 is two or three: 两 is never said digit by digit
        return Decimal("".join(str(_DIGIT[c]) for c in plain))  # 一零零五四 is said digit by digit
    tokens = _tokens(plain)
    if not tokens:
        return None
    state = _Sum()
    for token in tokens:
        if not state.take(token):
            return None
    return state.close(plain)


class _Sum:
    """Adds up one Chinese numeral: finished groups (…万, …亿), the open section below 万, the digit in hand."""

    __slots__ = ("digit", "groups", "joined", "last", "section", "small", "zero")

    def __init__(self) -> None:
        self.groups: list[Decimal] = []
        self.section: Decimal | None = None
        self.digit: Decimal | None = None
        self.joined = False  # the digit in hand is several, read in their places
        self.small = 10_000  # 千, 百 and 十 must fall inside a section
        self.last = 1  # the magnitude read last
        self.zero = False

    def take(self, token: Decimal | str) -> bool:
        """Take the next token; False where no numeral goes on like this."""
        if isinstance(token, Decimal):
            return self._take_digit(token)
        if token in _SMALL:
            return self._take_small(_SMALL[token])
        if token in _LARGE:
            return self._take_large(_LARGE[token])
        if token in _TENS:
            ok = self.small > 10 and self._take_digit(Decimal(_TENS[token] // 10))
            return ok and self._take_small(10)
        if token == "零":
            self.zero = True
            return self.digit is None
        return self._take_digit(Decimal(_DIGIT[token]))

    def _take_digit(self, value: Decimal) -> bool:
        if self.digit is not None:
            # 一二〇〇万: digits in a row, read in their places
            if value >= 10 or self.digit != self.digit.to_integral_value():
                return False
            self.digit, self.joined = _EXACT.add(_EXACT.multiply(self.digit, Decimal(10)), value), True
            return True
        self.digit, self.joined = value, False
        return True

    def _take_small(self, unit: int) -> bool:
        if unit >= self.small or (self.zero and self.digit is None and self.section is None and not self.groups):
            return False  # 千 after 百; 零百
        if self.joined and self.digit is not None:
            return False  # 二三十 is twenty or thirty; 一二〇万 goes on after a place's digits, 一二〇十 never
        count = Decimal(1) if self.digit is None else self.digit
        self.section = _EXACT.add(self.section or Decimal(0), _EXACT.multiply(count, Decimal(unit)))
        self.digit, self.small, self.last, self.zero = None, unit, unit, False
        return True

    def _take_large(self, unit: int) -> bool:
        if self.section is None and self.digit is None:
            if not self.groups:
                self.groups.append(Decimal(unit))  # 万九: one is understood
            else:
                self.groups[-1] = _EXACT.multiply(self.groups[-1], Decimal(unit))  # 万亿, 万万
        else:
            value = _EXACT.add(self.section or Decimal(0), self.digit or Decimal(0))
            while self.groups and self.groups[-1] < unit:
                value = _EXACT.add(value, self.groups.pop())
            self.groups.append(_EXACT.multiply(value, Decimal(unit)))
        self.section, self.digit, self.small, self.last, self.zero = None, None, 10_000, unit, False
        return True

    def close(self, plain: str) -> Decimal | None:
        """Return the sum; a lone last digit counts tenths of the magnitude before it (二百五, 一万三)."""
        total = self.section or Decimal(0)
        if self.digit is not None:
            short = self.last >= 100 and not self.zero and self.digit < 10
            short = short and plain[-2:-1] not in _ASCII_DIGITS  # 1百01 is 101: the tail is written out
            total = _EXACT.add(total, _EXACT.multiply(self.digit, Decimal(self.last // 10 if short else 1)))
        elif self.zero:
            return None  # 一百零: cut short
        for group in self.groups:
            total = _EXACT.add(total, group)
        return total
