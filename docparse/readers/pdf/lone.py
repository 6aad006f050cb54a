"""Characters that pdfium drops: one alone in its text object, in a Chinese font that is not embedded.

Without a system font for it such a glyph has an empty box, the text object has no width, and pdfium leaves it out: the
last character of a paragraph, if it stands alone on its line. Its bytes are Unicode, GBK or Big5 by the name of the
font's predefined CMap (ISO 32000-1, 9.7.5.2), so that it can be read without the font.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from docparse.readers.pdf.objects import UNIT, Matrix, times

_MOST_OPERATIONS = 300_000
_CODECS = (("UCS2", "utf-16-be"), ("UTF16", "utf-16-be"), ("GB", "gb18030"), ("B5", "big5"), ("ETen", "big5"))


class LoneChar(NamedTuple):
    """A character with its origin on the page and its size, in points."""

    text: str
    x: float
    y: float
    size: float


def recover(reader: Any, index: int, places: Sequence[tuple[float, float]]) -> tuple[list[LoneChar], int]:
    """The characters that stand at those places on a page of a pypdf reader, and how many are still missing.

    A page without a font that may lack its glyphs misses nothing: what has no width there are spaces.

    Never raises: a content stream that pypdf cannot follow gives nothing, and the caller counts what is missing.
    """
    wanted = {(round(x), round(y)) for x, y in places}
    steps = (-1, 0, 1)
    found = []
    try:
        page = reader.pages[index]
        codecs = _font_codecs(page)
        if not codecs:
            return [], 0
        shown = list(_shown_alone(page, codecs))
    except Exception:  # pypdf and broken operands raise many kinds: TypeError, KeyError, PdfReadError
        return [], len(places)
    for char in shown:
        x, y = round(char.x), round(char.y)
        if any((x + across, y + up) in wanted for across in steps for up in steps):
            found.append(char)
    found.sort(key=lambda char: (-char.y, char.x))
    visible = [char for char in found if not char.text.isspace()]
    return visible, max(len(places) - len(found), 0)


def _shown_alone(page: Any, codecs: dict[str, str]) -> Iterable[LoneChar]:
    """Every character that a text operator shows alone, from the page's own content stream."""
    contents = page.get_contents()
    operations = contents.operations if contents is not None else []
    stack: list[Matrix] = []
    matrix = line = UNIT
    codec: str | None = None
    size = leading = 0.0
    for operands, operator in operations[:_MOST_OPERATIONS]:
        if operator == b"q":
            stack.append(matrix)
        elif operator == b"Q" and stack:
            matrix = stack.pop()
        elif operator == b"cm":
            matrix = times(_matrix(operands), matrix)
        elif operator == b"BT":
            line = UNIT
        elif operator == b"Tf" and len(operands) == 2:
            codec, size = codecs.get(str(operands[0])), float(operands[1])
        elif operator == b"TL" and operands:
            leading = float(operands[0])
        elif operator == b"Tm":
            line = _matrix(operands)
        elif operator in (b"Td", b"TD") and len(operands) == 2:
            line = times((1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), line)
            leading = -float(operands[1]) if operator == b"TD" else leading
        elif operator in (b"T*", b"'", b'"'):
            line = times((1.0, 0.0, 0.0, 1.0, 0.0, -leading), line)
        if operator in (b"Tj", b"TJ", b"'", b'"') and codec is not None and operands:
            text = times(line, matrix)
            shown = _decode(operands[-1], codec)
            if len(shown) == 1:
                yield LoneChar(shown, text[4], text[5], size * (abs(text[3]) or abs(text[1]) or 1.0))


def _font_codecs(page: Any) -> dict[str, str]:
    """The codec of each font of a page whose encoding is a predefined Chinese CMap."""
    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    codecs: dict[str, str] = {}
    for name, font in (fonts.get_object() if fonts is not None else {}).items():
        encoding = str(font.get_object().get("/Encoding", ""))
        codec = next((codec for mark, codec in _CODECS if mark in encoding), None)
        if codec is not None:
            codecs[str(name)] = codec
    return codecs


def _decode(shown: Any, codec: str) -> str:
    parts = shown if isinstance(shown, list) else [shown]
    strings = [part for part in parts if isinstance(part, (str, bytes))]
    data = b"".join(part if isinstance(part, bytes) else part.original_bytes for part in strings)  # type: ignore[attr-defined]
    return data.decode(codec, "ignore") if len(data) <= 4 else ""


def _matrix(operands: Any) -> Matrix:
    if len(operands) != 6:
        return UNIT
    a, b, c, d, e, f = (float(number) for number in operands)
    return a, b, c, d, e, f
