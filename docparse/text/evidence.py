"""What Chinese looks like: how probable one character is behind another, and which strings are words.

The table is built by models/characters (see its card). It says P(next | character) in natural logarithms, for text in
simplified characters; marks, digits and letters are folded first, so that 2024，and 5, look alike.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEP = 0.08  # of the packed logarithms
LONGEST_WORD = 4
UNKNOWN = -16.0  # a character that is no word
MARK_LOG = -3.0
FLOOR = -18.0  # a character that the table has never seen
_FOLD: dict[int, int] = {ord(a): ord(b) for a, b in zip(",;:?!()", "，；：？！（）", strict=True)}
_FOLD |= {c: ord("0") for c in [*range(0x30, 0x3A), *range(0xFF10, 0xFF1A)]}
_FOLD |= {c: ord("A") for c in [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
_FOLD |= dict.fromkeys((0x0D, 0x09, 0x20, 0xA0, 0x3000), 0x0A)


class Characters(NamedTuple):
    """The table. `keys` are first << 16 | second, sorted; `values` the logarithms of P(second | first).

    A pair that is not listed has `end[first] + start[second]`: a word ends and another begins. `three_keys` are the
    pair's number << 16 | third. A three that is not listed has `rest` of its pair and `varied` of its last two: behind
    how many different characters they stand (Kneser and Ney), not how often (水平。 says little of 平。).
    """

    keys: NDArray[np.uint32]
    values: NDArray[np.float32]
    varied: NDArray[np.float32]
    rest: NDArray[np.float32]
    three_keys: NDArray[np.uint64]
    three_values: NDArray[np.float32]
    end: NDArray[np.float32]
    start: NDArray[np.float32]


def fold(text: str) -> str:
    """The text as the table knows it, one character for one."""
    return text.translate(_FOLD)


def _path() -> Path:
    packed = Path(str(files("docparse.text"))) / "weights" / "characters.npz"
    return packed if packed.exists() else Path(__file__).parents[2] / "models" / "characters" / "weights.npz"


@cache
def load_characters() -> Characters:
    """The packed table, read once (a few milliseconds)."""
    import numpy as np

    with np.load(BytesIO(_path().read_bytes()), allow_pickle=False) as packed:
        keys = np.cumsum(packed["gaps"].astype(np.uint64)).astype(np.uint32)
        ends = np.full(65536, FLOOR / 2, np.float32)
        starts = np.full(65536, FLOOR, np.float32)
        known = packed["characters"].astype(np.int64)
        ends[known] = packed["end"].astype(np.float32)
        starts[known] = packed["start"].astype(np.float32)
        logs = {
            n: packed[n].astype(np.float32) * np.float32(-STEP) for n in ("values", "varied", "rest", "three_values")
        }
        threes = np.cumsum(packed["three_gaps"].astype(np.uint64))
        return Characters(
            keys, logs["values"], logs["varied"], logs["rest"], threes, logs["three_values"], ends, starts
        )


@cache
def _word_list() -> tuple[list[str], NDArray[np.float64]]:
    """The words and the logarithms of their frequencies."""
    import numpy as np

    with np.load(BytesIO(_path().read_bytes()), allow_pickle=False) as packed:
        words = zlib.decompress(packed["words"].tobytes()).decode("utf-8").split("\n")
        return words, packed["frequencies"] * -STEP


@cache
def load_words() -> frozenset[str]:
    """Words of one to four simplified characters (read once, some 40 ms)."""
    return frozenset(_word_list()[0])


@cache
def _frequencies() -> dict[str, float]:
    """Word -> the logarithm of its frequency. Few texts ask for it, and it takes as long again as the words."""
    words, logs = _word_list()
    return dict(zip(words, logs.tolist(), strict=True))


@cache
def load_readings() -> dict[str, str]:
    """Character -> its readings with tone marks, the usual one first, between commas (read once, some 10 ms)."""
    import numpy as np

    with np.load(BytesIO(_path().read_bytes()), allow_pickle=False) as packed:
        lines = zlib.decompress(packed["readings"].tobytes()).decode("utf-8").split("\n")
        return {line[0]: line[1:] for line in lines}


def is_word(text: str) -> bool:
    """Whether a string of two to four simplified characters is a word of the dictionary."""
    return len(text) > 1 and text in load_words()


def words_log(text: str) -> float:
    """The logarithm of the most probable way to cut a folded, simplified text into words (marks are free)."""
    words = _frequencies()
    best = [0.0]
    for end in range(1, len(text) + 1):
        single = text[end - 1]
        score = best[end - 1] + (words.get(single, UNKNOWN) if "㐀" <= single <= "鿿" else MARK_LOG)
        for length in range(2, min(LONGEST_WORD, end) + 1):
            word = words.get(text[end - length : end])
            if word is not None and best[end - length] + word > score:
                score = best[end - length] + word
        best.append(score)
    return best[-1]


@cache
def _fold_table() -> NDArray[np.uint32]:
    """`fold` for arrays: the folded code point of every code point of the BMP."""
    import numpy as np

    table = np.arange(65536, dtype=np.uint32)
    table[list(_FOLD)] = list(_FOLD.values())
    return table


def codes(text: str) -> NDArray[np.uint32]:
    """The folded text as an array of code points; characters beyond the BMP become U+FFFF."""
    import numpy as np

    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _fold_table()[np.minimum(points, 0xFFFF)]


def pair_logs(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.float32]:
    """log P(second | first) for arrays of folded code points."""
    import numpy as np

    table = load_characters()
    keys = (first << np.uint32(16)) | second
    at = np.minimum(np.searchsorted(table.keys, keys), len(table.keys) - 1)
    listed = table.keys[at] == keys
    return np.where(listed, table.values[at], table.end[first] + table.start[second]).astype(np.float32)


class Scalars(NamedTuple):
    """The table for the search that asks for one entry at a time: Python's numbers, read where NumPy has them.

    Lists of the same were as fast to search, took 40 ms to fill and a million and a half objects.
    """

    keys: Sequence[int]
    values: Sequence[float]
    varied: Sequence[float]
    rest: Sequence[float]
    three_keys: Sequence[int]
    three_values: Sequence[float]
    end: Sequence[float]
    start: Sequence[float]


@cache
def _scalars() -> Scalars:
    views: list[Any] = [column.data for column in load_characters()]
    return Scalars(*views)


def pair_log(first: str, second: str) -> float:
    """log P(second | first) for two folded characters."""
    table = _scalars()
    a, b = min(ord(first), 0xFFFF), min(ord(second), 0xFFFF)
    key = a << 16 | b
    at = bisect_left(table.keys, key)
    return table.values[at] if at < len(table.keys) and table.keys[at] == key else table.end[a] + table.start[b]


def three_log(first: str, second: str, third: str) -> float:
    """log P(third | first second) for three folded characters."""
    table = _scalars()
    a, b, c = min(ord(first), 0xFFFF), min(ord(second), 0xFFFF), min(ord(third), 0xFFFF)
    rest = 0.0
    pair = bisect_left(table.keys, a << 16 | b)
    if pair < len(table.keys) and table.keys[pair] == a << 16 | b:
        key = pair << 16 | c
        at = bisect_left(table.three_keys, key)
        if at < len(table.three_keys) and table.three_keys[at] == key:
            return table.three_values[at]
        rest = table.rest[pair]
    at = bisect_left(table.keys, b << 16 | c)
    listed = at < len(table.keys) and table.keys[at] == b << 16 | c
    return rest + (table.varied[at] if listed else table.end[b] + table.start[c])


def text_log(text: str) -> float:
    """The sum of log P over the pairs of a text in simplified characters."""
    return sum(pair_log(a, b) for a, b in pairwise(fold(text)))
