"""Which of several names is a number's own where names and numbers stand in two lists.

城镇、农村居民收入分别增长5%、6%: the first number is the first name's, and the last name's head is everybody's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from docparse.claims.metric_phrases import CLAUSE_END, clause_start, in_whole, phrase_before
from docparse.claims.metric_words import lexicon

RESPECTIVELY = "分别"
JOINERS = "、和与及"
JOINING = re.compile(f"[{JOINERS}]")
CLOSING = re.compile(f"[{CLAUSE_END}]")
NUMBER = re.compile("[0-9０-９]")
REACH = 80
# Where a value of a list begins, bounds included.
VALUE = re.compile(
    r"(?:约|近|超过?|逾|突破|不低于|不少于|不超过|高于|低于|[多近]达)?(?:百分之|[0-9０-９一二两三四五六七八九十百千])"
)
# A member that ends so has a head of its own.
OWN_HEADS = (*"率额量值数价费比度款", "收入", "支出", "面积", "规模", "比重", "标准", "投资", "利润")
CHANGED = re.compile("[加高升降少长大小增扩减][到至]")
# Longer values than this do not stand in lists.
VALUES_REACH = 60


class _Lists(NamedTuple):
    """Where the names are, [start, end) each, how many values there are, and which of them the number is."""

    names: list[tuple[int, int]]
    values: int
    place: int


def listed_name(text: str, start: int, floor: int) -> str | None:
    """The name that the number at `start` has in a list of names, or None where it stands in no such list.

    A member without a head of its own takes the last one's: 原煤、原油产量达到3万吨、2万吨 gives 原煤产量.

    Args:
        floor: nothing before it is read.
    """
    low = max(floor, start - REACH)
    lists = _respective(text, start, low) or _parallel(text, start, low)
    if lists is None or lists.values < 2 or len(lists.names) < lists.values or lists.place >= lists.values:
        return None
    return _own_name(text, lists.names[-lists.values :], lists.place)


def _respective(text: str, start: int, low: int) -> _Lists | None:
    """The lists on both sides of 分别; where it opens its clause, the names are those of the numbers before."""
    at = text.rfind(RESPECTIVELY, low, start)
    if at < 0 or CLOSING.search(text, at, start):
        return None
    index, values = _count(text, at, start)
    begin = _clause_start(text, at, low)
    if text[begin:at].strip("则、 "):
        return _Lists(_members(text, begin, at, values), values, index)
    named: list[tuple[int, int]] = []
    end = begin - 1
    while end > low and len(named) < values and CLOSING.match(text, end) and text[end] in "，,":
        back = _clause_start(text, end, low)
        members = _members(text, back, end, values - len(named))
        numbered = [_before_number(text, s, e) for s, e in members]
        if not all(numbered):  # a clause without a number names nothing that 分别 could take up
            return None
        named = [place for place in numbered if place is not None] + named
        end = back - 1
    return _Lists(named, values, index) if len(named) == values else None


def _parallel(text: str, start: int, low: int) -> _Lists | None:
    """As many names as values without 分别: 学校、医院达到5所、3所."""
    if JOINING.search(text, max(0, start - 1), start + 16) is None:
        return None
    begin = _clause_start(text, start, low)
    first = NUMBER.search(text, begin, start)
    at = first.start() if first else start
    index, values = _count(text, at, start)
    names = _members(text, begin, at, values)
    return _Lists(names, values, index) if len(names) == values > 1 else None


def _clause_start(text: str, at: int, low: int) -> int:
    return clause_start(text, at, low, CLAUSE_END + "：:")


def _count(text: str, at: int, start: int) -> tuple[int, int]:
    """How many values come before the one at `start` in the list that begins behind `at`, and how many there are."""
    last = min(len(text), at + VALUES_REACH)
    closing = CLOSING.search(text, at, last)
    end = closing.start() if closing else max(at, last)
    for change in CHANGED.finditer(text, at, end):  # 分别从7家、4家增加到9家、6家: two lists of values
        if change.end() <= start:
            at = change.end()
        else:
            end = change.start()
            break
    begins = [m.start() for m in JOINING.finditer(text, at, end) if VALUE.match(text, m.end(), end)]
    return sum(1 for i in begins if i < start), 1 + len(begins)


def _members(text: str, begin: int, end: int, values: int) -> list[tuple[int, int]]:
    """The names of [begin, end), cut at 、 alone where that gives one for each value: 和 may stand inside a name."""
    names = _cut(text, begin, end, "、")
    return names if len(names) == values else _cut(text, begin, end, JOINERS)


def _cut(text: str, begin: int, end: int, joiners: str) -> list[tuple[int, int]]:
    """The places between the joiners of [begin, end); 和 in 和谐 joins nothing."""
    whole = lexicon().whole
    found: list[tuple[int, int]] = []
    start = begin
    for joint in JOINING.finditer(text, begin, end):
        i = joint.start()
        if text[i] in joiners and (text[i] == "、" or not in_whole(text, i, i + 1, begin, whole)):
            found.append((start, i))
            start = i + 1
    return [*found, (start, end)]


def _before_number(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The part of [start, end) before its first number, None where it has none."""
    number = NUMBER.search(text, start, end)
    return (start, number.start()) if number else None


def _own_name(text: str, names: list[tuple[int, int]], index: int) -> str | None:
    def name(place: tuple[int, int]) -> str | None:
        return phrase_before(text, place[1], place[0], light=False).phrase

    own = name(names[index])
    if own is None or index == len(names) - 1 or own.endswith(OWN_HEADS):
        return own
    last = name(names[-1])
    head = shared_head(last) if last is not None else None
    if head is not None:
        shared = next((n for n in range(min(len(own), len(head)), 0, -1) if own.endswith(head[:n])), 0)
        return own + head[shared:]  # 城镇居民 and 居民人均收入 share 居民
    return own if len(own) >= 4 or own.endswith((*lexicon().bodies, "客")) else None


def shared_head(last: str) -> str | None:
    """The head that the last name of a list lends to the others: 居民收入 of 农村居民收入, 产量 of 镍产量."""
    words = lexicon()
    head = next((word for word in words.shared if last.endswith(word)), None)
    if head is None or "占" in last:
        return None
    at = len(last) - len(head)
    for _ in range(4):
        link = next((word for word in words.shared_links if last.endswith(word, 0, at) and at > len(word)), None)
        if link is None:
            break
        at -= len(link)
    return last[at:] if at > 0 else None
