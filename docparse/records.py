"""Every type that crosses a module border: the stages' own records and the contract's, all frozen.

Offsets are 0-based and count Unicode code points; a span is [start, end). `text` is always the repaired, simplified
text, `raw` is always what the reader decoded.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

Script = Literal["hans", "hant", "mixed", "none"]
Kind = Literal["plan", "summary", "regulation", "guide", "other"]
SectionRole = Literal[
    "goals", "tasks", "analysis", "schedule", "budget", "review", "problems", "rules", "organization", "other"
]
Label = Literal["goal", "task", "result", "problem", "rule", "background", "noise"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeRole = Literal["deadline", "schedule", "recurrence", "context"]
QuantityKind = Literal[
    "money",
    "percent",
    "percent_point",
    "multiple",
    "count",
    "mass",
    "length",
    "area",
    "volume",
    "energy",
    "power",
    "temperature",
    "data",
    "score",
    "other",
]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "range"]
QuantityRole = Literal["target", "result", "baseline", "rule", "context"]
BlockKind = Literal["paragraph", "heading", "list_item", "cell", "header", "footer", "note", "toc"]
Basis = Literal["given", "text", "metadata"]


class Span(NamedTuple):
    """[start, end) in code points."""

    start: int
    end: int


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records. Subclasses repeat frozen and kw_only, which type checkers and msgspec want class by class."""


class Warning(Record, frozen=True, kw_only=True):  # noqa: A001 - the contract's word
    """Something that went wrong inside a document, or cannot be known. `raw_span` is where, or null."""

    code: str
    message: str
    raw_span: Span | None = None


# ---- what a reader gives -------------------------------------------------------------------------------------


class Cell(Record, frozen=True, kw_only=True):
    """Where a block stands in a table. All numbers are 0-based; `table` counts the tables of the document."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class Block(Record, frozen=True, kw_only=True):
    """A stretch of `raw` that the file format sets apart.

    `level` is the heading level that the format gives (Word style, outline level, h1 to h6, Markdown #), 1 = highest.
    `page` is 1-based where the source has pages. `size` is the font size in points, where known.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int | None = None
    page: int | None = None
    cell: Cell | None = None
    size: float | None = None
    bold: bool = False


class Source(Record, frozen=True, kw_only=True):
    """Where the document came from; every field is null where unknown. `size` is in bytes."""

    path: str | None = None
    media_type: str | None = None
    sha256: str | None = None
    size: int | None = None
    encoding: str | None = None
    pages: int | None = None
    title: str | None = None
    author: str | None = None
    site: str | None = None
    published: date | None = None
    modified: date | None = None


class Reading(Record, frozen=True, kw_only=True):
    """What a reader makes of bytes: the raw text, its blocks in order, and what the file says of itself."""

    source: Source
    raw: str
    blocks: tuple[Block, ...] = ()
    warnings: tuple[Warning, ...] = ()


# ---- claims and the rest of the contract ---------------------------------------------------------------------


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
    """A sentence, a list item or a table row. `article` and `section` are ids; `confidence` is 0 to 1."""

    id: str
    article: str | None
    section: str | None
    label: Label
    confidence: float


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
    """A statement about the time ahead, with the ids of what is measured and when."""

    id: str
    kind: Literal["goal", "task"]
    statement: str
    article: str | None
    section: str | None
    owner: str | None
    targets: tuple[str, ...]
    deadlines: tuple[str, ...]


class Deadline(Anchored, frozen=True, kw_only=True):
    """A time that binds: `start` and `end` are inclusive ISO dates when resolved, else null."""

    id: str
    goal: str | None
    time: str
    value: str
    start: date | None
    end: date | None


class Target(Anchored, frozen=True, kw_only=True):
    """A level to be reached. `quantity`, `baseline` and `deadline` are ids."""

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


class Result(Target, frozen=True, kw_only=True):
    """A level that those reporting have reached or counted."""


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


# ---- between the stages --------------------------------------------------------------------------------------


class Row(Record, frozen=True, kw_only=True):
    """One table row in `text`: its cells with their places."""

    span: Span
    cells: tuple[TableCell, ...]


class Unit(Record, frozen=True, kw_only=True):
    """A statement's borders, before it has a label.

    `article` and `section` index `Layout.articles` and `Layout.headings`; `noise` is the reason why this is page
    furniture, or None; `row` says that the unit is a table row.
    """

    span: Span
    article: int | None = None
    section: int | None = None
    noise: str | None = None
    row: bool = False


class HeadingLine(Record, frozen=True, kw_only=True):
    """A heading found in `text`. `parent` indexes `Layout.headings`; `end` is where what it governs ends."""

    span: Span
    marker: str | None
    title: str
    level: int
    article: int
    parent: int | None
    role: SectionRole
    end: int


class Piece(Record, frozen=True, kw_only=True):
    """An article's borders in `text`; `title_span` is null where the piece has lost its title."""

    span: Span
    title: str | None
    title_span: Span | None
    kind: Kind
    organization: str | None = None
    published: date | None = None


class Layout(Record, frozen=True, kw_only=True):
    """What structure gives: articles, headings in order (a tree by `parent`), units in order, tables.

    Titles, headings and units together cover every visible character of `text` and do not overlap.
    `published` is a date printed in the page's furniture, `site` and `document_number` likewise.
    """

    articles: tuple[Piece, ...]
    headings: tuple[HeadingLine, ...]
    units: tuple[Unit, ...]
    tables: tuple[tuple[Row, ...], ...] = ()
    published: date | None = None
    site: str | None = None
    document_number: str | None = None
    warnings: tuple[Warning, ...] = ()


class TimeMention(Record, frozen=True, kw_only=True):
    """A time as it is written, before it is resolved. `rule` is the public id of the rule that read it.

    `shift` is what `resolve` needs of a relative expression, in the notation that `docparse.expr.times` documents.
    """

    span: Span
    type: TimeType
    value: str
    rule: str
    shift: str | None = None


class QuantityMention(Record, frozen=True, kw_only=True):
    """A quantity as it is written. `rule` is the public id of the rule that read it.

    `baseline` is True on the from-value of a from-to; `bound_before` says that a word before it set the comparator.
    """

    span: Span
    kind: QuantityKind
    low: Decimal | None
    high: Decimal | None
    comparator: Comparator
    approximate: bool
    masked: bool
    unit: str | None
    per: tuple[str, ...]
    rule: str
    baseline: bool = False


class TimeContext(Record, frozen=True, kw_only=True):
    """What `resolve` may know of the place that a time stands in.

    `reference` is the document creation time; `year` the nearest explicit year named before; `masked_years` says that
    the document hides its years, so nothing relative is resolved; `ahead` is True in a plan (an unnamed month lies
    ahead of the reference date), False in a summary (behind it), None where unknown; `minguo` says that a bare 112年
    is a year of the Republic of China calendar.
    """

    reference: datetime | date | None = None
    year: int | None = None
    masked_years: bool = False
    ahead: bool | None = None
    minguo: bool = False


def plain_decimal(value: Decimal) -> Decimal:
    """The same number without exponent and without trailing zeros, so that JSON shows 10920000 and 7.5.

    >>> plain_decimal(Decimal("1.0920E+7")), plain_decimal(Decimal("7.50"))
    (Decimal('10920000'), Decimal('7.5'))
    """
    shown = format(value, "f")
    return Decimal(shown.rstrip("0").rstrip(".") if "." in shown else shown)
