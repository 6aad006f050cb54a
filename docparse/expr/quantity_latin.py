"""Latin letters for magnitudes behind digits: $2M, 月薪8k, 500w以上."""

from __future__ import annotations

import re
from typing import Final

from docparse.expr import quantity_words as words
from docparse.expr.quantity_numbers import Amount
from docparse.expr.quantity_words import find_unit

LETTERS: Final = frozenset("wWkKMBmb")
_MEANS: Final = {"w": (4, "万"), "k": (3, "千"), "m": (6, "百万"), "b": (9, "十亿")}
# A letter that goes on is a word's, and -8k, A5w belong to a code.
_LETTER: Final = re.compile(r"(?P<letter>[wWkKMBmb])n?(?![A-Za-z0-9/²³])")
_WRITTEN: Final = re.compile(r"[0-9][0-9,]{0,14}(?:\.[0-9]{1,6})?")
# What takes watts, pixels and kilometres is no money.
_THOUSANDS: Final = ("人", "人次", "户", "次", "单", "件", "份")
_POWERED: Final = re.compile("(?:功率|瓦|灯|充电?|电机|电源|音响|空调|额定|输出|加热)[^，。；\n]{0,8}\\Z")


def read_letter(text: str, start: int, end: int, amount: Amount) -> tuple[Amount, int] | None:
    """Return the amount with its letter applied, and where the letter ends; None where no money or count is meant.

    M and B stand with a currency; w is 万 and k is 千 with a currency, or where the place is left to tell.
    """
    match = _LETTER.match(text, end)
    if match is None or not amount.exact or not _WRITTEN.fullmatch(text, start, end):
        return None
    if not (_has_currency(text, start, match.end()) or _is_said_so(text, start, match)):
        return None
    shift, magnitude = _MEANS[match["letter"].lower()]
    value = amount.low.scaleb(shift)
    return Amount(value, value, False, magnitude), match.end()


def _has_currency(text: str, start: int, end: int) -> bool:
    word = find_unit(text, end + (text[end : end + 1] == " "))
    if word is not None and word.kind == "money" and word.factor == 1 and word.written != "块":
        return True
    before = start - (text[start - 1 : start] == " ")
    return any(text[max(0, before - length) : before] in words.PREFIX for length in words.PREFIX_LENGTHS)


def _is_said_so(text: str, start: int, match: re.Match[str]) -> bool:
    """500w以上 and 月薪8k, unless a lamp has 500w; 50W is watts unless people are counted."""
    letter, before = match["letter"], text[start - 1 : start]
    if letter not in "wWkK" or (before.isascii() and (before.isalnum() or before in "_#.")):
        return False
    if _POWERED.search(text, max(0, start - 12), start):
        return False
    if letter in "kK" and (word := find_unit(text, match.end())) and word.written not in _THOUSANDS:
        return False  # 5K组 runs five kilometres
    return letter != "W" or text.startswith(("人", "户", "粉丝", "用户", "+"), match.end())
