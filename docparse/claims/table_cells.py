"""What a table's cells are in the light of their columns, and what each row is about.

In an indicator table the words that a sentence would say stand apart: the metric at the row's head, the unit in
brackets or in a column of its own, the year and 现状值 or 目标值 over the column. Here they are brought to the cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from docparse.claims.outlook import Outlook, find_outlooks, outlook_at
from docparse.claims.table_heads import HEAD_YEAR, MOST_SPAN, Column, Sense, is_unit, read_columns, unit_of_head
from docparse.lexicon import load_toml
from docparse.records import Kind, Layout, Row, Span, TableCell

Nature = Literal["binding", "expected"]
Placed = Sequence[tuple[int, TableCell]]
LONGEST_NAME = 30
LONGEST_OWNER = 60
# 单位：万元 stands so close above a table.
CAPTION = 40
# 分月分解如下（万元）：
LEAD_UNIT = re.compile(r"[（(]([^\s，,。；;、（）()]{1,6})[）)][：:]\s{0,3}\Z")
CAPTION_UNIT = re.compile(r"(?:计量)?单位\s?[:：]\s?([^\s，,。；;、）)]{1,8})")
# A rate is not counted in the unit that a table's caption gives to its amounts.
RATES = ("率", "比重", "占比", "比例", "增速", "增幅", "指数", "系数")
# A number that fills its cell: bare, or with a unit that is no time's.
BARE = re.compile(
    r"(?:约|近|超过?|不低于|不少于|不超过|[≥≤<>＜＞≧≦])?\s?[-+±]?(?:\d{1,3}(?:[,，]\d{3}){1,4}|\d{1,13})(?:[.．]\d{1,6})?"
    r"(?:\s?[-—~～–至]{1,2}\s?\d{1,9}(?:[.．]\d{1,6})?)?(?:以[上内下]|左右)?"
)
WITH_UNIT = re.compile(
    BARE.pattern + r"\s?(?:[%％‰‱℃㎡]|[万亿千百]{0,2}[^\d\s年月日号点时周分秒天]{0,5}|分)(?:以[上内下]|左右)?"
)
# Cumulative values of a plan's years stand in brackets: [50].
ENCLOSED = re.compile(r"[\[【（(]\s*(.{1,20}?)\s*[\]】）)]\Z")
# Bare numbers under these heads are figures; under another head only where a unit is known: a phone number is none.
FIGURES = frozenset({"points", "progress", "rate", "result", "baseline", "target"})
NO_FIGURES = frozenset({"serial", "name", "unit", "when", "owner", "nature"})
UNDONE = re.compile(r"(?<!\d)\d{1,2}(?:\.\d)?\s?[%％]")


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
    figures: frozenset[Sense | None] = frozenset()
    task: bool = False
    owner: str | None = None
    when: Span | None = None
    finished: bool = False
    nature: Nature | None = None


class TableSenses(NamedTuple):
    """All cells and rows of a document's tables, in order."""

    cells: tuple[CellSense, ...] = ()
    rows: tuple[RowSense, ...] = ()

    def cell(self, span: Span) -> CellSense | None:
        """The cell that holds all of `span`."""
        if not self.cells:
            return None
        at = bisect_right(self.cells, span.start, key=lambda c: c.span.start) - 1
        return self.cells[at] if at >= 0 and span.end <= self.cells[at].span.end else None

    def row(self, span: Span) -> RowSense | None:
        """The row that `span` stands in."""
        if not self.rows:
            return None
        at = bisect_right(self.rows, span.start, key=lambda r: r.span.start) - 1
        return self.rows[at] if at >= 0 and span.start < self.rows[at].span.end else None


def read_table_cells(text: str, layout: Layout) -> TableSenses:
    """The senses of all cells of the layout's tables. A table without a head of columns is left alone."""
    cells: list[CellSense] = []
    rows: list[RowSense] = []
    outlooks = find_outlooks(layout) if layout.tables else []
    for number, table in enumerate(layout.tables):
        if not table:
            continue
        kind, year = _about(layout, outlooks, table[0].span.start)
        found = _read_table(text, number, table, kind, year)
        cells += found.cells
        rows += found.rows
    return TableSenses(tuple(sorted(cells, key=lambda c: c.span)), tuple(sorted(rows, key=lambda r: r.span)))


def _about(layout: Layout, outlooks: Sequence[Outlook | None], at: int) -> tuple[Kind, int | None]:
    """The kind of the article around a table, and the one year that its title names; under next year's heading a
    summary is a plan."""
    index = bisect_right(layout.units, at, key=lambda u: u.span.start) - 1
    unit = layout.units[index] if index >= 0 else None
    if unit is None or unit.article is None:
        return "other", None
    outlook = outlook_at(outlooks, unit.section)
    kind = layout.articles[unit.article].kind
    named = set(HEAD_YEAR.findall(layout.articles[unit.article].title or ""))
    year = int(named.pop()) if len(named) == 1 else None
    if kind == "summary" and outlook == "ahead":
        return "plan", None
    return "summary" if kind == "plan" and outlook == "behind" else kind, year


def _read_table(text: str, number: int, table: Sequence[Row], kind: Kind, year: int | None) -> TableSenses:
    top = _head_rows(table)
    if not top or len(table) <= top:
        return TableSenses()
    placed, carried = _place(table)
    columns = read_columns(placed, top, kind, year)
    shared = _caption_unit(text, table[0].span.start)
    cells: list[CellSense] = []
    rows: list[RowSense] = []
    for n, row in enumerate(table):
        own = [(k, c) for k, c in placed[n] if c.text]
        if n < top:
            rows.append(RowSense(row.span, head=True))
            cells += [CellSense(c.span, number, n, columns[k].sense, None, None, None, ()) for k, c in own]
            continue
        known = sorted([*own, *carried[n]], key=lambda pair: pair[0])
        read = _read_row(number, n, own, known, columns, shared)
        cells += read
        rows.append(_row_sense(row, read, own, known, columns))
    return TableSenses(tuple(cells), tuple(rows))


def _head_rows(table: Sequence[Row]) -> int:
    """How many rows at the top are heads all through."""
    top = 0
    while top < min(3, len(table)) and all(c.header for c in table[top].cells):
        top += 1
    return top


def _place(table: Sequence[Row]) -> tuple[list[Placed], list[Placed]]:
    """Every row's own cells with their columns, and those that a cell from above lends it."""
    above: dict[int, tuple[int, TableCell]] = {}  # column -> rows that the cell still covers, and the cell
    placed: list[Placed] = []
    carried: list[Placed] = []
    for row in table:
        line: list[tuple[int, TableCell]] = []
        lent = {cell.span: (k, cell) for k, (_, cell) in reversed(above.items()) if cell.text}
        column = 0
        below: dict[int, tuple[int, TableCell]] = {}
        for cell in row.cells:
            while column in above:
                column += 1
            line.append((column, cell))
            for _ in range(min(MOST_SPAN, max(1, cell.col_span))):
                if cell.row_span > 1:
                    below[column] = (min(MOST_SPAN, cell.row_span) - 1, cell)
                column += 1
        above = {k: (n - 1, cell) for k, (n, cell) in above.items() if n > 1} | below
        placed.append(line)
        carried.append(list(lent.values()))
    return placed, carried


def _caption_unit(text: str, start: int) -> str | None:
    """The unit that stands right above a table for all of its figures."""
    above = text[max(0, start - CAPTION) : start]
    found = CAPTION_UNIT.findall(above) or LEAD_UNIT.findall(above)
    return found[-1] if found and is_unit(found[-1]) else None


def _read_row(
    number: int, n: int, own: Placed, known: Placed, columns: Mapping[int, Column], shared: str | None
) -> list[CellSense]:
    """The row's own cells; `known` has those from above as well."""
    named = _row_name(known, columns)
    name, unit = unit_of_head(named.text) if named is not None else (None, None)
    stated = next((c.text for k, c in known if columns[k].sense == "unit" and is_unit(c.text)), None)
    captioned = shared if name is None or not name.endswith(RATES) else None
    made: list[CellSense] = []
    for k, cell in own:
        column = columns[k]
        counted = column.unit or stated or unit or captioned
        if column.sense in ("rate", "progress"):  # 年均增长 of 218亿元 is a percentage or nothing that is known
            counted = column.unit
        elif column.sense == "points":
            counted = column.unit or "分"
        counts = column.sense in FIGURES or (column.sense not in NO_FIGURES and counted is not None)
        figure = _bare_figure(cell) if counts and not column.lasts else None
        metric = name if named is not None and named is not cell else column.title or None
        made.append(CellSense(cell.span, number, n, column.sense, figure, metric, counted, column.heads))
    return made


def _bare_figure(cell: TableCell) -> Span | None:
    """The place of a number without a unit that is all its cell holds."""
    inner = _inside(cell.text)
    if BARE.fullmatch(inner) is None:
        return None
    start = cell.span.start + cell.text.index(inner)
    return Span(start, start + len(inner))


def _inside(written: str) -> str:
    """A figure without brackets around it."""
    m = ENCLOSED.match(written)
    return m[1] if m else written


def _row_name(known: Placed, columns: Mapping[int, Column]) -> TableCell | None:
    """The cell that says what the row is about: the last one under 指标 or 项目, else the first of words."""
    words = [
        (k, c)
        for k, c in known
        if len(c.text) <= LONGEST_NAME and not WITH_UNIT.fullmatch(_inside(c.text)) and not c.text.isdigit()
    ]
    named = [c for k, c in words if columns[k].sense == "name"]
    if named:
        return named[-1]
    return next((c for k, c in words if c.header or columns[k].sense in (None, "task")), None)


def _row_sense(
    row: Row, read: Sequence[CellSense], own: Placed, known: Placed, columns: Mapping[int, Column]
) -> RowSense:
    figures = {
        cell.sense
        for cell, (_, c) in zip(read, own, strict=True)
        if cell.figure or WITH_UNIT.fullmatch(_inside(c.text))
    }
    by_sense = {columns[k].sense: c for k, c in reversed(known)}
    owner, when, nature = by_sense.get("owner"), by_sense.get("when"), by_sense.get("nature")
    words = load_toml("tables")["nature"]
    natures: tuple[Nature, ...] = ("binding", "expected")
    return RowSense(
        span=row.span,
        head=False,
        figures=frozenset(figures),
        task="task" in by_sense,
        owner=owner.text if owner is not None and 2 <= len(owner.text) <= LONGEST_OWNER else None,
        when=when.span if when is not None else None,
        finished=_is_finished(by_sense.get("progress")),
        nature=next((n for n in natures if nature is not None and nature.text.startswith(tuple(words[n]))), None),
    )


def _is_finished(progress: TableCell | None) -> bool:
    """Whether a progress cell says that the work is over: 已完成, 100%, not 完成30%."""
    if progress is None or UNDONE.search(progress.text):
        return False
    return progress.text.startswith(tuple(load_toml("tables")["finished"]["words"]))


def fills(text: str, span: Span, cell: Span) -> bool:
    """Whether a mention is all that its cell says, brackets and marks apart."""
    rest = text[cell.start : span.start] + text[span.end : cell.end]
    return not any(c.isalnum() for c in rest)
