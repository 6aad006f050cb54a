"""Scanned pages: read where a recogniser is installed, named where none is."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from pdf_pages import FONT, column, draw, lines, read, text_of
from reader_laws import texts
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docparse.options import Options
from docparse.readers import read_bytes
from docparse.readers.pdf import ocr as pdf_ocr

SIZE = (420.0, 260.0)
BODY = text_of(58) + "。"


def page(canvas: Canvas) -> None:
    canvas.setFont(FONT, 16)
    canvas.drawCentredString(SIZE[0] / 2, 220, "2024年工作计划")
    y = column(canvas, BODY, 40, 180, 28, indent=2, leading=22)
    lines(canvas, ["二、完成工业产值1200万元。"], 64, y - 8)


def scanned(data: bytes) -> bytes:
    """The pages as pictures."""
    document = pypdfium2.PdfDocument(data)
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=SIZE)
    for number in range(len(document)):
        picture = document[number].render(scale=2.5).to_pil()
        canvas.drawImage(ImageReader(picture), 0, 0, *SIZE)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


SCAN = scanned(draw(page, size=SIZE))


def test_a_scan_is_read_from_its_picture() -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="the recogniser is not installed (the extra `ocr`)")
    reading = read(SCAN, warned=True)
    assert [warning.code for warning in reading.warnings] == ["text-recognised"]
    assert reading.warnings[0].message.endswith(": 1.")
    assert reading.source.reader == "pypdfium2+rapidocr"
    got = texts(reading)
    assert got[0] == "2024年工作计划" and got[-1].replace("：", "、") == "二、完成工业产值1200万元。"
    assert len(got) == 3 and got[1][:20] == BODY[:20]


def test_recognition_can_be_switched_off() -> None:
    reading = read_bytes(SCAN, options=Options(recognise=False))
    assert (reading.raw, reading.source.reader) == ("", None)
    assert [warning.code for warning in reading.warnings] == ["pdf-without-text"]


def test_without_a_recogniser_the_pages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_ocr.importlib.util, "find_spec", lambda name: None)
    assert [warning.code for warning in read_bytes(SCAN).warnings] == ["pdf-without-text"]


def test_recognition_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in for the recogniser: it reads the first page, then the time is over."""
    moments = iter([0.0, 1.0, 200.0, 200.0])
    monkeypatch.setattr(pdf_ocr.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(pdf_ocr.time, "monotonic", lambda: next(moments))
    box = [[100, 100], [500, 100], [500, 140], [100, 140]]
    monkeypatch.setattr(pdf_ocr, "_load_engine", lambda: lambda picture: [(box, "完成投资36万元。", 0.9)])
    reading = read_bytes(scanned(draw(page, page, size=SIZE)))
    assert reading.raw == "完成投资36万元。"
    assert [warning.code for warning in reading.warnings] == ["text-recognised", "pdf-pages-without-text"]


def test_a_small_picture_is_no_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("asked to recognise an empty page")

    monkeypatch.setattr(pdf_ocr, "_load_engine", refuse)

    def stamp(canvas: Canvas) -> None:
        from PIL import Image

        canvas.drawImage(ImageReader(Image.new("L", (20, 20), 120)), 20, 20, 30, 30)

    assert [warning.code for warning in read_bytes(draw(page, stamp, size=SIZE)).warnings] == ["pdf-pages-without-text"]
