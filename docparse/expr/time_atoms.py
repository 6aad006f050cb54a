"""The atoms that a point of time is built of, from the year down to the minute, and how each fills a draft.

An atom is a pattern with a rank and a setter that may refuse. Ranks only grow inside a point (年 before 月 before 日),
so a phrase has few atoms and reading it is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from docparse.expr.time_words import (
    DAY,
    DIGIT,
    FRESH,
    JOIN,
    MASK,
    MONTH,
    SPACE,
    WORDS,
    alternation,
    small_number,
)
from docparse.expr.timex import Draft

Setter = Callable[[Draft, "re.Match[str]"], bool]


class Atom(NamedTuple):
    """`name` is also the name of its group; inner groups are named NAME_x."""

    name: str
    rank: int
    pattern: str
    set: Setter


def _number(match: re.Match[str], group: str) -> int:
    value = small_number(match[group])
    return -1 if value is None else value


def two_digit_year(number: int) -> int:
    """The four-digit year that a two-digit one stands for: 00–49 in the 2000s, 50–99 in the 1900s."""
    return number + (2000 if number < 50 else 1900)


# ---- setters -------------------------------------------------------------------------------------------------


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
    number = _number(match, "roc_y")
    if not 0 < number < 200:
        return False
    draft.year = str(1911 + number)
    return True


def set_bare_roc(draft: Draft, match: re.Match[str]) -> bool:
    """112年5月 without 民国: only the context can tell the calendar."""
    draft.year = "XXXX"
    draft.ops = (f"r{_number(match, 'roc_bare_y')}",)
    return True


def set_masked_year(draft: Draft, match: re.Match[str]) -> bool:
    """20XX年, XX年: digits that are there stay, the others are X."""
    digits = re.sub("[^0-9]", "", match["mask_year"])
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


def set_century(draft: Draft, match: re.Match[str]) -> bool:
    """21世纪 is 20; 20世纪80年代 is 198; 末 and 初 are its last and first four years."""
    relative = {"本": "s+0", "上": "s-1"}.get(match["century_c"])
    number = 0 if relative else _number(match, "century_c")
    if not relative and not 0 < number < 40:
        return False
    draft.year = "XX" if relative else f"{number - 1:02d}"
    draft.ops = (relative,) if relative else ()
    if match["century_d"]:
        decade = _number(match, "century_d")
        draft.year += str(decade // 10)
    end = match["century_e"]
    if end and match["century_d"]:
        first, last = ("0", "3") if end[0] in "初前" else ("4", "6") if end[0] == "中" else ("7", "9")
        draft.year, draft.upto = draft.year + first, ("year", draft.year + last)
    return True


def set_decade(draft: Draft, match: re.Match[str]) -> bool:
    """1980年代 is 198."""
    draft.year = match["decade_y"][:3]
    return True


def set_school_year(draft: Draft, match: re.Match[str]) -> bool:
    """2023-2024学年 is 2023/2024."""
    low, high = match["school_y"], match["school_z"]
    high = high if len(high) == 4 else low[:2] + high
    draft.year, draft.upto = low, ("year", high)
    return int(high) == int(low) + 1


def set_plan(draft: Draft, match: re.Match[str]) -> bool:
    """“十四五” is 2021/2025, its 末 the last year, its 初 and 开局之年 the first."""
    low, high = WORDS["plans"][match["plan_w"]]
    at = match["plan_e"] or ""
    quoted = match["plan_q"] is not None
    if not quoted and not match["plan_s"] and not at:
        return False
    if at:
        draft.year = str(high if at[0] in "末收" else low)
    else:
        draft.year, draft.upto = str(low), ("year", str(high))
    return True


def set_month(draft: Draft, match: re.Match[str]) -> bool:
    """5月, 十一月, or the 6 of 6到12月."""
    draft.fine = f"{_number(match, f'{match.lastgroup}_m'):02d}"
    draft.dangling = match.lastgroup == "month_range"
    return True


def set_month_pair(draft: Draft, match: re.Match[str]) -> bool:
    """七八月: two neighbouring months."""
    low, high = (small_number(c) or 0 for c in match["month_pair_p"])
    draft.fine, draft.upto = f"{low:02d}", ("fine", f"{high:02d}")
    return high == low + 1


def set_masked_month(draft: Draft, match: re.Match[str]) -> bool:
    """X月, **月份."""
    draft.fine, draft.masked = "XX", True
    return True


def set_lunar_month(draft: Draft, match: re.Match[str]) -> bool:
    """正月, 腊月, 闰四月."""
    word = match["lunar_month_w"]
    if word == "大年" and match.string[match.end() : match.end() + 1] != "初":
        return False
    number = WORDS["lunar_months"].get(word) or _number(match, "lunar_month_l")
    draft.fine, draft.lunar, draft.leap = f"{number:02d}", True, match["lunar_month_l"] is not None
    return True


def set_lunar(draft: Draft, match: re.Match[str]) -> bool:
    """农历: what follows counts in the Chinese calendar."""
    fresh = not draft.lunar
    draft.lunar = True
    return fresh


def set_word_month(draft: Draft, match: re.Match[str]) -> bool:
    """本月, 上个月, 下月."""
    draft.fine = "XX"
    draft.ops = (*draft.ops, f"m{WORDS['months'][match['word_month_w']]:+d}")
    return draft.year is None


def set_unit(draft: Draft, match: re.Match[str]) -> bool:
    """上半年, 一季度, 夏季, 今年春 and the first quarter of 一至三季度."""
    if match["unit_h"]:
        draft.fine = "H1" if match["unit_h"] == "上" else "H2"
    elif match["unit_s"]:
        draft.fine = WORDS["seasons"][match["unit_s"]]
    elif match["unit_y"]:
        draft.fine = WORDS["seasons"][match["unit_y"] + "季"]
        return draft.year is not None
    else:
        text = match["unit_q"] or match["unit_r"] or match["unit_z"]
        number = {"首": 1, "末": 4}.get(text) or small_number(text) or 0
        draft.fine = f"Q{number}"
        draft.dangling = match["unit_r"] is not None
        return 1 <= number <= 4
    return True


def set_word_quarter(draft: Draft, match: re.Match[str]) -> bool:
    """本季度, 上季度."""
    draft.fine = "QX"
    draft.ops = (*draft.ops, f"q{WORDS['quarters'][match['word_quarter_w']]:+d}")
    return draft.year is None


def set_year_edge(draft: Draft, match: re.Match[str]) -> bool:
    """年底, 年末, 年终, 岁末 are month 12, 年初 month 01, 年中 month 06, 年内 the year."""
    if draft.fine is not None:
        return False
    if draft.year is None:
        if match["year_edge_b"] is None:
            return False
        draft.year, draft.ops = "XXXX", ("c+0",)
    elif draft.year[-1:] not in "0123456789X" or len(draft.year) < 4 or (draft.upto and not match["year_edge_b"]):
        return False
    word = match["year_edge_e"]
    if word[0] != "内":
        draft.fine = "01" if word[0] in "初伊开" else "06" if word[0] == "中" else "12"
    return True


def set_month_edge(draft: Draft, match: re.Match[str]) -> bool:
    """月底 and 月末 are the last day, 月初 the first, 月中 the middle ten days."""
    if draft.fine is None:
        if match["month_edge_b"] is None or draft.year is not None:
            return False
        draft.fine, draft.ops = "XX", (*draft.ops, "m+0")
    word = match["month_edge_e"]
    if draft.fine[0] == "Q":
        if word[0] not in "底末":
            draft.fine = f"{3 * int(draft.fine[1]) - 2:02d}" if draft.fine != "QX" else draft.fine
            return word[0] == "初"
        if draft.fine == "QX":
            draft.ops = (*draft.ops, "last")
        else:
            draft.fine = f"{3 * int(draft.fine[1]):02d}"
            draft.day = _last_day_text(draft)
        return True
    if not (draft.fine[0] in "01X"):
        return False
    if word[0] in "底末":
        draft.day = _last_day_text(draft)
        if draft.day == "XX":
            draft.ops = (*draft.ops, "last")
    elif word[0] == "初":
        draft.day = "01"
    else:
        draft.day, draft.upto = "11", ("day", "20")
    return True


def _last_day_text(draft: Draft) -> str:
    """The last day of the draft's month, XX where it depends on what is not known."""
    month = int(draft.fine) if draft.fine and draft.fine.isdigit() else 0
    if month == 2 and draft.year and draft.year.isdigit() and len(draft.year) == 4:
        year = int(draft.year)
        return "29" if year % 4 == 0 and (year % 100 or year % 400 == 0) else "28"
    return "XX" if month in (0, 2) else "30" if month in (4, 6, 9, 11) else "31"


def set_third(draft: Draft, match: re.Match[str]) -> bool:
    """上旬, 中下旬; 上半月, 下半月."""
    if draft.fine is None:
        draft.fine, draft.ops = "XX", (*draft.ops, "m+0")
    first, last = match["third_a"][0], match["third_a"][-1]
    if match["third_h"]:
        low, high = ("01", "15") if first == "上" else ("16", "last")
    else:
        low = {"上": "01", "中": "11", "下": "21"}[first]
        high = {"上": "10", "中": "20", "下": "last"}[last]
    if high == "last":
        high = _last_day_text(draft)
        if high == "XX":
            draft.ops = (*draft.ops, "last")
    draft.day, draft.upto = low, ("day", high)
    return draft.fine[0] in "01X"


# What a bare N号 numbers: a building, a room, a document; a clock time may follow a day.
_AFTER_LONE = re.compile(
    "[楼线机房文令门厅馆院店车井台炉船区地码公仓泵主厂库桥路站召称子字决议职角钢柜坑矿煤船A-Za-z]|通知|[0-9](?![0-9]?[点时:])"
)


def set_day(draft: Draft, match: re.Match[str]) -> bool:
    """8日, 30号, the 12 of 12--14日; 初八 and 廿二 are lunar."""
    text = match[f"{match.lastgroup}_d"]
    number = small_number(text)
    if number is None or not 1 <= number <= 31:
        return False
    if draft.fine is None:
        if draft.year is not None:
            return False
        if text == "一" or _AFTER_LONE.match(match.string, match.end()):
            return False
        draft.lone = True
    elif draft.fine[0] not in "01X" or (match.lastgroup == "bare_day" and draft.fine == "XX"):
        return False
    if text[0] in "初廿":
        draft.lunar = True
    draft.day = f"{number:02d}"
    draft.dangling = match.lastgroup in ("day_range",)
    return True


def set_masked_day(draft: Draft, match: re.Match[str]) -> bool:
    """X日 after a month."""
    draft.day = "XX"
    return draft.fine is not None


def set_word_day(draft: Draft, match: re.Match[str]) -> bool:
    """今天, 昨日; 去年的今天."""
    draft.day, draft.fine = "XX", "XX"
    offset = WORDS["days"][match["word_day_w"]]
    away = next((op for op in draft.ops if op[0] == "y"), "y+0")
    if draft.year not in (None, "XXXX") or draft.ops != () and (away == "y+0" or offset):
        return False
    draft.year = "XXXX"
    draft.ops = (f"{away[1]}P{away[2:]}Y",) if away != "y+0" else (f"d{offset:+d}",)
    return True


def set_part_day(draft: Draft, match: re.Match[str]) -> bool:
    """今晚, 昨夜."""
    offset, part = WORDS["part_with_day"][match["part_day_w"]]
    draft.year, draft.fine, draft.day, draft.part = "XXXX", "XX", "XX", part
    draft.ops = (*draft.ops, f"d{offset:+d}")
    return True


def set_festival(draft: Draft, match: re.Match[str]) -> bool:
    """国庆节 is a date; 春节, 冬至 and 母亲节 need the year's calendar."""
    word = match["festival_w"]
    if match["festival_n"]:
        draft.ops = (*draft.ops, "next")
    if word in WORDS["festivals"]:
        draft.fine, draft.day = WORDS["festivals"][word].split("-")
        return True
    draft.fine = draft.day = "XX"
    if word in WORDS["lunar_festivals"]:
        draft.ops = (*draft.ops, f"l{WORDS['lunar_festivals'][word]}")
    elif word in WORDS["floating_festivals"]:
        draft.fine = WORDS["floating_festivals"][word][:2]
        draft.ops = (*draft.ops, f"n{WORDS['floating_festivals'][word]}")
    else:
        term = word.removesuffix("节气").removesuffix("节")
        draft.ops = (*draft.ops, f"t{term}")
        if term == word and term in WORDS["solar_terms"]["unsafe"] and draft.year is None:
            return False
    return True


# ---- patterns ------------------------------------------------------------------------------------------------

_YEAR4 = "(?:1[4-9]|20|21)[0-9]{2}"
_YEARC = f"[一二]{DIGIT}{{3}}|二[0〇零○Oo]{{2}}{DIGIT}"
_YEAR_END = "年(?:度(?!假)|份)?"
_AFTER_PAIR = (
    f"{SPACE}(?:的)?{SPACE}(?:{MONTH}{SPACE}月|度|底|末|初|第[0-9一二三四五六七八九十]|[一二三四]季度|[上下]半年|[春夏秋冬]季"
    f"|前[一二两三四五六七八九十0-9]{{1,2}}个?(?:月|季度))"
)
_TERMS = [t + s for t in WORDS["solar_terms"]["words"] for s in ("", "节", "节气")]
_FESTIVALS = [*WORDS["festivals"], *WORDS["lunar_festivals"], *WORDS["floating_festivals"], *_TERMS]
_PLANS = alternation(WORDS["plans"])

YEAR_ATOMS = (
    Atom(
        "plan",
        1,
        f'(?:(?P<plan_q>[“"「『])|{FRESH})(?P<plan_w>{_PLANS})(?(plan_q)[”"」』])(?!普法)(?P<plan_s>规划(?:期间|时期|期)?|时期|期间)?(?P<plan_e>末|初期?|开局之年|收官之年)?',
        set_plan,
    ),
    Atom(
        "century",
        1,
        f"{FRESH}(?P<century_c>[0-9]{{1,2}}|[一二]?十[一二三四五六七八九]?|本|上){SPACE}(?:个)?世纪(?:{SPACE}(?P<century_d>[0-9]0|[一二三四五六七八九]十|0|零){SPACE}年代)?(?P<century_e>初期?|前期|中期|中叶|末期?|后期)?",
        set_century,
    ),
    Atom("decade", 1, f"{FRESH}(?P<decade_y>{_YEAR4}){SPACE}年代", set_decade),
    Atom(
        "school",
        1,
        f"{FRESH}(?P<school_y>{_YEAR4}){SPACE}[-~/至]{{1,2}}{SPACE}(?P<school_z>{_YEAR4}|[0-9]{{2}}){SPACE}学年(?:度)?",
        set_school_year,
    ),
    Atom(
        "roc",
        1,
        f"民国{SPACE}(?P<roc_y>[0-9]{{1,3}}|{DIGIT}{{1,3}}|[一二三四五六七八九]?十[一二三四五六七八九]?){SPACE}年(?:度)?",
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
        f"{FRESH}(?P<year_short_y>0[0-9]|零{DIGIT}|[0-9]{{2}}(?={SPACE}年{_AFTER_PAIR})){SPACE}{_YEAR_END}",
        set_year,
    ),
    Atom(
        "year_odd",
        1,
        f"{FRESH}(?P<year_odd_y>{DIGIT}{{2,3}}|两千|[0-9]{{3}}){SPACE}年(?={SPACE}{MONTH}{SPACE}月)",
        set_year,
    ),
    Atom("year_pair", 1, f"{FRESH}(?P<year_pair_y>[一二三四五六七八九]{{2}}){SPACE}年(?!代)", set_year),
    Atom(
        "roc_bare",
        1,
        f"{FRESH}(?P<roc_bare_y>9[0-9]|1[0-2][0-9]){SPACE}年度?(?={SPACE}(?:{MONTH}{SPACE}月|底|度|第))",
        set_bare_roc,
    ),
    Atom(
        "mask_year",
        1,
        f"(?<![A-Za-z0-9*_])(?:20(?:{MASK}{{1,4}}|[0-9]{MASK}|-{{1,2}}|\\( {{0,3}}\\)){SPACE}{_YEAR_END}|(?:X{{1,4}}|\\*{{1,4}}|_{{1,6}}|○{{2,4}}){SPACE}{_YEAR_END}|20[X*]{{2}}(?![0-9A-Za-z*]))",
        set_masked_year,
    ),
    Atom(
        "word_year",
        1,
        f"(?<!以)(?P<word_year_w>{alternation([*WORDS['years'], *WORDS['near_years'], *WORDS['open_years']['words']])})(?:同期|全年)?(?!级|轻|青|画|糕|[货龄])",
        set_word_year,
    ),
)

_QUARTER = "[一二三四1-4首末]"
_NOT_EDGE = "(?!端|梢|班|尾|次|步|级|心|稿|审|评|衷|中|步|见|恋|诊|试|衷|始化|下|层|蕴|薪|数|线|色|盘(?!点|活|查)|价|片|部|子|细|气|奖)"
UNIT_ATOMS = (
    Atom(
        "unit",
        2,
        f"(?:(?P<unit_h>[上下])半年(?:度)?|(?P<unit_s>{alternation(WORDS['seasons'])})|{FRESH}(?P<unit_r>[一二三四1-4])(?={JOIN}[一二三四1-4]{SPACE}季度)|(?:{FRESH}|第)(?P<unit_q>{_QUARTER}){SPACE}季(?:度)?(?<!首季)(?<!末季)(?<=度)|第(?P<unit_z>[一二三四1-4])季(?!度)|(?P<unit_y>(?:春|夏|秋|冬(?!至)))(?=$|[,，。、;；至到~-]))",
        set_unit,
    ),
    Atom("word_quarter", 2, f"(?P<word_quarter_w>{alternation(WORDS['quarters'])})", set_word_quarter),
    Atom("lunar", 0, "(?:农历|阴历|旧历)(?:的)?", set_lunar),
    Atom(
        "year_edge",
        3,
        f"(?:(?<![0-9一二两三四五六七八九十几多半近数])(?P<year_edge_b>年|岁))?(?P<year_edge_e>底|末|终|内(?=[,，。;；、完实全基建力争]|$|前)|初期?|伊始|开年|中(?=[,，。、前]|$)){_NOT_EDGE}",
        set_year_edge,
    ),
    Atom("festival", 4, f"(?P<festival_n>下一?个)?(?P<festival_w>{alternation(_FESTIVALS)})", set_festival),
)

_MONTH_END = "月(?:份)?(?!饼|球|亮|嫂|光饭|票|租|薪|息|度|均|刊|报表|经|牙|季|台|台|供|子弹|明星)"
MONTH_ATOMS = (
    Atom("month_pair", 3, f"{FRESH}(?P<month_pair_p>[一二三四五六七八九]{{2}}){SPACE}月(?:份)?", set_month_pair),
    Atom("month", 3, f"{FRESH}(?P<month_m>{MONTH}){SPACE}{_MONTH_END}", set_month),
    Atom("month_range", 3, f"{FRESH}(?P<month_range_m>{MONTH})(?={JOIN}{MONTH}{SPACE}月)", set_month),
    Atom(
        "mask_month", 3, f"(?<![A-Za-z0-9])(?:X{{1,2}}|\\*{{1,2}}|_{{1,3}}|○{{1,2}}){SPACE}月(?:份)?", set_masked_month
    ),
    Atom(
        "lunar_month",
        3,
        f"(?P<lunar_month_w>{alternation(WORDS['lunar_months'])}|闰(?P<lunar_month_l>{MONTH})月)",
        set_lunar_month,
    ),
    Atom(
        "word_month",
        3,
        f"(?<![首一二三每多初再层])(?P<word_month_w>{alternation(WORDS['months'])})(?!薪|供|饼|台)",
        set_word_month,
    ),
)

DAY_ATOMS = (
    Atom("third", 4, "(?P<third_a>[上中下]{1,2})(?:旬|(?P<third_h>半月(?:份)?))", set_third),
    Atom(
        "month_edge",
        4,
        f"(?P<month_edge_b>月|季)?(?P<month_edge_e>底|末|初(?=$|[^一二三四五六七八九十步级中期])|(?<=月)中(?=[,，。、前]|$)){_NOT_EDGE}",
        set_month_edge,
    ),
    Atom("day", 4, f"{FRESH}(?P<day_d>{DAY}){SPACE}(?:日|号)(?!常|志|程|记|本|元|益|夜|照)", set_day),
    Atom(
        "day_range",
        4,
        f"{FRESH}(?P<day_range_d>{DAY})(?={JOIN}(?:{MONTH}{SPACE}月{SPACE})?{DAY}{SPACE}(?:日|号))",
        set_day,
    ),
    Atom("mask_day", 4, f"(?:X{{1,2}}|\\*{{1,2}}|_{{1,3}}|○{{1,2}}){SPACE}[日号]", set_masked_day),
    Atom("lunar_day", 4, "(?P<lunar_day_d>初[一二三四五六七八九十]|廿[一二三四五六七八九])", set_day),
    Atom("bare_day", 4, f"(?<=[月月])(?P<bare_day_d>{DAY})(?={SPACE}(?:$|[,，。、;；~至到出晚早上下]))", set_day),
    Atom("word_day", 4, f"(?P<word_day_w>{alternation(WORDS['days'])})(?!头条|性)", set_word_day),
    Atom("part_day", 6, f"(?P<part_day_w>{alternation(WORDS['part_with_day'])})(?:上)?", set_part_day),
)
