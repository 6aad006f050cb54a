"""How far two annotators agree: python corpora/agreement.py [--markdown]

The documents of corpora/second were annotated a second time, from the text alone, by a hand that had not seen the first
answers. The first answers are in corpora/dev and corpora/test under the same names. Figures are those of score.py, with
the second hand in the place of the parser, and Cohen's kappa for labels and roles (Cohen 1960).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from score import LABELS, f1, pairs, same_metric

HERE = Path(__file__).parent


def kappa(seen: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of paired judgements: agreement beyond chance, null where there is nothing to judge."""
    both = Counter(seen)
    total = sum(both.values())
    if not total:
        return None
    one: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for (a, b), n in both.items():
        one[a] += n
        other[b] += n
    chance = sum(one[a] * other[a] for a in one) / total**2
    agreed = sum(n for (a, b), n in both.items() if a == b) / total
    return round((agreed - chance) / (1 - chance), 3) if chance < 1 else 1.0


def labels_by_character(first: dict[str, Any], second: dict[str, Any]) -> list[tuple[str, str]]:
    """The two labels of every character that both call a statement."""
    theirs: dict[int, str] = {}
    for item in second["statements"]:
        theirs.update(dict.fromkeys(range(item["start"], item["end"]), item["label"]))
    return [
        (item["label"], theirs[at])
        for item in first["statements"]
        for at in range(item["start"], item["end"])
        if at in theirs
    ]


def compare(first: dict[str, Any], second: dict[str, Any], n: Counter[str], seen: dict[str, list[Any]]) -> None:
    """Add one document's counts to `n` and its paired judgements to `seen`."""
    seen["label"] += labels_by_character(first, second)
    for layer in ("times", "quantities"):
        found = [SimpleNamespace(raw_span=(item["start"], item["end"]), item=item) for item in second[layer]]
        n[f"{layer} one"] += len(first[layer])
        n[f"{layer} other"] += len(found)
        for item, match in pairs(first[layer], found):
            n[f"{layer} both"] += 1
            seen[f"{layer} role"].append((item["role"], match.item["role"]))
            if layer == "times":
                n["times value"] += item["value"] == match.item["value"]
            else:
                same = all(item[key] == match.item[key] for key in ("kind", "low", "high", "comparator", "unit"))
                n["quantities value"] += same
                n["quantities metric"] += same_metric(item["metric"], match.item["metric"])
    compare_targets(first, second, n)


def compare_targets(first: dict[str, Any], second: dict[str, Any], n: Counter[str]) -> None:
    """Targets: place, metric, and the time that they are due at."""
    wanted = [q for q in first["quantities"] if q["role"] == "target"]
    found = [
        SimpleNamespace(raw_span=(q["start"], q["end"]), item=q) for q in second["quantities"] if q["role"] == "target"
    ]
    n["targets one"] += len(wanted)
    n["targets other"] += len(found)
    for item, match in pairs(wanted, found):
        n["targets both"] += 1
        dues = [
            doc["times"][q["due"]]["value"] if q["due"] is not None else None
            for doc, q in ((first, item), (second, match.item))
        ]
        n["targets due"] += dues[0] == dues[1]


def figures(n: Counter[str], seen: dict[str, list[Any]]) -> dict[str, float | None]:
    """All figures by name."""
    by_label: dict[str, float | None] = {}
    for label in LABELS:
        both = sum(a == b == label for a, b in seen["label"])
        by_label[label] = f1(both, sum(a == label for a, _ in seen["label"]), sum(b == label for _, b in seen["label"]))
    known = [v for v in by_label.values() if v is not None]

    def rate(hits: str, of: str) -> float | None:
        return round(n[hits] / n[of], 3) if n[of] else None

    return {
        "labels macro-F1": round(sum(known) / len(known), 3) if known else None,
        **{f"  {label}": value for label, value in by_label.items()},
        "labels kappa": kappa(seen["label"]),
        "time mentions F1": f1(n["times both"], n["times one"], n["times other"]),
        "time values alike": rate("times value", "times both"),
        "time roles kappa": kappa(seen["times role"]),
        "quantity mentions F1": f1(n["quantities both"], n["quantities one"], n["quantities other"]),
        "quantity values alike": rate("quantities value", "quantities both"),
        "quantity metrics alike": rate("quantities metric", "quantities both"),
        "quantity roles kappa": kappa(seen["quantities role"]),
        "target mentions F1": f1(n["targets both"], n["targets one"], n["targets other"]),
        "target dues alike": rate("targets due", "targets both"),
    }


def main(argv: list[str]) -> int:
    n: Counter[str] = Counter()
    seen: dict[str, list[Any]] = {"label": [], "times role": [], "quantities role": []}
    documents = sorted((HERE / "second").glob("*.gold.json"))
    for path in documents:
        first = next(p for p in (HERE / "dev" / path.name, HERE / "test" / path.name) if p.exists())
        compare(json.loads(first.read_text("utf-8")), json.loads(path.read_text("utf-8")), n, seen)
    print(f"{len(documents)} documents annotated twice")
    for name, value in figures(n, seen).items():
        shown = "-" if value is None else f"{value:.3f}"
        print(f"| {name.strip()} | {shown} |" if "--markdown" in argv else f"{name:28s} {shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
