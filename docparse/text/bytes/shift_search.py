"""The search behind byte shifts: which characters, read one byte out of step, give what stands in the text.

The observed characters are taken as bytes and paired anew; the best readings so far are kept (a beam). What is known is
kept fixed, what was lost (one byte, or a pair that no character stands for) is tried, and what Chinese is probable
decides.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from docparse.text.bytes.gbk import byte_pair, character_of, is_private
from docparse.text.bytes.glosses import SYLLABLE, has_reading
from docparse.text.bytes.mechanisms import MARKS
from docparse.text.evidence import fold, load_characters, pair_log, three_log, words_log
from docparse.text.scripts.script import detect_script, simplified_view, to_traditional

TOKEN = re.compile(rf"\?(?P<orphan>{SYLLABLE})\)|\((?P<gloss>{SYLLABLE})\)|\?(?P<mark>[，；？！,;?!])|(?P<one>[\s\S])")
# Second bytes of the four marks, also where a later step made them half-width. Their first byte is A3.
MARK_TRAIL = dict(zip(MARKS + ",;?!", (0xAC, 0xBB, 0xBF, 0xA1) * 2, strict=True))
LONGEST = 160  # tokens that a search looks at
BEAM = 40
ALIKE = 12  # readings kept that end alike
BEHIND = 8.0  # a reading so much less probable than the best is not kept
INSERTED = 24  # pairs that may have been deleted inside one shift
LIKELIEST = 12  # characters tried where only one byte is known
LIKELIEST_BETWEEN = 4  # where none is
RAREST = -13.5  # log of how often a word starts with the character: what is rarer is not guessed
STARTED = 4  # tokens in step again after which the reading is settled
MOST_TRIED = 400_000  # steps of one search; a stretch of ten characters takes some 5,000
ODD_COST = 4.0
FOREIGN_COST = 8.0
LITERAL_COST = 8.0
OWN_WEIGHT = 0.2  # of the page's own pairs
WORD_WEIGHT = 0.3


class Page(NamedTuple):
    """What a page knows of itself: its glosses, its own pairs of characters, its characters."""

    table: Mapping[str, str]
    pairs: Mapping[str, int]
    singles: Mapping[str, int]
    characters: frozenset[str]  # of the page as it stands
    traditional: bool
    logs: dict[str, float]  # asked for so far
    likely: dict[tuple[str, int, str, int], list[str]]
    between: dict[tuple[str, int], list[tuple[str, int]]]
    spent: list[int]  # steps of each search so far


class Way(NamedTuple):
    """One reading of the tokens so far. `pending` is the byte that waits for its partner, -1 in step."""

    score: float
    out: str
    pending: int
    inserted: int
    restored: int  # length of `out` when the reader was last in step again
    until: int  # token number there


Kind = Literal["character", "ascii", "orphan", "gloss", "mark", "lost", "end"]


class Token(NamedTuple):
    """One observed unit; `end` is its end in the text."""

    kind: Kind
    text: str
    end: int


@cache
def _simple(character: str) -> str:
    return simplified_view(character)


@cache
def _is_foreign(character: str, traditional: bool) -> bool:
    """Whether a page in traditional characters, or one in simplified, would have written the character otherwise."""
    if traditional:
        return _simple(character) == character and to_traditional(character) != character
    return _simple(character) != character


@cache
def known(character: str) -> bool:
    """Whether a character is common enough to be guessed."""
    if not character or is_private(character):
        return False
    table = load_characters()
    code = ord(fold(_simple(character)))
    return code < 0x10000 and float(table.start[code]) > RAREST


@cache
def _ending_in(trail: int) -> tuple[tuple[int, str], ...]:
    """(lead, character) of the known characters whose second byte is `trail`."""
    return tuple((b, character_of(b, trail)) for b in range(0x81, 0xFF) if known(character_of(b, trail)))


@cache
def _private() -> Mapping[int, frozenset[int]]:
    """First byte -> second bytes of the pairs that no character stands for; a pipeline deletes what they decode to."""
    trails = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
    found = {a: frozenset(b for b in trails if is_private(character_of(a, b))) for a in range(0x81, 0xFF)}
    return {a: seconds for a, seconds in found.items() if seconds}


@cache
def _starting_with(lead: int) -> tuple[tuple[int, str], ...]:
    """(trail, character) of the known characters whose first byte is `lead`."""
    return tuple((b, character_of(lead, b)) for b in range(0x40, 0xFF) if known(character_of(lead, b)))


@cache
def _widening(lead: int) -> tuple[tuple[int, str], ...]:
    """(second byte, character) of the known characters on `lead` whose second byte may start a deleted pair."""
    return tuple((b, c) for b, c in _starting_with(lead) if b in _private())


def read_page(text: str, table: Mapping[str, str]) -> Page:
    """The page's own habits: its pairs say that 客 is followed by 戶 here."""
    plain = fold(simplified_view(re.sub(rf"\({SYLLABLE}\)", "", text)))
    pairs = Counter(a + b for a, b in pairwise(plain))
    traditional = bool(table) or detect_script(text) != "hans"
    return Page(table, pairs, Counter(plain), frozenset(text), traditional, {}, {}, {}, [])


def _log(page: Page, before: str, character: str) -> float:
    """log P(character | the last two of `before`), the page's own habits mixed in."""
    key = before[-2:] + character
    score = page.logs.get(key)
    if score is None:
        folded = fold("".join(map(_simple, key)))
        own = page.pairs.get(folded[-2:], 0) / (page.singles.get(folded[-2], 0) + 3.0)
        general = three_log(*folded) if len(folded) == 3 else pair_log(*folded)
        score = math.log((1 - OWN_WEIGHT) * math.exp(general) + OWN_WEIGHT * own)
        if character not in page.characters and _is_foreign(character, page.traditional):
            score -= FOREIGN_COST
        if character == "\u3000":  # the table takes it for a line end, which is common
            score -= FOREIGN_COST
        page.logs[key] = score
    return score


def tokens(text: str, start: int) -> list[Token]:
    """The observed units from `start` to the end of the line, LONGEST at most."""
    found: list[Token] = []
    for m in TOKEN.finditer(text, start):
        if len(found) == LONGEST:
            break
        if m[0] in "\r\n":
            found.append(Token("end", "\n", m.start()))
            break
        if m["orphan"]:
            found.append(Token("orphan", m["orphan"], m.end()))
        elif m["gloss"]:
            found.append(Token("gloss", m["gloss"], m.end()))
        elif m["mark"]:
            found.append(Token("mark", m["mark"], m.end()))
        elif m[0] in "?\ufffd":
            found.append(Token("lost", m[0], m.end()))
        else:
            found.append(Token("ascii" if m[0] < "\x80" else "character", m[0], m.end()))
    else:
        found.append(Token("end", "\n", len(text)))
    return found


def search(page: Page, before: str, units: list[Token]) -> list[Way]:
    """The readings of `units` behind the characters `before` that end in step, best first."""
    ways = [Way(0.0, before, -1, 0, len(before), 0)]
    tried = 0
    for number in range(1, len(units) + 1):
        following: list[Way] = []
        floor = -math.inf
        for way in ways:
            if way.score < floor:
                break
            for after in _step(page, way, units, number - 1, floor):
                tried += 1
                if after.score >= floor:
                    following.append(after)
                    floor = max(floor, after.score - BEHIND)
        if not following or tried > MOST_TRIED:
            page.spent.append(tried)
            return []
        following.sort(key=_rank)
        seen: Counter[tuple[str, int]] = Counter()
        ways = []
        for way in following:
            key = (way.out[-2:], way.pending)
            seen[key] += 1
            if seen[key] <= ALIKE:  # pairs of characters tell them no longer apart; words may
                ways.append(way)
            if len(ways) == BEAM:
                break
        if number >= 2 and all(p.pending < 0 and number - p.until >= STARTED for p in ways[:8]):
            break
    page.spent.append(tried)
    settled = [way for way in ways if way.pending < 0 and way.until]
    return sorted(settled, key=lambda way: -whole_score(way))


def whole_score(way: Way) -> float:
    """What pairs of characters say, and what words say: 水平。 is probable, and so is 平常可以."""
    return way.score + WORD_WEIGHT * words_log(fold(simplified_view(way.out)))


def _rank(way: Way) -> float:
    return -way.score


def _step(page: Page, way: Way, units: list[Token], at: int, floor: float) -> Iterator[Way]:
    unit = units[at]
    if way.pending < 0:
        yield from _in_step(page, way, unit, at)
    else:
        yield from _out_of_step(page, way, units, at, floor)


def _add(page: Page, way: Way, character: str, pending: int, at: int, cost: float = 0.0) -> Way:
    """The way with one more original character."""
    score = way.score + _log(page, way.out, character) - cost
    out = way.out + character
    if pending < 0 and way.pending >= 0:
        return way._replace(score=score, out=out, pending=-1, restored=len(out), until=at + 1)
    return way._replace(score=score, out=out, pending=pending)


def _in_step(page: Page, way: Way, unit: Token, at: int) -> Iterator[Way]:
    """What an observed unit can be while characters are read in step."""
    if unit.kind in ("character", "ascii", "end"):
        yield _add(page, way, unit.text, -1, at)
    elif unit.kind == "gloss":
        cost = 0.0 if has_reading(way.out[-1], unit.text) else LITERAL_COST
        grown = way.restored == len(way.out) and way.until == at
        yield way._replace(score=way.score - cost, until=at + 1 if grown else way.until)
    elif unit.kind == "orphan":
        previous = byte_pair(way.out[-1])
        if previous:
            for trail, host in _starting_with(previous[1]):
                if _has(page, host, unit.text):
                    yield way._replace(pending=trail)
    elif unit.kind == "mark":
        ending = [c for _, c in _ending_in(0xA3)]
        if at:  # where the search starts all are tried
            ending = sorted(ending, key=lambda c: -_log(page, way.out, c))[:LIKELIEST]
        for character in ending:
            yield _add(page, way, character, MARK_TRAIL[unit.text], at)
        if at:
            yield _add(page, way, unit.text, -1, at, LITERAL_COST)
    else:
        yield _add(page, way, "？", -1, at, 0.0 if at else LITERAL_COST)


def _has(page: Page, host: str, syllable: str) -> bool:
    """Whether the mirror glosses `host` so, by the page's table or, where that is silent, by a dictionary."""
    return page.table[host] == syllable if host in page.table else has_reading(host, syllable)


def _out_of_step(page: Page, way: Way, units: list[Token], at: int, floor: float) -> Iterator[Way]:
    """What an observed unit can be while a byte waits for its partner; also with a deleted pair before it."""
    if units[at].kind == "ascii" and not page.traditional and units[at].text not in MARK_TRAIL:
        return  # no simplified character ends in a letter: 哪项正确?；A对
    yield from _close(page, way, units, at)
    if way.inserted == INSERTED:
        return
    closing = _closing(units[at])
    if closing is None:
        return
    for first, character in _widening(way.pending):
        if way.score + _log(page, way.out, character) < floor:
            continue
        widened = _add(page, way, character, 0, at)._replace(inserted=way.inserted + 1)
        for pending, second in _likely(page, widened.out, closing, first):
            yield _add(page, widened, second, pending, at)
        # Two pairs in a row: not rare where all second bytes are above A0, in simplified text.
        for middle, third in () if page.traditional else _between(page, widened.out, first):
            twice = _add(page, widened, middle, 0, at)
            if twice.score >= floor:
                for pending, second in _likely(page, twice.out, closing, third)[:LIKELIEST_BETWEEN]:
                    yield _add(page, twice, second, pending, at)


class Closing(NamedTuple):
    """How a character can end at a unit: its second byte (-1: any that is read `syllable`), and what waits then."""

    trail: int
    pending: int
    syllable: str = ""


def _closing(unit: Token) -> Closing | None:
    """How a character of which nothing else is known ends at this unit."""
    if unit.kind == "character":
        pair = byte_pair(unit.text)
        return Closing(*pair) if pair else None
    if unit.kind == "ascii" and "@" <= unit.text <= "~":
        return Closing(ord(unit.text), -1)
    if unit.kind == "orphan":
        return Closing(-1, -1, unit.text)
    return None


def _likely(page: Page, before: str, closing: Closing, first: int) -> list[tuple[int, str]]:
    """The likeliest characters behind `before` that end so and start with the second byte of a pair `first` ?."""
    key = (before[-1], closing.trail, closing.syllable, first)
    if key not in page.likely:
        if closing.syllable:
            hosts = [h for h, s in page.table.items() if s == closing.syllable]
            found = [h for h in hosts if (byte_pair(h) or (0,))[0] in _private()[first]]
        else:
            found = [c for lead, c in _ending_in(closing.trail) if lead in _private()[first]]
        found.sort(key=lambda c: -_log(page, before[-1], c))
        page.likely[key] = found[:LIKELIEST]
    return [(closing.pending, c) for c in page.likely[key]]


def _between(page: Page, before: str, first: int) -> list[tuple[str, int]]:
    """The likeliest characters between two deleted pairs, with their second byte, which starts the second pair."""
    key = (before[-1], first)
    if key not in page.between:
        found = [(c, b) for lead in _private()[first] if lead >= 0x81 for b, c in _widening(lead)]
        found.sort(key=lambda pair: -_log(page, before[-1], pair[0]))
        page.between[key] = found[:LIKELIEST_BETWEEN]
    return page.between[key]


def _close(page: Page, way: Way, units: list[Token], at: int) -> Iterator[Way]:
    unit, lead = units[at], way.pending
    if unit.kind == "character":
        pair = byte_pair(unit.text)
        if pair and known(character_of(lead, pair[0])):
            yield _add(page, way, character_of(lead, pair[0]), pair[1], at)
    elif unit.kind == "gloss":
        if at and has_reading(units[at - 1].text, unit.text):
            yield way
    elif unit.kind == "ascii" and "@" <= unit.text <= "~" and known(character_of(lead, ord(unit.text))):
        yield _add(page, way, character_of(lead, ord(unit.text)), -1, at)
    for _, character in _starting_with(lead):
        yield from _unknown(page, way, unit, character, at, len(units))
    if unit.kind == "ascii" and unit.text in MARK_TRAIL and known(character_of(lead, 0xA3)):
        yield _add(page, way, character_of(lead, 0xA3), MARK_TRAIL[unit.text], at)


def _unknown(page: Page, way: Way, unit: Token, character: str, at: int, last: int) -> Iterator[Way]:
    """`character` ends in a byte that was lost at this unit."""
    if unit.kind == "orphan":
        if _has(page, character, unit.text):
            yield _add(page, way, character, -1, at)
    elif unit.kind == "lost":
        # The page decoder took an ASCII character for the missing partner; only where the byte is 80 it took nothing.
        if byte_pair(character) == (way.pending, 0x80):
            yield _add(page, way, character, -1, at)
        else:
            closed = _add(page, way, character, -1, at, 1.0)
            if at + 2 == last:  # at the line's end there was nothing to take
                yield closed
                return
            yield closed._replace(out=closed.out + "?", restored=closed.restored + 1)
    elif unit.kind == "mark":
        closed = _add(page, way, character, -1, at)
        yield _with_mark(page, closed, unit.text)
    elif unit.text in MARK_TRAIL:  # some sites drop the orphan without a trace
        closed = _add(page, way, character, -1, at, ODD_COST)
        yield _with_mark(page, closed, unit.text)


def _with_mark(page: Page, way: Way, mark: str) -> Way:
    out = way.out + mark
    return way._replace(score=way.score + _log(page, way.out, mark), out=out, restored=len(out))
