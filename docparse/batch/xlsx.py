"""The sheets as an Excel workbook: a frozen head row, filters, widths that fit, and cells that can run nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import IO, Any

from docparse.batch.exports import Sheet, one_line
from docparse.batch.records import Cell

_MOST_ROWS = 1_048_576 - 1
_MOST_CHARACTERS = 32_767
"""Excel's limits for a sheet, less the head row, and for a cell."""
_SAMPLE_ROWS = 200
_NARROWEST, _WIDEST = 8, 50
_MADE = datetime(2000, 1, 1)


def write_xlsx(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write a workbook with one sheet each; one with more rows than Excel takes goes on in a second."""
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"created": _MADE})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    try:
        for sheet in sheets:
            rows = iter(sheet.rows)
            part, sample = 1, list(islice(rows, _SAMPLE_ROWS))
            while True:
                name = sheet.name if part == 1 else f"{sheet.name} ({part})"
                left = _write_page(book, head, name, sheet.columns, _chained(sample, rows))
                if left is None:
                    break
                part, sample = part + 1, [left]
    finally:
        book.close()


def _chained(sample: list[tuple[Cell, ...]], rows: Iterator[tuple[Cell, ...]]) -> _Rows:
    return _Rows(sample, rows)


class _Rows:
    """A sample that has been read already, and the rows behind it."""

    def __init__(self, sample: list[tuple[Cell, ...]], rows: Iterator[tuple[Cell, ...]]) -> None:
        self.sample, self._rows = sample, rows

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        yield from self.sample
        yield from self._rows


def _write_page(book: Any, head: Any, name: str, columns: tuple[str, ...], rows: _Rows) -> tuple[Cell, ...] | None:
    """The first row that found no room, or None."""
    page = book.add_worksheet(name)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)  # on paper: all columns on one page, and the head on each
    page.repeat_rows(0)
    for place, column in enumerate(columns):
        cells = [row[place] for row in rows.sample]
        page.set_column(place, place, _width(column, cells))
        page.write_string(0, place, column, head)
    last = 0
    for last, row in enumerate(rows, 1):
        if last > _MOST_ROWS:
            return row
        for place, cell in enumerate(row):
            _write_cell(page, last, place, cell)
    page.autofilter(0, 0, last, len(columns) - 1)
    return None


def _write_cell(page: Any, row: int, column: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, int | float) and abs(cell) < 10**15:
        page.write_number(row, column, cell)
        return
    text = one_line(str(cell))  # Excel keeps 15 digits of a number; longer ones are kept as text
    if len(text) > _MOST_CHARACTERS:
        text = text[: _MOST_CHARACTERS - 1] + "…"
    page.write_string(row, column, text)  # a string that begins with = stays a string


def _width(column: str, cells: list[Cell]) -> int:
    """The widest of the sample, a Chinese character as two, within limits."""
    widest = max((_cells(str(cell)) for cell in cells if cell is not None), default=0)
    return max(_NARROWEST, min(_WIDEST, max(widest, len(column) + 2) + 1))


def _cells(text: str) -> int:
    head = text[:_WIDEST]
    return len(head) + sum(character > "\u2e7f" for character in head)
