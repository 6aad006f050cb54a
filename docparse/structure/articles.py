"""Where an anthology's articles begin: numbered titles, and pieces that lost their title."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from docparse.structure.lines import Line
from docparse.structure.markers import CN, Marker, read_marker, read_number
from docparse.structure.promises import promised_pieces, promises_several
from docparse.structure.words import ends_with_genre, genre_pattern, kind_of_title, names_something, table

_NUMBER = rf"(?:[{CN}]{{1,3}}|\d{{1,2}})"
_STANDALONE = re.compile(
    rf"(?P<family>.{{0,45}}?)[ \u3000]{{0,4}}"
    rf"(?:[（(【\[]?(?:篇|范文|例文)[ \u3000]?(?P<piece>{_NUMBER})[）)】\]]?|[（(【\[]?第(?P<nth>{_NUMBER})篇[）)】\]]?"
    rf"|[【\[](?P<square>{_NUMBER})[】\]]|[（(](?P<round>{_NUMBER})[）)]|(?P<bare>{_NUMBER}))"
    r"(?P<rest>[：: \u3000].{0,40})?$"
)
# A page's own name with a number is one of its pieces: …文章集锦 二.
_COLLECTED = re.compile("(?:集锦|合集|汇编|选登|荟萃)\\Z")
# A speech begins so, where 大家好 or the like follows.
_GREETED = re.compile(
    r"(?:(?:尊敬|敬爱|亲爱)的|各位)[^。！？：:\n]{1,40}[：:]"
    r"|(?P<good>(?:大家|[^。！？：:，,\n]{2,12}[，,]大家)(?:早上|上午|下午|晚上)?好(?=[！!，,。]|\s|\Z))"
)
_GOOD_DAY = re.compile(
    r"\s{0,4}(?:(?:你们?|您们?|大家|各位)(?:早上|上午|下午|晚上)?|早上|上午|下午|晚上)好(?=[！!，,。]|\s|\Z)"
)
# A greeting that is quoted: the line above announces it.
_QUOTES = re.compile(r"(?:[：:]|如下|开场白?|致[辞词]|用语|模板|主持词|讲话|例如|话术)\Z")
_NEAR = 30  # lines below a greeting in which a list may go on
_LEAST_SPEECH = 100  # characters behind a greeting; less is a farewell
_FAR = 200  # characters from a piece's beginning; its own greeting is nearer
# A number in front of the name: 【篇一】小班学期反思, 第三则 燃气抄表工.
_LEADING = re.compile(
    rf"【\s?(?:第|篇|例|实例|范文)?\s?(?P<square>{_NUMBER})\s?[篇则例]?\s?】"
    rf"|第\s?(?P<nth>{_NUMBER})\s?[篇则](?=[ \u3000])"
)
_LIKELY, _SURE = 4, 6  # points of a line where a piece without a title begins: one is missed, or none is
_LEAST_TEXT = 30  # characters of an anthology's piece
_STOPS = "。！？!?；;…\n\r"
_EDGES = _STOPS + " \u3000：:>"  # before a title in the middle of a line
# Names of parts of one text: 第一篇 总则.
_PART_NAME = re.compile(r"\s*(?:总则|附则|前言|引言|概[述况]|指导思想|总体要求|保障措施|组织领导|附录)")


class Start(NamedTuple):
    """Where an article begins. `title_end` equals `title_start` where the piece has lost its title.

    `number` is the running number in an anthology, 0 outside one.
    """

    title_start: int
    title_end: int
    number: int = 0


def find_family(text: str, lines: Sequence[Line], reasons: Sequence[str | None]) -> list[Start]:
    """Return the starts of an anthology's pieces by their numbered titles; empty when the text is none."""
    starts = _own_line(text, lines, reasons) or _run_together(text, lines)
    # what stands before the first piece introduces the page; more than that is a text with numbered parts
    return starts if starts and starts[0].number <= 2 and starts[0].title_start <= max(600, len(text) // 3) else []


def _own_line(text: str, lines: Sequence[Line], reasons: Sequence[str | None]) -> list[Start]:
    groups: dict[tuple[str, str], dict[int, Start]] = {}
    for line, reason in zip(lines, reasons, strict=True):
        if line.end - line.start > 62 or (reason is not None and reason != "toc"):
            continue
        words = text[line.start : line.end].lstrip("# ")
        hit = _STANDALONE.match(words)
        if hit is None:
            continue
        form = next(name for name in ("piece", "nth", "square", "round", "bare") if hit[name])
        family = hit["family"].strip()
        if hit["rest"] and hit["rest"][0] in " \u3000" and (form != "piece" or family):
            continue
        if form in ("round", "bare") and not (
            len(family) >= 4 and (ends_with_genre(family) or _COLLECTED.search(family))
        ):
            continue
        if form == "square" and not (ends_with_genre(family) if family else words.startswith("【")):
            continue  # [3] alone is a reference
        # 第一篇 总则 is a part of a law; an anthology's 第一篇 stands alone or has a name before or behind it
        number = read_number(hit[form])
        members = groups.setdefault((form, re.sub(r"\s", "", family)), {})
        members.pop(number, None)
        members[number] = Start(line.start, line.end, number)
    key = max(groups, key=lambda key: _with_text(text, groups[key].values()), default=None)
    if key is None or len(groups[key]) < 2:
        return _of_any_name(groups) or _named_behind(text, lines, reasons) or _listed(text, lines, reasons)
    best = groups[key]
    _add_cousins(key, groups, best)
    _add_prefixed(text, lines, key, best)
    return _rising(list(best.values()))


def _with_text(text: str, starts: Iterable[Start]) -> int:
    """How many titles have a text of their own behind them: those of a list of contents have none."""
    ordered = sorted(starts)
    ends = [start.title_start for start in ordered[1:]] + [len(text)]
    return sum(end - start.title_end >= _LEAST_TEXT for start, end in zip(ordered, ends, strict=True))


def _of_any_name(groups: dict[tuple[str, str], dict[int, Start]]) -> list[Start]:
    """Titles that share only the kind of number (学习部计划篇1 … 水电工总结篇3), where each has a name of its own."""
    for form in ("piece", "nth"):
        starts: dict[int, Start] = {}
        for (kind, name), members in groups.items():
            if kind == form and len(name) >= 4 and kind_of_title(name) is not None:
                starts |= members
        rising = _rising(list(starts.values()))
        if rising:
            return rising
    return []


def _named_behind(text: str, lines: Sequence[Line], reasons: Sequence[str | None]) -> list[Start]:
    """Titles that begin with their number (【篇一】护士长工作计划, 第三则 …); empty where they are parts of one text.

    第一篇 总则 is a part of a law, 【一】活动时间 of a plan: the page must promise several texts, or most names must
    tell their kind and whose they are. Brackets without any name stand for themselves.
    """
    groups: dict[str, dict[int, Start]] = {}
    names: dict[str, list[str]] = {}
    for line, reason in zip(lines, reasons, strict=True):
        if (reason is not None and reason != "toc") or line.end - line.start > 62 or text[line.end - 1] in _STOPS:
            continue
        hit = _LEADING.match(text, line.start, line.end)
        if hit is None:
            continue
        form = next(name for name in ("square", "nth") if hit[name])
        number = read_number(hit[form])
        groups.setdefault(form, {}).pop(number, None)
        groups[form][number] = Start(line.start, line.end, number)
        names.setdefault(form, []).append(text[hit.end() : line.end].strip())
    for form, members in groups.items():
        starts = _rising(list(members.values()))
        if not starts or _with_text(text, starts) < 2 or any(_PART_NAME.match(name) for name in names[form]):
            continue
        named = sum(1 for name in names[form] if _is_named(name))
        bare = form == "square" and not any(names[form])
        if bare or 2 * named >= len(names[form]) or promises_several(text, lines, starts[0].title_start):
            return starts
    return []


def _is_named(name: str) -> bool:
    return kind_of_title(name) is not None and names_something(name)


def _listed(text: str, lines: Sequence[Line], reasons: Sequence[str | None]) -> list[Start]:
    """Titles with a plain number (1.护士长工作计划, 2.…) on a page that promises several texts; empty without such."""
    starts: list[Start] = []
    for line, reason in zip(lines, reasons, strict=True):
        if reason is not None or line.end - line.start > 50:
            continue
        marker = read_marker(text, line.start, line.end)
        if marker is None or marker.style not in ("n.", "n、", "cn") or marker.number != len(starts) + 1:
            continue
        name = text[marker.end : line.end]
        if len(name) >= 5 and kind_of_title(name) is not None and name[-1] not in "。；，：:":
            starts.append(Start(line.start, line.end, marker.number))
    promised = promised_pieces(text, lines, starts[0].title_start) if starts else 0
    return starts if len(starts) >= 2 and promised and len(starts) >= promised - 1 else []


def _add_cousins(key: tuple[str, str], groups: dict[tuple[str, str], dict[int, Start]], best: dict[int, Start]) -> None:
    """Add the next piece where it has another name with the same kind of number (…工作计划【2】, …半年总结【3】)."""
    for other, members in groups.items():
        number = max(best) + 1
        cousin = members.get(number) if other[0] == key[0] and other != key and ends_with_genre(other[1]) else None
        if cousin is not None and cousin.title_start > best[number - 1].title_start:
            best[number] = cousin


def _add_prefixed(text: str, lines: Sequence[Line], key: tuple[str, str], best: dict[int, Start]) -> None:
    """Add pieces whose numbered title is run together with their text while the others stand on lines of their own."""
    if len(key[1]) < 4 or key[0] == "bare":
        return
    spelled = re.compile(
        re.escape(key[1])
        + rf"[ \u3000]?[（(【\[]?(?:篇|范文|第)?[ \u3000]?(?P<n>{_NUMBER})篇?[）)】\]]?(?=[{CN}\d（(\u4e00-\u9fff])"
    )
    for line in lines:
        if line.end - line.start <= 62:
            continue
        hit = spelled.match(text, line.start, min(line.end, line.start + 70))
        if hit is not None and read_number(hit["n"]) not in best:
            best[read_number(hit["n"])] = Start(line.start, hit.end(), read_number(hit["n"]))


def _rising(starts: list[Start]) -> list[Start]:
    """The starts in order of place whose numbers rise; empty when fewer than two do."""
    kept: list[Start] = []
    for start in sorted(starts):
        if not kept or start.number > kept[-1].number:
            kept.append(start)
    return kept if len(kept) > 1 else []


@cache
def _numbered() -> re.Pattern[str]:
    words = genre_pattern().pattern
    return re.compile(
        rf"(?:{words}|范文)[）)]?[ ]?[【（(\[]?(?:篇|第)?[【（(]?(?P<n>\d{{1,3}}|[{CN}]{{1,3}})"
        rf"(?![年月日号项个条份次部套])篇?[】）)\]]?"
    )


def _run_together(text: str, lines: Sequence[Line]) -> list[Start]:
    """Titles in the middle of a line: the words back to the last stop, the same each time, and a running number."""
    groups: dict[str, list[tuple[int, re.Match[str]]]] = {}
    for line in lines:
        if line.end - line.start <= 62:
            continue
        for hit in _numbered().finditer(text, line.start, line.end):
            left = max(line.start, hit.start() - 40)
            begin = max((text.rfind(stop, left, hit.start()) for stop in _EDGES), default=-1) + 1 or left
            family = text[begin : hit.start("n")]
            before = text[hit.start("n") - 1]
            counts = text.startswith("篇", hit.end("n")) and before not in "第（(【["  # 报告1篇
            cited = text[hit.end() : hit.end() + 1] in "，,；;。"  # 详见管理规定1，
            if len(family) >= 6 and not counts and not cited and not any(mark in family for mark in "，,、"):
                groups.setdefault(family, []).append((begin, hit))
    best = max((_in_sequence(text, hits) for hits in groups.values()), key=len, default=[])
    if len(best) < 2:  # each with a name of its own
        hits = sorted((hit for hits in groups.values() for hit in hits), key=lambda hit: hit[0])
        promised = promised_pieces(text, lines, hits[0][0]) if hits else 0
        best = _in_sequence(text, hits) if promised else []
        if len(best) < promised - 1:
            return []
    return best if len(best) > 1 and _with_text(text, best) > 1 else []


def _in_sequence(text: str, hits: list[tuple[int, re.Match[str]]]) -> list[Start]:
    """Starts whose numbers run 1, 2, 3 …. In 方案31、新客户的开发 the third title is followed by the marker 1、."""
    starts: list[Start] = []
    for begin, hit in hits:
        wanted = str(len(starts) + 1)
        digits = hit["n"]
        end = hit.end()
        if read_number(digits) != int(wanted):
            if not (digits.startswith(wanted) and text[hit.end("n") : hit.end("n") + 1] in ("、", ".", "．")):
                continue
            end = hit.start("n") + len(wanted)
        starts.append(Start(begin, end, int(wanted)))
    return starts


# ---- pieces without a title --------------------------------------------------------------------------------------


@cache
def opening_pattern() -> re.Pattern[str]:
    """Return a pattern for the first words of a text."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in table()["opening"]["patterns"]))


def find_untitled(text: str, lines: Sequence[Line], reasons: Sequence[str | None], known: list[Start]) -> list[Start]:
    """Return `known` with the starts of pieces added whose title the page has lost.

    Where the running numbers skip, as many starts are sought as are missing; the page's own 精选6篇 says how many
    follow the last one. Outside an anthology a text starts afresh only where its numbering does and its words do too.
    """
    if not known:
        return known
    promised = promised_pieces(text, lines, known[0].title_start)
    found = list(known)
    for i, start in enumerate(known):
        following = known[i + 1] if i + 1 < len(known) else None
        missing = (following.number if following else max(promised, start.number) + 1) - start.number - 1
        limit = following.title_start if following else len(text)
        fresh = _fresh_starts(text, lines, reasons, start.title_end, limit, _LIKELY if missing > 0 else _SURE)
        found += fresh[:missing] if missing > 0 else fresh
    return sorted(found)


def find_fresh(text: str, lines: Sequence[Line], reasons: Sequence[str | None], after: int) -> list[Start]:
    """Return where a text without numbered titles starts afresh behind `after`: only on all signs together."""
    return _fresh_starts(text, lines, reasons, after, len(text), _SURE)


def _fresh_starts(
    text: str, lines: Sequence[Line], reasons: Sequence[str | None], begin: int, limit: int, least: int
) -> list[Start]:
    """Lines between `begin` and `limit` where a piece may start, the surest first."""
    first, last_line = (bisect_left(lines, at, key=lambda line: line.start) for at in (begin, limit))
    inside = [k for k in range(first, last_line) if reasons[k] is None]
    usual = sorted(lines[k].indent for k in inside)[len(inside) // 2] if inside else 0
    after = next_roots(text, lines, inside)
    scored: list[tuple[int, int]] = []
    last_root = 0
    last: Marker | None = None
    for place, k in enumerate(inside):
        line = lines[k]
        marker = read_marker(text, line.start, line.end)
        if marker is not None:
            last = marker
            if marker.style in ("cn", "n、", "n."):
                last_root = marker.number
            continue
        far = line.start - begin >= _FAR and limit - line.end >= _LEAST_SPEECH
        greets = far and _greets(text, line) and not _is_quoted(text, lines, inside, place, last)
        short = line.end - line.start < 20 and not greets
        if place < 2 or short or text[lines[inside[place - 1]].end - 1] not in "。！!”":
            continue
        score = 3 * (opening_pattern().match(text, line.start, min(line.end, line.start + 60)) is not None) + 6 * greets
        score += 2 * (line.indent > usual)
        score += 2 * (last_root > 1 and after[place] == 1)
        before = text[max(begin, lines[inside[place - 1]].end - 60) : lines[inside[place - 1]].end]
        score += any(word in before for word in table()["closing"]["words"])
        if score >= least:
            scored.append((-score, k))
    return [Start(lines[k].start, lines[k].start) for _, k in sorted(scored)]


def _greets(text: str, line: Line) -> bool:
    """Does a speech begin here: 尊敬的各位领导：大家好! 大家上午好，我是…? 各位代表！ in its middle greets nobody."""
    hit = _GREETED.match(text, line.start, min(line.end, line.start + 60))
    if hit is None:
        return False
    return hit["good"] is not None or _GOOD_DAY.match(text, hit.end(), min(len(text), hit.end() + 20)) is not None


def _is_quoted(text: str, lines: Sequence[Line], inside: list[int], place: int, last: Marker | None) -> bool:
    """Does the line above announce what is said here, or does the numbering go on below it?"""
    above = lines[inside[place - 1]]
    if _QUOTES.search(text, max(above.start, above.end - 4), above.end):
        return True
    for k in inside[place + 1 : place + 1 + _NEAR]:
        marker = read_marker(text, lines[k].start, lines[k].end)
        if marker is not None:
            return last is not None and marker.style == last.style and marker.number == last.number + 1
    return False


def next_roots(text: str, lines: Sequence[Line], inside: list[int]) -> list[int]:
    """For each line, the number of the next marker behind it (0: none)."""
    numbers = [0] * len(inside)
    coming = 0
    for place in range(len(inside) - 1, -1, -1):
        numbers[place] = coming
        line = lines[inside[place]]
        marker = read_marker(text, line.start, line.end)
        if marker is not None and marker.style in ("cn", "n、", "n."):
            coming = marker.number
    return numbers
