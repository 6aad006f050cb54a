"""Lunar dates and solar terms as civil dates (GB/T 33661-2017). The calendar package loads on first use."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

# A page names the same few festivals again and again, and each took the package 0.2 ms.
_KEPT = 512
# What lunar-python calls the terms of the next table that it adds at the end of a table.
_NEXT_YEARS_KEY = {"冬至": "DONG_ZHI", "小寒": "XIAO_HAN", "大寒": "DA_HAN"}


@lru_cache(_KEPT)
def lunar_date(year: int, month: int, day: int) -> date | None:
    """The civil date of a day of the lunar year; None where the day does not exist or the year is out of 1900–2100.

    Args:
        year: the lunar year, named by the civil year in which it begins.
        month: 1 to 12, negative for a leap month.
        day: 1 to 30, or 99 for the last day of the month.
    """
    from lunar_python import Lunar, LunarMonth

    if not 1900 <= year <= 2100:
        return None
    found = LunarMonth.fromYm(year, month)
    if found is None:
        return None
    size = found.getDayCount()
    day = size if day == 99 else day
    if not 1 <= day <= size:
        return None
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def lunar_month(year: int, month: int) -> tuple[date, date] | None:
    """First and last civil date of a lunar month (negative: leap); None where it does not exist."""
    first, last = lunar_date(year, month, 1), lunar_date(year, month, 99)
    return (first, last) if first and last else None


@lru_cache(_KEPT)
def solar_term(year: int, name: str) -> date | None:
    """The civil date of a solar term (冬至) in a civil year, or None out of 1900–2100."""
    from lunar_python import Solar

    if not 1900 <= year <= 2100:
        return None
    # A table runs from 冬至 to 冬至, so late terms stand in the table of the next lunar year, under another key.
    for key in (name, _NEXT_YEARS_KEY.get(name)):
        for month in (1, 12):
            solar = Solar.fromYmd(year, month, 28).getLunar().getJieQiTable().get(key)
            if solar is not None and solar.getYear() == year:
                return date(solar.getYear(), solar.getMonth(), solar.getDay())
    return None


def nth_weekday(year: int, month: int, number: int, weekday: int) -> date | None:
    """The n-th weekday (1 = Monday) of a month; number 9 is the last one; None where it does not exist."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7)
    found = day + timedelta(weeks=number - 1)
    if number == 9:
        found = day + timedelta(weeks=4)
        return found if found.month == month else found - timedelta(weeks=1)
    return found if found.month == month else None
