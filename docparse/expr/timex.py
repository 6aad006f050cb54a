"""TIMEX3 values: the draft that rules fill in, how it is written, and the dates that a written value bounds.

Sources: ISO 8601-2 (unspecified digits X, open intervals `..`), TimeML TIMEX3 (Q1, H2, WXX-6, TMO, *_REF).
"""

from __future__ import annotations

import re
from calendar import monthrange
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


@dataclass(slots=True)
class Draft:
    """A point of time while it is read, from large to small; None is what the text does not say.

    `ops` is the shift of this side (see `docparse.expr.times`); `upto` is (field, value) of the upper end where the
    point is a stretch of its own (上旬); `whole` replaces the date (five-year plans); `masked` says that the text
    hides the year on purpose; `clocked` says that a clock time stood before, so a bare N点 is one; `roc` that 民国 did.
    """

    year: str | None = None
    fine: str | None = None
    day: str | None = None
    week: str | None = None
    weekday: str | None = None
    part: str | None = None
    clock: str | None = None
    whole: str | None = None
    lunar: bool = False
    leap: bool = False
    masked: bool = False
    lone: bool = False
    clocked: bool = False
    dangling: bool = False
    roc: bool = False
    ops: tuple[str, ...] = ()
    upto: tuple[str, str] | None = None
    rank: int = 0

    def __copy__(self) -> Draft:
        """A copy; the general way of `copy.copy` takes five times as long, and drafts are copied for every atom."""
        other = Draft.__new__(Draft)
        for name in Draft.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    def date_text(self) -> str:
        """The date half of the value, empty where the text gives only a time of day."""
        year = self.year or "XXXX"
        if self.week is not None:
            return f"{year}-{self.week}" + (f"-{self.weekday}" if self.weekday else "")
        if self.weekday and not self.day:
            return f"{year}-WXX-{self.weekday}"
        if self.fine:
            return f"{year}-{self.fine}" + (f"-{self.day}" if self.day else "")
        if self.day:
            return f"{year}-XX-{self.day}"
        return year if self.year else ""

    def side(self) -> str:
        """One side of a value: date and time of day."""
        if self.whole is not None:
            return self.whole
        time = self.clock or self.part
        return self.date_text() + (f"T{time}" if time else "")

    def upper(self) -> Draft:
        """The draft of the upper end: itself, or a copy with the field of `upto` changed."""
        high = copy(self)
        high.upto = None
        if self.upto:
            setattr(high, *self.upto)
            # 最后五天 begins at tail5 and ends at the last day
            high.ops = tuple("last" if op.startswith("tail") else op for op in self.ops)
        return high

    def shift(self) -> str:
        """The ops of this side as text."""
        return " ".join(self.ops)

    def has_year(self) -> bool:
        """Does the text say or point at a year on this side?"""
        return self.year is not None or any(op[0] in "ycrse?" for op in self.ops)


def write_interval(low: Draft, high: Draft) -> tuple[str, str | None]:
    """The value and the shift of an interval."""
    shift = f"{low.shift()}/{high.shift()}"
    return f"{low.side()}/{high.side()}", None if shift == "/" else shift


def write_point(point: Draft) -> tuple[str, str | None]:
    """The value and the shift of a point, an interval where the point is a stretch of its own."""
    if point.upto:
        high = point.upper()
        if not point.has_year() and not any(op[0] in "mdwqi" for op in high.ops):
            high.ops = ("i", *high.ops)
        return write_interval(point, high)
    return point.side(), point.shift() or None


# ---- what a written value bounds -----------------------------------------------------------------------------

_SIDE = re.compile(
    r"(?P<year>[0-9]{2,4})"
    r"(?:-(?:(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|W(?P<week>[0-9]{2})(?:-(?P<weekday>[1-7]|WE))?))?(?:T.{1,15})?",
    re.DOTALL,
)


def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return monthrange(year, month)[1]


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    high_year, high_month = (year, last) if last <= 12 else (year + 1, last - 12)
    return date(year, first, 1), date(high_year, high_month, last_day(high_year, high_month))


def _week(year: int, week: int, weekday: str | None) -> tuple[date, date]:
    monday = date.fromisocalendar(year, week, 1)
    if weekday == "WE":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if weekday:
        day = monday + timedelta(days=int(weekday) - 1)
        return day, day
    return monday, monday + timedelta(days=6)


def side_bounds(side: str) -> tuple[date | None, date | None]:
    """Inclusive first and last date of one side of a value; None, None where it is no known date."""
    match = _SIDE.fullmatch(side)
    if not match:
        return None, None
    digits = match["year"]
    size = 10 ** (4 - len(digits))
    year = int(digits) * size
    try:
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return day, day
        if match["month"]:
            return _months(year, int(match["month"]), int(match["month"]))
        if match["quarter"]:
            return _months(year, 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"]))
        if match["half"]:
            return _months(year, 6 * int(match["half"]) - 5, 6 * int(match["half"]))
        if match["season"]:
            return _months(year, *SEASONS[match["season"]])
        if match["week"]:
            return _week(year, int(match["week"]), match["weekday"])
        return date(year, 1, 1), date(year + size - 1, 12, 31)
    except (ValueError, OverflowError):
        return None, None


def time_bounds(value: str) -> tuple[date | None, date | None]:
    """Inclusive first and last date of a resolved value; None for an open or unknown side.

    A value with X, a duration or a reference has no dates. Never raises.

    >>> time_bounds("2011-H2")
    (datetime.date(2011, 7, 1), datetime.date(2011, 12, 31))
    >>> time_bounds("2011-01/..")
    (datetime.date(2011, 1, 1), None)
    """
    low, slash, high = value.partition("/")
    if not slash:
        return side_bounds(low)
    start, end = side_bounds(low)[0], side_bounds(high)[1]
    # One side that should be a date and is not makes the whole value unknown.
    if (start is None and low not in ("", "..")) or (end is None and high not in ("", "..", "PRESENT_REF")):
        return None, None
    if start and end and end < start:
        return None, None
    return start, end
