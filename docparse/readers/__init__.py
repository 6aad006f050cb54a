"""Readers: bytes to `Reading`. They know file formats and know nothing of Chinese plans."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import msgspec

from docparse.errors import DocparseError, OptionError, UnreadableFileError
from docparse.options import DEFAULT_OPTIONS, Options
from docparse.readers import media_types, sniff
from docparse.readers.decode import decode_text
from docparse.readers.html.error_pages import error_page_warning
from docparse.readers.limits import check_size
from docparse.readers.plain.csv_text import is_csv, read_csv
from docparse.readers.plain.text import read_string, read_text
from docparse.records import Reading

__all__ = ["FORMATS", "Format", "decode_text", "printable", "read_bytes", "read_path", "read_string"]


class Format(NamedTuple):
    """One format: its media type, whether bytes are of it, and its reader."""

    media_type: str
    sniff: Callable[[bytes, str | None], bool]
    read: Callable[[bytes, Options], Reading]


def _is_markdown(data: bytes, path: str | None) -> bool:
    text, _, _ = decode_text(data[:100_000])
    return sniff.is_markdown(text, path)


def _is_text(data: bytes, path: str | None) -> bool:
    return True


def _late(module: str, name: str) -> Callable[[bytes, Options], Reading]:
    """The reader `name`, imported when its first file comes: a text need not wait for Word's and PDF's (0.15 s)."""

    def read(data: bytes, options: Options) -> Reading:
        reading: Reading = getattr(import_module(f"{__name__}.{module}"), name)(data, options)
        return reading

    return read


FORMATS: tuple[Format, ...] = (
    Format(media_types.PDF, sniff.is_pdf, _late("pdf.document", "read_pdf")),
    Format(media_types.DOCX, sniff.is_docx, _late("docx.document", "read_docx")),
    Format(media_types.DOC, sniff.is_doc, _late("doc.office", "read_doc")),
    Format(media_types.ODT, sniff.is_odt, _late("odt.document", "read_odt")),
    Format(media_types.RTF, sniff.is_rtf, _late("rtf.document", "read_rtf")),
    Format(media_types.WORD_XML, sniff.is_word_xml, _late("docx.word_xml", "read_word_xml")),
    Format(media_types.FODT, sniff.is_fodt, _late("odt.document", "read_fodt")),
    Format(media_types.WORKS, sniff.is_works, _late("doc.office", "read_works")),
    Format(media_types.MHTML, sniff.is_mhtml, _late("html.mhtml", "read_mhtml")),
    Format(media_types.HTML, sniff.is_html, _late("html.page", "read_html")),
    Format(media_types.CSV, is_csv, read_csv),
    Format(media_types.MARKDOWN, _is_markdown, _late("plain.markdown", "read_markdown")),
    Format(media_types.TEXT, _is_text, read_text),
)
_MODULES = (
    "pdf.document",
    "docx.document",
    "doc.office",
    "odt.document",
    "rtf.document",
    "docx.word_xml",
    "html.mhtml",
    "html.page",
    "plain.markdown",
)
"""Where the readers of FORMATS are."""


def read_bytes(data: bytes, *, path: str | None = None, options: Options = DEFAULT_OPTIONS) -> Reading:
    """The raw text of a file, its blocks, what it says of itself, and what went wrong while reading.

    Args:
        data: the whole file.
        path: where it came from; put into `source.path` as given. Its suffix settles Markdown against text, and an
            error page that is named like a document.
        options: limits, and `media_type` or `encoding` where they are known.

    Raises:
        DamagedFileError: empty, truncated, corrupt or encrypted.
        UnsupportedFormatError: of a format that is not read, or not on this machine.
        LimitExceededError: larger, deeper or more expanded than `options` allows.
        OptionError: `options.media_type` or `options.encoding` is unknown.
    """
    check_size(data, options)
    entry = _choose_format(data, path, options)
    try:
        reading = entry.read(data, options)
    except (MemoryError, RecursionError) as error:
        raise DocparseError(
            "reader-exhausted", f"Reading {entry.media_type} needs too much memory.", "Do not trust the file."
        ) from error
    source = msgspec.structs.replace(
        reading.source,
        path=printable(path) if path is not None else None,
        media_type=reading.source.media_type or entry.media_type,  # a reader may know the kind better: docm, dotx
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    warnings = reading.warnings
    if entry.media_type in (media_types.HTML, media_types.TEXT):
        warnings = (*warnings, *error_page_warning(reading, path))
    return msgspec.structs.replace(reading, source=source, warnings=warnings)


_LONGEST_SHOWN = 1000
"""A missing path that is longer is not shown whole, and is no path in all likelihood."""


def printable(name: str) -> str:
    """A file name that UTF-8 can hold: what the file system gave in another encoding becomes U+FFFD."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_path(path: str | Path, *, options: Options = DEFAULT_OPTIONS) -> Reading:
    """The reading of the file at `path`; see `read_bytes`.

    Raises:
        UnreadableFileError: missing, a directory, or no rights.
        DocparseError: whatever `read_bytes` raises.
    """
    where = Path(path)
    try:
        if where.is_dir():
            raise UnreadableFileError("is-directory", f"{path} is a directory.", "Give a file, or parse many files.")
        if not where.is_file() and where.exists():  # a pipe or a device may never end
            raise UnreadableFileError("unreadable-file", f"{path} is no regular file.", "Give a regular file.")
        with where.open("rb") as stream:
            data = stream.read(options.max_bytes + 1)
    except FileNotFoundError as error:
        raise _text_for_path(path) or UnreadableFileError(
            "file-not-found", f"There is no file {path}.", "Check the name."
        ) from error
    except PermissionError as error:
        raise UnreadableFileError("no-permission", f"You may not read {path}.", "Check the file's rights.") from error
    except (OSError, ValueError) as error:
        raise _text_for_path(path) or UnreadableFileError(
            "unreadable-file", f"{path} cannot be read ({error}).", "Check the path."
        ) from error
    return read_bytes(data, path=str(path), options=options)


def _text_for_path(path: str | Path) -> UnreadableFileError | None:
    """What to say where somebody gave a whole text in place of a path."""
    if "\n" not in str(path).strip() and len(str(path)) < _LONGEST_SHOWN:
        return None
    shown = printable(" ".join(str(path)[:60].split()))
    advice = "Give the path of a file; for the text itself call parse_text, or parse with its bytes."
    return UnreadableFileError("unreadable-file", f"There is no file “{shown}…”: it looks like text.", advice)


def load_readers() -> None:
    """Import every reader now, as a process does before it limits its memory."""
    for module in _MODULES:
        import_module(f"{__name__}.{module}")


def _choose_format(data: bytes, path: str | None, options: Options) -> Format:
    if options.media_type is not None:
        for entry in FORMATS:
            if entry.media_type == options.media_type:
                if not data:
                    sniff.check_readable(data)
                return entry
        known = ", ".join(entry.media_type for entry in FORMATS)
        raise OptionError("unknown-media-type", f"{options.media_type!r} is not read.", f"Use one of: {known}.")
    sniff.check_readable(data)
    return next(entry for entry in FORMATS if entry.sniff(data, path))
