"""What a table's columns are, by their heads: 指标, 单位, 2025年目标（亿元）, 责任单位, 完成时间.

Words are in `lexicon/tables.toml`; they are those of indicator tables in plans (现状值, 目标值, 属性), of progress
tables (任务, 责任人, 完成时间) and of scoring tables (分值).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from docparse.expr.quantities import find_quantity_mentions
from docparse.lexicon import load_toml
from docparse.records import Kind, Span, TableCell

Sense = Literal[
    "unit", "serial", "owner", "when", "nature", "points", "progress", "rate", "result", "baseline", "target", "task",
    "name",
]  # fmt: skip
# A cell that spans more columns or rows than this is a page's layout, not a table's.
MOST_SPAN = 60
# Longer cells head no column.
LONGEST_HEAD = 40
LONGEST_UNIT = 10
BRACKET_UNIT = re.compile(r"[（(\[【]\s*(?:单位[:：])?\s*([^（）()\[\]【】]{1,10}?)\s*[)）\]】]\Z")
SLASH_UNIT = re.compile(r"[一-鿿]{2,20}?[/／]([^/／]{1,5})\Z")
BARE_UNIT = re.compile(r"[一-鿿]([%％‰])\Z")
LASTS = re.compile(r"[（(](?:天|日|日历天|工作日|周|个?月|年|小时|分钟)[)）]")
HEAD_YEAR = re.compile(r"(?:19|20)\d\d")
MINGUO_YEAR = re.compile(r"(?<!\d)1[0-2]\d(?=年)")
# A head that is nothing but a time.
PERIOD = re.compile(
    r"[“\"]?(?:(?:(?:19|20)\d\d年?|(?:民国)?1[0-2]\d年)度?(?:\d{1,2}月|底|末|累计|[（(].{1,8}[）)])?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四1-4]季度?|Q[1-4]|[上下]半年)[”\"]?"
)
LAST = frozenset({"上年", "去年", "上一年", "前年", "上期", "上月", "上季度"})
HEAD_TIME = re.compile(
    r"上年|去年|上一年|前年|上期|上月|上季度|本年|今年|明年|(?:\d{4}年)?\d{1,2}月|第?[一二三四1-4]季度|[上下]半年"
)
# 计划完成 and 预计增长 are wanted; 完成计划% is reached.
WANTED = re.compile(r"计划(?:累计)?完成|预计|预期|拟|应完成|目标|(?:年|月|度|期)预算")
BRACKETED = re.compile(r"[（(\[【][^（）()]{0,12}[)）\]】]")
MARKS = re.compile(r"[\s:：*＊/／、·%％]+")


class Column(NamedTuple):
    """A column by its heads; `lasts` says that its numbers are days or months, which are times and no quantities."""

    sense: Sense | None
    unit: str | None
    title: str
    heads: tuple[Span, ...]
    lasts: bool


@cache
def _senses() -> tuple[tuple[Sense, frozenset[str], tuple[str, ...]], ...]:
    return tuple((s["name"], frozenset(s["whole"]), tuple(s["ends"])) for s in load_toml("tables")["sense"])


def head_sense(title: str) -> Sense | None:
    """What a column is by its head.

    >>> head_sense("2025年目标（亿元）"), head_sense("责任单位"), head_sense("计划完成"), head_sense("备注")
    ('target', 'owner', 'target', None)
    """
    folded = MARKS.sub("", BRACKETED.sub("", title))
    for name, whole, ends in _senses():
        if folded in whole or folded.endswith(ends):
            return "target" if name in ("result", "rate") and WANTED.search(folded) else name
    return None


def unit_of_head(title: str) -> tuple[str, str | None]:
    """A head without its unit, and the unit.

    >>> unit_of_head("粮食产量（万吨）"), unit_of_head("城镇化率%"), unit_of_head("指标")
    (('粮食产量', '万吨'), ('城镇化率', '%'), ('指标', None))
    """
    for pattern in (BRACKET_UNIT, SLASH_UNIT, BARE_UNIT):
        m = pattern.search(title)
        if m and is_unit(m[1]):
            return title[: m.start(0) if pattern is BRACKET_UNIT else m.start(1)].rstrip("/／ "), m[1]
    return title, None


def is_unit(word: str) -> bool:
    """Whether a number with this behind it is a quantity."""
    return len(word) <= LONGEST_UNIT and _makes_quantity(word)


@lru_cache(maxsize=4096)
def _makes_quantity(word: str) -> bool:
    written = f"3{word}"
    found = find_quantity_mentions(written)
    return len(found) == 1 and found[0].span == (0, len(written))


def read_columns(
    placed: Sequence[Sequence[tuple[int, TableCell]]], top: int, kind: Kind, year: int | None
) -> dict[int, Column]:
    """The columns by their `top` rows of heads; a head that spans columns stands over all of them.

    Args:
        placed: every row's cells with their columns.
        kind: what the table's article is; `year` is the one that its title names.
    """
    heads: dict[int, list[TableCell]] = {}
    for line in placed[:top]:
        for column, cell in line:
            for k in range(column, column + min(MOST_SPAN, max(1, cell.col_span))):
                heads.setdefault(k, []).append(cell)
    columns: dict[int, Column] = {}
    widest = max((k for line in placed for k, _ in line), default=0)
    for k in range(widest + 1):
        over = [c for c in heads.get(k, ()) if c.text]
        title, unit = unit_of_head("".join(c.text for c in over)[:LONGEST_HEAD])
        own = head_sense(over[-1].text[:LONGEST_HEAD]) if over else None
        lasts = LASTS.search(title) is not None
        columns[k] = Column(own or head_sense(title), unit, title, tuple(c.span for c in over), lasts)
    return _by_times(columns, kind, year)


def _by_times(columns: dict[int, Column], kind: Kind, year: int | None) -> dict[int, Column]:
    """The columns, those that only a time heads told apart.

    In a summary they were reached, up to the year that it is about; in a plan they are wanted, from the year that it is
    about on, and where that is unknown the first of several years is where it starts. Beside a target column a year is
    where it starts.
    """
    timed = [k for k, c in columns.items() if PERIOD.fullmatch(c.title.strip())]
    known = {c.sense for k, c in columns.items() if k not in timed} & {"target", "result", "baseline"}
    made = dict(columns)
    for place, k in enumerate(timed):
        named = years_named([columns[k].title])
        wanted = kind == "plan"
        if named and year is not None and kind in ("plan", "summary"):
            wanted = named[0] >= year if kind == "plan" else named[0] > year
        elif named and kind == "plan" and place == 0 and len(timed) > 1 and not known:
            wanted = False
        sense: Sense = "target" if wanted else "baseline" if kind == "plan" else "result"
        if named and known == {"target"}:
            sense = "baseline"
        if not named and "result" in known:
            sense = "result"  # 季计划 | 1月 | 2月 | 季累计: the months add up to what was reached
        made[k] = made[k]._replace(sense=sense)
    return _starts(made, kind)


def _starts(columns: dict[int, Column], kind: Kind) -> dict[int, Column]:
    """The columns, those of what was reached before the targets' time made baselines: 上年实际 beside 本年计划."""
    made = dict(columns)
    targets = [c for c in made.values() if c.sense == "target"]
    years = years_named(c.title for c in targets)
    planned = {m[0] for c in targets if (m := HEAD_TIME.match(c.title))}
    for k, column in columns.items():
        if column.sense != "result":
            continue
        reached = years_named([column.title])
        earlier = bool(reached and years) and max(reached) < min(years)
        told = HEAD_TIME.match(column.title)
        before = told is not None and (told[0] in LAST or (kind == "plan" and bool(planned) and told[0] not in planned))
        if earlier or before:
            made[k] = column._replace(sense="baseline")
    return made


def years_named(titles: Iterable[str]) -> list[int]:
    """The years that heads name, in order; 114年 is 2025 by the calendar of the Republic of China."""
    found: list[int] = []
    for title in titles:
        found += [int(y) for y in HEAD_YEAR.findall(title)] or [int(y) + 1911 for y in MINGUO_YEAR.findall(title)]
    return found
