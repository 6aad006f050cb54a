"""What strangers send as web pages, archives and tables: bounded time, and nothing but our own errors."""

from __future__ import annotations

import time

import pytest
from reader_laws import check_laws

from docparse.errors import DocparseError
from docparse.options import Options
from docparse.readers import read_bytes

_SECONDS = 30.0  # of processor time; the slowest takes 4 on one small machine and 11 on another
_BODY = "<!DOCTYPE html><html><body>"
_FRAME = '<iframe src="b"></iframe>'
_PART = "Content-Type: text/html; charset=utf-8\r\nContent-Location: {}\r\n\r\n{}\r\n"
_ARCHIVE = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"

PAGES: dict[str, str] = {
    "a million open p": _BODY + "<p>完" * 1_000_000,
    "200,000 div": _BODY + "<div>" * 200_000 + "完成",
    "five million entities": _BODY + "<p>" + "&lt" * 5_000_000,
    "open entities": _BODY + "<p>" + "&" * 2_000_000 + "&#x" * 500_000,
    "lists in lists": _BODY + "<ol><li>完" * 190,
    "300,000 items": _BODY + "<ol reversed>" + "<li>完" * 300_000,
    "100,000 lists": _BODY + "<ol><li>完</ol>" * 100_000,
    "items of one list, nested text": _BODY + "<ul>" + "<li><span><b></b></span>" * 100_000 + "</ul>",
    "groups": _BODY + "<div class=nav>完</div>" * 200_000,
    "groups in groups": _BODY + ("<div class=nav>" * 150 + "完" + "</div>" * 150) * 1_000,
    "long names": _BODY + f"<div class='{'nav ' * 50_000}'>完</div>" * 20,
    "headings": "<html><head><title>工作计划</title></head><body>" + "<h1>工作计划</h1>" * 100_000,
    "headings in headings": "<html><title>工作计划</title><body>" + "<h1><div>" * 90 + "工作计划" * 100_000,
    "style sheet": "<html><style>" + ".a{display:none}" * 100_000 + "</style><body><p class=a>完",
    "open style sheet": "<html><style>" + "@media{" * 100_000 + "/*" * 100_000 + "</style><body>完",
    "commas in selectors": "<html><style>" + ("a," * 900 + "{display:none}") * 200 + "</style><body>完",
    "styles": _BODY + ("<p style='" + "display:" * 1_000 + "'>完</p>") * 200,
    "hidden in hidden": _BODY + ("<div hidden>" * 150 + "隐" + "</div>" * 150) * 1_000,
    "wide spaces": _BODY + "<p>完。" + "\u3000" * 2_000_000 + "成",
    "no-break spaces": _BODY + "<p>" + "。\xa0 \xa0" * 500_000 + "成",
    "frames": _BODY + "<iframe srcdoc='<p>完'></iframe>" * 50_000,
    "linked data": f'<html><script type="application/ld+json">{"[" * 90_000}</script><body>完',
    "symbol fonts": _BODY + "<span style='font-family:Wingdings'>l</span>" * 100_000,
    "superscripts": _BODY + "<sup>2</sup>" * 200_000,
    "doctype entities": '<!DOCTYPE html [<!ENTITY a "完完"><!ENTITY b "&a;&a;&a;&a;">]><html><body>' + "&b;" * 100_000,
    "titles": "<html><head><title>" + "计划-" * 500_000 + "</title></head><body>完",
    "frames that hold each other": _ARCHIVE
    + "--x\r\n" + _PART.format("a", "<html>根" + _FRAME * 500)
    + "--x\r\n" + _PART.format("b", "<html>" + "<p>完" * 20_000 + _FRAME * 500),
    "archive lines": _ARCHIVE + "--x\r\n" + _PART.format("a", "<html>根<p>") + "--\r\n" * 500_000,
    "tabs": "a\t" * 1_000_000,
    "form feeds": "完\x0c" * 500_000,
    "front matter": "---\n" + "a: b\n" * 200_000,
    "underlines": "# 甲\n\n## 乙\n\n" + "完\n===\n\n" * 100_000,
    "alternating tables": "# 甲\n\n## 乙\n\n" + "|a|\n|-|\n" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_bounded(name: str) -> None:
    start = time.process_time()
    try:
        check_laws(read_bytes(PAGES[name].encode(), options=Options(max_characters=20_000_000)))
    except DocparseError as error:
        assert error.code
    assert time.process_time() - start < _SECONDS
