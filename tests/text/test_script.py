"""Script by passage: which standard a page is written in, the inverse that fits, offsets, and what stays."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.errors import OptionError
from docparse.options import Options
from docparse.text.scripts.script import detect_script, find_passages, simplified_view, to_simplified, to_traditional
from docparse.text.scripts.variants import convert, mirror_variant

CORPORA = Path(__file__).parents[2] / "corpora"

PLAIN = (
    "一年来，在领导的关怀和同事们的帮助下，我沿着既定的计划，着重抓了干部培训和群众工作。\n"
    "经过考核，每公里成本下降了3%，客户说服务态度明显好转，后勤部门也里里外外整理了一遍，税收与卫生工作同步推进。\n"
    "针对系统里的问题，我们采取措施，恢复了生产，复杂的关系也理顺了，今后要为企业的发展尽力。\n"
)
NATIVE_TAIWAN = (
    "本所113年度施政計畫業經核定，請各課室依計畫執行，並於網路公開資訊。\n為提升服務品質，軟體應於年底前汰換。\n"
)
NATIVE_HONG_KONG = (
    "屋苑管理處於2025年更換升降機六部，住戶如有查詢，請電郵至本處。\n"
    "本港公屋的小巴站將遷往屋邨正門，費用為港幣三十萬元。\n"
)


def mechanical(text: str) -> str:
    """A table of one character for one that leaves the ambiguous ones, and writes 著 for every 着."""
    return "".join(c if c in "后里干面采系于复尽制范余并么" else {"着": "著"}.get(c, convert("s2tw", c)) for c in text)


@pytest.mark.parametrize("variant", ["s2t", "s2tw", "s2hk"])
def test_a_phrase_table_is_recognised_and_undone(variant: str) -> None:
    page = convert(variant, PLAIN)
    assert mirror_variant(page) == variant
    assert to_simplified(page)[0] == PLAIN


def test_a_table_of_single_characters_is_recognised_and_undone() -> None:
    page = mechanical(PLAIN)
    assert mirror_variant(page) == "one-to-one"
    assert [p.script for p in find_passages(page)] == ["hant"]
    assert to_simplified(page)[0] == PLAIN


def test_rarer_choices_are_recognised_and_undone() -> None:
    page = "桌麵上的東西散儘了，隻有恢複工作製度，成菓纔能彙聚，為瞭全麵發展，答複瞭客戶。\n"
    assert mirror_variant(page) == "over-converted"
    assert to_simplified(page)[0] == "桌面上的东西散尽了，只有恢复工作制度，成果才能汇聚，为了全面发展，答复了客户。\n"


def test_one_wrong_word_of_a_phrase_table_is_no_over_conversion() -> None:
    assert mirror_variant("推動產業龍頭髮展，為羣衆做好計劃。") != "over-converted"


@pytest.mark.parametrize(
    ("page", "variant"),
    [
        (NATIVE_TAIWAN, "native-tw"),
        (NATIVE_HONG_KONG, "native-hk"),
        (convert("s2twp", "软件项目支持互联网用户，默认打印信息，为大家服务。"), "s2twp"),
        ("部門計劃與個人計劃，台灣客戶寄來計畫書，經過認真討論后決定。", "one-to-one"),
        ("會議記錄", None),
        ("", None),
    ],
)
def test_variant(page: str, variant: str | None) -> None:
    assert mirror_variant(page) == variant


def test_wording_stays_unless_asked() -> None:
    plain, _ = to_simplified(NATIVE_TAIWAN)
    assert "网络" not in plain and "于网路公开资讯" in plain and "软体应于" in plain
    asked, offsets = to_simplified(NATIVE_TAIWAN, wording="mainland")
    assert "于网络公开信息" in asked and "软件应于" in asked
    assert "依计划执行" in asked  # no 运行: the mainland writes 执行 as well
    at = asked.index("软件")
    span = offsets.raw_span(at, at + 2)
    assert NATIVE_TAIWAN[span.start : span.end] == "軟體"


@pytest.mark.parametrize("variant", ["s2t", "s2tw", "s2hk"])
def test_a_mainland_mirror_keeps_its_words_even_if_asked(variant: str) -> None:
    page = convert(variant, "新增项目档案32份，整合资料，建立核心指标，加快执行，为用户着想，里外一致。\n" * 3)
    assert to_simplified(page, wording="mainland")[0] == to_simplified(page)[0]


def test_lengths_that_change_keep_the_map() -> None:
    page = "計畫：以智慧型手機登入全球資訊網，由使用者列印。\n計畫結束。\n"
    text, offsets = to_simplified(page, wording="mainland")
    assert len(text) != len(page)
    for word, before in (("登录", "登入"), ("打印", "列印"), ("结束", "結束"), ("万维网", "全球資訊網")):
        at = text.index(word)
        span = offsets.raw_span(at, at + len(word))
        assert before in page[span.start : span.end]
        assert span.end - span.start <= len(before) + 5


def test_mixed_documents_come_out_as_their_passages() -> None:
    first, second = PLAIN * 2, convert("s2tw", PLAIN)
    page = first + second + "\n" + PLAIN
    passages = find_passages(page)
    assert [p.script for p in passages] == ["hans", "hant", "hans"]
    assert page[passages[1].start : passages[1].end] in (second, second + "\n")
    assert passages[1].variant == "s2tw" and passages[1].traditional > 30
    assert to_simplified(page)[0] == first + PLAIN + "\n" + PLAIN


def test_a_page_without_line_ends_is_divided_behind_sentences() -> None:
    plain = PLAIN.replace("\n", "") * 4
    page = convert("s2hk", plain) + plain
    passages = find_passages(page)
    assert [p.script for p in passages] == ["hant", "hans"]
    assert passages[0].end == len(plain)


def test_short_lines_go_with_their_neighbours() -> None:
    page = "工作計劃與總結\n首页\n12\n一、二\n開發與實際經驗\n"
    assert [p.script for p in find_passages(page)] == ["hant"]
    assert [p.script for p in find_passages("工作计划与总结\n瞭望\n12\n开发与实际经验\n")] == ["hans"]


@pytest.mark.parametrize(
    "text",
    [
        "《瞭望》周刊刊登了文章，乾隆年间的记载说明了这个问题。",
        "樊於期的故事，著名作家的著作让人深思。",
        "一二三",
    ],
)
def test_simplified_text_is_not_touched(text: str) -> None:
    assert to_simplified(text)[0] == text
    assert find_passages(text)[0].script == "hans"


def test_what_is_written_keeps_its_character() -> None:
    page = convert("s2tw", "沿着土著居民的路，成效卓著的专著讲着原著，见微知著，为群众着想，什么都看着办。")
    assert to_simplified(page)[0].count("着") == 4
    assert "土著" in to_simplified(page)[0] and "见微知著" in to_simplified(page)[0]
    assert "什么" in to_simplified("什么時候沿著計劃後退，為開發領導說話")[0]


def test_half_a_surrogate_does_no_harm() -> None:
    text = "\ud800個時間會議\udfff\x00"
    assert to_simplified(text)[0] == "\ud800个时间会议\udfff\x00"
    assert detect_script(text) == "hant"
    assert len(simplified_view(text)) == len(text)
    assert to_traditional("\ud800个") == "\ud800個"


@pytest.mark.parametrize(
    "line", ["體\n", "軟體資訊", "个時", "簡體還是繁體這裡個時\n这里还是简体个时说话\n", "計畫軟體專案登入。", "。"]
)
def test_time_is_linear(line: str) -> None:
    text = line * (200_000 // len(line))
    start = time.perf_counter()
    to_simplified(text, wording="mainland")
    assert time.perf_counter() - start < 5


MESSY = st.text(alphabet="工作計劃与总结著着么后里軟體網路資訊建立。\n\r 1a\u200b", max_size=120)


@given(MESSY, st.sampled_from(["as-written", "mainland"]))
@settings(max_examples=150, deadline=None)
def test_laws(text: str, wording: str) -> None:
    passages = find_passages(text)
    assert "".join(text[p.start : p.end] for p in passages) == text
    assert all(a.end == b.start for a, b in pairwise(passages))
    after, offsets = to_simplified(text, wording=wording)  # type: ignore[arg-type]
    assert offsets.text_length == len(after) and offsets.raw_length == len(text)
    spans = [offsets.raw_span(i, i + 1) for i in range(len(after))]
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))
    assert len(simplified_view(text)) == len(text)
    assert to_simplified(after, wording=wording)[0] == after  # type: ignore[arg-type]
    assert to_simplified(after, wording=wording)[0] == after  # type: ignore[arg-type]


def test_clean_documents_stay_and_come_back_from_their_mirrors() -> None:
    """Residual wrong characters in ten thousand, over the documents of the corpora."""
    paths = sorted((CORPORA / "train").glob("*.txt"))[:80]
    wrong = dict.fromkeys(("s2t", "s2tw", "s2hk"), 0)
    total = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if detect_script(text) != "hans":
            continue
        assert to_simplified(text)[0] == text, path.name
        total += len(text)
        for variant in wrong:
            back = to_simplified(convert(variant, text))[0]
            assert len(back) == len(text)
            wrong[variant] += sum(a != b for a, b in zip(back, text, strict=True))
    assert total > 30_000
    assert all(count * 10_000 <= 0.6 * total for count in wrong.values()), wrong


def test_option() -> None:
    assert Options().wording == "as-written"
    assert Options(wording="mainland").wording == "mainland"
    with pytest.raises(OptionError, match="wording"):
        Options(wording="taiwan")  # type: ignore[arg-type]


@given(st.text(alphabet="工作的计划著㐂䎱㑇瞭a1，\n計", max_size=40))
def test_a_page_without_traditional_characters_needs_no_count(text: str) -> None:
    passages = find_passages(text)
    traditional = sum(passage.traditional for passage in passages)
    if not traditional and len(passages) == 1:
        assert detect_script(text) == passages[0].script
        assert to_simplified(text)[0] == text
