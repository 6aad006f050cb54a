"""What Word writes into the pages that it saves: outline levels, titles, bullets from symbol fonts."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from docparse.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_OUTLINE = re.compile(r"mso-outline-level\s{0,4}:\s{0,4}([1-9])", re.IGNORECASE)
_LISTED = re.compile(r"mso-list\s{0,4}:\s{0,4}l\d", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"font-family\s{0,4}:[\s\"']{0,3}(wingdings|symbol)", re.IGNORECASE)
# What the letters of these fonts look like, those that Word's list galleries and forms use.
_WINGDINGS = dict.fromkeys("lnuvqwpØü§rÜ", "• ") | dict.fromkeys("o¨", "□") | dict.fromkeys("þR", "☑") | {"ý": "☒"}
_SYMBOL = {"·": "• "}
_LONGEST_STYLE = 10_000


def outline_level(paragraph: _Element) -> tuple[BlockKind, int | None] | None:
    """The kind and level that a Word paragraph has by its class and style; None for plain paragraphs."""
    names = paragraph.get("class") or ""
    style = (paragraph.get("style") or "")[:_LONGEST_STYLE]
    if "mso" not in style and "Mso" not in names:
        return None
    if names.startswith("MsoToc"):
        return "toc", None
    if names.startswith("MsoTitle"):
        return "heading", None
    outline = _OUTLINE.search(style)
    if outline is not None:
        return "heading", int(outline[1])
    return ("list_item", None) if _LISTED.search(style) else None


def read_symbol(element: _Element) -> str | None:
    """What a letter in a symbol font looks like (`l` in Wingdings is a bullet), None where the element is none.

    Symbol's Greek letters are left alone. A bullet stands before no-break spaces of another font.
    """
    face = element.get("face")
    style = f"font-family:{face}" if face is not None else element.get("style")
    if not style or len(style) > _LONGEST_STYLE:
        return None
    font = _SYMBOL_FONT.search(style)
    if font is None:
        return None
    text = "".join(str(part)[:40] for part in islice(element.itertext(), 40))[:40].strip()
    return (_WINGDINGS if font[1].lower() == "wingdings" else _SYMBOL).get(text)
