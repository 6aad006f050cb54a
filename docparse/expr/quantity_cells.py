"""Numbers of table cells whose unit stands elsewhere: over the column, at the row's head, above the table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from docparse.expr.quantities import find_quantity_mentions
from docparse.records import QuantityMention, Span


def find_cell_quantities(text: str, cells: Sequence[tuple[Span, str | None]]) -> list[QuantityMention]:
    """The quantities of cells that hold a bare number each, in order.

    Every number is read with its unit behind it by the rules for running text; one without a unit counts.

    Args:
        cells: each cell's place in `text`, and the unit that its table gives it.

    >>> found = find_cell_quantities("产值\\t120", [(Span(3, 6), "亿元")])
    >>> [(m.low, m.unit, m.span) for m in found]
    [(Decimal('12000000000'), 'CNY', Span(start=3, end=6))]
    """
    written: list[str] = []
    starts: list[int] = []
    size = 0
    for span, unit in cells:
        number, bound = _parted(text[span.start : span.end])
        written.append(f"{_LEAD}{number}{unit or _STAND_IN}{bound}")
        starts.append(size)
        size += len(written[-1]) + 1
    found: list[QuantityMention] = []
    for mention in find_quantity_mentions("\n".join(written)):
        at = bisect_right(starts, mention.span.start) - 1
        span, unit = cells[at]
        begin = mention.span.start - starts[at] - len(_LEAD)
        if mention.span.end - starts[at] != len(written[at]):
            continue
        made = msgspec.structs.replace(mention, span=Span(span.start + begin, span.end), rule=f"table.{mention.rule}")
        if unit == "块":  # a table writes 元 for money
            made = msgspec.structs.replace(made, unit="块", kind="count")
        if unit is None:
            whole = all(n is None or n == n.to_integral_value() for n in (made.low, made.high))
            made = msgspec.structs.replace(made, unit=None, kind="count" if whole else "other")
        found.append(made)
    return found


def _parted(written: str) -> tuple[str, str]:
    """A number and the bound behind it: the unit belongs between them."""
    for bound in ("以上", "以下", "以内", "左右"):
        if written.endswith(bound):
            return written.removesuffix(bound), bound
    return written, ""


# A decimal at the start of a line would be a section's number.
_LEAD = "为"
# A unit that takes every kind of number, for those that have none.
_STAND_IN = "吨"
