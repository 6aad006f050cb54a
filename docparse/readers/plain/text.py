"""Plain text: raw is exactly the decoded characters, and each line with something to see is a block."""

from __future__ import annotations

import re
import unicodedata

from docparse.errors import UnsupportedFormatError
from docparse.options import Options
from docparse.readers.charset_tables import weigh_text
from docparse.readers.decode import decode_as, decode_text, find_label
from docparse.readers.pieces import check_characters
from docparse.records import Block, Reading, Source, Warning

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_USUAL = re.compile("[\t\n\r -~\u2010-\u2027\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]+")
_SAMPLE_CHARACTERS = 20_000
_MOST_BROKEN_SHARE = 0.2
_FEW_BROKEN = 3
_FEWEST_TURNS = 2
_SHORTEST_NOISE = 200
_NOISE_WEIGHT = -0.75


def decode_document(data: bytes, options: Options, *, labelled: bool) -> tuple[str, str, tuple[Warning, ...]]:
    """The decoded text, its encoding and warnings, for every format that is text.

    Args:
        labelled: look for a charset label in the bytes, as HTML has.

    Raises:
        UnsupportedFormatError: with code `binary`: the bytes are no text in any candidate charset.
        LimitExceededError: more characters than `options.max_characters`.
        OptionError: `options.encoding` does not exist.
    """
    if options.encoding is not None:
        text, encoding, warnings = decode_as(data, options.encoding)
    else:
        text, encoding, warnings = decode_text(data, find_label(data) if labelled else None)
    if options.encoding is None and _looks_binary(text, encoding):
        raise UnsupportedFormatError(
            "binary", "The bytes are not text in any known encoding.", "Give a document, or name Options.encoding."
        )
    check_characters(len(text), options)
    return text, encoding, warnings


def _looks_binary(text: str, encoding: str) -> bool:
    """A fifth of control characters, unassigned ones and U+FFFD is more than any damaged text shows.

    Random bytes are also characters of some charset, but rare ones; strict UTF-8 cannot be met by chance.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if encoding != "utf-8" and len(sample) > _SHORTEST_NOISE and weigh_text(sample) < _NOISE_WEIGHT:
        return True
    broken = sum(
        1
        for char in _USUAL.sub("", sample)
        if char == "\ufffd" or (char not in "\t\n\r\x0b\x0c" and unicodedata.category(char) in ("Cc", "Cn", "Co"))
    )
    return broken > max(_FEW_BROKEN, _MOST_BROKEN_SHARE * len(sample))


def line_blocks(raw: str) -> list[Block]:
    """A block for each line that has a visible character, without the white space at its ends.

    Where a text has several form feeds they turn its pages, as printing programs and pdftotext write them; a single one
    is a separator that somebody typed.
    """
    page = 1 if count_pages(raw) else None
    counted = 0
    blocks = []
    for match in _LINE.finditer(raw):
        line = match[0]
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            if page is not None:
                page += raw.count("\f", counted, start)
                counted = start
            blocks.append(Block(start=start, end=start + len(stripped), page=page))
    return blocks


def count_pages(raw: str) -> int | None:
    """How many pages the form feeds of a text make, None where there are fewer than two of them."""
    turns = raw.rstrip().count("\f")
    closed = raw.count("\f") > turns  # a feed behind the last page as well
    return turns + 1 if turns + closed >= _FEWEST_TURNS else None


def no_text_warning(raw: str) -> tuple[Warning, ...]:
    """The warning `no-text` where nothing in raw is visible, else nothing."""
    if raw and not raw.isspace():
        return ()
    return (Warning(code="no-text", message="The file has no visible text."),)


def read_text(data: bytes, options: Options) -> Reading:
    """Reading of a plain text file: raw keeps every character and line end, without the byte order mark.

    Raises:
        UnsupportedFormatError: the bytes are no text.
        LimitExceededError: too many characters.
    """
    raw, encoding, warnings = decode_document(data, options, labelled=False)
    return Reading(
        source=Source(encoding=encoding, pages=count_pages(raw)),
        raw=raw,
        blocks=tuple(line_blocks(raw)),
        warnings=(*warnings, *no_text_warning(raw)),
    )


def read_string(text: str, options: Options) -> Reading:
    """Reading of a string that is already decoded. Lone surrogates, which no file can hold, become U+FFFD.

    Raises:
        LimitExceededError: more characters than `options.max_characters`.
    """
    check_characters(len(text), options)
    raw, surrogates = _SURROGATE.subn("\ufffd", text)
    warnings = no_text_warning(raw)
    if surrogates:
        message = f"{surrogates} lone surrogates were read as U+FFFD."
        warnings = (*warnings, Warning(code="lone-surrogates", message=message))
    return Reading(
        source=Source(media_type="text/plain", pages=count_pages(raw)),
        raw=raw,
        blocks=tuple(line_blocks(raw)),
        warnings=warnings,
    )
