"""Word documents as one XML file: flat OPC, and WordprocessingML of Word 2003. Both become a .docx in memory.

The names of Word 2003's elements are those of today, except for lists, changes, notes and headers: these are put where
a .docx has them, and our own reader of .docx reads the rest.
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import msgspec

from docparse.errors import DamagedFileError
from docparse.options import Options
from docparse.readers.docx.document import read_docx
from docparse.readers.docx.xml import R, W
from docparse.readers.safe_xml import parse_flat
from docparse.records import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_O = "{urn:schemas-microsoft-com:office:office}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "docProps/core.xml"

# How Word 2003 numbers its number formats ([MS-OSHARED] 2.2.1.3, MSONFC), by the names of ECMA-376.
NUMBER_FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal",
    6: "cardinalText", 7: "ordinalText", 8: "hex", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal", 17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip
_RENAMED = {
    W + "listPr": W + "numPr",
    W + "ilfo": W + "numId",
    W + "vmerge": W + "vMerge",
    W + "listDef": W + "abstractNum",
    W + "list": W + "num",
    W + "ilst": W + "abstractNumId",
    W + "listStyleLink": W + "numStyleLink",
    W + "nfc": W + "numFmt",
}
_CHANGES = {"Word.Deletion": "del", "Word.Comment": "del", "Word.Insertion": "ins"}


def read_word_xml(data: bytes, options: Options) -> Reading:
    """Reading of a Word document that is one XML file; see `read_docx`.

    Raises:
        DamagedFileError: not well-formed, without a body, or declaring entities.
        LimitExceededError: nested too deep, too many parts or characters.
    """
    root = parse_flat(data, options)
    flat = root.tag == f"{_PKG}package"
    reading = read_docx(_zip_parts(_read_flat_opc(root) if flat else _read_word_2003(root)), options)
    source = msgspec.structs.replace(reading.source, media_type=None)  # of the file, not of what it became
    return msgspec.structs.replace(reading, source=source)


def _read_flat_opc(root: _Element) -> dict[str, tuple[str, bytes]]:
    """The parts of a package by name, with their content types."""
    from lxml import etree

    parts: dict[str, tuple[str, bytes]] = {}
    for part in root.iterchildren(f"{_PKG}part"):
        name = (part.get(f"{_PKG}name") or "").lstrip("/")
        kind = part.get(f"{_PKG}contentType") or "application/octet-stream"
        data = part.find(f"{_PKG}xmlData")
        binary = part.findtext(f"{_PKG}binaryData")
        if data is not None and len(data):
            parts[name] = (kind, etree.tostring(data[0], encoding="utf-8", xml_declaration=True, with_tail=False))
        elif binary is not None:
            try:
                parts[name] = (kind, base64.b64decode(binary))
            except (binascii.Error, ValueError):
                parts[name] = (kind, b"")
    return parts


def _zip_parts(parts: dict[str, tuple[str, bytes]]) -> bytes:
    types = "".join(
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
        for name, (kind, _) in parts.items()
    )
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr(
            "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{types}</Types>'.encode()
        )
        for name, (_, content) in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def _read_word_2003(root: _Element) -> dict[str, tuple[str, bytes]]:
    """The parts of a .docx that says the same."""
    from lxml import etree

    if root.tag.encode() != b"{" + _WORD_2003 + b"}wordDocument":
        raise DamagedFileError(
            "damaged-xml", "The XML file is no Word document.", "Open it in Word and save it as .docx."
        )
    today = etree.fromstring(etree.tostring(root, encoding="utf-8").replace(_WORD_2003, W[1:-1].encode()))
    body = today.find(W + "body")
    if body is None:
        raise DamagedFileError("damaged-xml", "The Word document has no body.", "Open it in Word and save it again.")
    _rename(today)
    document = etree.Element(W + "document")
    document.append(body)
    parts = {
        "styles": _as_part("styles", today.iterchildren(W + "styles")),
        "numbering": _as_part("numbering", today.iterchildren(W + "lists")),
        "footnotes": _take_notes(body, "footnote"),
        "endnotes": _take_notes(body, "endnote"),
    }
    for kind, name in (("header", "hdr"), ("footer", "ftr")):
        for index, element in enumerate(list(body.iter(W + name)), 1):
            shown = {"first": "first", "even": "even"}.get(element.get(W + "type") or "", "default")
            _refer(element, f"{kind}Reference", {W + "type": shown, R + "id": f"{kind}{index}"})
            parts[f"{kind}{index}"] = element
    return _name_parts({"document": document, **parts}, root.find(f"{_O}DocumentProperties"))


def _rename(root: _Element) -> None:
    for element in root.iter("*"):
        if element.tag == f"{_AML}annotation":
            element.tag = W + _CHANGES.get(element.get(W + "type") or "", "bookmarkStart")
        elif element.tag in _RENAMED:
            _rename_list(element)
            element.tag = _RENAMED[element.tag]
        elif element.tag == W + "suff":
            element.set(W + "val", (element.get(W + "val") or "").lower())
        elif element.tag == W + "style" and element.get(W + "default") == "on":
            element.set(W + "default", "1")


def _rename_list(element: _Element) -> None:
    if element.tag == W + "nfc":
        value = element.get(W + "val") or ""
        known = NUMBER_FORMATS.get(int(value), "decimal") if value.isascii() and value.isdigit() else "decimal"
        element.set(W + "val", known)
    elif element.tag == W + "listDef":
        element.set(W + "abstractNumId", element.get(W + "listDefId") or "")
    elif element.tag == W + "list":
        element.set(W + "numId", element.get(W + "ilfo") or "")


def _take_notes(body: _Element, kind: str) -> _Element:
    """A part with the notes that stand in the text, which keeps a reference to each."""
    from lxml import etree

    part = etree.Element(f"{W}{kind}s")
    for index, note in enumerate(list(body.iter(W + kind)), 1):
        _refer(note, f"{kind}Reference", {W + "id": str(index)})
        note.set(W + "id", str(index))
        part.append(note)
    return part


def _refer(element: _Element, name: str, said: dict[str, str]) -> None:
    """Put a reference into the place of an element, which is taken out."""
    parent = element.getparent()
    if parent is not None:
        reference = parent.makeelement(W + name, said)
        reference.tail, element.tail = element.tail, None
        parent.replace(element, reference)


def _as_part(name: str, elements: Iterable[_Element]) -> _Element:
    """A new root that holds what is in these elements."""
    from lxml import etree

    part = etree.Element(W + name)
    for element in list(elements):
        part.extend(list(element))
    return part


def _name_parts(roots: dict[str, _Element], properties: _Element | None) -> dict[str, tuple[str, bytes]]:
    from lxml import etree

    parts: dict[str, tuple[str, bytes]] = {}
    relations = []
    for name, root in roots.items():
        kind = name.rstrip("0123456789")
        main = "document.main" if kind == "document" else kind
        parts[f"word/{name}.xml"] = (f"{_MAIN_TYPE}.{main}+xml", etree.tostring(root, encoding="utf-8"))
        if kind != "document":
            relations.append((name, f"{_RELATIONS}/{kind}", f"{name}.xml"))
    parts["word/_rels/document.xml.rels"] = _relations(relations)
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    parts[_CORE] = (core, _core(properties))
    kinds = (
        ("document", f"{_RELATIONS}/officeDocument", "word/document.xml"),
        ("core", f"{_PACKAGE}/relationships/metadata/core-properties", _CORE),
    )
    parts["_rels/.rels"] = _relations(kinds)
    return parts


def _relations(targets: Iterable[tuple[str, str, str]]) -> tuple[str, bytes]:
    entries = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in targets)
    content = f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
    return "application/vnd.openxmlformats-package.relationships+xml", content.encode()


def _core(properties: _Element | None) -> bytes:
    def text(name: str) -> str:
        """What a property says, escaped."""
        return escape(((properties.findtext(f"{_O}{name}") if properties is not None else None) or "").strip()[:1_000])

    def moment(name: str, said: str) -> str:
        """A moment that Word 2003 calls `said`."""
        when = text(said)
        return f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>' if when else ""

    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text('Title')}</dc:title><dc:creator>{text('Author')}</dc:creator>"
        f"{moment('created', 'Created')}{moment('modified', 'LastSaved')}</cp:coreProperties>"
    ).encode()
