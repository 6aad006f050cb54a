"""Score docparse on annotated documents: python corpora/score.py [FOLDER or NAME.gold.json ...] [--json | --markdown]

Without arguments it scores corpora/dev. Mentions match where they share at least half of their union, each once, best
first; statements are compared character by character, so that where a sentence is cut costs nothing. A figure that has
nothing to measure is null.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import docparse
from docparse.records import Document, Label, Section, Span

HERE = Path(__file__).parent
LABELS: tuple[str, ...] = get_args(Label)


def f1(hits: float, gold: float, found: float) -> float | None:
    """Harmonic mean of precision and recall, null where neither side has anything."""
    return round(2 * hits / (gold + found), 3) if gold + found else None


def pairs(gold: Sequence[dict[str, Any]], found: Sequence[Any], least: float = 0.5) -> list[tuple[dict[str, Any], Any]]:
    """Matched (gold, found), best overlap first. `found` have raw_span and lie in order."""
    candidates: list[tuple[float, int, int]] = []
    for i, item in enumerate(gold):
        for j, other in enumerate(found):
            start, end = other.raw_span
            shared = min(end, item["end"]) - max(start, item["start"])
            if shared > 0:
                union = max(end, item["end"]) - min(start, item["start"])
                if shared / union >= least:
                    candidates.append((-shared / union, i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    made: list[tuple[dict[str, Any], Any]] = []
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            made.append((gold[i], found[j]))
    return made


def sections(document: Document) -> Iterator[Section]:
    """All sections, in no order that matters."""
    stack = [s for a in document.articles for s in a.sections]
    while stack:
        section = stack.pop()
        yield section
        stack.extend(section.children)


def same_time(gold: dict[str, Any], time: Any) -> bool:
    """The concrete value where the gold has one, else what the text says."""
    if gold["resolved"]:
        return bool(time.resolved == gold["resolved"] or (time.resolved is None and time.value == gold["resolved"]))
    return bool(time.value == gold["value"])


def same_quantity(gold: dict[str, Any], quantity: Any) -> bool:
    """Kind, bounds, comparator and unit, all of them."""

    def number(value: Any) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    return (
        gold["kind"] == getattr(quantity, "kind", gold["kind"])
        and (number(gold["low"]), number(gold["high"])) == (quantity.low, quantity.high)
        and gold["comparator"] == quantity.comparator
        and (gold["unit"] or "") == (quantity.unit or "")
    )


def same_metric(gold: str | None, metric: str | None) -> bool:
    """One name inside the other, or neither named."""
    if not gold or not metric:
        return not gold and not metric
    return gold in metric or metric in gold


def count_mentions(gold: dict[str, Any], document: Document, n: Counter[str]) -> None:
    """Times and quantities: places, values, roles, metrics."""
    n["time gold"] += len(gold["times"])
    n["time found"] += len(document.times)
    for item, time in pairs(gold["times"], document.times):
        n["time hit"] += 1
        n["time value"] += same_time(item, time)
        n["time role"] += item["role"] == time.role
    n["quantity gold"] += len(gold["quantities"])
    n["quantity found"] += len(document.quantities)
    for item, quantity in pairs(gold["quantities"], document.quantities):
        n["quantity hit"] += 1
        n["quantity value"] += same_quantity(item, quantity)
        n["quantity role"] += item["role"] == quantity.role
        n["quantity metric"] += same_metric(item["metric"], quantity.metric)
        n["quantity per"] += item["per"] == list(quantity.per)


def count_targets(gold: dict[str, Any], document: Document, n: Counter[str]) -> None:
    """Targets: place, value, metric, and the time that they are due at."""
    wanted = [q for q in gold["quantities"] if q["role"] == "target"]
    times = {t.id: t for t in document.times}
    deadlines = {d.id: times[d.time] for d in document.deadlines}
    kinds = {q.id: q.kind for q in document.quantities}
    n["target gold"] += len(wanted)
    n["target found"] += len(document.targets)
    for item, target in pairs(wanted, document.targets):
        n["target hit"] += 1
        value = same_quantity(item, target) and kinds[target.quantity] == item["kind"]
        metric = value and same_metric(item["metric"], target.metric)
        due = gold["times"][item["due"]] if item["due"] is not None else None
        time = deadlines.get(target.deadline or "")
        full = metric and (time is None if due is None else time is not None and same_time(due, time))
        n["target value"] += value
        n["target metric"] += metric
        n["target full"] += full


def count_structure(gold: dict[str, Any], document: Document, n: Counter[str]) -> None:
    """Articles by where they start (40 characters of grace), headings by place and level."""
    free = list(document.articles)
    n["article gold"] += len(gold["articles"])
    n["article found"] += len(free)
    for item in gold["articles"]:
        near = [a for a in free if abs(a.raw_span.start - item["start"]) <= 40]
        if near:
            free.remove(near[0])
            n["article hit"] += 1
            n["article kind"] += near[0].kind == item["kind"]
    found = [Place(s.heading.raw_span, s.level) for s in sections(document)]
    n["heading gold"] += len(gold["headings"])
    n["heading found"] += len(found)
    for item, heading in pairs(gold["headings"], found, 0.7):
        n["heading hit"] += 1
        n["heading level"] += item["level"] == heading.level


class Place:
    """A heading's place and level."""

    def __init__(self, raw_span: Span, level: int) -> None:
        self.raw_span = raw_span
        self.level = level


def count_labels(gold: dict[str, Any], document: Document, chars: Counter[tuple[str, str | None]]) -> None:
    """Each gold character's label beside the one found."""
    size = max([s["end"] for s in gold["statements"]] + [s.raw_span.end for s in document.statements] + [0])
    found: list[str | None] = [None] * size
    for statement in document.statements:
        start, end = statement.raw_span
        found[start:end] = [statement.label] * (end - start)
    for item in gold["statements"]:
        chars.update((item["label"], found[k]) for k in range(item["start"], item["end"]))


def rate(n: Counter[str], hits: str, of: str) -> float | None:
    return round(n[hits] / n[of], 3) if n[of] else None


def score(paths: Sequence[Path]) -> dict[str, float | None]:
    """All figures over the documents of the given gold files."""
    n: Counter[str] = Counter()
    chars: Counter[tuple[str, str | None]] = Counter()
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = docparse.parse(path.with_name(gold["doc"]))
        count_structure(gold, document, n)
        count_labels(gold, document, chars)
        if gold.get("layers") != "structure":  # times and quantities are annotated
            count_mentions(gold, document, n)
            count_targets(gold, document, n)
    figures: dict[str, float | None] = {
        "articles F1": f1(n["article hit"], n["article gold"], n["article found"]),
        "article kind": rate(n, "article kind", "article hit"),
        "headings F1": f1(n["heading hit"], n["heading gold"], n["heading found"]),
        "heading level": rate(n, "heading level", "heading hit"),
    }
    by_label: dict[str, float | None] = {}
    for label in LABELS:
        wanted = sum(c for (g, _), c in chars.items() if g == label)
        given = sum(c for (_, f), c in chars.items() if f == label)
        if wanted:
            by_label[label] = f1(chars[label, label], wanted, given)
    known = [v for v in by_label.values() if v is not None]
    figures["statements macro-F1"] = round(sum(known) / len(known), 3) if known else None
    figures |= {f"  {label}": value for label, value in by_label.items()}
    for layer in ("time", "quantity"):
        figures[f"{layer} mentions F1"] = f1(n[f"{layer} hit"], n[f"{layer} gold"], n[f"{layer} found"])
        figures[f"{layer} value F1"] = f1(n[f"{layer} value"], n[f"{layer} gold"], n[f"{layer} found"])
        figures[f"{layer} role"] = rate(n, f"{layer} role", f"{layer} hit")
    figures["quantity metric"] = rate(n, "quantity metric", "quantity hit")
    figures["quantity per"] = rate(n, "quantity per", "quantity hit")
    for part, name in (
        ("hit", "mentions"),
        ("value", "value"),
        ("metric", "value+metric"),
        ("full", "value+metric+due"),
    ):
        figures[f"target {name} F1"] = f1(n[f"target {part}"], n["target gold"], n["target found"])
    return figures


def markdown(figures: dict[str, float | None]) -> str:
    """The figures as the table that README.md shows."""
    rows = [f"| {name} | {value:.2f} |" for name, value in figures.items() if value is not None and name[0] != " "]
    return "\n".join(["| figure | corpora/dev |", "| --- | --- |", *rows])


def main(argv: Sequence[str]) -> int:
    named = [Path(a) for a in argv if not a.startswith("--")] or [HERE / "dev"]
    paths = [p for n in named for p in (sorted(n.glob("*.gold.json")) if n.is_dir() else [n])]
    figures = score(paths)
    if "--markdown" in argv:
        print(markdown(figures))
        return 0
    if "--json" in argv:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return 0
    print(f"{len(paths)} documents")
    for name, value in figures.items():
        print(f"{name:28} {'-' if value is None else format(value, '.3f')}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
