"""Numbering: what a marker at some place says, and which marker stands above which."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

CN = "一二三四五六七八九十百零〇"
_PLACES = {"十": 10, "百": 100}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "壹": 1, "贰": 2, "叁": 3, "参": 3, "肆": 4}
_DIGITS |= {"伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "首": 1}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLES = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x2474 + i): i + 1 for i in range(20)}
_CIRCLES |= {chr(0x2488 + i): i + 1 for i in range(20)} | {chr(0x3220 + i): i + 1 for i in range(10)}


# The Chinese characters and wide marks that a marker can begin with; most lines are told apart by their first one.
_FIRST = frozenset(CN + _STEMS + "第步任专阶壹贰叁参肆伍陆柒捌玖拾")


_REACH = 60  # characters that are looked at


class Marker(NamedTuple):
    """A marker: its style (equal styles are siblings), its number (0 where it has none), its place."""

    style: str
    number: int
    start: int
    end: int


# Order matters: the longer spelling first. Each part is bounded, none can match empty.
_MARKER = re.compile(
    rf"""(?:
    第(?P<chapter>[{CN}\d]{{1,5}})\s?(?P<unit>[编章节篇]|部分)(?=[\s《“（(：:]|[\u4e00-\u9fff]|$)[：:、]?
  | 第(?P<clause>[{CN}\d]{{1,6}})条(?:之[一二三四五六七八九])?(?=[\s【（(：:]|$)[：:]?
  | 第(?P<phase>[{CN}\d]{{1,3}})(?P<step>阶段|步骤|步|季度|周|方面|部门)(?=[\s：:，,（(、]|$)[：:，,、]?
  | (?P<stepword>步骤|任务|专栏|阶段)\s?(?P<stepno>[{CN}]{{1,3}}|\d{{1,2}})(?=[\s：:]|$)[：:]?
  | 第(?P<ordinal>[{CN}]{{1,3}})[、：:，,.]
  | [（(](?P<cnp>[{CN}]{{1,4}})[）)][、.．。]?
  | (?P<cn>[{CN}]{{1,3}})(?:\s?[、．.，,：:]|[\u3000 ]{{1,3}}(?=[\u4e00-\u9fff]{{2,20}}(?:\s|$)))
  | (?P<big>[壹贰叁参肆伍陆柒捌玖拾]{{1,2}})\s?[、.．]
  | (?P<stem>[甲乙丙丁戊己庚辛壬癸])\s?[、.．]
  | [（(](?P<stp>[甲乙丙丁戊己庚辛壬癸])[）)][、.．]?
  | [（(](?P<np>\d{{1,2}})[）)][、.．]?
  | (?P<dec>\d{{1,2}}(?:(?:[.．]|(?<!0)。\s{{0,3}})\d{{1,2}}){{1,4}})[、.．]?
    (?![\d%％‰万亿元倍个米公吨千年月小℃])(?=\s?\D)
  | (?P<n>\d{{1,3}})\s?(?P<sep>[、．.，,]|[：:](?=\s)|。(?=\s|[\u4e00-\u9fff]))(?!\d(?!\d{{0,4}}[年月元万]))
  | (?P<nb>\d{{1,2}})[）)][、.．]?
  | (?P<ns>\d{{1,2}})[\u3000 ]{{1,3}}(?=[\u4e00-\u9fff]{{2,24}}(?:\s|$))
  | (?P<circle>[①-⑳⑴-⒇⒈-⒛㈠-㈩])[、.．]?
  | [（(](?P<alp>[a-zA-Z])[）)]
  | (?P<al>[a-zA-Z])(?:[、.．)）]|。(?=\s|[\u4e00-\u9fff]))(?![a-zA-Z.\d])
  | (?P<yi>[一二三四五六七八九十])(?P<yiword>[是要])(?![非否])
  | (?P<bullet>\*(?!\*)|[-+•●◆■▪►➢·○◇□★※▶]|——|—|[\ue000-\uf8ff])
    )[\s\u3000]{{0,8}}""",
    re.X,
)

# A marker stands above every marker of a higher rank. Styles without a rank stand where they are met.
_RANKS = {
    "编": 0.0,
    "部分": 0.3,
    "篇": 0.4,
    "章": 1.0,
    "节": 2.0,
    "clause": 3.0,
    "big": 3.5,
    "stem": 3.6,
    "part": 3.9,
    "cn": 4.0,
    "stp": 4.5,
    "cnp": 5.0,
    "n、": 6.0,
    "n.": 6.0,
    "ns": 6.0,
    "inner": 6.95,
    "nb": 7.0,
    "np": 7.0,
    "circle": 8.0,
    "al": 9.0,
    "alp": 9.5,
    "bullet": 20.0,
}


def rank_of(style: str) -> float | None:
    """Return how deep `style` usually stands (0 = highest), None where usage says nothing."""
    if style.startswith("dec"):
        return 6.0 + int(style[3:]) / 10
    if style.startswith("h"):
        return -10.0 + int(style[1:]) / 10
    return _RANKS.get(style)


def read_number(digits: str) -> int:
    """Return the value of Chinese or decimal numerals; 0 when they are none.

    >>> read_number("二十三"), read_number("十"), read_number("07")
    (23, 10, 7)
    """
    if digits.isdecimal():
        return int(digits)
    total = current = 0
    for char in digits:
        if char in _PLACES or char == "拾":
            total += (current or 1) * _PLACES.get(char, 10)
            current = 0
        else:
            current = _DIGITS.get(char, 0)
    return total + current


def read_marker(text: str, start: int, end: int) -> Marker | None:
    """Return the marker that stands at `start`, its end after the white space behind it, or None.

    Cross-references (11.5.14.2的试验) and decimal numbers are none.
    """
    if start >= end or ("\u33ff" < text[start] < "\ue000" and text[start] not in _FIRST):
        return None
    known = _read(text[start : min(end, start + _REACH)])
    return None if known is None else Marker(known.style, known.number, start, start + known.end)


@lru_cache(maxsize=4096)  # the same line is read by several steps, and markers come again and again
def _read(words: str) -> Marker | None:
    hit = _MARKER.match(words)
    if hit is None:
        return None
    name = hit.lastgroup or ""
    stop = hit.end()
    if name in ("chapter", "unit"):
        return Marker(hit["unit"], read_number(hit["chapter"]), 0, stop)
    if name in ("phase", "step"):
        return Marker("phase" + hit["step"], read_number(hit["phase"]), 0, stop)
    if name in ("stepword", "stepno"):
        return Marker("phase" + hit["stepword"], read_number(hit["stepno"]), 0, stop)
    if name in ("n", "sep"):
        return Marker("n、" if hit["sep"] in "、,，：:" else "n.", int(hit["n"]), 0, stop)
    if name in ("yi", "yiword"):
        return Marker("yi" + hit["yiword"], read_number(hit["yi"]), 0, stop)
    if name == "dec":
        if words[stop : stop + 1] in ("的", "条", "款", "节", "和", "至"):
            return None
        pieces = re.split(r"[.．。]\s{0,3}", hit["dec"])
        return Marker(f"dec{len(pieces)}", int(pieces[-1]), 0, stop)
    if name == "circle":
        return Marker("circle", _CIRCLES.get(hit["circle"], 0), 0, stop)
    if name in ("stem", "stp"):
        return Marker(name, _STEMS.index(hit[name]) + 1, 0, stop)
    if name in ("al", "alp"):
        return Marker(name, ord(hit[name].lower()) - 96, 0, stop)
    if name == "bullet":
        return Marker("bullet", 0, 0, stop)
    return Marker(name, read_number(hit[name]), 0, stop)
