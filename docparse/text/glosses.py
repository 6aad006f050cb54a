"""Pinyin glosses that mirror sites insert behind a closed set of characters: 計(jì)劃 for 計劃."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from docparse.text.edits import Edit

SYLLABLE = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,6}"
GLOSS = re.compile(rf"([㐀-鿿])\(({SYLLABLE})\)")
ORPHAN = re.compile(rf"\?({SYLLABLE})\)")
TONED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")
LEAST_HOSTS = 5
GLOSSED_SHARE = 0.9


def gloss_table(raw: str) -> dict[str, str]:
    """The document's own gloss table (character -> syllable), empty where the page is not glossed.

    The mirror replaces byte pairs without looking, so a character is glossed nearly always or never, and always with
    one reading. A textbook that glosses a rare character (亳(bó)州) does neither for five characters or more.
    """
    if "(" not in raw:
        return {}
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for m in GLOSS.finditer(raw):
        if not TONED.isdisjoint(m[2]):
            readings[m[1]][m[2]] += 1
    if len(readings) < LEAST_HOSTS:
        return {}
    table: dict[str, str] = {}
    for host, counts in readings.items():
        syllable, n = counts.most_common(1)[0]
        if n >= GLOSSED_SHARE * raw.count(host) - 1:
            table[host] = syllable
    return table if len(table) >= GLOSSED_SHARE * len(readings) else {}


def remove_glosses(raw: str) -> Iterator[Edit]:
    """Glosses of the document's own table go; the character stays. Running the mirror's replacement gives raw back."""
    table = gloss_table(raw)
    if not table:
        return
    for m in GLOSS.finditer(raw):
        if table.get(m[1]) == m[2]:
            yield Edit(
                # The character is part of the edit, so that its raw span holds its gloss.
                start=m.start(),
                end=m.end(),
                after=m[1],
                kind="pinyin-gloss",
                evidence=f"{m[1]} is glossed {m[2]} throughout; {len(table)} characters are",
                certified=True,
            )


def orphaned_glosses(raw: str) -> list[tuple[int, int]]:
    """Raw spans like `?jī)`: a gloss put across two characters' bytes, so that a character was lost."""
    if not gloss_table(raw):
        return []
    return [m.span() for m in ORPHAN.finditer(raw) if not TONED.isdisjoint(m[1])]
