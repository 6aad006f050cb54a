"""Hostile files of every format, as functions that return their bytes, with what is expected of each.

What makes the parsers that exist hang, abort or take gigabytes is here or in `test_hostile.py`. A format that this
version does not read is refused by its name: the expectations hold before and after its reader comes.
"""

from __future__ import annotations

from functools import partial

from hostile_build import READ, Hostile
from hostile_office import ARCHIVES, DOC, DOCX, ODT
from hostile_pdf import PDF

_LINE = "完成任务，回款率达到95%以上。"


def page(body: str) -> bytes:
    return f"<html><head><title>计划</title></head><body>{body}</body></html>".encode()


def fonts_misnested(count: int) -> bytes:
    return page("".join(f"<font color={n}><b><i>完</font>" for n in range(count)))


_STAIRCASE = (
    f"<table><tr>{'<td rowspan=60000 colspan=1000>完</td>' * 2_000}</tr>{'<tr><td>x</td><td>y</td></tr>' * 9_000}"
)
HTML: tuple[Hostile, ...] = (
    Hostile(
        "html attribute of 20 MB",
        lambda: page(f'<p title="{"x" * 20_000_000}">完成</p>'),
        codes=("too-many-characters",),
    ),
    Hostile("html 750,000 entities", lambda: page("&nbsp;&#23436;&lt;" * 250_000), codes=READ),
    Hostile(
        "html 5,000,000 entities",
        lambda: page("&#23436;" * 5_100_000),
        read=False,
        codes=("too-many-characters",),
        seconds=20,
    ),
    Hostile("html 20,000 fonts misnested", partial(fonts_misnested, 20_000), seconds=20),
    Hostile("html NUL bytes", lambda: page("<p>完成任务\0成</p>" * 50_000)),
    Hostile(
        "html text of 60 MB",
        lambda: page("完成任务" * 5_000_000),
        read=False,
        codes=("too-many-characters",),
        seconds=20,
    ),
    Hostile("html 1,000,000 open paragraphs", lambda: page("<p>完" * 1_000_000), seconds=40, megabytes=1_500),
    Hostile(
        "html 300,000 tags with attributes",
        lambda: page('<span a="b" c=d e>完</span>' * 300_000),
        seconds=30,
        megabytes=1_200,
    ),
    Hostile(
        "html headings that stand in each other",
        lambda: page("<title>年度工作计划</title>" + f"<h1>完成任务;</script></head><body>{'完' * 1_500}" * 2_040),
        codes=READ,
    ),
    Hostile("html cells that reach through many rows", lambda: page(_STAIRCASE)),
    Hostile("html script that never ends", lambda: page("<p>完成</p><script>" + "a<!--" * 500_000), codes=READ),
    Hostile("html style that hides all", lambda: page("<p style='display:none'>完</p>" * 50_000)),
    Hostile("html nested lists", lambda: page("<ul><li>完" * 30_000)),
    Hostile("html 300,000 selects", lambda: page("<select><option>完" * 100_000), seconds=20),
    Hostile("html label without end", lambda: b'<html><meta charset="' + b"g" * 3_000_000),
    Hostile("html doctype of 5 MB", lambda: b"<!DOCTYPE html [" + b"<!ENTITY a 'b'>" * 300_000 + page("<p>&a;</p>")),
    Hostile("html of zeros", lambda: b"<html>" + b"\0" * 3_000_000),
)

_ROW = "\\trowd" + "".join(f"\\cellx{n}" for n in range(50_000)) + "\\intbl x\\cell\\row"
RTF: tuple[Hostile, ...] = tuple(
    entry._replace(seconds=60.0, megabytes=1_000.0)
    for entry in (
        Hostile("rtf binary that lies", lambda: b"{\\rtf1\\ansi \\bin4294967295 x\\par y}"),
        Hostile("rtf 1,000,000 braces", lambda: b"{\\rtf1\\ansi " + b"{" * 1_000_000 + b"x" + b"}" * 1_000_000 + b"}"),
        Hostile("rtf braces that only close", lambda: b"{\\rtf1\\ansi x" + b"}" * 1_000_000),
        Hostile("rtf 1,000,000 escapes", lambda: b"{\\rtf1\\ansi\\ansicpg936 " + b"\\'cd\\'ea" * 500_000 + b"}"),
        Hostile("rtf escapes cut off", lambda: b"{\\rtf1\\ansi\\ansicpg936 \\'cd\\par\\'e" + b"\\'" * 100_000 + b"}"),
        Hostile("rtf skips of 4,000,000,000", lambda: b"{\\rtf1\\uc4294967295\\u23436 x\\par\\uc-1\\u23436?}"),
        Hostile("rtf half of a pair", lambda: b"{\\rtf1\\uc1 " + b"\\u-10179?x" * 100_000 + b"\\u-8704?}"),
        Hostile("rtf number without end", lambda: b"{\\rtf1\\fs" + b"9" * 1_000_000 + b" x\\par}"),
        Hostile("rtf word without end", lambda: b"{\\rtf1\\" + b"a" * 2_000_000 + b" x\\par}"),
        Hostile("rtf row of 50,000 cells", lambda: f"{{\\rtf1 {_ROW}}}".encode()),
        Hostile("rtf picture of 20 MB", lambda: b"{\\rtf1{\\pict\\wmetafile8 " + b"00ff" * 5_000_000 + b"}x\\par}"),
        Hostile(
            "rtf hidden fields in fields", lambda: b"{\\rtf1 " + b"{\\field{\\*\\fldinst A}{\\fldrslt " * 20_000 + b"x}"
        ),
        Hostile(
            "rtf unknown code page", lambda: b"{\\rtf1\\ansi\\ansicpg99999\\deff7 " + b"\\'cd\\'ea\\par" * 1_000 + b"}"
        ),
        Hostile(
            "rtf font table of 100,000",
            lambda: b"{\\rtf1{\\fonttbl" + b"{\\f1\\fcharset134 a;}" * 100_000 + b"}x\\par}",
        ),
        Hostile("rtf cut off", lambda: b"{\\rtf1\\ansi " + _LINE.encode("gb18030").hex().encode()),
        Hostile("rtf of zeros", lambda: b"{\\rtf1" + b"\0" * 3_000_000),
    )
)


def nested_parts(depth: int) -> bytes:
    head = "MIME-Version: 1.0\r\n"
    for n in range(depth):
        head += f"Content-Type: multipart/related; boundary=b{n}\r\n\r\n--b{n}\r\n"
    return (head + "Content-Type: text/html\r\n\r\n<p>x</p>").encode()


_RELATED = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
_BASE64 = b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
ARCHIVED_PAGES: tuple[Hostile, ...] = (
    Hostile("mhtml parts 5,000 deep", partial(nested_parts, 5_000), read=False),
    Hostile("mhtml of 200,000 parts", lambda: _RELATED + b"--b\r\nContent-Type: text/css\r\n\r\nx\r\n" * 200_000),
    Hostile("mhtml without parts", lambda: _RELATED, read=False),
    Hostile("mhtml broken base64", lambda: _RELATED + _BASE64 + b"=A=" * 300_000),
    Hostile(
        "mhtml header of 5 MB",
        lambda: _RELATED[:-2] + b"X: " + b"=?utf-8?B?5a6M?= " * 300_000 + b"\r\n\r\n--b\r\n\r\n<p>x",
    ),
    Hostile(
        "mhtml quoted line of 5 MB",
        lambda: _RELATED + _BASE64.replace(b"base64", b"quoted-printable") + b"=E5=AE=8C=" * 500_000,
    ),
)

CSV: tuple[Hostile, ...] = (
    Hostile("csv 1,000,000 quotes", lambda: "指标,数值\n".encode() + b'"' * 1_000_000, codes=READ),
    Hostile("csv 1,000,000 columns", lambda: "指标,数值\n".encode() + b"1," * 1_000_000, seconds=30, megabytes=1_500),
    Hostile(
        "csv quote that never closes",
        lambda: ('指标,数值\n"' + "完成,95%\n" * 300_000).encode(),
        seconds=30,
        megabytes=1_500,
    ),
    Hostile("csv 300,000 rows", lambda: ("指标,数值\n" + "完成,95%\n" * 300_000).encode(), seconds=30, megabytes=1_500),
    Hostile("csv one cell of 4 MB", lambda: ('指标,数值\n"' + "完" * 1_300_000 + '",1\n').encode(), codes=READ),
)

HOSTILE: tuple[Hostile, ...] = (*DOCX, *PDF, *HTML, *ODT, *RTF, *DOC, *ARCHIVED_PAGES, *CSV, *ARCHIVES)
