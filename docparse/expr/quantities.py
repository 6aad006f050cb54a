"""Quantities in a text: numbers with units, bounds and denominators, in one pass and in linear time.

`find_quantity_mentions` says what is written; `find_quantities` gives the same as the contract's records. Both take any
string: traditional characters and full-width digits are folded one for one, spaces inside a quantity are looked
through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

import msgspec

from docparse.expr.quantity_bare import LEAST_SUM, SUM_LAST
from docparse.expr.quantity_finish import Scene
from docparse.expr.quantity_latin import LETTERS
from docparse.expr.quantity_numbers import ANCHOR, MAX_RUN, fold
from docparse.expr.quantity_parts import read_part
from docparse.expr.quantity_rules import Reading, read_at, read_doubled, read_half, read_masked
from docparse.expr.quantity_settle import settle
from docparse.expr.quantity_words import MORE, PREFIX_LAST, UNIT_FIRST
from docparse.records import Quantity, QuantityMention, Span

__all__ = ["find_quantities", "find_quantity_mentions"]

# What may follow a numeral that begins a quantity: a unit, a blur, a link to the other end of a range or list.
_FOLLOW: Final = (
    UNIT_FIRST | MORE | LETTERS | frozenset("级分半大或+±/-—–―~至到、，,和及以(（翻番提增上下降减扩压调缩发跃攀回升涨")
)
_RATIO_LAST: Final = frozenset("值数率比为达到至在于过由从是")  # what may stand before a ratio without a unit
_BARE: Final = frozenset("万亿")

_NUMERAL: Final = "0-9零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟分之点个"
_HAN: Final = "一-龥"
_SPACE: Final = "[ \t\u3000\u00a0\u2002-\u200b]"
# The space comes first, so that the search runs from space to space; what stands before it is looked at afterwards.
_GAPS: Final = re.compile(
    rf"{_SPACE}(?:(?<=[{_NUMERAL[3:]}].){_SPACE}{{0,7}}(?=[{_HAN}0-9])|(?<=[{_HAN}].){_SPACE}{{0,7}}(?=[{_NUMERAL}])"
    rf"|(?<=[0-9].){_SPACE}{{0,7}}(?=[{_HAN}A-Za-z%‰°℃~—-])|(?<=[~—-].){_SPACE}{{0,7}}(?=[0-9])"
    r"|(?<=[0-9] )(?<![0-9.,][0-9] )(?=[0-9](?![0-9.,]))"
    # Groups of three digits stand apart by a space (GB/T 15835): 7 850万元. Without a unit behind they are two numbers.
    r"|(?<=[0-9] )(?<![0-9.,][0-9]{3} )"
    rf"(?=[0-9]{{3}}(?:[ \u00a0\u2009][0-9]{{3}}){{0,3}}(?:\.[0-9]{{1,4}})?[万亿{_HAN}%％]))"
)
_SPACED_SIGNS: Final = ("≥ ", "≧ ", "≤ ", "≦ ", "< ", "> ")


def find_quantity_mentions(text: str) -> list[QuantityMention]:
    """Return the quantities written in `text`, in order and without overlap. Spans are in `text` as it is given."""
    plain = fold(text)
    if not _GAPS.search(plain):
        return settle(plain, _scan(plain))
    squeezed, cuts, removed = _squeeze(plain)
    mentions = settle(squeezed, _scan(squeezed))
    return [_shifted(mention, cuts, removed) for mention in mentions]


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities in `text` as records with ids q1, q2 …, in order and without overlap.

    A bare text has no statements: the role is `context` or `baseline`, metric and due are None, raw_span is span.

    >>> [(q.text, str(q.low), q.unit) for q in find_quantities("今年完成回款1.5亿元，增长约8%")]
    [('1.5亿元', '150000000', 'CNY'), ('约8%', '8', '%')]
    """
    return [
        Quantity(
            id=f"q{number}",
            statement=None,
            text=text[mention.span.start : mention.span.end],
            kind=mention.kind,
            low=mention.low,
            high=mention.high,
            comparator=mention.comparator,
            approximate=mention.approximate,
            masked=mention.masked,
            unit=mention.unit,
            per=mention.per,
            role="baseline" if mention.baseline else "context",
            metric=None,
            due=None,
            span=mention.span,
            raw_span=mention.span,
        )
        for number, mention in enumerate(find_quantity_mentions(text), start=1)
    ]


def _scan(text: str) -> list[QuantityMention]:
    """Go from numeral to numeral; where a reading is taken, go on after it."""
    found: list[QuantityMention] = []
    at = floor = 0
    search = ANCHOR.search
    while match := search(text, at):
        at = match.end()
        start, end = match.span()
        if match.lastgroup == "run" and not _is_promising(text, start, end):
            continue
        money = bool(found) and found[-1].kind == "money" and start - floor < 30
        reading = _read(Scene(text, start, end, floor, money), match.lastgroup)
        if reading is None:
            continue
        at = max(at, reading.end) if reading.mentions else reading.end
        if reading.mentions:
            found.extend(reading.mentions)
            floor = reading.end
    return found


def _is_promising(text: str, start: int, end: int) -> bool:
    """A cheap look at both neighbours; it spares nineteen numerals in twenty."""
    if end - start > MAX_RUN:
        return False
    if text[end : end + 1] in _FOLLOW and end < len(text):
        return True
    if (start and text[start - 1] in "≥≧≤≦<>") or text[start - 2 : start] in _SPACED_SIGNS:
        return True
    if end - start >= LEAST_SUM and text[start - 1 : start] in SUM_LAST and start:
        return True
    if text[start - 1 : start] == "为" and text[start:end] in ("零", "0"):
        return True
    if text[start - 1 : start] in _RATIO_LAST and "." in text[start:end]:
        return True
    if text[start - 1 : start] == " " and text[start - 2 : start - 1] in PREFIX_LAST:
        return True
    return text[end - 1] in _BARE or text[end - 1] == "两" or text[start - 1 : start] in PREFIX_LAST


def _read(scene: Scene, group: str | None) -> Reading | None:
    if group == "mask":
        return read_masked(scene)
    if group == "half":
        return read_half(scene)
    if group == "doubled":
        return read_doubled(scene)
    part = read_part(scene.text, scene.start, scene.end)
    return None if part is None else read_at(scene, part)


def _squeeze(text: str) -> tuple[str, list[int], list[int]]:
    """Return `text` without the spaces inside quantities, where it was cut, and how much in all by then."""
    pieces: list[str] = []
    cuts: list[int] = []
    removed: list[int] = []
    at = kept = total = 0
    for gap in _GAPS.finditer(text):
        pieces.append(text[at : gap.start()])
        kept += gap.start() - at
        total += gap.end() - gap.start()
        cuts.append(kept)
        removed.append(total)
        at = gap.end()
    pieces.append(text[at:])
    return "".join(pieces), cuts, removed


def _shifted(mention: QuantityMention, cuts: list[int], removed: list[int]) -> QuantityMention:
    """Return the mention with its span in the text before squeezing."""
    start, last = (
        place + (removed[index - 1] if (index := bisect_right(cuts, place)) else 0)
        for place in (mention.span.start, mention.span.end - 1)
    )
    return msgspec.structs.replace(mention, span=Span(start, last + 1))
