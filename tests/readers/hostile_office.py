"""Hostile Word packages, OpenDocument files, old Word files and archives."""

from __future__ import annotations

import struct
from functools import partial

from compound import compound_file, encrypted_package, word_document
from hostile_build import (
    BOMB,
    MB,
    READ,
    UNREAD,
    Hostile,
    W,
    flipped,
    member,
    relation,
    repeated,
    word,
    word_members,
    zip_of,
)

_PARAGRAPH = "<w:p><w:r><w:t>完成任务</w:t></w:r></w:p>"
_HEAD = f'<w:document xmlns:w="{W}"><w:body>'.encode()
_TAIL = b"</w:body></w:document>"
_NUMBERED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>完</w:t></w:r></w:p>'
)
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def word_bomb(unit: bytes, megabytes: int, *, claim: int | None = None) -> bytes:
    unit *= MB // len(unit)
    main = repeated("word/document.xml", _HEAD, unit, megabytes * MB // len(unit), _TAIL)
    return zip_of(word_members(main), claim=claim)


def word_many_members() -> bytes:
    return zip_of(
        [*word_members(member("word/document.xml", _HEAD + _TAIL)), *(member(f"x{n}", "") for n in range(60_000))]
    )


def word_shared_members() -> bytes:
    """4,000 names for one member of 8 MB, as the best-packed bombs have it."""
    unit = repeated("word/document.xml", b"<a>", b" " * MB, 8, b"</a>")
    return zip_of([unit, *(unit._replace(name=f"word/x{n}.xml") for n in range(4_000))], shared=True)


def word_deep(tag: str, times: int) -> bytes:
    opened = "".join(f"<w:{name}>" for name in tag.split())
    closed = "".join(f"</w:{name}>" for name in reversed(tag.split()))
    return word(opened * times + _PARAGRAPH + closed * times)


def word_many_runs() -> bytes:
    """A million runs of one paragraph, each with another character, so that it packs no better than a document."""
    return word(
        "<w:p>"
        + "".join(f"<w:r><w:t>{chr(0x4E00 + n * 7919 % 20000)}</w:t></w:r>" for n in range(1_000_000))
        + "</w:p>"
    )


def word_entities(declared: str, used: str = "&a;", encoding: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w:document [{declared}]>'
    text += f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{used}</w:t></w:r></w:p></w:body></w:document>'
    return zip_of(word_members(member("word/document.xml", text.encode(encoding))))


def word_external_picture() -> bytes:
    link = relation("x", "image", 'Target="http://192.0.2.1/x.png" TargetMode="External"')
    return word(_PARAGRAPH + '<w:p><w:r><w:drawing r:link="x" xmlns:r="urn:r"/></w:r></w:p>', relations=link)


def word_style_cycle() -> bytes:
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/><w:next w:val="{}"/></w:style>'
    pairs = "".join(style.format(f"s{n}", f"s{(n + 1) % 3_000}", f"s{n}") for n in range(3_000))
    used = "".join(f'<w:p><w:pPr><w:pStyle w:val="s{n}"/></w:pPr><w:r><w:t>完</w:t></w:r></w:p>' for n in range(3_000))
    return word(used, {"styles": f'<w:styles xmlns:w="{W}">{pairs}</w:styles>'})


def word_numbering(levels: str, used: str) -> bytes:
    links = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    abstract = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
    return word(used, {"numbering": f'<w:numbering xmlns:w="{W}">{abstract}{links}</w:numbering>'})


def _level(number_format: str, start: str, text: str) -> str:
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="0">{inside}</w:lvl>'


def word_numbers(number_format: str) -> bytes:
    """Markers that count from two thousand millions, in a format whose words would grow with the number."""
    return word_numbering(_level(number_format, "2147483000", "%1、" * 30), _NUMBERED.format(0, 1) * 2_000)


def word_notes_cycle() -> bytes:
    note = '<w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/><w:t>注</w:t></w:r></w:p></w:footnote>'
    used = '<w:p><w:r><w:t>完</w:t><w:footnoteReference w:id="1"/></w:r></w:p>' * 5_000
    return word(used, {"footnotes": f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'})


def word_tables(rows: int) -> bytes:
    """Cells that all go on downwards, each as wide as a page of columns."""
    properties = '<w:tcPr><w:gridSpan w:val="60"/><w:vMerge/></w:tcPr>'
    cell = f"<w:tc>{properties}<w:p><w:r><w:t>完</w:t></w:r></w:p></w:tc>"
    varied = "".join(
        f"<w:tr>{cell * 3}<w:tc><w:p><w:r><w:t>{n * 7919}</w:t></w:r></w:p></w:tc></w:tr>" for n in range(rows)
    )
    return word(f"<w:tbl>{varied}</w:tbl>")


DOCX: tuple[Hostile, ...] = (
    Hostile("docx bits flipped", lambda: flipped(word(_PARAGRAPH * 500), 90)),
    Hostile("docx 60,000 members", word_many_members, read=False, codes=("too-many-entries",)),
    Hostile("docx text of 1,200 MB", partial(word_bomb, b" ", 1_200), read=False, codes=BOMB),
    Hostile("docx paragraphs of 600 MB", partial(word_bomb, b"<w:p/>", 600), read=False, codes=BOMB),
    Hostile(
        "docx that lies about its size",
        partial(word_bomb, b" ", 600, claim=9_000),
        read=False,
        codes=(*BOMB, "damaged-zip", "damaged-docx"),
    ),
    Hostile("docx members that share their data", word_shared_members, read=False, codes=(*BOMB, "damaged-zip")),
    Hostile(
        "docx content controls 100,000 deep",
        partial(word_deep, "sdt sdtContent", 50_000),
        read=False,
        codes=("too-deep",),
    ),
    Hostile("docx tables 3,000 deep", partial(word_deep, "tbl tr tc", 3_000), read=False, codes=("too-deep",)),
    Hostile("docx a million runs", word_many_runs, seconds=40, megabytes=1_500),
    Hostile("docx wide merged cells", partial(word_tables, 3_000), seconds=20),
    Hostile(
        "docx without its document",
        lambda: zip_of(word_members(member("word/other.xml", ""))),
        read=False,
        codes=("docx-without-document", "damaged-docx"),
    ),
    Hostile(
        "docx unknown list, huge level",
        lambda: word(_NUMBERED.format("4294967295", "-7") + _NUMBERED.format("", "x")),
        codes=READ,
    ),
    Hostile("docx huge numbers in Chinese", partial(word_numbers, "chineseCountingThousand"), codes=READ),
    Hostile("docx huge numbers in Roman", partial(word_numbers, "upperRoman"), codes=READ),
    Hostile("docx huge numbers in letters", partial(word_numbers, "lowerLetter"), codes=READ),
    Hostile("docx encrypted", encrypted_package, read=False, codes=("encrypted",)),
    Hostile("docx picture elsewhere", word_external_picture, codes=READ),
    Hostile("docx styles in a ring", word_style_cycle, codes=READ),
    Hostile("docx notes in a ring", word_notes_cycle, codes=READ),
    Hostile(
        "docx billion laughs",
        partial(word_entities, f'<!ENTITY l0 "x">{_LAUGHS}', "&l9;"),
        read=False,
        codes=("xml-entities",),
    ),
    Hostile(
        "docx quadratic entities",
        partial(word_entities, f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 20_000),
        read=False,
        codes=("xml-entities",),
    ),
    Hostile(
        "docx laughs in another code", partial(word_entities, f'<!ENTITY l0 "x">{_LAUGHS}', "&l9;", "cp037"), read=False
    ),
    Hostile(
        "docx laughs in UTF-16",
        partial(word_entities, f'<!ENTITY l0 "x">{_LAUGHS}', "&l9;", "utf-16"),
        read=False,
        codes=("xml-entities",),
    ),
    Hostile(
        "docx external type",
        partial(word_entities, '<!ENTITY % a SYSTEM "http://192.0.2.1/a.dtd"> %a;', "x"),
        read=False,
        codes=("xml-entities",),
    ),
    Hostile(
        "docx external file",
        partial(word_entities, '<!ENTITY a SYSTEM "file:///etc/passwd">'),
        read=False,
        codes=("xml-entities",),
    ),
)


# ---- OpenDocument --------------------------------------------------------------------------------------------

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
_ODT_HEAD = f"<office:document-content {_NAMES}><office:body><office:text>"
_ODT_TAIL = "</office:text></office:body></office:document-content>"


def odt(body: str, before: str = "") -> bytes:
    kind = member("mimetype", "application/vnd.oasis.opendocument.text")
    return zip_of([kind, member("content.xml", before + _ODT_HEAD + body + _ODT_TAIL)])


def odt_bomb() -> bytes:
    kind = member("mimetype", "application/vnd.oasis.opendocument.text")
    unit = b"<text:p>x</text:p>" * 50_000
    return zip_of([kind, repeated("content.xml", _ODT_HEAD.encode(), unit, 700, _ODT_TAIL.encode())])


def odt_table(columns: int, rows: int) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>完</text:p></table:table-cell>'
    return odt(
        f'<table:table><table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row></table:table>'
    )


def odt_encrypted() -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum="x"/>'
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<manifest:manifest xmlns:manifest="{name}">{entry}</manifest:file-entry></manifest:manifest>'
    noise = bytes(n * n % 251 for n in range(5_000))
    return zip_of([member("mimetype", kind), member("META-INF/manifest.xml", manifest), member("content.xml", noise)])


_LISTS = "<text:list><text:list-item>" * 40_000 + "<text:p>完</text:p>" + "</text:list-item></text:list>" * 40_000
ODT: tuple[Hostile, ...] = (
    Hostile("odt cell repeated 100,000,000 times", partial(odt_table, 100_000_000, 1)),
    Hostile("odt rows repeated 1,000,000,000 times", partial(odt_table, 1_000, 1_000_000_000)),
    Hostile(
        "odt 60,000 page turns in one paragraph",
        lambda: odt(f"<text:p>{'完<text:line-break/><text:soft-page-break/>' * 60_000}</text:p>"),
        codes=READ,
    ),
    Hostile("odt 2,000,000,000 spaces", lambda: odt('<text:p>完<text:s text:c="2000000000"/>成</text:p>')),
    Hostile("odt many spaces", lambda: odt('<text:p>完<text:s text:c="90000"/>成</text:p>' * 5_000)),
    Hostile("odt bomb", odt_bomb, read=False, codes=(*BOMB, *UNREAD)),
    Hostile("odt lists 80,000 deep", lambda: odt(_LISTS), read=False, codes=("too-deep", *UNREAD)),
    Hostile(
        "odt laughs",
        lambda: odt("<text:p>&l9;</text:p>", f'<!DOCTYPE a [<!ENTITY l0 "x">{_LAUGHS}]>'),
        read=False,
        codes=("xml-entities", *UNREAD),
    ),
    Hostile("odt encrypted", odt_encrypted, read=False, codes=("encrypted", *UNREAD)),
    Hostile("odt cut off", lambda: odt("<text:p>完成</text:p>" * 900)[:-40], read=False, codes=("damaged-zip",)),
    Hostile("odt that is no XML", lambda: odt("<text:p>"), read=False),
)


# ---- old Word ------------------------------------------------------------------------------------------------

_DOC = word_document("工作计划\r" + "完成任务，回款率达到95%以上。\r" * 400)


def patched(offset: int, *values: int) -> bytes:
    """The old Word file with other 32-bit numbers at an offset."""
    out = bytearray(_DOC)
    struct.pack_into(f"<{len(values)}I", out, offset, *values)
    return bytes(out)


def doc_table_loop() -> bytes:
    """Every sector's successor is the sector before it: the allocation table is a ring."""
    first = struct.unpack_from("<I", _DOC, 76)[0]
    start = 512 + first * 512
    out = bytearray(_DOC)
    struct.pack_into("<128I", out, start, *[(n - 1) % 20 for n in range(128)])
    return bytes(out)


# Offsets of [MS-CFB] in the header, and of [MS-DOC] in the first sector, which is the head of WordDocument.
DOC: tuple[Hostile, ...] = tuple(
    entry._replace(seconds=60.0, megabytes=800.0)
    for entry in (
        Hostile("doc bits flipped", lambda: flipped(_DOC, 60)),
        Hostile("doc sectors in a ring", doc_table_loop),
        Hostile("doc cut in half", lambda: _DOC[: len(_DOC) // 2]),
        Hostile("doc of zeros", lambda: _DOC[:8] + b"\0" * 50_000, read=False),
        Hostile("doc tables in a ring", partial(patched, 68, 0, 0xFFFFFFF0)),
        Hostile("doc of a million table sectors", partial(patched, 44, 0x00FFFFFF)),
        Hostile("doc sectors of 2 to the 30th", lambda: _DOC[:30] + b"\x1e\0" + _DOC[32:]),
        Hostile("doc of 4,000,000,000 characters", partial(patched, 512 + 0x4C, 0xFFFFFFF0)),
        Hostile("doc pieces that lie", partial(patched, 512 + 0x1A2, 0, 0xFFFFFFF0)),
        Hostile("doc without its text", lambda: compound_file({"WordDocument": b"", "1Table": b""})),
    )
)


# ---- archives ------------------------------------------------------------------------------------------------


def zip_in_zip(depth: int) -> bytes:
    """Archives in archives, ten in each, so that 10 to the `depth` come out."""
    inner = zip_of([repeated("a.txt", b"", b"\0" * MB, 100, b"")])
    for _ in range(depth):
        inner = zip_of([member(f"{n}.zip", inner) for n in range(10)])
    return inner


ARCHIVES: tuple[Hostile, ...] = (
    Hostile("zip bombs in zips", partial(zip_in_zip, 4), read=False),
    Hostile(
        "zip of one page of 2,000 MB", lambda: zip_of([repeated("a.html", b"<p>", b" " * MB, 2_000, b"")]), read=False
    ),
    Hostile("zip of 60,000 texts", lambda: zip_of([member(f"{n}.txt", "完成") for n in range(60_000)]), read=False),
)
