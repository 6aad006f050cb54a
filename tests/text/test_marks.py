"""Marks: clean texts are damaged by the mechanism and what comes back is counted; clean texts stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from docparse.text.edits import Edit, apply_edits
from docparse.text.marks import dots, doubled, stray_marks

Rule = Callable[[str], Iterator[Edit]]
CORPORA = Path(__file__).parents[2] / "corpora"
RULES: tuple[Rule, ...] = (
    stray_marks.remove_commas_before_marks,
    stray_marks.remove_stray_marks,
    stray_marks.drop_doubled_marks,
    dots.restore_decimal_points,
    dots.restore_dotted_names,
    dots.narrow_number_commas,
    dots.restore_full_stops,
    doubled.undo_overprint,
    doubled.drop_repeated_line,
)
HOSTILE = (
    "，" * 20_000,
    ",、" * 10_000,
    "的'" * 10_000,
    "的'好" * 8_000,
    "的.好" * 8_000,
    "““" * 10_000 + "””" * 10_000,
    "《《书" * 8_000,
    "5。" * 10_000,
    "5。\n\n" * 5_000,
    "扣0。\n" * 8_000,
    "1，234" * 5_000,
    "1" + "，234" * 8_000 + "元",
    "好.好." * 8_000,
    "好" * 30_000 + ".",
    "监监" * 15_000,
    "监监理理 1010 " * 4_000,
    "11" * 20_000 + "年年月月",
    "a" * 40_000,
    " " * 40_000,
    "工作计划与总结" * 5_000,
)


@cache
def clean_texts() -> tuple[str, ...]:
    """The corpora's simplified texts whose sentences end in 。; the layouts of layout-* are damaged on purpose."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(CORPORA.rglob("*.txt")) if not p.name.startswith("layout-")]
    return tuple(t for t in texts if t.count("。") >= 10)


def numbers(seed: int) -> Iterator[int]:
    """A fixed sequence that looks random (a linear congruence)."""
    while True:
        seed = (seed * 1_103_515_245 + 12_345) % 2**31
        yield seed >> 8


def mend(text: str, *rules: Rule) -> str:
    for rule in rules:
        text, _ = apply_edits(text, list(rule(text)))
    return text


def inject(text: str, places: re.Pattern[str], mark: str, one_in: int, seed: int) -> tuple[str, set[int]]:
    """The text with `mark` behind some matches, and where the marks are."""
    out: list[str] = []
    where: set[int] = set()
    at = size = 0
    for m, number in zip(places.finditer(text), numbers(seed), strict=False):
        if number % one_in == 0:
            out.append(text[at : m.end()] + mark)
            size += m.end() - at + 1
            where.add(size - 1)
            at = m.end()
    return "".join([*out, text[at:]]), where


def found_of(text: str, where: set[int], rule: Rule) -> tuple[int, int]:
    """How many of the places were found, and how many edits are elsewhere."""
    starts = {e.start for e in rule(text)}
    return len(starts & where), len(starts - where)


def test_commas_before_marks_come_back_exactly() -> None:
    hit = 0
    for text in clean_texts():
        damaged = re.sub(r"(?=[、。，；])", ",", text)
        edits = list(stray_marks.remove_commas_before_marks(damaged))
        hit += apply_edits(damaged, edits)[0] == text
    assert hit >= 0.97 * len(clean_texts())


@pytest.mark.parametrize(("mark", "floor"), [("'", 0.97), ("`", 0.97), (".", 0.9)])
def test_stray_marks_are_found(mark: str, floor: float) -> None:
    found = wrong = there = 0
    for number, text in enumerate(clean_texts()):
        text = re.sub(r"[一-鿿][.．](?!\w{3,4}\b)", "。", text) if mark == "." else text
        damaged, where = inject(text, re.compile("的(?=[一-鿿])"), mark, 6, number + 1)
        good, bad = found_of(damaged, where, stray_marks.remove_stray_marks)
        found, wrong, there = found + good, wrong + bad, there + len(where)
    assert there > 300
    assert found >= floor * there
    assert wrong == 0


def test_full_stops_come_back() -> None:
    found = wrong = there = 0
    for text in clean_texts():
        where = {m.start() for m in re.finditer(r"(?<=[一-鿿])。(?=\S)", text)}  # at a line's end it harms nobody
        damaged = "".join("." if i in where else c for i, c in enumerate(text))
        good, bad = found_of(damaged, where, dots.restore_full_stops)
        found, wrong = found + good, wrong + bad
        there += len(where)
    assert found >= 0.85 * there
    assert wrong <= 0.01 * there


@pytest.mark.parametrize("cut", ["。", "。\n", "。\n\n"])
def test_decimal_points_come_back(cut: str) -> None:
    found = wrong = there = 0
    point = re.compile(r"(?<=[一-鿿]\d)\.(?=\d{1,2}[%亿万元吨分])|(?<=[一-鿿]\d\d)\.(?=\d{1,2}[%亿万元吨分])")
    for text in clean_texts():
        pieces = point.split(text)
        damaged = cut.join(pieces)
        where, at = set(), 0
        for piece in pieces[:-1]:
            at += len(piece)
            where.add(at)
            at += len(cut)
        good, bad = found_of(damaged, where, dots.restore_decimal_points)
        found, wrong, there = found + good, wrong + bad, there + len(where)
    assert there > 100
    assert found >= 0.9 * there
    assert wrong == 0


def test_number_commas_come_back() -> None:
    for raw in ("1，234万元", "12，345.67元", "共27，203，319，000元，少846，461，000元"):
        narrowed = re.sub(r"(?<=\d)，(?=\d{3})", ",", raw)
        assert mend(raw, dots.narrow_number_commas) == narrowed


def headings() -> list[str]:
    lines = {line.strip() for text in clean_texts() for line in text.split("\n")}
    return sorted(line for line in lines if re.fullmatch(r"[一-鿿]{6,20}", line))


def test_overprinted_headings_come_back() -> None:
    lines = headings()
    mended = [mend("".join(c * 2 for c in line), doubled.undo_overprint) for line in lines]
    assert len(lines) > 30
    assert sum(a == b for a, b in zip(mended, lines, strict=True)) >= 0.95 * len(lines)


def test_lines_printed_twice_come_back() -> None:
    lines = [line for line in headings() if not line.endswith("日")]  # a date is no heading
    assert all(mend(line * 2, doubled.drop_repeated_line) == line for line in lines)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.__name__)
def test_clean_texts_stay(rule: Rule) -> None:
    """Authors who write `.` for 。 all through are the only ones whose texts change."""
    if rule is dots.restore_full_stops:
        texts = [t for t in clean_texts() if not re.search("[一-鿿%][.．](?!doc|xls|ppt|pdf)", t)]
    else:
        texts = list(clean_texts())
    assert [e for t in texts for e in rule(t)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.__name__)
def test_hostile_texts_end(rule: Rule) -> None:
    for text in HOSTILE:
        edits = list(rule(text))
        assert all(0 <= e.start <= e.end <= len(text) for e in edits)


def test_repairing_twice_changes_nothing() -> None:
    raw = "目标的'达成,、工作,、生活,。同比增长3。5%，做好““十四五””规划。。\n流程介绍与应用流程介绍与应用\n"
    once = mend(raw, *RULES)
    assert once == "目标的达成、工作、生活。同比增长3.5%，做好“十四五”规划。\n流程介绍与应用\n"
    assert mend(once, *RULES) == once


def test_certified_commas_can_be_put_in_again() -> None:
    raw = "学习,、工作,、生活,、休息,；都要安排好,。"
    edits = list(stray_marks.remove_commas_before_marks(raw))
    assert edits and all(e.certified for e in edits)
    mended = apply_edits(raw, edits)[0]
    assert re.sub("(?=[、。；，])", ",", mended) == raw
