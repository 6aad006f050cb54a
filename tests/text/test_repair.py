"""Each repair: the damage, the cure, and what is left alone."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.records import Reading, Source
from docparse.text.bytes.glosses import gloss_table
from docparse.text.bytes.mechanisms import strip_spaces
from docparse.text.repair import Clean, repair_text
from docparse.text.scripts.script import detect_script, to_simplified


def clean(raw: str) -> Clean:
    return repair_text(Reading(source=Source(), raw=raw))


@pytest.mark.parametrize(
    ("raw", "text", "kind"),
    [
        ("努力开拓农村市常", "努力开拓农村市场。", "gbk-space-strip"),
        ("为明年打下坚实的基矗\n", "为明年打下坚实的基础。\n", "gbk-space-strip"),
        ("共同开拓市常。", "共同开拓市场。", "gbk-space-strip"),
        ("完成&ldquo;双百&rdquo;任务", "完成“双百”任务", "entity"),
        ("质量&amp;amp;gt;数量", "质量>数量", "entity"),
        ("做好接待。<br/>做好登记。", "做好接待。做好登记。", "markup-residue"),
        ('责任到人。 class="">第二', "责任到人。第二", "markup-residue"),
        ('推行\\"首问负责\\"制', '推行"首问负责"制', "escape"),
        ("收入１２．５万元", "收入12.5万元", "width"),
        ("覆盖全县 18 个乡镇", "覆盖全县 18个乡镇", "spacing"),
        ("2024 年 5 月 1 日", "2024年5月1日", "spacing"),
        ("投资 1 6 5 5 亿元", "投资 1655亿元", "spacing"),
        ("版 本 历 史\n", "版本历史\n", "spacing"),
        ("工作\u200b计划", "工作计划", "zero-width"),
    ],
)
def test_repaired(raw: str, text: str, kind: str) -> None:
    result = clean(raw)
    assert result.text == text
    assert kind in {r.kind for r in result.repairs}
    for repair in result.repairs:
        assert raw[repair.raw_span.start : repair.raw_span.end] == repair.before


@pytest.mark.parametrize(
    "raw",
    [
        "经常去市常委会汇报",  # a character that is a word of its own
        "市场、试点与市尝试",  # 尝试 is a word
        "实力强盛的企业",
        "亳(bó)州市工作计划",  # one gloss makes no glossed page
        "R&D;投入强度",
        "产量<5吨，单价>3元",
        "1 个人总结",  # a marker and a heading
        "① ㎡ Ⅳ ％",
        "甲 乙 丙丁 戊",
        "20xx年完成xx万元",
    ],
)
def test_left_alone(raw: str) -> None:
    assert clean(raw).text == raw


def test_glossed_page_loses_its_glosses_and_becomes_simplified() -> None:
    raw = (
        "工作計(jì)劃與實(shí)際應(yīng)當(dāng)結(jié)合，"
        "計(jì)劃應(yīng)當(dāng)實(shí)在，結(jié)果經(jīng)過總結(jié)。"
    )
    result = clean(raw)
    assert result.script == "hant"
    assert result.text == "工作计划与实际应当结合，计划应当实在，结果经过总结。"
    at = result.text.index("应当")
    span = result.map.raw_span(at, at + 2)
    assert raw[span.start : span.end] == "應(yīng)當(dāng)"
    assert len(gloss_table(raw)) == 6


def test_an_orphaned_gloss_is_kept_and_warned_of() -> None:
    raw = "部?jī)\n的計(jì)劃與實(shí)際應(yīng)當(dāng)結(jié)合，計(jì)劃應(yīng)當(dāng)實(shí)在"
    result = clean(raw)
    assert "部?jī)\n" in result.text
    assert [w.code for w in result.warnings] == ["byte-shift"]


def test_forward_model_certifies() -> None:
    assert strip_spaces("开拓市场。") == "开拓市常"
    assert strip_spaces("没有") == "没有"
    assert strip_spaces("\ud800") is None
    assert all(e.certified for e in clean("开拓市常").edits if e.kind == "gbk-space-strip")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("工作计划与总结", "hans"),
        ("工作計劃與總結報告", "hant"),
        ("一二三", "hans"),
        ("abc 123", "none"),
        ("", "none"),
        ("这是简体的工作计划，下面是繁體的工作總結與計劃", "mixed"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert detect_script(text) == script


def test_conversion_keeps_the_map() -> None:
    raw = "後裏乾燥的計畫\n銷售額"
    text, offsets = to_simplified(raw)
    assert text.endswith("销售额")
    span = offsets.raw_span(text.index("销"), len(text))
    assert raw[span.start : span.end] == "銷售額"


MESSY = st.text(alphabet='市常基矗計(jì)劃實應當結&amp;ltgt<br>/ 　１２.年个万\\"\r\n\u200b', max_size=60)


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_repairing_repaired_text_changes_nothing(raw: str) -> None:
    once = clean(raw)
    assert clean(once.text).text == once.text


@settings(max_examples=200, deadline=None)
@given(MESSY)
def test_every_character_leads_back(raw: str) -> None:
    result = clean(raw)
    places = [result.map.raw_span(i, i + 1) for i in range(len(result.text))]
    assert all(a.start <= b.start and a.end <= b.end for a, b in itertools.pairwise(places))
    assert all(0 <= p.start <= p.end <= len(raw) for p in places)
