"""The annotated documents of corpora/ as the statement classifier sees them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from docparse.claims.classifier import LABELS
from docparse.claims.features import KINDS, Features, unit_features, unit_words
from docparse.claims.mentions import settle
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.times import find_time_mentions
from docparse.readers import read_bytes
from docparse.records import HeadingLine, Layout, Piece, Span, Unit
from docparse.structure.words import role_of_heading
from docparse.text.repair import repair_text

CORPORA = Path(__file__).parents[2] / "corpora"


class Example(NamedTuple):
    """One annotated document as the classifier sees it."""

    name: str
    text: str
    layout: Layout
    features: Features
    labels: NDArray[np.int64]


def load_example(path: Path) -> Example:
    """A document with its gold borders, moved into the repaired text."""
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    clean = repair_text(read_bytes(path.read_bytes(), path=str(path)))

    def span(item: dict[str, Any]) -> Span:
        return Span(clean.map.text_offset(item["start"]), clean.map.text_offset(item["end"]))

    pieces = tuple(
        Piece(span=span(a), title=a["title"], title_span=None, kind=a["kind"] if a["kind"] in KINDS else "other")
        for a in gold["articles"]
    )
    headings = gold_headings(gold, clean.text, span)
    units: list[Unit] = []
    for item in gold["statements"]:
        place = span(item)
        article = next((i for i, p in enumerate(pieces) if p.span.start <= place.start < p.span.end), None)
        above = [i for i, h in enumerate(headings) if h.span.start <= place.start and h.article == article]
        units.append(Unit(span=place, article=article, section=above[-1] if above else None))
    layout = Layout(articles=pieces, headings=headings, units=tuple(units))
    starts = [u.span.start for u in units]

    def per_unit(mentions: list[Any]) -> list[int]:
        counts: Counter[int] = Counter()
        for mention in mentions:  # as the pipeline counts: those that lie whole inside a unit
            at = int(np.searchsorted(starts, mention.span.start, side="right")) - 1
            counts[at] += at >= 0 and mention.span.end <= units[at].span.end
        return [counts[i] for i in range(len(units))]

    times, quantities = settle(find_time_mentions(clean.text), find_quantity_mentions(clean.text))
    features = unit_features(clean.text, layout, per_unit(quantities), per_unit(times))
    labels = np.array([LABELS.index(s["label"]) for s in gold["statements"]])
    return Example(path.stem, clean.text, layout, features, labels)


def gold_headings(gold: dict[str, Any], text: str, span: Any) -> tuple[HeadingLine, ...]:
    """The annotated headings with parents by level and roles by title, as structure would give them."""
    made: list[HeadingLine] = []
    stack: list[tuple[int, int]] = []
    for item in gold["headings"]:
        place = span(item)
        while stack and (stack[-1][0] >= item["level"] or made[stack[-1][1]].article != item["article"]):
            stack.pop()
        title = unit_words(text[place.start : place.end]).strip("^$")
        made.append(
            HeadingLine(
                span=place,
                marker=None,
                title=title,
                level=item["level"],
                article=item["article"],
                parent=stack[-1][1] if stack else None,
                role=(role := role_of_heading(title)),
                title_role=role,
                end=place.end,
            )
        )
        stack.append((item["level"], len(made) - 1))
    return tuple(made)


def load_corpus(folder: str) -> list[Example]:
    """Every document of one part of the corpus, by name."""
    return [load_example(p) for p in sorted((CORPORA / folder).glob("*.txt"))]
