"""Checks of a PDF with pypdf before the native parser sees it, and what the file says of itself.

pypdfium2 aborts the whole process on some hostile files (nested compression, forms that draw themselves) where pypdf
raises; so everything that is expanded while text is extracted is measured here first.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError
from docparse.options import Options
from docparse.readers.pdf.mend import PasswordNeededError, mend_pdf
from docparse.readers.pdf.outline import Bookmark, read_outline
from docparse.readers.pdf.streams import Unpacked, bomb, measure, resolve, unpack

_DO = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s{1,20}Do(?![^\s/<>\[\](){}%])")
_SHOWS_TEXT = re.compile(rb"[)>\]\s](?:Tj|TJ|'|\")(?![^\s/<>\[\](){}%])")
_PRINTED = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint|Excel)|WPS(?: Office| 文字)?|Print|打印)\s?[-–]\s?", re.IGNORECASE
)
_SUFFIX = re.compile(r"\.(?:docx?|wps|rtf|odt|pdf|html?|indd|pptx?|xlsx?|txt|tmp)$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:untitled|document|doc|unknown|title|(?:幻灯片|演示文稿|文档|文件|未命名|无标题|無標題|新建[^\d]{0,20}文档?|无题)"
    r"|none|null|[\d\s_.+-]{1,40})[\s_-]{0,2}[(（]?\d{0,4}[)）]?",
    re.IGNORECASE,
)
_MOST_FORMS_DRAWN = 200_000
_LOCKED = "encrypted-with-aes"  # inside this module: pdfium opens what pypdf cannot
_MOST_PAGE_BYTES = 24 * 1024 * 1024
_MOST_PARTS = 10_000  # streams of one page
_MOST_FONT_BYTES = 128 * 1024 * 1024  # the largest Chinese fonts unpack to 30 MB


class Facts(NamedTuple):
    """What pypdf says of a PDF."""

    pages: int
    title: str | None = None
    author: str | None = None
    created: date | None = None
    modified: date | None = None
    outline: tuple[Bookmark, ...] = ()
    damaged: tuple[int, ...] = ()  # pages, from 1
    reader: Any = None  # pypdf's, for what pdfium leaves out


class _Cost(NamedTuple):
    """What one drawing of a content stream costs: forms drawn and bytes interpreted, those inside included; and
    whether any of them is damaged."""

    forms: int
    bytes: int
    damaged: bool = False


@contextmanager
def quiet_pypdf() -> Iterator[None]:
    """A context in which pypdf's remarks on broken objects do not go to the terminal of who has set up no logging."""
    logger = logging.getLogger("pypdf")
    handler = logging.NullHandler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def open_pdf(data: bytes, options: Options) -> tuple[bytes, Facts, bool]:
    """The bytes to give to the native parser, what the file says of itself, and whether it had to be mended.

    What pypdf cannot open is copied by pdfium in a process of its own, and the copy is inspected in its place.

    Raises:
        DamagedFileError: beyond mending, or encrypted with a password.
        LimitExceededError: too many pages, or content that expands beyond the limits.
    """
    try:
        return data, inspect_pdf(data, options), False
    except DamagedFileError as error:
        if error.code not in ("damaged-pdf", _LOCKED):
            raise
        damaged = error.code == "damaged-pdf"
        try:
            copy = mend_pdf(data, options)
        except PasswordNeededError:
            raise _encrypted() from error
        if copy is None:
            raise (error if damaged else _encrypted()) from error
    return copy, inspect_pdf(copy, options), damaged


def _encrypted() -> DamagedFileError:
    return DamagedFileError(
        "encrypted", "The PDF is encrypted with a password.", "Remove the password and parse it again."
    )


def inspect_pdf(data: bytes, options: Options) -> Facts:
    """Page count and metadata of a PDF that is safe to give to the native parser.

    Raises:
        DamagedFileError: truncated, corrupt, or encrypted with a password.
        LimitExceededError: too many pages, or content that expands beyond the limits.
    """
    from pypdf import errors

    try:
        with quiet_pypdf():
            return _inspect(data, options)
    except DocparseError:
        raise
    except errors.LimitReachedError as error:
        raise bomb(str(error)[:120]) from error
    except errors.DependencyError as error:
        raise DamagedFileError(
            _LOCKED, "The PDF is encrypted in a way that pypdf opens with `cryptography` only.", "Install it."
        ) from error
    except RecursionError as error:
        raise LimitExceededError(
            "too-deep", "The PDF nests its objects too deep.", "Print it to a new PDF if you trust it."
        ) from error
    except Exception as error:  # pypdf lets many kinds through: ValueError, KeyError, TypeError, struct.error
        raise DamagedFileError(
            "damaged-pdf",
            f"The PDF is truncated or corrupt ({type(error).__name__}: {str(error)[:120]}).",
            "Get a whole copy of the file, or print it to a new PDF.",
        ) from error


def _inspect(data: bytes, options: Options) -> Facts:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _encrypted()
    pages = len(reader.pages)
    if pages > options.max_pages:
        raise LimitExceededError(
            "too-many-pages",
            f"The PDF has {pages:,} pages; the limit is {options.max_pages:,}.",
            "Split the file, or raise Options.max_pages.",
        )
    damaged = _check_contents(reader, options)
    outline = read_outline(reader)
    metadata = reader.metadata
    if metadata is None:
        return Facts(pages, outline=outline, damaged=damaged, reader=reader)
    created = _as_date(lambda: metadata.creation_date)
    return Facts(
        pages,
        title=_clean_title(metadata.get("/Title")),
        author=_clean(metadata.get("/Author")),
        created=created,
        modified=_as_date(lambda: metadata.modification_date) or created,
        outline=outline,
        damaged=damaged,
        reader=reader,
    )


def _clean(text: object) -> str | None:
    return text.replace("\0", "").strip() or None if isinstance(text, str) else None


def _clean_title(text: object) -> str | None:
    """A title without what printers write around it (Microsoft Word - 计划.doc); None for 文档1 and untitled."""
    title = _PRINTED.sub("", _clean(text) or "")
    title = _SUFFIX.sub("", title).strip()
    return title if title and not _NO_TITLE.fullmatch(title) else None


def _as_date(get: Any) -> date | None:
    try:
        moment = get()
    except ValueError:  # a malformed date is no date
        return None
    return moment.date() if isinstance(moment, datetime) else None


def _check_contents(reader: Any, options: Options) -> tuple[int, ...]:
    """The numbers of the pages whose contents are damaged, from 1.

    Raises:
        LimitExceededError: a page, its forms or its fonts expand beyond the limits.
    """
    costs: dict[int, _Cost] = {}
    fonts = _Fonts(set(), min(options.max_expanded_bytes, _MOST_FONT_BYTES))
    forms = size = 0
    damaged: list[int] = []
    for number, page in enumerate(reader.pages, 1):
        data, whole = _read_contents(page)
        resources = resolve(page.get("/Resources"))
        drawn = _cost_of(data, resources, costs, fonts)
        forms, size = forms + drawn.forms, size + drawn.bytes
        if forms > _MOST_FORMS_DRAWN or drawn.bytes > _MOST_PAGE_BYTES or size > options.max_expanded_bytes:
            raise bomb(f"{forms:,} forms, {size:,} bytes")
        if not whole or drawn.damaged:
            damaged.append(number)
    return tuple(damaged)


def _read_contents(page: Any) -> Unpacked:
    """The content of a page, its parts put together, and whether all of it is whole."""
    listed = resolve(page.get("/Contents"))
    streams = [resolve(each) for each in listed] if isinstance(listed, list) else [listed]
    if len(streams) > _MOST_PARTS:
        raise bomb(f"a page of {len(streams):,} streams")
    parts: list[bytes] = []
    room, whole = _MOST_PAGE_BYTES, True
    for stream in streams:
        if not hasattr(stream, "get_data"):
            continue
        data, sound = unpack(stream, room)
        room, whole = room - len(data), whole and sound
        parts.append(data)
    return Unpacked(b"\n".join(parts), whole)


def _forms_of(data: bytes, resources: Any) -> list[tuple[Any, int]]:
    """The form XObjects that a content stream draws, and how often."""
    objects: Any = resolve(resources.get("/XObject")) if hasattr(resources, "get") else None
    if not hasattr(objects, "get") or b"Do" not in data:
        return []
    forms = []
    for name, times in Counter(_DO.findall(data)).items():
        form = resolve(objects.get("/" + name.decode("latin-1")))
        if hasattr(form, "get_data") and form.get("/Subtype") == "/Form":
            forms.append((form, times))
    return forms


def _cost_of(data: bytes, resources: Any, costs: dict[int, _Cost], fonts: _Fonts) -> _Cost:
    """The cost of drawing a page, by a walk over its forms with a stack of its own, so that they may nest deep.

    Raises:
        LimitExceededError: a form draws itself.
    """
    _check_fonts(resources, fonts)
    stack: list[tuple[int, int, bool, list[tuple[Any, int]], int]] = [
        (0, len(data), False, _forms_of(data, resources), 0)
    ]
    path = {0}
    parents: list[Any] = [resources]
    while True:
        key, size, damaged, forms, done = stack[-1]
        if done < len(forms):
            form = forms[done][0]
            stack[-1] = (key, size, damaged, forms, done + 1)
            if id(form) in path:
                raise bomb("a form that draws itself")
            if id(form) not in costs:
                inner, whole = unpack(form, _MOST_PAGE_BYTES)
                own = resolve(form.get("/Resources")) or parents[-1]
                _check_fonts(own, fonts)
                path.add(id(form))
                parents.append(own)
                stack.append((id(form), len(inner), not whole, _forms_of(inner, own), 0))
            continue
        cost = _Cost(
            sum(times * (1 + costs[id(form)].forms) for form, times in forms),
            size + sum(times * costs[id(form)].bytes for form, times in forms),
            damaged or any(costs[id(form)].damaged for form, _ in forms),
        )
        stack.pop()
        path.discard(key)
        parents.pop()
        if not stack:
            return cost
        costs[key] = cost


class _Fonts:
    """The fonts and their streams that have been measured, and how many bytes all of them may still unpack to."""

    def __init__(self, seen: set[int], room: int) -> None:
        self.seen = seen
        self.room = room


def _check_fonts(resources: Any, known: _Fonts) -> None:
    """Measure what the native parser unpacks of each font: its file, its character maps, its glyphs.

    Raises:
        LimitExceededError: they unpack to more than fonts hold.
    """
    fonts: Any = resolve(resources.get("/Font")) if hasattr(resources, "get") else None
    if not hasattr(fonts, "values") or id(fonts) in known.seen:
        return
    known.seen.add(id(fonts))
    for entry in fonts.values():
        font = resolve(entry)
        if id(font) in known.seen or not hasattr(font, "get"):
            continue
        known.seen.add(id(font))
        _check_glyphs(font, fonts)
        for stream, most in _font_streams(font):
            if hasattr(stream, "get_data") and id(stream) not in known.seen:
                known.seen.add(id(stream))
                known.room -= measure(stream, min(most, known.room))


def _check_glyphs(font: Any, around: Any) -> None:
    """Refuse glyphs that write in a font of drawn glyphs, as only rings do: each level multiplies the native parser's
    work, 700 MB and 7 s for three characters.

    Args:
        around: the fonts of the resources that the font stands in.

    Raises:
        LimitExceededError: there is such a glyph.
    """
    glyphs = resolve(font.get("/CharProcs"))
    if not hasattr(glyphs, "values"):
        return
    resources = resolve(font.get("/Resources"))
    fonts = resolve(resources.get("/Font")) if hasattr(resources, "get") else around
    inner = [resolve(each) for each in fonts.values()] if hasattr(fonts, "values") else []
    if not any(hasattr(each, "get") and each.get("/Subtype") == "/Type3" for each in inner):
        return
    for glyph in map(resolve, glyphs.values()):
        if hasattr(glyph, "get_data") and _SHOWS_TEXT.search(unpack(glyph, _MOST_PAGE_BYTES).data):
            raise bomb("a glyph that draws glyphs")


def _font_streams(font: Any) -> Iterator[tuple[Any, int]]:
    """The streams of a font, each with the most that it may unpack to."""
    for name in ("/ToUnicode", "/Encoding"):
        yield resolve(font.get(name)), _MOST_PAGE_BYTES
    glyphs = resolve(font.get("/CharProcs"))
    if hasattr(glyphs, "values"):
        for glyph in glyphs.values():
            yield resolve(glyph), _MOST_PAGE_BYTES
    listed = resolve(font.get("/DescendantFonts"))
    descendants = [resolve(listed[0])] if isinstance(listed, list) and listed else []
    for holder in (font, *descendants):
        if not hasattr(holder, "get"):
            continue
        yield resolve(holder.get("/CIDToGIDMap")), _MOST_PAGE_BYTES
        descriptor: Any = resolve(holder.get("/FontDescriptor"))
        if hasattr(descriptor, "get"):
            for name in ("/FontFile", "/FontFile2", "/FontFile3", "/CIDSet"):
                yield resolve(descriptor.get(name)), _MOST_FONT_BYTES
