"""PDF pages drawn line by line with reportlab and the standard Chinese CID font."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest

pytest.importorskip("reportlab")

from reader_laws import check_laws, uncovered
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from docparse.options import Options
from docparse.readers import read_bytes
from docparse.records import Reading

FONT = "STSong-Light"
LATIN = "Helvetica"
BOLD = "Helvetica-Bold"
WIDTH, HEIGHT = A4

PROSE = (
    "全县上下坚持稳中求进工作总基调，统筹推进改革发展稳定各项任务，经济运行总体平稳，质量效益稳步提升，民生保障持续改善。"
    "农业生产喜获丰收，粮食播种面积保持稳定，特色产业基地不断扩大，农民收入增长快于城镇居民。"
    "工业企业加快技术改造，新增规模以上企业逐年增加，园区基础设施日益完善，招商引资成效明显。"
    "城乡面貌焕然一新，老旧小区改造有序推进，背街小巷整治全面完成，群众出行更加方便快捷。"
)


def text_of(length: int, start: int = 0) -> str:
    """So many characters of prose, from a place in it."""
    doubled = PROSE * (2 + (start + length) // len(PROSE))
    return doubled[start : start + length]


def draw(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4) -> bytes:
    """A PDF with a page for each function that draws one."""
    register_font()
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size)
    for page in pages:
        canvas.setFont(FONT, 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def register_font() -> None:
    """Make the horizontal Chinese font known, whatever a test has registered before."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def column(
    canvas: Canvas,
    text: str,
    x: float,
    y: float,
    across: int,
    *,
    size: float = 12,
    leading: float = 20,
    indent: int = 0,
) -> float:
    """Draw text wrapped after so many characters; the y of the next line.

    The first line is indented by `indent` characters.
    """
    canvas.setFont(FONT, size)
    at = 0
    first = True
    while at < len(text):
        room = across - indent if first else across
        canvas.drawString(x + (indent * size if first else 0), y, text[at : at + room])
        at += room
        y -= leading
        first = False
    return y


def lines(canvas: Canvas, texts: Sequence[str], x: float, y: float, *, size: float = 12, leading: float = 20) -> float:
    """Draw one line below the other; the y of the next line."""
    canvas.setFont(FONT, size)
    for text in texts:
        canvas.drawString(x, y, text)
        y -= leading
    return y


def table(
    canvas: Canvas, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], *, size: float = 10
) -> None:
    """Draw a grid with lines everywhere and a text in each cell."""
    canvas.grid(list(xs), list(ys))
    canvas.setFont(FONT, size)
    for row, cells in enumerate(texts):
        for place, text in enumerate(cells):
            canvas.drawString(xs[place] + 4, ys[row + 1] + 6, text)


def read(data: bytes, *, warned: bool = False, options: Options | None = None) -> Reading:
    """The reading, which keeps the laws and, unless `warned`, has no warnings."""
    reading = read_bytes(data, options=options or Options())
    check_laws(reading)
    assert uncovered(reading) == ""
    if not warned:
        assert reading.warnings == ()
    return reading
