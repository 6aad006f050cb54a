"""Limits that are checked before any parser sees the bytes: size, zip members, XML depth, HTML attributes.

Every check is linear in the input. A parser that meets a bomb behind these limits costs bounded time and memory.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from docparse.errors import DamagedFileError, LimitExceededError
from docparse.options import Options
from docparse.readers.pieces import name_set

# Deflate cannot pack better than about 1,030 to 1; WordprocessingML of real documents stays below 60 to 1.
_MAX_RATIO = 150
_RATIO_FROM_BYTES = 8 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
# One element takes lxml and a walk some 350 bytes and 8 microseconds: 2 million end below a gigabyte.
_ELEMENTS_PER_OBJECT = 2

_XML_TAG = re.compile(rb"</|/>|<[A-Za-z_]")
_DOCTYPES = (
    b"<!DOCTYPE",
    b"<!ENTITY",
    "<!DOCTYPE".encode("utf-16-le"),
    "<!DOCTYPE".encode("utf-16-be"),
    "<!ENTITY".encode("utf-16-le"),
    "<!ENTITY".encode("utf-16-be"),
)

# Possessive repeats (`*+`) never give back, so one pass over the page is all that this can cost. A quote counts only
# after `=`, as in the HTML standard: else one lost quote turns the rest of a page into one tag.
_HTML_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})((?:[^>=]|=\s{0,20}+(?:\"[^\"]*\"|'[^']*')?)*+)")
_QUOTED = re.compile(r"=\s{0,20}+(?:\"[^\"]*\"|'[^']*')")
_ATTRIBUTE_GAP = re.compile(r"[\s/]+")
_RAW_TEXT_END = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")
}
_VOID = name_set("area base br col embed hr img input link meta param source track wbr frame basefont bgsound keygen")
# A parser closes these by itself when the next one opens, so that they do not nest without a container that counts.
_SELF_CLOSING = name_set("p li dt dd tr td th tbody thead tfoot option optgroup colgroup html head body")


def check_size(data: bytes, options: Options) -> None:
    """Nothing, if the input is not larger than `options.max_bytes`.

    Raises:
        LimitExceededError: with code `too-large`.
    """
    if len(data) > options.max_bytes:
        raise LimitExceededError(
            "too-large",
            f"The file has {len(data):,} bytes; the limit is {options.max_bytes:,}.",
            "Split the file, or raise Options.max_bytes.",
        )


def unpack_members(data: bytes, options: Options) -> dict[str, bytes]:
    """The XML members of a zip-based file by name, unpacked under the limits; other members are left packed.

    What the central directory says is checked first, and what really comes out while inflating, because it may lie.

    Raises:
        DamagedFileError: not a whole zip file, a member is corrupt or encrypted.
        LimitExceededError: too many members, or too many bytes unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            infos = package.infolist()
            _check_directory(infos, options)
            members: dict[str, bytes] = {}
            total = 0
            for info in infos:
                name = info.filename.lstrip("/")
                if name.lower().endswith((".xml", ".rels")):
                    members[name] = _inflate(package, info, options.max_expanded_bytes - total)
                    total += len(members[name])
            return members
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise damaged_zip(error) from error
    except Exception as error:  # zlib.error, struct.error and LZMAError share no base class
        if isinstance(error, LimitExceededError):
            raise
        raise damaged_zip(error) from error


def damaged_zip(error: Exception) -> DamagedFileError:
    """The error to raise for a zip-based file that cannot be unpacked."""
    return DamagedFileError(
        "damaged-zip",
        f"The file is a zip package, but it is truncated or corrupt ({type(error).__name__}).",
        "Get a whole copy of the file, or open it in Word and save it again.",
    )


def _check_directory(infos: list[zipfile.ZipInfo], options: Options) -> None:
    if len(infos) > options.max_entries:
        raise LimitExceededError(
            "too-many-entries",
            f"The package has {len(infos):,} members; the limit is {options.max_entries:,}.",
            "Raise Options.max_entries if you trust the file.",
        )
    total = sum(info.file_size for info in infos)
    if total > options.max_expanded_bytes:
        raise _expanded(total, options.max_expanded_bytes)
    for info in infos:
        if info.file_size > _RATIO_FROM_BYTES and info.file_size > _MAX_RATIO * max(info.compress_size, 1):
            raise LimitExceededError(
                "expansion-bomb",
                f"{info.filename[:80]!r} unpacks to {info.file_size // max(info.compress_size, 1)} times its size.",
                "Real documents do not; do not open the file.",
            )


def _inflate(package: zipfile.ZipFile, info: zipfile.ZipInfo, allowed: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    with package.open(info) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > allowed:
                raise _expanded(size, allowed)
            chunks.append(chunk)
    return b"".join(chunks)


def _expanded(size: int, allowed: int) -> LimitExceededError:
    return LimitExceededError(
        "too-large-expanded",
        f"The package unpacks to at least {size:,} bytes; {allowed:,} are allowed.",
        "Raise Options.max_expanded_bytes if you trust the file.",
    )


def check_xml(name: str, data: bytes, options: Options) -> None:
    """Nothing, if an XML part has no document type, no entity declaration, and is neither too deep nor too large.

    Raises:
        DamagedFileError: with code `xml-entities`: Office files never declare any.
        LimitExceededError: with code `too-deep` above `options.max_depth`, `too-many-elements` above twice
            `options.max_objects`.
    """
    if any(mark in data for mark in _DOCTYPES):
        raise DamagedFileError(
            "xml-entities",
            f"The part {name[:80]!r} declares a document type or entities, which Office files never do.",
            "Do not trust the file; save it again from Word if it is yours.",
        )
    most = _ELEMENTS_PER_OBJECT * options.max_objects
    count = data.count(b"<") - data.count(b"</")
    if count > most:
        raise LimitExceededError(
            "too-many-elements",
            f"The part {name[:80]!r} has {count:,} elements; the limit is {most:,}.",
            "Split the document, or raise Options.max_objects.",
        )
    depth = 0
    for match in _XML_TAG.finditer(data):
        if match[0] in (b"</", b"/>"):
            depth -= 1
            continue
        depth += 1
        if depth > options.max_depth:
            raise LimitExceededError(
                "too-deep",
                f"The part {name[:80]!r} nests elements deeper than {options.max_depth}.",
                "Raise Options.max_depth if you trust the file.",
            )


def html_depth(page: str, options: Options) -> int:
    """How deep the tags of a page nest, at least, counted without a parser; counting stops above `max_depth`.

    Raises:
        LimitExceededError: with code `too-many-attributes` where one tag has more than `options.max_attributes`.
    """
    depth = deepest = position = 0
    while match := _HTML_TAG.search(page, position):
        position = match.end()
        name = match[2].lower()
        if len(match[3]) > 2 * options.max_attributes:
            _check_attributes(name, match[3], options)
        if name in _VOID or name in _SELF_CLOSING:
            continue
        if match[1]:
            depth = max(depth - 1, 0)
            continue
        if name in _RAW_TEXT_END:
            end = _RAW_TEXT_END[name].search(page, position)
            if end is None:
                break
            position = end.start()
        if match[3].endswith("/"):
            continue
        depth += 1
        deepest = max(deepest, depth)
    return deepest


def _check_attributes(name: str, inside: str, options: Options) -> None:
    count = len(_ATTRIBUTE_GAP.split(_QUOTED.sub(" ", inside).strip()))
    if count > options.max_attributes:
        raise LimitExceededError(
            "too-many-attributes",
            f"A <{name}> tag has about {count:,} attributes; the limit is {options.max_attributes:,}.",
            "Raise Options.max_attributes if you trust the page.",
        )
