"""Tables that ruling lines draw."""

from __future__ import annotations

from pdf_pages import FONT, WIDTH, column, draw, lines, read, table, text_of
from reader_laws import texts
from reportlab.pdfgen.canvas import Canvas

import docparse
from docparse.options import Options
from docparse.records import Reading

HEAD = ["指标名称", "单位", "2023年实绩", "2024年目标"]
ROWS = [
    ["地区生产总值", "亿元", "320.5", "345"],
    ["规模以上工业增加值", "亿元", "98.6", "106.5"],
    ["城镇新增就业", "万人", "1.2", "1.3"],
]
XS = (60, 220, 300, 410, 530)


def ys(top: float, rows: int, step: float = 24) -> list[float]:
    return [top - step * row for row in range(rows + 1)]


def cells(reading: Reading) -> list[tuple[int, int, int, int, int, str]]:
    """Table, row, column, row span, column span and text of each cell."""
    return [
        (b.cell.table, b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span, reading.raw[b.start : b.end])
        for b in reading.blocks
        if b.cell is not None
    ]


def test_cells_of_a_grid() -> None:
    def page(canvas: Canvas) -> None:
        y = column(canvas, text_of(60) + "。", 60, 780, 38, indent=2)
        table(canvas, XS, ys(y, 4), [HEAD, *ROWS])
        column(canvas, text_of(50) + "。", 60, y - 140, 38, indent=2)

    reading = read(draw(page))
    want = [(0, r, c, 1, 1, text) for r, row in enumerate([HEAD, *ROWS]) for c, text in enumerate(row)]
    assert cells(reading) == want
    assert [block.kind for block in reading.blocks] == ["paragraph"] + ["cell"] * 16 + ["paragraph"]
    document = docparse.parse(draw(page))
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [HEAD, *ROWS]


def test_merged_cells_have_spans() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(60, 680, 400, 90)
        canvas.line(60, 710, 460, 710)
        canvas.line(160, 740, 460, 740)
        canvas.line(160, 680, 160, 770)
        canvas.line(260, 680, 260, 740)
        canvas.line(360, 680, 360, 740)
        for x, y, text in (
            (70, 735, "项目"),
            (280, 750, "投资（万元）"),
            (170, 720, "中央"),
            (270, 720, "省级"),
            (370, 720, "县级"),
            (70, 690, "道路"),
            (170, 690, "300"),
            (270, 690, "200"),
            (370, 690, "100"),
        ):
            canvas.drawString(x, y, text)

    assert cells(read(draw(page))) == [
        (0, 0, 0, 2, 1, "项目"),
        (0, 0, 1, 1, 3, "投资（万元）"),
        (0, 1, 1, 1, 1, "中央"),
        (0, 1, 2, 1, 1, "省级"),
        (0, 1, 3, 1, 1, "县级"),
        (0, 2, 0, 1, 1, "道路"),
        (0, 2, 1, 1, 1, "300"),
        (0, 2, 2, 1, 1, "200"),
        (0, 2, 3, 1, 1, "100"),
    ]


def test_lines_drawn_as_thin_boxes_and_no_border_at_the_sides() -> None:
    def page(canvas: Canvas) -> None:
        for y in ys(700, 2):
            canvas.rect(60, y, 360, 0.7, stroke=0, fill=1)
        for x in (180, 300):
            canvas.rect(x, 652, 0.7, 48, stroke=0, fill=1)
        for row, values in enumerate((["类别", "数量", "占比"], ["党员", "36人", "45%"])):
            for x, text in zip((70, 190, 310), values, strict=True):
                canvas.drawString(x, 684 - 24 * row, text)

    assert [cell[5] for cell in cells(read(draw(page)))] == ["类别", "数量", "占比", "党员", "36人", "45%"]


def test_words_wrapped_in_a_cell_are_joined() -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([60, 160, 460], [760, 700, 640])
        lines(canvas, ["推进老旧小", "区改造工作"], 64, 740, size=18, leading=22)
        lines(canvas, ["年内完成12个小区改造", "投资3600万元"], 164, 740, size=12, leading=18)
        canvas.drawCentredString(110, 670, "责任单位")
        canvas.drawString(164, 670, "县住建局")

    assert [cell[5] for cell in cells(read(draw(page)))] == [
        "推进老旧小区改造工作",
        "年内完成12个小区改造\n投资3600万元",
        "责任单位",
        "县住建局",
    ]


def test_a_table_goes_on_over_the_page() -> None:
    more = [["森林覆盖率", "%", "38.2", "38.6"], ["空气优良天数比例", "%", "91", "92"]]

    def one(canvas: Canvas) -> None:
        column(canvas, text_of(50) + "。", 60, 780, 38, indent=2)
        table(canvas, XS, ys(160, 4), [HEAD, *ROWS])
        canvas.drawCentredString(WIDTH / 2, 30, "1")

    def two(canvas: Canvas) -> None:
        table(canvas, XS, ys(790, 3), [HEAD, *more])
        column(canvas, text_of(50) + "。", 60, 680, 38, indent=2)
        canvas.drawCentredString(WIDTH / 2, 30, "2")

    reading = read(draw(one, two))
    assert [cell for cell in cells(reading) if cell[2] == 0] == [
        (0, row, 0, 1, 1, values[0]) for row, values in enumerate([HEAD, *ROWS, *more])
    ]
    assert texts(reading, "header") == HEAD
    heads = {reading.raw[b.start : b.end] for b in reading.blocks if b.cell is not None and b.cell.header}
    assert heads == set(HEAD)
    assert {b.page for b in reading.blocks if b.cell is not None and b.cell.row > 3} == {2}


def test_a_row_that_the_page_end_cuts_is_one_row() -> None:
    def one(canvas: Canvas) -> None:
        table(canvas, XS, ys(160, 2), [HEAD, ["全县城乡居民基本医疗", "%", "95.2", "96"]])

    def two(canvas: Canvas) -> None:
        table(canvas, XS, ys(790, 1), [["", "", "左右", "以上"]])

    got = cells(read(draw(one, two)))
    assert got[-2:] == [(0, 1, 2, 1, 1, "95.2左右"), (0, 1, 3, 1, 1, "96以上")]
    assert len(got) == 8


def test_a_cell_that_the_page_end_pushes_down_belongs_to_its_row() -> None:
    def one(canvas: Canvas) -> None:
        table(canvas, XS, ys(160, 2), [HEAD, ["城镇调查失业率", "%", "3.4", ""]])
        canvas.drawCentredString(WIDTH / 2, 30, "1")

    def two(canvas: Canvas) -> None:
        table(canvas, XS, ys(790, 2), [["", "", "", "3.5"], ROWS[0]])
        canvas.drawCentredString(WIDTH / 2, 30, "2")

    reading = read(draw(one, two))
    assert cells(reading)[4:] == [
        (0, 1, column, 1, 1, text) for column, text in enumerate(["城镇调查失业率", "%", "3.4", "3.5"])
    ] + [(0, 2, column, 1, 1, text) for column, text in enumerate(ROWS[0])]


def test_figures_of_two_rows_are_never_put_together() -> None:
    def one(canvas: Canvas) -> None:
        table(canvas, XS, ys(160, 2), [HEAD, ["城镇调查失业率", "%", "3.4", "3.5"]])

    def two(canvas: Canvas) -> None:
        table(canvas, XS, ys(790, 2), [["", "%", "4", "5"], ROWS[0]])

    assert [cell[5] for cell in cells(read(draw(one, two)))[4:11]] == [
        "城镇调查失业率",
        "%",
        "3.4",
        "3.5",
        "%",
        "4",
        "5",
    ]


def test_another_table_on_the_next_page_is_another() -> None:
    def one(canvas: Canvas) -> None:
        table(canvas, XS, ys(160, 4), [HEAD, *ROWS])

    def two(canvas: Canvas) -> None:
        table(canvas, (60, 300, 530), ys(790, 2), [["单位", "职责"], ["县发改局", "统筹协调"]])

    assert {cell[0] for cell in cells(read(draw(one, two)))} == {0, 1}


def test_a_frame_around_the_text_is_no_table() -> None:
    body = [text_of(36 * 3, 17 * n)[:-1] + "。" for n in range(4)]

    def page(canvas: Canvas) -> None:
        canvas.rect(50, 100, 480, 700)
        y = 780.0
        for text in body:
            y = column(canvas, text, 60, y, 38, indent=2)

    assert texts(read(draw(page)), "paragraph") == body


def test_underlines_and_a_chart_are_no_tables() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "填表人：王明")
        canvas.line(110, 776, 200, 776)
        for y in range(500, 701, 40):
            canvas.line(100, y, 400, y)
        for x in range(100, 401, 50):
            canvas.line(x, 500, x, 700)
        for number, x in enumerate(range(100, 401, 50)):
            canvas.setFont(FONT, 9)
            canvas.drawCentredString(x, 485, str(2018 + number))
        canvas.drawString(200, 460, "图1 主要指标变化")

    reading = read(draw(page))
    assert texts(reading, "cell") == []
    assert texts(reading)[0] == "填表人：王明"


def test_a_drawing_of_very_many_lines_is_read_as_text() -> None:
    def page(canvas: Canvas) -> None:
        for number in range(4_000):
            canvas.line(60, 700 - number * 0.1, 500, 700 - number * 0.1)
            canvas.line(60 + number * 0.1, 300, 60 + number * 0.1, 700)
        canvas.drawString(60, 780, "完成投资36万元。")

    assert read(draw(page)).raw == "完成投资36万元。"


def test_fewer_objects_are_looked_at_than_a_page_has() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["主要指标", "（2024年）"], 60, 780)
        table(canvas, XS, ys(700, 2), [HEAD, ROWS[0]])

    reading = read(draw(page), options=Options(max_objects=2))
    assert texts(reading, "cell") == []
    assert reading.raw.split() == ["主要指标", "（2024年）", *HEAD, *ROWS[0]]
