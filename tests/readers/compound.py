"""Compound files (OLE) written from streams: old Word and Excel, and the envelope of encrypted Office files."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound_file(streams: dict[str, bytes]) -> bytes:
    """A version 3 compound file with `streams` in its root; all are padded to 4,096 bytes, so that none is small.

    The layout is that of [MS-CFB]: a header, then sectors of 512 bytes: streams, directory, allocation table.
    """
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    chains: list[int] = []
    body = bytearray()
    starts = {}
    for name, data in padded.items():
        starts[name] = len(body) // _SECTOR
        count = -(-len(data) // _SECTOR)
        chains += [*range(len(chains) + 1, len(chains) + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
    directory = _directory(padded, starts)
    first_directory = len(chains)
    count = len(directory) // _SECTOR
    chains += [*range(len(chains) + 1, len(chains) + count), _END]
    body += directory
    tables = 1
    while (len(chains) + tables) * 4 > tables * _SECTOR:
        tables += 1
    first_table = len(chains)
    chains += [_FAT] * tables
    chains += [_FREE] * (tables * _SECTOR // 4 - len(chains))
    body += struct.pack(f"<{len(chains)}I", *chains)
    header = _MAGIC + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIIII", 0, tables, first_directory, 0, 4096, _END, 0, _END, 0, first_table)
    rest = [first_table + n for n in range(1, tables)]
    header += struct.pack(f"<{len(rest)}I", *rest)
    return header.ljust(_SECTOR, b"\xff") + bytes(body)


def _directory(streams: dict[str, bytes], starts: dict[str, int]) -> bytes:
    """The root and its streams, each the right sibling of the one before: a tree of one branch, which is allowed."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    entries = [_entry("Root Entry", 5, child=1 if names else _FREE, start=_END, size=0)]
    for place, name in enumerate(names, 1):
        right = place + 1 if place < len(names) else _FREE
        entries.append(_entry(name, 2, right=right, start=starts[name], size=len(streams[name])))
    while len(entries) % 4:
        entries.append(_entry("", 0, start=0, size=0))
    return b"".join(entries)


def _entry(name: str, kind: int, *, start: int, size: int, right: int = _FREE, child: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    out = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, _FREE, right, child)
    return out + b"\0" * 36 + struct.pack("<IQ", start, size)


def word_document(text: str) -> bytes:
    """A Word 97 document: the head of [MS-DOC], the text as one piece of UTF-16, and its piece table."""
    encoded = text.encode("utf-16-le")
    begin = 1536
    head = bytearray(begin)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x0200)  # the table stream is 1Table
    struct.pack_into("<II", head, 0x18, begin, begin + len(encoded))
    struct.pack_into("<H", head, 0x20, 14)
    struct.pack_into("<H", head, 0x3E, 22)
    struct.pack_into("<II", head, 0x40, begin + len(encoded), 0)
    struct.pack_into("<I", head, 0x4C, len(text))
    struct.pack_into("<H", head, 0x98, 93)
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, begin, 0)
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x1A2, 0, len(table))
    return compound_file({"WordDocument": bytes(head) + encoded, "1Table": table})


def encrypted_package() -> bytes:
    """What Office writes for a document with a password: the package, encrypted, inside a compound file."""
    info = struct.pack("<HHI", 4, 4, 0x40) + b'<?xml version="1.0"?><encryption><keyData saltSize="16"/></encryption>'
    noise = bytes((37 * n * n + 11 * n) % 251 for n in range(20_000))
    return compound_file({"EncryptionInfo": info, "EncryptedPackage": struct.pack("<Q", 19_990) + noise})


def encrypted_workbook() -> bytes:
    """An Excel 97 workbook with a password: BOF, FILEPASS (RC4), then bytes that mean nothing without the key."""
    bof = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    password = struct.pack("<HHHHH", 0x002F, 54, 1, 1, 1) + bytes((91 * n) % 256 for n in range(48))
    return compound_file({"Workbook": bof + password + bytes((53 * n * n) % 256 for n in range(6_000))})
