"""Tables as text, and prose that must not become one."""

from __future__ import annotations

import time

import pytest
from reader_laws import check_laws, texts

import docparse
from docparse.readers import read_bytes
from docparse.readers.plain.csv_text import scan_rows
from docparse.records import Reading

TABLE = "部门,指标,目标值\n销售部,销售额,1200万元\n客服部,投诉率,2%\n"


def _cells(reading: Reading) -> list[tuple[str, int, int, bool]]:
    return [(reading.raw[b.start : b.end], b.cell.row, b.cell.column, b.cell.header) for b in reading.blocks if b.cell]


def _read(text: str, path: str | None = None, encoding: str = "utf-8") -> Reading:
    reading = read_bytes(text.encode(encoding), path=path)
    check_laws(reading)
    assert reading.raw == text.removeprefix("\ufeff")
    return reading


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_cells(delimiter: str, end: str, encoding: str) -> None:
    reading = _read(TABLE.replace(",", delimiter).replace("\n", end), encoding=encoding)
    assert reading.source.media_type == "text/csv"
    assert _cells(reading)[:4] == [
        ("部门", 0, 0, True), ("指标", 0, 1, True), ("目标值", 0, 2, True), ("销售部", 1, 0, False)
    ]  # fmt: skip
    assert _cells(reading)[-1] == ("2%", 2, 2, False)


def test_quotes_line_ends_and_empty_fields() -> None:
    text = '指标,说明,值\n收入,"含税,\n不含""退款""",100\n成本,,90\n 利润 ,"x"y,10\n'
    reading = _read(text, path="a.csv")
    assert _cells(reading)[3:] == [
        ("收入", 1, 0, False), ('含税,\n不含""退款""', 1, 1, False), ("100", 1, 2, False),
        ("成本", 2, 0, False), ("90", 2, 2, False),
        ("利润", 3, 0, False), ('"x"y', 3, 1, False), ("10", 3, 2, False),
    ]  # fmt: skip


def test_titles_ragged_rows_and_two_tables() -> None:
    text = "2024年销售计划,,\n部门,人数,目标\n销售部,12,500\n市场部,8\n,,\n附表,,\n季度,目标,\n一季度,100,\n"
    reading = _read(text, path="计划.csv")
    assert texts(reading, "heading") == ["2024年销售计划"]
    assert texts(reading, "paragraph") == ["附表"]
    assert docparse.parse(text.replace("市场部,8", "市场部,8,3").encode()).articles[0].title == "2024年销售计划"
    assert [b.cell.table for b in reading.blocks if b.cell] == [0] * 8 + [1] * 4
    assert [t for t, *_, header in _cells(reading) if header] == ["部门", "人数", "目标", "季度", "目标"]


@pytest.mark.parametrize(
    "text",
    [
        "为了完成目标,我们努力\n加强管理,提高质量\n改进服务,增加收入\n",  # commas between clauses
        "为完成2024年目标,各部门要加强管理,完成12项任务。\n全年增长8%,利润增长5%,成本下降2%。\n坚持质量第一,服务100家客户,不出事故。\n",
        "一、目标，100，200\n二、任务，100，200\n三、措施，100，200\n",  # full-width commas are no delimiters
        "苹果,梨,桃\n青菜,豆腐,鱼\n米饭,面条,粥\n",  # lists of words
        "第一章 总则\t1\n第二章 目标\t3\n第三章 附则\t9\n",  # a table of contents
        "1.\t完成销售任务\n2.\t拜访客户\n3.\t总结经验\n",  # markers before their lines
        "部门,目标\n销售部,500\n",  # two rows are no evidence
        "计划,目标\n\n完成100项,很好\n第二,第三,100\n",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert _read(text).source.media_type == "text/plain"
    assert _cells(_read(text)) == []


def test_a_name_alone_makes_no_table_of_prose() -> None:
    assert _read("一、目标\n二、任务\n", path="a.csv").source.media_type == "text/plain"
    assert _read("部门,目标\n销售部,500\n", path="a.csv").source.media_type == "text/csv"
    assert _read("部门\t目标\n销售部\t500\n", path="a.tsv").source.media_type == "text/csv"
    assert _read(TABLE, path="a.md").source.media_type == "text/markdown"


def test_a_document_of_it() -> None:
    document = docparse.parse(TABLE.encode())
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [
        line.split(",") for line in TABLE.splitlines()
    ]
    for table in document.tables:
        for row in table.rows:
            for cell in row:
                assert document.text[cell.span[0] : cell.span[1]] == cell.text


_HOSTILE = [
    'a,"' * 300_000,
    '"' * 500_001,
    ',"' + ',""' * 300_000 + '"x',
    '"a"b,' * 200_000,
    "," * 500_000,
    '""",' * 99_999,
]


@pytest.mark.parametrize("text", _HOSTILE, ids=range(len(_HOSTILE)))
def test_hostile_quotes_cost_linear_time(text: str) -> None:
    start = time.process_time()
    assert sum(1 for _ in scan_rows(text, ",")) >= 1
    read_bytes(text.encode(), path="a.csv")
    assert time.process_time() - start < 5
