"""Pages and texts that are turned, lean, or run from top to bottom."""

from __future__ import annotations

import io

import pytest
from pdf_pages import FONT, HEIGHT, WIDTH, column, draw, read, register_font, table, text_of
from pypdf import PdfReader, PdfWriter
from reader_laws import texts
from reportlab.pdfgen.canvas import Canvas

from docparse.readers import read_bytes
from docparse.records import Reading


def paragraphs(page: int) -> list[str]:
    return [text_of(38 * 3 - 2 - 1, 9 * n + 31 * page) + "。" for n in range(4)]


BODY = paragraphs(0)


def body(canvas: Canvas, page: int = 0) -> None:
    y = HEIGHT - 62
    for text in paragraphs(page):
        y = column(canvas, text, 70, y, 38, indent=2)
    table(canvas, (70, 200, 400), (y, y - 24, y - 48), [["项目", "目标"], ["绿化", "36万元"]])


def turned(data: bytes, angle: int) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        page.rotate(angle)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def check(reading: Reading) -> None:
    assert texts(reading, "paragraph") == BODY
    assert [(b.cell.row, b.cell.column, reading.raw[b.start : b.end]) for b in reading.blocks if b.cell] == [
        (0, 0, "项目"),
        (0, 1, "目标"),
        (1, 0, "绿化"),
        (1, 1, "36万元"),
    ]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pages_set_across_and_turned_back(angle: int) -> None:
    """A page drawn sideways that /Rotate turns upright is read as it is seen."""

    def page(canvas: Canvas) -> None:
        if angle == 90:
            canvas.translate(HEIGHT, 0)
        elif angle == 180:
            canvas.translate(WIDTH, HEIGHT)
        else:
            canvas.translate(0, WIDTH)
        canvas.rotate(angle)
        body(canvas)

    size = (WIDTH, HEIGHT) if angle == 180 else (HEIGHT, WIDTH)
    check(read(turned(draw(page, size=size), angle)))


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pages_turned_on_their_side_are_read_in_the_text_s_direction(angle: int) -> None:
    check(read(turned(draw(body), angle)))


def test_a_page_whose_box_does_not_begin_at_zero() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(draw(body))))
    page = writer.pages[0]
    page.cropbox.lower_left = (20, 30)
    stream = io.BytesIO()
    writer.write(stream)
    check(read(stream.getvalue()))


def test_turned_text_beside_the_body_stands_apart() -> None:
    def page(canvas: Canvas) -> None:
        body(canvas)
        canvas.saveState()
        canvas.translate(40, 300)
        canvas.rotate(90)
        canvas.setFont(FONT, 10)
        canvas.drawString(0, 0, "青山县统计局编印")
        canvas.restoreState()

    reading = read(draw(page))
    assert texts(reading, "paragraph") == [*BODY, "青山县统计局编印"]


def test_a_watermark_that_leans_is_furniture() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(0.85)
        canvas.setFont(FONT, 60)
        canvas.translate(120, 250)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()
        body(canvas, canvas.getPageNumber())

    reading = read(draw(page, page))
    assert texts(reading, "header") == ["内部资料", "内部资料"]
    assert texts(reading, "paragraph") == paragraphs(1) + paragraphs(2)


def test_a_level_watermark_on_every_page_is_furniture() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        canvas.setFont(FONT, 48)
        canvas.drawCentredString(WIDTH / 2, 300, "征求意见稿")
        canvas.setFillGray(0)
        body(canvas, canvas.getPageNumber())

    reading = read(draw(page, page, page))
    assert texts(reading, "header") == ["征求意见稿"] * 3
    assert texts(reading, "paragraph") == [text for number in (1, 2, 3) for text in paragraphs(number)]


def test_columns_from_top_to_bottom() -> None:
    text = text_of(40 * 4 - 1) + "。"
    stream = io.BytesIO()
    canvas = Canvas(stream)
    register_font()
    canvas.setFont(FONT, 14)
    for number in range(4):
        for row, char in enumerate(text[number * 40 : number * 40 + 40]):
            canvas.drawString(WIDTH - 80 - number * 24, 760 - row * 15, char)
    canvas.save()
    assert texts(read(stream.getvalue())) == [text]


def test_digits_side_by_side_in_a_column() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    register_font()
    canvas.setFont(FONT, 14)
    y = 760.0
    for char in "本計畫自民國一百一十三年":
        canvas.drawString(500, y, char)
        y -= 15
    canvas.setFont(FONT, 12)
    canvas.drawString(501, y, "12")
    y -= 15
    canvas.setFont(FONT, 14)
    for char in "月起實施並按季檢討":
        canvas.drawString(500, y, char)
        y -= 15
    canvas.save()
    assert texts(read(stream.getvalue())) == ["本計畫自民國一百一十三年12月起實施並按季檢討"]


def test_a_page_number_on_a_page_of_columns() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    register_font()
    for page in (1, 2):
        canvas.setFont(FONT, 14)
        for number in range(4):
            for row, char in enumerate(text_of(40, 40 * number + 13 * page)):
                canvas.drawString(WIDTH - 80 - number * 24, 760 - row * 15, char)
        canvas.setFont("Helvetica", 9)
        canvas.drawCentredString(WIDTH / 2, 30, f"page {page}")
        canvas.showPage()
    canvas.save()
    reading = read_bytes(stream.getvalue())
    assert [text.replace(" ", "") for text in texts(reading) if "page" in text] == ["page1", "page2"]
    assert texts(reading, "paragraph")[0].startswith(text_of(160, 13))
