"""Zip archives as folders: the names of their members, and a member's bytes. Nothing is ever unpacked to disk.

A member is found by its index in the central directory, never by its name: names may repeat, lie or climb out (`../`).
What people see is a cleaned name behind `!/`.
"""

from __future__ import annotations

import os
import stat
import struct
import tempfile
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, cast

from docparse.batch.records import Place
from docparse.errors import DamagedFileError, DocparseError
from docparse.readers import decode_text

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
CHUNK_BYTES = 1024 * 1024
_SPOOL_BYTES = 16 * 1024 * 1024
_MOST_OPEN = 8
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_UNICODE_PATH = 0x7075
# One of these means that a zip file is one document, or an Office or e-book file that a reader refuses by its name.
_PACKAGE_MARKS = ("[content_types].xml", "word/document.xml", "meta-inf/container.xml")


def is_package(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether a zip file is a document of its own (docx, xlsx, odt, epub) and no archive of documents."""
    if infos and infos[0].filename == "mimetype":  # OpenDocument and EPUB must have it there
        return True
    return any(info.filename.lstrip("/").lower() in _PACKAGE_MARKS for info in infos)


def member_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The cleaned name of each member, all different. Names without the UTF-8 flag are decoded together.

    Chinese Windows writes GBK (older Mac and Taiwan's Windows other encodings) and sets no flag, which zipfile reads
    as cp437; all such names of an archive come from one system, so they are told apart as one text.
    """
    raw = {
        place: info.orig_filename.encode("cp437")
        for place, info in enumerate(infos)
        if not info.flag_bits & _UTF8_FLAG and not info.orig_filename.isascii()
    }
    decoded, _, _ = decode_text(b"\n".join(raw.values()), "gb18030")
    lines = decoded.split("\n")
    if len(lines) != len(raw):
        lines = [data.decode("gb18030", "replace") for data in raw.values()]
    guessed = dict(zip(raw, lines, strict=True))
    names: dict[str, int] = {}
    for place, info in enumerate(infos):
        name = _clean(_unicode_path(info) or guessed.get(place) or info.orig_filename) or f"member-{place}"
        names[f"{name} ({place})" if name in names else name] = place
    return list(names)


def _clean(name: str) -> str:
    """A name that stays inside: no drive, no leading slash, no `..`, no control characters."""
    parts = name.replace("\\", "/").split("/")
    if len(parts[0]) == 2 and parts[0][1] == ":":
        parts = parts[1:]
    kept = [part for part in parts if part not in ("", ".", "..")]
    return "".join(c if c.isprintable() or c == "\u3000" else "\ufffd" for c in "/".join(kept))


def _unicode_path(info: zipfile.ZipInfo) -> str | None:
    """The name in the Info-ZIP Unicode Path field, where its checksum says that it is of this name (APPNOTE 4.6.9)."""
    extra, place = info.extra, 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        field = extra[place + 4 : place + 4 + size]
        place += 4 + size
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            named = zlib.crc32(info.orig_filename.encode("cp437", "replace"))
            return field[5:].decode("utf-8", "replace") if int.from_bytes(field[1:5], "little") == named else None
    return None


def is_link(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a symbolic link: its bytes are a path, no document."""
    return info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16)


def is_encrypted(info: zipfile.ZipInfo) -> bool:
    """Whether a member needs a password."""
    return bool(info.flag_bits & _ENCRYPTED_FLAG)


def read_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes, a chunk at a time, never more than the directory promises.

    Raises: DamagedFileError where they are corrupt, cut off or packed in a way that is not known.
    """
    left = info.file_size
    try:
        with archive.open(info) as stream:
            while left > 0 and (chunk := stream.read(min(CHUNK_BYTES, left))):
                left -= len(chunk)
                yield chunk
            stream.read(1)  # the checksum is looked at when the end is reached
    except DocparseError:
        raise
    except Exception as error:  # BadZipFile, zlib.error, LZMAError, NotImplementedError, struct.error, EOFError …
        raise DamagedFileError(
            "damaged-member",
            f"The member of the archive cannot be unpacked ({type(error).__name__}).",
            "Get a whole copy of the archive, or pack it again.",
        ) from error


def spool(chunks: Iterator[bytes]) -> IO[bytes]:
    """A temporary file with the bytes, in memory while they are few; for archives inside archives."""
    file = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES))  # noqa: SIM115 - the caller closes it
    for chunk in chunks:
        file.write(chunk)
    file.seek(0)
    return file


class Archives:
    """The archives that a worker has open, so that a thousand members do not read one directory a thousand times."""

    def __init__(self) -> None:
        self._open: OrderedDict[tuple[bytes, tuple[int, ...]], zipfile.ZipFile] = OrderedDict()

    def read(self, place: Place, most_bytes: int) -> bytes:
        """The bytes at `place`, at most one more than `most_bytes`. Raises: DocparseError, OSError."""
        if not place.members:
            with open(place.file, "rb") as stream:  # noqa: PTH123 - Path takes no bytes
                return stream.read(most_bytes + 1)
        archive = self._archive(place.file, place.members[:-1])
        data = bytearray()
        for chunk in read_chunks(archive, archive.infolist()[place.members[-1]]):
            data += chunk
            if len(data) > most_bytes:
                break
        return bytes(data[: most_bytes + 1])

    def _archive(self, file: bytes, members: tuple[int, ...]) -> zipfile.ZipFile:
        key = (file, members)
        if key in self._open:
            self._open.move_to_end(key)
            return self._open[key]
        if members:
            outer = self._archive(file, members[:-1])
            stream = spool(read_chunks(outer, outer.infolist()[members[-1]]))
        else:
            stream = open(file, "rb")  # noqa: SIM115, PTH123 - closed with the archive
        self._open[key] = zipfile.ZipFile(stream)
        if len(self._open) > _MOST_OPEN:
            self._open.popitem(last=False)
        return self._open[key]


@contextmanager
def open_zip(stream: IO[bytes]) -> Iterator[zipfile.ZipFile | None]:
    """The archive in `stream`, or None where it is no whole zip file: a reader then says what is wrong with it."""
    try:
        archive = zipfile.ZipFile(stream)
    except Exception:  # a broken directory: BadZipFile, struct.error, OverflowError, UnicodeDecodeError
        yield None
        return
    with archive:
        yield archive


def shown_member(outer: str, name: str) -> str:
    """What a member is called: `plans.zip!/2024/计划.docx`; inside an inner archive `a.zip!/b.zip!/c.txt`."""
    return f"{outer}!/{name}"


def base_name(name: str) -> str:
    """The last part of a member's name."""
    return os.path.basename(name)  # noqa: PTH119
