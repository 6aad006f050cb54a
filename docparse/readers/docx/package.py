"""The parts of a Word package, checked against the limits, parsed when they are asked for, found by its relations.

python-docx reads the core properties only. It is not asked to open the package: it parses parts under names that no
limit has looked at (one named .dat, two names that differ by case), and inflates every picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import TYPE_CHECKING, NamedTuple

from docparse.errors import DamagedFileError, LimitExceededError
from docparse.options import Options
from docparse.readers.docx.doc_props import Properties, read_properties
from docparse.readers.docx.salvage import mend_xml, salvage_members, whole_beginning
from docparse.readers.docx.xml import W, parse_part, parse_unnamed
from docparse.readers.limits import check_xml, damaged_zip, unpack_members
from docparse.readers.media_types import DOCX
from docparse.readers.pieces import name_set
from docparse.records import Warning

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = "application/vnd.ms-word."
_OPEN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
# (how the package's list of content types names the main part, the media type of such a file)
_MEDIA_TYPES = (
    (f"{_WORD}document.macroEnabled.main+xml", f"{_WORD}document.macroEnabled.12"),
    (f"{_WORD}template.macroEnabledTemplate.main+xml", f"{_WORD}template.macroEnabled.12"),
    (f"{_OPEN}template.main+xml", f"{_OPEN}template"),
)
_MAIN = re.compile(r"word/document\d{0,4}\.xml$")
_READ_KINDS = name_set("styles numbering settings footnotes endnotes header footer diagramData chart")


class Relation(NamedTuple):
    """What the main part points to: the kind, and the member's name in lower case, or an address outside."""

    kind: str
    name: str
    external: bool = False


@dataclass
class Package:
    """A Word package. Parts are parsed when they are asked for; names of members are in lower case."""

    body: _Element
    members: dict[str, bytes]
    relations: dict[str, Relation]
    options: Options
    media_type: str = DOCX
    properties: Properties = field(default_factory=Properties)
    warnings: tuple[Warning, ...] = ()
    roots: dict[str, _Element] = field(default_factory=dict)

    def part(self, name: str) -> _Element | None:
        """The root of a member, or None where it is missing or cannot be parsed: the body is worth more.

        Raises:
            DamagedFileError: it declares entities.
            LimitExceededError: it is nested too deep or has too many elements.
        """
        from lxml import etree

        if name not in self.roots and name in self.members:
            check_xml(name, self.members[name], self.options)
            try:
                self.roots[name] = parse_part(self.members[name])
            except (etree.XMLSyntaxError, ValueError):
                return None
        return self.roots.get(name)

    def related(self, relation_id: str) -> _Element | None:
        """The root of the part that a relation leads to."""
        relation = self.relations.get(relation_id)
        return None if relation is None or relation.external else self.part(relation.name)

    def first(self, kind: str) -> _Element | None:
        """The root of the first part of a kind: by relation, or by its usual name where relations are lost."""
        for relation in self.relations.values():
            if relation.kind == kind and (root := self.part(relation.name)) is not None:
                return root
        return self.part(f"word/{kind.lower()}.xml")


def open_package(data: bytes, options: Options) -> Package:
    """The parts of a Word document. Each is checked against the limits before it is parsed.

    Raises:
        DamagedFileError: the zip or its main part is broken beyond salvage, or locked, or XML declares entities.
        LimitExceededError: too many members, too large unpacked, too many elements, nested too deep.
    """
    members, partial, notes = _read_members(data, options)
    for name, content in members.items():
        if name.endswith(".rels"):
            check_xml(name, content, options)
    main = _find_main(members)
    check_xml(main, members.get(main, b""), options)
    package = _open_parts(members, main, partial, options)
    if not package.warnings and not notes and (missing := _missing(package)):
        notes = (_damaged(f"The package is broken ({missing} is missing); its parts were read by name."),)
    package.media_type = _media_type(members)
    package.warnings = (*notes, *package.warnings)
    core = members.get("docprops/core.xml", b"")
    check_xml("docprops/core.xml", core, options)
    package.properties = read_properties(core, package.part("docprops/app.xml"))
    return package


def _missing(package: Package) -> str:
    """What a whole package has and this one has not, or "": its directories, and the parts that are read."""
    named = (entry.name for entry in package.relations.values() if entry.kind in _READ_KINDS and not entry.external)
    wanted = ("[content_types].xml", "_rels/.rels", *named)
    return next((name[:80] for name in wanted if name not in package.members), "")


def _read_members(data: bytes, options: Options) -> tuple[dict[str, bytes], frozenset[str], tuple[Warning, ...]]:
    try:
        return {_plain(name): part for name, part in unpack_members(data, options).items()}, frozenset(), ()
    except DamagedFileError:
        saved = salvage_members(data, options)
    members = {_plain(name): part for name, part in saved.members.items()}
    main = _find_main(members)
    if not members.get(main):
        raise damaged_zip(EOFError())
    partial = frozenset(_plain(name) for name in saved.partial)
    for name in partial - {main}:  # half a styles or numbering part would give wrong markers in silence
        del members[name]
    return members, partial & {main}, (_damaged("The zip package is truncated or corrupt; whole parts were saved."),)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _damaged(message: str) -> Warning:
    return Warning(code="docx-package-damaged", message=message)


def _media_type(members: dict[str, bytes]) -> str:
    types = members.get("[content_types].xml", b"")
    return next((media_type for mark, media_type in _MEDIA_TYPES if mark.encode() in types), DOCX)


def _find_main(members: dict[str, bytes]) -> str:
    """The name of the main part: where the package's relations say, else its usual name."""
    for relation in _read_relations(members, "_rels/.rels", "").values():
        if relation.kind == "officeDocument" and relation.name in members:
            return relation.name
    return min((name for name in members if _MAIN.match(name)), default="word/document.xml")


def _read_relations(members: dict[str, bytes], name: str, folder: str) -> dict[str, Relation]:
    from lxml import etree

    relations: dict[str, Relation] = {}
    if name not in members:
        return relations
    try:
        root = parse_part(members[name])
    except (etree.XMLSyntaxError, ValueError):
        return relations
    for element in root.iterchildren("{*}Relationship"):
        target = element.get("Target") or ""
        kind = (element.get("Type") or "").rpartition("/")[2]
        external = element.get("TargetMode") == "External"
        place = target if external else _plain(normpath(join("/" + folder, target.replace("\\", "/"))))
        relations[element.get("Id") or f"#{len(relations)}"] = Relation(kind, place, external)
    return relations


def _open_parts(members: dict[str, bytes], main: str, partial: frozenset[str], options: Options) -> Package:
    content = members.get(main, b"")
    notes: tuple[Warning, ...] = ()
    try:
        if main not in members:
            raise KeyError("word/document.xml")
        root, notes = _parse_main(content)
        body = root.find(f"{W}body")
        if body is None:
            raise KeyError("w:body")
    except LimitExceededError:
        raise
    except Exception as error:  # lxml.etree.XMLSyntaxError, KeyError, ValueError: the part cannot be used
        raise DamagedFileError(
            "damaged-docx",
            f"The Word package cannot be opened ({type(error).__name__}: {str(error)[:120]}).",
            "Open it in Word or WPS and save it again.",
        ) from error
    if partial and not notes:
        notes = (_damaged("The checksum of the main part does not agree: single characters may be wrong."),)
    folder, _, name = main.rpartition("/")
    relations = _read_relations(members, f"{folder}/_rels/{name}.rels", folder)
    return Package(body=body, members=members, relations=relations, options=options, warnings=notes)


def _overlong() -> LimitExceededError:
    return LimitExceededError(
        "too-many-characters",
        "One text or attribute of the main part is longer than the 10,000,000 bytes that the parser takes.",
        "Split the document.",
    )


def _parse_main(content: bytes) -> tuple[_Element, tuple[Warning, ...]]:
    """The main part's root; what is not well formed is mended, or read up to the fault."""
    from lxml import etree

    try:
        return parse_part(content), ()
    except etree.XMLSyntaxError:
        mended = mend_xml(content)
    try:
        return parse_part(mended), (_damaged("The main part held characters that XML forbids; they were mended."),)
    except etree.XMLSyntaxError:
        beginning = whole_beginning(mended)
    if len(beginning) == len(mended):  # expat, which knows no namespaces and no limits, finds no fault
        root = parse_unnamed(mended)
        if root is None:
            raise _overlong()
        return root, (_damaged("The main part uses prefixes that it does not declare."),)
    if not beginning:
        raise KeyError("no whole paragraph")
    lost = len(mended) - len(beginning)
    message = (
        f"The main part is broken at byte {len(beginning):,} of {len(mended):,}; {lost:,} bytes after it are lost."
    )
    return parse_part(beginning, recover=True), (Warning(code="docx-text-lost", message=message),)
