"""The classifier's features as arrays say the same as plain sets of strings, on any text."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import docparse
from docparse.claims import grams
from docparse.claims.classifier import (
    LABELS,
    MARK_SCALE,
    NEARBY_SCALE,
    Scored,
    first_look,
    load_weights,
    loudest,
    nearby_name,
    second_features,
    seen_rows,
)
from docparse.claims.features import CLAUSE_MARKS, all_marks, cue_words, unit_features, unit_words
from docparse.claims.grams import Ragged, build_table, codes_of, cut_batches, distinct, find_grams, gram_of
from docparse.claims.surroundings import SIDES, read_nearby
from docparse.lexicon import load_toml
from docparse.records import HeadingLine, Kind, Layout, Piece, Span, Unit

# Few different characters, so that n-grams meet; marks of the ends and of clauses, one beyond 16 bits, half of a pair.
LETTERS = "将力争了，。^$0 𠮷\ud800"
WORDS = st.lists(st.text(LETTERS, max_size=12).map(lambda text: f"^{text}$"), min_size=1, max_size=8)
UNITS = st.lists(
    st.one_of(
        st.text(LETTERS + "3、,;(\n", min_size=1, max_size=30),
        st.sampled_from(["力争完成，3月底前。", "。。。！", "1、将", "不够，", "明年，力争再创新高；" * 60]),
    ),
    min_size=1,
    max_size=6,
)


def plain_grams(words: str) -> set[str]:
    """All n-grams of a text, the plain way."""
    return {words[i : i + n] for n in (1, 2, 3) for i in range(len(words) - n + 1)}


def plain_cues(words: str) -> set[str]:
    """The marks of the classes of the planning lexicon that speak in a unit, without kinds, the plain way."""
    body = words[1:-1]
    main = body.rstrip(CLAUSE_MARKS)
    last = main[max(main.rfind(mark) for mark in CLAUSE_MARKS) + 1 :]
    found: set[str] = set()
    for name, cues in load_toml("statements")["cues"].items():
        for cue in cues:
            places = {"any": cue in body, "last": cue in last, "head": body.startswith(cue)}
            found |= {f"@{place}={name}" for place, speaks in places.items() if speaks}
    return found


def one_article(texts: list[str], kind: Kind) -> tuple[str, Layout]:
    """Units one behind the other in one article."""
    units: list[Unit] = []
    for text in texts:
        start = units[-1].span.end if units else 0
        units.append(Unit(span=Span(start, start + len(text)), article=0))
    piece = Piece(span=Span(0, units[-1].span.end), title=None, title_span=None, kind=kind)
    return "".join(texts), Layout(articles=(piece,), headings=(), units=tuple(units))


@given(WORDS, st.integers(1, 40))
def test_grams_are_those_of_plain_sets(words: list[str], batch: int) -> None:
    every = sorted(set().union(*map(plain_grams, words)))
    known = every[::2]  # half of them: the others are to be missed
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "BATCH", batch)
        batches = cut_batches("".join(words), [*map(len, words)])
    found = find_grams(batches, build_table(codes_of(known), np.arange(len(known))), len(known))
    assert [[known[n] for n in numbers] for numbers in found.lists()] == [
        sorted(plain_grams(text) & {*known}) for text in words
    ]


@given(st.sets(st.text(min_size=1, max_size=3).filter(lambda gram: "\0" not in gram), max_size=200))
def test_a_table_gives_every_key_its_value(keys: set[str]) -> None:
    names = sorted(keys)
    codes = codes_of(names)
    assert [gram_of(int(code)) for code in codes] == names
    table = build_table(codes, np.arange(len(codes)))
    places, values = grams.look_up(table, codes)
    assert places.tolist() == values.tolist() == [*range(len(codes))]
    strangers = np.setdiff1d(codes + np.uint64(1), codes)
    assert len(grams.look_up(table, strangers)[0]) == 0


def test_numbers_that_do_not_fit_in_32_bits_are_told_apart() -> None:
    owners, numbers = np.array([3, 0, 3, 3]), np.array([5, 2_000_000_000, 5, 1])
    found = distinct(owners, numbers, 4, 2_000_000_001)
    assert [one.tolist() for one in found.lists()] == [[2_000_000_000], [], [], [1, 5]]
    assert Ragged(np.zeros(0, np.int32), np.zeros(2, np.int64)).lists()[1].tolist() == []


@given(UNITS, st.sampled_from(["plan", "summary", "other"]))
def test_cues_speak_where_plain_search_finds_them(texts: list[str], kind: Kind) -> None:
    text, layout = one_article(texts, kind)
    features = unit_features(text, layout, [0] * len(texts), [0] * len(texts))
    names = all_marks().names
    for unit, marks in zip(texts, features.marks.lists(), strict=True):
        said = {name for name in (names[n] for n in marks) if name.startswith(("@any=", "@last=", "@head="))}
        plain = plain_cues(unit_words(unit))
        assert said == plain | {f"{name}|{kind}" for name in plain}


@pytest.mark.parametrize(
    ("unit", "mark"),
    [
        ("力争完成。", "@head=strive"),
        ("一、完成改造", "@marked"),
        ("完成改造12,000,000户", "@marked"),
        ("完成改造", "@length=0"),
        ("完成改造" * 200, "@length=6"),
    ],
)
def test_marks_of_a_unit(unit: str, mark: str) -> None:
    text, layout = one_article(["改造住宅若干", unit], "plan")
    features = unit_features(text, layout, [0, 7], [0, 1])
    first, second = ({all_marks().names[n] for n in marks} for marks in features.marks.lists())
    assert mark in second
    assert {"@kind=plan", "@role=other|plan", "@quantities=3", "@times=1", "@outlook=None"} <= second
    assert {"@quantities=0", "@times=0", "@place=0"} <= first and "@marked" not in first


def test_every_mark_that_was_learned_is_known() -> None:
    weights = load_weights()
    around = tuple(nearby_name(side, "") for side in SIDES)
    learned = {n for n in weights.vocabulary if len(n) > grams.LONGEST_GRAM and not n.startswith(around)}
    rows = {name: row for name, row in zip(all_marks().names, weights.marks, strict=True) if row >= 0}
    assert learned == set(rows)
    assert all(weights.vocabulary[row] == name for name, row in rows.items())
    assert len(cue_words().names) == len(load_toml("statements")["cues"])


def test_rows_are_those_of_the_vocabulary() -> None:
    text, layout = one_article(["力争全年完成改造300户。", "存在的不足是人手不够"], "plan")
    weights = load_weights()
    seen = seen_rows(unit_features(text, layout, [1, 0], [1, 0]), weights)
    known = {*weights.vocabulary}
    first, second = (plain_grams(unit_words(text[unit.span.start : unit.span.end])) for unit in layout.units)
    assert [{weights.vocabulary[row] for row in rows} for rows in seen.words.lists()] == [first & known, second & known]
    for rows in seen.marks.lists():
        assert "@kind=plan" in {weights.vocabulary[row] for row in rows}
    (_, of_heading), (starts, of_before), (_, of_behind) = seen.nearby
    assert of_heading.tolist() == [-1, -1] and of_before.tolist() == [-1, 0] and of_behind.tolist() == [1, -1]
    begun = {nearby_name("before", gram) for gram in plain_grams("^力争全年完成")}
    assert {weights.vocabulary[row] for row in starts.lists()[0]} == begun & known


def test_neighbours_are_those_of_the_section_and_a_page_end_parts_none() -> None:
    def around(*units: tuple[int | None, str | None]) -> list[list[int]]:
        made = tuple(Unit(span=Span(n, n + 1), section=s, noise=noise) for n, (s, noise) in enumerate(units))
        layout = Layout(articles=(), headings=(), units=made)
        return [side.of_unit.tolist() for side in read_nearby(layout, "", [0] * len(units), [])]

    assert around((0, None), (0, None), (1, None)) == [[0, 0, 1], [-1, 0, -1], [1, -1, -1]]
    assert around((0, None), (0, "running-head"), (0, None))[1:] == [[-1, -1, 0], [2, -1, -1]]
    assert around((None, None), (None, "navigation"))[1:] == [[-1, 0], [1, -1]]


def test_the_first_look_is_the_sum_of_its_features() -> None:
    texts = ["力争全年完成改造300户。", "存在的不足是人手不够", "。"] * 400  # more than are summed at once
    text, layout = one_article(texts, "summary")
    weights = load_weights()
    seen = seen_rows(unit_features(text, layout, [0] * len(texts), [0] * len(texts)), weights)
    first = first_look(seen, weights)
    words, marks = seen.words.lists(), seen.marks.lists()
    around = [(rows.lists(), of_unit.tolist()) for rows, of_unit in seen.nearby]
    for at in range(len(texts)):
        margins = weights.words[marks[at]].sum(axis=0) * MARK_SCALE + weights.words[-1]
        margins = margins + weights.words[words[at]].sum(axis=0) / max(1, len(words[at])) ** 0.5
        for lists, of_unit in around:
            if of_unit[at] >= 0:
                near = lists[of_unit[at]]
                margins = margins + NEARBY_SCALE * weights.words[near].sum(axis=0) / max(1, len(near)) ** 0.5
        chances = np.exp((margins - margins.max()) * weights.scale)
        assert first[at] == pytest.approx(chances / chances.sum(), abs=1e-4)
    scored = Scored("problem", (0.0,) * len(LABELS), (words[1], marks[1]))
    assert {"不够", "不足"} <= {*loudest(scored, 12)}
    assert loudest(scored, 12)[:3] == loudest(scored, 3)


def test_what_stands_around_a_unit_speaks_for_its_label() -> None:
    weights = load_weights()
    text, layout = one_article(["手机信号良好。", "离客户较近。", "价格实惠。"], "plan")

    def looked(title: str) -> tuple[list[float], list[float]]:
        """The chances of the second line under a heading, with what stands around it and without."""
        heading = HeadingLine(
            span=Span(0, 0),
            marker=None,
            title=title,
            level=1,
            article=0,
            parent=None,
            role="other",
            title_role="other",
            end=0,
        )
        units = tuple(msgspec.structs.replace(unit, section=0) for unit in layout.units)
        under = msgspec.structs.replace(layout, headings=(heading,), units=units)
        seen = seen_rows(unit_features(text, under, [0] * 3, [0] * 3), weights)
        with_all, alone = first_look(seen, weights), first_look(seen._replace(nearby=()), weights)
        return with_all[1].tolist(), alone[1].tolist()

    rule, result = LABELS.index("rule"), LABELS.index("result")
    (wanted, alone), (reached, also_alone) = looked("租房的要求和标准"), looked("取得的成绩")
    assert wanted[rule] > 1.2 * alone[rule] and reached[result] > also_alone[result]
    assert wanted[rule] > reached[rule] and reached[result] > wanted[result]


def test_a_page_longer_than_a_batch_reads_as_its_parts() -> None:
    line = "做好设备检修，6月底前完成12台。\n"
    document = docparse.parse_text("2025年工作计划\n" + line * (2 * grams.BATCH // len(line)))
    labels = {(s.label, s.confidence) for s in document.statements[100:-100]}
    assert {label for label, _ in labels} == {"task"}
    assert len(labels) <= 20  # only the tenth of the article differs


def test_a_page_end_parts_no_neighbours() -> None:
    first = np.arange(3 * len(LABELS), dtype=np.float32).reshape(3, -1)
    wide = len(LABELS)

    def neighbours(noise: str | None) -> list[float]:
        units = tuple(Unit(span=Span(n, n + 1), noise=noise if n == 1 else None) for n in range(3))
        return [
            float(value)
            for value in second_features(Layout(articles=(), headings=(), units=units), first)[0, 2 * wide : 3 * wide]
        ]

    assert neighbours("running-head") == first[2].tolist()
    assert neighbours("navigation") == first[1].tolist()  # near miss: what a web page writes there is a neighbour
    one = Layout(articles=(), headings=(), units=(Unit(span=Span(0, 1), noise="running-head"),))
    assert not second_features(one, first[:1])[0, wide : 3 * wide].any()
