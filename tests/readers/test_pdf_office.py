"""A PDF that LibreOffice writes: columns, footnotes, numbered headings, bookmarks, and a table over two pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pdf_pages import text_of
from reader_laws import check_laws, texts, uncovered

from docparse.readers import read_bytes
from docparse.records import Reading

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

LEFT = [text_of(90 + 20 * n, 13 * n) + "。" for n in range(8)]
BODY = [text_of(120, 31 * n) + "。" for n in range(3)]
NOTE = "规模以上工业企业指年主营业务收入2000万元以上的企业。"
ROWS = [[f"第{n}项", text_of(12, n), f"{n * 7}万元"] for n in range(1, 60)]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="C" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:section-properties></style:style>
<style:style style:name="cell" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties style:font-size-asian="22pt" fo:font-size="22pt"/></style:style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-indent="0.85cm"/>
<style:text-properties style:font-size-asian="12pt" fo:font-size="12pt"/></style:style>
</office:automatic-styles><office:body><office:text>"""


def _paragraph(text: str) -> str:
    return f'<text:p text:style-name="P">{text}</text:p>'


def _table() -> str:
    def row(cells: list[str]) -> str:
        inner = "".join(f'<table:table-cell table:style-name="cell">{_paragraph(c)}</table:table-cell>' for c in cells)
        return f"<table:table-row>{inner}</table:table-row>"

    head = row(["序号", "工作内容", "投资"])
    body = "".join(map(row, ROWS))
    return (
        f'<table:table><table:table-column table:number-columns-repeated="3"/>'
        f"<table:table-header-rows>{head}</table:table-header-rows>{body}</table:table>"
    )


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("office")
    noted = BODY[0][:-1] + (
        f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"<text:p>{NOTE}</text:p></text:note-body></text:note>。"
    )
    parts = [
        _HEAD,
        '<text:p text:style-name="T">青山县2024年重点工作安排</text:p>',
        _paragraph(noted),
        '<text:h text:outline-level="1">总体要求</text:h>',
        '<text:section text:style-name="C" text:name="s">' + "".join(map(_paragraph, LEFT)) + "</text:section>",
        '<text:h text:outline-level="2">主要目标</text:h>',
        _paragraph(BODY[1]),
        _table(),
        _paragraph(BODY[2]),
        "</office:text></office:body></office:document>",
    ]
    source = folder / "plan.fodt"
    source.write_text("".join(parts), encoding="utf-8")
    command = [
        "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
        'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}', "--outdir", str(folder),
        str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(folder)})
    read = read_bytes(Path(folder / "plan.pdf").read_bytes())
    check_laws(read)
    assert uncovered(read) == ""
    return read


def test_paragraphs_in_columns(reading: Reading) -> None:
    found = [text for text in texts(reading, "paragraph") if text in LEFT]
    assert found == LEFT


def test_bookmarks_are_headings(reading: Reading) -> None:
    headings = [(reading.raw[b.start : b.end], b.level) for b in reading.blocks if b.kind == "heading"]
    assert headings == [("青山县2024年重点工作安排", None), ("总体要求", 1), ("主要目标", 2)]


def test_the_footnote_is_a_note(reading: Reading) -> None:
    notes = texts(reading, "note")
    assert len(notes) == 1 and NOTE in notes[0]


def test_the_table_is_one(reading: Reading) -> None:
    cells = [block for block in reading.blocks if block.cell is not None]
    assert {block.cell.table for block in cells if block.cell} == {0}
    rows: dict[int, list[str]] = {}
    for block in cells:
        assert block.cell is not None
        rows.setdefault(block.cell.row, []).append(reading.raw[block.start : block.end])
    assert list(rows.values()) == [["序号", "工作内容", "投资"], *ROWS]
    assert len({block.page for block in cells}) > 1
    assert set(texts(reading, "header")) == {"序号", "工作内容", "投资"}
