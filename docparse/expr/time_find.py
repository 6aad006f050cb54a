"""Find every time in a text: one scan for places where one may begin, the rules in order, one referee."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from docparse.expr.time_dotted import read_dotted
from docparse.expr.time_durations import read_length
from docparse.expr.time_intervals import Found, read_time
from docparse.expr.time_sets import read_also, read_set
from docparse.expr.time_words import WORDS, alternation, fold_text
from docparse.records import Span, TimeMention

_REFS = WORDS["references"]
_REF_VALUES = {w: f"{kind.upper()}_REF" for kind in ("present", "future", "past") for w in _REFS[kind]}
# 现有7人, 现依据 are of now; alone 现 is too short to tell from 实现 and 体现.
_HAVE = re.compile(
    "(?<![对對把将从以在比较按由给])现(?=有(?:[0-9]|[一二两三四五六七八九十百]{1,4}[个名家人辆台所座条户])|依据|根据|结合)"
)
# With 现 behind them these are words of their own: 表现在, 体现在.
_SHOWS = tuple("实出体呈表显发涌再浮兑变展")
_FROM_NOW = re.compile("(?<![\u4e00-\u9fffA-Za-z0-9])以后(?=[,，要将会的我])")
_REF = re.compile(
    f"(?P<w>{alternation(_REF_VALUES)})内?(?![的地]?(?:化|性|利|状)|第[0-9]|位置|大?栏目|页|(?<=从前)[台面往门厅后期端])"
)
_PAST = re.compile("(?<![\u4e00-\u9fffA-Za-z0-9])过去(?=[,，的]|我|他|$)(?!的[一二两三四五六七八九十几0-9])")
_NOW = re.compile("(?:至今(?![年天日月晚])|迄今)(?:为止)?")  # 升至今年的93%


def read_reference(text: str, start: int) -> Found | None:
    """目前, 今后, 近年来 as PRESENT_REF, FUTURE_REF, PAST_REF; 至今 as /PRESENT_REF."""
    match = _REF.match(text, start)
    if match and not (match["w"] == "现在" and text[max(0, start - 1) : start] in _SHOWS):
        word = match["w"]
        if word == "最近" and text[match.end() : match.end() + 1] in tuple("的一二三四五六七八九十几0123456789"):
            return None
        return Found(match.end(), "time.reference", "DATE", _REF_VALUES[word])
    match = _PAST.match(text, start)
    if match:
        return Found(match.end(), "time.reference", "DATE", "PAST_REF")
    match = _FROM_NOW.match(text, start)
    if match:
        return Found(match.end(), "time.reference", "DATE", "FUTURE_REF")
    match = _HAVE.match(text, start)
    if match and text[max(0, start - 1) : start] not in _SHOWS:
        return Found(match.end(), "time.reference", "DATE", "PRESENT_REF")
    match = _NOW.match(text, start)
    return Found(match.end(), "time.reference", "DATE", "/PRESENT_REF") if match else None


def read_together(text: str, start: int) -> Found | None:
    """今明两年, 明后两天, 今明后三天: neighbouring years or days in one word."""
    if text[start + 1 : start + 2] == "冬" and text[start : start + 4] in ("今冬明春", "去冬今春"):
        shift = "y+0/y+1" if text[start] == "今" else "y-1/y+0"
        return Found(start + 4, "time.interval", "DATE", "XXXX-WI/XXXX-SP", shift)
    match = _TOGETHER.match(text, start)
    if not match or match["n"] in ("今后", "前后", "后前"):
        return None
    unit = match["u"]
    names = re.findall("大后|大前|今|明|后|去|昨|前", match["n"])
    steps = {"今": 0, "明": 1, "后": 2, "大后": 3, "去": -1, "昨": -1, "前": -2, "大前": -3}
    offsets = [steps[name] for name in names]
    letter, value = ("y", "XXXX") if unit == "年" else ("d", "XXXX-XX-XX")
    shift = f"{letter}{min(offsets):+d}/{letter}{max(offsets):+d}"
    return Found(match.end(), "time.interval", "DATE", f"{value}/{value}", shift)


_TOGETHER = re.compile("(?P<n>(?:大前|大后|[今明后去昨前]){2,4})[两三四二](?P<u>年|天)")


# 合同期满3个月前, 应于七日前提出: before what the text tells of, not before today.
_FROM_EVENT = re.compile("(?:满|到期|开始|结束|之日|[应须][当在于])\\Z")


def read_duration(text: str, start: int) -> Found | None:
    """3个月内 as P3M; 三年前 and 4周后 carry the way in their shift."""
    length = read_length(text, start)
    if length is None:
        return None
    shift = length.way if length.way in ("+", "-") and "/" not in length.value and "X" not in length.value else None
    if shift == "-" and _FROM_EVENT.search(text, max(0, start - 3), start):
        shift = None
    return Found(length.end, "time.duration", "DURATION", length.value, shift)


class Rule(NamedTuple):
    """`read` returns what begins exactly at an offset of folded text, or None.

    `id` is what most of its readings carry, one may carry a narrower id of `RULE_IDS`; with a character that is not in
    `heads` none begins.
    """

    id: str
    read: Callable[[str, int], Found | None]
    heads: str = ""  # empty: any


_COUNT_HEADS = "0123456789一二两三四五六七八九俩十百廿数几多若好半上"
_NEAR_HEADS = "近最过未今接将再往向后前之连随下头次这不至"
# On equal length the earlier rule wins.
RULES: tuple[Rule, ...] = (
    Rule("time.interval", read_together, "大今明后去昨前"),
    Rule("time.set", read_set, "每逐按分一年月季工法节双"),
    Rule("time.date", read_time),
    Rule("time.interval", read_dotted, "0123456789"),
    Rule("time.reference", read_reference, "过至迄以现" + "".join(sorted({word[0] for word in _REF_VALUES}))),
    Rule("time.duration", read_duration, _COUNT_HEADS + _NEAR_HEADS),
)


class RuleId(NamedTuple):
    """A public id that mentions carry: what it stands for, and the standard that the reading follows."""

    id: str
    what: str
    source: str


RULE_IDS: tuple[RuleId, ...] = (
    RuleId(
        "time.date", "a point that the text names: year, half, quarter, month, week, day", "GB/T 7408.1, GB/T 15835"
    ),
    RuleId(
        "time.mask", "a point whose year, month or day the text hides: 20XX年, **月份", "ISO 8601-2 unspecified digits"
    ),
    RuleId("time.relative", "a point that hangs on another: 今年, 下周三, 年底, 春节", "TimeML TIMEX3, GB/T 33661"),
    RuleId("time.clock", "a time of day, with or without its date", "GB/T 7408.1, TimeML part-of-day codes"),
    RuleId(
        "time.interval", "two ends, an open end, or a stretch of its own: 5月上旬, “十四五”", "ISO 8601-2 intervals"
    ),
    RuleId("time.list", "times that share a head or a unit: 3、6、9月, 第一、二季度", "GB/T 15835, GB/T 15834"),
    RuleId("time.duration", "a length: 3个月内, 两三天, 近五年", "ISO 8601-1 durations, 民法典 第1259条"),
    RuleId("time.set", "what recurs: 每月5号前, 逐月, 每逢周一", "TimeML TIMEX3 SET"),
    RuleId("time.reference", "the present, the future or the past at large: 目前, 今后, 近年来", "TimeML TIMEX3 *_REF"),
)


def _head_words() -> list[str]:
    """The words that may begin a time."""
    heads: dict[str, Any] = WORDS["heads"]
    words: list[str] = [*_REF_VALUES, *WORDS["solar_terms"]["words"], *WORDS["open_years"]["words"], *heads["words"]]
    for name in heads["tables"]:
        words += WORDS[name]
    return words


def _head_pairs() -> frozenset[str]:
    """The first two characters of everything that may begin a time: a cheap test before any rule runs."""
    heads: dict[str, Any] = WORDS["heads"]
    words = _head_words()
    words += [f"{before}{unit}" for before in WORDS["weeks"] for unit in ("周", "星", "礼")]
    pairs = {word[:2] for word in words if len(word) > 1}
    for pair in heads["pairs"]:
        pairs |= {first + second for first in pair[0] for second in pair[1]}
    counters: list[str] = heads["counters"]
    pairs |= {word[:2] for word in counters if len(word) > 1}
    pairs |= {word + second for word in counters if len(word) == 1 for second in heads["after_counter"]}
    return frozenset(pairs)


_PAIRS = _head_pairs()
# Where a character begins a time only in some words (工 only in 工作日), one of them must stand there.
_OPEN_HEADS = {c for pair in WORDS["heads"]["pairs"] for c in pair[0]} | {
    word[0] for word in (*WORDS["heads"]["counters"], *WORDS["weeks"])
}
_WORDS_BY_HEAD = {
    head: tuple(word for word in _head_words() if word[0] == head)
    for head in {word[0] for word in _head_words()} - _OPEN_HEADS
}
# A number that what may follow the digits of a time does not follow: 3.5%, 120户.
_PLAIN_NUMBER = re.compile(
    f"(?!(?:19|20)[0-9]{{2}}[01][0-9][0-3][0-9](?![0-9]))[0-9]{{1,20}}(?:\\.[0-9]{{1,20}})?(?![{re.escape(WORDS['heads']['pairs'][0][1])}QX财学全前和及与或以(〕］】)\\]])"
)
_ANY_HEAD = tuple(rule.read for rule in RULES if not rule.heads)
_READERS = {
    head: tuple(rule.read for rule in RULES if not rule.heads or head in rule.heads)
    for head in {pair[0] for pair in _PAIRS}
}
_SCAN = re.compile(
    f"[{re.escape(''.join(sorted({p[0] for p in _PAIRS})))}](?=[{re.escape(''.join(sorted({p[1] for p in _PAIRS})))}])"
)


def find_time_mentions(text: str) -> list[TimeMention]:
    """Every time in the text, in order and without overlap, with X for what it does not say. Never raises."""
    folded = fold_text(text)
    mentions: list[TimeMention] = []
    pos = 0
    for head in _SCAN.finditer(folded):
        start = head.start()
        if start < pos or folded[start : start + 2] not in _PAIRS:
            continue
        if start > pos and "0" <= folded[start] <= "9" and "0" <= folded[start - 1] <= "9":
            continue  # no time begins inside a run of digits; a run of a million must not cost a million readings
        if _is_no_time(folded, start):
            continue
        best: Found | None = None
        for read in _READERS.get(folded[start], _ANY_HEAD):
            found = read(folded, start)
            if found is not None and (best is None or _reach(found) > _reach(best)):
                best = found
        if best is not None:
            _add(mentions, folded, start, best)
            pos = mentions[-1].span.end
    return mentions


def _is_no_time(text: str, start: int) -> bool:
    """Is this plainly something else, by the word or the number that stands here?"""
    words = _WORDS_BY_HEAD.get(text[start])
    if words is not None:
        return not text.startswith(words, start)
    return "0" <= text[start] <= "9" and _PLAIN_NUMBER.match(text, start) is not None


def _reach(found: Found) -> int:
    return found.also[-1].end if found.also else found.end


def _add(mentions: list[TimeMention], folded: str, start: int, found: Found) -> None:
    span = Span(start, found.end)
    mentions.append(TimeMention(span=span, type=found.type, value=found.value, rule=found.rule, shift=found.shift))
    for low, end, kind, value, shift in found.also:
        mentions.append(TimeMention(span=Span(low, end), type=kind, value=value, rule=found.rule, shift=shift))
    if found.type == "SET" and found.value in ("P1Y", "P1M", "P1W", "P1D", "P3M"):
        also = read_also(folded, found.end)
        while also is not None:
            low, end, value = also
            mentions.append(TimeMention(span=Span(low, end), type="SET", value=value, rule="time.set"))
            also = read_also(folded, end)
