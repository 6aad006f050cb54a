"""The words around a unit: its heading's, and those with which its neighbours in the section begin.

A bare line says little of itself: 手机信号良好 is a rule among the principles of a lease and a result in a review. What
stands over it and what its neighbours begin with says more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from docparse.claims.grams import Batch, cut_batches
from docparse.records import Layout

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

SIDES = ("heading", "before", "behind")
# So many characters are read, the mark ^ of the start included. Of starts 6 were as good as 12.
HEADING_LENGTH = 18
START_LENGTH = 7
# The number of what a unit has none of.
NONE = -1


class Nearby(NamedTuple):
    """Short texts, and which of them stands on one side of each unit; NONE where nothing does."""

    batches: tuple[Batch, ...]
    of_unit: Integers


def read_nearby(layout: Layout, starts: str, sizes: Sequence[int], titles: Sequence[str]) -> tuple[Nearby, ...]:
    """What stands on each of SIDES.

    Args:
        starts: the beginnings of all units, one behind the other, as the model reads them; `sizes` are their lengths.
        titles: the words of each heading, as the model reads them.
    """
    import numpy as np

    short = [title[:HEADING_LENGTH] for title in titles]
    headings = tuple(cut_batches("".join(short), [*map(len, short)]))
    above = np.array([NONE if unit.section is None else unit.section for unit in layout.units], dtype=np.int64)
    begun = tuple(cut_batches(starts, sizes))
    before, behind = _neighbours(layout)
    return Nearby(headings, above), Nearby(begun, before), Nearby(begun, behind)


def _neighbours(layout: Layout) -> tuple[Any, Any]:
    """The units before and behind each one in its section. What a page end puts between them parts no neighbours."""
    import numpy as np

    before, behind = np.full((2, len(layout.units)), NONE, dtype=np.int64)
    spoken = [number for number, unit in enumerate(layout.units) if unit.noise != "running-head"]
    for one, other in pairwise(spoken):
        a, b = layout.units[one], layout.units[other]
        if a.section == b.section and a.article == b.article:
            before[other], behind[one] = one, other
    return before, behind
