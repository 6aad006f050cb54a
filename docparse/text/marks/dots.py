"""Full stops and decimal points in each other's place: 0。5分, 增长11.4%.预计; commas of numbers: 1，234元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from docparse.lexicon import load_toml
from docparse.text.edits import Edit
from docparse.text.marks.stray_marks import opens_sentence

HAN = "一-鿿"
# At most three line ends: a sentence splitter sets one or two.
SPLIT_NUMBER = re.compile(r"。([ 　\t]{0,4}(?:\n[ 　\t]{0,8}){0,3})(?=\d{1,2}\D)")
LEFT_NUMBER = re.compile(r"(?:^|[^\d.,，:：/／\-—第~～+*])(\d{1,4})$")
AFTER_UNIT = re.compile(r"\s|$|[，,。；;、：:！？）)”》/／]|\.(?!\d)")
DOTTED_NAME = re.compile(
    r"。(?<=[0-9A-Za-z].)[ \n]{0,3}(?=[a-z]{2,4}(?![0-9A-Za-z]))|。(?<=www.)[ \n]{0,3}(?=[0-9a-z])"
)
COMMA_IN_NUMBER = re.compile(r"，(?<=\d.)\d{3}(?!\d)")
FULL_WIDTH_GROUPS = re.compile(
    r"(?<![\d，,.])([1-9]\d{0,2})((?:，\d{3}){1,4})(?![\d，])(?=(?:\.\d{1,4})? ?[元万亿人吨名户个亩公平立美件台套辆家])"
)

STOP = re.compile(
    rf"[.．](?<=[{HAN}%％）)”\"》】].)(?=[{HAN}“《（【\"X×x2]|[A-Z]{{2,8}}(?![a-z])|[ 　]{{0,4}}(?:\n|$))"
)
MASK_OR_YEAR = re.compile(r"(?:[Xx×]{2}|20[0-9Xx×]{2}年)")
CAPITALS = re.compile(r"[A-Z]{2,8}")
CLAUSE_START = re.compile(r"[。！？；!?;\n.．]")
MEASURED_END = re.compile(r"\d(?:[%％]|[万亿千百]?(?:元|套|吨|人|个|台|户|次|件|家|名|亩|公里|平方米|万|亿)|分)$")
# A clause that is long enough to be a sentence.
LONG = 8
SHORT = 5
LEAST_STOPS = 3
ENOUGH_POINTS = 3
POINT_LEFT = re.compile(r"\.(?<=\d.)\d{1,2}[%％亿万元]")
REACH = 120
SIGNS = ("￥", "¥", "≥", "≤", "＞", "＜", ">", "<")


def restore_decimal_points(text: str) -> Iterator[Edit]:
    """`0。5分` becomes `0.5分`, also where a sentence splitter cut behind the false stop (`扣0。⏎⏎5分`).

    A converter turned every `.` into `。`. Cured only where digits stand on both sides, words stand before the left
    number on its line, and a unit that takes decimals follows the right one and ends there. Left: chains of outline
    numbers (`3。⏎4。⏎5移库`), `3。⏎4、`, sentences that end in a number (`总数为0。3个部门`, `2.27:1。15个`).
    """
    if "。" not in text:
        return
    found = [(m, number, _is_decimal(text, m, number)) for m, number in _false_points(text)]
    sure = sum(good for _, _, good in found)
    # Where the points of the page were turned, the unit alone is enough: 我们接通了21。3万个电话.
    all_turned = sure >= ENOUGH_POINTS and sure > len(POINT_LEFT.findall(text))
    for m, number, good in found:
        if good or all_turned:
            yield Edit(
                start=m.start(),
                end=m.end(),
                after=".",
                kind="decimal-point",
                certainty=0.95 if number[1] == "0" else 0.85,
                evidence="a number cut at a full stop" if m[1] else "a full stop inside a number",
            )


def _false_points(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The stops between a number that words introduce and one with a unit of decimals; and the left number."""
    words = _decimals()
    for m in SPLIT_NUMBER.finditer(text):
        number = LEFT_NUMBER.search(text, max(0, m.start() - 8), m.start())
        end = _digits_end(text, m.end())
        if number is None or text.startswith(words.longer, end) or not text.startswith(words.units, end):
            continue
        lead = text[number.start(1) - 1 : number.start(1)]
        if ("一" <= lead <= "鿿" or lead in SIGNS) and (lead not in words.ordinals or number[1] == "0"):
            yield m, number


def restore_dotted_names(text: str) -> Iterator[Edit]:
    """`tita。com` becomes `tita.com`: what every `.` of a page had become. Only before a known ending, or behind www.

    `埃里克。施密特` is left: that the stop was a name's dot can't be told from the text.
    """
    if "。" not in text:
        return
    endings = _decimals().endings
    for m in DOTTED_NAME.finditer(text):
        if _word(text, m.end()) in endings or text.startswith("www", m.start() - 3):
            yield Edit(
                start=m.start(),
                end=m.end(),
                after=".",
                kind="dotted-name",
                certainty=0.95,
                evidence="a name of the net, or of a file",
            )


def narrow_number_commas(text: str) -> Iterator[Edit]:
    """`27，203，319，000元` becomes `27,203,319,000元`: a page's commas were all made full-width.

    The groups must be of three digits and a unit must follow. `100，200元` may be two numbers and is left; a first
    group of three digits needs a last group of `000` or a third group that is no round hundred.
    """
    if not COMMA_IN_NUMBER.search(text):
        return
    for m in FULL_WIDTH_GROUPS.finditer(text):
        groups = m[2][1:].split("，")
        if len(m[1]) == 3 and all(g.endswith("0") and g != "000" for g in groups):
            continue
        if len(m[1]) == 3 and len(groups) == 1 and groups[0] != "000":
            continue
        for at in range(m.end(1), m.end(2), 4):
            yield Edit(
                start=at, end=at + 1, after=",", kind="number-comma", certainty=0.9, evidence="groups of three digits"
            )


def restore_full_stops(text: str) -> Iterator[Edit]:
    """`增长11.4%.预计…套.根据` becomes `增长11.4%。预计…套。根据`: a half-width stop between two Chinese sentences.

    Either the author writes `.` for 。 all through (three long sentences that end so), or the clause is long and ends
    in a measured number, or a word follows that opens sentences. Left: `1.概述`, `No.5`, files and hosts, `.NET`, names
    with a dot (`埃里克.施密特`), short pieces between dots (`诚信.务实.创新`).
    """
    stops = _stops_in(text)
    style = _is_style(text, stops)
    for m in stops:
        length = _clause_length(text, m.start())
        if _ends_line(text, m.end()) or length < SHORT or not (style or length >= LONG):
            continue
        if style:
            yield _full_stop(m, "the author's full stop")
        elif opens_sentence(text, m.end()) or MASK_OR_YEAR.match(text, m.end()):
            yield _full_stop(m, "a long clause ends here and a sentence begins")
        elif MEASURED_END.search(text, max(0, m.start() - 8), m.start()):
            yield _full_stop(m, "a long clause ends in a measured number")


def _full_stop(m: re.Match[str], evidence: str) -> Edit:
    return Edit(start=m.start(), end=m.end(), after="。", kind="full-stop", certainty=0.8, evidence=evidence)


def _stops_in(text: str) -> list[re.Match[str]]:
    return [m for m in STOP.finditer(text) if _may_be_stop(text, m)]


def _is_style(text: str, stops: list[re.Match[str]]) -> bool:
    """Whether so many long sentences end in a half-width stop that it is the author's."""
    return len(stops) >= LEAST_STOPS and sum(_clause_length(text, m.start()) >= LONG for m in stops) >= LEAST_STOPS


def _ends_line(text: str, at: int) -> bool:
    return not text[at : at + 1].strip()


def _may_be_stop(text: str, m: re.Match[str]) -> bool:
    """Whether neither a file name, a framework nor a foreign name explains the dot."""
    after = text[m.end() : m.end() + 1]
    if after in ("X", "x", "×", "2"):
        return MASK_OR_YEAR.match(text, m.end()) is not None
    if "A" <= after <= "Z":
        capitals = CAPITALS.match(text, m.end())
        return capitals is not None and capitals[0] not in _stops().dotted_names
    names = _stops().name_characters
    before = text[max(0, m.start() - 2) : m.start()]
    return not (len(before) == 2 and all(c in names for c in before + text[m.end() : m.end() + 2]))


def _clause_length(text: str, at: int) -> int:
    """Characters from the last end of a sentence, or the line's start, to `at`."""
    start = max(0, at - REACH)
    piece = text[start:at]
    cut = max(piece.rfind(c) for c in "。！？；!?;\n．")
    dot = piece.rfind(".")
    if dot > cut and not piece[dot + 1 : dot + 2].isdigit():
        cut = dot
    return len(piece) - cut - 1


def _is_decimal(text: str, m: re.Match[str], number: re.Match[str]) -> bool:
    """Whether what stands behind the stop can't begin a sentence: a measure that ends with its unit.

    A measure with 的 or 以上 behind it may begin one, so there the left number must not be able to end one: it is 0, or
    a word of measure stands before it.
    """
    words = _decimals()
    end = _digits_end(text, m.end())
    unit = next(u for u in words.units if text.startswith(u, end))
    end += len(unit)
    if unit in "万亿":
        end += next((len(u) for u in words.counted if text.startswith(u, end)), 0)
    if AFTER_UNIT.match(text, end):
        return True
    goes_on = text.startswith(words.goes_on, end) or (unit in words.percent and text.startswith(words.moves, end))
    return goes_on and (number[1] == "0" or text[number.start(1) - 1 : number.start(1)] in words.leads)


def _digits_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isdigit():
        at += 1
    return at


def _word(text: str, at: int) -> str:
    end = at
    while end < len(text) and text[end].isascii() and text[end].isalpha():
        end += 1
    return text[at:end]


class _Decimals:
    """The table of decimals, units with the longest first."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.units: tuple[str, ...] = tuple(sorted(table["units"], key=len, reverse=True))
        self.longer: tuple[str, ...] = tuple(table["longer"])
        self.counted: tuple[str, ...] = tuple(table["counted"])
        self.moves: tuple[str, ...] = tuple(table["moves"])
        self.goes_on: tuple[str, ...] = tuple(table["goes_on"])
        self.ordinals: frozenset[str] = frozenset(table["ordinals"])
        self.leads: frozenset[str] = frozenset(table["leads"])
        self.endings: tuple[str, ...] = tuple(table["endings"])
        self.percent = ("%", "％", "‰", "个百分点")


class _Stops:
    """The table of full stops."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.dotted_names: frozenset[str] = frozenset(table["dotted_names"])
        self.name_characters: frozenset[str] = frozenset(table["name_characters"])


@cache
def _decimals() -> _Decimals:
    return _Decimals(load_toml("stray_marks")["decimals"])


@cache
def _stops() -> _Stops:
    return _Stops(load_toml("stray_marks")["stops"])
