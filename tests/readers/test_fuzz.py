"""The fuzz itself: a short run finds nothing, and planted faults of every kind are found, made smaller and replayed."""

from __future__ import annotations

import mmap
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fuzz
import fuzz_mutations
import pytest
from fuzz_files import File, put_together, take_apart
from fuzz_seeds import KINDS, collect_seeds
from fuzz_worker import GOOD, Case, Limits, run_block, run_cases, warm_up

from docparse.errors import DamagedFileError
from docparse.readers import read_bytes
from docparse.records import Block, Reading, Source

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the workers are forked")

_MUTATIONS = 390
_LIMITS = Limits(seconds=5.0, megabytes=500.0, hang_seconds=20.0)


@pytest.fixture(scope="module")
def plan() -> fuzz.Plan:
    pytest.importorskip("docx")
    seeds = collect_seeds(KINDS)
    warm_up([entries[0].data for entries in seeds.values()])
    return fuzz.Plan(7, seeds, office_mutations=1, limits=_LIMITS)


def test_every_format_has_seeds(plan: fuzz.Plan) -> None:
    assert tuple(plan.seeds) == KINDS
    assert all(len(entries) >= 4 for entries in plan.seeds.values())


def test_a_short_run_finds_nothing(plan: fuzz.Plan) -> None:
    outcomes = list(fuzz.fuzz(plan, range(_MUTATIONS)))
    assert [(kind, o.number, o.signature, o.detail) for kind, o in outcomes if o.kind not in GOOD] == []
    read = Counter(kind for kind, outcome in outcomes if outcome.kind == "read")
    # The parsers are reached: packed again after the mutation, most packages and pages are whole enough to be read.
    assert min(read["docx"], read["pdf"]) >= _MUTATIONS // len(KINDS) // 3
    assert min(read["html"], read["txt"], read["md"]) >= _MUTATIONS // len(KINDS) // 2


def test_the_same_number_is_the_same_mutation(plan: fuzz.Plan) -> None:
    for number in range(2 * len(KINDS)):
        again = fuzz.Plan(7, collect_seeds(KINDS), office_mutations=1)
        assert fuzz.make_mutation(plan, number) == fuzz.make_mutation(again, number)
    assert fuzz.make_mutation(plan, 3)[2].data != fuzz.make_mutation(plan._replace(seed=8), 3)[2].data


def _unpadded(file: File) -> dict[str, bytes]:
    """The parts; streams of a compound file grow to whole sectors."""
    return {name: data.rstrip(b"\0") for name, data in file.parts}


@pytest.mark.parametrize("kind", ["docx", "pdf", "odt", "fodt", "word-xml", "doc", "mhtml", "zip", "txt"])
def test_taken_apart_and_put_together_it_is_the_same_document(kind: str) -> None:
    for seed in collect_seeds((kind,))[kind][:4]:
        parts = take_apart(seed.data)
        again = put_together(parts)
        assert _unpadded(take_apart(again)) == _unpadded(parts)
        if kind in ("docx", "pdf", "fodt", "word-xml", "doc", "txt"):
            assert read_bytes(again).raw == read_bytes(seed.data).raw
            packed = put_together(parts._replace(packed=frozenset(name for name, _ in parts.parts)))
            assert read_bytes(packed).raw == read_bytes(seed.data).raw


class _Swelling(random.Random):
    """Chance that doubles the same place as often as it can."""

    def choice(self, seq: Any) -> Any:
        return fuzz_mutations._double if fuzz_mutations._double in seq else seq[-1]

    def randrange(self, start: int, *_: int) -> int:
        return 1 if start == 6 else 0


def test_no_mutation_swells_without_end() -> None:
    part = fuzz_mutations.Part(b"<a><b>" + b"x" * 300 + b"</b></a>", b"", "docx", _Swelling())
    assert len(fuzz_mutations.change_pieces(part)) < 8_000_000  # of 12 times 500
    assert len(fuzz_mutations.change_tree(part)) < 8 * 4_000_000  # of 8 times 100


def _crash(data: bytes) -> Reading:
    raise KeyError("w:body")


def _die(data: bytes) -> Reading:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def _hang(data: bytes) -> Reading:
    time.sleep(60)
    raise AssertionError


def _spin(data: bytes) -> Reading:
    end = time.process_time() + 0.4
    while time.process_time() < end:
        pass
    return Reading(source=Source(), raw="")


def _swell(data: bytes) -> Reading:
    # A mapping of its own: after many tests the heap has so much free that 90 MB of bytes make nothing grow.
    with mmap.mmap(-1, 90_000_000, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as fresh:
        for _ in range(90):
            fresh.write(b"\x01" * 1_000_000)
    return Reading(source=Source(), raw="")


def _run_out(data: bytes) -> Reading:
    return Reading(source=Source(), raw="" if bytes(3_000_000_000) else "x")


def _lose(data: bytes) -> Reading:
    return Reading(source=Source(), raw="完成 任务", blocks=(Block(start=0, end=2),))


def _overlap(data: bytes) -> Reading:
    return Reading(source=Source(), raw="完成", blocks=(Block(start=0, end=2), Block(start=1, end=2)))


def _refuse(data: bytes) -> Reading:
    raise DamagedFileError("damaged-docx", "It is broken.", "Mend it.")


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        (_crash, "crash"),
        (_die, "died"),
        (_hang, "hang"),
        (_spin, "slow"),
        (_swell, "memory"),
        (_run_out, "crash"),
        (_lose, "law"),
        (_overlap, "law"),
        (_refuse, "refused"),
    ],
)
def test_a_planted_fault_is_found(read: Callable[[bytes], Reading], kind: str) -> None:
    seconds = 0.2 if kind == "slow" else 5.0
    limits = Limits(seconds, megabytes=60.0, hang_seconds=1.0, space_megabytes=2_500)
    outcome = next(run_block([Case(5, b"x", limits)], read))
    assert (outcome.number, outcome.kind) == (5, kind), outcome


def test_the_cases_behind_one_that_kills_its_worker_are_read() -> None:
    def read(data: bytes) -> Reading:
        return _die(data) if data == b"2" else _hang(data) if data == b"5" else Reading(source=Source(), raw="")

    cases = [Case(n, str(n).encode(), Limits(hang_seconds=1.0)) for n in range(8)]
    found = [(o.number, o.kind) for o in run_cases(iter(cases), read)]
    assert found == [(n, {2: "died", 5: "hang"}.get(n, "read")) for n in range(8)]


def test_a_finding_is_made_smaller_and_keeps_its_fault() -> None:
    def read(data: bytes) -> Reading:
        return _crash(data) if b"needle" in data else Reading(source=Source(), raw="")

    case = Case(0, b"", Limits())
    file = File("flat", (("a", b"hay" * 40), ("b", b"hay" * 20 + b"needle" + b"hay" * 21), ("c", b"hay")))
    signature = next(run_block([case._replace(data=put_together(file))], read)).signature
    small = fuzz.shrink(case, file, signature, seconds=20, read=read)
    assert put_together(small) == b"needle"


def test_findings_are_saved_and_replayed(
    plan: fuzz.Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = plan._replace(seeds={"txt": plan.seeds["txt"]})
    monkeypatch.setattr(
        fuzz, "fuzz", lambda p, numbers: ((("txt", o)) for o in run_block([fuzz.make_case(p, 3)], _crash))
    )
    assert fuzz.run(one, 4, tmp_path, "fuzz.py --seed 7", 0) == 1
    saved = tmp_path / "txt-7-3.txt"
    assert saved.read_bytes() == fuzz.make_mutation(one, 3)[2].data
    assert '"again": "fuzz.py --seed 7 --replay 3"' in saved.with_suffix(".json").read_text(encoding="utf-8")
    assert "crash: KeyError" in capsys.readouterr().out
    assert fuzz.main(["--seed", "7", "--formats", "txt", "--replay", "3", "--out", str(tmp_path / "again")]) == 0
    assert (tmp_path / "again" / "txt-7-3.txt").read_bytes() == saved.read_bytes()
    assert fuzz.main(["--check", str(saved)]) == 0
