"""Web archives (MHTML, RFC 2557): a page and the pages in its frames, as browsers and Word save them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from urllib.parse import urljoin

import msgspec

from docparse.errors import DamagedFileError, LimitExceededError
from docparse.options import Options
from docparse.readers.decode import decode_as, decode_text, find_label
from docparse.readers.html.page import read_page
from docparse.readers.pieces import check_characters
from docparse.readers.plain.text import line_blocks, no_text_warning
from docparse.readers.properties import clean_title
from docparse.records import Reading, Source, Warning

_PART = re.compile(rb"^content-type[ \t]*+:", re.IGNORECASE | re.MULTILINE)
_MULTIPART = re.compile(rb"^content-type[ \t]*+:[ \t]*+(?:\r?\n[ \t]++)?multipart/", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(rb"^content-[a-z-]{1,40}[ \t]*+:[^\r\n]*+(?:\r?\n[ \t][^\r\n]*+)*+", re.IGNORECASE | re.MULTILINE)
# The standard library takes quadratic time over the parameters of a field; browsers write fields of some 300 bytes.
_LONGEST_FIELD = 8_000
_MOST_MULTIPARTS = 20
_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(data: bytes, options: Options) -> Reading:
    """Reading of a web archive: that of its root page, frames filled in from the other parts.

    The root is the part that `start` names, else the first HTML part, else the first plain text.

    Raises:
        DamagedFileError: with code `damaged-mhtml`: there is no page in it.
        LimitExceededError: too many parts, parts nested too deep, or what any page may raise.
        OptionError: `options.encoding` does not exist.
    """
    _check_parts(data, options)
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise _damaged() from error
    root = _find_root(message, parts)
    if root is None:
        raise _damaged()
    text, encoding, warnings = _decode_part(root, options)
    check_characters(len(text), options)
    if root.get_content_type() not in _PAGES:
        reading = Reading(source=Source(encoding=encoding), raw=text, blocks=tuple(line_blocks(text)))
        reading = msgspec.structs.replace(reading, warnings=no_text_warning(text))
    else:
        reading = read_page(text, encoding, options, _frame_finder(message, root, parts, options))
    source = reading.source
    if source.title is None:
        source = msgspec.structs.replace(source, title=_subject(message))
    return msgspec.structs.replace(reading, source=source, warnings=(*warnings, *reading.warnings))


def _check_parts(data: bytes, options: Options) -> None:
    """Count what the parser would make of the archive. A multipart in a multipart costs a comparison for each line."""
    parts = sum(1 for _ in _PART.finditer(data))
    if parts > options.max_entries:
        raise LimitExceededError(
            "too-many-entries",
            f"The archive has about {parts:,} parts; the limit is {options.max_entries:,}.",
            "Raise Options.max_entries if you trust the file.",
        )
    if sum(1 for _ in _MULTIPART.finditer(data)) > _MOST_MULTIPARTS:
        raise LimitExceededError(
            "too-deep", f"The archive nests more than {_MOST_MULTIPARTS} archives.", "Do not trust the file."
        )

    if any(match.end() - match.start() > _LONGEST_FIELD for match in _FIELD.finditer(data)):
        raise LimitExceededError("too-large", "A header of the archive is too long.", "Do not trust the file.")


def _damaged() -> DamagedFileError:
    return DamagedFileError(
        "damaged-mhtml", "The web archive holds no page.", "Save the page again, as .html or .mhtml."
    )


def _find_root(message: Message, parts: list[Message]) -> Message | None:
    start = message.get_param("start")
    if isinstance(start, str):
        for part in parts:
            if _strip_id(part.get("Content-ID")) == start.strip("<> "):
                return part
    for types in (_PAGES, ("text/plain",)):
        for part in parts:
            if part.get_content_type() in types:
                return part
    return None


def _strip_id(value: object) -> str:
    return str(value or "").strip().strip("<>").strip()


def _decode_part(part: Message, options: Options) -> tuple[str, str, tuple[Warning, ...]]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if options.encoding is not None:
        return decode_as(data, options.encoding)
    charset = part.get_param("charset")
    label = charset if isinstance(charset, str) else find_label(data)
    return decode_text(data, label)


def _frame_finder(
    message: Message, root: Message, parts: list[Message], options: Options
) -> Callable[[str], str | None]:
    """A function from a frame's address, as written, to the page in the archive; each page is given once."""
    base = str(root.get("Content-Location") or message.get("Content-Location") or "")
    pages: dict[str, Message] = {}
    given: list[Message] = []
    for part in parts:
        if part is not root and part.get_content_type() in _PAGES:
            for name in _names(part):
                pages.setdefault(name, part)

    def find_page(address: str) -> str | None:
        if address.lower().startswith("cid:"):
            part = pages.get(address[:4].lower() + address[4:])
        else:
            part = pages.get(address) or pages.get(_join(base, address))
        if part is None:
            return None
        if part in given:
            return ""
        given.append(part)
        return _decode_part(part, options)[0]

    return find_page


def _names(part: Message) -> Iterator[str]:
    location = str(part.get("Content-Location") or "").strip()
    if location:
        yield location
    identifier = _strip_id(part.get("Content-ID"))
    if identifier:
        yield f"cid:{identifier}"


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # brackets that are no IPv6 address
        return address


def _subject(message: Message) -> str | None:
    """The title that browsers put into the archive's subject line."""
    subject = message.get("Subject")
    if subject is None:
        return None
    try:
        text = str(make_header(decode_header(str(subject)[:2_000])))
    except (MessageError, ValueError, LookupError):
        return None
    return clean_title(" ".join(text.split()))
