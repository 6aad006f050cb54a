"""The statement classifier at run time: weights from one .npz (no pickle), scores by numpy, in two looks.

The first look reads a unit's words, its place and the words around it; the second reads what the first one thought of
the unit, of its neighbours and of its section, because a report says in one sentence that the next five are about last
year.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import msgspec

from docparse.claims.features import KINDS, ROLES, Features, all_marks, unit_features, unit_kinds, unit_roles
from docparse.claims.grams import LONGEST_GRAM, Ragged, Table, build_table, codes_of, find_grams
from docparse.claims.surroundings import SIDES
from docparse.records import Kind, Label, Layout

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Integers = NDArray[np.int32]

LABELS: tuple[Label, ...] = get_args(Label)
# What else than words and neighbours may decide a label: 将 before a number, a change that is told, what is called an
# aim, a bare verb in a plan's line, 已, an owner or a day below the item, a plan's budget.
LabelRule = Literal["foretold", "changed", "called", "planned", "done", "described", "budget"]
# How often furniture found by structure's rules is noise indeed, on corpora/dev: a rule has no probability of its own.
FURNITURE = 0.95
# Marks are few and hold on every page: a small scale is a strong prior against leaning on any one of them. Of 0.5, 0.2,
# 0.12 and 0.07 the last was best on pages by others, and no worse on corpora/dev.
MARK_SCALE = 0.07
# The words around a unit speak so much lower than its own: of 0.1, 0.15, 0.2 and 0.3 the third was best on corpora/dev
# and on pages by others together.
NEARBY_SCALE = 0.2
# Rows are summed for so many units at once: their rows stay in the processor's cache, however long the page.
BLOCK = 512
# What an article whose kind is not known may be.
OPEN_KINDS: tuple[Kind, ...] = ("plan", "summary")
# It must be surer than the reading as neither by so much: a recipe gives orders too, and plans nothing.
DOUBT = 0.01


class Weights(NamedTuple):
    """One trained model. `vocabulary` names the rows of `words`; the last row of each matrix is the bias.

    `words` are whole numbers, to be multiplied by `scale`: their sum does not depend on the order of what is summed.
    `table` gives the row of an n-gram, `nearby` that of one on each of SIDES, `marks` the row of each of `all_marks`,
    -1 where it has none.
    """

    vocabulary: tuple[str, ...]
    words: Integers
    scale: float
    second: Matrix
    table: Table
    nearby: tuple[Table, ...]
    marks: Integers


class Seen(NamedTuple):
    """What the first look sees, as rows of the vocabulary: each unit's n-grams and marks; and of each of SIDES the
    n-grams of the texts there and the number of each unit's text, -1 where it has none."""

    words: Ragged
    marks: Ragged
    nearby: tuple[tuple[Ragged, Any], ...]


class Scored(NamedTuple):
    """A unit's label, the probability (0 to 1) of each of LABELS, and the vocabulary rows that the first look saw:
    those of its n-grams, of its marks, and of the n-grams on each of SIDES. Without rows, a table's heads said what
    it is; `rule` names what else overruled the two looks.
    """

    label: Label
    probabilities: tuple[float, ...]
    rows: tuple[Integers, ...]
    rule: LabelRule | None = None

    @property
    def confidence(self) -> float:
        """The label's own probability."""
        return self.probabilities[LABELS.index(self.label)]


def weights_path() -> Path:
    """Where the weights lie: inside the installed package, or in the checkout's models folder."""
    packed = Path(str(files("docparse.claims"))) / "weights" / "statements.npz"
    return packed if packed.exists() else Path(__file__).parents[2] / "models" / "statements" / "weights.npz"


@cache
def load_weights(path: Path | None = None) -> Weights:
    """The weights, read once (in about 60 ms)."""
    import numpy as np

    with np.load(path or weights_path(), allow_pickle=False) as data:
        vocabulary = data["vocabulary"].tobytes().decode().split("\n")
        return make_weights(vocabulary, data["words"].astype(np.int32), float(data["scale"]), data["second"])


def make_weights(vocabulary: Sequence[str], words: Integers, scale: float, second: Matrix) -> Weights:
    """The weights with what finds their rows. `vocabulary` is sorted; a name longer than an n-gram is a mark's, or one
    of SIDES and what stands there."""
    import numpy as np

    sizes = np.fromiter(map(len, vocabulary), dtype=np.int64, count=len(vocabulary))
    grams = np.flatnonzero(sizes <= LONGEST_GRAM)
    table = build_table(codes_of([vocabulary[row] for row in grams.tolist()]), grams)
    nearby: list[Table] = []
    for side in SIDES:
        prefix = nearby_name(side, "")
        start = bisect_left(vocabulary, prefix)
        end = bisect_left(vocabulary, prefix + chr(sys.maxunicode))
        codes = codes_of([name[len(prefix) :] for name in vocabulary[start:end]])
        nearby.append(build_table(codes, np.arange(start, end)))
    marks = np.array([_row_of(vocabulary, name) for name in all_marks().names], dtype=np.int32)
    return Weights(tuple(vocabulary), words, scale, second, table, tuple(nearby), marks)


def _row_of(vocabulary: Sequence[str], name: str) -> int:
    """Where a name stands in the sorted vocabulary, -1 where it does not."""
    at = bisect_left(vocabulary, name)
    return at if vocabulary[at : at + 1] == [name] else -1


def nearby_name(side: str, gram: str) -> str:
    """The name of an n-gram on one of SIDES in the vocabulary: @heading:市场."""
    return f"@{side}:{gram}"


def second_features(layout: Layout, first: Matrix) -> Matrix:
    """The second look's rows: what the first said of the unit, its two neighbours, its section and its article; the
    article's kind and the section's role; and 1 for the bias. Heads and numbers that a page end puts between two
    paragraphs part no neighbours.
    """
    import numpy as np

    n = len(layout.units)
    around = np.zeros((n, 5, len(LABELS)), dtype=np.float32)
    around[:, 0] = first
    spoken = [i for i, unit in enumerate(layout.units) if unit.noise != "running-head"]
    around[spoken[1:], 1] = first[spoken[:-1]]
    around[spoken[:-1], 2] = first[spoken[1:]]
    sections: dict[tuple[int | None, int | None], list[int]] = {}
    articles: dict[int | None, list[int]] = {}
    for i, unit in enumerate(layout.units):
        sections.setdefault((unit.article, unit.section), []).append(i)
        articles.setdefault(unit.article, []).append(i)
    for members in sections.values():
        others = first[members].sum(axis=0) - first[members]
        around[members, 3] = others / max(1, len(members) - 1)
    for members in articles.values():
        around[members, 4] = first[members].mean(axis=0)
    kinds = np.eye(len(KINDS), dtype=np.float32)[unit_kinds(layout)]
    kinds[[unit.article is None for unit in layout.units]] = 0
    roles = np.eye(len(ROLES), dtype=np.float32)[unit_roles(layout)]
    roles[[unit.section is None for unit in layout.units]] = 0
    rows: Matrix = np.concatenate([around.reshape(n, -1), kinds, roles, np.ones((n, 1), dtype=np.float32)], axis=1)
    return rows


def softmax(scores: Any) -> Matrix:
    """Rows of scores to rows of probabilities."""
    import numpy as np

    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Matrix = (shifted / shifted.sum(axis=1, keepdims=True)).astype(np.float32)
    return result


def seen_rows(features: Features, weights: Weights, like: Seen | None = None) -> Seen:
    """What the first look sees of all units. `like`: what it saw in another reading of the page, whose words are the
    same."""
    import numpy as np

    most = len(weights.vocabulary)
    words = find_grams(features.batches, weights.table, most) if like is None else like.words
    rows = weights.marks[features.marks.numbers]
    owners = np.repeat(np.arange(len(features.marks.sizes)), features.marks.sizes)
    marks = Ragged(rows[rows >= 0], np.bincount(owners[rows >= 0], minlength=len(features.marks.sizes)))
    sides = zip(features.nearby, weights.nearby, strict=True)
    nearby = like.nearby if like is not None else tuple((find_grams(n.batches, t, most), n.of_unit) for n, t in sides)
    return Seen(words, marks, nearby)


def first_look(seen: Seen, weights: Weights) -> Matrix:
    """Probabilities by words, place and surroundings, from what the first look sees."""
    import numpy as np

    scores = _said(seen.words, weights, 1.0) + _row_sums(weights.words, seen.marks) * (weights.scale * MARK_SCALE)
    for rows, of_unit in seen.nearby:
        said = _said(rows, weights, NEARBY_SCALE)
        scores += np.concatenate([said, np.zeros((1, len(LABELS)))])[of_unit]  # the last one is that of NONE
    return softmax(scores + weights.words[-1] * weights.scale)


def _said(rows: Ragged, weights: Weights, factor: float) -> Any:
    """What the n-grams of each text say. The norm keeps long texts from being surer than short ones (rows were scaled
    so in training)."""
    import numpy as np

    # Python's power, as in training: numpy's may differ in the last place.
    norms = np.array([max(1, size) ** -0.5 for size in rows.sizes.tolist()], dtype=np.float32)
    return _row_sums(weights.words, rows) * (norms * (weights.scale * factor))[:, None]


def _row_sums(table: Integers, rows: Ragged) -> Integers:
    """The sum of the table's rows in each list; an empty list sums to 0."""
    import numpy as np

    sums = np.zeros((len(rows.sizes), table.shape[1]), dtype=np.int32)
    filled = np.flatnonzero(rows.sizes)
    ends = rows.sizes.cumsum()
    for units in (filled[at : at + BLOCK] for at in range(0, len(filled), BLOCK)):
        starts = ends[units] - rows.sizes[units]
        taken = table.take(rows.numbers[starts[0] : ends[units[-1]]], axis=0)
        sums[units] = np.add.reduceat(taken, starts - starts[0], axis=0)
    return sums


def label_units(text: str, layout: Layout, quantities: Sequence[int], times: Sequence[int]) -> list[Scored]:
    """A label for every unit. Furniture that structure recognised, and what stands outside all articles, is noise.

    An article that is neither plan nor summary by its title and text (an excerpt has no title) is read as each of them
    and as neither, and keeps the reading that is surest on the whole. Where the kind was known and hidden, this way
    0.84 of corpora/test had the right label, 0.69 without; articles that are something else indeed lost nothing.
    """
    if not layout.units:
        return []
    readings = [layout]
    if any(piece.kind == "other" for piece in layout.articles):
        readings += [_as_kind(layout, kind) for kind in OPEN_KINDS]
    weights = load_weights()
    looked: list[tuple[Matrix, Seen]] = []
    features: Features | None = None
    seen: Seen | None = None
    for reading in readings:
        features = unit_features(text, reading, quantities, times, features)
        seen = seen_rows(features, weights, seen)
        looked.append((softmax(second_features(reading, first_look(seen, weights)) @ weights.second), seen))
    return _chosen(layout, looked)


def _chosen(layout: Layout, looked: Sequence[tuple[Matrix, Seen]]) -> list[Scored]:
    """Each unit's label in the surest reading of its article. `looked` has of each reading the probabilities and what
    was seen."""
    import numpy as np

    surest = _surest(layout, [chances for chances, _ in looked]) if len(looked) > 1 else [0] * len(layout.articles)
    best = [chances.argmax(axis=1).tolist() for chances, _ in looked]
    rounded = [np.round(chances.astype(np.float64), 3).tolist() for chances, _ in looked]
    marks = [seen.marks.lists() for _, seen in looked]
    words = looked[0][1].words.lists()
    nearby = [_by_unit(rows, of_unit) for rows, of_unit in looked[0][1].nearby]
    scored: list[Scored] = []
    for i, (unit, *around) in enumerate(zip(layout.units, *nearby, strict=True)):
        if unit.noise is not None or unit.article is None:
            scored.append(sure_of("noise", FURNITURE, (words[i], marks[0][i], *around)))
            continue
        n = surest[unit.article]
        scored.append(Scored(LABELS[best[n][i]], tuple(rounded[n][i]), (words[i], marks[n][i], *around)))
    return scored


def _by_unit(rows: Ragged, of_unit: Any) -> list[Integers]:
    """The rows of each unit's text on one side."""
    lists = [*rows.lists(), rows.numbers[:0]]  # the last one is that of NONE
    return [lists[number] for number in of_unit.tolist()]


def _as_kind(layout: Layout, kind: Kind) -> Layout:
    """The layout, its articles of kind other taken for another kind."""
    pieces = (msgspec.structs.replace(p, kind=kind) if p.kind == "other" else p for p in layout.articles)
    return msgspec.structs.replace(layout, articles=tuple(pieces))


def _surest(layout: Layout, readings: Sequence[Matrix]) -> list[int]:
    """Of each article, the number of the reading that is surest of its units on the whole."""
    sums = [[0.0] * len(readings) for _ in layout.articles]
    for n, chances in enumerate(readings):
        for unit, sure in zip(layout.units, chances.max(axis=1).tolist(), strict=True):
            if unit.article is not None and unit.noise is None:
                sums[unit.article][n] += sure
    counts = Counter(unit.article for unit in layout.units if unit.article is not None and unit.noise is None)
    for article, one in enumerate(sums):
        one[0] += DOUBT * counts[article]
    return [max(range(len(readings)), key=lambda n: one[n]) for one in sums]


def sure_of(label: Label, confidence: float, rows: tuple[Integers, ...], rule: LabelRule | None = None) -> Scored:
    """What a rule says of a unit, right in `confidence` of the cases; the rest is shared by the other labels."""
    other = round((1 - confidence) / (len(LABELS) - 1), 3)
    return Scored(label, tuple(confidence if one == label else other for one in LABELS), rows, rule)


def loudest(scored: Scored, most: int) -> list[str]:
    """The features that spoke most for a unit's label in the first look, the loudest first; at most `most`."""
    weights = load_weights()
    label = LABELS.index(scored.label)
    spoken: list[tuple[float, str]] = []
    for number, rows in enumerate(scored.rows):
        factor = MARK_SCALE if number == 1 else (NEARBY_SCALE if number else 1.0) * max(1, len(rows)) ** -0.5
        spoken += [(float(weights.words[row, label]) * factor, weights.vocabulary[row]) for row in rows.tolist()]
    return [name for value, name in sorted(spoken, key=lambda pair: (-pair[0], pair[1]))[:most] if value > 0]
