"""How often claims of each confidence are right: python tests/bench/confidence.py [FOLDER ...]

A goal is right where the gold calls its statement goal or task; a target, result or deadline where the gold has that
mention in that role. Without folders it reads corpora/dev and corpora/test. The last lines say what `min_confidence`
would keep of the targets: precision and recall at each threshold.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "corpora"))

from score import pairs  # noqa: E402

import docparse  # noqa: E402
from docparse.records import Document  # noqa: E402

DUE = ("deadline", "schedule", "recurrence")
BINS = 5


class Judged(NamedTuple):
    """One claim: what it is, how sure, whether the gold agrees."""

    kind: str
    confidence: float
    right: bool


def judge(gold: dict[str, Any], document: Document) -> Iterator[Judged]:
    """Every claim of a document."""
    labels = [(s["start"], s["end"], s["label"]) for s in gold["statements"]]
    for goal in document.goals:
        start, end = goal.raw_span
        shared = max(labels, key=lambda s: min(end, s[1]) - max(start, s[0]), default=(0, 0, ""))
        yield Judged("goal", goal.confidence, shared[2] in ("goal", "task"))
    for kind, claims, layer, roles in (
        ("deadline", document.deadlines, "times", DUE),
        ("target", document.targets, "quantities", ("target",)),
        ("result", document.results, "quantities", ("result",)),
    ):
        right = {id(found) for _, found in pairs([g for g in gold[layer] if g["role"] in roles], claims)}
        for claim in claims:
            yield Judged(kind, claim.confidence, id(claim) in right)


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """Lines: confidence, claims, share that is right, by kind; and the mean distance between the two."""
    for kind in ("goal", "deadline", "target", "result"):
        chosen = [j for j in judged if j.kind == kind]
        distance = 0.0
        for n in range(BINS):
            low, high = n / BINS, (n + 1) / BINS
            inside = [j for j in chosen if low <= j.confidence < high or (n == BINS - 1 and j.confidence == 1)]
            if not inside:
                continue
            share, sure = sum(j.right for j in inside) / len(inside), sum(j.confidence for j in inside) / len(inside)
            distance += abs(share - sure) * len(inside) / len(chosen)
            yield f"{kind:9} {low:.1f} to {high:.1f}  {len(inside):5} claims, mean {sure:.2f}, right {share:.2f}"
        yield f"{kind:9} expected calibration error {distance:.3f}"


def thresholds(judged: Sequence[Judged], wanted: int) -> Iterator[str]:
    """What is left of the targets at each `min_confidence`. `wanted` is how many the gold has."""
    for step in range(10):
        kept = [j for j in judged if j.kind == "target" and j.confidence >= step / 10]
        hits = sum(j.right for j in kept)
        precision, recall = hits / max(1, len(kept)), hits / max(1, wanted)
        yield f"min_confidence {step / 10:.1f}: precision {precision:.3f}, recall {recall:.3f}"


def main(argv: Sequence[str]) -> int:
    folders = [Path(a) for a in argv] or [ROOT / "corpora" / "dev", ROOT / "corpora" / "test"]
    for folder in folders:
        judged: list[Judged] = []
        wanted = 0
        for path in sorted(folder.glob("*.gold.json")):
            gold = json.loads(path.read_text("utf-8"))
            document = docparse.parse(path.with_name(path.name.replace(".gold.json", ".txt")))
            judged += judge(gold, document)
            wanted += sum(q["role"] == "target" for q in gold["quantities"])
        print(f"== {folder.name}")
        print("\n".join([*table(judged), *thresholds(judged, wanted)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
