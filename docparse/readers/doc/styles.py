"""Styles, properties and lists of a binary Word document, in the terms of our reader of .docx."""

from __future__ import annotations

import struct
from typing import NamedTuple

from docparse.readers.doc.file import DocFile, pair, place, read_properties
from docparse.readers.docx.numbering import Level, ListEntry, Numbering, bullet_text
from docparse.readers.docx.word_xml import NUMBER_FORMATS
from docparse.readers.rtf.story import Style as Named
from docparse.readers.rtf.story import style_of

_DELETED, _INSERTED, _HIDDEN, _BOLD = 0x0800, 0x0801, 0x083C, 0x0835
_SIZE, _SYMBOL, _CHARACTER_STYLE = 0x4A43, 0x6A09, 0x4A30
_FONTS = (0x4A4F, 0x4A51)  # of Latin letters, and of what is neither Latin nor Chinese
_DATA_PLACE, _IS_DATA = 0x6A03, 0x0806
_YES = (1, 0x81)  # 0x81 is the opposite of what the style says, and no style says it of these
_OUTLINE, _IN_TABLE, _ROW_END, _DEPTH = 0x2640, 0x2416, 0x2417, 0x6649
_INNER_CELL, _INNER_ROW_END, _LEVEL, _LIST, _STYLE = 0x244B, 0x244C, 0x260A, 0x460B, 0x4600
_OLD_NUMBERS = (0xC63E, 0xC645)
_TABLE, _HEADER_ROW = 0xD608, 0x3404
_LONGEST_CHAIN = 20
_MOST_LISTS = 5_000
_LEVELS = 9
_FOLLOWS = ("tab", "space", "nothing")
_TITLE = 62  # numbers of built-in styles, whose names are in Word's language
_TOC = range(19, 28)


class Look(NamedTuple):
    """How a run looks: what it says itself, None where its paragraph's style says.

    `symbol` is a font and the number of a sign in it; `data` is where the data of a form lie.
    """

    bold: int | None = None
    hidden: int | None = None
    deleted: bool = False
    inserted: bool = False
    size: float | None = None
    symbol: tuple[int, int] | None = None
    style: int | None = None
    font: int | None = None
    data: int | None = None
    is_data: bool = False


class Layout(NamedTuple):
    """What a paragraph says itself. `outline` is 0-based, 9 for body text; `row` defines a table's row."""

    style: int = 0
    outline: int | None = None
    list_id: int | None = None
    list_level: int | None = None
    depth: int = 0
    row_end: bool = False
    inner_cell: bool = False
    inner_row_end: bool = False
    old_number: bool = False  # numbered as in Word 6, which this reader does not count
    row: bytes | None = None
    header: bool = False


class Style(NamedTuple):
    """A style with what it inherits."""

    named: Named = Named()
    look: Look = Look()
    layout: Layout = Layout()


def read_look(properties: bytes, look: Look) -> Look:
    """The look with what the properties of a run change."""
    for code, operand in read_properties(properties):
        value = int.from_bytes(operand[:2], "little")
        if code == _BOLD:
            look = look._replace(bold=value)
        elif code == _HIDDEN:
            look = look._replace(hidden=value)
        elif code == _DELETED:
            look = look._replace(deleted=value in _YES)
        elif code == _INSERTED:
            look = look._replace(inserted=value in _YES)
        elif code == _SIZE:
            look = look._replace(size=value / 2 if 0 < value < 4_000 else look.size)
        elif code == _CHARACTER_STYLE:
            look = look._replace(style=value)
        elif code == _SYMBOL and len(operand) == 4:
            look = look._replace(symbol=(value, int.from_bytes(operand[2:], "little")))
        elif code in _FONTS:
            look = look._replace(font=value)
        elif code == _DATA_PLACE:
            look = look._replace(data=int.from_bytes(operand, "little"))
        elif code == _IS_DATA:
            look = look._replace(is_data=value in _YES)
    return look


def read_layout(properties: bytes, layout: Layout) -> Layout:
    """The layout with what the properties of a paragraph change."""
    for code, operand in read_properties(properties):
        value = int.from_bytes(operand[:4], "little")
        if code == _OUTLINE:
            layout = layout._replace(outline=value)
        elif code == _LIST:
            layout = layout._replace(list_id=value if value < 0x8000 else 0)
        elif code == _LEVEL:
            layout = layout._replace(list_level=value)
        elif code == _IN_TABLE:
            layout = layout._replace(depth=max(layout.depth, 1) if value else 0)
        elif code == _DEPTH:
            layout = layout._replace(depth=min(value, 30))
        elif code == _ROW_END:
            layout = layout._replace(row_end=value == 1)
        elif code == _INNER_CELL:
            layout = layout._replace(inner_cell=value == 1)
        elif code == _INNER_ROW_END:
            layout = layout._replace(inner_row_end=value == 1)
        elif code in _OLD_NUMBERS:
            layout = layout._replace(old_number=operand[:1] != b"\xff")
        elif code == _TABLE:
            layout = layout._replace(row=operand)
        elif code == _HEADER_ROW:
            layout = layout._replace(header=value == 1)
        elif code == _STYLE:
            # All before it is gone but the place in tables: what stood there before a change of format that is tracked.
            layout = layout._replace(style=value, outline=None, list_id=None, list_level=None, old_number=False)
    return layout


def read_styles(file: DocFile) -> dict[int, Style]:
    """The styles by number; those that the table does not hold are missing."""
    table = pair(file, 1)
    raw: dict[int, tuple[int, int, str, list[bytes], int]] = {}
    if len(table) < 6:
        return {}
    header, count, base_size = struct.unpack_from("<HHH", table)
    position = 2 + header
    for number in range(count):
        if position + 2 > len(table):
            break
        size = int.from_bytes(table[position : position + 2], "little")
        if size:
            raw[number] = _read_style(table[position + 2 : position + 2 + size], base_size)
        position += 2 + size + size % 2
    styles: dict[int, Style] = {}
    for number in raw:
        chain: list[int] = []
        current = number
        while current in raw and current not in styles and current not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(current)
            current = raw[current][1]
        for link in reversed(chain):
            styles[link] = _extend(styles.get(raw[link][1], Style()), raw[link])
    return styles


def _read_style(data: bytes, base_size: int) -> tuple[int, int, str, list[bytes], int]:
    """What a style is by its built-in number, the style it is based on, its name, its properties, and its kind."""
    first, second, third = struct.unpack_from("<HHH", data.ljust(10, b"\0"))
    length = int.from_bytes(data[base_size : base_size + 2], "little")
    name = data[base_size + 2 : base_size + 2 + 2 * length].decode("utf-16-le", "replace")
    position = base_size + 4 + 2 * length
    changes: list[bytes] = []
    for _ in range(third & 0xF):
        size = int.from_bytes(data[position : position + 2], "little")
        changes.append(data[position + 2 : position + 2 + size])
        position += 2 + size + size % 2
    return first & 0xFFF, second >> 4, name, changes, second & 0xF


def _extend(base: Style, raw: tuple[int, int, str, list[bytes], int]) -> Style:
    built_in, _, name, changes, kind = raw
    if kind == 2:  # of characters
        return Style(look=read_look(changes[0], base.look) if changes else base.look)
    layout, look = base.layout, base.look
    if kind == 1 and changes:
        layout = read_layout(changes[0][2:], layout)
        look = read_look(changes[1], look) if len(changes) > 1 else look
    level = built_in if 1 <= built_in <= 9 else None
    if level is None and layout.outline is not None:
        level = layout.outline + 1 if layout.outline < 9 else None
    named = style_of(name.split(",")[0], level, base.named)
    named = named._replace(title=named.title or built_in == _TITLE, toc=named.toc or built_in in _TOC)
    return Style(named, look, layout)


def read_numbering(file: DocFile) -> Numbering:
    """The lists by the number that paragraphs give."""
    offset, length = place(file, 73)
    formats = file.table[offset : offset + length]
    abstracts: dict[int, dict[int, Level]] = {}
    style_levels: dict[tuple[str, str], int] = {}
    count = min(int.from_bytes(formats[:2], "little"), len(formats) // 28, _MOST_LISTS)
    position = offset + 2 + 28 * count  # some writers count the levels in the length, Word does not
    for index in range(count):
        entry = formats[2 + 28 * index : 30 + 28 * index]
        list_id, _, *of_styles, flags = struct.unpack("<II9HBx", entry)
        levels: dict[int, Level] = {}
        for level in range(1 if flags & 1 else _LEVELS):
            levels[level], position = _read_level(file.table, position)
            if of_styles[level] != 0x0FFF:
                style_levels[str(list_id), str(of_styles[level])] = level
        abstracts[list_id] = levels
    return Numbering(_read_overrides(file, abstracts), style_levels)


def _read_level(table: bytes, position: int) -> tuple[Level, int]:
    start, number_format, flags = struct.unpack_from("<iBB", table, position)
    follow, papx, chpx, limit = table[position + 15], table[position + 25], table[position + 24], table[position + 26]
    position += 28 + papx + chpx
    length = int.from_bytes(table[position : position + 2], "little")
    text = table[position + 2 : position + 2 + 2 * length].decode("utf-16-le", "replace")
    name = NUMBER_FORMATS.get(number_format, "decimal")
    text = "".join(f"%{ord(char) + 1}" if ord(char) < _LEVELS else char for char in text)[:100]
    level = Level(
        start=max(start, 0),
        number_format=name,
        text=bullet_text(text) if name == "bullet" else text,
        suffix=_FOLLOWS[follow] if follow < 3 else "tab",
        legal=bool(flags & 4),
        restart=limit if flags & 8 else None,
    )
    return level, position + 2 + 2 * length


def _read_overrides(file: DocFile, abstracts: dict[int, dict[int, Level]]) -> dict[int, ListEntry]:
    data = pair(file, 74)
    count = min(int.from_bytes(data[:4], "little"), len(data) // 16, _MOST_LISTS)
    position = 4 + 16 * count
    lists: dict[int, ListEntry] = {}
    for index in range(count):
        list_id, changes = struct.unpack_from("<I8xB", data, 4 + 16 * index)
        levels = dict(abstracts.get(list_id, {}))
        restarts: dict[int, int] = {}
        position += 4
        for _ in range(changes):
            start, flags = struct.unpack_from("<iI", data, position)
            position += 8
            if flags & 0x20:
                levels[flags & 0xF], position = _read_level(data, position)
                start = levels[flags & 0xF].start
            if flags & 0x10:
                restarts[flags & 0xF] = start
        lists[index + 1] = ListEntry(str(list_id), levels, restarts)
    return lists
