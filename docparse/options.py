"""What a caller may choose. Every limit has a safe default, because text comes from strangers."""

from __future__ import annotations

from datetime import date

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Choices for one parse. All are keyword-only; two equal `Options` give equal results for equal bytes.

    Args:
        reference_date: the date that relative expressions (今年, 下月) are resolved against. None: take it from the
            text or the file's metadata; today's date is never used.
        media_type: skip sniffing and read the bytes as this media type.
        encoding: skip charset detection for text and HTML.
        min_confidence: leave out goals, deadlines, targets and results whose statement's label is less sure, 0 to 1.
        max_bytes: largest input, in bytes.
        max_characters: longest raw text, in code points.
        max_expanded_bytes: largest sum of unpacked members of a zip-based file, in bytes.
        max_entries: most members of a zip-based file.
        max_depth: deepest nesting of elements in XML and HTML.
        max_attributes: most attributes on one HTML tag.
        max_pages: most pages of a PDF.
    """

    reference_date: date | None = None
    media_type: str | None = None
    encoding: str | None = None
    min_confidence: float = 0.0
    max_bytes: int = 64 * 1024 * 1024
    max_characters: int = 20_000_000
    max_expanded_bytes: int = 256 * 1024 * 1024
    max_entries: int = 5_000
    max_depth: int = 200
    max_attributes: int = 500
    max_pages: int = 5_000


DEFAULT_OPTIONS = Options()
