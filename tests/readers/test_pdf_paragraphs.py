"""Lines of a PDF joined to paragraphs."""

from __future__ import annotations

import pytest
from pdf_pages import FONT, LATIN, WIDTH, column, draw, lines, read, text_of
from reader_laws import texts
from reportlab.pdfgen.canvas import Canvas

import docparse
from docparse.readers.pdf.lines import Line
from docparse.readers.pdf.wrap import extend
from docparse.readers.pieces import Piece


def full(text: str) -> str:
    """The text with prose before it, so that it ends a line of 38 characters."""
    units = sum(1 if ord(char) > 0x2E7F else 0.5 for char in text)
    return text_of(round(38 - units)) + text


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("355.8", "万元的设备采购"),
        ("达到1,2", "34万元"),
        ("1,", "234万元"),
        ("增长12", "%以上"),
        ("增长3", ".5个百分点"),
        ("预算", "3.5吨标准煤"),
        ("包括", "（2）绿化、（3）亮化"),
        ("文件第", "12）条"),
        ("建成于20", "24年"),
    ],
)
def test_a_line_end_cuts_no_number(end: str, start: str) -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, [text_of(38), full(end), start + "，" + text_of(20), text_of(38)], 70, 780)

    assert end + start in read(draw(page)).raw


@pytest.mark.parametrize(("end", "start"), [("355.8", "万元，"), ("增长12", "%，"), ("达1,2", "34万元，")])
def test_a_page_end_cuts_no_number(end: str, start: str) -> None:
    def one(canvas: Canvas) -> None:
        y = lines(canvas, [text_of(38)] * 20, 70, 780)
        lines(canvas, [full(end)], 70, y)
        canvas.drawCentredString(WIDTH / 2, 30, "1")

    def two(canvas: Canvas) -> None:
        lines(canvas, [start + text_of(20), text_of(38)], 70, 780)
        canvas.drawCentredString(WIDTH / 2, 30, "2")

    reading = read(draw(one, two))
    assert end + start in reading.raw
    assert texts(reading, "footer") == ["1", "2"]


def test_words_cut_by_a_hyphen() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(LATIN, 12)
        for row, text in enumerate(
            [
                "The management of the annual budget is described in the first chapter of the manage-",
                "ment report, and every department plans its own work under the long-term and mid-",
                "term programme.",
            ]
        ):
            canvas.drawString(70, 780 - 20 * row, text)

    raw = read(draw(page)).raw
    assert "the management report" in raw and "mid-term programme" in raw


def test_a_soft_hyphen_leaves_no_trace() -> None:
    line = Line("tion every month.", 70, 200, 760, 12, False, 30)
    assert (
        extend(Piece("to the administra\u00ad", page=1), line, 1, frozenset()).text
        == "to the administration every month."
    )


def test_items_and_headings_are_not_glued() -> None:
    wanted = [
        "一、总体要求",
        text_of(38 * 2 - 2) + "。",
        "（一）加强组织领导，落实工作责任",
        "1.建立联席会议制度，每月召开一次",
        "2.完善考核办法",
        "•按季通报进度",
        "第三条 本办法自印发之日起施行",
    ]

    def page(canvas: Canvas) -> None:
        y = 780.0
        for text in wanted:
            y = column(canvas, text, 70, y, 38, indent=2)

    assert texts(read(draw(page))) == wanted


def test_numbered_references_stay_apart() -> None:
    wanted = [f"[{number}] " + text_of(50, 7 * number) for number in (1, 2, 3)]

    def page(canvas: Canvas) -> None:
        y = 780.0
        for text in wanted:
            y = column(canvas, text, 70, y, 38)

    assert [text.replace(" ", "") for text in texts(read(draw(page)))] == [text.replace(" ", "") for text in wanted]


def test_a_centred_title_on_two_lines_is_one() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(WIDTH / 2, 780, "青山县人民政府关于印发")
        canvas.drawCentredString(WIDTH / 2, 750, "2024年重点工作计划的通知")
        canvas.setFont(FONT, 14)
        canvas.drawCentredString(WIDTH / 2, 720, "（2024年1月8日）")
        column(canvas, text_of(120), 70, 680, 38, indent=2)

    reading = read(draw(page))
    assert texts(reading)[:2] == ["青山县人民政府关于印发2024年重点工作计划的通知", "（2024年1月8日）"]
    assert (reading.blocks[0].kind, reading.blocks[0].level) == ("heading", None)


def test_indented_first_lines_begin_paragraphs() -> None:
    wanted = [text_of(36 + 38 * n, 11 * n) for n in (0, 1, 2, 1)]

    def page(canvas: Canvas) -> None:
        y = 780.0
        for text in wanted:
            y = column(canvas, text[:-1] + "。", 70, y, 38, indent=2)

    assert texts(read(draw(page))) == [text[:-1] + "。" for text in wanted]


def test_a_bold_lead_does_not_cut_its_paragraph() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        text = canvas.beginText(94, 780)
        text.setTextRenderMode(2)
        text.textOut("加强组织领导。")
        text.setTextRenderMode(0)
        text.textOut(text_of(29))
        canvas.drawText(text)
        lines(canvas, [text_of(38, 29), text_of(20, 67) + "。"], 70, 760)

    assert texts(read(draw(page))) == ["加强组织领导。" + text_of(87) + "。"]


def test_a_claim_behind_the_page_turn_has_the_next_page() -> None:
    head = "一、2024年工作目标"
    first = "2024年，" + text_of(38 * 22 - 2 - 6 - 3) + "，力争"
    second = "全年实现销售收入1200万元，比上年增长8%。"

    def one(canvas: Canvas) -> None:
        lines(canvas, [head], 94, 780)
        column(canvas, first, 70, 760, 38, indent=2)
        canvas.drawCentredString(WIDTH / 2, 30, "- 1 -")

    def two(canvas: Canvas) -> None:
        column(canvas, second, 70, 780, 38)
        canvas.drawCentredString(WIDTH / 2, 30, "- 2 -")

    data = draw(one, two)
    block = next(block for block in read(data).blocks if block.turns)
    assert read(data).raw[block.turns[0][0] :].startswith(second) and block.turns[0][1] == 2
    document = docparse.parse(data)
    target = next(target for target in document.targets if target.text == "1200万元")
    assert target.page == 2
    assert document.statements[0].page == 1
