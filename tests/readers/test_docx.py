"""Word documents, built with python-docx and by editing the XML inside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

import docx
import pytest
from reader_laws import check_laws, texts, uncovered

from docparse.readers import read_bytes
from docparse.readers.docx_numerals import chinese_number, render_number
from docparse.records import Reading

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EXTRA = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def save(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def edit(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The package with some members changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = old.read(name)
            new.writestr(name, changes[name](member) if name in changes else member)
    return stream.getvalue()


def with_body(body: str, numbering: str | None = None) -> bytes:
    """A package whose body (and numbering part) is the given XML."""
    main = f'<w:document xmlns:w="{_W}" {_EXTRA}><w:body>{body}</w:body></w:document>'
    changes: dict[str, Callable[[bytes], bytes]] = {"word/document.xml": lambda _: main.encode()}
    if numbering is not None:
        part = f'<?xml version="1.0" encoding="UTF-8"?><w:numbering xmlns:w="{_W}">{numbering}</w:numbering>'
        changes["word/numbering.xml"] = lambda _: part.encode()
    return edit(save(docx.Document()), changes)


def read(data: bytes) -> Reading:
    reading = read_bytes(data, path="x.docx")
    check_laws(reading)
    assert uncovered(reading) == ""
    return reading


def para(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, number_id: int = 1, level: int = 0) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')


def level(index: int, number_format: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def test_headings_paragraphs_and_properties() -> None:
    document = docx.Document()
    document.core_properties.title = "年度计划"
    document.core_properties.author = "办公室"
    document.core_properties.modified = datetime(2024, 3, 1, 8)
    document.add_heading("2024年工作计划", 0)
    document.add_heading("总体目标", 1)
    document.add_paragraph("全年完成收入100万元。")
    document.add_paragraph("拜访客户", style="List Bullet")
    reading = read(save(document))
    assert [(b.kind, b.level) for b in reading.blocks] == [
        ("heading", None),
        ("heading", 1),
        ("paragraph", None),
        ("list_item", None),
    ]
    assert texts(reading)[-1] == "• 拜访客户"
    source = reading.source
    assert (source.title, source.author, source.modified) == ("年度计划", "办公室", date(2024, 3, 1))


def test_chinese_numbering_with_restarts() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCountingThousand", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%3.", '<w:suff w:val="space"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = (
        item("甲") + item("子", level=1) + item("丑", level=1) + item("寅", level=2) + item("乙") + item("卯", level=1)
        + item("另", 2) + item("续", 2) + item("无", 0) + item("没有", 77)
    )  # fmt: skip
    assert texts(read(with_body(body, numbering))) == [
        "一、甲",
        "（一）子",
        "（二）丑",
        "1. 寅",
        "二、乙",
        "（一）卯",
        "一、另",
        "二、续",
        "无",
        "没有",
    ]


def test_chapter_article_and_legal_numbering() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCounting", "第%1章")
        + level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + level(2, "decimal", "第%3条", '<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = (
        item("总则")
        + item("目的", level=1)
        + item("条", level=2)
        + item("分则")
        + item("范围", level=1)
        + item("条", level=2)
    )
    assert texts(read(with_body(body, numbering))) == [
        "第一章 总则",
        "1.1 目的",
        "第1条 条",
        "第二章 分则",
        "2.1 范围",
        "第2条 条",
    ]


def test_number_formats() -> None:
    shown = [render_number(n, "ideographTraditional") for n in (1, 2, 10, 11)]
    assert shown == ["甲", "乙", "癸", "甲"]
    assert render_number(28, "upperLetter") == "BB"
    assert render_number(1994, "upperRoman") == "MCMXCIV"
    assert render_number(3, "decimalEnclosedCircle") == "③"
    assert render_number(25, "decimalEnclosedCircle") == "㉕"
    assert render_number(12, "chineseLegalSimplified") == "拾贰"
    assert render_number(20, "ideographDigital") == "二〇"
    assert render_number(7, "no-such-format") == "7"
    assert all(chinese_number(a) != chinese_number(b) for a, b in pairwise(range(1, 3000)))


def test_insertions_in_deletions_hidden_and_comments_out() -> None:
    body = (
        "<w:p><w:r><w:t>完成</w:t></w:r><w:ins><w:r><w:t>收入</w:t></w:r></w:ins><w:del><w:r><w:delText>利润</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:moveFrom><w:r><w:t>搬走</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>100</w:t><w:tab/><w:t>万元</w:t><w:br/><w:t>第二行</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上半句，</w:t></w:r></w:p>" + para("下半句。")
    )
    assert texts(read(with_body(body))) == ["完成收入100\t万元", "第二行", "上半句，下半句。"]


def test_text_boxes_controls_and_alternate_content() -> None:
    box = f"<w:txbxContent>{para('框中文字')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{para('控件')}</w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{para('一、目标1')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:r></w:p>"
    )
    reading = read(with_body(body))
    assert texts(reading) == ["框中文字", "框外", "控件", "一、目标1", "x=1"]
    assert texts(reading, "toc") == ["一、目标1"]


def test_merged_cells() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(text)}</w:tc>"

    head = cell("指标", '<w:vMerge w:val="restart"/>') + cell("数值", '<w:gridSpan w:val="2"/>')
    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('2023')}{cell('2024')}</w:tr>"
        f"<w:tr>{cell('收入')}{cell('90')}{cell('100')}</w:tr>"
    )
    reading = read(with_body(f"<w:tbl>{rows}</w:tbl>" + f"<w:tbl><w:tr>{cell('框')}</w:tr></w:tbl>"))
    found = [(t, b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span, b.cell.header) for t, b in
             zip(texts(reading), reading.blocks, strict=True) if b.cell]  # fmt: skip
    assert found == [
        ("指标", 0, 0, 2, 1, True),
        ("数值", 0, 1, 1, 2, True),
        ("2023", 1, 1, 1, 1, False),
        ("2024", 1, 2, 1, 1, False),
        ("收入", 2, 0, 1, 1, False),
        ("90", 2, 1, 1, 1, False),
        ("100", 2, 2, 1, 1, False),
    ]
    assert texts(reading, "paragraph") == ["框"]


def test_headers_and_footers_follow_the_body() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "某公司"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    reading = read(save(document))
    assert [(t, b.kind) for t, b in zip(texts(reading), reading.blocks, strict=True)] == [
        ("正文", "paragraph"),
        ("某公司", "header"),
        ("第1页", "footer"),
    ]


def test_broken_relations_are_read_by_name() -> None:
    data = save(docx.Document())
    broken = edit(
        with_body(para("完成任务")),
        {"word/_rels/document.xml.rels": lambda x: x.replace(b'Target="styles.xml"', b'Target="../NULL"')},
    )
    reading = read(broken)
    assert reading.raw == "完成任务"
    assert [w.code for w in reading.warnings] == ["docx-package-damaged"]
    assert read(data).warnings[0].code == "no-text"


@pytest.mark.parametrize("number_id", ["", "-1", "99999999999999999999", "x"])
def test_absurd_numbers_are_ignored(number_id: str) -> None:
    body = para("一", f'<w:outlineLvl w:val="{number_id}"/><w:numPr><w:numId w:val="{number_id}"/></w:numPr>')
    assert texts(read(with_body(body))) == ["一"]


def test_numbering_and_hiding_by_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Heading1"/>')
        + level(1, "decimal", "%2．", '<w:pStyle w:val="Heading2"/>')
        + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        f'<w:styles xmlns:w="{_W}">'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="标题 1"/><w:basedOn w:val="Heading2"/>'
        '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Heading1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="z"><w:name w:val="z-Top of Form"/><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>"
    )
    body = "".join(
        para(text, f'<w:pStyle w:val="{style}"/>')
        for style, text in (
            ("Heading1", "目标"), ("Heading2", "销售"), ("Heading2", "服务"), ("z", "窗体顶端"), ("Heading1", "措施"),
            ("Heading2", "管理"),
        )
    )  # fmt: skip
    reading = read(edit(with_body(body, numbering), {"word/styles.xml": lambda _: styles.encode()}))
    assert [(text, block.level) for text, block in zip(texts(reading), reading.blocks, strict=True)] == [
        ("一、目标", 1),
        ("1．销售", 2),
        ("2．服务", 2),
        ("二、措施", 1),
        ("1．管理", 2),
    ]
