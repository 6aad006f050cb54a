"""Atoms between year and day: halves, quarters, seasons, months, and the edges of year and month."""

from __future__ import annotations

import re

from docparse.expr.time_atoms import NOT_EDGE, Atom, group_number, last_day_text
from docparse.expr.time_words import FORE, FRESH, JOIN, MONTH, NOT_INSIDE, SPACE, WORDS, alternation, small_number
from docparse.expr.timex import Draft


def set_month(draft: Draft, match: re.Match[str]) -> bool:
    """5月, 十一月, or the 6 of 6到12月."""
    draft.fine = f"{group_number(match, f'{match.lastgroup}_m'):02d}"
    draft.dangling = match.lastgroup == "month_range"
    return draft.upto is None


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
    number = WORDS["lunar_months"].get(word) or group_number(match, "lunar_month_l")
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


# Q3 without a year is a quarter where something is then done or due; it is also a car, a question, a product.
_QUARTER_ALONE = re.compile(
    "(?<![A-Za-z0-9迪车款]Q[1-4])(?:季度|[初末底内](?![^前起,，。、;；])|上线|推广|启动|完成|交付|发布|落地|结束|达成|实现|目标|计划|营收|业绩|销售额"
    "|全面|复盘|收官|冲刺|开始|开工|投产|验收|试点|评审"
    f"|以前|之前|{FORE})"
)


def set_unit(draft: Draft, match: re.Match[str]) -> bool:
    """上半年, 一季度, 夏季, 今年春 and the first quarter of 一至三季度."""
    if match["unit_k"]:
        draft.fine = f"Q{match['unit_k']}"
        return draft.year is not None or _QUARTER_ALONE.match(match.string, match.end()) is not None
    if match["unit_two"]:
        low, high = WORDS["season_pairs"][match["unit_two"]]
        draft.fine, draft.upto = low, ("fine", high)
        return True
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


def set_school_term(draft: Draft, match: re.Match[str]) -> bool:
    """本学期, 新学年, 第一学期: where it lies in the year is the school's to say, so only the year is kept, open.

    Of a school year that is written out, 第一学期 runs from September to January and 第二学期 from February to July.
    """
    if draft.year is None:
        draft.year, draft.ops = "XXXX", ("?",)
    elif draft.upto and draft.upto[0] == "whole" and match["school_term_n"]:
        high = draft.upto[1][:4]
        if match["school_term_n"] == "一":
            draft.upto = ("whole", f"{high}-01")
        else:
            draft.year, draft.fine, draft.upto = high, "02", ("whole", f"{high}-07")
    return True


def set_term_edge(draft: Draft, match: re.Match[str]) -> bool:
    """期末, 学期中: in some month that the school's calendar says."""
    fresh = draft.year is None and draft.fine is None
    draft.year, draft.fine = "XXXX", "XX"
    return fresh


def set_last_month(draft: Draft, match: re.Match[str]) -> bool:
    """年最后一月, without a year before it, is the twelfth month of the year at hand."""
    fresh = draft.year is None
    draft.year, draft.fine, draft.ops = "XXXX", "12", ("c+0",)
    return fresh


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
    if word == "中" and match["year_edge_b"] is None:
        return False  # 20xx年中, is within the year; only 年中 is its middle
    if word[0] != "内":
        draft.fine = "01" if word[0] in "初伊开" else "06" if word[0] == "中" else "12"
    return True


def set_month_edge(draft: Draft, match: re.Match[str]) -> bool:
    """月底 and 月末 are the last day, 月初 the first, 月中 the middle ten days."""
    if draft.fine is None:
        if match["month_edge_b"] is None or draft.year is not None:
            return False
        quarterly = match["month_edge_b"][0] == "季"
        draft.fine, draft.ops = ("QX", ("q+0",)) if quarterly else ("XX", (*draft.ops, "m+0"))
    word = match["month_edge_e"]
    if draft.fine[0] == "H":  # 上半年末
        draft.fine, draft.day = ("06", "30") if draft.fine == "H1" else ("12", "31")
        return word[0] in "底末"
    if draft.fine[0] == "Q":
        if word[0] not in "底末":
            draft.fine = f"{3 * int(draft.fine[1]) - 2:02d}" if draft.fine != "QX" else draft.fine
            return word[0] == "初"
        if draft.fine == "QX":
            draft.ops = (*draft.ops, "last")
        else:
            draft.fine = f"{3 * int(draft.fine[1]):02d}"
            draft.day = last_day_text(draft)
        return True
    if draft.fine[0] not in "01X":
        return False
    if word[0] in "底末":
        draft.day = "99" if draft.lunar else last_day_text(draft)  # a lunar month has 29 or 30 days
        if draft.day == "XX":
            draft.ops = (*draft.ops, "last")
            # Of 月底 no more is written than that it is in a month; most Februaries end on the 28th.
            draft.day = None if draft.fine == "XX" else "28" if draft.fine == "02" else draft.day
    elif word[0] == "初":
        draft.day = "01"
    else:
        draft.day, draft.upto = "11", ("day", "20")
    return True


# What has 期末 in its name: tests, and items of accounts.
_NOT_TERM_END = (
    "(?!考|[测測检檢评評][测測试試量价價]|[质質]量|[学學][业業]|各科|成[绩績]|[阅閱]卷|[复復複][习習]|展示|校[务務]|[会會操]|幼儿|占|余|数|[值额额]|总资|现金|所有者"
    "|合同|资产|负债|应[收付]|未分|净|借|贷|存货|库存|股东)"
)
_QUARTER = "[一二三四1-4首末]"
UNIT_ATOMS = (
    Atom(
        "unit",
        2,
        f"(?:Q(?P<unit_k>[1-4])(?![0-9A-Za-z])|(?P<unit_two>{alternation(WORDS['season_pairs'])})(?:季节?|(?<=寒暑)假期?)|(?P<unit_h>[上下])半年(?:度)?|(?P<unit_s>{alternation(WORDS['seasons'])})"
        f"|{FRESH}(?P<unit_r>[一二三四1-4])(?={JOIN}[一二三四1-4]{SPACE}季度)|(?:{FRESH}"
        f"|第)(?P<unit_q>{_QUARTER}){SPACE}季(?:度)?(?<!首季)(?<!末季)(?<=度)|第(?P<unit_z>[一二三四1-4])季"
        f"(?!度)|(?P<unit_y>(?:春|夏|秋|冬(?!至)))(?=$|[,，。、;；至到~-]))",
        set_unit,
    ),
    Atom("word_quarter", 2, f"(?P<word_quarter_w>{alternation(WORDS['quarters'])})", set_word_quarter),
    Atom(
        "school_term",
        2,
        "(?:[本上下新]|第(?P<school_term_n>[一二])|(?:下一|上一|下|上)个)学(?:期(?:期?末|初|中)?|年度?)(?!生|校|费|籍|龄|级|制)",
        set_school_term,
    ),
    Atom(
        "term_edge",
        3,
        f"(?:(?<![本上下新每各一二两三四几个])学期(?:期?末|初|中(?=[,，。再]))|(?:(?<![一-鿿])|(?<=[在到至于待是]))期末{_NOT_TERM_END})",
        set_term_edge,
    ),
    Atom("lunar", 0, "(?:农历|阴历|旧历)(?:的)?", set_lunar),
    Atom("lunar_mid", 2, "(?:农历|阴历|旧历)(?:的)?", set_lunar),
    Atom("last_month", 3, "年(?:的)?最后一个?月", set_last_month),
    Atom(
        "year_edge",
        3,
        f"(?:(?<![0-9一二两三四五六七八九十几多半近数青少童中老学百千每整历往常壮晚盛幼])(?<!(?<![完达形建])成)(?P<year_edge_b>年|岁))?(?P<year_edge_e>底"
        f"|末|终|(?(year_edge_b)内{NOT_INSIDE}|内(?=[,，。;；、完实全基建力争]|$|前))|初期?|伊始|开年|(?(year_edge_b)中(?![国央华小学间部东西年])|(?!))|中(?=[,，。、前]"
        f"|$))(?:(?<=内)|{NOT_EDGE})",
        set_year_edge,
    ),
)

_MONTH_END = "月(?:份(?![额量]))?(?!饼|球|亮|嫂|光|票|租|薪|息|度|均|刊|报表|经|牙|季|台|供|子弹|明星)"
# 1.3月中旬 in a numbered list: the point ends the item's number. Nobody counts 1.3 months so.
_BEGIN = f"(?:{FRESH}|(?<=[\\s。；;）)][0-9][.．])|(?<=[\\s。；;）)][0-9][0-9][.．]))"
MONTH_ATOMS = (
    Atom("month_pair", 3, f"{FRESH}(?P<month_pair_p>[一二三四五六七八九]{{2}}){SPACE}月(?:份)?", set_month_pair),
    Atom("month", 3, f"{_BEGIN}(?P<month_m>{MONTH}){SPACE}{_MONTH_END}", set_month),
    Atom("month_range", 3, f"{_BEGIN}(?P<month_range_m>{MONTH})(?={JOIN}{MONTH}{SPACE}月)", set_month),
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
        f"(?<![首一二三每多初再层])(?P<word_month_w>{alternation(WORDS['months'])})(?:同期)?(?!薪|供|饼|台)",
        set_word_month,
    ),
)
