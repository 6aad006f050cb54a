"""HTML and string-escape remains in the text of a page: entities, tags cut off, backslashes before quotes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from docparse.text.edits import Edit

# A page that was escaped several times has its ampersands escaped too: &amp;amp;nbsp; is one no-break space.
ENTITY = re.compile(r"&(?:amp;){0,20}(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
DOUBLED = re.compile(r"&(?:amp;)+")
# Entities that scrapers broke: the cutting of &nb left &sp; behind.
BROKEN = {"&sp;": " ", "&nbs;": " "}
BROKEN_ENTITY = re.compile("|".join(map(re.escape, BROKEN)))
TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|i|u|em|font|a|h[1-6]|table|tbody|tr|td|th|ul|li|img)\b[^<>\n]{0,200}>", re.I
)
ATTRIBUTE_REMAINS = re.compile(r"""[ \t]?\b(?:class|style|id|href|target)="[^"<>\n]{0,120}"[ \t]?/?>""")
ESCAPED_QUOTE = re.compile(r"\\+([\"'])")


def decode_entities(raw: str) -> Iterator[Edit]:
    """`&nbsp;` `&ldquo;` `&#215;` become their characters. A name that HTML does not know is left alone (R&D;)."""
    if "&" not in raw:
        return
    for m in BROKEN_ENTITY.finditer(raw):
        yield Edit(start=m.start(), end=m.end(), after=BROKEN[m[0]], kind="entity", evidence=m[0], certainty=0.95)
    for m in ENTITY.finditer(raw):
        after = html.unescape(DOUBLED.sub("&", m[0])).replace("\u00a0", " ")
        if not after.endswith(";"):
            yield Edit(start=m.start(), end=m.end(), after=after, kind="entity", evidence=m[0], certified=True)


def remove_tags(raw: str) -> Iterator[Edit]:
    """Tags that a scraper left (`<br/>`, `</strong>`, ` class="">`) go; comparison signs between words stay."""
    if "<" in raw:
        for m in TAG.finditer(raw):
            yield Edit(start=m.start(), end=m.end(), after="", kind="markup-residue", evidence="HTML tag")
    if '="' in raw:
        for m in ATTRIBUTE_REMAINS.finditer(raw):
            yield Edit(start=m.start(), end=m.end(), after="", kind="markup-residue", evidence="rest of a tag")


def unescape_quotes(raw: str) -> Iterator[Edit]:
    r"""`\"首问负责制\"` loses its backslashes: the page was escaped once more than it was read."""
    if "\\" in raw:
        for m in ESCAPED_QUOTE.finditer(raw):
            yield Edit(start=m.start(), end=m.end(), after=m[1], kind="escape", evidence="doubled escaping")
