"""What holds for every text, however it is made."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docparse.records import Block, Cell, Layout
from docparse.structure import split_structure

MARKERS = [
    "一、",
    "二、",
    "三、",
    "（一）",
    "（二）",
    "(1)",
    "(2)",
    "1.",
    "2.",
    "1、",
    "2、",
    "3、",
    "①",
    "②",
    "a、",
    "b、",
    "1）",
    "1.1",
    "1.1.1",
    "第二章",
    "第一条",
    "第一阶段：",
    "第一阶段（3月）",
    "甲、",
    "乙、",
    "壹、",
    "贰、",
    "4投诉处理",
    "一是",
]
TITLES = [
    "篇一",
    "篇二",
    "篇1",
    "【一】",
    "【二】",
    "范文一",
    "第一篇",
    "工作计划1",
    "工作计划2",
    "工作计划31、",
    "部门工作总结",
    "实施方案",
    "附件1",
    "附件",
]
MARKS = [*"。！？；;，：.…“”（）()《》【】\n\r\u2028\x1c \u3000\t#", "\r\n", "\n\n", "...", "——", "- ", "---"]
FURNITURE = [
    "共3页,当前第1页12",
    'class="">',
    "时间:2011-04-08",
    "2021年13月41日",
    "目录",
    "（广告）",
    "抄送：",
    "第2页",
    "\n- 2 -\n",
    "附件1.docx",
    "温馨提示",
    "最新文档",
    "上一篇：",
    "希望大家喜欢",
]
WORDS = ["首页 > 范文", "第1页 / 共3页", "在我的", "工作", "公司", "提高到90%", *"aZ7ㄅ😀\u200b\ue000\x00第", "第一章 "]
PIECES = [*MARKERS, *TITLES, *MARKS, *FURNITURE, *WORDS]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=60)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, tuple[Block, ...]]:
    """A text and blocks over it, as a reader might give them, or worse."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    kinds = st.sampled_from(["paragraph", "heading", "list_item", "cell", "header", "footer", "note", "toc"])
    blocks = []
    for n, (start, end) in enumerate(pairwise(cuts)):
        kind = draw(kinds)
        cell = Cell(table=n // 6, row=n // 2, column=n % 2, header=n < 2) if kind == "cell" else None
        level = draw(st.integers(1, 6)) if kind == "heading" else None
        page = draw(st.none() | st.integers(1, 3))
        blocks.append(Block(start=start, end=end, kind=kind, level=level, cell=cell, page=page))
    return text, tuple(blocks)


def check(text: str, layout: Layout) -> None:
    """Tile, order, inside and nesting."""
    titles = [piece.title_span for piece in layout.articles if piece.title_span is not None]
    spans = sorted([*titles, *(h.span for h in layout.headings), *(u.span for u in layout.units)])
    closed = {h.span.end for h in layout.headings} | {title.end for title in titles}
    at = 0
    for start, end in [*spans, (len(text), len(text) + 1)]:
        assert at <= start < end <= len(text) + 1
        # The marks that close a heading in Markdown or CSV belong to the format.
        assert not (text[at:start].strip(',;#* \t"') if at in closed else text[at:start]).strip()
        at = end
    assert list(layout.units) == sorted(layout.units, key=lambda unit: unit.span)
    assert list(layout.headings) == sorted(layout.headings, key=lambda heading: heading.span)
    edge = 0
    for piece in layout.articles:
        assert edge <= piece.span.start < piece.span.end
        edge = piece.span.end
        if piece.title_span is not None:
            assert piece.span.start <= piece.title_span.start < piece.title_span.end <= piece.span.end
    for i, heading in enumerate(layout.headings):
        span = layout.articles[heading.article].span
        assert span.start <= heading.span.start < heading.span.end <= heading.end <= span.end
        if heading.parent is None:
            assert heading.level == 1
        else:
            parent = layout.headings[heading.parent]
            assert heading.parent < i and parent.article == heading.article and parent.level == heading.level - 1
            assert parent.span.end <= heading.span.start and heading.end <= parent.end
    for unit in layout.units:
        assert (unit.article is None) == (unit.noise is not None)
        if unit.article is not None:
            span = layout.articles[unit.article].span
            assert span.start <= unit.span.start and unit.span.end <= span.end
        if unit.section is not None:
            section = layout.headings[unit.section]
            assert section.article == unit.article
            assert section.span.end <= unit.span.start and unit.span.end <= section.end
    row_units = {unit.span for unit in layout.units if unit.row}
    for table in layout.tables:
        for row in table:
            assert row.span in row_units
            for cell in row.cells:
                assert text[cell.span.start : cell.span.end] == cell.text


@settings(max_examples=400, deadline=None)
@given(documents())
@example((";", (Block(start=0, end=0, kind="heading", level=1),)))
@example(("目标 ##", (Block(start=0, end=2, kind="heading", level=1),)))
def test_tile_and_inside(document: tuple[str, tuple[Block, ...]]) -> None:
    text, blocks = document
    layout = split_structure(text, blocks)
    check(text, layout)
    assert split_structure(text, blocks) == layout


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.text(max_size=20) | st.sampled_from(["工作计划", "销售部工作总结.docx"]))
def test_any_title_of_the_file(text: str, title: str) -> None:
    check(text, split_structure(text, title=title))


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "一、",
            "1、",
            "1、\n",
            "（一）\n",
            "1.1.1.1 ",
            "①",
            "a、做",
            "篇一\n",
            "工作计划1",
            "工作计划\n",
            "附件1\n方案\n",
        ],
        *[
            "“",
            "（",
            "；",
            "。",
            "第一章 总则\n",
            "共3页,当前第1页12",
            'class="',
            "目录\n",
            "2021年1月1日\n",
            "在我的工作",
            "甲、乙、",
            "a\tb1\nc\td1\n\n",
            "目录\n12\n",
            "一、指导思想在新的一年里，我将努力工作。",
            "《工作方案》\n工作方案\n",
            "重点工作\n有利条件\n今年要完成任务。\n",
            "\n",
        ],
        *["1、一、①（1）a、第一条 \n", "一、标题\n（一）小标题\n1、做好工作。\n", "最新文档\n- 题\n", "为大家整理"],
    ],
)
def test_long_monotonous_text_takes_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begin = time.process_time()
    check(text, split_structure(text))
    assert time.process_time() - begin < 4.0


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["1、", "一、\n", "（1）做好。\n"])
def test_a_million_markers(piece: str) -> None:
    text = piece * 1_000_000
    begin = time.process_time()
    split_structure(text)
    assert time.process_time() - begin < 90.0


def test_nothing_in_nothing_out() -> None:
    for text in ("", " ", "\n\n\u3000"):
        layout = split_structure(text)
        assert layout.articles == () and layout.units == () and layout.headings == ()
