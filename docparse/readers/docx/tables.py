"""Tables of a Word body: grid columns, merged cells, and cells that are only frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docparse.readers.docx.xml import W, child, is_on, number, value
from docparse.readers.pieces import Piece
from docparse.readers.tables import fold_cell
from docparse.records import Cell

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST_SPAN = 1_000


@dataclass
class _Table:
    index: int
    frame: bool
    spans: dict[tuple[int, int], int]
    row: int = -1
    column: int = 0
    header: bool = False
    starts: list[tuple[int, Cell | None]] = field(default_factory=list)


@dataclass
class TableWalk:
    """The open tables of a walk, innermost last. `next_table` numbers the tables that are data."""

    next_table: int = 0
    _open: list[_Table] = field(default_factory=list)

    def start_table(self, element: _Element) -> None:
        """Open a table. A table of one cell is a frame around text, and has no cells."""
        rows = [
            row for row in element.iter(W + "tr") if _owner(row, "tbl") is element and child(row, "trPr", "del") is None
        ]
        frame = len(rows) == 1 and sum(1 for _ in _cells(rows[0])) == 1
        merged = not frame and next(element.iter(W + "vMerge"), None) is not None
        spans = _row_spans(rows) if merged else {}
        self._open.append(_Table(index=self.next_table, frame=frame, spans=spans))
        self.next_table += not frame

    def start_row(self, element: _Element) -> None:
        """Go on to the next row of the innermost table."""
        if self._open:
            table = self._open[-1]
            table.row += 1
            properties = element.find(W + "trPr")
            table.column = _before(properties)
            # Word repeats only the rows at a table's head; a mark further down means nothing.
            table.header = is_on(child(properties, "tblHeader")) and (table.row == 0 or table.header)

    def start_cell(self, element: _Element, pieces: int) -> None:
        """Open a cell; `pieces` is how many pieces there are before it."""
        if not self._open:
            return
        table = self._open[-1]
        width = _width(element)
        column = table.column
        table.column += width
        cell = None
        if not table.frame and width:
            cell = Cell(
                table=table.index,
                row=max(table.row, 0),
                column=column,
                row_span=table.spans.get((table.row, column), 1),
                column_span=width,
                header=table.header,
            )
        table.starts.append((pieces, cell))

    def finish_cell(self, pieces: list[Piece]) -> None:
        """Fold what the cell has added to `pieces` into one piece."""
        if self._open and self._open[-1].starts:
            start, cell = self._open[-1].starts.pop()
            if cell is not None:
                pieces[start:] = fold_cell(pieces[start:], cell)

    def finish_table(self) -> None:
        """Close the innermost table."""
        if self._open:
            self._open.pop()


def _owner(element: _Element, name: str) -> _Element | None:
    parent = element.getparent()
    while parent is not None and parent.tag != W + name:
        parent = parent.getparent()
    return parent


def _cells(row: _Element) -> list[_Element]:
    """The cells of a row, those inside content controls too; without cells whose deletion is tracked."""
    return [cell for cell in row.iter(W + "tc") if _owner(cell, "tr") is row and not is_deleted(cell)]


def is_deleted(cell: _Element) -> bool:
    """True where the cell's deletion is tracked."""
    return child(cell, "tcPr", "cellDel") is not None


def _before(properties: _Element | None) -> int:
    skipped = number(child(properties, "gridBefore"))
    return min(max(skipped or 0, 0), _LARGEST_SPAN)


def _width(cell: _Element) -> int:
    """How many grid columns a cell covers; none where it goes on the cell before it (w:hMerge, of old files)."""
    width = min(max(number(child(cell, "tcPr", "gridSpan")) or 1, 1), _LARGEST_SPAN)
    merge = child(cell, "tcPr", "hMerge")
    if merge is None:
        return width
    if value(merge) != "restart":
        return 0 if cell.getprevious() is not None else width
    for following in cell.itersiblings(W + "tc"):
        merge = child(following, "tcPr", "hMerge")
        if merge is None or value(merge) == "restart":
            break
        width += 1
    return min(width, _LARGEST_SPAN)


def _row_spans(rows: list[_Element]) -> dict[tuple[int, int], int]:
    """How many rows a cell covers, by row and grid column: w:vMerge restart, then cells that continue it."""
    spans: dict[tuple[int, int], int] = {}
    merging: dict[int, tuple[int, int]] = {}
    index = -1
    for row in rows:
        properties = row.find(W + "trPr")
        index += 1
        column = _before(properties)
        for cell in _cells(row):
            merge = child(cell, "tcPr", "vMerge")
            if merge is None:
                merging.pop(column, None)
            elif value(merge) == "restart":
                merging[column] = (index, column)
                spans[(index, column)] = 1
            elif column in merging:
                spans[merging[column]] += 1
            column += _width(cell)
    return spans
