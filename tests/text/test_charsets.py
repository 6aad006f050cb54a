"""Damage of encoding: the mechanism run forwards on sound text, and undone."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.text.bytes import charsets
from docparse.text.bytes.charsets import undo_wrong_charset
from docparse.text.bytes.islands import restore_lead_bytes, undo_islands
from docparse.text.bytes.lost_bytes import lost_characters
from docparse.text.bytes.misread import CONTINUATIONS, LEADS, load_codecs, misread, openers
from docparse.text.edits import apply_edits
from docparse.text.layout.markup import complete_entities, decode_escapes, remove_tags
from docparse.text.marks.spun import mend_spun_words, restore_country_name

SHARED = Path(__file__).parents[3] / "shared" / "documents" / "policy_36.txt"
RULES = (
    undo_wrong_charset,
    undo_islands,
    restore_lead_bytes,
    complete_entities,
    decode_escapes,
    remove_tags,
    mend_spun_words,
    restore_country_name,
)
PAGE = """一、2023年工作总结
今年以来，公司完成销售额1200万元，同比增长8.5%，“三包”服务得到客户好评。
（一）抓好管理；（二）改进服务：每月走访不少于20户！
二、2024年工作计划
3月底前完成设备改造，6月底前培训员工150人次。"""


def undone(text: str) -> str:
    return apply_edits(text, list(undo_wrong_charset(text)))[0]


@pytest.mark.parametrize("name", [codec.name for codec in load_codecs() if not codec.wide])
def test_single_byte_codecs_are_undone_exactly(name: str) -> None:
    damaged = misread(PAGE, name)
    edits = list(undo_wrong_charset(damaged))
    assert apply_edits(damaged, edits)[0] == PAGE
    assert all(edit.certified for edit in edits)


def test_gbk_keeps_what_can_be_read() -> None:
    text = undone(misread(PAGE, "gbk"))
    assert len(text) == len(PAGE)
    wrong = [(a, b) for a, b in zip(PAGE, text, strict=True) if a != b]
    assert all(b == "\ufffd" for _, b in wrong)
    assert len(wrong) <= 8  # a lead byte before a digit or a line end takes the last third of a character with it


def test_only_so_many_gaps_of_a_page_are_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    # 。举、抓培训 in UTF-8, read as GBK; the last bytes of 训 are gone. Weighing the 163 that may have stood there
    # takes 2 ms.
    line, count = "銆備妇銆佹姄鍩硅\n", 12
    whole = undone(line * count)
    assert whole.count("\ufffd") == 0
    monkeypatch.setattr(charsets, "MOST_CHOICES_A_TEXT", 5 * 163)
    part = undone(line * count)
    assert len(part) == len(whole)
    kept = part.index("\ufffd")
    assert part[:kept] == whole[:kept]
    assert 0 < part.count("\ufffd") == part.count("\n", kept) < count


def test_gbk_read_as_latin() -> None:
    assert undone(PAGE.encode("gbk").decode("latin-1")) == PAGE


def test_the_private_use_characters_carry_the_bytes() -> None:
    damaged = misread("可接受最低温度是多少", "gbk")
    assert re.search("[\ue000-\uf8ff]", damaged)
    assert undone(damaged) == "可接受最低温度是多少"


@pytest.mark.parametrize("name", ["gbk", "cp1252", "cp1251", "mac_cyrillic"])
def test_undone_text_stays(name: str) -> None:
    text = undone(misread(PAGE, name))
    assert undone(text) == text


def test_only_the_damaged_part_changes() -> None:
    sound = "本页其余部分完好无损，北京路20号。\n"
    assert undone(sound + misread("年度工作总结", "cp1252") + "\n" + sound) == f"{sound}年度工作总结\n{sound}"


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared documents")
def test_a_whole_page_read_as_maccyrillic() -> None:
    text = undone(SHARED.read_text(encoding="utf-8"))
    assert text.startswith("无障碍环境建设条例第一章　总　　则\u00a0　　第一条")
    assert not re.search("[Ѐ-ӿ]", text)


def test_lost_characters() -> None:
    text = "工作\ufffd\n每件事???商品，真的???\n锟斤拷，鈥?工作\ufffd\ufffd总"
    assert [text[start:end] for start, end, _, _ in lost_characters(text)] == [
        "\ufffd",
        "???",
        "锟斤拷",
        "鈥?",
        "\ufffd\ufffd",
    ]
    assert {code for _, _, code, _ in lost_characters(text)} == {"lost-character"}


@given(st.text(alphabet="鍙帴楁€?\ufffd锘鈥银铆聽工作路0aéå·¥ä½œ\xa0жЧ†й<>&#;\\%uE5n^v那么否", max_size=60))
def test_rules_never_fail(text: str) -> None:
    for rule in RULES:
        apply_edits(text, list(rule(text)))
    lost_characters(text)


@pytest.mark.parametrize(
    "piece",
    ["鍙", "鍙?", "鈥", "å", "å·", "é»", "Äê", "й", "聽", "?0?2", "\\u5de5", "%E5", "<", "<br ", "&", "\\n", "锟斤拷"],
)
def test_rules_take_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    for rule in (*RULES, lost_characters):
        start = time.perf_counter()
        list(rule(text))
        assert time.perf_counter() - start < 5, rule.__name__


def test_no_stretch_begins_with_a_sign_that_the_cheap_test_does_not_know() -> None:
    for codec in load_codecs():
        size = 2 if codec.wide else 1
        begins = [c for c, b in codec.data.items() if len(b) == size and b[0] in LEADS and c.isprintable()]
        begins = [c for c in begins if size == 1 or codec.data[c][1] in CONTINUATIONS]
        assert begins and [c for c in begins if not openers(wide=codec.wide).match(c)] == []
