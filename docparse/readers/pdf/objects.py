"""One walk over the objects of a PDF page: ruling lines, pictures, filled areas, and text that is not plainly shown.

Objects inside form XObjects are seen too, with the forms' matrices multiplied in. The guard has bounded how often
forms are drawn; the walk itself stops at `max_objects`.
"""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

_NO_WIDTH = 0.01
_MOST_DEPTH = 8
_MOST_SEGMENTS = 40  # of one path: more is a drawing, not a table's line
_MOST_RULES = 20_000
_THICKEST_RULE = 3.0  # points: a filled rectangle thinner than this is a line
_SHORTEST_RULE = 3.0
_SLOPE = 0.6  # points that a level line may rise
_WHITE = 250

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A level or upright line: `at` is its y or x, `start` to `end` its reach along the other axis, in points."""

    upright: bool
    at: float
    start: float
    end: float


class PageObjects(NamedTuple):
    """What a page draws, in the page's own coordinates.

    `lost` are the origins of text objects that have no width; `unseen` and `white` the addresses and boxes of text
    objects that are drawn invisibly, or in white. `texts` counts all. `turned` says that some text is not level.
    """

    lost: list[tuple[float, float]]
    rules: list[Rule]
    fills: list[Box]
    pictures: list[Box]
    unseen: dict[int, Box]
    white: dict[int, Box]
    turned: bool
    texts: int
    total: int


class _Tools:
    """The out-parameters of pdfium's calls, made once a page."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium = pdfium
        self.box = [ctypes.c_float() for _ in range(4)]
        self.box_pointers = [ctypes.byref(each) for each in self.box]
        self.matrix = pdfium.FS_MATRIX()
        self.colour = [ctypes.c_uint() for _ in range(4)]
        self.colour_pointers = [ctypes.byref(each) for each in self.colour]

    def matrix_of(self, item: Any) -> Matrix:
        m = self.matrix
        if not self.pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
            return UNIT
        return m.a, m.b, m.c, m.d, m.e, m.f

    def bounds_of(self, item: Any) -> Box | None:
        if not self.pdfium.FPDFPageObj_GetBounds(item, *self.box_pointers):
            return None
        left, bottom, right, top = (each.value for each in self.box)
        return left, bottom, right, top

    def is_white(self, item: Any) -> bool:
        if not self.pdfium.FPDFPageObj_GetFillColor(item, *self.colour_pointers):
            return False
        red, green, blue, alpha = (each.value for each in self.colour)
        return min(red, green, blue) >= _WHITE or alpha < 3


def read_objects(page: Any, most: int) -> PageObjects:
    """What a pypdfium2 page draws; at most `most` objects are looked at."""
    tools = _Tools()
    pdfium = tools.pdfium
    found = PageObjects([], [], [], [], {}, {}, False, 0, 0)
    count = texts = 0
    turned = False
    stack: list[tuple[Any, Matrix, int]] = [(page.raw, UNIT, 0)]
    while stack:
        holder, matrix, depth = stack.pop()
        size = pdfium.FPDFFormObj_CountObjects(holder) if depth else pdfium.FPDFPage_CountObjects(holder)
        for index in range(max(size, 0)):
            count += 1
            if count > most:
                return found._replace(turned=turned, texts=texts, total=count)
            item = pdfium.FPDFFormObj_GetObject(holder, index) if depth else pdfium.FPDFPage_GetObject(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                texts += 1
                turned = _see_text(tools, item, matrix, found) or turned
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                _see_path(tools, item, matrix, found)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE or kind == pdfium.FPDF_PAGEOBJ_SHADING:
                box = tools.bounds_of(item)
                if box is not None:
                    found.pictures.append(map_box(matrix, box))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
                stack.append((item, times(tools.matrix_of(item), matrix), depth + 1))
    return found._replace(turned=turned, texts=texts, total=count)


def _see_text(tools: _Tools, item: Any, matrix: Matrix, found: PageObjects) -> bool:
    """True where the text is not level. Notes what is lost, unseen or white."""
    pdfium = tools.pdfium
    box = tools.bounds_of(item)
    if box is not None and abs(box[2] - box[0]) < _NO_WIDTH:
        found.lost.append(_map(matrix, box[0], box[1]))
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    if mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
        found.unseen[ctypes.addressof(item.contents)] = map_box(matrix, box or (0.0, 0.0, 0.0, 0.0))
    elif mode == pdfium.FPDF_TEXTRENDERMODE_FILL and tools.is_white(item):
        found.white[ctypes.addressof(item.contents)] = map_box(matrix, box or (0.0, 0.0, 0.0, 0.0))
    a, b, *_ = times(tools.matrix_of(item), matrix)
    return abs(b) > 0.02 * abs(a) or a < 0


def _see_path(tools: _Tools, item: Any, matrix: Matrix, found: PageObjects) -> None:
    pdfium = tools.pdfium
    segments = pdfium.FPDFPath_CountSegments(item)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not 2 <= segments <= _MOST_SEGMENTS or len(found.rules) > _MOST_RULES:
        return
    if not pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if stroke.value:
        _see_strokes(tools, item, times(tools.matrix_of(item), matrix), segments, found.rules)
    if not fill.value:
        return
    box = tools.bounds_of(item)
    if box is None or tools.is_white(item):
        return
    left, bottom, right, top = map_box(matrix, box)
    if top - bottom < _THICKEST_RULE:
        found.rules.append(Rule(False, (top + bottom) / 2, left, right))
    elif right - left < _THICKEST_RULE:
        found.rules.append(Rule(True, (left + right) / 2, bottom, top))
    else:
        found.fills.append((left, bottom, right, top))


def _see_strokes(tools: _Tools, item: Any, matrix: Matrix, segments: int, rules: list[Rule]) -> None:
    pdfium = tools.pdfium
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _map(matrix, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_LINETO:
            _add_rule(last, point, rules)
        elif kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            _add_rule(point, start, rules)
        last = point


def _add_rule(one: tuple[float, float], other: tuple[float, float], rules: list[Rule]) -> None:
    (x0, y0), (x1, y1) = one, other
    if abs(y1 - y0) < _SLOPE and abs(x1 - x0) > _SHORTEST_RULE:
        rules.append(Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) < _SLOPE and abs(y1 - y0) > _SHORTEST_RULE:
        rules.append(Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _map(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def map_box(matrix: Matrix, box: Box) -> Box:
    """The box around a box that a matrix moves: left, bottom, right, top."""
    corners = [_map(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [x for x, _ in corners]
    up = [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does what `first` does and then what `then` does (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
