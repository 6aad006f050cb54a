"""Tables of an OpenDocument text: spans, covered cells, and cells and rows that are written once for many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from docparse.errors import LimitExceededError
from docparse.options import Options
from docparse.readers.odt.xml import TABLE, whole
from docparse.readers.pieces import Piece, check_blocks, check_characters
from docparse.readers.tables import fold_cell
from docparse.records import Cell

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST_SPAN = 1_000
# Blocks that may stand again because a cell or row is repeated, as a share of all that a document may have. A file of
# 300 bytes would else cost what a million blocks cost, 4 s and 400 MB; rows that people repeat are empty.
_REPEATED_SHARE = 10
_ROW_GROUPS = frozenset(
    TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group", "table-columns")
)


@dataclass
class _Table:
    index: int
    frame: bool
    row: int = -1
    column: int = 0
    header: bool = False
    row_start: int = 0
    row_repeats: int = 1
    starts: list[tuple[int, Cell | None, int]] = field(default_factory=list)


@dataclass
class Tables:
    """The open tables of a walk, innermost last. `next_table` numbers the tables that are data."""

    options: Options
    next_table: int = 0
    repeated: int = 0  # characters that stand again because a cell or a row is repeated
    repeated_blocks: int = 0
    _open: list[_Table] = field(default_factory=list)

    def start_table(self, element: _Element) -> None:
        """Open a table. A table of one cell is a frame around text, and has no cells."""
        frame = _is_frame(element)
        self._open.append(_Table(index=self.next_table, frame=frame))
        self.next_table += not frame

    def finish_table(self) -> None:
        """Close the innermost table."""
        if self._open:
            self._open.pop()

    def mark_header(self, on: bool) -> None:
        """Say whether the rows that follow are the table's head."""
        if self._open:
            self._open[-1].header = on

    def start_row(self, element: _Element, pieces: int) -> None:
        """Go on to the next row of the innermost table; `pieces` is how many pieces there are before it."""
        if self._open:
            table = self._open[-1]
            table.row += 1
            table.column = 0
            table.row_start = pieces
            table.row_repeats = max(whole(element, f"{TABLE}number-rows-repeated", 1), 1)

    def finish_row(self, pieces: list[Piece]) -> None:
        """Write the row again as often as it says.

        Raises:
            LimitExceededError: with code `too-many-blocks` or `too-many-characters`.
        """
        if not self._open:
            return
        table = self._open[-1]
        again = table.row_repeats - 1
        row = pieces[table.row_start :]
        if again and row:
            self._check(len(pieces), again, row)
            for step in range(1, again + 1):
                pieces.extend(_moved(piece, table.index, rows=step) for piece in row)
        table.row += again

    def start_cell(self, element: _Element, pieces: int) -> None:
        """Open a cell; `pieces` is how many pieces there are before it."""
        if not self._open:
            return
        table = self._open[-1]
        repeats = max(whole(element, f"{TABLE}number-columns-repeated", 1), 1)
        cell = None
        if not table.frame:
            cell = Cell(
                table=table.index,
                row=max(table.row, 0),
                column=table.column,
                row_span=max(whole(element, f"{TABLE}number-rows-spanned", 1, _LARGEST_SPAN), 1),
                column_span=max(whole(element, f"{TABLE}number-columns-spanned", 1, _LARGEST_SPAN), 1),
                header=table.header,
            )
        table.column += repeats
        table.starts.append((pieces, cell, repeats))

    def finish_cell(self, pieces: list[Piece]) -> None:
        """Fold what the cell has added to `pieces` into one piece, again for each column that it stands for.

        Raises:
            LimitExceededError: with code `too-many-blocks` or `too-many-characters`.
        """
        if not self._open or not self._open[-1].starts:
            return
        start, cell, repeats = self._open[-1].starts.pop()
        if cell is None:
            return
        folded = fold_cell(pieces[start:], cell)
        pieces[start:] = folded
        if folded and repeats > 1:
            self._check(len(pieces), repeats - 1, folded)
            for step in range(1, repeats):
                pieces.extend(_moved(piece, cell.table, columns=step) for piece in folded)

    def skip_cells(self, element: _Element) -> None:
        """Go past cells that another cell covers."""
        if self._open:
            repeats = whole(element, f"{TABLE}number-columns-repeated", 1)
            self._open[-1].column += max(repeats, 1)

    def _check(self, before: int, again: int, pieces: list[Piece]) -> None:
        self.repeated += again * sum(len(piece.text) for piece in pieces)
        check_characters(self.repeated, self.options)
        self.repeated_blocks += again * len(pieces)
        check_blocks(before + again * len(pieces), self.options)
        most = self.options.max_objects // _REPEATED_SHARE
        if self.repeated_blocks > most:
            raise LimitExceededError(
                "too-many-blocks",
                f"Repeated cells and rows make {self.repeated_blocks:,} blocks; the limit is {most:,}.",
                "Raise Options.max_objects if you trust the document.",
            )


def _moved(piece: Piece, table: int, rows: int = 0, columns: int = 0) -> Piece:
    cell = piece.cell
    if cell is None or cell.table != table:
        return piece
    return piece._replace(cell=msgspec.structs.replace(cell, row=cell.row + rows, column=cell.column + columns))


def _is_frame(table: _Element) -> bool:
    """True where the table has one row with one cell, which stand for no others."""
    rows: list[_Element] = []
    groups = [table]
    while groups and len(rows) < 2:
        for child in groups.pop():
            if child.tag == f"{TABLE}table-row":
                rows.append(child)
            elif child.tag in _ROW_GROUPS:
                groups.append(child)
    if len(rows) != 1 or whole(rows[0], f"{TABLE}number-rows-repeated", 1) > 1:
        return False
    cells = [child for child in rows[0] if child.tag == f"{TABLE}table-cell"]
    return len(cells) == 1 and whole(cells[0], f"{TABLE}number-columns-repeated", 1) <= 1
