"""Characters of a PDF page put together to segments: runs on one baseline without a wide gap."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from docparse.readers.pdf.chars import Char
from docparse.records import BlockKind

BOLD_WEIGHT = 600
COLUMN_GAP = 1.8  # in font sizes: farther apart are two segments of a line
_LEAST_GAP = 0.2  # in font sizes: nearer stands no space that the file does not write
_CELL_GAP = 0.45  # in font sizes: so near may cells of a table without ruling lines stand where one is full
# Chinese documents set headings in a black type of the same size (GB/T 9704: 黑体); YaHei and Noto are body types.
_BOLD_NAME = re.compile(r"SimHei|Heiti|STHei|FZHT|FZHei|黑体|(?:Bold|Black|Heavy)", re.IGNORECASE)
_CLOSING = frozenset("，。、；：？！”’）》〉】〕」』％%,.;:?!)]}…·")
_OPENING = frozenset("“‘（《〈【〔「『([{")
_NEAR = 8  # segments of one row that are looked at
_SOFT_HYPHEN = "\u00ad"


class GridCell(NamedTuple):
    """The lines of one cell and where it stands in its table, 0-based."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    right: float
    lines: tuple[Line, ...]


class Line(NamedTuple):
    """One line on a page. Distances are in points; `y` is the baseline, from the bottom of the page.

    `first_width` is the width of the first word, which a line above had no room for if it runs on. `column` numbers
    the columns of a page, 0 for lines that run over its whole width; `flow` what is read apart from the body (text
    boxes; turned text below 0), 0 for the body. A table stands as one line without text: its `cells`, and its `edges`
    from left to right.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    first_width: float
    column: int = 0
    flow: int = 0
    kind: BlockKind = "paragraph"
    cells: tuple[GridCell, ...] = ()
    edges: tuple[float, ...] = ()
    gaps: int = 0  # wide gaps inside
    level: int | None = None
    room: float = 0.0  # where its box ends, or a box at its right begins; 0 without one
    breaks: tuple[tuple[int, float, float], ...] = ()  # gaps inside that may part cells: place in text, end, next start


class PageLines(NamedTuple):
    """The lines of a page in reading order, and the page's height and width in points.

    `hidden` counts characters that nobody sees, `unmapped` those whose font does not say what they are.
    """

    lines: list[Line]
    height: float
    width: float
    hidden: int = 0
    unmapped: int = 0
    pictured: bool = False


class Fonts:
    """Whether characters of a text page are bold; asks pdfium once for each font of the page."""

    def __init__(self, text_page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._handle = text_page.raw
        self._known: dict[int, bool] = {}
        self.unmapped = 0

    def is_bold(self, number: int) -> bool:
        """True where the character is drawn in a bold type, or its outline is drawn over its body."""
        pdfium = self._pdfium
        if number < 0:
            return False
        item = pdfium.FPDFText_GetTextObject(self._handle, number)
        if not item:
            return False
        if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
            return True
        font = pdfium.FPDFTextObj_GetFont(item)
        if not font:
            return False
        address = ctypes.addressof(font.contents)
        known = self._known.get(address)
        if known is None:
            heavy = pdfium.FPDFText_GetFontWeight(self._handle, number) >= BOLD_WEIGHT
            known = self._known[address] = heavy or _BOLD_NAME.search(self._name(font)) is not None
        return known

    def _name(self, font: Any) -> str:
        buffer = ctypes.create_string_buffer(256)
        size: int = self._pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
        return buffer.raw[: max(min(size, 256) - 1, 0)].decode("utf-8", "replace")

    def count_unmapped(self, segment: Sequence[Char]) -> None:
        """Count a segment's characters as unmapped where the first one's font does not say what it stands for."""
        first = segment[0]
        if first.number >= 0 and self._pdfium.FPDFText_HasUnicodeMapError(self._handle, first.number) == 1:
            self.unmapped += len(segment)


def make_lines(chars: Sequence[Char], fonts: Fonts) -> list[Line]:
    """The segments of the characters as lines, in the order of the file; what is drawn twice is there once."""
    lines: list[Line] = []
    seen: dict[str, list[int]] = {}
    for segment in _weave(_segments(chars)):
        line = _line(segment, fonts)
        places = seen.setdefault(line.text, [])
        twin = next((at for at in places[-8:] if _is_same_place(lines[at], line)), None)
        if twin is not None:
            lines[twin] = lines[twin]._replace(bold=True)
            continue
        places.append(len(lines))
        lines.append(line)
    return lines


def _is_same_place(one: Line, other: Line) -> bool:
    near = 0.2 * one.size
    return abs(one.x0 - other.x0) < near and abs(one.y - other.y) < near and one.x1 - one.x0 > 0


def _segments(chars: Sequence[Char]) -> list[list[Char]]:
    """Runs of characters on one baseline without a wide gap, in the order of the file."""
    segments: list[list[Char]] = []
    base: Char | None = None  # the largest character of the segment: its baseline counts, not a superscript's
    for char in chars:
        if base is not None:
            last = segments[-1][-1]
            size = max(base.size, char.size)
            gap = char.x0 - last.x1
            if -0.6 * size < gap < COLUMN_GAP * size and _is_level(base, char):
                if not _is_double(last, char):
                    segments[-1].append(char)
                    base = char if char.size > base.size else base
                continue
        segments.append([char])
        base = char
    return segments


def _weave(segments: list[list[Char]]) -> list[list[Char]]:
    """The segments, those put into the gaps of another one woven into it.

    LibreOffice writes a line's Chinese first and its quotes, in another font, behind it.
    """
    rows: dict[int, list[int]] = {}
    woven: list[list[Char] | None] = list(segments)
    for at, segment in enumerate(segments):
        first = segment[0]
        home = round(first.y)
        near = [other for row in (home - 1, home, home + 1) for other in rows.get(row, ())[-_NEAR:]]
        host = next((other for other in near if _has_gap_for(woven[other], segment)), None)
        if host is None:
            rows.setdefault(home, []).append(at)
            continue
        woven[host] = sorted([*(woven[host] or ()), *segment], key=lambda char: char.x0)
        woven[at] = None
    return [segment for segment in woven if segment is not None]


def _has_gap_for(host: list[Char] | None, guest: list[Char]) -> bool:
    """True where the guest stands between two characters of the host, covering neither."""
    if host is None or len(guest) > len(host) or not host[0].x0 <= guest[0].x0 <= host[-1].x1 + 0.3 * host[-1].size:
        return False
    if guest[0].size < 0.6 * host[0].size or guest[0].size > 1.5 * host[0].size:
        return False
    at = bisect_right(host, guest[0].x0 + 0.1, key=lambda char: char.x0)
    slack = 0.3 * guest[0].size
    fits = at == 0 or host[at - 1].x1 <= guest[0].x0 + slack
    return fits and (at == len(host) or guest[-1].x1 <= host[at].x0 + slack)


def _is_level(base: Char, char: Char) -> bool:
    """True on the same baseline; a small character may stand higher or lower, as exponents and indices do."""
    rise = char.y - base.y
    if char.size < 0.8 * base.size:
        return -0.35 * base.size < rise < 0.75 * base.size
    if base.size < 0.8 * char.size:
        return -0.75 * char.size < rise < 0.35 * char.size
    return abs(rise) < 0.45 * max(base.size, char.size)


def _is_double(last: Char, char: Char) -> bool:
    """Fake bold draws a character twice, a hair apart."""
    return (
        char.text == last.text and abs(char.x0 - last.x0) < 0.2 * char.size and abs(char.y - last.y) < 0.2 * char.size
    )


def _line(segment: list[Char], fonts: Fonts) -> Line:
    texts: list[str] = []
    breaks: list[tuple[int, float, float]] = []
    length = 0
    last: Char | None = None
    for char in segment:
        if char.text == _SOFT_HYPHEN and char is not segment[-1]:
            continue  # a place where a word may be cut, and was not
        if last is not None:
            apart = char.x0 - last.x1
            if char.spaced or apart > _LEAST_GAP * char.size:
                gap = _gap(last, char)
                texts.append(gap)
                length += len(gap)
                if apart > _CELL_GAP * char.size:
                    breaks.append((length, last.x1, char.x0))
        texts.append(char.text)
        length += len(char.text)
        last = char
    text = "".join(texts)
    first = segment[0]
    sizes = Counter(round(char.size * 2) / 2 for char in segment)
    size = max(sizes, key=lambda each: (sizes[each], each))
    probes = (0, len(segment) // 2, len(segment) - 1) if len(segment) > 3 else (0,)
    bold = 2 * sum(fonts.is_bold(segment[at].number) for at in probes) > len(probes)
    fonts.count_unmapped(segment)
    word = segment[: _unit_end(segment)]
    x1 = max(char.x1 for char in segment)
    base = max(segment, key=lambda char: char.size)
    y = base.y if first.size < 0.8 * base.size else first.y
    width = min(word[-1].x1 - first.x0, 200.0)
    return Line(text, first.x0, x1, y, size, bold, width, breaks=tuple(breaks))


def _unit_end(segment: list[Char]) -> int:
    """How many characters stand together at the line's start: a word or a Chinese character, and what may not begin a
    line behind it (GB/T 15834 keeps closing marks off a line's start)."""
    at = 1
    while at < len(segment):
        one, other = segment[at - 1].text, segment[at].text
        if other not in _CLOSING and one not in _OPENING and (segment[at].spaced or is_wide(one) or is_wide(other)):
            break
        at += 1
    return at


def _gap(last: Char, char: Char) -> str:
    """A space where the page shows one. Between Chinese characters without a space of the file's own only a gap of
    half a character counts: justified lines stretch by 0.3, and a mark's own empty half looks like a gap."""
    gap = char.x0 - last.x1
    size = max(char.size, last.size)
    wide = is_wide(last.text) + is_wide(char.text)
    if wide == 2:
        words = is_ideograph(last.text) and is_ideograph(char.text)
        return " " if gap > (0.15 if char.spaced else 0.42 if words else 1.0) * size else ""
    if wide == 1:
        return " " if (char.spaced and gap > 0.12 * size) or gap > 0.8 * size else ""
    return " " if (char.spaced and gap > -0.1 * size) or gap > 0.22 * size else ""


def is_ideograph(char: str) -> bool:
    """True for Chinese characters, not for marks."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def is_wide(char: str) -> bool:
    """True for Chinese characters and full-width marks, between which no space is written."""
    return (
        "\u2e80" <= char <= "\ud7a3"
        or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uff60"
        or char in "“”‘’—…·"
    )
