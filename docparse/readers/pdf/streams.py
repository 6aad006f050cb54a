"""What the streams of a PDF unpack to, under a limit, and whether they are whole."""

from __future__ import annotations

import zlib
from typing import Any, NamedTuple

from docparse.errors import LimitExceededError

_STEP = 1024 * 1024
_MOST_BASE_85 = 12 * 1024 * 1024  # bytes that come out; a stream that is packed first and then written so has 1/10
_FLATE = ("/FlateDecode", "/Fl")
_BASE_85 = ("/ASCII85Decode", "/A85")
_BLANKS = b" \t\r\n\f\0"


class Unpacked(NamedTuple):
    """The bytes of a stream; `whole` is false where its own check says that some are damaged or missing."""

    data: bytes
    whole: bool


def bomb(what: str) -> LimitExceededError:
    """The error for content that unpacks to more than documents hold."""
    return LimitExceededError(
        "expansion-bomb",
        f"The PDF's content expands beyond the limits ({what}).",
        "Real documents do not; print it to a new PDF if you trust it.",
    )


def resolve(thing: Any) -> Any:
    """The object that a reference of pypdf stands for."""
    return thing.get_object() if hasattr(thing, "get_object") else thing


def unpack(stream: Any, most: int) -> Unpacked:
    """A pypdf stream without its filters. The two that nearly all contents have are undone here, because pypdf takes
    23 bytes of memory for each that base 85 gives, and repairs damaged ones byte by byte without a word.

    Raises:
        LimitExceededError: more than `most` bytes come out.
    """
    names, plain = _filters(stream)
    if not plain or any(name not in _FLATE + _BASE_85 for name in names):
        if any(name in _BASE_85 for name in names[1:]):
            raise bomb("base 85 inside another filter")
        return Unpacked(stream.get_data(), whole=True)
    data: bytes = stream._data
    whole = True
    for name in names:
        if name in _FLATE:
            data, sound = inflate(data, most)
            whole = whole and sound
        else:
            data = read_base_85(data)
    if len(data) > most:
        raise bomb(f"more than {most:,} bytes")
    return Unpacked(data, whole)


def measure(stream: Any, most: int) -> int:
    """How many bytes a stream unpacks to; nothing of it is kept where it is packed once.

    Raises:
        LimitExceededError: more than `most`.
    """
    names, plain = _filters(stream)
    if len(names) == 1 and plain and names[0] in _FLATE:
        return _inflate(stream._data, most, None)[0]
    if not names:
        return len(stream._data)
    size = len(unpack(stream, most).data)
    if size > most:
        raise bomb(f"{size:,} bytes")
    return size


def _filters(stream: Any) -> tuple[list[str], bool]:
    """The names of a stream's filters, in the order in which they are undone, and whether they need no parameters."""
    filters = resolve(stream.get("/Filter"))
    names = [str(resolve(each)) for each in filters] if isinstance(filters, list) else [str(filters)] if filters else []
    parameters = resolve(stream.get("/DecodeParms"))
    if not isinstance(parameters, list):
        parameters = [parameters]
    return names, not any(hasattr(resolve(each), "get") and resolve(each) for each in parameters)


def inflate(data: bytes, most: int) -> Unpacked:
    """What deflate has packed, as far as it can be read. A checksum that is cut off is no damage, a wrong one is.

    Raises:
        LimitExceededError: more than `most` bytes come out.
    """
    parts: list[bytes] = []
    data = data.lstrip(_BLANKS) if data[:1].isspace() else data  # a line end too many before the data
    _, whole = _inflate(data, most, parts)
    return Unpacked(b"".join(parts), whole or not data)


def _inflate(data: bytes, most: int, parts: list[bytes] | None) -> tuple[int, bool]:
    """How many bytes come out, which go to `parts`, and whether they are whole."""
    machine = zlib.decompressobj()
    rest = data
    size = 0
    try:
        while True:
            part = machine.decompress(rest, _STEP)
            size += len(part)
            if size > most:
                raise bomb(f"more than {most:,} bytes")
            if parts is not None:
                parts.append(part)
            rest = machine.unconsumed_tail
            if machine.eof:
                return size, True
            if not rest and len(part) < _STEP:
                return size, _reaches_end(data)
    except zlib.error:
        return size, False


def _reaches_end(data: bytes) -> bool:
    """True where deflate's last block is whole, whatever stands behind it."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = data[2:]
    while rest and not machine.eof:
        machine.decompress(rest, _STEP)
        rest = machine.unconsumed_tail
    return machine.eof


def read_base_85(data: bytes) -> bytes:
    """What base 85 has written (ISO 32000-1, 7.4.3), as far as it can be read.

    Raises:
        LimitExceededError: more comes out than a page holds.
    """
    import numpy as np

    data = data.lstrip(_BLANKS).removeprefix(b"<~")
    end = data.find(b"~")
    data = (data if end < 0 else data[:end]).translate(None, _BLANKS)
    if len(data) + 4 * data.count(b"z") > _MOST_BASE_85 / 4 * 5:
        raise bomb(f"more than {_MOST_BASE_85:,} bytes of base 85")
    data = data.replace(b"z", b"!!!!!")
    short = -len(data) % 5
    digits = np.frombuffer(data + b"u" * short, dtype=np.uint8).reshape(-1, 5).astype(np.int64) - ord("!")
    words = digits @ np.array([85**4, 85**3, 85**2, 85, 1], dtype=np.int64)
    read = (words & 0xFFFFFFFF).astype(">u4").tobytes()
    return read[: len(read) - short]
