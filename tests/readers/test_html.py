"""HTML pages."""

from __future__ import annotations

from datetime import date

from reader_laws import check_laws, texts, uncovered

from docparse.readers import read_bytes
from docparse.readers.html.text import collapse_space
from docparse.records import Reading


def _read(body: str, head: str = "") -> Reading:
    reading = read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())
    check_laws(reading)
    assert uncovered(reading) == ""
    return reading


def test_blocks_in_order() -> None:
    reading = _read("<h2>一、<b>目标</b></h2><p>全年\n  完成</p>散文<br>第二行<ul><li>甲<li>乙</ul>")
    assert reading.raw == "一、目标\n全年完成\n散文\n第二行\n• 甲\n• 乙"
    assert [(b.kind, b.level) for b in reading.blocks] == [
        ("heading", 2),
        ("paragraph", None),
        ("paragraph", None),
        ("paragraph", None),
        ("list_item", None),
        ("list_item", None),
    ]


def test_invisible_is_out_and_said_when_long() -> None:
    hidden = "隐" * 300
    reading = _read(
        f"<script>var a='脚本'</script><style>p{{}}</style><template>模板</template><p hidden>一</p>"
        f"<p style='display : none'>{hidden}</p><!-- 注释 --><p>看得见<span style='color:red'>的</span></p>"
    )
    assert reading.raw == "看得见的"
    assert [w.code for w in reading.warnings] == ["hidden-text"]


def test_cells_with_spans() -> None:
    reading = _read(
        "<table><tr><th rowspan=2>指标</th><th colspan='2'>数值</th></tr>"
        "<tr><td>2023</td><td><p>2024</p><p>预计</p></td></tr>"
        "<tr><td>收入</td><td></td><td>100</td></tr></table>"
    )
    found = [(t, b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span, b.cell.header) for t, b in
             zip(texts(reading), reading.blocks, strict=True) if b.cell]  # fmt: skip
    assert found == [
        ("指标", 0, 0, 2, 1, True),
        ("数值", 0, 1, 1, 2, True),
        ("2023", 1, 1, 1, 1, False),
        ("2024\n预计", 1, 2, 1, 1, False),
        ("收入", 2, 0, 1, 1, False),
        ("100", 2, 2, 1, 1, False),
    ]


def test_layout_tables_are_not_data() -> None:
    reading = _read("<table><tr><td><p>一段</p><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>")
    assert [b.cell is not None for b in reading.blocks] == [False, True, True]
    many = "".join(f"<p>第{i}段。</p>" for i in range(9))
    assert all(b.cell is None for b in _read(f"<table><tr><td>{many}</td></tr></table>").blocks)


def test_furniture_is_labelled_not_dropped() -> None:
    reading = _read(
        "<nav><a>首页</a></nav><article><header><h1>总结</h1></header><p>"
        + "正文" * 20
        + "</p></article><footer>版权</footer>"
    )
    assert texts(reading, "header") == ["首页"]
    assert texts(reading, "heading") == ["总结"]
    assert texts(reading, "footer") == ["版权"]


def test_furniture_that_covers_the_page_is_text() -> None:
    assert texts(_read("<header><p>" + "正文" * 50 + "</p></header>"), "header") == []


def test_source() -> None:
    reading = _read(
        "<p>发布时间：2024年3月5日 来源：本站</p>",
        "<title> 计划 </title><meta property='og:site_name' content='某网'><meta name=author content=张三>",
    )
    source = reading.source
    assert (source.title, source.site, source.author, source.published) == ("计划", "某网", "张三", date(2024, 3, 5))
    reading = _read("<p>正文</p>", "<meta property='article:published_time' content='2023-01-02T08:00:00+08:00'>")
    assert reading.source.published == date(2023, 1, 2)
    assert _read("<p>发布日期</p><p>2024-02-30</p>").source.published is None
    assert _read("<td>发布日期：</td><td>2024-02-03</td>").source.published == date(2024, 2, 3)


def test_collapse_space_keeps_what_is_no_white_space() -> None:
    assert collapse_space("\u3000\u3000一\xa0二\n  三 a\n b ") == "\u3000\u3000一\xa0二三 a b"


def test_deep_page_is_stripped_with_a_warning() -> None:
    reading = _read("<div>" * 5000 + "完成&lt;任务&gt;<p>第二段" + "<script>x</script>")
    assert reading.raw == "完成<任务>\n第二段"
    assert [w.code for w in reading.warnings] == ["html-too-deep"]


def test_page_without_html_tag_and_utf16_page() -> None:
    assert read_bytes("<p>计划</p><p>总结</p>".encode()).source.media_type == "text/html"
    page = "<html><body><p>全年工作计划</p></body></html>"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert read_bytes(page.encode(encoding)).raw == "全年工作计划"


def test_raised_figures() -> None:
    reading = _read("<p>面积120m<sup>2</sup>，约10<sup>4</sup>吨，CO<sub>2</sub>，注<sup>[1]</sup>，A<sup>+</sup></p>")
    assert reading.raw == "面积120m²，约10⁴吨，CO2，注[1]，A+"


def test_paragraphs_made_of_spaces_and_breaks() -> None:
    reading = _read(
        "<table><tr><td>　　第一段。　　第二段。&nbsp;&nbsp;&nbsp;&nbsp;第三段。<br><br>&nbsp;第四段</td></tr></table>"
    )
    assert texts(reading) == ["第一段。", "第二段。", "第三段。", "第四段"]
    form = _read("<p>单位：　　　　负责人：　　　　（盖章）　　年　　月　　日</p><p>完成。 注：见附件</p>")
    assert len(texts(form)) == 2


def test_entities() -> None:
    reading = _read("<p>全年&nbsp完成&#x4e2d;&#150;&copy2024 1 &lt 2 &unknown; &amp;nbsp;</p>")
    assert reading.raw == "全年\xa0完成中–©2024 1 < 2 &unknown; &nbsp;"


def test_comments_and_conditional_comments() -> None:
    reading = _read(
        "甲<!-- 一 -- 二 --><!--[if IE]><p>旧</p><![endif]--><![if !IE]>乙<![endif]><!---->丙<p>丁<!-- 没有结尾"
    )
    assert texts(reading) == ["甲乙丙", "丁"]


def test_table_heads_captions_and_layout() -> None:
    reading = _read("<table><caption>表一</caption><thead><tr><td>指标<td>值</thead><tr><td>收入<td>100</table>")
    assert [(b.kind, b.cell.header if b.cell else None) for b in reading.blocks] == [
        ("paragraph", None), ("cell", True), ("cell", True), ("cell", False), ("cell", False)
    ]  # fmt: skip
    assert _read("<table role=presentation><tr><td>甲</td></tr></table>").blocks[0].cell is None


def test_preformatted_and_definitions() -> None:
    reading = _read("<pre>一、目标\n  完成\n</pre><p style='white-space:pre-line'>甲\n乙</p><dl><dt>词<dd>义</dl>")
    assert texts(reading) == ["一、目标", "完成", "甲", "乙", "词", "义"]


def test_tables_that_lay_the_page_out() -> None:
    post = "<table><tr><td>一、目标<br>完成任务。<br></td></tr></table>"
    column = "<table><tr><td>2024年工作总结</td></tr><tr><td>一、目标<br>完成任务。</td></tr></table>"
    sides = "<table><tr><td>栏目</td><td><p>一、目标</p><p>完成任务。</p></td></tr></table>"
    for page in (post, column, sides):
        assert all(block.cell is None for block in _read(page).blocks)
    data = "<table><tr><td>单位</td><td>办公室</td></tr></table>"
    form = "<table><tr><td><p>姓名</p></td><td><p>单位</p></td></tr><tr><td></td><td></td></tr></table>"
    for page in (data, form):
        assert all(block.cell is not None for block in _read(page).blocks)
