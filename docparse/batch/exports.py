"""What a batch leaves for other programs: its sheets as CSV, Excel or Parquet, its documents as JSON lines.

All are made from the store, in the order of the paths, so they do not depend on how the store came about. Each file is
written under another name and takes its own when it is complete.
"""

from __future__ import annotations

import csv
import importlib.util
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple, get_args

import msgspec

from docparse.batch.records import BatchReport, Cell, Format
from docparse.batch.store import get_meta, set_meta
from docparse.errors import OptionError

DEFAULT_FORMATS: tuple[Format, ...] = ("sqlite", "csv")
SHEETS = ("documents", "goals", "targets", "results", "deadlines", "articles", "warnings", "failures", "files")
"""Each is a view `…_sheet` in schema.sql. The first ones are those that people open first."""
FIRST_SHEETS = ("goals", "targets")
"""What `run` writes as CSV; `export` writes them all."""
REPORT = "report.json"
_NEEDS = {"parquet": ("pyarrow", "parquet"), "xlsx": ("xlsxwriter", "")}
_FORMULA_STARTS = frozenset("=+-@\t\r")
_LINE_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\x00": None})
_NO_PATH = b'"source":{"path":null'


class Sheet(NamedTuple):
    """A table for people: its columns and its rows, read as they are asked for."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]]


def check_formats(formats: Sequence[str]) -> None:
    """Nothing, if all are known and their packages installed. Raises: OptionError."""
    for name in formats:
        if name not in get_args(Format):
            raise OptionError("bad-format", f"{name!r} is no format.", f"Use {', '.join(get_args(Format))}.")
        package, extra = _NEEDS.get(name, ("", ""))
        if package and importlib.util.find_spec(package) is None:
            wanted = f"docparse[{extra}]" if extra else package
            raise OptionError("missing-package", f"{name} needs {package}.", f"Run: pip install '{wanted}'.")


def read_sheet(store: sqlite3.Connection, name: str) -> Sheet:
    """One of `SHEETS`, in the order of the paths and of the text."""
    columns = [row[1] for row in store.execute(f"PRAGMA table_info({name}_sheet)")]
    order = "path, n" if "n" in columns else "path"
    shown = tuple(column for column in columns if column != "n")
    return Sheet(name, shown, store.execute(f"SELECT {', '.join(shown)} FROM {name}_sheet ORDER BY {order}"))


def write_exports(store: sqlite3.Connection, folder: Path, formats: Sequence[Format]) -> None:
    """Write the formats that are missing or older than the store. Raises: OptionError where the disk refuses."""
    revision = get_meta(store, "revision") or "0"
    for name in formats:
        if name == "sqlite":
            continue
        sheets = FIRST_SHEETS if name == "csv" else SHEETS
        current = get_meta(store, f"exported-{name}") == revision
        if not (current and all((folder / file).exists() for file in export_names(name, sheets))):
            export(store, folder, name, sheets)
            set_meta(store, f"exported-{name}", revision)


def export_names(to: Format, sheets: Sequence[str]) -> list[str]:
    """The names of the files that `export` writes."""
    if to == "jsonl":
        return ["documents.jsonl", "failures.jsonl", "files.jsonl"]
    return ["batch.xlsx"] if to == "xlsx" else [f"{sheet}.{to}" for sheet in sheets]


def export(store: sqlite3.Connection, folder: Path, to: Format, sheets: Sequence[str] = SHEETS) -> list[Path]:
    """The files that were written into `folder`, each whole. Raises: OptionError."""
    check_formats([to])
    names = export_names(to, sheets)
    if to == "csv":
        for name, sheet in zip(names, sheets, strict=True):
            _write_csv(folder / name, read_sheet(store, sheet))
    elif to == "parquet":
        from docparse.batch.parquet import write_parquet

        for name, sheet in zip(names, sheets, strict=True):
            with whole_file(folder / name) as file:
                write_parquet(file, store, read_sheet(store, sheet))
    elif to == "xlsx":
        from docparse.batch.xlsx import write_xlsx

        with whole_file(folder / names[0]) as file:
            write_xlsx(file, (read_sheet(store, sheet) for sheet in sheets))
    elif to == "jsonl":
        _write_jsonl(store, folder)
    return [folder / name for name in names]


def write_report(folder: Path, report: BatchReport) -> None:
    """Write report.json. Raises: OptionError."""
    with whole_file(folder / REPORT) as file:
        file.write(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that is at `path` only when it is complete and on the disk. Raises: OptionError."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OptionError(
            "unwritable-output",
            f"Cannot write {path}: {error.strerror or error}.",
            "Give another folder, close the file where it is open, or make room on the disk.",
        ) from error
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def document_lines(store: sqlite3.Connection) -> Iterator[bytes]:
    """Each document as one line of JSON with the path of its first file, in the order of the paths."""
    for path, json in store.execute("SELECT path, json FROM documents ORDER BY path"):
        yield json_with_path(json.encode(), path) + b"\n"


def json_with_path(json: bytes, path: str) -> bytes:
    """A stored document with a path. It stands without one, because it belongs to all copies of a file.

    No text can hold the bytes that are looked for, since JSON escapes its quotation marks.
    """
    head, mark, tail = json.partition(_NO_PATH)
    return head + mark.removesuffix(b"null") + msgspec.json.encode(path) + tail


def _write_csv(path: Path, sheet: Sheet) -> None:
    # with the signature, because Excel takes a CSV file without it for the system's code page
    with whole_file(path) as file:
        writer = csv.writer(_Utf8(file))
        file.write(b"\xef\xbb\xbf")
        writer.writerow(sheet.columns)
        writer.writerows(
            [_cleaned(c) if type(c) is str and (c[:1] in _FORMULA_STARTS or not c.isprintable()) else c for c in row]
            for row in sheet.rows
        )  # the test stands here and not in the function: cells are the batch's largest number


def _cleaned(cell: str) -> str:
    """A cell on one line. One that a spreadsheet would run as a formula gets a leading apostrophe."""
    cell = one_line(cell)
    return f"'{cell}" if cell[:1] in _FORMULA_STARTS else cell


def one_line(text: str) -> str:
    """A cell's text as spreadsheets show it best: without line breaks, tabs and NUL characters."""
    return text.translate(_LINE_BREAKS).strip()


class _Utf8:
    """What csv.writer writes to, over a binary file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Take a line."""
        self._file.write(text.encode("utf-8", "replace"))


def _write_jsonl(store: sqlite3.Connection, folder: Path) -> None:
    with whole_file(folder / "documents.jsonl") as file:
        file.writelines(document_lines(store))
    for name in ("failures", "files"):
        sheet = read_sheet(store, name)
        with whole_file(folder / f"{name}.jsonl") as file:
            for row in sheet.rows:
                line = {key: cell for key, cell in zip(sheet.columns, row, strict=True) if cell is not None}
                file.write(msgspec.json.encode(line) + b"\n")
