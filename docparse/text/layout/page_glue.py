"""What pagers print, run into the text: 共3页,当前第1页123 and the page's title behind a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from docparse.lexicon import load_toml
from docparse.text.edits import Edit

# A sentence has ended here, so that what follows may be anything.
STOPS = "。！？!?；;…”’）)】》\n"
SPACES = " 　\t"
LONGEST_NAME = 40  # characters of a page title
# - 3 - printed at the foot of a page and run into the text
FOOT = re.compile(r"[ 　]?(?P<dash>[-–—－])[ 　]?(?P<page>\d{1,4})[ 　]?(?P=dash)[ 　]?")
LEAST_FEET = 3  # page feet in a row before one is believed
LINE_END = re.compile(r"\n")


class Counted(NamedTuple):
    """A page counter in the middle of a line: `text[start:end]` with its numbers."""

    start: int
    end: int
    page: int
    total: int
    sure: bool


@cache
def _counters() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((re.compile(row["pattern"]), bool(row.get("sure"))) for row in load_toml("page_glue")["counter"])


@cache
def _links() -> re.Pattern[str]:
    """Page links: [1] 2 [3] 下一页, with what may stand around them."""
    words = load_toml("page_glue")["links"]
    before, following, after = ("|".join(map(re.escape, words[key])) for key in ("before", "next", "after"))
    number = r"(?:\[\d{1,3}\]|【\d{1,3}】|\d{1,3})"
    return re.compile(
        rf"(?:(?:{before})[ 　]{{0,3}}){{0,2}}(?P<list>(?:{number}[ 　]{{0,3}}){{2,20}})(?:…[ 　]?|\.{{3}}[ 　]?)?"
        rf"(?:{following})(?:[ 　]{{0,3}}(?:{after})){{0,2}}"
    )


@cache
def _preview() -> re.Pattern[str]:
    kinds = "|".join(load_toml("page_glue")["preview"]["extensions"])
    return re.compile(rf"^[ 　]{{0,20}}(?P<name>\S[^\n]{{1,80}}\.(?:{kinds}))_第\d{{1,4}}页[ 　]{{0,20}}$", re.M)


@cache
def _genres() -> tuple[str, ...]:
    """Nouns that end the title of a plan, a summary, a rule."""
    kinds = load_toml("structure")["kind"]
    return tuple(word for name in ("plan", "summary", "regulation", "other") for word in kinds[name] if len(word) > 1)


def drop_page_counters(text: str) -> Iterator[Edit]:
    """The text without the page counters, page links and page titles that stand inside its lines.

    Damage: `…营业推广。 共3页,当前第1页123电器公司销售工作计划。`. Cause: the page was one of several; the scraper
    took the pager (its counter, its links 1 2 3, the name of the page) with the paragraph next to it. Cure: the span
    is deleted: the counter, the list of pages if it counts 1, 2, 3 …, and the name behind it if it stands behind
    another counter too, opens the document, or ends the line as a title does. Left alone: a line that is a pager and
    nothing else (it hides no text, and the structure names it), 共12页,第3页 in a sentence, and 1 2 3 without 下一页.
    """
    if "页" in text:
        yield from _drop_counters(text)
        if "下" in text or "后一页" in text:
            yield from _drop_links(text)
        if "_第" in text:
            yield from _drop_previews(text)
    yield from _drop_feet(text)


def _drop_counters(text: str) -> Iterator[Edit]:
    found = _find_counters(text)
    if not found:
        return
    company = Counter(c.total for c in found if c.page <= c.total)
    distinct = Counter(total for total, _ in {(c.total, c.page) for c in found})
    names = Counter(_name_behind(text, _list_end(text, c)) for c in found)
    for c in found:
        stop = _list_end(text, c)
        name = _name_behind(text, stop)
        if c.page > c.total or _alone(text, c.start, stop):
            continue
        several = company[c.total] > 1 and distinct[c.total] > 1
        ended = text[max(0, c.start - 40) : c.start].rstrip(SPACES)[-1:] in STOPS
        if not (c.sure or several or (ended and _ends_line(text, c.end))):
            continue
        titled = ended and stop > c.end and name.endswith(_genres())
        if name and (names[name] > 1 or titled or _opens(text, name, c.start)):
            stop = _skip_name(text, stop, name)
            if _alone(text, c.start, stop):
                continue
        yield _gone(text, c.start, stop, f"page counter {c.page} of {c.total}", 0.95 if c.sure or several else 0.85)


def _find_counters(text: str) -> list[Counted]:
    found: list[Counted] = []
    for pattern, sure in _counters():
        for m in pattern.finditer(text):
            if not any(c.start < m.end() and m.start() < c.end for c in found[-3:]):
                found.append(Counted(m.start(), m.end(), int(m["page"]), int(m["total"]), sure))
    found.sort()
    kept: list[Counted] = []
    for c in found:
        if not kept or c.start >= kept[-1].end:
            kept.append(c)
    return kept


def _list_end(text: str, counter: Counted) -> int:
    """The end of the pager's list of pages behind a counter (123, 1 2 3, [1][2]), or of the counter without one."""
    at = counter.end
    for page in range(1, min(counter.total, 20) + 1):
        stop = at
        while stop < len(text) and stop - at < 3 and text[stop] in SPACES:
            stop += 1
        bracket = text[stop : stop + 1] == "["
        word = f"[{page}]" if bracket else str(page)
        if not text.startswith(word, stop):
            return at if page > 2 else counter.end
        at = stop + len(word)
    return at  # 1232024年: the list ends with the last page, what follows is text


def _name_behind(text: str, at: int) -> str:
    """The rest of the line without the full stop, if it is short and one phrase; else empty."""
    stop = text.find("\n", at, at + LONGEST_NAME + 10)
    rest = text[at : stop if stop >= 0 else at + LONGEST_NAME + 10].strip(SPACES)
    if stop < 0 and at + LONGEST_NAME + 10 < len(text):
        return ""
    name = rest.rstrip("。.")
    return name if 2 <= len(name) <= LONGEST_NAME and not re.search(r"[，,。；;：:！？!?]", name) else ""


def _skip_name(text: str, at: int, name: str) -> int:
    stop = text.index(name, at) + len(name)
    return stop + 1 if text[stop : stop + 1] in ("。", ".") else stop


def _opens(text: str, name: str, before: int) -> bool:
    """Is `name` the document's first line, or part of it, or the other way round? The line ends `before` that place."""
    head = text[: min(400, before)].lstrip()
    if "\n" not in head:
        return False
    first = head.split("\n", 1)[0].strip(SPACES + "。")
    return len(name) >= 4 and 4 <= len(first) <= 80 and (name in first or first in name)


def _alone(text: str, start: int, end: int) -> bool:
    """Does `text[start:end]` have its line for itself?"""
    return _starts_line(text, start) and _ends_line(text, end)


def _starts_line(text: str, at: int) -> bool:
    start = text.rfind("\n", max(0, at - 80), at)
    return (start >= 0 or at <= 80) and not text[start + 1 : at].strip(SPACES)


def _ends_line(text: str, at: int) -> bool:
    stop = text.find("\n", at, at + 80)
    if stop < 0 and at + 80 < len(text):
        return False
    return not text[at : stop if stop >= 0 else len(text)].strip(SPACES)


def _gone(text: str, start: int, end: int, evidence: str, certainty: float) -> Edit:
    """The deletion of a span, with the spaces before it (at a line's start: behind it)."""
    if _starts_line(text, start):
        while end < len(text) and text[end] in SPACES:
            end += 1
    else:
        while start > 0 and text[start - 1] in SPACES:
            start -= 1
    return Edit(start=start, end=end, after="", kind="page-glue", certainty=certainty, evidence=evidence)


def _drop_links(text: str) -> Iterator[Edit]:
    for m in _links().finditer(text):
        pages = [int(word) for word in re.findall(r"\d{1,3}", m["list"])]
        if len(pages) == 1 or not _counts(pages):
            pages = [int(digit) for digit in re.sub(r"\D", "", m["list"])]  # 123下一页
        if _counts(pages) and not _alone(text, m.start(), m.end()):
            yield _gone(text, m.start(), m.end(), "links to the text's pages", 0.95)


def _counts(pages: list[int]) -> bool:
    """Do the numbers count on, with one page (that which is shown) perhaps left out?"""
    steps = [b - a for a, b in pairwise(pages)]
    return len(pages) > 1 and pages[0] in (1, 2) and all(1 <= step <= 2 for step in steps) and steps.count(2) <= 1


def _drop_previews(text: str) -> Iterator[Edit]:
    """Names of previewed pages that a line of the document shows to be such (…制度.docx_第3页)."""
    names = list(dict.fromkeys(m["name"] for m in _preview().finditer(text)))[:20]
    for name in names:
        for m in re.finditer(re.escape(name) + r"_第\d{1,4}页", text):
            if not _alone(text, m.start(), m.end()):
                yield _gone(text, m.start(), m.end(), "name of a previewed page", 0.95)


def _drop_feet(text: str) -> Iterator[Edit]:
    """Page numbers between dashes inside sentences, where three or more count on through the document."""
    run: list[re.Match[str]] = []
    for m in FOOT.finditer(text):
        if not (_between_words(text, m.start(), m.end())):
            continue
        if run and int(m["page"]) != int(run[-1]["page"]) + 1:
            if len(run) >= LEAST_FEET:
                break
            run = []
        run.append(m)
    if len(run) >= LEAST_FEET:
        for m in run:
            yield Edit(
                start=m.start(),
                end=m.end(),
                after="",
                kind="page-glue",
                certainty=0.9,
                evidence="page numbers count on",
            )


def _between_words(text: str, start: int, end: int) -> bool:
    """Does a Chinese character stand on both sides, and something other than a number?"""
    return start > 0 and end < len(text) and "一" <= text[start - 1] <= "鿿" and "一" <= text[end] <= "鿿"
