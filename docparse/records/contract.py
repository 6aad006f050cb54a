"""The JSON contract `docparse/1`: what users get."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from docparse.records.base import (
    Basis,
    Comparator,
    Kind,
    Label,
    QuantityKind,
    QuantityRole,
    Record,
    Script,
    SectionRole,
    Span,
    TimeRole,
    TimeType,
    Warning,
)
from docparse.records.reading import Source


class Anchored(Record, frozen=True, kw_only=True):
    """Anything with a place: `document.text[span] == text`, and `raw_span` leads back to the raw text."""

    text: str
    span: Span
    raw_span: Span
    page: int | None = None


class Heading(Anchored, frozen=True, kw_only=True):
    """A heading's own words, marker included."""


class Section(Record, frozen=True, kw_only=True):
    """A heading and what it governs. `level` is 1 for the highest inside its article."""

    id: str
    marker: str | None
    title: str
    level: int
    role: SectionRole
    heading: Heading
    span: Span
    raw_span: Span
    children: tuple[Section, ...] = ()


class Article(Record, frozen=True, kw_only=True):
    """A self-contained piece. `period` is a TIMEX3 value of the time that it plans or reviews."""

    id: str
    title: str | None
    kind: Kind
    period: str | None
    organization: str | None
    sections: tuple[Section, ...]
    span: Span
    raw_span: Span


class Statement(Anchored, frozen=True, kw_only=True):
    """A sentence, a list item or a table row. `article` and `section` are ids; `confidence` is 0 to 1.

    `paragraph` is the 1-based number of the paragraph, line or cell of the source in which it begins.
    """

    id: str
    article: str | None
    section: str | None
    label: Label
    confidence: float
    paragraph: int | None = None


class TableCell(Record, frozen=True, kw_only=True):
    """One cell of a table row."""

    text: str
    span: Span
    raw_span: Span
    header: bool = False
    row_span: int = 1
    col_span: int = 1


class Table(Record, frozen=True, kw_only=True):
    """A table, kept as rows of cells."""

    id: str
    span: Span
    raw_span: Span
    rows: tuple[tuple[TableCell, ...], ...]


class Time(Anchored, frozen=True, kw_only=True):
    """A time expression (TIMEX3). `value` is what the text says, X for what it does not; `resolved` is concrete."""

    id: str
    statement: str | None
    type: TimeType
    value: str
    resolved: str | None
    role: TimeRole


class Quantity(Anchored, frozen=True, kw_only=True):
    """A number with its unit. `low` and `high` are inclusive bounds in `unit`; an open side is null."""

    id: str
    statement: str | None
    kind: QuantityKind
    low: Decimal | None
    high: Decimal | None
    comparator: Comparator
    approximate: bool
    masked: bool
    unit: str | None
    per: tuple[str, ...]
    role: QuantityRole
    metric: str | None
    due: str | None


class Goal(Anchored, frozen=True, kw_only=True):
    """A statement about the time ahead, with the ids of what is measured and when.

    `deadlines` are those in the statement and those that its targets are due at; `confidence` is 0 to 1.
    """

    id: str
    kind: Literal["goal", "task"]
    statement: str
    article: str | None
    section: str | None
    owner: str | None
    targets: tuple[str, ...]
    deadlines: tuple[str, ...]
    confidence: float


class Deadline(Anchored, frozen=True, kw_only=True):
    """A time that binds: `start` and `end` are inclusive ISO dates when resolved, else null; `confidence` is 0 to 1."""

    id: str
    goal: str | None
    time: str
    value: str
    start: date | None
    end: date | None
    confidence: float


class Target(Anchored, frozen=True, kw_only=True):
    """A level to be reached. `quantity`, `baseline` and `deadline` are ids; `confidence` is 0 to 1.

    `nature` is what an indicator table calls the target: `binding` (约束性), `expected` (预期性), else null. `change`
    says that the number is by how much the metric is to grow or fall (下降5%), null where it is a level (降到5%).
    """

    id: str
    goal: str | None
    quantity: str
    baseline: str | None
    deadline: str | None
    metric: str | None
    low: Decimal | None
    high: Decimal | None
    comparator: Comparator
    approximate: bool
    unit: str | None
    per: tuple[str, ...]
    article: str | None
    nature: Literal["binding", "expected"] | None
    change: Literal["increase", "decrease"] | None
    confidence: float


class Result(Target, frozen=True, kw_only=True):
    """A level that those reporting have reached or counted.

    `target` is the id of the Target that it answers and `goal` that target's goal, null where the document states none.
    """

    target: str | None


class Repair(Record, frozen=True, kw_only=True):
    """One place where the raw text was changed. `certainty` is 0 to 1; `before` is raw, `after` is in `text`."""

    id: str
    kind: str
    before: str
    after: str
    certainty: float
    raw_span: Span
    span: Span


class Generator(Record, frozen=True, kw_only=True):
    """The program that made the document."""

    name: str
    version: str


class Document(Record, frozen=True, kw_only=True):
    """One parsed document: the JSON contract `docparse/1`."""

    schema: Literal["docparse/1"] = "docparse/1"
    generator: Generator
    source: Source
    script: Script
    reference_date: date | None
    reference_basis: Basis | None
    text: str
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    tables: tuple[Table, ...]
    times: tuple[Time, ...]
    quantities: tuple[Quantity, ...]
    goals: tuple[Goal, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    results: tuple[Result, ...]
    repairs: tuple[Repair, ...]
    warnings: tuple[Warning, ...]
