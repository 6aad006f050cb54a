"""Why a stretch of a result was read as it was: repairs, labels, the rules that won, the readings that lost, claims.

It reads what `parse` itself made, on the same path. Only the readings that lost are asked for afresh (`expr.rivals`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Literal, TypeVar

from docparse.claims.classifier import LABELS, LabelRule, loudest
from docparse.claims.links import DuePlace
from docparse.errors import OptionError
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.rivals import (
    Passed,
    Rival,
    passed_numbers,
    quantity_meaning,
    quantity_rivals,
    rule_source,
    time_meaning,
    time_rivals,
)
from docparse.expr.times import find_time_mentions
from docparse.options import DEFAULT_OPTIONS, Options
from docparse.pipeline import Parse, read_source, run_stages
from docparse.records import (
    Anchored,
    Article,
    Deadline,
    Document,
    Goal,
    Label,
    Quantity,
    QuantityMention,
    Record,
    Section,
    Span,
    Statement,
    Target,
    Time,
    TimeMention,
)
from docparse.text.edits import Edit

MOST_FEATURES = 8
# A label less likely than this is not shown.
LEAST_CHANCE = 0.05
Placed = TypeVar("Placed", bound=Anchored)


class Mend(Record, frozen=True, kw_only=True):
    """A repair and what stood there before it."""

    before: str
    edit: Edit


class Said(Record, frozen=True, kw_only=True):
    """A statement with what spoke for its label: why it is furniture, else the features that spoke loudest.

    `table` says that its table's heads decided, `rule` which rule overruled the words; `probabilities` are those of the
    labels that it might have had, the most likely first.
    """

    statement: Statement
    furniture: str | None
    features: tuple[str, ...]
    table: bool
    rule: LabelRule | None
    probabilities: tuple[tuple[Label, float], ...]


class Ruling(Record, frozen=True, kw_only=True):
    """A time or quantity that a rule read, and the readings that lost to it.

    `outcome` is `kept`, `lost` (to the longer mention of the other kind at `winner`) or `border` (it runs over the
    border of a statement, so it is in none). `resolved` and `role` are what the result says of a mention that was kept.
    """

    kind: Literal["time", "quantity"]
    rule: str
    source: str
    span: Span
    meaning: str
    outcome: Literal["kept", "lost", "border"]
    winner: Span | None
    resolved: str | None
    role: str | None
    rivals: tuple[Rival, ...]


class Measured(Record, frozen=True, kw_only=True):
    """A target or result with what its role, metric and due time were read from, and its baseline's words."""

    claim: Target
    role_from: Literal["words", "table"]
    metric_from: Literal["words", "table"]
    due_from: DuePlace | None
    due: str | None
    baseline: str | None


class Explanation(Record, frozen=True, kw_only=True):
    """What was read in a span of `document.text`; all spans here are in that text, except those of repairs (raw)."""

    document: Document
    span: Span
    text: str
    raw: str
    repairs: tuple[Mend, ...]
    articles: tuple[Article, ...]
    sections: tuple[Section, ...]
    statements: tuple[Said, ...]
    rulings: tuple[Ruling, ...]
    passed: tuple[Passed, ...]
    goals: tuple[Goal, ...]
    deadlines: tuple[Deadline, ...]
    measures: tuple[Measured, ...]


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
    document = parsed.document
    start, end = span
    if not 0 <= start < end <= len(document.text):
        raise OptionError(
            "bad-span", f"The span {start}:{end} does not lie in the text of {len(document.text)} characters."
        )
    place = Span(start, end)
    raw = parsed.clean.map.raw_span(start, end)
    rulings = tuple(_rulings(parsed, place))
    taken = [ruling.span for ruling in rulings]
    return Explanation(
        document=document,
        span=place,
        text=document.text[start:end],
        raw=parsed.reading.raw[raw.start : raw.end],
        repairs=tuple(_repairs(parsed, raw)),
        articles=tuple(article for article in document.articles if _meets(article.span, place)),
        sections=tuple(_sections(document, place)),
        statements=tuple(_statements(parsed, place)),
        rulings=rulings,
        passed=tuple(passed_numbers(document.text, place, taken)),
        goals=_placed(document.goals, place),
        deadlines=_placed(document.deadlines, place),
        measures=tuple(_measured(parsed, one) for one in _placed((*document.targets, *document.results), place)),
    )


def _meets(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _placed(found: Iterable[Placed], place: Span) -> tuple[Placed, ...]:
    return tuple(one for one in found if _meets(one.span, place))


def _measured(parsed: Parse, claim: Target) -> Measured:
    document = parsed.document
    number = int(claim.quantity.removeprefix("q")) - 1
    ground = parsed.grounds[number]
    due = document.quantities[number].due
    return Measured(
        claim=claim,
        role_from=ground.role,
        metric_from=ground.metric,
        due_from=ground.due,
        due=next((t.text for t in document.times if t.id == due), None),
        baseline=next((q.text for q in document.quantities if q.id == claim.baseline), None),
    )


def _repairs(parsed: Parse, raw: Span) -> Iterator[Mend]:
    for edit in parsed.clean.edits:
        if edit.start < raw.end and raw.start < max(edit.end, edit.start + 1) and edit.listed:
            yield Mend(before=parsed.reading.raw[edit.start : edit.end], edit=edit)


def _sections(document: Document, place: Span) -> Iterator[Section]:
    """From the outermost inwards."""
    for article in document.articles:
        stack = list(reversed(article.sections))
        while stack:
            section: Section = stack.pop()
            if _meets(section.span, place):
                yield section
                stack.extend(reversed(section.children))


def _statements(parsed: Parse, place: Span) -> Iterator[Said]:
    for number, statement in enumerate(parsed.document.statements):
        if _meets(statement.span, place):
            furniture = parsed.layout.units[number].noise
            features = () if furniture else tuple(loudest(parsed.labels[number], MOST_FEATURES))
            chances = zip(LABELS, parsed.labels[number].probabilities, strict=True)
            likely = sorted(((label, p) for label, p in chances if p >= LEAST_CHANCE), key=lambda pair: -pair[1])
            yield Said(
                statement=statement,
                furniture=furniture,
                features=features,
                table=parsed.layout.units[number].row and not parsed.labels[number].rows,
                rule=parsed.labels[number].rule,
                probabilities=tuple(likely),
            )


def _rulings(parsed: Parse, place: Span) -> Iterator[Ruling]:
    """Every mention that a rule read in the place, those of either kind in the order of the text."""
    text = parsed.document.text
    kept: dict[Span, TimeMention | QuantityMention] = {one.span: one for one in parsed.times}
    kept |= {one.span: one for one in parsed.quantities}
    settled = sorted(kept)
    results: dict[Span, Time | Quantity] = {one.span: one for one in parsed.document.times}
    results |= {one.span: one for one in parsed.document.quantities}
    found: list[TimeMention | QuantityMention] = [one for one in kept.values() if _meets(one.span, place)]
    found += [one for one in find_time_mentions(text) if one.span not in kept and _meets(one.span, place)]
    found += [one for one in find_quantity_mentions(text) if one.span not in kept and _meets(one.span, place)]
    for mention in sorted(found, key=lambda one: one.span):
        result = results.get(mention.span)
        winner = None if mention.span in kept else _winner(mention.span, settled)
        yield Ruling(
            kind="time" if isinstance(mention, TimeMention) else "quantity",
            rule=mention.rule,
            source=rule_source(mention.rule),
            span=mention.span,
            meaning=time_meaning(mention) if isinstance(mention, TimeMention) else quantity_meaning(mention),
            outcome="kept" if result else "lost" if winner else "border",
            winner=winner,
            resolved=result.resolved if isinstance(result, Time) else None,
            role=result.role if result else None,
            rivals=tuple(
                time_rivals(text, mention) if isinstance(mention, TimeMention) else quantity_rivals(text, mention)
            ),
        )


def _winner(span: Span, settled: Sequence[Span]) -> Span | None:
    return next((one for one in settled if _meets(one, span)), None)
