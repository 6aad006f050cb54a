"""Word documents: the body as a reader sees it on the page, with automatic numbering written into raw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docparse.options import Options
from docparse.readers.docx_numbering import Counters, read_numbering
from docparse.readers.docx_package import open_package
from docparse.readers.docx_styles import Styles, read_styles
from docparse.readers.docx_walk import walk_body
from docparse.readers.docx_xml import W, value
from docparse.readers.pieces import Piece, check_characters, join_pieces
from docparse.readers.text import no_text_warning
from docparse.records import BlockKind, Reading, Source

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_docx(data: bytes, options: Options) -> Reading:
    """Reading of a .docx: the body in document order, then notes, headers and footers under their own kinds.

    Raises:
        DamagedFileError: truncated, corrupt, or declaring XML entities.
        LimitExceededError: too many members, too large unpacked, nested too deep, too many characters.
    """
    package = open_package(data, options)
    styles = read_styles(package.styles)
    counters = Counters(read_numbering(package.numbering))
    pieces, tables = walk_body(package.body, styles, counters)
    for note_part in package.notes:
        for note in note_part:
            if isinstance(note.tag, str) and value(note, "type") in (None, "normal"):
                found, tables = walk_body(note, styles, counters, "note", tables)
                pieces.extend(found)
    pieces.extend(_furniture(package.headers, "header", styles, counters))
    pieces.extend(_furniture(package.footers, "footer", styles, counters))
    raw, blocks = join_pieces(pieces)
    check_characters(len(raw), options)
    return Reading(
        source=Source(title=package.title, author=package.author, modified=package.modified),
        raw=raw,
        blocks=blocks,
        warnings=(*package.warnings, *no_text_warning(raw)),
    )


def _furniture(parts: tuple[_Element, ...], kind: BlockKind, styles: Styles, counters: Counters) -> list[Piece]:
    """Headers or footers; one that says the same as another (first page, even pages) is written once."""
    pieces: list[Piece] = []
    seen: set[str] = set()
    for part in parts:
        if part.tag not in (W + "hdr", W + "ftr"):
            continue
        found, _ = walk_body(part, styles, counters, kind)
        found = [piece._replace(cell=None, kind=kind) for piece in found]
        text = "\n".join(piece.text for piece in found)
        if text not in seen:
            seen.add(text)
            pieces.extend(found)
    return pieces
