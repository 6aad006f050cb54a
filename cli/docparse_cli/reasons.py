"""The words of `docparse explain`: what rules and refusals are called, in English and Chinese.

A rule that is not here is shown under its own id.
"""

from __future__ import annotations

from docparse_cli.messages import Language
from docparse_cli.words import Pair

MESSAGES: dict[str, Pair] = {
    "text": ("Text {start}–{end} of {length:,}", "正文第 {start}–{end} 字（全文 {length:,} 字）"),
    "raw": ("as read from the file", "文件里的原样"),
    "repairs": ("Repaired", "修复"),
    "repair-why": ("{evidence}; sure: {certainty:.0%}", "{evidence}；把握 {certainty:.0%}"),
    "proved": ("{evidence}; proved by doing the damage again", "{evidence}；重演损坏得到验证"),
    "where": ("Where it stands", "所在位置"),
    "level": ("level {level}", "第 {level} 级"),
    "aside": ("{text} ({about})", "{text}（{about}）"),
    "statements": ("Statements", "语句"),
    "sure": ("sure: {share:.0%}", "把握 {share:.0%}"),
    "furniture": ("page furniture: {reason}", "页面杂项：{reason}"),
    "features": ("what spoke for it: {features}", "依据：{features}"),
    "by-table": ("what spoke for it: the heads of its table", "依据：表头"),
    "by-rule": ("what spoke for it: {rule}", "依据：{rule}"),
    "neighbours": ("what spoke for it: the statements around it", "依据：前后语句"),
    "readings": ("Times and quantities", "时间与数量"),
    "no-readings": ("No rule reads a time or a quantity here.", "这里没有规则读出时间或数量。"),
    "words": ("Words", "文字"),
    "reading": ("Read as", "读作"),
    "rule": ("Rule", "规则"),
    "outcome": ("Outcome", "结果"),
    "resolved": ("→ {value}", "→ {value}"),
    "taken": ("taken", "采用"),
    "taken-as": ("taken: {role}", "采用：{role}"),
    "lost": ("lost to {words}", "让位于“{words}”"),
    "border": ("left: crosses a border", "舍去：跨越语句边界"),
    "shorter": ("lost: shorter", "落选：较短"),
    "listed-later": ("lost: listed later", "落选：同长，规则在后"),
    "inside": ("lost: begins later", "落选：起点在后"),
    "no-quantity": ("refused: {reasons}", "不取：{reasons}"),
    "no-reason": ("by the rules", "规则不收"),
    "sources": ("Sources of the rules", "规则出处"),
    "claims": ("What follows", "得到的结论"),
    "links": ("targets {targets}, deadlines {deadlines}", "指标 {targets}，期限 {deadlines}"),
    "owner": ("owner {owner}", "责任人 {owner}"),
    "nobody": ("no owner named", "未写责任人"),
    "none": ("none", "无"),
    "from-to": ("{start} to {end}", "{start} 至 {end}"),
    "open": ("open", "不限"),
    "else": ("or else: {labels}", "也可能是：{labels}"),
    "role-words": ("role by the statement and the words around", "角色据语句和上下文"),
    "role-table": ("role by the column's head", "角色据表头"),
    "metric-words": ("metric by the words", "指标名据文字"),
    "metric-table": ("metric by the row", "指标名据所在行"),
    "from-baseline": ("from {words}", "基数 {words}"),
    "due": ("due {words}, found {place}", "期限 {words}，{place}"),
    "answers": ("answers {target}", "对应指标 {target}"),
}

# What may overrule a statement's words.
LABEL_RULES: dict[str, Pair] = {
    "foretold": ("told as still to come", "写明尚待实现"),
    "changed": ("a change that is told as reached", "写明由何变为何"),
    "called": ("called an aim", "称为“目标”"),
    "planned": ("a plan's line with a bare verb and a number", "计划条目：动词加数量"),
    "done": ("told as done by now", "写明已经完成"),
    "described": ("an owner or a day stands below it", "下方写有责任人或时限"),
    "budget": ("a line of a plan's budget", "计划的预算条目"),
}

# Where a due time was found.
PLACES: dict[str, Pair] = {
    "clause": ("in its clause", "见于本分句"),
    "sentence": ("in its sentence", "见于本句"),
    "list": ("at the head of its list", "见于列表开头"),
    "heading": ("in a heading above", "见于上级标题"),
    "title": ("in the title", "见于篇名"),
    "opening": ("in the opening lines", "见于开头部分"),
    "column": ("over its column", "见于表头"),
    "row": ("in its row", "见于本行"),
}

REASONS: dict[str, Pair] = {
    "none.name": ("part of a name or an idiom", "属于名称或成语"),
    "none.unit": ("no unit follows", "后面没有单位"),
    "not.ordinal": ("an ordinal", "序数"),
    "not.bare-magnitude": ("no digit is written", "没有写出数字"),
    "not.quoted": ("a term in quotation marks", "引号中的提法"),
    "not.place-or-grade": ("a grade, a phase or a place", "等级、期次或地名"),
    "not.rank": ("a rank among others", "名次"),
    "not.corner": ("corners, not coins", "几何的角，不是货币"),
    "not.base-pairs": ("base pairs, not basis points", "碱基对，不是基点"),
    "not.school-class": ("the name of a school class", "班级名称"),
    "not.congress": ("a party congress", "党代会届次"),
    "not.clock": ("a time of day", "钟点"),
    "not.code": ("a code, a version or a ratio", "编号、版本或比例"),
    "not.section-number": ("a section's number", "章节编号"),
    "not.session": ("the number of a session", "会议届次"),
    "not.page-counter": ("a page counter", "页码"),
    "not.one-of": ("points, does not count", "指代，不是计数"),
}

RULES: dict[str, Pair] = {
    "time.date": ("date", "日期"),
    "time.clock": ("clock time", "钟点"),
    "time.relative": ("relative time", "相对时间"),
    "time.mask": ("masked year", "隐去的年份"),
    "time.interval": ("interval", "时间区间"),
    "time.set": ("recurring time", "周期时间"),
    "time.reference": ("now, past, future", "现在、过去、将来"),
    "time.list": ("list of times", "时间并列"),
    "time.duration": ("duration", "时长"),
    "quantity.percent": ("percentage", "百分数"),
    "quantity.tolerance": ("a value and how far it may be off", "允许的偏差"),
    "quantity.percent-point": ("percentage points", "百分点"),
    "quantity.multiple": ("multiple", "倍数"),
    "quantity.money": ("money", "金额"),
    "quantity.money-bare": ("money without 元", "未写“元”的金额"),
    "quantity.count": ("count", "计数"),
    "quantity.count-bare": ("count without a unit", "未写量词的计数"),
    "quantity.score": ("score", "分数"),
    "quantity.temperature": ("temperature", "温度"),
    "quantity.measure": ("measure", "度量"),
    "quantity.range": ("range", "数值范围"),
    "quantity.floor-ceiling": ("floor and ceiling", "以上至以下"),
    "quantity.from-to": ("from–to", "由…到…"),
    "quantity.list": ("list with one unit", "共用单位的并列"),
    "quantity.doubling": ("doubling", "翻番"),
    "quantity.digitless": ("magnitude without a digit", "只写万、亿"),
    "quantity.half-of": ("half", "一半"),
    "quantity.zero": ("zero", "零"),
    "quantity.ratio": ("ratio or index", "比值或指数"),
    "quantity.masked": ("masked number", "隐去的数字"),
}

ROLES: dict[str, Pair] = {
    "deadline": ("deadline", "期限"),
    "schedule": ("schedule", "安排"),
    "recurrence": ("recurrence", "周期"),
    "context": ("context", "背景"),
    "target": ("target", "指标"),
    "result": ("result", "成果"),
    "baseline": ("baseline", "基数"),
    "rule": ("standing rule", "规定"),
}

SECTIONS: dict[str, Pair] = {
    "goals": ("goals", "目标"),
    "tasks": ("tasks", "任务"),
    "analysis": ("analysis", "分析"),
    "schedule": ("schedule", "进度"),
    "budget": ("budget", "预算"),
    "review": ("review", "回顾"),
    "problems": ("problems", "问题"),
    "rules": ("rules", "制度"),
    "organization": ("organization", "组织"),
    "other": ("other", "其他"),
}

# The words of a reading, one by one: `money about 50 CNY`.
TERMS: dict[str, Pair] = {
    "binding": ("binding", "约束性"),
    "expected": ("expected", "预期性"),
    "DATE": ("date", "日期"),
    "TIME": ("time", "时刻"),
    "DURATION": ("duration", "时长"),
    "SET": ("recurring", "周期"),
    "about": ("about", "约"),
    "masked": ("masked", "隐去"),
    "money": ("money", "金额"),
    "percent": ("percent", "百分数"),
    "percent_point": ("percentage points", "百分点"),
    "multiple": ("multiple", "倍数"),
    "count": ("count", "计数"),
    "mass": ("mass", "质量"),
    "length": ("length", "长度"),
    "area": ("area", "面积"),
    "volume": ("volume", "体积"),
    "energy": ("energy", "能量"),
    "power": ("power", "功率"),
    "temperature": ("temperature", "温度"),
    "data": ("data", "数据量"),
    "score": ("score", "分数"),
    "other": ("other", "其他"),
}


def tell(language: Language, key: str, **values: object) -> str:
    """The message `key`, filled with `values`."""
    return MESSAGES[key][language == "zh"].format(**values)


def called(language: Language, names: dict[str, Pair], key: str) -> str:
    """The everyday word for a rule, a reason or a role; the key itself where there is none."""
    pair = names.get(key)
    return pair[language == "zh"] if pair else key
