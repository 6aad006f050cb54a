"""What a title's school term or month says of the dates below: 本学期, 2月 in a school year, 15日 in June's plan."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from docparse.records import Piece

# The school year begins in September; the months before it, from August on, count to it already.
FIRST_MONTH = 8
YEAR = re.compile(r"(\d{4})-09/(\d{4})-08")
ROC_YEAR = re.compile(r"(\d{4})/\d{4}")
FIRST_TERM = re.compile(r"(\d{4})-(?:09/\d{4}-01|FA)")
SECOND_TERM = re.compile(r"(\d{4})-(?:02/\d{4}-07|SP)")
MONTH = re.compile(r"(\d{4})-(\d\d)")
TERM_WORD = re.compile(r"(?P<which>[本这该新上下])(?:个)?(?:学期|学年)(?:伊始|开学|里|内|中)?")
NEW_YEAR = re.compile("(?:崭?新的?一年|新的?年度)(?:里|中|伊始)?")
PART_OF_YEAR = re.compile("半年|季度?|[0-9一二三四五六七八九十]月")
NAMED_YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?!\d)")
# In these months a page without a year in its title may be about this year or the next.
MID_YEAR = range(4, 11)
BARE_MONTH = re.compile(r"XXXX-(\d\d)")


class Frame(NamedTuple):
    """A school year by the year that it begins in, its term (1, 2, or 0 for both), or a month by its first day."""

    school_year: int | None = None
    term: int = 0
    month: date | None = None


def title_frame(written: str, value: str | None) -> Frame | None:
    """The frame that a title's time gives, None where it is no term and no month.

    >>> title_frame("2024—2025学年第二学期", "2025-02/2025-07")
    Frame(school_year=2024, term=2, month=None)
    """
    if value is None:
        return None
    if (m := YEAR.fullmatch(value)) or ("学年" in written and (m := ROC_YEAR.fullmatch(value))):
        return Frame(int(m[1]))
    if m := FIRST_TERM.fullmatch(value):
        return Frame(int(m[1]), 1)
    if m := SECOND_TERM.fullmatch(value):
        return Frame(int(m[1]) - 1, 2)
    m = MONTH.fullmatch(value)
    return Frame(month=date(int(m[1]), int(m[2]), 1)) if m and 1 <= int(m[2]) <= 12 else None


def frame_at(day: date, ahead: bool | None) -> Frame:
    """The term that a page of that day is about. In the months between two terms a plan is for the next one.

    >>> frame_at(date(2023, 8, 29), True), frame_at(date(2024, 1, 20), False)
    (Frame(school_year=2023, term=1, month=None), Frame(school_year=2023, term=1, month=None))
    """
    if day.month >= FIRST_MONTH or (day.month == 7 and ahead):
        return Frame(day.year, 1)
    if day.month == 1 and not ahead:
        return Frame(day.year - 1, 1)
    return Frame(day.year - 1, 2)


def resolve_term(written: str, frame: Frame, named: bool) -> str | None:
    """The months of 本学期, 上学期 or 下学期, None for other words.

    Args:
        named: the title says 上学期 or 下学期 of itself, which then is the first or the second one of the year.
    """
    m = TERM_WORD.fullmatch(written)
    if m is None or frame.school_year is None:
        return None
    if "学年" in written:
        step = {"上": -1, "下": 1}.get(m["which"], 0)
        return f"{frame.school_year + step}-09/{frame.school_year + step + 1}-08"
    if m["which"] in "上下":
        if named or frame.term == 0:
            return _months(frame.school_year, 1 if m["which"] == "上" else 2)
        number = frame.school_year * 2 + frame.term - 1 + (1 if m["which"] == "下" else -1)
        return _months(number // 2, number % 2 + 1)
    return _months(frame.school_year, frame.term) if frame.term else None


def resolve_words(
    written: str, piece: Piece | None, frame: Frame | None, reference: date | None, ahead: bool | None
) -> str | None:
    """What 新的一年 and 本学期 are in an article, None where neither its title nor the reference date says.

    新的一年 is the last year that the title names, in a review of one year the one after it.
    """
    title = (piece.title if piece is not None else None) or ""
    if NEW_YEAR.fullmatch(written):
        named = NAMED_YEAR.findall(title)
        if piece is not None and named:
            return str(int(named[-1]) + (piece.kind == "summary" and len(set(named)) == 1))
        if reference is None or reference.month in MID_YEAR:
            return None
        return str(reference.year + (reference.month > MID_YEAR[-1]))
    term = frame or (frame_at(reference, ahead) if reference is not None and piece is not None else None)
    return resolve_term(written, term, written in title) if term is not None else None


def year_after(year: int | None, piece: Piece | None, reference: date | None) -> int | None:
    """The year of what a review of the title's `year` still plans: None where the reference date tells it, else the
    year after; a review of a half-year plans for the same year."""
    if year is None or piece is None or PART_OF_YEAR.search(piece.title or ""):
        return year
    return None if reference is not None else year + 1


def _months(year: int, term: int) -> str:
    return f"{year}-09/{year + 1}-01" if term == 1 else f"{year + 1}-02/{year + 1}-07"


def year_in_frame(value: str, frame: Frame) -> int | None:
    """The year of a month without a year in a school year, None where the frame does not say.

    >>> year_in_frame("XXXX-02", Frame(2024)), year_in_frame("XXXX-10-08", Frame(2024))
    (2025, 2024)
    """
    m = BARE_MONTH.match(value)
    if m is None or frame.school_year is None:
        return None
    return frame.school_year + (int(m[1]) < FIRST_MONTH)
