"""OpenDocument in short: qualified names, attributes, numbers that strangers wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ODF}office:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
DRAW = f"{{{_ODF}drawing:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
META = f"{{{_ODF}meta:1.0}}"
SVG = f"{{{_ODF}svg-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"


def whole(element: _Element | None, name: str, default: int, most: int = 999_999_999) -> int:
    """An attribute's value as a whole number from 0 to `most`; `default` where it is missing or no number."""
    text = None if element is None else element.get(name)
    if text is None or not text.isascii() or not text.isdigit():
        return default
    return min(int(text[:12]), most)


def find(root: _Element | None, *names: str) -> _Element | None:
    """The element at the end of a path of qualified names, or None."""
    for name in names:
        if root is None:
            return None
        root = root.find(name)
    return root
