"""The words and the smallest types that all records share."""

from __future__ import annotations

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
    """Base of all records. Subclasses repeat frozen and kw_only: msgspec reads kw_only class by class."""


class Warning(Record, frozen=True, kw_only=True):
    """Something that went wrong inside a document, or cannot be known. `raw_span` is where, or null."""

    code: str
    message: str
    raw_span: Span | None = None


def plain_decimal(value: Decimal) -> Decimal:
    """The same number without exponent and without trailing zeros, so that JSON shows 10920000 and 7.5.

    >>> plain_decimal(Decimal("1.0920E+7")), plain_decimal(Decimal("7.50"))
    (Decimal('10920000'), Decimal('7.5'))
    """
    shown = format(value, "f")
    return Decimal(shown.rstrip("0").rstrip(".") if "." in shown else shown)
