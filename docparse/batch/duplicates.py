"""Near copies of articles: a MinHash of each, and groups that do not depend on the order of the workers.

Sites that collect plans copy each other and change a name or a number. Two articles whose sets of five-character
shingles overlap by `SIMILAR` or more are near copies; whatever is linked by such pairs is one group.
"""

from __future__ import annotations

import operator
import re
import sqlite3
from array import array
from collections.abc import Iterator

SLOTS = 128
BANDS, BAND_SLOTS = 16, 8
"""A pair of similarity 0.8 shares a band with a chance of 0.95, one of 0.5 with 0.06."""
SIMILAR = 0.8
SHINGLE = 5
FEWEST_CHARACTERS = 60
"""Shorter articles are stubs (a title, a menu) whose few shingles say nothing."""
_VISIBLE = re.compile(r"[^\W_]+")
_SLOT_BYTES = 4


def signature(text: str) -> bytes | None:
    """The MinHash of an article's letters and digits, 512 bytes; None where it is too short to compare."""
    letters = "".join(_VISIBLE.findall(text))
    if len(letters) < FEWEST_CHARACTERS:
        return None
    from rensa import RMinHash

    shingles = {letters[place : place + SHINGLE] for place in range(len(letters) - SHINGLE + 1)}
    sketch = RMinHash(num_perm=SLOTS, seed=1)
    sketch.update(list(shingles))
    return b"".join(slot.to_bytes(_SLOT_BYTES, "little") for slot in sketch.digest())


def similarity(one: bytes, other: bytes) -> float:
    """The share of equal slots, which estimates the Jaccard overlap of the two sets of shingles (±0.04)."""
    equal: int = sum(map(operator.eq, memoryview(one).cast("I"), memoryview(other).cast("I")))
    return equal / SLOTS


def group_near_duplicates(store: sqlite3.Connection) -> int:
    """The number of articles in groups, after the table `near_duplicates` has been written anew; no commit.

    Candidates share a band; SQLite sorts the bands, on disk where they are many. Memory holds 8 bytes an article and
    the signatures of one pair. Within a band each article is compared with the first and with the one before, by path,
    so that ten thousand copies of one form cost twenty thousand comparisons and not fifty million.
    """
    store.execute("CREATE TEMP TABLE members (number INTEGER PRIMARY KEY, document INTEGER, n INTEGER)")
    store.execute("CREATE TEMP TABLE bands (band INTEGER, slots BLOB, number INTEGER)")
    store.execute(
        "INSERT INTO members (document, n) SELECT s.document, s.n FROM signatures AS s"
        " JOIN documents AS d ON d.id = s.document ORDER BY d.path, s.n"
    )
    store.executemany("INSERT INTO bands VALUES (?, ?, ?)", _bands(store))
    count = store.execute("SELECT count(*) FROM members").fetchone()[0]
    heads = array("q", range(count + 1))
    for one, other in _pairs(store):
        head, tail = sorted((_head(heads, one), _head(heads, other)))
        if head != tail and similarity(_signature(store, one), _signature(store, other)) >= SIMILAR:
            heads[tail] = head
    store.execute("DELETE FROM near_duplicates")
    store.execute("CREATE TEMP TABLE heads (number INTEGER PRIMARY KEY, head INTEGER)")
    grouped = ((number, _head(heads, number)) for number in range(1, count + 1))
    store.executemany("INSERT INTO heads VALUES (?, ?)", grouped)
    written = store.execute(
        "INSERT INTO near_duplicates SELECT m.document, m.n, g.group_number FROM heads AS h"
        " JOIN members AS m ON m.number = h.number"
        " JOIN (SELECT head, row_number() OVER (ORDER BY head) AS group_number FROM heads"
        "       GROUP BY head HAVING count(*) > 1) AS g ON g.head = h.head"
    ).rowcount
    for name in ("members", "bands", "heads"):
        store.execute(f"DROP TABLE {name}")
    return written


def _bands(store: sqlite3.Connection) -> Iterator[tuple[int, bytes, int]]:
    width = BAND_SLOTS * _SLOT_BYTES
    rows = store.execute(
        "SELECT m.number, s.signature FROM members AS m JOIN signatures AS s ON s.document = m.document AND s.n = m.n"
    )
    for number, slots in rows:
        for band in range(BANDS):
            yield band, slots[band * width : (band + 1) * width], number


def _pairs(store: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Candidates, each with the first and with the last before it that share its band."""
    first: tuple[int, bytes, int] = (-1, b"", 0)
    before = 0
    for band, slots, number in store.execute("SELECT band, slots, number FROM bands ORDER BY band, slots, number"):
        if first[:2] == (band, slots):
            yield first[2], number
            if before != first[2]:
                yield before, number
        else:
            first = (band, slots, number)
        before = number


def _signature(store: sqlite3.Connection, number: int) -> bytes:
    row = store.execute(
        "SELECT s.signature FROM members AS m JOIN signatures AS s ON s.document = m.document AND s.n = m.n"
        " WHERE m.number = ?",
        (number,),
    ).fetchone()
    return bytes(row[0])


def _head(heads: array[int], number: int) -> int:
    """The first member of the group so far; the way is halved for the next who asks."""
    while heads[number] != number:
        heads[number] = heads[heads[number]]
        number = heads[number]
    return number
