"""What files say of themselves reads the same in every format, and what programs fill in is not said."""

from __future__ import annotations

from datetime import date

import pytest
from docx_files import build, para

from docparse.readers import read_bytes
from docparse.records import Source

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def docx(title: str, author: str, moment: str) -> bytes:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    said = f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dcterms:created>{moment}</dcterms:created>"
    return build(
        para("完成。"), {"docProps/core.xml": f'<c:coreProperties xmlns:c="{CORE}" {spaces}>{said}</c:coreProperties>'}
    )


def fodt(title: str, author: str, moment: str) -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "meta")
    )
    return (
        f'<office:document{names} xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:meta><dc:title>{title}</dc:title><meta:initial-creator>{author}</meta:initial-creator>"
        f"<meta:creation-date>{moment}</meta:creation-date></office:meta>"
        "<office:body><office:text><text:p>完成。</text:p></office:text></office:body></office:document>"
    ).encode()


def rtf(title: str, author: str, moment: str) -> bytes:
    def escaped(text: str) -> str:
        return "".join(f"\\u{ord(char)}?" for char in text)

    year, month, day, hour, minute = moment[:4], moment[5:7], moment[8:10], moment[11:13], moment[14:16]
    created = rf"{{\creatim\yr{year}\mo{month}\dy{day}\hr{hour}\min{minute}}}"
    head = rf"{{\info{{\title {escaped(title)}}}{{\author {escaped(author)}}}{created}}}"
    return (rf"{{\rtf1\ansi{head}" + escaped("完成。") + r"\par}").encode()


def html(title: str, author: str, moment: str) -> bytes:
    return (
        f'<html><head><meta name="author" content="{author}"><title>{title}</title></head><p>完成。</p></html>'.encode()
    )


def markdown(title: str, author: str, moment: str) -> bytes:
    return f"---\ntitle: {title}\nauthor: {author}\n---\n\n完成。\n\n- **甲**\n".encode()


WRITERS = (docx, fodt, rtf, html, markdown)


def source(writer: object, title: str, author: str, moment: str) -> Source:
    assert callable(writer)
    path = "计划.md" if writer is markdown else None
    return read_bytes(writer(title, author, moment), path=path).source


@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_said(writer: object) -> None:
    said = source(writer, "Microsoft Word - 年度计划.doc", "综合办公室", "2024-03-01T08:00:00")
    assert (said.title, said.author) == ("年度计划", "综合办公室")
    assert said.created == (None if writer in (html, markdown) else date(2024, 3, 1))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("moment", ["2013-12-23T23:15:00", "1601-01-01T00:00:00"])
def test_what_programs_fill_in(writer: object, moment: str) -> None:
    said = source(writer, "新建 Microsoft Word 文档 (2)", "微软用户", moment)
    assert (said.title, said.author, said.created) == (None, None, None)
