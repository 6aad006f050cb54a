"""What a quantity measures: the examples beside the code, and the laws."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docparse.claims
from docparse.claims.metric_words import lexicon
from docparse.claims.metrics import find_metric
from docparse.records import QuantityMention, Span

CASES = Path(docparse.claims.__file__).parent / "examples" / "metrics.toml"
MARKED = re.compile("⟦([^⟦⟧]*)⟧")
UNIT = re.compile(r"[\d.万亿约一二两三四五六至多余超过不下低于有少]*(人次|[^\d])")
KINDS = ["count", "percent", "percent_point", "money", "multiple", "area", "length", "mass", "score", "other"]
# Words of every list, so that random text reaches every branch.
ALPHABET = (
    "达到由从提高每人户占的是比较低于已共其中分扣罚元月年日（）()“”《》、，。；\n\t "
    "收费率客户完成新增面积召开会议次家个1234567890.%"
)


def mention(start: int, end: int, kind: Any, unit: str | None) -> QuantityMention:
    return QuantityMention(
        span=Span(start, end),
        kind=kind,
        low=None,
        high=None,
        comparator="eq",
        approximate=False,
        masked=False,
        unit=unit,
        per=(),
        rule="test",
    )


def found_in(marked: str, kind: str) -> list[str | None]:
    """The metrics of the marked numbers, each after the one before it."""
    text = MARKED.sub(r"\1", marked)
    found: list[str | None] = []
    previous, metric = None, None
    for i, mark in enumerate(MARKED.finditer(marked)):
        start = mark.start() - 2 * i
        unit = UNIT.match(mark[1])
        this = mention(start, start + len(mark[1]), kind, unit[1] if unit and kind == "count" else None)
        metric = find_metric(text, this, 0, previous, metric)
        found.append(metric)
        previous = this
    return found


def load() -> list[Any]:
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    marks = {"fail": [pytest.mark.xfail(strict=True)]}
    return [pytest.param(case, id=case["text"].strip(), marks=marks.get(case.get("expect", ""), [])) for case in cases]


@pytest.mark.parametrize("case", load())
def test_example(case: dict[str, Any]) -> None:
    found = found_in(case["text"], case["kind"])
    assert len(found) == len(case["want"])
    for want, got in zip(case["want"], found, strict=True):
        if want == "":
            assert got is None
        else:
            assert got is not None
            assert want in got
            assert len(got) <= len(want) + 6


def test_enough_examples() -> None:
    assert len(load()) >= 60


def names() -> set[str]:
    return {name for table in lexicon().sanction.values() for name in table.values()}


def is_shared(metric: str, text: str) -> bool:
    """Whether a metric is two pieces of the text: a listed name and the head that the last of the list lends it."""
    return any(metric[:i] in text and metric[i:] in text for i in range(1, len(metric)))


@given(st.one_of(st.text(max_size=80), st.text(alphabet=ALPHABET, max_size=80)), st.data())
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, data: st.DataObject) -> None:
    """No text and no span raises; a metric stands in the text, or names a sanction."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    floor = data.draw(st.integers(0, start))
    kind = data.draw(st.sampled_from(KINDS))
    unit = data.draw(st.sampled_from([None, "个", "次", "篇", "岁", "家"]))
    first = mention(data.draw(st.integers(0, start)), start, kind, unit)
    inherited = find_metric(text, first, 0)
    got = find_metric(text, mention(start, end, kind, unit), floor, first, inherited)
    for metric in (inherited, got):
        assert metric is None or metric in text or metric in names() or is_shared(metric, text)


def test_time_grows_with_the_numbers_not_with_the_line() -> None:
    """Windows are bounded: a number late in a long line reads no more than one at its start."""
    for text in ("达到的" * 200_000 + "5%", "（" * 100_000 + "5%", "、" * 100_000 + "5%", "收费" * 100_000 + "5%"):
        first = mention(0, 1, "percent", "%")
        metric = find_metric(text, mention(len(text) - 2, len(text), "percent", "%"), 0, first, None)
        assert metric is None or len(metric) < 40
