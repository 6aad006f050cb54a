"""The batch's parse as a stage of Ray Data, for more documents than one machine reads.

Ray moves the data, spreads the work, tries again and writes the results; nothing of that is done here. A stage is two
plain functions over batches of rows, so that any engine that hands out Arrow tables can run them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from docparse.batch.keys import document_id
from docparse.batch.records import Cell, Outcome, make_failure
from docparse.batch.store import schema_sql
from docparse.batch.worker import parse_bytes, read_outcome
from docparse.options import DEFAULT_OPTIONS, Options

if TYPE_CHECKING:
    from ray.data import Dataset

TABLES = (
    "documents", "failures", "articles", "sections", "goals", "deadlines", "targets", "results", "warnings", "repairs",
)  # fmt: skip
_NOT_HERE = ("content", "fingerprint", "path", "copies", "attempts")
_TYPES = {"TEXT": "string", "INTEGER": "int64", "REAL": "float64", "NUMERIC": "float64"}


def parse_dataset(dataset: Dataset, *, options: Options | None = None, **ray_options: Any) -> Dataset:
    """A dataset with a row for each document: `path`, and `outcome`, from which `read_table` makes rows.

    Materialize it before more than one table is read, or Ray parses again for each.

    Args:
        dataset: rows with `path` and `bytes`, as `ray.data.read_binary_files(…, include_paths=True)` gives them, or
            with `path` alone, a file that every node can open.
        options: the choices for every document.
        ray_options: passed on to `map_batches` (`num_cpus`, `memory`, `concurrency`, `batch_size` …).
    """
    chosen = {"batch_size": 16, **ray_options}
    return dataset.map_batches(
        parse_batch, batch_format="pyarrow", fn_kwargs={"options": options or DEFAULT_OPTIONS}, **chosen
    )


def read_table(outcomes: Dataset, name: str) -> Dataset:
    """The rows of one of `TABLES`, with the columns of the store's table and the document's path.

    Raises: KeyError where there is no such table.
    """
    columns_of(name)
    return outcomes.map_batches(table_batch, batch_format="pyarrow", fn_kwargs={"name": name})


def parse_batch(batch: Any, options: Options) -> Any:
    """An Arrow table with `path` and `outcome` for one with `path` and perhaps `bytes`."""
    import pyarrow as pa

    paths = [str(path) for path in batch["path"].to_pylist()]
    contents = batch["bytes"].to_pylist() if "bytes" in batch.column_names else [None] * len(paths)
    outcomes = [
        msgspec.msgpack.encode(_outcome(path, content, options)) for path, content in zip(paths, contents, strict=True)
    ]
    return pa.table({"path": pa.array(paths, pa.string()), "outcome": pa.array(outcomes, pa.binary())})


def table_batch(batch: Any, name: str) -> Any:
    """An Arrow table of the rows of table `name` for one that `parse_batch` gave."""
    import pyarrow as pa

    columns = columns_of(name)
    decoder = msgspec.msgpack.Decoder(Outcome)
    rows = [
        row
        for path, data in zip(batch["path"].to_pylist(), batch["outcome"].to_pylist(), strict=True)
        for row in _rows(name, path, decoder.decode(data))
    ]
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [
        pa.array(column, type=pa.type_for_alias(kind)) for column, kind in zip(values, columns.values(), strict=True)
    ]
    return pa.Table.from_arrays(arrays, names=list(columns))


@cache
def columns_of(name: str) -> dict[str, str]:
    """The columns of one of `TABLES` and their Arrow types, read from the store's own schema."""
    if name not in TABLES:
        raise KeyError(name)
    with closing(sqlite3.connect(":memory:")) as store:
        store.executescript(schema_sql())
        columns = {row[1]: _TYPES[row[2]] for row in store.execute(f"PRAGMA table_info({name})")}
    kept = {column: kind for column, kind in columns.items() if column not in _NOT_HERE}
    return {"path": "string", **kept}


def _outcome(path: str, content: bytes | None, options: Options) -> Outcome:
    if content is None:
        try:
            with open(path, "rb") as file:  # noqa: PTH123
                content = file.read(options.max_bytes + 1)
        except OSError as error:
            reason = f"The file cannot be read ({error.strerror or error})."
            failure = make_failure(path, "unreadable-file", reason, "Check the path.")
            return Outcome(content="", failure=failure)
    return read_outcome(content, path, parse_bytes, options)


def _rows(name: str, path: str, outcome: Outcome) -> list[tuple[Cell, ...]]:
    failure = outcome.failure
    if name == "failures":
        return [] if failure is None else [(path, failure.code, failure.message, failure.advice, failure.traceback)]
    if failure is not None:
        return []
    number = document_id(outcome.content)
    if name == "documents":
        (document,) = outcome.rows["documents"]
        return [(path, number, *document, outcome.json.decode())]
    return [(path, number, *row) for row in outcome.rows[name]]
