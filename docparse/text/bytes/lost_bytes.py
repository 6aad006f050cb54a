"""What is lost for good: characters of which a decoder left nothing but U+FFFD or question marks."""

from __future__ import annotations

import re

from docparse.lexicon.patterns import late

HAN = "一-鿿"
REPLACED = re.compile("\ufffd{1,1000}")
# A row of question marks between Chinese characters is a code page that lacked them; ??? at a sentence's end is doubt.
UNMAPPED = rf"(?<=[{HAN}])\?{{3,200}}(?=[{HAN}])"
# The first two bytes of a mark (E2 80, E3 80, EF BC) read as GBK, the third lost; U+FFFD written as UTF-8, read as GBK.
MARK_LOST = re.compile("[鈥锛]\\?|銆\\?|(?:锟斤拷){1,300}")

Lost = tuple[int, int, str, str]  # start, end, code, message


def lost_characters(text: str) -> list[Lost]:
    """The stretches of `text` where characters are lost and nothing tells which: (start, end, code, message), in order.

    U+FFFD; `???` between Chinese characters; 鈥? 锛? 銆? (a mark's last byte was lost); 锟斤拷. A single U+FFFD at a
    line's end is most often a character whose last byte was trimmed as if it were a space (A0 in 无, 0A never).
    """
    found: list[Lost] = []
    if "\ufffd" in text:
        for m in REPLACED.finditer(text):
            edge = m.end() == len(text) or text[m.end()] in "\r\n"
            cut = "the line's last character was cut: a byte of it is missing"
            many = f"{m.end() - m.start()} characters could not be decoded and are lost"
            one = "a character could not be decoded and is lost"
            single = m.end() - m.start() == 1
            found.append((m.start(), m.end(), "lost-character", cut if single and edge else one if single else many))
    if "???" in text:
        message = "question marks stand for characters that the page's charset lacked"
        found.extend((m.start(), m.end(), "lost-character", message) for m in late(UNMAPPED).finditer(text))
    if any(c in text for c in "鈥锛銆锟"):
        message = "UTF-8 was read as GBK and a byte is lost"
        found.extend((m.start(), m.end(), "lost-character", message) for m in MARK_LOST.finditer(text))
    return sorted(found)
