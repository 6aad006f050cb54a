"""What a time or a quantity is for: roles from the words around it and from where it stands.

A statement's label says most of it (what is planned, what was done); the words of the clause say the rest: 前 and 内
limit, 由 and 比 look back, 的 makes a time an attribute of something else.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from docparse.claims.outlook import Outlook
from docparse.lexicon import load_toml
from docparse.records import Kind, Label, QuantityMention, QuantityRole, SectionRole, TimeMention, TimeRole

AHEAD: frozenset[Label] = frozenset({"goal", "task"})
CLAUSE_END = frozenset("，。；！？,;!?\n")
# How far a clause is read on either side of a mention: longer clauses say nothing more about it.
REACH = 24
# What recurs is only an attribute here: 每月最低生活保障标准.
MODIFIES = re.compile(r"的?[一-鿿]{0,8}?(?:标准|限额|均价)(?![化执进])")
SUMS_UP = re.compile("[一-鿿]{2,5}、[一-鿿]{2,5}\\Z")
# 上半年完工: a clause that ends with the verb says by when.
DONE = 3
# A year that is named so is being told of.
PRESENT_YEAR = ("这一年", "这一年里", "当年", "今年")
# The year ahead, and who will or is to do something in it.
YEAR_AHEAD = re.compile(r"[12X][\dX]{3}(?:/\.\.)?\Z")
WILL = re.compile(r"[^。！？\n]{0,20}?(?:(?<!即)将(?!近|军|来)|(?<![主需重只首])要(?![求点素])|打算)")


class Scene(NamedTuple):
    """Where a mention stands: its statement's label (None in a heading), the article's kind, the section's role, and
    whether the headings above look ahead or back."""

    label: Label | None
    kind: Kind = "other"
    section: SectionRole = "other"
    outlook: Outlook | None = None


@cache
def _words(table: str, key: str) -> tuple[str, ...]:
    return tuple(sorted(load_toml("claims")[table][key], key=len, reverse=True))


def _has(text: str, table: str, key: str) -> bool:
    return any(word in text for word in _words(table, key))


def clause_after(text: str, at: int, most: int = REACH) -> str:
    """What follows `at` in the clause, at most `most` characters."""
    end = at
    last = min(len(text), at + most)
    while end < last and text[end] not in CLAUSE_END:
        end += 1
    return text[at:end]


def clause_before(text: str, at: int, most: int = REACH) -> str:
    """What precedes `at` in the clause, at most `most` characters."""
    start = at
    first = max(0, at - most)
    while start > first and text[start - 1] not in CLAUSE_END:
        start -= 1
    return text[start:at]


def _settled(scene: Scene, clause: str) -> Scene:
    """The scene with a label that its section contradicts put right: a market analysis promises nothing, a plan's
    budget is not spent yet; 完成 and 新增 under next year's work are not done, those of a review are. `clause` may
    say otherwise in so many words (已完成, 将完成).
    """
    if scene.outlook == "ahead" and scene.label == "result" and not _has(clause, "outlook", "done"):
        return scene._replace(label="task")
    if scene.outlook == "behind" and scene.label in AHEAD and not _has(clause, "outlook", "to_do"):
        return scene._replace(label="result")
    if scene.label in AHEAD and scene.section == "analysis":
        return scene._replace(label="background")
    if scene.label == "result" and scene.kind == "plan" and scene.section == "budget":
        return scene._replace(label="task")
    return scene


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
    scene = _settled(scene, before + after)
    if scene.label is None:
        return _heading_role(text, mention, scene)
    if mention.value in ("PRESENT_REF", "PAST_REF") or _is_past(written):
        return "context"
    if _only_names(written, before, after, mention, scene):
        return "context"
    if mention.type == "SET":
        return _set_role(before, after, scene)
    if scene.label in AHEAD:
        return _ahead_role(written, before, after, mention)
    if scene.label == "rule":
        return _rule_role(written, before, after, mention)
    if scene.label == "background":
        return _background_role(text, mention, scene, before, after)
    return "context"


def _heading_role(text: str, mention: TimeMention, scene: Scene) -> TimeRole:
    """A heading's time is a schedule where the heading announces work, or is itself a step of a plan."""
    written = text[mention.span.start : mention.span.end]
    if mention.type == "SET" or mention.value in ("PRESENT_REF", "PAST_REF") or _is_past(written):
        return "context"
    end = text.find("\n", mention.span.end, mention.span.end + REACH)
    rest = text[mention.span.end : end if end >= 0 else mention.span.end + REACH]
    if _has(rest, "time", "looks_back"):
        return "context"
    return "schedule" if scene.kind == "plan" or _has(rest, "time", "announces") else "context"


def _is_past(written: str) -> bool:
    """Whether the words themselves look back: 去年, 上个月, 近三年, 以来."""
    if written.startswith(("上半", "上旬", "上午", "上学期")) and written != "上学期":
        return False
    return written.startswith(_words("time", "past_start")) or (
        written.endswith(("来", "至今")) and not written.endswith(("未来", "将来"))
    )


def _only_names(written: str, before: str, after: str, mention: TimeMention, scene: Scene) -> bool:
    """Whether the time belongs to a name or a habit of speech, and nothing takes place in it.

    24小时服务电话, 三年行动, 90周年, 一年接着一年, 年度、月度计划, a look back over so long (申请日前12个月内), and in
    a summary a festival.
    """
    if mention.type == "SET":
        drawn_up = any(word in before for word in ("制定", "编制", "制订", "拟定"))  # a plan that is made each time
        return written in _words("time", "periodic") and after[:1] not in ("", "内", "前") and not drawn_up
    if mention.type == "DURATION":
        window = before.endswith(_words("time", "window_before")) and written.endswith("内")
        recent = written.startswith("近") and not written.startswith("近期")
        measured = _has(before, "time", "lengths")  # 受教育年限达到11年
        if window or recent or measured or written.endswith("周年"):
            return True
        if mention.value in ("PT24H", "P1D") and after.startswith(_words("time", "around_clock")):
            return True
        return after.startswith(_words("time", "drive_after")) or before.endswith("接着")
    festive = written.endswith("节") or written in _words("time", "festivals")
    return festive and scene.kind == "summary" and scene.outlook != "ahead"


def _set_role(before: str, after: str, scene: Scene) -> TimeRole:
    if scene.label not in AHEAD and scene.label != "rule":
        return "context"
    if MODIFIES.match(after):
        return "context"
    if before.endswith(("由", "从原来的", "原来")) or after.startswith(_words("time", "measured_each")):
        return "context"
    return "recurrence"


def _ahead_role(written: str, before: str, after: str, mention: TimeMention) -> TimeRole:
    """The role of a date or duration in a goal or task."""
    if _is_from(before, after) or _qualifies(written, before, after, mention):
        return "context"
    if _limits(written, before, after, mention):
        return "deadline"
    if mention.type != "DURATION" and _belongs(written, before, after):
        return "context"
    return "schedule"


def _rule_role(written: str, before: str, after: str, mention: TimeMention) -> TimeRole:
    """The role of a date or duration in a standing rule: a limit for the act, or a fact of the case."""
    if mention.value.endswith("/.."):
        return "context" if mention.type == "DURATION" else "schedule"
    if mention.type == "DURATION" and before.endswith(_words("time", "at_most")):
        return "deadline"
    if before.endswith(_words("time", "offence_before")) or _has(after[:14], "time", "offence_after"):
        return "context"
    if after.startswith(("的", "以上", "无")):
        return "context"
    if mention.type == "DATE":
        done = _ends_as_limit(written) or (written in ("当天", "当日", "当晚") and _acts(after))
        return "deadline" if done else "context"
    if before.endswith("提前") or (before.endswith("前") and mention.type == "DURATION"):
        return "deadline"
    done = mention.type == "DURATION" and after.startswith(_words("time", "done_within"))
    return "deadline" if done or _ends_as_limit(written) else "context"


def _background_role(text: str, mention: TimeMention, scene: Scene, before: str, after: str) -> TimeRole:
    """A lead-in announces when the plan takes place: 现将下半年的工作安排如下."""
    if scene.section == "schedule" and mention.type == "DATE" and "/" in mention.value:
        return "schedule"
    if mention.type != "DATE" or scene.kind in ("guide", "regulation"):
        return "context"
    written = text[mention.span.start : mention.span.end]
    if text[max(0, mention.span.start - 1) : mention.span.start] == "\t":
        return "deadline" if text.startswith(("目标", "计划"), mention.span.end) else "context"
    rest = text[mention.span.end : mention.span.end + 2 * REACH].split("\n", 1)[0].split("。", 1)[0]
    if written in _words("time", "same_day"):
        return "deadline" if _acts(after) and before.endswith(_words("time", "duty_before")) else "context"
    said = text[max(0, mention.span.start - 10) : mention.span.start]
    told = _is_past(written) or written in PRESENT_YEAR or any(word in said for word in ("预测", "预计", "显示"))
    if YEAR_AHEAD.match(mention.value) and WILL.match(rest) and not told:
        return "schedule"
    if _is_past(written) or _has(rest, "time", "looks_back"):
        return "context"
    announced = _has(rest, "time", "lead_in") or _has(rest, "quantity", "aims")
    return "schedule" if announced else "context"


def _ends_as_limit(written: str) -> bool:
    return written.endswith(_words("time", "deadline_end")) or "前" in written[1:]


def _is_from(before: str, after: str) -> bool:
    """Whether this is the from-value: 由5天缩短为3天, or what is compared with: 比2022年降低."""
    if any(c in before[-4:] for c in "由从") and _has(after[:10], "time", "changes"):
        return True
    return before.endswith(_words("time", "compares"))


def _qualifies(written: str, before: str, after: str, mention: TimeMention) -> bool:
    """Whether the time is a threshold of something else: 滞销超过30天的, 欠费半年以上的."""
    if mention.type != "DURATION":
        return mention.type == "TIME" and written.endswith("以后")
    if after.startswith(("无", "遇到")):
        return True
    if before.endswith(_words("time", "offence_before")):
        return True
    threshold = written.endswith(("以上", "以下")) or written.startswith(("超过", "逾"))
    return threshold and (after.startswith(("的", "没", "无", "未")) or written.startswith(("超过", "逾")))


def _limits(written: str, before: str, after: str, mention: TimeMention) -> bool:
    """Whether the words make the time a limit."""
    if _ends_as_limit(written):
        return True
    if mention.type == "DURATION":
        return _limits_duration(written, before, after)
    if before.endswith(_words("time", "deadline_before")) and not before.endswith(_words("time", "not_until")):
        return not written.startswith("新")
    if written in _words("time", "same_day"):
        return _acts(after)
    if written.endswith(("底", "末")):
        return not after.startswith(_words("time", "routine"))
    # 9月份完成 says when, 9月15日完成 says by when.
    exact = written.endswith(("日", "号", "旬")) or (mention.value[-2:-1] in ("H", "Q") and len(after) <= DONE)
    return exact and after.startswith((*_words("time", "deadline_after"), "没有", "还没"))


def _acts(after: str) -> bool:
    """Whether a verb follows: 当天登记, not 当天的来信 or 当天来电."""
    return after.startswith((*_words("time", "same_day_verbs"), *_words("time", "deadline_after")))


def _limits_duration(written: str, before: str, after: str) -> bool:
    if before.endswith(_words("time", "down_to")) or written.startswith(("不超过", "少于")):
        return True
    if before.endswith(("提前", "前")) and not after.startswith(("到岗", "启动")):
        return True
    if after.startswith(_words("time", "done_within")):
        return True
    return after.startswith(("的努力", "的时间里", "以后")) or written.endswith("以后")


def _belongs(written: str, before: str, after: str) -> bool:
    """Whether the date is an attribute of something else: 明年的翻新, 年度培训计划, 全年任务."""
    if before.endswith(("抓住", "依据", "根据", "按照", "围绕")):
        return True
    if after.startswith(_words("time", "attribute_after")) or "打下" in after:
        return True
    if written in ("年度", "当年", "年终", "来年") and after.startswith(_words("time", "year_of")):
        return True
    return after.startswith("的") and written in _words("time", "same_day")


def quantity_role(text: str, mention: QuantityMention, scene: Scene, metric: str | None) -> QuantityRole:
    """target, result, baseline, rule or context.

    >>> from docparse.expr.quantities import find_quantity_mentions
    >>> text = "回款率达到95%以上"
    >>> quantity_role(text, find_quantity_mentions(text)[0], Scene("goal", "plan"), "回款率")
    'target'
    """
    if mention.baseline:
        return "baseline"
    written = text[mention.span.start : mention.span.end]
    before = clause_before(text, mention.span.start)
    after = clause_after(text, mention.span.end)
    scene = _settled(scene, before + after)
    if scene.label == "rule" or (scene.label != "result" and _is_duty(written, before, after, mention)):
        return "rule"
    if scene.label in AHEAD:
        return _ahead_quantity(written, before, after, mention)
    if scene.label in ("result", "problem"):
        return "context" if _sets_apart(written, before, after, mention, metric) else "result"
    if scene.label == "background":
        return "target" if _is_given(text, mention, before, metric) else "context"
    return "context"


def _is_duty(written: str, before: str, after: str, mention: QuantityMention) -> bool:
    """Whether the number is a standing bound: 铃响三声之内, 编制不低于二人."""
    if mention.kind != "count":
        return False
    if written.endswith(("之内", "以内")) and any(w in before for w in _words("time", "duty_before")):
        return True
    bound = written.startswith(_words("quantity", "bounds")) or before.endswith(_words("quantity", "bounds"))
    return bound and _has(before[-6:] + after[:6], "quantity", "staffing")


def _is_given(text: str, mention: QuantityMention, before: str, metric: str | None) -> bool:
    """Whether a lead-in hands the number down: 下达的任务是营收1150万, 销售额1亿元的总目标."""
    if metric is not None and metric.endswith(("目标", "任务", "定额")):
        return "占" not in before
    rest = text[mention.span.end : mention.span.end + REACH].split("\n", 1)[0].split("。", 1)[0]
    if rest.startswith(("的销售目标", "的目标")):
        return True
    return _has(rest, "quantity", "aims") or _has(before, "quantity", "aims_before")


def _ahead_quantity(written: str, before: str, after: str, mention: QuantityMention) -> QuantityRole:
    if _sanctions(written, before, after, mention):
        return "rule"
    if _sets_apart(written, before, after, mention, None) or _arranges(mention, written, before, after):
        return "context"
    return "target"


def _sanctions(written: str, before: str, after: str, mention: QuantityMention) -> bool:
    """Whether the number is a price, an award or a threshold with a consequence: 奖励200元, 80分以下的补考."""
    if mention.kind in ("money", "score") and before.endswith(_words("quantity", "pays")):
        return True
    if before.lstrip("（(").startswith(("如果", "若", "凡", "一旦", "倘若")):
        return True
    if before.endswith(("降薪", "扣", "罚")) or written.startswith("不得") or after.startswith("范围内"):
        return True
    if written.endswith(("以下", "以上")) or written.startswith(("低于", "超过", "不到", "不足")):
        what = after if after.startswith("的") else after[:2]
        if mention.unit != "岁" and _has(what, "quantity", "consequence"):
            return True
    return after.startswith("的标准") or before.endswith(_words("quantity", "priced"))


def _sets_apart(written: str, before: str, after: str, mention: QuantityMention, metric: str | None) -> bool:
    """Whether the number only says which things are meant: 5000万元以上项目3个, 65岁以上老人, 10万元以上的村."""
    if mention.unit in ("岁", "周岁") and "寿命" not in before and "龄" not in before and "比" not in before:
        return True
    if before.endswith(_words("quantity", "each")) or _names_work(after, mention):
        return True
    if after.startswith(("的要求", "的理想", "的标准要求")) or (before.endswith("任务") and after.startswith("的")):
        return True
    threshold = written.endswith(("以上", "以下")) or written.startswith(("超", "超过"))
    if not threshold or not after:
        return False
    if after.startswith("的"):
        return (len(after) > 2 and any(c.isdigit() for c in after)) or "占比" in after or "比例" in after
    return "一" <= after[0] <= "鿿" and any(c.isdigit() for c in after[:12])


def _names_work(after: str, mention: QuantityMention) -> bool:
    """Whether the number is a part of a name: 750千伏输变电工程, 7万吨锌基合金项目, 7亿吨级."""
    if mention.kind == "count":
        return False
    if after.startswith(("级", *_words("quantity", "works"))):
        return True
    named = mention.kind == "mass" or mention.unit in _words("quantity", "voltages")
    return named and any(word in after[:12] for word in _words("quantity", "works"))


def _arranges(mention: QuantityMention, written: str, before: str, after: str) -> bool:
    """Whether the number counts the text's own parts (四个阶段, 抓好三项工作如下) or what is there already."""
    if before.endswith(_words("quantity", "existing")):
        return True
    if mention.kind != "count":
        return False
    if mention.unit in _words("quantity", "arrangement_units"):
        return True
    # 酒泉、天水两个区域中心城市: the number sums up names
    if written[:1] in ("两", "二", "三", "四") and SUMS_UP.search(before):
        return True
    rest = after.lstrip("主重基大")
    if rest.startswith(_words("quantity", "arrangement")):
        return True
    return mention.unit == "项" and rest.startswith(("工作", "内容", "任务", "措施")) and len(rest) <= 5
