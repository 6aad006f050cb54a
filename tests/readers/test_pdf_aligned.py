"""Tables without ruling lines, and what looks like one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pdf_pages import FONT, column, draw, lines, read, text_of
from reader_laws import texts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from docparse.records import Reading

HEAD = ["阶段", "时间", "主要工作", "责任单位"]
ROWS = [
    ["前期准备", "2025年3月—5月", "完成勘察、设计和招标，落实资金", "水务公司"],
    ["主体施工", "2025年6月至2026年8月", "更换管网38.4公里", "施工单位"],
    ["调试验收", "2026年9月", "联合调试，组织竣工验收并移交", "监理单位"],
]
XS = (60, 160, 260, 400)


def grid(reading: Reading) -> list[list[str]]:
    """The texts of the cells, row by row."""
    rows: dict[tuple[int, int], list[str]] = {}
    for block in reading.blocks:
        if block.cell is not None:
            rows.setdefault((block.cell.table, block.cell.row), []).append(reading.raw[block.start : block.end])
    return list(rows.values())


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The text in lines that fit."""
    parts: list[str] = []
    for char in text:
        if not parts or pdfmetrics.stringWidth(parts[-1] + char, FONT, size) > room:
            parts.append("")
        parts[-1] += char
    return parts


def rows_at(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    xs: Sequence[float] = XS,
    y: float = 700,
    *,
    across: int = 8,
    leading: float = 14,
    between: float = 22,
    size: float = 11,
    middle: bool = False,
) -> float:
    """Draw rows whose cells are so many characters wide; the y below them."""
    canvas.setFont(FONT, size)
    for row in rows:
        high = 1
        for x, text in zip(xs, row, strict=True):
            parts = wrapped(text, across * size, size)
            for number, part in enumerate(parts):
                if middle:
                    canvas.drawCentredString(x, y - number * leading, part)
                else:
                    canvas.drawString(x, y - number * leading, part)
            high = max(high, len(parts))
        y -= (high - 1) * leading + between
    return y


def test_wrapped_cells_are_put_together_by_the_leading() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, text_of(70) + "。", 60, 780, 38, indent=2)
        rows_at(canvas, [HEAD, *ROWS])
        column(canvas, text_of(70) + "。", 60, 420, 38, indent=2)

    reading = read(draw(page))
    assert grid(reading) == [HEAD, *ROWS]
    assert [block.kind for block in reading.blocks] == ["paragraph"] + ["cell"] * 16 + ["paragraph"]


def test_wrapped_cells_are_put_together_by_an_empty_first_column() -> None:
    def page(canvas: Canvas) -> None:
        rows_at(canvas, [HEAD, *ROWS], leading=20, between=20)

    assert grid(read(draw(page))) == [HEAD, *ROWS]


def test_centred_cells_and_a_first_column_that_is_wrapped_too() -> None:
    rows = [
        ["类别", "内容", "目标"],
        ["城镇老旧小区综合改造", "12个", "2025年"],
        ["农村饮水安全巩固提升", "8处", "2026年"],
    ]

    def page(canvas: Canvas) -> None:
        rows_at(canvas, rows, (110, 260, 400), middle=True)

    assert grid(read(draw(page))) == rows


def test_a_full_cell_stands_near_the_next_column() -> None:
    """The gap of half a character is narrower than any between columns of words; other rows show the edge."""

    rows = [["周次", "工作安排", "负责"], ["第1周", "开学典礼和校园开放", "教务处"], ["第2周", "家访", "德育处"]]

    def page(canvas: Canvas) -> None:
        rows_at(canvas, rows, (60, 120, 226), across=9)

    assert grid(read(draw(page))) == rows


def test_a_table_goes_on_over_the_page() -> None:
    def one(canvas: Canvas) -> None:
        column(canvas, text_of(70) + "。", 60, 780, 38, indent=2)
        rows_at(canvas, [HEAD, ROWS[0]], y=140)

    def two(canvas: Canvas) -> None:
        rows_at(canvas, [*ROWS[1:], ROWS[0]], y=780)

    reading = read(draw(one, two))
    assert grid(reading) == [HEAD, *ROWS, ROWS[0]]
    assert {block.cell.table for block in reading.blocks if block.cell is not None} == {0}


def test_an_empty_cell_does_not_join_two_rows() -> None:
    rows = [
        ["领域", "指标", "目标值"],
        ["经济", "生产总值", "5%"],
        ["", "财政收入", "4%"],
        ["民生", "新增就业", "2万人"],
    ]
    wordy = [
        ["领域", "任务", "责任单位"],
        ["经济", "完成年度招商引资任务", "招商局"],
        ["", "完成年度财政收入任务", "财政局"],
    ]
    wordy += [["民生", "完成年度新增就业任务", "人社局"]]

    def page(canvas: Canvas) -> None:
        y = rows_at(canvas, rows, (60, 160, 300), across=12)
        lines(canvas, ["各领域任务分工如下表所示。"], 84, y)
        rows_at(canvas, wordy, (60, 160, 300), y - 40, across=12)

    assert grid(read(draw(page))) == [[text for text in row if text] for row in [*rows, *wordy]]


def test_rows_in_pairs_stay_rows() -> None:
    rows = [["年度", "投资", "占比"], ["2023年", "381", "30%"], ["2024年", "254", "20%"], ["2025年", "635", "50%"]]

    def page(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            rows_at(canvas, [row], (60, 160, 260), 700 - 16 * number - 10 * (number // 2))

    assert grid(read(draw(page))) == rows


def test_a_line_across_the_columns_ends_the_table() -> None:
    def page(canvas: Canvas) -> None:
        y = rows_at(canvas, [HEAD, *ROWS])
        lines(canvas, ["以上各项工作由县水务局统筹推进，每季度通报一次进展情况。"], 60, y)

    reading = read(draw(page))
    assert grid(reading) == [HEAD, *ROWS]
    assert texts(reading, "paragraph") == ["以上各项工作由县水务局统筹推进，每季度通报一次进展情况。"]


NEAR_MISSES = {
    "two rows": [["年度", "金额", "占比"], ["2025年", "3810", "60%"]],
    "labels and values": [["项目名称", "老旧小区改造"], ["建设单位", "县住建局"], ["联系电话", "2288123"]],
    "labels with colons": [
        ["姓名：", "王明", "性别："],
        ["单位：", "县水务局", "职务："],
        ["电话：", "2288", "日期："],
    ],
    "signatures": [["甲方（盖章）：", "乙方（盖章）："], ["法定代表人：", "法定代表人："], ["2025年3月", "2025年3月"]],
    "contents": [["一、总体要求", "1"], ["二、主要目标", "3"], ["三、保障措施", "12"]],
    "contents with leaders": [["总体要求…………", "1"], ["主要目标…………", "3"], ["保障措施…………", "12"]],
    "numbered items": [["1.", "完成工程设计"], ["2.", "组织项目招标"], ["3.", "开工建设"]],
    "blanks to fill in": [["申请人____", "电话____"], ["单位____", "职务____"], ["审核人____", "日期____"]],
    "lists beside each other": [
        ["1.调查", "1.培训", "1.验收"],
        ["2.设计", "2.试用", "2.移交"],
        ["3.招标", "3.上线", "3.维护"],
    ],
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_misses_stay_lines(name: str) -> None:
    rows = NEAR_MISSES[name]

    def page(canvas: Canvas) -> None:
        rows_at(canvas, rows, (60, 200, 340)[: len(rows[0])])

    reading = read(draw(page))
    assert texts(reading, "cell") == []
    assert "".join(reading.raw.split()) == "".join(text for row in rows for text in row)


def test_short_text_in_two_columns_is_no_table() -> None:
    left, right = text_of(48), text_of(48, 90)

    def page(canvas: Canvas) -> None:
        column(canvas, left, 60, 700, 16, leading=20)
        column(canvas, right, 320, 700, 16, leading=20)

    assert texts(read(draw(page)), "cell") == []


def test_numbered_paragraphs_with_a_hanging_indent_are_no_table() -> None:
    def page(canvas: Canvas) -> None:
        y = 700.0
        for number in range(1, 5):
            canvas.setFont(FONT, 11)
            canvas.drawString(60, y, f"（{number}）")
            y = column(canvas, text_of(60, 31 * number), 120, y, 30, size=11, leading=16) - 8

    reading = read(draw(page))
    assert texts(reading, "cell") == []


def test_very_many_rows_are_read_in_time() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 1.2)
        for number in range(700):
            for place in range(4):
                canvas.drawString(60 + 40 * place + number % 7, 780 - number, f"第{number}项工作：")

    assert texts(read(draw(page)), "cell") == []
