"""Titles and headings of a PDF: by its bookmarks, or by their type."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from pdf_pages import FONT, WIDTH, column, draw, read, text_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from docparse.readers.pdf.outline import Bookmark, read_outline
from docparse.records import Reading

Plan = Sequence[tuple[str, float]]  # texts with their sizes; 12 is the body's
PLAN: Plan = [
    ("青山县2024年工作计划", 22),
    ("第一章 总体要求", 18),
    (text_of(90) + "。", 12),
    ("第一节 指导思想", 15),
    (text_of(90, 20) + "。", 12),
    ("第二节 主要目标", 15),
    (text_of(90, 40) + "。", 12),
    ("第二章 重点任务", 18),
    (text_of(90, 60) + "。", 12),
]


def pages_of(plan: Plan) -> bytes:
    def page(canvas: Canvas) -> None:
        y = 780.0
        for text, size in plan:
            if size == 22:
                canvas.setFont(FONT, size)
                canvas.drawCentredString(WIDTH / 2, y, text)
                y -= 36
            else:
                y = column(canvas, text, 70, y - (size - 12), 38, size=size, leading=20, indent=2 if size == 12 else 0)

    return draw(page)


def headings(reading: Reading) -> list[tuple[str, int | None]]:
    return [(reading.raw[b.start : b.end], b.level) for b in reading.blocks if b.kind == "heading"]


def with_outline(data: bytes, marks: Sequence[tuple[str, int, int]]) -> bytes:
    """The PDF with bookmarks: title, page from 0, and depth from 1."""
    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    parents: dict[int, object] = {0: None}
    for title, page, depth in marks:
        parents[depth] = writer.add_outline_item(title=title, page_number=page, parent=parents[depth - 1])  # type: ignore[arg-type]
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_sizes_give_the_levels() -> None:
    assert headings(read(pages_of(PLAN))) == [
        ("青山县2024年工作计划", None),
        ("第一章 总体要求", 1),
        ("第一节 指导思想", 2),
        ("第二节 主要目标", 2),
        ("第二章 重点任务", 1),
    ]


def test_sizes_that_the_numbers_speak_against_give_none() -> None:
    swapped = [(text, {18: 15, 15: 18}.get(round(size), size)) for text, size in PLAN]
    assert headings(read(pages_of(swapped))) == [("青山县2024年工作计划", None)]
    mixed = [(text, 15.0 if size in (15, 18) else size) for text, size in PLAN]
    assert headings(read(pages_of(mixed))) == [("青山县2024年工作计划", None)]


def test_a_large_sentence_and_a_cover_are_no_headings() -> None:
    plan: Plan = [
        ("编制单位", 15),
        ("青山县发展和改革局", 15),
        ("青山县统计局", 15),
        (text_of(400) + "。", 12),
        ("全县人民要团结起来，为实现目标而努力。", 18),
        (text_of(200) + "。", 12),
    ]
    assert headings(read(pages_of(plan))) == []


def test_bold_lines_in_a_plain_text_are_headings() -> None:
    def page(canvas: Canvas) -> None:
        y = 780.0
        for number in "一二三":
            text = canvas.beginText(70, y)
            text.setTextRenderMode(2)
            text.textOut(f"{number}、加强工作领导")
            text.setTextRenderMode(0)
            canvas.drawText(text)
            y = column(canvas, text_of(150, 13) + "。", 70, y - 20, 38, indent=2)

    assert headings(read(draw(page))) == [(f"{number}、加强工作领导", 1) for number in "一二三"]


def test_bookmarks_name_the_headings() -> None:
    plan: Plan = [
        ("总体要求", 12),
        (text_of(90) + "。", 12),
        ("１．指导思想", 12),
        (text_of(90, 20) + "。", 12),
        ("第二部分 重点任务", 12),
        (text_of(90, 60) + "。", 12),
    ]
    marks = [("总 体 要 求", 0, 1), ("1.指导思想", 0, 2), ("重点任务", 0, 1), ("文中没有的标题", 0, 1)]
    reading = read(with_outline(pages_of(plan), marks))
    assert headings(reading) == [("总体要求", 1), ("１．指导思想", 2), ("第二部分 重点任务", 1)]


def test_a_bookmark_joins_its_heading_from_two_lines() -> None:
    title = text_of(50)

    def page(canvas: Canvas) -> None:
        y = column(canvas, title, 70, 780, 38)
        column(canvas, text_of(90, 60) + "。", 70, y, 38, indent=2)

    assert headings(read(with_outline(draw(page), [(title, 0, 1)]))) == [(title, 1)]


def test_bookmarks_in_a_circle_are_read_once() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(pages_of(PLAN))))
    page = writer.pages[0].indirect_reference
    assert page is not None
    items = [writer._add_object(DictionaryObject()) for _ in range(3)]
    root = writer._add_object(DictionaryObject())
    for number, item in enumerate(items):
        entry = item.get_object()
        assert isinstance(entry, DictionaryObject)
        entry[NameObject("/Title")] = TextStringObject(f"标题{number}")
        entry[NameObject("/Dest")] = ArrayObject([page, NameObject("/XYZ"), NumberObject(0), NumberObject(0)])
        entry[NameObject("/Next")] = items[(number + 1) % 3]
        entry[NameObject("/First")] = items[0]
    outlines = root.get_object()
    assert isinstance(outlines, DictionaryObject)
    outlines[NameObject("/First")] = items[0]
    writer.root_object[NameObject("/Outlines")] = root
    stream = io.BytesIO()
    writer.write(stream)
    assert len(read_outline(PdfReader(stream))) == 3
    assert read(stream.getvalue()).raw


def test_named_destinations_lead_to_their_page() -> None:
    def page(canvas: Canvas) -> None:
        canvas.bookmarkPage("goal")
        canvas.addOutlineEntry("总体目标", "goal", 0)
        canvas.drawString(70, 780, "总体目标")
        column(canvas, text_of(90) + "。", 70, 750, 38)

    data = draw(page)
    assert read_outline(PdfReader(io.BytesIO(data))) == (Bookmark("总体目标", 0, 1),)
    assert headings(read(data)) == [("总体目标", 1)]


@pytest.mark.parametrize(
    ("title", "want"),
    [
        ("Microsoft Word - 2024年工作计划.doc", "2024年工作计划"),
        ("Microsoft Word - 文档1.doc", None),
        ("untitled", None),
        ("Untitled-2", None),
        ("文档1", None),
        ("新建 Microsoft Word 文档", None),
        ("20240115", None),
        ("青山县工作总结.docx", "青山县工作总结"),
        ("文档管理办法", "文档管理办法"),
    ],
)
def test_the_title_of_the_file(title: str, want: str | None) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setTitle(title)
    canvas.setAuthor("办公室")
    canvas.drawString(70, 780, "2024")
    canvas.save()
    source = read(stream.getvalue()).source
    assert (source.title, source.author, source.pages) == (want, "办公室", 1)
    assert source.created is not None and source.created == source.modified
