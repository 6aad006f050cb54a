"""Charsets, plain text and Markdown."""

from __future__ import annotations

import time

import pytest
from reader_laws import check_laws, texts, uncovered

from docparse.errors import OptionError
from docparse.options import Options
from docparse.readers import decode_text, read_bytes

SIMPLIFIED = "2024年工作计划\n一、全年完成销售收入1200万元，比上年增长8%。\n二、加强客户服务，投诉率控制在2%以内。\n"
TRADITIONAL = (
    "112年度工作計畫\n壹、本年度預計完成營業收入一千二百萬元，較去年成長百分之八。\n貳、加強客戶服務，並檢討改進。\n"
)


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "gb18030", "gbk", "big5", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"]
)
@pytest.mark.parametrize("hint", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "no-such-charset"])
def test_every_charset_is_found_with_any_label(text: str, encoding: str, hint: str | None) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip(f"{encoding} has not all of these characters")
    decoded, name, _ = decode_text(data, hint)
    assert decoded == text
    assert name in {"utf-8", "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be"}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("snippet", ["工作计划", "完成销售收入", "一、加强管理，提高服务质量", "联通", "目标：100万元"])
def test_short_snippets(snippet: str, encoding: str) -> None:
    assert decode_text(snippet.encode(encoding))[0] == snippet


def test_wrong_label_is_corrected_and_said() -> None:
    page = f"<html><head><meta charset=utf-8></head><body><p>{SIMPLIFIED}</p></body></html>"
    reading = read_bytes(page.encode("gb18030"))
    assert "全年完成销售收入1200万元" in reading.raw
    assert reading.source.encoding == "gb18030"
    assert [w.code for w in reading.warnings] == ["wrong-encoding-label"]


def test_broken_bytes_become_replacement_characters() -> None:
    data = (SIMPLIFIED * 20).encode("utf-8")
    text, encoding, warnings = decode_text(data[:300] + b"\xff" + data[300:-1])
    assert encoding == "utf-8"
    assert "\ufffd" in text
    assert [w.code for w in warnings] == ["undecodable-bytes"]
    data = (SIMPLIFIED * 20).encode("gb18030")
    text, encoding, warnings = decode_text(data[:301] + b"\xff\xff" + data[301:])
    assert encoding == "gb18030"
    assert text.count("\ufffd") < 4


def test_lone_surrogates_and_nuls_stay_encodable() -> None:
    data = b"\xff\xfe" + "计划".encode("utf-16-le") + b"\x00\xd8" + "完成\0任务".encode("utf-16-le")
    reading = read_bytes(data)
    check_laws(reading)
    assert {w.code for w in reading.warnings} == {"undecodable-bytes", "nul-characters"}


def test_forced_encoding_and_unknown_encoding() -> None:
    data = SIMPLIFIED.encode("gbk")
    assert read_bytes(data, options=Options(encoding="gbk")).raw == SIMPLIFIED
    with pytest.raises(OptionError):
        read_bytes(data, options=Options(encoding="klingon"))
    with pytest.raises(OptionError):
        read_bytes(data, options=Options(encoding="base64"))


def test_speed_of_utf8() -> None:
    data = (SIMPLIFIED * 100_000).encode("utf-8")
    start = time.perf_counter()
    decode_text(data)
    assert len(data) / 1e6 / (time.perf_counter() - start) > 5


def test_text_keeps_every_character() -> None:
    text = "一、目标\r\n\r\n  完成。　\r\n\u3000\u3000二、任务\x0c"
    reading = read_bytes(b"\xef\xbb\xbf" + text.encode())
    assert reading.raw == text
    assert texts(reading) == ["一、目标", "完成。", "二、任务"]
    assert uncovered(reading) == ""
    assert reading.source.media_type == "text/plain"
    assert reading.source.sha256 is not None
    check_laws(reading)


def test_markdown_blocks() -> None:
    text = (
        "# 计划 #\n\n正文第一段。\n\n## 一、目标\n- 完成销售\n1. 拜访客户\n\n"
        "| 指标 | 数值 |\n|:---|---:|\n| 收入 | 100万元 |\n|  | a\\|b |\n\n***\n```\n# 不是标题\n```\n"
    )
    reading = read_bytes(text.encode(), path="a.md")
    assert reading.raw == text
    assert texts(reading, "heading") == ["计划", "一、目标"]
    assert [b.level for b in reading.blocks if b.kind == "heading"] == [1, 2]
    assert texts(reading, "list_item") == ["- 完成销售", "1. 拜访客户"]
    cells = [
        (raw, b.cell.row, b.cell.column, b.cell.header)
        for raw, b in zip(texts(reading), reading.blocks, strict=True)
        if b.cell
    ]
    assert cells == [
        ("指标", 0, 0, True),
        ("数值", 0, 1, True),
        ("收入", 1, 0, False),
        ("100万元", 1, 1, False),
        ("a\\|b", 2, 1, False),
    ]
    assert texts(reading, "paragraph") == ["正文第一段。", "# 不是标题"]
    assert reading.source.title == "计划"
    check_laws(reading)


def test_markdown_needs_evidence_or_a_suffix() -> None:
    assert read_bytes("#1楼保洁计划\n完成".encode()).source.media_type == "text/plain"
    assert read_bytes("# 计划\n\n## 目标\n".encode()).source.media_type == "text/markdown"
    assert read_bytes("计划".encode(), path="x.MD").source.media_type == "text/markdown"


def test_tags_in_text_do_not_make_a_page() -> None:
    crawled = "<p>一、目标</p>\n完成100万元<br>二、任务<br>" + "<br>" * 20
    for path in ("a.txt", "a.md"):
        assert read_bytes(crawled.encode(), path=path).raw == crawled
    assert read_bytes("用 <html> 和 <body> 标签写的计划".encode()).source.media_type == "text/plain"
    assert read_bytes("<!DOCTYPE html><p>计划".encode(), path="a.txt").source.media_type == "text/html"


def test_form_feeds_turn_pages() -> None:
    text = "2024年计划\n一、目标\n- 1 -\n\x0c完成任务。\n- 2 -\n\x0c第三页。\n"
    reading = read_bytes(text.encode())
    assert reading.raw == text
    assert [b.page for b in reading.blocks] == [1, 1, 1, 2, 2, 3]
    assert reading.source.pages == 3
    ended = read_bytes("第一页完成任务\x0c第二页总结经验\x0c".encode())  # pdftotext ends each page with one
    assert ([b.page for b in ended.blocks], ended.source.pages) == ([1, 2], 2)
    once = read_bytes("第一页完成任务\x0c第二页总结经验".encode())  # a separator that somebody typed
    assert ([b.page for b in once.blocks], once.source.pages) == ([None, None], None)


def test_markdown_underlined_headings() -> None:
    text = "总目标\n===\n\n正文一段。\n---\n\n- 一项\n---\n\n二、任务\n---\n第一行\n第二行\n---\n"
    reading = read_bytes(text.encode(), path="a.md")
    assert [(reading.raw[b.start : b.end], b.level) for b in reading.blocks if b.kind == "heading"] == [
        ("总目标", 1), ("二、任务", 2)
    ]  # fmt: skip
    assert texts(reading, "paragraph") == ["正文一段。", "第一行", "第二行"]
    assert reading.source.title == "总目标"
    check_laws(reading)


def test_markdown_front_matter() -> None:
    text = '---\ntitle: "2024年工作计划"\nauthors: [张三, 李四]\ndate: 2024-01-05\nlastmod: 2024-02-01\n'
    text += "tags:\n  - 计划\n---\n\n# 目标\n"
    source = read_bytes(text.encode(), path="a.md").source
    assert (source.title, source.author) == ("2024年工作计划", "张三")
    assert (str(source.published), str(source.modified)) == ("2024-01-05", "2024-02-01")
    reading = read_bytes(text.encode(), path="a.md")
    assert texts(reading, "header")[0] == 'title: "2024年工作计划"'
    assert texts(reading, "heading") == ["目标"]
    rules = read_bytes("---\n正文一段，没有字段\n---\n# 目标\n".encode(), path="a.md")
    assert texts(rules, "header") == []
    assert "正文一段，没有字段" in texts(rules)


def test_markdown_lists_fences_and_emphasis() -> None:
    text = "**总目标**\n\n1. 甲\n   - 乙\n     * 丙\n\n2.5万元完成\n~~~\n- 代码\n~~~\n`a|b` | c\n"
    reading = read_bytes(text.encode(), path="a.md")
    assert texts(reading, "list_item") == ["1. 甲", "- 乙", "* 丙"]
    assert texts(reading, "paragraph") == ["**总目标**", "2.5万元完成", "- 代码", "`a|b` | c"]
    assert reading.blocks[0].bold


def test_a_heading_of_marks_only_is_a_line() -> None:
    reading = read_bytes("# #\n\n# 计划 ##\n".encode(), path="a.md")
    check_laws(reading)
    assert texts(reading) == ["# #", "计划"]
