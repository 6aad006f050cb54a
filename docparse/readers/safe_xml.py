"""How the XML of strangers is parsed: parts of packages, and documents that are one file (flat OPC, flat ODF)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docparse.errors import DamagedFileError
from docparse.options import Options
from docparse.readers.limits import check_xml

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_DECLARATION = re.compile(r"^\s{0,99}<\?xml[^>]{0,200}\?>")
# Pictures in base64. XML parsers refuse text above 10 MB unless all their limits are off, and nobody reads pictures.
_PICTURE = re.compile(rb">[A-Za-z0-9+/=\s]{100000,}+<")


def safe_parser(*, recover: bool = False) -> XMLParser:
    """A parser that resolves no entities, fetches nothing, and keeps lxml's own limits of depth and length."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=recover
    )


def parse_xml(data: bytes, *, recover: bool = False) -> _Element:
    """The root of an XML part, which `check_xml` has looked at.

    Args:
        recover: close what is open where the data breaks off.

    Raises:
        XMLSyntaxError: lxml's own, where the part is not well formed.
        ValueError: it holds what XML cannot.
    """
    from lxml import etree

    return etree.fromstring(data, safe_parser(recover=recover))


def parse_flat(data: bytes, options: Options) -> _Element:
    """The root of the file, with long runs of base64 left out.

    Raises:
        DamagedFileError: not well-formed, or declaring a document type or entities.
        LimitExceededError: nested too deep.
    """
    from lxml import etree

    if data.startswith(_UTF16_MARKS):  # checks look at bytes, so they need an encoding that keeps ASCII
        endian = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(data[:2], "utf-16")
        data = _DECLARATION.sub("", data.decode(endian, "replace")).encode("utf-8")
    data = _PICTURE.sub(b"><", data.removeprefix(b"\xef\xbb\xbf").lstrip())
    check_xml("document", data, options)
    try:
        if not data.startswith(b"<"):
            raise ValueError("it does not begin with a tag")
        return parse_xml(data)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise DamagedFileError(
            "damaged-xml",
            f"The XML document cannot be opened ({str(error)[:120]}).",
            "Open it in the program that made it and save it again.",
        ) from error
