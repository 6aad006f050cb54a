"""Quantities whose number is not there: hidden by a mask (xx万元), or lost so that a magnitude is left (增加万亩)."""

from __future__ import annotations

import re
from typing import Final

from docparse.expr import quantity_words as words
from docparse.expr.quantity_finish import Scene
from docparse.expr.quantity_parts import Part, find_bounds
from docparse.expr.quantity_per import find_per
from docparse.expr.quantity_words import UnitWord, find_unit
from docparse.records import QuantityMention, Span

_MAGNITUDE: Final = re.compile(r"[十百千万亿]{0,4}")
_NOT_MASKED: Final = (words.GREAT, "度", "对", "支", "起", "本")  # XX大学, XX年度, XX支部: names that are hidden
_MAGNITUDES: Final = ("万", "亿", "万亿")
_CHANGED: Final = re.compile(r"(?:增加|减少|增长|下降|增产|减产|面积|产量|总量|供应量|发电量|用电量|总额|产值)\Z")
_FOR_EACH: Final = re.compile(r"[均每][^，。；、,;\n]{0,8}\Z")  # 亩均产值万元 is ten thousand indeed
_CLOSES: Final = frozenset("，。；、,;\n）)")


def find_masked(scene: Scene) -> QuantityMention | None:
    """xx万元, ××人, **%: a number that is hidden. One sign alone hides one only before money, % or a magnitude."""
    text = scene.text
    magnitude = _MAGNITUDE.match(text, scene.end)
    at = magnitude.end() if magnitude else scene.end
    word = find_unit(text, at)
    if word is None or word.arabic or word.written in _NOT_MASKED or text.startswith("目", at + 1):
        return None
    plain = word.kind in ("money", "percent", "percent_point")
    if scene.end - scene.start < 2 and not (plain or at > scene.end):
        return None
    return _hidden(scene, at + len(word.written), word, "quantity.masked")


def find_digitless(scene: Scene, part: Part) -> QuantityMention | None:
    """增加万亩, 播种面积万亩: the digits before 万 were lost. A bound says that ten thousand is meant: 突破万亩."""
    text = scene.text
    if text[part.start : part.number_end] not in _MAGNITUDES or part.word is None or part.word.measure:
        return None
    if part.end < len(text) and text[part.end] not in _CLOSES:
        return None
    if not _CHANGED.search(text, max(0, part.start - 3), part.start):
        return None
    if _FOR_EACH.search(text, max(scene.floor, part.start - 12), part.start):
        return None
    return _hidden(scene, part.end, part.word, "quantity.digitless")


def _hidden(scene: Scene, end: int, word: UnitWord, rule: str) -> QuantityMention:
    """Return the mention of what hides between the scene's start and the unit's `end`, with its bounds."""
    text = scene.text
    bounds = find_bounds(text, scene.start, end, False, word)
    start = max(bounds.start, scene.floor)
    per, end = find_per(text, scene.floor, start, bounds.end, word)
    return QuantityMention(
        span=Span(start, end),
        kind=word.kind,
        low=None,
        high=None,
        comparator=bounds.sense,
        approximate=bounds.approximate,
        masked=True,
        unit=word.unit or None,
        per=per,
        rule=rule,
    )
