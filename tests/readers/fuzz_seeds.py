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
KINDS = ("txt", "md", "html", "docx", "pdf", "odt", "rtf", "mhtml", "csv", "zip", "doc")
_SUFFIXES = {"text": "txt", "htm": "html", "markdown": "md", "mht": "mhtml", "wps": "doc", "tsv": "csv"}
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


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
    """Every line as a row, cells in quotes now and then, with the byte order mark that Excel writes."""
    rows = []
    for place, line in enumerate(lines):
        cells = line.cells or (str(place), line.text)
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
    names = f'xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}" xmlns:table="{_TABLE}"'
    body = f"<office:body><office:text>{''.join(out)}</office:text></office:body>"
    content = f'<office:document-content {names} office:version="1.2">{body}</office:document-content>'
    bullet = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="、"/>'
    names += ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    listed = f'<office:styles><text:list-style style:name="L1">{bullet}</text:list-style></office:styles>'
    styles = f'<office:document-styles {names} office:version="1.2">{listed}</office:document-styles>'
    kind = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<manifest:manifest xmlns:manifest="{name}" manifest:version="1.2">{entries}</manifest:manifest>'
    return pack({"mimetype": kind, "content.xml": content, "styles.xml": styles, "META-INF/manifest.xml": manifest})


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
    "mhtml": write_archive,
    "zip": write_zip,
    "doc": write_doc,
}
