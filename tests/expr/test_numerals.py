"""Numerals: the examples, and exactness on any number."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.expr.numerals import fold_digits, parse_number, read_numeral


def _cases() -> list[dict[str, Any]]:
    text = resources.files("docparse.expr.examples").joinpath("numerals.toml").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = tomllib.loads(text)["case"]
    return cases


CASES = _cases()


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_example(case: dict[str, Any]) -> None:
    want = None if case["rule"] == "none" else Decimal(case["want"])
    assert parse_number(case["text"]) == want


def test_examples_are_many() -> None:
    near_misses = [case for case in CASES if case["rule"] == "none"]
    assert len(CASES) - len(near_misses) >= 70
    assert len(near_misses) >= 25
    assert len({case["text"] for case in CASES}) == len(CASES)


def _written(number: int) -> str:
    """Write a number below 10^8 in full Chinese form."""
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    head = _section(high) + "万" if high else ""
    gap = "零" if high and low and low < 1000 else ""
    return head + gap + (_section(low) if low else "")


def _section(number: int) -> str:
    parts: list[str] = []
    zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            parts.append(("零" if zero else "") + "零一二三四五六七八九"[digit] + name)
            zero = False
        elif parts and number:
            zero = True
    return "".join(parts)


@settings(max_examples=300)
@given(st.integers(min_value=0, max_value=10**8 - 1))
def test_what_is_written_is_read_back(number: int) -> None:
    assert parse_number(_written(number)) == number


@settings(max_examples=200)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_arabic_digits_are_exact(value: Decimal) -> None:
    assert parse_number(f"{value:f}") == value


@settings(max_examples=300)
@given(st.text(alphabet="零一二两三十百千万亿点半负廿0123456789.,，/eK 又分之²٣", max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or value.is_finite()


def test_length_is_bounded_and_folding_keeps_offsets() -> None:
    assert parse_number("9" * 100_000) is None
    assert read_numeral("九" * 100_000) is None
    assert len(fold_digits("壹佰萬９，零")) == 6
