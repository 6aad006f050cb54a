"""HTML and string-escape remains in the text of a page: entities, tags cut off, backslashes, codes of characters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from docparse.lexicon import load_toml
from docparse.lexicon.patterns import late
from docparse.text.edits import Edit

HAN = "一-鿿"
# A page that was escaped several times has its ampersands escaped too: &amp;amp;nbsp; is one no-break space.
ENTITY = re.compile(r"&(?:amp;){0,20}(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
DOUBLED = re.compile(r"&(?:amp;)+")
# Entities that scrapers broke: the cutting of &nb left &sp; behind.
BROKEN = {"&sp;": " ", "&nbs;": " "}
BROKEN_ENTITY = re.compile("|".join(map(re.escape, BROKEN)))
TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|i|u|em|font|a|h[1-6]|table|tbody|tr|td|th|ul|li|img|sup|sub|center|hr|o:p"
    r"|st1:[a-z]{1,20}|v:[a-z]{1,20}|w:[a-z]{1,20}|script|style|iframe|input|label|section|blockquote)\b[^<>\n]{0,200}>",
    re.I,
)
# Text tools put spaces round the brackets and the slash; only names that are no word and no letter of a formula.
SPACED_TAG = re.compile(r"<[ \t]{0,3}/?[ \t]{0,3}(?:br|p|div|span|strong|td|tr|li|font)[ \t]{0,3}/?[ \t]{0,3}>", re.I)
POWER = re.compile(r"<sup>([23])</sup>", re.I)
ATTRIBUTE_REMAINS = re.compile(r"""[ \t]?\b(?:class|style|id|href|target)="[^"<>\n]{0,120}"[ \t]?/?>""")
# What Word writes for itself into a page: conditional comments, CDATA, the names of its styles.
COMMENT = re.compile(r"<!(?:--)?\[(?:if|endif)[^\]<>\n]{0,80}\](?:--)?>|<!\[CDATA\[|(?<=[/*])\]\]>")
WORD_STYLES = re.compile(
    r"/\* (?:Style|Font) Definitions \*/[^{}]{0,100}\{[^{}]{0,800}\}"
    r"|Normal 0 (?:[0-9.]{1,4} 磅 0 2 )?(?:false ){3}(?:[A-Z]{2}-[A-Z]{2,4} ){1,2}X-NONE"
    r"(?: MicrosoftInternetExplorer4)?"
)
# A site's name, cut up so that no search finds it: nobody sets ~ between Chinese characters in angle brackets.
WATERMARK = rf"<(?=[^<>\n]{{0,24}}[~～@^])[{HAN}]{{1,8}}(?:[ ~～@^*]{{1,3}}[{HAN}]{{1,8}}){{1,4}}[ ~～@^*]{{0,3}}>"
ESCAPED_QUOTE = re.compile(r"\\+([\"'])")
# \u5de5\u4f5c; one alone, or two with a hyphen between them, is a programmer's text.
UNICODE_ESCAPES = re.compile(r"(?:(?:\\{1,4}|%)u[0-9a-fA-F]{4}){2,2000}")
PERCENT_ESCAPES = re.compile(r"(?:%[0-9a-fA-F]{2}){6,4000}")
WEB_ADDRESS = re.compile(r"(?:://|www\.|[=/?&])[!-~]{0,200}\Z")
# A line end that was written out, in Chinese text; before a letter it may be a folder (\new) or a formula (\times).
LINE_ESCAPE = rf"(?<=[{HAN}0-9。；：！？，、）”》;:!?)nr])\\{{1,2}}(?:r\\{{1,2}}n|n|r|t)(?=[{HAN}0-9（(“《　\\]|\s*\Z)"
SENTENCE_ENDS = "。；：！？”）"
LINE_ENDS = {"n": "\n", "r": "\n", "t": "\t"}


@cache
def _partial_entities() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Entities without their ampersand, and those without their semicolon."""
    table = load_toml("entities")
    names, more = "|".join(table["names"]), "|".join(table["names"] + table["open_names"])
    numbers, bare = "|".join(map(str, table["numbers"])), "|".join(map(str, table["bare"]))
    headless = (
        rf"(?<![&A-Za-z0-9;])(?:{names});|(?<![&A-Za-z0-9])#(?:{numbers});|(?<=[)）A-Za-z])(?:{bare});(?=[{HAN}0-9])"
    )
    tailless = rf"&(?:{more})(?![A-Za-z0-9;=])|&#(?:{numbers})(?![0-9;])"
    return re.compile(headless), re.compile(tailless)


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


def complete_entities(raw: str) -> Iterator[Edit]:
    """`ldquo;` `#8220;` `(2300)215;` `&nbsp` become “ “ (2300)× and a space: an `&`, an `&#` or a `;` was deleted.

    Left alone: names that are words (`5 times;`), numbers that follow a digit, web addresses (`&times=3`).
    """
    headless, tailless = _partial_entities()
    if ";" in raw:
        for m in headless.finditer(raw):
            body = m[0].lstrip("#")
            yield _entity(m, html.unescape(f"&#{body}" if body[0].isdigit() else f"&{body}"))
    if "&" in raw:
        for m in tailless.finditer(raw):
            yield _entity(m, html.unescape(m[0] + ";"))


def _entity(m: re.Match[str], after: str) -> Edit:
    after = after.replace("\u00a0", " ")
    return Edit(
        start=m.start(), end=m.end(), after=after, kind="entity", evidence=f"part of an entity: {m[0]}", certainty=0.9
    )


def remove_tags(raw: str) -> Iterator[Edit]:
    """Tags that a scraper left (`<br/>`, `< / p >`, ` class="">`, Word's `<o:p>`) go; comparison signs stay.

    `m<sup>2</sup>` becomes m². A site's name in angle brackets, cut up by `~`, goes as well.
    """
    if "<" in raw:
        for m in POWER.finditer(raw):
            yield _residue(m, "HTML tag", "²" if m[1] == "2" else "³")
        for pattern in (TAG, SPACED_TAG):
            for m in pattern.finditer(raw):
                yield _residue(m, "HTML tag")
        for m in COMMENT.finditer(raw) if "<!" in raw else ():
            yield _residue(m, "Word's conditional comment")
        for m in late(WATERMARK).finditer(raw):
            yield _residue(m, "a site's name in angle brackets", certainty=0.9)
    if '="' in raw:
        for m in ATTRIBUTE_REMAINS.finditer(raw):
            yield _residue(m, "rest of a tag")
    if "Definitions */" in raw or "Normal 0 " in raw:
        for m in WORD_STYLES.finditer(raw):
            yield _residue(m, "Word's style sheet")


def _residue(m: re.Match[str], evidence: str, after: str = "", certainty: float = 1.0) -> Edit:
    return Edit(
        start=m.start(), end=m.end(), after=after, kind="markup-residue", evidence=evidence, certainty=certainty
    )


def unescape_quotes(raw: str) -> Iterator[Edit]:
    r"""`\"首问负责制\"` loses its backslashes: the page was escaped once more than it was read."""
    if "\\" in raw:
        for m in ESCAPED_QUOTE.finditer(raw):
            yield Edit(start=m.start(), end=m.end(), after=m[1], kind="escape", evidence="doubled escaping")


def decode_escapes(raw: str) -> Iterator[Edit]:
    r"""`\u5de5\u4f5c` `%E5%B7%A5%E4%BD%9C` become 工作, `\r\n` a line end: escaped once more than the page was read.

    Certified where escaping the result gives back the raw text. Left alone: web addresses, `[\u4e00-\u9fa5]`, escaped
    line ends unless two stand behind a sentence, folders and formulas (a letter follows the backslash's).
    """
    if "\\u" in raw or "%u" in raw:
        for m in UNICODE_ESCAPES.finditer(raw):
            units = re.findall(r"u([0-9a-fA-F]{4})", m[0])
            after = b"".join(bytes.fromhex(u) for u in units).decode("utf-16-be", "replace")
            if _is_chinese(after) and "\ufffd" not in after:
                yield _escape(m, after, len(units) * 4 == sum(c in "0123456789abcdefABCDEF" for c in m[0]))
    if "%" in raw:
        for m in PERCENT_ESCAPES.finditer(raw):
            after = bytes.fromhex(m[0].replace("%", "")).decode("utf-8", "replace")
            address = WEB_ADDRESS.search(raw, max(0, m.start() - 200), m.start())
            if address is None and _is_chinese(after) and "\ufffd" not in after:
                yield _escape(m, after, certified=True)
    if "\\n" in raw or "\\r" in raw or "\\t" in raw:
        found = list(late(LINE_ESCAPE).finditer(raw))
        ends = sum(raw[m.start() - 1] in SENTENCE_ENDS for m in found)
        for m in found if ends > 1 else ():
            yield _escape(m, LINE_ENDS[m[0].strip("\\")[0]], certified=False)


def _is_chinese(text: str) -> bool:
    """Whether most of a decoded string is Chinese characters and their marks."""
    return sum("一" <= c <= "鿿" or "\u3000" <= c <= "\u3017" or "！" <= c <= "～" for c in text) * 2 > len(text)


def _escape(m: re.Match[str], after: str, certified: bool) -> Edit:
    return Edit(
        start=m.start(),
        end=m.end(),
        after=after,
        kind="escape",
        evidence="doubled escaping",
        certainty=0.95,
        certified=certified,
    )
