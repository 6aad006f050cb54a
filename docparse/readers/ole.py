"""Compound files of old Office and WPS: what they are by their directory, and what they say of themselves."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from docparse.readers.rtf_text import codec_of_page
from docparse.records import Source

if TYPE_CHECKING:
    from olefile import OleFileIO

OleKind = Literal["word", "locked-word", "locked", "works", "spreadsheet", "presentation", "other", "damaged"]

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x0100  # fEncrypted in the flags at offset 10 of the file information block ([MS-DOC] 2.5.2)
_WORKS_MARK = b"CHNKWKS"
_MOST_BYTES = 1_000
_FIRST_YEAR = 1980


def ole_kind(data: bytes) -> OleKind:
    """What a compound file is. WPS Writer's own .wps has the streams of a Word document, and is one.

    olefile raises what it likes on broken files, also RecursionError on a directory that is one long chain.
    """
    try:
        with _open(data) as ole:
            names = {entry[0].lower() for entry in ole.listdir() if len(entry) == 1}
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
            return "other"
    except Exception:  # OleFileError, OSError, ValueError, struct.error, RecursionError: all mean a broken directory
        return "damaged"


def read_facts(data: bytes) -> Source:
    """Title, author and dates from the summary of a compound file; nothing where it has none or it is broken."""
    try:
        with _open(data) as ole:
            facts = ole.get_metadata()
            page = facts.codepage or 1252
            codec = codec_of_page(page + 65_536 if page < 0 else page) or "cp1252"
            return Source(
                title=_clean(facts.title, codec),
                author=_clean(facts.author, codec),
                created=_as_date(facts.create_time),
                modified=_as_date(facts.last_saved_time),
            )
    except Exception:  # as above: metadata is never worth an error
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


def _clean(text: object, codec: str) -> str | None:
    if isinstance(text, bytes):
        text = text[:_MOST_BYTES].decode(codec, "replace")
    return text.strip("\0 \t\r\n") or None if isinstance(text, str) else None


def _as_date(moment: object) -> date | None:
    return moment.date() if isinstance(moment, datetime) and moment.year >= _FIRST_YEAR else None
