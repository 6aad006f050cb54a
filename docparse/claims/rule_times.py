"""What a time in a standing rule is for: a limit for the act that the rule bids, or a fact of its case."""

from __future__ import annotations

import re

from docparse.claims.scene import has, words
from docparse.records import TimeMention, TimeRole

# A limit in a rule's case, not in what it bids: 30天内退费的, 一年内被通报两次的.
CASE = re.compile(
    "被(?!许可)|[^，。；]{1,12}的\\Z|(?![^，。；]{0,6}(?:告知|通知|公示|对|向|将))[^，。；]{1,12}(?:的(?:人员|员工|学生|单位|部门|个人)|者)|不[再得能]?[一-鿿]{1,4}\\Z"
)
# How long something is barred, lasts or is counted for: 5年内不予受理, 7日内有效, 一月内漏交三次.
BARRED = re.compile("不予|不[受得再能]|禁止|有效(?=\\Z|期)|犯|出现(?!场)|[缺超]\\d|漏|累计")
# What takes at most so long is done in it: 响应时间不超过2小时; 合同期限不得超过三年 lasts.
ANSWERS = re.compile("(?:响应|到场|答复|办理|审批|反馈|处理|办结)[^，。；]{0,4}\\Z")
LASTS = re.compile("(?:期限?|加班|停车|发言|假|停留|有效)[^，。；]{0,4}\\Z")
# A day that a rule counts from what happens.
DAYS = ("当天", "当日", "当晚", "次日", "第二天")
LATEST = (
    "赶在",
    "卡在",
    "最迟",
    "最晚",
    "不晚于",
    "不得晚于",
    "不迟于",
    "不得迟于",
    "最迟于",
    "最晚于",
    "最迟在",
    "最晚在",
)
# Where a term is over, the time allowed begins: 期满30日内结清.
TERM_OVER = ("期满", "届满", "期满前", "届满前", "期满后", "届满后")
# When one may apply, as a notice fixes it: 报名时间为4月26日至4月28日, 请于5月24日至26日报名.
WINDOW = re.compile("\\A\\Z|时间(?:原则上)?[为是：:]\\Z|请[^，。；]{0,8}于\\Z")
DAY_RANGE = re.compile(r"[\dX]{4}-[\dX]{2}-[\dX]{2}/[\dX]{4}-[\dX]{2}-[\dX]{2}")


def rule_role(written: str, before: str, after: str, mention: TimeMention) -> TimeRole:
    """The role of a date or duration in a standing rule.

    >>> from docparse.expr.times import find_time_mentions
    >>> [rule_role(w, "", a, find_time_mentions(w)[0]) for w, a in (("5日内", "答复"), ("5年内", "不予受理"))]
    ['deadline', 'context']
    """
    if mention.value.endswith("/.."):
        return "context" if mention.type == "TIME" else "schedule"  # 晚上9点以后一律断电; 2024年5月1日起施行
    if before.endswith(LATEST):
        return "deadline"
    if mention.type == "DURATION":
        return _duration_role(written, before, after)
    if DAY_RANGE.fullmatch(mention.value) and WINDOW.search(before) and not written.endswith("止"):
        return "schedule"
    if before.endswith(words("time", "offence_before")) or has(after[:14], "time", "offence_after"):
        return "context"
    if after.startswith(("的", "以上", "无")):
        return "context"
    if written in DAYS:
        return "deadline" if done_on_day(before, after) else "context"
    return "deadline" if ends_as_limit(written) else "context"


def _duration_role(written: str, before: str, after: str) -> TimeRole:
    if written.endswith(("以上", "以下")):
        return "context"
    done = after.startswith(words("time", "done_within"))
    if before.endswith(words("time", "at_most")) or written.startswith("不超过"):
        # 发放不得超过30天 and 会诊不超过48小时完成 bid; 累计不超过7天 and 最长不超过6个月 measure
        act = before.removesuffix("不得超过").removesuffix("不超过").removesuffix("不能超过")
        bids = before.endswith(("不得超过", "不应超过", "不得长于")) and LASTS.search(act) is None
        return "deadline" if done or bids or ANSWERS.search(act) else "context"
    if before.endswith("限期"):
        return "deadline"
    if written.startswith("连续") or BARRED.match(after):
        return "context"
    if after.startswith("内"):
        return "deadline"
    if CASE.match(after):
        return "context"
    if before.endswith(words("time", "offence_before")) and not before.endswith(TERM_OVER):
        return "context"
    if has(after[:14], "time", "offence_after") or after.startswith(("的", "以上", "无")):
        return "context"
    if done or before.endswith(("提前", "前")):
        return "deadline"
    return "deadline" if ends_as_limit(written) else "context"


def ends_as_limit(written: str) -> bool:
    """Whether the words of a time end in a limit: 5月前, 三天内; 中秋前后 is about then."""
    return written.endswith(words("time", "deadline_end")) or ("前" in written[1:] and not written.endswith("前后"))


def done_on_day(before: str, after: str) -> bool:
    """Whether one is to act on the same or the next day: 失效的当日更换; 当日报表 is a name."""
    if before.endswith(words("time", "of_a_day")) or after.startswith(words("time", "named_by_day")):
        return False
    return bool(after)


def acts(after: str) -> bool:
    """Whether a verb follows: 当天登记, not 当天的来信 or 当天来电."""
    return after.startswith((*words("time", "same_day_verbs"), *words("time", "deadline_after")))
