"""Find every time in a text: one scan for places where one may begin, the rules in order, one referee."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from docparse.expr.time_durations import read_length
from docparse.expr.time_intervals import Found, read_time
from docparse.expr.time_sets import read_also, read_set
from docparse.expr.time_words import WORDS, alternation, fold_text
from docparse.records import Span, TimeMention

_REFS = WORDS["references"]
_REF_VALUES = {w: f"{kind.upper()}_REF" for kind in ("present", "future", "past") for w in _REFS[kind]}
_REF = re.compile(
    f"(?P<w>{alternation(_REF_VALUES)})内?(?![的地]?(?:化|性|利|状)|第[0-9]|位置|大?栏目|页|(?<=从前)[台面往门厅后期端])"
)
_PAST = re.compile("(?<![\u4e00-\u9fffA-Za-z0-9])过去(?=[,，的]|我|他|$)(?!的[一二两三四五六七八九十几0-9])")
_NOW = re.compile("(?:至今|迄今)(?:为止)?")


def read_reference(text: str, start: int) -> Found | None:
    """目前, 今后, 近年来 as PRESENT_REF, FUTURE_REF, PAST_REF; 至今 as /PRESENT_REF."""
    match = _REF.match(text, start)
    if match:
        word = match["w"]
        if word == "最近" and text[match.end() : match.end() + 1] in tuple("的一二三四五六七八九十几0123456789"):
            return None
        return Found(match.end(), "time.reference", "DATE", _REF_VALUES[word])
    match = _PAST.match(text, start)
    if match:
        return Found(match.end(), "time.reference", "DATE", "PAST_REF")
    match = _NOW.match(text, start)
    return Found(match.end(), "time.reference", "DATE", "/PRESENT_REF") if match else None


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
    return Found(match.end(), "time.interval", "DATE", f"{value}/{value}", shift)


_TOGETHER = re.compile("(?P<n>(?:大前|大后|[今明后去昨前]){2,4})[两三四二](?P<u>年|天)")


def read_duration(text: str, start: int) -> Found | None:
    """3个月内 as P3M; 三年前 and 4周后 carry the way in their shift."""
    length = read_length(text, start)
    if length is None:
        return None
    shift = length.way if length.way in ("+", "-") and "/" not in length.value and "X" not in length.value else None
    return Found(length.end, "time.duration", "DURATION", length.value, shift)


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


def _head_pairs() -> frozenset[str]:
    """The first two characters of everything that may begin a time: a cheap test before any rule runs."""
    heads: dict[str, Any] = WORDS["heads"]
    words: list[str] = [*_REF_VALUES, *WORDS["solar_terms"]["words"], *WORDS["open_years"]["words"], *heads["words"]]
    for name in heads["tables"]:
        words += WORDS[name]
    words += [f"{before}{unit}" for before in WORDS["weeks"] for unit in ("周", "星", "礼")]
    pairs = {word[:2] for word in words if len(word) > 1}
    for pair in heads["pairs"]:
        pairs |= {first + second for first in pair[0] for second in pair[1]}
    counters: list[str] = heads["counters"]
    pairs |= {word[:2] for word in counters if len(word) > 1}
    pairs |= {word + second for word in counters if len(word) == 1 for second in heads["after_counter"]}
    return frozenset(pairs)


_PAIRS = _head_pairs()
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
        best: Found | None = None
        for rule in RULES:
            found = rule.read(folded, start)
            if found is not None and (best is None or found.end > best.end):
                best = found
        if best is not None:
            _add(mentions, folded, start, best)
            pos = mentions[-1].span.end
    return mentions


def _add(mentions: list[TimeMention], folded: str, start: int, found: Found) -> None:
    span = Span(start, found.end)
    mentions.append(TimeMention(span=span, type=found.type, value=found.value, rule=found.rule, shift=found.shift))
    if found.type == "SET" and found.value in ("P1Y", "P1M", "P1W", "P1D", "P3M"):
        also = read_also(folded, found.end)
        while also is not None:
            low, end, value = also
            mentions.append(TimeMention(span=Span(low, end), type="SET", value=value, rule="time.set"))
            also = read_also(folded, end)
