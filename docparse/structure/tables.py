"""Table rows from the cells that a reader found, their heads, and tables that go on behind a page's end."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from docparse.lexicon import load_toml
from docparse.records import Block, Row, Span, TableCell
from docparse.structure.lines import trim

# So many places a cell that holds text: a table emptier than this is hostile, and its empty cells are left out.
_MOST_PLACES = 16
_FEW_PLACES = 256


class _Placed(NamedTuple):
    """A row of the reader's grid: its number, and the column of each cell."""

    row: Row
    number: int
    columns: tuple[int, ...]


def read_tables(text: str, blocks: Sequence[Block]) -> tuple[tuple[Row, ...], ...]:
    """Return the tables of `text` as rows of cells, in order of place; rows never overlap.

    A row spans from its first visible character to its last, so white space between cells belongs to it. A row whose
    cells stand out of order or inside another row is left to be read as lines. Readers report cells that hold text;
    an empty one between, before or behind them is put in with an empty span, so that the n-th cell of a row stands
    under the n-th of the head. `raw_span` repeats `span`: only the pipeline knows the way back.
    """
    rows: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        if block.cell is not None:
            rows.setdefault((block.cell.table, block.cell.row), []).append(block)
    tables: dict[int, list[_Placed]] = {}
    end = 0
    for key in sorted(rows, key=lambda key: (min(block.start for block in rows[key]), key)):
        placed = _read_row(text, rows[key])
        if placed is None or placed.row.span.start < end:
            continue
        end = placed.row.span.end
        tables.setdefault(key[0], []).append(placed)
    ordered = sorted(tables.values(), key=lambda table: table[0].row.span)
    return tuple(_with_empty_cells(table) for table in ordered)


def _read_row(text: str, blocks: list[Block]) -> _Placed | None:
    cells: list[TableCell] = []
    columns: list[int] = []
    first, last, number = len(text), 0, 0
    for block in sorted(blocks, key=lambda block: (block.start, block.end)):
        start, end = trim(text, max(0, min(block.start, len(text))), max(0, min(block.end, len(text))))
        cell = block.cell
        if cell is None or start < last:
            continue
        span = Span(start, end)
        cells.append(
            TableCell(
                text=text[start:end],
                span=span,
                raw_span=span,
                header=cell.header,
                row_span=cell.row_span,
                col_span=cell.column_span,
            )
        )
        columns.append(cell.column)
        number = cell.row
        if start < end:
            first, last = min(first, start), end
    row = Row(span=_with_borders(text, first, last), cells=tuple(cells)) if first < last else None
    return _Placed(row, number, tuple(columns)) if row is not None else None


def _with_empty_cells(table: Sequence[_Placed]) -> tuple[Row, ...]:
    """The rows, with an empty cell wherever neither a cell of the row nor one that reaches down from above stands."""
    width = 1 + max(k for placed in table for k in placed.columns)  # where no cell begins there is no column
    if width * len(table) > _FEW_PLACES + _MOST_PLACES * sum(len(placed.columns) for placed in table):
        return tuple(placed.row for placed in table)
    free: dict[int, int] = {}  # column -> the first row that no cell from above reaches
    rows: list[Row] = []
    for row, number, columns in table:
        taken = {k for k, first in free.items() if first > number}
        for k, cell in zip(columns, row.cells, strict=True):
            own = range(k, k + cell.col_span)
            taken.update(own)
            if cell.row_span > 1:
                free.update(dict.fromkeys(own, number + cell.row_span))
        rows.append(row if list(columns) != sorted(set(columns)) else _filled(row, columns, width, taken))
    return tuple(rows)


def _filled(row: Row, columns: Sequence[int], width: int, taken: Container[int]) -> Row:
    """A row with empty cells in the columns that are not taken; they stand where the cell before them ends."""
    own = dict(zip(columns, row.cells, strict=True))
    header = all(cell.header for cell in row.cells)
    cells: list[TableCell] = []
    at = row.cells[0].span.start
    for k in range(width):
        if k in own:
            cells.append(own[k])
            at = own[k].span.end
        elif k not in taken:
            cells.append(TableCell(text="", span=Span(at, at), raw_span=Span(at, at), header=header))
    return msgspec.structs.replace(row, cells=tuple(cells))


def _with_borders(text: str, start: int, end: int) -> Span:
    """A row with the pipes that Markdown draws before its first cell and behind its last."""
    before = re.search(r"\|[ \t]{0,20}\Z", text[max(0, start - 21) : start])
    behind = re.match(r"[ \t]{0,40}\|", text[end : end + 41])
    return Span(start - len(before[0]) if before else start, end + len(behind[0]) if behind else end)


_FIGURE = re.compile(
    r"[约近超≥≤<>＜＞-]{0,2}\d[\d,，.．]*\s?(?:%|％|‰|(?![年月季日])[万亿]?[\u4e00-\u9fff㎡]{0,3})(?:以[上内下])?$|[-—/×√○]{1,3}$"
)
_YEAR = re.compile(r"[“]?(?:\d{4}|[12]\d{2})年?(?:度|底|末|目标|计划|完成|实绩|预期|\s?[（(].{1,8}[）)])?[”]?$")


_TELLING = frozenset({"owner", "when", "task", "target", "result", "baseline", "progress"})
_LONGEST_HEAD = 8  # characters


def mark_headers(tables: Sequence[tuple[Row, ...]]) -> tuple[tuple[Row, ...], ...]:
    """Return the tables with the cells marked that head a column or a row.

    What the file marks stays. Where it marks none, the first row heads the columns where no cell of it is a figure (a
    year is none) and figures, or longer text, stand below it; so does the second below a cell that spans columns. The
    first column heads the rows where its cells are words and figures stand beside them; behind running numbers the
    second does.
    """
    return tuple(_with_headers(table) for table in tables)


def _is_figure(cell: TableCell) -> bool:
    return _FIGURE.match(cell.text) is not None and _YEAR.match(cell.text) is None


def _with_headers(table: tuple[Row, ...]) -> tuple[Row, ...]:
    if len(table) < 2 or sum(cell.text != "" for cell in table[0].cells) < 2:
        return table
    marked = [n for n, row in enumerate(table) if any(cell.header for cell in row.cells)]
    if len(marked) > 1:
        return table  # the file marks more than a head of columns
    top = marked[0] + 1 if marked else _head_rows(table)
    side = _side_column(table[top:]) if any(_is_figure(cell) for row in table[top:] for cell in row.cells) else -1
    rows = []
    for n, row in enumerate(table):
        cells = tuple(
            msgspec.structs.replace(
                cell, header=cell.header or (not marked and n < top) or (n >= top and k == side and cell.text != "")
            )
            for k, cell in enumerate(row.cells)
        )
        rows.append(msgspec.structs.replace(row, cells=cells))
    return tuple(rows)


def _head_rows(table: tuple[Row, ...]) -> int:
    """How many rows head the columns, where the file marks none."""
    figures = any(_is_figure(cell) for row in table[1:] for cell in row.cells)
    if any(_is_figure(cell) for cell in table[0].cells) or not (
        figures or _is_shorter(table) or _names_columns(table[0])
    ):
        return 0
    spanned = any(cell.col_span > 1 for cell in table[0].cells) and len(table) > 2
    return 1 + (spanned and not any(_is_figure(cell) for cell in table[1].cells))


@cache
def _head_words() -> tuple[str, ...]:
    """What heads of columns end in: 工作任务, 责任部门, 完成时限."""
    return tuple(word for sense in load_toml("tables")["sense"] if sense["name"] in _TELLING for word in sense["ends"])


def _names_columns(row: Row) -> bool:
    """Do two cells of a row and more say what stands below them, and nothing else?"""
    heads = sum(len(cell.text) <= _LONGEST_HEAD and cell.text.endswith(_head_words()) for cell in row.cells)
    return heads >= 2 and 2 * heads >= len(row.cells)


def _is_shorter(table: tuple[Row, ...]) -> bool:
    """Is the first row shorter than half of what stands below it on average? So are the heads of a task table."""
    size = sum(len(cell.text) for cell in table[0].cells)
    rest = sum(len(cell.text) for row in table[1:] for cell in row.cells)
    return 2 * size * (len(table) - 1) <= rest + size and sum(not cell.text for cell in table[0].cells) <= 1


def _side_column(rows: Sequence[Row]) -> int:
    """The column that heads the rows: the first of words, or the second behind running numbers; -1 without one."""
    for column in (0, 1):
        cells = [row.cells[column] for row in rows if len(row.cells) > column + 1 and row.cells[column].text]
        if not cells:
            return -1
        if not any(_is_figure(cell) for cell in cells) and len({cell.text for cell in cells}) == len(cells):
            return column
        if column == 0 and [cell.text.strip(".、") for cell in cells] != [str(n + 1) for n in range(len(cells))]:
            return -1
    return -1


_CONTINUED = re.compile(
    r"(?:续表?|接上[页表]|[（(]续[）)]|表\d{1,2}[（(]续[）)]?|第\d{1,4}页(?:共\d{1,4}页)?|[-—–]?\d{1,4}[-—–]?){1,3}.{0,20}"
)


def join_continued(text: str, tables: Sequence[tuple[Row, ...]]) -> tuple[tuple[Row, ...], ...]:
    """Return the tables, one that goes on with another as one: nothing but 续表 or furniture's white space stands
    between them, they have equally many columns, and the second repeats the first one's head or has none."""
    joined: list[list[Row]] = []
    for table in tables:
        if joined and _continues(text, joined[-1], table):
            joined[-1].extend(table)
        else:
            joined.append(list(table))
    return tuple(tuple(table) for table in joined)


def _continues(text: str, one: Sequence[Row], other: Sequence[Row]) -> bool:
    between = re.sub(r"\s", "", text[one[-1].span.end : min(other[0].span.start, one[-1].span.end + 60)])
    if other[0].span.start - one[-1].span.end > 60 or (between and not _CONTINUED.fullmatch(between)):
        return False
    heads, others = [[cell.text for cell in table[0].cells if cell.text] for table in (one, other)]
    if len(heads) != len(others):
        return False
    return others == heads or _CONTINUED.fullmatch(between) is not None
