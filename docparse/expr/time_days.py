"""Atoms of the day: 8日, 上旬, 月底, 今天, festivals, solar terms and lunar days."""

from __future__ import annotations

import re

from docparse.expr.time_atoms import NOT_EDGE, Atom, last_day_text
from docparse.expr.time_months import set_month_edge
from docparse.expr.time_words import (
    DAY,
    FORE,
    FRESH,
    JOIN,
    MONTH,
    NUMERAL_CHARS,
    SPACE,
    WORDS,
    alternation,
    small_number,
)
from docparse.expr.timex import Draft


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
        high = last_day_text(draft)
        if high == "XX":
            draft.ops = (*draft.ops, "last")
    draft.day, draft.upto = low, ("day", high)
    return draft.fine[0] in "01X"


# 清明 and 大雪 are also other words; before these they are days.
_AFTER_TERM = re.compile("前(?!景)|后(?![来续])|期间|假|小长假|当[天日]|[到至]")
# What a bare N号 numbers: a building, a room, a document; a clock time may follow a day.
_AFTER_LONE = re.compile(
    "[楼线机房文令门厅馆院店车井台炉船区地码公仓泵主厂库桥路站召称子字决议职角钢柜坑矿煤船A-Za-z]"
    "|通知|[0-9](?![0-9]?[点时:])"
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
        named = match[0][-1] != "日" and _AFTER_LONE.match(match.string, match.end())
        if text == "一" or named:
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
    if draft.year not in (None, "XXXX") or (draft.ops != () and (away == "y+0" or offset)):
        return False
    draft.year = "XXXX"
    draft.ops = (f"{away[1]}P{away[2:]}Y",) if away != "y+0" else (f"d{offset:+d}",)
    return True


def set_open_day(draft: Draft, match: re.Match[str]) -> bool:
    """第二天, 节日期间: a day that only the story can tell."""
    fresh = draft.year is None and draft.fine is None
    draft.year, draft.fine, draft.day, draft.ops = "XXXX", "XX", "XX", ("?",)
    return fresh


def set_part_day(draft: Draft, match: re.Match[str]) -> bool:
    """今晚, 昨夜."""
    offset, part = WORDS["part_with_day"][match["part_day_w"]]
    draft.year, draft.fine, draft.day, draft.part = "XXXX", "XX", "XX", part
    draft.ops = (*draft.ops, f"d{offset:+d}")
    return True


def set_holiday(draft: Draft, match: re.Match[str]) -> bool:
    """“五一” and 十一黄金周 as the first day of the holiday; a bare 十一 is a number, 五一路 an address."""
    draft.fine, draft.day = WORDS["holidays"][match["holiday_w"] or match["holiday_q"]].split("-")
    return match[0][0] in '“"' or match[0][-1] not in '”"'


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
            return _AFTER_TERM.match(match.string, match.end()) is not None
    return True


_TERMS = [t + s for t in WORDS["solar_terms"]["words"] for s in ("", "节", "节气")]
_FESTIVALS = [*WORDS["festivals"], *WORDS["lunar_festivals"], *WORDS["floating_festivals"], *_TERMS]

# With these 五一 and 十一 stand in one row: 五一、国庆.
_GREAT = "元旦|春节|清明|端午|中秋|国庆"

# 9月23、24日 is a list of days, read as one.
_MORE_DAYS = "(?:、[0-9]{1,2}){1,5}[日号和及与]"
DAY_ATOMS = (
    Atom(
        "holiday",
        4,
        '(?:[“"]?(?P<holiday_w>五一|十一|[六七八]一)(?:[”"](?<=[五十]一.)|(?<=五一)(?=[前后](?![台勤门街]))'
        f"|(?<=[六七八]一)(?<![{NUMERAL_CHARS}第比][六七八]一)(?={FORE}(?![名位后]))"
        f"|(?<=[五十]一)(?<![二三四五六七八九][五十]一)(?=、(?:{_GREAT}))"
        '|(?<=[五十]一)(?=国?际?(?:假期|黄金周|小长假|期间|前夕|前后)))|[“"](?P<holiday_q>三八|五四|六一|七一|八一)[”"](?=前|后|期间|当天|节|慰问|庆祝|表彰))',
        set_holiday,
    ),
    Atom("festival", 4, f"(?P<festival_n>下一?个)?(?P<festival_w>{alternation(_FESTIVALS)})", set_festival),
    Atom("third", 4, "(?P<third_a>[上中下]{1,2})(?:旬|(?P<third_h>半月(?:份)?))", set_third),
    Atom(
        "month_edge",
        4,
        f"(?P<month_edge_b>月|季度?)?(?P<month_edge_e>底|末|初(?=$|[^一二三四五六七八九十步级中期])"
        f"|(?<=月)中(?=[,，。、前]|$)){NOT_EDGE}",
        set_month_edge,
    ),
    Atom("day", 4, f"{FRESH}(?P<day_d>{DAY}){SPACE}(?:日|号)(?!常|志|程|记|本|元|益|夜(?![间里晚])|照)", set_day),
    Atom(
        "day_range",
        4,
        f"{FRESH}(?P<day_range_d>{DAY})(?={JOIN}(?:{MONTH}{SPACE}月{SPACE})?{DAY}{SPACE}(?:日|号))",
        set_day,
    ),
    Atom("mask_day", 4, f"(?:X{{1,2}}|\\*{{1,2}}|_{{1,3}}|○{{1,2}}){SPACE}[日号]", set_masked_day),
    Atom("lunar_day", 4, "(?P<lunar_day_d>初[一二三四五六七八九十]|廿[一二三四五六七八九])", set_day),
    Atom(
        "bare_day",
        4,
        f"(?<=月)(?P<bare_day_d>{DAY})(?={SPACE}(?:$|[,，。、;；~至到出晚早上下)]|前后|{FORE}))(?!{_MORE_DAYS})",
        set_day,
    ),
    Atom("word_day", 4, f"(?<![好煌烂]的)(?P<word_day_w>{alternation(WORDS['days'])})(?!头条|性)", set_word_day),
    Atom("open_day", 4, f"(?P<open_day_w>{alternation(WORDS['open_days']['words'])})(?![线然赋])", set_open_day),
    Atom("part_day", 6, f"(?P<part_day_w>{alternation(WORDS['part_with_day'])})(?:上)?", set_part_day),
)
