"""Which time a number is due at, and which baseline it starts from: nearest and compatible wins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from docparse.records import Quantity, Time

BINDING = ("deadline", "schedule")


def link_due(quantity: Quantity, nearby: Sequence[Time], above: Sequence[Sequence[Time]]) -> str | None:
    """The id of the time that a target is due at, or None.

    `nearby` are the times of its statement in order; `above` are those of the headings over it (nearest first) and of
    the article's title. A time before the number goes before one behind it, a deadline before a schedule at the same
    side; a recurrence counts where nothing else binds (每月两次).
    """
    at = quantity.span.start
    places = [t.span.start for t in nearby]
    middle = bisect_left(places, at)
    ordered = [*reversed(nearby[:middle]), *nearby[middle:]]
    for roles in (BINDING, ("recurrence",)):
        for time in ordered:
            if time.role in roles:
                return time.id
        if roles is BINDING:
            for times in above:
                for time in times:
                    if time.role in BINDING or (
                        time.role == "context" and time.type == "DATE" and "_REF" not in time.value
                    ):
                        return time.id
    return None


def link_baseline(quantity: Quantity, previous: Quantity | None) -> str | None:
    """The id of the from-value that stands right before a to-value of the same unit, or None."""
    if previous is None or previous.role != "baseline" or previous.unit != quantity.unit:
        return None
    return previous.id if quantity.span.start - previous.span.end <= 12 else None
