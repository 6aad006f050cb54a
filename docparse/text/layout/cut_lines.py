"""Line ends inside words and numbers: 负责⏎人, 7.4万⏎2、吨, 4.⏎5%."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from docparse.lexicon import load_toml
from docparse.lexicon.patterns import late
from docparse.text.edits import Edit
from docparse.text.evidence import load_words, text_log

BREAK = re.compile(r"\n\s*")
REACH = 24  # characters that are looked at on both sides of a break
LONGEST_WORD = 4
ONE = 1.5  # what a character by itself costs in a cutting into words; a word costs 1
# How much likelier (natural logarithm) the two halves are as one line than as two. Honest line ends of clean text with
# a word across them: at most 6.3; cut words: 10.8 and more, 7.8 for the case that also needs 的 behind it.
LIKELIER = 8.0
LIKELIER_WITH_PARTICLE = 7.0
# Between two words: honest line ends behind lines of thirty characters or more have at most 6.5.
LIKELIER_BETWEEN_WORDS = 10.0
MANY_CUTS = 3  # words cut in one text: its line ends are not its author's
MANY_CUTS_COUNT = 2.0  # how much less likely a line end then is
LONG_SENTENCE = 40
SNIPPET = 30  # characters; so short a text is no table
CLAUSE = re.compile("[，。；、,;]")
LONG = 10  # a line this long is no cell and no heading of a list
SHORT_TITLE = 4
# What a screen's running number looks like at a line's start.
RUNNING = re.compile(r"[1-9]\d?[、.．][ 　]?(?!\d)")
NUMBER_AT_END = re.compile(
    r"(?P<before>[^\d\s.,，]?)[ 　]?(?P<number>\d{1,9}(?:,\d{3}){0,4}(?:\.\d{1,4})?)(?P<size>万亿|万|亿)?$"
)
POINT_AT_END = r"[一-鿿]\d{1,6}\.$"
COMMA_AT_END = r"[一-鿿]\d{1,3}(?:,\d{3}){0,3},$"
FRACTION = re.compile(r"\d{1,2}(?!\d)")
THREE = re.compile(r"\d{3}(?!\d)")
YEAR_AT_END = re.compile(r"(?<!\d)(?:19|20)\d\d$")
HALF_YEAR_AT_END = r"[一-鿿，。；、]20$"
# 2024⏎年均增长 in a table's head is a year and another column
YEAR_GOES_ON = re.compile(r"年(?![均龄轻级会检产薪利租费化报审金])")
MONTH_AT_END = re.compile(r"(?<!\d)(?:19|20)\d\d年\d{1,2}$")
DAY_AT_END = re.compile(r"\d月\d{1,2}$")
# Every number and every 年 月 日 on a line of its own: 2021⏎年⏎2⏎月⏎13⏎日.
_APART = r"(?:[ 　]{0,3}\n\s{0,6})"
DATE_OVER_LINES = (
    rf"(?<!\d)(?:19|20)\d\d{_APART}?年{_APART}\d{{1,2}}{_APART}?月(?:{_APART}?\d{{1,2}}{_APART}?日)?(?![均龄])"
)
# Numbers that count pages, tables and parts are followed by titles: 附件2⏎个人总结.
LABELS = frozenset("表件图第号章节条款例式录页篇案册卷组班级稿版")
AFTER_UNIT = re.compile(r"[，。；、,;）)！]|左右|以上|以下|以内|，")
PARTICULATES = (
    r"(?<![A-Za-z])PM[ 　]{0,3}\n\s{0,6}(?P<size>2\.5|10)(?!\d)(?P<tail>[ 　]{0,3}\n\s{0,6}(?=[一-鿿），。、）)]))?"
)


class Cut(NamedTuple):
    """A line break `text[start:end]` with the spaces round it, and what stands on its two sides on their lines."""

    start: int
    end: int
    left: str
    right: str
    left_size: int
    right_size: int


def join_cut_numbers(text: str) -> Iterator[Edit]:
    """Numbers in one piece that a line end had cut from their fraction, their unit or their year.

    Damage: `增长4.⏎5%`, `收入355.8⏎⏎万元`, `2021⏎年⏎2⏎月`, `产量7.4万⏎2、吨`, `PM⏎2.5⏎年平均浓度`. Cause: the
    line end of a PDF or of a phone's screen was kept as one of the text (subscripts, and digits in a type of their own,
    stand on their own line); a splitter then numbered the pieces. Cure: the line end, and the running number behind it,
    go. Left alone: a number that labels something (附件2⏎个人总结), a number and a unit that have a line each (table
    cells), digits before digits without a point.
    """
    if "\n" not in text:
        return
    if "PM" in text:
        yield from _join_particulates(text)
    dates = [m.span() for m in late(DATE_OVER_LINES).finditer(text)]
    for cut in _cuts(text):
        at = bisect_right(dates, (cut.start, len(text))) - 1
        if at >= 0 and cut.end < dates[at][1]:
            yield Edit(
                start=cut.start, end=cut.end, after="", kind="cut-line", certainty=0.95, evidence="a date over lines"
            )
        elif cut.left[-1:].isdigit() or cut.left[-1:] in ".,万亿":
            evidence, end = _number_goes_on(cut, snippet=len(text) < SNIPPET)
            if evidence:
                yield Edit(start=cut.start, end=end, after="", kind="cut-line", certainty=0.9, evidence=evidence)


def _join_particulates(text: str) -> Iterator[Edit]:
    if "PM" not in text:
        return
    for m in late(PARTICULATES).finditer(text):
        for start, end in ((m.start() + 2, m.start("size")), m.span("tail")):
            if start >= 0 and end > start:
                yield Edit(start=start, end=end, after="", kind="cut-line", certainty=0.95, evidence=f"PM{m['size']}")


def _cuts(text: str) -> Iterator[Cut]:
    """The line breaks of `text` between two lines that both hold something, none of them a table row."""
    line_start = 0
    for m in BREAK.finditer(text):
        start, end = m.start(), m.end()
        size = start - line_start
        stop = start
        while stop > line_start and text[stop - 1] in " 　\t":
            stop -= 1
        before, line_start = line_start, end
        if stop == before or end == len(text):
            continue
        left = text[max(before, stop - REACH) : stop]
        right = text[end : end + REACH].split("\n", 1)[0]
        if "\t" in left or "|" in left or "\t" in right or "|" in right:
            continue
        following = text.find("\n", end, end + 400)
        yield Cut(stop, end, left, right, size, (following if following >= 0 else min(len(text), end + 400)) - end)


@cache
def _units() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Units that no other word begins with, and short ones that need a mark behind them; longest first."""
    table = load_toml("page_glue")["cut"]
    return tuple(sorted(table["long"], key=len, reverse=True)), tuple(sorted(table["short"], key=len, reverse=True))


def _unit_length(words: str, *, sized: bool, alone: bool) -> int:
    """How long the unit is that `words` begin with, 0 without one.

    Args:
        sized: 万 or 亿 stands before the break, so that a unit must follow.
        alone: the unit may have its line for itself.
    """
    long, short = _units()
    for unit in long:
        if words.startswith(unit):
            return len(unit)
    for unit in short:
        if words.startswith(unit):
            rest = words[len(unit) :]
            if AFTER_UNIT.match(rest) or (not rest and (sized or alone)):
                return len(unit)
    return 0


def _number_goes_on(cut: Cut, *, snippet: bool) -> tuple[str, int]:
    """Why the number at the end of the left line goes on behind the break, and where; ("", 0) if it does not."""
    left, right = cut.left, cut.right
    if left[-1] in ".,":
        ahead = FRACTION if left[-1] == "." and late(POINT_AT_END).search(left) else None
        ahead = THREE if left[-1] == "," and late(COMMA_AT_END).search(left) else ahead
        hit = ahead.match(right) if ahead is not None else None
        if hit is not None and _unit_length(right[hit.end() :], sized=False, alone=False):
            return "line end inside a number", cut.end
        return "", 0
    if right.startswith("年") and YEAR_AT_END.search(left) and YEAR_GOES_ON.match(right):
        return "line end between a year and 年", cut.end
    if left.endswith("20") and late(HALF_YEAR_AT_END).search(left) and re.match(r"\d\d年", right):
        return "line end inside a year", cut.end
    if (right.startswith("月") and MONTH_AT_END.search(left)) or (right.startswith("日") and DAY_AT_END.search(left)):
        return "line end inside a date", cut.end
    return _unit_goes_on(cut, snippet=snippet)


def _unit_goes_on(cut: Cut, *, snippet: bool) -> tuple[str, int]:
    hit = NUMBER_AT_END.search(cut.left)
    if hit is None or hit["before"] in LABELS:
        return "", 0
    sized = bool(hit["size"])
    words_before = "一" <= (hit["before"] or " ") <= "鿿"
    running = RUNNING.match(cut.right)
    at = running.end() if running is not None else 0
    if not (words_before or (running is None and (cut.right_size > 6 or snippet))):
        return "", 0
    if running is not None and not (sized or "." in hit["number"]):
        return "", 0
    size = _unit_length(cut.right[at:], sized=sized, alone=running is not None)
    if not size or (size == 1 and not sized and len(hit["number"]) == 1):
        return "", 0
    return ("line end and running number" if at else "line end") + " between a number and its unit", cut.end + at


def join_cut_words(text: str) -> Iterator[Edit]:
    """Words and sentences in one piece that line ends had cut in two.

    Damage: `代理商负责⏎⏎人的基本情况`, `全员劳动生⏎产率`. Cause: a page, a screen or a line of fixed width ended there,
    and its end was kept as a paragraph's. Cure: the line end (and a running number that a splitter put behind it) goes,
    if cutting both lines into words leaves pieces on both sides that make a word, and the character table finds a line
    end unlikely there; between whole words only in a long line, where it is very unlikely. Left
    alone: lists and headings one below the other, 安全⏎生产 (two words), columns of single characters.
    """
    if "\n" not in text:
        return
    cuts = list(_cuts(text))
    words = [cut for cut in cuts if _cuts_word(cut)]
    joined = {cut.start for cut in words}
    for cut in words:
        running = RUNNING.match(cut.right)
        yield _joined(cut, "line end inside a word", 0.9, running.end() if running is not None else 0)
    likelier = LIKELIER_BETWEEN_WORDS - (MANY_CUTS_COUNT if len(words) >= MANY_CUTS else 0)
    for cut in cuts:
        if cut.start in joined:
            continue
        if cut.left_size >= LONG_SENTENCE and _goes_on(cut) and line_odds(cut.left, cut.right)[1] >= likelier:
            yield _joined(cut, "line end inside a sentence", 0.85, 0)


TORN = re.compile(r"(?<=[一-鿿A-Za-z0-9）》”%％])[ 　\t]*\n\s*(?=[，。；：！？）》」』])")


def join_torn_marks(text: str) -> Iterator[Edit]:
    """Sentences in one piece whose mark stands on a line of its own.

    Damage: `通过了⏎第三个历史决议⏎，全面总结…`, `全面增强⏎。`. Cause: a link or a page's end broke the line there.
    Cure: the line end goes; no line begins with such a mark. Left alone: 、 (a list's number may be lost before it),
    and lines behind a stop.
    """
    if "\n" not in text:
        return
    for hit in TORN.finditer(text):
        yield Edit(
            start=hit.start(),
            end=hit.end(),
            after="",
            kind="cut-line",
            certainty=0.95,
            evidence="a line begins with a mark",
        )


def _goes_on(cut: Cut) -> bool:
    """Are both lines pieces of sentences, with commas or stops near the break, the left one without one at its end?"""
    return CLAUSE.search(cut.left[:-1]) is not None and CLAUSE.search(cut.right) is not None


def _joined(cut: Cut, evidence: str, certainty: float, running: int) -> Edit:
    return Edit(
        start=cut.start, end=cut.end + running, after="", kind="cut-line", certainty=certainty, evidence=evidence
    )


def _cuts_word(cut: Cut) -> bool:
    if not "一" <= cut.left[-1] <= "鿿" or cut.left_size <= SHORT_TITLE:
        return False
    running = RUNNING.match(cut.right) if cut.right[0].isdigit() else None
    right = cut.right[running.end() :] if running is not None else cut.right
    return "一" <= right[:1] <= "鿿" and _is_cut_word(cut, right, numbered=running is not None)


def line_odds(left: str, right: str) -> tuple[float, float]:
    """How much cheaper the words of two stretches are without a break between them, and how much likelier (natural
    logarithm) no break is than one, by the Chinese characters round it."""
    left, right = _chinese_end(left), _chinese_start(right)
    if not left or not right:
        return 0.0, 0.0
    return cost(left) + cost(right) - cost(left + right), _odds_of(left, right)


def _odds_of(left: str, right: str) -> float:
    return text_log(left[-3:] + right[:3]) - text_log(left[-3:] + "\n") - text_log("\n" + right[:3])


def _is_cut_word(cut: Cut, right: str, *, numbered: bool) -> bool:
    left, right = _chinese_end(cut.left), _chinese_start(right)
    if not _has_bridge(left, right):
        return False
    gain = cost(left) + cost(right) - cost(left + right)
    if gain < ONE:
        return False
    odds = _odds_of(left, right)
    if gain >= 2:
        long = cut.left_size >= LONG or cut.right_size <= 2
        return odds >= LIKELIER and (long or odds >= LIKELIER + 2) and not (numbered and cut.left_size < LONG)
    particle = len(right) > 2 and right[1] == "的" and not numbered
    return particle and cut.left_size >= LONG and cut.right_size >= 6 and odds >= LIKELIER_WITH_PARTICLE


def _chinese_end(words: str) -> str:
    """The last Chinese characters, six at most."""
    at = len(words)
    while at > 0 and len(words) - at < 6 and "一" <= words[at - 1] <= "鿿":
        at -= 1
    return words[at:]


def _chinese_start(words: str) -> str:
    at = 0
    while at < min(6, len(words)) and "一" <= words[at] <= "鿿":
        at += 1
    return words[:at]


def _has_bridge(left: str, right: str) -> bool:
    """Does any word reach from `left` into `right`?"""
    words = load_words()
    return any(
        left[-a:] + right[:b] in words
        for a in range(1, min(LONGEST_WORD, len(left) + 1))
        for b in range(1, min(LONGEST_WORD - a, len(right)) + 1)
    )


def cost(characters: str) -> float:
    """What the cheapest cutting of `characters` into words costs: 1 a word, 1.5 a character by itself.

    >>> cost("全员劳动生"), cost("产率增长"), cost("全员劳动生产率增长")
    (3.5, 4.0, 4.0)
    """
    words = load_words()
    best = [0.0]
    for end in range(1, len(characters) + 1):
        least = best[-1] + ONE
        for size in range(2, min(LONGEST_WORD, end) + 1):
            if best[end - size] + 1 < least and characters[end - size : end] in words:
                least = best[end - size] + 1
        best.append(least)
    return best[-1]


@cache
def _lost() -> re.Pattern[str]:
    """Units without a number; the group `sure` where one is enough."""
    table = load_toml("page_glue")["lost_digits"]
    return re.compile(f"(?P<sure>{'|'.join(table['sure'])})|{'|'.join(table['likely'])}")


def deleted_digits(text: str) -> list[tuple[int, int, str, str]]:
    """Places where a number is gone and its unit is left: (start, end, code, message), for warnings.

    Damage: `播种面积万亩，比上年增加万亩`, `给予元奖励`, `公布之日起日内`. Cause: a filter took the digits. What they
    were cannot be known, so nothing is changed. A round sum (投资亿元) is no damage: such places count from two on.
    """
    hits = list(_lost().finditer(text))
    enough = len(hits) > 1
    message = "a unit stands without its number: digits were deleted here"
    return [(*m.span(), "digits-lost", message) for m in hits if enough or m["sure"]]
