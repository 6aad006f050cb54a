"""Lines below an item that say who does it and by when belong to it; and what only looks so."""

from __future__ import annotations

import docparse


def test_owner_and_day_below_an_item() -> None:
    text = "工作要点\n1.新建学校2所。\n责任单位：县教育局\n完成时限：2024年9月底前\n2.整理档案\n责任部门：办公室\n"
    document = docparse.parse_text(text)
    first, second = document.goals
    assert (first.text, first.owner, second.text, second.owner) == (
        "1.新建学校2所。",
        "县教育局",
        "2.整理档案",
        "办公室",
    )
    (deadline,) = document.deadlines
    assert (deadline.goal, deadline.text) == (first.id, "2024年9月底前")
    (target,) = document.targets
    assert target.deadline == deadline.id


def test_owner_and_day_in_brackets_behind_the_stop() -> None:
    document = docparse.parse_text("2024年工作要点\n1.新建学校2所。（责任单位：县教育局；完成时限：9月底前）\n")
    (goal,) = document.goals
    (target,) = document.targets
    due = {d.id: d.text for d in document.deadlines}[target.deadline or ""]
    assert (goal.owner, due) == ("县教育局", "9月底前")


def test_an_item_so_described_is_a_task() -> None:
    document = docparse.parse_text("工作内容：修订考勤制度\n责任部门：人事部\n完成时间：2024年6月30日\n")
    (goal,) = document.goals
    assert (goal.kind, goal.text, goal.owner) == ("task", "工作内容：修订考勤制度", "人事部")


def test_near_miss_such_a_line_below_nothing() -> None:
    document = docparse.parse_text("责任部门：人事部\n完成时间：2024年6月30日\n")
    assert all(goal.text != "责任部门：人事部" or goal.owner == "人事部" for goal in document.goals)
    assert len(document.statements) == 2


def test_near_miss_the_next_section_has_its_own() -> None:
    text = "工作计划\n一、招生\n完成招生600人。\n二、分工\n责任部门：教务处\n"
    (goal, *_) = docparse.parse_text(text).goals
    assert goal.owner is None
