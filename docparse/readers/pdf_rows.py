"""Tables of PDF pages as pieces of kind `cell`; one that goes on over the page end stays one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from docparse.readers.pdf_lines import GridCell, Line
from docparse.readers.pdf_wrap import Margins, begins_item, continues, extend
from docparse.readers.pieces import Piece
from docparse.readers.tables import fold_cell
from docparse.records import Cell

_EDGE = 4.0  # points that the columns of one table may differ from page to page
_HEAD_ROWS = 3  # at most that a table repeats
_PADDING = 1.0  # font sizes that a cell leaves free at its right
_NO_WORDS: frozenset[str] = frozenset()


class _Open(NamedTuple):
    """A table that may go on: its number, edges, rows so far, the last row's pieces by column.

    `head` and `head_at` are the texts of its first rows and their pieces, which another page may repeat.
    """

    number: int
    edges: tuple[float, ...]
    rows: int
    head: tuple[tuple[str, ...], ...]
    last_row: dict[int, int]
    head_at: tuple[tuple[int, ...], ...]


class Tables:
    """Numbers the tables of a document, and remembers the last one while nothing stands below it."""

    def __init__(self) -> None:
        self._count = 0
        self._open: _Open | None = None

    def end(self) -> None:
        """Text stands below the last table: the next one is another."""
        self._open = None

    def add(self, pieces: list[Piece], table: Line, page: int, *, at_top: bool) -> None:
        """Append the pieces of a table. At a page's top, with the last table's columns, it goes on with that table.

        Args:
            pieces: all pieces so far; a cell that a page end cuts is mended in it.
            at_top: no text stands above it on its page.
        """
        rows = _rows(table.cells)
        going_on = self._open if at_top and self._open is not None and _same(self._open.edges, table.edges) else None
        if going_on is None:
            number, base, dropped, head = self._count, 0, 0, tuple(_texts(row) for row in rows[:_HEAD_ROWS])
            self._count += 1
        else:
            number, head = going_on.number, going_on.head
            dropped = _repeated(rows, head)
            base = going_on.rows - (rows[dropped][0].row if dropped < len(rows) else 0)
            _mark_header(pieces, [at for row in going_on.head_at[:dropped] for at in row])
        last_row: dict[int, int] = {}
        head_at: list[tuple[int, ...]] = []
        for at, row in enumerate(rows):
            if at < dropped:
                pieces += [piece._replace(kind="header") for cell in row for piece in _paragraphs(cell, page)]
                continue
            if at == dropped and going_on is not None and not dropped and _is_torn(pieces, row, going_on):
                base -= 1
                last_row = dict(going_on.last_row)
                for cell in row:
                    target = going_on.last_row[cell.column]
                    for line in cell.lines:
                        pieces[target] = extend(pieces[target], line, page, _NO_WORDS)
                continue
            last_row = {}
            for cell in row:
                place = Cell(
                    table=number,
                    row=base + cell.row,
                    column=cell.column,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                )
                last_row[cell.column] = len(pieces)
                pieces += fold_cell(_paragraphs(cell, page), place)
            if at < _HEAD_ROWS:
                head_at.append(tuple(last_row.values()))
        count = max((cell.row + cell.row_span for cell in table.cells), default=0)
        self._open = _Open(
            number, table.edges, base + count, head, last_row, tuple(head_at) if going_on is None else going_on.head_at
        )


def _rows(cells: Sequence[GridCell]) -> list[list[GridCell]]:
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows)]


def _texts(row: Sequence[GridCell]) -> tuple[str, ...]:
    return tuple("".join(line.text for line in cell.lines) for cell in row)


def _same(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < _EDGE for a, b in zip(one, other, strict=True))


def _repeated(rows: Sequence[Sequence[GridCell]], head: tuple[tuple[str, ...], ...]) -> int:
    """How many rows of the table's first rows stand on this page again."""
    count = 0
    while count < min(len(rows), len(head)) and _texts(rows[count]) == head[count]:
        count += 1
    return count


def _mark_header(pieces: list[Piece], places: Sequence[int]) -> None:
    """Set `header` on the cells of the rows that the file repeats on every page."""
    for at in places:
        cell = pieces[at].cell
        if cell is None or cell.header:
            return
        pieces[at] = pieces[at]._replace(cell=msgspec.structs.replace(cell, header=True))


def _is_torn(pieces: Sequence[Piece], row: Sequence[GridCell], before: _Open) -> bool:
    """True where a page end cuts a row in two: the second half has no first cell, and goes on with open sentences."""
    if not row or row[0].column == 0 or 0 not in before.last_row:
        return False
    for cell in row:
        at = before.last_row.get(cell.column)
        if at is None or at >= len(pieces) or pieces[at].kind != "cell" or pieces[at].text[-1] in "。！？；;":
            return False
    return True


def _paragraphs(cell: GridCell, page: int) -> list[Piece]:
    """The paragraphs of a cell. A line that fills the cell goes on in the next."""
    pieces: list[Piece] = []
    first = last = cell.lines[0]
    left = min(line.x0 for line in cell.lines)
    for line in cell.lines:
        slack = max(left - cell.left, _PADDING * line.size)
        margins = Margins(left, cell.right - slack, line.size * 2)
        if pieces and (continues(last, line, first, margins) or _is_centred_wrap(last, line, cell)):
            pieces[-1] = extend(pieces[-1], line, page, _NO_WORDS)
        else:
            pieces.append(Piece(line.text, page=page, size=line.size, bold=line.bold))
            first = line
        last = line
    return pieces


def _is_centred_wrap(above: Line, line: Line, cell: GridCell) -> bool:
    """True where a centred cell's words are wrapped: the next word had no room between the borders."""
    if begins_item(line.text) or above.gaps or line.gaps or abs(above.size - line.size) > 0.6:
        return False
    return cell.right - cell.left < above.x1 - above.x0 + line.first_width + 1.6 * line.size
