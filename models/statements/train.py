"""Fit the statement classifier on corpora/train and write weights.npz and scores.json beside this file.

usage: python models/statements/train.py [--check | --errors]
    --check: fit, and compare with the committed weights; --errors: print the most confident errors on corpora/dev

Same corpus, same library versions, same weights: no randomness is drawn, folds are cut by the order of the documents'
names. jieba cuts the corpus into words; those of three characters are features where rarer n-grams of three are none.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from examples import Example, fragments, load_corpus
from numpy.typing import NDArray

from docparse.claims.classifier import (
    LABELS,
    MARK_SCALE,
    NEARBY_SCALE,
    Weights,
    first_look,
    make_weights,
    nearby_name,
    second_features,
    seen_rows,
    softmax,
)
from docparse.claims.features import FRAGMENT_MARK, all_marks, unit_words
from docparse.claims.grams import Batch, build_table, find_grams, gram_codes, gram_of
from docparse.claims.surroundings import SIDES
from docparse.records import Label

HERE = Path(__file__).parent
FOLDS = 5
LEAST_DOCUMENTS = 2  # a feature must occur in so many documents: one author's habit is no evidence
LEAST_NEARBY = 6  # so many for the words around a unit (with 3 no better),
LEAST_PLAIN = 5  # and for three characters that are no word (with 3 no better, with 8 a little worse)
FIRST_C = 0.4
SECOND_C = 1.0
# Margins of the first look are multiplied by this: of 1, 2, 3 and 5 the best on corpora/dev.
SHARPNESS = 3.0
# Sentences of every so many-th document are learned a second time as texts of their own, one to three together: what is
# handed in may be one sentence. corpora/dev's sentences parsed so: 0.69 right without this, 0.78 with it; of every
# twelfth 0.76, of every third no more and the documents themselves 0.005 worse.
FRAGMENTS_EVERY = 6
# What no word speaks for looks like background, and on pages by strange hands few words are known: on nineteen such
# pages background was said twice as often as it was meant. So much less is asked of the other labels there (in logits):
# of 0, 0.3, 0.6, 0.8 and 0.9 the fourth; with less, goals and tasks of those pages are lost, more costs corpora/dev.
# Since notices of conditions and procedures are learned from, a third of all rules, tasks are asked a little less too:
# of 0, 0.3 and 0.5 the second.
BIASES: dict[Label, float] = {"background": -0.8, "task": 0.3}
# Two fits are one where no probability differs by more.
SAME_CHANCE = 0.01

Matrix = NDArray[np.float32]


def jieba_words(examples: list[Example]) -> set[str]:
    """The words of two and three characters that jieba finds in the corpus."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    words: set[str] = set()
    for example in examples:
        for unit in example.layout.units:
            words.update(jieba.lcut(unit_words(example.text[unit.span.start : unit.span.end])))
    return {w for w in words if 2 <= len(w) <= 3}


def count_documents(examples: list[Example]) -> dict[str, int]:
    """In how many documents each n-gram, each mark and each n-gram around a unit occurs."""
    counts = Counter(name for e in examples for name in {all_marks().names[n] for n in e.features.marks.numbers})
    counts.update(_gram_documents([e.features.batches for e in examples]))
    for number, side in enumerate(SIDES):
        found = _gram_documents([e.features.nearby[number].batches for e in examples])
        counts.update({nearby_name(side, gram): documents for gram, documents in found.items()})
    return counts


def _gram_documents(texts: list[tuple[Batch, ...]]) -> dict[str, int]:
    """In how many documents each n-gram occurs; `texts` are those of each document."""
    codes = np.unique([c for batches in texts for b in batches for _, of in gram_codes(b) for c in np.unique(of)])
    codes = codes[codes > 0].astype(np.uint64)
    table = build_table(codes, np.arange(len(codes)))
    documents = np.zeros(len(codes), dtype=np.int64)
    for batches in texts:
        documents[np.unique(find_grams(batches, table, len(codes)).numbers)] += 1
    return {gram_of(code): int(n) for code, n in zip(codes.tolist(), documents, strict=True)}


def choose_vocabulary(examples: list[Example], words: set[str]) -> list[str]:
    """Features seen in enough documents: marks, single characters, pairs, words and what a unit starts and ends with,
    other n-grams where they are commoner, and those around a unit."""

    def least(name: str) -> int:
        if name.startswith(tuple(nearby_name(side, "") for side in SIDES)):
            return LEAST_NEARBY
        known = name[0] == "@" or len(name) <= 2 or name in words or name[0] == "^" or name[-1] == "$"
        return LEAST_DOCUMENTS if known else LEAST_PLAIN

    known = {f for f, n in count_documents(examples).items() if n >= least(f) and "\n" not in f}
    return sorted(known | {FRAGMENT_MARK})


def design(examples: list[Example], weights: Weights) -> Any:
    """A sparse matrix: one row a unit, scaled as `first_look` scales. Of `weights` only the vocabulary is used."""
    from scipy.sparse import csr_matrix

    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for example in examples:
        seen = seen_rows(example.features, weights)
        words, marks = seen.words.lists(), seen.marks.lists()
        nearby = [(rows.lists(), of_unit.tolist()) for rows, of_unit in seen.nearby]
        for number in range(len(example.labels)):
            parts = [(words[number], 1.0)]
            parts += [(lists[at[number]], NEARBY_SCALE) for lists, at in nearby if at[number] >= 0]
            for rows, scale in parts:
                indices += rows.tolist()
                values += [scale / max(1.0, len(rows)) ** 0.5] * len(rows)
            indices += marks[number].tolist()
            values += [MARK_SCALE] * len(marks[number])
            ends.append(len(indices))
    return csr_matrix((values, indices, ends), shape=(len(ends) - 1, len(weights.vocabulary)))


def rarities(rows: Any, vocabulary: Sequence[str]) -> NDArray[np.float64]:
    """How much each feature counts: a rare n-gram tells more (inverse document frequency, units for documents,
    divided by the mean over all occurrences); marks, which have a scale of their own, 1."""
    units = np.bincount(rows.indices, minlength=rows.shape[1])
    rare = np.log((1 + rows.shape[0]) / (1 + units))
    rare /= np.average(rare, weights=units)
    marks = {*all_marks().names}
    return np.array([1.0 if name in marks else r for name, r in zip(vocabulary, rare.tolist(), strict=True)])


def fit_first_matrix(rows: Any, labels: NDArray[np.int64], weight: NDArray[np.float64]) -> Matrix:
    """Linear support vector machines, one a label against all others, as a matrix: features + 1 (bias) by labels.

    Their margins, sharpened, stand in for the logits of a softmax. On pages by hands that are not in the corpus they
    label better than a multinomial logistic regression (the card has the figures). Solved in the primal: no chance.
    """
    from scipy.sparse import diags
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=FIRST_C, dual=False, class_weight="balanced", tol=1e-4, max_iter=2000)
    model.fit(rows @ diags(weight), labels)
    matrix = np.concatenate([model.coef_.T * weight[:, None], model.intercept_[None, :]])
    return (matrix * SHARPNESS).astype(np.float32)


def fit_second_matrix(rows: Any, labels: NDArray[np.int64]) -> Matrix:
    """A multinomial logistic regression as a matrix: features + 1 (bias) by labels.

    Solved in 64 bits to the end: in 32 the solver stopped on a flat loss, elsewhere on another machine.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=SECOND_C, max_iter=10_000, tol=1e-8)
    model.fit(rows.astype(np.float64), labels)
    matrix = np.concatenate([model.coef_.T, model.intercept_[None, :]])
    return matrix.astype(np.float32)


def fit_first(examples: list[Example], vocabulary: list[str]) -> Weights:
    """The first look's weights from the given documents."""
    empty = make_weights(vocabulary, np.zeros((1, len(LABELS)), np.int32), 1.0, np.zeros((1, len(LABELS)), np.float32))
    labels = np.concatenate([e.labels for e in examples])
    rows = design(examples, empty)
    words = fit_first_matrix(rows, labels, rarities(rows, vocabulary))
    scale = float(np.abs(words).max() / 32767)
    return empty._replace(words=np.round(words / scale).astype(np.int32), scale=scale)


def look(example: Example, weights: Weights) -> Matrix:
    """What the first look says of an example's units."""
    return first_look(seen_rows(example.features, weights), weights)


def cut_fragments(examples: list[Example]) -> list[list[Example]]:
    """Of each document the fragments that are learned from: none but of every FRAGMENTS_EVERY-th."""
    return [fragments(example) if i % FRAGMENTS_EVERY == 0 else [] for i, example in enumerate(examples)]


def with_fragments(examples: list[Example], cut: list[list[Example]]) -> list[Example]:
    """The documents and their fragments."""
    return [*examples, *(piece for pieces in cut for piece in pieces)]


def second_rows(
    examples: list[Example], cut: list[list[Example]], vocabulary: list[str]
) -> tuple[Matrix, NDArray[np.int64]]:
    """What the second look learns from, and the labels: first looks at documents that they were not fitted on."""
    rows: list[Matrix] = []
    labels: list[NDArray[np.int64]] = []
    for fold in range(FOLDS):
        others = [i for i in range(len(examples)) if i % FOLDS != fold]
        weights = fit_first(with_fragments([examples[i] for i in others], [cut[i] for i in others]), vocabulary)
        for example in with_fragments(examples[fold::FOLDS], cut[fold::FOLDS]):
            rows.append(second_features(example.layout, look(example, weights)))
            labels.append(example.labels)
    return np.concatenate(rows), np.concatenate(labels)


def fit_second(rows: Matrix, labels: NDArray[np.int64]) -> Matrix:
    """The second look's weights."""
    matrix = fit_second_matrix(rows[:, :-1], labels)
    for label, bias in BIASES.items():
        matrix[-1, LABELS.index(label)] += bias
    return np.round(matrix, 4)


def is_fresh(path: Path, weights: Weights, rows: Matrix) -> bool:
    """Whether the weights in a file are those that were fitted, but for the arithmetic of another processor.

    The second look is held to what it says of `rows`: its loss is so flat in places that one coefficient moved by 0.045
    between two machines, and no probability of the corpus by 0.003.
    """
    with np.load(path, allow_pickle=False) as old:
        return old["vocabulary"].dtype == np.uint8 and (
            old["vocabulary"].tobytes().decode() == "\n".join(weights.vocabulary)
            and bool(np.isclose(float(old["scale"]), weights.scale, rtol=1e-4))
            and int(np.abs(old["words"].astype(int) - weights.words).max()) <= 2
            and float(np.abs(softmax(rows @ old["second"]) - softmax(rows @ weights.second)).max()) <= SAME_CHANCE
        )


def predict(example: Example, weights: Weights) -> NDArray[np.int64]:
    """Labels of an example's units by both looks."""
    first = look(example, weights)
    chosen: NDArray[np.int64] = softmax(second_features(example.layout, first) @ weights.second).argmax(axis=1)
    return chosen


# What a reader would try first: the first class of the planning lexicon that a unit holds gives its label.
KEYWORDS: tuple[tuple[str, Label], ...] = (
    ("furniture", "noise"),
    ("penalty", "rule"),
    ("lack", "problem"),
    ("strive", "goal"),
    ("done", "result"),
    ("behind", "result"),
    ("duty", "rule"),
    ("ahead", "task"),
    ("will", "task"),
    ("need", "task"),
    ("act", "task"),
)


def by_keywords(example: Example) -> NDArray[np.int64]:
    """Labels by keyword rules alone; background where none speaks."""
    names = all_marks().names
    found = []
    for unit in example.features.marks.lists():
        marks = {names[number] for number in unit.tolist()}
        label: Label = next((label for name, label in KEYWORDS if f"@any={name}" in marks), "background")
        found.append(LABELS.index(label))
    return np.array(found)


def scores(examples: list[Example], weights: Weights) -> dict[str, Any]:
    """F1 of each label, their mean, and what always saying the commonest label would give (units, not characters)."""
    from sklearn.metrics import confusion_matrix, f1_score

    gold = np.concatenate([e.labels for e in examples])
    guess = np.concatenate([predict(e, weights) for e in examples])
    each = f1_score(gold, guess, labels=range(len(LABELS)), average=None, zero_division=0)
    majority = np.full_like(gold, np.bincount(gold).argmax())
    keywords = np.concatenate([by_keywords(e) for e in examples])
    return {
        "documents": len(examples),
        "units": len(gold),
        "macro_f1": round(float(np.mean(each)), 3),
        "accuracy": round(float((gold == guess).mean()), 3),
        "by_label": {label: round(float(f), 3) for label, f in zip(LABELS, each, strict=True)},
        "majority_accuracy": round(float((gold == majority).mean()), 3),
        "keyword_accuracy": round(float((gold == keywords).mean()), 3),
        "keyword_macro_f1": round(float(f1_score(gold, keywords, average="macro", zero_division=0)), 3),
        "confusion": confusion_matrix(gold, guess, labels=range(len(LABELS))).tolist(),
    }


def worst_errors(examples: list[Example], weights: Weights, most: int = 30) -> list[str]:
    """Lines with the most confident errors, for the card."""
    lines: list[tuple[float, str]] = []
    for e in examples:
        chances = softmax(second_features(e.layout, look(e, weights)) @ weights.second)
        for unit, gold, row in zip(e.layout.units, e.labels, chances, strict=True):
            guess = int(row.argmax())
            if guess != gold:
                words = e.text[unit.span.start : unit.span.end][:60].replace("\n", " ")
                line = f"{row[guess]:.2f} {LABELS[gold]} > {LABELS[guess]} {e.name} {words}"
                lines.append((-float(row[guess]), line))
    return [line for _, line in sorted(lines)[:most]]


def main(argv: list[str]) -> int:
    if "--errors" in argv:
        from docparse.claims.classifier import load_weights

        print("\n".join(worst_errors(load_corpus("dev"), load_weights(HERE / "weights.npz"))))
        return 0
    train = load_corpus("train")
    vocabulary = choose_vocabulary(train, jieba_words(train))
    cut = cut_fragments(train)
    first = fit_first(with_fragments(train, cut), vocabulary)
    rows, labels = second_rows(train, cut, vocabulary)
    weights = first._replace(second=fit_second(rows, labels))
    target = HERE / "weights.npz"
    if "--check" in argv:
        same = is_fresh(target, weights, rows)
        print("the committed weights are what this corpus gives" if same else "the committed weights are stale")
        return 0 if same else 1
    np.savez(  # not compressed: it is read in half the time
        target,
        vocabulary=np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        words=weights.words.astype(np.int16),
        scale=np.float64(weights.scale),
        second=weights.second,
    )
    report = {"labels": list(LABELS), "features": len(vocabulary)}
    report |= {part: scores(load_corpus(part), weights) for part in ("train", "dev", "test")}
    (HERE / "scores.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for part in ("train", "dev", "test"):
        print(part, report[part]["macro_f1"], report[part]["accuracy"], report[part]["by_label"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
