"""The order in which a PDF page is read."""

from __future__ import annotations

from pdf_pages import FONT, HEIGHT, WIDTH, column, draw, lines, read, table, text_of
from reader_laws import texts
from reportlab.pdfgen.canvas import Canvas


def test_three_columns_below_a_full_width_title() -> None:
    parts = [text_of(144, start) for start in (0, 60, 120)]

    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 20)
        canvas.drawCentredString(WIDTH / 2, 780, "全县经济社会发展情况简报二〇二四年第三期")
        for number, text in enumerate(parts):
            column(canvas, text, 50 + 170 * number, 740, 12)

    reading = read(draw(page))
    assert reading.raw.replace("\n", "") == "全县经济社会发展情况简报二〇二四年第三期" + "".join(parts)


def test_columns_between_full_width_parts() -> None:
    above, left, right, below = text_of(80), text_of(120, 30), text_of(120, 90), text_of(90, 10) + "。"

    def page(canvas: Canvas) -> None:
        y = column(canvas, above + "。", 50, 780, 40, indent=2)
        ends = [column(canvas, text, x, y - 20, 18) for text, x in ((left, 50), (right, 310))]
        column(canvas, below, 50, min(ends) - 30, 40, indent=2)

    assert read(draw(page)).raw.replace("\n", "") == above + "。" + left + right + below


def test_a_sentence_goes_on_in_the_next_column() -> None:
    text = text_of(36 * 20)

    def page(canvas: Canvas) -> None:
        column(canvas, text[: 18 * 20], 50, 780, 18, leading=18)
        column(canvas, text[18 * 20 :], 310, 780, 18, leading=18)

    assert texts(read(draw(page))) == [text]


def test_a_narrow_side_column_is_read_apart() -> None:
    main, side = text_of(26 * 14), text_of(8 * 12, 33)

    def page(canvas: Canvas) -> None:
        column(canvas, main, 50, 760, 26)
        column(canvas, side, 420, 760, 8, size=11, leading=18)

    assert read(draw(page)).raw.replace("\n", "") == main + side


def test_a_table_without_lines_is_read_by_rows() -> None:
    rows = [
        ("指标名称", "单位", "2023年实绩", "2024年目标"),
        ("地区生产总值", "亿元", "320.5", "345.0"),
        ("规模以上工业增加值增速", "%", "6.8", "7.5"),
        ("固定资产投资", "亿元", "210.3", "230.0"),
        ("社会消费品零售总额", "亿元", "98.6", "106.0"),
        ("城镇居民人均可支配收入", "元", "38650", "41200"),
        ("农村居民人均可支配收入", "元", "21860", "23600"),
        ("城镇登记失业率", "%", "3.4", "3.5"),
    ]

    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for number, row in enumerate(rows):
            for x, text in zip((60, 230, 330, 450), row, strict=True):
                canvas.drawString(x, 760 - 22 * number, text)

    assert texts(read(draw(page)), "cell") == [text for row in rows for text in row]


def test_a_text_box_does_not_cut_the_sentence_beside_it() -> None:
    before, after = text_of(38 * 4), text_of(38 * 4, 38 * 4)

    def page(canvas: Canvas) -> None:
        column(canvas, before, 50, 780, 38, leading=18)
        canvas.rect(300, 668, 230, 48)
        lines(canvas, ["咨询电话：0571-88880000", "受理时间：工作日上午"], 310, 696, size=11, leading=18)
        column(canvas, after[: 19 * 3], 50, 780 - 4 * 18, 19, leading=18)
        column(canvas, after[19 * 3 :], 50, 780 - 7 * 18, 38, leading=18)

    assert texts(read(draw(page))) == [before + after, "咨询电话：0571-88880000", "受理时间：工作日上午"]


def test_footnotes_stand_behind_the_page_and_cut_no_sentence() -> None:
    first = text_of(38 * 30)
    rest = text_of(38 * 4, 38 * 30)

    def one(canvas: Canvas) -> None:
        column(canvas, first, 70, 780, 38, leading=20)
        canvas.line(70, 160, 200, 160)
        lines(
            canvas, ["① 规模以上工业企业指年主营业务收入2000万元以上的企业。", "② 数据来自县统计局。"], 70, 140, size=9
        )

    def two(canvas: Canvas) -> None:
        column(canvas, rest, 70, 780, 38, leading=20)

    reading = read(draw(one, two))
    assert texts(reading, "paragraph") == [first + rest]
    assert texts(reading, "note") == ["① 规模以上工业企业指年主营业务收入2000万元以上的企业。", "② 数据来自县统计局。"]


def test_two_columns_beside_a_ruled_table() -> None:
    text = text_of(18 * 26)

    def page(canvas: Canvas) -> None:
        column(canvas, text[: 18 * 13], 50, 760, 18)
        column(canvas, text[18 * 13 :], 310, 760, 18)
        table(canvas, (50, 150, 250), (460, 440, 420), [["项目", "金额"], ["绿化", "36万元"]])

    reading = read(draw(page))
    assert texts(reading, "paragraph") == [text]
    assert texts(reading, "cell") == ["项目", "金额", "绿化", "36万元"]


def test_a_signature_at_the_right_is_no_column() -> None:
    body = text_of(100) + "。"

    def page(canvas: Canvas) -> None:
        y = column(canvas, body, 70, 780, 38, indent=2)
        canvas.drawRightString(WIDTH - 70, y - 20, "青山县发展和改革局")
        canvas.drawRightString(WIDTH - 80, y - 40, "2024年3月15日")

    assert texts(read(draw(page))) == [body, "青山县发展和改革局", "2024年3月15日"]
    assert HEIGHT > WIDTH
