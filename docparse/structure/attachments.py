"""Where further articles begin behind a notice: what it prints, and what is attached to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.structure.articles import Start
from docparse.structure.lines import Line
from docparse.structure.words import ends_with_genre

_SIGNED = re.compile(
    r"(?:[\d〇○零一二三四五六七八九十]{4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
    r"|[（(]此件.{1,12}[）)])$"
)
_MOST_NAMES = 200
_QUOTED = re.compile(r"[《「『]([^《》「」『』\n]{5,60})[》」』]")
_ISSUED = re.compile(r"(?:印发|转发|发布|公布|颁布)([^《》\n]{5,60})的通知")
_VERSION = re.compile(r"[（(](?:试行|暂行|草案|修订|.{2,4}稿)[）)]$")
_LEAST_BEHIND = 40  # characters behind the title of an attachment
_LONGEST_GAP = 40
_CLOSERS = frozenset(("recommendation", "share", "copyright", "navigation", "tags", "ad"))
_ATTACHED = re.compile(r"附[件表录]\s?[：:]?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-Z甲乙丙丁])?[：:]?$")


def find_attached(text: str, lines: Sequence[Line], reasons: Sequence[str | None], after: int) -> list[Start]:
    """Return the starts of texts printed behind a notice: a title behind its date, its 此件公开发布 or 附件N."""
    found: list[Start] = []
    kept = [k for k, line in enumerate(lines) if line.start >= after and reasons[k] is None]
    for place, k in enumerate(kept):
        line = lines[k]
        if line.end - line.start > 24:
            continue
        words = text[line.start : line.end]
        attached = _ATTACHED.match(words) is not None
        if not attached and _SIGNED.match(words) is None:
            continue
        near = [n for n in kept[place + 1 : place + 5] if not _closes(reasons, k, n)]
        start = _title_behind(text, lines, near, attached and words[-1] not in "：:")
        if start is not None and len(text) - start.title_end > _LEAST_BEHIND:
            found.append(start)
    return sorted(set(found))


def _closes(reasons: Sequence[str | None], start: int, end: int) -> bool:
    """Has the page's text ended between two lines: with links to other pages, shares, a long stretch of furniture?"""
    return end - start > _LONGEST_GAP or any(reasons[k] in _CLOSERS for k in range(start + 1, end))


def _title_behind(text: str, lines: Sequence[Line], near: list[int], attached: bool) -> Start | None:
    """The title on one of the lines `near`, behind another date or a line in brackets; None without one."""
    for n, k in enumerate(near[:3]):
        line = lines[k]
        words = text[line.start : line.end]
        if _SIGNED.match(words) or (words[0] in "（(" and words[-1] in "）)"):
            continue  # （联系人：…）
        if len(words) > 50 or words[-1] in "。；;，,：:" or words.startswith(("附件", "（", "(")):
            return None
        if ends_with_genre(words) and len(words) >= 4:
            return Start(line.start, line.end)
        second = lines[near[n + 1]] if n + 1 < len(near) else None
        if second is not None and _ends_title(text, line, second):
            return Start(line.start, second.end)
        return Start(line.start, line.end) if attached and len(words) >= 4 and not words[0].isdigit() else None
    return None


def _ends_title(text: str, line: Line, second: Line) -> bool:
    """Does the line `second` end a title that is broken in two?"""
    more = text[second.start : second.end]
    touching = not text[line.end : second.start].strip()
    return touching and len(more) <= 40 and more[-1] not in "。；;，,：:" and ends_with_genre(more)


def find_printed(text: str, lines: Sequence[Line], reasons: Sequence[str | None], first: Start) -> list[Start]:
    """Return the starts of texts that the page names before it prints them: a line that is, word for word, a title that
    stands in 《》 or behind 印发 above it."""
    named: set[str] = set()
    found: list[Start] = []
    for line, reason in zip(lines, reasons, strict=True):
        words = text[line.start : line.end]
        if reason is None and line.start >= first.title_end and len(words) <= 62:
            bare = _VERSION.sub("", re.sub(r"\s", "", words)).strip("《》「」『』")
            if bare in named and ends_with_genre(bare) and words[0] not in "《「『":
                found.append(Start(line.start, line.end))
                named.discard(bare)
        if line.end >= first.title_start and len(named) < _MOST_NAMES:
            for pattern in (_QUOTED, _ISSUED):
                for hit in pattern.finditer(text, line.start, min(line.end, line.start + 2000)):
                    named.add(_VERSION.sub("", re.sub(r"\s", "", hit[1])))
    return found
