"""The parts of a binary Word document ([MS-DOC]): where its text lies, and how runs and paragraphs look."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from docparse.readers.doc import ole

_WORD_97 = 0xA5EC
_OTHER_TABLE = 0x0200  # fWhichTblStm: the table stream is 1Table
_COMPRESSED = 0x4000_0000
_PAGE_BYTES = 512
_MOST_FONTS = 10_000
_MOST_RUNS = 1_000_000  # each may hold 255 bytes; a book of 500 pages has 40,000
_PAIRS = 154  # where the pairs of offset and length begin in the file information block
_LENGTHS = 76  # where the lengths of the parts of the text begin
# Sizes of operands by the three highest bits of a property's code; 6 says that the first byte is the size.
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_DEFINE_TABLE, _CHANGE_TABS, _HUGE = 0xD608, 0xC615, 0x6646
_HUGE_BYTES = _HUGE.to_bytes(2, "little")
# Properties that one byte of a piece names, and that matter here ([MS-DOC] 2.9.216).
_SHORT = {0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x55: 0x0835, 0x5C: 0x083C}


class DocError(Exception):
    """The file does not hold together as a Word document of 1997 or later."""


class Run(NamedTuple):
    """A stretch of bytes of the text with one set of properties, as they are in the file."""

    start: int
    end: int
    properties: bytes
    style: int = 0


class Piece(NamedTuple):
    """A stretch of the text: its first character's number, its bytes, and whether a character has one byte or two.

    `changes` are properties that a quick save laid over those of its runs and paragraphs.
    """

    first: int
    start: int
    end: int
    width: int
    changes: bytes = b""


class DocFile(NamedTuple):
    """The streams and tables of one document. `parts` are the lengths of its texts, in the order of `PARTS`."""

    main: bytes
    table: bytes
    data: bytes
    pieces: tuple[Piece, ...]
    looks: tuple[Run, ...]
    paragraphs: tuple[Run, ...]
    parts: tuple[int, ...]


PARTS = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")


def is_word_97(data: bytes) -> bool:
    """True where a compound file begins as Word documents since 1997 do; older ones have other marks."""
    return (ole.read_stream(data, "WordDocument") or b"").startswith(_WORD_97.to_bytes(2, "little"))


def open_doc(data: bytes) -> DocFile:
    """The parts of the document.

    Raises:
        DocError: no Word document of 1997 or later, or its tables are broken.
    """
    main = ole.read_stream(data, "WordDocument") or b""
    try:
        mark, _, _, _, _, flags = struct.unpack_from("<6H", main)
        if mark != _WORD_97:
            raise DocError("it was written by a Word before 1997")
        table = ole.read_stream(data, "1Table" if flags & _OTHER_TABLE else "0Table")
        if table is None:
            raise DocError("its table stream is missing")
        file = DocFile(
            main, table, ole.read_stream(data, "Data") or b"", (), (), (), struct.unpack_from("<8I", main, _LENGTHS)
        )
        return file._replace(
            pieces=_read_pieces(file),
            looks=tuple(_read_runs(file, 12, paragraphs=False)),
            paragraphs=tuple(_read_runs(file, 13, paragraphs=True)),
        )
    except (struct.error, IndexError) as error:
        raise DocError("its tables are cut off") from error


def pair(file: DocFile, index: int) -> bytes:
    """The bytes of the table stream that a pair of the file information block points to."""
    offset, length = struct.unpack_from("<II", file.main, _PAIRS + 8 * index)
    return file.table[offset : offset + length]


def place(file: DocFile, index: int) -> tuple[int, int]:
    """Offset and length of that pair."""
    offset, length = struct.unpack_from("<II", file.main, _PAIRS + 8 * index)
    return offset, length


def _read_pieces(file: DocFile) -> tuple[Piece, ...]:
    clx = pair(file, 33)
    position = 0
    saved: list[bytes] = []
    while position < len(clx) and clx[position] == 1:
        size = int.from_bytes(clx[position + 1 : position + 3], "little")
        saved.append(clx[position + 3 : position + 3 + size])
        position += 3 + size
    if position >= len(clx) or clx[position] != 2:
        raise DocError("it has no table of text")
    body = clx[position + 5 : position + 5 + int.from_bytes(clx[position + 1 : position + 5], "little")]
    count = (len(body) - 4) // 12
    firsts = struct.unpack_from(f"<{count + 1}I", body)
    pieces: list[Piece] = []
    for index in range(count):
        where, change = struct.unpack_from("<IH", body, 4 * (count + 1) + 8 * index + 2)
        width = 1 if where & _COMPRESSED else 2
        start = (where & 0x3FFF_FFFF) // (2 if width == 1 else 1)
        length = (firsts[index + 1] - firsts[index]) * width
        if length < 0 or start + length > len(file.main):
            raise DocError("its text is cut off")
        pieces.append(Piece(firsts[index], start, start + length, width, _changes(change, saved)))
    if sum(entry.end - entry.start for entry in pieces) > 4 * len(file.main):
        raise DocError("its pieces of text overlap")
    return tuple(pieces)


def _changes(change: int, saved: list[bytes]) -> bytes:
    """The properties that two bytes of a piece stand for: one property with a byte, or a number of a set of them."""
    if change & 1:
        return saved[change >> 1] if change >> 1 < len(saved) else b""
    code = _SHORT.get(change >> 1 & 0x7F)
    return b"" if code is None else struct.pack("<HB", code, change >> 8)


def _read_runs(file: DocFile, index: int, *, paragraphs: bool) -> Iterator[Run]:
    """The runs of properties, which stand in pages of 512 bytes with offsets that rise."""
    table = pair(file, index)
    count = (len(table) - 4) // 8
    if count > len(file.main) // _PAGE_BYTES:
        raise DocError("its tables of properties overlap")
    total = 0
    for number in range(count):
        (where,) = struct.unpack_from("<I", table, 4 * (count + 1) + 4 * number)
        begin = (where & 0x3F_FFFF) * _PAGE_BYTES
        page = file.main[begin : begin + _PAGE_BYTES]
        if len(page) < _PAGE_BYTES:
            continue
        runs = page[-1]
        total += runs
        if total > _MOST_RUNS:
            raise DocError("it has too many runs of properties")
        edges = struct.unpack_from(f"<{runs + 1}I", page)
        for run in range(runs):
            offset = 2 * page[4 * (runs + 1) + run * (13 if paragraphs else 1)]
            style, properties = _properties(page, offset, paragraphs=paragraphs)
            yield Run(edges[run], edges[run + 1], properties, style)


def _properties(page: bytes, offset: int, *, paragraphs: bool) -> tuple[int, bytes]:
    if offset == 0:
        return 0, b""
    size = page[offset]
    if not paragraphs:
        return 0, page[offset + 1 : offset + 1 + size]
    start = offset + 1 if size else offset + 2
    body = page[start : offset + 2 * size] if size else page[start : start + 2 * page[offset + 1]]
    return int.from_bytes(body[:2], "little"), body[2:]


def find_run(runs: tuple[Run, ...], starts: list[int], offset: int) -> Run | None:
    """The run that holds the byte at `offset`; `starts` are the starts of the runs."""
    index = bisect_right(starts, offset) - 1
    return runs[index] if index >= 0 and offset < runs[index].end else None


def whole_properties(file: DocFile, properties: bytes) -> bytes:
    """The properties of a paragraph, those that were too long for their page read from the stream of data."""
    if _HUGE_BYTES not in properties:
        return properties
    for code, operand in read_properties(properties):
        if code == _HUGE:
            offset = int.from_bytes(operand, "little")
            return file.data[offset + 2 : offset + 2 + int.from_bytes(file.data[offset : offset + 2], "little")]
    return properties


def read_fonts(file: DocFile) -> tuple[str, ...]:
    """The names of the fonts, by the numbers that runs give."""
    table = pair(file, 15)
    count = min(int.from_bytes(table[:2], "little"), _MOST_FONTS)
    names: list[str] = []
    position = 4
    for _ in range(count):
        if position >= len(table):
            break
        size = table[position]
        name = table[position + 40 : position + 1 + size]
        names.append(name[: len(name) & ~1].decode("utf-16-le", "replace").partition("\0")[0])
        position += 1 + size
    return tuple(names)


def read_properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The code and the operand of each property, as far as the bytes go."""
    position = 0
    while position + 3 <= len(data):
        code = int.from_bytes(data[position : position + 2], "little")
        position += 2
        size = _SIZES[code >> 13]
        if code == _DEFINE_TABLE:
            size = int.from_bytes(data[position : position + 2], "little") - 1
            position += 2
        elif size == 0:
            size = data[position]
            position += 1
            if code == _CHANGE_TABS and size == 255:
                return
        if size < 0:
            return
        yield code, data[position : position + size]
        position += size
