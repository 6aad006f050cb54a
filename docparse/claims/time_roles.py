"""What a time is for: a deadline, a schedule, a recurrence, or context, by the words around it and by where it stands.

A statement's label says most of it (what is planned, what was done); the words of the clause say the rest: 前 and 内
limit, 由 and 比 look back, 的 makes a time an attribute of something else.
"""

from __future__ import annotations

import re

from docparse.claims.recurrence import recurs_by_day, recurs_so_often
from docparse.claims.rule_times import DAYS, LATEST, TERM_OVER, acts, done_on_day, ends_as_limit, rule_role
from docparse.claims.scene import AHEAD, REACH, Scene, clause_after, clause_before, has, line_before, settled, words
from docparse.records import TimeMention, TimeRole

# What recurs is only an attribute here: 每月最低生活保障标准.
MODIFIES = re.compile(r"的?[一-鿿]{0,8}?(?:标准|限额|均价)(?![化执进])")
# 上半年完工: a clause that ends with the verb says by when.
DONE = 3
# 拟定今年计划: the time ahead is the plan's own.
DRAWN_UP = re.compile("[的度]?[一-鿿]{0,6}(?:计划|方案|安排|打算|要点|思路)")
LOOKED_AT = re.compile("的?(?:工作|情况|任务|目标|[一-鿿]{0,6}(?:情况|结果|成绩))")
ATTRIBUTE = re.compile("[建形产完签发出生入]?[成立交工用售行厂办职]?的")
# A year that is named so is being told of.
PRESENT_YEAR = ("这一年", "这一年里", "当年", "今年")
POINT = re.compile("(?:\\d|[一二三四五六七八九十]|上|下)(?:日|号|月份?|旬|季度|半年)\\Z")
# What is reached by a date ends in its outcome: 15日装好, 上半年把证考下来.
OUTCOME = re.compile("[^，。；的]{0,12}(?:下来|[^最更]好|[装考做修]完|掉|出来|到手|定下)[一-鿿]{0,3}\\Z")
REACHES = re.compile("(?:(?!没有|[未尚])[^，。；的]){0,6}?(?:到位|清零|全?覆盖|装齐|清完|清收|交付|顺利通过|考取)")
# The day itself ends it: 3月15日截止, 以五号为限.
# 截至9月底，馆藏4万册 tells what there is by then; 报名截止6月18日 says when it ends.
UP_TO = re.compile(r"[\s、.．\d一二三四五六七八九十（）()]{0,6}截[至止](?:到|至)?")
# So long ago something happened to whom it is about: 毕业2年内未就业的高校毕业生.
PEOPLE_SINCE = ("毕业", "离校", "退役", "退伍", "刑满释放")
# What is measured from, not when it is due: 在2023年基础上, 以2020年为基期.
BASIS = re.compile("的?[一-鿿]{0,4}?基础上|为(?:基期|基数|基准|基年)")
# A line that says so gives the day by which: 完成时限：6月30日.
DUE_LABEL = re.compile("(?:完成|截止|办结|交付|提交|上报|整改|报名截止)(?:时限|时间|日期|期限)?[：:]\\s?\\Z")
# What a report's sentence goes on to plan: 上半年完成3亿元，下半年计划完成4亿元.
GOES_ON = re.compile("[^，。；的]{0,4}?(?:计划|力争|争取|拟|将(?![军近])|要(?![求点]))")
COMING = ("下半年", "明年", "来年", "下周", "下月", "下个月", "下季度", "下学期")
# So much rent or pay is an amount: 押金不得超过一个月租金.
PAID_FOR = ("租金", "房租", "工资", "薪", "的租金", "的工资")
UNTIL = ("截止", "为限", "为止")
YEAR_ONLY = re.compile(r"[12]\d{3}")
# A milestone's line has the day by which it is reached: M1（8月31日）：…, - [ ] 6月30日：…, | M2 | … | 5月30日 |.
MILESTONE = re.compile(
    r"\s*(?:[-*+•]\s*)?(?:\[[ xX]\]\s*|(?:M\d{1,2}|里程碑[一二三四五六\d]?)\s*[（(：:]\s*"
    r"|\|?\s*M\d{1,2}\s*\|[^\n]{0,40}\|\s*)\Z"
)
ENDS_ITEM = ("：", ":", "）", ")", "|", "-", "—")
# How long it takes to get there: 用三年时间挤进前十, 通过一年的整顿.
TAKES = re.compile("(?:(?<![使可信费采适作引常实])用|再过|通过|经过|(?<!消)花)\\Z")
# A plan's line that begins so gives the time of what it is about.
LABELLED = re.compile(
    "(?:\\A|[、.．）)\\s])(?:(?:活动|实施|培训|会议|起止|开展|召开|计划)?(?:时间|日期)|周期|(?:总|合同|计划|建设)?工期)[：:]\\s?\\Z"
)
# 从现在起, 现在开始: the work begins.
FROM_NOW = re.compile("(?:现在|即日|今天)(?:起(?![步床]).?.?|开始)")
BIDS = re.compile("最[长短](?=不)(?:不[得应能宜](?:超过|少于|低于))?|不[得应能宜](?:超过|少于|低于)")
# A lead-in to the work of the year: 为了让新一年的工作更有条理, 做好今年政府工作.
THE_WORK = re.compile("的?(?:政府)?工作(?!报告|总结|情况)")
FOR_IT = ("为使", "为了使", "为让", "为了让", "做好")
PROPOSED = re.compile("[^。；]{0,12}(?:建议|打算|安排|设想)")
EXPECTED = re.compile("(?:(?!没有|实现|完成|达到|达成|超额)[^，。；]){0,12}?(?:预期|奋斗|主要)目标")
# What is done at a month's end recurs or is planned for then; by then something is handed in or reached.
MONTH_END = re.compile("[月季][底末]")
BY_MONTH_END = re.compile(
    "[^，。；]{0,4}?(?:交(?![流接往])|报送|上报|到\\d|能(?!力|源)|达|实现|必须|竣工|清零|上线|结清|完)"
)
# Half of the year's work is to be done by the middle of it.
HALF_WAY = re.compile("[^，。；]{0,6}?(?:不低于|不少于|过半)")
# What is done for a later time: 为明年的旺季打好底子.
IN_FAVOUR = re.compile("(?:\\A|[^成作认因以缩])[为给][^，。自己]{0,4}\\Z")
# So far behind a time it is said that it is over: 2021年就要过去了.
GONE = 12
# The year ahead, and who will or is to do something in it.
YEAR_AHEAD = re.compile(r"[12X][\dX]{3}(?:/\.\.)?\Z")
WILL = re.compile(r"[^。！？\n]{0,20}?(?:(?<!即)将(?!近|军|来)|(?<![主需重只首])要(?![求点素])|打算)")
# Whoever is to do something from now on, in whatever sentence it is said: 所以今后的工作中一定要多问.
SHALL = re.compile(
    r"[^。！？；\n]{0,14}?(?:(?<![主需重只首])要(?![求点素是])|(?<![不有])一定|应该(?!说)|应当|必须|打算|我会|得多)"
)


def time_role(text: str, mention: TimeMention, scene: Scene) -> TimeRole:
    """deadline, schedule, recurrence or context.

    A deadline is by, before or within; what recurs is a SET in planned or required work; planned work takes place in a
    schedule; the rest is context.

    >>> from docparse.expr.times import find_time_mentions
    >>> text = "6月底前完成清理"
    >>> time_role(text, find_time_mentions(text)[0], Scene("task", "plan"))
    'deadline'
    """
    written = text[mention.span.start : mention.span.end]
    before = clause_before(text, mention.span.start)
    after = clause_after(text, mention.span.end)
    bound = BIDS.match(written)
    if bound is not None and mention.type == "DURATION":  # 不得超过30天 bids as 不得 before any other word does
        before, written = before + bound[0], written[bound.end() :]
    scene = settled(scene, before + after)
    if scene.label is None:
        return _heading_role(text, mention, scene)
    if scene.label in (*AHEAD, "rule") and FROM_NOW.fullmatch(written + after[:2]):
        return "schedule"
    if mention.value in ("PRESENT_REF", "PAST_REF") or _is_past(written):
        return "context"
    if before.endswith("“") and after.startswith("”"):
        return "context"  # 向“四十分钟”要质量
    if before.endswith(("（", "(")) and after.startswith(("为", "是", "仅", "只")):
        return "context"  # 不少于96人（2024年为83人）
    if _only_names(written, before, after, mention, scene):
        return "context"
    if mention.type == "DATE" and scene.label != "noise" and DUE_LABEL.search(before):
        return "deadline"
    if mention.type == "DURATION" and after.startswith(PAID_FOR):
        return "context"
    if UP_TO.fullmatch(before) and not written.endswith("前") and not after:
        return "context"
    if mention.type == "SET":
        return _set_role(before, after, scene)
    if recurs_so_often(written, before, after, mention, scene):
        return "recurrence"
    if scene.label in (*AHEAD, "rule") and recurs_by_day(text, mention, before, after, scene):
        return "recurrence"
    if scene.label in AHEAD:
        if _gets_there(text, mention, scene, before, after):
            return "deadline"
        return _ahead_role(written, before, after, mention)
    if scene.label == "rule":
        return rule_role(written, before, after, mention)
    rest = re.split("[。！？；\n]", text[mention.span.end : mention.span.end + REACH], maxsplit=1)[0]
    if mention.value.startswith("FUTURE_REF") and SHALL.match(rest):
        return "schedule"
    if scene.label == "result" and written in COMING and GOES_ON.match(after):
        return "schedule"
    if scene.label == "background":
        return _background_role(text, mention, scene, before, after)
    return "context"


def _heading_role(text: str, mention: TimeMention, scene: Scene) -> TimeRole:
    """A heading's time is a schedule where the heading announces work, or is itself a step of a plan."""
    written = text[mention.span.start : mention.span.end]
    if mention.type == "SET" or mention.value in ("PRESENT_REF", "PAST_REF") or _is_past(written):
        return "context"
    rest = re.split("[\n。]", text[mention.span.end : mention.span.end + REACH], maxsplit=1)[0]
    if has(rest, "time", "looks_back"):
        return "context"
    ahead = scene.kind == "plan" or scene.outlook == "ahead" or has(rest, "time", "announces")
    return "schedule" if ahead else "context"


def _is_past(written: str) -> bool:
    """Whether the words themselves look back: 去年, 上个月, 近三年, 以来."""
    if written.startswith(("上半", "上旬", "上午", "上学期")) and written != "上学期":
        return False
    return written.startswith(words("time", "past_start")) or (
        written.endswith(("来", "至今")) and not written.endswith(("未来", "将来"))
    )


def _only_names(written: str, before: str, after: str, mention: TimeMention, scene: Scene) -> bool:
    """Whether the time belongs to a name or a habit of speech, and nothing takes place in it.

    24小时服务电话, 三年行动, 90周年, 一年接着一年, 年度、月度计划, a look back over so long (申请日前12个月内), and in
    a summary a festival.
    """
    if mention.type == "SET":
        drawn_up = any(word in before for word in ("制定", "编制", "制订", "拟定"))  # a plan that is made each time
        return written in words("time", "periodic") and after[:1] not in ("", "内", "前") and not drawn_up
    if mention.type == "DURATION":
        told = before.endswith(words("time", "window_before")) or (before.endswith(PEOPLE_SINCE) and after != "")
        window = told and written.endswith("内")
        recent = written.startswith("近") and not written.startswith("近期")
        measured = has(before, "time", "lengths") and not before.endswith(TERM_OVER)  # 受教育年限达到11年
        if window or recent or measured or written.endswith("周年"):
            return True
        if mention.value in ("PT24H", "P1D") and after.startswith(words("time", "around_clock")):
            return True
        return after.startswith(words("time", "drive_after")) or before.endswith("接着")
    festive = written.endswith("节") or written in words("time", "festivals")
    return festive and scene.kind == "summary" and scene.outlook != "ahead"


def _set_role(before: str, after: str, scene: Scene) -> TimeRole:
    if scene.label not in AHEAD and scene.label != "rule":
        return "context"
    if MODIFIES.match(after):
        return "context"
    if before.endswith(("由", "从原来的", "原来")) or after.startswith(words("time", "measured_each")):
        return "context"
    if before.endswith(words("time", "reckoned")):
        return "context"
    return "recurrence"


def _gets_there(text: str, mention: TimeMention, scene: Scene, before: str, after: str) -> bool:
    """Whether a time says by when a milestone, or after how long a goal, is reached."""
    if mention.type == "DURATION":
        return scene.label == "goal" and TAKES.search(before) is not None and not mention.value.startswith("PT")
    if mention.type != "DATE" or "/" in mention.value or not (not after or after.lstrip().startswith(ENDS_ITEM)):
        return False
    return MILESTONE.match(line_before(text, mention.span.start)) is not None


def _ahead_role(written: str, before: str, after: str, mention: TimeMention) -> TimeRole:
    """The role of a date or duration in a goal or task."""
    if mention.type == "DATE" and IN_FAVOUR.search(before):
        return "context"
    if _is_from(before, after) or _qualifies(written, before, after, mention) or _dates(written, after, mention):
        return "context"
    if _limits(written, before, after, mention):
        return "deadline"
    if mention.type != "DURATION" and _belongs(written, before, after):
        return "context"
    return "schedule"


def _background_role(text: str, mention: TimeMention, scene: Scene, before: str, after: str) -> TimeRole:
    """A lead-in announces when the plan takes place: 现将下半年的工作安排如下."""
    if scene.section == "schedule" and mention.type == "DATE" and "/" in mention.value:
        return "schedule"
    if scene.kind == "plan" and LABELLED.search(before) and (mention.type == "DATE" or "工期" in before):
        return "schedule"  # 时间：第1周, 工期：45天; but 培训时间：2小时
    if mention.type != "DATE" or scene.kind in ("guide", "regulation"):
        return "context"
    written = text[mention.span.start : mention.span.end]
    if text[max(0, mention.span.start - 1) : mention.span.start] == "\t":
        return "deadline" if text.startswith(("目标", "计划"), mention.span.end) else "context"
    rest = text[mention.span.end : mention.span.end + 2 * REACH].split("\n", 1)[0].split("。", 1)[0]
    if written in words("time", "same_day"):
        return "deadline" if acts(after) and before.endswith(words("time", "duty_before")) else "context"
    said = text[max(0, mention.span.start - 10) : mention.span.start]
    told = _is_past(written) or written in PRESENT_YEAR or any(word in said for word in ("预测", "预计", "显示"))
    if has(rest[:GONE], "time", "looks_back"):
        return "context"
    if (YEAR_AHEAD.match(mention.value) and WILL.match(rest) and not told) or said.endswith(("部署", "定于")):
        return "schedule"
    if _is_past(written) or has(rest, "time", "looks_back"):
        return "context"
    work = THE_WORK.match(rest)
    if work is not None and (before.endswith(FOR_IT) or (before.endswith("对") and PROPOSED.match(rest[work.end() :]))):
        return "schedule"
    if (
        (scene.kind == "plan" or scene.outlook != "behind")
        and mention.type == "DATE"
        and EXPECTED.match(rest)
        and not said.endswith(("完成", "距", "距离"))
    ):
        return "schedule"
    if has(said, "time", "drawn_up") and DRAWN_UP.match(rest):
        return "schedule"
    announced = has(rest, "time", "lead_in") or has(rest, "quantity", "aims")
    return "schedule" if announced else "context"


def _is_from(before: str, after: str) -> bool:
    """Whether this is the from-value: 由5天缩短为3天, or what is compared with: 比2022年降低, 在2022年基础上增长."""
    if BASIS.match(after):
        return True
    if any(c in before[-4:] for c in "由从") and has(after[:10], "time", "changes"):
        return True
    return before.endswith(words("time", "compares")) and not before.endswith(("占比", "同比", "环比"))


def _qualifies(written: str, before: str, after: str, mention: TimeMention) -> bool:
    """Whether the time is a threshold of something else: 滞销超过30天的, 欠费半年以上的."""
    if mention.type != "DURATION":
        return mention.type == "TIME" and written.endswith("以后")
    if after.startswith(("无", "遇到")):
        return True
    if before.endswith(words("time", "offence_before")):
        return True
    if written.startswith("连续"):
        return True  # 对连续三个月未完成指标的约谈
    threshold = written.endswith(("以上", "以下")) or written.startswith(("超过", "逾"))
    return threshold and (after.startswith(("的", "没", "无", "未")) or written.startswith(("超过", "逾")))


def _dates(written: str, after: str, mention: TimeMention) -> bool:
    """Whether a date before which something came about only tells which one: 2000年以前建成的小区, 年前的欠款."""
    return mention.type == "DATE" and written.endswith("前") and ATTRIBUTE.match(after) is not None


def _limits(written: str, before: str, after: str, mention: TimeMention) -> bool:
    """Whether the words make the time a limit."""
    if ends_as_limit(written) or before.endswith(LATEST) or (after.startswith(UNTIL) and after[2:3] != "的"):
        return True
    if mention.type == "DURATION":
        return _limits_duration(written, before, after)
    if before.endswith(words("time", "deadline_before")) and not before.endswith(words("time", "not_until")):
        return not written.startswith(("新", "全年"))
    if written in words("time", "same_day"):
        return done_on_day(before, after) if written in DAYS else acts(after)
    if before.endswith("到了") or after.startswith(("就必须", "必须", "务必")):
        return True
    if YEAR_ONLY.fullmatch(mention.value) and after.startswith(("通过", "创成", "建成", "实现", "跻身")):
        return True
    if MONTH_END.fullmatch(written):
        return BY_MONTH_END.match(after) is not None
    if written.endswith(("底", "末")):
        return not after.startswith(words("time", "routine"))
    if written == "上半年" and HALF_WAY.match(after):
        return True
    # 9月份完成 says when, 9月15日完成 says by when.
    exact = written.endswith(("日", "号", "旬")) or (mention.value[-2:-1] in ("H", "Q") and len(after) <= DONE)
    if exact and after.startswith((*words("time", "deadline_after"), "没有", "还没")):
        return True
    return POINT.search(written) is not None and (OUTCOME.match(after) or REACHES.match(after)) is not None


def _limits_duration(written: str, before: str, after: str) -> bool:
    if before.endswith(words("time", "down_to")) or written.startswith(("不超过", "少于")):
        return True
    if before.endswith(("提前", "前")) and not after.startswith(("到岗", "启动")):
        return True
    if after.startswith((*words("time", "done_within"), "内")) and not after.startswith("给予"):
        return True
    return after.startswith(("的努力", "的时间里", "以后")) or written.endswith("以后")


def _belongs(written: str, before: str, after: str) -> bool:
    """Whether the date is an attribute of something else: 明年的翻新, 年度培训计划, 全年任务."""
    if before.endswith(("抓住", "依据", "根据", "按照", "围绕")):
        return True
    if before.endswith(words("time", "looked_at")) and LOOKED_AT.match(after):
        return True
    if after.startswith(words("time", "attribute_after")) or "打下" in after:
        return True
    if written in ("年度", "当年", "年终", "来年") and after.startswith(words("time", "year_of")):
        return True
    return after.startswith("的") and written in words("time", "same_day")
