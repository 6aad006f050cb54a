"""OpenDocument text: numbering as it is shown, tables with repeats, changes, pages; and what strangers send."""

from __future__ import annotations

import time

import pytest
from office_samples import fodt, odt, package
from reader_laws import check_laws, texts, uncovered

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError, UnsupportedFormatError
from docparse.options import Options
from docparse.readers import read_bytes
from docparse.records import Reading

_ODT = "application/vnd.oasis.opendocument.text"


def read(body: str, *, styles: str = "", automatic: str = "", options: Options | None = None) -> Reading:
    reading = read_bytes(odt(body, styles=styles, automatic=automatic), options=options or Options())
    check_laws(reading)
    assert uncovered(reading) == ""
    flat = read_bytes(fodt(body, styles=styles, automatic=automatic), options=options or Options())
    assert (flat.raw, flat.blocks) == (reading.raw, reading.blocks)
    return reading


def numbers(*levels: tuple[str, ...]) -> str:
    """A list style `L`: (num-format, prefix, suffix, display-levels) of its levels."""
    inside = "".join(
        f'<text:list-level-style-number text:level="{index}" style:num-format="{shape[0]}"'
        f' style:num-prefix="{shape[1]}" style:num-suffix="{shape[2]}" text:display-levels="{shape[3]}"/>'
        for index, shape in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="L">{inside}</text:list-style>'


def item(*inside: str, attributes: str = "") -> str:
    return f"<text:list-item{attributes}>{''.join(inside)}</text:list-item>"


def items(*inside: str) -> str:
    return f'<text:list text:style-name="L">{"".join(inside)}</text:list>'


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_headings_paragraphs_and_white_space() -> None:
    reading = read(
        '<text:h text:outline-level="2">  总体\n   要求 </text:h>'
        "<text:p>完成<text:s text:c='2'/>投资<text:tab/>1200<text:line-break/>"
        "万元<text:span> 。 </text:span> 好</text:p>"
        '<text:p text:style-name="Title">计划</text:p>',
        styles='<style:style style:name="Title" style:family="paragraph"/>',
    )
    assert texts(reading) == ["总体 要求", "完成  投资\t1200", "万元 。 好", "计划"]
    assert [(b.kind, b.level) for b in reading.blocks] == [
        ("heading", 2),
        ("paragraph", None),
        ("paragraph", None),
        ("heading", None),
    ]


@pytest.mark.parametrize(
    ("number_format", "first", "second"),
    [
        ("一, 二, 三, ...", "一", "十二"),
        ("壹, 贰, 叁, ...", "壹", "拾贰"),
        ("壹, 貳, 參, ...", "壹", "拾貳"),
        ("甲, 乙, 丙, ...", "甲", "乙"),
        ("①, ②, ③, ...", "①", "⑫"),
        ("１, ２, ３, ...", "１", "１２"),
        ("1", "1", "12"),
        ("I", "I", "XII"),
        ("a", "a", "l"),
    ],
)
def test_number_formats(number_format: str, first: str, second: str) -> None:
    rest = "".join(item(p(f"第{index}项")) for index in range(2, 13))
    body = f'<text:list text:style-name="L">{item(p("甲项"))}{rest}</text:list>'
    found = texts(read(body, automatic=numbers((number_format, "", "、", "1"))), "list_item")
    assert (found[0], found[11]) == (f"{first}、甲项", f"{second}、第12项")


def test_letters_go_on_after_z() -> None:
    body = items(item(p("x"), attributes=' text:start-value="28"'))
    assert read(body, automatic=numbers(("A", "(", ")", "1"))).raw == "(AB) x"


def test_levels_restart_display_and_prefix() -> None:
    inner = f"<text:list>{item(p('甲'))}{item(p('乙'))}</text:list>"
    body = items(
        item(p("一章"), p("同一项的第二段"), inner),
        item(p("二章"), inner),
        item(p("五章"), attributes=' text:start-value="5"'),
        f"<text:list-header>{p('没有编号')}</text:list-header>",
    )
    reading = read(body, automatic=numbers(("一", "第", "章", "1"), ("1", "", "", "2")))
    assert texts(reading) == [
        "第一章 一章",
        "同一项的第二段",
        "一.1 甲",
        "一.2 乙",
        "第二章 二章",
        "二.1 甲",
        "二.2 乙",
        "第五章 五章",
        "没有编号",
    ]


def test_lists_go_on_where_they_say_so() -> None:
    def one(text: str, attributes: str = "") -> str:
        return f'<text:list text:style-name="L"{attributes}>{item(p(text))}</text:list>'

    body = (
        one("甲", ' xml:id="one"')
        + p("隔开")
        + one("乙", ' text:continue-numbering="true"')
        + one("从头", ' xml:id="two"')
        + one("接第一个", ' text:continue-list="one"')
        + one("没有这个列表", ' text:continue-list="none"')
    )
    found = texts(read(body, automatic=numbers(("1", "", ".", "1"))))
    assert found == ["1. 甲", "隔开", "2. 乙", "1. 从头", "3. 接第一个", "1. 没有这个列表"]


def test_a_pattern_for_the_whole_marker_and_an_outline_of_headings() -> None:
    outline = (
        '<text:outline-style style:name="Outline">'
        '<text:outline-level-style text:level="1" style:num-format="一" loext:num-list-format="第%1%条">'
        '<style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/>'
        "</style:list-level-properties></text:outline-level-style>"
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = (
        '<text:h text:outline-level="1">甲</text:h><text:h text:outline-level="2">乙</text:h>'
        '<text:h text:outline-level="1" text:is-list-header="true">没有编号</text:h>'
        '<text:h text:outline-level="1"><text:number>第2条</text:number>丙</text:h>'
        '<text:h text:outline-level="2">丁</text:h>'
        '<text:h text:outline-level="1" text:restart-numbering="true" text:start-value="9">戊</text:h>'
    )
    assert texts(read(body, styles=outline)) == ["第一条甲", "一.1 乙", "没有编号", "第二条丙", "二.1 丁", "第九条戊"]


def test_tables_with_spans_repeats_and_head() -> None:
    covered = "<table:covered-table-cell/>"
    twice, far = 'table:number-columns-repeated="2"', 'table:number-columns-repeated="99999999"'
    head = row(cell("指标", 'table:number-columns-spanned="2"'), covered, cell("目标"))
    body = table(
        f"<table:table-header-rows>{head}</table:table-header-rows>",
        row(cell("产值", 'table:number-rows-spanned="2"'), cell("10", twice)),
        row(covered, cell("", far), cell("远")),
        row(cell("行"), repeated=2),
    )
    reading = read(body)
    found = {
        (reading.raw[b.start : b.end], b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span, b.cell.header)
        for b in reading.blocks
        if b.cell is not None
    }
    assert found == {
        ("指标", 0, 0, 1, 2, True),
        ("目标", 0, 2, 1, 1, True),
        ("产值", 1, 0, 2, 1, False),
        ("10", 1, 1, 1, 1, False),
        ("10", 1, 2, 1, 1, False),
        ("远", 2, 100_000_000, 1, 1, False),
        ("行", 3, 0, 1, 1, False),
        ("行", 4, 0, 1, 1, False),
    }


def test_a_table_of_one_cell_is_a_frame() -> None:
    reading = read(
        "<table:table><table:table-row><table:table-cell><text:p>正文</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert [(b.kind, b.cell) for b in reading.blocks] == [("paragraph", None)]


def test_notes_boxes_contents_and_furniture() -> None:
    masters = (
        '<style:master-page style:name="A"><style:header><text:p>内部</text:p></style:header>'
        "<style:footer><text:p>第<text:page-number>1</text:page-number>页</text:p></style:footer></style:master-page>"
        '<style:master-page style:name="B"><style:header><text:p>内部</text:p></style:header>'
        '<style:header-left style:display="false"><text:p>不显示</text:p></style:header-left>'
        "<loext:header-first><text:p>首页</text:p></loext:header-first></style:master-page>"
    )
    body = (
        "<text:table-of-content><text:table-of-content-source>"
        "<text:index-title-template>模板</text:index-title-template>"
        "</text:table-of-content-source><text:index-body><text:p>一、目标<text:tab/>1</text:p></text:index-body>"
        "</text:table-of-content>"
        "<text:p>正文<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注释</text:p></text:note-body>"
        "</text:note>接着<draw:frame><svg:desc>图</svg:desc>"
        "<draw:text-box>\n<text:p>框里</text:p>\n</draw:text-box></draw:frame>写"
        "<office:annotation><text:p>批注</text:p></office:annotation>完</text:p>"
    )
    data = odt(body, masters=masters)
    reading = read_bytes(data)
    check_laws(reading)
    assert [(reading.raw[b.start : b.end], b.kind) for b in reading.blocks] == [
        ("一、目标\t1", "toc"),
        ("框里", "paragraph"),
        ("正文接着写完", "paragraph"),
        ("注释", "note"),
        ("内部", "header"),
        ("首页", "header"),
        ("第1页", "footer"),
    ]


def test_changes_and_hidden_text() -> None:
    body = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>删去</text:p></text:deletion>'
        '</text:changed-region><text:changed-region text:id="c2"><text:insertion/></text:changed-region>'
        "</text:tracked-changes>"
        '<text:p>甲<text:change text:change-id="c1"/>乙<text:change-start text:change-id="c2"/>添上'
        '<text:change-end text:change-id="c2"/><text:change-start text:change-id="c1"/>也删去'
        '<text:change-end text:change-id="c1"/>丙</text:p>'
        '<text:p>看得见<text:span text:style-name="H">看不见</text:span>尾</text:p>'
        '<text:section text:display="none"><text:p>藏起</text:p></text:section>'
        '<text:p>藏起<text:hidden-paragraph text:is-hidden="true"/></text:p>'
        "<text:p><text:ruby><text:ruby-base>计划</text:ruby-base><text:ruby-text>jihua</text:ruby-text></text:ruby>"
        "</text:p>"
    )
    hidden = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    reading = read(body, automatic=hidden)
    assert texts(reading) == ["甲乙添上丙", "看得见尾", "计划"]
    assert [warning.code for warning in reading.warnings] == ["tracked-changes"]


def test_a_deletion_without_an_end_deletes_nothing() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion/></text:changed-region>'
        "</text:tracked-changes>"
    )
    start, end = '<text:change-start text:change-id="c"/>', '<text:change-end text:change-id="c"/>'
    assert read(f"{changes}{p(f'甲{start}乙')}{p('丙')}").raw == "甲乙\n丙"
    assert read(f"{changes}{p(f'甲{end}{start}乙')}{p('丙')}").raw == "甲乙\n丙"
    assert read(f"{changes}{p(f'甲{start}乙')}{p(f'丙{end}丁')}").raw == "甲\n丁"


def test_styles_give_size_weight_level_and_pages() -> None:
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt"/>'
        "</style:default-style>"
        '<style:style style:name="One" style:family="paragraph" style:default-outline-level="1">'
        '<style:text-properties style:font-size-asian="16pt" style:font-weight-asian="bold"/></style:style>'
        '<style:style style:name="Two" style:family="paragraph" style:parent-style-name="One">'
        '<style:paragraph-properties fo:break-before="page"/><style:text-properties fo:font-size="150%"/></style:style>'
        '<style:style style:name="Loop" style:family="paragraph" style:parent-style-name="Loop"/>'
    )
    body = p("标题", "One") + p("前<text:soft-page-break/>后") + p("另页", "Two") + p("圈", "Loop")
    reading = read(body, styles=styles)
    first, second, third, fourth = reading.blocks
    assert (first.kind, first.level, first.size, first.bold, first.page) == ("heading", 1, 16.0, True, 1)
    assert (second.size, second.page, second.turns) == (12.0, 1, ((second.start + 1, 2),))
    assert (third.level, third.size, third.page) == (1, 24.0, 3)
    assert (fourth.kind, fourth.page) == ("paragraph", 3)


def test_metadata() -> None:
    meta = (
        "<dc:title> 年度计划 </dc:title><meta:initial-creator>办公室</meta:initial-creator><dc:creator>乙</dc:creator>"
        "<meta:creation-date>2026-01-05T08:00:00</meta:creation-date><dc:date>2026-02-30</dc:date>"
    )
    source = read_bytes(odt("<text:p>正文</text:p>", meta=meta), path="a.odt").source
    assert (source.title, source.author, source.media_type, source.reader) == ("年度计划", "办公室", _ODT, None)
    assert (str(source.created), source.modified) == ("2026-01-05", None)


def test_templates_and_packages_zipped_by_hand() -> None:
    whole = odt("<text:p>正文</text:p>", mimetype=f"{_ODT}-template")
    assert read_bytes(whole).raw == "正文"
    manifest = f'<m:file-entry m:full-path="/" m:media-type="{_ODT}"/>'
    assert read_bytes(odt("<text:p>正文</text:p>", mimetype=None, manifest=manifest)).raw == "正文"
    # Neither says what it is: its content does.
    assert read_bytes(odt("<text:p>正文</text:p>", mimetype=None)).raw == "正文"
    assert read_bytes(odt("<text:p>正文</text:p>", mimetype=_ODT.replace("t.t", "tt"))).raw == "正文"


def test_a_broken_part_costs_only_itself() -> None:
    reading = read_bytes(odt("<text:p>正文</text:p>", broken_styles=True))
    assert reading.raw == "正文"
    assert [warning.code for warning in reading.warnings] == ["odt-package-damaged"]


_SPACES = "<text:s text:c='2000000000'/>"
_MANY = 'table:number-columns-repeated="1500000"'
_BOX = ("<draw:frame><draw:text-box><text:p>", "</text:p></draw:text-box></draw:frame>")
_DRAWING = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body>'
    "<office:drawing/></office:body></office:document-content>"
)
_ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]><a/>'


def of_type(kind: str) -> bytes:
    return package({"content.xml": "<a/>"}, _ODT.replace("text", kind))


REFUSED: dict[str, tuple[bytes, type[DocparseError], str]] = {
    "empty package": (package({}, _ODT), DamagedFileError, "damaged-odt"),
    "no body": (package({"content.xml": "<a/>"}, _ODT), DamagedFileError, "damaged-odt"),
    "broken xml": (package({"content.xml": "<a><b></a>"}, _ODT), DamagedFileError, "damaged-odt"),
    "truncated": (odt("<text:p>正文</text:p>")[:-40], DamagedFileError, "damaged-zip"),
    "flat and broken": (fodt("<text:p>正文</text:p>")[:-20], DamagedFileError, "damaged-xml"),
    "password": (
        package({"META-INF/manifest.xml": "<m:encryption-data/>", "content.xml": b"\x01\x02"}, _ODT),
        DamagedFileError,
        "encrypted",
    ),
    "entities": (package({"content.xml": _ENTITIES}, _ODT), DamagedFileError, "xml-entities"),
    "deep": (odt("<text:section>" * 5_000 + "</text:section>" * 5_000), LimitExceededError, "too-deep"),
    "flat and of many elements": (
        fodt(f"<text:p>{'<text:s/>' * 2_000_001}</text:p>"), LimitExceededError, "too-many-elements",
    ),
    "rows without end": (odt(table(row(cell("完"), repeated=1_500_000))), LimitExceededError, "too-many-blocks"),
    "cells that are many": (
        odt(table(row(cell("完", 'table:number-columns-repeated="999999"')))), LimitExceededError, "too-many-blocks"
    ),
    "cells without end": (odt(table(row(cell("完", _MANY)))), LimitExceededError, "too-many-blocks"),
    "repeated text": (
        odt(table(row(cell("完" * 9_999), repeated=9_999))),
        LimitExceededError,
        "too-many-characters",
    ),
    "spaces": (odt(f"<text:p>{_SPACES * 60_000}</text:p>"), LimitExceededError, "too-many-characters"),
    "bomb": (odt(" " * 100_000_000), LimitExceededError, "expansion-bomb"),
    "spreadsheet": (of_type("spreadsheet"), UnsupportedFormatError, "spreadsheet"),
    "slides": (of_type("presentation"), UnsupportedFormatError, "presentation"),
    "drawing": (of_type("graphics"), UnsupportedFormatError, "opendocument-other"),
    "drawing that says nothing": (
        package({"content.xml": _DRAWING}, None), UnsupportedFormatError, "opendocument-other"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name: str) -> None:
    data, kind, code = REFUSED[name]
    start = time.perf_counter()
    with pytest.raises(kind) as caught:
        read_bytes(data)
    assert time.perf_counter() - start < 5
    assert caught.value.code == code
    assert caught.value.advice


READ: dict[str, str] = {
    "one space run": f"<text:p>完{_SPACES}成</text:p>",
    "huge numbers": items(item(p("完"), attributes=' text:start-value="99999999999999"')),
    "many items": items(item(p("完")) * 20_000),
    "many spans": p("<text:span text:style-name='T'>完</text:span>" * 50_000),
    "cells outside of tables": cell("完") + item(p("成")),
    "nested frames": p(_BOX[0] * 50 + "完" + _BOX[1] * 50),
}


@pytest.mark.parametrize("name", READ)
def test_read_in_bounded_time(name: str) -> None:
    start = time.perf_counter()
    reading = read(READ[name], automatic=numbers(("1", "", ".", "1")))
    assert time.perf_counter() - start < 5
    assert "完" in reading.raw


def test_white_space_only_has_no_text() -> None:
    assert [w.code for w in read_bytes(odt("<text:p> </text:p>")).warnings] == ["no-text"]
