"""Whether a time says how often something is done: 每周, 半个月换一次, 三年一审, 周四下午教研, 季末通报名次."""

from __future__ import annotations

import re

from docparse.claims.rule_times import ends_as_limit
from docparse.claims.scene import AHEAD, REACH, Scene
from docparse.records import TimeMention

# Work that recurs is told by its day or its hour alone where no date stands by: 周四下午教研, 晚上看书.
WEEKLY = re.compile(
    "(?:逢?周[一二三四五六日末]|逢?(?:星期|礼拜)[一二三四五六日天]|双休日|节假日|晚上|晚间|夜间|中午|早上|清晨|早晨|傍晚|上下午|上午|下午)"
)
# In a rule an hour is its case, and a day of the week what is done on it.
WEEKDAY = re.compile("逢?周[一二三四五六日](?![年刊])|逢?(?:星期|礼拜)[一二三四五六日天]|双休日|逢节假日")
# A period's end names the day of all of them: 季末通报名次; 年底 is one day.
PERIOD_END = re.compile("(?:月|季|季度)[底末]")
# So often in so long a time is a recurrence: 半个月换一次, 一周去两回; 二次供水 and 第三次普查 count nothing.
PERIOD = re.compile("(?:[半一两二三四五六七八九十几]{1,2}|\\d{1,2})个?(?:年|月|周|星期|礼拜|天|日|学期|季度|小时)")
SO_OFTEN = re.compile("[^，。；、的第0-9]{0,6}?(?<!第)(?:[一两三四五六]|\\d)(?:次(?!能源)|回(?![路线])|趟|遍|轮)(?!性)")
# ... and what is done once in all is no recurrence: 三个月完成一次全员轮训.
ONE_DEED = re.compile("完成|建成|实现|打造|开通|拿下")
# Once in so long, with the verb for its unit: 三年一审, 半月一清, 一年一检.
ONCE_EACH = re.compile(
    "一(?:体检|审计|考核|检修|演练|复审|复核|[聘届验检查测洗清考核调签写换评比报修保训练访审结更轮议碰聚])(?=\\Z|[^一-鿿]|[并且])"
)
AT_MOST = re.compile("(?:不[超少多][过于]|至少|最多)(?:[一两三四五六]|\\d)(?:次|回|趟|遍)")
# So many of a thing each day or week: 一周走访12家, 一天学一句.
RATED = re.compile("一(?:天|日|周|晚|个?星期|个?礼拜)")
COUNTED = re.compile(
    "(?:要|至少|能|就|得)?[一-鿿]{0,4}?(?<![第完])(?:\\d{1,5}|[一二两三四五六七八九十百]{1,4})"
    "(?:多|余)?[家户个次人份条篇页句道题双单笔台件字通趟圈遍组盘盏杯公米]"
)
# In a rule, so often in so long may be an offence: 一个月迟到三次.
OFFENCE = re.compile("迟|旷|违|犯|漏|缺|投诉|未|没|出现|发生|超|受到?|被|垫底|不合|事故|失误|差错|忘")
# ... which its consequence tells: 一个月早退两次的扣50元.
SANCTION = re.compile("扣|罚|开除|取消|辞退|不称职|约谈|解约")
# So long a time is one stretch: 用一周走访, 集中一个月整治.
SINGLE = re.compile(
    "(?:[前后满过抽用花了期续]|停产|停机|试运行|开业|入职|培训|提早|第|集中|历时|拿出|安排|再有|最近?)\\Z"
)
# A day that a date fixes is that day alone: 6月3日，周二下午; 周五（6月6日）上午.
A_DATE = re.compile("\\d[日号]|\\d/\\d|(?!一日)[一二三四五六七八九十]{1,3}[日号]|本周|下周|这周|第.天|前一天|定于")
DATE_BEHIND = re.compile("[^，。；]{0,4}[（(]\\d")
# A day of the week as a rule's case: 遇星期六顺延, 周日无人值班造成失窃的.
CASE_BEFORE = ("如", "遇", "为", "若", "以", "按", "至", "到")
CASE_AFTER = re.compile("顺延|不计|下雨|仍|未|超|余额|[^，。；]{0,14}的\\Z")


def recurs_by_day(text: str, mention: TimeMention, before: str, after: str, scene: Scene) -> bool:
    """Whether a weekday, a part of the day or a period's end stands for all of them: 周四下午教研, 晚上看书.

    In a rule only days of the week and ends of a month or quarter do: its hours are those of its case.
    """
    written = text[mention.span.start : mention.span.end]
    pattern = WEEKLY if scene.label in AHEAD else WEEKDAY
    if scene.label == "rule" and (before.endswith(CASE_BEFORE) or CASE_AFTER.match(after)):
        return False
    if pattern.match(written) is None:
        return scene.label == "rule" and mention.type == "DATE" and PERIOD_END.fullmatch(written) is not None
    if before.endswith("个") or ends_as_limit(written):
        return False
    if DATE_BEHIND.match(after):
        return False
    near = text[max(0, mention.span.start - REACH) : mention.span.start]
    return A_DATE.search(re.split("[。；！？\n]", near)[-1]) is None


def recurs_so_often(written: str, before: str, after: str, mention: TimeMention, scene: Scene) -> bool:
    """Whether a time says how often something is done: 半个月换一次, 隔几天走一圈, 三年一审, 一周走访12家.

    In a rule so many in so long may be an offence (一个月迟到三次), unless it is bounded (一年不超过两次).
    """
    if scene.label not in (*AHEAD, "rule"):
        return False
    if mention.type == "DATE" and PERIOD.fullmatch(written) and written.endswith("日"):
        return ONCE_EACH.match(after) is not None  # 三日一验: by itself 三日 is a day of the month
    if mention.type != "DURATION":
        return False
    if before.endswith("隔"):
        apart = before.endswith(("间隔", "相隔", "须隔", "应隔", "至少隔", "后隔")) or after.startswith(
            ("才", "方", "补")
        )
        return not apart and not written.endswith(("后", "上"))
    if PERIOD.fullmatch(written) is None or SINGLE.search(before) is not None:
        return False
    if AT_MOST.match(after) or ONCE_EACH.match(after):
        return True
    often = SO_OFTEN.match(after)
    if often is not None:
        if scene.label in AHEAD:
            return ONE_DEED.search(often[0]) is None
        rest = after[often.end() :]
        return (
            OFFENCE.search(often[0]) is None and not rest.startswith(("的", "以上", "不")) and not SANCTION.search(rest)
        )
    return scene.label in AHEAD and RATED.fullmatch(written) is not None and COUNTED.match(after) is not None
