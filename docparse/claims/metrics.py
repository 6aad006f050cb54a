"""What a quantity measures: the shortest noun phrase before a rate or amount, after a count."""

from __future__ import annotations

import re
from functools import cache

from docparse.claims.roles import clause_after, clause_before
from docparse.lexicon import load_toml
from docparse.records import QuantityMention

LONGEST = 12
BRACKETED = re.compile(r"[（(][^（）()]{0,30}[)）]$")
CLOSED = ("“", "”", "《", "》", "（", "(", "、", "：", ":", " ", "　", "—", "-")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    words = sorted(load_toml("claims")["metric"][key], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def find_metric(text: str, mention: QuantityMention, floor: int) -> str | None:
    """The metric of a quantity, or None. `floor` is where its statement starts: no metric is taken from before it.

    A count names its thing after the measure word (13家专业客户); a rate or amount is named before (收费率达到90%), in
    the clause or, where the clause has no name of its own, in the one before (收费率稳步提高，达到90%).
    """
    after = _after(text, mention) if mention.kind in ("count", "mass", "area", "volume", "length", "other") else None
    before = _before(text, mention.span.start, floor)
    if mention.kind == "count":
        return after or before
    if mention.kind in ("money", "percent", "percent_point", "multiple") and before is None:
        return _after(text, mention) if text[mention.span.end : mention.span.end + 1] == "的" else None
    return before or after


def _after(text: str, mention: QuantityMention) -> str | None:
    """The noun phrase behind the unit: the words up to a stop, what stands before 的 left out."""
    clause = clause_after(text, mention.span.end, 20)
    lead = clause[1:] if clause.startswith("的") else clause
    for mark in CLOSED:
        cut = lead.find(mark)
        if cut >= 0:
            lead = lead[:cut]
    if "的" in lead:
        head = lead.rpartition("的")[2]
        lead = head if len(head) >= 2 else lead
    m = _pattern("stop_after").search(lead)
    phrase = lead[: m.start()] if m else lead
    phrase = phrase.strip()
    return phrase if 2 <= len(phrase) <= LONGEST and _worded(phrase) else None


def _before(text: str, at: int, floor: int) -> str | None:
    """The noun phrase before the number: walk back over verbs and particles, then take what is left of the clause."""
    at_clause = at
    for _ in range(2):
        clause = clause_before(text, at_clause, 30)
        if at_clause - len(clause) < floor:
            clause = text[floor:at_clause]
        phrase = _phrase(clause)
        if phrase is not None:
            return phrase
        at_clause = at_clause - len(clause) - 1
        if at_clause <= floor:
            return None
    return None


def _phrase(clause: str) -> str | None:
    """The last noun phrase of a clause that ends where the number starts."""
    rest = clause.rstrip(" 　:：")
    if BRACKETED.search(rest):
        rest = BRACKETED.sub("", rest)
    pattern = _pattern("stop_before")
    for _ in range(6):  # verbs and particles may follow each other: 力争达到
        for m in pattern.finditer(rest, max(0, len(rest) - 6)):
            if m.end() == len(rest):
                rest = rest[: m.start()]
                break
        else:
            break
    start = 0
    for m in pattern.finditer(rest):
        if m.end() - m.start() >= 2 or m[0] in "为是有从由对把使让将应须在较比占每":
            start = m.end()
    for mark in CLOSED:
        start = max(start, rest.rfind(mark) + len(mark) if mark in rest else 0)
    phrase = rest[start:]
    if "的" in phrase:
        head = phrase.rpartition("的")[2]
        phrase = head if len(head) >= 2 else phrase
    phrase = re.sub(r"^[\d.、）)]+", "", phrase)[-LONGEST:]
    if len(phrase) < 2 or not _worded(phrase):
        return None
    return phrase if _pattern("heads").search(phrase[-3:]) else None


def _worded(phrase: str) -> bool:
    return all("一" <= c <= "鿿" or c.isalnum() or c in ".%" for c in phrase) and not phrase.isdigit()
