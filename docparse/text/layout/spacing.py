"""Spaces that do not belong: between a number and its unit, inside numbers and dates, inside words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from docparse.lexicon import load_toml
from docparse.lexicon.patterns import late
from docparse.text.edits import Edit
from docparse.text.layout.cut_lines import cost, line_odds

UNITS = frozenset("年月日号时分秒天周个家人名户项次万亿元吨亩套台辆件条份倍岁%％‰米公平立千百间张所篇期批位届座")
DATE_UNITS = frozenset("年月日号")
SPACES = re.compile(r"[ 　]+")
# 1 6 5 5 亿: single digits, each behind one space, perhaps with a decimal point.
SPACED_DIGITS = re.compile(r"\d(?: \d){1,12}(?: ?[.．] ?\d(?: \d){0,5})?(?! ?\d)")
# Two digits alone are believed before these only: 5 8 万册, but 1 2 月份 may be two months.
AFTER_TWO = re.compile(r" ?(?:[万亿%％‰]|个百分点)")
AFTER_POINT = re.compile(r"[.．]\d{1,4}(?!\d)")
# 9. 7亿元: behind a word, so that 4. 24小时 at the start of a line stays an item
BEFORE_FRACTION = r"[一-鿿]\d{1,5}[.．]$"
FRACTION = re.compile(r"\d{1,2} ?(?:[%％‰万亿倍]|个百分点)")
THOUSANDS = re.compile(r",\d{3}(?!\d) ?[万亿元个人名家户吨亩台套辆件平公册张份]")
IN_DATE = re.compile(r"\d{1,2}[ 　]{0,2}[月日号]")
SPACED_WORD = re.compile(r"[一-鿿](?:[ 　]{1,4}[一-鿿](?![一-鿿])){1,15}")
CHAPTER = re.compile(r"第[一二三四五六七八九十百\d]{1,3}[章节条编篇]")
MARKER = re.compile(
    r"[ 　\t]{0,20}(?:第[一二三四五六七八九十百\d]{1,3}[章节条编篇]|[一二三四五六七八九十]{1,3}、)?[ 　]{0,8}"
)
SENTENCE_MARKS = frozenset("，。；！？,;")
DIGIT_SPACED = 3  # numbers of three spaced digits or more make a document whose numbers are all spaced
# How much likelier (natural logarithm) no space is than one inside a sentence. Lists of names and titles: at most 7.5.
LIKELIER = 9.0
MUCH_LIKELIER = 10.5  # where the words on both sides are whole


def close_units(text: str) -> Iterator[Edit]:
    """The text without spaces between a number and its unit, nor inside dates.

    Damage: `全省100 个县`, `2024 年 5 月 1 日`. Cause: Word and PDF put a quarter of a space between digits and Chinese
    characters, and what reads them writes a whole one. Cure: the space goes. Left alone: a line's start, where
    `1 个人总结` is a marker and a heading, words that only begin like a unit (表 2 人员名单), the space before a number
    (a habit of setting, and no word or number is cut).
    """
    for m in SPACES.finditer(text):
        start, end = m.span()
        if end - start > 2 or not start or end == len(text):
            continue
        before, after = text[start - 1], text[end]
        if after in UNITS and before.isdigit() and (after in DATE_UNITS or "　" not in m[0]):
            if not text.startswith(_no_units(), end) and not _starts_line(text, start):
                yield _close(start, end, "space before a unit", 0.9)
        elif before in "年月" and text[start - 2 : start - 1].isdigit() and IN_DATE.match(text, end):
            yield _close(start, end, "space inside a date", 0.95)


@cache
def _no_units() -> tuple[str, ...]:
    return tuple(load_toml("page_glue")["spaced"]["no_units"])


def _close(start: int, end: int, evidence: str, certainty: float) -> Edit:
    return Edit(start=start, end=end, after="", kind="spacing", evidence=evidence, certainty=certainty)


def _starts_line(text: str, at: int) -> bool:
    """Whether only a number stands between the line's start and `at`; a year (four digits) is no marker."""
    start = at
    while start > 0 and at - start < 10 and (text[start - 1].isdigit() or text[start - 1] == "."):
        start -= 1
    digits = text[start:at]
    if digits.isdigit() and len(digits) >= 4:
        return False
    indent = start
    while indent > 0 and start - indent < 20 and text[indent - 1] in " 　\t":
        indent -= 1
    return indent == 0 or text[indent - 1] in "\n\r"


def close_numbers(text: str) -> Iterator[Edit]:
    """The text without spaces inside numbers.

    Damage: `1 6 5 5 亿`, `12 .5%`, `增长9. 7%`, `1 ,234个`. Cause: letter-spaced setting, or a PDF that places every
    digit by itself. Cure: the spaces go, where a unit shows that the digits are one number; in a document with several
    numbers set so, two digits are enough. Left alone: 1 2 3 4 5 (they count), digits at a line's start with a point
    behind them (4. 24小时), lists (100, 200).
    """
    runs: list[re.Match[str]] = []
    at = 0
    for m in SPACES.finditer(text):
        start, end = m.span()
        if (
            not start
            or end == len(text)
            or end - start > 2
            or not (text[start - 1].isdigit() or text[start - 1] in ".．")
        ):
            continue
        if start >= at and end - start == 1 and text[end].isdigit() and text[start - 2 : start - 1] not in _NUMERIC:
            run = SPACED_DIGITS.match(text, start - 1)
            if run is not None and not _counts(run[0]):
                runs.append(run)
                at = run.end()
        if start >= at:
            evidence = _cut_number(text, start, end)
            if evidence:
                yield _close(start, end, evidence, 0.9)
    many = sum(_is_number(text, run, many=False) for run in runs if len(run[0]) >= 5) >= DIGIT_SPACED
    for run in runs:
        if _is_number(text, run, many=many):
            for hole in SPACES.finditer(text, run.start(), run.end()):
                yield _close(hole.start(), hole.end(), "spaced digits", 0.9)


_NUMERIC = frozenset("0123456789.,．")


def _counts(words: str) -> bool:
    """Are the digits three or more that count on (1 2 3 4)?"""
    digits = [int(char) for char in words if char.isdigit()]
    return len(digits) > 2 and all(b == a + 1 for a, b in pairwise(digits))


def _is_number(text: str, run: re.Match[str], *, many: bool) -> bool:
    digits = sum(char.isdigit() for char in run[0])
    after = text[run.end() : run.end() + 2].lstrip(" ")[:1]
    if digits >= 3 and after and after in UNITS:
        return True
    behind_word = run.start() > 0 and "一" <= text[run.start() - 1] <= "鿿"
    if many:
        return after in UNITS or (behind_word and not (after.isascii() and after.isalnum()))
    if digits >= 3:
        return False
    return AFTER_TWO.match(text, run.end()) is not None and (behind_word or text[run.start() - 1 : run.start()] == " ")


def _cut_number(text: str, start: int, end: int) -> str:
    """Why the space `text[start:end]` behind a digit or point cuts a number; empty if it does not."""
    before, after = text[start - 1], text[end]
    if before.isdigit() and after in ".．":
        point = AFTER_POINT.match(text, end)
        unit = text[point.end() : point.end() + 2].lstrip(" ")[:1] if point is not None else ""
        return "space before a decimal point" if unit and unit in UNITS else ""
    if before in ".．":
        cut = late(BEFORE_FRACTION).search(text[max(0, start - 8) : start]) and FRACTION.match(text, end)
        return "space behind a decimal point" if cut else ""
    if before.isdigit() and after == "," and text[max(0, start - 4) : max(0, start - 3)] not in _NUMERIC:
        return "space inside a number" if THOUSANDS.match(text, end) else ""
    return ""


def close_words(text: str) -> Iterator[Edit]:
    """The text without spaces inside words.

    Damage: `版 本 历 史`, `目　　录`, `客户服务工 作要根据`, `成功 的从业人员`. Cause: letter-spaced headings, and PDF
    lines whose gaps were read as spaces. Cure: letter-spaced characters are closed if words of the dictionary cover
    them (two only as one of the headings and labels that are set so, alone on their line); a space in a sentence if it
    stands before 的, or cuts a word and the character table finds a space unlikely. `第 一 章 总 则` keeps the space
    behind its marker. Left alone: names (张 三 李 四), lists (甲 乙 丙 丁, 大 中 小), blanks (年 月 日), spaces between
    words.
    """
    at = 0
    for m in SPACES.finditer(text):
        start, end = m.span()
        if start < at or not start or end == len(text) or end - start > 4:
            continue
        if not ("一" <= text[start - 1] <= "鿿" and "一" <= text[end] <= "鿿"):
            continue
        if not "一" <= text[start - 2 : start - 1] <= "鿿":
            run = SPACED_WORD.match(text, start - 1)
            if run is not None:
                at = run.end()
                for hole in _holes(text, run):
                    yield _close(*hole, "letter-spaced word", 0.9)
                continue
        if end - start == 1 and text[start] == " ":
            evidence = _cut_sentence(text, start)
            if evidence:
                yield _close(start, end, evidence, 0.9)


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = load_toml("page_glue")["spaced"]
    return frozenset(table["headings"]), frozenset(table["lists"]), frozenset(table["surnames"])


def _holes(text: str, run: re.Match[str]) -> list[tuple[int, int]]:
    """The spaces to take out of a run of single characters; none if the run is no word."""
    headings, lists, surnames = _words()
    word = re.sub("[ 　]", "", run[0])
    holes = [hole.span() for hole in SPACES.finditer(run[0])]
    marker = CHAPTER.match(word)
    rest = word[marker.end() :] if marker is not None else word
    if len(rest) == 2:
        known = rest in headings and _alone(text, run)
    else:
        named = len(rest) in (3, 4) and rest[0] in surnames and (len(rest) == 3 or rest[2] in surnames)
        known = len(rest) > 2 and not named and not lists.issuperset(rest) and _covered(rest)
    if not known:
        return []
    kept = len(word) - len(rest) - 1  # the space behind 第一章
    return [(run.start() + a, run.start() + b) for i, (a, b) in enumerate(holes) if i != kept]


def _alone(text: str, run: re.Match[str]) -> bool:
    """Does a run have its line for itself, but for a marker before it and a colon behind it?"""
    line = text.rfind("\n", max(0, run.start() - 40), run.start()) + 1
    if line == 0 and run.start() > 40:
        return False
    before = MARKER.fullmatch(text, line, run.start())
    stop = run.end()
    while stop < len(text) and text[stop] in " 　\t":
        stop += 1
    return before is not None and text[stop : stop + 1] in ("", "\n", "：", ":")


def _covered(word: str) -> bool:
    """Do words of the dictionary cover `word`, up to one character in four?"""
    # cost counts 1 for a word and 1.5 for a character: without characters by themselves it is a whole number
    spare = len(word) // 4
    return cost(word) <= (len(word) - spare) / 2 + 1.5 * spare


def _cut_sentence(text: str, at: int) -> str:
    """Why the space at `at`, between two Chinese characters inside a line, cuts a sentence; empty if it does not."""
    left, right = text[max(0, at - 60) : at].rsplit("\n", 1)[-1], text[at + 1 : at + 61].split("\n", 1)[0]
    if not (SENTENCE_MARKS & {*left, *right}) or "\t" in left or "\t" in right:
        return ""
    if right[0] == "的" and "一" <= right[1:2] <= "鿿" and right[1] not in "确士" and "一" <= left[-2:-1] <= "鿿":
        return "space before 的"
    gain, odds = line_odds(left, right)
    inside = SENTENCE_MARKS & {*left} and SENTENCE_MARKS & {*right}
    cut = (gain >= 1.5 and odds >= LIKELIER) or (inside and gain > 0 and odds >= MUCH_LIKELIER)
    return "space inside a word" if cut and len(left) > 1 and len(right) > 1 else ""
