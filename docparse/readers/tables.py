"""Where cells stand: a grid that places cells with spans, and what becomes of a cell's paragraphs."""

from __future__ import annotations

from docparse.readers.pieces import Piece
from docparse.records import Cell

_FRAME_PIECES = 6
_FRAME_CHARACTERS = 800
# Cells from above that are looked at while a table is placed: tables of people stay below 40 for each cell.
_WORK_A_TABLE, _WORK_A_CELL = 100_000, 64


class Grid:
    """Places the cells of one table row by row, past the columns that a cell from above still covers."""

    def __init__(self, table: int) -> None:
        self._table = table
        self._row = -1
        self._column = 0
        # (column, column behind it, first row that is free again) of cells that reach into the rows below them
        self._above: list[tuple[int, int, int]] = []
        self._reaching: list[tuple[int, int, int]] = []
        self._next = 0  # the first of `_above` that may lie to the right
        self._cells = self._looked_at = 0

    def start_row(self) -> None:
        """Go on to the next row.

        Where many cells reach through many rows, those above are forgotten: that work would be their product.
        """
        self._row += 1
        self._column = self._next = 0
        self._looked_at += len(self._above)
        if self._looked_at > _WORK_A_TABLE + _WORK_A_CELL * self._cells:
            self._above = []
        self._above = sorted(place for place in (*self._above, *self._reaching) if place[2] > self._row)
        self._reaching = []

    def place(self, row_span: int, column_span: int, *, header: bool) -> Cell:
        """The next cell of the row at its first free column. Spans are counted in grid rows and columns, from 1."""
        row = max(self._row, 0)
        column, above = self._column, self._above
        while self._next < len(above) and above[self._next][0] <= column:
            column = max(column, above[self._next][1])
            self._next += 1
        if row_span > 1:
            self._reaching.append((column, column + column_span, row + row_span))
        self._column = column + column_span
        self._cells += 1
        return Cell(
            table=self._table, row=row, column=column, row_span=row_span, column_span=column_span, header=header
        )


def fold_cell(pieces: list[Piece], cell: Cell) -> list[Piece]:
    """The pieces of one cell as one piece of kind `cell`, its lines joined by a line feed.

    A cell that holds a whole text (forms and old pages put the body into one) is a frame: its pieces stay as they
    are. So do pieces that are cells of a table inside, and those that page furniture stands among.
    """
    if not pieces:
        return []
    long = len(pieces) > _FRAME_PIECES or sum(len(piece.text) for piece in pieces) > _FRAME_CHARACTERS
    if long or any(piece.cell is not None or piece.group != pieces[0].group for piece in pieces):
        return pieces
    text = "\n".join(piece.text for piece in pieces)
    first = pieces[0]
    bold = all(piece.bold for piece in pieces)
    turns, group = _turns(pieces), first.group
    return [Piece(text, "cell", page=first.page, turns=turns, cell=cell, size=first.size, bold=bold, group=group)]


def _turns(pieces: list[Piece]) -> tuple[tuple[int, int], ...]:
    """Where the joined pieces go on on another page."""
    turns: list[tuple[int, int]] = []
    page, offset = pieces[0].page, 0
    for piece in pieces:
        if piece.page is not None and piece.page != page:
            turns.append((offset, piece.page))
        turns.extend((offset + place, number) for place, number in piece.turns)
        page = piece.turns[-1][1] if piece.turns else piece.page
        offset += len(piece.text) + 1
    return tuple(turns)
