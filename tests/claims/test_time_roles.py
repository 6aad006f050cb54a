"""Roles of times: one wording a case, near misses beside it; and no exception for any role on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.claims.outlook import Outlook, find_outlooks
from docparse.claims.quantity_roles import quantity_role
from docparse.claims.scene import Scene
from docparse.claims.time_roles import time_role
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.times import find_time_mentions
from docparse.records import HeadingLine, Kind, Label, Layout, Piece, SectionRole, Span, TimeMention

LABELS: tuple[Label | None, ...] = ("goal", "task", "result", "problem", "rule", "background", "noise", None)


def time_in(text: str) -> tuple[str, TimeMention]:
    """The text without its marks, and the time that the marks ⟦⟧ stand round."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    found = [m for m in find_time_mentions(plain) if m.span.start < end and m.span.end > start]
    assert found, f"no time in {text}"
    return plain, found[0]


TIMES: tuple[tuple[str, Label | None, Kind, str], ...] = (
    ("把⟦2000年以前⟧建成的小区查一遍", "task", "plan", "context"),
    ("⟦10月以前⟧建成泵站", "task", "plan", "deadline"),
    ("截至⟦9月底⟧，馆藏4万册", "goal", "plan", "context"),
    ("在⟦2023年⟧基础上增长10%", "goal", "plan", "context"),
    ("以⟦2020年⟧为基期，降低18%", "goal", "plan", "context"),
    ("完成时限：⟦6月30日⟧", "background", "plan", "deadline"),
    ("发布日期：⟦6月30日⟧", "background", "plan", "context"),
    ("上半年完成3亿元，⟦下半年⟧计划完成4亿元", "result", "summary", "schedule"),
    ("⟦下半年⟧完成4亿元", "result", "summary", "context"),
    ("押金不得超过⟦一个月⟧租金", "rule", "regulation", "context"),
    ("报名截止⟦6月18日⟧", "task", "plan", "deadline"),
    ("截止到⟦9月底前⟧，完成整改", "task", "plan", "deadline"),
    ("毕业⟦2年内⟧未就业的学生可以申请", "rule", "regulation", "context"),
    ("毕业⟦2年内⟧，须办理落户", "rule", "regulation", "deadline"),
    ("对⟦全年⟧工作进行评估", "task", "plan", "context"),
    ("录像保存时间⟦不少于60天⟧", "task", "plan", "context"),
    ("之后⟦每小时⟧收取2元", "task", "plan", "context"),
    ("⟦8月底前⟧修好屋面漏水点", "task", "plan", "deadline"),
    ("⟦三个月内⟧补齐设备档案", "task", "plan", "deadline"),
    ("到⟦年底⟧把退货率压到2%", "goal", "plan", "deadline"),
    ("争取⟦上半年⟧拿到许可证", "task", "plan", "deadline"),
    ("⟦9月12日⟧上线新的排班表", "task", "plan", "deadline"),
    ("⟦9月⟧上线新的排班表", "task", "plan", "schedule"),
    ("⟦9月⟧设备到位", "task", "plan", "deadline"),
    ("⟦上半年⟧覆盖全部班组", "task", "plan", "deadline"),
    ("⟦上半年⟧走访没有覆盖到的班组", "task", "plan", "schedule"),
    ("赶⟦10月12日⟧交片", "task", "plan", "deadline"),
    ("追赶⟦10月12日⟧创下的纪录", "task", "plan", "schedule"),
    ("⟦去冬今春⟧气温偏高", "task", "plan", "context"),
    ("⟦今冬明春⟧清淤", "task", "plan", "schedule"),
    ("实施⟦十年⟧禁渔", "task", "plan", "context"),
    ("⟦十年内⟧恢复渔业资源", "task", "plan", "deadline"),
    ("把巡查时间从⟦一小时⟧缩到半小时", "task", "plan", "context"),
    ("用⟦一小时⟧缩写报告", "task", "plan", "schedule"),
    ("意见箱的来信⟦当天⟧登记", "task", "plan", "deadline"),
    ("整理⟦当天⟧的来信", "task", "plan", "context"),
    ("每人提前⟦7天⟧报名", "rule", "plan", "deadline"),
    ("客诉⟦24小时⟧答复", "task", "plan", "deadline"),
    ("把报价时间压缩到⟦2天⟧", "task", "plan", "deadline"),
    ("报价时间由⟦5天⟧缩短到两天", "task", "plan", "context"),
    ("⟦第三季度⟧举办技能比武", "task", "plan", "schedule"),
    ("⟦10月中旬⟧召开读者座谈会", "task", "plan", "schedule"),
    ("⟦下半年⟧重点做三件事", "task", "plan", "schedule"),
    ("新人先跟班⟦两周⟧", "task", "plan", "schedule"),
    ("⟦年底⟧考核到人", "task", "plan", "schedule"),
    ("⟦全年⟧力争新签30单", "goal", "plan", "schedule"),
    ("⟦每周一⟧碰头", "task", "plan", "recurrence"),
    ("⟦每月25日前⟧交账", "rule", "regulation", "recurrence"),
    ("⟦每月⟧用量不稳", "task", "plan", "context"),
    ("去年我们⟦每月⟧开一次会", "result", "summary", "context"),
    ("费用比⟦2023年⟧降低一成", "goal", "plan", "context"),
    ("把⟦往年⟧的旧账清完", "task", "plan", "context"),
    ("⟦目前⟧的三台锅炉换成新的", "task", "plan", "context"),
    ("滞销⟦超过60天⟧的退回总仓", "task", "plan", "context"),
    ("欠租⟦半年以上⟧的逐户上门", "task", "plan", "context"),
    ("为⟦明年⟧的工作打下基础", "goal", "plan", "context"),
    ("接报后⟦30分钟内⟧到场", "rule", "regulation", "deadline"),
    ("⟦一个月内⟧累计迟到三次的停岗", "rule", "regulation", "context"),
    ("迟到⟦10分钟以内⟧扣5元", "rule", "regulation", "context"),
    ("旷工⟦一天⟧扣200元", "rule", "regulation", "context"),
    ("本办法⟦自2024年3月1日起⟧施行", "rule", "regulation", "schedule"),
    ("⟦3月⟧新开两家门店，效果不错", "result", "summary", "context"),
    ("⟦去年⟧没有完成任务", "problem", "summary", "context"),
    ("现将⟦下半年⟧的工作打算如下：", "background", "plan", "schedule"),
    ("⟦去年⟧的工作总结如下：", "background", "summary", "context"),
    ("⟦上半年⟧已经过去", "background", "plan", "context"),
    ("二、⟦2025年⟧工作打算", None, "summary", "schedule"),
    ("一、⟦2024年⟧工作回顾", None, "plan", "context"),
    ("（二）⟦4月至6月⟧，铺开", None, "plan", "schedule"),
    ("三、⟦去年⟧的欠账", None, "plan", "context"),
    ("提供申请日前⟦12个月内⟧的缴费凭据", "rule", "regulation", "context"),
    ("受理之日起⟦12个月内⟧办结", "rule", "regulation", "deadline"),
    ("已在本市连续居住⟦一年以上⟧的，可以申请", "rule", "regulation", "context"),
    ("发放救助款不得超过⟦30天⟧", "rule", "regulation", "deadline"),
    ("请假超过⟦30天⟧的停薪", "rule", "regulation", "context"),
    ("金额按⟦每月⟧最低生活保障标准计算", "rule", "regulation", "context"),
    ("⟦每月⟧核对保障标准化台账", "rule", "regulation", "recurrence"),
    ("开通⟦24小时⟧服务电话", "task", "plan", "context"),
    ("来电⟦24小时内⟧答复", "task", "plan", "deadline"),
    ("⟦中秋节⟧给住户送月饼", "task", "summary", "context"),
    ("⟦中秋节⟧给住户送月饼", "task", "plan", "schedule"),
    ("在⟦新的一年⟧，我们将上门走访", "background", "plan", "schedule"),
    ("⟦新的一年⟧即将开始", "background", "plan", "context"),
    ("据预测，到⟦2030年⟧联网设备将翻番", "background", "plan", "context"),
    ("票据必须⟦当天⟧完成", "background", "plan", "deadline"),
    ("票据⟦当天⟧最多", "background", "plan", "context"),
    ("与⟦当天⟧来电一致", "rule", "regulation", "context"),
    ("当班的来信⟦当天⟧登记", "rule", "regulation", "deadline"),
    ("落实⟦年度⟧、月度培训计划", "task", "plan", "context"),
    ("制定⟦年度⟧和月培训方案", "task", "plan", "recurrence"),
    ("⟦一年⟧接着一年干", "goal", "plan", "context"),
    ("推进消防安全⟦三年⟧行动", "task", "plan", "context"),
    ("新机房⟦第三季度⟧完工", "task", "plan", "deadline"),
    ("⟦第三季度⟧完成新机房的全部装修工作", "task", "plan", "schedule"),
    ("受教育年限达到⟦11年⟧", "goal", "plan", "context"),
    ("⟦三年⟧建成11座泵站", "goal", "plan", "schedule"),
    ("读者不少于900人（⟦2023年⟧为860人）", "goal", "plan", "context"),
    ("读者不少于900人（⟦2023年⟧底前）", "goal", "plan", "deadline"),
    ("语文组⟦周二下午⟧集体备课", "task", "plan", "recurrence"),
    ("6月3日，⟦周二下午⟧集体备课", "task", "plan", "schedule"),
    ("⟦晚上⟧自学一小时", "task", "plan", "recurrence"),
    ("抽个⟦晚上⟧去看看他", "task", "plan", "schedule"),
    ("为⟦明年⟧的扩产打好底子", "goal", "plan", "context"),
    ("⟦明年⟧打好底子再扩产", "goal", "plan", "schedule"),
    ("阀门失效的⟦当日⟧更换", "rule", "regulation", "deadline"),
    ("随⟦当日⟧报表上交", "rule", "regulation", "context"),
    ("低于70分的班组限期⟦7天⟧整改", "rule", "regulation", "deadline"),
    ("停岗⟦7天⟧反省", "rule", "regulation", "context"),
    ("⟦30天内⟧退卡的，押金照退", "rule", "regulation", "context"),
    ("⟦30天内⟧退还押金", "rule", "regulation", "deadline"),
    ("线上占比⟦年底⟧达到两成", "goal", "plan", "deadline"),
    ("费用比⟦年底⟧降低一成", "goal", "plan", "context"),
    ("新货架⟦15日⟧装好", "task", "plan", "deadline"),
    ("⟦15日⟧装货架", "task", "plan", "schedule"),
    ("⟦上半年⟧把会计证考下来", "task", "plan", "deadline"),
    ("⟦上半年⟧把会计课听一遍", "task", "plan", "schedule"),
    ("力争⟦全年⟧完成投资两亿元", "goal", "plan", "schedule"),
    ("力争⟦上半年⟧完成投资两亿元", "goal", "plan", "deadline"),
    ("新住户⟦当天⟧建档", "task", "plan", "deadline"),
    ("翻看⟦当天⟧的来信", "task", "plan", "context"),
    ("报修⟦48小时⟧上门", "task", "plan", "deadline"),
    ("跟车⟦48小时⟧学路线", "task", "plan", "schedule"),
    ("⟦三月⟧就必须装好护栏", "task", "plan", "deadline"),
    ("⟦三月⟧装护栏", "task", "plan", "schedule"),
    ("到了⟦十月⟧要有一批熟客", "goal", "plan", "deadline"),
    ("⟦2028年⟧创成三级医院", "goal", "plan", "deadline"),
    ("⟦2028年⟧创建三级医院", "goal", "plan", "schedule"),
    ("对⟦连续两个月⟧没有完成任务的班组约谈", "task", "plan", "context"),
    ("橱窗⟦半个月⟧换一次", "task", "plan", "recurrence"),
    ("隔⟦几天⟧给老客户打个电话", "task", "plan", "recurrence"),
    ("单个项目⟦一年⟧不超过两次", "rule", "regulation", "recurrence"),
    ("回退方案提前⟦一周⟧演练一次", "task", "plan", "deadline"),
    ("⟦一个月⟧迟到三次扣50元", "rule", "regulation", "context"),
    ("⟦三个月⟧完成二次供水改造", "task", "plan", "deadline"),
    ("⟦两年⟧完成第三次国土调查", "task", "plan", "deadline"),
    ("⟦半年后⟧再组织一次复评", "task", "plan", "schedule"),
    ("集中⟦一个月⟧开展一次整治", "task", "plan", "schedule"),
    ("与上次间隔⟦三个月以上⟧", "rule", "regulation", "context"),
    ("培训时间：⟦2小时⟧", "background", "plan", "context"),
    ("⟦晚上9点以后⟧一律断电", "rule", "regulation", "context"),
    ("⟦自2024年5月1日起⟧施行", "rule", "regulation", "schedule"),
    ("对报修满⟦一周⟧的客户回访一次", "task", "plan", "context"),
    ("用⟦两周⟧盘点库存", "task", "plan", "schedule"),
    ("工期：⟦45天⟧", "background", "plan", "schedule"),
    ("工期：⟦45天⟧", "background", "summary", "context"),
    ("⟦两个月⟧没有完成任务就换人", "task", "plan", "deadline"),
    ("继续以“向⟦四十分钟⟧要质量”为主线", "goal", "plan", "schedule"),
    ("继续抓好“⟦四十分钟⟧”", "goal", "plan", "context"),
    ("不知不觉⟦2023年⟧就要过去了", "background", "summary", "context"),
    ("⟦2023年⟧我们要做好三件事", "background", "plan", "schedule"),
    ("会议部署⟦2026年⟧任务", "background", "summary", "schedule"),
    ("会议回顾⟦2026年⟧任务", "background", "summary", "context"),
    ("⟦下半年⟧我是这样打算的：", "background", "plan", "schedule"),
    ("⟦下半年⟧天气转凉", "background", "plan", "context"),
    ("- M1（⟦8月31日⟧）：合同全部签完", "task", "plan", "deadline"),
    ("- [ ] ⟦6月30日⟧：样机上线", "task", "plan", "deadline"),
    ("- 车间⟦8月31日⟧试运行", "task", "plan", "schedule"),
    ("- [ ] ⟦7月⟧安排培训", "task", "plan", "schedule"),
    ("里程碑评审会于⟦6月10日⟧召开", "task", "plan", "schedule"),
    ("可使用⟦三年⟧不大修", "goal", "plan", "schedule"),
    ("成立时间：⟦2010年5月⟧", "background", "plan", "context"),
    ("⟦今后⟧能否扭亏还不一定", "problem", "summary", "context"),
    ("⟦今后⟧应该说还有困难", "problem", "summary", "context"),
    ("力争用⟦三年⟧时间挤进前十", "goal", "plan", "deadline"),
    ("用⟦一周⟧时间摸清网点", "task", "plan", "schedule"),
    ("所以⟦今后⟧的工作中一定要多问", "problem", "summary", "schedule"),
    ("这对⟦今后⟧的工作会有帮助", "problem", "summary", "context"),
    ("时间：⟦第3周⟧", "background", "plan", "schedule"),
    ("时间：⟦2023年3月⟧", "background", "summary", "context"),
)


# What recurs, and times in standing rules.
RULES_AND_RECURRENCE: tuple[tuple[str, Label | None, Kind, str], ...] = (
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


@pytest.mark.parametrize(("text", "label", "kind", "want"), TIMES + RULES_AND_RECURRENCE)
def test_time_role(text: str, label: Label | None, kind: Kind, want: str) -> None:
    plain, mention = time_in(text)
    assert time_role(plain, mention, Scene(label, kind)) == want


@pytest.mark.parametrize(
    ("titles", "want"),
    [
        (["一、2024年工作回顾", "二、2025年重点工作", "（一）扩大投资"], ["behind", "ahead", "ahead"]),
        (["一、重点工作", "二、下一步打算"], [None, "ahead"]),
        (["一、工作总结和今后打算", "二、队伍"], [None, None]),
        (["一、目标任务完成情况", "四、总结提升阶段"], ["behind", None]),
        (["过去一年，稳中向好", "2026年，抓好八件事"], ["behind", "ahead"]),
        (["一、基本情况", "2026年，抓好八件事"], [None, None]),
    ],
)
def test_outlooks_of_headings(titles: list[str], want: list[str | None]) -> None:
    lines = [
        HeadingLine(
            span=Span(i, i + 1), end=i + 1, marker="", title=title, level=1 + title.startswith("（"), role="other",
            title_role="other", article=0, parent=i - 1 if title.startswith("（") else None,
        )
        for i, title in enumerate(titles)
    ]  # fmt: skip
    assert find_outlooks(Layout(articles=(), headings=tuple(lines), units=(), tables=())) == want


def test_a_half_year_after_the_titles_looks_ahead() -> None:
    def outlooks(title: str) -> list[Outlook | None]:
        piece = Piece(span=Span(0, 9), title=title, title_span=None, kind="summary")
        heading = HeadingLine(
            span=Span(0, 1), end=1, marker="", title="三、下半年目标", level=1, role="other", title_role="other",
            article=0, parent=None,
        )  # fmt: skip
        return find_outlooks(Layout(articles=(piece,), headings=(heading,), units=(), tables=()))

    assert outlooks("某店上半年销售总结") == ["ahead"]
    assert outlooks("某店全年销售总结") == [None]


def test_a_schedule_sections_interval_is_a_schedule() -> None:
    plain, mention = time_in("⟦2024年3月1日至2024年9月30日⟧。")
    assert time_role(plain, mention, Scene("background", "plan", "schedule")) == "schedule"
    assert time_role(plain, mention, Scene("background", "plan", "analysis")) == "context"


PIECES = st.sampled_from(
    [
        *"前内底由到的，。；\n\t年月日0123",
        "3月底",
        "每周",
        "5%",
        "以上",
        "奖励",
        "20元",
        "去年",
        "三个月",
        "由2天降到1天",
        "xx万元",
        "𠮷",
    ]
)
KINDS: tuple[Kind, ...] = ("plan", "summary", "regulation", "guide", "other")
SECTIONS: tuple[SectionRole, ...] = ("goals", "tasks", "schedule", "rules", "other")


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60)),
    st.sampled_from(LABELS),
    st.sampled_from(KINDS),
    st.sampled_from(SECTIONS),
)
def test_any_text_gets_roles(text: str, label: Label | None, kind: Kind, section: SectionRole) -> None:
    scene = Scene(label, kind, section)
    for time in find_time_mentions(text):
        assert time_role(text, time, scene) in ("deadline", "schedule", "recurrence", "context")
    for quantity in find_quantity_mentions(text):
        assert quantity_role(text, quantity, scene, None) in ("target", "result", "baseline", "rule", "context")
