"""Whether a number says by how much something grows or falls, or how high it is: 下降5% is not 降到5%."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from docparse.lexicon import load_toml

Change = Literal["increase", "decrease"]
# So far before the number the verb is looked for, inside the clause.
REACH = 24
BORDER = re.compile(r"[，,。；;：:！？!?\n\t0-9０-９]")
# 提高到, 降为, 控制在: then the number is a level.
LEVEL = re.compile(r"[到至为达在]|不低于|不高于")
JOINED = re.compile(r"[、和与及](?:约|近|超过?)?\Z")


@cache
def _verbs() -> tuple[re.Pattern[str], frozenset[str]]:
    words = load_toml("claims")["change"]
    every = sorted([*words["increase"], *words["decrease"]], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every))), frozenset(words["increase"])


def find_change(text: str, start: int, floor: int, previous: tuple[int, Change | None] | None = None) -> Change | None:
    """increase, decrease or None for the number at `start`.

    Args:
        floor: nothing before it is read.
        previous: the end of the number before this one and its change: the numbers of a list share their verb.

    >>> find_change("单位能耗下降5%", 6, 0), find_change("能耗降到5%", 4, 0), find_change("新增就业3万人", 4, 0)
    ('decrease', None, 'increase')
    """
    low = max(floor, start - REACH)
    before = text[low:start]
    if previous is not None and low <= previous[0] <= start and JOINED.fullmatch(text[previous[0] : start]):
        return previous[1]
    borders = [m.end() for m in BORDER.finditer(before)]
    clause = before[borders[-1] :] if borders else before
    pattern, increase = _verbs()
    found = list(pattern.finditer(clause))
    if not found or LEVEL.search(clause, found[-1].end()):
        return None
    return "increase" if found[-1][0] in increase else "decrease"
