"""Find every time in a text: one scan for places where one may begin, the rules in order, one referee."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from docparse.expr.time_durations import read_length
from docparse.expr.time_intervals import Found, read_time
from docparse.expr.time_sets import read_also, read_set
from docparse.expr.time_words import WORDS, alternation, fold_text
from docparse.records import Span, TimeMention

_REFS = WORDS["references"]
_REF_VALUES = {w: f"{kind.upper()}_REF" for kind in ("present", "future", "past") for w in _REFS[kind]}
_REF = re.compile(f"(?P<w>{alternation(_REF_VALUES)})(?P<in>内)?(?![的地]?(?:化|性|利|状)|第[0-9])")
_PAST = re.compile("(?<![\u4e00-\u9fffA-Za-z0-9])过去(?=[,，的]|我|他|$)(?!的[一二两三四五六七八九十几0-9])")
_NOW = re.compile("(?:至今|迄今)(?:为止)?")
_ARTICLE = re.compile("(?:截至|截止|截止到)")


def read_reference(text: str, start: int) -> Found | None:
    """目前, 今后, 近年来 as PRESENT_REF, FUTURE_REF, PAST_REF; 至今 as /PRESENT_REF."""
    match = _REF.match(text, start)
    if match:
        word = match["w"]
        if word == "最近" and text[match.end() : match.end() + 1] in tuple("的一二三四五六七八九十几0123456789"):
            return None
        return match.end(), "time.reference", "DATE", _REF_VALUES[word], None
    match = _PAST.match(text, start)
    if match:
        return match.end(), "time.reference", "DATE", "PAST_REF", None
    match = _NOW.match(text, start)
    return (match.end(), "time.reference", "DATE", "/PRESENT_REF", None) if match else None


def read_together(text: str, start: int) -> Found | None:
    """今明两年, 明后两天, 今明后三天: neighbouring years or days in one word."""
    match = _TOGETHER.match(text, start)
    if not match or match["n"] in ("今后", "前后", "后前"):
        return None
    unit = match["u"]
    names = re.findall("大后|大前|今|明|后|去|昨|前", match["n"])
    steps = {"今": 0, "明": 1, "后": 2, "大后": 3, "去": -1, "昨": -1, "前": -2, "大前": -3}
    offsets = [steps[name] for name in names]
    letter, value = ("y", "XXXX") if unit == "年" else ("d", "XXXX-XX-XX")
    shift = f"{letter}{min(offsets):+d}/{letter}{max(offsets):+d}"
    return match.end(), "time.interval", "DATE", f"{value}/{value}", shift


_TOGETHER = re.compile("(?P<n>(?:大前|大后|[今明后去昨前]){2,4})[两三四二](?P<u>年|天)")


def read_duration(text: str, start: int) -> Found | None:
    """3个月内 as P3M; 三年前 and 4周后 carry the way in their shift."""
    length = read_length(text, start)
    if length is None:
        return None
    shift = length.way if length.way in ("+", "-") and "/" not in length.value and "X" not in length.value else None
    return length.end, "time.duration", "DURATION", length.value, shift


class Rule(NamedTuple):
    """`id` is public; `read` returns what begins exactly at an offset of folded text, or None."""

    id: str
    read: Callable[[str, int], Found | None]


# On equal length the earlier rule wins. A rule's reading may carry a narrower id (time.mask, time.clock …).
RULES: tuple[Rule, ...] = (
    Rule("time.interval", read_together),
    Rule("time.set", read_set),
    Rule("time.date", read_time),
    Rule("time.reference", read_reference),
    Rule("time.duration", read_duration),
)

_NUMERALS = "0123456789〇零一二两三四五六七八九十廿俩百半几数多若好"
_AFTER_NUMERAL = '0123456789〇○零Oo一二三四五六七八九十百千万 .:点年月日号时周季星礼世刻秒分天小个工自交半多余来几~/至到\\-旬钟学XT*_廿”"」』(干'


def _head_pairs() -> str:
    """Alternation of the first two characters of every word that may begin a time."""
    words: list[str] = [
        *_REF_VALUES,
        "过去",
        "至今",
        "迄今",
        "每",
        "逐",
        "按",
        "分季",
        "分月",
        "分年",
        "工作日",
        "节假日",
        "法定节",
        "双休日",
    ]
    for name in (
        "years",
        "near_years",
        "months",
        "quarters",
        "days",
        "day_parts",
        "part_with_day",
        "seasons",
        "festivals",
    ):
        words += WORDS[name]
    for name in ("lunar_festivals", "floating_festivals", "lunar_months"):
        words += WORDS[name]
    words += WORDS["solar_terms"]["words"] + WORDS["open_years"]["words"]
    words += [f"{w}{u}" for w in WORDS["weeks"] for u in "周星礼"] + ["周", "星期", "礼拜"]
    words += ["公元", "农历", "阴历", "旧历", "民国", "闰", "上半", "下半", "上旬", "中旬", "下旬", "上中旬", "中下旬", "年底", "年末", "年终", "岁末",
              "年初", "年中", "年内", "月底", "月末", "月初", "月中", "季末", "季初", "本世", "上世", "首季", "末季", "最后", "首周"]  # fmt: skip
    words += ["今明", "明后", "昨今", "去今", "前昨", "大前", "大后"]
    # A day-part character before an hour; 第 before a number; words that count from now before a number.
    return alternation({w[:2] for w in words})


_COUNTERS = "近|过去|未来|今后|接下来|将来|再过|过|往前|往后|向前|向后|后面|前面|之后|之前|连续|前|后|上|下|头|最后|次|随后|不超过|不少于|不低于|至少|至多|最多|最长|最短|最近|这"
_SCAN = re.compile(
    f"[{_NUMERALS}](?=[{_AFTER_NUMERAL}])|"
    f"(?:{_head_pairs()})|[早晚晨](?=[0-9一二两三四五六七八九十])|第[一二三四五六七八九十0-9首]|"
    f'(?:{_COUNTERS})(?:的|这)?(?:约|近|个小)?(?=[ 0-9一二两三四五六七八九十几半数多若俩小个])|[X*_○]{{1,4}} ?[年月]|[“"「『](?=[一二三四五六七八九十]{{1,2}}五[”"」』])'
)


def find_time_mentions(text: str) -> list[TimeMention]:
    """Every time in the text, in order and without overlap, with X for what it does not say. Never raises."""
    folded = fold_text(text)
    mentions: list[TimeMention] = []
    pos, size = 0, len(folded)
    search = _SCAN.search
    while pos < size:
        head = search(folded, pos)
        if head is None:
            break
        start = head.start()
        best: Found | None = None
        for rule in RULES:
            found = rule.read(folded, start)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        if best is None:
            pos = start + 1
            continue
        _add(mentions, folded, start, best)
        pos = mentions[-1].span.end
    return mentions


def _add(mentions: list[TimeMention], folded: str, start: int, found: Found) -> None:
    end, rule, kind, value, shift = found
    mentions.append(TimeMention(span=Span(start, end), type=kind, value=value, rule=rule, shift=shift))  # type: ignore[arg-type]
    if kind == "SET" and value.startswith("P1"):
        also = read_also(folded, end)
        while also is not None:
            low, end, value = also
            mentions.append(TimeMention(span=Span(low, end), type="SET", value=value, rule="time.set"))
            also = read_also(folded, end)
