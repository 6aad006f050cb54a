"""Sound files of every format to mutate: the samples, and files written here from the samples' lines."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpora" / "samples"
# In this order a case's number is dealt out, so that it means the same whatever else is on the machine.
KINDS = ("txt", "md", "html", "docx", "pdf", "odt", "rtf", "mhtml", "csv", "zip", "doc", "word-xml", "fodt")
_SUFFIXES = {"text": "txt", "htm": "html", "markdown": "md", "mht": "mhtml", "wps": "doc", "tsv": "csv"}
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MSO = '<?mso-application progid="Word.Document"?>\n'


class Seed(NamedTuple):
    """A sound file of a kind, and its name."""

    kind: str
    name: str
    data: bytes


def renderer() -> ModuleType:
    """The module that renders the samples."""
    folder = str(ROOT / "corpora")
    if folder not in sys.path:
        sys.path.append(folder)
    import render

    return render


def collect_seeds(kinds: tuple[str, ...], files: tuple[Path, ...] = ()) -> dict[str, list[Seed]]:
    """The seeds of each kind, in the order of `kinds`; with `files`, those alone where there are any of the kind."""
    seeds: dict[str, list[Seed]] = {kind: [] for kind in kinds}
    for path in files:
        suffix = path.suffix.lower().lstrip(".")
        kind = _SUFFIXES.get(suffix, suffix)
        if kind in seeds:
            seeds[kind].append(Seed(kind, path.name, path.read_bytes()))
    for kind in kinds:
        folder = SAMPLES / kind
        if not seeds[kind] and not files and folder.is_dir():
            found = sorted(path for path in folder.iterdir() if path.suffix == f".{kind}")
            seeds[kind] = [Seed(kind, path.name, path.read_bytes()) for path in found]
        if not seeds[kind] and not files and kind in _WRITERS:
            seeds[kind] = [_write_seed(kind, path) for path in sorted((SAMPLES / "src").glob("*.src"))[::3]]
    return {kind: found for kind, found in seeds.items() if found}


def _write_seed(kind: str, path: Path) -> Seed:
    lines = [line for line in renderer().read_sample(path).lines if line.kind != "furniture"]
    return Seed(kind, f"{path.stem}.{kind}", _WRITERS[kind](lines))


# Each writer takes the lines of a sample (corpora/render.py has their type).


def write_markdown(lines: list) -> bytes:
    """Headings with #, items with -, pipe tables, a quote, a fence and emphasis."""
    out: list[str] = []
    for place, line in enumerate(lines):
        if line.kind == "title":
            out.append(f"# {line.text}\n")
        elif line.kind == "heading":
            out.append(f"{'#' * (line.level + 1)} {line.text}\n")
        elif line.kind == "item":
            out.append(f"- {line.text}")
        elif line.kind == "row":
            out.append(f"| {' | '.join(line.cells)} |")
            if lines[place - 1].kind != "row":
                out.append("|" + " --- |" * len(line.cells))
        else:
            out.append(f"\n{'> ' if place % 3 == 0 else ''}**{line.text[:4]}**{line.text[4:]}\n")
    return ("\n".join(out) + "\n```\nx = 1\n```\n").encode()


def write_csv(lines: list) -> bytes:
    """Every line as a row of four short fields, in quotes now and then, with the byte order mark that Excel writes."""
    rows = ["序号,事项,要求,字数"]
    for place, line in enumerate(lines, 1):
        cells = (
            str(place),
            line.text[:8].strip("、：，。；"),
            line.text[8:20].strip("、：，。；"),
            str(len(line.text)),
        )
        rows.append(",".join(f'"{cell}"' if "," in cell or len(cell) % 2 else cell for cell in cells))
    return ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()


def write_rtf(lines: list) -> bytes:
    r"""Paragraphs half in `\u` escapes, half in code page 936; a table of cells, a header, list text, headings."""
    out = [rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}{\stylesheet{\s1\outlinelevel0 h;}}"]
    out.append(rb"{\info{\title plan}{\creatim\yr2024\mo1\dy8}}\uc1{\header x\par}")
    for place, line in enumerate(lines):
        if line.kind == "row":
            width = b"".join(rb"\cellx%d" % (2_000 * (n + 1)) for n in range(len(line.cells)))
            cells = b"".join(rb"\intbl %s\cell" % _escape_rtf(cell, unicode=True) for cell in line.cells)
            out.append(rb"\trowd%s%s\row" % (width, cells))
        else:
            styles = {"heading": rb"\s1\outlinelevel0 ", "item": rb"{\listtext\'a1\'a4\tab}"}
            style = styles.get(line.kind, b"")
            out.append(rb"\pard\plain %s\fs24 %s\par" % (style, _escape_rtf(line.text, unicode=place % 2 == 0)))
    return b"\n".join(out) + b"}"


def _escape_rtf(text: str, *, unicode: bool) -> bytes:
    out = []
    for character in text:
        if character < "\x80":
            out.append(b"\\" + character.encode() if character in "\\{}" else character.encode())
            continue
        page = b"".join(rb"\'%02x" % byte for byte in character.encode("gb18030"))
        out.append(rb"\u%d?" % ((ord(character) + 0x8000) % 0x10000 - 0x8000) if unicode else page)
    return b"".join(out)


def write_odt(lines: list) -> bytes:
    """A text document with headings, a numbered list, spans, spaces, notes and a table."""
    names, body, listed = _odt_parts(lines)
    content = f'<office:document-content {names} office:version="1.2">{body}</office:document-content>'
    styles = f'<office:document-styles {names} office:version="1.2">{listed}</office:document-styles>'
    kind = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<manifest:manifest xmlns:manifest="{name}" manifest:version="1.2">{entries}</manifest:manifest>'
    return pack({"mimetype": kind, "content.xml": content, "styles.xml": styles, "META-INF/manifest.xml": manifest})


def write_flat_odt(lines: list) -> bytes:
    """The same document in one XML file."""
    names, body, listed = _odt_parts(lines)
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    return f"{_XML_HEAD}<office:document {names} {kind}>{listed}{body}</office:document>".encode()


def _odt_parts(lines: list) -> tuple[str, str, str]:
    """The names declared on the root, the body, and the styles."""
    out: list[str] = []
    for place, line in enumerate(lines):
        text = _escape_xml(line.text)
        if line.kind == "row":
            paragraphs = [f"<text:p>{_escape_xml(cell)}</text:p>" for cell in line.cells]
            cells = "".join(f"<table:table-cell>{paragraph}</table:table-cell>" for paragraph in paragraphs)
            row = f"<table:table-row>{cells}</table:table-row>"
            first, last = lines[place - 1].kind != "row", place + 1 == len(lines) or lines[place + 1].kind != "row"
            columns = f'<table:table-column table:number-columns-repeated="{len(line.cells)}"/>'
            out.append((f"<table:table>{columns}" if first else "") + row + ("</table:table>" if last else ""))
        elif line.kind == "item":
            item = f"<text:list-item><text:p>{text}</text:p></text:list-item>"
            out.append(f'<text:list text:style-name="L1">{item}</text:list>')
        elif line.kind in ("title", "heading"):
            out.append(f'<text:h text:outline-level="{line.level + 1}">{text}</text:h>')
        else:
            note = "<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note>"
            spaced = (
                f'<text:span>{_escape_xml(line.text[:6])}</text:span><text:s text:c="2"/>{_escape_xml(line.text[6:])}'
            )
            out.append(f'<text:p text:style-name="P1">{spaced}{note}</text:p>')
    names = f'xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}" xmlns:table="{_TABLE}" xmlns:style="{_STYLE}"'
    body = f"<office:body><office:text>{''.join(out)}</office:text></office:body>"
    bullet = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="、"/>'
    listed = f'<office:styles><text:list-style style:name="L1">{bullet}</text:list-style></office:styles>'
    return names, body, listed


def write_word_xml(lines: list) -> bytes:
    """A Word document in one XML file: of Word 2003 or, where the number of lines is even, a package of parts."""
    package = len(lines) % 2 == 0
    out: list[str] = []
    for place, line in enumerate(lines):
        if line.kind != "row":
            style = f'<w:outlineLvl w:val="{line.level}"/>' if line.kind in ("title", "heading") else ""
            style += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if line.kind == "item" else ""
            out.append(f"<w:p><w:pPr>{style}</w:pPr>{_word_run(line.text)}</w:p>")
            continue
        cells = "".join(f"<w:tc><w:p>{_word_run(cell)}</w:p></w:tc>" for cell in line.cells)
        first, last = lines[place - 1].kind != "row", place + 1 == len(lines) or lines[place + 1].kind != "row"
        out.append("<w:tbl>" * first + f"<w:tr>{cells}</w:tr>" + "</w:tbl>" * last)
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl>'
    body = f"<w:body>{''.join(out)}<w:sectPr/></w:body>"
    if not package:
        listed = f'<w:listDef w:listDefId="0">{level.replace("numFmt", "nfc").replace("decimal", "0")}</w:listDef>'
        lists = f'<w:lists>{listed}<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
        root = f'<w:wordDocument xmlns:w="{_WORD_2003}">{lists}{body}</w:wordDocument>'
        return f"{_XML_HEAD}{_MSO}{root}".encode()
    names = f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    relation = '<Relationship Id="rId1" Type="{0}/{1}" Target="{2}"/>'
    inside = {
        "_rels/.rels": relation.format(_RELATIONS, "officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": relation.format(_RELATIONS, "numbering", "numbering.xml"),
        "word/document.xml": f"<w:document {names}>{body}</w:document>",
        "word/numbering.xml": f"<w:numbering {names}>{numbering}</w:numbering>",
    }
    return f'{_XML_HEAD}{_MSO}<pkg:package xmlns:pkg="{_PACKAGE}">{_flat_parts(inside)}</pkg:package>'.encode()


def _word_run(text: str) -> str:
    return f"<w:r><w:t>{_escape_xml(text)}</w:t></w:r>"


def _flat_parts(inside: dict[str, str]) -> str:
    """The parts of a package, each as an element of one XML file."""
    out = []
    for name, content in inside.items():
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name[5:-4]}+xml"
        if name == "word/document.xml":
            kind = kind.replace("document+xml", "document.main+xml")
        if name.endswith(".rels"):
            kind = "application/vnd.openxmlformats-package.relationships+xml"
            content = f'<Relationships xmlns="{_RELATIONSHIPS}">{content}</Relationships>'
        data = f"<pkg:xmlData>{content}</pkg:xmlData>"
        out.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{data}</pkg:part>')
    return "".join(out)


def write_archive(lines: list) -> bytes:
    """A web archive of one page and a style sheet, in quoted-printable and plain."""
    import quopri

    page = "".join(f"<p>{_escape_xml(line.text)}</p>\n" for line in lines)
    page = f'<html><head><meta charset="utf-8"><title>{lines[0].text}</title></head><body>{page}</body></html>'
    body = quopri.encodestring(page.encode()).replace(b"\n", b"\r\n")
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_x"\r\n\r\n------=_x\r\n'
    sheet = b"------=_x\r\nContent-Type: text/css\r\n\r\np { margin: 0 }\r\n------=_x--\r\n"
    return (
        head
        + b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + body
        + sheet
    )


def write_zip(lines: list) -> bytes:
    """An archive of documents, as people send them: a text, a page, and a name in Chinese."""
    text = "\n".join(line.text for line in lines)
    return pack({"a.txt": text, "计划/b.html": f"<html><body><p>{text}</p></body></html>", "c.md": f"# 计划\n\n{text}"})


def pack(members: dict[str, str]) -> bytes:
    """A zip package of text members, always the same bytes for the same members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, text.encode())
    return buffer.getvalue()


def write_doc(lines: list) -> bytes:
    """A Word 97 document of one piece of UTF-16 text."""
    from compound import word_document

    return word_document("\r".join("\x07".join(line.cells) or line.text for line in lines) + "\r")


def _escape_xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_WRITERS = {
    "md": write_markdown,
    "csv": write_csv,
    "rtf": write_rtf,
    "odt": write_odt,
    "fodt": write_flat_odt,
    "word-xml": write_word_xml,
    "mhtml": write_archive,
    "zip": write_zip,
    "doc": write_doc,
}
