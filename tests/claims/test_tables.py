"""Claims from tables: what heads say, metrics, units, roles, dues, owners, baselines, answers; and what is no claim."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docparse
from docparse.claims.table_heads import head_sense, unit_of_head
from docparse.lexicon import load_toml
from docparse.records import Document


def plan(*rows: str, title: str = "某县2025年工作计划", lead: str = "一、主要目标") -> Document:
    """A small document with one table, rows of cells between tabs."""
    return docparse.parse_text("\n".join((title, "", lead, *rows)) + "\n")


def targets(document: Document) -> list[tuple[str | None, str, str | None]]:
    """Metric, bound and unit of every target."""
    return [(t.metric, str(t.low if t.low is not None else t.high), t.unit) for t in document.targets]


@pytest.mark.parametrize("entry", load_toml("tables")["sense"], ids=lambda entry: entry["name"])
def test_every_word_of_the_lexicon_has_its_own_sense(entry: dict[str, list[str]]) -> None:
    assert [w for w in (*entry["whole"], *entry["ends"]) if head_sense(w) != entry["name"]] == []


@pytest.mark.parametrize(
    ("head", "want"),
    [
        ("2025年计划完成", "target"),
        ("预计完成", "target"),
        ("累计完成", "result"),
        ("完成计划%", "rate"),
        ("占年计划（%）", "rate"),
        ("责任单位及责任人", "owner"),
        ("备注", None),
        ("联系电话", None),
    ],
)
def test_heads(head: str, want: str | None) -> None:
    assert head_sense(head) == want


def test_a_unit_that_is_none_stays_in_the_head() -> None:
    assert unit_of_head("粮食产量（万吨）") == ("粮食产量", "万吨")
    assert unit_of_head("示范区（含飞地）") == ("示范区（含飞地）", None)


def test_an_indicator_table_gives_targets_with_baseline_due_and_nature() -> None:
    document = plan(
        "指标\t单位\t2024年实际\t2025年目标\t属性",
        "地区生产总值\t亿元\t218\t235\t预期性",
        "耕地保有量\t万亩\t62.3\t≥62\t约束性",
    )
    first, second = document.targets
    assert targets(document) == [("地区生产总值", "23500000000", "CNY"), ("耕地保有量", "620000", "亩")]
    assert (first.nature, second.nature, second.comparator) == ("expected", "binding", "ge")
    texts = {q.id: q.text for q in document.quantities}
    assert [texts[t.baseline or ""] for t in document.targets] == ["218", "62.3"]
    deadlines = {d.id: d.value for d in document.deadlines}
    assert [deadlines[t.deadline or ""] for t in document.targets] == ["2025", "2025"]
    assert [g.kind for g in document.goals] == ["goal", "goal"]


def test_units_stand_in_the_head_the_row_or_above_but_rates_are_not_money() -> None:
    document = plan(
        "单位：亿元",
        "指标\t2024年实际\t2025年目标",
        "工业投资\t60\t66",
        "城镇化率\t61\t62",
        "用电量（万度）\t880\t900",
        title="某县2025年计划",
    )
    assert targets(document)[0] == ("工业投资", "6600000000", "CNY")
    assert ("城镇化率", "6200000000", "CNY") not in targets(document)
    assert targets(document)[-1] == ("用电量", "9000000", "度")


def test_a_lead_in_says_the_unit_in_brackets() -> None:
    rows = ("省份\t2024年实际\t2025年目标", "川省\t210\t260", "滇省\t90\t120")
    assert targets(plan("分省任务如下（万元）：", *rows))[0] == ("川省", "2600000", "CNY")
    assert "CNY" not in [unit for _, _, unit in targets(plan("分省任务如下（试行）：", *rows))]


def test_months_beside_a_sum_of_results_were_reached() -> None:
    rows = ("轴承\t210\t70\t72\t142", "轮毂\t36\t12\t13\t25")
    reached = plan("产品（万套）\t季计划\t1月\t2月\t季累计", *rows, title="某厂2025年一季度情况")
    assert {"70万套", "70", "72"} & {r.text for r in reached.results}
    wanted = plan("产品（万套）\t1月\t2月", "轴承\t70\t72", "轮毂\t12\t13", title="某厂2025年计划")
    assert "70" not in {r.text for r in wanted.results}


def test_what_was_measured_before_is_a_baseline() -> None:
    rows = ("断面\t指标\t单位\t2024年实测\t2025年12月", "老桥\t氨氮\t%\t2.4\t1.5")
    document = plan(*rows)
    assert [t.text for t in document.targets] == ["1.5"]
    assert {q.text: q.role for q in document.quantities}["2.4"] == "baseline"
    assert head_sense("实测") == "result"
    assert head_sense("测站") is None


def test_a_progress_table_gives_tasks_with_owner_and_deadline() -> None:
    document = plan(
        "序号\t任务\t责任单位\t完成时限\t进度",
        "1\t新建社区食堂3家\t县民政局\t9月底前\t60%",
        "2\t修订应急预案\t县应急局\t3月15日\t已完成",
        lead="二、重点任务",
    )
    (goal,) = document.goals
    assert (goal.owner, goal.kind) == ("县民政局", "task")
    assert [str(d.end) for d in document.deadlines if d.id in goal.deadlines] == ["2025-09-30"]
    assert "result" in {s.label for s in document.statements}


def test_merged_cells_lend_owner_and_deadline_to_the_rows_below() -> None:
    html = """<html><body><h1>某县2025年实施方案</h1><h2>一、任务分工</h2><table>
    <tr><th>任务</th><th>责任单位</th><th>完成时间</th></tr>
    <tr><td>改造老旧小区12个</td><td rowspan=2>县住建局</td><td rowspan=2>6月底</td></tr>
    <tr><td>新增停车泊位500个</td></tr></table></body></html>"""
    document = docparse.parse(html.encode())
    assert [g.owner for g in document.goals] == ["县住建局", "县住建局"]
    ends = {d.id: str(d.end) for d in document.deadlines}
    assert [ends[t.deadline or ""] for t in document.targets] == ["2025-06-30", "2025-06-30"]


@pytest.mark.parametrize(
    "heads", [("指标", "全年计划", "实际完成", "完成率"), ("指标", "实际完成", "全年计划", "完成率")]
)
def test_plan_against_result_in_a_row(heads: tuple[str, ...]) -> None:
    cells = {"指标": "换表（户）", "全年计划": "3200", "实际完成": "3100", "完成率": "96.9%"}
    document = plan("\t".join(heads), "\t".join(cells[h] for h in heads), title="2024年工作总结", lead="一、完成情况")
    (target,) = document.targets
    assert [(r.text, r.target) for r in document.results] == [
        (cells[h], target.id) for h in heads if h in ("实际完成", "完成率")
    ]


def test_last_years_result_does_not_answer_this_years_target() -> None:
    document = docparse.parse_text(
        "2024年工作总结\n一、工作回顾\n全年完成销售额500万元。\n二、2025年打算\n2025年销售额达到600万元。\n"
    )
    assert [r.target for r in document.results] == [None]


@pytest.mark.parametrize(
    "rows",
    [
        ("周次\t工作内容\t负责人", "1\t召开开学工作会议，布置学期工作\t王老师"),
        ("任务\t责任单位\t联系电话\t完成时间", "修缮校舍\t总务处\t13800138000\t8月底前"),
        ("姓名\t年龄\t岗位", "张三\t35\t质检员"),
        ("工作内容\t工期（天）", "施工准备\t15"),
    ],
)
def test_weeks_telephones_ages_and_days_are_no_targets(rows: tuple[str, ...]) -> None:
    assert plan(*rows, lead="二、安排").targets == ()


def test_nothing_in_noise_is_claimed() -> None:
    table = "相关推荐\n\n| 下载 | 目标 |\n| --- | --- |\n| 版权所有 电话 | 100 |\n\n"
    document = docparse.parse_text(f"{table}2025年工作计划\n\n一、工作目标\n1、力争完成销售额500万元。\n")
    noise = {s.id for s in document.statements if s.label == "noise"}
    roles = {q.role for q in document.quantities if q.statement in noise}
    assert roles <= {"context"}
    assert [t.metric for t in document.targets] == ["销售额"]


CELLS = st.sampled_from(
    [
        "指标",
        "单位",
        "2025年目标",
        "实际完成",
        "任务",
        "责任人",
        "完成时间",
        "100",
        "≥5%",
        "亿元",
        "6月底前",
        "—",
        "[3]",
        "",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6))
def test_ids_refer_to_something_in_any_table(rows: list[list[str]]) -> None:
    document = plan(*("\t".join(row) for row in rows))
    quantities = {q.id for q in document.quantities}
    deadlines, goals = {d.id for d in document.deadlines}, {g.id for g in document.goals}
    known = {t.id for t in document.targets}
    noise = {s.id for s in document.statements if s.label == "noise"}
    for claim in (*document.targets, *document.results):
        assert claim.quantity in quantities
        assert claim.baseline is None or claim.baseline in quantities
        assert claim.deadline is None or claim.deadline in deadlines
        assert claim.goal is None or claim.goal in goals
        assert 0 <= claim.confidence <= 1
    assert all(r.target is None or r.target in known for r in document.results)
    assert all(set(g.targets) <= known and set(g.deadlines) <= deadlines for g in document.goals)
    assert all(q.role == "context" for q in document.quantities if q.statement in noise)


def test_shares_and_long_tables_are_linked_in_linear_time() -> None:
    rows = "".join(f"销售额{i}\t{i}万元\n" for i in range(3000))
    text = f"2024年工作总结\n一、指标\n指标\t2024年目标\n{rows}" + "完成了年计划的91%，" * 6000
    started = time.perf_counter()
    docparse.parse_text(text)
    assert time.perf_counter() - started < 20
