"""Spaces that do not belong: between a number and its unit, inside dates, inside letter-spaced words and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.text.edits import Edit

HAN = "一-鿿"
UNITS = "年月日号时分秒天周个家人名户项次万亿元吨亩套台辆件条份倍岁%％‰米公平立千百间张所篇期批位届座"
# 全省 100 个县: the space before the unit goes.
BEFORE_UNIT = re.compile(rf"(?<=\d)[ 　]{{1,2}}(?=[{UNITS}])")
IN_DATE = re.compile(r"(?<=\d[年月])[ 　]{1,2}(?=\d{1,2}[ 　]{0,2}[月日号])")
# 1 6 5 5 亿: four or more single digits, each behind one space.
SPACED_DIGITS = re.compile(r"(?<![\d.,])\d(?: \d){2,12}(?= ?[万亿元个人%年吨家户])")
SPACED_WORD = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ 　][{HAN}]){{2,11}}(?![{HAN}])")


def close_units(raw: str) -> Iterator[Edit]:
    """`100 个县` becomes `100个县`; not at the start of a line, where `1 个人` is a marker and a heading."""
    for m in BEFORE_UNIT.finditer(raw):
        if not _starts_line(raw, m.start()):
            yield Edit(
                start=m.start(), end=m.end(), after="", kind="spacing", evidence="space before a unit", certainty=0.9
            )
    for m in IN_DATE.finditer(raw):
        yield Edit(
            start=m.start(), end=m.end(), after="", kind="spacing", evidence="space inside a date", certainty=0.95
        )


def _starts_line(raw: str, at: int) -> bool:
    """Whether only a number stands between the line's start and `at`; a year (four digits) is no marker."""
    start = at
    while start > 0 and at - start < 10 and (raw[start - 1].isdigit() or raw[start - 1] == "."):
        start -= 1
    digits = raw[start:at]
    if digits.isdigit() and len(digits) >= 4:
        return False
    indent = start
    while indent > 0 and start - indent < 20 and raw[indent - 1] in " 　\t":
        indent -= 1
    return indent == 0 or raw[indent - 1] in "\n\r"


def close_numbers(raw: str) -> Iterator[Edit]:
    """`1 6 5 5 亿` becomes `1655亿`: three spaced digits or more, with a unit behind them."""
    for m in SPACED_DIGITS.finditer(raw):
        yield Edit(
            start=m.start(),
            end=m.end(),
            after=m[0].replace(" ", ""),
            kind="spacing",
            evidence="spaced digits",
            certainty=0.9,
        )


def close_words(raw: str) -> Iterator[Edit]:
    """`版 本 历 史` becomes `版本历史`: three letter-spaced characters or more that fill their stretch of the line."""
    for m in SPACED_WORD.finditer(raw):
        after = m[0].replace(" ", "").replace("　", "")
        yield Edit(
            start=m.start(), end=m.end(), after=after, kind="spacing", evidence="letter-spaced word", certainty=0.9
        )
