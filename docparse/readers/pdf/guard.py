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

_DO = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s{1,20}Do(?![^\s/<>\[\](){}%])")
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


class Facts(NamedTuple):
    """What pypdf says of a PDF."""

    pages: int
    title: str | None = None
    author: str | None = None
    created: date | None = None
    modified: date | None = None
    outline: tuple[Bookmark, ...] = ()


class _Cost(NamedTuple):
    """What one drawing of a content stream costs: forms drawn and bytes interpreted, those inside included."""

    forms: int
    bytes: int


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
        raise _bomb(str(error)[:120]) from error
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
    _check_contents(reader, options)
    outline = read_outline(reader)
    metadata = reader.metadata
    if metadata is None:
        return Facts(pages, outline=outline)
    created = _as_date(lambda: metadata.creation_date)
    return Facts(
        pages,
        title=_clean_title(metadata.get("/Title")),
        author=_clean(metadata.get("/Author")),
        created=created,
        modified=_as_date(lambda: metadata.modification_date) or created,
        outline=outline,
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


def _check_contents(reader: Any, options: Options) -> None:
    costs: dict[int, _Cost] = {}
    fonts: set[int] = set()
    total = _Cost(0, 0)
    for page in reader.pages:
        contents = page.get_contents()
        data = contents.get_data() if contents is not None else b""
        resources = _resolve(page.get("/Resources"))
        drawn = _cost_of(data, resources, costs)
        total = _Cost(total.forms + drawn.forms, total.bytes + drawn.bytes)
        if (
            total.forms > _MOST_FORMS_DRAWN
            or drawn.bytes > _MOST_PAGE_BYTES
            or total.bytes > options.max_expanded_bytes
        ):
            raise _bomb(f"{total.forms:,} forms, {total.bytes:,} bytes")
        _check_fonts(resources, fonts)


def _resolve(thing: Any) -> Any:
    return thing.get_object() if hasattr(thing, "get_object") else thing


def _forms_of(data: bytes, resources: Any) -> list[tuple[Any, int]]:
    """The form XObjects that a content stream draws, and how often."""
    objects: Any = _resolve(resources.get("/XObject")) if hasattr(resources, "get") else None
    if not hasattr(objects, "get") or b"Do" not in data:
        return []
    forms = []
    for name, times in Counter(_DO.findall(data)).items():
        form = _resolve(objects.get("/" + name.decode("latin-1")))
        if hasattr(form, "get_data") and form.get("/Subtype") == "/Form":
            forms.append((form, times))
    return forms


def _cost_of(data: bytes, resources: Any, costs: dict[int, _Cost]) -> _Cost:
    """The cost of drawing a page, by a walk over its forms with a stack of its own, so that they may nest deep.

    Raises:
        LimitExceededError: a form draws itself.
    """
    stack: list[tuple[int, bytes, list[tuple[Any, int]], int]] = [(0, data, _forms_of(data, resources), 0)]
    path = {0}
    parents: list[Any] = [resources]
    while True:
        key, content, forms, done = stack[-1]
        if done < len(forms):
            form = forms[done][0]
            stack[-1] = (key, content, forms, done + 1)
            if id(form) in path:
                raise _bomb("a form that draws itself")
            if id(form) not in costs:
                inner = form.get_data()
                own = _resolve(form.get("/Resources")) or parents[-1]
                path.add(id(form))
                parents.append(own)
                stack.append((id(form), inner, _forms_of(inner, own), 0))
            continue
        cost = _Cost(
            sum(times * (1 + costs[id(form)].forms) for form, times in forms),
            len(content) + sum(times * costs[id(form)].bytes for form, times in forms),
        )
        stack.pop()
        path.discard(key)
        parents.pop()
        if not stack:
            return cost
        costs[key] = cost


def _check_fonts(resources: Any, seen: set[int]) -> None:
    """Unpack character maps and font files that are packed twice or more, which only bombs are."""
    fonts: Any = _resolve(resources.get("/Font")) if hasattr(resources, "get") else None
    if not hasattr(fonts, "values"):
        return
    for entry in fonts.values():
        font = _resolve(entry)
        if id(font) in seen or not hasattr(font, "get"):
            continue
        seen.add(id(font))
        streams = [_resolve(font.get("/ToUnicode"))]
        descendants = _resolve(font.get("/DescendantFonts")) or [font]
        descriptor: Any = _resolve(_resolve(descendants[0]).get("/FontDescriptor")) if len(descendants) else None
        if hasattr(descriptor, "get"):
            streams += [_resolve(descriptor.get(name)) for name in ("/FontFile", "/FontFile2", "/FontFile3")]
        for stream in streams:
            filters = _resolve(stream.get("/Filter")) if hasattr(stream, "get_data") else None
            if isinstance(filters, list) and len(filters) > 1:
                stream.get_data()


def _bomb(what: str) -> LimitExceededError:
    return LimitExceededError(
        "expansion-bomb",
        f"The PDF's content expands beyond the limits ({what}).",
        "Real documents do not; print it to a new PDF if you trust it.",
    )
