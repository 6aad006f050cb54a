"""What a table's cells are, by the heads of their columns, and what each row is about.

In an indicator table the words that a sentence would say stand apart: the metric at the row's head, the unit in
brackets or in a column of its own, the year and 现状值 or 目标值 over the column. Here they are brought to the cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from docparse.claims.outlook import Outlook, find_outlooks, outlook_at
from docparse.lexicon import load_toml
from docparse.records import Kind, Layout, Row, Span, TableCell

Sense = Literal[
    "unit",
    "serial",
    "owner",
    "when",
    "nature",
    "points",
    "progress",
    "rate",
    "result",
    "baseline",
    "target",
    "task",
    "name",
]
Nature = Literal["binding", "expected"]
# A cell that spans more columns or rows than this is a page's layout, not a table's.
MOST_SPAN = 60
# Longer cells head no column and name no row.
LONGEST_HEAD = 40
LONGEST_NAME = 30
LONGEST_OWNER = 60
# 单位：万元 stands so close above a table.
CAPTION = 40
# A number that fills its cell: bare, or with a unit that is no time's.
BARE = re.compile(
    r"(?:约|近|超过?|不低于|不少于|不超过|[≥≤<>＜＞≧≦])?\s?[-+±]?(?:\d{1,3}(?:[,，]\d{3}){1,4}|\d{1,13})(?:[.．]\d{1,6})?"
    r"(?:\s?[-—~～–至]{1,2}\s?\d{1,9}(?:[.．]\d{1,6})?)?(?:以[上内下]|左右)?"
)
WITH_UNIT = re.compile(
    BARE.pattern + r"\s?(?:[%％‰‱℃㎡]|[万亿千百]{0,2}[^\d\s年月日号点时周分秒天]{0,5}|分)(?:以[上内下]|左右)?"
)
ENCLOSED = re.compile(r"[\[【（(]\s*(.{1,20}?)\s*[\]】）)]\Z")
BRACKET_UNIT = re.compile(r"[（(\[【]\s*(?:单位[:：])?\s*([^（）()\[\]【】]{1,10}?)\s*[)）\]】]\Z")
SLASH_UNIT = re.compile(r"[一-鿿]{2,20}?[/／]([^/／]{1,5})\Z")
BARE_UNIT = re.compile(r"[一-鿿]([%％‰])\Z")
LASTS = re.compile(r"[（(](?:天|日|日历天|工作日|周|个?月|年|小时|分钟)[)）]")
NO_FIGURES = frozenset({"serial", "name", "unit"})
CAPTION_UNIT = re.compile(r"(?:计量)?单位\s?[:：]\s?([^\s，,。；;、）)]{1,8})")
HEAD_YEAR = re.compile(r"(?:19|20)\d\d")
PERIOD = re.compile(
    r"[“\"]?(?:(?:(?:19|20)\d\d年?|(?:民国)?1[0-2]\d年)度?(?:底|末|累计|[（(].{1,8}[）)])?|\d{1,2}月份?|第?[一二三四]季度?|[上下]半年)[”\"]?"
)
MINGUO = re.compile(r"1[0-2]\d年")
LAST = frozenset({"上年", "去年", "上一年", "前年", "上期", "上月", "上季度"})
HEAD_TIME = re.compile(
    r"上年|去年|上一年|前年|上期|上月|上季度|本年|今年|明年|(?:\d{4}年)?\d{1,2}月|第?[一二三四1-4]季度|[上下]半年"
)
# Cumulative values of a plan's years stand in brackets: [50].
MARKS = re.compile(r"[\s:：*＊/／、·]+")


class CellSense(NamedTuple):
    """A cell in the light of its table.

    `sense` is its column's; `figure` is its number where it holds nothing else; `metric` and `unit` are what the
    number measures and is counted in, as far as row and column say; `heads` are the cells over it.
    """

    span: Span
    table: int
    row: int
    sense: Sense | None
    figure: Span | None
    metric: str | None
    unit: str | None
    heads: tuple[Span, ...]


class RowSense(NamedTuple):
    """A row below a table's head, or in it: the senses of its figures, who answers for it, whether its progress says
    that it is done, its nature."""

    span: Span
    head: bool
    figures: frozenset[Sense | None]
    task: bool
    owner: str | None
    when: Span | None
    finished: bool
    nature: Nature | None


class TableSenses(NamedTuple):
    """All cells and rows of a document's tables, in order."""

    cells: tuple[CellSense, ...] = ()
    rows: tuple[RowSense, ...] = ()

    def cell(self, span: Span) -> CellSense | None:
        """The cell that holds all of `span`."""
        at = bisect_right(self.cells, span.start, key=lambda c: c.span.start) - 1
        return self.cells[at] if at >= 0 and span.end <= self.cells[at].span.end else None

    def row(self, span: Span) -> RowSense | None:
        """The row that `span` stands in."""
        at = bisect_right(self.rows, span.start, key=lambda r: r.span.start) - 1
        return self.rows[at] if at >= 0 and span.start < self.rows[at].span.end else None


class _Column(NamedTuple):
    """A column by its heads; `lasts` says that its numbers are days or months, which are times and no quantities."""

    sense: Sense | None
    unit: str | None
    title: str
    heads: tuple[Span, ...]
    lasts: bool


@cache
def _senses() -> tuple[tuple[Sense, frozenset[str], tuple[str, ...]], ...]:
    return tuple((s["name"], frozenset(s["whole"]), tuple(s["ends"])) for s in load_toml("tables")["sense"])


def read_table_cells(text: str, layout: Layout) -> TableSenses:
    """The senses of all cells of the layout's tables. A table without a head of columns is left alone."""
    cells: list[CellSense] = []
    rows: list[RowSense] = []
    outlooks = find_outlooks(layout) if layout.tables else []
    for number, table in enumerate(layout.tables):
        if not table:
            continue
        found = _read_table(text, number, table, _kind_of(layout, outlooks, table[0].span.start))
        cells += found.cells
        rows += found.rows
    return TableSenses(tuple(sorted(cells)), tuple(sorted(rows, key=lambda r: r.span)))


def _kind_of(layout: Layout, outlooks: Sequence[Outlook | None], at: int) -> Kind:
    """The kind of the article around a table; under next year's heading a summary is a plan."""
    index = bisect_right(layout.units, at, key=lambda u: u.span.start) - 1
    unit = layout.units[index] if index >= 0 else None
    if unit is None or unit.article is None:
        return "other"
    outlook = outlook_at(outlooks, unit.section)
    kind = layout.articles[unit.article].kind
    if outlook is None or kind not in ("plan", "summary"):
        return kind
    return "plan" if outlook == "ahead" else "summary"


def head_sense(title: str) -> Sense | None:
    """What a column is by its head.

    >>> head_sense("2025年目标（亿元）"), head_sense("责任单位"), head_sense("完成时间"), head_sense("备注")
    ('target', 'owner', 'when', None)
    """
    folded = MARKS.sub("", re.sub(r"[（(\[【][^（）()]{0,12}[)）\]】]", "", title))
    for name, whole, ends in _senses():
        if folded in whole or folded.endswith(ends):
            return name
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


@cache
def is_unit(word: str) -> bool:
    """Whether a number with this behind it is a quantity."""
    from docparse.expr.quantities import find_quantity_mentions

    written = f"3{word}"
    found = find_quantity_mentions(written)
    return len(found) == 1 and found[0].span == (0, len(written))


def _read_table(text: str, number: int, table: Sequence[Row], kind: Kind) -> TableSenses:
    top = _head_rows(table)
    if not top or len(table) <= top:
        return TableSenses()
    placed = _place(table)
    columns = _columns(placed, top)
    columns = _by_years(columns, kind)
    shared = _caption_unit(text, table[0].span.start)
    cells: list[CellSense] = []
    rows: list[RowSense] = []
    for n, row in enumerate(table):
        if n < top:
            rows.append(RowSense(row.span, True, frozenset(), False, None, None, False, None))
            cells += [
                CellSense(c.span, number, n, columns[k].sense, None, None, None, ()) for k, c in placed[n] if c.text
            ]
            continue
        read = _read_row(number, n, [(k, c) for k, c in placed[n] if c.text], columns, shared)
        cells += read
        rows.append(_row_sense(row, read, columns, placed[n]))
    return TableSenses(tuple(cells), tuple(rows))


def _head_rows(table: Sequence[Row]) -> int:
    """How many rows at the top are heads all through."""
    top = 0
    while top < min(3, len(table)) and all(c.header for c in table[top].cells):
        top += 1
    return top


def _place(table: Sequence[Row]) -> list[list[tuple[int, TableCell]]]:
    """Every row's cells with their columns; a cell that spans rows takes its column in the rows below as well."""
    taken: dict[int, int] = {}  # column -> rows that it is still taken for
    placed: list[list[tuple[int, TableCell]]] = []
    for row in table:
        line: list[tuple[int, TableCell]] = []
        column = 0
        below: dict[int, int] = {}
        for cell in row.cells:
            while taken.get(column, 0) > 0:
                column += 1
            line.append((column, cell))
            for _ in range(min(MOST_SPAN, max(1, cell.col_span))):
                if cell.row_span > 1:
                    below[column] = min(MOST_SPAN, cell.row_span) - 1
                column += 1
        taken = {k: n - 1 for k, n in taken.items() if n > 1} | below
        placed.append(line)
    return placed


def _columns(placed: Sequence[Sequence[tuple[int, TableCell]]], top: int) -> dict[int, _Column]:
    """The columns by their heads; a head that spans columns stands over all of them."""
    heads: dict[int, list[TableCell]] = {}
    for line in placed[:top]:
        for column, cell in line:
            for k in range(column, column + min(MOST_SPAN, max(1, cell.col_span))):
                heads.setdefault(k, []).append(cell)
    columns: dict[int, _Column] = {}
    widest = max((k for line in placed for k, _ in line), default=0)
    for k in range(widest + 1):
        over = [c for c in heads.get(k, ()) if c.text]
        title, unit = unit_of_head("".join(c.text for c in over)[:LONGEST_HEAD])
        own = head_sense(over[-1].text) if over else None
        lasts = LASTS.search(title) is not None
        columns[k] = _Column(own or head_sense(title), unit, title, tuple(c.span for c in over), lasts)
    return columns


def _by_years(columns: dict[int, _Column], kind: Kind) -> dict[int, _Column]:
    """The columns, those that only a time heads told apart: in a summary all were reached; in a plan months and
    quarters are wanted, and of years the first is where it starts. Beside a target column a year is where it starts."""
    timed = [k for k, c in columns.items() if PERIOD.fullmatch(c.title.strip())]
    known = {c.sense for k, c in columns.items() if k not in timed} & {"target", "result", "baseline"}
    made = dict(columns)
    for place, k in enumerate(timed):
        within = HEAD_YEAR.search(columns[k].title) is None and MINGUO.search(columns[k].title) is None
        sense: Sense = "result" if kind != "plan" else "target"
        starts = kind == "plan" and place == 0 and len(timed) > 1 and not known
        if not within and (known == {"target"} or starts):
            sense = "baseline"
        made[k] = made[k]._replace(sense=sense)
    targets = _years(c.title for c in made.values() if c.sense == "target")
    for k, column in made.items():
        if column.sense == "result" and targets and (own := _years([column.title])) and max(own) < min(targets):
            made[k] = column._replace(sense="baseline")
    planned = {m[0] for c in made.values() if c.sense == "target" and (m := HEAD_TIME.match(c.title))}
    for k, column in made.items():  # 上年实际 beside 本年计划, 5月完成 beside 6月计划
        told = HEAD_TIME.match(column.title) if column.sense == "result" else None
        if told is not None and (told[0] in LAST or (kind == "plan" and planned and told[0] not in planned)):
            made[k] = column._replace(sense="baseline")
    return made


def _years(titles: object) -> list[int]:
    return [int(y) for title in titles for y in HEAD_YEAR.findall(title)]  # type: ignore[attr-defined]


def _caption_unit(text: str, start: int) -> str | None:
    """The unit that stands right above a table for all of its figures."""
    found = CAPTION_UNIT.findall(text[max(0, start - CAPTION) : start])
    return found[-1] if found and is_unit(found[-1]) else None


def _read_row(
    number: int, n: int, cells: Sequence[tuple[int, TableCell]], columns: dict[int, _Column], shared: str | None
) -> list[CellSense]:
    """The cells of a row below the head, in order of column."""
    named = _row_name(cells, columns)
    name, unit = unit_of_head(named.text) if named is not None else (None, None)
    own = next((c.text for k, c in cells if columns[k].sense == "unit" and is_unit(c.text)), None)
    made: list[CellSense] = []
    for k, cell in cells:
        column = columns[k]
        figure = _bare_figure(cell) if column.sense not in NO_FIGURES and not column.lasts else None
        counted = column.unit or own or unit or shared
        if column.sense == "rate":  # 年均增长 of 218亿元 is a percentage or nothing that is known
            counted = column.unit
        elif column.sense == "points":
            counted = column.unit or "分"
        metric = name
        if named is None or named is cell:
            metric = column.title or None
        made.append(CellSense(cell.span, number, n, column.sense, figure, metric, counted, column.heads))
    return made


def _bare_figure(cell: TableCell) -> Span | None:
    """The place of a number without a unit that is all its cell holds; cumulative values stand in brackets."""
    inner = _inside(cell.text)
    if BARE.fullmatch(inner) is None:
        return None
    start = cell.span.start + cell.text.index(inner)
    return Span(start, start + len(inner))


def _inside(written: str) -> str:
    """A figure without brackets around it."""
    m = ENCLOSED.match(written)
    return m[1] if m else written


def _row_name(cells: Sequence[tuple[int, TableCell]], columns: dict[int, _Column]) -> TableCell | None:
    """The cell that says what the row is about: the last one under 指标 or 项目, else the first of words."""
    words = [
        (k, c)
        for k, c in cells
        if len(c.text) <= LONGEST_NAME and not WITH_UNIT.fullmatch(_inside(c.text)) and not c.text.isdigit()
    ]
    named = [c for k, c in words if columns[k].sense == "name"]
    if named:
        return named[-1]
    return next((c for k, c in words if c.header or columns[k].sense in (None, "task")), None)


def _row_sense(
    row: Row, cells: Sequence[CellSense], columns: dict[int, _Column], placed: Sequence[tuple[int, TableCell]]
) -> RowSense:
    figures = {
        cell.sense
        for cell, (_, c) in zip(cells, ((k, c) for k, c in placed if c.text), strict=True)
        if cell.figure or WITH_UNIT.fullmatch(_inside(c.text))
    }
    by_sense = {columns[k].sense: c for k, c in reversed(placed) if c.text}
    owner, when, nature = by_sense.get("owner"), by_sense.get("when"), by_sense.get("nature")
    progress = by_sense.get("progress")
    words = load_toml("tables")["nature"]
    return RowSense(
        span=row.span,
        head=False,
        figures=frozenset(figures),
        task="task" in by_sense,
        owner=owner.text if owner is not None and 2 <= len(owner.text) <= LONGEST_OWNER else None,
        when=when.span if when is not None else None,
        finished=progress is not None and progress.text.startswith(tuple(load_toml("tables")["finished"]["words"])),
        nature=next((key for key in ("binding", "expected") if nature is not None and nature.text in words[key]), None),
    )


def fills(text: str, span: Span, cell: Span) -> bool:
    """Whether a mention is all that its cell says, brackets and marks apart."""
    rest = text[cell.start : span.start] + text[span.end : cell.end]
    return not any(c.isalnum() for c in rest)
