"""What a file says of itself, in any format: title, author and days, without what programs fill in by themselves."""

from __future__ import annotations

import re
from datetime import date

from docparse.readers.pieces import name_set

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T|$)")
_OLDEST_YEAR = 1990  # programs write 1601, 1899 or 1980 where they know no date
# Every file that python-docx makes was created then, and what other programs turn it into.
_TEMPLATE_MOMENT = "2013-12-23T23:15"
_NO_AUTHORS = name_set(
    "微软用户 微軟使用者 微软中国 windows用户 windows使用者 windowsuser microsoft microsoftoffice microsoftofficeuser"
    " admin administrator administrators user users owner lenovo lenovouser hp dell asus acer huawei thinkpad pc mypc"
    " python-docx apachepoi openpyxl docx4j wps_office wpsoffice un-named unnamed unknown anonymous author china"
    " walkinnet 作者 用户 未知 匿名 默认用户 个人用户 微信用户 超级管理员 管理员 雨林木风 深度技术 番茄花园 系统之家"
)
_NO_TITLE = re.compile(
    r"(?:(?:(?:microsoft ?)?word|ppt|powerpoint|wps)? ?(?:文档|文件|演示文稿|幻灯片|document|doc)?"
    r"|新建 ?(?:microsoft ?)?(?:office ?)?(?:word ?)?(?:文档|文件)|untitled|unknown|title|none|null"
    r"|无标题|無標題|未命名|无题|标题|題目|题目|[\d\s_.+-]{1,40})[\s_-]{0,2}(?:[(（]\d{1,4}[)）]|\d{0,4})",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) ?[-–]|(?:wps(?: office| 文字)?|print|打印) [-–]) ?", re.IGNORECASE
)
_SUFFIX = re.compile(r"\.(?:docx?|docm|dotx?|wps|rtf|odt|pdf|html?|indd|pptx?|xlsx?|txt|tmp)$", re.IGNORECASE)
_LONGEST = 300


def clean_title(text: str | None) -> str | None:
    """The title without what printer drivers add; None for what programs fill in.

    >>> clean_title("Microsoft Word - 年度计划.doc"), clean_title("文档1"), clean_title("3D打印-产业计划")
    ('年度计划', None, '3D打印-产业计划')
    """
    title = (text or "").replace("\0", "").strip()[:_LONGEST]
    printed = _PRINTED.match(title)
    title = _SUFFIX.sub("", title[printed.end() :] if printed else title).strip()
    return None if not title or _NO_TITLE.fullmatch(title) else title


def clean_author(text: str | None) -> str | None:
    """The author; None for the names that computers have when they are sold.

    >>> clean_author("Windows 用户"), clean_author("综合管理部")
    (None, '综合管理部')
    """
    author = (text or "").replace("\0", "").strip()[:_LONGEST]
    return None if "".join(author.lower().split()) in _NO_AUTHORS else author or None


def read_day(moment: str | None) -> date | None:
    """The day of a moment in ISO 8601, in the time zone as written: what is stored is what is said.

    None for what is no day, and for those that programs write where they know none.

    >>> read_day("2026-03-01T08:00:00"), read_day("1601-01-01T00:00:00Z"), read_day("yesterday")
    (datetime.date(2026, 3, 1), None, None)
    """
    text = (moment or "").strip()
    match = _DAY.match(text)
    if match is None or text.startswith(_TEMPLATE_MOMENT) or int(match[1]) < _OLDEST_YEAR:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
