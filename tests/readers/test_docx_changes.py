"""Tracked changes, comments and hidden text; boxes, drawings and embedded parts; notes, headers and footers; pages."""

from __future__ import annotations

from docx_files import NAMESPACES, build, cell, codes, item, level, numbered, para, read, row, run
from reader_laws import texts

import docparse
from docparse.records import Reading


def messages(reading: Reading) -> dict[str, str]:
    return {warning.code: warning.message for warning in reading.warnings}


def test_insertions_in_deletions_out_and_counted() -> None:
    body = (
        f"<w:p>{run('完成')}<w:ins>{run('收入')}</w:ins><w:del><w:r><w:delText>利润</w:delText></w:r></w:del>"
        "<w:r><w:t>100</w:t><w:tab/><w:t>万元</w:t><w:br/><w:t>第二行</w:t></w:r></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('上半句，')}</w:p>" + para("下半句。")
    )
    reading = read(build(body))
    assert texts(reading) == ["完成收入100\t万元", "第二行", "上半句，下半句。"]
    assert messages(reading)["tracked-changes"].startswith("The document has tracked changes: 1 insertions read, 2 del")


def test_moved_text_is_read_once_where_it_stands_now() -> None:
    away = f"<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr><w:moveFrom>{run('加强培训。')}</w:moveFrom></w:p>"
    here = f"<w:p><w:pPr><w:rPr><w:moveTo/></w:rPr></w:pPr><w:moveTo>{run('加强培训。')}</w:moveTo></w:p>"
    reading = read(build(away + para("降低成本。") + here))
    assert texts(reading) == ["降低成本。", "加强培训。"]
    assert "1 moved passages" in messages(reading)["tracked-changes"]


def test_changes_of_format_alone_are_no_changes() -> None:
    changed = '<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>'
    styled = para("一", '<w:pPrChange w:id="2"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>')
    reading = read(build(f"<w:p>{run('完成', changed)}</w:p>" + styled))
    assert texts(reading, "paragraph") == ["完成", "一"]
    assert codes(reading) == []


def test_a_deleted_mark_before_a_table_or_at_the_end_loses_nothing() -> None:
    half = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前言')}</w:p>"
    table = f"<w:tbl>{row(cell('甲'), cell(half))}{row(cell('丙'), cell('丁'))}</w:tbl>"
    found = texts(read(build(half + table + half)))
    assert found == ["前言", "甲", "前言", "丙", "丁", "前言"]


def test_deleted_rows_and_cells() -> None:
    gone = cell("旧", "<w:cellDel/>")
    rows = (
        row(cell("甲"), gone, cell("乙"))
        + row(cell("丙"), cell("丁"), properties="<w:del/>")
        + row(cell("戊"), cell("己"))
    )
    reading = read(build(f"<w:tbl>{rows}</w:tbl>"))
    found = [(t, b.cell.row, b.cell.column) for t, b in zip(texts(reading), reading.blocks, strict=True) if b.cell]
    assert found == [("甲", 0, 0), ("乙", 0, 1), ("戊", 1, 0), ("己", 1, 1)]
    assert "2 deletions" in messages(reading)["tracked-changes"]


def test_comments_are_out_and_counted() -> None:
    marks = "".join(f'<w:r><w:commentReference w:id="{key}"/></w:r>' for key in (1, 2, 2))
    reading = read(
        build(f"<w:p>{run('完成任务')}{marks}</w:p>", comments=f'<w:comment w:id="1">{para("请核实")}</w:comment>')
    )
    assert texts(reading) == ["完成任务"]
    assert messages(reading) == {"comments-left-out": "2 comments were left out."}


def test_hidden_text_is_out_and_named_where_it_is_long() -> None:
    def hidden(length: int) -> Reading:
        return read(build(f"<w:p>{run('可见')}{run('藏' * length, '<w:vanish/>')}</w:p>"))

    assert texts(hidden(201)) == ["可见"]
    assert codes(hidden(200)) == []
    assert messages(hidden(201)) == {"hidden-text": "The document hides 201 characters; left out."}
    web = read(build(f"<w:p>{run('只在网页视图中隐藏', '<w:webHidden/>')}</w:p>"))
    assert texts(web) == ["只在网页视图中隐藏"]
    box = f"<w:r><w:rPr><w:vanish/></w:rPr><w:pict><w:txbxContent>{para('框')}</w:txbxContent></w:pict></w:r>"
    assert texts(read(build(f"<w:p>{run('可见')}{box}</w:p>"))) == ["可见"]


def test_boxes_groups_and_alternate_content_are_read_once() -> None:
    box = f"<w:txbxContent>{para('框中文字')}</w:txbxContent>"
    choice = f"<mc:Choice Requires='wps'><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></mc:Choice>"
    other = f"<mc:Choice Requires='wpx'>{box}</mc:Choice>"
    shape = f"<v:group><v:shape><v:textbox>{box}</v:textbox></v:shape></v:group>"
    fallback = f"<mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback>"
    alternate = f"<mc:AlternateContent>{choice}{other}{fallback}</mc:AlternateContent>"
    assert texts(read(build(f"<w:p><w:r>{alternate}</w:r>{run('框外')}</w:p>"))) == ["框中文字", "框外"]
    only = f"<mc:AlternateContent>{fallback}</mc:AlternateContent>"
    assert texts(read(build(f"<w:p><w:r>{only}</w:r></w:p>"))) == ["框中文字"]


def test_tables_and_lists_in_boxes_and_cells() -> None:
    numbering = numbered(level(0, "decimal", "%1、"))
    inner = f"<w:tbl>{row(cell('收入'), cell('500'))}{row(cell('成本'), cell('300'))}</w:tbl>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    listed = cell(item("拜访客户") + item("签订合同"))
    nested = cell(inner + para("见上表"))
    outer = f"<w:tbl>{row(cell('任务'), listed)}{row(cell('指标'), nested)}</w:tbl>"
    reading = read(build(box + outer, numbering=numbering))
    found = [
        (t, b.cell.table, b.cell.row, b.cell.column)
        for t, b in zip(texts(reading), reading.blocks, strict=True)
        if b.cell
    ]
    assert found[:4] == [("收入", 0, 0, 0), ("500", 0, 0, 1), ("成本", 0, 1, 0), ("300", 0, 1, 1)]
    assert ("1、拜访客户\n2、签订合同", 1, 0, 1) in found
    assert [entry[0] for entry in found[-4:]] == ["收入", "500", "成本", "300"]
    assert "见上表" in texts(reading, "paragraph")


def test_merged_cells() -> None:
    head = cell("指标", '<w:vMerge w:val="restart"/>') + cell("数值", '<w:gridSpan w:val="2"/>')
    rows = (
        row(head, properties="<w:tblHeader/>")
        + row(cell("", "<w:vMerge/>"), cell("2023"), cell("2024"), properties="<w:tblHeader/>")
        + row(cell("收入"), cell("90"), cell("100"))
        + row(
            cell("合并", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("9"), properties="<w:tblHeader/>"
        )
    )
    framed = f"<w:tbl>{row(cell('框'))}</w:tbl>"
    reading = read(build(f"<w:tbl>{rows}</w:tbl>{framed}"))
    found = [(t, b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span, b.cell.header) for t, b in
             zip(texts(reading), reading.blocks, strict=True) if b.cell]  # fmt: skip
    assert found == [
        ("指标", 0, 0, 2, 1, True), ("数值", 0, 1, 1, 2, True), ("2023", 1, 1, 1, 1, True), ("2024", 1, 2, 1, 1, True),
        ("收入", 2, 0, 1, 1, False), ("90", 2, 1, 1, 1, False), ("100", 2, 2, 1, 1, False),
        ("合并", 3, 0, 1, 2, False), ("9", 3, 2, 1, 1, False),
    ]  # fmt: skip
    assert texts(reading, "paragraph") == ["框"]


def test_cells_in_content_controls() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    reading = read(
        build(f"<w:tbl>{row(cell('甲'), control(cell('乙')))}{control(row(cell('丙'), cell('丁')))}</w:tbl>")
    )
    found = [(t, b.cell.row, b.cell.column) for t, b in zip(texts(reading), reading.blocks, strict=True) if b.cell]
    assert found == [("甲", 0, 0), ("乙", 0, 1), ("丙", 1, 0), ("丁", 1, 1)]


def test_diagrams_charts_and_word_art() -> None:
    points = "".join(
        f"<dgm:pt type='{kind}'><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for kind, text in (("node", "总经理"), ("node", "销售部"), ("pres", "版式"))
    )
    words = "<a:p><a:r><a:t>季度</a:t></a:r><a:r><a:t>收入</a:t></a:r></a:p>"
    title = f"<c:title><c:tx><c:rich>{words}</c:rich></c:tx></c:title>"
    parts = {
        "word/diagrams/data1.xml": f"<dgm:dataModel {NAMESPACES}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>",
        "word/charts/chart1.xml": f"<c:chartSpace {NAMESPACES}><c:chart>{title}</c:chart></c:chartSpace>",
    }
    body = (
        "<w:p><w:r><w:drawing><dgm:relIds r:dm='rId50'/></w:drawing></w:r></w:p>"
        "<w:p><w:r><w:drawing><c:chart r:id='rId51'/></w:drawing></w:r></w:p>"
        "<w:p><w:r><w:pict><v:shape><v:textpath string='年度表彰'/></v:shape></w:pict></w:r></w:p>"
    )
    assert texts(read(build(body, parts))) == ["总经理", "销售部", "季度收入", "年度表彰"]


def test_embedded_parts_are_named() -> None:
    parts = {"word/afchunk1.xml": "<html/>", "word/embeddings/sheet1.xml": "<x/>"}
    body = (
        "<w:altChunk r:id='rId50'/>" + para("正文")
        + "<w:p><w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12' r:id='rId51'/></w:object></w:r></w:p>"
    )  # fmt: skip
    reading = read(build(body, parts))
    assert texts(reading) == ["正文"]
    assert [(w.code, w.message) for w in reading.warnings] == [
        ("embedded-part-not-read", "An embedded part was not read: word/afchunk1.xml (altChunk)."),
        ("embedded-part-not-read", "An embedded part was not read: word/embeddings/sheet1.xml (Excel.Sheet.12)."),
    ]


def test_notes_follow_in_the_order_of_their_references() -> None:
    notes = "".join(
        f'<w:footnote w:id="{key}">{para(text)}</w:footnote>'
        for key, text in ((1, "甲注"), (2, "乙注"), (3, "无人引用"))
    )
    separator = f'<w:footnote w:id="0" w:type="separator">{para("——")}</w:footnote>'
    end = f'<w:endnote w:id="1">{para("尾注")}</w:endnote>'
    body = (
        f"<w:p>{run('收入100万元')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('。')}</w:p>"
        "<w:p><w:r><w:t>完成</w:t></w:r><w:r><w:footnoteReference w:id='1'/><w:endnoteReference w:id='1'/></w:r></w:p>"
        "<w:p><w:del><w:r><w:footnoteReference w:id='3'/></w:r></w:del></w:p>"
    )
    reading = read(build(body, footnotes=separator + notes, endnotes=end))
    assert [(t, b.kind) for t, b in zip(texts(reading), reading.blocks, strict=True)] == [
        ("收入100万元。", "paragraph"), ("完成", "paragraph"), ("乙注", "note"), ("甲注", "note"), ("尾注", "note"),
    ]  # fmt: skip


def section(references: str, more: str = "") -> str:
    kinds = references.split()
    rows = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="rId{key}"/>'
        for part, kind, key in (entry.split(":") for entry in kinds)
    )
    return f"<w:sectPr>{rows}{more}</w:sectPr>"


def test_only_headers_and_footers_that_sections_show() -> None:
    parts = {
        "header1": para("公司"),
        "header2": para("首页"),
        "header3": para("偶数页"),
        "header4": para("未用"),
        "footer1": para("第1页"),
    }

    def found(sections: str, **more: str) -> list[tuple[str, str]]:
        reading = read(build(para("正文") + sections, **parts, **more))
        return [(t, b.kind) for t, b in zip(texts(reading), reading.blocks, strict=True)][1:]

    three = "header:default:1 header:first:2 header:even:3 footer:default:5"
    assert found(section(three)) == [("公司", "header"), ("第1页", "footer")]
    assert found(section(three, "<w:titlePg/>")) == [("公司", "header"), ("首页", "header"), ("第1页", "footer")]
    even = found(section(three), settings="<w:evenAndOddHeaders/>")
    assert even == [("公司", "header"), ("偶数页", "header"), ("第1页", "footer")]
    two = f"<w:p><w:pPr>{section('header:default:1')}</w:pPr></w:p>" + section("header:default:4")
    assert found(two) == [("公司", "header"), ("未用", "header")]
    assert found("") == []


_TURN = "<w:r><w:lastRenderedPageBreak/></w:r>"


def application(pages: int, characters: int) -> dict[str, str]:
    inside = f"<Pages>{pages}</Pages><Characters>{characters}</Characters>"
    return {"docProps/app.xml": f'<Properties xmlns="urn:x">{inside}</Properties>'}


def test_pages_where_word_counted_this_text() -> None:
    body = (
        para("第一页内容共十个字")
        + f"<w:p>{run('跨页的段落')}{_TURN}{run('到第二页')}</w:p><w:p>{_TURN}{run('第三页内容')}</w:p>"
    )
    turned = cell(f"<w:p>{_TURN}{run('丙')}</w:p>")
    table = f"<w:tbl>{row(cell('甲'), cell('乙'))}{row(turned, cell('丁'))}</w:tbl>"
    reading = read(build(body + table, application(4, 27)))
    assert reading.source.pages == 4
    assert [(t, b.page) for t, b in zip(texts(reading), reading.blocks, strict=True)] == [
        ("第一页内容共十个字", 1),
        ("跨页的段落到第二页", 1),
        ("第三页内容", 3),
        ("甲", 3),
        ("乙", 3),
        ("丙", 4),
        ("丁", 4),
    ]
    (place, page) = reading.blocks[1].turns[0]
    assert (reading.raw[place:][:4], page) == ("到第二页", 2)


def test_a_lone_number_in_a_cell_is_no_page_number() -> None:
    words = "2024年工作计划", "全年完成收入500万元。"
    table = f"<w:tbl>{row(cell('指标'), cell('2024'))}{row(cell('客户数（家）'), cell('90'))}</w:tbl>"
    data = build("".join(map(para, words)) + table, application(1, 40))
    assert {block.page for block in read(data).blocks} == {1}
    document = docparse.parse(data)
    assert [[entry.text for entry in entries] for entries in document.tables[0].rows] == [
        ["指标", "2024"],
        ["客户数（家）", "90"],
    ]
    assert [s.text for s in document.statements if s.label == "noise"] == []


def test_no_page_where_the_counts_do_not_agree() -> None:
    body = para("第一页内容共十个字") + f"<w:p>{_TURN}{run('第二页内容')}</w:p>"
    for pages, characters, stated in ((2, 400, None), (3, 14, 3), (1, 0, None)):
        reading = read(build(body, application(pages, characters)))
        assert reading.source.pages == stated
        assert {block.page for block in reading.blocks} == {None}
    assert {block.page for block in read(build(body)).blocks} == {None}
