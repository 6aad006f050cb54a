"""Word packages as they come: kinds, strict, renamed, damaged, cut off, locked; and what they say of themselves."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from datetime import date

import pytest
from docx_files import MAIN_TYPE, build, codes, members, pack, para, read, relations
from reader_laws import check_laws, texts

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError, UnsupportedFormatError
from docparse.options import Options
from docparse.readers import read_bytes
from docparse.readers.properties import clean_author, clean_title

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY = para("一、工作目标") + para("全年完成收入500万元。")
_LINES = ["一、工作目标", "全年完成收入500万元。"]


@pytest.mark.parametrize(
    ("main_type", "media_type"),
    [
        (MAIN_TYPE, _DOCX),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "application/vnd.ms-word.document.macroEnabled.12"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        ),
        (
            "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
            "application/vnd.ms-word.template.macroEnabled.12",
        ),
    ],
)
def test_macro_documents_and_templates(main_type: str, media_type: str) -> None:
    reading = read(build(_BODY, main_type=main_type, styles="", header1=para("页眉")))
    assert texts(reading) == _LINES
    assert reading.source.media_type == media_type
    assert codes(reading) == []


def test_wps_files_that_are_word_packages() -> None:
    assert read_bytes(build(_BODY), path="计划.wps").source.media_type == _DOCX


def test_strict_documents() -> None:
    contents = members(
        '<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>',
        header1=para("页眉"),
    )
    for name in contents:
        contents[name] = (
            contents[name]
            .replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
            .replace("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
        )  # fmt: skip
    reading = read(pack(contents))
    assert texts(reading) == ["甲", "页眉"]
    assert codes(reading) == []


def renamed(old: str, new: str) -> bytes:
    contents = members(_BODY)
    return pack({(new if name == old else name): content for name, content in contents.items()})


@pytest.mark.parametrize(
    ("data", "warned"),
    [
        (b"\xef\xbb\xbf" + build(_BODY), False),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/msword\r\n\r\n" + build(_BODY), False),
        (pack({name.replace("/", "\\"): content for name, content in members(_BODY).items()}), False),
        (pack({name.upper(): content for name, content in members(_BODY).items()}), False),
        (pack({"/" + name: content for name, content in members(_BODY).items()}), False),
        (pack({k: v for k, v in members(_BODY).items() if k != "[Content_Types].xml"}), True),
        (pack({k: v for k, v in members(_BODY).items() if "rels" not in k}), True),
        (pack(members(_BODY, {"word/glossary/document.xml": "<w:x/>"})), False),
        (pack(members(_BODY), zipfile.ZIP_STORED), False),
    ],
    ids=["bom", "http", "backslashes", "upper case", "slashes", "no types", "no relations", "glossary", "stored"],
)  # fmt: skip
def test_odd_packages(data: bytes, warned: bool) -> None:
    reading = read(data)
    assert texts(reading) == _LINES
    assert codes(reading) == (["docx-package-damaged"] if warned else [])


def test_a_main_part_of_another_name() -> None:
    contents = members(_BODY)
    contents["word/document2.xml"] = contents.pop("word/document.xml")
    contents["word/_rels/document2.xml.rels"] = contents.pop("word/_rels/document.xml.rels")
    contents["_rels/.rels"] = relations({"rId1": ("officeDocument", "/word/document2.xml")})
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace("/document.xml", "/document2.xml")
    assert (texts(read(pack(contents))), codes(read(pack(contents)))) == (_LINES, [])


def test_a_main_part_that_is_not_named_as_xml_is_not_parsed() -> None:
    """What the limits have not looked at is no part: here the usual name is read, whatever the relations say."""
    contents = members(para("查过"))
    contents["word/document.dat"] = contents["word/document.xml"].replace("查过", "未查")
    contents["_rels/.rels"] = relations({"rId1": ("officeDocument", "word/document.dat")})
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace("document.xml", "document.dat")
    assert texts(read(pack(contents))) == ["查过"]


def test_zip64_and_duplicates() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members(_BODY).items():
            with package.open(name, "w", force_zip64=True) as member:
                member.write(content.encode())
    assert texts(read(stream.getvalue())) == _LINES
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("word/document.xml", members(para("后一份"))["word/document.xml"])
    assert texts(read(stream.getvalue())) == ["后一份"]


def test_broken_relations_are_read_by_name() -> None:
    contents = members(_BODY, styles="")
    contents["word/_rels/document.xml.rels"] = relations({"rId1": ("styles", "../NULL")})
    reading = read(pack(contents))
    assert texts(reading) == _LINES
    assert codes(reading) == ["docx-package-damaged"]


def long_body(count: int = 400) -> str:
    return "".join(para(f"第{k}项任务完成{random.Random(k).randrange(10**9)}元。") for k in range(count))


@pytest.mark.parametrize("streamed", [False, True])
def test_a_package_without_its_end_is_saved(streamed: bool) -> None:
    contents = members(long_body(), numbering="", settings="")
    data = pack(contents)
    if streamed:  # sizes stand behind the members, as where a program writes to a network
        data = unseekable(contents)
    whole = texts(read(data))
    for kept in (data[:-30], data[: data.index(b"PK\x01\x02")]):
        reading = read(kept)
        assert texts(reading) == whole
        assert codes(reading) == ["docx-package-damaged"]
    half = data[: len(data) // 2]
    reading = read(half)
    assert texts(reading) == whole[: len(reading.blocks)]
    assert 100 < len(reading.blocks) < 400
    assert codes(reading) == ["docx-package-damaged", "docx-text-lost"]


def unseekable(contents: dict[str, str]) -> bytes:
    class Pipe(io.RawIOBase):
        written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[arg-type]
        for name, content in contents.items():
            package.writestr(name, content)
    return pipe.written


def test_a_corrupt_member_costs_no_other() -> None:
    contents = members(_BODY, styles=long_body())
    data = bytearray(pack(contents))
    place = data.index(b"word/styles.xml") + 60
    data[place : place + 20] = b"\xff" * 20
    reading = read(bytes(data))
    assert texts(reading) == _LINES
    assert codes(reading) == ["docx-package-damaged"]


def test_a_checksum_that_does_not_agree_is_said() -> None:
    data = bytearray(pack(members(_BODY)))
    name = b"word/document.xml"
    header = data.index(name) - 30
    data[header + 14 : header + 18] = struct.pack("<I", 1)
    entry = data.rindex(name) - 46
    data[entry + 16 : entry + 20] = struct.pack("<I", 1)
    reading = read(bytes(data))
    assert texts(reading) == _LINES
    assert "checksum" in reading.warnings[1].message


def test_broken_xml_is_read_up_to_the_fault() -> None:
    contents = members(
        para("甲") + para("乙") + "<w:p><w:r><w:t>完成100" + "<x" * 3 + "0万元</w:t></w:r></w:p>" + para("丁")
    )
    reading = read(pack(contents))
    assert texts(reading) == ["甲", "乙"]  # never 完成100: the number is cut
    assert codes(reading) == ["docx-text-lost"]
    assert "bytes after it are lost" in reading.warnings[0].message


def test_characters_that_xml_forbids_are_mended() -> None:
    reading = read(build(para("研发&销售") + para("甲&#x0B;乙&#1;丙\x02") + para("A&amp;B&#20013;")))
    assert texts(reading) == ["研发&销售", "甲乙丙", "A&B中"]
    assert codes(reading) == ["docx-package-damaged"]


def test_prefixes_that_nothing_declares() -> None:
    reading = read(build("<wp99:frame>" + para("甲") + "</wp99:frame>" + para("乙")))
    assert texts(reading) == ["甲", "乙"]
    assert codes(reading) == ["docx-package-damaged"]


@pytest.mark.parametrize("main", ["<a/>", "", "<w:document", "\x00\x00\x00"])
def test_without_a_whole_paragraph_it_is_damaged(main: str) -> None:
    contents = {**members(""), "word/document.xml": main}
    with pytest.raises(DamagedFileError) as caught:
        read_bytes(pack(contents))
    assert caught.value.code == "damaged-docx"


def test_locked_files_are_named() -> None:
    data = bytearray(pack(members(_BODY)))
    place = -1
    while (place := data.find(b"PK\x03\x04", place + 1)) >= 0:
        data[place + 6] |= 1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8] |= 1
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    for locked in (bytes(data), ole):
        with pytest.raises(DamagedFileError) as caught:
            read_bytes(locked)
        assert caught.value.code == "encrypted"
    for dlp in (b"%TSD-Header-###%\x01", b"b\x14#e\x06\x00" + b"\0" * 10 + b"E-SafeNet\0LOCK"):
        with pytest.raises(DamagedFileError) as caught:
            read_bytes(dlp)
        assert caught.value.code == "dlp-encrypted"


def test_limits() -> None:
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(build(long_body()), options=Options(max_objects=300))
    assert caught.value.code == "too-many-elements"
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(build(long_body()), options=Options(max_characters=300))
    assert caught.value.code == "too-many-characters"
    with pytest.raises(UnsupportedFormatError):
        read_bytes(pack({"[Content_Types].xml": "", "xl/workbook.xml": ""}))


def test_bytes_cut_and_flipped_anywhere_raise_only_our_errors() -> None:
    chance = random.Random(5)
    data = build(long_body(60), numbering="", styles="")
    whole = set(texts(read(data)))
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(chance.randrange(0, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        cut = bytes(broken[: chance.randrange(1, len(broken) + 1)])
        try:
            check_laws(read_bytes(cut))
        except DocparseError as error:
            assert error.code
        try:
            assert set(texts(read_bytes(data[: chance.randrange(1, len(data))]))) <= whole
        except DamagedFileError as error:
            assert error.code in ("damaged-zip", "damaged-docx")
        except UnsupportedFormatError:
            pass  # three bytes are no package


def core(**values: str) -> dict[str, str]:
    """docProps/core.xml with these values, by qualified name with _ for the colon."""
    name = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    spaces = f'xmlns:cp="{name}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    inside = "".join(f"<{name.replace('_', ':')}>{text}</{name.replace('_', ':')}>" for name, text in values.items())
    return {"docProps/core.xml": f"<cp:coreProperties {spaces}>{inside}</cp:coreProperties>"}


def test_properties() -> None:
    source = read(
        build(
            _BODY,
            core(
                dc_title="年度计划",
                dc_creator="办公室",
                dcterms_created="2024-03-01T08:00:00Z",
                dcterms_modified="2024-03-02T08:00:00Z",
            ),
        )
    ).source
    assert (source.title, source.author) == ("年度计划", "办公室")
    assert (source.created, source.modified) == (date(2024, 3, 1), date(2024, 3, 2))
    empty = read(build(_BODY)).source
    assert (empty.title, empty.author, empty.created, empty.modified) == (None, None, None, None)


@pytest.mark.parametrize(
    "moment", ["", "gestern", "2024-13-45T00:00:00Z", "1601-01-01T00:00:00Z", "20240301", "2013-12-23T23:15:00Z"]
)
def test_dates_that_say_nothing(moment: str) -> None:
    source = read(build(_BODY, core(dcterms_created=moment, dcterms_modified=moment))).source
    assert (source.created, source.modified) == (None, None)


@pytest.mark.parametrize(
    "author",
    [
        "微软用户",
        "Administrator",
        "user",
        "lenovo",
        "Windows 用户",
        "python-docx",
        "Microsoft Office User",
        " ",
        "ADMIN",
    ],
)
def test_names_of_computers_are_no_authors(author: str) -> None:
    assert clean_author(author) is None


@pytest.mark.parametrize(
    "title",
    [
        "Word 文档",
        "文档1",
        " ",
        "Document1",
        "Microsoft Word 文档",
        "新建 Microsoft Word 文档",
        "无标题",
        "Word Document",
    ],
)
def test_titles_that_programs_give(title: str) -> None:
    assert clean_title(title) is None


def test_real_names_and_titles_stay() -> None:
    assert [clean_author(name) for name in ("王小明", "User Research 组")] == ["王小明", "User Research 组"]
    assert clean_title("文档管理工作计划") == "文档管理工作计划"
    assert clean_title("Microsoft Word - 2024年总结.docx") == "2024年总结"
