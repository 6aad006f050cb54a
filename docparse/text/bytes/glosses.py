"""Pinyin glosses that mirror sites insert behind a closed set of characters: 計(jì)劃 for 計劃."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from docparse.lexicon.patterns import late
from docparse.text.edits import Edit
from docparse.text.evidence import load_readings
from docparse.text.scripts.script import simplified_view

LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
SYLLABLE = f"[{LETTERS}]{{1,6}}"
GLOSS = rf"([㐀-鿿])\(({SYLLABLE})\)"
ORPHAN = re.compile(rf"\?({SYLLABLE})\)")
TONED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")
LEAST_HOSTS = 5
GLOSSED_SHARE = 0.9
MOST_GLOSSED = 0.75  # of all characters: a mirror glosses some, a learner's text all
HAN = "[㐀-鿿]"


def has_reading(character: str, syllable: str) -> bool:
    """Whether the character can be read so, in any context: a mirror glosses 調 in 調整 diào."""
    return syllable in load_readings().get(character, "").split(",")


def is_toned(syllable: str) -> bool:
    """Whether a syllable carries a tone mark; (de) and (A) do not."""
    return not TONED.isdisjoint(syllable)


def gloss_table(raw: str) -> dict[str, str]:
    """The document's own gloss table (character -> syllable), empty where the page is not glossed.

    The mirror replaces byte pairs without looking, so a character is glossed nearly always or never, and always with
    one reading. A textbook that glosses a rare character (亳(bó)州) does neither for five characters or more. Fewer are
    enough where all of them are common characters in their traditional form: nobody explains how 計 or 個 is read.
    """
    if "(" not in raw:
        return {}
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for m in late(GLOSS).finditer(raw):
        if is_toned(m[2]):
            readings[m[1]][m[2]] += 1
    if not readings:
        return {}
    glossed = sum(counts.total() for counts in readings.values())
    if glossed > MOST_GLOSSED * len(late(HAN).findall(raw)):
        return {}
    table: dict[str, str] = {}
    for host, counts in readings.items():
        syllable, n = counts.most_common(1)[0]
        if n >= GLOSSED_SHARE * raw.count(host) - 1 and has_reading(host, syllable):
            table[host] = syllable
    if len(table) < GLOSSED_SHARE * len(readings):
        return {}
    if len(table) < LEAST_HOSTS and not all(_is_common_traditional(h) for h in table):
        return {}
    return table | _toneless(raw)


def _toneless(raw: str) -> dict[str, str]:
    """們(men), 麼(me): hosts whose default reading has no tone. Alone they are no evidence: (de) may be a word."""
    counts = Counter((m[1], m[2]) for m in late(GLOSS).finditer(raw) if not is_toned(m[2]))
    return {
        host: syllable
        for (host, syllable), n in counts.items()
        if n >= GLOSSED_SHARE * raw.count(host) - 1 and has_reading(host, syllable)
    }


def _is_common_traditional(character: str) -> bool:
    """Whether a character has another simplified form, one of the 3,755 of GB 2312's first level."""
    simplified = simplified_view(character)
    try:
        code = simplified.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return simplified != character and b"\xb0\xa1" <= code <= b"\xd7\xf9"


def remove_glosses(raw: str) -> Iterator[Edit]:
    """計(jì)劃 becomes 計劃: glosses of the document's own table go, the character stays.

    Damage: words cut in two by pinyin. Cause: a mirror that replaces byte pairs of a closed set of characters by
    themselves and their default reading. Cure: exact; the same replacement gives raw back. Left alone: pages that gloss
    a rare character or all of a text (亳(bó)州, textbooks), and bracketed words (神經元(winner)).
    """
    table = gloss_table(raw)
    if not table:
        return
    for m in late(GLOSS).finditer(raw):
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
