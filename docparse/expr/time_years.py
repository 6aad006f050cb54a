"""Atoms of the year: digits, 民国, masks, 今年, centuries and decades, school years, five-year plans."""

from __future__ import annotations

import re

from docparse.expr.numerals import parse_number
from docparse.expr.time_atoms import Atom, group_number, two_digit_year
from docparse.expr.time_words import DIGIT, FRESH, JOIN, MASK, MONTH, SPACE, WORDS, alternation, small_number
from docparse.expr.timex import Draft


def set_year(draft: Draft, match: re.Match[str]) -> bool:
    """A year in digits: four, three before a month, or two."""
    text = match[f"{match.lastgroup}_y"]
    number = small_number("2000" if text == "两千" else text)
    if number is None:
        return False
    if len(text) == 2 and text != "两千":
        # 七八年 and 三五年 are about so many years; 78年 before a month, and 九八年, are years.
        if match.lastgroup == "year_pair" and (text == "三五" or number % 10 == number // 10 + 1):
            return False
        number = two_digit_year(number)
    draft.year = f"{number:04d}"
    return True


def set_roc(draft: Draft, match: re.Match[str]) -> bool:
    """民国112年: a year of the Republic of China calendar, 1911 added."""
    number = 1 if match["roc_y"] == "元" else int(parse_number(match["roc_y"]) or 0)
    if not 0 < number < 200:
        return False
    draft.year, draft.roc = str(1911 + number), True
    return True


def set_bare_roc(draft: Draft, match: re.Match[str]) -> bool:
    """112年5月 without 民国: only the context can tell the calendar, or the 民国 that the lower end has."""
    number = group_number(match, f"{match.lastgroup}_y")
    if draft.roc:
        draft.year = str(1911 + number)
        return True
    draft.year, draft.ops = "XXXX", (f"r{number}",)
    return match.lastgroup == "roc_bare"


def set_roc_school_year(draft: Draft, match: re.Match[str]) -> bool:
    """113学年度: only Taiwan counts school years so; it begins in 2024 and ends in 2025."""
    year = 1911 + int(match["roc_school_y"])
    draft.year, draft.upto = str(year), ("year", str(year + 1))
    return True


def set_masked_year(draft: Draft, match: re.Match[str]) -> bool:
    """20XX年, XX年: digits that are there stay, the others are X."""
    digits = re.sub("[^0-9]", "", re.sub("二[〇零○](?=[X*○])", "20", match["mask_year"]))
    draft.year = digits.ljust(4, "X") if digits else "XXXX"
    draft.masked = True
    return True


def set_word_year(draft: Draft, match: re.Match[str]) -> bool:
    """今年, 当年, 新的一年."""
    word = match["word_year_w"]
    draft.year = "XXXX"
    if word in WORDS["years"]:
        draft.ops = (f"y{WORDS['years'][word]:+d}",)
    elif word in WORDS["near_years"]:
        draft.ops = (f"c{WORDS['near_years'][word]:+d}",)
    else:
        draft.ops = ("?",)
    return True


def set_word_season(draft: Draft, match: re.Match[str]) -> bool:
    """今春, 明夏, 去冬."""
    offset = {"今": 0, "明": 1, "去": -1}[match["word_season_y"]]
    fresh = draft.year is None
    draft.year, draft.ops, draft.fine = "XXXX", (f"y{offset:+d}",), WORDS["seasons"][match["word_season_s"] + "季"]
    return fresh


def set_century(draft: Draft, match: re.Match[str]) -> bool:
    """21世纪 is 20; 20世纪80年代 is 198; 末 and 初 are its last and first four years."""
    relative = {"本": "s+0", "上": "s-1"}.get(match["century_c"])
    number = 0 if relative else group_number(match, "century_c")
    if not relative and not 0 < number < 40:
        return False
    draft.year = "XX" if relative else f"{number - 1:02d}"
    draft.ops = (relative,) if relative else ()
    pair = match["century_p"]
    if pair:  # 七八十年代
        low, high = (group_number(match, "century_p") // 10, group_number(match, "century_p") % 10)
        draft.year, draft.upto = f"{draft.year}{low}", ("year", f"{draft.year}{high}")
        return high == low + 1
    if match["century_d"]:
        decade = group_number(match, "century_d")
        draft.year += str(decade // 10)
        _set_decade_part(draft, match["century_e"])
    return True


def _set_decade_part(draft: Draft, end: str | None) -> None:
    """初 and 前期 are the first four years of a decade, 中期 the middle three, 末 and 后期 the last three."""
    if end and draft.year:
        first, last = ("0", "3") if end[0] in "初前" else ("4", "6") if end[0] == "中" else ("7", "9")
        draft.year, draft.upto = draft.year + first, ("year", draft.year + last)


def set_decade(draft: Draft, match: re.Match[str]) -> bool:
    """1980年代 is 198; 八十年代 hides its century."""
    if match["decade_y"]:
        draft.year = match["decade_y"][:3]
        _set_decade_part(draft, match["decade_e"])
        return True
    if match["decade_p"]:
        low, high = divmod(group_number(match, "decade_p"), 10)
        draft.year, draft.ops, draft.upto = f"XX{low}", ("e",), ("year", f"XX{high}")
        return high == low + 1
    draft.year, draft.ops = f"XX{group_number(match, 'decade_d') // 10}", ("e",)
    _set_decade_part(draft, match["decade_e"])
    return True


def set_school_year(draft: Draft, match: re.Match[str]) -> bool:
    """2023-2024学年 runs from September to August: 2023-09/2024-08."""
    low, high = match["school_y"], match["school_z"]
    high = high if len(high) == 4 else low[:2] + high
    draft.year, draft.fine, draft.upto = low, "09", ("whole", f"{high}-08")
    return int(high) == int(low) + 1


def set_one_school_year(draft: Draft, match: re.Match[str]) -> bool:
    """2024学年 begins in September 2024."""
    year = int(match["school_one_y"])
    draft.year, draft.fine, draft.upto = str(year), "09", ("whole", f"{year + 1}-08")
    return True


def set_plan(draft: Draft, match: re.Match[str]) -> bool:
    """“十四五” is 2021/2025, its 末 the last year, its 初 the first."""
    low, high = WORDS["plans"][match["plan_w"]]
    at = match["plan_e"] or ""
    quoted = match["plan_q"] is not None
    told = match.string.startswith(("开局", "收官"), match.end())
    if not quoted and not match["plan_s"] and not at and not told:
        return False
    if at:
        draft.year = str(high if at[0] == "末" else low)
    else:
        draft.year, draft.upto = str(low), ("year", str(high))
    return True


_PART_OF = "初期?|前期|中期|中叶|末期?|后期"
_YEAR4 = "(?:1[4-9]|20|21)[0-9]{2}"
_YEARC = f"[一二]{DIGIT}{{3}}|二[0〇零○Oo]{{2}}{DIGIT}"
_YEAR_END = "(?:财)?年(?:度(?!假)|份|全年)?"
_MASK_END = "(?:学年(?:度)?|(?:财)?年(?:度(?!假)|份|全年)?)"
_AFTER_PAIR = (
    f"{SPACE}(?:的)?{SPACE}(?:{MONTH}{SPACE}月|度|底|末|初|第[0-9一二三四五六七八九十]"
    f"|[一二三四]季度|[上下]半年|[春夏秋冬]季"
    f"|前[一二两三四五六七八九十0-9]{{1,2}}个?(?:月|季度))"
)
_WORD_YEARS = [*WORDS["years"], *WORDS["near_years"], *WORDS["open_years"]["words"]]
# Before these 23年 is a year, not so long; 20年计划 may be a plan for twenty years.
_FIGURE = f"(?:{alternation(WORDS['short_years']['figures'] + WORDS['short_years']['aims'])})"
_AIM = f"(?:{alternation(WORDS['short_years']['aims'])})"
_PLANS = alternation(WORDS["plans"])

YEAR_ATOMS = (
    Atom("year_quarter", 1, f"{FRESH}(?P<year_quarter_y>{_YEAR4})(?={SPACE}Q[1-4](?![0-9A-Za-z]))", set_year),
    Atom(
        "year_of_document",
        1,
        f"(?<=[〔［\\[【(])(?P<year_of_document_y>{_YEAR4})(?=[〕］\\]】)]{SPACE}第?{SPACE}[0-9]{{1,4}}{SPACE}号(?![楼线院店机]))",
        set_year,
    ),
    Atom(
        "plan",
        1,
        f'(?:(?P<plan_q>[“"「『])|{FRESH})(?P<plan_w>{_PLANS})(?(plan_q)[”"」』])(?!普法)(?P<plan_s>规划(?:期间|时期|期)|时期|期间|规划(?=末|初)|规划(?<![”"」』]规划))?(?P<plan_e>末|初期?)?',
        set_plan,
    ),
    Atom(
        "century",
        1,
        f"{FRESH}(?P<century_c>[0-9]{{1,2}}|[一二]?十[一二三四五六七八九]?|本|上){SPACE}"
        f"(?:个)?世纪(?:{SPACE}(?:(?P<century_d>[0-9]0|[一二三四五六七八九]十|0|零)"
        f"|(?P<century_p>[一二三四五六七八九]{{2}})十){SPACE}年代)?(?P<century_e>{_PART_OF})?",
        set_century,
    ),
    Atom(
        "decade",
        1,
        f"{FRESH}(?:(?P<decade_y>{_YEAR4})|(?P<decade_p>[五六七八九]{{2}})十|(?P<decade_d>[5-9]0|[五六七八九]十))"
        f"{SPACE}年代(?P<decade_e>{_PART_OF})?",
        set_decade,
    ),
    Atom(
        "school",
        1,
        f"{FRESH}(?P<school_y>{_YEAR4}){SPACE}[-~/至]{{1,2}}{SPACE}(?P<school_z>{_YEAR4}|[0-9]{{2}}){SPACE}学年(?:度)?",
        set_school_year,
    ),
    Atom("school_one", 1, f"{FRESH}(?P<school_one_y>{_YEAR4}){SPACE}学年(?:度)?", set_one_school_year),
    Atom(
        "roc",
        1,
        f"民国{SPACE}(?P<roc_y>[0-9]{{1,3}}|{DIGIT}{{1,3}}|元|一?百[一二三四五六七八九〇零十]{{0,4}}"
        f"|[一二三四五六七八九]?十[一二三四五六七八九]?){SPACE}年"
        f"(?:度)?",
        set_roc,
    ),
    Atom("year_full", 1, f"(?:公元)?{FRESH}(?P<year_full_y>{_YEAR4}|{_YEARC}){SPACE}{_YEAR_END}(?!代)", set_year),
    Atom(
        "year_range",
        1,
        f"{FRESH}(?P<year_range_y>{_YEAR4}|{_YEARC})(?={JOIN}(?:{_YEAR4}|{_YEARC}|[0-9]{{2}}){SPACE}年)",
        set_year,
    ),
    Atom(
        "year_short",
        1,
        f"{FRESH}(?P<year_short_y>0[0-9]|[零〇]{DIGIT}|[0-9]{{2}}(?={SPACE}年{_AFTER_PAIR})){SPACE}{_YEAR_END}",
        set_year,
    ),
    Atom(
        "year_figure",
        1,
        f"(?:(?<![\u4e00-\u9fffA-Za-z0-9.])|(?<=[比较与和司县市区厂店院校部]))(?!(?:10|15|20|30)年{_AIM})"
        f"(?P<year_figure_y>[0-3][0-9])年(?=全年|Q[1-4]|{_FIGURE})(?:全年)?",
        set_year,
    ),
    Atom(
        "roc_bare",
        1,
        f"{FRESH}(?P<roc_bare_y>9[0-9]|1[0-2][0-9]){SPACE}年"
        f"(?:度|(?={SPACE}(?:{MONTH}{SPACE}月|底|第)|(?<=1[0-2][0-9]年){JOIN}1[0-2][0-9]年))",
        set_bare_roc,
    ),
    Atom("roc_school", 1, f"{FRESH}(?P<roc_school_y>9[0-9]|1[0-2][0-9]){SPACE}学年(?:度)?", set_roc_school_year),
    Atom(
        "year_odd",
        1,
        f"{FRESH}(?P<year_odd_y>{DIGIT}{{2,3}}|两千|[0-9]{{3}}){SPACE}年(?={SPACE}{MONTH}{SPACE}月)",
        set_year,
    ),
    Atom("year_pair", 1, f"{FRESH}(?P<year_pair_y>[一二三四五六七八九]{{2}}){SPACE}年(?!代)", set_year),
    Atom(
        "mask_year",
        1,
        f"(?<![A-Za-z0-9*_])(?:(?:20|二[〇零○])(?:{MASK}{{1,4}}|[0-9]{MASK}|-{{1,2}}|\\( {{0,3}}\\)){SPACE}{_MASK_END}"
        f"|(?:X{{1,4}}|\\*{{1,4}}|_{{1,6}}|○{{2,4}}){SPACE}{_MASK_END}|20[X*]{{2}}"
        f"(?![0-9A-Za-z*]))",
        set_masked_year,
    ),
    Atom(
        "word_season",
        2,
        "(?P<word_season_y>[今明去])(?P<word_season_s>[春夏秋冬])(?![至节会]|[明今]|[\u4e00-\u9fff]{0,2}[路镇村厂店])",
        set_word_season,
    ),
    Atom(
        "word_year",
        1,
        f"(?<![以安])(?P<word_year_w>{alternation(_WORD_YEARS)})(?:同期|同一时期|同月|全年)?(?!(?<=度)假|级|轻|青|画|糕|[货龄])",
        set_word_year,
    ),
)
