"""Quantities: the examples that stand beside the rules, the laws, and linear time."""

from __future__ import annotations

import time
import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.expr.quantities import find_quantities, find_quantity_mentions
from docparse.expr.quantity_finish import REFUSALS
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
    assert len(CASES) - len(near_misses) >= 120
    assert len(near_misses) >= 80
    shown = {case["rule"] for case in CASES}
    fixed = {rule.id for rule in RULES} - {"none.name", "quantity.single"}
    assert fixed <= shown
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


@pytest.mark.parametrize(
    "piece",
    [
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
        "第1",
    ],
)
def test_time_is_linear_on_hostile_text(piece: str) -> None:
    """Doubling the text about doubles the time: the bound is loose, since the machine is shared."""
    size = 20_000 // len(piece)
    single = min(_seconds(piece * size) for _ in range(3))
    double = min(_seconds(piece * size * 2) for _ in range(3))
    assert double < single * 3 + 0.05


def test_a_million_digits_are_no_number() -> None:
    assert _seconds("1" * 1_000_000) < 5
    assert find_quantities("1" * 1_000_000 + "元") == []


def _seconds(text: str) -> float:
    start = time.perf_counter()
    find_quantity_mentions(text)
    return time.perf_counter() - start


def test_ids_and_roles_are_those_of_a_bare_text() -> None:
    first, second = find_quantities("占比由55%提高到58%")
    assert (first.id, first.role, second.id, second.role) == ("q1", "baseline", "q2", "context")
    assert first.raw_span == first.span
    assert first.statement is first.metric is first.due is None
