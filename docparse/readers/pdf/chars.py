"""The characters of a PDF page with their boxes, in the direction in which they are read.

A page may be turned (/Rotate), its text may be turned, and Chinese may run from top to bottom. Whatever the reason,
characters of one direction are moved into a frame of their own in which they run from left to right.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from docparse.readers.pdf.lone import LoneChar
from docparse.readers.pdf.objects import UNIT, Box, Matrix, PageObjects, map_box, times

_SKEW = 8.0  # degrees off a right angle: what leans more is a watermark
_MOST_TESTS = 2_000_000
_OUTSIDE = 4.0  # points beyond the page's edge
_FOLDED = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    # Bullets of the fonts Symbol and Wingdings, which Word writes at their private places
    "\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf0a7": "▪", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓",
    "\uf0e0": "→", "\uf0a8": "□", "\uf06f": "□", "\uf071": "❑", "\uf076": "❖", "\uf09f": "•", "\uf0b2": "□",
}  # fmt: skip
# Fonts of macOS and Chrome say "radical" for characters that look the same: ⼯作 for 工作, ⻓期 for 长期.
_FOLDED |= {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_FOLDED |= dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


class Char(NamedTuple):
    """One character: reach, baseline and size in points; `number` is pdfium's index, -1 where it has none.

    `spaced` says that a space of the file's own stands before it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    number: int
    spaced: bool


class PageChars(NamedTuple):
    """The characters of a page: `groups` by direction, the page's main direction first; `skewed` lines that lean.

    `matrix` moves the page's coordinates into the frame of the first group, `width` and `height` are that frame's.
    `hidden` counts the characters that are not seen on the page, and so are left out.
    """

    groups: list[list[Char]]
    skewed: list[tuple[str, float]]
    matrix: Matrix
    width: float
    height: float
    hidden: int


class _Raw(NamedTuple):
    text: str
    box: Box
    x: float
    y: float
    size: float
    number: int
    spaced: bool
    angle: int  # degrees, against the clock


def read_chars(page: Any, text_page: Any, objects: PageObjects, lone: Sequence[LoneChar] = ()) -> PageChars:
    """The characters that a pypdfium2 page shows; those that pdfium makes up (spaces, line ends) are left out.

    Args:
        lone: characters that pdfium leaves out, from the top down.
    """
    import pypdfium2.raw as pdfium

    box = page.get_bbox()
    turns = max(pdfium.FPDFPage_GetRotation(page.raw), 0) % 4
    raws, hidden = _read_raw(text_page, _hidden_texts(objects), turned=objects.turned)
    raws += [_Raw(c.text, (c.x, c.y, c.x + c.size, c.y + c.size), c.x, c.y, c.size, -1, False, 0) for c in lone]
    inside = _on_page(raws, box)
    hidden += len(raws) - len(inside)
    directions: dict[int, list[_Raw]] = {}
    leaning: list[_Raw] = []
    for raw in inside:
        quarter = round(raw.angle / 90)
        if abs(raw.angle - 90 * quarter) > _SKEW:
            leaning.append(raw)
        else:
            directions.setdefault(quarter % 4, []).append(raw)
    order = sorted(directions, key=lambda quarter: (-len(directions[quarter]), quarter != turns, quarter))
    main = order[0] if order else turns
    matrix, width, height = _frame(box, main)
    groups: list[list[Char]] = []
    for quarter in order:
        own, own_width, own_height = _frame(box, quarter)
        for chars, sideways in _split_upright([_place(raw, own) for raw in directions[quarter]]):
            if sideways:
                if not groups:
                    turn: Matrix = (0.0, 1.0, -1.0, 0.0, own_height, 0.0)
                    matrix, width, height = times(own, turn), own_height, own_width
                chars = _turn_upright(chars, own_height)
            groups.append([char for char, _, _ in chars])
    return PageChars(groups, _skewed_lines(leaning), matrix, width, height, hidden)


def _frame(box: Box, quarter: int) -> tuple[Matrix, float, float]:
    """The matrix that turns the page clockwise by quarters, with its lower left corner at 0, its width and height."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    if quarter == 0:
        return (1.0, 0.0, 0.0, 1.0, -left, -bottom), width, height
    if quarter == 1:
        return (0.0, -1.0, 1.0, 0.0, -bottom, right), height, width
    if quarter == 2:
        return (-1.0, 0.0, 0.0, -1.0, right, top), width, height
    return (0.0, 1.0, -1.0, 0.0, top, -left), height, width


def _read_raw(text_page: Any, unseen: set[int], *, turned: bool) -> tuple[list[_Raw], int]:
    """All characters in the order of the file, and how many were left out because nobody sees them."""
    import pypdfium2.raw as pdfium

    handle = text_page.raw
    rect = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    rect_pointer, x_pointer, y_pointer = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    get_code, get_box, get_origin = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetCharOrigin,
    )
    get_size = pdfium.FPDFText_GetFontSize
    raws: list[_Raw] = []
    spaced = False
    high = hidden = angle = 0
    for index in range(text_page.count_chars()):
        code = get_code(handle, index)
        if 0xD800 <= code <= 0xDBFF:
            high = code
            continue
        if 0xDC00 <= code <= 0xDFFF and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in _SPACES:
            spaced = spaced or (code != 0x0A and code != 0x0D and pdfium.FPDFText_IsGenerated(handle, index) != 1)
            continue
        if code in _DROPPED or 0xD800 <= code <= 0xDFFF:
            if code not in _HYPHENS:
                continue
            code = 0x2D  # pdfium's mark for a hyphen at the end of a line
        if not get_box(handle, index, rect_pointer):
            continue
        if unseen:
            item = pdfium.FPDFText_GetTextObject(handle, index)
            if item and ctypes.addressof(item.contents) in unseen:
                hidden += 1
                continue
        get_origin(handle, index, x_pointer, y_pointer)
        size = get_size(handle, index)
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if turned:  # pdfium counts clockwise
            angle = round(-math.degrees(pdfium.FPDFText_GetCharAngle(handle, index))) % 360
        tall = right - left if 45 < angle % 180 < 135 else top - bottom
        if size < 2 or (tall > 0 and not 0.5 < tall / size < 2.5 and angle % 90 == 0):
            size = tall if tall > 0 else size or 1.0  # a font of size 1 that the matrix scales up
        text = chr(code)
        raws.append(
            _Raw(_FOLDED.get(text, text), (left, bottom, right, top), x.value, y.value, size, index, spaced, angle)
        )
        spaced = False
    return raws, hidden


_SPACES = frozenset((0x20, 0xA0, 0x3000, 0x09, 0x0A, 0x0D, 0x0B, 0x0C, *range(0x2000, 0x200B), 0x202F, 0x205F))
_HYPHENS = frozenset((0x02, 0xFFFE))
_DROPPED = frozenset((*range(0x20), 0x7F, 0xFFFE, 0xFFFF, 0x2028, 0x2029, 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060))


def _hidden_texts(objects: PageObjects) -> set[int]:
    """The text objects that nobody sees: white on white, or drawn invisibly with no picture behind.

    Invisible text over a picture is what text recognition has read from a scan, and all there is to read. Where all
    text is invisible it is kept: then something else shows it.
    """
    behind = objects.fills + objects.pictures
    hidden: set[int] = set()
    for texts, covers in ((objects.white, behind), (objects.unseen, objects.pictures)):
        if not texts or len(texts) * len(covers) > _MOST_TESTS or len(texts) >= objects.texts:
            continue
        for address, (left, bottom, right, top) in texts.items():
            x, y = (left + right) / 2, (bottom + top) / 2
            if not any(a <= x <= c and b <= y <= d for a, b, c, d in covers):
                hidden.add(address)
    return hidden


def _on_page(raws: list[_Raw], page: Box) -> list[_Raw]:
    """The characters on the page, and those that run over its edge behind one on it: too wide tables do."""
    left, bottom, right, top = page[0] - _OUTSIDE, page[1] - _OUTSIDE, page[2] + _OUTSIDE, page[3] + _OUTSIDE
    kept: list[_Raw] = []
    last: _Raw | None = None
    for raw in raws:
        x0, y0, x1, y1 = raw.box
        if not (left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top) and (
            last is None or math.dist((raw.x, raw.y), (last.x, last.y)) > 2 * raw.size
        ):
            last = None
            continue
        kept.append(raw)
        last = raw
    return kept


_Placed = tuple[Char, float, float]  # with the box's bottom and top


def _place(raw: _Raw, matrix: Matrix) -> _Placed:
    if matrix == UNIT:
        left, bottom, right, top = raw.box
        y = raw.y
    else:
        left, bottom, right, top = map_box(matrix, raw.box)
        y = matrix[1] * raw.x + matrix[3] * raw.y + matrix[5]
    return Char(raw.text, left, right, y, raw.size, raw.number, raw.spaced), bottom, top


def _split_upright(placed: list[_Placed]) -> list[tuple[list[_Placed], bool]]:
    """The characters as one group, or as two where most run from top to bottom: (group, whether it does)."""
    steps = Counter(_step(one, other) for one, other in pairwise(placed))
    if steps["down"] <= max(steps["on"], 3):
        return [(placed, False)]
    upright: list[_Placed] = []
    level: list[_Placed] = []
    run: list[_Placed] = []
    for char in placed:
        if run and _step(run[-1], char) != "on":
            (level if len(run) > 3 else upright).extend(run)
            run = []
        run.append(char)
    (level if len(run) > 3 else upright).extend(run)
    return [(group, sideways) for group, sideways in ((upright, True), (level, False)) if group]


def _step(one: _Placed, other: _Placed) -> str:
    """Where the next character stands: on the same line, below, or elsewhere."""
    a, b = one[0], other[0]
    size = max(a.size, b.size)
    if abs(a.y - b.y) < 0.3 * size:
        return "on" if -0.3 * size < b.x0 - a.x1 < size else "away"
    aligned = abs((a.x0 + a.x1) - (b.x0 + b.x1)) < 0.6 * size
    return "down" if aligned and 0.3 * size < a.y - b.y < 1.8 * size else "away"


def _turn_upright(placed: list[_Placed], height: float) -> list[_Placed]:
    """Columns that run from top to bottom, the first at the right, as lines from left to right, the first on top.

    Digits that stand side by side in a column (12月) share its square, one after the other.
    """
    turned: list[_Placed] = []
    at = 0
    while at < len(placed):
        end = at + 1
        while end < len(placed) and _step(placed[end - 1], placed[end]) == "on":
            end += 1
        beside = placed[at:end]
        centre = (beside[0][0].x0 + beside[-1][0].x1) / 2
        low, top = beside[0][1], beside[0][2]
        share = (top - low) / len(beside)
        for place, (char, _, _) in enumerate(beside):
            x0 = height - top + place * share
            turned.append((char._replace(x0=x0, x1=x0 + share, y=centre), char.x0, char.x1))
        at = end
    return turned


def _skewed_lines(leaning: list[_Raw]) -> list[tuple[str, float]]:
    """The texts that lean, each with its size, in the order of the file."""
    lines: list[tuple[list[str], float]] = []
    last: _Raw | None = None
    for raw in leaning:
        if last is not None and math.dist((last.x, last.y), (raw.x, raw.y)) < 3 * raw.size:
            lines[-1][0].append((" " if raw.spaced else "") + raw.text)
        else:
            lines.append(([raw.text], raw.size))
        last = raw
    return [("".join(texts), size) for texts, size in lines]
