"""Two hundred pages in every charset, with right, wrong and no labels, whole and cut anywhere, are decoded right."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from opencc import OpenCC

from docparse.readers.charset_tables import BIG5_SIGNS
from docparse.readers.decode import decode_text, find_label

_CORPORA = Path(__file__).parents[2] / "corpora"
_PAGES = 200
# (codec, byte order mark, the right label, a wrong one, of traditional text)
_ENCODINGS = (
    ("utf-8", b"", "utf-8", "gb2312", False),
    ("gb18030", b"", "gb2312", "utf-8", False),
    ("gbk", b"", "gbk", "big5", False),
    ("big5", b"", "big5", "utf-8", True),
    ("utf-8", b"", "UTF-8", "big5", True),
    ("utf-8", codecs.BOM_UTF8, "utf-8", "iso-8859-1", False),
    ("utf-16-le", b"", "utf-16", "utf-8", False),
    ("utf-16-be", b"", "utf-16be", "gbk", True),
    ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16", "gb2312", True),
    ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16", "utf-8", False),
    ("cp950", b"", "big5", "gb2312", True),
    ("big5hkscs", b"", "big5-hkscs", "iso-8859-1", True),
    ("gb18030", b"", "gb18030", "iso-8859-1", True),
)
_RARE = {"gb18030": "㐂𠮷龦", "cp950": "銹裏粧", "big5hkscs": "嘅喺咗", "utf-8": "𠮷"}
# Python's codecs read these otherwise than Windows and browsers do.
_UNSURE = dict.fromkeys(BIG5_SIGNS)


class Page(NamedTuple):
    name: str
    codec: str
    mark: bytes
    text: str


@cache
def _texts() -> tuple[str, ...]:
    paths = [*sorted((_CORPORA / "dev").glob("*.txt")), *sorted((_CORPORA / "samples" / "txt").glob("*.txt"))]
    texts = [path.read_text(encoding="utf-8", errors="ignore").replace("\ufffd", "") for path in paths]
    return tuple(text for text in texts if len(text) > 300)


def make_pages() -> Iterator[Page]:
    """The pages; the same on every run."""
    to_traditional = OpenCC("s2tw")
    texts = _texts()
    for number in range(_PAGES):
        codec, mark, right, wrong, traditional = _ENCODINGS[number % len(_ENCODINGS)]
        label = (right, wrong, None)[number // len(_ENCODINGS) % 3]
        text = texts[number * 7 % len(texts)]
        text = to_traditional.convert(text) if traditional else text
        text = text[:200] + _RARE.get(codec, "") + text[200:]
        if number % 2:
            lines = "".join(f"<p>{line}</p>\r\n" for line in text.split("\n"))
            meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">\n' if label else ""
            text = f"<html><head>\n{meta}<title>{text[:20].strip()}</title></head>\n<body>\n{lines}</body></html>"
        text = text.encode(codec, "ignore").decode(codec).translate(_UNSURE if "big5" in codec else {})
        yield Page(f"{number}-{codec}-{'mark' if mark else 'bare'}-{label}", codec, mark, text)


def _wrong(size: int | None) -> list[str]:
    """The names of the pages that are not read right: every character up to the one that is cut."""
    found = []
    for page in make_pages():
        data = (page.mark + page.text.encode(page.codec))[:size]
        decoder = codecs.getincrementaldecoder(page.codec)()
        wanted = decoder.decode(data[len(page.mark) :])
        text, _, _ = decode_text(data, find_label(data))
        if text != wanted:
            found.append(page.name)
    return found


@pytest.mark.parametrize(("size", "most_wrong"), [(None, 0), (2000, 0), (1999, 0), (200, 4), (199, 4)])
def test_pages(size: int | None, most_wrong: int) -> None:
    wrong = _wrong(size)
    assert len(wrong) <= most_wrong, wrong


def test_gb18030_of_2022() -> None:
    data = "计划完成情况".encode("gb18030") + b"\xa6\xd9\xfe\x59\xa8\xbc\xfe\x51\x81\x39\xef\x30"
    assert decode_text(data)[0] == "计划完成情况︐龴ḿ𠂇㐁"
    assert decode_text("工作计划\ue000".encode("gb18030"))[0] == "工作计划\ue000"  # a private sign of one's own stays


def test_big5_signs_are_those_of_windows() -> None:
    text = "本年度工作計畫～預計完成￥三千元，負責人：阿里‧撒韶"
    assert decode_text(text.encode("cp950"))[0] == text
    assert decode_text(text.encode("cp950"))[1] == "big5"


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be", "utf-32"])
def test_utf_32(codec: str) -> None:
    text = "2024年工作计划\n一、全年完成销售收入1200万元。"
    assert decode_text(text.encode(codec))[0] == text


@pytest.mark.parametrize(("most", "island"), [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "big5")])
def test_an_island_of_another_charset(most: str, island: str) -> None:
    text, inside = "一、全年完成销售收入1200万元，比上年增长8%。\n" * 30, "工作小组"
    text, encoding, warnings = decode_text(text.encode(most) + inside.encode(island, "ignore") + text.encode(most))
    assert encoding == most
    assert text.startswith("一、全年完成销售收入")
    assert text.endswith("比上年增长8%。\n")
    if most == "utf-8":
        assert "\ufffd" in text
        assert [w.code for w in warnings] == ["undecodable-bytes"]


def test_a_file_that_ends_inside_a_character() -> None:
    for codec in ("utf-8", "gb18030", "big5", "utf-16-le"):
        text, _, warnings = decode_text("全年工作計畫完成".encode(codec)[:-1])
        assert text == "全年工作計畫完"
        assert [w.code for w in warnings] == ["cut-character"]
    assert decode_text("全年工作計畫".encode())[2] == ()


def test_only_the_page_labels_the_page() -> None:
    meta = b'<META http-equiv="Content-Type" content="text/html; charset=GB2312">'
    script = b'<script charset="big5" src="a.js"></script>'
    assert find_label(b"<html>" + script + meta) == "gb2312"
    assert find_label(b"<html>" + script) is None
    assert find_label("<meta charset=utf-8>".encode("utf-16-le")) == "utf-8"
    assert find_label(b'<?xml version="1.0" encoding="GBK"?><html>' + meta) == "gbk"


def test_form_feeds_speak_for_no_charset() -> None:
    assert decode_text("甲\x0c乙\x0c".encode())[0] == "甲\x0c乙\x0c"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_is_hardly_chinese(codec: str) -> None:
    text = '端口:\n   ↓\n┌───────────────┐\n│  "9001:9001"  │\n└───────────────┘\n'
    assert decode_text(text.encode(codec))[:2] == (text, codec)
