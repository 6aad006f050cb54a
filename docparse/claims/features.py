"""What the statement classifier sees of a unit: its characters and words, and where it stands.

Words come from jieba when the model is trained; here they are found as character n-grams of the vocabulary
(`grams.py`), so that no dictionary is loaded to read a page. Beside them a unit has marks, whose names begin with @:
its place, or a class of the planning lexicon (`lexicon/statements.toml`), whose words speak alike whether or not the
corpus holds them. All units of a document are read at once, as arrays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from docparse.claims.grams import (
    Batch,
    Ragged,
    Table,
    build_table,
    code_of,
    codes_of,
    cut_batches,
    distinct,
    gram_codes,
    join_ragged,
    look_up,
)
from docparse.claims.outlook import Outlook, find_outlooks
from docparse.claims.surroundings import START_LENGTH, Nearby, read_nearby
from docparse.lexicon import load_toml
from docparse.records import Kind, Layout, SectionRole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

# A long sentence shows what it is at its two ends; the middle of a 10 MB line is not looked at.
MOST_CHARACTERS = 400
MARKER = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．,，:：]|\d{1,2}(?:\.\d{1,2}){0,3}[、.．,，:：]?"
    r"|第[一二三四五六七八九十\d]{1,4}[条章节]|第[一二三四五六七八九十]{1,2}[,，:：、]|[a-zA-Z][、.．)）]|[①-⑳●•◆■—\-*]+)\s*"
)
CLAUSE_MARKS = "，；：。！？"
# Lengths count in steps: long sentences explain more often than short ones.
LENGTH_STEP = 15
MOST_LENGTH = 6
DIGITS = re.compile(r"\d[\d.,]*")
# Half a page is written with half-width marks; to the model a comma is a comma.
WIDE_MARKS = tuple(zip(",;:!?()", "，；：！？（）", strict=True))
KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES: tuple[SectionRole, ...] = get_args(SectionRole)
OUTLOOKS: tuple[Outlook | None, ...] = (None, *get_args(Outlook))
TENTHS = 10
MOST_QUANTITIES = 3
MOST_TIMES = 2
# So few sentences without title and headings are a fragment.
FRAGMENT = 3
FRAGMENT_MARK = "@fragment"
# Where in a unit a class of the planning lexicon speaks: anywhere, in its last clause, at its start.
CUE_PLACES = ("any", "last", "head")
# The number of what a unit has none of: it takes the last entry of a list, which stands for that.
NONE = -1


def _bare_words(text: str) -> str:
    """The unit's words as `unit_words` gives them, but for half-width marks."""
    m = MARKER.match(text)
    if m and m.end() < len(text):
        text = text[m.end() :]
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS // 2] + text[-MOST_CHARACTERS // 2 :]
    return "^" + DIGITS.sub("0", text) + "$"


def _widened(text: str) -> str:
    """The text with full-width marks, in seven scans: `translate` looks every character up, and took half of the time
    that reading the words takes."""
    for mark, wide in WIDE_MARKS:
        text = text.replace(mark, wide)
    return text


def unit_words(text: str) -> str:
    """The unit's own words as the model reads them: without the marker, digits folded to 0, ends marked ^ and $.

    >>> unit_words("3、完成销售额1,200万元。")
    '^完成销售额0万元。$'
    """
    return _widened(_bare_words(text))


class Cues(NamedTuple):
    """The words of the planning lexicon: `table` gives each a number, `classes[0][number]` its first class, and so on,
    -1 where it has no more; `names` are the classes' names."""

    table: Table
    classes: Integers
    names: tuple[str, ...]


@cache
def cue_words() -> Cues:
    """The planning lexicon, read once. Treat it as read-only."""
    import numpy as np

    groups: dict[str, list[str]] = load_toml("statements")["cues"]
    classes: dict[str, list[int]] = {}
    for number, words in enumerate(groups.values()):
        for word in dict.fromkeys(words):
            classes.setdefault(word, []).append(number)
    turns = np.array([*zip_longest(*classes.values(), fillvalue=-1)])
    return Cues(build_table(codes_of([*classes]), np.arange(len(classes))), turns, tuple(groups))


class Marks(NamedTuple):
    """Every mark's name, and the number of the first mark of each group."""

    names: tuple[str, ...]
    first: dict[str, int]


@cache
def all_marks() -> Marks:
    """The marks that a unit may have, made once. Treat it as read-only. What is said with `|` also tells the article's
    kind: in a plan a word may say something else than in a summary.
    """
    cues = [f"{place}={name}" for place in CUE_PLACES for name in cue_words().names]
    groups: dict[str, Sequence[str]] = {
        "cue": cues,
        "cue|kind": [f"{cue}|{kind}" for cue in cues for kind in KINDS],
        "role": [f"role={role}" for role in ROLES],
        "role|kind": [f"role={role}|{kind}" for role in ROLES for kind in KINDS],
        "kind": [f"kind={kind}" for kind in KINDS],
        "outlook": [f"outlook={outlook}" for outlook in OUTLOOKS],
        "outlook|kind": [f"outlook={outlook}|{kind}" for outlook in OUTLOOKS for kind in KINDS],
        "place": [f"place={n}" for n in range(TENTHS)],
        "length": [f"length={n}" for n in range(MOST_LENGTH + 1)],
        "quantities": [f"quantities={n}" for n in range(MOST_QUANTITIES + 1)],
        "times": [f"times={n}" for n in range(MOST_TIMES + 1)],
        "marked": ["marked"],
        "fragment": [FRAGMENT_MARK[1:]],
    }
    names: list[str] = []
    first: dict[str, int] = {}
    for group, members in groups.items():
        first[group] = len(names)
        names += [f"@{name}" for name in members]
    return Marks(tuple(names), first)


class Features(NamedTuple):
    """What the first look sees of all units: their words, which classes of the planning lexicon speak where, the
    marks, as numbers of `all_marks`, and the words on each of SIDES."""

    batches: tuple[Batch, ...]
    spoken: Ragged
    marks: Ragged
    nearby: tuple[Nearby, ...]


def unit_kinds(layout: Layout) -> Integers:
    """Of each unit the number of its article's kind, among KINDS."""
    import numpy as np

    kinds = [KINDS.index(piece.kind) for piece in layout.articles] + [KINDS.index("other")]
    return np.array(kinds)[_articles(layout)]


def unit_roles(layout: Layout) -> Integers:
    """Of each unit the number of its section's own role, among ROLES."""
    import numpy as np

    roles = [ROLES.index(heading.title_role) for heading in layout.headings] + [ROLES.index("other")]
    return np.array(roles)[_sections(layout)]


def _outlooks(layout: Layout) -> Integers:
    """Of each unit whether the headings look ahead or back, as a number among OUTLOOKS."""
    import numpy as np

    outlooks = [OUTLOOKS.index(one) for one in find_outlooks(layout)] + [OUTLOOKS.index(None)]
    return np.array(outlooks)[_sections(layout)]


def _articles(layout: Layout) -> Integers:
    """The number of each unit's article, NONE outside all."""
    import numpy as np

    return np.array([NONE if unit.article is None else unit.article for unit in layout.units], dtype=np.int64)


def _sections(layout: Layout) -> Integers:
    """The number of the heading over each unit, NONE under none."""
    import numpy as np

    return np.array([NONE if unit.section is None else unit.section for unit in layout.units], dtype=np.int64)


def unit_features(
    text: str, layout: Layout, quantities: Sequence[int], times: Sequence[int], like: Features | None = None
) -> Features:
    """The first look's features of every unit. `quantities` and `times` count the mentions in each.

    Args:
        like: features of the same units in another reading of the page, whose words are the same.
    """
    if like is not None:
        batches, spoken, nearby = like.batches, like.spoken, like.nearby
    else:
        bare = [_bare_words(text[unit.span.start : unit.span.end]) for unit in layout.units]
        batches = tuple(cut_batches(_widened("".join(bare)), [*map(len, bare)]))
        spoken = join_ragged([_spoken(batch) for batch in batches])
        starts = [one[:START_LENGTH] for one in bare]
        titles = [unit_words(heading.title) for heading in layout.headings]
        nearby = read_nearby(layout, _widened("".join(starts)), [*map(len, starts)], titles)
    kinds = unit_kinds(layout)
    marks = [*_place_marks(layout, kinds, batches, quantities, times), *_cue_marks(kinds, spoken)]
    return Features(batches, spoken, _gathered(marks, len(layout.units)), nearby)


def _gathered(marks: Sequence[tuple[Any, Any]], units: int) -> Ragged:
    """The marks of each unit, from pairs of units and marks."""
    import numpy as np

    owners, numbers = (np.concatenate([pair[side] for pair in marks]) for side in (0, 1))
    return distinct(owners, numbers, units, len(all_marks().names))


def _place_marks(
    layout: Layout, kinds: Integers, batches: Sequence[Batch], quantities: Sequence[int], times: Sequence[int]
) -> Iterator[tuple[Any, Any]]:
    """The marks of each unit's place and form: its section's role, its article's kind, the outlook, its tenth of the
    article, its length, how many mentions it holds, and whether it is longer than its words (a marker, long numbers).
    """
    import numpy as np

    first = all_marks().first
    every = np.arange(len(layout.units))
    roles, outlooks = unit_roles(layout), _outlooks(layout)
    lengths = np.concatenate([np.diff(batch.borders) for batch in batches])
    spans = np.array([unit.span for unit in layout.units])
    many = len(KINDS)
    numbers = {
        "role": roles,
        "role|kind": roles * many + kinds,
        "kind": kinds,
        "outlook": outlooks,
        "outlook|kind": outlooks * many + kinds,
        "place": _tenths(layout, spans[:, 0]),
        "length": np.minimum(lengths // LENGTH_STEP, MOST_LENGTH),
        "quantities": np.minimum(quantities, MOST_QUANTITIES),
        "times": np.minimum(times, MOST_TIMES),
    }
    for group, each in numbers.items():
        yield every, first[group] + each
    marked = np.flatnonzero(lengths - 2 < spans[:, 1] - spans[:, 0] - 1)
    yield marked, np.full(len(marked), first["marked"])
    alone = np.flatnonzero(_of_fragment(layout))
    yield alone, np.full(len(alone), first["fragment"])


def _of_fragment(layout: Layout) -> Flags:
    """Whether each unit is one of the few of an article without title and headings: a sentence handed in alone."""
    import numpy as np

    articles = _articles(layout)
    few = np.array([*(piece.title is None for piece in layout.articles), False])
    few[[heading.article for heading in layout.headings]] = False
    sizes = np.bincount(articles[articles != NONE], minlength=len(few))
    flags: Flags = (few & (sizes <= FRAGMENT))[articles]
    return flags


def _tenths(layout: Layout, starts: Integers) -> Integers:
    """The tenth of its article in which each unit starts, 0 outside all articles."""
    import numpy as np

    articles = _articles(layout)
    begins = np.array([*(a.span.start for a in layout.articles), 0])[articles]
    lengths = np.array([*(max(1, a.span.end - a.span.start) for a in layout.articles), 1])[articles]
    tenths: Integers = np.clip(TENTHS * (starts - begins) // lengths, 0, TENTHS - 1)
    tenths[articles == NONE] = 0
    return tenths


def _cue_marks(kinds: Integers, spoken: Ragged) -> Iterator[tuple[Any, Any]]:
    """The marks of the classes that speak in each unit, with its article's kind and without."""
    import numpy as np

    first = all_marks().first
    owners = np.repeat(np.arange(len(spoken.sizes)), spoken.sizes)
    yield owners, first["cue"] + spoken.numbers
    yield owners, first["cue|kind"] + spoken.numbers * len(KINDS) + kinds[owners]


def _spoken(batch: Batch) -> Ragged:
    """Which classes of the planning lexicon speak in each text, and where, as numbers of the marks' group `cue`."""
    import numpy as np

    cues = cue_words()
    many = len(cues.names)
    begins, ends = _last_clauses(batch)
    owners: list[Any] = []
    numbers: list[Any] = []
    for size, codes in gram_codes(batch):
        at, found = look_up(cues.table, codes)
        owner = batch.owners[at]
        where = np.stack(
            [
                np.ones(len(at), dtype=bool),
                (begins[owner] <= at) & (at + size <= ends[owner]),
                at == batch.borders[owner] + 1,
            ]
        )
        for turn in cues.classes:  # a word's first class, its second, …
            classed = turn[found]
            place, hit = np.nonzero(where & (classed >= 0))
            owners.append(owner[hit])
            numbers.append(place * many + classed[hit])
    texts = len(batch.borders) - 1
    return distinct(np.concatenate(owners), np.concatenate(numbers), texts, len(CUE_PLACES) * many)


def _last_clauses(batch: Batch) -> tuple[Integers, Integers]:
    """Where the last clause of each text that is not empty starts and ends: the main clause of a Chinese sentence
    stands there. The marks at the end of a text do not close it.
    """
    import numpy as np

    index = np.arange(len(batch.points))
    closing = np.zeros(len(batch.points), dtype=bool)
    for mark in CLAUSE_MARKS:
        closing |= batch.points == np.uint64(code_of(mark))
    heads, tails = batch.borders[:-1], batch.borders[1:] - 1  # of each text its ^ and $
    lasts = np.maximum.accumulate(np.where(closing, 0, index))[tails - 1]
    closes = np.maximum.accumulate(np.where(closing, index, -1))[lasts]
    return np.maximum(closes, heads) + 1, lasts + 1
