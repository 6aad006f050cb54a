"""Quality as a pinned floor: corpora/dev must score no worse than floors.toml says, and a floor never falls silently.

`python tests/gate/raise_floors.py` lifts the floors to what is reached now (less a margin); it never lowers one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpora_score", ROOT / "corpora" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures() -> dict[str, float | None]:
    found: dict[str, float | None] = scorer().score(sorted((ROOT / "corpora" / "dev").glob("*.gold.json")))
    return found


@pytest.mark.parametrize("name", sorted(FLOORS["floors"]))
def test_no_figure_falls_below_its_floor(figures: dict[str, float | None], name: str) -> None:
    value = figures[name]
    assert value is not None
    assert value >= FLOORS["floors"][name], f"{name}: {value} is below its floor"


def test_the_corpus_is_the_one_the_floors_were_measured_on() -> None:
    paths = sorted((ROOT / "corpora" / "dev").glob("*.gold.json"))
    assert len(paths) >= 8
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in paths)).hexdigest()
    assert digest == FLOORS["corpus_sha256"], "corpora/dev changed: measure again and commit floors with a reason"
