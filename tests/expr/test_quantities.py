"""Quantities: the examples that stand beside the rules, the laws, and linear time."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.expr.quantities import find_quantities, find_quantity_mentions
from docparse.expr.quantity_finish import REFUSALS
from docparse.expr.quantity_registry import MENTION_RULES, source_of
from docparse.expr.quantity_rules import RULES
from docparse.records import QuantityMention

_DEFAULTS: dict[str, Any] = {
    "low": None,
    "high": None,
    "comparator": "eq",
    "approximate": False,
    "masked": False,
    "unit": None,
    "per": (),
    "baseline": False,
}


def _cases() -> list[dict[str, Any]]:
    text = resources.files("docparse.expr.examples").joinpath("quantities.toml").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = tomllib.loads(text, parse_float=Decimal)["case"]
    return cases


CASES = _cases()


def _marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without marks, and what they marked."""
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for character in text:
        if character == "⟦":
            start = len(plain)
        elif character == "⟧":
            spans.append((start, len(plain)))
        else:
            plain.append(character)
    return "".join(plain), spans


def _problems(case: dict[str, Any]) -> list[str]:
    """Return what is wrong with the mentions found, in words; none where the case holds."""
    text, spans = _marked(case["text"])
    found = find_quantity_mentions(text)
    if case["rule"] == "none":
        return [f"found {text[m.span.start : m.span.end]!r} by {m.rule}" for m in found]
    if [tuple(m.span) for m in found] != spans:
        return [f"found {[text[m.span.start : m.span.end] for m in found]}"]
    problems = [
        f"{name}: {_shown(mention, name)!r}, not {value!r}"
        for mention, want in zip(found, case["want"], strict=True)
        for name, value in {**_DEFAULTS, **want}.items()
        if _shown(mention, name) != (tuple(value) if name == "per" else value)
    ]
    if found[-1].rule != case["rule"]:
        problems.append(f"rule: {found[-1].rule}")
    return problems


def _shown(mention: QuantityMention, name: str) -> Any:
    return getattr(mention, name)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_example(case: dict[str, Any]) -> None:
    problems = _problems(case)
    if case.get("expect") == "fail":
        assert problems, "a known failure passes: take `expect` away"
    else:
        assert not problems, problems


def test_examples_are_many_and_cover_the_rules() -> None:
    near_misses = [case for case in CASES if case["rule"] == "none"]
    assert len(CASES) - len(near_misses) >= 420
    assert len(near_misses) >= 190
    assert len({case["text"] for case in CASES}) == len(CASES)
    shown, near = Counter(case["rule"] for case in CASES), Counter(case.get("near") for case in near_misses)
    for rule in MENTION_RULES:
        assert shown[rule.id] >= 5, rule.id
        assert near[rule.id] >= 3, rule.id
    assert set(near) - {None} <= {rule.id for rule in MENTION_RULES}


def test_registry_names_every_rule_once_with_its_source() -> None:
    ids = [rule.id for rule in MENTION_RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule.reads and "\n" not in rule.reads and rule.source for rule in MENTION_RULES)
    assert {rule.id for rule in RULES} - set(ids) == {"none.name", "quantity.single"}
    assert all(rule.source == source_of(rule.id) for rule in RULES if rule.id in ids)
    carried = {mention.rule for case in CASES for mention in find_quantity_mentions(_marked(case["text"])[0])}
    assert carried == set(ids)
    assert len({refusal.id for refusal in REFUSALS}) == len(REFUSALS)


_CHARACTERS = (
    "一二两三四五六七八九十百千万亿零〇半几数多余来点分之元块角毛个家人次套吨米度成折倍番%％‰-—~至到、，,。（）“”xX×*"
)
_PHRASES = [
    "12",
    "3.5",
    "1,234",
    "约",
    "以上",
    "以下",
    "左右",
    "由",
    "从",
    "提高到",
    "每人",
    "/月",
    "百分之",
    "个百分点",
    "第",
    "￥",
    "翻",
    "分别",
    "人民币",
    "摄氏",
    "零下",
]
_WORDS = st.sampled_from([*_CHARACTERS, *_PHRASES, " ", "\n"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(_WORDS, max_size=40).map("".join), st.text(max_size=60)))
def test_any_text_gives_ordered_mentions_that_do_not_overlap(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        end = quantity.span.end


@settings(max_examples=100, deadline=None)
@given(st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False), st.sampled_from(["元", "吨", "%", "公里"]))
def test_digits_are_kept_exactly(value: Decimal, unit: str) -> None:
    (quantity,) = find_quantities(f"为{value}{unit}")
    assert quantity.low == quantity.high == value


_HOSTILE = [
    *(
        "10元20元30元",
        "一",
        "1",
        "1、",
        "1-",
        "每人",
        "1 ",
        "x",
        "从",
        "万",
        "1点",
        "分之",
        "百分之",
        "1,234",
        "1.1.",
        "由1",
    ),
    *(
        "第1",
        "5%、",
        "1,234,567,",
        "一二三四",
        "从1到",
        "每人每月每年",
        "/月",
        "5元/月/月",
        "约",
        "超过",
        "亿",
        "XX万",
        "5、8、",
    ),
    *(
        "第5、",
        "0.1",
        "由55提高到",
        "翻",
        "翻番",
        "半",
        "数百",
        "几十",
        "1 6 5 ",
        "年产",
        "至少",
        "以上",
        "1万以上5万",
        "，1",
        "○",
    ),
    *("５，", "十点十分", "1万2千", "为0", "指数1.1到", "增加万", "１", "百分之十至", "3～", "的", "\u3000", "\u30001"),
]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_time_is_linear_on_hostile_text(piece: str) -> None:
    """100,000 characters take less than three times as long as half of them; a few ms are lost to a shared machine."""
    size = 50_000 // len(piece)
    for _ in range(3):
        single, double = _seconds(piece * size), _seconds(piece * size * 2)
        if double < single * 3 + 0.02:
            return
    pytest.fail(f"{single:.3f} s for {size * len(piece):,} characters, {double:.3f} s for twice as many")


def test_a_million_digits_are_no_number() -> None:
    assert _seconds("1" * 1_000_000) < 5
    assert find_quantities("1" * 1_000_000 + "元") == []


def _seconds(text: str) -> float:
    start = time.process_time()
    find_quantity_mentions(text)
    return time.process_time() - start


def test_ids_and_roles_are_those_of_a_bare_text() -> None:
    first, second = find_quantities("占比由55%提高到58%")
    assert (first.id, first.role, second.id, second.role) == ("q1", "baseline", "q2", "context")
    assert first.raw_span == first.span
    assert first.statement is first.metric is first.due is None
