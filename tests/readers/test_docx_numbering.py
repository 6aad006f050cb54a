"""Automatic numbering as Word shows it: formats, levels, restarts, links, and what does not count."""

from __future__ import annotations

from itertools import pairwise

import pytest
from docx_files import abstract, build, cell, item, level, num, numbered, para, read, row, run
from reader_laws import texts

from docparse.readers.docx.numerals import chinese_number, render_number

_PLAIN = level(0, "decimal", "%1、")


def shown(body: str, numbering: str, styles: str = "") -> list[str]:
    return texts(read(build(body, numbering=numbering, styles=styles)))


@pytest.mark.parametrize(
    ("number_format", "numbers", "markers"),
    [
        ("chineseCounting", (1, 10, 11, 20, 99), "一 十 十一 二十 九十九"),
        ("chineseCountingThousand", (12, 105, 110, 1010), "十二 一百零五 一百一十 一千零一十"),
        ("japaneseCounting", (3, 21), "三 二十一"),
        ("taiwaneseCounting", (3, 21), "三 二十一"),
        ("taiwaneseCountingThousand", (3, 121), "三 一百二十一"),
        ("ideographDigital", (3, 21), "三 二一"),
        ("chineseLegalSimplified", (1, 3, 12), "壹 叁 拾贰"),
        ("ideographLegalTraditional", (1, 3, 12), "壹 參 拾貳"),
        ("ideographTraditional", (1, 2, 10), "甲 乙 癸"),
        ("ideographZodiac", (1, 12), "子 亥"),
        ("ideographZodiacTraditional", (1, 13), "甲子 丙子"),
        ("ideographEnclosedCircle", (1, 10), "㊀ ㊉"),
        ("decimalEnclosedCircle", (1, 20, 25), "① ⑳ ㉕"),
        ("decimalEnclosedCircleChinese", (1, 9), "① ⑨"),
        ("decimalEnclosedFullstop", (1, 20), "⒈ ⒛"),
        ("decimalEnclosedParen", (1, 20), "⑴ ⒇"),
        ("decimalFullWidth", (1, 12), "１ １２"),
        ("decimalZero", (1, 12), "01 12"),
        ("hex", (9, 10, 255), "9 A FF"),
        ("ordinal", (1, 2, 3, 11, 22), "1st 2nd 3rd 11th 22nd"),
        ("cardinalText", (1, 21, 105), "One|Twenty-one|One hundred five"),
        ("ordinalText", (1, 12, 20, 101), "First|Twelfth|Twentieth|One hundred first"),
        ("upperRoman", (4, 1994), "IV MCMXCIV"),
        ("lowerRoman", (4,), "iv"),
        ("upperLetter", (1, 26, 28), "A Z BB"),
        ("lowerLetter", (27,), "aa"),
        ("no-such-format", (7,), "7"),
    ],
)
def test_formats(number_format: str, numbers: tuple[int, ...], markers: str) -> None:
    wanted = markers.split("|" if "|" in markers else " ")
    assert [render_number(number, number_format) for number in numbers] == wanted


def test_numbers_differ_and_absurd_ones_are_bounded() -> None:
    assert all(chinese_number(a) != chinese_number(b) for a, b in pairwise(range(1, 3000)))
    for name in (
        "upperRoman",
        "lowerLetter",
        "chineseCounting",
        "cardinalText",
        "ordinalText",
        "decimalEnclosedCircle",
    ):
        assert 0 < len(render_number(10**9, name)) < 80
        assert render_number(-5, name) == render_number(0, name)


def test_custom_format_and_alternate_content() -> None:
    custom = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    new = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">' + custom +
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1."/></w:lvl>'
    )  # fmt: skip
    assert shown(item("甲") + item("乙"), numbered(new)) == ["009. 甲", "010. 乙"]


def test_lists_over_one_abstract_list_go_on_with_its_count() -> None:
    body = item("甲") + item("乙", 2) + item("丙", 1)
    assert shown(body, abstract(_PLAIN) + num(1) + num(2)) == ["1、甲", "2、乙", "3、丙"]


def test_a_list_with_its_own_start_restarts_once() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = item("甲") + item("乙", 2) + item("丙", 2) + item("丁", 1) + item("戊", 2)
    markers = shown(body, abstract(_PLAIN) + num(1) + num(2, 0, restart))
    assert markers == ["1、甲", "5、乙", "6、丙", "7、丁", "8、戊"]


def test_a_list_may_replace_a_level() -> None:
    replaced = f'<w:lvlOverride w:ilvl="0">{level(0, "chineseCounting", "（%1）")}</w:lvlOverride>'
    assert shown(item("甲") + item("乙", 2), abstract(_PLAIN) + num(1) + num(2, 0, replaced)) == ["1、甲", "（二）乙"]


def test_two_abstract_lists_count_apart() -> None:
    assert shown(item("甲") + item("乙", 2), numbered(_PLAIN) + numbered(_PLAIN, 1, 2)) == ["1、甲", "1、乙"]


def test_the_count_goes_on_behind_tables_headings_and_text() -> None:
    table = f"<w:tbl>{row(cell(item('子', 2)), cell('完成'))}{row(cell(item('丑', 2)), cell('完成'))}</w:tbl>"
    body = item("甲") + para("说明文字。") + table + para("标题", '<w:outlineLvl w:val="0"/>') + item("乙")
    found = shown(body, numbered(_PLAIN) + numbered(level(0, "decimal", "%1"), 1, 2))
    assert found == ["1、甲", "说明文字。", "1 子", "完成", "2 丑", "完成", "标题", "2、乙"]


def test_level_restarts() -> None:
    def three(restart: str) -> list[str]:
        levels = (
            level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "第%3条", restart)
        )  # fmt: skip
        rows = ((0, "a"), (1, "b"), (2, "c"), (1, "d"), (2, "e"), (0, "f"), (1, "g"), (2, "h"))
        found = shown("".join(item(text, 1, depth) for depth, text in rows), numbered(levels))
        return [text for text in found if text.startswith("第")]

    assert three("") == ["第1条 c", "第1条 e", "第1条 h"]
    assert three('<w:lvlRestart w:val="0"/>') == ["第1条 c", "第2条 e", "第3条 h"]
    assert three('<w:lvlRestart w:val="1"/>') == ["第1条 c", "第2条 e", "第1条 h"]
    assert three('<w:lvlRestart w:val="2"/>') == ["第1条 c", "第1条 e", "第1条 h"]


def test_legal_numbering_and_placeholders() -> None:
    levels = (
        level(0, "chineseCounting", "第%1章", '<w:suff w:val="nothing"/>')
        + level(1, "upperLetter", "%1.%2", "<w:isLgl/>")
        + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
        + level(3, "decimal", "（%4）")
    )
    body = item("总则") + item("目的", 1, 1) + item("一", 1, 2) + item("二", 1, 2) + item("三", 1, 3) + item("分则")
    assert shown(body, numbered(levels)) == ["第一章总则", "1.1 目的", "1.1.1 一", "1.1.2 二", "（1）三", "第二章分则"]


def test_legal_numbering_keeps_the_zeros_of_its_own_level() -> None:
    levels = level(0, "upperRoman", "第%1条") + level(1, "decimalZero", "%1.%2", "<w:isLgl/>")
    assert shown(item("甲") + item("乙", 1, 1), numbered(levels)) == ["第I条 甲", "1.01 乙"]


def test_levels_that_are_skipped_count_as_begun() -> None:
    """As LibreOffice prints it."""
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.") + level(2, "decimal", "%1.%2.%3.")
    rows = ((1, "a"), (1, "b"), (0, "c"), (2, "d"), (1, "e"))
    found = shown("".join(item(text, 1, depth) for depth, text in rows), numbered(levels))
    assert found == ["1.1. a", "1.2. b", "2. c", "2.1.1. d", "2.2. e"]


def test_what_parts_the_marker_from_the_text() -> None:
    def first(text: str, suffix: str, words: str = "收入") -> str:
        return shown(item(words), numbered(level(0, "decimal", text, f'<w:suff w:val="{suffix}"/>')))[0]

    assert first("%1.", "tab") == first("%1.", "space") == "1. 收入"
    assert first("%1.", "nothing") == "1.收入"
    assert first("%1、", "tab") == "1、收入"
    assert first("%1.", "nothing", "5万元") == "1. 5万元"  # never 1.5万元
    assert first("第%1条", "tab") == "第1条 收入"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\uf06c", "• 甲"),
        ("\uf0d8", "• 甲"),
        ("u", "• 甲"),
        ("●", "• 甲"),
        ("—", "• 甲"),
        ("注：", "注： 甲"),
        ("", "甲"),
        (" ", "甲"),
    ],
)
def test_bullets(text: str, wanted: str) -> None:
    assert shown(item("甲"), numbered(level(0, "bullet", text))) == [wanted]


def test_picture_bullets() -> None:
    picture = '<w:numPicBullet w:numPicBulletId="0"/>'
    levels = level(0, "bullet", "", '<w:lvlPicBulletId w:val="0"/>')
    assert shown(item("甲"), picture + numbered(levels)) == ["• 甲"]


def _style(style_id: str, inside: str, based: str = "", kind: str = "paragraph") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    head = f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{style_id}"/>'
    return f"{head}{on}<w:pPr>{inside}</w:pPr></w:style>"


def _in_list(number_id: int, depth: int | None = None) -> str:
    found = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    return f'<w:numPr>{found}<w:numId w:val="{number_id}"/></w:numPr>'


def test_list_styles() -> None:
    """An abstract list that names a list style takes the levels of the abstract list that defines it."""
    defining = '<w:abstractNum w:abstractNumId="3"><w:styleLink w:val="公文"/>' + level(0, "chineseCounting", "%1、")
    using = '<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="公文"/></w:abstractNum>'
    assert shown(item("甲", 9), defining + "</w:abstractNum>" + using + num(9, 4)) == ["一、甲"]


def test_list_styles_by_the_style_alone() -> None:
    """The same, where only the style itself says which list it is."""
    using = '<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="公文"/></w:abstractNum>'
    numbering = abstract(level(0, "chineseCounting", "%1、"), 3) + using + num(8, 3) + num(9, 4)
    assert shown(item("甲", 9), numbering, _style("公文", _in_list(8), kind="numbering")) == ["一、甲"]


def test_numbering_by_style_along_its_chain() -> None:
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="一级"/>') + level(
        1, "decimal", "%2．", '<w:pStyle w:val="二级"/>'
    )
    styles = (
        _style("一级", _in_list(5))
        + _style("二级", _in_list(5), "一级")
        + _style("一级红", "<w:keepNext/>", "一级")
        + _style("不编", _in_list(0), "一级")
    )
    names = ("一级", "二级", "二级", "一级红", "二级", "不编", "一级")
    body = "".join(para(name, f'<w:pStyle w:val="{name}"/>') for name in names)
    found = shown(body, numbered(levels, 0, 5), styles)
    assert found == ["一、一级", "1．二级", "2．二级", "二、一级红", "1．二级", "不编", "三、一级"]


def test_number_zero_takes_a_paragraph_out_of_its_styles_list() -> None:
    styles = _style("条", _in_list(1))
    body = para("甲", '<w:pStyle w:val="条"/>') + para("无", '<w:pStyle w:val="条"/>' + _in_list(0))
    body += para("乙", '<w:pStyle w:val="条"/>') + para(
        "低", '<w:pStyle w:val="条"/><w:numPr><w:ilvl w:val="1"/></w:numPr>'
    )
    levels = _PLAIN + level(1, "decimal", "%2)")
    assert shown(body, numbered(levels), styles) == ["1、甲", "无", "2、乙", "1) 低"]


def test_hidden_and_deleted_paragraphs_do_not_count() -> None:
    """Without their marks, Word's final view runs a deleted paragraph into the next, which keeps its own number."""
    vanish = "<w:rPr><w:vanish/></w:rPr>"
    hidden = f"<w:p><w:pPr>{_in_list(1, 0)}{vanish}</w:pPr><w:r>{vanish}<w:t>藏</w:t></w:r></w:p>"
    deleted = "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    gone = f"<w:p><w:pPr>{_in_list(1, 0)}<w:rPr><w:del/></w:rPr></w:pPr>{deleted}</w:p>"
    away = f"<w:p><w:pPr>{_in_list(1, 0)}<w:rPr><w:moveFrom/></w:rPr></w:pPr><w:moveFrom>{run('搬')}</w:moveFrom></w:p>"
    removed = row(cell(item("行")), cell("列"), properties="<w:del/>")
    lost = f"<w:tbl>{removed}{row(cell('留'), cell('下'))}</w:tbl>"
    half = f"<w:p><w:pPr>{_in_list(1, 0)}{vanish}</w:pPr>{run('标记隐藏，文字可见')}</w:p>"
    body = item("甲") + hidden + gone + away + lost + item("乙") + half + item("丙")
    assert shown(body, numbered(_PLAIN)) == ["1、甲", "留", "下", "2、乙", "3、标记隐藏，文字可见", "4、丙"]


def test_empty_numbered_paragraphs_show_their_number() -> None:
    table = f"<w:tbl>{row(cell(item('', 2)), cell('巡检'))}{row(cell(item('', 2)), cell('维修'))}</w:tbl>"
    numbering = numbered(_PLAIN) + numbered(level(0, "decimal", "%1"), 1, 2) + numbered(level(0, "bullet", "u"), 2, 3)
    found = shown(item("甲") + item("") + item("乙") + item("", 3) + table, numbering)
    assert found == ["1、甲", "2、", "3、乙", "1", "巡检", "2", "维修"]


def test_each_story_counts_for_itself() -> None:
    note = f'<w:footnote w:id="2">{item("注")}</w:footnote>'
    body = item("甲") + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + item("乙")
    assert texts(read(build(body, numbering=numbered(_PLAIN), footnotes=note))) == ["1、甲", "2、乙", "1、注"]


@pytest.mark.parametrize("number_id", ["", "-1", "99999999999999999999", "x", "77"])
def test_lists_that_do_not_exist_show_nothing(number_id: str) -> None:
    body = para("一", f'<w:outlineLvl w:val="{number_id}"/><w:numPr><w:numId w:val="{number_id}"/></w:numPr>')
    assert texts(read(build(body, numbering=numbered(_PLAIN)))) == ["一"]
    huge = item("甲", 1, 999_999_999) + item("乙", 1, 5)
    assert texts(read(build(huge, numbering=numbered(_PLAIN)))) == ["甲", "乙"]
