"""Word 97 documents written byte by byte ([MS-DOC]), with the properties that only Word writes."""

from __future__ import annotations

import struct
from typing import NamedTuple

from compound import compound_file

_BEGIN = 2048
_PAGE = 512
_PAIRS = 154


class Span(NamedTuple):
    """Properties of the characters from number `first` up to `last`."""

    first: int
    last: int
    properties: bytes
    style: int = 0


def prop(code: int, *values: int) -> bytes:
    """A property with the bytes of its operand."""
    return struct.pack("<H", code) + bytes(values)


def word_97(
    text: str,
    *,
    looks: tuple[Span, ...] = (),
    layouts: tuple[Span, ...] = (),
    parts: dict[int, int] | None = None,
    pieces: tuple[tuple[int, int], ...] = (),
    saved: tuple[bytes, ...] = (),
    tables: dict[int, bytes] | None = None,
    sections: tuple[tuple[int, bytes], ...] = (),
    data: bytes = b"",
    counts_levels: bool = False,
) -> bytes:
    """A document of this text.

    Args:
        parts: lengths of other texts than the body, by their numbers; they stand at the end of `text`.
        pieces: where pieces after the first begin, and what two bytes stand for the changes of a quick save.
        saved: sets of properties that a quick save wrote.
        tables: further parts of the table stream, by the numbers of their pairs.
        sections: where each ends, and its properties.
        counts_levels: the length of the table of lists counts their levels, as other programs than Word write it.
    """
    encoded = text.encode("utf-16-le")
    units = len(encoded) // 2
    main = bytearray(_BEGIN) + encoded
    main += b"\0" * (-len(main) % _PAGE)
    look_page, layout_page = len(main) // _PAGE, len(main) // _PAGE + 1
    main += _page(_fill(looks, units), paragraphs=False) + _page(_fill(layouts, units), paragraphs=True)
    found = dict(tables or {})
    edges = struct.pack("<II", _BEGIN, _BEGIN + len(encoded))
    found[12] = edges + struct.pack("<I", look_page)
    found[13] = edges + struct.pack("<I", layout_page)
    if sections:
        found[6] = struct.pack(f"<{len(sections) + 1}I", 0, *(end for end, _ in sections))
        for _, properties in sections:
            found[6] += struct.pack("<HIHI", 0, len(main), 0, 0)
            main += struct.pack("<H", len(properties)) + properties
    firsts = [0, *(first for first, _ in pieces), units]
    table = b"".join(b"\1" + struct.pack("<H", len(one)) + one for one in saved)
    body = struct.pack(f"<{len(firsts)}I", *firsts)
    for first, change in zip(firsts, [0, *(change for _, change in pieces)], strict=False):
        body += struct.pack("<HIH", 0, _BEGIN + 2 * first, change)
    found[33] = table + b"\2" + struct.pack("<I", len(body)) + body
    lengths = [0] * 8
    for number, length in (parts or {}).items():
        lengths[number] = length
    lengths[0] = units - sum(lengths)
    return _file(main, found, lengths, data, counts_levels=counts_levels)


def _file(main: bytearray, tables: dict[int, bytes], lengths: list[int], data: bytes, *, counts_levels: bool) -> bytes:
    struct.pack_into("<HHHHHH", main, 0, 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x0200)
    struct.pack_into("<H", main, 0x20, 14)
    struct.pack_into("<H", main, 0x3E, 22)
    struct.pack_into("<8I", main, 76, *lengths)
    struct.pack_into("<H", main, 0x98, 93)
    stream = b""
    for number, table in tables.items():
        length = 30 if number == 73 and not counts_levels else len(table)  # of lists, whose levels stand behind them
        struct.pack_into("<II", main, _PAIRS + 8 * number, len(stream), length)
        stream += table
    streams = {"WordDocument": bytes(main), "1Table": stream}
    return compound_file(streams | ({"Data": data} if data else {}))


def _fill(spans: tuple[Span, ...], length: int) -> list[Span]:
    """The spans with empty ones between them."""
    filled: list[Span] = []
    position = 0
    for span in spans:
        if span.first > position:
            filled.append(Span(position, span.first, b""))
        filled.append(span)
        position = span.last
    if position < length:
        filled.append(Span(position, length, b""))
    return filled


def _page(spans: list[Span], *, paragraphs: bool) -> bytes:
    page = bytearray(_PAGE)
    edges = [*(span.first for span in spans), spans[-1].last]
    struct.pack_into(f"<{len(edges)}I", page, 0, *(_BEGIN + 2 * edge for edge in edges))
    end = _PAGE - 2
    for number, span in enumerate(spans):
        if paragraphs:
            body = struct.pack("<H", span.style) + span.properties
            body += b"\0" * (len(body) % 2)
            body = bytes((0, len(body) // 2)) + body
        else:
            body = bytes((len(span.properties),)) + span.properties
        end -= len(body) + len(body) % 2
        page[end : end + len(body)] = body
        page[4 * len(edges) + number * (13 if paragraphs else 1)] = end // 2
    page[-1] = len(spans)
    return bytes(page)


def one_list(text: str, number_format: int = 0) -> dict[int, bytes]:
    """The tables for one list of one level, which the number 1 means; %1 is its number."""
    template = text.replace("%1", "\0")
    head = struct.pack("<H", 1) + struct.pack("<II9HBB", 7, 0, *[0x0FFF] * 9, 1, 0)
    level = struct.pack("<iBB", 1, number_format, 0) + bytes(9) + b"\1" + bytes(12)
    level += struct.pack("<H", len(template)) + template.encode("utf-16-le")
    return {73: head + level, 74: struct.pack("<I", 1) + struct.pack("<I8xBBH", 7, 0, 0, 0) + b"\xff" * 4}


def fonts(*names: str) -> bytes:
    """The table of fonts."""
    out = struct.pack("<HH", len(names), 0)
    for name in names:
        encoded = name.encode("utf-16-le") + b"\0\0"
        out += bytes((39 + len(encoded),)) + b"\0" * 39 + encoded
    return out


def styles(*changes: tuple[int, str, bytes]) -> bytes:
    """The table of styles: of each the number of a built-in one, its name, and what it says of paragraphs."""
    out = struct.pack("<HHH", 4, len(changes), 10)
    for built_in, name, properties in changes:
        body = struct.pack("<HHHHH", built_in, 0xFFF1, 1, 0, 0)
        body += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        own = b"\0\0" + properties
        body += struct.pack("<H", len(own)) + own
        out += struct.pack("<H", len(body) + len(body) % 2) + body + b"\0" * (len(body) % 2)
    return out


def form(kind: int, result: int, default: int, choices: tuple[str, ...] = ()) -> bytes:
    """The data of a form's box (1) or list (2)."""
    body = struct.pack("<IHHH", 0xFFFF_FFFF, kind | result << 2, 0, 0) + _string("")
    body += struct.pack("<H", default) + _string("") * 5
    if kind == 2:
        body += struct.pack("<HHH", 0xFFFF, len(choices), 0)
        body += b"".join(struct.pack("<H", len(choice)) + choice.encode("utf-16-le") for choice in choices)
    return struct.pack("<IH", 68 + len(body), 68) + b"\0" * 62 + body


def _string(text: str) -> bytes:
    return struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0\0"
