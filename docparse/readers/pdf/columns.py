"""The reading order of a PDF page: full-width parts, columns between them, rows put together from their segments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from docparse.readers.pdf.aligned import take_aligned
from docparse.readers.pdf.lines import COLUMN_GAP, Line, is_wide

_LEAST_LINES = 3  # of a column, where it shows itself
_LEAST_TOGETHER = 8
_LEAST_TEXT = 14  # half-width characters of a usual line: shorter are cells
_MOST_LINES = 1_500  # of a page in small type; more are a drawing, or mean harm
_MOST_DEPTH = 4  # columns inside columns: three columns are a cut in a cut
_MOST_SIDES = 2  # columns that one side of a cut may hold more
_MOST_EDGES = 12  # left edges that are tried as a column's
_FULL = 0.72  # of the column's width: a line so long fills it
_NARROWEST = 5.0  # font sizes
_LETTERS = 0.5  # of a column's characters: columns of figures are a table


def order_lines(lines: Sequence[Line], *, tables: bool = True) -> list[Line]:
    """The lines of a page in reading order, columns one after the other, with their `column` set.

    A cut is looked for where several lines begin at one edge and none crosses it for a stretch of the page; both
    sides must be prose that fills its width, or else they are a table, which is read row by row.

    Args:
        tables: tables without ruling lines are looked for, and given cells.
    """
    ordered: list[Line] = []
    numbers: dict[int, int] = {}
    stack: list[tuple[list[Line], int, int]] = [(sorted(lines, key=_place), 0, 0)]
    while stack:
        region, column, depth = stack.pop()
        gutter = _find_gutter(region) if depth < _MOST_DEPTH else None
        if gutter is None:
            ordered += [line._replace(column=column) for line in merge_rows(take_aligned(region) if tables else region)]
            continue
        parts: list[tuple[list[Line], int, int]] = []
        for run in _runs(region, gutter):
            left, right = _sides(run, gutter)
            if not left or not right or not (_are_columns(left, right) or _could_be_columns(left, right)):
                parts.append((run, column, _MOST_DEPTH))
                continue
            left, below = _cut_below(left, right)
            for side in (left, right):
                number = numbers.setdefault(round(min(line.x0 for line in side) / 12), len(numbers) + 1)
                parts.append((side, number, depth + 1))
            if below:
                parts.append((below, column, _MOST_DEPTH))
        stack += reversed(parts)
    return ordered


def _place(line: Line) -> tuple[float, float]:
    return -line.y, line.x0


def _find_gutter(region: Sequence[Line], depth: int = 0) -> float | None:
    """The x left of the edge at which a second column begins, or None."""
    if not 2 * _LEAST_LINES <= len(region) <= _MOST_LINES:
        return None
    left = min(line.x0 for line in region)
    width = max(line.x1 for line in region) - left
    starts: dict[int, list[float]] = {}
    for line in region:
        if line.x0 > left + 0.15 * width and not line.cells:
            starts.setdefault(round(line.x0 / 3), []).append(line.x0)
    edges = sorted((spot for spot, xs in starts.items() if len(xs) >= _LEAST_LINES), key=lambda s: -len(starts[s]))
    best: tuple[int, float] | None = None
    for spot in edges[:_MOST_EDGES]:
        gutter = min(starts[spot]) - 2.0
        covered = 0
        for run in _runs(region, gutter):
            one, other = _sides(run, gutter)
            if _are_columns(one, other, depth):
                covered += len(run)
        if covered and (best is None or (covered, -gutter) > (best[0], -best[1])):
            best = (covered, gutter)
    return best[1] if best is not None else None


def _runs(region: Sequence[Line], gutter: float) -> list[list[Line]]:
    """The lines from the top down, cut wherever one crosses the gutter; crossing lines stand in runs of their own."""
    runs: list[list[Line]] = []
    crossing: bool | None = None
    for line in region:
        crosses = line.x0 < gutter < line.x1
        if crosses is not crossing:
            runs.append([])
            crossing = crosses
        runs[-1].append(line)
    return runs


def _sides(run: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    left = [line for line in run if line.x1 <= gutter]
    return left, [line for line in run if line.x0 >= gutter]


def _are_columns(left: Sequence[Line], right: Sequence[Line], depth: int = 0) -> bool:
    """True where both sides are prose and stand beside each other."""
    if min(len(left), len(right)) < _LEAST_LINES or len(left) + len(right) < _LEAST_TOGETHER:
        return False
    overlap = min(left[0].y, right[0].y) - max(left[-1].y, right[-1].y)
    shorter = min(left[0].y - left[-1].y, right[0].y - right[-1].y)
    return overlap > 0.5 * shorter and _is_prose(left, depth) and _is_prose(right, depth)


def _could_be_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """True for a short stretch on a page that has columns elsewhere at the same place: no figures, no short cells."""
    return all(_usual_length(side) >= _LEAST_TEXT and _letter_share(side) >= _LETTERS for side in (left, right))


def _usual_length(side: Sequence[Line]) -> float:
    return median([sum(2 if is_wide(char) else 1 for char in line.text[:40]) for line in side])


def _is_prose(side: Sequence[Line], depth: int) -> bool:
    """True where most lines fill the width, or where the side is made of columns of prose itself."""
    left = min(line.x0 for line in side)
    width = max(line.x1 for line in side) - left
    size = median([line.size for line in side])
    if width < _NARROWEST * size or _usual_length(side) < _LEAST_TEXT or _letter_share(side) < _LETTERS:
        return False
    rows = merge_rows(side)
    if depth < _MOST_SIDES and 2 * sum(1 for line in rows if line.gaps) > len(rows):
        return _find_gutter(side, depth + 1) is not None
    full = sum(1 for line in rows if line.x1 - line.x0 > _FULL * width and not line.gaps)
    return full >= 0.5 * len(rows)


def _letter_share(side: Sequence[Line]) -> float:
    total = sum(len(line.text) for line in side)
    return sum(sum(map(str.isalpha, line.text)) for line in side) / total if total else 1.0


def _cut_below(left: list[Line], right: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The left column, and what stands below both columns behind a gap: it begins a full-width part."""
    lowest = right[-1].y
    steps = [a.y - b.y for a, b in pairwise(left) if a.y - b.y > 1]
    step = median(steps) if steps else 20.0
    for at in range(1, len(left)):
        if left[at].y < lowest - 0.5 * step and left[at - 1].y - left[at].y > 1.7 * step:
            return left[:at], left[at:]
    return left, []


def _on_row(first: Line, line: Line) -> bool:
    if first.cells or line.cells:
        return False
    if abs(first.y - line.y) < 0.45 * max(first.size, line.size):
        return True
    small, large = sorted((first, line), key=lambda each: each.size)
    touches = large.x0 - 2 < small.x0 < large.x1 + large.size
    return small.size < 0.8 * large.size and touches and -0.35 * large.size < small.y - large.y < 0.6 * large.size


def merge_rows(lines: Sequence[Line]) -> list[Line]:
    """Segments on one baseline as one line, a tab where the gap is wide."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_place):
        if rows and _on_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_merge_row(row) if len(row) > 1 else row[0] for row in rows]


def _merge_row(row: list[Line]) -> Line:
    row.sort(key=lambda line: line.x0)
    texts = [row[0].text]
    line = row[0]
    for other in row[1:]:
        wide_gap = other.x0 - line.x1 > COLUMN_GAP * line.size
        both = is_wide(texts[-1][-1]) and is_wide(other.text[0])
        texts.append("\t" if wide_gap else "" if both else " " if other.x0 - line.x1 > 0.22 * line.size else "")
        texts.append(other.text)
        larger = max(line, other, key=lambda each: (each.size, each.x1 - each.x0))
        line = line._replace(
            x1=max(line.x1, other.x1),
            size=larger.size,
            y=larger.y,
            bold=line.bold and other.bold,
            gaps=line.gaps + wide_gap,
        )
    return line._replace(text="".join(texts))
