"""Rich Text Format: code pages, numbering, tables, what is hidden; and what strangers send."""

from __future__ import annotations

import time

import pytest
from reader_laws import check_laws, texts, uncovered

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError
from docparse.options import Options
from docparse.readers import read_bytes
from docparse.readers.rtf.document import read_rtf
from docparse.records import Reading

_FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman\fcharset0 Times;}{\f2\fcharset2 Symbol;}{\f3\fcharset136 M;}}"
)
_STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\sbasedon0 heading 1;}{\s2\outlinelevel1 \'b1\'ea;}{\s3 Title;}{\s4\sbasedon2 mine;}"
    r"{\s5 toc 1;}{\*\cs10 Char;}}"
)


def rtf(body: str) -> bytes:
    return rf"{{\rtf1\ansi\ansicpg936\deff0{_FONTS}{_STYLES}\pard\plain\f0 {body}}}".encode("gb18030")


def read(body: str) -> Reading:
    reading = read_bytes(rtf(body))
    check_laws(reading)
    assert uncovered(reading) == ""
    assert reading.source.media_type == "application/rtf"
    return reading


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (r"\'bc\'c6\'bb\'ae", "计划"),
        ("计划", "计划"),
        (r"\uc0\u35745 \u21010 ", "计划"),
        (r"\u35745\'bc\u21010\'bb", "计划"),
        (r"\uc2\u-30209\'bc\'c6\u21010\'bb\'ae", "觿划"),
        (r"{\b \'bc}{\b0 \'c6}\'bb\'ae", "计划"),
        (r"{\f0 \'bc}{\f1 \'c6}", "计"),
        (r"{\f3 \'ad\'70}\u21010?", "計划"),
        (r"\'81@\'81\\\'81\}", "丂乗亇"),
        (r"\uc0\u-10179\u-8704 ", "😀"),
        (r"{\upr{ansi}{\*\ud{\uc0\u35745 }}}", "计"),
        (r"\emdash\ldblquote a\rdblquote\~\{\}\\\_", "—“a”\u00a0{}\\-"),
        (r"a\-b\zwj c", "abc"),
        ("a\nb\r\nc", "abc"),
        (r"\uc1\u35745{\'bc}\'c6", "计计"),
    ],
)
def test_characters(body: str, want: str) -> None:
    reading = read(body)
    assert reading.raw == want
    assert ("undecodable-bytes" in {w.code for w in reading.warnings}) == ("\ufffd" in want)


def test_paragraphs_headings_and_looks() -> None:
    reading = read(
        r"\pard\s3 年度计划\par\pard\s1\b\fs32 总体要求\par\pard\plain\s4 目标\par\pard\outlinelevel2 分目标\par"
        r"\pard\s1\outlinelevel9 正文\line 第二行\tab 完\par\pard\s5 一、总体\tab 1\par"
    )
    found = [(reading.raw[b.start : b.end], b.kind, b.level) for b in reading.blocks]
    assert found == [
        ("年度计划", "heading", None),
        ("总体要求", "heading", 1),
        ("目标", "heading", 2),
        ("分目标", "heading", 3),
        ("正文", "paragraph", None),
        ("第二行\t完", "paragraph", None),
        ("一、总体\t1", "toc", None),
    ]
    assert (reading.blocks[1].bold, reading.blocks[1].size) == (True, 16.0)
    assert (reading.blocks[2].bold, reading.blocks[2].size) == (False, 12.0)


def test_markers_stand_as_the_writer_left_them() -> None:
    reading = read(
        r"{\listtext\pard\plain 一、\tab}\pard\ls1 抓生产\par{\listtext 1.\tab}\pard\ls2 备耕\par"
        r"{\pntext\f2 \'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}\pard 圆点\par{\listtext\u9679 ?\tab}\pard 黑点\par"
        r"{\listtext 2.\tab}\pard\s1 标题\par\pard 没有编号\par{\listtext\u9679 ?\tab}\pard\par"
    )
    assert texts(reading) == ["一、抓生产", "1. 备耕", "• 圆点", "• 黑点", "2. 标题", "没有编号"]
    assert [b.kind for b in reading.blocks] == [*["list_item"] * 4, "heading", "paragraph"]


def test_what_is_hidden_deleted_or_no_text_is_left_out() -> None:
    reading = read(
        r"甲{\v 看不见}{\deleted 删去}{\revised 添上}{\*\bkmkstart 书签}{\xe{\v 索引}}{\pict\pngblip 8950}"
        r"{\field{\*\fldinst HYPERLINK \\l x}{\fldrslt 链接}}{\*\annotation 批注}{\*\unknown 不认识}"
        r"{\object{\*\objdata 00ff}{\result 对象}}"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt 框里\par}}{\shprslt 重复}}乙"
    )
    assert texts(reading) == ["框里", "甲添上链接对象乙"]


def test_notes_headers_and_footers() -> None:
    reading = read(
        r"{\header\pard 内部\par}{\headerf\pard 内部\par}{\footer\pard 第{\field{\*\fldinst PAGE}{\fldrslt 1}}页\par}"
        r"正文{\footnote\chftn 注释}接着\par"
    )
    assert [(reading.raw[b.start : b.end], b.kind) for b in reading.blocks] == [
        ("正文接着", "paragraph"),
        ("注释", "note"),
        ("内部", "header"),
        ("第1页", "footer"),
    ]


def cells(reading: Reading) -> list[tuple[str, int, int, int, int, int]]:
    return [
        (reading.raw[b.start : b.end], b.cell.table, b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span)
        for b in reading.blocks
        if b.cell is not None
    ]


def test_tables_with_merged_cells_and_a_grid() -> None:
    reading = read(
        r"\trowd\trhdr\cellx1000\cellx3000\pard\intbl 指标\cell 目标\cell\row"
        r"\trowd\clvmgf\cellx1000\cellx2010\cellx3000\pard\intbl 产值\cell 10\cell 20\cell\row"
        r"\trowd\clvmrg\cellx1000\clmgf\cellx1990\clmrg\cellx3000\pard\intbl\cell 合并\cell\cell\row\pard 表后\par"
        r"\trowd\cellx500\cellx900\pard\intbl 另\cell 表\cell\row"
    )
    assert cells(reading) == [
        ("指标", 0, 0, 0, 1, 1),
        ("目标", 0, 0, 1, 1, 2),
        ("产值", 0, 1, 0, 2, 1),
        ("10", 0, 1, 1, 1, 1),
        ("20", 0, 1, 2, 1, 1),
        ("合并", 0, 2, 1, 1, 2),
        ("另", 1, 0, 0, 1, 1),
        ("表", 1, 0, 1, 1, 1),
    ]
    assert [b.cell is not None and b.cell.header for b in reading.blocks][:3] == [True, True, False]
    assert texts(reading, "paragraph") == ["表后"]


def test_tables_in_cells_and_frames() -> None:
    inner = r"\pard\intbl\itap2 里\nestcell 面\nestcell" + (
        r"{\*\nesttableprops\trowd\cellx400\cellx800\nestrow}{\nonesttables\par}"
    )
    reading = read(rf"\trowd\cellx1000\cellx2000\pard\intbl 外\cell {inner}\pard\intbl 后\cell\row\pard 完\par")
    assert [(text, table) for text, table, *_ in cells(reading)] == [("外", 0), ("里", 1), ("面", 1)]
    assert texts(reading, "paragraph") == ["后", "完"]
    frame = read(r"\trowd\cellx1000\pard\intbl 正文一\par 正文二\cell\row")
    assert [(b.kind, b.cell) for b in frame.blocks] == [("paragraph", None)] * 2


def test_metadata() -> None:
    info = (
        r"{\info{\title 年度计划}{\author 办公室}{\creatim\yr2026\mo1\dy5\hr8}{\revtim\yr2026\mo13\dy40}{\keywords x}}"
    )
    source = read(rf"{info}正文").source
    assert (source.title, source.author, str(source.created), source.modified) == (
        "年度计划",
        "办公室",
        "2026-01-05",
        None,
    )


def test_a_byte_order_mark_and_text_behind_the_end() -> None:
    reading = read_bytes(b"\xef\xbb\xbf \r\n" + rtf("正文") + "尾巴".encode())
    assert reading.raw == "正文"
    assert reading.warnings == ()


def test_a_file_that_ends_too_early_says_so() -> None:
    reading = read_bytes(rtf("正文\\par 第二段")[:-3])
    assert reading.raw.startswith("正文\n第")
    assert "rtf-incomplete" in {warning.code for warning in reading.warnings}


REFUSED: dict[str, tuple[bytes, type[DocparseError], str]] = {
    "a million braces": (b"{\\rtf1 " + b"{" * 1_000_000 + b"}" * 1_000_000, LimitExceededError, "too-deep"),
    "too many paragraphs": (b"{\\rtf1 " + b"a\\par " * 200_001 + b"}", LimitExceededError, "too-many-blocks"),
    "too many characters": (b"{\\rtf1 " + b"a" * 5_000_001 + b"}", LimitExceededError, "too-many-characters"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name: str) -> None:
    data, kind, code = REFUSED[name]
    start = time.perf_counter()
    with pytest.raises(kind) as caught:
        read_bytes(data, options=Options(max_objects=200_000))
    assert time.perf_counter() - start < 10
    assert caught.value.code == code
    assert caught.value.advice


def test_other_bytes_are_not_taken() -> None:
    with pytest.raises(DamagedFileError) as caught:
        read_rtf(b"text", Options())
    assert caught.value.code == "damaged-rtf"


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (r"甲{\field{\*\fldinst { eq \\o\\ac(\u9675 ?,3)}}{\fldrslt }}乙\par", "甲③乙"),
        (r"甲{\field{\*\fldinst eq \\o\\ac(\u9675 ?,3)}{\fldrslt 三}}乙\par", "甲三乙"),
        (r"甲{\field{\*\fldinst  EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(gu\u299 ?),\u35268 ?)}}乙\par", "甲规乙"),
        (r'甲{\field{\*\fldinst SYMBOL 254 \\f "Wingdings" \\s 12}}乙\par', "甲☑乙"),
        (r'甲{\field{\*\fldinst HYPERLINK "http://a.cn"}{\fldrslt 网站}}乙\par', "甲网站乙"),
        (r"甲{\field{\*\fldinst{ IF {\field{\*\fldinst PAGE}{\fldrslt 1}} = 1 }}{\fldrslt 首页}}乙\par", "甲首页乙"),
        (
            r"完{\field{\*\fldinst FORMCHECKBOX "
            r"{\*\formfield{\fftype1\ffres25\ffdefres1{\*\ffname a}}}}{\fldrslt }}成\par",
            "完☑成",
        ),
        (
            r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl \u20248 ?}{\*\ffl \u33391 ?}}}}"
            r"{\fldrslt}}好\par",
            "良好",
        ),
        (r"{\*\fldinst PAGE}{\*\ffl x}完\par", "完"),
        (r"{\field{\*\fldinst eq {\footnote x}{\shptxt y}\par\trowd\cell}{\fldrslt 完}}\par", "完"),
    ],
)
def test_what_a_field_shows(body: str, want: str) -> None:
    assert read(body).raw == want


def test_signs_of_symbol_fonts() -> None:
    fonts = r"{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset2 Wingdings{\*\falt x};}{\f2\fcharset2 Webdings;}}"
    body = r"\f0 是{\f1\'fe}否{\f1\u-3842 ?}其他{\f2\'fe}\par"
    assert read(fonts + body).raw == "是☑否☑其他\uf0fe"


def test_a_star_inside_a_group_means_nothing() -> None:
    """OpenOffice writes the styles of characters so."""
    body = r"甲{\field{\*\fldinst PAGE}{\fldrslt \*\cs12\cf2 乙}}{\*\cs12 丙}{\b\*\unknown 丁}{\*\unknown 戊}\par"
    assert read(body).raw == "甲乙丙丁"


READ: dict[str, tuple[str, str]] = {
    "binary that lies": (r"前{\pict\bin9999999999 x}后\bin9999999999 尾", "前后尾"),
    "binary": (r"前{\pict\bin4 }}}}}后\bin2 }}尾", "前后尾"),
    "negative binary": (r"前\bin-5 后", "前后"),
    "numbers too large": (r"前\u9999999999 ?\fs99999999999999 \itap99999999 \uc99999999 后", "前\ufffd后"),
    "words without numbers": (r"\u\uc\fs\f\s\itap\cellx\trowd\outlinelevel\deff\ansicpg 后", "\ufffd后"),
    "fields without end": (r"{\field{\*\fldinst{HYPERLINK " + '"a" ' * 20_000, ""),
    "fonts without end": (r"{\fonttbl" + r"\f1 " * 200_000 + "}完", "完"),
    "cells without rows": (r"\cell" * 1_000 + "完", "完"),
    "rows without cells": (r"\row" * 1_000 + "完", "完"),
    "many cells": (r"\trowd" + r"\cellx9" * 5_000 + r"\pard\intbl" + r"完\cell" * 5_000 + r"\row", "完"),
    "styles without end": (r"{\stylesheet" + r"{\s9 heading 1;}" * 50_000 + "}完", "完"),
    "groups that only close": ("完}}}}}}", "完"),
    "a backslash at the end": ("完\\", "完"),
    "broken hex": (r"完\'zz\'", "完zz"),
    "a long word": ("\\" + "a" * 100_000 + " 完", "完"),
    "nul bytes": ("完\0成", "完成"),
    "stories without end": (r"{\footnote{\header{\footnote{\shptxt 完", "完"),
    "unknown code page": (r"\ansicpg99999 a{\fonttbl{\f9\cpg77777 x;}}\f9\'b0\'a1完", "完"),
}


@pytest.mark.parametrize("name", READ)
def test_read_in_bounded_time(name: str) -> None:
    body, want = READ[name]
    start = time.perf_counter()
    reading = read_bytes(rtf(body))
    assert time.perf_counter() - start < 5
    check_laws(reading)
    assert want in reading.raw


def test_titles_and_headings_by_the_names_of_styles() -> None:
    """A style that people make on the title is a title, one named 副标题 is not; 二级标题 is a heading."""
    named = {1: "Title", 2: "文件名\\sbasedon1", 3: "副标题\\sbasedon1", 4: "二级标题"}
    sheet = "".join(
        rf"{{\s{n}" + (r"\sbasedon1 " if "sbasedon" in name else " ") + escaped(name.partition("\\")[0]) + ";}"
        for n, name in named.items()
    )
    body = "".join(rf"\pard\s{n} {escaped('甲')}\par" for n in named)
    reading = read_bytes((rf"{{\rtf1\ansi{{\stylesheet{sheet}}}{body}}}").encode())
    assert [(block.kind, block.level) for block in reading.blocks] == [
        ("heading", None), ("heading", None), ("paragraph", None), ("heading", 2),
    ]  # fmt: skip


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(char)}?" if ord(char) > 127 else char for char in text)


def test_a_number_right_behind_a_marker_is_parted_from_it() -> None:
    text = escaped("5万元")
    reading = read_bytes(rf"{{\rtf1\ansi{{\listtext 1.}}{text}\par{{\listtext 2.}}{escaped('完成')}\par}}".encode())
    assert reading.raw.split("\n") == ["1. 5万元", "2.完成"]
