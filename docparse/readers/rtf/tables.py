"""Tables of Rich Text Format: rows that say where their cells end, merged cells, tables inside cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from docparse.readers.pieces import Piece
from docparse.readers.tables import fold_cell
from docparse.records import Cell

_MOST_CELLS = 1_000
_SAME_EDGE_TWIPS = 30
_WIDTH_TWIPS = 1_000


class CellShape(NamedTuple):
    """How a row defines one of its cells. `right` is its right edge in twips."""

    right: int
    below: bool = False  # it goes on the cell above
    beside: bool = False  # it goes on the cell before it


@dataclass
class RowShape:
    """A row's definition, from \\trowd on."""

    left: int = 0
    header: bool = False
    cells: list[CellShape] = field(default_factory=list)
    below: bool = False
    beside: bool = False

    def control(self, word: bytes, number: int | None) -> None:
        """Take one control word of a row's definition."""
        if word == b"cellx":
            if len(self.cells) < _MOST_CELLS:
                self.cells.append(CellShape(number or 0, self.below, self.beside))
            self.below = self.beside = False
        elif word == b"clvmrg":
            self.below = True
        elif word == b"clmrg":
            self.beside = True
        elif word == b"trhdr":
            self.header = True
        elif word == b"trleft":
            self.left = number or 0


@dataclass
class _Table:
    index: int
    rows: list[tuple[RowShape, list[list[Piece]]]] = field(default_factory=list)
    cells: list[list[Piece]] = field(default_factory=list)
    cell: list[Piece] = field(default_factory=list)


@dataclass
class Tables:
    """The open tables of one story, innermost last, and the pieces that stand outside of them.

    `numbers` numbers the tables of the whole document, in the order in which they are opened.
    """

    numbers: Iterator[int]
    pieces: list[Piece] = field(default_factory=list)
    _open: list[_Table] = field(default_factory=list)

    def sink(self, depth: int) -> list[Piece]:
        """Where a paragraph belongs that stands `depth` tables deep; tables are opened and closed to get there."""
        while len(self._open) > depth:
            self._close()
        while len(self._open) < depth:
            self._open.append(_Table(next(self.numbers)))
        return self._open[-1].cell if self._open else self.pieces

    def finish_cell(self, depth: int) -> None:
        """End a cell of the table that is `depth` deep."""
        self.sink(max(depth, 1))
        table = self._open[-1]
        table.cells.append(table.cell)
        table.cell = []

    def finish_row(self, depth: int, shape: RowShape) -> None:
        """End a row of the table that is `depth` deep."""
        self.sink(max(depth, 1))
        table = self._open[-1]
        if table.cell:  # text after the last cell's end
            table.cells.append(table.cell)
            table.cell = []
        table.rows.append((shape, table.cells))
        table.cells = []

    def depth(self) -> int:
        """How many tables are open."""
        return len(self._open)

    def finish(self) -> list[Piece]:
        """All pieces of the story, its tables closed."""
        return self.sink(0)

    def _close(self) -> None:
        table = self._open.pop()
        if table.cells or table.cell:
            table.rows.append((RowShape(), [*table.cells, *([table.cell] if table.cell else [])]))
        target = self._open[-1].cell if self._open else self.pieces
        if len(table.rows) == 1 and len(table.rows[0][1]) == 1:  # a frame around text
            target.extend(table.rows[0][1][0])
        else:
            target.extend(_place(table))


def _place(table: _Table) -> list[Piece]:
    """The cells' pieces, with the grid that all edges of the table make. Edges of one column differ by a little."""
    rows = [(shape, _edges(shape, len(cells)), cells) for shape, cells in table.rows]
    grid = _grid([edge for _, edges, _ in rows for edge in edges])
    spans: dict[int, int] = {}  # column -> which of the cells stands lowest in it
    cells_of: list[tuple[Cell, list[Piece]]] = []
    for number, (shape, edges, cells) in enumerate(rows):
        for place, inside in enumerate(cells):
            look = shape.cells[place] if place < len(shape.cells) else CellShape(0)
            column = _column(grid, edges[place])
            if look.beside and place and cells_of:
                before, pieces = cells_of[-1]
                wider = _column(grid, edges[place + 1]) - before.column
                pieces.extend(inside)
                cells_of[-1] = (msgspec.structs.replace(before, column_span=max(wider, 1)), pieces)
                continue
            if look.below and column in spans:
                above, pieces = cells_of[spans[column]]
                pieces.extend(inside)
                cells_of[spans[column]] = (msgspec.structs.replace(above, row_span=number - above.row + 1), pieces)
                continue
            spans[column] = len(cells_of)
            width = max(_column(grid, edges[place + 1]) - column, 1)
            cell = Cell(table=table.index, row=number, column=column, column_span=width, header=shape.header)
            cells_of.append((cell, inside))
    return [piece for cell, inside in cells_of for piece in fold_cell(inside, cell)]


def _edges(shape: RowShape, cells: int) -> list[int]:
    """The left edge of a row's first cell and the right edges of all, rising; made up where the row does not say."""
    edges = [shape.left]
    for place in range(cells):
        right = shape.cells[place].right if place < len(shape.cells) else edges[-1] + _WIDTH_TWIPS
        edges.append(max(right, edges[-1] + 1))
    return edges


def _grid(edges: list[int]) -> list[int]:
    grid: list[int] = []
    for edge in sorted(set(edges)):
        if not grid or edge - grid[-1] > _SAME_EDGE_TWIPS:
            grid.append(edge)
    return grid


def _column(grid: list[int], edge: int) -> int:
    return max(bisect_left(grid, edge + 1) - 1, 0)


def renumber(pieces: list[Piece]) -> list[Piece]:
    """The pieces with their tables numbered without gaps: tables without text and frames have taken numbers."""
    used = sorted({piece.cell.table for piece in pieces if piece.cell is not None})
    numbers = {old: new for new, old in enumerate(used)}
    return [
        piece
        if piece.cell is None
        else piece._replace(cell=msgspec.structs.replace(piece.cell, table=numbers[piece.cell.table]))
        for piece in pieces
    ]
