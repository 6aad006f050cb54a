"""Word documents as python-docx makes them, and what their styles say."""

from __future__ import annotations

import io
from datetime import date, datetime

import docx
import pytest
from docx_files import build, codes, para, read, run
from reader_laws import texts

from docparse.readers import read_bytes
from docparse.records import Reading


def save(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_headings_paragraphs_and_properties() -> None:
    document = docx.Document()
    document.core_properties.title = "年度计划"
    document.core_properties.author = "办公室"
    document.core_properties.modified = datetime(2024, 3, 1, 8)
    document.add_heading("2024年工作计划", 0)
    document.add_heading("总体目标", 1)
    document.add_paragraph("全年完成收入100万元。")
    document.add_paragraph("拜访客户", style="List Bullet")
    reading = read(save(document))
    assert [(b.kind, b.level) for b in reading.blocks] == [
        ("heading", None),
        ("heading", 1),
        ("paragraph", None),
        ("list_item", None),
    ]
    assert texts(reading)[-1] == "• 拜访客户"
    source = reading.source
    assert (source.title, source.author, source.modified) == ("年度计划", "办公室", date(2024, 3, 1))
    assert source.created is None  # the day that python-docx's template was made


def test_headers_and_footers_follow_the_body() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "某公司"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    reading = read(save(document))
    assert [(t, b.kind) for t, b in zip(texts(reading), reading.blocks, strict=True)] == [
        ("正文", "paragraph"),
        ("某公司", "header"),
        ("第1页", "footer"),
    ]
    assert read_bytes(save(docx.Document())).warnings[0].code == "no-text"


def style(
    style_id: str, name: str, inside: str = "", based: str = "", kind: str = "paragraph", default: str = "0"
) -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    head = f'<w:style w:type="{kind}" w:default="{default}" w:styleId="{style_id}"><w:name w:val="{name}"/>'
    return f"{head}{on}{inside}</w:style>"


def styled(*style_ids: str) -> str:
    return "".join(para(style_id, f'<w:pStyle w:val="{style_id}"/>') for style_id in style_ids)


def kinds(reading: Reading) -> list[tuple[str, str, int | None]]:
    return [(t, b.kind, b.level) for t, b in zip(texts(reading), reading.blocks, strict=True)]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("heading 1", 1), ("Heading 2", 2), ("标题 3", 3), ("标题1", 1), ("標題 2", 2), ("Überschrift 4", 4),
        ("Titre 1", 1), ("一级标题", 1), ("三级标题", 3), ("2级标题", 2), ("标题二", 2),
    ],
)  # fmt: skip
def test_heading_styles_by_name(name: str, level: int) -> None:
    assert kinds(read(build(styled("a"), styles=style("a", name)))) == [("a", "heading", level)]


@pytest.mark.parametrize("name", ["heading 1 Char", "标题行", "正文标题说明", "Normal", "heading", "小标题 12"])
def test_other_names_are_no_headings(name: str) -> None:
    assert kinds(read(build(styled("a"), styles=style("a", name)))) == [("a", "paragraph", None)]


def test_titles_contents_and_outline_levels() -> None:
    outline = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'
    styles = (
        style("t", "Title")
        + style("s", "Subtitle", based="t")
        + style("c", "toc 2")
        + style("ch", "TOC Heading", based="h")
        + style("h", "heading 1")
        + style("own", "公司标题", outline.format(2))
        + style("body", "正文", outline.format(9), "h")
        + style("sub", "附件标题", "", "h")
    )
    direct = para("直接", '<w:outlineLvl w:val="1"/>') + para("取消", '<w:pStyle w:val="h"/><w:outlineLvl w:val="9"/>')
    assert kinds(read(build(styled("t", "s", "c", "ch", "h", "own", "body", "sub") + direct, styles=styles))) == [
        ("t", "heading", None), ("s", "paragraph", None), ("c", "toc", None), ("ch", "toc", None), ("h", "heading", 1),
        ("own", "heading", 3), ("body", "paragraph", None), ("sub", "heading", 1), ("直接", "heading", 2),
        ("取消", "paragraph", None),
    ]  # fmt: skip


def test_a_cycle_of_styles_ends() -> None:
    styles = style("a", "甲", based="b") + style("b", "heading 2", based="c") + style("c", "丙", based="a")
    chain = "".join(style(f"x{k}", f"样式{k}", based=f"x{k + 1}") for k in range(3_000))
    reading = read(build(styled("a", "b", "c", "x0"), styles=styles + chain + style("self", "自", based="self")))
    assert ("b", "heading", 2) in kinds(reading)


def test_size_and_weight_along_defaults_styles_and_runs() -> None:
    defaults = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    styles = (
        defaults
        + style("n", "Normal", default="1")
        + style("big", "大", '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>', "n")
        + style("strong", "强调", "<w:rPr><w:b/></w:rPr>", kind="character")
        + style("secret", "密", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    )
    body = "".join(
        (
            para("默认"),
            styled("big"),
            "<w:p>" + run("字符样式", '<w:rStyle w:val="strong"/>') + "</w:p>",
            "<w:p>" + run("直接", '<w:sz w:val="44"/>') + run("x", '<w:rStyle w:val="secret"/>') + "</w:p>",
            '<w:p><w:pPr><w:pStyle w:val="big"/></w:pPr>' + run("不粗", '<w:b w:val="0"/>') + "</w:p>",
        )
    )
    reading = read(build(body, styles=styles))
    assert [(t, b.size, b.bold) for t, b in zip(texts(reading), reading.blocks, strict=True)] == [
        ("默认", 10.5, False),
        ("big", 16.0, True),
        ("字符样式", 10.5, True),
        ("直接", 22.0, False),
        ("不粗", 16.0, False),
    ]


def test_hiding_by_style() -> None:
    styles = style("z", "z-Top of Form", "<w:rPr><w:vanish/></w:rPr>")
    shown = f'<w:p><w:pPr><w:pStyle w:val="z"/></w:pPr>{run("藏")}' + run("现", '<w:vanish w:val="0"/>') + "</w:p>"
    reading = read(build(styled("z") + shown, styles=styles))
    assert texts(reading) == ["现"]
    assert codes(reading) == []


def test_lines_and_page_breaks_in_a_paragraph() -> None:
    lines = '<w:p><w:r><w:t>上页</w:t><w:br w:type="page"/><w:t>下页</w:t><w:cr/><w:t>下行</w:t></w:r></w:p>'
    words = "<w:r><w:t>关于绩效考核的</w:t><w:br/><w:t>管理办法</w:t></w:r>"
    head = f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{words}</w:p>'
    assert texts(read(build(lines + head))) == ["上页", "下页", "下行", "关于绩效考核的\n管理办法"]
