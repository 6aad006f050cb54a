"""The laws of times and quantities: any text at all keeps them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from docparse import as_timedelta, duration_bounds, find_quantities, find_times, time_span, to_timex3
from docparse.claims.mentions import settle
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.rivals import quantity_rivals, time_rivals
from docparse.expr.times import find_time_mentions, time_bounds
from docparse.records import Quantity, QuantityMention, Time, TimeMention

ALPHABET = (
    "0123456789０１２〇零一二三四五六七八九十百千万亿两几半壹贰佰仟廿初元"
    "年月日号时点分秒周天季旬期上下本今明去前后内底末中起至到以来每近约逾超不足多余"
    "個號後內萬億兩週點餘約國民"
    "元块角美港币人家户个次件项吨斤亩米倍成折番%％‰℃/每率"
    " \t\u3000\u200b\n\r,.，。、；：:-—～~（）()“”《》#*×xXО_+<>&\"'abTZ"
    "\x00\ud800\udfff\uffff😀"
)
WORDS = [
    "今年6到12月份",
    "每月5号前",
    "20xx年",
    "XX万元",
    "3个月内",
    "三年后",
    "两三天",
    "至今",
    "十五五末",
    "春节前",
    "农历八月十五",
    "上年同期",
    "下午1点半到3点",
    "民國112年",
    "百分之八点五",
    "由55%提高到58%",
    "2500万-3000万套",
    "分别增长5%、8%",
    "翻两番",
    "三分之一",
    "7.5万元/月",
    "第一时间",
    "扣5分",
    "不少于13家",
    "十几亿",
    "1,234.5",
    "iso9001",
    "一、",
    "2/3",
    "24:00",
    "2月30日",
]
ANY_TEXT = (
    st.text(alphabet=ALPHABET, max_size=60)
    | st.lists(st.sampled_from(WORDS) | st.text(alphabet=ALPHABET, max_size=4), max_size=10).map("".join)
    | st.text(st.characters(), max_size=40)
)
MANY = settings(max_examples=300, deadline=None)
Mention = Time | Quantity | TimeMention | QuantityMention


def in_order(text: str, mentions: Sequence[Mention]) -> None:
    """Each mention is a stretch of the text, begins where the one before has ended, and says its own words."""
    end = 0
    for mention in mentions:
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        if isinstance(mention, Time | Quantity):
            assert text[mention.span.start : mention.span.end] == mention.text


@given(ANY_TEXT)
@MANY
def test_mentions_are_in_order_and_apart(text: str) -> None:
    """Each kind by itself, and both settled together."""
    in_order(text, find_times(text))
    in_order(text, find_quantities(text))
    times, quantities = settle(find_time_mentions(text), find_quantity_mentions(text))
    in_order(text, sorted([*times, *quantities], key=lambda mention: mention.span))


@given(ANY_TEXT)
@MANY
def test_bounds_are_bounds(text: str) -> None:
    """low <= high; the comparator says which side is open; a masked quantity has no numbers."""
    for found in find_quantities(text):
        low, high = found.low, found.high
        assert (low is None and high is None) == found.masked
        for side in (low, high):
            assert side is None or side.is_finite()
        if low is not None and high is not None:
            assert low <= high
            assert (low == high) == (found.comparator == "eq")
        elif not found.masked:
            assert found.comparator in (("le", "lt") if low is None else ("ge", "gt"))


@given(ANY_TEXT, st.dates(date(1901, 1, 1), date(2099, 12, 31)) | st.datetimes(datetime(1901, 1, 1)))
@MANY
def test_what_is_resolved_has_a_place(text: str, reference: date) -> None:
    """A resolved value holds no X, its sides are dates, and what a program makes of it runs forward."""
    for time in find_times(text, reference_date=reference):
        duration_bounds(time)
        as_timedelta(time)
        span = time_span(time)
        if time.resolved is None:
            continue
        assert "X" not in time.resolved
        start, end = time_bounds(time.resolved)
        assert start is not None or end is not None
        assert start is None or end is None or start <= end
        assert span is not None or (end or date.min).year == 9999 or "T" in time.resolved


@given(ANY_TEXT, st.booleans())
@MANY
def test_timex3_is_valid(text: str, resolved: bool) -> None:
    """It parses, and has an element for every time."""
    times = find_times(text, reference_date=date(2011, 4, 8))
    root = ET.fromstring(to_timex3(text, times, resolved=resolved).encode())
    assert len([child for child in root if child.text]) == len(times)


@given(ANY_TEXT)
@MANY
def test_nothing_is_invented(text: str) -> None:
    """Without a reference date every year that is resolved comes from digits or year words of the text itself."""
    bare = find_times(text)
    dated = find_times(text, reference_date=date(2011, 4, 8))
    assert [(t.span, t.value) for t in bare] == [(t.span, t.value) for t in dated]
    stated = any(t.value[:2].isdigit() or t.type == "DURATION" for t in bare) or "民国" in text or "民國" in text
    for time in bare:
        if time.resolved is not None and not stated:
            raise AssertionError(f"{time.text} is resolved to {time.resolved}, and no year is named")
        if time.type == "SET" or (time.type == "DURATION" and time.resolved):
            assert time.resolved is None


RELATIVE = [
    "今年",
    "明年",
    "去年底",
    "本月",
    "下月",
    "上季度",
    "下周",
    "本周六",
    "今天",
    "明天上午",
    "昨日",
    "3月底前",
    "5月8日",
    "下半年",
    "第三季度",
    "月底",
    "年底前",
    "6到12月份",
    "三年后",
    "10天前",
    "今明两年",
    "20日",
    "周五",
    "五月中旬",
    "国庆节前",
    "春节",
    "冬至",
]


@given(st.lists(st.sampled_from(RELATIVE), min_size=1, max_size=6).map("，".join))
@MANY
def test_relative_times_need_a_reference(text: str) -> None:
    """Neither a year nor a reference date: nothing relative is resolved. Years that hide: nothing either."""
    found = find_times(text)
    assert found
    assert [t.resolved for t in found] == [None] * len(found)
    masked = find_times(f"20XX年工作计划。{text}", reference_date=date(2011, 4, 8))
    assert [t.resolved for t in masked] == [None] * len(masked)


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_what_lost_can_be_asked_for(text: str) -> None:
    """Asking never raises; each reading is a stretch of the text that begins in the mention."""
    for time in find_time_mentions(text):
        for rival in time_rivals(text, time):
            assert time.span.start <= rival.span.start < time.span.end
            assert rival.span.start < rival.span.end <= len(text)
    for quantity in find_quantity_mentions(text):
        for rival in quantity_rivals(text, quantity):
            assert 0 <= rival.span.start < rival.span.end <= len(text)
