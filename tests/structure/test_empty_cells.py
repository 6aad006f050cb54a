"""Empty cells of tables: readers report what holds text, and the columns must still line up."""

from __future__ import annotations

import docparse
from docparse.records import Block, Cell, Layout
from docparse.structure import split_structure

TITLE = "客服部2025年工作计划\n"


def table(*rows: list[tuple[str, Cell]]) -> tuple[str, tuple[Block, ...]]:
    """A text under a title, with a block for each cell that is given."""
    text, blocks = TITLE, []
    for row in rows:
        for words, cell in row:
            blocks.append(Block(start=len(text), end=len(text) + len(words), kind="cell", cell=cell))
            text += words + "\n"
    return text, tuple(blocks)


def at(row: int, column: int, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(table=0, row=row, column=column, row_span=rows, column_span=columns)


def words(layout: Layout) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in layout.tables[0]]


def test_an_empty_cell_between_before_and_behind_others_is_a_cell() -> None:
    text, blocks = table(
        [("指标", at(0, 0)), ("去年", at(0, 1)), ("今年", at(0, 2)), ("备注", at(0, 3))],
        [("客户数", at(1, 0)), ("50家", at(1, 2))],
        [("85%", at(2, 1)), ("92%", at(2, 2)), ("力争", at(2, 3))],
    )
    layout = split_structure(text, blocks)
    assert words(layout)[1:] == [["客户数", "", "50家", ""], ["", "85%", "92%", "力争"]]
    empty = [cell for row in layout.tables[0] for cell in row.cells if not cell.text]
    assert all(cell.span.start == cell.span.end and cell.raw_span == cell.span for cell in empty)
    assert [row.span for row in layout.tables[0]] == sorted(row.span for row in layout.tables[0])


def test_a_heads_empty_corner_is_a_cell_too() -> None:
    text, blocks = table(
        [("2024年", at(0, 1)), ("2025年", at(0, 2))],
        [("回款率", at(1, 0)), ("85%", at(1, 1)), ("92%", at(1, 2))],
        [("客户数", at(2, 0)), ("42家", at(2, 1)), ("50家", at(2, 2))],
    )
    layout = split_structure(text, blocks)
    assert words(layout)[0] == ["", "2024年", "2025年"]
    assert [cell.header for cell in layout.tables[0][0].cells] == [True, True, True]


def test_near_miss_a_place_that_a_merged_cell_covers_is_not_empty() -> None:
    text, blocks = table(
        [("指标", at(0, 0)), ("季度", at(0, 1)), ("目标", at(0, 2))],
        [("销售额", at(1, 0, rows=2)), ("一季度", at(1, 1)), ("80万元", at(1, 2))],
        [("二季度", at(2, 1)), ("90万元", at(2, 2))],
        [("合计", at(3, 0, columns=2)), ("170万元", at(3, 2))],
    )
    assert words(split_structure(text, blocks))[2:] == [["二季度", "90万元"], ["合计", "170万元"]]


def test_near_miss_a_sheet_that_is_nearly_all_empty_is_left_as_it_is() -> None:
    text, blocks = table(*([(f"第{n}行", at(n, 0)), ("完", at(n, 900))] for n in range(40)))
    assert {len(row.cells) for row in split_structure(text, blocks).tables[0]} == {2}


def test_cells_out_of_order_are_left_as_they_are() -> None:
    text, blocks = table([("甲", at(0, 2)), ("乙", at(0, 0))], [("丙", at(1, 0)), ("丁", at(1, 2))])
    assert words(split_structure(text, blocks))[0] == ["甲", "乙"]


def test_a_title_row_heads_no_columns() -> None:
    text, blocks = table(
        [("任务分解表", at(0, 0))],
        [("指标", at(1, 0)), ("去年", at(1, 1)), ("今年", at(1, 2))],
        [("客户数", at(2, 0)), ("42家", at(2, 1)), ("50家", at(2, 2))],
    )
    assert [cell.header for cell in split_structure(text, blocks).tables[0][0].cells] == [False, False, False]


def test_a_span_beyond_the_last_column_makes_no_cells() -> None:
    text, blocks = table(
        [("指标", at(0, 0)), ("目标", at(0, 1, columns=6))], [("客户数", at(1, 0)), ("50家", at(1, 1))]
    )
    assert words(split_structure(text, blocks)) == [["指标", "目标"], ["客户数", "50家"]]


def test_a_figure_behind_an_empty_cell_is_read_by_its_own_column() -> None:
    markdown = (
        "# 客服部2025年工作计划\n\n| 指标 | 2024年实际 | 2025年目标 | 责任人 |\n|---|---|---|---|\n"
        "| 客户数 | | 50家 | 王强 |\n| 回款率 | 85% | 92% | |\n"
    )
    html = (
        "<h1>客服部2025年工作计划</h1><table><tr><th>指标</th><th>2024年实际</th><th>2025年目标</th><th>责任人</th></tr>"
        "<tr><td>客户数</td><td></td><td>50家</td><td>王强</td></tr>"
        "<tr><td>回款率</td><td>85%</td><td>92%</td><td></td></tr></table>"
    )
    for data in (markdown, html):
        document = docparse.parse(data.encode())
        assert [(q.text, q.role) for q in document.quantities] == [
            ("50家", "target"), ("85%", "baseline"), ("92%", "target"),
        ]  # fmt: skip
        assert [len(row) for row in document.tables[0].rows] == [4, 4, 4]
