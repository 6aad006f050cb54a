"""The same parse as a stage of Ray Data: the rows that a batch on one machine stores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_tools import ask

from docparse.batch import run
from docparse.batch.engine import TABLES, columns_of, parse_batch, read_table, table_batch
from docparse.options import DEFAULT_OPTIONS

ROOT = Path(__file__).parents[2]
pa = pytest.importorskip("pyarrow", reason="pip install 'docparse[parquet]'")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    for path in sorted((ROOT / "corpora/samples").glob("*/property-plan.*")):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    return folder


@pytest.fixture(scope="module")
def store(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    run([inputs], out, workers=1)
    return out


def stored(store: Path, name: str) -> list[tuple[Any, ...]]:
    columns = [f't."{column}"' for column in columns_of(name) if column != "path"]
    where = "documents AS t" if name == "documents" else f"{name} AS t JOIN documents AS d ON d.id = t.document"
    path = "t.path" if name == "documents" else "d.path"
    if name == "failures":
        where, path = "failures AS t", "t.path"
    return sorted(ask(store, f"SELECT {path}, {', '.join(columns)} FROM {where}"), key=repr)


def rows(table: Any) -> list[tuple[Any, ...]]:
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)


def equal(one: list[tuple[Any, ...]], two: list[tuple[Any, ...]]) -> bool:
    return sorted([*map(str, row)] for row in floats(one)) == sorted([*map(str, row)] for row in floats(two))


def floats(table: list[tuple[Any, ...]]) -> list[list[Any]]:
    """SQLite keeps 90 where Arrow's column of doubles has 90.0."""
    return [[float(cell) if isinstance(cell, int | float) else cell for cell in row] for row in table]


@pytest.mark.parametrize("given", ["paths", "bytes"])
def test_plain_functions_over_arrow_give_the_same_rows(given: str, inputs: Path, store: Path) -> None:
    files = sorted(inputs.iterdir())
    columns: dict[str, Any] = {"path": [str(path) for path in files]}
    if given == "bytes":
        columns["bytes"] = [path.read_bytes() for path in files]
    outcomes = parse_batch(pa.table(columns), DEFAULT_OPTIONS)
    for name in TABLES:
        assert equal(rows(table_batch(outcomes, name)), stored(store, name)), name
    assert table_batch(outcomes.slice(0, 0), "targets").schema == table_batch(outcomes, "targets").schema


def test_a_missing_file_is_a_failure() -> None:
    outcomes = parse_batch(pa.table({"path": ["nowhere.txt"]}), DEFAULT_OPTIONS)
    assert table_batch(outcomes, "failures")["code"].to_pylist() == ["unreadable-file"]


def test_no_such_table() -> None:
    with pytest.raises(KeyError):
        columns_of("nothing")


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    engine = pytest.importorskip("ray", reason="pip install 'docparse[ray]' (628 MB)")
    pytest.importorskip("ray.data", reason="pip install 'docparse[ray]'")
    path = os.pathsep.join((str(ROOT), str(ROOT / "cli")))
    engine.init(
        num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200 * 1024 * 1024,
        runtime_env={"env_vars": {"PYTHONPATH": path}},
    )  # fmt: skip
    engine.data.DataContext.get_current().enable_progress_bars = False
    yield engine
    engine.shutdown()


@pytest.mark.slow
def test_ray_gives_the_same_rows(ray: Any, inputs: Path, store: Path) -> None:
    from docparse.batch.engine import parse_dataset

    dataset = ray.data.read_binary_files(str(inputs), include_paths=True)
    outcomes = parse_dataset(dataset, batch_size=2).materialize()
    for name in ("documents", "targets", "goals", "failures"):
        found = [tuple(row[column] for column in columns_of(name)) for row in read_table(outcomes, name).take_all()]
        assert equal(found, stored(store, name)), name
