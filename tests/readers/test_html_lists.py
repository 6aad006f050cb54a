"""The markers of list items, which stand on the page and not in the text."""

from __future__ import annotations

import pytest
from reader_laws import check_laws, uncovered

import docparse
from docparse.readers import read_bytes

LINKED = "<link rel=stylesheet href=a.css>"


def _lines(body: str, head: str = "") -> list[str]:
    reading = read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())
    check_laws(reading)
    assert uncovered(reading) == ""
    return reading.raw.split("\n")


@pytest.mark.parametrize(
    ("body", "want"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol type=a start=3><li>甲<li value=9>乙<li>丙</ol>", ["c. 甲", "i. 乙", "j. 丙"]),
        ("<ol type=A start=27><li>甲</ol>", ["AA. 甲"]),
        ("<ol type=i><li>甲<li type=1>乙</ol>", ["i. 甲", "2. 乙"]),
        ("<ol type=I start=4><li>甲</ol>", ["IV. 甲"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ("<ol start=0><li>甲<li>乙</ol>", ["0. 甲", "1. 乙"]),
        ("<ol start=x><li>甲</ol>", ["1. 甲"]),
        ("<ol style='list-style-type: cjk-ideographic' start=10><li>甲<li>乙</ol>", ["十、甲", "十一、乙"]),
        ("<ol style='list-style-type: simp-chinese-informal'><li>甲</ol>", ["一、甲"]),
        ("<ol style='list-style-type: trad-chinese-informal' start=20000><li>甲</ol>", ["二萬、甲"]),
        ("<ol style='list-style-type: trad-chinese-formal' start=3><li>甲</ol>", ["參、甲"]),
        ("<ol style='list-style-type: simp-chinese-formal' start=3><li>甲</ol>", ["叁、甲"]),
        ("<ol style='list-style: cjk-heavenly-stem inside'><li>子<li>丑</ol>", ["甲、子", "乙、丑"]),
        ("<ol style='list-style-type:cjk-earthly-branch'><li>甲</ol>", ["子、甲"]),
        ("<ol style='list-style-type:decimal-leading-zero'><li>甲</ol>", ["01. 甲"]),
        ("<ol style='list-style-type:none'><li>甲</ol>", ["甲"]),
        ("<ol><li style='list-style:none'>甲<li>乙</ol>", ["甲", "2. 乙"]),
        ("<ol class='custom_cn2 list-paddingleft-1'><li>甲<li>乙</ol>", ["（一）甲", "（二）乙"]),
        ("<ul><li>甲</ul>", ["• 甲"]),
        ("<ul type=none><li>甲</ul>", ["甲"]),
        ("<ul style='list-style-type:\"※\"'><li>甲</ul>", ["※甲"]),
        ("<ol><li><p>甲</p><p>续</p><li>乙</ol>", ["1. 甲", "续", "2. 乙"]),
        ("<ol><li>甲<ol type=a><li>子</ol><li>乙</ol>", ["1. 甲", "a. 子", "2. 乙"]),
        ("<ol><li><ol type=a><li>子<li>丑</ol></ol>", ["1. a. 子", "b. 丑"]),
        ("<ul><li><ul><li>内</ul></ul>", ["• 内"]),
        ("<ol><li><li>乙</ol>", ["2. 乙"]),
        ("<li>散的", ["散的"]),
    ],
)
def test_markers(body: str, want: list[str]) -> None:
    assert _lines(body) == want


@pytest.mark.parametrize(
    ("body", "want"),
    [
        ("<ol><li>一、甲<li>二、乙</ol>", ["一、甲", "二、乙"]),
        ("<ol><li>1.甲<li>　2.乙</ol>", ["1.甲", "2.乙"]),
        ("<ul><li>● 甲<li>● 乙</ul>", ["● 甲", "● 乙"]),
        ("<ol><li>一、甲<li>乙</ol>", ["1. 一、甲", "2. 乙"]),  # not every item
        ("<ol><li>2024年计划<li>2025年计划</ol>", ["1. 2024年计划", "2. 2025年计划"]),  # a year is no marker
        ("<ul><li><a>首页</a><li><a>新闻</a></ul>", ["首页", "新闻"]),  # a menu
        ("<ul><li><a>首页</a>是网站的门面<li>乙</ul>", ["• 首页是网站的门面", "• 乙"]),
        ("<nav><ol><li>首页<li>新闻</ol></nav>" + "<p>正文</p>" * 9, ["首页", "新闻", *["正文"] * 9]),
    ],
)
def test_what_is_typed_is_not_doubled(body: str, want: list[str]) -> None:
    assert [line.lstrip("\u3000") for line in _lines(body)] == want


def test_style_sheets() -> None:
    assert _lines("<ul class=x><li>甲</ul>", "<style>.x{list-style:none}</style>") == ["甲"]
    assert _lines("<ol><li>甲</ol>", "<style>ul, ol {list-style-type:upper-roman}</style>") == ["I. 甲"]
    assert _lines("<ol><li>甲</ol>", "<style>@media print{ol{list-style:none}}</style>") == ["1. 甲"]
    assert _lines("<ul><li>甲</ul><ul style='list-style-type:disc'><li>乙</ul>", LINKED) == ["甲", "• 乙"]
    assert _lines("<ol><li>甲</ol>", LINKED) == ["1. 甲"]


def test_a_bullet_is_no_part_of_a_metric() -> None:
    items = "<li>客户满意度达到95%以上。</li><li>投诉率控制在2%以内。</li>"
    page = f"<html><body><h1>工作计划</h1><ul>{items}</ul></body></html>"
    assert [target.metric for target in docparse.parse(page.encode()).targets] == ["客户满意度", "投诉率"]
