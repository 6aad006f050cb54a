"""PDF: pypdf checks the file and gives its metadata, pypdfium2 gives characters, the joining is our own."""

from __future__ import annotations

from typing import Any, NamedTuple

from docparse.errors import DamagedFileError
from docparse.options import Options
from docparse.readers.pdf.chars import read_chars
from docparse.readers.pdf.columns import order_lines
from docparse.readers.pdf.furniture import body_size, label_lines
from docparse.readers.pdf.guard import Facts, open_pdf, quiet_pypdf
from docparse.readers.pdf.headings import guess_headings
from docparse.readers.pdf.join import join_pages, list_words
from docparse.readers.pdf.lines import Fonts, Line, PageLines, make_lines
from docparse.readers.pdf.lone import LoneChar, recover
from docparse.readers.pdf.objects import PageObjects, read_objects
from docparse.readers.pdf.ocr import recognise_pages
from docparse.readers.pdf.outline import mark_headings
from docparse.readers.pdf.tables import find_grids, frame_flows, move_rules, take_tables
from docparse.readers.pieces import Piece, check_characters, join_pieces
from docparse.records import Reading, Source, Warning

_PICTURE_SHARE = 0.15  # of the page: smaller pictures are stamps and logos
_OUTLINES = 100  # objects: letters as outlines are one or more each
_HIDDEN_CHARACTERS = 20  # fewer are marks that a layout leaves behind


class _Pages(NamedTuple):
    pages: list[PageLines]
    missing: int
    recognised: tuple[int, ...]
    engine: str | None


def read_pdf(data: bytes, options: Options) -> Reading:
    """Reading of a PDF: one block for each paragraph, rejoined from its lines, with its first page and font size;
    cells of ruled tables; headings by the bookmarks, or else by their type.

    A PDF of scanned pages gives an empty raw and the warning `pdf-without-text`; if only some pages have no text,
    the warning names them. Where a recogniser is installed its text is taken, with the warning `text-recognised`.

    Raises:
        DamagedFileError: truncated, corrupt, or encrypted with a password.
        LimitExceededError: too many pages or characters, or content that expands beyond the limits.
    """
    data, facts, mended = open_pdf(data, options)
    with quiet_pypdf():
        read = _read_pages(data, facts.reader, options)
    raw, blocks = join_pieces(_make_pieces(read.pages, facts))
    source = Source(
        pages=len(read.pages),
        title=facts.title,
        author=facts.author,
        created=facts.created,
        modified=facts.modified,
        reader=f"pypdfium2+{read.engine}" if read.engine else None,
    )
    warnings = (
        *_damage_warnings(mended, facts.damaged),
        *_text_warnings(read),
        *_missing_warnings(read),
        *_hidden_warnings(read.pages),
    )
    return Reading(source=source, raw=raw, blocks=blocks, warnings=warnings)


def _make_pieces(pages: list[PageLines], facts: Facts) -> list[Piece]:
    size = body_size(pages)
    labelled = mark_headings(label_lines(pages, size), facts.outline)
    outlined = any(line.kind == "heading" for page in labelled for line in page.lines)
    pieces = join_pages(labelled, size, list_words(labelled))
    return guess_headings(pieces, size, outlined=outlined)


def _read_pages(data: bytes, reader: Any, options: Options) -> _Pages:
    """The lines of all pages, and how many characters pdfium left out that could not be recovered."""
    import pypdfium2

    pages: list[PageLines] = []
    characters = missing = objects = 0
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            for index in range(len(document)):
                page = document[index]
                seen = read_objects(page, max(options.max_objects - objects, 0))
                objects += seen.total
                lone: list[LoneChar] = []
                if seen.lost:
                    lone, still_missing = recover(reader, index, seen.lost)
                    missing += still_missing
                pages.append(_read_page(page, seen, lone))
                page.close()
                characters += sum(_length(line) for line in pages[-1].lines)
                check_characters(characters, options)
            pages, recognised, engine = recognise_pages(document, pages, options)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(
            "damaged-pdf", f"The PDF cannot be read ({error}).", "Print it to a new PDF and parse that."
        ) from error
    return _Pages(pages, missing + sum(page.unmapped for page in pages), recognised, engine)


def _length(line: Line) -> int:
    return len(line.text) + 1 + sum(len(inner.text) + 1 for cell in line.cells for inner in cell.lines)


def _read_page(page: Any, objects: PageObjects, lone: list[LoneChar]) -> PageLines:
    """The lines of one page in reading order: tables taken out, frames and turned text in flows of their own."""
    text_page = page.get_textpage()
    try:
        chars = read_chars(page, text_page, objects, lone)
        fonts = Fonts(text_page)
        lines: list[Line] = []
        for number, group in enumerate(chars.groups):
            if number:
                lines += [line._replace(flow=-number) for line in order_lines(make_lines(group, fonts), tables=False)]
                continue
            rest, tables, frames = take_tables(
                group, find_grids(move_rules(objects.rules, chars.matrix)), fonts, chars.width
            )
            lines += _order_flows(frame_flows(make_lines(rest, fonts), frames) + tables)
    finally:
        text_page.close()
    for text, size in chars.skewed:
        lines.append(Line(text, 0.0, 0.0, 0.0, size, False, 0.0, flow=-9, kind="header"))
    pictured = _is_pictured(page, objects)
    return PageLines(lines, chars.height, chars.width, chars.hidden, fonts.unmapped, pictured)


def _is_pictured(page: Any, objects: PageObjects) -> bool:
    """True where pictures, or letters drawn as outlines, fill enough of the page to be its text."""
    width, height = page.get_size()
    area = sum((right - left) * (top - bottom) for left, bottom, right, top in objects.pictures)
    return area > _PICTURE_SHARE * width * height or objects.total - objects.texts > _OUTLINES


def _order_flows(lines: list[Line]) -> list[Line]:
    """The body in reading order, and each frame's lines behind the last body line that stands above its top."""
    ordered = order_lines([line for line in lines if not line.flow])
    flows: dict[int, list[Line]] = {}
    for line in lines:
        if line.flow:
            flows.setdefault(line.flow, []).append(line)
    for own in sorted(flows.values(), key=lambda each: -max(line.y for line in each)):
        top = max(line.y for line in own)
        at = next((n for n, line in enumerate(ordered) if not line.flow and line.y < top), len(ordered))
        ordered[at:at] = [line._replace(flow=own[0].flow) for line in order_lines(own)]
    return ordered


def _damage_warnings(mended: bool, pages: tuple[int, ...]) -> tuple[Warning, ...]:
    if not mended and not pages:
        return ()
    message = "The file is damaged. What could be read was read; pages or text may be missing."
    if pages:
        message = f"The content of these pages is damaged; text may be missing or wrong: {_shown(pages)}."
    return (Warning(code="pdf-damaged", message=message),)


def _text_warnings(read: _Pages) -> tuple[Warning, ...]:
    warnings = []
    if read.recognised:
        message = f"Text of these pages was recognised from their pictures and may be wrong: {_shown(read.recognised)}."
        warnings.append(Warning(code="text-recognised", message=message))
    empty = tuple(number for number, page in enumerate(read.pages, 1) if not page.lines)
    if empty and len(empty) == len(read.pages):
        message = "No page has a text layer: these are pictures of text. Run text recognition (OCR) first."
        warnings.append(Warning(code="pdf-without-text", message=message))
    elif empty:
        message = f"Pages without a text layer: {_shown(empty)}."
        warnings.append(Warning(code="pdf-pages-without-text", message=message))
    return tuple(warnings)


def _shown(pages: tuple[int, ...]) -> str:
    return ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")


def _missing_warnings(read: _Pages) -> tuple[Warning, ...]:
    if not read.missing:
        return ()
    message = f"Up to {read.missing} characters have no font in the file and could not be read."
    return (Warning(code="pdf-characters-missing", message=message),)


def _hidden_warnings(pages: list[PageLines]) -> tuple[Warning, ...]:
    hidden = sum(page.hidden for page in pages)
    if hidden < _HIDDEN_CHARACTERS:
        return ()
    message = f"{hidden} characters that nobody sees (white, invisible, or beside the page) were left out."
    return (Warning(code="hidden-text", message=message),)
