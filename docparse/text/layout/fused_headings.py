"""Titles and headings that lost the line end behind them: 工作方案1一、日常工作的开展1、做好…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docparse.lexicon import load_toml
from docparse.lexicon.patterns import late
from docparse.text.edits import Edit

STOPS = "。！？!?；;…”\n"
LONGEST_TITLE = 45
SHORTEST_TITLE = 6
# Behind a number on which a title ends there is its text, not a mark and not what the number counts.
NOT_FUSED = frozenset("：:（(【[ 　\t\n,，、。.．；;-—~～至到年月日号项个条份次人名篇家户万元%％")
FIRST_HEADING = r"一、[ 　]?(?P<words>[一-鿿]{2,20}?)(?P<item>1[、．.])(?=[一-鿿])"
FIRST_ITEM = re.compile(r"1[、．.][ 　]?")
ITEM = re.compile(r"(\d{1,3})、")
CHINESE_DIGITS = "一二三四五六七八九"


@cache
def _title() -> re.Pattern[str]:
    """A title's last noun with the digits behind it, or 篇 with a Chinese number and the first heading's 一、."""
    nouns = "|".join(sorted(load_toml("page_glue")["fused"]["nouns"], key=len, reverse=True))
    return re.compile(rf"(?:{nouns})(?P<digits>\d{{1,4}}|[{CHINESE_DIGITS}](?=一、))")


def split_fused_titles(text: str) -> Iterator[Edit]:
    """The text with a line end where a numbered title runs into its text.

    Damage: `20XX销售助理个人工作方案1一、日常工作的开展1、做好…`, `…工作方案31、新客户的开发21世纪是…`. Cause: an
    anthology's titles and headings lost the tags that made them blocks. Cure: a line end behind the title (and before
    it), where titles of the same words are numbered 1, 2, 3 …; or one title's digit stands before 一、 or, at a line's
    start, before 1、 that can be no 21、 because 20、 is missing. Behind the title, also between the first heading and
    its item or its sentence. Left alone: all else; the structure finds headings inside lines, text unchanged.
    """
    ends: dict[int, float] = {}
    titles: list[int] = []
    hits = [(m, _begin(text, m.start())) for m in _title().finditer(text)]
    items = {m[1] for m in ITEM.finditer(text)} if hits else set()
    for begin, end in _families(text, hits):
        if begin > 0 and text[begin - 1] != "\n":
            ends[begin] = 0.9
        if text[end : end + 1] not in ("", "\n"):
            titles.append(end)
            ends[end] = 0.95
    for m, begin in hits:
        if begin < 0 or m.end() in ends or m.start("digits") + 1 in ends:
            continue
        end = _single(text, m, begin, items)
        if end:
            titles.append(end)
            ends[end] = 0.9
    for at in titles:
        inner = _inside_heading(text, at)
        if inner:
            ends[inner] = 0.85
    for at, certainty in sorted(ends.items()):
        yield Edit(
            start=at,
            end=at,
            after="\n",
            kind="fused-heading",
            certainty=certainty,
            evidence="numbered title before its text",
        )


def _begin(text: str, noun: int) -> int:
    """Where the title begins that ends with the noun at `noun`, -1 if there is no stop near or a mark in between."""
    at = noun
    while at > 0 and noun - at <= LONGEST_TITLE and text[at - 1] not in STOPS:
        at -= 1
        if text[at] in "，,：:、。":
            return -1
    if noun - at > LONGEST_TITLE:
        return -1
    while text[at] in " 　\t#":
        at += 1
    return at


def _families(text: str, hits: list[tuple[re.Match[str], int]]) -> Iterator[tuple[int, int]]:
    """(begin, end) of the titles of the same words that are numbered 1, 2, 3 …, two or more, end behind the number."""
    families: dict[str, list[re.Match[str]]] = {}
    for m, begin in hits:
        stem = text[begin : m.start("digits")] if begin >= 0 else ""
        if len(stem) >= SHORTEST_TITLE and m["digits"].isdecimal():
            families.setdefault(stem, []).append(m)
    for stem, members in families.items():
        found: list[tuple[int, int]] = []
        for m in members:
            number = str(len(found) + 1)
            end = m.start("digits") + len(number)
            after = text[end : end + 1]
            if m["digits"].startswith(number) and (after in ("", "\n") or after not in NOT_FUSED):
                found.append((m.start("digits") - len(stem), end))
        if len(found) > 1:
            yield from found


def _single(text: str, m: re.Match[str], begin: int, items: set[str]) -> int:
    """The end of a title without family that runs into its first heading, 0 if it does not.

    Args:
        items: the numbers that 、 follows anywhere in the text.
    """
    digits, end = m["digits"], m.end()
    if end - len(digits) - begin < SHORTEST_TITLE - 2:
        return 0
    if text.startswith("一、", end) and len(digits) <= 2:
        return end
    starts_line = begin == 0 or text[begin - 1] == "\n"
    if not (starts_line and digits.isdecimal() and 2 <= len(digits) <= 3 and digits.endswith("1")):
        return 0
    item = re.match(r"[、．][一-鿿]", text[end : end + 2])
    first = item is not None and digits[0] not in "01" and str(int(digits) - 1) not in items
    return end - 1 if first else 0


def _inside_heading(text: str, at: int) -> int:
    """Where the first heading behind a title at `at` ends, if its item or sentence follows on the line; else 0."""
    heading = late(FIRST_HEADING).match(text, at)
    if heading is not None:
        return heading.start("item")
    item = FIRST_ITEM.match(text, at)
    if item is None:
        return 0
    tails, openers = _run_in()
    clause = re.search(r"[，,。；;：:！？\n]", text[item.end() : item.end() + 40])
    limit = item.end() + min(clause.start() if clause is not None else 40, 20)
    for hit in tails.finditer(text, item.end() + 2, limit):
        if text.startswith(openers, hit.end()):
            return hit.end()
    return 0


@cache
def _run_in() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Words that end a heading, and words that can only begin a sentence."""
    words = load_toml("structure")["run_in"]
    return re.compile("|".join(map(re.escape, words["tails"]))), tuple(words["openers"])
