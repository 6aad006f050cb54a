"""OpenDocument text (.odt, .ott, and flat .fodt): the body as a reader sees it, with numbering written into raw."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docparse.errors import DamagedFileError, UnsupportedFormatError
from docparse.options import Options
from docparse.readers.left_out import changes_warning, comments_warning, hidden_warning
from docparse.readers.limits import check_xml, unpack_members
from docparse.readers.odt.lists import Counters, read_lists
from docparse.readers.odt.styles import Styles, read_styles
from docparse.readers.odt.walk import Walk, walk_text
from docparse.readers.odt.xml import DC, LOEXT, META, OFFICE, STYLE, TEXT, find
from docparse.readers.pieces import Piece, check_characters, join_furniture, join_pieces
from docparse.readers.plain.text import no_text_warning
from docparse.readers.properties import clean_author, clean_title, read_day
from docparse.readers.safe_xml import parse_flat, parse_xml
from docparse.records import BlockKind, Reading, Source, Warning

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADERS = ("header", "header-first", "header-left")
_OTHER_BODIES = ("spreadsheet", "presentation", "drawing", "chart", "image", "database")
_FOOTERS = ("footer", "footer-first", "footer-left")


class _Parts(NamedTuple):
    """The roots that hold the text, the common styles and the metadata; in a flat file all three are one."""

    content: _Element
    styles: _Element | None
    meta: _Element | None
    warnings: tuple[Warning, ...] = ()


def read_odt(data: bytes, options: Options) -> Reading:
    """Reading of an .odt: the body in document order, then notes, headers and footers under their own kinds.

    Raises:
        DamagedFileError: truncated, corrupt, encrypted, or declaring XML entities.
        UnsupportedFormatError: with code `opendocument-other`: the package holds a sheet, slides or a drawing.
        LimitExceededError: too many members, too large unpacked, nested too deep, too many characters or blocks.
    """
    members = unpack_members(data, options)
    if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
        raise DamagedFileError(
            "encrypted", "The OpenDocument file is encrypted with a password.", "Remove the password and save it."
        )
    for name in ("content.xml", "styles.xml", "meta.xml"):
        if name in members:
            check_xml(name, members[name], options)
    content, error = _try_parse(members.get("content.xml"))
    if content is None:
        raise _damaged(error)
    styles, no_styles = _try_parse(members.get("styles.xml"))
    meta, no_meta = _try_parse(members.get("meta.xml"))
    broken = [f"{name} ({why})" for name, why in (("styles.xml", no_styles), ("meta.xml", no_meta)) if why]
    warnings: tuple[Warning, ...] = ()
    if broken:
        message = f"A part of the package is broken: {', '.join(broken)}; the text was read without it."
        warnings = (Warning(code="odt-package-damaged", message=message),)
    return _read_parts(_Parts(content, styles, meta, warnings), options)


def read_fodt(data: bytes, options: Options) -> Reading:
    """Reading of an OpenDocument text that is one XML file; see `read_odt`.

    Raises:
        DamagedFileError: not well-formed, or declaring XML entities.
        UnsupportedFormatError: with code `opendocument-other`: the file holds a sheet, slides or a drawing.
        LimitExceededError: nested too deep, too many characters or blocks.
    """
    root = parse_flat(data, options)
    return _read_parts(_Parts(root, root, root), options)


def _try_parse(data: bytes | None) -> tuple[_Element | None, str]:
    """The root and "", or None and why it cannot be parsed; None and "" where the part is missing."""
    from lxml import etree

    if data is None:
        return None, ""
    try:
        return parse_xml(data), ""
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error)[:120]


def _damaged(why: str) -> DamagedFileError:
    return DamagedFileError(
        "damaged-odt",
        f"The OpenDocument text cannot be opened ({why or 'its content is missing'}).",
        "Open it in LibreOffice or WPS and save it again.",
    )


def _read_parts(parts: _Parts, options: Options) -> Reading:
    body = find(parts.content, f"{OFFICE}body", f"{OFFICE}text")
    if body is None:
        for kind in _OTHER_BODIES:
            if find(parts.content, f"{OFFICE}body", f"{OFFICE}{kind}") is not None:
                raise UnsupportedFormatError(
                    "opendocument-other",
                    f"The file is an OpenDocument {kind}, but no text document.",
                    "Open it in LibreOffice or WPS and save its text as .docx.",
                )
        raise _damaged("it has no text body")
    common = find(parts.styles, f"{OFFICE}styles")
    own = find(parts.content, f"{OFFICE}automatic-styles")
    of_pages = find(parts.styles, f"{OFFICE}automatic-styles")
    styles = read_styles(common, own)
    counters = Counters(read_lists(common, own))
    walk = walk_text(body, styles, counters, options)
    furniture = _read_furniture(parts.styles, read_styles(common, of_pages), options, walk.next_table)
    raw, blocks = join_pieces([*walk.pieces, *walk.notes, *furniture])
    check_characters(len(raw), options)
    return Reading(
        source=_read_meta(find(parts.meta, f"{OFFICE}meta")),
        raw=raw,
        blocks=blocks,
        warnings=(*parts.warnings, *_left_out(body, walk), *no_text_warning(raw)),
    )


def _read_furniture(root: _Element | None, styles: Styles, options: Options, tables: int) -> list[Piece]:
    """The headers, then the footers of all page styles."""
    masters = find(root, f"{OFFICE}master-styles")
    kinds: tuple[tuple[BlockKind, tuple[str, ...]], ...] = (("header", _HEADERS), ("footer", _FOOTERS))
    stories: list[tuple[BlockKind, list[Piece]]] = []
    for master in () if masters is None else masters.iterchildren(f"{STYLE}master-page"):
        for kind, names in kinds:
            parts = [part for name in names if (part := _find_furniture(master, name)) is not None]
            shown = [part for part in parts if part.get(f"{STYLE}display") != "false"]
            stories += [(kind, walk_text(part, styles, Counters({}), options, kind, tables).pieces) for part in shown]
    return join_furniture(stories)


def _find_furniture(master: _Element, name: str) -> _Element | None:
    part = master.find(f"{STYLE}{name}")
    return master.find(f"{LOEXT}{name}") if part is None else part  # first pages, in LibreOffice from 4.2 to 7.0


def _left_out(body: _Element, walk: Walk) -> tuple[Warning, ...]:
    changes = body.find(f"{TEXT}tracked-changes")
    inserted, deleted = (
        0 if changes is None else sum(1 for _ in changes.iter(f"{TEXT}{kind}")) for kind in ("insertion", "deletion")
    )
    return (
        *changes_warning(inserted=inserted, deleted=deleted),
        *comments_warning(walk.comments),
        *hidden_warning(walk.hidden),
    )


def _read_meta(meta: _Element | None) -> Source:
    def text(name: str) -> str | None:
        """What an element of the metadata says, or None."""
        found = None if meta is None else meta.find(name)
        return None if found is None else (found.text or "").strip()[:1_000] or None

    return Source(
        title=clean_title(text(f"{DC}title")),
        author=clean_author(text(f"{META}initial-creator")) or clean_author(text(f"{DC}creator")),
        created=read_day(text(f"{META}creation-date")),
        modified=read_day(text(f"{DC}date")),
    )
