"""WordprocessingML in short: qualified names and attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OFF = frozenset(("0", "false", "off", "none"))


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
