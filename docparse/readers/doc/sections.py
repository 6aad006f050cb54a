"""Sections of a binary Word document: where each ends, and which of its headers and footers are shown."""

from __future__ import annotations

import struct
from typing import NamedTuple

from docparse.readers.doc.file import DocFile, pair, read_properties
from docparse.records import BlockKind

_TITLE_PAGE = 0x300A
_FACING_PAGES = 1  # the first bit of the document's properties
_SEPARATORS = 6  # stories of the lines over notes, which stand before the headers
_KINDS: tuple[BlockKind, ...] = ("header", "header", "footer", "footer", "header", "footer")
_EVEN, _FIRST = (0, 2), (4, 5)
_MOST_SECTIONS = 10_000


class Section(NamedTuple):
    """A section: the number of the character after it, and whether its first page has headers of its own."""

    end: int
    title_page: bool


def read_sections(file: DocFile) -> tuple[Section, ...]:
    """The sections in their order."""
    table = pair(file, 6)
    count = min(max((len(table) - 4) // 16, 0), _MOST_SECTIONS)
    sections: list[Section] = []
    for number in range(count):
        (end,) = struct.unpack_from("<I", table, 4 * number + 4)
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 12 * number + 2)
        size = int.from_bytes(file.main[place : place + 2], "little")
        title_page = False
        for code, operand in read_properties(file.main[place + 2 : place + 2 + min(size, 2_000)]):
            if code == _TITLE_PAGE:
                title_page = operand[:1] == b"\1"
        sections.append(Section(end, title_page))
    return tuple(sections)


def read_stories(file: DocFile) -> list[tuple[BlockKind, int, int]]:
    """Kind and borders of each header and footer that is shown, each once, counted from the first character of all.

    A section has six, for even, odd and first pages; an empty one is that of the section before.
    """
    table = pair(file, 11)
    edges = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
    sections = read_sections(file)
    facing = bool(pair(file, 31)[:1] and pair(file, 31)[0] & _FACING_PAGES)
    size = file.parts[2]
    current: list[tuple[int, int] | None] = [None] * 6
    stories: dict[tuple[int, int], BlockKind] = {}
    for number, section in enumerate(sections):
        for kind in range(6):
            index = _SEPARATORS + 6 * number + kind
            if index + 1 < len(edges) and edges[index] < min(edges[index + 1], size):
                current[kind] = edges[index], min(edges[index + 1], size)
            shown = (kind not in _EVEN or facing) and (kind not in _FIRST or section.title_page)
            place = current[kind]
            if shown and place is not None:
                stories.setdefault(place, _KINDS[kind])
    last = 0
    found: list[tuple[BlockKind, int, int]] = []
    for (begin, end), name in sorted(stories.items()):
        if begin >= last:  # else they overlap, and would be read as often as a stranger likes
            found.append((name, begin, end))
            last = end
    return found
