"""What hostile files are made of: what is expected of one, and bombs that are written without being unpacked."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

MB = 1024 * 1024
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{}</Types>'
)
_OVERRIDE = (
    '<Override PartName="/word/{0}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{0}+xml"/>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_RELATION = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" {}/>'
# The codes with which a file of a format that this version does not read is refused.
UNREAD = (
    "odt", "rtf", "legacy-doc", "legacy-office", "mhtml", "archive", "spreadsheet", "unsupported",
)  # fmt: skip
# As `codes`: no refusal will do, the file must be read.
READ = ("read",)
BOMB = ("expansion-bomb", "too-large-expanded")


class Hostile(NamedTuple):
    """A hostile file, how it is made, and what is expected: read (if `read`), or refused with one of `codes`.

    No `codes` means that any code will do, except that of a reader that ran out of memory. `seconds` of CPU and
    `megabytes` of growth are what the reading may cost. `known` is the reason of a fault that is known.
    """

    name: str
    make: Callable[[], bytes]
    read: bool = True
    codes: tuple[str, ...] = ()
    seconds: float = 10.0
    megabytes: float = 600.0
    known: str = ""


class Member(NamedTuple):
    """A member of a zip, deflated: its name, raw deflate data, and the size and checksum of what comes out."""

    name: str
    deflated: bytes
    size: int
    crc: int


def member(name: str, data: bytes | str) -> Member:
    data = data.encode() if isinstance(data, str) else data
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Member(name, packer.compress(data) + packer.flush(), len(data), zlib.crc32(data))


def repeated(name: str, head: bytes, unit: bytes, times: int, tail: bytes) -> Member:
    """A member of `unit` over and over. Deflate's full flush makes equal blocks, so one is packed and written often."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(tail) + packer.flush()
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(unit, crc)
    size = len(head) + len(unit) * times + len(tail)
    return Member(name, deflated + block * times + end, size, zlib.crc32(tail, crc))


def zlib_repeated(unit: bytes, times: int) -> bytes:
    """A zlib stream (PDF's FlateDecode) of `unit` over and over; above 2,000 times its checksum is wrong."""
    packer = zlib.compressobj(9)
    head = packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    adler = 1
    for _ in range(times if times <= 2_000 else 0):  # summing 10 GB takes 5 s, and nobody may come to its end
        adler = zlib.adler32(unit, adler)
    return head + block * times + b"\x03\x00" + struct.pack(">I", adler)


def zip_of(members: Iterable[Member], *, claim: int | None = None, shared: bool = False) -> bytes:
    """A zip of members; `claim` is a false size for all of them, `shared` lets all use the data of the first."""
    out = bytearray()
    directory = bytearray()
    count, first = 0, None
    for entry in members:
        name = entry.name.encode()
        size = entry.size if claim is None else claim
        sizes = struct.pack("<III", entry.crc, len(entry.deflated), size)
        offset = len(out) if first is None or not shared else first
        if first is None or not shared:
            out += struct.pack("<IHHHHH", 0x04034B50, 20, 0x800, 8, 0, 33) + sizes + struct.pack("<HH", len(name), 0)
            out += name + entry.deflated
            first = offset if first is None else first
        directory += struct.pack("<IHHHHHH", 0x02014B50, 20, 20, 0x800, 8, 0, 33) + sizes
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, offset) + name
        count += 1
    end = struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), len(directory), len(out), 0
    )
    return bytes(out + directory + end)


def word_members(main: Member, parts: dict[str, str] | None = None, relations: str = "") -> list[Member]:
    """The members of a Word package round its main part; `parts` by kind (styles, numbering), `relations` as XML."""
    parts = parts or {}
    types = _TYPES.format("".join(_OVERRIDE.format(kind) for kind in parts))
    links = "".join(_RELATION.format(f"p{kind}", kind, f'Target="{kind}.xml"') for kind in parts)
    top = _RELATIONS.format(_RELATION.format("d", "officeDocument", 'Target="word/document.xml"'))
    return [
        member("[Content_Types].xml", types),
        member("_rels/.rels", top),
        member("word/_rels/document.xml.rels", _RELATIONS.format(links + relations)),
        main,
        *(member(f"word/{kind}.xml", xml) for kind, xml in parts.items()),
    ]


def word(xml: str, parts: dict[str, str] | None = None, relations: str = "") -> bytes:
    """A .docx with `xml` as its body."""
    main = member("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>')
    return zip_of(word_members(main, parts, relations))


def relation(identifier: str, kind: str, target: str) -> str:
    return _RELATION.format(identifier, kind, target)


def pdf_of(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of objects numbered from 1, the first of them the catalog, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, entry in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + entry + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(offsets) + 1, trailer, start))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n" % (entries, len(data)) + data + b"\nendstream"


def flipped(data: bytes, every: int) -> bytes:
    """The bytes with one bit of every so many turned over, at places that look like chance and are not."""
    out = bytearray(data)
    for number in range(len(out) // every):
        out[(number * every + number * number * 7) % len(out)] ^= 1 << number % 8
    return bytes(out)
