"""Stretches of a text in their places: line and column, what stands round them, and signs for what cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")
_SIGNS = {" ": "␣", "\n": "⏎", "\r": "⏎"}
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zs", "Zl", "Zp"})


class Place(NamedTuple):
    """Where an offset is for a person: both count from 1."""

    line: int
    column: int


class Lines:
    """The lines of a text, for finding the place of an offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(m.end() for m in _LINE_END.finditer(text))]

    def place(self, span: Sequence[int]) -> Place:
        """The place of a span's first character."""
        number = bisect_right(self.starts, span[0])
        return Place(number, span[0] - self.starts[number - 1] + 1)


def excerpt(text: str, start: int, end: int, room: int, margin: int = 0) -> tuple[str, str, str]:
    """What stands before `text[start:end]` on its line, that stretch between ⟦ ⟧, and what follows: `room` cells.

    The first part is filled up to `margin` cells, so that excerpts can stand below each other.
    """
    marked = f"⟦{shortened(visible(text[start:end]), room * 2 // 3)}⟧"
    beside = room - cells_of(marked)
    before = _context(_LINE_END.split(text[max(start - room, 0) : start])[-1])
    if start <= room or _LINE_END.search(text[start - room : start]):
        before = before.lstrip()  # the indent of a line says nothing
    left = _tail(before, beside * 2 // 5)
    left = " " * (min(margin, beside * 2 // 3) - cells_of(left)) + left
    after = _context(_LINE_END.split(text[end : end + room])[0]).rstrip()
    return left, marked, _head(after, beside - cells_of(left))


def visible(text: str) -> str:
    """`text` on one line with its blanks, line ends and invisible characters as signs that can be seen."""
    shown = []
    for character in text.replace("\r\n", "\n"):
        if character in _SIGNS:
            shown.append(_SIGNS[character])
        elif unicodedata.category(character) in _UNSEEN:
            shown.append(f"<U+{ord(character):04X}>")
        else:
            shown.append(character)
    return "".join(shown)


def _context(text: str) -> str:
    """`text` without what would act on the terminal, its blanks as they stand."""
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)


def _head(text: str, cells: int) -> str:
    from rich.cells import set_cell_size

    if cells <= 0:
        return ""
    return text if cells_of(text) <= cells else set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"


def _tail(text: str, cells: int) -> str:
    return text if cells_of(text) <= cells else "…" + _head(text[::-1], cells)[:-1][::-1]


def shortened(text: str, cells: int) -> str:
    """`text` in at most `cells` cells, what is too much left out of its middle."""
    if cells_of(text) <= cells:
        return text
    begin = _head(text, cells // 2 + 1)
    return begin + _tail(text, cells - cells_of(begin) + 1)[1:]


def cells_of(text: str) -> int:
    """The terminal cells that `text` takes."""
    from rich.cells import cell_len

    return cell_len(text)


def filled(text: str, cells: int) -> str:
    """`text` with blanks behind it, `cells` wide."""
    return text + " " * (cells - cells_of(text))
