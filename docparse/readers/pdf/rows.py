"""Tables of PDF pages as pieces of kind `cell`; one that goes on over the page end stays one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from docparse.readers.pdf.lines import GridCell, Line
from docparse.readers.pdf.wrap import Margins, begins_item, continues, extend
from docparse.readers.pieces import Piece
from docparse.readers.tables import fold_cell
from docparse.records import Cell

_EDGE = 4.0  # points that the columns of one table may differ from page to page
_HEAD_ROWS = 3  # at most that a table repeats
_PADDING = 1.0  # font sizes that a cell leaves free at its right
_FULL_TEXT = 6  # characters: in a narrower cell every line is full
_SENTENCE_END = "。！？!?；;"
_NO_WORDS: frozenset[str] = frozenset()


class _Open(NamedTuple):
    """A table that may go on: its number, edges, rows so far, the last row's pieces by column.

    `head` and `head_at` are the texts of its first rows and their pieces, which another page may repeat; `full` are the
    columns whose last line in the last row is full.
    """

    number: int
    edges: tuple[float, ...]
    rows: int
    head: tuple[tuple[str, ...], ...]
    last_row: Mapping[int, int] = MappingProxyType({})
    head_at: tuple[tuple[int, ...], ...] = ()
    full: frozenset[int] = frozenset()


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
        before = self._open if at_top and self._open is not None and _same(self._open.edges, table.edges) else None
        if before is None:
            before = _Open(self._count, table.edges, 0, tuple(_texts(row) for row in rows[:_HEAD_ROWS]))
            self._count += 1
            fresh = list(rows)
            head_at = [_add_row(pieces, row, before, 0, page) for row in fresh]
            before = before._replace(head_at=tuple(tuple(places.values()) for places in head_at[:_HEAD_ROWS]))
            last_row = head_at[-1] if head_at else {}
            base = 0
        else:
            dropped = _repeated(rows, before.head)
            _mark_header(pieces, [at for row in before.head_at[:dropped] for at in row])
            for row in rows[:dropped]:
                pieces += [piece._replace(kind="header") for cell in row for piece in _paragraphs(cell, page)]
            fresh = rows[dropped:]
            base = before.rows - (fresh[0][0].row if fresh else 0)
            last_row = dict(before.last_row)
            if fresh and _is_torn(pieces, fresh[0], before):
                base -= 1
                _mend_row(pieces, fresh.pop(0), last_row, page)
            for row in fresh:
                last_row = _add_row(pieces, row, before, base, page)
        count = max((cell.row + cell.row_span for cell in table.cells), default=0)
        full = _full_cells(rows[-1]) if rows else frozenset()
        self._open = before._replace(edges=table.edges, rows=base + count, last_row=last_row, full=full)


def _add_row(pieces: list[Piece], row: Sequence[GridCell], table: _Open, base: int, page: int) -> dict[int, int]:
    """Append a row's cells; the place of each column's piece."""
    places: dict[int, int] = {}
    for cell in row:
        place = Cell(
            table=table.number,
            row=base + cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
        )
        places[cell.column] = len(pieces)
        pieces += fold_cell(_paragraphs(cell, page), place)
    return places


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
    """True where a page end cuts a row in two: its second half goes on with cells whose last line is full, or lacks
    the row's first cell and has fewer than half of the others. Figures are never put together."""
    if not before.last_row:
        return False
    key = min(before.last_row)
    for cell in row:
        at = before.last_row.get(cell.column)
        if at is None and row[0].column > key:
            continue  # a cell that the page end has pushed down whole
        if at is None or pieces[at].kind != "cell":
            return False
        if pieces[at].text[-1].isdigit() and cell.lines[0].text[0].isdigit():
            return False
    if row[0].column == key:
        return before.full >= {key} and len(before.full) > 1 and not any(begins_item(c.lines[0].text) for c in row)
    return 2 * len(row) < len(before.last_row) or all(
        pieces[before.last_row[cell.column]].text[-1] not in _SENTENCE_END
        for cell in row
        if cell.column in before.last_row
    )


def _mend_row(pieces: list[Piece], row: Sequence[GridCell], places: Mapping[int, int], page: int) -> None:
    """Put the second half of a row to its first; a closed sentence is a paragraph of the cell.

    What stands behind the row's pieces is furniture of the page, so that a cell may be put in before it.
    """
    behind = max(places.values()) + 1
    home = pieces[behind - 1].cell
    for cell in row:
        if cell.column not in places:
            if home is not None:
                place = msgspec.structs.replace(home, column=cell.column, row_span=1, column_span=cell.column_span)
                added = fold_cell(_paragraphs(cell, page), place)
                pieces[behind:behind] = added
                behind += len(added)
            continue
        target = places[cell.column]
        closed = pieces[target].text[-1] in _SENTENCE_END
        for number, line in enumerate(cell.lines):
            piece = pieces[target]
            if closed and not number:
                turns = (*piece.turns, (len(piece.text) + 1, page))
                pieces[target] = piece._replace(text=f"{piece.text}\n{line.text}", turns=turns)
            else:
                pieces[target] = extend(piece, line, page, _NO_WORDS)


def _full_cells(row: Sequence[GridCell]) -> frozenset[int]:
    """The columns of the cells whose last line is full and ends inside a sentence."""
    full = []
    for cell in row:
        line = cell.lines[-1]
        slack = max(min(each.x0 for each in cell.lines) - cell.left, 0.0)
        if (
            len(line.text) >= _FULL_TEXT
            and cell.right - slack - line.x1 < 1.5 * line.size
            and line.text[-1] not in _SENTENCE_END
        ):
            full.append(cell.column)
    return frozenset(full)


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
