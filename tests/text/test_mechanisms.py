"""The forward models: what the mechanisms make of sound text, in known pairs and as laws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.text.bytes.gbk import byte_pair, character_of, is_private
from docparse.text.bytes.mechanisms import MARKS, decode_broken, insert_glosses, mirror, strip_spaces

NEI, JI = {"內": "nèi"}, {"績": "jī"}


@pytest.mark.parametrize(
    ("sound", "eaten"),
    [
        ("努力开拓农村市场。", "努力开拓农村市常"),
        ("为明年打下基础。", "为明年打下基矗"),
        ("完善农贸市场、超市", "完善农贸市尝超市"),
        ("这种“小”毛病", "这种“斜毛病"),
        ("力争首选。", "力争首眩"),
        ("预防疾病。", "预防疾玻"),
        ("加油！”", "加油１"),  # also the mark ！ ends in A1
        ("　一、总则", "一、总则"),  # what the script was after
        ("一、总则，二、附则；", "一、总则，二、附则；"),  # the marks of row A3 are out of danger
        ("", ""),
    ],
)
def test_stripped_spaces(sound: str, eaten: str) -> None:
    assert strip_spaces(sound) == eaten


@pytest.mark.parametrize("text", ["emoji 😀。", "한국", "Größe", "\ud800"])
def test_what_gbk_cannot_write_is_not_stripped(text: str) -> None:
    assert strip_spaces(text) is None


def test_half_a_character_is_not_gbk() -> None:
    # 场 ends in A1, 　 is A1A1: of B3A1 A1A1 the first pair goes, and B3 takes the A1 that is left.
    assert strip_spaces("场\u3000开工") == "场开工"


@pytest.mark.parametrize(
    ("sound", "table", "page"),
    [
        ("銷售部內部", NEI | JI, "銷售部?jī)?nèi)部"),
        ("制訂計劃", {"計": "jì"}, "制訂計(jì)劃"),
        ("調整", {"調": "diào"}, "調(diào)整"),  # one reading, whatever the word
        ("力量。客戶資源", {}, "力量?？蛻糍Y源"),
        ("積極行動。現在開始", {}, "積極行動?，F在開始"),
        ("部內", JI, "部?jī)?"),  # the end takes nothing
        ("部內7人", JI, "部?jī)?人"),  # a digit is taken
    ],
)
def test_mirrored(sound: str, table: dict[str, str], page: str) -> None:
    assert mirror(sound, table) == page


def test_marks_in_step_are_isolated_without_a_trace() -> None:
    text = "好，很好；真的？真的！"
    assert mirror(text, {}) == text


def test_marks_across_characters_are_cut_only_where_they_are_isolated() -> None:
    assert mirror("力量。客戶資源", {}, isolate=False) == "力量。客戶資源"


def test_pairs_without_a_character_go_unless_they_are_kept() -> None:
    # 。總之 is A1 [A3 BF 82] D6 AE, 維 BE 53: AE BE is nobody's character.
    assert mirror("推廣。總之維護", {}) == "推廣?？傊S護"
    kept = mirror("推廣。總之維護", {}, private=True)
    dropped = mirror("推廣。總之維護", {})
    assert kept is not None
    assert dropped == "".join(c for c in kept if not is_private(c))
    assert len(kept) == len(dropped) + 1


def test_the_order_of_the_table_counts() -> None:
    # 部 is B2 BF, 內 83 C8: BF 83 is 績 across them, and hides 內 from what comes later.
    assert mirror("部內", JI | NEI) != mirror("部內", NEI | JI)
    assert mirror("部內", NEI | JI) == "部?jī)?nèi)"
    assert mirror("部內", JI | NEI) == "部?jī)?"


@pytest.mark.parametrize("text", ["emoji 😀", "한국", "\ud800"])
def test_what_gbk_cannot_write_is_not_mirrored(text: str) -> None:
    assert mirror(text, {}) is None


def test_a_gloss_is_bytes_behind_bytes() -> None:
    assert insert_glosses("計劃".encode("gbk"), {"計": "jì"}) == "計(jì)劃".encode("gb18030")
    assert insert_glosses(b"abc", {"計": "jì"}) == b"abc"


def test_a_byte_without_partner_takes_the_next_one() -> None:
    assert decode_broken(b"\xb2(ab") == "?ab"
    assert decode_broken(b"\xb2") == "?"
    assert decode_broken(b"\x80\xb2\xbf") == "?部"  # 80 and FF stand alone
    assert decode_broken(b"\xaa\xa1") == ""
    assert decode_broken(b"\xaa\xa1", private=True) == "\ue000"


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
GBK_TEXT = st.text(st.one_of(HAN, st.sampled_from("，；？！。、“”（）\u3000abcXYZ09 ()?\n")), max_size=40)


@given(st.binary(max_size=80), st.booleans())
def test_any_bytes_are_decoded(data: bytes, private: bool) -> None:
    text = decode_broken(data, private=private)
    assert len(text) <= len(data)
    assert private or not any(is_private(c) for c in text)


@given(GBK_TEXT)
def test_sound_bytes_are_decoded_as_they_are(text: str) -> None:
    assert decode_broken(text.encode("gb18030")) == text


@given(st.text(max_size=40))
def test_any_text_is_mirrored_or_refused(text: str) -> None:
    page = mirror(text, NEI | JI)
    assert (page is None) == any(c >= "\x80" and byte_pair(c) is None for c in text)


@given(st.lists(st.one_of(HAN, st.sampled_from(list("abc 09\n"))), max_size=40))
def test_a_mirror_without_hosts_and_marks_changes_nothing(characters: list[str]) -> None:
    text = "".join(characters)
    data = text.encode("gb18030")
    if not any(mark.encode("gb18030") in data for mark in MARKS):
        assert mirror(text, {}) == text
    assert mirror(text, {}, isolate=False) == text


@settings(max_examples=50)
@given(GBK_TEXT)
def test_stripping_leaves_no_space(text: str) -> None:
    short = strip_spaces(text)
    assert short is None or len(short) <= len(text)


def test_bytes_and_characters_are_each_others_inverse() -> None:
    for lead in range(0x81, 0xFF):
        for trail in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
            character = character_of(lead, trail)
            assert not character or byte_pair(character) == (lead, trail)
