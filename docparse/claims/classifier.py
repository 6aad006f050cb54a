"""The statement classifier at run time: weights from one .npz (no pickle), scores by numpy, in two looks.

The first look reads a unit's words and place; the second reads what the first one thought of the unit, of its
neighbours and of its section, because a report says in one sentence that the next five are about last year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import msgspec

from docparse.claims.features import KINDS, ROLES, Features, all_marks, unit_features, unit_kinds, unit_roles
from docparse.claims.grams import LONGEST_GRAM, Ragged, Table, build_table, codes_of, find_grams
from docparse.records import Kind, Label, Layout

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Integers = NDArray[np.int32]

LABELS: tuple[Label, ...] = get_args(Label)
# How often furniture found by structure's rules is noise indeed, on corpora/dev: a rule has no probability of its own.
FURNITURE = 0.95
# Marks are few and hold on every page: a small scale is a strong prior against leaning on any one of them. Of 0.5, 0.2,
# 0.12 and 0.07 the last was best on pages by others, and no worse on corpora/dev.
MARK_SCALE = 0.07
# Rows are summed for so many units at once: their rows stay in the processor's cache, however long the page.
BLOCK = 512
# What an article whose kind is not known may be.
OPEN_KINDS: tuple[Kind, ...] = ("plan", "summary")
# It must be surer than the reading as neither by so much: a recipe gives orders too, and plans nothing.
DOUBT = 0.01


class Weights(NamedTuple):
    """One trained model. `vocabulary` names the rows of `words`; the last row of each matrix is the bias.

    `words` are whole numbers, to be multiplied by `scale`: their sum does not depend on the order of what is summed.
    `table` gives the row of an n-gram, `marks` the row of each of `all_marks`, -1 where it has none.
    """

    vocabulary: tuple[str, ...]
    words: Integers
    scale: float
    second: Matrix
    table: Table
    marks: Integers


class Scored(NamedTuple):
    """A unit's label, the probability (0 to 1) of each of LABELS, and the vocabulary rows that the first look saw:
    those of its n-grams and those of its marks. Without rows, a table's heads said what it is.
    """

    label: Label
    probabilities: tuple[float, ...]
    rows: tuple[Integers, ...]

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
    """The weights, read once (under 50 ms)."""
    import numpy as np

    with np.load(path or weights_path(), allow_pickle=False) as data:
        vocabulary = str(data["vocabulary"]).split("\n")
        return make_weights(vocabulary, data["words"].astype(np.int32), float(data["scale"]), data["second"])


def make_weights(vocabulary: Sequence[str], words: Integers, scale: float, second: Matrix) -> Weights:
    """The weights with what finds their rows. A name longer than an n-gram is a mark's."""
    import numpy as np

    sizes = np.fromiter(map(len, vocabulary), dtype=np.int64, count=len(vocabulary))
    grams = np.flatnonzero(sizes <= LONGEST_GRAM)
    table = build_table(codes_of([vocabulary[row] for row in grams.tolist()]), grams)
    marks = {vocabulary[row]: row for row in np.flatnonzero(sizes > LONGEST_GRAM).tolist()}
    rows = np.array([marks.get(name, -1) for name in all_marks().names], dtype=np.int32)
    return Weights(tuple(vocabulary), words, scale, second, table, rows)


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


def word_rows(features: Features, weights: Weights) -> Ragged:
    """The vocabulary rows of each unit's n-grams, in order."""
    return find_grams(features.batches, weights.table, len(weights.vocabulary))


def mark_rows(features: Features, weights: Weights) -> Ragged:
    """The vocabulary rows of each unit's marks."""
    import numpy as np

    marks = features.marks
    rows = weights.marks[marks.numbers]
    owners = np.repeat(np.arange(len(marks.sizes)), marks.sizes)
    return Ragged(rows[rows >= 0], np.bincount(owners[rows >= 0], minlength=len(marks.sizes)))


def first_look(words: Ragged, marks: Ragged, weights: Weights) -> Matrix:
    """Probabilities by words and place, from the vocabulary rows of each unit's n-grams and marks."""
    import numpy as np

    # The norm keeps long sentences from being surer than short ones (rows were scaled so in training). Python's power,
    # as in training: numpy's may differ in the last place.
    norms = np.array([max(1, size) ** -0.5 for size in words.sizes.tolist()], dtype=np.float32)
    said = _row_sums(weights.words, words) * (norms * weights.scale)[:, None]
    scores = said + _row_sums(weights.words, marks) * (weights.scale * MARK_SCALE) + weights.words[-1] * weights.scale
    return softmax(scores)


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
    looked: list[tuple[Matrix, list[Integers]]] = []
    features: Features | None = None
    words: Ragged | None = None
    for reading in readings:
        features = unit_features(text, reading, quantities, times, features)
        words = words or word_rows(features, weights)
        marks = mark_rows(features, weights)
        first = first_look(words, marks, weights)
        looked.append((softmax(second_features(reading, first) @ weights.second), marks.lists()))
    assert words is not None
    return _chosen(layout, looked, words.lists())


def _chosen(
    layout: Layout, looked: Sequence[tuple[Matrix, Sequence[Integers]]], words: Sequence[Integers]
) -> list[Scored]:
    """Each unit's label in the surest reading of its article. `looked` has of each reading the probabilities and the
    rows of the marks."""
    import numpy as np

    surest = _surest(layout, [chances for chances, _ in looked]) if len(looked) > 1 else [0] * len(layout.articles)
    best = [chances.argmax(axis=1).tolist() for chances, _ in looked]
    rounded = [np.round(chances.astype(np.float64), 3).tolist() for chances, _ in looked]
    scored: list[Scored] = []
    for i, unit in enumerate(layout.units):
        if unit.noise is not None or unit.article is None:
            scored.append(sure_of("noise", FURNITURE, (words[i], looked[0][1][i])))
            continue
        n = surest[unit.article]
        scored.append(Scored(LABELS[best[n][i]], tuple(rounded[n][i]), (words[i], looked[n][1][i])))
    return scored


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


def sure_of(label: Label, confidence: float, rows: tuple[Integers, ...]) -> Scored:
    """What a rule says of a unit, right in `confidence` of the cases; the rest is shared by the other labels."""
    other = round((1 - confidence) / (len(LABELS) - 1), 3)
    return Scored(label, tuple(confidence if one == label else other for one in LABELS), rows)


def loudest(scored: Scored, most: int) -> list[str]:
    """The features that spoke most for a unit's label in the first look, the loudest first; at most `most`."""
    weights = load_weights()
    label = LABELS.index(scored.label)
    spoken: list[tuple[float, str]] = []
    for number, rows in enumerate(scored.rows):
        factor = MARK_SCALE if number else max(1, len(rows)) ** -0.5
        spoken += [(float(weights.words[row, label]) * factor, weights.vocabulary[row]) for row in rows.tolist()]
    return [name for value, name in sorted(spoken, key=lambda pair: (-pair[0], pair[1]))[:most] if value > 0]
