"""Render the sample documents: `python corpora/render.py` writes them, `--check` says whether they are up to date.

The sources are `samples/src/NAME.src`; each becomes `samples/txt`, `html`, `docx` and `pdf`, always the same bytes.
Needs the extra `render` (reportlab).

A source's lines: `@key value` settings, `# ` the title, `## ` `### ` headings, `* ` a list item, `| a | b |` a table
row (the first is the head), `<|` and `>|` page furniture, anything else a paragraph. Settings: `about` (what it shows),
`date`, `script`, `gloss` (characters that get their pinyin in brackets), `docx-levels` (one marker a numbering level:
such markers are left to Word), `html-encoding`, `html-label` (the charset that the page claims), `pdf-head`.
"""

from __future__ import annotations

import html
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

SAMPLES = Path(__file__).parent / "samples"
UNDATED = "2020-01-01"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

# How a marker is written, and how Word writes it: number format, text with %n for the level's number, what follows.
MARKERS: dict[str, tuple[str, str, str, str]] = {
    "一、": (r"[一二三四五六七八九十]{1,3}、", "chineseCountingThousand", "%n、", "nothing"),
    "（一）": (r"（[一二三四五六七八九十]{1,3}）", "chineseCountingThousand", "（%n）", "nothing"),
    "(一)": (r"\([一二三四五六七八九十]{1,3}\)", "chineseCountingThousand", "(%n)", "nothing"),
    "壹、": (r"[壹貳參肆伍陸柒捌玖拾]{1,3}、", "ideographLegalTraditional", "%n、", "nothing"),
    "第一章": (r"第[一二三四五六七八九十]{1,3}章 ", "chineseCountingThousand", "第%n章", "space"),
    "第一条": (r"第[一二三四五六七八九十]{1,3}条 ", "chineseCountingThousand", "第%n条", "space"),
    "1、": (r"\d{1,2}、", "decimal", "%n、", "nothing"),
    "1.": (r"\d{1,2}\. ", "decimal", "%n.", "space"),
    "1": (r"\d{1,2} ", "decimal", "%1", "space"),
    "1.1": (r"\d{1,2}\.\d{1,2} ", "decimal", "%1.%2", "space"),
    "1.1.1": (r"\d{1,2}\.\d{1,2}\.\d{1,2} ", "decimal", "%1.%2.%3", "space"),
}


class Line(NamedTuple):
    """One line of a source: furniture, title, heading, item, row or paragraph. `level` is a heading's, from 1."""

    kind: str
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()


class Sample(NamedTuple):
    """A source, read."""

    name: str
    settings: dict[str, str]
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The document's title."""
        return next(line.text for line in self.lines if line.kind == "title")


def read_sample(path: Path) -> Sample:
    """The sample at `path`, with its glosses put in."""
    settings: dict[str, str] = {}
    lines: list[Line] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        if raw.startswith("@"):
            key, _, value = raw[1:].partition(" ")
            settings[key] = value
        elif raw:
            lines.append(_read_line(_gloss(raw, settings.get("gloss", ""))))
    return Sample(path.stem, settings, tuple(lines))


def _gloss(text: str, glosses: str) -> str:
    table = {entry[0]: f"{entry[0]}({entry[1:]})" for entry in glosses.split()}
    return "".join(table.get(character, character) for character in text)


def _read_line(raw: str) -> Line:
    if raw.startswith(("<|", ">|")):
        return Line("furniture", raw[2:])
    if raw.startswith("|"):
        cells = tuple(cell.strip() for cell in raw.strip("|").split("|"))
        return Line("row", "\t".join(cells), cells=cells)
    if raw.startswith("* "):
        return Line("item", raw[2:])
    marks, _, text = raw.partition(" ")
    if marks and set(marks) == {"#"}:
        return Line("title", text) if marks == "#" else Line("heading", text, len(marks) - 1)
    return Line("paragraph", raw)


def _runs(sample: Sample) -> Iterator[tuple[str, list[Line]]]:
    """Neighbouring lines of one kind together."""
    for kind, lines in groupby(sample.lines, key=lambda line: line.kind):
        yield kind, list(lines)


# ---- txt -----------------------------------------------------------------------------------------------------


def render_txt(sample: Sample) -> bytes:
    """One line a paragraph, cells apart by tabs, UTF-8."""
    return "".join(f"{line.text}\n" for line in sample.lines).encode()


# ---- html ----------------------------------------------------------------------------------------------------


def render_html(sample: Sample) -> bytes:
    """A page with its furniture, in the encoding of `html-encoding`; `html-label` is what the page claims."""
    escape: Callable[[str], str] = lambda text: html.escape(text, quote=False)  # noqa: E731
    parts = [
        "<!DOCTYPE html>",
        f'<html><head><meta charset="{sample.settings["html-label"]}">',
        f"<title>{escape(sample.title)}</title>",
        "<style>.nav a { color: #069 }</style><script>var page = '范文';</script></head><body>",
    ]
    for kind, lines in _runs(sample):
        if kind == "furniture":
            links = "".join(f'<p><a href="#">{escape(line.text)}</a></p>' for line in lines)
            parts.append(f'<div class="nav">{links}</div>')
        elif kind == "row":
            parts.append("<table>")
            for place, line in enumerate(lines):
                tag = "td" if place else "th"
                parts.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in line.cells) + "</tr>")
            parts.append("</table>")
        else:
            parts.extend(_html_block(line, escape(line.text)) for line in lines)
    parts.append("</body></html>\n")
    return "\n".join(parts).encode(sample.settings["html-encoding"])


def _html_block(line: Line, text: str) -> str:
    if line.kind == "title":
        return f"<h1>{text}</h1>"
    if line.kind == "heading":
        return f"<h{line.level + 1}>{text}</h{line.level + 1}>"
    return f"<p>\u3000\u3000{text}</p>"


# ---- docx ----------------------------------------------------------------------------------------------------


def render_docx(sample: Sample) -> bytes:
    """A Word file with heading styles, real tables and, where `docx-levels` says so, automatic numbering."""
    from docx import Document

    document: Any = Document()
    date = datetime.fromisoformat(sample.settings.get("date", UNDATED))
    core = document.core_properties
    core.author, core.title, core.comments = "docparse samples", sample.title, ""
    core.created = core.modified = date
    levels = [level for level in sample.settings.get("docx-levels", "").split("|") if level]
    if levels:
        _define_numbering(document, levels)
    if "pdf-head" in sample.settings:
        document.sections[0].header.paragraphs[0].text = sample.settings["pdf-head"]
    for kind, lines in _runs(sample):
        if kind == "row":
            _docx_table(document, lines)
        elif kind != "furniture":  # a Word file has no navigation
            for line in lines:
                _docx_paragraph(document, line, levels)
    buffer = io.BytesIO()
    document.save(buffer)
    return _same_zip(buffer.getvalue())


def _docx_paragraph(document: Any, line: Line, levels: list[str]) -> None:
    style = "Title" if line.kind == "title" else f"Heading {line.level}" if line.kind == "heading" else None
    text, level = line.text, None
    if line.kind in ("heading", "item"):
        text, level = _take_marker(text, levels)
    paragraph = document.add_paragraph(text, style=style)
    if level is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 77


def _take_marker(text: str, levels: list[str]) -> tuple[str, int | None]:
    """The text without a marker that Word will write, and the marker's numbering level from 0."""
    for place, level in enumerate(levels):
        match = re.match(MARKERS[level][0], text)
        if match:
            return text[match.end() :], place
    return text, None


def _define_numbering(document: Any, levels: list[str]) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    entries = []
    for place, level in enumerate(levels):
        _, number_format, text, suffix = MARKERS[level]
        restart = '<w:lvlRestart w:val="0"/>' if level == "第一条" else ""  # articles count on through the chapters
        entries.append(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{restart}'
            f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text.replace("%n", f"%{place + 1}")}"/></w:lvl>'
        )
    numbering = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{"".join(entries)}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _docx_table(document: Any, lines: list[Line]) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=len(lines), cols=len(lines[0].cells), style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line.cells, strict=True):
            cell.text = text


def _same_zip(data: bytes) -> bytes:
    """The same members with one fixed time, so that equal sources give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


# ---- pdf -----------------------------------------------------------------------------------------------------

FONT, SIZE, LEADING = "STSong-Light", 15.0, 27.0
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595.0, 842.0, 80.0
NEVER_FIRST = "，。、；：？！）》”’％%,.;:?!)"
BOTTOM = 100.0


def render_pdf(sample: Sample) -> bytes:
    """Pages with a running head and page numbers, lines hard-wrapped wherever the width ends."""
    total = _draw(sample, 0)[1]
    return _draw(sample, total)[0]


def _draw(sample: Sample, total: int) -> tuple[bytes, int]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas: Any = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(sample.title)
    canvas.setAuthor("docparse samples")
    page = _Pages(canvas, sample.settings.get("pdf-head", sample.title), total)
    for kind, lines in _runs(sample):
        if kind == "row":
            _pdf_table(page, lines)
        elif kind != "furniture":
            for line in lines:
                _pdf_paragraph(page, line)
    page.end()
    canvas.save()
    return buffer.getvalue(), page.number


class _Pages:
    """Where the next line goes, with heads and page numbers drawn as pages begin and end."""

    def __init__(self, canvas: Any, head: str, total: int) -> None:
        self.canvas, self.head, self.total, self.number, self.y = canvas, head, total, 0, 0.0
        self._begin()

    def _begin(self) -> None:
        self.number += 1
        self.y = PAGE_HEIGHT - 100
        self.canvas.setFont(FONT, 10)
        self.canvas.drawCentredString(PAGE_WIDTH / 2, PAGE_HEIGHT - 50, self.head)

    def end(self) -> None:
        """Number the page and finish it."""
        self.canvas.setFont(FONT, 10)
        self.canvas.drawCentredString(PAGE_WIDTH / 2, 45, f"第 {self.number} 页 共 {self.total} 页")
        self.canvas.showPage()

    def line(self, pieces: list[tuple[float, str]], size: float, leading: float) -> None:
        """Draw pieces of text, each at its x, on one line, on a new page if this one is full."""
        if self.y < BOTTOM:
            self.end()
            self._begin()
        self.canvas.setFont(FONT, size)
        for x, text in pieces:
            # without the font installed, pdfium gives a lone character no width and leaves it out of the text
            self.canvas.drawString(x, self.y, text if len(text) > 1 else f"{text} ")
        self.y -= leading


def _pdf_paragraph(page: _Pages, line: Line) -> None:
    if line.kind == "title":
        for text in _wrap(line.text, PAGE_WIDTH - 2 * MARGIN, 20, 0):
            page.line([((PAGE_WIDTH - _width(text, 20)) / 2, text)], 20, 34)
        return
    indent = 2 * SIZE
    for place, text in enumerate(_wrap(line.text, PAGE_WIDTH - 2 * MARGIN, SIZE, indent)):
        page.line([(MARGIN + (0 if place else indent), text)], SIZE, LEADING)


def _pdf_table(page: _Pages, lines: list[Line]) -> None:
    size = 11.0
    step = (PAGE_WIDTH - 2 * MARGIN) / len(lines[0].cells)
    for line in lines:
        columns = [_wrap(cell, step - 10, size, 0) for cell in line.cells]
        for place in range(max(map(len, columns))):
            pieces = [(MARGIN + step * n, column[place]) for n, column in enumerate(columns) if place < len(column)]
            page.line(pieces, size, 16)
        page.y -= 6


def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, FONT, size))


def _wrap(text: str, room: float, size: float, indent: float) -> list[str]:
    """Lines that fit; a closing mark hangs over rather than beginning a line; a number may be cut, as printers do."""
    lines, used = [""], indent
    for character in text:
        wide = _width(character, size)
        if used + wide > room and character not in NEVER_FIRST:
            lines.append("")
            used = 0.0
        lines[-1] += character
        used += wide
    return lines


# ---- all -----------------------------------------------------------------------------------------------------

FORMATS = (("txt", render_txt), ("html", render_html), ("docx", render_docx), ("pdf", render_pdf))


def main(arguments: list[str]) -> int:
    """0; with `--check` 1 if a file is not what its source gives; 2 for wrong usage."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("usage: python corpora/render.py [--check]", file=sys.stderr)
        return 2
    stale = 0
    for source in sorted((SAMPLES / "src").glob("*.src")):
        sample = read_sample(source)
        for kind, render in FORMATS:
            path = SAMPLES / kind / f"{sample.name}.{kind}"
            if not _store(path, render(sample), check=check):
                print(f"{path.relative_to(SAMPLES)} is not what its source gives: run python corpora/render.py")
                stale = 1
    return stale


def _store(path: Path, data: bytes, *, check: bool) -> bool:
    if check:
        return path.is_file() and path.read_bytes() == data
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
