"""Where a heading ends that runs into its text without any mark: a small learned table (models/run_in)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from docparse.text.evidence import text_log
from docparse.text.layout.cut_lines import cost

LONGEST = 28  # characters of a heading's words
_STOP = re.compile(r"[。；;！？!?\n]")
_CLAUSE = re.compile(r"[，,、。；：:！？]")
_NEVER_LAST = frozenset("，,、：:（(“《")
_NEVER_FIRST = frozenset("，,、：:）)”》。；")
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"))


class Border(NamedTuple):
    """The likeliest end of a heading, as an offset in the words, and its score (logarithm of the odds)."""

    end: int
    score: float


def find_border(words: str, style: str) -> Border | None:
    """Return where in `words`, the text behind a marker of `style`, a heading most likely ends; None where none can.

    >>> find_border("指导思想在新的一年里，我将认真遵守公司的各项规定。", "cn").end
    4
    """
    weights = _weights()
    best: Border | None = None
    for at in borders(words):
        score = sum(weights.get(name, 0.0) * value for name, value in features(words, at, style))
        if best is None or score > best.score:
            best = Border(at, score)
    return best


def borders(words: str) -> Iterator[int]:
    """Yield the offsets in `words` at which a heading might end: before its first stop, not beside a mark."""
    stop = _STOP.search(words, 0, LONGEST + 1)
    for at in range(2, min(stop.start() if stop is not None else len(words), LONGEST)):
        if words[at - 1] not in _NEVER_LAST and words[at] not in _NEVER_FIRST:
            yield at


def features(words: str, at: int, style: str) -> Iterator[tuple[str, float]]:
    """Yield what is looked at round the border `at`: the characters on both sides, how unlikely they are in one word or
    one sentence, how long both parts are."""
    left, right = words[:at], words[at:]
    yield "b", 1.0
    for n in (1, 2, 3):
        if at >= n:
            yield f"L{left[-n:]}", 1.0
        yield f"R{right[:n]}", 1.0
    yield f"F{left[:2]}", 1.0
    before, after = left[-3:], right[:3]
    odds = text_log(before + after) - text_log(before + "\n") - text_log("\n" + after)
    yield "odds", odds / 10
    yield f"odds{max(-6, min(6, int(odds // 2)))}", 1.0
    yield "cut", cost(left[-6:]) + cost(right[:6]) - cost(left[-6:] + right[:6])
    yield f"size{min(at, 20)}", 1.0
    yield "size", at / 10
    yield f"commas{left.count('，') + left.count(',')}", 1.0
    clause = _CLAUSE.search(right, 0, 30)
    yield f"clause{min((clause.start() if clause is not None else 30) // 2, 8)}", 1.0
    if any(left.count(one) != left.count(other) for one, other in _PAIRS):
        yield "open", 1.0
    if right[0].isdigit():
        yield "digit", 1.0
    yield f"style{style}", 1.0


def _path() -> Path:
    packed = Path(str(files("docparse.structure"))) / "weights" / "run_in.json"
    return packed if packed.exists() else Path(__file__).parents[2] / "models" / "run_in" / "weights.json"


@cache
def _weights() -> dict[str, float]:
    table: dict[str, float] = json.loads(_path().read_text(encoding="utf-8"))
    return table
