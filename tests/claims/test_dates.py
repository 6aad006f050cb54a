"""What a page's own date is, and which years are counted from 1911."""

from __future__ import annotations

import pytest

import docparse

BODY = "一、工作目标\n1、今年要完成销售额500万元。\n2、9月底前建成仓库2座。\n"


@pytest.mark.parametrize(
    ("stamp", "want"),
    [
        ("发布日期：2025-02-17　　点击数：318", "2025-02-17"),
        ("发表于 2022/07/20 分类：运营 | 阅读(873)", "2022-07-20"),
        ("2020-12-05 10:26　　阅读：8801", "2020-12-05"),
        ("——2024年1月16日在某县第十七届人民代表大会第三次会议上", "2024-01-16"),
        ("發布單位：教務處　發布日期：113-08-05", "2024-08-05"),
        ("完成时间：2025年12月31日", "None"),
        ("活动时间：2025年6月1日", "None"),
        ("自2025年3月1日起施行", "None"),
    ],
)
def test_the_date_of_a_page(stamp: str, want: str) -> None:
    assert str(docparse.parse_text(f"某公司工作计划\n{stamp}\n{BODY}").reference_date) == want


def test_history_is_no_calendar() -> None:
    document = docparse.parse_text(
        "2025年文物保护工作计划\n一、任务\n1、修缮民国时期建筑5处。\n2、庆祝建校110年，9月底前举办展览3场。\n"
    )
    values = {t.text: (t.type, t.resolved) for t in document.times}
    assert values["110年"][0] == "DURATION"
    assert values["9月底前"] == ("DATE", "2025-09-30")


def test_bare_years_of_the_republic() -> None:
    document = docparse.parse_text("某鎮114年度環境計畫\n一、目標\n1、回收率由113年之54%提升至60%。\n")
    assert {t.text: t.resolved for t in document.times}["113年"] == "2024"


def test_an_excerpt_without_a_title_is_labelled_as_what_it_reads_like() -> None:
    document = docparse.parse_text(
        "要大力发展现代农业，新建高标准农田30万亩。加强职业技能培训，城镇新增就业5万人以上。推进老旧小区改造，"
        "完善社区养老服务。深化放管服改革，优化营商环境。加快数字政府建设，提高办事效率。\n"
    )
    assert len(document.goals) >= 3
    assert "人" in [t.unit for t in document.targets]
