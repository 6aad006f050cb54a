"""What a PDF's characters stand for, and which of them nobody sees."""

from __future__ import annotations

from collections.abc import Callable

from pdf_pages import FONT, LATIN, WIDTH, column, draw, lines, read, text_of
from reader_laws import texts
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docparse.options import Options
from docparse.readers import read_bytes

HIDDEN = "这一段文字谁也看不见，只是为了搜索引擎而写在页面上的关键词堆砌。"


def picture(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A plain grey picture."""
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 210)), x, y, width, height)


def mode(canvas: Canvas, render_mode: int, x: float, y: float, text: str) -> None:
    """Draw a text in a render mode."""
    drawn = canvas.beginText(x, y)
    drawn.setTextRenderMode(render_mode)
    drawn.textOut(text)
    drawn.setTextRenderMode(0)
    canvas.drawText(drawn)


def warned(page: Callable[[Canvas], None]) -> tuple[str, list[str]]:
    reading = read_bytes(draw(page))
    return reading.raw, [warning.code for warning in reading.warnings]


def test_text_drawn_twice_is_read_once() -> None:
    def page(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            canvas.drawString(70 + shift, 780, "重点工作安排")
        column(canvas, text_of(100) + "。", 70, 750, 38)

    assert texts(read(draw(page))) == ["重点工作安排", text_of(100) + "。"]


def test_characters_drawn_twice_one_by_one() -> None:
    def page(canvas: Canvas) -> None:
        for place, char in enumerate("完成投资1200万元"):
            for shift in (0, 0.3):
                canvas.drawString(70 + 12 * place + shift, 780, char)

    assert read(draw(page)).raw.replace(" ", "") == "完成投资1200万元"


def test_a_repeated_word_is_no_double() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(70, 780, "年年增长，天天向上，111111")

    assert read(draw(page)).raw == "年年增长，天天向上，111111"


def test_ligatures_and_word_s_bullets() -> None:
    from docparse.readers.pdf.chars import _FOLDED

    assert _FOLDED["\ufb01"] == "fi" and _FOLDED["\uf0b7"] == "•"


def test_radicals_that_a_font_names_are_the_characters_they_look_like() -> None:
    from test_hostile import pdf, stream_object

    codes = {0x01: 0x2F2F, 0x02: 0x4F5C, 0x03: 0x2ED3, 0x04: 0x671F, 0x05: 0x2ECB}
    ranges = "".join(f"<{code:04x}> <{to:04x}> " for code, to in codes.items())
    unicodes = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange {len(codes)} beginbfchar {ranges}endbfchar endcmap end"
    )
    data = pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream_object(b"BT /F1 12 Tf 70 700 Td <00010002000300040005> Tj ET"),
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000>>",
        stream_object(unicodes.encode()),
    )
    assert read_bytes(data).raw == "工作长期车"


def test_white_text_on_white_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["全年完成投资36万元。"], 70, 780)
        canvas.setFillGray(1)
        lines(canvas, [HIDDEN], 70, 700)

    assert warned(page) == ("全年完成投资36万元。", ["hidden-text"])


def test_white_text_on_a_dark_ground_is_seen() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(60, 690, 460, 30, stroke=0, fill=1)
        canvas.setFillGray(1)
        lines(canvas, [HIDDEN], 70, 700)
        canvas.setFillGray(0)
        lines(canvas, ["全年完成投资36万元。"], 70, 650)

    assert warned(page) == (f"{HIDDEN}\n全年完成投资36万元。", [])


def test_text_beside_the_page_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["全年完成投资36万元。"], 70, 780)
        lines(canvas, [HIDDEN], WIDTH + 40, 700)

    assert warned(page) == ("全年完成投资36万元。", ["hidden-text"])


def test_invisible_text_over_a_scan_is_its_text() -> None:
    def page(canvas: Canvas) -> None:
        picture(canvas, 0, 0, 600, 850)
        mode(canvas, 3, 70, 780, "全年完成投资36万元。")

    assert warned(page) == ("全年完成投资36万元。", [])


def test_invisible_text_without_a_picture_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["全年完成投资36万元。"], 70, 780)
        mode(canvas, 3, 70, 700, HIDDEN)

    assert warned(page) == ("全年完成投资36万元。", ["hidden-text"])


def test_spaces_that_a_layout_makes_are_none() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        text = canvas.beginText(70, 780)
        text.setCharSpace(3)
        text.textOut("全年完成投资三十六万元")
        canvas.drawText(text)

    assert read(draw(page)).raw == "全年完成投资三十六万元"


def test_a_small_raised_number_stays_in_its_line() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(70, 780, "新增绿地面积36万")
        canvas.setFont(LATIN, 12)
        canvas.drawString(164, 780, "m")
        canvas.setFont(LATIN, 7)
        canvas.drawString(174, 785, "2")
        canvas.setFont(FONT, 12)
        canvas.drawString(179, 780, "以上。")

    assert read(draw(page)).raw.replace(" ", "") == "新增绿地面积36万m2以上。"


def test_a_font_that_does_not_say_what_its_characters_are() -> None:
    from test_hostile import pdf, stream_object

    font = b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Own/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Own/CIDSystemInfo"
        b"<</Registry(Own)/Ordering(Own)/Supplement 0>>/DW 1000/FontDescriptor 7 0 R>>"
    )
    descriptor = (
        b"<</Type/FontDescriptor/FontName/ABCDEF+Own/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
        b"/Descent -200/CapHeight 700/StemV 80>>"
    )
    content = b"BT /F1 12 Tf 70 700 Td <0123045606780A120B34> Tj ET"
    data = pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream_object(content),
        font,
        inner,
        descriptor,
    )
    reading = read_bytes(data, options=Options(recognise=False))
    assert [warning.code for warning in reading.warnings] == ["pdf-characters-missing"]
