"""Which sections of a report look ahead and which look back: the tense stands in the heading, not in the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from docparse.lexicon import load_toml
from docparse.records import Layout

Outlook = Literal["ahead", "behind"]
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(load_toml("claims")["outlook"][key])


@lru_cache(1024)  # each stage of a document asks anew
def heading_outlook(title: str) -> Outlook | None:
    """ahead, behind or None, by the words of one heading.

    >>> heading_outlook("下一步打算"), heading_outlook("2025年工作回顾"), heading_outlook("队伍建设")
    ('ahead', 'behind', None)
    """
    if any(word in title for word in _words("told")):
        return "behind"  # 主要目标任务完成情况
    if any(word in title for word in _words("behind")) and not any(word in title for word in _words("to_review")):
        # 工作总结和明年打算 holds both, and so says nothing.
        return None if any(word in title for word in _words("ahead")) else "behind"
    return "ahead" if any(word in title for word in _words("ahead")) else None


def find_outlooks(layout: Layout) -> list[Outlook | None]:
    """The outlook of each heading: its own, else that of the heading above it.

    Words that only a report with both halves uses for the second one (重点工作, 主要任务) count once a heading before
    them in the article looked back.
    """
    found: list[Outlook | None] = []
    reviewed: set[int] = set()
    titles = {i: piece.title or "" for i, piece in enumerate(layout.articles)}
    years = {i: _only_year(title) for i, title in titles.items()}
    for heading in layout.headings:
        own = heading_outlook(heading.title)
        if own is None and (
            _is_later(heading.title, years.get(heading.article))
            or _is_later_half(heading.title, titles.get(heading.article, ""))
        ):
            own = "ahead"
        if own == "behind":
            reviewed.add(heading.article)
        if own is None and heading.article in reviewed and _comes_after(heading.title):
            own = "ahead"
        if own is None and heading.parent is not None:
            own = found[heading.parent]
        found.append(own)
    return found


def _comes_after(title: str) -> bool:
    """Whether a heading behind a review opens the part on the time ahead: 重点任务, 2026年，聚焦八个方面."""
    return YEAR.match(title) is not None or any(word in title for word in _words("after_review"))


def _only_year(title: str) -> int | None:
    """The year that a title names, None where it names none or several."""
    named = set(YEAR.findall(title))
    return int(named.pop()) if len(named) == 1 else None


def _is_later(title: str, year: int | None) -> bool:
    """Whether a heading names a year after the one that its article is about: 2026年怎么干 in a report on 2025."""
    named = _only_year(title)
    return named is not None and year is not None and named > year


def _is_later_half(heading: str, title: str) -> bool:
    """Whether a heading names the half-year after the one that its article is about."""
    return "上半年" in title and "下半年" not in title and "下半年" in heading and "上半年" not in heading


def outlook_at(outlooks: Sequence[Outlook | None], heading: int | None) -> Outlook | None:
    """The outlook of what stands under a heading, None under none."""
    return outlooks[heading] if heading is not None else None
