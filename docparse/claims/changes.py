"""Whether a number says by how much something grows or falls, or how high it is: 下降5% is not 降到5%."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from docparse.lexicon import load_toml

Change = Literal["increase", "decrease"]
# So far before the number the verb is looked for, inside the clause.
REACH = 24
BORDER = re.compile(r"[，,。；;：:！？!?|\n\t0-9０-９]")
# What may stand between the verb and its number: 下降约5%. 提高到 and 降为 give a level.
TOUCHING = re.compile(r"了?(?:幅度)?(?:约|近|逾|超过?|不低于|不少于|不超过|至少|百分之)?\Z")
LEVEL = re.compile(r"(?:到|至|为|达到?|在)(?:约|近|逾|超过?|不低于|不少于|不超过)?\Z")
JOINED = re.compile(r"[、和与及](?:约|近|超过?)?\Z")


class _Verbs(NamedTuple):
    """The verbs of change; those in `reaching` may have the thing between themselves and the number (新增门店3家)."""

    every: re.Pattern[str]
    increase: frozenset[str]
    reaching: frozenset[str]


@cache
def _verbs() -> _Verbs:
    words = load_toml("claims")["change"]
    every = sorted([*words["increase"], *words["decrease"]], key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, every)))
    return _Verbs(pattern, frozenset(words["increase"]), frozenset(words["reaching"]))


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
    verbs = _verbs()
    found = list(verbs.every.finditer(clause))
    if not found or LEVEL.search(clause):
        return None
    verb = found[-1][0]
    if TOUCHING.fullmatch(clause, found[-1].end()) is None and verb not in verbs.reaching:
        return None
    return "increase" if verb in verbs.increase else "decrease"
