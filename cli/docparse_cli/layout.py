"""Text into boxes of fixed width: folding by terminal cells, and the tables and trees made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docparse_cli.console import plain

if TYPE_CHECKING:
    from rich.table import Table

_NEVER_FIRST = frozenset("，。、；：？！）》”’】〕%％,.;:?!)]")
GAP = 2
"""Cells between columns: one of padding, and one that the table's box puts there."""
USUAL_WIDTH = 80
DATE_CELLS = 10


class Column(NamedTuple):
    """A table column: as wide as its widest cell, up to `most` cells of an 80-cell table and in proportion otherwise.

    With `share` it takes what the others leave. `lines` is the most lines that one value may take.
    """

    title: str
    most: int
    lines: int = 1
    share: bool = False
    style: str = ""


def fold(text: str, cells: int, lines: int) -> list[str]:
    """`text` in at most `lines` lines of at most `cells` cells, the last ending in `…` if something is missing.

    Chinese breaks anywhere except before a closing mark; a number or a Latin word is kept whole where it fits.
    """
    from rich.cells import cell_len

    rest = plain(text)
    folded: list[str] = []
    while rest:
        if len(folded) == lines - 1 and cell_len(rest) > cells:
            return [*folded, _head(rest, cells - 1).rstrip() + "…"]
        line = _head(rest, cells)
        if len(line) < len(rest):
            line = _better_break(line, rest)
        folded.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    return folded or [""]


def _head(text: str, cells: int) -> str:
    """The longest beginning of `text` that fits into `cells`, at least one character."""
    from rich.cells import cell_len

    used = 0
    for place, character in enumerate(text):
        used += cell_len(character)
        if used > cells:
            return text[: max(place, 1)]
    return text


def _better_break(line: str, text: str) -> str:
    end = len(line)
    while end > 1 and (text[end] in _NEVER_FIRST or _inside_word(text, end)):
        end -= 1
    return text[:end] if end > len(line) // 5 else line  # a word that fills the line is cut


def _inside_word(text: str, end: int) -> bool:
    """Whether `end` cuts a Latin word or a number: no blank on either side, and not behind a comma."""
    before, after = text[end - 1], text[end]
    return before.isascii() and after.isascii() and before not in " ,;" and after != " "


def make_table(columns: Sequence[Column], rows: Iterable[Sequence[Sequence[str]]], width: int) -> Table:
    """A table no wider than `width`. A cell is a sequence of values, each on lines of its own; empty columns go."""
    from rich import box
    from rich.table import Table

    grid = [tuple(tuple(plain(value) for value in cell if value) for cell in row) for row in rows]
    used = [place for place in range(len(columns)) if any(row[place] for row in grid)]
    widths = _widths(columns, grid, used, width)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, GAP - 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for place in used:
        table.add_column(columns[place].title, width=widths[place], no_wrap=True, style=columns[place].style)
    for row in grid:
        cells = []
        for place in used:
            lines = columns[place].lines
            cells.append("\n".join(line for value in row[place] for line in fold(value, widths[place], lines)))
        table.add_row(*cells)
    return table


def _widths(
    columns: Sequence[Column], grid: Sequence[Sequence[Sequence[str]]], used: Sequence[int], width: int
) -> dict[int, int]:
    from rich.cells import cell_len

    widths: dict[int, int] = {}
    for place in used:
        widest = max((cell_len(value) for row in grid for value in row[place]), default=0)
        widths[place] = max(cell_len(columns[place].title), min(widest, _most(columns[place], width)))
    shared = [place for place in used if columns[place].share]
    fixed = sum(widths[place] for place in used if place not in shared) + GAP * (len(used) - 1)
    for place in shared:
        widths[place] = max(8, min(widths[place], (width - fixed) // len(shared)))
    over = sum(widths.values()) + GAP * (len(used) - 1) - width
    while over > 0:  # a narrow terminal: the widest column gives way
        widest_place = max(widths, key=lambda place: widths[place])
        if widths[widest_place] <= 4:
            break
        widths[widest_place] -= 1
        over -= 1
    return widths


def _most(column: Column, width: int) -> int:
    return max(column.most * width // USUAL_WIDTH, min(column.most, DATE_CELLS))
