"""Character n-grams as whole numbers, found in a table by the hundred thousand.

As sets of strings, one a statement, the n-grams and their look-up took half of the time of links and claims; as arrays
of numbers they take a tenth of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.uint64]
    Places = NDArray[np.int64]
    Numbers = NDArray[np.int32]

LONGEST_GRAM = 3
# A code point plus one takes so many bits: three fill 63, and no n-gram is 0.
BITS = 21
# So many characters are read at once: their arrays stay in the processor's cache, and a long page takes no more memory.
BATCH = 1 << 15
# A table has so many times as many slots as keys, or up to twice that. With 2, n-grams that are not in it met two slots
# on the way; 4 took a quarter less time, 8 hardly less than that.
ROOM = 4
# 2^64 divided by the golden ratio: its products spread neighbouring numbers (Knuth, The Art of Computer Programming,
# section 6.4).
SPREAD = 0x9E3779B97F4A7C15
EMPTY = (1 << 64) - 1


class Batch(NamedTuple):
    """Some texts, one behind the other, as code points plus one.

    `first` is the number of the first text. `borders` are the offsets at which the texts begin, and the end; `owners`
    gives the text of each character, `first` being 0.
    """

    first: int
    points: Codes
    borders: Places
    owners: Places


class Ragged(NamedTuple):
    """A list of numbers for each text: all of them one behind the other, and how many each text has."""

    numbers: Numbers
    sizes: Places

    def lists(self) -> list[Numbers]:
        """The list of each text."""
        return [self.numbers[start:end] for start, end in pairwise([0, *self.sizes.cumsum().tolist()])]


class Table(NamedTuple):
    """Numbers by n-gram: open addressing, at most a quarter full. A key is at its own slot or a few behind it."""

    keys: Codes
    values: Numbers
    shift: int


def cut_batches(joined: str, sizes: Sequence[int]) -> list[Batch]:
    """Texts that stand one behind the other in `joined`, `sizes` characters each, as batches."""
    import numpy as np

    found: list[Batch] = []
    first = start = 0
    while first < len(sizes):
        last, end = first, start
        while last < len(sizes) and (last == first or end - start + sizes[last] <= BATCH):
            end += sizes[last]
            last += 1
        encoded = joined[start:end].encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(encoded, dtype="<u4").astype(np.uint64) + np.uint64(1)
        lengths = np.array(sizes[first:last], dtype=np.int64)
        borders = np.concatenate([[0], lengths.cumsum()])
        found.append(Batch(first, points, borders, np.repeat(np.arange(last - first), lengths)))
        first, start = last, end
    return found


def gram_codes(batch: Batch) -> Iterator[tuple[int, Codes]]:
    """Of each length, the n-gram that starts at each character; 0 where it would run into the next text."""
    import numpy as np

    codes = batch.points
    yield 1, codes
    for size in range(2, LONGEST_GRAM + 1):
        inside = batch.owners[: 1 - size] == batch.owners[size - 1 :]
        codes = codes[:-1] | batch.points[size - 1 :] << np.uint64(BITS * (size - 1))
        yield size, codes * inside


def code_of(gram: str) -> int:
    """The number of one n-gram."""
    return sum((ord(char) + 1) << (BITS * i) for i, char in enumerate(gram))


def codes_of(grams: Sequence[str]) -> Codes:
    """The numbers of many n-grams; none may hold the character U+0000."""
    import numpy as np

    points = np.array(grams, dtype=f"U{LONGEST_GRAM}").view(np.uint32).reshape(len(grams), LONGEST_GRAM)
    coded = np.where(points, points.astype(np.uint64) + np.uint64(1), np.uint64(0))
    codes: Codes = (coded << np.arange(0, BITS * LONGEST_GRAM, BITS, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    return codes


def gram_of(code: int) -> str:
    """The n-gram of a number.

    >>> gram_of(code_of("第一")), gram_of(code_of("^第一"[:3]))
    ('第一', '^第一')
    """
    chars = [code >> (BITS * i) & ((1 << BITS) - 1) for i in range(LONGEST_GRAM)]
    return "".join(chr(char - 1) for char in chars if char)


def build_table(codes: Codes, values: Any) -> Table:
    """The table that gives each n-gram its value. No n-gram may stand in `codes` twice."""
    import numpy as np

    bits = max(4, (ROOM * len(codes)).bit_length())
    table = Table(np.full(1 << bits, EMPTY, dtype=np.uint64), np.zeros(1 << bits, dtype=np.int32), 64 - bits)
    slots = _slots(table, codes)
    left = np.arange(len(codes))
    while len(left):
        free = left[table.keys[slots[left]] == np.uint64(EMPTY)]
        table.keys[slots[free]] = codes[free]  # of several that want one slot, the last one has it
        left = left[table.keys[slots[left]] != codes[left]]
        slots[left] = _next(table, slots[left])
    table.values[slots] = values
    return table


def _slots(table: Table, codes: Codes) -> Places:
    import numpy as np

    return (codes * np.uint64(SPREAD) >> np.uint64(table.shift)).view(np.int64)


def _next(table: Table, slots: Places) -> Places:
    following: Places = (slots + 1) & (len(table.keys) - 1)
    return following


def look_up(table: Table, codes: Codes) -> tuple[Places, Numbers]:
    """Where in `codes` n-grams of the table stand, and their values."""
    import numpy as np

    empty = np.uint64(EMPTY)
    slots = _slots(table, codes)
    met = table.keys.take(slots)
    here = met == codes
    passed = np.flatnonzero(~here & (met != empty))
    while len(passed):
        slots[passed] = _next(table, slots[passed])
        met = table.keys[slots[passed]]
        same = met == codes[passed]
        here[passed[same]] = True
        passed = passed[~same & (met != empty)]
    places = np.flatnonzero(here)
    return places, table.values[slots[places]]


def distinct(owners: Any, numbers: Any, texts: int, most: int) -> Ragged:
    """The different numbers of each of `texts` texts in order, from pairs in any order; numbers are below `most`."""
    import numpy as np

    kind = np.uint32 if texts * most < 1 << 32 else np.uint64  # half as wide sorts twice as fast
    pairs = owners.astype(kind) * kind(most) + numbers.astype(kind)
    pairs.sort()
    if len(pairs):
        pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])]
    owner = pairs // kind(most)
    sizes = np.bincount(owner.astype(np.int64), minlength=texts)
    return Ragged((pairs - owner * kind(most)).astype(np.int32), sizes)


def find_grams(batches: Sequence[Batch], table: Table, most: int) -> Ragged:
    """The values of each text's n-grams in a table whose values are below `most`, each once and in order."""
    import numpy as np

    found: list[Ragged] = []
    for batch in batches:
        hits = [look_up(table, codes) for _, codes in gram_codes(batch)]
        owners = batch.owners[np.concatenate([places for places, _ in hits])]
        numbers = np.concatenate([values for _, values in hits])
        found.append(distinct(owners, numbers, len(batch.borders) - 1, most))
    return join_ragged(found)


def join_ragged(parts: Sequence[Ragged]) -> Ragged:
    """The lists of several batches, one behind the other."""
    import numpy as np

    if not parts:
        return Ragged(np.zeros(0, np.int32), np.zeros(0, np.int64))
    return Ragged(np.concatenate([p.numbers for p in parts]), np.concatenate([p.sizes for p in parts]))
