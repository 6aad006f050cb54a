"""Dates and intervals: a point with its 前 底 起 以来, two points joined, and what the second takes from the first."""

from __future__ import annotations

import re
from copy import copy
from typing import NamedTuple

from docparse.expr.time_durations import counts_days, read_length
from docparse.expr.time_lists import Member, is_run, read_members
from docparse.expr.time_points import read_point
from docparse.expr.time_weekdays import read_row
from docparse.expr.time_words import FORE, JOIN, NOT_INSIDE, SPACE
from docparse.expr.timex import Draft, write_interval, write_point
from docparse.records import TimeType


class Also(NamedTuple):
    """A further time of a list, read together with the first."""

    start: int
    end: int
    type: TimeType
    value: str
    shift: str | None = None


class Found(NamedTuple):
    """What a rule reads: where it ends, its public id, the mention's type, value, shift, and what is read with it."""

    end: int
    rule: str
    type: TimeType
    value: str
    shift: str | None = None
    also: tuple[Also, ...] = ()


_JOIN = re.compile(f"{SPACE}(?:起|开始)?(?:(?:[,，]|\\([^()]{{0,12}}\\))?{JOIN}|直到|直至)(?:到)?(?:了)?")
_AND = re.compile(f"{SPACE}(?:和|与){SPACE}")
_BETWEEN = re.compile(f"{SPACE}(?:之间|期间|间(?![接隔断距作]))")
_INNER = re.compile(f"{SPACE}(?:止|之间|期间|间(?![接隔断距作]))")
_BEFORE = (
    "(?:以前|之前|或之前|及之前|及以前|前夕|前后(?![台勤卫端])"
    f"|{FORE}(?![年三两一二四五六七八九十0-9几期])|前(?=年[检审度报]))"
)
_AFTER = "(?:以后|之后|或之后|及之后|及以后|后(?![续期勤台备方面盾果来代者卫天年劲半段进世发起一二三两]))"
_START = "(?:起(?![床草来步伏诉点码到义飞价因重居早跑动搏用着舞立效了诱])|以来|开始(?![于的]))"
# 6月30日（含）前
_INCLUDED = "(?:\\((?:不?含|包括)[^()]{0,4}\\))?"
_SUFFIX = re.compile(
    f"{SPACE}{_INCLUDED}(?:(?P<now>(?:起|开始)?(?:至今(?![年天日月晚])|迄今|到现在|到目前)(?:为止)?)|{_BEFORE}"
    f"|(?P<start>{_START})|(?P<after>{_AFTER})|"
    f"(?:的)?(?:以内|之内|内{NOT_INSIDE})"
    "|左右|前后(?!台)|期间|当天|之间|止(?![损血步痛境])|"
    f"上(?=$)|许(?![多可])|里(?![程面])|间(?=[,，。])|中(?=[,，。]))"
)
# What a day or a month has of its own: 周五下班前, 9月开学前.
_DAY_TURN = re.compile(f"(?:[上下中]午)?(?:[上下交收]班|[上放]学|[下放]课|收工|打烊|闭[店馆])(?:以前|之前|{FORE})")
_MONTH_TURN = re.compile(f"(?:开学|放假)(?:以前|之前|{FORE})")
_STARTED = re.compile(f"{SPACE}(?:{_START}|{_AFTER})")
_BEFORE_ONLY = re.compile(f"{SPACE}{_BEFORE}")
_LATER = re.compile("以?后|之后|以?内|之内")
_HABITUAL = ("夜间",)  # 夜间巡逻, 夜间经济: what kind, not when
_MAYBE_LIST = re.compile("第?[0-9一二三四五六七八九十]{1,4}[、和及与]")
_LIST_HEADS = frozenset("0123456789一二三四五六七八九十第")
_TO = re.compile(f"{SPACE}(?:至|到|、|,)?{SPACE}")


def read_time(text: str, start: int) -> Found | None:
    """The date, time or interval that begins exactly at `start`, or None."""
    first = read_point(text, start)
    if first is None:
        listed = read_members(text, start, Draft()) if _MAYBE_LIST.match(text, start) else None
        if listed is not None:
            return _write_list(text, listed)
        first = _read_offset(text, start)
        if first is None:
            return None
    point, end = first
    if point.rank in (1, 3) and text[end : end + 1] in _LIST_HEADS and not point.clock:
        listed = read_members(text, end, point)
        if listed is not None:
            return _write_list(text, [listed[0]._replace(start=start), *listed[1:]])
    if text[end : end + 1] == "、" and point.weekday and point.weekday != "WE" and not point.day:
        row = read_row(text, end - 1, point)
        if row is not None:
            return _write_list(text, [row[0]._replace(start=start), *row[1:]])
    second = _read_second(text, end, point)
    if second is not None:
        if point.lone and second[0].lone and text[second[1] - 1] == "日" and _so_many(text, start, second[1]):
            return None
        return _write_joined(text, point, *second)
    if point.dangling or _too_little(point, text, start, end):
        return None
    since = text.endswith(("自", "自从"), max(0, start - 2), start) and text[max(0, start - 2) : start - 1] not in (
        "来",
        "各",
    )
    return _with_suffix(text, point, end, since=since and point.upto is None)


def _write_list(text: str, members: list[Member]) -> Found | None:
    """One interval where the times of a list follow one another, else each by itself."""
    first, last = members[0], members[-1]
    if is_run(members):
        joined = _write_joined(text, first.point, last.point, last.end)
        return joined and joined._replace(rule="time.list")
    kind: TimeType = "TIME" if last.point.clock or last.point.part else "DATE"
    value, shift = write_point(first.point)
    also = tuple(Also(m.start, m.end, kind, *write_point(m.point)) for m in members[1:])
    return Found(first.end, "time.list", kind, value, shift, also)


def _too_little(point: Draft, text: str, start: int, end: int) -> bool:
    """Is this no time by itself (a number, 农历 alone, a hidden 号)?"""
    if text[start:end] in _HABITUAL and text[start - 1 : start] not in ("日", "号"):
        return True
    if not point.side() or (point.lunar and point.fine is None and point.day is None):
        return True
    if point.lone and not point.clock and not point.part:
        # A bare N号 is mostly a number (of a room, a document); N日 rarely stands without its month.
        if text[end - 1] == "日" and (_LATER.match(text, end) or (text[start] > "9" and text.startswith("前", end))):
            return True  # 三日后, 5日内: so many days
        if text[end - 1] == "日" and counts_days(text, start, end):
            return True
        digits_before = start > 0 and text[start - 1] in "-/_#第〕)）]&+"
        return digits_before or (text[end - 1] == "号" and start > 0 and not _clause_start(text[start - 1]))
    return False


def _so_many(text: str, start: int, end: int) -> bool:
    """Is 3-5日 a length (3-5日内, 提前3-5日)?"""
    return _LATER.match(text, end) is not None or counts_days(text, start, end)


def _clause_start(char: str) -> bool:
    return char in " \n\r\t,，。;；:、在于到至从的每自定约是"


def _read_offset(text: str, start: int) -> tuple[Draft, int] | None:
    """六天后的3时1刻, 五年后3月30号: a duration after which a point goes on."""
    length = read_length(text, start)
    if length is None or length.way not in ("+", "-") or "/" in length.value or "X" in length.value:
        return None
    years = re.fullmatch("P([0-9]{1,3})Y", length.value)
    pos = length.end + (text[length.end : length.end + 1] == "的")
    if years:
        draft = Draft(year="XXXX", ops=(f"y{length.way}{years[1]}",), rank=1)
    else:
        draft = Draft(year="XXXX", fine="XX", day="XX", ops=(f"{length.way}{length.value}",), rank=5)
    return read_point(text, pos, draft=draft)


def _read_second(text: str, end: int, first: Draft) -> tuple[Draft, int] | None:
    """The upper end of an interval and where it ends."""
    joined = _JOIN.match(text, end)
    if joined:
        hint = Draft(clocked=True) if first.clock else Draft(roc=True) if first.roc else None
        second = read_point(text, joined.end(), draft=hint, second=_yearly(first) or _opens_range(first))
        if second and not second[0].dangling and _match_kind(first, second[0]):
            tail = _INNER.match(text, second[1])
            return second[0], tail.end() if tail else second[1]
        if first.dangling or second is None:
            return None
        return None
    both = _AND.match(text, end)
    if both:
        second = read_point(text, both.end())
        tail = _BETWEEN.match(text, second[1]) if second else None
        if second and tail:
            return second[0], tail.end()
        return None
    after = _STARTED.match(text, end)
    if after:  # 2014年6月14日起到2014年9月14日之前, 2010年之后2018年之前
        to = _TO.match(text, after.end())
        second = read_point(text, to.end() if to else after.end())
        tail = _BEFORE_ONLY.match(text, second[1]) if second else None
        if second and tail and _match_kind(first, second[0]):
            return second[0], tail.end()
    return None


def _yearly(point: Draft) -> bool:
    return point.year is not None and point.year.isdigit() and point.day is None


def _opens_range(point: Draft) -> bool:
    """112年 and the 第1 of 第1-4周 give their unit to a second number."""
    return (point.week is not None and point.dangling) or (point.fine is None and any(op[0] == "r" for op in point.ops))


def _match_kind(first: Draft, second: Draft) -> bool:
    """Can the two be ends of one interval? 三月 to 5天, or a clock time to a year, cannot."""
    if (second.clock or second.part) and not second.date_text():
        return bool(first.clock or first.part)
    if first.lone and second.fine:
        return True
    if first.fine and first.fine[0] == "Q" and second.fine and second.fine[0] not in "Q" and second.year is None:
        return False
    return not (second.lone and first.day is None and not first.lone)


def _inherit(first: Draft, second: Draft) -> Draft:
    """The second point with what it leaves out taken from the first."""
    high = copy(second)
    if not high.date_text() and (high.clock or high.part):
        for name in ("year", "fine", "day", "week", "weekday", "ops"):
            setattr(high, name, getattr(first, name))
        high.ops = tuple(op for op in high.ops if op != "+P1D") + tuple(op for op in second.ops if op == "+P1D")
        carry_part(first, high)
        return high
    moon = next((op for op in first.ops if op[0] == "l" and "-" in op[2:]), None)
    if moon and high.lone:  # 正月初一至初七
        high.year, high.fine, high.lone = first.year, "XX", False
        high.ops = tuple(f"{op.rpartition('-')[0]}-{high.day}" if op == moon else op for op in first.ops)
        high.day = "XX"
        return high
    if high.lone and first.fine:
        high.fine, high.lone = first.fine, False
        high.year, high.ops = first.year, first.ops + high.ops
        if not first.ops and high.year is None:
            high.ops = ("i", *high.ops)
    elif not high.has_year() and not any(op[0] in "mdwq" for op in high.ops) and (high.fine or high.lone):
        high.year = first.year
        high.ops = tuple(op for op in first.ops if op[0] in "ycr?") + high.ops
        _wrap(first, high)
    if high.weekday and high.week is None and first.week is not None:
        high.week, high.year, high.ops = first.week, first.year, first.ops
    return high


def _wrap(first: Draft, high: Draft) -> None:
    """2024年12月至2月 ends in the next year; without a known year, resolve will see to it."""
    if high.year and high.year.isdigit() and len(high.year) == 4 and high.fine and first.fine:
        if high.fine[0] in "01" and first.fine[0] in "01" and high.fine < first.fine:
            high.year = f"{int(high.year) + 1:04d}"
    elif not any(op[0] in "yc?" for op in high.ops):
        high.ops = ("i", *high.ops)


def carry_part(first: Draft, high: Draft) -> None:
    """下午1点半到3点: the part of the day holds for both ends, unless the second is on the clock already."""
    if high.part is None and high.clock and first.clock and high.clock[:2] < "12" and first.clock[:2] >= "12":
        later = f"{int(high.clock[:2]) + 12:02d}{high.clock[2:]}"
        if first.part in ("AF", "MI", "EV") and later > first.clock:
            high.clock = later


def _write_joined(text: str, first: Draft, second: Draft, end: int) -> Found | None:
    high = _inherit(first, second)
    low = copy(first)
    low.dangling = False
    if low.clock and not low.date_text() and high.date_text():
        low.year = low.fine = low.day = "XX"
        low.year, low.ops = "XXXX", ("d+0",)
    if not low.has_year() and high.has_year() and high.year != "XXXX" and low.date_text():
        low.ops = ("b", *low.ops)
    if low.upto and not high.upto:
        low.upto = None
    kind: TimeType = "TIME" if low.clock or low.part or high.clock or high.part else "DATE"
    value, shift = write_interval(low, high.upper())
    masked = low.masked or high.masked
    tail = _SUFFIX.match(text, end)
    if tail and tail.lastgroup not in ("now", "start", "after"):
        end = tail.end()
    return Found(end, "time.mask" if masked else "time.interval", kind, value, shift)


def _turn(text: str, point: Draft, end: int) -> re.Match[str] | None:
    """The 下班前 of a day, the 开学前 of a month."""
    if point.clock or point.upto:
        return None
    if point.day is not None or point.weekday is not None:
        return _DAY_TURN.match(text, end)
    return _MONTH_TURN.match(text, end) if point.fine is not None and point.part is None else None


def _with_suffix(text: str, point: Draft, end: int, *, since: bool) -> Found | None:
    kind: TimeType = "TIME" if point.clock or point.part else "DATE"
    rule = "time.mask" if point.masked else "time.clock" if kind == "TIME" else "time.date"
    if point.ops and not point.masked:
        rule = "time.relative"
    value, shift = write_point(point)
    if point.upto and rule == "time.date":
        rule = "time.interval"
    tail = _SUFFIX.match(text, end) or _turn(text, point, end)
    if tail is None and since:
        return Found(end, "time.interval", kind, f"{value}/..", f"{shift}/" if shift else None)
    if tail is None:
        return Found(end, rule, kind, value, shift)
    way = tail.lastgroup
    if way in ("start", "after", "now"):
        high = "PRESENT_REF" if way == "now" else ".."
        low_shift = (shift or "").split("/")[0]
        value = f"{value.split('/')[0]}/{high}"
        shift = f"{low_shift}/" if low_shift else None
        rule = rule if point.masked else "time.interval"
    return Found(tail.end(), rule, kind, value, shift)
