"""What a page's own date is, and which years are counted from 1911."""

from __future__ import annotations

from datetime import date

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


def resolved(text: str, reference: date | None = None) -> dict[str, str | None]:
    """What each time of a page resolves to, by its words."""
    document = docparse.parse_text(text, options=docparse.Options(reference_date=reference))
    return {t.text: t.resolved for t in document.times}


def test_a_titles_term_dates_its_terms_and_months() -> None:
    found = resolved(
        "某中学2024—2025学年度第二学期工作计划\n一、任务\n1、本学期听课20节。\n2、3月家访30户，11月回访。\n"
        "3、上学期欠下的10节课补上，下学期另排12节。\n"
    )
    assert found["本学期"] == "2025-02/2025-07"
    assert (found["3月"], found["11月"]) == ("2025-03", "2024-11")
    assert (found["上学期"], found["下学期"]) == ("2024-09/2025-01", "2025-09/2026-01")
    plain = resolved("某公司2024年工作计划\n一、任务\n1、3月走访30户，11月回访。\n2、本学期送书20册。\n")
    assert (plain["3月"], plain["11月"], plain["本学期"]) == ("2024-03", "2024-11", None)


def test_a_pages_date_says_which_term_it_is() -> None:
    text = "某班工作计划\n一、任务\n1、本学期家访30户。\n"
    assert resolved(text, date(2023, 8, 29))["本学期"] == "2023-09/2024-01"
    assert resolved(text, date(2024, 1, 20))["本学期"] == "2024-02/2024-07"
    assert resolved(text.replace("计划", "总结"), date(2024, 1, 20))["本学期"] == "2023-09/2024-01"
    assert resolved(text)["本学期"] is None


def test_a_titles_month_dates_days_and_months_beside_it() -> None:
    text = "某中心2025年6月份工作计划\n一、任务\n1、15日装好货架6组。\n2、上个月欠下的3单补齐。\n"
    assert resolved(text, date(2025, 5, 29))["15日"] == "2025-06-15"
    assert resolved(text, date(2025, 5, 29))["上个月"] == "2025-05"
    year = text.replace("6月份", "度")
    assert resolved(year, date(2025, 5, 29))["上个月"] == "2025-04"


def test_what_a_review_still_plans_lies_ahead_of_it() -> None:
    text = "某部2019年工作总结\n一、主要工作\n3月完成盘点12次。\n二、下一步打算\n1、4月底前培训30人。\n"
    found = resolved(text, date(2020, 1, 6))
    assert (found["3月"], found["4月底前"]) == ("2019-03", "2020-04-30")
    assert resolved(text)["4月底前"] == "2020-04-30"
    half = resolved(text.replace("2019年", "2019年上半年"))
    assert half["4月底前"] == "2019-04-30"


def test_the_new_year_is_the_titles_last_or_the_one_after_a_review() -> None:
    def new_year(title: str, reference: date | None = None) -> str | None:
        return resolved(f"{title}\n一、打算\n1、新的一年要走访客户300户。\n", reference).get("新的一年")

    assert new_year("某部2019年工作总结和2020年工作思路") == "2020"
    assert new_year("某部2020年工作计划") == "2020"
    assert new_year("某部2019年工作总结") == "2020"
    assert new_year("某部工作计划", date(2022, 12, 20)) == "2023"
    assert new_year("某部工作计划", date(2022, 6, 20)) is None


@pytest.mark.parametrize(
    ("page", "want"),
    [
        ("银行2015年工作总结\n一、业绩\n服务投诉15件，比上年多了4件。\n", ["2014"]),
        ("2026年经济计划\n一、2025年完成情况\n生产总值3万亿元，比上年增长5%。\n", ["2024"]),
        ("消费情况\n全省黄酒消费量2020年约21万吨，比上年萎缩6%。\n", ["2019"]),
        ("关于考核的通知\n一、程序\n2019年9月底前完成对上一年度情况的分析，将上一年度数据上传。\n", ["2018", "2018"]),
        ("2026年工作计划\n发布日期：2026-01-05\n一、任务\n清收上年的欠款。\n", ["2025"]),
    ],
)
def test_the_year_before_is_that_before_the_one_told_of(page: str, want: list[str]) -> None:
    document = docparse.parse_text(page)
    assert [t.resolved for t in document.times if t.text.startswith("上")] == want


def test_a_chapter_on_the_year_ahead_dates_this_year() -> None:
    page = (
        "政府工作报告\n各位代表：\n一、2024年工作回顾\n今年完成投资30亿元。\n"
        "二、2025年工作任务\n今年要新建学校三所，比去年多两所。\n"
    )
    times = docparse.parse_text(page).times
    assert [t.resolved for t in times if t.text in ("今年", "去年")] == [None, "2025", "2024"]


def test_the_year_of_a_documents_number_dates_nothing_else() -> None:
    page = "2024年工作计划\n一、安排\n根据国办发〔2020〕7号文件要求，3月15日前制定方案，6月底前完成培训。\n"
    times = {t.text: (t.resolved, t.role) for t in docparse.parse_text(page).times}
    assert times["3月15日前"] == ("2024-03-15", "deadline")
    assert times["6月底前"] == ("2024-06-30", "deadline")


def test_a_report_that_speaks_of_next_year_was_written_before_it() -> None:
    page = "某街道工作总结\n一、2024年工作情况\n完成了改造。\n二、2025年工作打算\n今年没有完成的，明年上半年完成。\n"
    times = docparse.parse_text(page).times
    assert [t.resolved for t in times if t.text in ("今年", "明年上半年")] == [None, None]
