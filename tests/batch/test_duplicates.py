"""Near copies are found, grouped the same way whatever the order, and marked, never dropped."""

from __future__ import annotations

import random
import re
import sqlite3
from pathlib import Path

import pytest
from batch_tools import ask, dump, write_inputs
from fake_parsers import fake

from docparse.batch import run
from docparse.batch.duplicates import FEWEST_CHARACTERS, SIMILAR, signature, similarity

WORDS = re.findall("..", "完成推进落实加强提高组织开展建立检查培训安全质量成本客户员工制度项目物业设备会议")


def plan(seed: int, words: int = 200) -> list[str]:
    rng = random.Random(seed)
    return [rng.choice(WORDS) + rng.choice(WORDS) for _ in range(words)]


def varied(words: list[str], share: float, seed: int) -> str:
    rng = random.Random(seed)
    return "，".join("另有安排" if rng.random() < share else word for word in words)


def groups(out: Path) -> dict[str, int]:
    rows = ask(
        out,
        "SELECT d.path, x.group_number FROM near_duplicates AS x JOIN documents AS d ON d.id = x.document",
    )
    return {Path(path).stem: number for path, number in rows}


def test_the_estimate_is_close() -> None:
    text = "".join(plan(1, 400))
    for share in (0.0, 0.02, 0.1, 0.4):
        other = varied(plan(1, 400), share, 2).replace("，", "")
        one, two = ({t[n : n + 5] for n in range(len(t) - 4)} for t in (text, other))
        first, second = signature(text), signature(other)
        assert first and second
        assert similarity(first, second) == pytest.approx(len(one & two) / len(one | two), abs=0.12)
    assert signature("短" * (FEWEST_CHARACTERS - 1)) is None


def test_near_copies_are_grouped_and_nothing_is_dropped(tmp_path: Path) -> None:
    texts = {f"{base}-{n}.txt": varied(plan(base), 0.01 * n, n) for base in range(5) for n in range(3)}
    texts |= {f"alone-{n}.txt": varied(plan(100 + n), 0, 0) for n in range(10)} | {"short.txt": "短"}
    folder = write_inputs(tmp_path / "in", texts)
    report = run([folder], tmp_path / "out", workers=2, parse=fake)
    found = groups(tmp_path / "out")
    assert report.documents == len(texts) and report.near_duplicates == len(found) == 15
    assert {base: {found[f"{base}-{n}"] for n in range(3)} for base in range(5)} == {n: {n + 1} for n in range(5)}


def test_groups_do_not_depend_on_order_workers_or_runs(tmp_path: Path) -> None:
    texts = {f"{n:03}.txt": varied(plan(n % 12), 0.02 * (n // 12), n) for n in range(60)}
    folder = write_inputs(tmp_path / "in", texts)
    run([folder], tmp_path / "one", workers=1, parse=fake)
    names = sorted(texts)
    random.Random(5).shuffle(names)
    for part in (names[:17], names[17:40], names[40:]):
        run([folder / name for name in part], tmp_path / "two", workers=2, parse=fake)
    assert dump(tmp_path / "one") == dump(tmp_path / "two")
    assert len(groups(tmp_path / "one")) >= 24


def test_ten_thousand_near_copies_are_not_compared_pairwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docparse.batch import duplicates
    from docparse.batch.store import open_store

    made = signature("".join(plan(3)))
    assert made
    compared = 0

    def count(one: bytes, other: bytes) -> float:
        nonlocal compared
        compared += 1
        return similarity(one, other)

    monkeypatch.setattr(duplicates, "similarity", count)
    with open_store(tmp_path) as store:
        row = (
            "INSERT INTO documents (id, content, fingerprint, path, sha256, script, size, characters, articles, goals,"
        )
        row += " deadlines, targets, results, warnings, json) VALUES (?, ?, '', ?, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '')"
        store.executemany(row, ((n, str(n), f"{n:05}") for n in range(10_000)))
        store.executemany("INSERT INTO signatures VALUES (?, 1, ?)", ((n, made) for n in range(10_000)))
        assert duplicates.group_near_duplicates(store) == 10_000
        assert store.execute("SELECT DISTINCT group_number FROM near_duplicates").fetchall() == [(1,)]
    assert compared < 20_000


def test_the_threshold_is_where_it_is_said(tmp_path: Path) -> None:
    """Below it nothing is grouped: articles of one trade share phrases and are no copies."""
    folder = write_inputs(tmp_path / "in", {f"{n}.txt": varied(plan(7), share, 3) for n, share in enumerate((0, 0.3))})
    run([folder], tmp_path / "out", workers=1, parse=fake)
    with sqlite3.connect(tmp_path / "out" / "batch.sqlite") as store:
        one, two = (row[0] for row in store.execute("SELECT signature FROM signatures"))
    assert similarity(one, two) < SIMILAR and not groups(tmp_path / "out")
