"""Tables without ruling lines: cells that stand below each other, their wrapped lines put back together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from docparse.readers.pdf.lines import COLUMN_GAP, GridCell, Line, is_wide
from docparse.readers.pdf.wrap import begins_item, is_leader

_MOST_LINES = 1_500  # of a page
_MOST_COLUMNS = 20
_MOST_TRIES = 3
_MOST_CUTS = 8
_LEAST_ROWS = 3
_FARTHEST = 3.5  # font sizes from one baseline to the next
_NEAR = 0.35  # font sizes: what begins, ends or has its middle so near to another is aligned with it
_GUTTER = 0.5  # font sizes that stay free between two columns
_LEADING = 1.2  # times the distance inside a row: rows stand so much farther apart
_ALIGNED = 0.8  # of a column's lines
_WRAPPED = 6  # characters: shorter cells are not wrapped
_PROSE = 14  # half-width characters of a usual line
_MOST_LABELS = 0.25  # of the cells, in a form
_LABEL = re.compile(r"[^：:]{1,14}[：:]|.{0,40}_{2}|[（(]?(?:签字|盖章|簽章)[）)]?$")
_FIGURE = re.compile(r"[约近超≥≤<>＜＞+-]{0,2}\d[\d,，.．]{0,20}\s?\S{0,3}$|[-—/×√○]{1,3}$")
_PAGE = re.compile(r"[-–—]?\d{1,4}[-–—]?$")

_Base = list[Line]  # what stands on one baseline, from left to right
_Filled = dict[int, Line]  # one baseline's lines by column


class _Column(NamedTuple):
    left: float
    right: float


def take_aligned(lines: Sequence[Line]) -> list[Line]:
    """The lines, each table without ruling lines as one line with its cells.

    A table is three rows or more of two columns or more that are aligned by their left ends, right ends or middles,
    with gaps between them that are wider than between words. A cell's further lines are told by the leading, which is
    smaller inside a row than between rows, or by full lines above them and an empty first column. What may as well be
    a form, a list of labels, signatures, contents or text in columns stays as it is.
    """
    if len(lines) > _MOST_LINES:
        return list(lines)
    bases = _baselines(lines)
    kept: list[Line] = []
    at = tries = 0
    while at < len(bases):
        end = _run_end(bases, at)
        table, used = _read_run(bases[at:end]) if end - at >= 2 else (None, 0)
        if table is not None:
            kept.append(table)
            tries = 0
        else:  # the first rows of a run may be none of its table
            tries = tries + 1 if end - at >= 2 else 0
            used = 1 if tries <= _MOST_TRIES else max(end - at, 1)
            kept += [line for base in bases[at : at + used] for line in base]
            tries = tries if used == 1 else 0
        at += used
    return kept


def _baselines(lines: Sequence[Line]) -> list[_Base]:
    bases: list[_Base] = []
    for line in sorted(lines, key=lambda line: (-line.y, line.x0)):
        last = bases[-1][0] if bases else None
        if last is None or line.cells or last.cells or abs(last.y - line.y) >= 0.45 * max(last.size, line.size):
            bases.append([line])
        else:
            bases[-1].append(line)
    for base in bases:
        base.sort(key=lambda line: line.x0)
    return bases


def _is_seed(base: _Base) -> bool:
    """True for a baseline that shows two cells or more by the wide gaps between them."""
    return any(other.x0 - one.x1 > COLUMN_GAP * one.size for one, other in pairwise(base))


def _run_end(bases: Sequence[_Base], start: int) -> int:
    """The end of the baselines that may be one table's: cells beside each other, and what is aligned with those."""
    if not _is_seed(bases[start]):
        return start
    size = bases[start][0].size
    places: set[int] = set()
    end = start
    for base in bases[start:]:
        far = end > start and bases[end - 1][0].y - base[0].y > _FARTHEST * size
        if far or any(line.cells or abs(line.size - size) > 1.6 or is_leader(line.text) for line in base):
            break
        spots = [spot for line in base for spot in (round(line.x0 / 3), -round((line.x0 + line.x1) / 3))]
        if not _is_seed(base) and not all(_is_known(line, places) for line in base):
            break
        places.update(spots)
        end += 1
    return end


def _is_known(line: Line, places: set[int]) -> bool:
    left, middle = round(line.x0 / 3), -round((line.x0 + line.x1) / 3)
    return any(spot + step in places for spot in (left, middle) for step in (-1, 0, 1))


def _read_run(bases: Sequence[_Base]) -> tuple[Line | None, int]:
    """The table at the head of a run, None without one, and how many baselines it takes."""
    size = median([line.size for base in bases for line in base])
    split = [_split_at_edges(base, edges) for edges in (_shared_edges(bases, size),) for base in bases]
    count = len(split)
    for _ in range(_MOST_CUTS):
        if count < 2:
            break
        columns = _find_columns(split[:count], size)
        if not 2 <= len(columns) <= _MOST_COLUMNS:
            return None, 0
        filled = [_fill(base, columns) for base in split[:count]]
        crossing = next((n for n, each in enumerate(filled) if each is None), count)
        if crossing < count:
            count = crossing
            continue
        whole = [each for each in filled if each is not None]
        rows, leading = _group_rows(whole, columns, size)
        lone = next((n for n, row in enumerate(rows) if len({at for base in row for at in base}) < 2), len(rows))
        if lone < len(rows):
            count = sum(map(len, rows[:lone]))
            continue
        if _is_table(rows, columns, size, leading=leading):
            return _make_table(rows, columns, size), count
        return None, 0
    return None, 0


def _shared_edges(bases: Sequence[_Base], size: float) -> list[float]:
    """Left ends that a line and at least one more line, or a gap inside one, have in common."""
    starts = [(line.x0, True) for base in bases for line in base]
    starts += [(x0, False) for base in bases for line in base for _, _, x0 in line.breaks]
    starts.sort()
    edges: list[float] = []
    group: list[tuple[float, bool]] = []
    for start in [*starts, (float("inf"), True)]:
        if group and start[0] - group[0][0] > _NEAR * size:
            if len(group) > 1 and any(real for _, real in group):
                edges.append(group[0][0])
            group = []
        group.append(start)
    return edges


def _split_at_edges(base: _Base, edges: Sequence[float]) -> _Base:
    """The lines, cut where a gap that is narrow for a column's ends at an edge of other rows."""
    split: _Base = []
    for line in base:
        rest, shift = line._replace(breaks=()), 0
        for at, x1, x0 in line.breaks:
            if any(-0.1 <= x0 - edge <= _NEAR * line.size for edge in edges) and at > shift:
                text = rest.text
                split.append(rest._replace(text=text[: at - shift].rstrip(), x1=x1))
                after = text[at - shift :]
                rest = rest._replace(text=after, x0=x0, first_width=_word_width(after, line.size))
                shift = at
        split.append(rest)
    return split


def _word_width(text: str, size: float) -> float:
    if is_wide(text[0]):
        return size
    return 0.55 * size * next((n for n, char in enumerate(text) if is_wide(char) or char == " "), len(text))


def _find_columns(bases: Sequence[_Base], size: float) -> list[_Column]:
    """The reaches of x that lines cover, where next to no baseline crosses the gaps between them."""
    steps: list[tuple[float, int]] = []
    for base in bases:
        for line in base:
            steps += [(line.x0, 1), (line.x1, -1)]
    allowed = len(bases) // 6
    columns: list[_Column] = []
    depth = 0
    start: float | None = None
    for x, step in sorted(steps):
        depth += step
        if start is None and depth > allowed:
            start = x
        elif start is not None and depth <= allowed:
            if columns and start - columns[-1].right < _GUTTER * size:
                columns[-1] = columns[-1]._replace(right=x)
            else:
                columns.append(_Column(start, x))
            start = None
    return columns


def _fill(base: _Base, columns: Sequence[_Column]) -> _Filled | None:
    """The lines by their column, None where one reaches into two columns or two stand in one."""
    filled: _Filled = {}
    for line in base:
        touched = [n for n, column in enumerate(columns) if line.x0 < column.right and line.x1 > column.left]
        if len(touched) != 1 or touched[0] in filled:
            return None
        filled[touched[0]] = line
    return filled


def _group_rows(bases: Sequence[_Filled], columns: Sequence[_Column], size: float) -> tuple[list[list[_Filled]], bool]:
    """The baselines row by row, and whether the leading tells rows from the lines of one cell."""
    cut = _leading_cut([_y(above) - _y(below) for above, below in pairwise(bases)])
    for leading in (True, False) if cut is not None else (False,):
        rows = [[bases[0]]]
        for above, below in pairwise(bases):
            full = [_is_full(above[at], below[at], columns[at]) for at in below if at in above]
            under = len(full) == len(below)
            if leading:
                inside = cut is not None and _y(above) - _y(below) <= cut
                again = 0 in below and 2 * len(below) >= len(columns)
                wraps = any(len(above[at].text) >= _WRAPPED for at in below if at in above) and any(full)
                if inside and (not under or (again and not wraps)):
                    break  # text above which there is none, or short cells again: it is a row of its own
            else:
                # Words of one length are full by chance; and figures never go on.
                long = all(len(above[at].text) >= _WRAPPED for at in below if at in above)
                inside = under and 0 not in below and all(full) and long and not any(map(_is_figure, below.values()))
            if inside:
                rows[-1].append(below)
            else:
                rows.append([below])
        else:
            return rows, leading and any(len(row) > 1 for row in rows)
    return [[base] for base in bases], False


def _is_figure(line: Line) -> bool:
    return _FIGURE.match(line.text) is not None


def _y(base: Mapping[int, Line]) -> float:
    return next(iter(base.values())).y


def _leading_cut(steps: Sequence[float]) -> float | None:
    """What lies between the smallest distance of baselines and the next larger one; None where all are alike."""
    ordered = sorted(steps)
    return next(((one + other) / 2 for one, other in pairwise(ordered) if other > _LEADING * one), None)


def _is_full(above: Line, below: Line, column: _Column) -> bool:
    return column.right - above.x1 < below.first_width + 0.9 * above.size


def _is_table(rows: Sequence[Sequence[_Filled]], columns: Sequence[_Column], size: float, *, leading: bool) -> bool:
    if len(rows) < (2 if leading and len(columns) > 2 else _LEAST_ROWS):
        return False
    cells = list(_cells(rows))
    if any(sum(1 for _, at, _ in cells if at == n) < 2 for n in range(len(columns))):
        return False
    if not all(_is_aligned([base[n] for row in rows for base in row if n in base], size) for n in range(len(columns))):
        return False
    texts = [lines[0].text for _, _, lines in cells]
    if sum(1 for text in texts if _LABEL.match(text)) > _MOST_LABELS * len(texts):
        return False
    items = [at for _, at, lines in cells if begins_item(lines[0].text)]
    if sum(1 for n in range(len(columns)) if items.count(n) > 1) > 1:
        return False  # lists beside each other, as in the boxes of a drawing
    last = [lines[0].text for _, at, lines in cells if at == len(columns) - 1]
    if all(_PAGE.match(text) for text in last):
        return False  # contents: a head would stand above a column of figures
    if not leading and sum(1 for n in range(len(columns)) if _usual_length(rows, n) >= _PROSE) > 1:
        return False  # text in columns
    return len(columns) > 2 or _is_table_of_two(cells, leading=leading)


def _is_table_of_two(cells: Sequence[tuple[int, int, list[Line]]], *, leading: bool) -> bool:
    """True for two columns that are no list of labels: a head over figures, or rows that the leading sets apart."""
    first = [lines[0].text for _, at, lines in cells if at == 0]
    second = [lines[0].text for _, at, lines in cells if at == 1]
    marks = sum(1 for text in first if begins_item(text) or not any(map(str.isalpha, text)))
    if 2 * marks >= len(first):
        return False  # a list whose numbers stand out at its left
    if leading:
        return sum(1 for _, _, lines in cells if len(lines) > 1) > 1
    return not _FIGURE.match(second[0]) and all(_FIGURE.match(text) for text in second[1:])


def _cells(rows: Sequence[Sequence[_Filled]]) -> Iterator[tuple[int, int, list[Line]]]:
    """Row, column and lines of each cell."""
    for number, row in enumerate(rows):
        found: dict[int, list[Line]] = defaultdict(list)
        for base in row:
            for at, line in base.items():
                found[at].append(line)
        for at in sorted(found):
            yield number, at, found[at]


def _is_aligned(lines: Sequence[Line], size: float) -> bool:
    for places in (
        [line.x0 for line in lines],
        [line.x1 for line in lines],
        [(line.x0 + line.x1) / 2 for line in lines],
    ):
        middle = median(places)
        if sum(1 for place in places if abs(place - middle) <= _NEAR * size) >= _ALIGNED * len(places):
            return True
    return False


def _usual_length(rows: Sequence[Sequence[_Filled]], column: int) -> float:
    lengths = [
        sum(2 if is_wide(char) else 1 for char in base[column].text[:40])
        for row in rows
        for base in row
        if column in base
    ]
    return median(lengths)


def _make_table(rows: Sequence[Sequence[_Filled]], columns: Sequence[_Column], size: float) -> Line:
    cells = []
    for number, at, lines in _cells(rows):
        column = columns[at]
        following = columns[at + 1].left if at + 1 < len(columns) else column.right + size
        # A cell's text keeps a font size away from its right border, as `rows` supposes of ruled ones.
        right = min(column.right + size, following)
        cells.append(GridCell(number, at, 1, 1, column.left, right, tuple(line._replace(breaks=()) for line in lines)))
    top = max(line.y for line in cells[0].lines)
    edges = tuple(column.left for column in columns)
    return Line("", columns[0].left, columns[-1].right, top, size, False, 0.0, cells=tuple(cells), edges=edges)
