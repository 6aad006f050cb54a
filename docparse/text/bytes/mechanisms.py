"""The damage run forwards: what mirrors and content farms do to GBK bytes. Certificates and the tests' damage use it.

Nothing here repairs. Each function takes sound text and gives what the mechanism makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from docparse.text.bytes.gbk import byte_pair, character_of, is_private

SPACE = b"\xa1\xa1"  # U+3000, the full-width space, in GBK
MARKS = "，；？！"
HALF_MARKS = str.maketrans(MARKS, ",;?!")
FULL_MARKS = str.maketrans(",;?!", MARKS)
# The four marks before which mirrors insert a byte, wherever their two bytes stand: A3AC A3BB A3BF A3A1.
ISOLATED = re.compile(b"\xa3[\xac\xbb\xbf\xa1]")


def strip_spaces(text: str) -> str | None:
    """What deleting the bytes A1 A1 without regard to character borders makes of `text`; None if that is not GBK.

    >>> strip_spaces("开拓市场。")
    '开拓市常'
    """
    try:
        return text.encode("gbk").replace(SPACE, b"").decode("gbk")
    except UnicodeError:
        return None


def insert_glosses(data: bytes, table: Mapping[str, str]) -> bytes:
    """GBK bytes with a gloss behind every occurrence of the table's characters, also across character borders.

    The table's order counts: a gloss that was inserted hides the bytes behind it from those that follow.
    """
    for host, syllable in table.items():
        target = host.encode("gb18030")
        data = data.replace(target, target + f"({syllable})".encode("gb18030"))
    return data


def decode_broken(data: bytes, *, private: bool = False) -> str:
    """GBK bytes as a lenient page decoder reads them: a byte without partner becomes ?, with what it swallowed.

    User-defined pairs become private-use characters, or go, as in most pipelines, where `private` is False.
    """
    out: list[str] = []
    at = 0
    while at < len(data):
        byte = data[at]
        if byte < 0x80:
            out.append(chr(byte))
            at += 1
            continue
        character = character_of(byte, data[at + 1]) if at + 1 < len(data) and 0x81 <= byte <= 0xFE else ""
        if character and (private or not is_private(character)):
            out.append(character)
        elif not character:
            out.append("?")
        at += 1 if byte in (0x80, 0xFF) else 2
    return "".join(out)


def mirror(text: str, table: Mapping[str, str], *, isolate: bool = True, private: bool = False) -> str | None:
    """What a mirror that glosses and isolates marks makes of a page; None if the text is not GBK.

    >>> mirror("銷售部內部", {"內": "nèi", "績": "jī"})
    '銷售部?jī)?nèi)部'
    >>> mirror("力量。客戶資源", {})
    '力量?？蛻糍Y源'
    """
    if any(byte_pair(c) is None and ord(c) >= 0x80 for c in text):
        return None
    data = insert_glosses(text.encode("gb18030"), table)
    if not isolate:
        return decode_broken(data, private=private)
    pieces: list[str] = []
    at = 0
    for m in ISOLATED.finditer(data):
        pieces.append(decode_broken(data[at : m.start()], private=private))
        at = m.start()
    pieces.append(decode_broken(data[at:], private=private))
    return "".join(pieces)
