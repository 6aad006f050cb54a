"""Times in text: find what is written, resolve what is meant. The public face of the time half of `expr`.

`TimeMention.shift` is what `resolve_time` needs beside the value. It is None, or one list of ops, or two with `/`
between them for the two sides of an interval; the ops of a list are parted by spaces:

- `y+1` the year so far from the reference's; `c+0` the same from the year named before, else the reference's;
  `r112` a year of the Republic of China calendar, read as such only where the context says so; `?` a year left open
- `s-1` the century so far from the reference's; `e` the decade is the last of its name by the reference
- `m-1` `q+0` `w+1` `d+0` the month, quarter, week or day so far from the reference's
- `+P6D` `-P1M` a point so far from the reference; for a DURATION (三年后) only `+` or `-`
- `l08-15` `l06` `l-04` a lunar day, month, leap month; `t冬至` a solar term; `n05-2-7` the second Sunday of May
- `last` the last day of the month or quarter; `tail5` the fifth day from its end; `next` the first after the reference
- `+P1D` (beside a clock time) the small hours belong to the day after; `i` the side takes its year from the lower
  one; `b` the side takes its year from the upper one
"""

from __future__ import annotations

from datetime import date, datetime

from docparse.expr.time_find import RULES, find_time_mentions
from docparse.expr.time_resolve import resolve_time
from docparse.expr.timex import side_bounds, time_bounds
from docparse.records import Time, TimeContext, TimeMention

__all__ = ["RULES", "find_time_mentions", "find_times", "hides_years", "resolve_time", "time_bounds", "year_named"]


def year_named(mention: TimeMention, resolved: str | None) -> int | None:
    """The year that the text names or points at with this mention (2024年5月, 今年), for what follows; else None."""
    pointed = any(op[0] in "yrmd" for op in (mention.shift or "").replace("/", " ").split())
    written = mention.value[:4].isdigit()
    if mention.type not in ("DATE", "TIME") or not (pointed or written) or not resolved:
        return None
    first = side_bounds(resolved.split("/")[0])[0]
    return first.year if first and resolved[:4].isdigit() else None


def hides_years(mentions: list[TimeMention]) -> bool:
    """Does the text hide its years (20XX年, XX年度)? Then nothing relative can be resolved."""
    return any(m.rule == "time.mask" and m.value[2:4] == "XX" for m in mentions)


def find_times(text: str, *, reference_date: date | datetime | None = None) -> list[Time]:
    """Every time in the text in order, resolved against the reference date and the years named before it.

    The spans are offsets in `text`, `raw_span` is the same; ids run t1, t2, …; `statement` is None and the role is
    `context`, because both need the document. Without a reference date only what the text itself says is resolved.

    Args:
        text: any string, simplified or traditional.
        reference_date: the date that 今年 or 下月 count from; never today's date by itself.
    """
    mentions = find_time_mentions(text)
    masked = hides_years(mentions)
    minguo = "民国" in text or "民國" in text
    year: int | None = None
    times: list[Time] = []
    for number, mention in enumerate(mentions, 1):
        context = TimeContext(reference=reference_date, year=year, masked_years=masked, minguo=minguo)
        resolved = resolve_time(mention, context)
        year = year_named(mention, resolved) or year
        start, end = mention.span
        times.append(
            Time(
                id=f"t{number}", statement=None, text=text[start:end], type=mention.type, value=mention.value,
                resolved=resolved, role="context", span=mention.span, raw_span=mention.span,
            )
        )  # fmt: skip
    return times
