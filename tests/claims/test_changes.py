"""Levels and differences: 下降5% is not 降到5%."""

from __future__ import annotations

import pytest

import docparse
from docparse.claims.answers import plain_metric


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("单位能耗下降⟦5%⟧", "decrease"),
        ("单位能耗降到⟦5%⟧", None),
        ("产值增长⟦6%左右⟧", "increase"),
        ("新增就业岗位⟦300个⟧", "increase"),
        ("新增达标企业⟦5家⟧", "increase"),
        ("减少在途库存⟦10吨⟧", "decrease"),
        ("次品率控制在⟦3%⟧", None),
        ("完成增值税⟦100万元⟧", None),
        ("建设提升工程⟦3项⟧", None),
        ("建成压缩空气站⟦2座⟧", None),
        ("年降水量⟦500毫米⟧", None),
        ("收费率提高到⟦92%⟧", None),
    ],
)
def test_change(text: str, want: str | None) -> None:
    plain = text.replace("⟦", "").replace("⟧", "")
    from docparse.claims.changes import find_change

    assert find_change(plain, text.index("⟦"), 0) == want


def test_the_numbers_of_a_list_share_their_verb() -> None:
    document = docparse.parse_text("2025年工作计划\n一、目标\n1、力争全年用水量、用电量分别下降5%、8%。\n")
    assert [t.change for t in document.targets] == ["decrease", "decrease"]


@pytest.mark.parametrize(
    ("metric", "want"), [("全年销售额", "销售额"), ("年计划", ""), ("共青团员", "共青团员"), ("年轻干部", "年轻干部")]
)
def test_plain_metric(metric: str, want: str) -> None:
    assert plain_metric(metric) == want


def test_prose_that_states_plan_and_result_links_them() -> None:
    document = docparse.parse_text(
        "2023年工作总结\n一、完成情况\n1、年初计划实现销售收入3.2亿元，实际完成3.05亿元，完成率95.3%。\n"
        "2、全年计划新增门店20家，实际新增18家。\n3、完成利润2100万元，完成年计划的98%。\n"
    )
    assert [t.text for t in document.targets] == ["3.2亿元", "20家"]
    linked = {r.text: r.target for r in document.results}
    assert linked["3.05亿元"] == linked["95.3%"] == document.targets[0].id
    assert linked["18家"] == document.targets[1].id
    assert linked["98%"] is None


def test_one_metric_in_two_sentences_is_no_answer() -> None:
    document = docparse.parse_text(
        "2024年工作总结\n一、打算\n1、2024年要招收工人84人。\n二、成绩\n1、全年有工人71人参加了培训。\n"
    )
    assert [r.target for r in document.results] == [None] * len(document.results)
