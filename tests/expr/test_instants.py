"""What a time spans and how long a duration is, and when that is not known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse import as_timedelta, duration_bounds, find_times, time_span
from docparse.expr.instants import DurationBounds, TimeSpan
from docparse.expr.timex import time_bounds
from docparse.records import Span, Time

REFERENCE = datetime(2024, 3, 5, 10, 30)


def span_of(text: str, reference: datetime | None = REFERENCE) -> TimeSpan | None:
    """The span of the only time in a text."""
    (time,) = find_times(text, reference_date=reference)
    return time_span(time)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024年", date(2024, 1, 1), date(2025, 1, 1)),
        ("2024年2月", date(2024, 2, 1), date(2024, 3, 1)),
        ("2024年5月8日", date(2024, 5, 8), date(2024, 5, 9)),
        ("2024年下半年", date(2024, 7, 1), date(2025, 1, 1)),
        ("3月底前", date(2024, 3, 31), date(2024, 4, 1)),
        ("6到12月", date(2024, 6, 1), date(2025, 1, 1)),
        ("五月中旬", date(2024, 5, 11), date(2024, 5, 21)),
        ("“十四五”时期", date(2021, 1, 1), date(2026, 1, 1)),
        ("2024年起", date(2024, 1, 1), None),
        ("2011年至今", date(2011, 1, 1), None),
        ("三年后", date(2027, 1, 1), date(2028, 1, 1)),
        ("2024年5月8日上午", date(2024, 5, 8), date(2024, 5, 9)),
        ("2024年5月8日上午10点", datetime(2024, 5, 8, 10), datetime(2024, 5, 8, 10, 1)),
        ("2024年5月8日24点", datetime(2024, 5, 9), datetime(2024, 5, 9, 0, 1)),
        ("2024年5月8日15:20:30", datetime(2024, 5, 8, 15, 20, 30), datetime(2024, 5, 8, 15, 20, 31)),
        ("2024年5月8日10点半到12点", datetime(2024, 5, 8, 10, 30), datetime(2024, 5, 8, 12)),
        ("2024年5月8日10点至5月9日", datetime(2024, 5, 8, 10), datetime(2024, 5, 10)),
    ],
)
def test_spans(text: str, start: date | None, end: date | None) -> None:
    """Inclusive start, exclusive end, at the granularity written."""
    assert span_of(text) == (start, end)


@pytest.mark.parametrize("text", ["每月", "3个月", "20XX年", "至今", "目前", "每周一至周五"])
def test_no_span(text: str) -> None:
    """What has no place on the calendar, or none that is known."""
    assert span_of(text) is None


def test_the_calendar_has_a_last_day() -> None:
    """What ends on it has no first instant after it."""
    assert time_span(made("9999-12", "DATE")) is None
    assert time_span(made("9999-12/..", "DATE")) == (date(9999, 12, 1), None)


def test_no_span_without_a_reference() -> None:
    """A bare month is in no year that the text tells."""
    assert span_of("3月底前", None) is None
    assert span_of("三年后", None) is None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("3天", timedelta(days=3)),
        ("两周", timedelta(weeks=2)),
        ("24小时", timedelta(days=1)),
        ("1.5天", timedelta(hours=36)),
        ("一小时30分钟", timedelta(minutes=90)),
        ("一刻钟", timedelta(minutes=15)),
        ("3个月", None),
        ("半年", None),
        ("两三天", None),
        ("3天以上", None),
        ("10多天", None),
        ("最多3天", None),
        ("5个工作日内", None),
        ("几天", None),
        ("2024年", None),
        ("每天", None),
    ],
)
def test_timedelta(text: str, want: timedelta | None) -> None:
    """Only what is exact."""
    (time,) = find_times(text)
    assert as_timedelta(time) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("两三天", (timedelta(days=2), timedelta(days=3))),
        ("3天", (timedelta(days=3), timedelta(days=3))),
        ("3天以上", (timedelta(days=3), None)),
        ("3天以下", (None, timedelta(days=3))),
        ("最多3天", (None, timedelta(days=3))),
        ("至少3天", (timedelta(days=3), None)),
        ("10多天", (timedelta(days=10), None)),
        ("3至5年", None),
        ("3至5个工作日", None),
    ],
)
def test_bounds_of_durations(text: str, want: tuple[timedelta | None, timedelta | None] | None) -> None:
    """Both ends inclusive, None on an open side, nothing where a side is not exact."""
    (time,) = find_times(text)
    assert duration_bounds(time) == want


def made(value: str, kind: str, resolved: str | None = None) -> Time:
    """A Time with any value, as a caller may make one."""
    return Time(
        id="t1", statement=None, text="x", type=kind, value=value, resolved=resolved, role="context",  # type: ignore[arg-type]
        span=Span(0, 1), raw_span=Span(0, 1),
    )  # fmt: skip


@given(
    st.text(alphabet="0123456789X-/.:QHWTPSUEMDY", max_size=24) | st.text(max_size=12),
    st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
)
@settings(max_examples=400, deadline=None)
def test_any_value_is_calm(value: str, kind: str) -> None:
    """No exception; a span runs forward and begins where the value's first day is; bounds are in order."""
    for time in (made(value, kind), made("XXXX", kind, value)):
        span = time_span(time)
        if span is not None:
            assert span.start is not None or span.end is not None
            first = time_bounds(time.resolved or time.value)[0]
            assert (span.start is None) == (first is None)
        bounds = duration_bounds(time)
        assert bounds is None or isinstance(bounds, DurationBounds)
        as_timedelta(time)


@pytest.mark.parametrize("value", ["P999999999W", "PT0.0000001S", "P", "PT", "P1Y", "P３D", "P3D/", "/P3D", "../.."])
def test_odd_lengths_have_no_bounds(value: str) -> None:
    """Too long for a timedelta, finer than one, or no length."""
    assert duration_bounds(made(value, "DURATION")) is None
