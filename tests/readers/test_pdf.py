"""PDFs written with reportlab and the standard CID font."""

from __future__ import annotations

import io
import re

import pytest

pytest.importorskip("reportlab")

from reader_laws import check_laws, texts, uncovered
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from docparse.errors import DamagedFileError, LimitExceededError
from docparse.options import Options
from docparse.readers import read_bytes
from docparse.records import Reading

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

LONG = [
    "全年完成销售收入1200万元，比上年增长8%，其中新产品销售收入355.8万元，占全部销售收入的29.6%，新增客户36家，客户满意度达到95%以上，"
    "回款率不低于98%，各项费用控制在预算以内，为下一年度的发展打下了良好的基础。",
    "进一步加强队伍建设，组织培训12期，培训员工860人次，员工流失率控制在5%以内；健全考核制度，做到每月考核、每季讲评、年底兑现，"
    "使全体员工的工作积极性得到充分发挥，服务质量有明显提高。",
    "完善安全生产责任制，落实各级人员的安全责任，开展安全检查24次，整改隐患58处，全年没有发生重大安全事故。",
]


def flow(paragraphs: list[tuple[str, str]], *, head: str | None = None, size: tuple[float, float] = A4) -> bytes:
    """A PDF of styled paragraphs: (style, text), with a running head and page numbers if wanted."""
    styles = {
        "title": ParagraphStyle("t", fontName=FONT, fontSize=20, leading=30, alignment=1, wordWrap="CJK"),
        "heading": ParagraphStyle("h", fontName=FONT, fontSize=14, leading=22, wordWrap="CJK"),
        "body": ParagraphStyle("b", fontName=FONT, fontSize=11, leading=18, firstLineIndent=22, wordWrap="CJK"),
        "flat": ParagraphStyle("f", fontName=FONT, fontSize=11, leading=18, spaceAfter=9, wordWrap="CJK"),
    }

    def decorate(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        if head:
            canvas.drawString(72, size[1] - 40, head)
            canvas.drawCentredString(size[0] / 2, 30, f"- {template.page} -")

    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=size, title="年度计划", author="办公室").build(
        [Paragraph(text, styles[style]) for style, text in paragraphs], onFirstPage=decorate, onLaterPages=decorate
    )
    return stream.getvalue()


def read(data: bytes) -> Reading:
    reading = read_bytes(data)
    check_laws(reading)
    assert uncovered(reading) == ""
    return reading


def test_lines_are_joined_to_paragraphs() -> None:
    wanted = [("title", "2024年工作计划"), ("heading", "一、总体目标"), *(("body", text) for text in LONG)]
    reading = read(flow(wanted))
    assert texts(reading) == [text for _, text in wanted]
    assert [b.size for b in reading.blocks] == [20, 14, 11, 11, 11]
    assert (reading.source.pages, reading.source.title, reading.source.author) == (1, "年度计划", "办公室")


def test_paragraphs_without_indent() -> None:
    assert texts(read(flow([("flat", text) for text in LONG]))) == LONG


def test_numbered_lines_begin_paragraphs() -> None:
    items = [
        "（一）" + LONG[0],
        "（二）" + LONG[1],
        "1．完成销售任务",
        "2．加强管理",
        "● 按时回款",
        "第三条 本办法自印发之日起施行。",
    ]
    assert texts(read(flow([("flat", text) for text in items]))) == items


def test_running_heads_and_page_numbers_stand_apart() -> None:
    body = [LONG[i % 3] for i in range(30)]
    reading = read(flow([("body", text) for text in body], head="某某公司2024年工作计划"))
    pages = reading.source.pages or 0
    assert pages > 2
    assert texts(reading, "header") == ["某某公司2024年工作计划"] * pages
    assert texts(reading, "footer") == [f"- {n} -" for n in range(1, pages + 1)]
    assert texts(reading, "paragraph") == body
    assert {b.page for b in reading.blocks} == set(range(1, pages + 1))


def test_no_character_is_lost_and_no_space_is_pushed_in() -> None:
    body = [LONG[i % 3] for i in range(12)]
    raw = read(flow([("body", text) for text in body])).raw
    assert raw.replace("\n", "") == "".join(body)
    assert not re.search("[\u4e00-\u9fff] [\u4e00-\u9fff]", raw)


def test_two_columns_are_read_one_after_the_other() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont(FONT, 10)
    left = "".join(LONG)[:240]
    right = "".join(reversed(LONG))[:240]
    for column, text in ((60, left), (310, right)):
        for row in range(0, len(text), 20):
            canvas.drawString(column, 760 - row / 20 * 16, text[row : row + 20])
    canvas.save()
    assert read(stream.getvalue()).raw.replace("\n", "") == left + right


def test_words_keep_their_spaces() -> None:
    text = "The annual plan of 2024 covers sales and service with 12 projects across the company and its branches."
    assert texts(read(flow([("flat", text)]))) == [text]


def test_pdf_without_text() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    reading = read_bytes(stream.getvalue())
    assert reading.raw == ""
    assert [w.code for w in reading.warnings] == ["pdf-without-text"]


def test_encrypted_pdf() -> None:
    from pypdf import PdfReader, PdfWriter

    for password, refused in (("secret", True), ("", False)):
        writer = PdfWriter(PdfReader(io.BytesIO(flow([("body", LONG[0])]))))
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
        stream = io.BytesIO()
        writer.write(stream)
        if refused:
            with pytest.raises(DamagedFileError) as caught:
                read_bytes(stream.getvalue())
            assert caught.value.code == "encrypted"
        else:
            assert read_bytes(stream.getvalue()).raw == LONG[0]


def test_page_limit() -> None:
    data = flow([("body", LONG[i % 3]) for i in range(40)])
    with pytest.raises(LimitExceededError):
        read_bytes(data, options=Options(max_pages=1))


def test_a_character_alone_on_its_line_is_not_lost() -> None:
    lines = ["划", "工作计划安排", "。", "总结"]
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont(FONT, 12)
    for row, line in enumerate(lines):
        canvas.drawString(72, 700 - 40 * row, line)
    canvas.save()
    reading = read(stream.getvalue())
    assert texts(reading) == lines
    assert reading.warnings == ()
