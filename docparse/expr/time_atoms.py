"""What the atoms of a point of time share: their type and small helpers.

An atom is a pattern with a rank and a setter that may refuse. Ranks only grow inside a point (年 before 月 before 日),
so a phrase has few atoms and reading it is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from docparse.expr.time_words import small_number
from docparse.expr.timex import Draft, last_day

# All months but February are as long in every year.
ANY_YEAR = 2001
Setter = Callable[[Draft, "re.Match[str]"], bool]


class Atom(NamedTuple):
    """`name` is also the name of its group; inner groups are named NAME_x."""

    name: str
    rank: int
    pattern: str
    set: Setter


def group_number(match: re.Match[str], group: str) -> int:
    """The number in a group, -1 where it is none."""
    value = small_number(match[group])
    return -1 if value is None else value


def two_digit_year(number: int) -> int:
    """The four-digit year that a two-digit one stands for: 00–49 in the 2000s, 50–99 in the 1900s."""
    return number + (2000 if number < 50 else 1900)


def last_day_text(draft: Draft) -> str:
    """The last day of the draft's month, XX where it depends on what is not known."""
    if not draft.fine or not draft.fine.isdigit():
        return "XX"
    if draft.fine != "02":
        return str(last_day(ANY_YEAR, int(draft.fine)))
    known = draft.year is not None and len(draft.year) == 4 and draft.year.isdigit()
    return str(last_day(int(draft.year or 0), 2)) if known else "XX"


# What begins with 底 初 末 中 and is another word: 年终奖, 初步, 末梢, 中层.
NOT_EDGE = (
    "(?!(?<=初)[一二三](?:学|年级|班|毕业|[上下]学期|教师|老师|语文|数学|英语|备课)|端|梢|班|尾|次|步|级|心|稿|审|(?<!中)评|衷|中|见|恋|诊|试|始化|(?<=底)下(?![达发放拨调])|层|蕴|薪|数"
    "|线|色|盘(?!点|活|查)|价|片|部|子|细|气|奖"
    "|(?<=终)(?<![在到至]年终)(?<!每年年终)(?:个人|工作|销售){0,2}(?:总结|小结|述职|报告|汇报))"
)
