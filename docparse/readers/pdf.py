"""PDF: pypdf checks the file and gives its metadata, pypdfium2 gives characters, the joining is our own."""

from __future__ import annotations

from typing import Any

from docparse.errors import DamagedFileError
from docparse.options import Options
from docparse.readers.pdf_guard import inspect_pdf, quiet_pypdf
from docparse.readers.pdf_join import join_pages
from docparse.readers.pdf_lines import PageLines, read_lines
from docparse.readers.pdf_lone import LoneChar, find_lost, open_reader, recover
from docparse.readers.pieces import check_characters, join_pieces
from docparse.records import Reading, Source, Warning


def read_pdf(data: bytes, options: Options) -> Reading:
    """Reading of a PDF: one block for each paragraph, rejoined from its lines, with its first page and font size.

    A PDF of scanned pages gives an empty raw and the warning `pdf-without-text`; if only some pages have no text,
    the warning names them.

    Raises:
        DamagedFileError: truncated, corrupt, or encrypted with a password.
        LimitExceededError: too many pages or characters, or content that expands beyond the limits.
    """
    facts = inspect_pdf(data, options)
    with quiet_pypdf():
        pages, missing = _read_pages(data, options)
    raw, blocks = join_pieces(join_pages(pages))
    return Reading(
        source=Source(pages=len(pages), title=facts.title, author=facts.author, modified=facts.modified),
        raw=raw,
        blocks=blocks,
        warnings=(*_text_warnings(pages), *_missing_warnings(missing)),
    )


def _read_pages(data: bytes, options: Options) -> tuple[list[PageLines], int]:
    """The lines of all pages, and how many characters pdfium left out that could not be recovered."""
    import pypdfium2

    pages: list[PageLines] = []
    characters = missing = 0
    reader: Any = None
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            for index in range(len(document)):
                page = document[index]
                lone: list[LoneChar] = []
                places = find_lost(page)
                if places:
                    reader = reader or open_reader(data)
                    lone, still_missing = recover(reader, index, places)
                    missing += still_missing
                pages.append(read_lines(page, lone))
                page.close()
                characters += sum(len(line.text) + 1 for line in pages[-1].lines)
                check_characters(characters, options)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(
            "damaged-pdf", f"The PDF cannot be read ({error}).", "Print it to a new PDF and parse that."
        ) from error
    return pages, missing


def _text_warnings(pages: list[PageLines]) -> tuple[Warning, ...]:
    empty = [number for number, page in enumerate(pages, 1) if not page.lines]
    if not empty:
        return ()
    if len(empty) == len(pages):
        message = "No page has a text layer: these are pictures of text. Run text recognition (OCR) first."
        return (Warning(code="pdf-without-text", message=message),)
    shown = ", ".join(map(str, empty[:20])) + (" …" if len(empty) > 20 else "")
    return (Warning(code="pdf-pages-without-text", message=f"Pages without a text layer: {shown}."),)


def _missing_warnings(missing: int) -> tuple[Warning, ...]:
    if not missing:
        return ()
    message = f"Up to {missing} characters have no font in the file and could not be read."
    return (Warning(code="pdf-characters-missing", message=message),)
