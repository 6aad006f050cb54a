"""The parts of a Word package: python-docx opens it; a package that it refuses is opened part by part."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from docparse.errors import DamagedFileError
from docparse.options import Options
from docparse.readers.docx_xml import W
from docparse.readers.limits import check_xml, unpack_members
from docparse.records import Warning

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = ("header", "footer", "footnotes", "endnotes", "styles", "numbering")
# ISO 29500 strict names the same elements in another namespace.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


class Package(NamedTuple):
    """The trees of a Word document and its core properties; a part that is missing is None or empty."""

    body: _Element
    styles: _Element | None
    numbering: _Element | None
    headers: tuple[_Element, ...]
    footers: tuple[_Element, ...]
    notes: tuple[_Element, ...]
    title: str | None = None
    author: str | None = None
    modified: date | None = None
    warnings: tuple[Warning, ...] = ()


def open_package(data: bytes, options: Options) -> Package:
    """The parts of a .docx, checked against the limits before any of them is parsed.

    Raises:
        DamagedFileError: the zip or its main part is broken, or XML declares entities.
        LimitExceededError: too many members, too large unpacked, nested too deep.
    """
    members = unpack_members(data, options)
    for name, part in members.items():
        check_xml(name, part, options)
    try:
        return _open_with_docx(data)
    except Exception as error:  # python-docx raises KeyError, ValueError, AttributeError, lxml errors and its own
        return _open_parts(members, error)


def _open_with_docx(data: bytes) -> Package:
    import docx

    document = docx.Document(BytesIO(data))
    found: dict[str, list[_Element]] = {kind: [] for kind in _PARTS}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in found and not relation.is_external:
            element = getattr(relation.target_part, "element", None)
            found[kind].append(_parse(relation.target_part.blob) if element is None else element)
    properties = document.core_properties
    return Package(
        body=document.element.body,
        styles=_first(found["styles"]),
        numbering=_first(found["numbering"]),
        headers=tuple(found["header"]),
        footers=tuple(found["footer"]),
        notes=(*found["footnotes"], *found["endnotes"]),
        title=_clean(properties.title),
        author=_clean(properties.author),
        modified=_as_date(properties.modified),
    )


def _open_parts(members: dict[str, bytes], error: Exception) -> Package:
    main = next((name for name in members if name.lower() == "word/document.xml"), None)
    try:
        if main is None:
            raise KeyError("word/document.xml")
        body = _parse(members[main]).find(f"{W}body")
        if body is None:
            raise KeyError("w:body")
        trees = {kind: _parse_parts(members, kind) for kind in _PARTS}
    except Exception as second:  # lxml.etree.XMLSyntaxError, KeyError, ValueError: the part cannot be used
        raise DamagedFileError(
            "damaged-docx",
            f"The Word package cannot be opened ({type(error).__name__}: {str(second)[:120]}).",
            "Open it in Word or WPS and save it again.",
        ) from error
    note = Warning(
        code="docx-package-damaged",
        message=f"The package is broken ({type(error).__name__}); those parts that can be read were read by name.",
    )
    return Package(
        body=body,
        styles=_first(trees["styles"]),
        numbering=_first(trees["numbering"]),
        headers=trees["header"],
        footers=trees["footer"],
        notes=(*trees["footnotes"], *trees["endnotes"]),
        warnings=(note,),
    )


def _parse_parts(members: dict[str, bytes], kind: str) -> tuple[_Element, ...]:
    """The trees of all parts of a kind; one that cannot be parsed is left out, the body is worth more."""
    from lxml import etree

    trees: list[_Element] = []
    for name in sorted(members):
        if _is_part(name, kind):
            try:
                trees.append(_parse(members[name]))
            except (etree.XMLSyntaxError, ValueError):
                continue
    return tuple(trees)


def _is_part(name: str, kind: str) -> bool:
    lowered = name.lower()
    stem = lowered.removeprefix("word/").removesuffix(".xml")
    return lowered.startswith("word/") and stem.rstrip("0123456789") == kind


def _parse(data: bytes) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(data.replace(_STRICT, W[1:-1].encode("ascii")), parser)


def _first(elements: list[_Element] | tuple[_Element, ...]) -> _Element | None:
    return elements[0] if elements else None


def _clean(text: object) -> str | None:
    return text.strip() or None if isinstance(text, str) else None


def _as_date(moment: object) -> date | None:
    return moment.date() if isinstance(moment, datetime) else None
