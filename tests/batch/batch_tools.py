"""What the batch's tests share: folders of texts, and a store's rows in an order that any two stores can be held to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from docparse.batch.store import STORE

RESULT_TABLES = (
    "files",
    "failures",
    "documents",
    "articles",
    "sections",
    "goals",
    "deadlines",
    "targets",
    "results",
    "warnings",
    "repairs",
    "signatures",
    "near_duplicates",
)


def write_inputs(folder: Path, texts: Mapping[str, str]) -> Path:
    """The folder, with a file for each text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ask(out: Path, sql: str) -> list[Any]:
    """The rows of a query; of one column, its values."""
    with closing(sqlite3.connect(out / STORE)) as store:
        rows = store.execute(sql).fetchall()
    return [row[0] for row in rows] if rows and len(rows[0]) == 1 else rows


def dump(out: Path) -> dict[str, Any]:
    """All rows of all tables of results, and what the full-text index holds. Raises if the database is not sound."""
    with closing(sqlite3.connect(out / STORE)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows: dict[str, Any] = {
            table: sorted(store.execute(f"SELECT * FROM {table}"), key=repr) for table in RESULT_TABLES
        }
        store.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search, instance)")
        rows["search"] = sorted(store.execute("SELECT term, doc, offset FROM terms"))
    return rows
