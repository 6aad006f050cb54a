"""Lines of one width: a text that a PDF, a mail program or a scraper has wrapped, put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from docparse.text.edits import Edit
from docparse.text.layout.cut_lines import ONE, line_odds
from docparse.text.scripts.script import simplified_view

_LINE = re.compile(r"[^\n]+")
REACH = 6  # characters that are looked at on both sides of a line end
NARROWEST = 20  # characters; lists, tables and verses have lines as short as that
WIDEST = 90  # characters; a longer line is a paragraph
LEAST_FULL = 3  # full lines that end in mid-sentence: fewer may be chance
SLACK_CHARACTERS = 1  # a mark may hang over the border or be drawn in
SLACK_CELLS = 3  # besides, a character of two cells may not fit into the last one
OPEN_SHARE = 0.4  # of the full lines end in mid-sentence; one line in six does by chance where stops are dense
LONGER_SHARE = 0.03  # of all lines may be longer than the width: a table, an address
SHORTER_SHARE = 1.5  # so many lines of half the width and more may end without a stop, to one full line that does:
# titles and items have any length, so that one in ten of them at most is as long as the longest
LEADER = re.compile(r"[.．·…]{4}|(?:[.·] ){4}")
CLAUSE = re.compile("[，。；]")
SENTENCE_ENDS = "。！？!?"
CLOSERS = "”’」』）)】]》"
MOST_FURNITURE = 3  # lines between two halves of a sentence
LONGEST_FURNITURE = 40
LONG_ENOUGH = 15  # characters before a page number that cuts a sentence where lines have no one width
UNITS = frozenset("年月日号时分秒元亿万千百个人名户家次件项倍吨亩米%％‰")
NEVER_FIRST = frozenset("，。、；：！？）》」』】”’％,;:!?)]%")
# A line that begins like this begins an item, a field, a heading.
ITEM = re.compile(
    r"[（(【\[]\s?[一二三四五六七八九十百\d]{1,3}\s?[）)】\]]|[一二三四五六七八九十百壹贰叁肆伍陆柒捌玖貳參陸]{1,3}\s?[、．.]"
    r"|[甲乙丙丁戊己庚辛][、．.]|\d{1,2}\s?[、．)）](?!\d)|\d{1,2}\.(?!\d)"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\.?[ 　]?(?=[^\d\s.%％年月日个人万亿元天号次米吨时分，。、）])"
    r"|第[一二三四五六七八九十百零\d]{1,4}[章节條条编篇部節編]|[一二三四五六七八九十][是要](?![否非求])|[#>*•●◆■·①-⑳]|——|-\s"
)
PAGE_NUMBER = re.compile(
    r"[-—–·\s]{0,4}(?:第\s?)?\d{1,4}\s?(?:页|頁)?(?:\s?[/／,，]?\s?(?:共|of)?\s?\d{1,4}\s?(?:页|頁)?)?[-—–·\s]{0,4}"
)


class _Row(NamedTuple):
    """A line: its place without the white space at its end, whether a blank line or an indent stands before it."""

    start: int
    end: int
    apart: bool
    indented: bool


def join_wrapped_lines(text: str) -> Iterator[Edit]:
    """Paragraphs in one piece whose lines were all cut at one width.

    Damage: every line ends at the 40th character, in the middle of words (综合服⏎务) and numbers (1⏎200万元), with page
    numbers and running heads in between. Cause: the lines of a printed page were kept. Cure: where many lines are full
    and end in mid-sentence, some in a word or number, where almost none is longer and the shorter ones end with a stop,
    a full line is joined to what goes on behind it. A page number, alone or with the running head beside it, is taken
    out of a sentence that goes on behind it in any text. Left alone: a full line behind which an item begins or whose
    last mark ends a sentence, and texts of short lines.
    """
    rows = _rows(text)
    if len(rows) < 3:
        return
    heads = _running_heads(text, rows)
    for measure, slack in ((_characters, SLACK_CHARACTERS), (_cells, SLACK_CELLS)):
        widths = [measure(text, row) for row in rows]
        full = _full_width(text, rows, widths, measure is _cells, slack)
        if full:
            yield from _joins(text, rows, heads, widths, full - slack)
            return
    if any("页" in text[rows[i].start : rows[i].end] or not text[rows[i].start].isdigit() for i in heads):
        yield from _joins(text, rows, heads, [row.end - row.start for row in rows], None)


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    last = 0
    for hit in _LINE.finditer(text):
        words = hit[0]
        bare = words.strip()
        if not bare:
            continue
        lead = len(words) - len(words.lstrip())
        between = text[last : hit.start()]
        rows.append(_Row(hit.start() + lead, hit.start() + lead + len(bare), between.count("\n") > 1, lead > 0))
        last = hit.end()
    return rows


def _characters(text: str, row: _Row) -> int:
    begin = text.rfind("\n", max(0, row.start - WIDEST), row.start) + 1 if row.indented else row.start
    return row.end - begin


def _cells(text: str, row: _Row) -> int:
    size = _characters(text, row)
    if size > 2 * WIDEST:
        return 2 * size
    return sum(1 if char.isascii() else 2 for char in text[row.end - size : row.end])


Measure = Callable[[str, _Row], int]


def _full_width(text: str, rows: Sequence[_Row], widths: Sequence[int], cells: bool, slack: int) -> int:
    """The width at which the lines of `text` were cut; 0 where they were not."""
    per = 2 if cells else 1
    counts = Counter(width for width in widths if NARROWEST * per <= width <= WIDEST * per)
    best = 0
    most = 0
    for width in counts:  # at most WIDEST * 2 different ones
        near = sum(counts.get(width - less, 0) for less in range(slack + 1))
        if (near, width) > (most, best):
            most, best = near, width
    if most < LEAST_FULL:
        return 0
    longer = sum(1 for row, width in zip(rows, widths, strict=True) if width > best and not _has_leader(text, row))
    if longer > max(1, LONGER_SHARE * len(widths)):
        return 0
    opened = shorter = 0
    cut = False
    for i in range(len(rows) - 1):
        ends = _is_end(text, rows[i].end)
        if best - slack <= widths[i] <= best:
            opened += not ends
            cut = cut or (not ends and _is_cut(text, rows[i], rows[i + 1]))
        elif 0.5 * best <= widths[i] < best - slack:
            shorter += not ends
    if not cut or opened < max(LEAST_FULL, OPEN_SHARE * most) or shorter > SHORTER_SHARE * opened:
        return 0
    return best


def _is_cut(text: str, row: _Row, other: _Row) -> bool:
    """Does the line end between two lines cut a word or a number, or stand before a mark that begins no line?"""
    before, after = text[row.end - 1], text[other.start]
    if after in NEVER_FIRST or (before.isdigit() and after.isdigit()):
        return True
    left, right = text[max(row.start, row.end - REACH) : row.end], text[other.start : other.start + REACH]
    return line_odds(simplified_view(left), simplified_view(right))[0] >= ONE


def _is_end(text: str, end: int) -> bool:
    """Does a line that ends at `end` end a sentence or an item?"""
    at = end - 1
    while at > 0 and text[at] in CLOSERS and end - at < 4:
        at -= 1
    return text[at] in SENTENCE_ENDS or text[end - 1] in "；;：:"


def _joins(
    text: str, rows: Sequence[_Row], heads: frozenset[int], widths: Sequence[int], least: int | None
) -> Iterator[Edit]:
    """The edits that join lines of at least `least`; None: only lines between which a page number stands."""
    for i in range(len(rows) - 1):
        if i in heads or _has_leader(text, rows[i]) or widths[i] < (LONG_ENOUGH if least is None else least):
            continue
        following = i + 1
        while following in heads and following - i <= MOST_FURNITURE:
            following += 1
        furniture = following > i + 1
        if following >= len(rows) or following in heads or (least is None and not furniture):
            continue
        row, other = rows[i], rows[following]
        if (other.apart and not furniture) or not _goes_on(text, row, other):
            continue
        if furniture and text[rows[i + 1].end - 1].isdigit() and text[other.start] in UNITS:
            continue  # 500⏎亿元: a figure on a line of its own
        if least is None and not (_is_prose(text, row) and _is_prose(text, other)):
            continue
        before, after = text[row.end - 1], text[other.start]
        letters = before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
        yield Edit(
            start=row.end,
            end=other.start,
            after=" " if letters else "",
            kind="page-break" if furniture else "cut-line",
            certainty=0.9,
            evidence="a sentence goes on behind a page's end" if furniture else "full line of a wrapped text",
        )


def _running_heads(text: str, rows: Sequence[_Row]) -> frozenset[int]:
    """The rows that are page numbers, or lines beside one that come again and again; none without a page number."""
    numbers = {i for i, row in enumerate(rows) if _is_page_number(text, row)}
    numbers -= _lone_numbers(text, rows, sorted(numbers))
    if not numbers:
        return frozenset()
    beside: dict[str, list[int]] = {}
    for i in numbers:
        for near in (i - 1, i + 1):
            if 0 <= near < len(rows) and near not in numbers:
                row = rows[near]
                if row.end - row.start <= LONGEST_FURNITURE and not _is_end(text, row.end):
                    beside.setdefault(re.sub(r"[\d\s]+", "", text[row.start : row.end]), []).append(near)
    again = {i for places in beside.values() if len(places) > 1 for i in places}
    return frozenset(numbers | again)


def _has_leader(text: str, row: _Row) -> bool:
    """Is a line an entry of a table of contents (总则……3)?"""
    return LEADER.search(text, row.start, row.end) is not None


def _is_prose(text: str, row: _Row) -> bool:
    """Has a line the marks of sentences in it?"""
    return CLAUSE.search(text, row.start, row.end) is not None and text[row.end - 1] not in "：:"


def _lone_numbers(text: str, rows: Sequence[_Row], numbers: Sequence[int]) -> set[int]:
    """Those of the rows that are bare digits and do not count on: a figure on a line of its own is no page number."""
    bare = [i for i in numbers if text[rows[i].start : rows[i].end].isdigit()]
    counted: set[int] = set()
    for one, other in pairwise(bare):
        if int(text[rows[other].start : rows[other].end]) == int(text[rows[one].start : rows[one].end]) + 1:
            counted |= {one, other}
    return set(bare) - counted


def _is_page_number(text: str, row: _Row) -> bool:
    return row.end - row.start <= 20 and PAGE_NUMBER.fullmatch(text, row.start, row.end) is not None


def _goes_on(text: str, row: _Row, other: _Row) -> bool:
    """Does `other` go on with the full line `row`?"""
    before, after = text[row.end - 1], text[other.start]
    if after in NEVER_FIRST:
        return True
    at = row.end - 1
    while at > row.start and text[at] in CLOSERS and row.end - at < 4:
        at -= 1
    if text[at] in SENTENCE_ENDS or other.indented:
        return False
    if before.isdigit() and after.isdigit():
        return True
    item = ITEM.match(text, other.start, min(other.end, other.start + 12)) is not None
    if before in "；;：:":
        return not item
    return not item or before in "，,、（(“《"
