"""Files taken apart so that a mutation reaches the parser behind the packing, and put together again.

A zip is its members, a compound file its streams, a PDF its objects with unpacked streams, a web archive its parts;
anything else is one part. What
is packed again is always a whole package, with right checksums, offsets and lengths, round a mutated inside.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from typing import NamedTuple

from compound import compound_file

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_BOUNDARY = b"----=_docparse"
_LENGTH = re.compile(rb"/Length \d{1,12}")
_STREAM = re.compile(rb"stream\r?\n")


class File(NamedTuple):
    """A file in its parts: `form` says how they are packed, each part has a name and its bytes, unpacked.

    `packed` are the numbers of the PDF objects whose streams are deflated when the file is put together.
    """

    form: str
    parts: tuple[tuple[str, bytes], ...]
    packed: frozenset[str] = frozenset()


def take_apart(data: bytes) -> File:
    """The parts of a sound file. Raises what zipfile and pypdf raise."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return File("zip", tuple((name, package.read(name)) for name in package.namelist()))
    if data.startswith(b"%PDF-"):
        return _take_pdf_apart(data)
    if data.lower().startswith(b"mime-version:"):
        return _take_archive_apart(data)
    if data.startswith(_COMPOUND):
        return _take_compound_apart(data)
    if data.startswith(b"<?xml"):
        return File("xml", (("document.xml", data),))
    return File("flat", (("", data),))


def put_together(file: File) -> bytes:
    """The bytes of a file; the same parts always give the same bytes."""
    if file.form == "zip":
        return _pack_zip(file)
    if file.form == "pdf":
        return _pack_pdf(file)
    if file.form == "mime":
        return _pack_archive(file)
    if file.form == "ole":
        return compound_file(dict(file.parts))
    return b"".join(data for _, data in file.parts)


def _pack_zip(file: File) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        seen: set[str] = set()
        for name, data in file.parts:
            if name in seen:  # zipfile warns of a name that comes twice; the readers' tests have that case
                continue
            seen.add(name)
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, data, compresslevel=1)
    return buffer.getvalue()


def _take_compound_apart(data: bytes) -> File:
    """The streams of the root; what old Office keeps in folders inside is left out."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        names = [entry[0] for entry in ole.listdir() if len(entry) == 1]
        return File("ole", tuple((name, ole.openstream(name).read()) for name in names))


def _take_pdf_apart(data: bytes) -> File:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, StreamObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    parts = []
    for number, entry in enumerate(writer._objects, 1):
        if entry is None:
            continue
        if isinstance(entry, StreamObject):
            plain = DecodedStreamObject()
            plain.update({k: v for k, v in entry.items() if k not in ("/Filter", "/DecodeParms", "/Length")})
            plain.set_data(entry.get_data())
            entry = plain
        buffer = io.BytesIO()
        entry.write_to_stream(buffer)
        parts.append((str(number), buffer.getvalue()))
    root = next(int(name) for name, part in parts if b"/Type /Catalog" in part)
    trailer = b"/Root %d 0 R" % root
    for name, part in parts:
        if b"/Producer" in part and b"/Type" not in part:
            trailer += b" /Info %d 0 R" % int(name)
    return File("pdf", (*parts, ("trailer", trailer)))


def _pack_pdf(file: File) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    offsets: dict[int, int] = {}
    trailer = b""
    for name, part in file.parts:
        if name == "trailer":
            trailer = part
            continue
        offsets[int(name)] = len(out)
        out += b"%s 0 obj\n%s\nendobj\n" % (name.encode(), _pack_stream(part, deflate=name in file.packed))
    size = max(offsets, default=0) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 00000 f \n"
    return bytes(out + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))


def _pack_stream(part: bytes, *, deflate: bool) -> bytes:
    """An object whose stream has its right length, and is deflated if asked for."""
    begin = _STREAM.search(part)
    end = part.rfind(b"endstream")
    if begin is None or end < begin.end():
        return part
    head, data = part[: begin.start()], part[begin.end() : end].removesuffix(b"\n")
    if deflate and b"/Filter" not in head:
        data = zlib.compress(data, 1)
        head = head.replace(b"<<", b"<</Filter/FlateDecode ", 1)
    head = _LENGTH.sub(b"/Length %d" % len(data), head, count=1)
    return b"%sstream\n%s\nendstream" % (head, data)


def _take_archive_apart(data: bytes) -> File:
    import email

    message = email.message_from_bytes(data)
    parts = []
    for part in message.walk():
        if not part.is_multipart():
            kept = [(key, value) for key, value in part.items() if key.lower() != "content-transfer-encoding"]
            head = "".join(f"{key}: {value}\r\n" for key, value in kept)
            payload = part.get_payload(decode=True)
            parts.append((head, payload if isinstance(payload, bytes) else b""))
    return File("mime", tuple(parts))


def _pack_archive(file: File) -> bytes:
    """A web archive whose parts are in base64, as browsers write them."""
    out = [b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="%s"\r\n\r\n' % _BOUNDARY]
    for head, data in file.parts:
        out.append(b"--%s\r\n%sContent-Transfer-Encoding: base64\r\n\r\n" % (_BOUNDARY, head.encode()))
        out.append(base64.encodebytes(data).replace(b"\n", b"\r\n"))
    out.append(b"--%s--\r\n" % _BOUNDARY)
    return b"".join(out)
