"""Tables from their ruling lines: a grid of crossing lines, and the characters in its cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from docparse.readers.pdf.chars import Char
from docparse.readers.pdf.columns import merge_rows
from docparse.readers.pdf.lines import Fonts, GridCell, Line, make_lines
from docparse.readers.pdf.objects import Box, Matrix, Rule, map_box

_SNAP = 2.5  # points between lines that are one line, or that meet
_MOST_LINES = 3_000  # of a page, joined
_MOST_CROSSINGS = 200_000
_MOST_GRIDS = 100
_MOST_STEPS = 500_000
_MOST_SLOTS = 20_000
_LEAST_WIDTH = 6.0  # of a column or row, points
_LEAST_HEIGHT = 5.0
_EDGE = 6.0  # points to the page's edge
_PAGE_SHARE = 0.6  # of the page's characters: a frame around more than that is the page's border


class Grid(NamedTuple):
    """The lines of a table: `xs` from left to right, `ys` from the top down, and its cells.

    A cell is (first row, first column, rows, columns).
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]

    @property
    def box(self) -> Box:
        """Left, bottom, right, top."""
        return self.xs[0], self.ys[-1], self.xs[-1], self.ys[0]


def move_rules(rules: Sequence[Rule], matrix: Matrix) -> list[Rule]:
    """The rules in the frame that a matrix of quarter turns moves them to."""
    moved = []
    for upright, at, start, end in rules:
        left, bottom, right, top = map_box(matrix, (at, start, at, end) if upright else (start, at, end, at))
        if right - left > top - bottom:
            moved.append(Rule(False, (top + bottom) / 2, left, right))
        else:
            moved.append(Rule(True, (left + right) / 2, bottom, top))
    return moved


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids that crossing rules make, of one cell or more; none where the page is a drawing of too many lines."""
    level = _join(rule for rule in rules if not rule.upright)
    upright = _join(rule for rule in rules if rule.upright)
    if not level or not upright or len(level) + len(upright) > _MOST_LINES:
        return []
    grids = []
    for own_level, own_upright in _components(level, upright):
        grid = _make_grid(own_level, own_upright)
        if grid is not None:
            grids.append(grid)
    if len(grids) > _MOST_GRIDS:
        return []
    return sorted(grids, key=lambda grid: (-grid.ys[0], grid.xs[0]))


def _join(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap as one."""
    joined: list[Rule] = []
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if rows and rule.at - rows[-1][0].at < _SNAP:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        at = row[0].at
        row.sort(key=lambda rule: rule.start)
        start, end = row[0].start, row[0].end
        for rule in row[1:]:
            if rule.start > end + _SNAP:
                joined.append(Rule(rule.upright, at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        joined.append(Rule(row[0].upright, at, start, end))
    return [rule for rule in joined if rule.end - rule.start > _LEAST_HEIGHT]


def _components(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch each other, directly or by others."""
    parents = list(range(len(level) + len(upright)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    places = [rule.at for rule in upright]  # in order, because _join sorts
    crossings = 0
    for number, rule in enumerate(level):
        first = bisect_left(places, rule.start - _SNAP)
        for at in range(first, bisect_right(places, rule.end + _SNAP)):
            crossings += 1
            other = upright[at]
            if other.start - _SNAP <= rule.at <= other.end + _SNAP:
                parents[root(number)] = root(len(level) + at)
        if crossings > _MOST_CROSSINGS:
            return []
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for node in range(len(parents)):
        one, other_way = groups[root(node)]
        if node < len(level):
            one.append(level[node])
        else:
            other_way.append(upright[node - len(level)])
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _make_grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    left = min(rule.start for rule in level)
    right = max(rule.end for rule in level)
    # Statistical tables have no border at the sides: there the level lines' ends are the border.
    xs = _spaced(sorted({*(rule.at for rule in upright), left, right}), _LEAST_WIDTH)
    ys = _spaced(sorted(rule.at for rule in level), _LEAST_HEIGHT)[::-1]
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_SLOTS:
        return None
    if len(upright) * len(ys) + len(level) * len(xs) > _MOST_STEPS:
        return None
    if not _spans(level, ys[0], left, right) or not _spans(level, ys[-1], left, right):
        return None
    return Grid(tuple(xs), tuple(ys), _cells(level, upright, xs, ys))


def _spaced(places: list[float], least: float) -> list[float]:
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] >= least:
            kept.append(place)
    return kept


def _spans(level: list[Rule], y: float, left: float, right: float) -> bool:
    reach = sum(rule.end - rule.start for rule in level if abs(rule.at - y) < _LEAST_HEIGHT)
    return reach > 0.8 * (right - left)


def _cells(
    level: list[Rule], upright: list[Rule], xs: list[float], ys: list[float]
) -> tuple[tuple[int, int, int, int], ...]:
    """The slots of the grid joined where no wall stands between them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = [[False] * columns for _ in range(rows)]  # at the slot's right
    floors = [[False] * columns for _ in range(rows)]
    middles = [(ys[row] + ys[row + 1]) / 2 for row in range(rows)]
    centres = [(xs[column] + xs[column + 1]) / 2 for column in range(columns)]
    for rule in upright:
        column = bisect_left(xs, rule.at - _LEAST_WIDTH) - 1
        if 0 <= column < columns:
            for row in range(rows):
                walls[row][column] |= rule.start <= middles[row] <= rule.end
    down = ys[::-1]
    for rule in level:
        row = rows - bisect_left(down, rule.at - _LEAST_HEIGHT) - 1
        if 0 <= row < rows:
            for column in range(columns):
                floors[row][column] |= rule.start <= centres[column] <= rule.end
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            wide = 1
            while column + wide < columns and not walls[row][column + wide - 1] and not taken[row][column + wide]:
                wide += 1
            high = 1
            while row + high < rows and _is_open(row + high, column, wide, walls, floors, taken):
                high += 1
            for y in range(row, row + high):
                taken[y][column : column + wide] = [True] * wide
            cells.append((row, column, high, wide))
    return tuple(cells)


def _is_open(
    row: int, column: int, wide: int, walls: list[list[bool]], floors: list[list[bool]], taken: list[list[bool]]
) -> bool:
    """True where a whole row of slots goes on below the one above it."""
    reach = range(column, column + wide)
    return not any(floors[row - 1][x] or taken[row][x] for x in reach) and not any(
        walls[row][x] for x in range(column, column + wide - 1)
    )


def take_tables(
    chars: list[Char], grids: Sequence[Grid], fonts: Fonts, width: float
) -> tuple[list[Char], list[Line], list[Box]]:
    """The characters outside all tables, each table as one line with its cells, and the boxes of frames.

    A grid of one cell, or with text in no more than one, is a frame; so is one that holds another table. A grid with
    little of the text that lies in its box is a drawing.
    """
    tables = [grid for grid in grids if len(grid.cells) > 1]
    tables = [grid for grid in tables if not any(_holds(grid.box, other.box) for other in tables if other is not grid)]
    frames = [grid.box for grid in grids if grid not in tables]
    if not tables:
        return chars, [], frames
    contents: list[dict[int, list[Char]]] = [defaultdict(list) for _ in tables]
    owners = [_slots(grid) for grid in tables]
    boxes = [_widened(grid.box, width) for grid in tables]
    rest: list[Char] = []
    homes: list[int] = []
    for char in chars:
        home = next((n for n, box in enumerate(boxes) if _is_in(char, box)), -1)
        homes.append(home)
        if home < 0:
            rest.append(char)
            continue
        grid = tables[home]
        column = bisect_right(grid.xs, (char.x0 + char.x1) / 2) - 1
        row = len(grid.ys) - bisect_left(grid.ys[::-1], char.y + 0.3 * char.size) - 1
        slot = owners[home].get((max(row, 0), min(max(column, 0), len(grid.xs) - 2)))
        if slot is not None:
            contents[home][slot].append(char)
    refused = {n for n in range(len(tables)) if len(contents[n]) < 2}
    if refused:
        frames += [tables[n].box for n in sorted(refused)]
        rest = [char for char, home in zip(chars, homes, strict=True) if home < 0 or home in refused]
    lines = [_table_line(grid, contents[n], fonts) for n, grid in enumerate(tables) if n not in refused]
    return rest, lines, frames


def _widened(box: Box, width: float) -> Box:
    """The box without an end where the page's edge cuts a table that is too wide."""
    left, bottom, right, top = box
    return left if left > _EDGE else -width, bottom, right if right < width - _EDGE else 2 * width, top


def _slots(grid: Grid) -> dict[tuple[int, int], int]:
    return {
        (y, x): number
        for number, (row, column, high, wide) in enumerate(grid.cells)
        for y in range(row, row + high)
        for x in range(column, column + wide)
    }


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _is_in(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, char.y + 0.3 * char.size
    return box[0] < x < box[2] and box[1] < y < box[3]


def _table_line(grid: Grid, contents: dict[int, list[Char]], fonts: Fonts) -> Line:
    cells = []
    for number, (row, column, high, wide) in enumerate(grid.cells):
        lines = tuple(merge_rows(make_lines(contents.get(number, []), fonts)))
        if lines:
            cells.append(GridCell(row, column, high, wide, grid.xs[column], grid.xs[column + wide], lines))
    left, _, right, top = grid.box
    size = cells[0].lines[0].size if cells else 10.0
    return Line("", left, right, top - size, size, False, 0.0, cells=tuple(cells), edges=grid.xs)


def frame_flows(lines: Sequence[Line], frames: Sequence[Box]) -> list[Line]:
    """The lines, those inside a frame in a flow of its own, read apart from the text around it."""
    total = sum(len(line.text) for line in lines) or 1
    flows = list(lines)
    for number, box in enumerate(frames[:50], 1):
        inside = {
            at
            for at, line in enumerate(flows)
            if not line.flow and not line.cells and box[0] < line.x0 and line.x1 < box[2] and box[1] < line.y < box[3]
        }
        if inside and sum(len(flows[at].text) for at in inside) < _PAGE_SHARE * total:
            room = box[2] - (min(flows[at].x0 for at in inside) - box[0])
            flows = [
                line._replace(flow=number, room=room) if at in inside else _beside(line, box)
                for at, line in enumerate(flows)
            ]
    return flows


def _beside(line: Line, box: Box) -> Line:
    """The line, with less room where it stands at the left of a box."""
    near = box[1] - line.size < line.y < box[3] + line.size
    return line._replace(room=box[0] - 0.5 * line.size) if near and line.x1 <= box[0] and not line.flow else line
