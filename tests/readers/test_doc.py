"""What Word writes into a .doc and LibreOffice does not: quick saves, changes, fields without results."""

from __future__ import annotations

import struct

import pytest
from doc_files import Span, fonts, form, one_list, prop, styles, word_97

from docparse.options import Options
from docparse.readers.doc.document import read_word_97
from docparse.records import Reading

_DELETED, _BOLD, _SYMBOL, _FONT = 0x0800, 0x0835, 0x6A09, 0x4A4F
_STYLE, _WALL, _LIST, _LEVEL, _OUTLINE = 0x4600, 0x2664, 0x460B, 0x260A, 0x2640


def read(data: bytes) -> Reading:
    return read_word_97(data, Options(), strict=True)


def shown(data: bytes) -> list[tuple[str, str]]:
    reading = read(data)
    return [(block.kind, reading.raw[block.start : block.end]) for block in reading.blocks]


@pytest.mark.parametrize(
    ("mark", "left"), [(1, "到2025年"), (0x81, "到2025年"), (0, "到2020年2025年"), (0x80, "到2020年2025年")]
)
def test_word_marks_a_deletion_in_two_ways(mark: int, left: str) -> None:
    data = word_97("到2020年2025年\r", looks=(Span(1, 6, prop(_DELETED, mark)),))
    assert shown(data) == [("paragraph", left)]


@pytest.mark.parametrize("change", [0x41 << 1 | 1 << 8, 0x5C << 1 | 1 << 8, 1])
def test_what_a_quick_save_took_out(change: int) -> None:
    """The piece says it by one property (deleted; hidden), or by the number of a set of them."""
    text = "一、总体要求二、主要任务\r"
    data = word_97(text, pieces=((6, change), (12, 0)), saved=(prop(_DELETED, 0x81) + prop(_BOLD, 1),))
    assert shown(data) == [("paragraph", "一、总体要求")]


def test_a_quick_save_makes_a_heading() -> None:
    data = word_97("总体要求\r正文\r", pieces=((5, 0),), saved=())
    changed = word_97("总体要求\r正文\r", pieces=((0, 1), (5, 0)), saved=(prop(_OUTLINE, 0),))
    assert [kind for kind, _ in shown(data)] == ["paragraph", "paragraph"]
    assert shown(changed) == [("heading", "总体要求"), ("paragraph", "正文")]


def test_a_quick_save_that_names_no_set_changes_nothing() -> None:
    assert shown(word_97("总体要求\r", pieces=((2, 9 << 1 | 1),))) == [("paragraph", "总体要求")]


def test_a_tracked_change_of_format_ends_a_list() -> None:
    """What stands before the style is of before the change."""
    listed = prop(_LEVEL, 0) + prop(_LIST, 1, 0)
    ended = listed + prop(_WALL, 1) + prop(_STYLE, 0, 0)
    data = word_97(
        "甲\r乙\r丙\r", layouts=(Span(0, 2, listed), Span(2, 4, ended), Span(4, 6, listed)), tables=one_list("%1.")
    )
    assert shown(data) == [("list_item", "1. 甲"), ("paragraph", "乙"), ("list_item", "2. 丙")]


@pytest.mark.parametrize(
    ("code", "want"),
    [
        ("eq \\o\\ac(○,3)", "③"),
        ("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(guī),规)", "规"),
        ('SYMBOL 254 \\f "Wingdings" \\s 12', "☑"),
        ("MACROBUTTON AcceptAllChangesShown [点此填写]", "[点此填写]"),
        ("PAGE", ""),
    ],
)
def test_fields_that_only_their_instruction_shows(code: str, want: str) -> None:
    assert shown(word_97(f"甲\x13 {code} \x15乙\r")) == [("paragraph", f"甲{want}乙")]


def test_a_result_goes_before_the_instruction() -> None:
    assert shown(word_97("甲\x13 eq \\o\\ac(○,3) \x14三\x15乙\r")) == [("paragraph", "甲三乙")]


@pytest.mark.parametrize(
    ("data", "want"),
    [
        (form(1, 1, 0), "☑"),
        (form(1, 0, 1), "☐"),
        (form(1, 25, 1), "☑"),
        (form(2, 1, 0, ("优秀", "良好")), "良好"),
        (form(2, 25, 0, ("优秀", "良好")), "优秀"),
        (form(2, 7, 0, ("优秀", "良好")), ""),
        (form(2, 1, 0, ("优秀", "良好"))[:-2], "良"),
        (form(1, 1, 0)[:70], ""),
        (b"\xff" * 200, ""),
    ],
)
def test_boxes_and_lists_of_forms(data: bytes, want: str) -> None:
    text = "完成\x13 FORMCHECKBOX \x01\x15。\r"
    at = text.index("\x01")
    look = prop(0x6A03, 0, 0, 0, 0) + prop(0x0806, 0x81) + prop(0x0855, 1)
    assert shown(word_97(text, looks=(Span(at, at + 1, look),), data=data)) == [("paragraph", f"完成{want}。")]


def test_signs_of_symbol_fonts() -> None:
    """Two like signs side by side are one run; older files hold the sign as a character of private use."""
    data = word_97(
        "((是\uf0fe否\uf0fe\r",
        looks=(
            Span(0, 2, prop(_SYMBOL, 1, 0, 0xA8, 0xF0)),
            Span(3, 4, prop(_FONT, 1, 0)),
            Span(5, 6, prop(_FONT, 0, 0)),
        ),
        tables={15: fonts("宋体", "Wingdings")},
    )
    assert shown(data) == [("paragraph", "☐☐是☑否\uf0fe")]


def test_the_border_of_a_section_takes_no_number() -> None:
    listed = prop(_LEVEL, 0) + prop(_LIST, 1, 0)
    text = "甲\r\x0c乙\r丙\x0c续\r"
    data = word_97(
        text, layouts=(Span(0, len(text), listed),), sections=((3, b""), (len(text), b"")), tables=one_list("%1.")
    )
    assert [line for _, line in shown(data)] == ["1. 甲", "2. 乙", "3. 丙", "续"]


def test_headers_that_are_not_shown() -> None:
    """Of even and of first pages only where the file says so; an empty one is that of the section before."""
    stories = ["", "", "", "", "", "", "偶\r\r", "奇\r\r", "", "脚\r\r", "首\r\r", "", "", "新奇\r\r", "", "", "", ""]
    edges = [0]
    for story in stories:
        edges.append(edges[-1] + len(story))
    headers = "".join(stories) + "\r"
    text = "第一节\x0c第二节\r" + headers
    table = struct.pack(f"<{len(edges) + 1}I", *edges, edges[-1] + 1)

    def of(flags: int, first_page: int) -> list[tuple[str, str]]:
        sections = ((4, b""), (8, prop(0x300A, first_page)))
        return shown(
            word_97(
                text, parts={2: len(headers)}, tables={11: table, 31: bytes((flags,)) + bytes(100)}, sections=sections
            )
        )[2:]

    plain = [("header", "奇"), ("header", "新奇"), ("footer", "脚")]
    assert of(0, 0) == plain
    assert of(1, 0) == [("header", "偶"), *plain]
    assert of(0, 1) == [("header", "奇"), ("header", "首"), ("header", "新奇"), ("footer", "脚")]


def test_boxes_in_headers() -> None:
    data = word_97("正文\r内部资料\r", parts={7: 5})
    assert shown(data) == [("paragraph", "正文"), ("header", "内部资料")]


def test_a_table_of_contents_by_its_field_and_by_its_style() -> None:
    text = "\x13 TOC \\o \x14一、要求\t1\r二、任务\t2\x15\r三、保障\t3\r正文\r"
    at = text.index("三")
    data = word_97(
        text, layouts=(Span(at, at + 7, b"", 1),), tables={1: styles((0, "Normal", b""), (19, "Verzeichnis 1", b""))}
    )
    assert [kind for kind, _ in shown(data)] == ["toc", "toc", "toc", "paragraph"]


@pytest.mark.parametrize("counts_levels", [False, True])
def test_levels_whose_bytes_are_counted_or_not(counts_levels: bool) -> None:
    listed = Span(0, 2, prop(_LEVEL, 0) + prop(_LIST, 1, 0))
    data = word_97("甲\r", layouts=(listed,), tables=one_list("第%1条 "), counts_levels=counts_levels)
    assert shown(data) == [("list_item", "第1条  甲")]


def test_numbers_in_words() -> None:
    listed = prop(_LEVEL, 0) + prop(_LIST, 1, 0)
    data = word_97("甲\r", layouts=(Span(0, 2, listed),), tables=one_list("第%1", 5))
    assert shown(data) == [("list_item", "第1st 甲")]


def test_characters_of_two_units_move_no_border() -> None:
    """Rare characters of names, and emoji, before the end of a paragraph that has properties of its own."""
    data = word_97("𠮷𠮷林\r甲\r", layouts=(Span(0, 6, prop(_OUTLINE, 0)),))
    assert shown(data) == [("heading", "𠮷𠮷林"), ("paragraph", "甲")]
