"""Page furniture: what the site, the shop or the office program printed around the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from docparse.lexicon import load_toml
from docparse.structure.lines import Line
from docparse.structure.markers import read_marker
from docparse.structure.words import ends_with_genre, plain_title

_LONGEST = 320  # furniture lines are short; a longer line is text, or a whole page run together
_ROOT_STYLES = frozenset({"章", "节", "编", "clause", "cn", "cnp", "big"})
_STOPS = "。！？!?；;"
_DOTTED = re.compile(
    r"[.…·．]{4,}\s?\d{1,4}$|^.{2,50}[\t ]{2,}\d{1,4}$"
    r"|^(?:第[一二三四五六七八九十\d]{1,4}[章节篇条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^\t]{2,50}\t\d{1,4}$"
)
_SYMBOLS = re.compile(r"[\W_]+")
_DATE = re.compile(r"(?<!\d)(\d{4}|1[01]\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)")
_MINGUO = 1911
_CLOCK = re.compile(r"^日?\s?(?:[（(]?星期[一二三四五六日天][）)]?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\s)*")
_HEARD = re.compile(r"日?[^。\n]{0,40}?(?:会议上|大会上|会上|次会议|通过|公布|修订)")
_STAMP = 60
# 活动时间 and 完成日期 are the plan's own: these say when the page was written only where 日期 stands by itself.
_VAGUE = frozenset({"时间", "日期"})
_DATED = re.compile(r"(?:^|[\s\u3000\[【(（|])日期\s?[:：]?\s?\Z")
# A label stands so close before its date; so many lines are a page's top.
_LABEL_REACH = 12
_TOP_LINES = 30
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[（(【]\d{4}[〕\]）)】]\s?(?:第\s?)?\d{1,4}\s?号")


class Inline(NamedTuple):
    """Furniture in the middle of a line."""

    start: int
    end: int
    reason: str


class _Rules(NamedTuple):
    whole: re.Pattern[str]
    whole_reasons: tuple[str, ...]
    anywhere: re.Pattern[str]
    anywhere_reasons: tuple[str, ...]
    zones: dict[str, str]
    inline: tuple[tuple[re.Pattern[str], str, bool], ...]
    site: tuple[re.Pattern[str], ...]
    published: tuple[str, ...]
    beside: tuple[str, ...]


@cache
def _rules() -> _Rules:
    table = load_toml("furniture")
    whole = [row for row in table["line"] if not row.get("anywhere")]
    anywhere = [row for row in table["line"] if row.get("anywhere")]

    def join(rows: list[dict[str, str]], tail: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<r{i}>{row['pattern']}){tail}" for i, row in enumerate(rows)))

    return _Rules(
        join(whole, "$"),
        tuple(row["reason"] for row in whole),
        join(anywhere, ""),
        tuple(row["reason"] for row in anywhere),
        {word: zone["reason"] for zone in table["zone"] for word in zone["words"]},
        tuple((re.compile(row["pattern"]), row["reason"], bool(row.get("tail"))) for row in table["inline"]),
        tuple(re.compile(pattern, re.M) for pattern in table["site"]["patterns"]),
        tuple(table["published"]["labels"]),
        tuple(table["published"]["beside"]),
    )


def line_reasons(text: str, lines: Sequence[Line]) -> list[str | None]:
    """Return for each line why it is furniture by its own words or its block, None where it is not."""
    rules = _rules()
    return [_line_reason(text, line, rules) for line in lines]


def _line_reason(text: str, line: Line, rules: _Rules) -> str | None:
    if line.kind in ("header", "footer"):
        if text[line.start : line.end].strip(" -—–").isdigit():
            return "page-number"
        return (None if line.paged else _reason_of_words(text, line, rules)) or "running-head"
    return "toc" if line.kind == "toc" else _reason_of_words(text, line, rules)


def _reason_of_words(text: str, line: Line, rules: _Rules) -> str | None:
    size = line.end - line.start
    if size > _LONGEST:
        return None
    words = text[line.start : line.end]
    hit = rules.whole.match(words)
    if hit is not None:
        return rules.whole_reasons[int((hit.lastgroup or "r0")[1:])]
    if size < 120 and _DOTTED.search(words):
        return "toc"
    if line.paged and words.isdigit() and size <= 4:
        return "page-number"
    if _SYMBOLS.fullmatch(words):
        return "navigation"
    hit = rules.anywhere.search(words)
    return rules.anywhere_reasons[int((hit.lastgroup or "r0")[1:])] if hit is not None else None


def keep_file_name(text: str, lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Unmark the name of a file that stands right above the text where a title is missing (…管理制度.docx)."""
    first = next((k for k, reason in enumerate(reasons) if reason is None), 0)
    if first and reasons[first - 1] == "attachment-link":
        line = lines[first - 1]
        if ends_with_genre(plain_title(text[line.start : line.end])):
            reasons[first - 1] = None


def row_reasons(text: str, rows: Sequence[tuple[int, int]]) -> list[str | None]:
    """Return for each table row why it is furniture (a link to the news about the text), None where it is not."""
    rules = _rules()
    found: list[str | None] = []
    for start, end in rows:
        hit = rules.whole.match(text[start:end]) if end - start <= _LONGEST else None
        reason = rules.whole_reasons[int((hit.lastgroup or "r0")[1:])] if hit is not None else None
        found.append(reason if reason == "explainer" else None)
    return found


def find_inline(text: str, start: int, end: int) -> list[Inline]:
    """Return the furniture inside `text[start:end)`, in order, without overlaps.

    A page counter takes along what a preview prints behind it on the same line: digits and the page's name
    (共3页,当前第1页123电器公司销售工作计划。).
    """
    found: list[Inline] = []
    for pattern, reason, takes_tail in _rules().inline:
        for hit in pattern.finditer(text, start, end):
            stop = hit.end()
            if takes_tail:
                stop = _name_behind(text, stop)
            found.append(Inline(hit.start(), stop, reason))
    found.sort()
    joined: list[Inline] = []
    for item in found:
        if joined and item.start <= joined[-1].end + 1:
            last = joined[-1]
            joined[-1] = Inline(last.start, max(last.end, item.end), last.reason)
        else:
            joined.append(item)
    return joined


def _name_behind(text: str, at: int) -> int:
    """The end of a page name that follows a page counter on its line, else `at`."""
    stop = at
    while stop < len(text) and stop - at < 60 and text[stop] not in "\n\r<>" and text[stop - 1] not in "。！？":
        stop += 1
    name = text[at:stop].strip().rstrip("。")
    cut = re.split(r"\s(?:class|style)=", name)[0].strip()
    if 2 <= len(cut) <= 40 and ends_with_genre(cut):
        return at + text[at:stop].index(cut) + len(cut) + (text[at:stop].rstrip().endswith(cut + "。"))
    return at


def close_zones(text: str, lines: Sequence[Line], reasons: list[str | None], starts: Sequence[int]) -> None:
    """Mark in `reasons` the stretches that a furniture heading opens (最新文档 and the titles below it).

    `starts` are offsets at which articles begin, in order. A stretch ends at the next article or at the first line
    that is text; behind the last text of the page it runs to the end.
    """
    rules = _rules()
    body = [_is_body(text, line, reason) for line, reason in zip(lines, reasons, strict=True)]
    last_body = max((i for i, flag in enumerate(body) if flag), default=-1)
    begin = set(starts)
    open_zone: str | None = None
    for i, line in enumerate(lines):
        if line.start in begin or (body[i] and i <= last_body and open_zone != "licence"):
            open_zone = None
        if reasons[i] == "licence":  # what stands behind it belongs to the licence, sentences too
            open_zone = "licence"
        if line.end - line.start <= 16:
            word = text[line.start : line.end].strip("：:【】[]《》<>〖〗 ")
            zone = rules.zones.get(word)
            if zone is not None and (i > last_body or _list_follows(text, lines, i)):
                open_zone = zone
        if reasons[i] == "recommendation" and i > last_body:
            open_zone = "recommendation"
        if open_zone is not None and reasons[i] is None:
            reasons[i] = open_zone


def _is_body(text: str, line: Line, reason: str | None) -> bool:
    if reason is not None:
        return False
    if text[line.start] in "-•·*":
        return False
    if line.end - line.start >= 60 and text[line.end - 1] in "。！？；!?;”":
        return True
    marker = read_marker(text, line.start, line.end)
    return marker is not None and marker.style in _ROOT_STYLES


def _list_follows(text: str, lines: Sequence[Line], index: int) -> bool:
    """Are the next three lines bare titles or bullets? So a notice headed 温馨提示 inside a text stays text."""
    near = lines[index + 1 : index + 4]
    return len(near) == 3 and all(text[n.start] in "-•·" or text[n.end - 1] not in _STOPS + "，," for n in near)


def mark_contents(text: str, lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Mark in `reasons` a table of contents: from the line 目录 to where its first entry comes again."""
    looked = 0  # lines that an earlier 目录 has looked at
    for i, line in enumerate(lines):
        if i < looked or line.end - line.start > 6 or i + 1 >= len(lines):
            continue
        if text[line.start : line.end].replace(" ", "").strip("　：:") != "目录":
            continue
        entries = lines[i + 1 : i + 202]
        looked = i + 1 + len(entries)
        first = _entry(text, entries[0])
        again = next((k for k, e in enumerate(entries[1:], 1) if first and _entry(text, e) == first), 0)
        if again and all(e.end - e.start <= 80 for e in entries[:again]):
            for k in range(i, i + 1 + again):
                reasons[k] = "toc"
        elif reasons[i + 1] == "toc":
            reasons[i] = "toc"


def _entry(text: str, line: Line) -> str:
    """The words of an entry without the dots and the page number behind them."""
    words = text[line.start : min(line.end, line.start + 100)].replace(" ", "")
    return words.rstrip("0123456789").rstrip(" \t\u3000.…·．") if words[-1:].isdigit() else words


def mark_tail(
    text: str, lines: Sequence[Line], reasons: list[str | None], repeated: frozenset[str], after: int
) -> None:
    """Mark in `reasons` the short lines behind the last text that stand among furniture or repeat the page's name.

    Lines before `after`, the end of the last title, are left alone.
    """
    last = len(lines) - 1
    footer = _footer_start(text, lines, reasons)
    while (
        last >= 0
        and lines[last].start >= after
        and (
            reasons[last] is not None
            or last > footer
            or _is_scrap(text, lines[last])
            or text[lines[last].start : lines[last].end] in repeated
        )
    ):
        last -= 1
    seen = False
    for i in range(last + 1, len(lines)):
        words = text[lines[i].start : lines[i].end]
        if reasons[i] is not None:
            mark = reasons[i] in ("page-number", "running-head") or _SYMBOLS.fullmatch(words) is not None
            # A web page's footer stands once, behind its text; running heads of sheets stand anywhere.
            seen = seen or not mark or (lines[i].kind == "footer" and not lines[i].paged)
        elif words in repeated:
            reasons[i], seen = "running-head", True
        elif seen:
            reasons[i] = "navigation"


def _footer_start(text: str, lines: Sequence[Line], reasons: Sequence[str | None]) -> int:
    """The first line of a web page's footer behind its last sentence: short lines below it are no text."""
    found = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        if line.kind == "footer" and not line.paged:
            found = i
        elif reasons[i] is None and (line.end - line.start > 40 or text[line.end - 1] in "。！？；"):
            break
    return found


def _is_scrap(text: str, line: Line) -> bool:
    return line.end - line.start <= 40 and text[line.end - 1] not in "。！？；”）)"


def read_published(text: str, lines: Sequence[Line], reasons: Sequence[str | None]) -> date | None:
    """Return the date that the page's furniture gives for its publication, None where it gives none.

    A date behind 发布 or 时间 goes before a bare one, a line of source and date before another piece of furniture; a
    bare date counts in furniture at the page's top only: below stand those of other pages. Values outside the calendar
    are skipped.
    """
    labels = _rules().published
    best: tuple[int, date] | None = None
    for i, line in enumerate(lines):
        if line.end - line.start > 200:
            continue
        words = text[line.start : line.end]
        hit = _DATE.search(words)
        if hit is None:
            continue
        before = words[: hit.start()] or (text[lines[i - 1].start : lines[i - 1].end][-12:] if i else "")
        near = before.replace(" ", "")[-_LABEL_REACH:]
        label = max((k for k, one in enumerate(labels) if one in near), key=lambda k: len(labels[k]), default=None)
        day = _day(hit, labelled=label is not None)
        if day is None or any(word in before for word in ("实施", "失效", "废止", "生效", "施行")):
            continue
        furniture = reasons[i] is not None and (reasons[i] == "metadata" or i < _TOP_LINES)
        told = label is not None and (labels[label] not in _VAGUE or _DATED.search(before) is not None)
        stamped = i < _TOP_LINES and "。" not in words and (told or _is_stamp(words, hit))
        if not (furniture or stamped):
            continue
        rank = (label if label is not None else len(labels)) + (0 if reasons[i] == "metadata" else len(labels) + 1)
        if best is None or rank < best[0]:
            best = (rank, day)
    return best[1] if best else None


def _is_stamp(words: str, hit: re.Match[str]) -> bool:
    """Whether a line at the top is a stamp: a date alone, before 作者 or 阅读, behind a gap at its end, or the date of
    the meeting that heard or passed the text."""
    before, behind = words[: hit.start()].strip(" \u3000（(—-"), words[hit.end() :]
    if _HEARD.match(behind) and not before:
        return True
    rest = _CLOCK.sub("", behind).strip()
    if not before:
        return not rest or rest.startswith(_rules().beside)
    return not rest and words[: hit.start()].endswith(("\u3000", "  ", "| ")) and len(words) <= _STAMP


def _day(hit: re.Match[str], *, labelled: bool) -> date | None:
    """The day of a written date; a year of three digits is the Republic of China's where a label stands before it."""
    year = int(hit[1])
    if len(hit[1]) == 3:
        if not labelled:
            return None
        year += _MINGUO
    try:
        return date(year, int(hit[2]), int(hit[3]))
    except ValueError:
        return None


def read_site(text: str, lines: Sequence[Line], reasons: Sequence[str | None]) -> str | None:
    """Return the site's name as the page's furniture gives it, None where it does not."""
    best: tuple[int, str] | None = None
    for line, reason in zip(lines, reasons, strict=True):
        if reason is None or line.end - line.start > _LONGEST:
            continue
        words = text[line.start : line.end]
        for rank, pattern in enumerate(_rules().site):
            hit = pattern.search(words) if best is None or rank < best[0] else None
            if hit is not None and (rank > 0 or line.start <= lines[0].start):
                best = rank, hit[1]
    return best[1] if best is not None else None


def read_document_number(text: str, limit: int) -> str | None:
    """Return the document number (国办函〔2018〕71号) that stands alone or behind 文号 before `limit`, or None."""
    for hit in _NUMBER.finditer(text, 0, limit):
        begin = text.rfind("\n", 0, hit.start()) + 1
        lead = text[begin : hit.start()].strip()
        if hit.end() - begin <= 60 and (not lead or lead.endswith(("：", ":")) or "号" in lead):
            return hit[0]
    return None
