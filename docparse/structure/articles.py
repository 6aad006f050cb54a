"""Where an anthology's articles begin: numbered titles, and pieces that lost their title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from docparse.structure.lines import Line
from docparse.structure.markers import CN, read_marker, read_number
from docparse.structure.words import ends_with_genre, genre_pattern, kind_of_title, table

_NUMBER = rf"(?:[{CN}]{{1,3}}|\d{{1,2}})"
_STANDALONE = re.compile(
    rf"(?P<family>.{{0,45}}?)[ \u3000]{{0,4}}"
    rf"(?:[（(【\[]?(?:篇|范文|例文)[ \u3000]?(?P<piece>{_NUMBER})[）)】\]]?|[（(【\[]?第(?P<nth>{_NUMBER})篇[）)】\]]?"
    rf"|[【\[](?P<square>{_NUMBER})[】\]]|[（(](?P<round>{_NUMBER})[）)]|(?P<bare>{_NUMBER}))"
    r"(?P<rest>[：: \u3000].{0,40})?$"
)
_STOPS = "。！？!?；;…\n\r"
_PROMISED = re.compile(
    r"(?:精选|合集|汇总|汇编|推荐|共)\s?(\d{1,2})\s?[篇则份]|[（(]\s?(\d{1,2})\s?[篇则份][）)]"
    r"|(\d{1,2})\s?[篇则份](?:[（(].{0,6}[）)])?$"
)


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
        if form in ("round", "bare") and not (len(family) >= 4 and ends_with_genre(family)):
            continue
        if form == "square" and not (ends_with_genre(family) if family else words.startswith("【")):
            continue  # [3] alone is a reference
        # 第一篇 总则 is a part of a law; an anthology's 第一篇 stands alone or has a name before or behind it
        number = read_number(hit[form])
        members = groups.setdefault((form, re.sub(r"\s", "", family)), {})
        members.pop(number, None)
        members[number] = Start(line.start, line.end, number)
    key = max(groups, key=lambda key: len(groups[key]), default=None)
    if key is None or len(groups[key]) < 2:
        return _of_any_name(groups) or _listed(text, lines, reasons)
    best = groups[key]
    _add_cousins(key, groups, best)
    _add_prefixed(text, lines, key, best)
    return _rising(list(best.values()))


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
    promised = _promised(text, lines, starts[0].title_start) if starts else 0
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
        rf"(?:{words}|范文)[）)]?[ ]?(?:篇|第)?[【（(]?(?P<n>\d{{1,3}}|[{CN}]{{1,3}})(?![年月日号项个条])[】）)]?"
    )


def _run_together(text: str, lines: Sequence[Line]) -> list[Start]:
    """Titles in the middle of a line: the words back to the last stop, the same each time, and a running number."""
    groups: dict[str, list[tuple[int, re.Match[str]]]] = {}
    for line in lines:
        if line.end - line.start <= 62:
            continue
        for hit in _numbered().finditer(text, line.start, line.end):
            left = max(line.start, hit.start() - 40)
            begin = max((text.rfind(stop, left, hit.start()) for stop in _STOPS), default=-1) + 1 or left
            family = text[begin : hit.start("n")]
            if len(family) >= 6 and not any(mark in family for mark in "，,：:、"):
                groups.setdefault(family, []).append((begin, hit))
    best: list[Start] = []
    for hits in groups.values():
        starts = _in_sequence(text, hits)
        if len(starts) > len(best):
            best = starts
    return best if len(best) > 1 else []


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
    promised = _promised(text, lines, known[0].title_start)
    found = list(known)
    for i, start in enumerate(known):
        following = known[i + 1] if i + 1 < len(known) else None
        missing = (following.number if following else max(promised, start.number) + 1) - start.number - 1
        limit = following.title_start if following else len(text)
        if missing > 0:
            found += _fresh_starts(text, lines, reasons, start.title_end, limit)[:missing]
    return sorted(found)


def _promised(text: str, lines: Sequence[Line], limit: int) -> int:
    for line in lines:
        if line.start >= limit:
            break
        if line.end - line.start <= 60:
            hit = _PROMISED.search(text[line.start : line.end])
            if hit is not None:
                return int(next(part for part in hit.groups() if part))
    return 0


def find_fresh(text: str, lines: Sequence[Line], reasons: Sequence[str | None], after: int) -> list[Start]:
    """Return where a text without numbered titles starts afresh behind `after`: only on all signs together."""
    return _fresh_starts(text, lines, reasons, after, len(text), least=6)


def _fresh_starts(
    text: str, lines: Sequence[Line], reasons: Sequence[str | None], begin: int, limit: int, least: int = 4
) -> list[Start]:
    """Lines between `begin` and `limit` where a piece may start, the surest first."""
    inside = [k for k, line in enumerate(lines) if begin <= line.start < limit and reasons[k] is None]
    usual = sorted(lines[k].indent for k in inside)[len(inside) // 2] if inside else 0
    after = next_roots(text, lines, inside)
    scored: list[tuple[int, int]] = []
    last_root = 0
    for place, k in enumerate(inside):
        line = lines[k]
        marker = read_marker(text, line.start, line.end)
        if marker is not None:
            if marker.style in ("cn", "n、", "n."):
                last_root = marker.number
            continue
        if place < 2 or line.end - line.start < 20 or text[lines[inside[place - 1]].end - 1] not in "。！!”":
            continue
        score = 3 * (opening_pattern().match(text, line.start, min(line.end, line.start + 60)) is not None)
        score += 2 * (line.indent > usual)
        score += 2 * (last_root > 1 and after[place] == 1)
        before = text[max(begin, lines[inside[place - 1]].end - 60) : lines[inside[place - 1]].end]
        score += any(word in before for word in table()["closing"]["words"])
        if score >= least:
            scored.append((-score, k))
    return [Start(lines[k].start, lines[k].start) for _, k in sorted(scored)]


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
