"""Days in digits that only what is around tells from numbers: 时间：12.1~12.7, 6.30前, 20240630前, 3/1-3/15."""

from __future__ import annotations

import re

from docparse.expr.time_intervals import Found, read_time
from docparse.expr.time_words import FORE

_LABEL = re.compile("(?:时间|日期|[期止效]日|[工周]期|起止|期限|进度|阶段)[：:]\\s?\\Z")
_LABEL_REACH = 6
_MONTH = "(?:0?[1-9]|1[0-2])"
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_RANGE = re.compile(
    f"(?P<m>{_MONTH})\\.(?P<d>{_DAY})\\s?[-~—–至到]{{1,2}}\\s?(?:(?P<n>{_MONTH})\\.)?(?P<e>{_DAY})(?![0-9.%％万元个])"
)
# At the head of a line or a cell; the day is no denominator where one of the two is past 9.
_SLASHED = re.compile(
    f"(?P<m>{_MONTH})/(?P<d>{_DAY}) ?[-~至到] ?(?P<n>{_MONTH})/(?P<e>{_DAY})(?=$|[\\s|:,)。、，；;\u4e00-\u9fff])"
)
_LINE_HEAD = ("", "\n", "\r", "\t", "|")
_LINE_HEAD_REACH = 2
_BEFORE = re.compile(f"(?P<m>{_MONTH})\\.(?P<d>{_DAY})(?=以前|之前|{FORE}(?![0-9一二三四五六七八九十几]))")
# 版本2.1前, 图3.2前: the number of a thing.
_NUMBERED = re.compile("[0-9A-Za-z.版本件图表章节条款项第号了至比达到]\\Z")
_RUN = re.compile("(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9])")
_CLOSED = re.compile(f"以前|之前|{FORE}|起(?![草诉])|止|至")
_SUFFIX_REACH = 4


def read_dotted(text: str, start: int) -> Found | None:
    """The day or the interval that begins exactly at `start`, or None."""
    labelled = _LABEL.search(text, max(0, start - _LABEL_REACH), start) is not None
    match = _RANGE.match(text, start) if labelled else None
    if match is None and (labelled or text[max(0, start - 1) : start] in _LINE_HEAD):
        match = _SLASHED.match(text, start)
        if match and max(int(match["d"]), int(match["e"])) <= 9:
            return None
    if match is not None:
        return _read(f"{match['m']}月{match['d']}日至{match['n'] or match['m']}月{match['e']}日", "", match.end())
    match = _RUN.match(text, start)
    if match is not None and (labelled or _CLOSED.match(text, match.end())):
        written = f"{match['y']}年{int(match['m'])}月{int(match['d'])}日"
        return _read(written, text[match.end() : match.end() + _SUFFIX_REACH], match.end())
    match = _BEFORE.match(text, start)
    if match is not None and not _NUMBERED.search(text, max(0, start - 1), start):
        return _read(f"{match['m']}月{match['d']}日", text[match.end() : match.end() + _SUFFIX_REACH], match.end())
    return None


def _read(written: str, after: str, end: int) -> Found | None:
    """What is `written` in full, with what of the text `after` it belongs to it; `end` is where that begins."""
    found = read_time(written + after, 0)
    if found is None or found.end < len(written):
        return None
    return found._replace(end=end + found.end - len(written))
