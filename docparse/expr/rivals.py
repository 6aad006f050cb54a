"""The readings that lost: what else the rules would have read where a mention stands, and numbers that count nothing.

Only `explain` asks. The finders keep no list of what they pass over, because that would cost them their speed; the
rules are pure, so asking each again at the same place gives what the referee saw.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from docparse.expr.quantity_finish import REFUSALS, Scene
from docparse.expr.quantity_numbers import ANCHOR, fold
from docparse.expr.quantity_parts import Part, find_bounds, read_part
from docparse.expr.quantity_registry import MENTION_RULES
from docparse.expr.quantity_rules import RULES as QUANTITY_RULES
from docparse.expr.time_find import RULE_IDS
from docparse.expr.time_find import RULES as TIME_RULES
from docparse.expr.time_intervals import Found
from docparse.expr.time_words import fold_text
from docparse.records import QuantityMention, Record, Span, TimeMention

Fate = Literal["shorter", "listed-later", "inside"]
_LONGEST: Final = 60  # characters of a mention that are asked again, place by place
_NAME: Final = "none.name"
_NO_UNIT: Final = "none.unit"
_SIGNS: Final = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


class Rival(Record, frozen=True, kw_only=True):
    """A reading that lost: to a longer one, to one of the same length listed before it, or to one begun before it."""

    rule: str
    span: Span
    meaning: str
    fate: Fate


class Passed(Record, frozen=True, kw_only=True):
    """A number that is no quantity; `reasons` are the public ids of what refused it, each with its source."""

    span: Span
    reasons: tuple[tuple[str, str], ...]


def rule_source(rule: str) -> str:
    """Where a rule comes from: a standard, a law, a dictionary; empty where it names none.

    >>> rule_source("quantity.percent")
    'GB/T 15835-2011, 4.1.1 and 5.1'
    """
    sources = {one.id: one.source for one in RULE_IDS} | {one.id: one.source for one in MENTION_RULES}
    return sources.get(rule, "")


def time_meaning(mention: TimeMention) -> str:
    """`DATE XXXX-05`."""
    return f"{mention.type} {mention.value}"


def quantity_meaning(mention: QuantityMention) -> str:
    """`money ≥ 5 CNY`, `count 3–5 家 /月`, `percent masked %`."""
    low, high = mention.low, mention.high
    bound = high if low is None else low
    if mention.masked or bound is None:
        number = "masked"
    elif low is not None and high is not None and low != high:
        number = f"{low:f}–{high:f}"
    else:
        sign = _SIGNS.get(mention.comparator, "")
        number = f"{sign} {bound:f}".strip()
    about = "about " if mention.approximate else ""
    per = "".join(f" /{unit}" for unit in mention.per)
    return f"{mention.kind} {about}{number} {mention.unit or ''}".rstrip() + per


def time_rivals(text: str, mention: TimeMention) -> list[Rival]:
    """What the rules of time would have read at a mention's first character and inside it, best first.

    Args:
        text: what the mention was found in.
        mention: one that `find_time_mentions` gave.
    """
    folded = fold_text(text)
    start, end = mention.span
    rivals: list[Rival] = []
    at = start
    while at < min(end, start + _LONGEST):
        found = _time_readings(folded, at)
        reach = at + 1
        own = bool(found) and at == start and (found[0].end, found[0].value) == (end, mention.value)
        for reading in found[1:] if own else found:
            shorter = own and _reach(reading) < _reach(found[0])
            fate: Fate = "inside" if not own else "shorter" if shorter else "listed-later"
            meaning = f"{reading.type} {reading.value}"
            rivals.append(Rival(rule=reading.rule, span=Span(at, reading.end), meaning=meaning, fate=fate))
            if at > start:
                reach = max(reach, reading.end)
        at = reach
    return rivals


def _time_readings(folded: str, at: int) -> list[Found]:
    """What the rules read here, the one that the referee takes first."""
    rules = [rule for rule in TIME_RULES if not rule.heads or folded[at] in rule.heads]
    found = [reading for rule in rules if (reading := rule.read(folded, at)) is not None]
    return sorted(found, key=lambda reading: -_reach(reading))


def _reach(found: Found) -> int:
    return found.also[-1].end if found.also else found.end


def quantity_rivals(text: str, mention: QuantityMention) -> list[Rival]:
    """What the rules of quantities would have read from the numbers inside a mention, best first.

    Args:
        text: what the mention was found in.
        mention: one that `find_quantity_mentions` gave.
    """
    start, end = mention.span
    plain = fold(text)
    kept = [at for at in range(start, end) if not plain[at].isspace() and plain[at] != "\u200b"]
    joined = plain[:start] + "".join(plain[at] for at in kept) + plain[end:]
    places = [*kept, end]
    rivals: list[Rival] = []
    number = None
    for match in ANCHOR.finditer(joined, start, start + min(len(kept), _LONGEST)):
        if number is None:
            number = match.start()
        for rule, found, core in _readings(joined, match.start(), match.end(), start):
            low, high = (_back(at, start, places, len(kept)) for at in (found.span.start, found.span.end))
            if (low, high) == (start, end) and quantity_meaning(found) == quantity_meaning(mention):
                continue
            fate: Fate = "inside" if match.start() > number else "shorter" if high < end else "listed-later"
            rival = Rival(rule=rule, span=Span(low, high), meaning=quantity_meaning(found), fate=fate)
            if rival not in rivals and core:
                rivals.append(rival)
    return rivals


def _back(at: int, start: int, places: list[int], kept: int) -> int:
    """An offset before blanks were taken out of the mention."""
    if at <= start:
        return at
    return places[at - start] if at - start <= kept else at - start - kept + places[-1]


def _readings(text: str, start: int, end: int, floor: int) -> Iterator[tuple[str, QuantityMention, int]]:
    part = read_part(text, start, end)
    if part is None:
        return
    scene = Scene(text, start, end, floor, False)
    found = [(rule, reading) for rule in QUANTITY_RULES if (reading := rule.read(scene, part)) is not None]
    for rule, reading in sorted(found, key=lambda pair: -pair[1].core):
        for one in reading.mentions:
            yield one.rule or rule.id, one, reading.core


def passed_numbers(text: str, span: Span, taken: list[Span]) -> list[Passed]:
    """The numbers of a stretch that are in no mention, with why they count nothing.

    Args:
        text: the whole text.
        span: where to look.
        taken: the spans of all mentions there, times too.
    """
    plain = fold(text)
    passed: list[Passed] = []
    floor = -1
    for match in ANCHOR.finditer(plain, max(0, span.start - _LONGEST), min(len(plain), span.end + _LONGEST)):
        low, high = match.span()
        outside = high <= span.start or low >= span.end or low < floor
        if outside or any(one.start < high and low < one.end for one in taken):
            continue
        part = read_part(plain, low, high)
        if part is None:
            continue
        found = _refused(plain, low, high, part)
        if found is not None:
            passed.append(found)
            floor = found.span.end
    return passed


def _refused(text: str, start: int, end: int, part: Part) -> Passed | None:
    scene = Scene(text, start, end, max(0, start - _LONGEST), False)
    for rule in QUANTITY_RULES:
        reading = rule.read(scene, part)
        if reading is None:
            continue
        if reading.mentions:
            return None  # a reading of its own that another one crossed
        return Passed(span=Span(start, reading.end), reasons=((_NAME, rule.source),))
    if part.word is None:
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if not line.strip():
            return None  # the number of a list item
        return Passed(span=Span(start, part.end), reasons=((_NO_UNIT, ""),))
    bounds = find_bounds(text, part.start, part.end, part.blurred, part.word)
    stated = bounds.before or bounds.sense != "eq" or bounds.approximate
    reasons = tuple((r.id, r.source) for r in REFUSALS if r.applies(scene, part, part.word, stated))
    return Passed(span=Span(start, part.end), reasons=reasons)
