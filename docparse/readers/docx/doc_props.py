"""What docProps says of a Word package: title, author, days, pages, characters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.properties import clean_author, clean_title, read_day

if TYPE_CHECKING:
    from lxml.etree import _Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


class Properties(NamedTuple):
    """What docProps says; each field is None where unknown. `pages`, `characters`: as counted when it was saved."""

    title: str | None = None
    author: str | None = None
    created: date | None = None
    modified: date | None = None
    pages: int | None = None
    characters: int | None = None


def read_properties(core: _Element | None, application: _Element | None) -> Properties:
    """The properties of docProps/core.xml and app.xml; a part that is missing says nothing."""
    return Properties(
        title=clean_title(_text(core, _DC + "title")),
        author=clean_author(_text(core, _DC + "creator")),
        created=read_day(_text(core, _TERMS + "created")),
        modified=read_day(_text(core, _TERMS + "modified")),
        pages=_count(application, "Pages"),
        characters=_count(application, "Characters"),
    )


def _text(root: _Element | None, name: str) -> str:
    element = None if root is None else root.find(name)
    return "" if element is None else "".join(map(str, element.itertext()))


def _count(root: _Element | None, name: str) -> int | None:
    if root is None:
        return None
    for element in root.iterchildren("{*}" + name):
        text = (element.text or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    return None
