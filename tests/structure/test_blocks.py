"""What the reader's blocks add: tables, levels, running heads, the file's own title."""

from __future__ import annotations

from docparse.records import Block, Cell, Layout
from docparse.structure import split_structure
from docparse.structure.markers import read_marker, read_number
from docparse.structure.words import kind_of_title, organization_of, role_of_heading


def make(*parts: tuple[str, dict[str, object]]) -> tuple[str, tuple[Block, ...]]:
    """A text of one line a part, and its blocks."""
    text = ""
    blocks = []
    for words, more in parts:
        blocks.append(Block(start=len(text), end=len(text) + len(words), **more))  # type: ignore[arg-type]
        text += words + "\n"
    return text, tuple(blocks)


def headings(text: str, layout: Layout) -> list[tuple[int, str]]:
    return [(h.level, text[h.span.start : h.span.end]) for h in layout.headings]


def test_rows_of_a_table_are_units_and_cells_keep_their_places() -> None:
    cells = [("指标", 0, 0), ("目标值", 0, 1), ("收费率", 1, 0), ("95%", 1, 1)]
    text, blocks = make(
        ("物业部年度工作计划", {}),
        ("一、主要指标", {}),
        *((words, {"kind": "cell", "cell": Cell(table=0, row=r, column=c, header=r == 0)}) for words, r, c in cells),
        ("以上指标按季度考核，结果与奖金挂钩，由人事部执行。", {}),
    )
    layout = split_structure(text, blocks)
    rows = [text[u.span.start : u.span.end] for u in layout.units if u.row]
    assert rows == ["指标\n目标值", "收费率\n95%"]
    assert all(u.article == 0 and u.section == 0 for u in layout.units)
    assert [[cell.text for cell in row.cells] for row in layout.tables[0]] == [["指标", "目标值"], ["收费率", "95%"]]
    assert [cell.header for row in layout.tables[0] for cell in row.cells] == [True, True, True, False]
    assert all(cell.raw_span == cell.span for row in layout.tables[0] for cell in row.cells)


def test_two_tables_and_an_empty_cell() -> None:
    text, blocks = make(
        ("甲", {"kind": "cell", "cell": Cell(table=0, row=0, column=0)}),
        ("", {"kind": "cell", "cell": Cell(table=0, row=0, column=1)}),
        ("乙", {"kind": "cell", "cell": Cell(table=1, row=0, column=0)}),
    )
    layout = split_structure(text, blocks)
    assert [[[c.text for c in row.cells] for row in table] for table in layout.tables] == [[["甲", ""]], [["乙"]]]
    assert [u.row for u in layout.units] == [True, True]


def test_levels_of_the_format_nest_and_lend_their_level_to_typed_markers() -> None:
    text, blocks = make(
        ("研发部工作总结", {"kind": "heading", "level": 1}),
        ("一、完成情况", {"kind": "heading", "level": 2}),
        ("全年发布版本十二个，缺陷率下降三成，客户反映良好。", {}),
        ("平台", {"kind": "heading", "level": 3}),
        ("完成数据库升级，查询速度提高一倍。", {}),
        ("二、存在不足", {}),
        ("文档更新不及时，新人上手较慢，需要改进。", {}),
    )
    layout = split_structure(text, blocks)
    assert headings(text, layout) == [(1, "一、完成情况"), (2, "平台"), (1, "二、存在不足")]
    assert layout.articles[0].title == "研发部工作总结"


def test_running_heads_contents_and_page_numbers_are_furniture() -> None:
    text, blocks = make(
        ("某厂安全手册", {"kind": "header", "page": 1}),
        ("安全生产管理制度", {"page": 1}),
        ("第一章 总则", {"kind": "toc", "page": 1}),
        ("第一章 总则", {"page": 1}),
        ("本制度适用于全厂各车间，所有员工必须遵守，违者按规定处理。", {"page": 1}),
        ("12", {"kind": "footer", "page": 1}),
    )
    layout = split_structure(text, blocks)
    assert [u.noise for u in layout.units] == ["running-head", "toc", None, "page-number"]
    assert headings(text, layout) == [(1, "第一章 总则")]


def test_the_title_of_the_file_chooses_between_lines() -> None:
    text = "通知公告\n关于调整班车时间的安排\n新闻中心\n"
    text += "从下周一起，班车发车时间由七点调整为七点半，请大家相互转告，不要误车，谢谢配合。\n"
    layout = split_structure(text, title="关于调整班车时间的安排.docx")
    assert layout.articles[0].title == "关于调整班车时间的安排"


def test_a_title_broken_in_two_is_one() -> None:
    text, blocks = make(
        ("关于印发\n安全生产方案的通知", {"kind": "heading", "level": 1}), ("请各单位认真贯彻执行。", {})
    )
    layout = split_structure(text, blocks)
    assert layout.articles[0].title == "关于印发 安全生产方案的通知"
    assert [text[u.span.start : u.span.end] for u in layout.units] == ["请各单位认真贯彻执行。"]


def test_markers() -> None:
    def style(words: str) -> str | None:
        marker = read_marker(words, 0, len(words))
        return marker.style if marker else None

    want = {
        "一、总则": "cn",
        "（十二）其他": "cnp",
        "第三章 罚则": "章",
        "第十二条 本办法": "clause",
        "第二阶段（5月）": "phase阶段",
        "1、做好": "n、",
        "2．完成": "n.",
        "3）检查": "nb",
        "(4)检查": "np",
        "2.1 范围": "dec2",
        "2.1.3范围": "dec3",
        "⑤清点": "circle",
        "b、跟进": "al",
        "壹、缘起": "big",
        "甲、前言": "stem",
        "一是加强": "yi是",
        "——完成": "bullet",
        "● 完成": "bullet",
    }
    assert {words: style(words) for words in want} == want
    for near_miss in (
        "3.5亿元",
        "2024.5.1完成",
        "1,200人",
        "第三条规定的",
        "11.5.14.2的试验",
        "一定要",
        "第一时间",
        "e.g. x",
    ):
        assert style(near_miss) is None, near_miss
    assert [read_number(n) for n in ("十", "十五", "二十", "三十六", "一百零二", "9", "２")] == [
        10,
        15,
        20,
        36,
        102,
        9,
        2,
    ]


def test_kinds_roles_and_names() -> None:
    kinds = {
        "2024年销售计划": "plan",
        "关于促进就业的若干意见": "plan",
        "年终述职报告": "summary",
        "2025年政府工作报告": "summary",
        "食堂管理办法（试行）": "regulation",
        "岗位职责": "regulation",
        "年终总结怎么写": "guide",
        "上半年工作总结和下半年工作计划": "summary",
        "关于印发防汛预案的通知": "other",
        "春天来了": None,
    }
    assert {title: kind_of_title(title) for title in kinds} == kinds
    assert kind_of_title("关于印发防汛预案的通知", alone=True) == "plan"
    roles = {
        "存在的问题": "problems",
        "问题整改措施": "tasks",
        "保障措施": "organization",
        "时间安排": "schedule",
        "经费预算": "budget",
        "工作回顾": "review",
        "市场分析": "analysis",
        "总体目标": "goals",
        "法律责任": "rules",
        "致谢": "other",
    }
    assert {title: role_of_heading(title) for title in roles} == roles
    assert organization_of("海州区教育局2024年工作要点") == "海州区教育局"
    assert organization_of("销售部工作计划") is None
    assert organization_of("2024年个人工作计划") is None
