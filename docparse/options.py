"""What a caller may choose. Every limit has a safe default, because text comes from strangers."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import msgspec

from docparse.errors import OptionError

# Whose words a simplified text keeps: those it was written in, or the mainland's for Taiwan's.
Wording = Literal["as-written", "mainland"]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Choices for one parse. All are keyword-only; two equal `Options` give equal results for equal bytes.

    Args:
        reference_date: the date that relative expressions (今年, 下月) are resolved against. None: take it from the
            text or the file's metadata; today's date is never used.
        media_type: skip sniffing and read the bytes as this media type.
        encoding: skip charset detection for text and HTML.
        wording: "as-written" keeps Taiwan's and Hong Kong's words, in simplified characters (软体, 网路); "mainland"
            puts the mainland's for Taiwan's (软件, 网络) where a passage is worded in Taiwan's way.
        recognise: read pictures of text (scanned PDF pages) where a recogniser is installed, the extra `ocr`.
        min_confidence: leave out goals, deadlines, targets and results less sure than this, 0 to 1; 0 keeps all. The
            default drops those that were wrong more often than right on corpora/dev (`tests/bench/confidence.py`).
        max_bytes: largest input, in bytes.
        max_characters: longest raw text, in code points. A parse takes some 600 bytes of memory a character.
        max_expanded_bytes: largest sum of unpacked members of a zip-based file, in bytes.
        max_entries: most members of a zip-based file.
        max_depth: deepest nesting of elements in XML and HTML.
        max_attributes: most attributes on one HTML tag.
        max_pages: most pages of a PDF.
        max_objects: most objects of a PDF, and most blocks of any document; half of the elements that one part of a
            package may have.
        max_seconds: longest that another program (LibreOffice, text recognition) may work on one document.
        max_memory_bytes: most memory that another program may take for one document.

    Raises:
        OptionError: a value is of the wrong type or out of range.
    """

    reference_date: date | None = None
    media_type: str | None = None
    encoding: str | None = None
    wording: Wording = "as-written"
    recognise: bool = True
    min_confidence: float = 0.4
    max_bytes: int = 64 * 1024 * 1024
    max_characters: int = 5_000_000
    max_expanded_bytes: int = 256 * 1024 * 1024
    max_entries: int = 5_000
    max_depth: int = 200
    max_attributes: int = 500
    max_pages: int = 5_000
    max_objects: int = 1_000_000
    max_seconds: int = 120
    max_memory_bytes: int = 4 * 1024 * 1024 * 1024

    def __post_init__(self) -> None:
        """Refuse values that no parse can mean. Raises: OptionError."""
        if self.reference_date is not None and type(self.reference_date) is not date:
            raise OptionError("bad-option", f"reference_date is {self.reference_date!r}.", "Give a datetime.date.")
        if self.wording not in get_args(Wording):
            raise OptionError("bad-option", f"wording is {self.wording!r}.", 'Give "as-written" or "mainland".')
        if not isinstance(self.min_confidence, int | float) or not 0 <= self.min_confidence <= 1:
            raise OptionError("bad-option", f"min_confidence is {self.min_confidence}.", "Give a number from 0 to 1.")
        for name in self.__struct_fields__:
            if name.startswith("max_") and getattr(self, name) < 1:
                raise OptionError("bad-option", f"{name} is {getattr(self, name)}.", "Give a number above 0.")


DEFAULT_OPTIONS = Options()
