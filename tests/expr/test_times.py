"""Times: the examples, the laws (order, calm, bounds), linear time, and resolution by context."""

from __future__ import annotations

import time
import tomllib
from datetime import date, datetime
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.expr import time_points
from docparse.expr.time_find import RULE_IDS
from docparse.expr.times import (
    RULES,
    find_time_mentions,
    find_times,
    hides_years,
    resolve_time,
    time_bounds,
    year_named,
)
from docparse.records import Span, TimeContext, TimeMention

EXAMPLES = resources.files("docparse.expr").joinpath("examples/times.toml").read_text(encoding="utf-8")
CASES: list[dict[str, Any]] = tomllib.loads(EXAMPLES)["case"]
KNOWN_RULES = {rule.id for rule in RULE_IDS}
CONTEXT = ("ahead", "year", "minguo", "masked_years")
ALPHABET = (
    "0123456789〇零一二三四五六七八九十两半几年月日号点时分秒周星期礼拜天上中下旬前后内底末初今明昨去本"
    "每到至和-—~./: 〔〕"
    "XxX*“”十四五春节农历闰秋冬季度第个多余近过去未来起以来之间的民国世纪代ab\n"
)


def parts(marked: str) -> tuple[str, list[str]]:
    """The plain text of a case and its marked stretches."""
    spans, plain = [], ""
    for piece in marked.split("⟦"):
        inside, closed, after = piece.partition("⟧")
        plain += inside + after if closed else piece
        if closed:
            spans.append(inside)
    return plain, spans


def reference(case: dict[str, Any]) -> date | None:
    """The case's reference: a date, or a date and time."""
    text = case.get("reference")
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def resolved_in(case: dict[str, Any], text: str) -> list[str]:
    """What the mentions resolve to: in the context that the case gives, else as `find_times` has it."""
    context = {key: case[key] for key in CONTEXT if key in case}
    if not context:
        return [t.resolved or "" for t in find_times(text, reference_date=reference(case))]
    here = TimeContext(reference=reference(case), **context)
    return [resolve_time(mention, here) or "" for mention in find_time_mentions(text)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_example(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    """Every marked stretch is found with its value and type, and nothing else is."""
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason=case.get("why", "known failure")))
    text, spans = parts(case["text"])
    found = find_times(text, reference_date=reference(case))
    assert [t.text for t in found] == spans
    if case["rule"] == "none":
        assert case["near"] in KNOWN_RULES
        return
    want = case["want"] if isinstance(case["want"], list) else [case["want"]]
    assert [{"value": t.value, "type": t.type} for t in found] == want
    assert find_time_mentions(text)[0].rule == case["rule"]
    if "resolved" in case:
        resolved = case["resolved"] if isinstance(case["resolved"], list) else [case["resolved"]]
        assert resolved_in(case, text) == resolved


def test_there_are_enough_examples() -> None:
    """At least 600 finds and 280 near misses stand beside the rules, each text once."""
    misses = sum(case["rule"] == "none" for case in CASES)
    assert misses >= 280
    assert len(CASES) - misses >= 600
    keys = [(case["text"], case.get("reference"), *(case.get(key) for key in CONTEXT)) for case in CASES]
    assert len(set(keys)) == len(keys)


def test_the_registry_is_whole() -> None:
    """Every rule that reads is listed with what it stands for and its source, and no id twice."""
    assert {rule.id for rule in RULES} <= KNOWN_RULES
    assert len(KNOWN_RULES) == len(RULE_IDS)
    assert all(rule.what and rule.source for rule in RULE_IDS)


@pytest.mark.parametrize("rule", sorted(KNOWN_RULES))
def test_every_rule_has_cases_and_near_misses(rule: str) -> None:
    """At least five cases and three near misses name the rule."""
    assert sum(case["rule"] == rule and "expect" not in case for case in CASES) >= 5
    assert sum(case.get("near") == rule and "expect" not in case for case in CASES) >= 3


def test_no_mention_carries_an_unknown_rule() -> None:
    """Every id in any mention of any example is in the registry."""
    text = "\n".join(parts(case["text"])[0] for case in CASES)
    assert {mention.rule for mention in find_time_mentions(text)} == KNOWN_RULES


@given(st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_ordered_mentions(text: str) -> None:
    """Mentions are in order, apart, inside the text, and resolve without an exception."""
    end = 0
    for found in find_times(text, reference_date=date(2011, 4, 8)):
        assert end <= found.span.start < found.span.end <= len(text)
        assert text[found.span.start : found.span.end] == found.text
        end = found.span.end
        time_bounds(found.resolved or found.value)
    find_times(text, reference_date=datetime(2011, 4, 8, 14, 30))
    find_times(text)


@given(st.text(alphabet="0123456789X-/.QHWTPSUE", max_size=24) | st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_bounds_never_raise(value: str) -> None:
    """Any string gives a pair whose start is not after its end."""
    start, end = time_bounds(value)
    assert start is None or end is None or start <= end


@given(
    st.text(alphabet="0123456789X-/.QHWTPSUED", max_size=24),
    st.text(alphabet="ymwdqcltnri?+-0123456789P /last", max_size=16),
)
@settings(max_examples=300, deadline=None)
def test_resolve_never_raises(value: str, shift: str) -> None:
    """A mention that no rule would write is None or a string, not an exception."""
    mention = TimeMention(span=Span(0, 1), type="DATE", value=value, rule="time.date", shift=shift or None)
    assert resolve_time(mention, TimeContext(reference=date(2011, 4, 8))) is None or True


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2011", date(2011, 1, 1), date(2011, 12, 31)),
        ("2011-06", date(2011, 6, 1), date(2011, 6, 30)),
        ("2011-06-08", date(2011, 6, 8), date(2011, 6, 8)),
        ("2011-06-08T13:30", date(2011, 6, 8), date(2011, 6, 8)),
        ("2011-05-10TMO", date(2011, 5, 10), date(2011, 5, 10)),
        ("2011-H2", date(2011, 7, 1), date(2011, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-W10", date(2024, 3, 4), date(2024, 3, 10)),
        ("2024-W10-WE", date(2024, 3, 9), date(2024, 3, 10)),
        ("2024-WI", date(2024, 12, 1), date(2025, 2, 28)),
        ("198", date(1980, 1, 1), date(1989, 12, 31)),
        ("20", date(2000, 1, 1), date(2099, 12, 31)),
        ("2011-06/2011-12", date(2011, 6, 1), date(2011, 12, 31)),
        ("2011-01/..", date(2011, 1, 1), None),
        ("../2011-06", None, date(2011, 6, 30)),
        ("2011-01/PRESENT_REF", date(2011, 1, 1), None),
        ("XXXX-05", None, None),
        ("P3M", None, None),
        ("2011-02-30", None, None),
        ("2011-06/2010", None, None),
        ("2011/XXXX", None, None),
        ("", None, None),
    ],
)
def test_bounds(value: str, start: date | None, end: date | None) -> None:
    """Inclusive first and last date of a resolved value."""
    assert time_bounds(value) == (start, end)


def resolve(text: str, **context: Any) -> list[str | None]:
    """What the mentions of a text resolve to in one context."""
    return [resolve_time(m, TimeContext(**context)) for m in find_time_mentions(text)]


def test_ahead_moves_a_bare_month() -> None:
    """In a plan a bare month lies on or after the reference, in a summary on or before it."""
    day = date(2011, 4, 8)
    assert resolve("3月", reference=day, ahead=True) == ["2012-03"]
    assert resolve("3月", reference=day, ahead=False) == ["2011-03"]
    assert resolve("4月", reference=day, ahead=True) == ["2011-04"]
    assert resolve("11月", reference=day, ahead=False) == ["2010-11"]
    assert resolve("11月", reference=day) == ["2011-11"]


def test_a_year_named_before_wins_unless_it_is_over() -> None:
    """The nearest explicit year takes a bare month; in a plan a past year does not."""
    day = date(2011, 4, 8)
    assert resolve("5月", year=2024) == ["2024-05"]
    assert resolve("5月", reference=day, year=1996) == ["1996-05"]
    assert resolve("5月", reference=day, year=1996, ahead=True) == ["2011-05"]


def test_masked_years_leave_the_relative_unresolved() -> None:
    """Explicit values stay, everything relative is None."""
    day = date(2011, 4, 8)
    text = "2024年5月，今年，5月8日。周六，下半年，3年后，年底，本月"
    assert resolve(text, reference=day, masked_years=True) == ["2024-05", *[None] * 7]
    assert hides_years(find_time_mentions("20XX年工作计划"))
    assert not hides_years(find_time_mentions("2024年工作计划"))


def test_minguo_needs_the_context() -> None:
    """A bare 112年 before a month is a year only in the calendar of the Republic of China."""
    assert resolve("112年5月", minguo=True) == ["2023-05"]
    assert resolve("112年5月") == [None]
    assert [t.resolved for t in find_times("民國111年至112年5月")] == ["2022/2023-05"]


def test_year_named() -> None:
    """A year that the text names or points at holds for what follows."""
    mentions = find_time_mentions("2024年5月和今年和5月")
    named = [year_named(m, resolve_time(m, TimeContext(reference=date(2011, 4, 8)))) for m in mentions]
    assert named == [2024, 2011, None]


def test_offsets_hold_in_traditional_and_full_width_text() -> None:
    """Folding is one character for one."""
    text = "將於２０２４年５月８號（週三）上午１０點後，兩個月內完成"
    assert [(t.text, t.value) for t in find_times(text)] == [
        ("２０２４年５月８號（週三）上午１０點後", "2024-05-08T10:00/.."),
        ("兩個月內", "P2M"),
    ]


def seconds(text: str) -> float:
    """CPU time of one run over a text."""
    start = time.process_time()
    find_time_mentions(text)
    return time.process_time() - start


# What sets a rule going, again and again; no piece lets the rule come to an end.
HOSTILE = """
1月2月3月 一 1 年 十 农历 农历的 每 2024年 1- 5月8日至 X * _ 一年 两三 第 1: “十四五 “十四五” 近 的 12点
上 每周一、 2024.1. 三年零 大前 民国 1年- 一二三年到 从 到 从从从到到到 至 前 内 底 起 以来 左右 日 号 个 半
今天 十四五 五十四 第1- 第1、 1、 一、 3、6、 每月1日、 每年3、 每逢 每月第一个 季度 月度个人 工作日 现有
以后 2023、 20X 二〇X XX年至 20xx- 20--年 20( 八九点 晚上八九 今冬明春 今春 年最后一 最后一个月 上百 数月
民国一百 112年至 113学年 2024-2025学年 第一学期 七八十年代 正月初一至 腊月 “七一” 秋冬 寒暑 2024Q1- T12:
9月23、 不超过 未来 过去 目前 第二天 周一8:00 下午2点到 两、三年 大后天大前天 同期 “
"""


@pytest.mark.parametrize("piece", [*HOSTILE.split(), " "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Twice the text takes about twice as long (a square would take four times), up to 100,000 characters."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    one, two = seconds(text[:50_000]), seconds(text)
    for _ in range(3):  # a machine that does other work
        if two < 3 * one + 0.05:
            break
        one, two = max(one, seconds(text[:50_000])), min(two, seconds(text))
    assert two < 3 * one + 0.05


def test_a_million_digits() -> None:
    """A number without end is neither a time nor slow."""
    start = time.perf_counter()
    assert find_time_mentions("1" * 1_000_000) == []
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("rank", range(7))
def test_the_patterns_of_a_rank_leave_no_atom_out(rank: int) -> None:
    groups = {name for pattern in time_points._next_patterns(rank) for name in pattern.groupindex}
    assert {atom.name for atom in time_points.ATOMS if atom.rank > rank or not rank} <= groups
