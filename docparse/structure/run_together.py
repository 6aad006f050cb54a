"""Pages that lost their line ends: one long line cut where its lines must have been."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from docparse.lexicon import load_toml
from docparse.structure.lines import Line, trim
from docparse.structure.markers import read_marker

LONG = 300  # characters; a longer line that holds much of the page is a page without line ends
SHARE = 0.3  # of the page's characters
EDGE = 700  # characters at both ends of such a line in which furniture is looked for
_STOP = re.compile(r"[。！？!?]")
_BLANK = re.compile(r"[ \u3000\t]+")
# Labels that no word of a text ends in; 经费来源：, 责任编辑： and the like may be words of it.
_SURE = re.compile(r"[上下]一|(?:发布|更新|上传|修改|张贴)|猜你|您?可能|您?(?:现在)?的位置|[当现]前?在?位置|回上|©")
_VALUE = re.compile(r"[-/:：年]\s?\d{1,6}$")
_DATE = re.compile(r"\d{2,4}[-/年.]")
_NAME = re.compile(r"[\u4e00-\u9fff、“”]{2,16}(?<![条章节款])")
_AFTER_STOP = frozenset("。！？!?；;…”）)】》")


def cut_run_together(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines, a long one that holds much of the page cut into the lines that it must have been.

    Before its first sentence and behind its last one it is cut at every blank and before every word that opens a line
    of furniture (上一篇：, 来源：); between them at blanks behind a stop, before a marker, and
    behind a few words alone.
    """
    whole = sum(line.end - line.start for line in lines)
    cut: list[Line] = []
    for line in lines:
        size = line.end - line.start
        if size < LONG or size < SHARE * whole or line.level is not None or line.kind not in (None, "paragraph"):
            cut.append(line)
        else:
            cut += _pieces(text, line)
    return cut


def _pieces(text: str, line: Line) -> list[Line]:
    first = _STOP.search(text, line.start, line.end)
    if first is None:
        return [line]
    last = max(text.rfind(stop, line.start, line.end) for stop in "。！？!?")
    head = min(first.end(), line.start + EDGE)
    tail = max(last + 1, line.end - EDGE)
    cuts = sorted({at for at in _cuts(text, line, head, tail) if line.start < at < line.end})
    pieces: list[Line] = []
    for start, end in zip([line.start, *cuts], [*cuts, line.end], strict=True):
        begin, stop = trim(text, start, end)
        if begin < stop:
            pieces.append(line._replace(start=begin, end=stop, indent=line.indent if begin == line.start else 0))
    return pieces


def _cuts(text: str, line: Line, head: int, tail: int) -> Iterator[int]:
    last = line.start
    for blank in _BLANK.finditer(text, line.start, line.end):
        at = blank.end()
        edge = (at <= head or at > tail) and _parts_lines(text, blank.start(), at)
        if edge or text[blank.start() - 1] in _AFTER_STOP or read_marker(text, at, line.end) is not None:
            yield at
        elif _NAME.fullmatch(text, last, blank.start()) is not None and "\u4e00" <= text[at : at + 1] <= "\u9fff":
            yield at  # an unnumbered heading before its text
        last = at
    for begin, end in ((line.start, head), (tail, line.end)):
        for label in _labels().finditer(text, begin, end):
            behind_word = label.start() > begin and text[label.start() - 1].isalnum()
            if not behind_word or begin == tail or _SURE.match(label[0]) is not None:
                yield label.start()


def _parts_lines(text: str, start: int, end: int) -> bool:
    """May a blank have been a line end? Not beside a Latin word, and beside a figure only behind a date or a count."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
        return False
    if before.isdigit():
        return _VALUE.search(text, max(0, start - 12), start) is not None
    return not after.isdigit() or _DATE.match(text, end) is not None


@cache
def _labels() -> re.Pattern[str]:
    words = load_toml("furniture")["run_together"]["labels"]
    return re.compile("|".join(words))
