"""Atoms that only the second end of an interval may begin with: 2024—2026, 第1-4周, 民国112年至114年."""

from __future__ import annotations

import re

from docparse.expr.time_atoms import Atom
from docparse.expr.time_clock import MONTH2, WEEK_WORD, YEAR4
from docparse.expr.time_words import COUNT, small_number
from docparse.expr.timex import Draft


def _set_second(draft: Draft, match: re.Match[str]) -> bool:
    name = match.lastgroup or ""
    if name == "second_quarter":
        draft.fine = f"Q{match['second_quarter_n']}"
        return True
    draft.year = match[f"{name}_y"]
    if name == "second_month":
        draft.fine = match["second_month_m"].zfill(2)
    return True


def _set_second_week(draft: Draft, match: re.Match[str]) -> bool:
    number = small_number(match["second_week_n"]) or 0
    draft.week = f"W{number:02d}"
    return 1 <= number <= 53


def _set_second_roc(draft: Draft, match: re.Match[str]) -> bool:
    """The 114年 of 民国112年至114年."""
    number = int(match["second_roc_y"])
    draft.year, draft.ops = (str(1911 + number), ()) if draft.roc else ("XXXX", (f"r{number}",))
    return draft.roc or number >= 100


SECOND_ATOMS = (
    Atom("second_year", 1, f"(?P<second_year_y>{YEAR4})(?! {{0,2}}[0-9./年%]|-[0-9])", _set_second),
    Atom(
        "second_month",
        3,
        f"(?P<second_month_y>{YEAR4})[-./](?P<second_month_m>{MONTH2})(?![0-9]|[-./][0-9])",
        _set_second,
    ),
    Atom("second_quarter", 2, "Q(?P<second_quarter_n>[1-4])(?![0-9A-Za-z])", _set_second),
    Atom(
        "second_week",
        4,
        f"(?:第)?(?P<second_week_n>{COUNT}) ?(?:个)?{WEEK_WORD}(?![一二三四五六日天岁年边转期])",
        _set_second_week,
    ),
    Atom("second_roc", 1, "(?P<second_roc_y>9[0-9]|1[0-2][0-9]) ?年(?:度)?", _set_second_roc),
)
