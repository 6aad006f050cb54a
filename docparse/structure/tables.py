"""Table rows from the cells that a reader found."""

from __future__ import annotations

from collections.abc import Sequence

from docparse.records import Block, Row, Span, TableCell


def read_tables(text: str, blocks: Sequence[Block]) -> tuple[tuple[Row, ...], ...]:
    """Return the tables of `text` as rows of cells, in order of place; rows never overlap.

    A row spans from its first visible character to its last, so white space between cells belongs to it. A row whose
    cells stand out of order or inside another row is left to be read as lines. `raw_span` repeats `span`: only the
    pipeline knows the way back.
    """
    rows: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        if block.cell is not None:
            rows.setdefault((block.cell.table, block.cell.row), []).append(block)
    tables: dict[int, list[Row]] = {}
    end = 0
    for key in sorted(rows, key=lambda key: (min(block.start for block in rows[key]), key)):
        row = _read_row(text, rows[key])
        if row is None or row.span.start < end:
            continue
        end = row.span.end
        tables.setdefault(key[0], []).append(row)
    ordered = sorted(tables.values(), key=lambda table: table[0].span)
    return tuple(tuple(table) for table in ordered)


def _read_row(text: str, blocks: list[Block]) -> Row | None:
    cells: list[TableCell] = []
    first, last = len(text), 0
    for block in sorted(blocks, key=lambda block: (block.start, block.end)):
        start, end = max(0, min(block.start, len(text))), max(0, min(block.end, len(text)))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
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
        if start < end:
            first, last = min(first, start), end
    return Row(span=Span(first, last), cells=tuple(cells)) if first < last else None
