"""Single characters of a wrong charset inside sound text: 37.3掳C, ï¼Œ, and GB18030 with only its digits left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docparse.lexicon import load_toml
from docparse.text.edits import Edit

LATIN_STARTS = "ïãâÂÃ"  # the first bytes EF E3 E2 C2 C3 in Latin-1
LATIN_MARKS = "，。、：；？！（）《》【】“”‘’—…•·×°±²³µ£¥§©®«»½¼÷éèáíóñüöäç\ufeff"
BOM = re.compile(r"^锘[?\ufffd]", re.M)
LEAD_BYTES = re.compile("[?\ufffd]([0-9])[?\ufffd]([0-9])")
WEB_ADDRESS = re.compile(r"(?:://|www\.|=)[!-~]{0,200}$")


@cache
def _islands() -> tuple[tuple[str, str], ...]:
    """(what GBK shows, the character), from `lexicon/charsets.toml`."""
    return tuple((char.encode("utf-8").decode("gbk"), char) for char in load_toml("charsets")["islands"])


@cache
def _context(shown: str, char: str) -> re.Pattern[str]:
    """Where what GBK shows can be nothing but the character. Most texts hold none of them, and all take 10 ms."""
    return re.compile("|".join(load_toml("charsets")["islands"][char]).replace("{}", shown))


@cache
def _latin_marks() -> tuple[re.Pattern[str], dict[str, str]]:
    """What Latin-1 and cp1252 make of the marks of Chinese text, and of the letters of foreign names."""
    table: dict[str, str] = {}
    for char in LATIN_MARKS:
        data = char.encode("utf-8")
        table[data.decode("latin-1")] = char
        table["".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)] = char
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table


def undo_islands(raw: str) -> Iterator[Edit]:
    """`37.3掳C` `3脳5` `sa铆da` `ï¼Œ` become `37.3°C` `3×5` `saída` `，`: one UTF-8 character read as GBK or Latin-1.

    Cause: a sign pasted from elsewhere, or an entity that a script wrote as UTF-8 into a GBK page. Cure: the same bytes
    read as UTF-8. 掳, 脳, 路 and 聽 are Chinese characters too, so each is changed only in company in which the real
    one is never found (the table's lookarounds); 俘掳, 北京路 and 聽聽看 stay.
    """
    if raw.isascii():
        return
    for shown, char in _islands():
        at = raw.find(shown)
        while at >= 0:
            if _context(shown, char).match(raw, at):
                yield _edit(at, at + 1, char, "UTF-8 read as gbk", 0.95)
            at = raw.find(shown, at + 1)
    if "锘" in raw:
        for m in BOM.finditer(raw):
            yield _edit(m.start(), m.end(), "", "byte order mark read as gbk", 0.95)
    if any(c in raw for c in LATIN_STARTS):
        pattern, table = _latin_marks()
        for m in pattern.finditer(raw):
            yield _edit(m.start(), m.end(), table[m[0]].replace("\ufeff", ""), "UTF-8 read as cp1252", 1.0)


def _edit(start: int, end: int, after: str, evidence: str, certainty: float) -> Edit:
    return Edit(
        start=start,
        end=end,
        after=after,
        kind="wrong-charset",
        evidence=evidence,
        certainty=certainty,
        certified=bool(after),
    )


def restore_lead_bytes(raw: str) -> Iterator[Edit]:
    """`?0?2?0?2` becomes two no-break spaces: GB18030 of four bytes, of which a GBK reader kept the two digits.

    81 30 84 32 is U+00A0. Other digits (`lead_bytes` in `lexicon/charsets.toml`: •, ™) are restored only where the page
    has such a no-break space as well. Left alone: digits that stand for several usual characters, and web addresses.
    """
    if "?0?2" not in raw and "\ufffd0\ufffd2" not in raw:
        return
    table: dict[str, str] = load_toml("charsets")["lead_bytes"]
    for m in LEAD_BYTES.finditer(raw):
        after = table.get(m[1] + m[2])
        if after is None or WEB_ADDRESS.search(raw, max(0, m.start() - 200), m.start()):
            continue
        left = bytes(b for b in after.encode("gb18030") if b < 0x80).decode()
        yield Edit(
            start=m.start(),
            end=m.end(),
            after=after,
            kind="lost-lead-bytes",
            certainty=0.98 if after == "\u00a0" else 0.9,
            evidence=f"GB18030 {after.encode('gb18030').hex(' ')}",
            certified=left == m[1] + m[2],
        )
