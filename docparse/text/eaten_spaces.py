"""GBK text from which a full-width space (bytes A1 A1) was cut out across a character border: 市场。 became 市常."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docparse.lexicon import load_toml
from docparse.text.edits import Edit

SPACE = b"\xa1\xa1"
STOPS = frozenset("。！？!?.；;…、，,”》）)")


def strip_spaces(text: str) -> str | None:
    """The forward model: what `str_replace` of A1 A1 by nothing makes of `text` in GBK; None if that is not GBK.

    >>> strip_spaces("开拓市场。")
    '开拓市常'
    """
    try:
        return text.encode("gbk").replace(SPACE, b"").decode("gbk")
    except UnicodeError:
        return None


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    """Damaged word -> word with its mark, and one pattern that finds them all."""
    words = load_toml("damage")["eaten_space"]
    table: dict[str, str] = {}
    for word in words["words"]:
        for mark in words["marks"]:
            damaged = strip_spaces(word + mark)
            if damaged and len(damaged) == len(word):
                table.setdefault(damaged, word + mark)
    return table, re.compile("|".join(map(re.escape, table)))


def restore_eaten_spaces(raw: str) -> Iterator[Edit]:
    """Words that are no words (市常, 基矗) get their last character and mark back; certified by the forward model.

    Only at the end of a sentence or line: inside one, 市常委会 says otherwise. Where a mark already follows, some later
    step put it there: then only the character is restored. Words that the
    damage turns into other words (市场、试 -> 市尝试) are left alone; they need more evidence than a word list.
    """
    table, pattern = _table()
    for m in pattern.finditer(raw):
        word = table[m[0]]
        follows = raw[m.end() : m.end() + 1]
        after = word[:-1] if follows in STOPS and follows else word
        if not follows or follows in STOPS or follows.isspace():
            yield Edit(
                start=m.start(),
                end=m.end(),
                after=after,
                kind="gbk-space-strip",
                certainty=0.95,
                evidence=f"{m[0]} is no word; {word} without bytes A1 A1 is {m[0]}",
                certified=strip_spaces(word) == m[0],
            )
