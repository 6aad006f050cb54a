"""Weekdays in a row that share their 周: 周一、三、五."""

from __future__ import annotations

import re
from copy import copy
from itertools import pairwise

from docparse.expr.time_lists import Member
from docparse.expr.time_points import read_point
from docparse.expr.time_words import JOIN
from docparse.expr.timex import Draft

_NUMBERS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7}
# What such a number counts or numbers instead: 周一、二楼, 周三、五班.
_COUNTED = (
    "次个小大份篇期遍回报条两考测题总至楼组班线号名是要年月级类层院区厂部车等届批把来方百千万十环种家位所项员"
    "科队室站村街天"
)
_ROW = re.compile(f"[一二三四五六日天](?:[、和及与][一二三四五六日天](?![{_COUNTED}])){{1,6}}")
_ONE = re.compile("[一二三四五六日天]")
_JOINED = re.compile(JOIN)


def read_row(text: str, pos: int, frame: Draft) -> list[Member] | None:
    """The weekdays of the row whose first number stands at `pos`, each with the time of day behind the last; or None.

    Args:
        text: folded text.
        pos: offset of the first number.
        frame: what all of them share (本周).
    """
    row = _ROW.match(text, pos)
    if row is None:
        return None
    found = list(_ONE.finditer(text, pos, row.end()))
    days = [_NUMBERS[m[0]] for m in found]
    if any(low >= high for low, high in pairwise(days)):
        return None
    shared = copy(frame)
    shared.rank, shared.weekday = 5, str(days[-1])
    gap = row.end() + (text[row.end() : row.end() + 1] == "的")
    read = read_point(text, gap, draft=shared)
    whole = read is not None and not read[0].dangling and not _JOINED.match(text, read[1])
    point, end = read if read is not None and whole else (shared, row.end())
    members: list[Member] = []
    for match, day in zip(found, days, strict=True):
        one = copy(point)
        one.weekday = str(day)
        members.append(Member(match.start(), match.end() if match is not found[-1] else end, one))
    return members
