"""Days written as month.day, which only a label in front of a range tells from decimals: 时间：12.1~12.7."""

from __future__ import annotations

import re

from docparse.expr.time_intervals import Found, read_time

_LABEL = re.compile("(?:时间|日期|[工周]期|起止|期限|进度|阶段)[：:]\\s?\\Z")
_LABEL_REACH = 6
_MONTH = "(?:0?[1-9]|1[0-2])"
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_RANGE = re.compile(
    f"(?P<m>{_MONTH})\\.(?P<d>{_DAY})\\s?[-~—–至到]{{1,2}}\\s?(?:(?P<n>{_MONTH})\\.)?(?P<e>{_DAY})(?![0-9.%％万元个])"
)


def read_dotted(text: str, start: int) -> Found | None:
    """The interval that begins exactly at `start` behind its label, or None."""
    if _LABEL.search(text, max(0, start - _LABEL_REACH), start) is None:
        return None
    match = _RANGE.match(text, start)
    if match is None:
        return None
    written = f"{match['m']}月{match['d']}日至{match['n'] or match['m']}月{match['e']}日"
    found = read_time(written, 0)
    return found._replace(end=match.end()) if found is not None and found.end == len(written) else None
