"""Fields, form controls, symbols and small marks in Word text: what is shown of them."""

from __future__ import annotations

import pytest
from docx_files import build, cell, codes, field, para, read, row, run
from reader_laws import texts

from docparse.readers.docx.fields import circle, read_equation


def line(inside: str) -> str:
    """The one line that a paragraph with this content gives."""
    found = texts(read(build(f"<w:p>{inside}</w:p>")))
    assert len(found) <= 1
    return found[0] if found else ""


def test_results_are_shown_and_instructions_are_not() -> None:
    assert line(run("第") + field(" PAGE ", run("3")) + run("页")) == "第3页"
    assert line(field(' HYPERLINK "http://example.invalid" ', run("公司网站"))) == "公司网站"
    assert line('<w:fldSimple w:instr=" NUMPAGES ">' + run("12") + "</w:fldSimple>" + run("页")) == "12页"
    assert line(run("见") + field(" REF _a ", field(" QUOTE x ", run("第二章")))) == "见第二章"


def test_a_field_inside_an_instruction_is_part_of_it() -> None:
    instruction = field(" PAGE ", run("1"))
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>' + instruction +
        '<w:r><w:instrText> = 1 "a" "b" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' +
        run("首页") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    assert line(run("本页为") + outer) == "本页为首页"


def test_broken_fields_lose_nothing() -> None:
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    instruction = "<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
    body = f"<w:p>{begin}{run('没有结束')}</w:p><w:p>{end}{separate}{end}{run('没有开始')}</w:p>" + para("下一段")
    assert texts(read(build(body))) == ["没有结束", "没有开始", "下一段"]
    many = f"<w:p>{begin * 300}{run('许多')}</w:p>" + para("之后")
    assert texts(read(build(many))) == ["许多", "之后"]
    endless = f"<w:p>{begin}{instruction}{separate}{run('目标1')}</w:p>" + para("目标", '<w:outlineLvl w:val="0"/>')
    reading = read(build(endless + para("完成任务")))
    assert [block.kind for block in reading.blocks] == ["toc", "heading", "paragraph"]


def test_a_table_of_contents_by_field() -> None:
    def entry(text: str, before: str = "", after: str = "") -> str:
        return f"<w:p>{before}{field(' HYPERLINK a ', run(text))}{after}</w:p>"

    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = para("目录") + entry("一、目标1", begin) + entry("二、措施2") + f"<w:p>{end}{run('正文开始')}</w:p>"
    reading = read(build(body + para("完成任务")))
    assert texts(reading, "toc") == ["一、目标1", "二、措施2"]
    assert texts(reading, "paragraph") == ["目录", "正文开始", "完成任务"]
    simple = f'<w:p><w:fldSimple w:instr=" TOC \\c &quot;图&quot; ">{run("图1 组织架构3")}</w:fldSimple></w:p>'
    assert texts(read(build(simple)), "toc") == ["图1 组织架构3"]


@pytest.mark.parametrize(
    ("instruction", "wanted"),
    [
        (r"eq \o\ac(○,1)", "①"),
        (r" EQ \o\ac( ○ ,12) ", "⑫"),
        (r"eq \o(○,一)", "㊀"),
        (r"eq \o\ac(○,a)", "ⓐ"),
        (r"eq \o\ac(○,验)", "验"),
        (r"eq \o\ac(□,3)", "□3"),
        (r'eq \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(jì),计)', "计"),
        (r"eq \o(\s\up 5(甲乙),\s\do 2(丙丁))", "甲乙丙丁"),
        (r"eq \f(1,2)", "1/2"),
        (r"eq \r(3,x)", "√x"),
        (r"eq \o\ac(○", "○"),
        ("eq", ""),
        ("eq " + r"\o(" * 500, ""),
    ],
)
def test_equation_fields(instruction: str, wanted: str) -> None:
    assert read_equation(instruction) == wanted


def test_circled_numbers_in_a_paragraph() -> None:
    broken_up = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(</w:instrText></w:r>'
        "<w:r><w:instrText>○</w:instrText></w:r><w:r><w:instrText>,</w:instrText></w:r>"
        '<w:r><w:rPr><w:position w:val="3"/></w:rPr><w:t>2</w:t></w:r><w:r><w:instrText>)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert line(field(r" eq \o\ac(○,1)") + run("提高质量")) == "①提高质量"
    assert line(broken_up + run("降低成本")) == "②降低成本"
    assert line(field(r" eq \o\ac(○,3) ", "") + run("开拓市场")) == "③开拓市场"
    assert [circle(str(number)) for number in (0, 20, 21, 50, 51)] == ["⓪", "⑳", "㉑", "㊿", "51"]


def test_form_fields() -> None:
    def box(inside: str) -> str:
        return field(" FORMCHECKBOX ", None, f"<w:ffData><w:checkBox>{inside}</w:checkBox></w:ffData>")

    assert line(box('<w:default w:val="0"/><w:checked/>') + run("同意")) == "☑同意"
    assert line(box('<w:default w:val="1"/>') + run("同意")) == "☑同意"
    assert line(box('<w:default w:val="1"/><w:checked w:val="0"/>') + run("同意")) == "☐同意"
    entries = '<w:listEntry w:val="销售部"/><w:listEntry w:val="财务部"/>'
    choice = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert line(run("部门：") + field(" FORMDROPDOWN ", None, choice)) == "部门：财务部"
    first = f"<w:ffData><w:ddList>{entries}</w:ddList></w:ffData>"
    assert line(run("部门：") + field(" FORMDROPDOWN ", None, first)) == "部门：销售部"
    assert line(run("姓名：") + field(" FORMTEXT ", run("李明"))) == "姓名：李明"


def test_content_controls() -> None:
    def control(properties: str, inside: str) -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    checked = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    assert line(control(checked, run("☒")) + run("完成")) == "☑完成"
    assert line(control("<w14:checkbox><w14:checked w14:val='0'/></w14:checkbox>", run("□")) + run("延期")) == "☐延期"
    assert line(control("<w:dropDownList/>", run("季度")) + run("计划")) == "季度计划"

    prompt = control("<w:showingPlcHdr/>", run("单击此处输入文字。"))
    reading = read(build(f"<w:p>{run('负责人：')}{prompt}</w:p>"))
    assert texts(reading) == ["负责人："]
    assert codes(reading) == ["placeholders-left-out"]
    in_cell = control("<w:showingPlcHdr/>", cell("请选择"))
    reading = read(build(f"<w:tbl>{row(in_cell, cell('后'))}{row(cell('甲'), cell('乙'))}</w:tbl>"))
    assert [(t, b.cell.column) for t, b in zip(texts(reading), reading.blocks, strict=True) if b.cell] == [
        ("后", 1), ("甲", 0), ("乙", 1)
    ]  # fmt: skip


def test_symbols() -> None:
    def symbol(font: str, code: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    assert line(symbol("Wingdings", "F0FE") + symbol("Wingdings", "F0A8") + symbol("Wingdings 2", "F052")) == "☑☐☑"
    assert line(symbol("Wingdings", "F06C") + symbol("Wingdings", "F081") + symbol("Symbol", "F0B3")) == "●①≥"
    assert line(symbol("Webdings", "F061") + symbol("SimSun", "2713")) == "\uf061✓"
    private = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert line(run("\uf0fc", private) + run("完成\uf0fc")) == "✓完成\uf0fc"  # without a font nothing is guessed


def test_small_marks() -> None:
    assert line("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>") == "A-BC"
    ruby = f"<w:r><w:ruby><w:rt>{run('jì')}</w:rt><w:rubyBase>{run('计')}</w:rubyBase></w:ruby></w:r>"
    assert line(ruby + run("划")) == "计划"
    assert line("<w:r><w:dayLong/><w:yearLong/></w:r>" + run("日期")) == "日期"  # today's date is not the document's
    assert (
        line(f"<w:smartTag w:element='x'>{run('北京')}</w:smartTag><w:customXml>{run('分公司')}</w:customXml>")
        == "北京分公司"
    )
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert line(run("占比") + fraction) == "占比1/2"
    power = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    assert line(power) == "x^2"


def test_drop_caps_run_into_their_paragraph() -> None:
    cap = para("本", '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(read(build(cap + para("年度完成收入500万元。") + para("下一段")))) == [
        "本年度完成收入500万元。",
        "下一段",
    ]
