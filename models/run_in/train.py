"""Fit the table of run-in headings on corpora/train and write weights.json and scores.json beside this file.

usage: python models/run_in/train.py [--check]     (--check: fit, and compare with the committed weights)

Every annotated heading with text of its own below it is glued to that text, as pages do that lost their line ends;
every numbered statement is an example without a heading. Same corpus, same library versions, same weights.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from docparse.readers import read_bytes
from docparse.structure.markers import read_marker
from docparse.structure.run_in_model import borders, features, find_border
from docparse.structure.words import table
from docparse.text.repair import repair_text

HERE = Path(__file__).parent
CORPORA = HERE.parents[1] / "corpora"
BEHIND = 80  # characters of text that are glued to a heading
C = 3.0  # inverse strength of the L1 penalty, chosen by five folds over the documents of corpora/train
LEAST = 0.005  # a weight smaller than this is left out
CHAPTERS = frozenset({"cn", "big", "stem", "章"})


class Example(NamedTuple):
    """Words behind a marker; `end` is where the heading in them ends, 0 where there is none."""

    words: str
    end: int
    style: str


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of one annotated document."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    clean = repair_text(read_bytes(path.with_name(gold["doc"]).read_bytes()))
    text, offset = clean.text, clean.map.text_offset
    items = [(offset(h["start"]), offset(h["end"]), True) for h in gold["headings"]]
    items += [(offset(s["start"]), offset(s["end"]), False) for s in gold["statements"] if s["label"] != "noise"]
    items.sort()
    for k, (start, end, heading) in enumerate(items):
        while start < end and text[start].isspace():
            start += 1
        marker = read_marker(text, start, end)
        style = marker.style if marker is not None else "plain"
        if style == "bullet" or style.startswith("yi") or (marker is None and not heading):
            continue
        words = text[marker.end if marker is not None else start : end].replace("\n", "").strip()
        behind = _text_behind(text, items, k, whole_lines=heading)
        if not heading:
            yield Example(words + behind, 0, style)
            continue
        words = words.rstrip("。：:")
        if len(words) > 1 and behind:
            yield Example(words + behind, len(words), style)


def _text_behind(text: str, items: list[tuple[int, int, bool]], k: int, *, whole_lines: bool) -> str:
    """The unnumbered text behind item `k`; behind a statement only what stands on its own line."""
    words = ""
    for before, (start, end, heading) in zip(items[k:], items[k + 1 :], strict=False):
        apart = "\n" in text[before[1] : start]
        if heading or len(words) >= BEHIND or (apart and not whole_lines) or read_marker(text, start, end) is not None:
            break
        words += text[start:end].replace("\n", "").strip()
    return words


def load(folder: str) -> list[Example]:
    """The examples of one part of the corpora, by the documents' names."""
    return [e for p in sorted((CORPORA / folder).glob("*.gold.json")) for e in read_examples(p)]


def fit(examples: list[Example]) -> dict[str, float]:
    """Weights by feature, sorted by name."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, answers = [], []
    for example in examples:
        for at in borders(example.words):
            rows.append(dict(features(example.words, at, example.style)))
            answers.append(at == example.end)
    vectors = DictVectorizer(dtype=np.float64)
    matrix = vectors.fit_transform(rows)
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=C, l1_ratio=1.0, solver="liblinear", max_iter=3000, random_state=0)
    model.fit(matrix, answers)
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    weights["b"] = weights.get("b", 0.0) + float(model.intercept_[0])
    return {name: round(float(w), 3) for name, w in sorted(weights.items()) if abs(w) >= LEAST}


def score(examples: list[Example]) -> dict[str, float]:
    """How often the likeliest border is the annotated one, by the model and by the words that end headings alone."""
    heads = [e for e in examples if e.end]
    chapters = [e for e in heads if e.style in CHAPTERS]

    def right(part: list[Example]) -> float:
        found = [find_border(e.words, e.style) for e in part]
        hits = sum(1 for e, f in zip(part, found, strict=True) if f is not None and f.end == e.end)
        return round(hits / len(part), 3)

    tails = table()["run_in"]["tails"]
    by_words = sum(1 for e in chapters if _last_tail(e.words, tails) == e.end)
    return {
        "headings": len(heads),
        "border right": right(heads),
        "chapters": len(chapters),
        "border right, chapters": right(chapters),
        "by a heading's last word alone, chapters": round(by_words / len(chapters), 3),
    }


def _last_tail(words: str, tails: list[str]) -> int:
    """The end of the first word that can end a heading."""
    ends = [at + len(tail) for tail in tails if (at := words.find(tail, 0, 22)) >= 0 and at + len(tail) > 1]
    return min(ends, default=0)


def main(argv: list[str]) -> int:
    weights = fit(load("train"))
    content = json.dumps(weights, ensure_ascii=False, indent=0) + "\n"
    target = HERE / "weights.json"
    if "--check" in argv:
        same = target.read_text(encoding="utf-8") == content
        print("weights are fresh" if same else "weights are stale: run python models/run_in/train.py")
        return 0 if same else 1
    target.write_text(content, encoding="utf-8")
    scores = {folder: score(load(folder)) for folder in ("dev", "test")}
    (HERE / "scores.json").write_text(json.dumps(scores, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights", json.dumps(scores, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
