"""Word files that strangers send: each is read, or refused with a named reason, in bounded time."""

from __future__ import annotations

import time
import zipfile

import pytest
from docx_files import NAMESPACES, abstract, build, field, item, level, members, num, pack, para, relations, run
from reader_laws import check_laws

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError
from docparse.readers import read_bytes

_SECONDS = 10.0  # of the processor; most take less than one


def stored(body: str, **known: str) -> bytes:
    """Not packed, so that the check of the ratio does not hide the one that is meant."""
    return pack(members(body, **known), zipfile.ZIP_STORED)


def with_main(main: str) -> bytes:
    return pack({**members(""), "word/document.xml": main})


_ENTITY = '<!DOCTYPE a [<!ENTITY b "{}">]><w:document>{}</w:document>'
_RUN = "<w:r><w:t>完</w:t></w:r>"
_WIDE = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="50000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
_HUGE = level(0, "cardinalText", "%1" * 40, start=999_999_999)
_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_TURN = "<w:r><w:lastRenderedPageBreak/><w:t>x</w:t><w:br/></w:r>"
_STYLE = '<w:style w:type="paragraph" w:styleId="s{}"><w:name w:val="n"/><w:basedOn w:val="s{}"/></w:style>'
_LEVELS = "".join(level(k, "decimal", "%1.%2.%3.%4.%5.%6.%7.%8.%9") for k in range(9))
_EXTERNAL = {"rId1": ("image", "http://example.invalid/a.png"), "rId2": ("styles", "file:///etc/passwd")}

_POINT = "<dgm:pt><dgm:t><a:p><a:r><a:t>完成</a:t></a:r></a:p></dgm:t></dgm:pt>"
_DIAGRAM = f"<dgm:dataModel {NAMESPACES}><dgm:ptLst>{_POINT * 2_000}</dgm:ptLst></dgm:dataModel>"
_SHOWN = "<w:p><w:r><w:drawing><dgm:relIds r:dm='rId50'/></w:drawing></w:r></w:p>"

REFUSED: dict[str, tuple[bytes, type[DocparseError], str]] = {
    "many runs": (stored(f"<w:p>{_RUN * 1_000_000}</w:p>"), LimitExceededError, "too-many-elements"),
    "packed runs": (build(f"<w:p>{_RUN * 500_000}</w:p>"), LimitExceededError, "expansion-bomb"),
    "packed paragraphs": (build(para("完成任务") * 500_000), LimitExceededError, "expansion-bomb"),
    "one packed text": (build(para("完" * 20_000_000)), LimitExceededError, "expansion-bomb"),
    "one text": (stored(para("完" * 8_000_000)), LimitExceededError, "too-many-characters"),
    "one diagram shown often": (
        pack(members(_SHOWN * 20_000, {"word/diagrams/data1.xml": _DIAGRAM}), zipfile.ZIP_STORED), LimitExceededError,
        "too-many-characters",
    ),
    "deep controls": (
        build("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000), LimitExceededError, "too-deep",
    ),
    "deep tables": (
        build("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000), LimitExceededError, "too-deep",
    ),
    "many laughs": (with_main(_ENTITY.format("&c;" * 10, "&b;")), DamagedFileError, "xml-entities"),
    "quadratic": (with_main(_ENTITY.format("a" * 50_000, "&b;" * 50_000)), DamagedFileError, "xml-entities"),
    "external entity": (
        with_main('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), DamagedFileError, "xml-entities",
    ),
    "external dtd": (
        with_main('<!DOCTYPE a SYSTEM "http://example.invalid/x.dtd"><a/>'), DamagedFileError, "xml-entities",
    ),
    "no document": (
        pack({name: part for name, part in members("").items() if "document" not in name}), DamagedFileError,
        "docx-without-document",
    ),
    "only a head": (b"PK\x03\x04" + b"\0" * 50, DamagedFileError, "damaged-zip"),
    "many heads": (
        (b"PK\x03\x04\x14\0\0\0\x08\0" + b"\0" * 16 + b"\x11\0\0\0word/document.xml" + b"\0\0\0\xff\xff" * 5) * 30_000,
        LimitExceededError, "too-many-entries",
    ),
}  # fmt: skip

READ: dict[str, bytes] = {
    "wide cells": stored(_WIDE),
    "merged cells": stored(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr><w:p/></w:tc>'
        + "<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc>" * 30_000 + "</w:tr></w:tbl>"
    ),
    "cycle of styles": stored(item("完成"), styles=_STYLE.format(1, 2) + _STYLE.format(2, 1)),
    "chain of styles": stored(para("完成"), styles="".join(_STYLE.format(k, k + 1) for k in range(50_000))),
    "missing lists": stored("".join(item("完成", k, 999_999_999) for k in range(5_000)), numbering=""),
    "many lists": stored(
        "".join(item("完成", k, k % 9) for k in range(5_000)),
        numbering="".join(abstract(_LEVELS, k) for k in range(500)) + "".join(num(k, k % 500) for k in range(5_000)),
    ),
    "huge starts": stored(item("完成"), numbering=abstract(_HUGE) + num(1)),
    "open fields": stored("<w:p>" + _BEGIN * 50_000 + "</w:p>" + para("完成") * 20_000),
    "open fields, each in a paragraph": stored(f"<w:p>{_BEGIN}{run('完成')}</w:p>" * 20_000),
    "long instruction": stored("<w:p>" + field("eq \\o(" * 200_000) + "</w:p>" + para("完成")),
    "instructions without words": stored(f"<w:p>{_BEGIN}<w:r>{'<w:instrText/>' * 60_000}</w:r></w:p>" + para("完成")),
    "page turns": stored("<w:p>" + _TURN * 50_000 + "</w:p>"),
    "deleted marks": stored(f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('完成')}</w:p>" * 30_000),
    "sections": stored(
        '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr></w:pPr></w:p>' * 20_000,
        header1=para("页眉") * 2_000,
    ),
    "notes in circles": stored(
        '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>' * 30_000,
        footnotes=f'<w:footnote w:id="1"><w:p>{run("注")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>',
    ),
    "outside relations": pack({**members(para("完成")), "word/_rels/document.xml.rels": relations(_EXTERNAL)}),
    "broken after many": stored(para("完成") * 50_000 + "<x<x" + "p>" * 300_000),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name: str) -> None:
    data, kind, code = REFUSED[name]
    start = time.process_time()
    with pytest.raises(kind) as caught:
        read_bytes(data)
    assert time.process_time() - start < _SECONDS
    assert caught.value.code == code


@pytest.mark.parametrize("name", READ)
def test_read_in_bounded_time(name: str) -> None:
    start = time.process_time()
    reading = read_bytes(READ[name])
    assert time.process_time() - start < _SECONDS
    check_laws(reading)
