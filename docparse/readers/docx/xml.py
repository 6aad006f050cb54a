"""WordprocessingML in short: qualified names, attributes, and how a part is parsed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docparse.readers.safe_xml import parse_xml, safe_parser

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that Office writes
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFF = frozenset(("0", "false", "off", "none"))

# ISO 29500 strict gives the same elements other namespaces.
STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = tuple(
    (STRICT + tail, name[1:-1].encode("ascii"))
    for tail, name in (
        (b"wordprocessingml/main", W),
        (b"officeDocument/relationships", R),
        (b"officeDocument/math", M),
        (b"drawingml/main", A),
        (b"drawingml/chart", C),
        (b"drawingml/diagram", DGM),
    )
)


def parse_part(data: bytes, *, recover: bool = False) -> _Element:
    """The root of an XML part, strict namespaces read as the usual ones.

    Args:
        recover: close what is open where the data breaks off.

    Raises:
        XMLSyntaxError: lxml's own, where the part is not well formed.
        ValueError: it holds what XML cannot.
    """
    if STRICT in data:
        for strict, usual in _STRICT_NAMES:
            data = data.replace(strict, usual)
    return parse_xml(data, recover=recover)


def parse_unnamed(data: bytes) -> _Element | None:
    """The root of a part that is well formed but for prefixes that nothing declares; None where more is wrong."""
    from lxml import etree

    parser = safe_parser(recover=True)
    root = etree.fromstring(data, parser)
    return root if all(entry.domain == etree.ErrorDomains.NAMESPACE for entry in parser.error_log) else None


def child(element: _Element | None, *names: str) -> _Element | None:
    """The element at the end of a path of WordprocessingML names, or None."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def children(element: _Element | None, name: str) -> Iterator[_Element]:
    """The children with a WordprocessingML name."""
    if element is not None:
        yield from element.iterchildren(W + name)


def value(element: _Element | None, name: str = "val") -> str | None:
    """A WordprocessingML attribute's value, or None."""
    return None if element is None else element.get(W + name)


def number(element: _Element | None, name: str = "val") -> int | None:
    """A WordprocessingML attribute's value as a whole number; None where it is missing, no number, or absurd."""
    text = value(element, name)
    if text is None or len(text) > 9:
        return None
    try:
        return int(text)
    except ValueError:
        return None


def is_on(element: _Element | None) -> bool:
    """True where a toggle such as w:b is there and not switched off."""
    return element is not None and (value(element) or "1").lower() not in _OFF
