"""Roles of what recurs and of times in standing rules: one wording a case, near misses beside it."""

from __future__ import annotations

import pytest

from docparse.claims.scene import Scene
from docparse.claims.time_roles import time_role
from docparse.expr.times import find_time_mentions
from docparse.records import Kind, Label

CASES: tuple[tuple[str, Label, Kind, str], ...] = (
    # so often in so long
    ("灭火器⟦半年⟧一检", "rule", "regulation", "recurrence"),
    ("水箱⟦半年⟧一洗并公示", "rule", "regulation", "recurrence"),
    ("⟦半年⟧一检查就出问题", "task", "plan", "schedule"),
    ("压力表⟦六个月⟧校验一次", "rule", "regulation", "recurrence"),
    ("值班员⟦两小时⟧巡一趟", "rule", "regulation", "recurrence"),
    ("粮温⟦三天⟧测一回", "rule", "regulation", "recurrence"),
    ("水质⟦三日⟧一验", "task", "plan", "recurrence"),
    ("⟦三日⟧开工挖沟", "task", "plan", "schedule"),
    ("⟦半年⟧出现两次差错的换岗", "rule", "regulation", "context"),
    ("⟦一个月⟧漏打卡三次扣50元", "rule", "regulation", "context"),
    # so many a day or week
    ("⟦一周⟧走访12家", "task", "plan", "recurrence"),
    ("⟦一天⟧背十个单词", "task", "plan", "recurrence"),
    ("用⟦一周⟧走访12家", "task", "plan", "schedule"),
    ("⟦一季度⟧走访12家", "task", "plan", "schedule"),
    ("⟦一天⟧都不能耽误", "task", "plan", "schedule"),
    # days of the week and ends of months in rules
    ("食谱⟦逢周五⟧张贴", "rule", "regulation", "recurrence"),
    ("⟦周二下午⟧收运废液", "rule", "regulation", "recurrence"),
    ("⟦月末⟧装订传票", "rule", "regulation", "recurrence"),
    ("⟦年终⟧考核不合格的换岗", "rule", "regulation", "context"),
    ("⟦月底⟧逐件复盘", "task", "plan", "schedule"),
    ("⟦月底⟧交一份总结", "task", "plan", "deadline"),
    ("到货率⟦月底⟧达到95%", "goal", "plan", "deadline"),
    # limits and lengths in rules
    ("会诊不超过⟦48小时⟧完成", "rule", "regulation", "deadline"),
    ("请假累计不超过⟦7天⟧", "rule", "regulation", "context"),
    ("⟦5年内⟧不予受理", "rule", "regulation", "context"),
    ("⟦5日内⟧予以受理", "rule", "regulation", "deadline"),
    ("优惠券⟦7日内⟧有效", "rule", "regulation", "context"),
    ("期满⟦30日内⟧结清", "rule", "regulation", "deadline"),
    ("工龄满⟦3年⟧的加一档", "rule", "regulation", "context"),
    ("余假最晚于⟦次年3月31日⟧休完", "rule", "regulation", "deadline"),
    ("余假在⟦次年3月⟧计算", "rule", "regulation", "context"),
    ("报告不得晚于⟦2小时⟧报出", "rule", "regulation", "deadline"),
    ("报名时间为⟦4月26日至4月28日⟧", "rule", "plan", "schedule"),
    ("新生应为⟦2022年9月1日至2023年8月31日⟧出生的幼儿", "rule", "plan", "context"),
    ("病危者⟦24小时⟧必到", "rule", "regulation", "deadline"),
    ("病危者⟦24小时⟧监护", "rule", "regulation", "context"),
    # limits in plans
    ("报名⟦3月15日⟧截止", "task", "plan", "deadline"),
    ("以⟦8月15日⟧为限重新考核", "task", "plan", "deadline"),
    ("⟦中秋前后⟧办一场烤肉", "task", "plan", "schedule"),
    ("⟦中秋前⟧办一场烤肉", "task", "plan", "deadline"),
    ("把修剪放到⟦明年3月⟧", "task", "plan", "schedule"),
    ("到⟦明年3月⟧修剪完", "task", "plan", "deadline"),
    ("开工率⟦上半年⟧不低于七成", "goal", "plan", "deadline"),
    ("开工率⟦下半年⟧不低于七成", "goal", "plan", "schedule"),
    # from now on, and lead-ins to the year's work
    ("从⟦现在起⟧按月公示", "task", "plan", "schedule"),
    ("⟦现在⟧按月公示", "task", "plan", "context"),
    ("为了让⟦新的一年⟧的工作更有条理，我写下几条", "background", "plan", "schedule"),
    ("对⟦今年⟧的工作作一总结", "background", "plan", "context"),
    ("⟦今年⟧经济增长的预期目标是5%左右", "background", "plan", "schedule"),
    ("完成⟦今年⟧的主要目标并不容易", "background", "plan", "context"),
    # near misses that a stranger found
    ("⟦一个月⟧早退两次的扣50元", "rule", "regulation", "context"),
    ("⟦三个月⟧完成一次全员轮训", "task", "plan", "deadline"),
    ("⟦一周⟧学完第3章", "task", "plan", "schedule"),
    ("期限最后一日为⟦星期日⟧的顺延", "rule", "regulation", "context"),
    ("⟦月底⟧仍未整改的，罚款200元", "rule", "regulation", "context"),
    ("动员会定于⟦周五上午⟧召开", "task", "plan", "schedule"),
    ("案件⟦3月⟧一审", "task", "plan", "schedule"),
    ("⟦三年⟧一聘", "rule", "regulation", "recurrence"),
    ("两次接种至少隔⟦28天⟧", "rule", "regulation", "context"),
    ("⟦三日内⟧告知消费者", "rule", "regulation", "deadline"),
    ("⟦5日内⟧出具现场勘验报告", "rule", "regulation", "deadline"),
    ("合同期限不得超过⟦三年⟧", "rule", "regulation", "context"),
    ("响应时间不超过⟦2小时⟧", "rule", "regulation", "deadline"),
    ("追赶⟦2020年⟧的水平", "goal", "plan", "schedule"),
    ("⟦月底⟧开交流会", "task", "plan", "schedule"),
    ("⟦月底⟧竣工", "task", "plan", "deadline"),
    ("⟦今天⟧起床晚了", "task", "plan", "schedule"),
    ("会议对⟦2023年⟧工作给予肯定", "background", "plan", "context"),
    ("⟦2023年⟧没有达到预期目标", "background", "plan", "context"),
)


@pytest.mark.parametrize(("text", "label", "kind", "want"), CASES, ids=[c[0] for c in CASES])
def test_time_role(text: str, label: Label, kind: Kind, want: str) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    mention = next(m for m in find_time_mentions(plain) if m.span.start < end and m.span.end > start)
    assert time_role(plain, mention, Scene(label, kind)) == want
