"""What a Word file says of itself: title, author, dates, pages; what programs fill in by themselves is not said."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.pieces import name_set

if TYPE_CHECKING:
    from lxml.etree import _Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T|$)")
_OLDEST_YEAR = 1990  # programs write 1601, 1899 or 1980 where they know no date
_TEMPLATE_MOMENT = "2013-12-23T23:15:00Z"  # every file that python-docx makes was created then
_NO_AUTHORS = name_set(
    "微软用户 微軟使用者 微软中国 windows用户 windows使用者 windowsuser microsoft microsoftoffice microsoftofficeuser"
    " admin administrator administrators user users owner lenovo lenovouser hp dell asus acer huawei thinkpad pc mypc"
    " python-docx apachepoi openpyxl docx4j wps_office wpsoffice un-named unnamed unknown author china walkinnet"
    " 作者 用户 未知 默认用户 个人用户 微信用户 超级管理员 管理员 雨林木风 深度技术 番茄花园 系统之家"
)
_NO_TITLE = re.compile(
    r"(?:(?:microsoft[ ]?)?word[ ]?(?:文档|文件|document)?|(?:新建)?(?:microsoft[ ]?word[ ]?)?(?:文档|文件)[ ]?\d{0,4}"
    r"|document[ ]?\d{0,4}|untitled|无标题|無標題|未命名|标题|題目|题目|title|(?:ppt|powerpoint)[ ]?演示文稿"
    r"|新建[ ]?(?:microsoft[ ]?)?(?:office[ ]?)?word[ ]?文档.{0,12})$",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"microsoft word - ", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:docx?|docm|wps|dotx?|rtf)$", re.IGNORECASE)
_LONGEST = 300


class Properties(NamedTuple):
    """What docProps says; each field is None where unknown. `pages`, `characters`: as counted when it was saved."""

    title: str | None = None
    author: str | None = None
    created: date | None = None
    modified: date | None = None
    pages: int | None = None
    characters: int | None = None


def read_properties(core: _Element | None, application: _Element | None) -> Properties:
    """The properties of docProps/core.xml and app.xml; a part that is missing says nothing."""
    return Properties(
        title=clean_title(_text(core, _DC + "title")),
        author=clean_author(_text(core, _DC + "creator")),
        created=_day(_text(core, _TERMS + "created")),
        modified=_day(_text(core, _TERMS + "modified")),
        pages=_count(application, "Pages"),
        characters=_count(application, "Characters"),
    )


def clean_title(text: str) -> str | None:
    """The title without what the printer driver adds; None for what programs fill in.

    >>> clean_title("Microsoft Word - 年度计划.doc"), clean_title("文档1"), clean_title(" ")
    ('年度计划', None, None)
    """
    title = _SUFFIX.sub("", _PRINTED.sub("", text.strip()[:_LONGEST])).strip()
    return None if not title or _NO_TITLE.match(title) else title


def clean_author(text: str) -> str | None:
    """The author; None for the names that computers have when they are sold.

    >>> clean_author("Windows 用户"), clean_author("综合管理部")
    (None, '综合管理部')
    """
    author = text.strip()[:_LONGEST]
    return None if "".join(author.lower().split()) in _NO_AUTHORS else author or None


def _text(root: _Element | None, name: str) -> str:
    element = None if root is None else root.find(name)
    return "" if element is None else "".join(map(str, element.itertext()))


def _day(text: str) -> date | None:
    """The day as written, in the time zone as written: what is stored is what is said."""
    match = _DAY.match(text.strip())
    if match is None or text.strip() == _TEMPLATE_MOMENT or int(match[1]) < _OLDEST_YEAR:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _count(root: _Element | None, name: str) -> int | None:
    if root is None:
        return None
    for element in root.iterchildren("{*}" + name):
        text = (element.text or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    return None
