"""What docProps says of a Word package: title, author, days, pages, characters.

python-docx reads the core properties, whose dates may be years, months, days or moments (W3CDTF) with a time zone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from docparse.readers.properties import clean_author, clean_title, read_day

if TYPE_CHECKING:
    from lxml.etree import _Element


class Properties(NamedTuple):
    """What docProps says; each field is None where unknown. `pages`, `characters`: as counted when it was saved."""

    title: str | None = None
    author: str | None = None
    created: date | None = None
    modified: date | None = None
    pages: int | None = None
    characters: int | None = None


def read_properties(core: bytes, application: _Element | None) -> Properties:
    """The properties of docProps/core.xml, which has passed the limits, and app.xml; a missing part says nothing."""
    said = _open_core(core) if core else None
    return Properties(
        title=clean_title(said.title) if said else None,
        author=clean_author(said.author) if said else None,
        created=_day(said, "created"),
        modified=_day(said, "modified"),
        pages=_count(application, "Pages"),
        characters=_count(application, "Characters"),
    )


def _open_core(core: bytes) -> Any:
    """python-docx's view of the core properties; None where the part is broken or something else."""
    from docx.opc.coreprops import CoreProperties
    from docx.oxml.coreprops import CT_CoreProperties
    from docx.oxml.parser import parse_xml
    from lxml import etree

    try:
        element = parse_xml(core)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return CoreProperties(element) if isinstance(element, CT_CoreProperties) else None


def _day(said: Any, name: str) -> date | None:
    """The day of a date; python-docx raises TypeError where the element is there and empty."""
    try:
        moment: datetime | None = getattr(said, name, None)
    except (TypeError, ValueError):
        return None
    return None if moment is None else read_day(moment.isoformat())


def _count(root: _Element | None, name: str) -> int | None:
    if root is None:
        return None
    for element in root.iterchildren("{*}" + name):
        text = (element.text or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    return None
