"""What can be saved of a broken Word package: members by their local headers, and XML up to where it breaks off."""

from __future__ import annotations

import re
import struct
import zlib
from typing import NamedTuple

from docparse.errors import DamagedFileError, LimitExceededError
from docparse.options import Options

_MAGIC = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8
_STORED, _DEFLATED = 0, 8
_CHUNK_BYTES = 256 * 1024
_MAX_RATIO = 150
_RATIO_FROM_BYTES = 8 * 1024 * 1024
_LONGEST_NAME = 1_000

_LONE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
# Control characters, written out or as references, that XML cannot hold; poor generators paste them from forms.
_CONTROL = re.compile(
    rb"&#(?:x0{0,6}(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0{0,6}(?:[0-8]|1[124-9]|2\d|3[01]));|[\x00-\x08\x0b\x0c\x0e-\x1f]"
)
_PARAGRAPH_END = b"p>"
_LONGEST_TAG = 40


class Salvage(NamedTuple):
    """The XML members that local headers lead to. `partial` names those that break off or fail their checksum."""

    members: dict[str, bytes]
    partial: frozenset[str]


class _Entry(NamedTuple):
    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    start: int


def find_names(data: bytes, most: int) -> list[str]:
    """The names in the first `most` local headers: what a package without its directory holds."""
    names: list[str] = []
    place = data.find(_MAGIC)
    while place >= 0 and len(names) < most:
        entry = _read_header(data, place)
        if entry is not None:
            names.append(entry.name)
        place = data.find(_MAGIC, place + 4)
    return names


def salvage_members(data: bytes, options: Options) -> Salvage:
    """The XML members of a zip whose directory is lost or whose members are corrupt, the first of each name.

    Linear: all members together may inflate to `options.max_expanded_bytes`, and read the input twice over.

    Raises:
        DamagedFileError: with code `encrypted`, where members are locked with a password.
        LimitExceededError: too many members, or one that is a bomb.
    """
    members: dict[str, bytes] = {}
    partial: set[str] = set()
    allowed = options.max_expanded_bytes
    work = 2 * len(data) + 65_536
    count = 0
    place = data.find(_MAGIC)
    while place >= 0 and allowed > 0 and work > 0:
        entry = _read_header(data, place)
        place += 4
        if entry is not None:
            count += 1
            if count > options.max_entries:
                raise LimitExceededError(
                    "too-many-entries",
                    f"The package has more than {options.max_entries:,} members.",
                    "Raise Options.max_entries if you trust the file.",
                )
            place = entry.start
            if _is_wanted(entry) and (entry.name not in members or entry.name in partial):
                content, used, whole = _inflate(data, entry, allowed, work)
                allowed -= len(content)
                work -= used
                if whole or len(content) > len(members.get(entry.name, b"")):
                    members[entry.name] = content
                    partial.discard(entry.name)
                    if not whole:
                        partial.add(entry.name)
                place += used if whole else 0
            elif not entry.flags & _SIZES_FOLLOW and entry.start + entry.packed <= len(data):
                place += entry.packed
        place = data.find(_MAGIC, place)
    return Salvage(members, frozenset(partial))


def _read_header(data: bytes, place: int) -> _Entry | None:
    if place + _HEADER.size > len(data):
        return None
    _, _, flags, method, _, _, checksum, packed, _, name_length, extra_length = _HEADER.unpack_from(data, place)
    start = place + _HEADER.size + name_length
    if not 0 < name_length <= _LONGEST_NAME or start > len(data):
        return None
    name = data[place + _HEADER.size : start].decode("utf-8", "replace")
    return _Entry(name, flags, method, checksum, packed, start + extra_length)


def _is_wanted(entry: _Entry) -> bool:
    if not entry.name.lower().endswith((".xml", ".rels")):
        return False
    if entry.flags & _ENCRYPTED:
        raise DamagedFileError("encrypted", "The package is locked with a password.", "Remove the password first.")
    return True


def _inflate(data: bytes, entry: _Entry, allowed: int, work: int) -> tuple[bytes, int, bool]:
    """The member's content, how many bytes of input it took, and whether it is whole."""
    if entry.method == _STORED:
        content = data[entry.start : entry.start + min(entry.packed, allowed)]
        whole = len(content) == entry.packed and zlib.crc32(content) == entry.checksum
        return content, len(content), whole
    if entry.method != _DEFLATED:
        return b"", 0, False
    machine = zlib.decompressobj(-15)
    chunks: list[bytes] = []
    size = used = 0
    while not machine.eof and used < work:
        piece = data[entry.start + used : entry.start + used + _CHUNK_BYTES]
        if not piece:
            break
        try:
            chunk = machine.decompress(piece, allowed - size + 1)
        except zlib.error:
            chunks.extend(_up_to_fault(data, entry, used))
            break
        chunks.append(chunk)
        size += len(chunk)
        used += len(piece) - len(machine.unused_data)
        if machine.unconsumed_tail or size > allowed or (size > _RATIO_FROM_BYTES and size > _MAX_RATIO * used):
            raise LimitExceededError(
                "expansion-bomb",
                f"{entry.name[:80]!r} unpacks to more than {size:,} bytes.",
                "Real documents do not; do not open the file.",
            )
    content = b"".join(chunks)
    known = not entry.flags & _SIZES_FOLLOW
    return content, used, machine.eof and (not known or zlib.crc32(content) == entry.checksum)


def _up_to_fault(data: bytes, entry: _Entry, used: int) -> list[bytes]:
    """What the faulty chunk still gives: it is inflated again from the start, small steps at the end."""
    machine = zlib.decompressobj(-15)
    machine.decompress(data[entry.start : entry.start + used])
    found = []
    for place in range(entry.start + used, min(entry.start + used + _CHUNK_BYTES, len(data)), 64):
        try:
            found.append(machine.decompress(data[place : place + 64]))
        except zlib.error:
            break
    return found


def mend_xml(data: bytes) -> bytes:
    """The XML with lone ampersands escaped and forbidden control characters dropped; exact, no text is lost."""
    if b"\x00" in data[:200]:  # UTF-16
        return data
    return _LONE_AMPERSAND.sub(b"&amp;", _CONTROL.sub(b"", data))


def whole_beginning(data: bytes) -> bytes:
    """The XML up to the last paragraph that ends before the first fault; empty where there is none.

    A paragraph that breaks off is left out: a number cut in two would be another number.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        end = data.rfind(_PARAGRAPH_END, 0, max(parser.ErrorByteIndex, 0))
        while end >= 0:
            opened = data.rfind(b"<", max(end - _LONGEST_TAG, 0), end)
            if data[opened : opened + 2] == b"</" and data[end - 1 : end] in (b":", b"/"):
                return data[: end + len(_PARAGRAPH_END)]
            end = data.rfind(_PARAGRAPH_END, 0, end)
        return b""
    return data
