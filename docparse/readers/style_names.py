"""What the name of a paragraph style says, in any format: heading level, title, table of contents."""

from __future__ import annotations

import re

# Word stores the English name of its own styles; other programs, and styles that people make, use these.
_HEADING_NAME = re.compile(
    r"(?:heading|标题|標題|見出し|überschrift|titre|título|titolo|заголовок|rubrik|kop|제목)[ ]?([1-9])$", re.IGNORECASE
)
_LEVEL_NAME = re.compile(r"([1-9一二三四五六七八九])级标题$|标题([一二三四五六七八九])$")
_TITLE_NAMES = frozenset(("title", "标题", "標題", "titel", "文档标题", "公文标题"))
# Not a heading: under a title it would open a section of its own.
_SUBTITLE_NAMES = frozenset(("subtitle", "副标题", "副標題", "untertitel"))
_TOC_NAME = re.compile(
    r"(?:toc|目录|目錄|contents)[ ]?[1-9]0?$|(?:toc|contents|目录|目錄)[ ]?heading$|table of figures$", re.IGNORECASE
)
_CODED = re.compile(r"_([0-9a-fA-F]{2})_")  # how OpenDocument writes a space: Heading_20_1


def plain_name(name: str) -> str:
    """The name as people see it.

    >>> plain_name("Heading_20_1"), plain_name(" 标题 1;")
    ('Heading 1', '标题 1')
    """
    return _CODED.sub(lambda match: chr(int(match[1], 16)), name).strip().removesuffix(";").strip()


def named_level(name: str) -> int | None:
    """The 1-based heading level that a plain name gives, or None.

    >>> named_level("heading 2"), named_level("三级标题"), named_level("正文")
    (2, 3, None)
    """
    if found := _HEADING_NAME.match(name):
        return int(found[1])
    if found := _LEVEL_NAME.match(name):
        digit = found[1] or found[2]
        return int(digit) if digit.isascii() else "一二三四五六七八九".index(digit) + 1
    return None


def is_title(name: str, *, inherited: bool) -> bool:
    """True where the name is that of a title, or the style is based on one and its name is not that of a subtitle."""
    return name.lower() in _TITLE_NAMES or (inherited and name.lower() not in _SUBTITLE_NAMES)


def is_contents(name: str) -> bool:
    """True where the name is that of an entry or the heading of a table of contents or figures."""
    return _TOC_NAME.match(name) is not None
