"""Word documents in one XML file: flat OPC, and WordprocessingML of Word 2003."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import pytest
from office_samples import hard_docx
from reader_laws import check_laws

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError
from docparse.options import Options
from docparse.readers import read_bytes
from docparse.readers.docx.word_xml import read_word_xml
from docparse.records import Reading

_PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
_HEAD = '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n'
_RELS = "application/vnd.openxmlformats-package.relationships+xml"


def flat_opc(docx: bytes) -> str:
    """The same package as one XML file, with a picture that is larger than parsers like."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(docx)) as source:
        listed = source.read("[Content_Types].xml").decode()
        types = dict(re.findall(r'PartName="/([^"]+)" ContentType="([^"]+)"', listed))
        for name in source.namelist():
            if name == "[Content_Types].xml":
                continue
            kind = types.get(name, _RELS if name.endswith(".rels") else "application/octet-stream")
            data = source.read(name)
            if name.endswith((".xml", ".rels")):
                inside = f"<pkg:xmlData>{re.sub('^<[?]xml[^>]*[?]>', '', data.decode())}</pkg:xmlData>"
            else:
                inside = f"<pkg:binaryData>{base64.b64encode(data * 20).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{inside}</pkg:part>')
    picture = "QUJD\n" * 2_500_000
    parts.append(
        f'<pkg:part pkg:name="/x.png" pkg:contentType="image/png"><pkg:binaryData>{picture}</pkg:binaryData></pkg:part>'
    )
    return f'{_HEAD}<pkg:package xmlns:pkg="{_PKG}">{"".join(parts)}</pkg:package>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_flat_opc_is_the_docx(encoding: str) -> None:
    reading = read_bytes(flat_opc(hard_docx()).encode(encoding))
    want = read_bytes(hard_docx())
    assert (reading.raw, reading.blocks, reading.warnings) == (want.raw, want.blocks, want.warnings)
    assert reading.source.title == want.source.title
    assert reading.source.media_type == "application/vnd.ms-word.document+xml"


def word_2003(body: str, *, lists: str = "", styles: str = "", properties: str = "") -> bytes:
    return (
        f'{_HEAD}<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
        ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
        ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:o="urn:schemas-microsoft-com:office:office">'
        f"<o:DocumentProperties>{properties}</o:DocumentProperties><w:lists>{lists}</w:lists>"
        f"<w:styles>{styles}</w:styles><w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    ).encode()


def read(body: str, **parts: str) -> Reading:
    reading = read_bytes(word_2003(body, **parts))
    check_laws(reading)
    return reading


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_lists_styles_and_sections_of_word_2003() -> None:
    level = (
        '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:nfc w:val="{}"/><w:suff w:val="Nothing"/><w:lvlText w:val="{}"/>'
        "</w:lvl>"
    )
    lists = (
        f'<w:listDef w:listDefId="0">{level.format(0, 37, "%1、")}{level.format(1, 28, "%2")}</w:listDef>'
        '<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list><w:list w:ilfo="2"><w:ilst w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:list>'
    )
    styles = (
        '<w:style w:type="paragraph" w:default="on" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:rPr><w:sz w:val="32"/></w:rPr>'
        "</w:style>"
    )
    numbered = '<w:listPr><w:ilvl w:val="{}"/><w:ilfo w:val="{}"/><wx:t wx:val="?"/></w:listPr>'
    reading = read(
        "<wx:sub-section>"
        + p("总体要求", '<w:pStyle w:val="1"/>' + numbered.format(0, 1))
        + p("甲", numbered.format(1, 1))
        + p("乙", numbered.format(1, 1))
        + "</wx:sub-section>"
        + p("主要目标", '<w:pStyle w:val="1"/>' + numbered.format(0, 1))
        + p("丙", numbered.format(0, 2)),
        lists=lists,
        styles=styles,
        properties="<o:Title>计划</o:Title><o:Author>办公室</o:Author><o:Created>2006-03-01T08:00:00Z</o:Created>"
        "<o:LastSaved>2006-04-01T08:00:00Z</o:LastSaved>",
    )
    assert reading.raw == "一、总体要求\n①甲\n②乙\n二、主要目标\n九、丙"
    assert [(b.kind, b.level) for b in reading.blocks][:2] == [("heading", 1), ("list_item", None)]
    assert reading.blocks[0].size == 16.0
    source = reading.source
    assert (source.title, source.author, str(source.created), str(source.modified)) == (
        "计划",
        "办公室",
        "2006-03-01",
        "2006-04-01",
    )


def test_changes_notes_tables_and_furniture_of_word_2003() -> None:
    def change(kind: str, inside: str) -> str:
        return f'<aml:annotation w:type="Word.{kind}"><aml:content>{inside}</aml:content></aml:annotation>'

    note = "<w:r><w:footnote><w:p><w:r><w:t>注释</w:t></w:r></w:p></w:footnote></w:r>"
    body = (
        f"<w:p><w:r><w:t>甲</w:t></w:r>{change('Deletion', '<w:r><w:delText>删去</w:delText></w:r>')}"
        f"{change('Insertion', '<w:r><w:t>添上</w:t></w:r>')}"
        f"{change('Comment', '<w:p><w:r><w:t>批注</w:t></w:r></w:p>')}"
        f"{note}<w:r><w:t>乙</w:t></w:r></w:p>"
        '<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>合</w:t></w:r></w:p></w:tc>'
        "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        '<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>内部</w:t></w:r></w:p></w:hdr>'
        '<w:ftr w:type="odd"><w:p><w:r><w:t>第1页</w:t></w:r></w:p></w:ftr></w:sectPr>'
    )
    reading = read(body)
    found = [(reading.raw[b.start : b.end], b.kind) for b in reading.blocks]
    assert found == [
        ("甲添上乙", "paragraph"),
        ("合", "cell"),
        ("1", "cell"),
        ("2", "cell"),
        ("注释", "note"),
        ("内部", "header"),
        ("第1页", "footer"),
    ]
    merged = reading.blocks[1].cell
    assert merged is not None
    assert merged.row_span == 2


REFUSED: dict[str, tuple[bytes, type[DocparseError], str]] = {
    "truncated": (word_2003(p("完成"))[:-30], DamagedFileError, "damaged-xml"),
    "no body": (word_2003("").replace(b"w:body", b"w:nobody"), DamagedFileError, "damaged-xml"),
    "empty package": (f'{_HEAD}<pkg:package xmlns:pkg="{_PKG}"/>'.encode(), DamagedFileError, "damaged-docx"),
    "broken base64": (
        f'{_HEAD}<pkg:package xmlns:pkg="{_PKG}"><pkg:part pkg:name="/word/document.xml">'
        "<pkg:binaryData>?</pkg:binaryData></pkg:part></pkg:package>".encode(),
        DamagedFileError,
        "damaged-docx",
    ),
    "entities": (
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + word_2003("&b;").split(b"\n", 2)[2],
        DamagedFileError,
        "xml-entities",
    ),
    "deep": (word_2003("<w:ins>" * 5_000 + "</w:ins>" * 5_000), LimitExceededError, "too-deep"),
    "deep in UTF-16": (
        word_2003("<w:ins>" * 5_000 + "</w:ins>" * 5_000).decode().encode("utf-16"),
        LimitExceededError,
        "too-deep",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name: str) -> None:
    data, kind, code = REFUSED[name]
    with pytest.raises(kind) as caught:
        read_bytes(data)
    assert (caught.value.code, bool(caught.value.advice)) == (code, True)


def test_other_bytes_are_not_taken() -> None:
    for data in (b"text", b"<a/>", b"\0\0\0\0"):
        with pytest.raises(DamagedFileError) as caught:
            read_word_xml(data, Options())
        assert caught.value.code == "damaged-xml"
