"""What a time spans on the calendar and the clock, and how long a duration is: views of a `Time` for programs.

Functions, not methods: a `Time` is a frozen record of what the text says, and these say what follows from it. None
means that it does not follow: nothing here guesses a year or rounds a month to thirty days.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from typing import Final, NamedTuple

from docparse.expr.timex import side_bounds, time_bounds
from docparse.records import Time

__all__ = ["DurationBounds", "TimeSpan", "as_timedelta", "duration_bounds", "time_span"]

Instant = date | datetime

_CLOCK: Final = re.compile(r"T(?P<hour>[0-9]{2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)?\Z")
_NUMBER: Final = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
_LENGTH: Final = re.compile(
    rf"P(?=[0-9T])(?:(?P<weeks>{_NUMBER})W)?(?:(?P<days>{_NUMBER})D)?"
    rf"(?:T(?=[0-9])(?:(?P<hours>{_NUMBER})H)?(?:(?P<minutes>{_NUMBER})M)?(?:(?P<seconds>{_NUMBER})S)?)?",
    re.ASCII,
)
_MICROSECONDS: Final = {
    "weeks": 604_800_000_000,
    "days": 86_400_000_000,
    "hours": 3_600_000_000,
    "minutes": 60_000_000,
    "seconds": 1_000_000,
}
# Days that are not all days: how long ten of them take hangs on where they lie.
_WORKING_DAYS: Final = ("工作日", "交易日")
_AT_MOST: Final = ("不超过", "不超過", "至多", "最多", "最长", "最長")
_AT_LEAST: Final = ("不少于", "不少於", "不低于", "不低於", "至少", "最短")


class TimeSpan(NamedTuple):
    """`start` is inclusive, `end` exclusive; None is an open side. Both are dates, or both datetimes (naive)."""

    start: Instant | None
    end: Instant | None


class DurationBounds(NamedTuple):
    """The shortest and the longest that a duration may be, both inclusive; None is an open side."""

    shortest: timedelta | None
    longest: timedelta | None


def time_span(time: Time) -> TimeSpan | None:
    """From when until when a time lasts, or None where the text (and the reference date) does not tell.

    The value is `resolved`, else `value`. It counts at the granularity written: 2024年5月 runs to 1 June, a clock time
    alone for its minute, hour or second. An interval between clock times ends on the second of them. A part of the
    day (上午) has no agreed hours, so its day is given. 至今 has no end, because no one knows when it is read. A set
    and a duration have no place on the calendar, unless they are resolved (三年后).

    >>> from datetime import date
    >>> from docparse import find_times
    >>> [time_span(t) for t in find_times("6到12月份", reference_date=date(2011, 4, 8))]
    [TimeSpan(start=datetime.date(2011, 6, 1), end=datetime.date(2012, 1, 1))]
    """
    value = time.resolved or time.value
    if time.type == "SET" or (time.type == "DURATION" and time.resolved is None):
        return None
    first, last = time_bounds(value)
    if first is None and last is None:
        return None
    low, slash, high = value.partition("/")
    high = high if slash else low
    try:
        start, end = _start(low, first), _end(high, last, interval=bool(slash))
    except OverflowError:  # the day after 9999-12-31
        return None
    if isinstance(start, datetime) or isinstance(end, datetime):
        start, end = _at_midnight(start), _at_midnight(end)
        if start is not None and end is not None and end <= start:
            return None
    return TimeSpan(start, end)


def _start(side: str, day: date | None) -> Instant | None:
    clock = _CLOCK.search(side)
    return _on_clock(day, clock) if day is not None and clock and _is_day(side) else day


def _end(side: str, day: date | None, *, interval: bool) -> Instant | None:
    """The first instant after a side; the very instant where it is the clock time that an interval runs to."""
    if day is None:
        return None
    clock = _CLOCK.search(side)
    if clock is None or not _is_day(side):
        return day + timedelta(days=1)
    if interval:
        return _on_clock(day, clock)
    finest = "seconds" if clock["second"] else "minutes" if clock["minute"] else "hours"
    return _on_clock(day, clock) + timedelta(**{finest: 1})


def _is_day(side: str) -> bool:
    first, last = side_bounds(side)
    return first is not None and first == last


def _on_clock(day: date, clock: re.Match[str]) -> datetime:
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    return datetime.combine(day, clock_time()) + timedelta(hours=hour, minutes=minute, seconds=second)


def _at_midnight(instant: Instant | None) -> datetime | None:
    if instant is None or isinstance(instant, datetime):
        return instant
    return datetime.combine(instant, clock_time())


def as_timedelta(time: Time) -> timedelta | None:
    """How long a duration lasts, where that is exact: weeks, days, hours, minutes, seconds; else None.

    Months and years differ in length, working days leave some out, 两三天 is a range (see `duration_bounds`).

    >>> from docparse import find_times
    >>> [str(as_timedelta(t)) for t in find_times("36小时，两周，3个月，两三天，5个工作日")]
    ['1 day, 12:00:00', '14 days, 0:00:00', 'None', 'None', 'None']
    """
    bounds = duration_bounds(time)
    return bounds.shortest if bounds is not None and bounds.shortest == bounds.longest else None


def duration_bounds(time: Time) -> DurationBounds | None:
    """The shortest and the longest that a duration may be, or None where either is not an exact length.

    >>> from docparse import find_times
    >>> [[str(side) for side in duration_bounds(t) or ()] for t in find_times("两三天，不超过48小时，半年")]
    [['2 days, 0:00:00', '3 days, 0:00:00'], ['None', '2 days, 0:00:00'], []]
    """
    if time.type != "DURATION" or any(word in time.text for word in _WORKING_DAYS):
        return None
    low, slash, high = time.value.partition("/")
    shortest, longest = _exact(low), _exact(high if slash else low)
    if (shortest is None and low != "..") or (longest is None and high != ".."):
        return None
    if shortest is None and longest is None:
        return None
    if not slash and (time.text.startswith(_AT_MOST) or time.text.endswith("以下")):
        return DurationBounds(None, longest)
    if not slash and (time.text.startswith(_AT_LEAST) or time.text.endswith("以上") or _has_more(time.text)):
        return DurationBounds(shortest, None)
    return DurationBounds(shortest, longest)


def _has_more(text: str) -> bool:
    """10多天, 20余小时: more than the number says."""
    return "多" in text.removeprefix("多") or "余" in text or "餘" in text


def _exact(length: str) -> timedelta | None:
    match = _LENGTH.fullmatch(length)
    if match is None:
        return None
    microseconds = sum(Decimal(match[name] or 0) * size for name, size in _MICROSECONDS.items())
    if microseconds != int(microseconds):
        return None
    try:
        return timedelta(microseconds=int(microseconds))
    except OverflowError:  # a thousand million days
        return None
