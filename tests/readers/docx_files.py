"""Word files for the tests, built from their XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from reader_laws import check_laws, uncovered

from docparse.readers import read_bytes
from docparse.records import Reading

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = f"{_OFFICE}document.main+xml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def element(name: str, inside: str) -> str:
    """A part's root with every prefix that the tests use."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMESPACES}>{inside}</w:{name}>'


def relations(rows: Mapping[str, tuple[str, str]]) -> str:
    """A .rels part: id to kind and target; a target with :// stands outside."""
    inside = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for key, (kind, target) in rows.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def members(
    body: str, parts: Mapping[str, str] | None = None, *, main_type: str = MAIN_TYPE, **known: str
) -> dict[str, str]:
    """The members of a package: `known` are the insides of numbering, styles, settings, footnotes, header1 …"""
    rows = {f"rId{k}": (name.rstrip("0123456789"), f"{name}.xml") for k, name in enumerate(known, 1)}
    for k, name in enumerate(parts or {}, 50):
        kind = name.rpartition("/")[2].partition(".")[0].rstrip("0123456789")
        rows[f"rId{k}"] = (kind, name.removeprefix("word/"))
    roots = {"header": "hdr", "footer": "ftr"}
    found = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/x"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": element("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(rows),
    }
    for name, inside in known.items():
        stem = name.rstrip("0123456789")
        found[f"word/{name}.xml"] = element(roots.get(stem, stem), inside)
    return {**found, **(parts or {})}


def pack(contents: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The members as a zip file, in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return stream.getvalue()


def build(body: str, parts: Mapping[str, str] | None = None, *, main_type: str = MAIN_TYPE, **known: str) -> bytes:
    """A Word file; see `members`."""
    return pack(members(body, parts, main_type=main_type, **known))


def read(data: bytes) -> Reading:
    """The reading of a file that keeps the laws of readings."""
    reading = read_bytes(data, path="x.docx")
    check_laws(reading)
    assert uncovered(reading) == ""
    return reading


def codes(reading: Reading) -> list[str]:
    """The codes of the warnings."""
    return [warning.code for warning in reading.warnings]


def para(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, number_id: int = 1, level: int = 0, more: str = "") -> str:
    """A numbered paragraph."""
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>{more}')


def level(index: int, number_format: str, text: str, extra: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(levels: str, key: int = 0, number_id: int = 1, more: str = "") -> str:
    """An abstract list, and a list that uses it."""
    return abstract(levels, key) + num(number_id, key, more)


def abstract(levels: str, key: int = 0) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'


def num(number_id: int, key: int = 0, more: str = "") -> str:
    """A list over an abstract list."""
    return f'<w:num w:numId="{number_id}"><w:abstractNumId w:val="{key}"/>{more}</w:num>'


def field(instruction: str, result: str | None = None, data: str = "") -> str:
    """The runs of a complex field."""
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(inside: str, properties: str = "") -> str:
    """A table cell; text becomes a paragraph."""
    content = inside if inside.startswith("<") else para(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"
