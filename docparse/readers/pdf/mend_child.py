"""Run as a program: a PDF from standard input, a sound copy of it to standard output. See `pdf_mend`.

Exit codes: 0 written, 3 a password is needed, 4 cannot be opened.
"""

from __future__ import annotations

import io
import re
import sys
import zlib

_CPU_SECONDS = 6  # a damaged file of 1.5 MB takes 0.3
_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s{1,4}\d{1,5}\s{1,4}obj\b")
_PAGE = re.compile(rb"/Type\s{0,4}/Page(?![A-Za-z])")
_CATALOG = re.compile(rb"/Type\s{0,4}/Catalog(?![A-Za-z])")
_COUNT = re.compile(rb"/N\s{0,4}(\d{1,6})")
_FIRST = re.compile(rb"/First\s{0,4}(\d{1,7})")
_MOST_STREAM = 32_000_000  # bytes of one object stream, unpacked
_MOST_UNPACKED = 128_000_000
_REACH = 4_000  # bytes of an object's dictionary that are looked at
_MOST_PAGES = 5_000


def main() -> int:
    """The exit code, after the copy is written."""
    _limit(int(sys.argv[1]))
    data = sys.stdin.buffer.read()
    for attempt in (data, _with_catalogue(data + _unpacked(data))):
        try:
            copy = _copy(attempt)
        except _LockedError:
            return 3
        except Exception:  # whatever pdfium raises: the next attempt may work
            continue
        sys.stdout.buffer.write(copy)
        return 0
    return 4


class _LockedError(Exception):
    """The file needs a password."""


def _limit(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _copy(data: bytes) -> bytes:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise _LockedError from error
        raise
    if not len(document):
        raise ValueError("no pages")
    stream = io.BytesIO()
    document.save(stream, flags=pdfium.FPDF_REMOVE_SECURITY)
    return stream.getvalue()


def _unpacked(data: bytes) -> bytes:
    """The objects of all object streams as plain objects: without its cross-reference stream a file loses them."""
    objects: list[bytes] = []
    room = _MOST_UNPACKED
    view = memoryview(data)
    end = 0
    for match in _OBJECT.finditer(data):
        start = data.find(b"stream", match.end(), match.end() + _REACH)
        head = data[match.end() : max(start, match.end())]
        count, first = _COUNT.search(head), _FIRST.search(head)
        if b"/ObjStm" not in head or count is None or first is None:
            continue
        start += 8 if data[start + 6 : start + 8] == b"\r\n" else 7
        end = data.find(b"endstream", start) if end >= 0 else -1
        packed = view[start : end if end >= 0 else len(data)]
        try:
            inside = zlib.decompressobj().decompress(packed, min(room, _MOST_STREAM)) if room > 0 else b""
        except zlib.error:
            continue
        room -= len(inside)
        numbers = [int(number) for number in inside[: int(first[1])].split()[: 2 * int(count[1])] if number.isdigit()]
        places = [*numbers[1::2], len(inside)]
        for number, place, following in zip(numbers[::2], places, places[1:], strict=False):
            body = inside[int(first[1]) + place : int(first[1]) + following]
            objects.append(b"\n%d 0 obj\n%s\nendobj" % (number, body))
    return b"\nendstream\nendobj" + b"".join(objects) if objects else b""


def _with_catalogue(data: bytes) -> bytes:
    """The file with a catalogue of the pages that are left in it, where its own was cut off."""
    pages: dict[int, None] = {}
    highest = 0
    for match in _OBJECT.finditer(data):
        number = int(match[1])
        highest = max(highest, number)
        end = data.find(b"endobj", match.end(), match.end() + _REACH)
        head = data[match.end() : end if end >= 0 else match.end() + _REACH]
        if _PAGE.search(head) and not _CATALOG.search(head) and len(pages) < _MOST_PAGES:
            pages[number] = None
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    root = highest + 1
    return data + (
        b"\nendstream\nendobj\n%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n"
        b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]>>\nendobj\n"
        b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n"
        % (root, root + 1, root + 1, len(pages), kids, root, root + 2)
    )


if __name__ == "__main__":
    sys.exit(main())
