"""Lists that share a head or a unit: 今年3、6、9月, 第一、二季度, 2023、2024年, 5月10、20日."""

from __future__ import annotations

import re
from copy import copy
from itertools import pairwise
from typing import NamedTuple

from docparse.expr.time_points import read_point
from docparse.expr.time_words import FRESH, small_number
from docparse.expr.timex import Draft

_NUMBER = "(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3})"
_LIST = re.compile(
    f"(?:第|{FRESH})(?P<first>{_NUMBER})(?P<rest>(?:、第?{_NUMBER}){{0,5}}(?:、|和|及|与|或|以及)第?)(?P<last>{_NUMBER})"
    " {0,2}(?P<unit>月(?!饼|薪|度|均|刊|报)|季度|[日号](?=$|[^线楼院文机])|年(?!级|龄|代))"
)
_ITEM = re.compile(_NUMBER)
_FIELDS = {
    "年": ("year", 2199, "{:04d}"), "季度": ("fine", 4, "Q{}"), "月": ("fine", 12, "{:02d}"),
    "日": ("day", 31, "{:02d}"), "号": ("day", 31, "{:02d}"),
}  # fmt: skip
_FAR_BACK = 3000  # characters in which the marker before is looked for
# After these a number and 、 are a list marker: 三、四月份工作.
_LINE_START = "\n\r\t 。；;：:(（!！?？"


class Member(NamedTuple):
    """One time of a list: where it is written and what it says."""

    start: int
    end: int
    point: Draft


def read_members(text: str, start: int, base: Draft) -> list[Member] | None:
    """The times of the list whose first number stands at `start`, or None.

    Args:
        text: folded text.
        start: offset of the first number, or of its 第.
        base: what stands before the list and holds for all of it (今年, 5月, the frame of 每月).
    """
    match = _LIST.match(text, start)
    if not match:
        return None
    numbers = [match["first"], *_ITEM.findall(match["rest"]), match["last"]]
    values = [small_number(n) or 0 for n in numbers]
    unit = match["unit"]
    if any(low >= high for low, high in pairwise(values)) or values[0] < 1:
        return None
    lone = base == Draft() and len(values) == 2 and text[start] != "第" and "、" in match["rest"] and unit != "年"
    if not _fits(base, unit, values) or (lone and _marked(text, start, match, values)):
        return None
    return _members(text, match, base, values)


def _marked(text: str, start: int, match: re.Match[str], values: list[int]) -> bool:
    """Is the first of two numbers a list marker? Mostly at the head of a line, and where lines were joined."""
    if start == 0 or values[1] != values[0] + 1:
        return True
    if text[start - 1] in _LINE_START:
        between = text[start - 1] in "。；;" and match["unit"] == "月" and text.startswith("份", match.end())
        return not between or values[0] == 1 or _goes_on(text, start, match["first"], values[0])
    return match["first"] == "1" and not text.startswith("月份", match.end("last"))


def _goes_on(text: str, start: int, written: str, value: int) -> bool:
    """Does the marker before it stand above? Behind a sentence 五、 counts only where a 四、 did."""
    before = str(value - 1) if written.isdecimal() else "零一二三四五六七八九十"[value - 1]
    above = text[max(0, start - _FAR_BACK) : start]
    if before not in above:  # a cheap look, since thousands of such lists may stand in a text
        return False
    return re.search(f"(?:\\A|[\\s。；;：:（(]){before}[、.．）)](?![0-9])", above) is not None


def _fits(base: Draft, unit: str, values: list[int]) -> bool:
    """Can what stands before be told a year, a month, a quarter or a day more?"""
    field, most, _ = _FIELDS[unit]
    if field == "year":
        return base == Draft() and 1400 <= values[0] <= values[-1] <= most
    if values[-1] > most or base.upto or base.week or base.day:
        return False
    return base.fine is not None and base.fine[0] in "01X" if field == "day" else base.fine is None


def _members(text: str, match: re.Match[str], base: Draft, values: list[int]) -> list[Member] | None:
    field, _, form = _FIELDS[match["unit"]]
    members: list[Member] = []
    spans = [match.span("first"), *(m.span() for m in _ITEM.finditer(text, *match.span("rest")))]
    for (low, high), value in zip(spans, values[:-1], strict=True):
        point = copy(base)
        setattr(point, field, form.format(value))
        members.append(Member(match.start() if not members else low, high, point))
    at = match.start("last")
    read = read_point(text, at - (text[at - 1] == "第"), draft=base)
    if read is None or getattr(read[0], field) != form.format(values[-1]):
        return None
    return [*members, Member(at - (text[at - 1] == "第"), read[1], read[0])]


def is_run(members: list[Member]) -> bool:
    """Do the times follow one another without a gap (5、6月, 2022、2023、2024年)?"""
    fields = [(m.point.weekday or m.point.day or m.point.fine or m.point.year or "")[-2:] for m in members]
    numbers = [int(f.removeprefix("Q")) for f in fields if f.removeprefix("Q").isdigit()]
    first, last = members[0].point, members[-1].point
    plain = (first.day is None) == (last.day is None) and not (last.clock or last.part or last.upto)
    return plain and len(numbers) == len(members) and all(b == a + 1 for a, b in pairwise(numbers))
