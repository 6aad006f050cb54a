"""Points of time: read the atoms of one point from a place in the text, and the words that may follow it."""

from __future__ import annotations

import re
from copy import copy
from functools import cache

from docparse.expr.time_atoms import Atom
from docparse.expr.time_clock import DIGIT_DATES, PART_ATOMS, WEEK_ATOMS
from docparse.expr.time_days import DAY_ATOMS
from docparse.expr.time_months import MONTH_ATOMS, UNIT_ATOMS
from docparse.expr.time_second import SECOND_ATOMS
from docparse.expr.time_words import SPACE
from docparse.expr.time_years import YEAR_ATOMS
from docparse.expr.timex import Draft

_COARSE = (*DIGIT_DATES, *YEAR_ATOMS, *UNIT_ATOMS, *MONTH_ATOMS)
_FINE = (*DAY_ATOMS, *WEEK_ATOMS, *PART_ATOMS)  # all of rank 4 and more
ATOMS: tuple[Atom, ...] = (*_COARSE, *_FINE)
_BY_NAME = {atom.name: atom for atom in (*ATOMS, *SECOND_ATOMS)}


def _compile(*atoms: Atom) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{atom.name}>{atom.pattern})" for atom in atoms))


# Patterns are compiled on first use. One for each rank took 0.15 s, a fifth of the first document's time; these two of
# all atoms, tried in their order, take 0.06 s and find the same: what they find may nearly always follow.
@cache
def _coarse_and_fine() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _compile(*_COARSE), _compile(*_FINE)


@cache
def _next_patterns(rank: int) -> tuple[re.Pattern[str], ...]:
    """Patterns that together find what may follow an atom of `rank`; at a rank below 3 they may find what may not."""
    if rank < 3:
        return _coarse_and_fine()
    return (_compile(*DIGIT_DATES), _coarse_and_fine()[1]) if rank == 3 else (_strict_pattern(rank),)


@cache
def _strict_pattern(rank: int) -> re.Pattern[str]:
    """What may follow an atom of `rank`, and nothing else."""
    return _compile(*(atom for atom in ATOMS if atom.rank > rank))


@cache
def _second_pattern() -> re.Pattern[str]:
    """What only the end of an interval may begin with."""
    return _compile(*SECOND_ATOMS)


def _next_match(text: str, pos: int, rank: int) -> re.Match[str] | None:
    """The first atom at `pos` that may follow an atom of `rank`; any atom where rank is 0."""
    for pattern in _next_patterns(rank):
        match = pattern.match(text, pos)
        if match:
            strays = rank and _BY_NAME[match.lastgroup or ""].rank <= rank
            return _strict_pattern(rank).match(text, pos) if strays else match
    return None


@cache
def _single_pattern(name: str) -> re.Pattern[str]:
    return _compile(_BY_NAME[name])


_GAP = re.compile(f"{SPACE}(?:的|大约|大概|约|,(?= ?[一二三四五六七八九十0-9]{{1,2}}月)|T(?=[0-9]{{2}}:))?{SPACE}")


def _take(text: str, pos: int, point: Draft, *, opens_second: bool) -> tuple[Draft, int] | None:
    """The draft with the next atom in it and where the atom ends; the first atom that does not refuse."""
    match = (_second_pattern().match(text, pos) if opens_second else None) or _next_match(text, pos, point.rank)
    if not match:
        return None
    name = match.lastgroup or ""
    filled = copy(point)
    if _BY_NAME[name].set(filled, match):
        filled.rank = _BY_NAME[name].rank
        return filled, match.end()
    for atom in ATOMS:  # rare: the first reading was refused
        if atom.rank <= point.rank or atom.name == name:
            continue
        match = _single_pattern(atom.name).match(text, pos)
        if match:
            filled = copy(point)
            if atom.set(filled, match):
                filled.rank = atom.rank
                return filled, match.end()
    return None


def read_point(
    text: str, start: int, *, floor: int = 0, draft: Draft | None = None, second: bool = False
) -> tuple[Draft, int] | None:
    """The point of time that begins exactly at `start` and where it ends, or None.

    Args:
        text: folded text.
        start: offset of the first character.
        floor: only atoms of a higher rank may begin it (1 below the year, 4 below the day …).
        draft: what is known already; it is copied, not changed.
        second: the point ends an interval, so a bare year counts.
    """
    point = draft or Draft()
    point.rank = max(point.rank, floor)
    pos = end = start
    while point.rank < 7 and not point.dangling:
        opens_second = second and pos == start and not point.rank
        taken = _take(text, pos, point, opens_second=opens_second)
        if taken is None:
            break
        point, end = taken
        gap = _GAP.match(text, end)
        pos = gap.end() if gap else end
    if point.lunar:
        point = _hang_lunar(point)
    return None if end == start else (point, end)


def _hang_lunar(point: Draft) -> Draft:
    """The point with its lunar month and day moved into an op: the civil date hangs on the year's calendar."""
    if point.fine is None or not point.fine.isdigit() or (point.day and not point.day.isdigit()) or point.upto:
        return point
    sign = "-" if point.leap else ""
    hung = copy(point)
    hung.ops = (*point.ops, f"l{sign}{point.fine}" + (f"-{point.day}" if point.day else ""))
    hung.fine = "XX"
    hung.day = "XX" if point.day else None
    return hung
