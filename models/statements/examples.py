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
RUNS = (1, 1, 2, 3)  # how many sentences a fragment holds, by turns


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
    labels = np.array([LABELS.index(s["label"]) for s in gold["statements"]])
    return make_example(path.stem, clean.text, layout, labels)


def make_example(name: str, text: str, layout: Layout, labels: NDArray[np.int64]) -> Example:
    """An example with its features."""
    starts = [u.span.start for u in layout.units]

    def per_unit(mentions: list[Any]) -> list[int]:
        counts: Counter[int] = Counter()
        for mention in mentions:  # as the pipeline counts: those that lie whole inside a unit
            at = int(np.searchsorted(starts, mention.span.start, side="right")) - 1
            counts[at] += at >= 0 and mention.span.end <= layout.units[at].span.end
        return [counts[i] for i in range(len(layout.units))]

    times, quantities = settle(find_time_mentions(text), find_quantity_mentions(text))
    return Example(name, text, layout, unit_features(text, layout, per_unit(quantities), per_unit(times)), labels)


def fragments(example: Example) -> list[Example]:
    """Runs of one to three sentences of a section, each as a text of its own without title and heading; no noise."""
    made: list[Example] = []
    run: list[int] = []
    for i, unit in enumerate(example.layout.units):
        spoken = unit.article is not None and LABELS[example.labels[i]] != "noise"
        if run and (not spoken or example.layout.units[run[0]].section != unit.section):
            made.append(_fragment(example, run))
            run = []
        if spoken:
            run.append(i)
        if len(run) == RUNS[len(made) % len(RUNS)]:
            made.append(_fragment(example, run))
            run = []
    return [*made, _fragment(example, run)] if run else made


def _fragment(example: Example, run: list[int]) -> Example:
    units = [example.layout.units[i].span for i in run]
    start, end = units[0].start, units[-1].end
    piece = Piece(span=Span(0, end - start), title=None, title_span=None, kind="other")
    inside = tuple(Unit(span=Span(u.start - start, u.end - start), article=0, section=None) for u in units)
    layout = Layout(articles=(piece,), headings=(), units=inside)
    return make_example(f"{example.name}#{run[0]}", example.text[start:end], layout, example.labels[run])


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
