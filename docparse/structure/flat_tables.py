"""Tables that plain text has flattened: rows of cells between tabs or wide gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docparse.records import Row, Span, TableCell
from docparse.structure.lines import Line
from docparse.structure.markers import read_marker

_TABS = re.compile(r"[ \u3000]*\t[\t \u3000]*")
_GAPS = re.compile(r"[ \u3000]{2,}|\u3000")
_LEADER = re.compile(r"[.…·．]{3,}")
_SENTENCE = re.compile(r"[。！？]")
_DRAWN = re.compile(r"[\u2500-\u257f]")  # a picture made of lines
_PAGE = re.compile(r"\d{1,4}")
_DIGIT = re.compile(r"\d")
_LONGEST_CELL = 60
_MOST_CELLS = 30
_LEAST_ROWS = {"\t": 2, " ": 3}  # a tab is meant, blanks may be chance
_LEAST_CELLS = {"\t": 2, " ": 3}
_FIGURES = 0.2  # of the cells between blanks hold a digit: a menu's words hold none


class _Cells(NamedTuple):
    mark: str
    spans: list[tuple[int, int]]


def find_flat_tables(text: str, lines: Sequence[Line]) -> tuple[tuple[Row, ...], ...]:
    """Return the tables among `lines`: neighbouring lines with equally many cells between tabs or wide gaps.

    Between blanks only three rows of three cells and more count, some of them with figures, and no cell may hold a
    whole sentence: what else stands apart on a line is a menu, a signature, a form. `header` is set by `mark_headers`.
    """
    tables: list[tuple[Row, ...]] = []
    run: list[_Cells] = []
    last: Line | None = None
    for line in lines:
        cells = _cells(text, line)
        apart = last is not None and text.count("\n", last.end, line.start) > 1
        if run and (cells is None or apart or (cells.mark, len(cells.spans)) != (run[0].mark, len(run[0].spans))):
            tables += _table(text, run)
            run = []
        if cells is not None:
            run.append(cells)
        last = line
    tables += _table(text, run)
    return tuple(tables)


def _cells(text: str, line: Line) -> _Cells | None:
    """The cells of a line, None where it is no row."""
    if line.kind not in (None, "paragraph") or line.level is not None or line.end - line.start > 600:
        return None
    mark = "\t" if text.find("\t", line.start, line.end) >= 0 else " "
    pattern = _TABS if mark == "\t" else _GAPS
    if mark == " " and text.find("\u3000", line.start, line.end) < 0 and text.find("  ", line.start, line.end) < 0:
        return None
    spans: list[tuple[int, int]] = []
    at = line.start
    for hit in pattern.finditer(text, line.start, line.end):
        spans.append((at, hit.start()))
        at = hit.end()
    spans.append((at, line.end))
    if not _LEAST_CELLS[mark] <= len(spans) <= _MOST_CELLS:
        return None
    if _DRAWN.search(text, line.start, line.end):
        return None
    marker = read_marker(text, line.start, line.end)
    phase = marker is not None and marker.style.startswith("phase") and len(spans) > 2  # 第1周, dates, work: a calendar
    if marker is None or marker.style == "ns" or phase:
        marker = None
    if marker is not None and (marker.end >= spans[1][0] or _PAGE.fullmatch(text, *spans[-1])):
        return None  # a numbered item with a tab behind its number, an entry of a table of contents
    whole = all(0 < end - start <= _LONGEST_CELL for start, end in spans)
    if not whole or _LEADER.search(text, line.start, line.end) or _SENTENCE.search(text, line.start, line.end):
        return None
    return _Cells(mark, spans)


def _table(text: str, run: Sequence[_Cells]) -> list[tuple[Row, ...]]:
    if not run or len(run) < _LEAST_ROWS[run[0].mark]:
        return []
    spans = [span for cells in run for span in cells.spans]
    figures = sum(1 for start, end in spans if _DIGIT.search(text, start, end))
    if figures < _FIGURES * len(spans):
        return []
    return [tuple(_row(text, cells.spans) for cells in run)]


def _row(text: str, spans: Sequence[tuple[int, int]]) -> Row:
    cells = tuple(TableCell(text=text[a:b], span=Span(a, b), raw_span=Span(a, b)) for a, b in spans)
    return Row(span=Span(spans[0][0], spans[-1][1]), cells=cells)
