"""What the stages hand to each other: borders before labels, mentions before meaning."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from docparse.records.base import Comparator, Kind, QuantityKind, Record, SectionRole, Span, TimeType, Warning
from docparse.records.contract import TableCell


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
    """A heading found in `text`. `parent` indexes `Layout.headings`; `end` is where what it governs ends.

    `title_role` is what its own words say it does, `role` what it does where it stands.
    """

    span: Span
    marker: str | None
    title: str
    level: int
    article: int
    parent: int | None
    role: SectionRole
    title_role: SectionRole
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
    `published` is a date printed in the page's furniture, `site`, `document_number` and `page_title` likewise.
    """

    articles: tuple[Piece, ...]
    headings: tuple[HeadingLine, ...]
    units: tuple[Unit, ...]
    tables: tuple[tuple[Row, ...], ...] = ()
    published: date | None = None
    site: str | None = None
    document_number: str | None = None
    page_title: str | None = None
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

    `baseline` is True on the from-value of a from-to.
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
