"""The kind of an article whose title names no genre, by its sentences."""

from __future__ import annotations

import docparse

RULES = (
    "申请补贴的家庭应当具有本市户籍。\n申请人须如实填写申请表，不得隐瞒收入。\n街道办事处应当在10日内完成初审。\n"
    "审核不合格的，应当书面告知理由。\n骗取补贴的，责令退回，三年内不得再次申请。\n任何单位不得挪用补贴资金。\n"
    "申请人应当每年申报一次收入情况。\n未按时申报的，停发补贴。\n"
)
TASKS = (
    "6月底前完成全部网点的检查。\n组织两场安全培训，覆盖全体员工。\n为每户更换一套报警器。\n抓好重点部位的巡查。\n"
    "加强值班力量，增加夜班两人。\n7月开展一次应急演练。\n建立隐患台账，逐项销号。\n下半年新建微型消防站3个。\n"
)


def kind(title: str, body: str) -> str:
    return docparse.parse_text(f"{title}\n{body}").articles[0].kind


def test_a_notice_is_what_its_sentences_are() -> None:
    assert kind("关于住房补贴申领有关事项的通知", RULES) == "regulation"
    assert kind("关于加强夏季消防安全的通知", TASKS) == "plan"


def test_near_miss_a_title_that_names_its_genre_keeps_it() -> None:
    assert kind("住房补贴发放工作方案", RULES) == "plan"
    assert kind("住房补贴工作会议纪要", TASKS) == "other"


def test_near_miss_few_sentences_say_nothing() -> None:
    assert kind("关于夏季消防安全的通知", TASKS[:30]) == "other"
