"""Bytes to text: byte order marks, then strict decoding of the Chinese candidates ranked by character frequency.

A label (HTTP or meta) is only a hint, because labels are often wrong: it settles near-ties and nothing else.
"""

from __future__ import annotations

import codecs
import math
import re
from typing import NamedTuple

from docparse.errors import OptionError
from docparse.readers.charset_tables import BIG5_SIGNS, GB18030_2022, weigh_text
from docparse.records import Warning

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before utf-16-le, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# In this order where two are equal.
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be", "cp1252")
_WITH_NULS = (*_CANDIDATES, "utf-32-le", "utf-32-be")
# Browsers read every kind of GB and Big5 with the largest of its family (WHATWG Encoding, 4.2).
_CODECS = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs"}
_BIG5 = ("big5", "big5hkscs")
_ALIASES = {
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-16": "utf-16-le",
    "unicode": "utf-16-le",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
}
# A script or a style sheet may have another charset than the page, and stand before the page's own label.
_LABEL = re.compile(
    rb"<meta\b[^>]{0,400}?charset[ \t\r\n]{0,8}=[ \t\r\n]{0,8}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_XML_LABEL = re.compile(rb"<\?xml[^>]{0,200}?encoding[ \t]{0,4}=[ \t]{0,4}[\"']([A-Za-z0-9_.:-]{1,40})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PLAIN_ASCII = re.compile(r"[\t\n\r\x0b\x0c\x20-\x7e]+")
_SAMPLE_CHARACTERS = 4_000
_SCAN_CHARACTERS = 400_000
_HINT_BONUS = 0.15
# A run of bytes in another charset is valid UTF-8 by chance in one case of about 10 for two bytes; not so often.
_SURE_UTF8_CHARACTERS = 10


class _Reading(NamedTuple):
    encoding: str
    text: str
    score: float
    broken: int
    cut: int = 0  # bytes at the end that begin a character


def find_label(data: bytes) -> str | None:
    """The charset that a page's head claims for itself, in lower case as written, or None."""
    head = data[:8192].replace(b"\0", b"")
    match = _XML_LABEL.match(head.lstrip()) or _LABEL.search(head)
    return match[1].decode("ascii").lower() if match else None


def decode_text(data: bytes, hint: str | None = None) -> tuple[str, str, tuple[Warning, ...]]:
    """The text without its byte order mark, the name of its encoding, and what went wrong.

    Never raises: bytes that no candidate can read become U+FFFD, with the warning `undecodable-bytes`. The text can
    always be encoded as UTF-8 again: it has no lone surrogates. NUL characters stay, with the warning
    `nul-characters`. Where the file ends in the middle of a character (a cut download), the bytes of that character
    are left out, with the warning `cut-character`.

    Args:
        data: the whole file.
        hint: a label as written in a header or a page; believed only where the bytes allow it.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _finish(_decode_as(data[len(mark) :], encoding), None)
    return _finish(_choose(data, _normalise(hint)), hint)


def decode_as(data: bytes, encoding: str) -> tuple[str, str, tuple[Warning, ...]]:
    """The text decoded as the encoding that the user asked for, without a byte order mark.

    Raises:
        OptionError: there is no such encoding of text.
    """
    try:
        b"x".decode(encoding, "ignore")  # refuses codecs that are not of text, such as base64
        name = codecs.lookup(encoding).name
        reading = _decode_as(data, name)
    except (LookupError, UnicodeError, ValueError) as error:
        raise OptionError("unknown-encoding", f"There is no encoding {encoding!r}.", "Use utf-8 or gb18030.") from error
    text, surrogates = _SURROGATE.subn("\ufffd", reading.text)  # some codecs let lone ones through
    reading = reading._replace(text=text.removeprefix("\ufeff"), broken=reading.broken + surrogates)
    return _finish(reading, None)


def _normalise(label: str | None) -> str | None:
    if label is None:
        return None
    lowered = label.strip().lower()
    return _ALIASES.get(lowered, lowered)


def _decode(data: bytes, encoding: str, errors: str) -> tuple[str, int]:
    """The text and how many bytes at its end begin a character that is cut off. Raises UnicodeError if strict."""
    name = _CODECS.get(encoding, encoding)
    decoder = codecs.getincrementaldecoder(name)(errors)
    text = decoder.decode(data)
    cut = len(decoder.getstate()[0])
    if name == "gb18030" and _PRIVATE.search(text):
        text = text.translate(GB18030_2022)
    elif encoding in _BIG5:
        text = text.translate(BIG5_SIGNS)
    return text, cut


def _decode_as(data: bytes, encoding: str) -> _Reading:
    """A strict reading, or one with U+FFFD for what is broken."""
    try:
        text, cut = _decode(data, encoding, "strict")
        broken = 0
    except (UnicodeError, ValueError):
        text, cut = _decode(data, encoding, "replace")
        broken = text.count("\ufffd")
    return _Reading(encoding, text, 0.0, broken, cut)


def _choose(data: bytes, hint: str | None) -> _Reading:
    has_nuls = b"\0" in data[:65536]
    try:
        text, cut = _decode(data, "utf-8", "strict")
    except UnicodeDecodeError:
        pass
    else:
        if not has_nuls and (text.isascii() or _is_surely_utf8(data, text)):
            return _Reading("utf-8", text, 1.0, 0, cut)
    candidates = _WITH_NULS if has_nuls else _CANDIDATES
    # One candidate's text after the other: nine of them at once would take nine times the file's memory.
    best = _Reading("", "", -math.inf, 0)
    for name in candidates:
        best = _better(best, _read_strictly(data, name, hint))
    if best.score <= 0.2:
        for name in candidates:
            if name != "cp1252":
                best = _better(best, _read_loosely(data, name, hint))
    return best._replace(encoding="big5") if best.encoding == "big5hkscs" and _is_plain_big5(data) else best


def _better(best: _Reading, other: _Reading | None) -> _Reading:
    """The one that scores higher; of two that score alike the first."""
    return other if other is not None and other.score > best.score else best


def _is_plain_big5(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("big5")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _is_surely_utf8(data: bytes, text: str) -> bool:
    several = len(data) - len(text) >= 2 * _SURE_UTF8_CHARACTERS
    return several or weigh_text(_sample(text, False)) > 0.2


def _sample(text: str, with_ascii: bool) -> str:
    part = text[:_SCAN_CHARACTERS] if len(text) > _SCAN_CHARACTERS else text
    if with_ascii:
        return part[:_SAMPLE_CHARACTERS]
    sample = _PLAIN_ASCII.sub("", part)[:_SAMPLE_CHARACTERS]
    return sample or _PLAIN_ASCII.sub("", text[_SCAN_CHARACTERS:])[:_SAMPLE_CHARACTERS]


def _score(text: str, name: str, hint: str | None) -> float:
    """Evidence from characters; the label and the order of the candidates count for little."""
    sample = _sample(text, False)
    score = weigh_text(sample)
    if name.startswith("utf-16") and len(sample) < len(text[:_SCAN_CHARACTERS]) // 2:
        score += 0.3  # half of it is plain ASCII, which other charsets read out of UTF-16 only with NULs between
    if name.startswith("utf-16") and text.count("\u2000") + text.count("\u0a00") > text.count(" ") + text.count("\n"):
        score -= 1.0  # its spaces and line ends read with their bytes the wrong way round
    if name == "cp1252":
        score = -0.2 if len(sample) * 20 < len(text) else -1.0
    return score + (_HINT_BONUS if name == hint else 0.0) - 0.001 * _WITH_NULS.index(name)


def _read_strictly(data: bytes, name: str, hint: str | None) -> _Reading | None:
    try:
        text, cut = _decode(data, name, "strict")
    except UnicodeDecodeError:
        return None
    return _Reading(name, text, _score(text, name, hint) - (0.02 if cut else 0.0), 0, cut)


def _read_loosely(data: bytes, name: str, hint: str | None) -> _Reading:
    """Broken bytes cost by their share of the text, so that one bad byte does not decide for a wrong charset."""
    text, cut = _decode(data, name, "replace")
    broken = text.count("\ufffd")
    penalty = 4.0 * broken / max(len(_PLAIN_ASCII.sub("", text)), 1)
    return _Reading(name, text, _score(text, name, hint) - penalty - 0.05, broken, cut)


def _finish(reading: _Reading, hint: str | None) -> tuple[str, str, tuple[Warning, ...]]:
    warnings: list[Warning] = []
    text = reading.text
    if reading.encoding.startswith(("utf-16", "utf-32")) and text.startswith("\ufeff"):
        text = text[1:]
    if reading.broken:
        warnings.append(
            Warning(
                code="undecodable-bytes",
                message=f"{reading.broken} places cannot be decoded as {reading.encoding} and were read as U+FFFD.",
            )
        )
    if reading.cut:
        message = f"The file ends inside a character: its last {reading.cut} bytes were left out."
        warnings.append(Warning(code="cut-character", message=message))
    if "\0" in text:
        warnings.append(Warning(code="nul-characters", message=f"The text has {text.count(chr(0))} NUL characters."))
    normal = _normalise(hint)
    family = "big5hkscs" if reading.encoding in ("big5", "cp950") else reading.encoding
    if normal is not None and normal != family and normal != reading.encoding and not text.isascii():
        warnings.append(
            Warning(
                code="wrong-encoding-label",
                message=f"The page says {(hint or '')[:40]!r}, but its bytes are {reading.encoding}.",
            )
        )
    return text, reading.encoding, tuple(warnings)
