"""Tables: their heads, those that a page's end has cut, and those that plain text has flattened."""

from __future__ import annotations

from docparse.records import Block, Cell, Layout
from docparse.structure import split_structure


def grid(*tables: list[list[str]], between: str = "") -> tuple[str, tuple[Block, ...]]:
    """A text of tables with the blocks that a reader gives for their cells; `between` stands between two tables."""
    text, blocks = "年度工作计划\n", []
    for t, rows in enumerate(tables):
        text += between + "\n" if t and between else ""
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                blocks.append(
                    Block(start=len(text), end=len(text) + len(words), kind="cell", cell=Cell(table=t, row=r, column=c))
                )
                text += words + "\n"
    return text, tuple(blocks)


def heads(layout: Layout, table: int = 0) -> list[list[str]]:
    """The words of the cells that head a row or a column, row by row."""
    return [[cell.text for cell in row.cells if cell.header] for row in layout.tables[table]]


def rows(text: str, layout: Layout) -> list[str]:
    return [text[u.span.start : u.span.end] for u in layout.units if u.row]


def test_the_first_row_and_the_first_column_head_figures() -> None:
    text, blocks = grid([["指标", "2024年", "2025年"], ["收费率（%）", "55", "58"], ["满意度", "92%", "95%"]])
    assert heads(split_structure(text, blocks)) == [["指标", "2024年", "2025年"], ["收费率（%）"], ["满意度"]]


def test_running_numbers_do_not_head_the_rows() -> None:
    text, blocks = grid([["序号", "项目", "金额"], ["1", "差旅费", "4.8万元"], ["2", "会议费", "3.7万元"]])
    assert heads(split_structure(text, blocks)) == [["序号", "项目", "金额"], ["差旅费"], ["会议费"]]


def test_short_words_above_longer_text_head_the_columns() -> None:
    text, blocks = grid(
        [
            ["任务", "责任人"],
            ["完成一号库房屋面防水维修并验收", "设备科王工"],
            ["清理呆滞物料并分类集中存放", "仓库李工"],
        ]
    )
    assert heads(split_structure(text, blocks))[0] == ["任务", "责任人"]


def test_near_miss_a_table_of_figures_alone_has_no_head() -> None:
    text, blocks = grid([["12", "15"], ["13", "18"]])
    assert heads(split_structure(text, blocks)) == [[], []]


def test_what_the_file_marks_as_head_stays() -> None:
    cells = [Cell(table=0, row=r, column=c, header=r == 1) for r in (0, 1) for c in (0, 1)]
    text, blocks = "", []
    for cell, words in zip(cells, ("甲", "乙", "丙", "丁"), strict=True):
        blocks.append(Block(start=len(text), end=len(text) + 1, kind="cell", cell=cell))
        text += words + "\n"
    assert heads(split_structure(text, tuple(blocks))) == [[], ["丙", "丁"]]


def test_a_table_goes_on_behind_its_repeated_head() -> None:
    head = ["指标", "目标值"]
    text, blocks = grid([head, ["收费率", "95%"]], [head, ["满意度", "92%"]])
    layout = split_structure(text, blocks)
    assert len(layout.tables) == 1 and len(layout.tables[0]) == 4


def test_a_table_goes_on_behind_words_that_say_so() -> None:
    text, blocks = grid([["指标", "目标值"], ["收费率", "95%"]], [["满意度", "92%"]], between="续表")
    assert len(split_structure(text, blocks).tables) == 1


def test_near_miss_two_tables_with_different_heads_stay_two() -> None:
    text, blocks = grid([["指标", "目标值"], ["收费率", "95%"]], [["部门", "人数"], ["客服部", "12"]])
    assert len(split_structure(text, blocks).tables) == 2


def test_rows_between_tabs_are_a_table() -> None:
    text = (
        "销售计划\n一、费用预算\n项目\t上年实际（万元）\t本年预算（万元）\n差旅费\t48.6\t52\n会议费\t37.2\t40\n"
        "费用超支须经总经理批准。\n"
    )
    layout = split_structure(text)
    assert rows(text, layout) == ["项目\t上年实际（万元）\t本年预算（万元）", "差旅费\t48.6\t52", "会议费\t37.2\t40"]
    assert heads(layout) == [["项目", "上年实际（万元）", "本年预算（万元）"], ["差旅费"], ["会议费"]]
    assert [u.section for u in layout.units] == [0, 0, 0, 0]


def test_the_weeks_of_a_calendar_are_rows() -> None:
    text = "学期安排\n周次\t日期\t工作\n第1周\t9月1日—9月8日\t开学典礼\n第2周\t9月9日—9月15日\t教研活动计划\n"
    layout = split_structure(text)
    assert [[cell.text for cell in row.cells] for row in layout.tables[0]][1] == ["第1周", "9月1日—9月8日", "开学典礼"]
    near_miss = "实施步骤\n第1周\t宣传发动，召开动员会2次\n第2周\t自查自纠，上报清单3份\n"
    assert split_structure(near_miss).tables == ()


def test_rows_between_wide_gaps_are_a_table() -> None:
    text = "改造计划\n编号\u3000位置\u3000现时次数\n1\u3000德诚街后巷\u3000每日1次\n2\u3000街市西翼后\u3000每日2次\n"
    assert [[c.text for c in row.cells] for row in split_structure(text).tables[0]] == [
        ["编号", "位置", "现时次数"], ["1", "德诚街后巷", "每日1次"], ["2", "街市西翼后", "每日2次"],
    ]  # fmt: skip


def test_near_miss_menus_forms_and_sentences_are_no_tables() -> None:
    for text in (
        "工作计划\n首页  计划  总结\n范文  合同  制度\n作文  日记  通知\n今年要完成销售任务，提高服务质量。\n",
        "工作计划\n1.\t完成销售额500万元\n2.\t新增客户20家\n3.\t培训员工30人\n",
        "工作计划\n（1）\t加强安全管理，落实责任；\n（2）\t完成投资5亿元；\n",
        "管理办法\n第一章 总则\t1\n第二章 职责\t3\n第三章 附则\t8\n本办法适用于全体员工，自发布之日起施行。\n",
        "系统方案\n│\t│\t└─ 接口1\n│\t│\t└─ 接口2\n今年要完成任务。\n",
        "工作计划\n用户名：\u3000\u3000验证码：\u3000\u3000匿名\n今年完成销售额5万元。\n",
        "工作计划\n完成5户。  走访6户。  新建7处。\n完成5户。  走访6户。  新建7处。\n完成5户。  走访6户。  新建7处。\n",
        "工作计划\n总则......3\u3000\u3000\n分则......5\u3000\u3000\n附则......9\u3000\u3000\n今年要完成任务。\n",
    ):
        assert split_structure(text).tables == (), text
