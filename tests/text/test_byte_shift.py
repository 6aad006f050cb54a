"""Text read one byte out of step: each way it comes about, what only looks like it, and text that means harm."""

from __future__ import annotations

import time
from itertools import product

import pytest

from docparse import Repaired, repair
from docparse.text.bytes.mechanisms import HALF_MARKS, mirror
from docparse.text.edits import apply_edits

TABLE = {
    "個": "gè",
    "來": "lái",
    "務": "wù",
    "劃": "huà",
    "學": "xué",
    "帶": "dài",
    "業": "yè",
    "現": "xiàn",
    "內": "nèi",
    "績": "jī",
    "計": "jì",
    "驅": "qū",
}
# A paragraph by which the page shows what it glosses.
HABITS = "本年計劃：完成業務計劃，個人業績與業務學習並重。\n"


def page_of(sound: str, table: dict[str, str]) -> str:
    page = mirror(sound, table)
    assert page is not None
    return page


def shifts(result: Repaired) -> list[bool]:
    """Whether each edit of a shift is certified; what holds for every edit is checked on the way."""
    assert apply_edits(result.raw, result.edits)[0] == result.text
    found = [e for e in result.edits if e.kind == "byte-shift"]
    for edit in found:
        if edit.inside:
            assert sum(after for after, _ in edit.inside) == len(edit.after)
            assert sum(raw for _, raw in edit.inside) == edit.end - edit.start
            assert all(after > 0 and raw > 0 for after, raw in edit.inside)
    return [e.certified for e in found]


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("銷售部內部的信息流通", "部?jī)?nèi)部"),  # a gloss between the bytes of 部 and 內
        ("他向學校交了報告", "向?qū)W(xué)校"),
        ("銷售部內7人負責此事", "部?jī)?nèi)7人"),  # ( was swallowed; the digit was not
        ("大家行動起來。現在開始新的工作", "來(lái)?，F(xiàn)在"),  # a mark between 。 and 現, which is glossed
        ("加強服務力量。客戶資源是全公司的財富", "量??蛻糍Y源"),
        ("部門的工作要抓緊。總之維護好客戶關系", "緊?？傊S護"),  # a pair without a character is gone
    ],
)
@pytest.mark.parametrize("half_width", [False, True])
def test_shift_on_a_glossed_page(sound: str, broken: str, half_width: bool) -> None:
    raw, want = page_of(HABITS, TABLE) + page_of(sound, TABLE), HABITS + sound
    assert broken[0] in raw
    assert page_of(sound, TABLE) != sound
    if half_width:
        raw, want = raw.translate(HALF_MARKS), want.translate(HALF_MARKS)
    result = repair(raw)
    assert result.text == want
    assert shifts(result) == [True]
    assert not result.warnings


@pytest.mark.parametrize(
    "sound",
    [
        "加強服務力量。客戶資源是全公司的財富",
        "大家行動起來。現在開始新的工作",
        "部門的工作要抓緊。總之維護好客戶關系",
        "要认真学习。可以说明",  # simplified pages isolate marks as well
    ],
)
def test_shift_on_a_page_without_glosses(sound: str) -> None:
    raw = page_of(sound, {})
    assert raw != sound
    result = repair(raw)
    assert result.text == sound
    assert shifts(result) == [True]


def test_a_question_mark_that_was_dropped() -> None:
    raw = page_of(HABITS + "大家行動起來。現在開始新的工作", TABLE).replace("?，", "，")
    result = repair(raw)
    assert result.text == HABITS + "大家行動起來。現在開始新的工作"
    assert shifts(result) == [True]


def test_a_digit_that_was_swallowed_stays_a_question_mark() -> None:
    sound = "請大家向公司申請增加1名搬運工"
    table = TABLE | {"堅": "jiān", "請": "qǐng"}
    raw = page_of(HABITS, table) + page_of(sound, table)
    assert "1" not in raw
    result = repair(raw)
    assert result.text == HABITS + sound.replace("1", "?")
    assert shifts(result) == [True]


def test_an_end_that_no_reading_mends_is_told() -> None:
    raw = page_of(HABITS, TABLE) + "由銷售部?jǐn)?的人負責"
    result = repair(raw)
    assert result.text == HABITS + "由銷售部?jǐn)?的人負責"
    (warning,) = result.warnings
    assert warning.code == "byte-shift"
    assert warning.raw_span is not None
    assert raw[warning.raw_span.start : warning.raw_span.end] == "?jǐn)"


def test_every_restored_character_leads_to_the_damage() -> None:
    raw = page_of("加強服務力量。客戶資源是全公司的財富", {})
    result = repair(raw)
    (edit,) = result.edits
    for offset, character in enumerate(result.text):
        start, end = result.map.raw_span(offset, offset + 1)
        if edit.start <= start < edit.end:
            assert edit.start < end <= edit.end
        else:
            assert raw[start:end] == character


NEAR_MISSES = [
    "什么?！",
    "真的吗?，我不信。",
    "吗?，",
    "???",
    "为什么???，这样",
    "Why?!We go",
    "见http://a.cn/x?；b=1，查收",
    "https://a.cn/s?q=1,2",
    "选?？",
    "选?？下列各项",
    "你是谁?，",
    "他问你好吗?；我说好",
    "怎么办?！我们要努力",
    "能否完成?，取决于大家",
    "1+1=?，2+2=?",
    "行(xíng)动?，现在",
    "要不要?，B说",
]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_honest_question_marks_stay(text: str) -> None:
    for around in (text, f"大家都想问：\n{text}\n工作要继续做好。"):
        result = repair(around)
        assert result.text == around
        assert not result.edits
        assert not result.warnings


def test_letters_behind_honest_question_marks_stay() -> None:
    texts = [f"大家都想问这样做{a}?{m}{b}同学说工作要继续做好。" for a, m, b in product("吗对题", "；？！", "AB")]
    assert [t for t in texts if repair(t).text != t] == []


HOSTILE = [
    pytest.param("?，" * 200_000, id="?，"),
    pytest.param("学?；！？" * 10_000, id="学?；！？"),
    pytest.param("学?jī)" * 50_000, id="学?jī)"),
    pytest.param("部?" * 100_000, id="部?"),
    pytest.param("?" * 200_000, id="?"),
    pytest.param("(" * 200_000, id="("),
    pytest.param("部" * 300_000, id="部"),
    pytest.param("\u3000" * 200_000, id="U+3000"),
    pytest.param("學(xué)" * 60_000, id="學(xué)"),
    pytest.param("學(xué)?jī)" * 30_000, id="學(xué)?jī)"),
    pytest.param("学?，学" * 50_000, id="学?，学"),
    pytest.param("学?，\n" * 50_000, id="学?， in lines"),
    pytest.param("学?，\ue000" * 50_000, id="private use"),
    pytest.param("力?？蛻糍Y" * 1_000, id="a shift in every word"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_ends_soon(text: str) -> None:
    start = time.process_time()
    result = repair(text)
    assert time.process_time() - start < 10.0  # linear: 4 to 6 s on two cores, whose speed drifts
    shifts(result)
