"""One stretch of a result as a readable trace: repairs, rules, labels, claims. It reads what `parse` itself made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from docparse.claims.classifier import LABELS, load_weights
from docparse.errors import OptionError
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.times import find_time_mentions
from docparse.options import DEFAULT_OPTIONS, Options
from docparse.pipeline import Parse, read_source, run_stages
from docparse.records import Record, Section, Span

MOST_FEATURES = 8


class Explanation(Record, frozen=True, kw_only=True):
    """What was read in a span of `text`, line by line."""

    span: Span
    text: str
    raw: str
    lines: tuple[str, ...]


def explain(
    source: str | os.PathLike[str] | bytes | BinaryIO, span: tuple[int, int], *, options: Options | None = None
) -> Explanation:
    """Why `document.text[span]` was read as it was.

    Args:
        source: as for `parse`.
        span: [start, end) in the document's text, code points.

    Raises:
        DocparseError: the input cannot be read, or the span does not lie in the text (OptionError).
    """
    options = options or DEFAULT_OPTIONS
    parsed = run_stages(read_source(source, options), options)
    text = parsed.document.text
    start, end = span
    if not 0 <= start < end <= len(text):
        raise OptionError("bad-span", f"The span {start}:{end} does not lie in the text of {len(text)} characters.")
    place = Span(start, end)
    raw = parsed.clean.map.raw_span(start, end)
    lines = [
        *_repairs(parsed, raw),
        *_structure(parsed, place),
        *_mentions(parsed, place),
        *_claims(parsed, place),
    ]
    return Explanation(
        span=place, text=text[start:end], raw=parsed.reading.raw[raw.start : raw.end], lines=tuple(lines)
    )


def _meets(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _repairs(parsed: Parse, raw: Span) -> Iterator[str]:
    for edit in parsed.clean.edits:
        if edit.start < raw.end and raw.start < max(edit.end, edit.start + 1) and edit.listed:
            before = parsed.reading.raw[edit.start : edit.end]
            proof = "certified" if edit.certified else f"certainty {edit.certainty}"
            yield f"repair {edit.kind}: {before!r} -> {edit.after!r} ({edit.evidence}; {proof})"


def _structure(parsed: Parse, place: Span) -> Iterator[str]:
    document = parsed.document
    for article in document.articles:
        if _meets(article.span, place):
            yield f"article {article.id} ({article.kind}): {article.title or '(no title)'}"
            stack = list(reversed(article.sections))
            while stack:
                section: Section = stack.pop()
                if _meets(section.span, place):
                    yield f"section {section.id} level {section.level} ({section.role}): {section.heading.text}"
                    stack.extend(reversed(section.children))
    for i, statement in enumerate(document.statements):
        if _meets(statement.span, place):
            reason = parsed.layout.units[i].noise
            why = f"furniture: {reason}" if reason else _why(parsed, i)
            yield f"statement {statement.id} {statement.label} {statement.confidence}: {statement.text[:60]} ({why})"


def _why(parsed: Parse, number: int) -> str:
    """The features that spoke most for the label of a unit."""
    label = LABELS.index(parsed.labels[number].label)
    weights = load_weights()
    names = list(weights.rows)
    spoken = sorted(((float(weights.words[row, label]), row) for row in parsed.labels[number].rows), reverse=True)
    best = [names[row] for value, row in spoken[:MOST_FEATURES] if value > 0]
    return "features " + " ".join(best) if best else "its neighbours"


def _mentions(parsed: Parse, place: Span) -> Iterator[str]:
    text = parsed.document.text
    kept_times = {m.span for m in parsed.times}
    kept_quantities = {m.span for m in parsed.quantities}
    for time in find_time_mentions(text):
        if _meets(time.span, place):
            fate = "" if time.span in kept_times else " (lost to a longer reading, or crosses a border)"
            yield f"time {time.rule}: {text[time.span.start : time.span.end]} = {time.type} {time.value}{fate}"
    for found in find_quantity_mentions(text):
        if _meets(found.span, place):
            fate = "" if found.span in kept_quantities else " (lost to a longer reading, or crosses a border)"
            bounds = f"{found.comparator} {found.low}..{found.high} {found.unit}"
            yield f"quantity {found.rule}: {text[found.span.start : found.span.end]} = {found.kind} {bounds}{fate}"


def _claims(parsed: Parse, place: Span) -> Iterator[str]:
    document = parsed.document
    for goal in document.goals:
        if _meets(goal.span, place):
            links = f"targets {list(goal.targets)}, deadlines {list(goal.deadlines)}"
            yield f"goal {goal.id} ({goal.kind}): owner {goal.owner}, {links}"
    for deadline in document.deadlines:
        if _meets(deadline.span, place):
            yield f"deadline {deadline.id}: {deadline.text} = {deadline.value}, {deadline.start} to {deadline.end}"
    for word, measures in (("target", document.targets), ("result", document.results)):
        for one in measures:
            if _meets(one.span, place):
                yield f"{word} {one.id}: {one.metric} {one.comparator} {one.low}..{one.high} {one.unit}"
