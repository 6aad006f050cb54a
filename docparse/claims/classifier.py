"""The statement classifier at run time: weights from one .npz (no pickle), scores by numpy, in two looks.

The first look reads a unit's words and place; the second reads what the first one thought of the unit, of its
neighbours and of its section, because a report says in one sentence that the next five are about last year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import msgspec

from docparse.claims.features import LONGEST_GRAM, Surroundings, cue_marks, grams, place_marks, unit_words
from docparse.claims.outlook import find_outlooks, outlook_at
from docparse.records import Kind, Label, Layout, SectionRole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Integers = NDArray[np.int32]

LABELS: tuple[Label, ...] = get_args(Label)
KINDS: tuple[Kind, ...] = get_args(Kind)
# How often furniture found by structure's rules is noise indeed, on corpora/dev: a rule has no probability of its own.
FURNITURE = 0.95
# Marks are few and hold on every page: a small scale is a strong prior against leaning on any one of them. Of 0.5, 0.2,
# 0.12 and 0.07 the last was best on pages by others, and no worse on corpora/dev.
MARK_SCALE = 0.07
# What an article whose kind is not known may be.
OPEN_KINDS: tuple[Kind, ...] = ("plan", "summary")
# It must be surer than the reading as neither by so much: a recipe gives orders too, and plans nothing.
DOUBT = 0.01
ROLES: tuple[SectionRole, ...] = get_args(SectionRole)


class Weights(NamedTuple):
    """One trained model. `rows` gives each feature's row in `words`; the last row of each matrix is the bias.

    `words` are whole numbers, to be multiplied by `scale`: their sum does not depend on the order of a set.
    """

    rows: dict[str, int]
    words: Integers
    scale: float
    second: Matrix


class Scored(NamedTuple):
    """A unit's label, the probability (0 to 1) of each of LABELS, and the vocabulary rows that the first look saw."""

    label: Label
    probabilities: tuple[float, ...]
    rows: Sequence[int]

    @property
    def confidence(self) -> float:
        """The label's own probability."""
        return self.probabilities[LABELS.index(self.label)]


class Features(NamedTuple):
    """What the first look sees of one unit: its n-grams, and the marks of its place and its cues."""

    words: set[str]
    marks: set[str]


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
        return Weights(
            rows={word: i for i, word in enumerate(vocabulary)},
            words=data["words"].astype(np.int32),
            scale=float(data["scale"]),
            second=data["second"],
        )


def unit_features(
    text: str,
    layout: Layout,
    quantities: Sequence[int],
    times: Sequence[int],
    like: Sequence[Features] = (),
) -> list[Features]:
    """The first look's features of every unit. `quantities` and `times` count the mentions in each.

    Args:
        like: features of the same units in another reading of the page, whose n-grams are the same.
    """
    found: list[Features] = []
    outlooks = find_outlooks(layout)
    for number, unit in enumerate(layout.units):
        words = unit_words(text[unit.span.start : unit.span.end])
        article = layout.articles[unit.article] if unit.article is not None else None
        place = 0
        if article is not None:
            length = max(1, article.span.end - article.span.start)
            place = max(0, min(9, 10 * (unit.span.start - article.span.start) // length))
        around = Surroundings(
            role=layout.headings[unit.section].title_role if unit.section is not None else "other",
            kind=article.kind if article is not None else "other",
            outlook=outlook_at(outlooks, unit.section),
            place=place,
            marked=len(words) - 2 < unit.span.end - unit.span.start - 1,
            quantities=quantities[number],
            times=times[number],
        )
        spoken = like[number].words if like else grams(words, LONGEST_GRAM)
        found.append(Features(spoken, place_marks(around) | cue_marks(words, spoken, around.kind)))
    return found


def second_features(layout: Layout, first: Matrix) -> Matrix:
    """The second look's rows: what the first said of the unit, its two neighbours, its section and its article; the
    article's kind and the section's role; and 1 for the bias.
    """
    import numpy as np

    n = len(layout.units)
    around = np.zeros((n, 5, len(LABELS)), dtype=np.float32)
    around[:, 0] = first
    around[1:, 1] = first[:-1]
    around[:-1, 2] = first[1:]
    sections: dict[tuple[int | None, int | None], list[int]] = {}
    articles: dict[int | None, list[int]] = {}
    kinds = np.zeros((n, len(KINDS)), dtype=np.float32)
    roles = np.zeros((n, len(ROLES)), dtype=np.float32)
    for i, unit in enumerate(layout.units):
        sections.setdefault((unit.article, unit.section), []).append(i)
        articles.setdefault(unit.article, []).append(i)
        if unit.article is not None:
            kinds[i, KINDS.index(layout.articles[unit.article].kind)] = 1
        if unit.section is not None:
            roles[i, ROLES.index(layout.headings[unit.section].title_role)] = 1
    for members in sections.values():
        others = first[members].sum(axis=0) - first[members]
        around[members, 3] = others / max(1, len(members) - 1)
    for members in articles.values():
        around[members, 4] = first[members].mean(axis=0)
    rows: Matrix = np.concatenate([around.reshape(n, -1), kinds, roles, np.ones((n, 1), dtype=np.float32)], axis=1)
    return rows


def softmax(scores: Any) -> Matrix:
    """Rows of scores to rows of probabilities."""
    import numpy as np

    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Matrix = (shifted / shifted.sum(axis=1, keepdims=True)).astype(np.float32)
    return result


def word_rows(features: Sequence[Features], weights: Weights) -> list[list[int]]:
    """The vocabulary rows of each unit's n-grams."""
    known = weights.rows.keys()
    row_of = weights.rows.__getitem__
    return [[*map(row_of, unit.words & known)] for unit in features]


def first_look(
    features: Sequence[Features], weights: Weights, words: Sequence[list[int]] | None = None
) -> tuple[Matrix, list[list[int]]]:
    """Probabilities by words and place, and the vocabulary rows that each unit touched.

    Args:
        words: what `word_rows` gives, where it is known already.
    """
    import numpy as np

    known = weights.rows.keys()
    row_of = weights.rows.__getitem__
    words = word_rows(features, weights) if words is None else words
    marks = [[*map(row_of, unit.marks & known)] for unit in features]
    # The norm keeps long sentences from being surer than short ones (rows were scaled so in training).
    norms = np.array([max(1, len(rows)) ** -0.5 for rows in words], dtype=np.float32)
    said = _row_sums(weights.words, words) * (norms * weights.scale)[:, None]
    scores = said + _row_sums(weights.words, marks) * (weights.scale * MARK_SCALE) + weights.words[-1] * weights.scale
    return softmax(scores), [one + other for one, other in zip(words, marks, strict=True)]


def _row_sums(table: Integers, rows: Sequence[Sequence[int]]) -> Integers:
    """The sum of the table's rows in each list; an empty list sums to 0."""
    import numpy as np

    sizes = np.array([len(one) for one in rows])
    sums = np.zeros((len(rows), table.shape[1]), dtype=np.int32)
    filled = np.flatnonzero(sizes)
    if len(filled):
        taken = table[np.array([*chain.from_iterable(rows)])]
        starts = (np.cumsum(sizes) - sizes)[filled]
        sums[filled] = np.add.reduceat(taken, starts, axis=0)
    return sums


def label_units(text: str, layout: Layout, quantities: Sequence[int], times: Sequence[int]) -> list[Scored]:
    """A label for every unit. Furniture that structure recognised, and what stands outside all articles, is noise.

    An article that is neither plan nor summary by its title and text (an excerpt has no title) is read as each of them
    and as neither, and keeps the reading that is surest on the whole. Where the kind was known and hidden, this way
    0.84 of corpora/test had the right label, 0.69 without; articles that are something else indeed lost nothing.
    """
    import numpy as np

    if not layout.units:
        return []
    readings = [layout]
    if any(piece.kind == "other" for piece in layout.articles):
        readings += [_as_kind(layout, kind) for kind in OPEN_KINDS]
    weights = load_weights()
    looked: list[tuple[Matrix, list[list[int]]]] = []
    features: list[Features] = []
    words: list[list[int]] = []
    for reading in readings:
        features = unit_features(text, reading, quantities, times, features)
        words = words or word_rows(features, weights)
        first, rows = first_look(features, weights, words)
        looked.append((softmax(second_features(reading, first) @ weights.second), rows))
    surest = _surest(layout, [chances for chances, _ in looked])
    best = [chances.argmax(axis=1).tolist() for chances, _ in looked]
    rounded = [np.round(chances.astype(np.float64), 3).tolist() for chances, _ in looked]
    scored: list[Scored] = []
    for i, unit in enumerate(layout.units):
        if unit.noise is not None or unit.article is None:
            scored.append(sure_of("noise", FURNITURE, looked[0][1][i]))
            continue
        n = surest[unit.article]
        scored.append(Scored(LABELS[best[n][i]], tuple(rounded[n][i]), looked[n][1][i]))
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


def sure_of(label: Label, confidence: float, rows: Sequence[int]) -> Scored:
    """What a rule says of a unit, right in `confidence` of the cases; the rest is shared by the other labels."""
    other = round((1 - confidence) / (len(LABELS) - 1), 3)
    return Scored(label, tuple(confidence if one == label else other for one in LABELS), rows)


@cache
def _feature_names() -> tuple[str, ...]:
    return tuple(load_weights().rows)


def loudest(scored: Scored, most: int) -> list[str]:
    """The features that spoke most for a unit's label in the first look, the loudest first; at most `most`."""
    weights = load_weights()
    names = _feature_names()
    label = LABELS.index(scored.label)
    norm = max(1, sum(not names[row].startswith("@") for row in scored.rows)) ** -0.5
    spoken = [
        (float(weights.words[row, label]) * (MARK_SCALE if names[row].startswith("@") else norm), names[row])
        for row in scored.rows
    ]
    return [name for value, name in sorted(spoken, key=lambda pair: (-pair[0], pair[1]))[:most] if value > 0]
