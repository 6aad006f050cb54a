"""What a value is for each of: 每人, 元/月, 人均, 年产."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from docparse.expr.quantity_words import UnitWord
from docparse.lexicon import load_toml

_LOOK_BACK: Final = 16  # characters before a number that may say what it is for each of
_DIGIT: Final = "一二两三四五六七八九壹贰叁肆伍陆柒捌玖"


@cache
def _each_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, load_toml("denominators")["each"]), key=len, reverse=True))
    some = r"(?:[0-9]{1,2}|[两二三四五六十])个?(?=月|周|星|天|日|年|小时|季|学|工作)"
    return re.compile(rf"[每/·•](?:一)?(?:个(?={names}))?(?P<each>(?:{some})?(?:{names}))")


@cache
def _mean_words() -> dict[str, str]:
    return dict(load_toml("denominators")["mean"])


@cache
def _yield_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """年产 and the like, unless 年 ends a year (2024年产量) or 产 begins another word (年产业)."""
    table = dict(load_toml("denominators")["yield"])
    return re.compile(
        rf"(?<![0-9Xx×*{_DIGIT}十〇零全今去明本当往上近每半几])(?:{'|'.join(table)})(?![业品能区地])"
    ), table


_PERIODS: Final = ("年", "月", "日", "周")
_LEVEL: Final = re.compile("均(?:浓度|气温|温度|降水|降雨|水平)")  # 年均浓度 is a level, not so much a year
_CUT: Final = re.compile(r"[，。；：、！？,;:!?\n（）()]")


def find_per(text: str, floor: int, start: int, end: int, unit: UnitWord | None) -> tuple[tuple[str, ...], int]:
    """Return what the value is for each of, and the mention's end with a trailing 元/月.

    Args:
        floor: nothing before it is looked at: the end of the mention before.
    """
    if unit is not None and unit.written in ("岁", "周岁"):
        return (), end
    each = _each_pattern()
    found: list[str] = []
    at = end
    if text[at : at + 1] in ("/", "每") and unit is not None and (text[at] == "/" or not unit.measure):
        while len(found) < 3 and (match := each.match(text, at)):
            found.append(match["each"])
            at = match.end()
    if found:
        return tuple(found), at
    window = _CUT.split(text[max(floor, start - _LOOK_BACK) : start])[-1]
    ratio = unit is not None and unit.kind in ("percent", "percent_point", "multiple")
    return _per_before(window, ratio), end


# Behind 每个 the noun's head says for each of what: 每个脱贫县.
_EACH_HEAD: Final = re.compile(
    r"[一-鿿]{1,5}?(县|乡镇|街道|社区|村|镇|市|区|校|店|企业|部门|单位|车间|班组|小组|班级|家庭|员工|学生|客户|项目)"
    r"(?=[^一-鿿]|至少|不少|都|要|应|均|须|必须|每|发|建|有|配|安|设|培|完|确|选|打|新|派|组|举|开)"
)


def _headed(window: str, each: re.Match[str]) -> str:
    """Return what a value is for each of: the noun's head where only 每个 and a modifier stand before it."""
    if each[0] not in ("每个", "每一个"):
        return each["each"]
    head = _EACH_HEAD.match(window, each.end())
    return head[1] if head else each["each"]


def _per_before(window: str, ratio: bool) -> tuple[str, ...]:
    """Return 人 月 for 每人每月; 人均收入增长5% is not so much for each person, 年均增长5% is for each year."""
    if "每" in window:
        found = [match for match in _each_pattern().finditer(window) if match[0][0] == "每"]
        return tuple(_headed(window, match) for match in found)
    if "均" in window and not _LEVEL.search(window):
        means = _mean_words().items()
        return tuple(per for word, per in means if word in window and not (ratio and per not in _PERIODS))
    if not ratio and ("产" in window or "处理" in window or "年" in window):
        pattern, table = _yield_words()
        return tuple(table[match[0]] for match in pattern.finditer(window))
    return ()
