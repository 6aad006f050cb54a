"""What a time means where it stands: values with X and a shift, a reference date and the years named before.

Each side of a value is resolved by itself from its ops; see `docparse.expr.times` for their notation.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from docparse.expr.calendar_lunar import lunar_date, lunar_month, nth_weekday, solar_term
from docparse.expr.timex import last_day, side_bounds
from docparse.records import TimeContext, TimeMention

_SIDE = re.compile(
    "(?P<year>[0-9X]{2,4})?(?:-(?P<fine>W(?:XX|[0-9]{2})|Q[1-4X]|H[12]|SP|SU"
    "|FA|WI|[0-9X]{2}))?(?:-(?P<day>[0-9X]{1,2}|WE))?(?:T(?P<time>.{1,15}))?"
)
# From this month on, a plan's 上半年 is the next year's.
LATE = 11
_TERM = re.compile("([0-9.]+)([YMWDHS])")
_OP = re.compile("[ymwdqc]([+-][0-9]{1,4})")
_NTH = 3  # month, number and weekday of a floating festival


def _day(reference: date | datetime) -> date:
    return reference.date() if isinstance(reference, datetime) else reference


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month. Raises ValueError out of years 1–9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(f"year {year} is out of the calendar")
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def _week_text(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _default_year(context: TimeContext, month: int | None) -> int | None:
    """The year of a bare month: the one named before, else the reference's, moved by `ahead`."""
    reference = _day(context.reference) if context.reference else None
    if context.year is not None and not (context.ahead and reference and context.year < reference.year):
        return context.year
    if reference is None:
        return None
    if month is not None and context.ahead is True and month < reference.month:
        return reference.year + 1
    if month is not None and context.ahead is False and month > reference.month:
        return reference.year - 1
    return reference.year


def resolve_length(value: str, way: str, reference: date | datetime) -> str | None:
    """The point that lies a duration after (+) or before (-) the reference, as exact as the duration is.

    >>> resolve_length("P3Y", "+", date(2011, 4, 8)), resolve_length("P10D", "-", date(2011, 4, 8))
    ('2014', '2011-03-29')
    """
    sign = 1 if way == "+" else -1
    dates, _, times = value.removeprefix("P").partition("T")
    months, days = Decimal(0), Decimal(0)
    for number, unit in _TERM.findall(dates):
        months += Decimal(number) * {"Y": 12, "M": 1}.get(unit, 0)
        days += Decimal(number) * {"W": 7, "D": 1}.get(unit, 0)
    seconds = sum(
        (Decimal(n) * {"H": 3600, "M": 60, "S": 1}[u] for n, u in _TERM.findall(times) if u in "HMS"), Decimal(0)
    )
    if max(months, days, seconds / 86400) > 4_000_000:
        return None
    whole = int(months)
    days += (months - whole) * 30
    day = add_months(_day(reference), sign * whole)
    if times:
        if not isinstance(reference, datetime):
            return None
        moment = datetime.combine(day, reference.time()) + sign * timedelta(days=float(days), seconds=float(seconds))
        return moment.isoformat(timespec="seconds" if "S" in times else "minutes")
    day += sign * timedelta(days=int(days))
    if days:
        return day.isoformat()
    return f"{day.year:04d}" if months % 12 == 0 else f"{day.year:04d}-{day.month:02d}"


def _anchored(match: re.Match[str], op: str, context: TimeContext) -> str | None:
    """A side that hangs on the reference by a month, quarter, week or day."""
    if context.reference is None or context.masked_years:
        return None
    today = _day(context.reference)
    number = int(op[1:])
    fine, day = match["fine"], match["day"]
    if op[0] == "d":
        return (today + timedelta(days=number)).isoformat()
    if op[0] == "w":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=number)
        if day and day.isdigit():
            return (monday + timedelta(days=int(day) - 1)).isoformat()
        return _week_text(monday) + (f"-{day}" if day else "")
    moved = add_months(today.replace(day=1), number * (3 if op[0] == "q" else 1))
    if op[0] == "q":
        return f"{moved.year:04d}-Q{(moved.month + 2) // 3}"
    text = f"{moved.year:04d}-{moved.month:02d}"
    return f"{text}-{day}" if day and fine else text


def _year_of(match: re.Match[str], ops: list[str], context: TimeContext, before: date | None) -> int | None:
    """The year of a side: written, pointed at, taken from the other side, or by default."""
    year = match["year"] or "XXXX"
    if year.isdigit():
        return int(year)
    for op in ops:
        if op[0] == "y":
            return (
                None
                if context.reference is None or context.masked_years
                else _day(context.reference).year + int(op[1:])
            )
        if op[0] == "c":
            if context.masked_years:
                return None
            base = context.year or (_day(context.reference).year if context.reference else None)
            return None if base is None else base + int(op[1:])
        if op[0] == "r":
            return 1911 + int(op[1:]) if context.minguo else None
        if op[0] == "?":
            return None
    if before is not None and "i" in ops:
        return before.year
    if context.masked_years or (year != "XXXX") or (match["fine"] or match["day"]) is None:
        return None
    fine = match["fine"] or ""
    month = int(fine) if fine.isdigit() else int(fine[1]) * 3 if re.fullmatch("Q[1-4]", fine) else None
    if fine in ("H1", "H2"):
        # In a plan of July 上半年 is the half that is over; only late in the year it is the one to come.
        late = context.reference is not None and context.reference.month >= LATE
        month = 12 if fine == "H2" else 6 if late or context.ahead is False else None
    return _default_year(context, month)


def _calendar(year: int, ops: list[str]) -> str | None:
    """A date that the year's calendar decides: lunar days, solar terms, floating festivals."""
    for op in ops:
        found: date | None = None
        if op[0] == "l":
            sign = -1 if op.startswith("l-") else 1
            month, _, number = op.removeprefix("l-").removeprefix("l").partition("-")
            if not number:
                span = lunar_month(year, sign * int(month))
                return f"{span[0].isoformat()}/{span[1].isoformat()}" if span else None
            if int(number) == 99 or op.startswith("l01-01"):
                # 春节 of a civil year is the first day of the lunar year that begins in it, 除夕 the day before
                first = lunar_date(year, 1, 1)
                found = first - timedelta(days=1) if first and int(number) == 99 else first
            else:
                found = lunar_date(year, sign * int(month), int(number))
        elif op[0] == "t":
            found = solar_term(year, op[1:])
        elif op[0] == "n":
            nth = [int(x) for x in op[1:].split("-")]
            found = nth_weekday(year, *nth) if len(nth) == _NTH else None
        else:
            continue
        return found.isoformat() if found else None
    return None


def _dated(match: re.Match[str], ops: list[str], context: TimeContext, before: date | None) -> str | None:
    """The date half of a side."""
    for op in ops:
        if op[0] in "mqwd" and _OP.fullmatch(op):
            return _last(_anchored(match, op, context), ops)
    year_text, fine, day = match["year"], match["fine"], match["day"]
    if fine == "WXX" and day:
        return _weekday(day, context)
    if fine in (None, "XX") and day and day.isdigit():
        return _lone_day(int(day), context, before)
    if year_text and year_text[:2] == "XX" and ops and ops[0][0] == "s":
        if context.reference is None or context.masked_years:
            return None
        year_text = f"{_day(context.reference).year // 100 + int(ops[0][1:]):02d}{year_text[2:]}"
    elif year_text and year_text[:2] == "XX" and ops and ops[0] == "e":
        if context.reference is None or context.masked_years:
            return None
        century, rest = divmod(_day(context.reference).year, 100)
        year_text = f"{century - (int(year_text[2]) * 10 > rest):02d}{year_text[2:]}"
    if year_text and len(year_text) < 4 and "X" not in year_text:
        return year_text
    year = int(year_text) if year_text and year_text.isdigit() else _year_of(match, ops, context, before)
    if year is None or not 1 <= year <= 9999:
        return None
    special = [op for op in ops if op[0] in "ltn" and op not in ("last", "next") and not op.startswith("tail")]
    if special:
        stated = any(op[0] in "yc" for op in ops) or bool(year_text and year_text.isdigit())
        for candidate in (year,) if stated else (year, year - 1, year + 1):
            found = _calendar(candidate, special)
            if found:
                if "next" in ops and context.reference and found <= _day(context.reference).isoformat():
                    return _calendar(candidate + 1, special)
                return found
        return None
    return _plain(
        year,
        fine,
        day,
        ops,
        context,
        stated=bool(year_text and year_text != "XXXX") or any(o[0] in "ycri" for o in ops),
    )


def _plain(
    year: int, fine: str | None, day: str | None, ops: list[str], context: TimeContext, *, stated: bool
) -> str | None:
    text = f"{year:04d}" + (f"-{fine}" if fine else "") + (f"-{day}" if day else "")
    if fine and "X" in fine:
        return None
    if day and day.isdigit() and fine and fine.isdigit():
        if not 1 <= int(fine) <= 12:
            return None
        if int(day) > last_day(year, int(fine)):
            if stated or (fine, day) != ("02", "29"):
                return None
            # 29 February without a year is the nearest one that exists, the past first
            year = next(
                (y for y in (year, year - 1, year - 2, year - 3, year - 4) if y > 0 and last_day(y, 2) == 29), 0
            )
            return f"{year:04d}-02-29" if year else None
        if "next" in ops and context.reference and text <= _day(context.reference).isoformat():
            return f"{year + 1:04d}-{fine}-{day}"
    return _last(text, ops)


def _last(text: str | None, ops: list[str]) -> str | None:
    """The last day of the month or quarter where the ops ask for it, the last N days for tailN."""
    if text is None:
        return None
    for op in ops:
        if op == "last" or op.startswith("tail"):
            # 2月底 is written 02-28, and in a leap year is the day after
            start, end = side_bounds(text[:7] if op == "last" and text[4:] == "-02-28" else text.removesuffix("-XX"))
            if start is None or end is None:
                return None
            return (end - timedelta(days=int(op[4:]) - 1 if op != "last" else 0)).isoformat()
    return text if "X" not in text else None


def _weekday(day: str, context: TimeContext) -> str | None:
    if context.reference is None or context.masked_years:
        return None
    today = _day(context.reference)
    monday = today - timedelta(days=today.weekday())
    return f"{_week_text(monday)}-WE" if day == "WE" else (monday + timedelta(days=int(day) - 1)).isoformat()


def _lone_day(day: int, context: TimeContext, before: date | None) -> str | None:
    """A bare 30日: the reference's month, or the one before where that month is too short."""
    if context.reference is None or context.masked_years or context.year is not None:
        return None
    month = (before or _day(context.reference)).replace(day=1)
    if last_day(month.year, month.month) < day:
        month = add_months(month, -1)
    return month.replace(day=day).isoformat() if day <= last_day(month.year, month.month) else None


def _resolve_side(side: str, ops: list[str], context: TimeContext, before: date | None) -> str | None:
    if side in ("", "..", "PRESENT_REF"):
        return side
    match = _SIDE.fullmatch(side)
    if not match:
        return None
    time = match["time"]
    offset = next((op for op in ops if op[:2] in ("+P", "-P") and op != "+P1D"), None)
    if offset is not None:
        if context.reference is None or context.masked_years:
            return None
        today = _day(context.reference)
        found = resolve_length(offset[1:], offset[0], today)
        if found and len(found) < 10:  # whole months away: the same day of that month
            found = add_months(
                today, int(found[:4]) * 12 + int(found[5:7] or today.month) - today.year * 12 - today.month
            ).isoformat()
    elif match["year"] is None and match["fine"] is None:
        return None
    else:
        found = _dated(match, ops, context, before)
    if found is None or not time:
        return found
    if "+P1D" in ops:
        day = side_bounds(found)[0]
        found = (day + timedelta(days=1)).isoformat() if day else found
    return f"{found}T{time}"


def resolve_time(mention: TimeMention, context: TimeContext) -> str | None:
    """The concrete value of a mention where it stands, or None where text and context do not support one.

    Nothing relative is resolved in a context with masked years. Never raises.
    """
    try:
        return _resolve(mention, context)
    except (ValueError, OverflowError):  # a date outside the calendar (years 1 to 9999)
        return None


def _resolve(mention: TimeMention, context: TimeContext) -> str | None:
    value, shift = mention.value, mention.shift or ""
    if mention.type == "SET" or (value.endswith("_REF") and "/" not in value):
        return None
    if mention.type == "DURATION":
        if not shift or context.reference is None or context.masked_years:
            return None
        return resolve_length(value, shift, context.reference)
    if "/" not in value:
        return _resolve_side(value, shift.split(), context, None)
    low, _, high = value.partition("/")
    low_ops, _, high_ops = shift.partition("/")
    if not low:
        return None
    return _resolve_interval(low, low_ops.split(), high, high_ops.split(), context)


def _resolve_interval(low: str, low_ops: list[str], high: str, high_ops: list[str], context: TimeContext) -> str | None:
    if "b" in low_ops:
        end = _resolve_side(high, high_ops, context, None)
        limit = side_bounds(end.split("/")[-1])[0] if end else None
        if limit is None:
            return None
        here = TimeContext(reference=context.reference, year=limit.year, masked_years=context.masked_years)
        start = _resolve_side(low, low_ops, here, None)
        if start and (side_bounds(start)[0] or limit) > limit:
            start = _resolve_side(low, low_ops, TimeContext(year=limit.year - 1), None)
        return f"{start}/{end}" if start and end else None
    start = _resolve_side(low, low_ops, context, None)
    if start is None:
        return None
    first = side_bounds(start.split("/")[0])[0]
    end = _resolve_side(high, high_ops, context, first)
    if end is None:
        return None
    last = side_bounds(end.split("/")[-1])[1]
    if first and last and last < first:
        if "i" not in high_ops or context.masked_years:
            return None
        return _wrap_year(low, low_ops, high, high_ops, context, first)
    return f"{start.split('/')[0]}/{end.split('/')[-1]}"


def _wrap_year(
    low: str, low_ops: list[str], high: str, high_ops: list[str], context: TimeContext, first: date
) -> str | None:
    """8月至2月: the end lies in the next year; without `ahead`, an interval that is over by the reference is meant."""
    year = first.year
    if context.year is None and context.ahead is None and context.reference:
        end = _resolve_side(high, high_ops, context, date(year + 1, 1, 1))
        last = side_bounds(end)[1] if end else None
        if last and last > _day(context.reference):
            year -= 1
    here = TimeContext(reference=context.reference, year=year, minguo=context.minguo)
    start = _resolve_side(low, low_ops, here, None)
    end = _resolve_side(high, high_ops, here, date(year + 1, 1, 1))
    return f"{start}/{end}" if start and end else None
