"""The same plan with automatic and with typed numbering gives the same outline and the same claims."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from docx_files import build, item, level, numbered, para, read
from reader_laws import texts

import docparse
from docparse.records import Document, Section

# What each row of a scheme says, by its place in the tree; the rows below name it by a letter.
_WORDS = {
    "G": "工作目标",
    "S": "销售工作",
    "R": "全年完成销售收入500万元，同比增长10%。",
    "P": "回款率达到95%以上。",
    "T": "服务工作",
    "C": "客户满意度在12月底前达到90%。",
    "M": "工作措施",
    "V": "每月拜访客户20家，6月底前签订合同15份。",
    "E": "加强队伍建设，组织培训4次。",
    "Q": "保障措施",
    "F": "安排专项资金30万元。",
}


class Scheme(NamedTuple):
    """Levels as (number format, text, more), and rows as (level, marker as typed, words)."""

    levels: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[int, str, str], ...]


_NOTHING = '<w:suff w:val="nothing"/>'
_SPACE = '<w:suff w:val="space"/>'

SCHEMES = {
    "government": Scheme(
        (("chineseCountingThousand", "%1、", _NOTHING), ("chineseCounting", "（%2）", _NOTHING),
         ("decimal", "%3.", _SPACE), ("decimal", "（%4）", _NOTHING), ("decimalEnclosedCircleChinese", "%5", _NOTHING)),
        ((0, "一、", "G"), (1, "（一）", "S"), (2, "1. ", "R"), (2, "2. ", "P"), (1, "（二）", "T"), (2, "1. ", "C"),
         (0, "二、", "M"), (1, "（一）", "S"), (2, "1. ", "V"), (3, "（1）", "E"), (4, "①", "F"), (0, "三、", "Q"),
         (1, "（一）", "T"), (2, "1. ", "F")),
    ),
    "office decimals": Scheme(
        (("decimal", "%1", _SPACE), ("decimal", "%1.%2", _SPACE), ("decimal", "%1.%2.%3", _SPACE)),
        ((0, "1 ", "G"), (1, "1.1 ", "S"), (2, "1.1.1 ", "R"), (2, "1.1.2 ", "P"), (1, "1.2 ", "T"), (2, "1.2.1 ", "C"),
         (0, "2 ", "M"), (1, "2.1 ", "S"), (2, "2.1.1 ", "V"), (2, "2.1.2 ", "E"), (0, "3 ", "Q"), (1, "3.1 ", "F")),
    ),
    "chapters and articles": Scheme(
        (("chineseCountingThousand", "第%1章", _SPACE), ("chineseCountingThousand", "第%2条",
          _SPACE + '<w:lvlRestart w:val="0"/>'), ("chineseCounting", "（%3）", _NOTHING)),
        ((0, "第一章 ", "G"), (1, "第一条 ", "R"), (1, "第二条 ", "P"), (2, "（一）", "C"), (2, "（二）", "E"),
         (0, "第二章 ", "M"), (1, "第三条 ", "V"), (0, "第三章 ", "Q"), (1, "第四条 ", "F")),
    ),
    "taiwan": Scheme(
        (("ideographLegalTraditional", "%1、", _NOTHING), ("taiwaneseCountingThousand", "%2、", _NOTHING),
         ("taiwaneseCounting", "(%3)", _NOTHING), ("decimal", "%4、", _NOTHING)),
        ((0, "壹、", "G"), (1, "一、", "S"), (2, "(一)", "R"), (2, "(二)", "P"), (1, "二、", "T"), (2, "(一)", "C"),
         (0, "貳、", "M"), (1, "一、", "S"), (2, "(一)", "V"), (3, "1、", "E"), (0, "參、", "Q"), (1, "一、", "F")),
    ),
    "letters": Scheme(
        (("upperLetter", "%1.", _SPACE), ("lowerLetter", "%2)", _SPACE), ("lowerRoman", "%3.", _SPACE)),
        ((0, "A. ", "G"), (1, "a) ", "R"), (1, "b) ", "P"), (0, "B. ", "M"), (1, "a) ", "V"), (1, "b) ", "E"),
         (0, "C. ", "Q"), (1, "a) ", "F")),
    ),
    "stems": Scheme(
        (("ideographTraditional", "%1、", _NOTHING), ("chineseCounting", "（%2）", _NOTHING)),
        ((0, "甲、", "G"), (1, "（一）", "R"), (1, "（二）", "P"), (0, "乙、", "M"), (1, "（一）", "V"),
         (0, "丙、", "Q"), (1, "（一）", "F")),
    ),
    "bullets": Scheme(
        (("chineseCounting", "%1、", _NOTHING), ("bullet", "\uf06c", _SPACE)),
        ((0, "一、", "G"), (1, "• ", "R"), (1, "• ", "P"), (0, "二、", "M"), (1, "• ", "V"), (1, "• ", "E"),
         (0, "三、", "Q"), (1, "• ", "F")),
    ),
    "web page": Scheme(
        (("chineseCounting", "%1、", _NOTHING), ("decimal", "%2、", _NOTHING), ("decimal", "%3)", _NOTHING)),
        ((0, "一、", "G"), (1, "1、", "R"), (1, "2、", "P"), (0, "二、", "M"), (1, "1、", "V"), (2, "1)", "E"),
         (2, "2)", "C"), (0, "三、", "Q"), (1, "1、", "F")),
    ),
    "padded": Scheme(
        (("chineseCounting", "第%1部分", _SPACE), ("decimalZero", "%2.", _SPACE),
         ("decimalFullWidth", "（%3）", _NOTHING)),
        ((0, "第一部分 ", "G"), (1, "01. ", "R"), (1, "02. ", "P"), (0, "第二部分 ", "M"), (1, "01. ", "V"),
         (2, "（１）", "E"), (0, "第三部分 ", "Q"), (1, "01. ", "F")),
    ),
    "mixed decimals": Scheme(
        (("chineseCounting", "%1、", _NOTHING), ("decimal", "%1.%2", _SPACE + "<w:isLgl/>"),
         ("decimalEnclosedCircle", "%3", _SPACE)),
        ((0, "一、", "G"), (1, "1.1 ", "S"), (2, "① ", "R"), (2, "② ", "P"), (1, "1.2 ", "T"), (2, "① ", "C"),
         (0, "二、", "M"), (1, "2.1 ", "S"), (2, "① ", "V"), (0, "三、", "Q"), (1, "3.1 ", "F")),
    ),
}  # fmt: skip

_TITLE = para("销售部2024年工作计划", '<w:jc w:val="center"/>')


def numbering(scheme: Scheme) -> str:
    rows = enumerate(scheme.levels)
    return numbered("".join(level(k, number_format, text, more) for k, (number_format, text, more) in rows))


def automatic(scheme: Scheme, more: str = "") -> bytes:
    body = "".join(item(_WORDS[words], 1, depth, more) for depth, _, words in scheme.rows)
    return build(_TITLE + body, numbering=numbering(scheme))


def typed(scheme: Scheme, more: str = "") -> bytes:
    return build(_TITLE + "".join(para(marker + _WORDS[words], more) for _, marker, words in scheme.rows))


def outline(document: Document) -> dict[str, object]:
    """What a reader would compare: articles, headings, statements, and what was claimed."""

    def section(entry: Section) -> object:
        return entry.marker, entry.title, entry.level, entry.role, [section(inner) for inner in entry.children]

    return {
        "articles": [(a.title, a.kind, a.period, [section(s) for s in a.sections]) for a in document.articles],
        "statements": [(s.text, s.label, s.section) for s in document.statements],
        "goals": [(g.kind, g.text) for g in document.goals],
        "targets": [(t.metric, t.low, t.high, t.unit, t.comparator) for t in document.targets],
        "deadlines": [(d.text, d.value) for d in document.deadlines],
    }


@pytest.mark.parametrize("name", SCHEMES)
def test_markers_are_those_that_are_typed(name: str) -> None:
    assert texts(read(automatic(SCHEMES[name]))) == texts(read(typed(SCHEMES[name])))


@pytest.mark.parametrize("name", SCHEMES)
def test_automatic_and_typed_numbering_give_the_same_outline(name: str) -> None:
    scheme = SCHEMES[name]
    found, wanted = outline(docparse.parse(automatic(scheme))), outline(docparse.parse(typed(scheme)))
    assert found == wanted
    assert found["articles"]
    assert found["targets"]


@pytest.mark.parametrize("name", ["government", "office decimals", "chapters and articles", "taiwan"])
def test_outline_levels_do_not_part_them(name: str) -> None:
    """The same, where headings carry an outline level."""
    scheme = SCHEMES[name]
    heads = {words for words, text in _WORDS.items() if not text.endswith("。")}

    def level_of(depth: int, words: str) -> str:
        return f'<w:outlineLvl w:val="{depth}"/>' if words in heads else ""

    body = "".join(item(_WORDS[words], 1, depth, level_of(depth, words)) for depth, _, words in scheme.rows)
    plain = "".join(para(marker + _WORDS[words], level_of(depth, words)) for depth, marker, words in scheme.rows)
    found = outline(docparse.parse(build(_TITLE + body, numbering=numbering(scheme))))
    assert found == outline(docparse.parse(build(_TITLE + plain)))
