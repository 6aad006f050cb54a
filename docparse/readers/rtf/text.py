"""Characters of Rich Text Format: bytes in the code page of a font, \\u escapes, and words that stand for a sign."""

from __future__ import annotations

import codecs

# Windows character sets of fonts (\\fcharset) and code pages (\\ansicpg, \\cpg) by the codecs that read them.
_OF_CHARSETS = {
    128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    77: "mac_roman", 254: "cp437", 255: "cp850",
}  # fmt: skip
_OF_PAGES = {936: "gb18030", 54936: "gb18030", 10008: "gb2312", 10002: "big5", 65001: "utf-8", 10000: "mac_roman"}
SYMBOL = "symbol"
_SYMBOL_CHARSET = 2
_SYMBOL_BASE = 0xF000
DEFAULT_CODEC = "cp1252"

SIGNS = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"softline": "\n", b"emdash": "—", b"endash": "–",
    b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"bullet": "•", b"lquote": "‘",
    b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
}  # fmt: skip
MARKS = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}


def codec_of_charset(charset: int) -> str | None:
    """The codec of a font's character set; None where it is the document's own code page."""
    return SYMBOL if charset == _SYMBOL_CHARSET else _OF_CHARSETS.get(charset)


def codec_of_page(page: int) -> str | None:
    """The codec of a Windows code page, or None where there is none.

    >>> codec_of_page(936), codec_of_page(1252), codec_of_page(7)
    ('gb18030', 'cp1252', None)
    """
    name = _OF_PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


class TextDecoder:
    """Decodes one stream of bytes and code units; a double byte may be split over runs and groups.

    `broken` counts what could not be decoded and became U+FFFD.
    """

    def __init__(self) -> None:
        self.broken = 0
        self._codec = ""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._waits = False  # for the second byte of a character
        self._high = 0  # the first half of a surrogate pair

    def decode(self, data: bytes, codec: str) -> str:
        """The characters that these bytes complete."""
        out = self._drop_high()
        if codec != self._codec or self._decoder is None:
            if self._waits and self._decoder is not None:
                out += self._feed(data[:1])
                data = data[1:]
            out += self.finish()
            self._codec = codec
            self._decoder = None if codec == SYMBOL else codecs.getincrementaldecoder(codec)("replace")
        if self._decoder is None:
            return out + "".join(chr(_SYMBOL_BASE + byte) if byte > 0x20 else " " for byte in data)
        return out + self._feed(data)

    def unit(self, number: int) -> str:
        """The character of a \\u escape: a UTF-16 code unit, written as a signed number by most."""
        out = self.finish() if self._waits else ""
        unit = number + 0x10000 if number < 0 else number
        if 0xDC00 <= unit <= 0xDFFF and self._high:
            point = 0x10000 + ((self._high - 0xD800) << 10) + (unit - 0xDC00)
            self._high = 0
            return out + chr(point)
        out += self._drop_high()
        if 0xD800 <= unit <= 0xDBFF:
            self._high = unit
            return out
        if not 0 < unit <= 0x10FFFF or 0xDC00 <= unit <= 0xDFFF:
            self.broken += 1
            return out + "\ufffd"
        return out + chr(unit)

    def finish(self) -> str:
        """What half a character, left over where the text goes on with something else, becomes."""
        out = self._drop_high()
        if self._waits and self._decoder is not None:
            out += self._feed(b"", final=True)
            self._decoder.reset()
        return out

    def _feed(self, data: bytes, *, final: bool = False) -> str:
        if self._decoder is None:
            return ""
        text = self._decoder.decode(data, final)
        self._waits = not final and bool(self._decoder.getstate()[0])
        self.broken += text.count("\ufffd")
        return text

    def _drop_high(self) -> str:
        if not self._high:
            return ""
        self._high = 0
        self.broken += 1
        return "\ufffd"
