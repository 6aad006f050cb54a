"""Documents that the tests of the office formats write: one Word document with the hard cases, and small packages."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
from docx.oxml import parse_xml
from docx.shared import Pt

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = f'xmlns:w="{W}"'

# (number format, text) of the levels of the list that the sample uses
_LEVELS = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircleChinese", "%4"),
    ("decimal", "%3.%5"),
)


def _level(index: int, number_format: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _add_lists(document: docx.document.Document) -> None:
    root = document.part.numbering_part.element
    levels = "".join(_level(index, *shape) for index, shape in enumerate(_LEVELS))
    chapter = _level(0, "chineseCountingThousand", "第%1章 ") + _level(1, "decimal", "%1.%2 ".replace("%1", "%1"))
    bullet = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>'
    abstracts = (("90", levels), ("91", chapter), ("92", bullet))
    for number, inside in reversed(abstracts):
        root.insert(0, parse_xml(f'<w:abstractNum {_NS} w:abstractNumId="{number}">{inside}</w:abstractNum>'))
    for number, abstract, restart in (("90", "90", ""), ("91", "91", ""), ("92", "92", ""), ("93", "90", "1")):
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
        root.append(
            parse_xml(f'<w:num {_NS} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
        )


def _item(document: docx.document.Document, text: str, number: int, level: int, style: str | None = None) -> None:
    paragraph = document.add_paragraph(text, style)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {_NS}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def hard_docx() -> bytes:
    """A Word document with lists of many shapes, merged cells, tracked changes, hidden text, header and footer."""
    document = docx.Document()
    document.core_properties.title = "二〇二六年工作计划"
    document.core_properties.author = "办公室"
    _add_lists(document)
    document.add_heading("二〇二六年工作计划", 0)
    _item(document, "总体要求", 91, 0, "Heading 1")
    document.add_paragraph("全年完成投资1200万元，同比增长8.5%。")
    _item(document, "主要目标", 91, 0, "Heading 1")
    _item(document, "分项目标", 91, 1, "Heading 2")
    for text, level in (
        ("抓好生产", 0),
        ("春季", 1),
        ("三月底前完成备耕", 2),
        ("四月底前完成播种", 2),
        ("夏季", 1),
        ("保障灌溉", 2),
        ("一号渠", 3),
        ("二号渠", 3),
        ("检修", 4),
        ("抓好销售", 0),
        ("线上", 1),
    ):
        _item(document, text, 90, level)
    document.add_paragraph("中间的一段话不在列表里。")
    _item(document, "列表接着往下编", 90, 0)
    _item(document, "列表从头编起", 93, 0)
    _item(document, "圆点项目", 92, 0)
    _add_table(document)
    _add_changes(document)
    section = document.sections[0]
    section.header.paragraphs[0].text = "内部文件"
    section.footer.paragraphs[0].text = "办公室印"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: docx.document.Document) -> None:
    table = document.add_table(4, 3)
    rows = (("指标", "单位", "目标"), ("产值", "万元", "1200"), ("产量", "吨", "300"), ("合计", "", "见上"))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(3, 0).merge(table.cell(3, 1))
    table.cell(1, 1).merge(table.cell(2, 1))


def _add_changes(document: docx.document.Document) -> None:
    paragraph = document.add_paragraph("修改前")
    by = 'w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z"'
    paragraph._p.append(parse_xml(f"<w:del {_NS} {by}><w:r><w:delText>删去的话</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {_NS} {by}><w:r><w:t>添上的话</w:t></w:r></w:ins>"))
    run = document.add_paragraph("看得见").add_run("看不见")
    run.font.hidden = True
    document.add_paragraph().add_run("加粗的一行").bold = True
    document.paragraphs[-1].runs[0].font.size = Pt(22)
    broken = document.add_paragraph("分行")
    broken.add_run().add_break()
    broken.add_run("的段落\t有制表符")


def package(members: dict[str, str | bytes], mimetype: str | None = None) -> bytes:
    """A zip package with these members; the mimetype comes first and is stored, as OpenDocument wants it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        if mimetype is not None:
            target.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, content in members.items():
            target.writestr(name, content)
    return stream.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("office", f"{_ODF}:office:1.0"),
        ("text", f"{_ODF}:text:1.0"),
        ("table", f"{_ODF}:table:1.0"),
        ("style", f"{_ODF}:style:1.0"),
        ("draw", f"{_ODF}:drawing:1.0"),
        ("fo", f"{_ODF}:xsl-fo-compatible:1.0"),
        ("svg", f"{_ODF}:svg-compatible:1.0"),
        ("meta", f"{_ODF}:meta:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("loext", "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"),
        ("xlink", "http://www.w3.org/1999/xlink"),
    )
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def odt(
    body: str,
    *,
    styles: str = "",
    automatic: str = "",
    masters: str = "",
    meta: str = "",
    manifest: str = "",
    mimetype: str | None = ODT_TYPE,
    broken_styles: bool = False,
) -> bytes:
    """An OpenDocument text with that body, those common and automatic styles, master pages and metadata."""
    content = (
        f"<office:document-content {_ODF_NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    common = (
        f"<office:document-styles {_ODF_NAMES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    facts = f"<office:document-meta {_ODF_NAMES}><office:meta>{meta}</office:meta></office:document-meta>"
    parts: dict[str, str | bytes] = {
        "content.xml": content,
        "styles.xml": common[:-9] if broken_styles else common,
        "meta.xml": facts,
        "META-INF/manifest.xml": manifest,
    }
    return package(parts, mimetype)


def fodt(body: str, *, styles: str = "", automatic: str = "") -> bytes:
    """The same as one XML file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_ODF_NAMES} office:mimetype="{ODT_TYPE}">'
        f"<office:styles>{styles}</office:styles><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file whose root has these streams, each padded to the size from which streams have own sectors."""
    padded = {
        name: data + b"\0" * (max(4_096, -(-len(data) // 512) * 512) - len(data)) for name, data in streams.items()
    }
    entries = 1 + len(padded)
    directory_sectors = -(-entries // 4)
    chains: list[tuple[int, int]] = [(1, directory_sectors)]  # the table of sectors is sector 0
    for data in padded.values():
        chains.append((chains[-1][0] + chains[-1][1], len(data) // 512))
    table = [0xFFFFFFFD] + [0xFFFFFFFF] * 127
    for start, count in chains:
        for sector in range(start, start + count):
            table[sector] = sector + 1 if sector + 1 < start + count else 0xFFFFFFFE
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4_096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    head = head.ljust(512, b"\xff")
    directory = _ole_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    for index, ((name, data), (start, _)) in enumerate(zip(padded.items(), chains[1:], strict=True), 1):
        right = index + 1 if index < len(padded) else 0xFFFFFFFF
        directory += _ole_entry(name, 2, start, len(data), right=right)
    directory = directory.ljust(directory_sectors * 512, b"\0")
    return head + struct.pack("<128I", *table) + directory + b"".join(padded.values())


def _ole_entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    encoded = name.encode("utf-16-le")
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, 0xFFFFFFFF, right, child)
    return entry + b"\0" * 36 + struct.pack("<IQ", start, size)


def word_stream(*, encrypted: bool = False) -> bytes:
    """The head of a Word 97 document: mark, version, and the flags."""
    return struct.pack("<HHIHH", 0xA5EC, 0x00C1, 0, 0x0804, 0x0100 if encrypted else 0).ljust(64, b"\0")
