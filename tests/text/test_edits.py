"""The map: quote, way back, monotone, composed."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from docparse.text.edits import Edit, OffsetMap, apply_edits, compose

TEXT = st.text(alphabet="场市。ab1（？\n", max_size=30)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    raw = draw(TEXT)
    edits = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 4)))
        edits.append(Edit(start=start, end=end, after=draw(st.text("xyz", max_size=4)), kind="test"))
    return raw, edits


@given(edited())
def test_every_span_leads_back_in_order(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    text, offsets = apply_edits(raw, edits)
    assert offsets.text_length == len(text)
    places = [offsets.raw_span(i, i + 1) for i in range(len(text))]
    assert all(0 <= a.start <= a.end <= len(raw) for a in places)
    assert all(a.start <= b.start and a.end <= b.end for a, b in itertools.pairwise(places))
    for i, place in enumerate(places):
        if text[i] not in "xyz":  # a character that no edit wrote is the raw one
            assert raw[place.start : place.end] == text[i]
            assert offsets.text_offset(place.start) == i


@given(edited(), edited(), st.lists(st.integers(1, 40), max_size=4))
def test_units_side_by_side_share_no_raw_character_and_leave_none_out(
    first: tuple[str, list[Edit]], second: tuple[str, list[Edit]], cuts: list[int]
) -> None:
    raw, edits = first
    middle, inner = apply_edits(raw, edits)
    text, outer = apply_edits(middle, second[1])
    whole = compose(outer, inner)
    borders = [0, *sorted({cut for cut in cuts if cut < len(text)}), len(text)]
    places = [whole.whole_raw_span(a, b, text) for a, b in itertools.pairwise(borders) if a < b]
    assert all(a.start <= a.end == b.start <= b.end for a, b in itertools.pairwise(places))
    if places:
        assert (places[0].start, places[-1].end) == (0, len(raw))


def test_a_border_inside_a_change_cuts_it() -> None:
    # 。举 in UTF-8, read as GBK: the middle character of three is half of each.
    text, offsets = apply_edits("3銆備妇", [Edit(start=1, end=4, after="。举", kind="wrong-charset")])
    assert (offsets.raw_span(0, 2), offsets.raw_span(2, 3)) == ((0, 4), (1, 4))
    assert (offsets.whole_raw_span(0, 2, text), offsets.whole_raw_span(2, 3, text)) == ((0, 2), (2, 4))


@given(edited(), st.data())
def test_two_maps_compose_to_one(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    raw, edits = case
    middle, inner = apply_edits(raw, edits)
    start = data.draw(st.integers(0, len(middle)))
    end = data.draw(st.integers(start, len(middle)))
    text, outer = apply_edits(middle, [Edit(start=start, end=end, after="QQ", kind="test")])
    whole = compose(outer, inner)
    assert whole.text_length == len(text)
    for i in range(len(text)):
        step = outer.raw_span(i, i + 1)
        if step.end > step.start:
            # Inside it, not equal: two lumps of unequal sides may compose to one whose sides are equal again.
            found, wide = whole.raw_span(i, i + 1), inner.raw_span(step.start, step.end)
            assert wide.start <= found.start <= found.end <= wide.end


def test_a_deletion_belongs_to_no_span() -> None:
    text, offsets = apply_edits("計(jì)劃", [Edit(start=1, end=5, after="", kind="pinyin-gloss")])
    assert text == "計劃"
    assert offsets.raw_span(0, 1) == (0, 1)
    assert offsets.raw_span(0, 2) == (0, 6)
    assert offsets.raw_span(1, 2) == (5, 6)


def test_the_first_of_two_overlapping_edits_wins() -> None:
    edits = [Edit(start=0, end=3, after="A", kind="a"), Edit(start=2, end=4, after="B", kind="b")]
    assert apply_edits("wwwwq", edits)[0] == "Awq"


def test_nothing_edited_is_identity() -> None:
    text, offsets = apply_edits("原文", [])
    assert text == "原文"
    assert offsets.raw_span(0, 2) == (0, 2)
    assert OffsetMap.identity(0).raw_span(0, 0) == (0, 0)
