"""Layout damage: pagers in sentences, line ends and spaces inside words and numbers, titles run into their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.text.edits import Edit, apply_edits
from docparse.text.layout.cut_lines import cost, deleted_digits, join_cut_numbers, join_cut_words
from docparse.text.layout.fused_headings import split_fused_titles
from docparse.text.layout.page_glue import drop_page_counters
from docparse.text.layout.spacing import close_numbers, close_units, close_words
from docparse.text.layout.wrapped_lines import join_wrapped_lines

Rule = Callable[[str], Iterator[Edit]]
RULES: tuple[Rule, ...] = (
    drop_page_counters,
    join_cut_numbers,
    join_cut_words,
    close_units,
    close_numbers,
    close_words,
    split_fused_titles,
    join_wrapped_lines,
)
SENTENCES = (
    "全年完成固定资产投资十二亿元，新建改建农村公路三十公里，群众出行条件明显改善",
    "各部门要按照职责分工抓好落实，建立健全工作台账，定期通报进展情况并督促整改",
    "客户服务中心坚持以顾客满意为焦点，及时处理投诉，认真做好回访和档案管理工作",
    "继续深化医药卫生体制改革，推动优质医疗资源下沉，提高基层医疗卫生服务能力",
)


def run(text: str, *rules: Rule) -> str:
    edits = sorted((edit for rule in rules for edit in rule(text)), key=lambda edit: edit.start)
    return apply_edits(text, edits)[0]


def wrapped(paragraph: str, width: int) -> list[str]:
    return [paragraph[at : at + width] for at in range(0, len(paragraph), width)]


def test_wrapped_text_is_joined() -> None:
    paragraphs = ["。".join(SENTENCES[i:] + SENTENCES[:i]) + "。" for i in range(4)]
    text = "\n".join(line for p in paragraphs for line in wrapped("　　" + p, 23))
    joined = run(text, join_wrapped_lines)
    before, after = text.count("\n") - 3, joined.count("\n") - 3
    assert after <= 0.1 * before  # a line that ends with a full stop is left
    assert joined.replace("\n", "") == text.replace("\n", "")


def test_honest_lines_are_not_joined() -> None:
    text = "\n".join(SENTENCES) + "\n工作总结\n一、工作回顾\n人员安排\n员工培训"
    assert run(text, join_wrapped_lines, join_cut_words, join_cut_numbers) == text


@pytest.mark.parametrize("rule", RULES)
def test_edits_only_insert_line_ends_or_delete(rule: Rule) -> None:
    text = (
        "总结1一、回顾1、做好工作。共3页,当前第1页123年度总结\n产量7.4万\n2、吨，达1 6 5 5 亿元，共5 个县\n"
        "工 作 总 结\n全员劳动生\n产率增长"
    )
    for edit in rule(text):
        assert edit.after in ("", "\n")
        assert 0 <= edit.start <= edit.end <= len(text)
        assert not edit.certified and 0.5 <= edit.certainty < 1


def test_title_behind_counters_goes_where_it_repeats() -> None:
    text = "质量方针。共3页,当前第1页123好家风物业\n正文继续共3页,当前第2页123好家风物业\n完"
    assert run(text, drop_page_counters) == "质量方针。\n正文继续\n完"


def test_text_behind_a_counter_stays() -> None:
    assert run("正文。共3页,当前第1页123下一步继续推进", drop_page_counters) == "正文。下一步继续推进"


def test_cost_prefers_words() -> None:
    assert cost("") == 0
    assert cost("工作总结") == 2
    assert cost("工") == 1.5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("播种面积万亩，比上年增加万亩。", ["面积万亩", "增加万亩"]),
        ("对获奖者给予元奖励。", ["给予元"]),
        ("自公布之日起日内报送。", ["日起日内"]),
        ("财政收入增长%，", ["增长%"]),
        ("总投资亿元，建成万亩基地", []),  # a round sum
        ("新增元素一种，增加元宵供应", []),
        ("自公布之日起30日内，奖励500元。", []),
    ],
)
def test_deleted_digits(text: str, found: list[str]) -> None:
    hits = deleted_digits(text)
    assert [text[start:end] for start, end, _, _ in hits] == found
    assert {code for _, _, code, _ in hits} <= {"digits-lost"}


HOSTILE = (
    "1 " * 20_000,
    "一 " * 20_000,
    "工\n作" * 10_000,
    "第1页共" * 10_000,
    "[1] " * 10_000 + "下一页",
    "上一页 " * 10_000,
    "方案1" * 10_000,
    "\n" * 40_000,
    " " * 40_000 + "1",
    "- 1 -" * 10_000,
    "7.4万\n2、" * 8_000,
    "a.docx_第1页\n" * 5_000,
    "".join(f"{n}.docx_第1页\n好{n}.docx_第2页\n" for n in range(4_000)),
    "".join(f"好第{n}页共9999页。" for n in range(1, 9_000)),
    "年度工作方案31、甲\n" * 8_000,
    "".join(f"年度工作总结{n}一、好。" for n in range(1, 5_000)),
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_linear_on_hostile_text(rule: Rule, text: str) -> None:
    start = process_time()
    assert all(edit.end <= len(text) for edit in rule(text))
    assert process_time() - start < 3


PIECES = st.sampled_from(
    [
        "共3页,当前第1页",
        "123",
        "第2页",
        " ",
        "　",
        "\n",
        "工作",
        "总结",
        "1、",
        "一、",
        "5",
        ".",
        "%",
        "万元",
        "的",
        "。",
        "年",
        "a",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_repeating_changes_nothing_visible_but_pagers(text: str) -> None:
    for rule in RULES[1:]:
        after = run(text, rule)
        if rule not in (join_cut_numbers, join_cut_words, join_wrapped_lines):  # these may take a running number along
            assert "".join(after.split()) == "".join(text.split())
