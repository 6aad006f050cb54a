"""A sheet as a Parquet file, a row group at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import IO, Any

from docparse.batch.exports import Sheet, json_with_path
from docparse.batch.records import Cell

_GROUP_ROWS = 10_000
_GROUP_CHARACTERS = 4 * 1024 * 1024
_COUNTS = frozenset({"articles", "goals", "deadlines", "targets", "results", "warnings"})
_WHOLE = frozenset({"copies", "pages", "size", "characters", "page", "start", "stop", "attempts", "near_duplicates"})
_REAL = frozenset({"low", "high", "confidence"})


def write_parquet(file: IO[bytes], store: sqlite3.Connection, sheet: Sheet) -> None:
    """Write one sheet with typed columns; documents with their whole JSON in one more."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    documents = sheet.name == "documents"
    columns = (*sheet.columns, "json") if documents else sheet.columns
    rows = _with_json(store, sheet) if documents else sheet.rows
    # goals, targets and deadlines are numbers on the sheet of documents, and texts on the sheet of goals
    schema = pa.schema([(name, _type(pa, name, counts=documents)) for name in columns])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(rows):
            values = list(zip(*group, strict=True))
            arrays = [pa.array(column, type=field.type) for column, field in zip(values, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _groups(rows: Iterator[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    """The rows in groups, each small enough for memory: the last cell of a document is its whole JSON."""
    group: list[tuple[Cell, ...]] = []
    size = 0
    for row in rows:
        group.append(row)
        size += len(str(row[-1]))
        if len(group) >= _GROUP_ROWS or size >= _GROUP_CHARACTERS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _type(pa: Any, name: str, *, counts: bool) -> Any:
    if name in _REAL:
        return pa.float64()
    return pa.int64() if name in _WHOLE or (counts and name in _COUNTS) else pa.string()


def _with_json(store: sqlite3.Connection, sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    query = "SELECT json FROM documents WHERE path = ?"
    for row in sheet.rows:
        path = str(row[0])
        (json,) = store.execute(query, (path,)).fetchone()
        yield (*row, json_with_path(json.encode(), path).decode())
