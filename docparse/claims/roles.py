"""What a time or a quantity is for: roles from the words around it and from the statement that it stands in."""

from __future__ import annotations

from functools import cache

from docparse.lexicon import load_toml
from docparse.records import Kind, Label, QuantityMention, QuantityRole, TimeMention, TimeRole

AHEAD: frozenset[Label] = frozenset({"goal", "task"})
REFERENCES = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})
CLAUSE_END = "，。；！？,;!?\n"


@cache
def _words(table: str, key: str) -> tuple[str, ...]:
    return tuple(sorted(load_toml("claims")[table][key], key=len, reverse=True))


def clause_after(text: str, at: int, most: int = 24) -> str:
    """What follows `at` in the clause, at most `most` characters."""
    end = at
    while end < len(text) and end - at < most and text[end] not in CLAUSE_END:
        end += 1
    return text[at:end]


def clause_before(text: str, at: int, most: int = 24) -> str:
    """What precedes `at` in the clause, at most `most` characters."""
    start = at
    while start > 0 and at - start < most and text[start - 1] not in CLAUSE_END:
        start -= 1
    return text[start:at]


def time_role(text: str, mention: TimeMention, label: Label | None, kind: Kind) -> TimeRole:
    """deadline, schedule, recurrence or context.

    `label` is the statement's, None in a heading or title. A deadline is by, before or within; what recurs is a SET in
    planned or required work; planned work takes place in a schedule; the rest is context.
    """
    ahead = label in AHEAD or (label is None and kind == "plan")
    if mention.type == "SET":
        return "recurrence" if label in AHEAD or label == "rule" else "context"
    if mention.value in REFERENCES or not (ahead or label == "rule"):
        return "context"
    written = text[mention.span.start : mention.span.end]
    before, after = clause_before(text, mention.span.start, 6), clause_after(text, mention.span.end)
    if _binds(written, before, after, mention):
        return "deadline"
    if label == "rule" or after.startswith(("的", "度的")) or _dates_a_past(before):
        return "context"
    if mention.type == "DURATION":
        return "schedule" if before.endswith(("用", "利用", "通过", "为期", "经过")) else "context"
    return "schedule"


def _binds(written: str, before: str, after: str, mention: TimeMention) -> bool:
    """Whether the words make the time a limit."""
    if written.endswith(("前", "以内", "之内", "内", "时间里", "为止")) and not written.endswith("年内"):
        return True
    if before.endswith(_words("time", "deadline_before")) and not before.endswith(("达到", "提高到", "收到", "得到")):
        return mention.type == "DURATION" or before.endswith(("到", "截至", "截止", "最迟", "不迟于"))
    if written.endswith(("底", "末", "年内", "终")) or mention.type == "DURATION":
        return after.startswith(_words("time", "deadline_after")) or "完成" in after[:12]
    return False


def _dates_a_past(before: str) -> bool:
    return before.endswith(("自", "早在", "根据", "按照", "与", "比", "较"))


def quantity_role(text: str, mention: QuantityMention, label: Label | None, metric: str | None) -> QuantityRole:
    """target, result, baseline, rule or context."""
    if mention.baseline:
        return "baseline"
    if _arranges(text, mention):
        return "context"
    if label in AHEAD:
        return "result" if _looks_back(text, mention) else "target"
    if label == "result":
        return "result"
    if label == "rule":
        return "rule"
    if label == "background" and metric is not None and metric.endswith(("目标", "任务", "定额")):
        return "target"
    return "context"


def _arranges(text: str, mention: QuantityMention) -> bool:
    """Whether the number counts the text's own parts (四个阶段, 抓好三项工作如下)."""
    if mention.kind != "count":
        return False
    if mention.unit in _words("quantity", "arrangement_units"):
        return True
    after = clause_after(text, mention.span.end, 6).lstrip("主重基大")
    if after.startswith(_words("quantity", "arrangement")):
        return True
    return mention.unit == "项" and after.startswith(("工作", "内容", "任务", "措施")) and len(after) <= 4


def _looks_back(text: str, mention: QuantityMention) -> bool:
    """Whether the clause compares with what was reached: 比上年增长5%的基础上, 去年的80户."""
    before = clause_before(text, mention.span.start)
    return any(word in before for word in ("去年", "上年", "已完成", "已经")) and "比" not in before
