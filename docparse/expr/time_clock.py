"""Atoms beside and below the date: digit dates, weeks, parts of the day, clock times, 前三个月 of a year."""

from __future__ import annotations

import re

from docparse.expr.time_atoms import ANY_YEAR, Atom, two_digit_year
from docparse.expr.time_words import COUNT, FRESH, HOUR, JOIN, SIXTY, SPACE, WORDS, alternation, small_number
from docparse.expr.timex import Draft, last_day

_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7, "七": 7} | {str(i): i for i in range(1, 8)}
WEEK_WORD = "(?:周|星期|礼拜)"


def _set_date(draft: Draft, year: int, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= last_day(min(max(year, 1), 9998), month)):
        return False
    draft.year, draft.fine, draft.day = f"{year:04d}", f"{month:02d}", f"{day:02d}"
    return True


def set_iso(draft: Draft, match: re.Match[str]) -> bool:
    """2024-05-01, 2024.5.1, 2024/5/1."""
    return _set_date(
        draft, int(match["iso_y"]), int(match["iso_m"] or match["iso_p"]), int(match["iso_d"] or match["iso_q"])
    )


def set_day_first(draft: Draft, match: re.Match[str]) -> bool:
    """13.5.2015, 1/2/2020; the month stands first only where the day cannot."""
    first, second, year = int(match["dmy_a"]), int(match["dmy_b"]), int(match["dmy_y"])
    if year < 100:
        year = two_digit_year(year)
    return _set_date(draft, year, first, second) if second > 12 else _set_date(draft, year, second, first)


def set_iso_month(draft: Draft, match: re.Match[str]) -> bool:
    """2024-05; 2008.03 only where an interval goes on."""
    draft.year, draft.fine = match["iso_month_y"], (match["iso_month_o"] or match["iso_month_m"]).zfill(2)
    draft.dangling = match["iso_month_o"] is None
    return True


def set_short_date(draft: Draft, match: re.Match[str]) -> bool:
    """09-01 20:01, 11.20 20点: month and day, only before a clock time."""
    month, day = int(match["short_m"]), int(match["short_d"])
    draft.fine, draft.day = f"{month:02d}", f"{day:02d}"
    return 1 <= month <= 12 and 1 <= day <= 31


def set_ordinal_day(draft: Draft, match: re.Match[str]) -> bool:
    """第八个月 of a year, 第二天 of a month or year, 最后一天 of a month."""
    number = -1 if match["nth_n"].startswith("最后") else small_number(match["nth_n"].removeprefix("第")) or 0
    unit = match["nth_u"]
    if unit == "月":
        if draft.year is None or draft.fine or not (number == -1 or 1 <= number <= 12):
            return False
        draft.fine = "12" if number == -1 else f"{number:02d}"
        return True
    if draft.fine and draft.fine[0] in "01X":
        draft.day = f"{number:02d}" if number > 0 else "XX"
    elif draft.year and not draft.fine:
        draft.fine, draft.day = ("01", f"{number:02d}") if number > 0 else ("12", "31")
        return number <= 31
    else:
        return False
    if number == -1:
        draft.ops = (*draft.ops, "last")
    return number <= 31


def set_portion(draft: Draft, match: re.Match[str]) -> bool:
    """前三季度, 后四个月 of a year; 前两天, 最后五天 of a month: the first or last few."""
    count = small_number(match["portion_n"]) or 0
    tail = match["portion_p"][0] in "后最末"
    unit = match["portion_u"]
    if unit == "季度" and draft.fine is None:
        low, high = (5 - count, 4) if tail else (1, count)
        draft.fine, draft.upto = f"Q{low}", ("fine", f"Q{high}")
        return 1 <= count <= 4
    if draft.year is None and draft.fine is None:
        return False
    if unit == "月" and draft.fine is None:
        low, high = (13 - count, 12) if tail else (1, count)
        draft.fine, draft.upto = f"{low:02d}", ("fine", f"{high:02d}")
        return 1 <= count <= 12
    if unit == "周" and draft.fine is None:
        low, high = (53 - count, 52) if tail else (1, count)
        draft.week, draft.upto = f"W{low:02d}", ("week", f"W{high:02d}")
        return 1 <= count <= 52
    if unit not in "天日" or not 1 <= count <= 31 or (draft.fine or "0")[0] not in "01X":
        return False
    return _portion_days(draft, count, tail)


def _portion_days(draft: Draft, count: int, tail: bool) -> bool:
    if not tail:
        draft.fine = draft.fine or "01"
        draft.day, draft.upto = "01", ("day", f"{count:02d}")
        return True
    if draft.fine is None:
        draft.fine = "12"
    if draft.fine in ("XX", "02"):
        draft.day, draft.upto = "XX", ("day", "XX")
        draft.ops = (*draft.ops, f"tail{count}")
        return True
    end = last_day(ANY_YEAR, int(draft.fine))
    draft.day, draft.upto = f"{end - count + 1:02d}", ("day", str(end))
    return True


def set_week(draft: Draft, match: re.Match[str]) -> bool:
    """第10周 of a year; of a month, its days 1–7, 8–14 …"""
    number = 1 if match["week_f"] else small_number(match["week_n"]) or 0
    if draft.fine is not None:
        if draft.fine[0] not in "01X" or not 1 <= number <= 4:
            return False
        draft.day, draft.upto = f"{7 * number - 6:02d}", ("day", f"{7 * number:02d}")
        return True
    draft.week = f"W{number:02d}"
    return 1 <= number <= 53


def set_week_range(draft: Draft, match: re.Match[str]) -> bool:
    """The 第1 of 第1-4周."""
    number = small_number(match["week_range_n"]) or 0
    draft.week, draft.dangling = f"W{number:02d}", True
    return draft.fine is None and 1 <= number <= 53


def set_word_week(draft: Draft, match: re.Match[str]) -> bool:
    """本周, 上星期, 下周三, 下半周, 周末."""
    if match["word_week_h"]:
        draft.week, draft.ops = "WXX", ("w+0",)
        low, high = ("1", "3") if match["word_week_h"] == "上" else ("4", "7")
        draft.weekday, draft.upto = low, ("weekday", high)
        return draft.year is None
    draft.week = "WXX"
    draft.ops = (f"w{WORDS['weeks'][match['word_week_w']]:+d}",)
    if match["word_week_d"]:
        draft.weekday = str(_WEEKDAYS[match["word_week_d"]])
    elif match["word_week_e"]:
        draft.weekday = "WE" if match["word_week_e"] == "末" else "1"
    return draft.year is None and draft.fine is None


def set_weekday(draft: Draft, match: re.Match[str]) -> bool:
    """周六, 星期三, 周末; beside a full date it adds nothing."""
    text = match["weekday_d"] or match["weekday_p"]
    if draft.day is None and match["weekday_p"]:
        return False
    if draft.year is not None and draft.fine is None and draft.week is None:
        return False
    if draft.fine is not None and draft.day is None:
        return False
    draft.weekday = "WE" if text in ("末", "六日", "六、日") else str(_WEEKDAYS[text])
    return True


def set_nth_weekday(draft: Draft, match: re.Match[str]) -> bool:
    """十月第一个星期一, 8月的最后一个星期一."""
    number = 9 if match["nthw_n"].startswith("最后") else small_number(match["nthw_n"].removeprefix("第")) or 0
    if draft.fine is None or not draft.fine.isdigit() or not (1 <= number <= 5 or number == 9):
        return False
    draft.day = "XX"
    draft.ops = (*draft.ops, f"n{draft.fine}-{number}-{_WEEKDAYS[match['nthw_d']]}")
    return True


def set_part(draft: Draft, match: re.Match[str]) -> bool:
    """上午, 晚; one character only after a day or before a clock time."""
    if match["part_w"]:
        draft.part = WORDS["day_parts"][match["part_w"]]
        if match["part_w"] == "黎明" and draft.day is None:  # also a name
            return False
    else:
        draft.part = WORDS["part_after_day"][match["part_s"]]
        after_day = draft.day is not None or draft.weekday is not None
        return after_day or draft.clocked or match["part_l"] is not None
    return draft.fine is None or draft.day is not None


def set_clock(draft: Draft, match: re.Match[str]) -> bool:
    """15:30, 3点一刻, 下午1点半, 3:15pm as HH:MM."""
    colon = match["clock_h"] is not None
    hour = small_number(match["clock_h"] if colon else match["clock_o"])
    minute = _clock_minute(match, colon)
    if hour is None or minute is None or hour > 24 or minute > 59:
        return False
    if _is_ratio(draft, match) if colon else not _clock_allowed(draft, match):
        return False
    half = (match["clock_a"] or "").lower()[:1]
    part = "AF" if half == "p" else draft.part
    _fill_clock(draft, hour, minute, part)
    seconds = match["clock_s"] or match["clock_z"]
    if seconds:
        draft.clock = f"{draft.clock}:{small_number(seconds) or 0:02d}"
    return True


# 比例为1:20:30, 产业结构由9:41:50调整为8:42:50, 配比：1:30.
_RATIO = re.compile(
    "(?:比(?:例尺?|重|值|率|分)?|结构|坡度|稀释|得分|比数)约?(?:[为是由从到按:]|[调优][整化]为)?约? ?\\Z"
)
# What a clock time may follow behind a colon, besides one that a second one follows.
_CLOCK_LABEL = re.compile(
    "(?:时[间段刻候]?|[上下]午|[早晚]上|班|课|开始|结束|截止|集合|签到|报到|会议|日期|[起就]床?寝?): ?\\Z"
)
_CLOCK_ON = re.compile(f"{JOIN}[0-9]{{1,2}}:[0-9]{{2}}")
_LABEL_REACH = 8


def _is_ratio(draft: Draft, match: re.Match[str]) -> bool:
    """Is a:b no time of day, by what stands before it? Of three shares the sum is 100."""
    text, start = match.string, match.start()
    before = text[max(0, start - _LABEL_REACH) : start]
    if draft.day is not None or draft.weekday is not None or draft.part is not None:
        return False
    shares = match["clock_s"] is not None and before[-1:] in tuple("由为到至从比")
    if _RATIO.search(before) or (shares and sum(int(match[f"clock_{part}"]) for part in "hms") == 100):
        return True
    return before.rstrip(" ")[-1:] == ":" and not (_CLOCK_LABEL.search(before) or _CLOCK_ON.match(text, match.end()))


def _clock_minute(match: re.Match[str], colon: bool) -> int | None:
    if colon:
        return int(match["clock_m"])
    if match["clock_b"]:
        return 30
    if match["clock_q"]:
        return 15 * (small_number(match["clock_q"]) or 1)
    text = match["clock_n"]
    return small_number(text.lstrip("零〇") or "零") if text else 0


def _clock_allowed(draft: Draft, match: re.Match[str]) -> bool:
    """Is N点 a time? 三点 may be three points, 七点八 a decimal: a bare N点 needs a day, a part of it or a border."""
    dated = draft.part is not None or draft.day is not None or draft.weekday is not None
    if match["clock_u"] == "时":
        return dated or match["clock_o"] != "一" or match["clock_n"] is not None
    if match["clock_b"] or match["clock_q"] or match["clock_g"] or match["clock_f"]:
        return dated or match["clock_o"] != "一" or match["clock_g"] is not None
    if match["clock_n"]:
        return True
    if dated or draft.clocked:
        return True
    before = match.string[match.start() - 1] if match.start() else ""
    after = match.string[match.end() : match.end() + 1]
    return (
        match["clock_o"] != "一"
        and before in ("", " ", ",", "，", "在", "到", "至", "从", "-", "~", "个", "约")
        and (after in ("", "的", "以", "之", "到", "至", "-", "~", "前", "后", "左"))
    )


def _fill_clock(draft: Draft, hour: int, minute: int, part: str | None) -> None:
    late = part in ("EV", "NI")
    if (part == "AF" and 1 <= hour < 12) or (part == "MI" and 1 <= hour <= 4) or (late and 5 <= hour < 12):
        hour += 12
    elif late and (hour <= 4 or hour == 12):
        hour %= 12
        draft.ops = (*draft.ops, "+P1D")
    draft.clock = f"{hour:02d}:{minute:02d}"


def set_clock_range(draft: Draft, match: re.Match[str]) -> bool:
    """The 9 of 9~12点半 and the 五 of 早上五到六点."""
    hour = small_number(match["clock_range_o"])
    if hour is None or hour > 24:
        return False
    _fill_clock(draft, hour, 0, draft.part)
    draft.dangling = True
    return True


def set_clock_pair(draft: Draft, match: re.Match[str]) -> bool:
    """晚上八九点: two neighbouring hours, only after a part of the day or a day."""
    low, high = (small_number(c) or 0 for c in match["clock_pair_p"])
    if high != low + 1 or not (draft.part or draft.day or draft.weekday):
        return False
    _fill_clock(draft, high, 0, draft.part)
    upper = draft.clock or ""
    _fill_clock(draft, low, 0, draft.part)
    draft.upto = ("clock", upper)
    return upper > (draft.clock or "")


YEAR4 = "(?:1[4-9]|20|21)[0-9]{2}"
MONTH2 = "(?:1[0-2]|0?[1-9])"
_DD = "(?:3[01]|[12][0-9]|0?[1-9])"
_LEFT = "(?<![0-9A-Za-z./])"

DIGIT_DATES = (
    Atom(
        "iso",
        4,
        f"{_LEFT}(?P<iso_y>{YEAR4})(?:[-./](?P<iso_m>{MONTH2})[-./](?P<iso_d>(?:0[1-9]"
        f"|[12][0-9]|3[01])(?=[0-9]{{2}}:[0-9]{{2}})|{_DD}(?![0-9]|[-/.][0-9](?![0-9]{{3}}[-/.])))"
        f"| (?P<iso_p>0[1-9]|1[0-2]) (?P<iso_q>0[1-9]|[12][0-9]|3[01])(?![0-9]))(?:日"
        f"|号)?",
        set_iso,
    ),
    Atom(
        "iso_month",
        3,
        f"{_LEFT}(?P<iso_month_y>{YEAR4})(?:-(?P<iso_month_o>0[1-9]|1[0-2])(?![0-9年]"
        f"|[-./][0-9])|[./](?P<iso_month_m>{MONTH2})(?={JOIN}(?:{YEAR4}|今)))",
        set_iso_month,
    ),
    Atom(
        "dmy",
        4,
        f"{_LEFT}(?:(?P<dmy_a>{_DD})[./](?P<dmy_b>{_DD})[./](?P<dmy_y>{YEAR4}|(?<=[0-9]{{2}}/[0-9]{{2}}/)[0-9]{{2}}))"
        f"(?![0-9./])",
        set_day_first,
    ),
    Atom(
        "short",
        4,
        f"{_LEFT}(?P<short_m>{MONTH2})[-.](?P<short_d>{_DD})(?= {{1,2}}(?:[0-9]{{1,2}}:[0-9]{{2}}|[0-9]{{1,2}}[点时]))",
        set_short_date,
    ),
)

_ONCE = "(?!次|个|小|大|份|篇|期|遍|回|报|条|两|考|查|测|调|通报|歌|练|星|题|总|会商|换|跳|检|[周转])"
WEEK_ATOMS = (
    Atom(
        "nthw",
        4,
        f"(?P<nthw_n>第[一二三四五1-5]|最后一)(?:个)?{WEEK_WORD}(?P<nthw_d>[一二三四五六日天])",
        set_nth_weekday,
    ),
    Atom("nth", 4, f"(?P<nth_n>第{COUNT}|最后一){SPACE}(?:个)?(?P<nth_u>月|天)", set_ordinal_day),
    Atom(
        "portion",
        4,
        f"(?P<portion_p>前|头|后|最后)(?:的)?{SPACE}(?P<portion_n>{COUNT}){SPACE}"
        f"(?:个)?{SPACE}(?P<portion_u>季度|月|周|天|日)(?!份|期)",
        set_portion,
    ),
    Atom(
        "week",
        4,
        f"(?:第(?P<week_n>{COUNT}){SPACE}(?:个)?{SPACE}|(?P<week_f>首)){WEEK_WORD}(?![一二三四五六日天岁年边转期])",
        set_week,
    ),
    Atom(
        "week_range",
        4,
        f"第(?P<week_range_n>{COUNT})(?={JOIN}(?:第)?{COUNT}{SPACE}(?:个)?{WEEK_WORD}(?![一二三四五六日天岁年边转期]))",
        set_week_range,
    ),
    Atom(
        "word_week",
        4,
        f"(?:(?P<word_week_h>[上下])半周|(?P<word_week_w>{alternation(WORDS['weeks'])})"
        f"(?:周(?=周|星期)|(?!周周))?{WEEK_WORD}(?:(?P<word_week_d>[一二三四五六日天]){_ONCE}"
        f"|(?P<word_week_e>[末初]))?(?![岁年边转期]))",
        set_word_week,
    ),
    Atom(
        "weekday",
        5,
        f"(?:[,，]? ?{WEEK_WORD}"
        f"(?P<weekday_d>六、?日(?!照(?!常)|程|用品|志|常用|均[客销产收流接0-9])|[一二三四五六日天末]|[1-6](?![0-9])){_ONCE}"
        f"|\\( ?{WEEK_WORD}(?P<weekday_p>[一二三四五六日天]) ?\\))",
        set_weekday,
    ),
)

_PARTS = alternation(WORDS["day_parts"])
PART_ATOMS = (
    Atom(
        "part",
        6,
        f"(?:(?P<part_w>{_PARTS})(?!茶)|(?P<part_s>[早晚晨])(?:(?P<part_l>(?={SPACE}{HOUR}{SPACE}[点时:]))"
        f"|(?=$|[,，。、;；至~的前过上下-]|到(?=[晚夜傍中下凌0-9]))))",
        set_part,
    ),
    Atom(
        "clock",
        7,
        f"(?:(?:(?<![0-9A-Za-z比.第])(?<![0-9]:)|(?<=[0-9]T)|(?:(?<=[\\n。；;）):][0-9][.．])|(?<=[\\n。；;）):][0-9][0-9][.．]))(?=[0-9]{{1,2}}:[0-9]{{2}}{JOIN}))(?P<clock_h>[01]?[0-9]|2[0-4]):(?P<clock_m>[0-5][0-9])"
        f"(?::(?P<clock_s>[0-5][0-9]))?(?![0-9:%])(?:{SPACE}(?P<clock_a>[AaPp]\\.?[Mm])"
        f"|(?:时|许|整|分)(?![间期]))?"
        f"|(?:{FRESH}|(?<=周[一二三四五六日天])|(?<=[期拜][一二三四五六日天]))(?P<clock_o>{HOUR}){SPACE}"
        f"(?P<clock_u>[点时])(?:(?P<clock_b>半)|{SPACE}(?P<clock_q>[一二三123])刻"
        f"|{SPACE}(?P<clock_n>{SIXTY})(?:{SPACE}(?P<clock_f>分)(?!之|钟)(?:{SPACE}"
        f"(?P<clock_z>{SIXTY})秒)?|(?<=[0-9一二三四五六七八九十]{{2}})(?![0-9%一二三四五六七八九十个万亿])"
        f"|(?<=[零〇][一二三四五六七八九])|(?<=点十)|(?<=点[一二三四五]十))|(?P<clock_g>钟"
        f"|整|许|多钟?|左右)|(?!分|间|期|代|节|刻|候|段|下|常|效|令|速|要|意|建|零"
        f"|[0-9一二三四五六七八九十])))",
        set_clock,
    ),
    Atom("clock_pair", 7, "(?P<clock_pair_p>[一二三四五六七八][二三四五六七八九])点(?:钟|左右|多)?", set_clock_pair),
    Atom("clock_range", 7, f"{FRESH}(?P<clock_range_o>{HOUR})(?={JOIN}{HOUR}{SPACE}点)", set_clock_range),
)
