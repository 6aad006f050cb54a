"""What recurs: 每月, 每周六, 每月5号前, 每年3月至5月, 每两年, 逐月, 分季度, 一周一小结."""

from __future__ import annotations

import re
from copy import copy

from docparse.expr.time_intervals import Also, Found, carry_part
from docparse.expr.time_lists import Member, read_members
from docparse.expr.time_points import read_point
from docparse.expr.time_words import COUNT, DAY, FORE, JOIN, NOT_INSIDE, SPACE, small_number
from docparse.expr.timex import Draft, write_point

_EVERY = re.compile(
    f"每(?:隔|间隔|一)?{SPACE}(?:(?P<half>半)|(?P<n>{COUNT}))?{SPACE}(?:个)?{SPACE}"
    "(?P<unit>工作日|交易日|自然日|年度?|月份?|季度|季(?!节)|周|星期|礼拜|天|日|小时|钟头|分钟|秒钟?|学期|学年|旬|"
    "(?P<part>早上|上午|中午|下午|晚上|早(?![餐退到])|晚(?![餐宴会点交付到归来退还缴]|[0-9一二两三]{1,2}[天日分])))"
)
_PARTS = {"早": "MO", "上": "MO", "中": "MI", "下": "AF", "晚": "EV"}
_PERIODS = {
    "年": "Y", "年度": "Y", "学年": "Y", "月": "M", "月份": "M", "周": "W", "星期": "W", "礼拜": "W",
    "天": "D", "日": "D", "工作日": "D", "交易日": "D", "自然日": "D",
}  # fmt: skip
_CLOCKED = {"小时": "H", "钟头": "H", "分钟": "M", "秒": "S", "秒钟": "S"}
_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(
    f"(?:的)?(?:周|星期)?(?P<a>[一二三四五六日天](?!次|个|小|大|份|篇|期|遍|回"
    f"|报|条|两|考|测|题|总|会商|至少|天))(?:{JOIN}(?:每)?(?:周|星期|礼拜)?(?P<b>[一二三四五六日天])"
    f"|(?:[、和及与](?:每)?(?:周|星期|礼拜)?(?P<c>[一二三四五六日天])(?!次|个|是|要))+)?|(?P<e>末|工作日)"
)
_JOINED = re.compile(JOIN)
_EDGE = re.compile(
    f"(?:年|月)?(?:底|末月?|初|中(?=[,，。]))(?:(?<=末月){DAY}[日号])?(?:{FORE})?"
    f"|(?:[结結]束|[终終]了)[后後]?的?{SPACE}(?:{COUNT}){SPACE}(?:个?(?:工作)?[日天]|个?月|周)[内內]"
    f"|(?:的)?(?:首月|第[一二三123]个?月|最后一个?月)(?:的)?(?:{DAY}[日号])?前?"
    "|(?:的)?(?:第[一二三四五]|最后一)个?(?:(?:周|星期|礼拜)[一二三四五六日天]|工作日|天(?!然))前?"
    f"|(?:的)?最后一个?(?:周|星期|礼拜)|(?:的)?前{COUNT}个?工作日"
)
# 每逢周一, 每到年底
_ON = re.compile(
    "每(?:当|逢|到|逢到)(?:(?P<w>(?:周|星期|礼拜)(?=[一二三四五六日天末]))|(?P<h>法定节假日|节假日|双休日)|(?P<e>[年月季])(?:底|末|初|终))"
)
_MORE = re.compile("[、和及与]")
# 季度考核, 月度总结: so often; 年度 in such a place is mostly the year at hand.
_OFTEN = re.compile(
    "(?<![0-9一二三四本上下每X*各首末次半个跨单双当])(?P<u>季度|月度)"
    "(?=(?:个人|销售|工作|绩效|业绩|重点|经营|生产|培训|回款|营销){0,3}(?:考核|考评|计划|目标|任务|总结|例会|报表|报告|评选|评比|奖金?|通报|检查|分析))"
)
_TIMES = re.compile("一(?P<u>周|天|月|日|年|季度|学期)(?=[两二三四五六七八九十2-9]{1,2}(?:次|遍|回))")
_SUFFIX = re.compile(f"{SPACE}(?:以前|之前|{FORE}(?!来)|以后|之后|内{NOT_INSIDE}|左右|起(?![草床])|止(?![损血步痛境]))")
_BY = re.compile(
    "(?!逐年(?!开展|安排|考核|兑现|检查|签订|组织|评|审|下达|上报|编制|制定))(?:(?P<b>(?<![风相追])逐|按|分)(?P<bu>季度|年度?|月度?|季|周|日(?!常)|旬)"
    "(?![落程光均])|一(?P<a>周|天|月|日|年)一(?![起样直体般些定致律带旦二三四五六七八九十]))"
)
_OF = "的|计划|规划|培训|考核|总结|目标|报表|例会|工作|任务|奖励|方案"
_ALSO = re.compile(
    f"[/、和及与](?P<u>月度?|年度?|周|日|季度|天)(?=$|{_OF}|[/、和及与](?:月|年|周|日|季|天)|[^0-9\u4e00-\u9fff、和及与])"
)
_LIST = re.compile(
    f"(?<![0-9一二三四本上下每X*各首末次半])(?P<u>年度|月度|季度)(?=[、和及与/](?:年度|月度?|季度|周|日)(?:[、和及与/]|{_OF}))"
)


def read_set(text: str, start: int) -> Found | None:
    """The recurring time that begins exactly at `start`, or None."""
    if text[start] != "每":
        return _read_by(text, start)
    match = _EVERY.match(text, start)
    if not match:
        return _read_on(text, start)
    unit, end = match["unit"], match.end()
    count = small_number(match["n"]) if match["n"] else None
    if match["n"] and not count:
        return None
    if match["part"]:
        plain = _recurs(end, f"XXXX-XX-XXT{_PARTS[match['part'][0]]}")
        return _tail(text, match.start("part"), Draft(rank=5, clocked=True), plain) if count is None else None
    period = _period(unit, "0.5" if match["half"] else str(count or 1), bool(match["half"]))
    if match["half"] or (count or 1) > 1:
        return _recurs(end, period)
    return _anchored(text, end, unit, period)


def _read_on(text: str, start: int) -> Found | None:
    """每逢周一, 每逢节假日, 每到年底."""
    match = _ON.match(text, start)
    if not match:
        return None
    if match["w"]:
        return _weekly(text, match.end())
    if match["h"]:
        return _recurs(match.end(), "XXXX-WXX-WE" if match["h"] == "双休日" else "XXXX-XX-XX")
    return _recurs(match.end(), {"年": "P1Y", "月": "P1M", "季": "P3M"}[match["e"]])


def _recurs(end: int, value: str) -> Found:
    return Found(end, "time.set", "SET", value)


def _period(unit: str, count: str, half: bool) -> str:
    if unit in _CLOCKED:
        return "PT30M" if half and _CLOCKED[unit] == "H" else f"PT{count}{_CLOCKED[unit]}"
    if unit in ("季度", "季"):
        return f"P{3 * int(count)}M" if not half else "P1.5M"
    if unit == "学期":
        return "P6M"
    if unit == "旬":
        return "P10D"
    return "P6M" if half and _PERIODS[unit] == "Y" else f"P{count}{_PERIODS[unit]}"


def _anchored(text: str, end: int, unit: str, period: str) -> Found:
    """每年 and the like with the month, day, weekday or hour that follows."""
    plain = _recurs(end, period)
    edge = _EDGE.match(text, end)
    if edge and unit[0] in "年月季学":
        return _recurs(edge.end(), period)
    if unit in ("周", "星期", "礼拜"):
        return _weekly(text, end) or plain
    draft = {
        "年": Draft(year="XXXX", rank=1), "年度": Draft(year="XXXX", rank=1),
        "月": Draft(year="XXXX", fine="XX", rank=3),
        "天": Draft(rank=5, clocked=True), "日": Draft(rank=5, clocked=True),
    }.get(unit)  # fmt: skip
    if unit == "工作日":
        return _weekdays(text, end, "1", "5", plain)
    if draft is None:
        return plain
    if unit == "年" and text[end : end + 1] in "上下" and not text.startswith(("上半年", "下半年"), end):
        return plain
    return _tail(text, end, draft, plain) or plain


def _tail(text: str, pos: int, draft: Draft, plain: Found | None) -> Found | None:
    if text[pos : pos + 1] == "的":
        pos += 1
    read = read_point(text, pos, draft=copy(draft))
    if read is None and draft.year:
        return _listed(read_members(text, pos, draft)) or plain
    if read is None or (draft.year and set(read[0].ops) - {"last"}) or read[0].week:
        return plain
    point, end = read
    joined = _JOINED.match(text, end)
    second = read_point(text, joined.end(), draft=Draft(rank=2, clocked=bool(point.clock))) if joined else None
    if second and point.clock and not second[0].date_text():
        carry_part(point, second[0])
    if point.dangling and not second:
        return plain
    value, _ = write_point(point)
    if value.startswith("T"):
        value = f"XXXX-XX-XX{value}"
    if second and not second[0].ops:
        high = second[0]
        high.year = point.year
        high.fine = high.fine or point.fine
        if not high.day and high.clock:
            high.day = point.day
        if point.day and not high.day and not high.clock:
            return plain
        value, end = f"{value}/{high.side()}", second[1]
    suffix = _SUFFIX.match(text, end)
    end = suffix.end() if suffix else end
    return _recurs(end, value)._replace(also=() if second else _more(text, end, draft, point))


def _listed(members: list[Member] | None) -> Found | None:
    """每年3、6、9月, 每月1、15日: each by itself."""
    if members is None:
        return None
    also = tuple(Also(m.start, m.end, "SET", write_point(m.point)[0]) for m in members[1:])
    return _recurs(members[0].end, write_point(members[0].point)[0])._replace(also=also)


def _more(text: str, end: int, frame: Draft, first: Draft) -> tuple[Also, ...]:
    """The 15日 of 每月1日、15日: what follows in the same frame and is as exact."""
    found: list[Also] = []
    while frame.year and len(found) < 11:
        gap = _MORE.match(text, end)
        read = read_point(text, gap.end(), draft=copy(frame)) if gap else None
        if gap is None or read is None:
            break
        point, end = read
        if point.ops or point.dangling or (point.day is None) != (first.day is None) or (point.fine is None):
            break
        suffix = _SUFFIX.match(text, end)
        end = suffix.end() if suffix else end
        found.append(Also(gap.end(), end, "SET", write_point(point)[0]))
    return tuple(found)


def _weekly(text: str, pos: int) -> Found | None:
    match = _WEEKDAY.match(text, pos)
    if not match:
        return None
    end = match.end()
    if match["e"]:
        if match["e"] == "末":
            return _recurs(end, "XXXX-WXX-WE")
        return _weekdays(text, end, "1", "5", None)
    number = {c: str(i) for i, c in enumerate(_WEEKDAYS, 1)} | {"天": "7"}
    last = match["b"] or match["c"] or match["a"]
    found = _weekdays(text, end, number[match["a"]], number[last], None)
    days = [number[c] for c in match[0] if c in number]
    if match["c"] and len(days) > 2 and int(days[-1]) - int(days[0]) != len(days) - 1:  # 每周一、三、五 are three
        low, _, high = found.value.partition("/")
        between = [low.replace(f"WXX-{days[0]}", f"WXX-{day}", 1) for day in days[1:-1]]
        return found._replace(value="/".join([low, *between, high]))
    return found


def _weekdays(text: str, pos: int, first: str, last: str, plain: Found | None) -> Found:
    """Weekdays first to last, with the time of day that follows."""
    low = Draft(week="WXX", weekday=first, year="XXXX", rank=5)
    gap = pos + (text[pos : pos + 1] == "的")
    if plain is not None and text[gap : gap + 2] in ("每天", "每日"):
        gap += 2
    read = read_point(text, gap, draft=low)
    point, end = read if read else (low, pos)
    if read is None and plain is not None:
        return plain
    until = _until(text, end, point) if first == last else None
    if until is not None:
        return until
    high = copy(point)
    high.weekday = last
    suffix = _SUFFIX.match(text, end)
    value = point.side() if first == last else f"{point.side()}/{high.side()}"
    return _recurs(suffix.end() if suffix else end, value)


def _until(text: str, end: int, point: Draft) -> Found | None:
    """The 4点 of 每周三下午2点至4点, written without its day as in 每天8点至20点."""
    joined = _JOINED.match(text, end) if point.clock else None
    second = read_point(text, joined.end(), draft=Draft(rank=5, clocked=True)) if joined else None
    if second is None or not second[0].clock or second[0].ops or second[0].dangling:
        return None
    carry_part(point, second[0])
    return _recurs(second[1], f"{point.side()}/T{second[0].clock}")


def _read_by(text: str, start: int) -> Found | None:
    """逐月, 按月, 分季度; 一周一小结. 逐年增加 says how it grows, as 逐步 does."""
    if text.startswith("工作日", start):
        found = _weekdays(text, start + 3, "1", "5", _recurs(start + 3, "XXXX-WXX-1/XXXX-WXX-5"))
        before = text[start - 1 : start] if start else ""
        return found if found.end > start + 3 or _plain_workday(text, before, start + 3) else None
    for matched in (_OFTEN.match(text, start), _TIMES.match(text, start)):
        if matched:
            return _recurs(matched.end("u"), _period(matched["u"].replace("月度", "月"), "1", False))
    match = _BY.match(text, start)
    if match:
        unit = (match["bu"] or match["a"]).removesuffix("度") if match["bu"] != "季度" else "季度"
        end = match.end() if match["bu"] else start + 2
        if match["b"] == "分" and unit not in ("季度", "季", "月", "年"):
            return None
        return _recurs(end, _period(unit, "1", False))
    listed = _LIST.match(text, start)
    if listed:
        unit = listed["u"] if listed["u"] == "季度" else listed["u"][0]
        return _recurs(listed.end(), _period(unit, "1", False))
    for word in ("法定节假日", "节假日", "双休日"):
        if text.startswith(word, start):
            end = start + len(word)
            end += text[end : end + 1] in ("里", "内")
            return _recurs(end, "XXXX-XX-XX" if "节" in word else "XXXX-WXX-WE")
    return None


def _plain_workday(text: str, before: str, end: int) -> bool:
    """Is 工作日 a time by itself? Not after a number (3个工作日), not in 工作日志, 非工作日, 下一工作日."""
    return before not in tuple("个每第非0123456789一二两三四五六七八九十首末内写记余") and text[
        end : end + 1
    ] not in tuple("志历记常程")


def read_also(text: str, end: int) -> tuple[int, int, str] | None:
    """The 月 and 年 of 每周/月/年: start, end and period of the next unit, or None."""
    match = _ALSO.match(text, end)
    if not match:
        return None
    unit = match["u"].removesuffix("度") if match["u"] != "季度" else "季度"
    return match.start("u"), match.end("u"), _period(unit, "1", False)
