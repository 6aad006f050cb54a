"""Characters of a PDF page with their boxes, put together to lines in reading order."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from docparse.readers.pdf_lone import LoneChar

_BOLD_WEIGHT = 600
_COLUMN_GAP = 1.8  # in font sizes: farther apart are two segments of a line
_SMALLEST_COLUMN_LINES = 8


class Line(NamedTuple):
    """One line on a page. Distances are in points; `y` is the baseline, from the bottom of the page.

    `first_width` is the width of the first word, which a line above had no room for if it runs on.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    first_width: float
    column: int = 0


class PageLines(NamedTuple):
    """The lines of a page in reading order, and the page's height and width in points."""

    lines: list[Line]
    height: float
    width: float


class _Char(NamedTuple):
    text: str
    x0: float
    x1: float
    y: float
    size: float
    number: int
    spaced: bool  # a space of the file's own stands before it


def read_lines(page: Any, lone: Sequence[LoneChar] = ()) -> PageLines:
    """The lines of one pypdfium2 page in reading order, columns one after the other.

    Args:
        lone: characters that pdfium leaves out, from the top down.
    """
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        segments = _segments(_chars(text_page))
        segments += _segments([_Char(c.text, c.x, c.x + c.size, c.y, c.size, 0, False) for c in lone])
        lines = [_line(segment, text_page) for segment in segments]
    finally:
        text_page.close()
    return PageLines(_in_order(lines, width), height, width)


def _chars(text_page: Any) -> list[_Char]:
    """The characters that the file draws; those that pdfium makes up (spaces, line ends) are left out."""
    import pypdfium2.raw as pdfium

    handle = text_page.raw
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    box_pointer, x_pointer, y_pointer = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    chars: list[_Char] = []
    spaced = False
    high = 0
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code <= 0xDBFF:
            high = code
            continue
        if 0xDC00 <= code <= 0xDFFF and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (0x20, 0xA0, 0x3000, 0x09, 0x0A, 0x0D, 0x0B, 0x0C):
            spaced = spaced or (code != 0x0A and code != 0x0D and pdfium.FPDFText_IsGenerated(handle, index) != 1)
            continue
        if code < 0x20 or code in (0xFFFE, 0xFFFF, 0x2028, 0x2029, 0xFEFF, 0x200B) or 0xD800 <= code <= 0xDFFF:
            if code != 0x02 and code != 0xFFFE:
                continue
            code = 0x2D  # pdfium's mark for a hyphen at the end of a line
        if not pdfium.FPDFText_GetLooseCharBox(handle, index, box_pointer):
            continue
        pdfium.FPDFText_GetCharOrigin(handle, index, x_pointer, y_pointer)
        size = pdfium.FPDFText_GetFontSize(handle, index)
        tall = box.top - box.bottom
        if size < 2 or (tall > 0 and not 0.5 < tall / size < 2.5):
            size = tall if tall > 0 else size or 1.0  # a font of size 1 that the matrix scales up
        chars.append(_Char(chr(code), box.left, box.right, y.value, size, index, spaced))
        spaced = False
    return chars


def _segments(chars: list[_Char]) -> list[list[_Char]]:
    """Runs of characters on one baseline without a wide gap, in the order of the file."""
    segments: list[list[_Char]] = []
    base: _Char | None = None  # the largest character of the segment: its baseline counts, not a superscript's
    for char in chars:
        if base is not None:
            last = segments[-1][-1]
            size = max(base.size, char.size)
            gap = char.x0 - last.x1
            if _is_level(base, char) and -0.6 * size < gap < _COLUMN_GAP * size:
                if not _is_double(last, char):
                    segments[-1].append(char)
                    base = char if char.size > base.size else base
                continue
        segments.append([char])
        base = char
    return segments


def _is_level(base: _Char, char: _Char) -> bool:
    """True on the same baseline; a small character may stand higher or lower, as exponents and indices do."""
    rise = char.y - base.y
    if char.size < 0.8 * base.size:
        return -0.35 * base.size < rise < 0.75 * base.size
    if base.size < 0.8 * char.size:
        return -0.75 * char.size < rise < 0.35 * char.size
    return abs(rise) < 0.45 * max(base.size, char.size)


def _is_double(last: _Char, char: _Char) -> bool:
    """Fake bold draws a character twice, a hair apart."""
    return (
        char.text == last.text and abs(char.x0 - last.x0) < 0.2 * char.size and abs(char.y - last.y) < 0.2 * char.size
    )


def _line(segment: list[_Char], text_page: Any) -> Line:
    import pypdfium2.raw as pdfium

    texts: list[str] = []
    last: _Char | None = None
    for char in segment:
        if last is not None:
            texts.append(_gap(last, char))
        texts.append(char.text)
        last = char
    text = "".join(texts)
    first = segment[0]
    size = Counter(round(char.size * 2) / 2 for char in segment).most_common(1)[0][0]
    weight = pdfium.FPDFText_GetFontWeight(text_page.raw, first.number)
    word_end = next(
        (i for i, c in enumerate(segment) if i and (c.spaced or is_wide(c.text) or is_wide(segment[i - 1].text))), 0
    )
    word = segment[: word_end or len(segment)]
    x1 = max(char.x1 for char in segment)
    return Line(text, first.x0, x1, first.y, size, weight >= _BOLD_WEIGHT, min(word[-1].x1 - first.x0, 200.0))


def _gap(last: _Char, char: _Char) -> str:
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
    return " " if char.spaced or gap > 0.22 * size else ""


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


def _in_order(lines: list[Line], width: float) -> list[Line]:
    gutter = _find_gutter(lines, width)
    if gutter is None:
        return _merge_rows(sorted(lines, key=lambda line: (-line.y, line.x0)))
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if line.x0 < gutter < line.x1:
            ordered += _merge_rows(left) + _merge_rows(right) + [line]
            left, right = [], []
        elif line.x1 <= gutter:
            left.append(line._replace(column=1))
        else:
            right.append(line._replace(column=2))
    return ordered + _merge_rows(left) + _merge_rows(right)


def _find_gutter(lines: list[Line], width: float) -> float | None:
    """Where a page of two columns is empty from top to bottom, or None. Short segments are a table, not columns."""
    best: float | None = None
    fewest = len(lines)
    for step in range(40, 61):
        x = width * step / 100
        crossing = sum(1 for line in lines if line.x0 < x < line.x1)
        if crossing < fewest:
            best, fewest = x, crossing
    if best is None or fewest > 0.2 * len(lines):
        return None
    left = [line for line in lines if line.x1 <= best]
    right = [line for line in lines if line.x0 >= best]
    for side in (left, right):
        if len(side) < _SMALLEST_COLUMN_LINES:
            return None
        wide = sum(1 for line in side if line.x1 - line.x0 > 0.25 * width)
        if wide < 0.5 * len(side):
            return None
    return best


def _on_row(first: Line, line: Line) -> bool:
    if abs(first.y - line.y) < 0.45 * max(first.size, line.size):
        return True
    small, large = sorted((first, line), key=lambda each: each.size)
    touches = large.x0 - 2 < small.x0 < large.x1 + large.size
    return small.size < 0.8 * large.size and touches and -0.35 * large.size < small.y - large.y < 0.6 * large.size


def _merge_rows(lines: list[Line]) -> list[Line]:
    """Segments on one baseline as one line, a tab where the gap is wide."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.y, line.x0)):
        if rows and _on_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    merged: list[Line] = []
    for row in rows:
        row.sort(key=lambda line: line.x0)
        line = row[0]
        for other in row[1:]:
            wide_gap = other.x0 - line.x1 > _COLUMN_GAP * line.size
            both = is_wide(line.text[-1]) and is_wide(other.text[0])
            joint = "\t" if wide_gap else "" if both else " " if other.x0 - line.x1 > 0.22 * line.size else ""
            larger = max(line, other, key=lambda each: (each.size, each.x1 - each.x0))
            line = line._replace(
                text=line.text + joint + other.text, x1=max(line.x1, other.x1), size=larger.size, y=larger.y
            )
        merged.append(line)
    return merged
