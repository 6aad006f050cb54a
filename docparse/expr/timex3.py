"""Times as TimeML: the text with inline TIMEX3 elements.

Source: TimeML 1.2.1, TIMEX3 (attributes tid, type, beginPoint, endPoint, quant, value, mod, comment).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from docparse.errors import OptionError
from docparse.expr.timex import side_bounds
from docparse.records import Time

__all__ = ["to_timex3"]

_TID: Final = re.compile("t([0-9]{1,9})", re.ASCII)
# What XML 1.0 cannot hold, not even as a reference (production Char).
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_IN_TEXT: Final = str.maketrans({sign: _ESCAPES[sign] for sign in "&<>\r"})
_IN_ATTRIBUTE: Final = str.maketrans(_ESCAPES)

_CLOCKED: Final = re.compile("(?P<day>[^T]*)T(?P<hour>[0-9]{2})(?::(?P<minute>[0-9]{2}))?(?::(?P<second>[0-9]{2}))?")
# The granularity of a date: how it is written and how many months one of it takes (0 for those that are no months).
_GRAINS: Final = (
    ("Y", re.compile("[0-9X]{4}"), 12),
    ("H", re.compile("[0-9X]{4}-H[12]"), 6),
    ("Q", re.compile("[0-9X]{4}-Q[1-4]"), 3),
    ("M", re.compile("[0-9X]{4}-[0-9]{2}"), 1),
    ("W", re.compile("[0-9X]{4}-W[0-9]{2}"), 0),
    ("D", re.compile("[0-9X]{4}-[0-9]{2}-[0-9]{2}"), 0),
)
_SOME_YEAR: Final = "2001"
_PERIODS: Final = (("XXXX-WXX", "P1W"), ("XXXX-XX-XX", "P1D"), ("T", "P1D"), ("XXXX-XX", "P1M"), ("XXXX", "P1Y"))

_AROUND: Final = re.compile("(?:左右|上下|前后|前後|许|許)$|^(?:大约|大約|大概|约|約)")
_BY: Final = re.compile("前$")
_AFTER: Final = re.compile("[后後]$")
_MORE: Final = re.compile("(?<!^)多|余|餘")
_AT_MOST: Final = re.compile("^(?:不超过|不超過|至多|最多|最长|最長)|以下$")
_AT_LEAST: Final = re.compile("^(?:不少于|不少於|不低于|不低於|至少|最短)|以上$")


class _Tag(NamedTuple):
    """A TIMEX3 element. `low` and `high` are the values of the points that an interval runs between."""

    type: str
    value: str
    mod: str = ""
    quant: str = ""
    low: str = ""
    high: str = ""


def to_timex3(text: str, times: Sequence[Time], *, resolved: bool = False) -> str:
    """The text as a TimeML document with a TIMEX3 element round every time.

    TIMEX3 has no intervals inside a value, so what ISO 8601-2 writes with a slash is written thus, and `comment` then
    holds the value as it is in `Time`:

    - an interval (6到12月) is a DURATION (P7M, or PXM where its length is not known) whose `beginPoint` and `endPoint`
      name two empty TIMEX3 elements behind it
    - an open interval is the point that is known, with `mod`: ON_OR_AFTER (2024年起), AFTER (2024年后), ON_OR_BEFORE
    - a duration between bounds (两三天, P2D/P3D) is the lower one, EQUAL_OR_MORE; so is 以上, and 以下 is EQUAL_OR_LESS
    - a SET has quant="EVERY"; where it is an interval (每周一至周五) its value is the period, and two points follow

    `mod` also tells 前 (BEFORE, in the sense of by), 左右 and 约 (APPROX), 多 and 余 (MORE_THAN), 不超过 and 至少. What
    底 and 初 say is in the value already. Masks stay as they are: X is what TIMEX3 itself writes for the unknown.

    There is no XML declaration, so that the result may stand in a string or a file of any encoding. The root's text
    content is `text` exactly, but characters that XML 1.0 forbids (most controls, surrogates) become U+FFFD.

    Args:
        text: what the times were found in: any string, or `document.text`.
        times: of that text, in any order; they may not overlap.
        resolved: write what the times resolve to, where they do, in place of what is written; 三年后 is then a DATE.

    Raises:
        OptionError: a time is not of this text, two overlap, or an id is not t1, t2, … or is there twice.

    >>> from docparse import find_times
    >>> to_timex3("2024年起每月报送", find_times("2024年起每月报送")).splitlines()[0][8:92]
    '<TIMEX3 tid="t1" type="DATE" value="2024" mod="ON_OR_AFTER" comment="2024/..">2024年起'
    """
    ordered = sorted(times, key=lambda time: time.span)
    next_number = _checked(text, ordered) + 1
    parts = ["<TimeML>"]
    at = 0
    for time in ordered:
        start, end = time.span
        parts.append(_escaped(text[at:start]))
        value = (time.resolved if resolved else None) or time.value
        tag = _tag(time, value)
        points = [side for side in (tag.low, tag.high) if side]
        ids = [f"t{next_number + place}" for place in range(len(points))]
        next_number += len(points)
        attributes = dict(_attributes(time.id, tag, value, ids))
        parts.append(f"{_element(attributes)}>{_escaped(text[start:end])}</TIMEX3>")
        for tid, side in zip(ids, points, strict=True):
            parts.append(f"{_element({'tid': tid, 'type': _point_type(side), 'value': side})}/>")
        at = end
    parts += [_escaped(text[at:]), "</TimeML>\n"]
    return "".join(parts)


def _checked(text: str, times: Sequence[Time]) -> int:
    """The largest number of an id."""
    end = largest = 0
    seen: set[str] = set()
    for time in times:
        match = _TID.fullmatch(time.id)
        if match is None or time.id in seen:
            raise OptionError("bad-time-id", f"The time {time.id!r} has no id of its own like t1.")
        if time.span.start < end or text[time.span.start : time.span.end] != time.text or not time.text:
            raise OptionError("bad-span", f"The time {time.id} {time.span} is not a stretch of this text of its own.")
        seen.add(time.id)
        end = time.span.end
        largest = max(largest, int(match[1]))
    return largest


def _escaped(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(_IN_TEXT)


def _element(attributes: dict[str, str]) -> str:
    written = (
        f' {name}="{_FORBIDDEN.sub(chr(0xFFFD), value).translate(_IN_ATTRIBUTE)}"' for name, value in attributes.items()
    )
    return "<TIMEX3" + "".join(written)


def _attributes(tid: str, tag: _Tag, value: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "tid", tid
    yield "type", tag.type
    yield from zip(("beginPoint", "endPoint"), ids, strict=False)
    if tag.quant:
        yield "quant", tag.quant
    yield "value", tag.value
    if tag.mod:
        yield "mod", tag.mod
    if tag.value != value:
        yield "comment", value


def _point_type(value: str) -> str:
    return "TIME" if "T" in value and not value.endswith("_REF") else "DATE"


def _tag(time: Time, value: str) -> _Tag:
    if time.type == "SET":
        return _set(value)
    if time.type == "DURATION" and value == time.value:
        return _duration(time.text, value)
    low, slash, high = value.partition("/")
    if not slash:
        kind = time.type if time.type != "DURATION" else _point_type(value)
        mod = "APPROX" if _AROUND.search(time.text) else "BEFORE" if _BY.search(time.text) else ""
        return _Tag(kind, value, "" if time.type == "DURATION" else mod)
    if low in ("", ".."):
        return _Tag(_point_type(high), high, "ON_OR_BEFORE")
    if high in ("", ".."):
        return _Tag(_point_type(low), low, "AFTER" if _AFTER.search(time.text) else "ON_OR_AFTER")
    return _Tag("DURATION", _interval_length(low, high), low=low, high=high)


def _set(value: str) -> _Tag:
    low, slash, high = value.partition("/")
    if not slash:
        return _Tag("SET", value, quant="EVERY")
    if high.startswith("T"):  # 每天8:00-9:00: the day is written once
        high = low.partition("T")[0] + high
    period = next((period for head, period in _PERIODS if low.startswith(head)), low)
    if "/" in high:  # 每周一、三、五: days, not the ends of a stretch
        return _Tag("SET", period, quant="EVERY")
    return _Tag("SET", period, quant="EVERY", low=low, high=high)


def _duration(text: str, value: str) -> _Tag:
    low, slash, _ = value.partition("/")
    if slash:
        return _Tag("DURATION", low, "EQUAL_OR_MORE")
    signs = (
        (_AT_MOST, "EQUAL_OR_LESS"), (_AT_LEAST, "EQUAL_OR_MORE"), (_AROUND, "APPROX"), (_MORE, "MORE_THAN"),
    )  # fmt: skip
    return _Tag("DURATION", value, next((mod for sign, mod in signs if sign.search(text)), ""))


def _interval_length(low: str, high: str) -> str:
    """How long an interval is, both ends included at the granularity written, with X for a number not known."""
    first, second = _CLOCKED.fullmatch(low), _CLOCKED.fullmatch(high)
    if first or second:
        return _clock_length(first, second)
    for unit, pattern, months in _GRAINS:
        if pattern.fullmatch(low) and pattern.fullmatch(high):
            count = _count(low, high, unit, months)
            if unit in "HQ":
                return f"P{count * months}M" if count else "PXM"
            return f"P{count or 'X'}{unit}"
    return "PXD"


def _count(low: str, high: str, unit: str, months: int) -> int | None:
    """How many years, halves, quarters, months, weeks or days from one side to the other; None where not known."""
    if low.startswith("XXXX") and high.startswith("XXXX"):
        if unit == "W" or (unit == "D" and low[:7] != high[:7]):
            return None  # a year may be a leap year, or have 53 weeks
        low, high = (side.replace("XXXX", _SOME_YEAR) for side in (low, high))
    start, end = side_bounds(low)[0], side_bounds(high)[0]
    if start is None or end is None or end < start or "X" in low + high:
        return None
    if months:
        return (_month_number(end) - _month_number(start)) // months + 1
    return (end - start).days // (7 if unit == "W" else 1) + 1


def _month_number(day: date) -> int:
    return day.year * 12 + day.month


def _clock_length(first: re.Match[str] | None, second: re.Match[str] | None) -> str:
    """10点半到12点 of one day; an interval between clock times ends on the second of them."""
    if first is None or second is None or first["day"] != second["day"]:
        return "PTXH"
    low, high = (
        int(side["hour"]) * 3600 + int(side["minute"] or 0) * 60 + int(side["second"] or 0) for side in (first, second)
    )
    if high <= low:
        return "PTXH"
    minutes, seconds = divmod(high - low, 60)
    hours, minutes = divmod(minutes, 60)
    terms = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + "".join(f"{number}{unit}" for number, unit in terms if number)
