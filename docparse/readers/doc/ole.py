"""Compound files of old Office and WPS: what they are by their directory, and what they say of themselves."""

from __future__ import annotations

import struct
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from docparse.errors import DamagedFileError
from docparse.readers.properties import clean_author, clean_title, read_day
from docparse.readers.rtf.text import codec_of_page
from docparse.records import Source

if TYPE_CHECKING:
    from olefile import OleFileIO

OleKind = Literal["word", "locked-word", "locked", "works", "spreadsheet", "presentation", "other", "damaged"]

_OLD_WORD = (b"\xdb\xa5\x2d\x00", b"\x9b\xa5\x21\x00")  # Word 2 and Word 1 for Windows, which are no compound files
SAVE_AS_DOCX = "Open it in Word, WPS or LibreOffice, save it as .docx, and parse that."
WORD_STREAM = "WordDocument".encode("utf-16-le")
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x0100  # fEncrypted in the flags at offset 10 of the file information block ([MS-DOC] 2.5.2)
_WORKS_MARK = b"CHNKWKS"
_MOST_BYTES = 1_000
_MOST_DAYS = 300_000  # some year after 2400
_MOST_PROPERTIES = 100
_TEXT, _WIDE_TEXT, _MOMENT = 30, 31, 64


def ole_kind(data: bytes) -> OleKind:
    """What a compound file is. WPS Writer's own .wps has the streams of a Word document, and is one.

    olefile raises what it likes on broken files, also RecursionError on a directory that is one long chain.
    """
    try:
        with _open(data) as ole:
            entries = ole.listdir()
            names = {entry[0].lower() for entry in entries if len(entry) == 1}
            if "encryptedpackage" in names:
                return "locked"
            if "worddocument" in names:
                return "locked-word" if _is_locked(ole) else "word"
            if names & {"workbook", "book"}:
                return "spreadsheet"
            if "powerpoint document" in names:
                return "presentation"
            if names & {"matost", "mn0"} or ("contents" in names and _begins(ole, "CONTENTS", 7) == _WORKS_MARK):
                return "works"
            # Bytes that were lost or put in move the directory: it is empty, and the names stand elsewhere.
            lost = WORD_STREAM in data and not any(entry[-1].lower() == "worddocument" for entry in entries)
            return "damaged" if lost else "other"
    except Exception:  # OleFileError, OSError, ValueError, struct.error, RecursionError: all mean a broken directory
        return "damaged"


def is_old_word(data: bytes) -> bool:
    """True where the bytes begin as Word documents did before compound files."""
    return data.startswith(_OLD_WORD)


def locked() -> DamagedFileError:
    """The error to raise for a document with a password."""
    return DamagedFileError(
        "encrypted", "The Office file is encrypted with a password.", "Remove the password in Word and save it."
    )


def read_facts(data: bytes) -> Source:
    """Title, author and dates from the summary of a compound file; nothing where it has none or it is broken.

    Own code: olefile's reader of properties runs for hours on a vector that claims 4 billion entries.
    """
    summary = read_stream(data, "\x05SummaryInformation") or b""
    try:
        (start,) = struct.unpack_from("<I", summary, 44)
        (count,) = struct.unpack_from("<I", summary, start + 4)
        places: dict[int, int] = {}
        for index in range(min(count, _MOST_PROPERTIES)):
            name, offset = struct.unpack_from("<II", summary, start + 8 + 8 * index)
            places[name] = start + offset
        page = int.from_bytes(summary[places[1] + 4 : places[1] + 6], "little") if 1 in places else 1252
        codec = codec_of_page(page) or "cp1252"
        return Source(
            title=clean_title(_read_text(summary, places.get(2), codec)),
            author=clean_author(_read_text(summary, places.get(4), codec)),
            created=_read_date(summary, places.get(12)),
            modified=_read_date(summary, places.get(13)),
        )
    except struct.error:
        return Source()


def read_stream(data: bytes, *names: str) -> bytes | None:
    """The bytes of the first of these streams that the file has; None where it has none of them, or is broken."""
    try:
        with _open(data) as ole:
            found = next((name for name in names if ole.exists(name)), None)
            return None if found is None else bytes(ole.openstream(found).read())
    except Exception:  # as above
        return None


def _open(data: bytes) -> OleFileIO:
    import olefile

    return olefile.OleFileIO(BytesIO(data))


def _begins(ole: OleFileIO, name: str, count: int) -> bytes:
    return bytes(ole.openstream(name).read(count))


def _is_locked(ole: OleFileIO) -> bool:
    head = _begins(ole, "WordDocument", 32)
    return len(head) >= 12 and bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)


def _read_text(summary: bytes, place: int | None, codec: str) -> str | None:
    if place is None:
        return None
    kind, size = struct.unpack_from("<II", summary, place)
    if kind not in (_TEXT, _WIDE_TEXT):
        return None
    size = min(size if kind == _TEXT else 2 * size, _MOST_BYTES)
    text = summary[place + 8 : place + 8 + size].decode(codec if kind == _TEXT else "utf-16-le", "replace")
    return text.partition("\0")[0].strip() or None


def _read_date(summary: bytes, place: int | None) -> date | None:
    """The day of a moment that Windows counts in tenths of microseconds from 1601."""
    if place is None:
        return None
    kind, ticks = struct.unpack_from("<IQ", summary, place)
    seconds = ticks // 10_000_000
    if kind != _MOMENT or seconds > _MOST_DAYS * 86_400:
        return None
    return read_day((datetime(1601, 1, 1) + timedelta(seconds=seconds)).isoformat())
