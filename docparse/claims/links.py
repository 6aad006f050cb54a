"""Which time a number is due at, and which baseline it starts from: nearest and compatible wins.

A time governs its clause first, then the part of the sentence up to the next ；; a whole year or half-year at the head
of a sentence or of a list's first item governs all of it; then come headings, the title, and the article's lead-in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from docparse.lexicon import load_toml
from docparse.records import Quantity, Time

BINDING = frozenset({"deadline", "schedule"})
PART = "；;。！？!?\n"
CLAUSE = "，," + PART
# What stands behind a colon is another list, not the time of what stands before it.
ITEM = "：:" + PART
# Years, half-years and terms hold for a whole list; a month or a day holds for its own clause.
WIDE = re.compile(r"[\dX]{4}(?:-H[12])?(?:/[\dX]{4}(?:-H[12])?)?$|P[\dX]{1,2}Y$")
# A year that is named.
NAMED = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")
TERM = re.compile(r"[\dX]{4}-(?:09/[\dX]{4}-01|02/[\dX]{4}-07)$")
# A plan's own length, in days or more: after its name at a clause's head (总工期540天, but not 南门桥工期90天), or as
# what the whole is given (本项目计划用10个月时间, but not 组织为期一周的培训).
TERM_LENGTH = re.compile(r"P\d{1,3}(?:\.\d)?[YMWD]")
TERM_NAMED = re.compile(
    "(?:\\A|[\\s，。；：、|（(.．）)])(?:本|该)?(?:项目|工程|计划|规划|方案|行动)?的?(?:总|计划|合同|建设|施工)?"
    "(?:工期|实施期限?|建设期限?|实施周期|建设周期|试点期限?)(?:[为是约共]|[：:]\\s?){0,2}\\Z"
)
TERM_USED = re.compile("(?:本|该|整个)(?:项目|工程|计划|规划|方案|行动)[^，。；]{0,6}(?:用|利用|经过|通过)约?\\Z")
TERM_SPENT = ("时间", "左右", "完成", "的时间")
TERM_LABEL = 20
HALF = re.compile(r".*-H[12]")
# A sentence without end is looked at so far on either side of the number.
REACH = 400
# A time at most so far behind a statement's start (marker included) stands at its head.
HEAD = 12
# What a title calls the part that looks ahead, at most so far behind its time.
OUTLOOK = ("计划", "打算", "安排", "思路", "展望", "目标", "规划", "方案", "要点")
AFTER_TITLE = 16
# A place says with so many of its first times what it is about.
FIRST = 8
# A clause that only says by when something is done is so short, and stands so many clauses behind it.
CLOSING = 10
NEAR_CLAUSES = 2
# A clause that acts on what was counted names nothing new: 3月1日前张贴上墙, 15日装好, 2月28日前造册.
RESULTING = re.compile("[一-鿿]{0,3}(?:[好完毕]|到位|上墙|出来|下来|造册|上报|发放|或[一-鿿]{2,3})")
DUE_LABEL = re.compile(r"(?:完成|办结|整改|截止)(?:时限|时间|期限|日期)[：:]\s?\Z")
# A from-value is at most so far before its to-value.
GAP = 12


# A year, or its end, frames what follows it; a month's limit binds its own item.
YEAR_END = re.compile(r"年度?(?:[底末内终]|之?前|以前)*$")


class Place(NamedTuple):
    """A statement, heading or title and its times in order. `start` is its offset.

    `goal` says that it is a goal, or the title of a piece that looks ahead as a whole.
    """

    start: int
    times: Sequence[Time]
    goal: bool = False


class Around(NamedTuple):
    """What a number stands among, each list nearest first.

    `here` is its own statement; `earlier` are the statements before it in its section, `headings` those above it,
    `lead` the statements before the article's first heading, `title` the article's title, `aims` the first statement
    before it that says by when the article's aims are reached, or how long that takes.
    """

    here: Place
    earlier: Sequence[Place] = ()
    headings: Sequence[Place] = ()
    lead: Sequence[Place] = ()
    title: Place | None = None
    aims: Place | None = None


# Where the time stands that a target is due at.
DuePlace = Literal["clause", "sentence", "list", "heading", "title", "opening", "column", "row"]


class Due(NamedTuple):
    """The id of the time that a target is due at, and where it was found."""

    time: str
    place: DuePlace


def link_due(text: str, quantity: Quantity, around: Around) -> Due | None:
    """The time that a target is due at, or None.

    A recurrence counts in its own clause only (每月召开两次); so does a duration (三年内建成12座), unless it is that of
    the whole work (工期540天), and hours and minutes never do (20秒内接通率).
    """
    near = _near(quantity, around.here)
    ways: tuple[tuple[DuePlace, Callable[[], Time | None]], ...] = (
        ("sentence", lambda: _labelled(text, quantity, near)),
        ("clause", lambda: _in_clause(text, quantity, near)),
        ("sentence", lambda: _in_sentence(text, quantity, near, around.here.times[:FIRST])),
        ("list", lambda: _from_earlier(text, around)),
        ("heading", lambda: _first(around.headings)),
        ("title", lambda: _of_title(text, around.title)),
        ("opening", lambda: _first(around.lead, wide=True)),
        ("opening", lambda: _of_aims(text, around.aims)),
        ("opening", lambda: _of_opening(text, (*around.lead, *around.earlier))),
    )
    for place, way in ways:
        time = way()
        if time is not None:
            return Due(time.id, place)
    return None


def _labelled(text: str, quantity: Quantity, near: Sequence[Time]) -> Time | None:
    """The time that a label behind the number says it is due by: 新建2所。（完成时限：9月底前）"""
    behind = (t for t in near if t.span.start >= quantity.span.end and t.role == "deadline")
    return next((t for t in behind if DUE_LABEL.search(text, t.span.start - HEAD, t.span.start)), None)


def _near(quantity: Quantity, here: Place) -> Sequence[Time]:
    """The times of a statement at most REACH from the number: a page on one line has thousands."""
    low = bisect_left(here.times, quantity.span.start - REACH, key=_start)
    high = bisect_left(here.times, quantity.span.end + REACH, key=_start)
    return here.times[low:high]


def _start(time: Time) -> int:
    return time.span.start


def _in_clause(text: str, quantity: Quantity, near: Sequence[Time]) -> Time | None:
    """The binding time in the number's clause: the last one before it, else the first one behind it."""
    if not near:
        return None
    start, end = _back(text, quantity.span.start, CLAUSE), _ahead(text, quantity.span.end, "，," + ITEM)
    usable = [t for t in near if start <= t.span.start < end and _may_bind(text, t, quantity)]
    before = [t for t in usable if t.span.start < quantity.span.start]
    return before[-1] if before else usable[0] if usable else None


def _may_bind(text: str, time: Time, quantity: Quantity) -> bool:
    if time.role == "recurrence":
        # 每人每月7.5万, 每年380元提高到420元: a rate's denominator, not the time that it is due at.
        between = text[time.span.end : min(quantity.span.start, time.span.end + REACH)]
        if not between and quantity.text.startswith(_bounds()):
            return True  # 每月不低于3万元
        return quantity.kind == "count" or (len(between) > 1 and not any(c.isdigit() for c in between))
    if time.role not in BINDING or time.value.startswith("T"):
        return False  # 夜间, 12:20至13:00: an hour of some day limits nothing
    if time.type == "DURATION":
        # 30天内处理的比率: the time qualifies the metric.
        between = text[time.span.end : min(quantity.span.start, time.span.end + REACH)]
        return not time.value.startswith("PT") and "的" not in between and time.span.start < quantity.span.start
    return True


def _in_sentence(text: str, quantity: Quantity, near: Sequence[Time], first: Sequence[Time]) -> Time | None:
    """A date in another clause: before it up to ；, then the sentence's wide head, then a date behind it.

    `near` are the times around the number, `first` those that the statement starts with.
    """
    if not first:
        return None
    at = quantity.span.start
    start = _back(text, at, PART)
    dates = [t for t in near if t.role in BINDING and t.type != "DURATION"]
    long = [t for t in near if t.role == "deadline" and t.type == "DURATION" and t.value[-1:] in "MY"]
    before = [
        t
        for t in sorted(dates + long, key=_start)
        if start <= t.span.start < at and not t.value.endswith("/..") and _may_bind(text, t, quantity)
    ]
    if before:
        return _closing(text, quantity, dates) or before[-1]
    head = [t for t in first if t.span.start < at and t.role in BINDING and is_wide(t)]
    if head:
        return head[0]
    each = _each_time(text, quantity, near, start)
    if each is not None:
        return each
    end = _ahead(text, quantity.span.end, ITEM)
    behind = next((t for t in dates if quantity.span.end <= t.span.start < end), None)
    return behind if behind is not None and _closes(text, quantity, behind) else None


def _closing(text: str, quantity: Quantity, dates: Sequence[Time]) -> Time | None:
    """A date in the next clause that says nothing but when all is done: 引进6家，上半年完成."""
    end = _ahead(text, quantity.span.end, PART)
    behind = next((t for t in dates if quantity.span.end <= t.span.start < end), None)
    if behind is None or sum(mark in CLAUSE for mark in text[quantity.span.end : behind.span.start]) != 1:
        return None
    rest = text[behind.span.end : _ahead(text, behind.span.end, CLAUSE)]
    return behind if rest in _finished() or rest in ("前完成", "全部完成") else None


def _each_time(text: str, quantity: Quantity, near: Sequence[Time], start: int) -> Time | None:
    """What recurs at the head of a part holds for the counts of its other clauses: 每周例会, 只讲三件事."""
    clause = _back(text, quantity.span.start, CLAUSE)
    if quantity.kind != "count" or text.startswith(("对", "把", "将", "为"), clause):
        return None  # what is acted on was there before: 每周下社区两次, 对217位老人建档
    heads = [t for t in near if t.role == "recurrence" and start <= t.span.start < quantity.span.start]
    if not heads or heads[-1].span.start - start > HEAD:
        return None
    return heads[-1] if len(heads) == 1 else None


def _closes(text: str, quantity: Quantity, time: Time) -> bool:
    """Whether a later clause only says when the number is reached: 改造12户，6月底前完成. One that names something else
    (安排项目12个，上半年开工率过半) has a time of its own."""
    between = text[quantity.span.end : time.span.start]
    rest = text[time.span.end : _ahead(text, time.span.end, CLAUSE)]
    near = sum(mark in CLAUSE for mark in between) <= NEAR_CLAUSES
    if not near or len(rest) > CLOSING:
        return False
    if time.role == "deadline" and RESULTING.match(rest):
        return True
    return not rest.strip("）)") or any(word in rest for word in _finished())


@cache
def _bounds() -> tuple[str, ...]:
    return tuple(load_toml("claims")["quantity"]["bounds"])


@cache
def _finished() -> tuple[str, ...]:
    return tuple(load_toml("claims")["time"]["deadline_after"])


def _from_earlier(text: str, around: Around) -> Time | None:
    """The time at the head of an earlier statement that its list hangs on: 到2025年底：…, 1、全年…; 2、…."""
    for place in around.earlier:
        for time in place.times[:FIRST]:
            if time.role not in BINDING or time.text == "当年" or (time.type == "DURATION" and not is_wide(time)):
                continue
            at_head = time.span.start - place.start <= HEAD and (
                YEAR_END.search(time.text) is not None or _leads_in(text, time)
            )
            year = is_wide(time) and time.role == "schedule" and not HALF.match(time.value)
            column = time.span.start > 0 and text[time.span.start - 1] == "\t"
            framed = _frames(text, time) and around.here.goal
            if year or column or framed or (at_head and place.goal and around.here.goal):
                return time
    return None


def _frames(text: str, time: Time) -> bool:
    """Whether a time says by which year the aims are reached: 到2027年底."""
    reached = text.startswith(("到", "至"), max(0, time.span.start - 1)) and NAMED.match(time.value) is not None
    return reached and time.role == "deadline"


def _of_aims(text: str, aims: Place | None) -> Time | None:
    """The year by which a piece without a dated title reaches its aims, else the time that the whole is to take."""
    times = aims.times[:FIRST] if aims is not None else ()
    return next((t for t in times if _frames(text, t)), None) or next((t for t in times if _is_term(text, t)), None)


def _is_term(text: str, time: Time) -> bool:
    """Whether a time says how long the whole work is to take: 本项目计划用10个月时间完成, 工期14个月."""
    if time.role not in BINDING or TERM_LENGTH.fullmatch(time.value) is None:
        return False
    before = text[max(0, time.span.start - TERM_LABEL) : time.span.start]
    if TERM_USED.search(before) is not None and text.startswith(TERM_SPENT, time.span.end):
        return True
    return TERM_NAMED.search(before) is not None and not text.startswith("的", time.span.end)


def _of_opening(text: str, openings: Sequence[Place]) -> Time | None:
    """The year that a lead-in says the plan is for: 2024年工作安排如下. `openings` are statements before the number."""
    for time in (time for place in openings for time in place.times[:FIRST]):
        end = min(_ahead(text, time.span.end, ITEM), time.span.end + 2 * AFTER_TITLE)
        ahead = text[time.span.end : end]
        leads = "如下" in ahead or text[end : end + 1] in ("：", ":")
        if is_wide(time) and NAMED.match(time.value) and leads and any(word in ahead for word in OUTLOOK):
            return time
    return None


def names_aims(text: str, times: Sequence[Time]) -> bool:
    """Whether a statement with these times says by which year the aims are reached."""
    return any(_frames(text, time) for time in times[:FIRST])


def names_term(text: str, times: Sequence[Time]) -> bool:
    """Whether a statement with these times says how long the whole work is to take."""
    return any(_is_term(text, time) for time in times[:FIRST])


def _leads_in(text: str, time: Time) -> bool:
    """Whether a time leads a list in (6月底前完成以下工作：). A month's limit inside one item binds that item only."""
    end = _ahead(text, time.span.end, "：:。；;\n")
    return text[end : end + 1] in ("：", ":")


def _first(places: Sequence[Place], *, wide: bool = False) -> Time | None:
    """The first binding date, or term of years ahead (今后三年), of the nearest place that has one."""
    for place in places:
        for time in place.times[:FIRST]:
            if time.role in BINDING and (is_wide(time) or (time.type == "DATE" and not wide)):
                return time
    return None


def _of_title(text: str, title: Place | None) -> Time | None:
    """The time that a title names for the work ahead: the last one (2023年总结和2024年计划)."""
    if title is None:
        return None
    for time in reversed(title.times):
        if time.type != "DATE" or "_REF" in time.value:
            continue
        if title.goal or any(word in text[time.span.end : time.span.end + AFTER_TITLE] for word in OUTLOOK):
            return time
    return None


def is_wide(time: Time) -> bool:
    """Whether a time is as long as a plan: a year, several, a half-year, a school term."""
    if time.type == "DURATION":
        return time.text.startswith(("今后", "未来")) and bool(WIDE.match(time.value))
    value = time.value
    return time.type == "DATE" and bool(WIDE.match(value) or TERM.match(value)) and not time.text.endswith("前")


def _back(text: str, at: int, marks: str) -> int:
    """The offset behind the last of `marks` before `at`, at most REACH characters back."""
    low = max(0, at - REACH)
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in marks))


def _ahead(text: str, at: int, marks: str) -> int:
    """The offset of the first of `marks` from `at` on, at most REACH characters ahead."""
    high = min(len(text), at + REACH)
    for mark in marks:
        found = text.find(mark, at, high)
        high = found if found >= 0 else high
    return high


def link_baseline(quantity: Quantity, previous: Quantity | None) -> str | None:
    """The id of the from-value that stands right before a to-value of the same unit, or None."""
    if previous is None or previous.role != "baseline" or previous.unit != quantity.unit:
        return None
    return previous.id if quantity.span.start - previous.span.end <= GAP else None


def date_titles(times: Sequence[Time], quantities: Sequence[Quantity]) -> list[Time]:
    """The times, those of titles that a target is due at made schedules: 2025年工作计划 says when its work takes place.

    `times` and `quantities` are a document's; a title's time that nothing is due at stays context.
    """
    due = {q.due for q in quantities if q.due is not None}
    return [msgspec.structs.replace(t, role="schedule") if t.role == "context" and t.id in due else t for t in times]
