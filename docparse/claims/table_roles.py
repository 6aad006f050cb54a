"""What table rows claim: the labels of rows and the roles of what stands in their cells, by the columns' heads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from docparse.claims.classifier import Scored, sure_of
from docparse.claims.links import Due
from docparse.claims.table_cells import CellSense, RowSense, TableSenses
from docparse.lexicon import load_toml
from docparse.records import Kind, Label, Layout, Quantity, QuantityRole, Span, Time, TimeMention, TimeRole

# A row whose columns say what it is has that label in 0.94 of corpora/train and in all 37 cases of corpora/dev.
ROW_CONFIDENCE = 0.95
SHORT = 8


# A row of a plan's budget spends what it names, but for these, which sum up, look back or explain.
BUDGET_CONFIDENCE = 0.9
NO_ITEM = re.compile("合计|总计|小计|共计|结余|实际|上年|去年|备注|说明")


def label_rows(text: str, layout: Layout, labels: Sequence[Scored], senses: TableSenses) -> list[Scored]:
    """The labels, those of table rows as their columns say, or as the heading says in a plan's budget."""
    if not senses.rows:
        return list(labels)
    made: list[Scored] = []
    for unit, scored in zip(layout.units, labels, strict=True):
        row = senses.row(unit.span) if unit.noise is None and unit.article is not None else None
        kind = layout.articles[unit.article].kind if unit.article is not None else "other"
        label = row_label(row, kind) if row is not None else None
        if row is not None and label is None and kind == "plan" and unit.section is not None:
            budget = layout.headings[unit.section].role == "budget"
            written = text[unit.span.start : unit.span.end]
            if budget and any(c.isdigit() for c in written) and NO_ITEM.search(written) is None:
                made.append(sure_of("task", BUDGET_CONFIDENCE, scored.rows, "budget"))
                continue
        made.append(scored if label is None else sure_of(label, ROW_CONFIDENCE, ()))
    return made


def by_table(scored: Scored) -> bool:
    """Whether a statement has its label from its table's heads."""
    return not scored.rows and scored.confidence == ROW_CONFIDENCE


def row_label(row: RowSense, kind: Kind) -> Label | None:
    """What a row is by its columns; None where they do not say."""
    if row.head:
        return "background"
    if "points" in row.figures:
        return "rule"
    if kind == "regulation":
        return None
    if "result" in row.figures:
        return "result"
    if "target" in row.figures:
        return "goal"
    if row.task and row.finished and (row.owner is not None or row.when is not None):
        return "result"
    if row.task and (row.owner is not None or row.when is not None) and kind != "guide":
        return "task"
    return None


def cell_quantity_role(
    cell: CellSense | None, row: RowSense | None, whole: bool, kind: Kind, label: Label | None
) -> QuantityRole | None:
    """The role of a number in a cell, None where the words around it have to say.

    Args:
        whole: the number fills its cell; in a short one (每日2次) it is all that matters as well.
    """
    short = cell is not None and cell.span.end - cell.span.start <= SHORT
    if cell is None or row is None or row.head or label == "noise" or not (whole or short):
        return None
    if cell.sense == "points":
        return "rule"
    if kind == "regulation":
        return None
    if cell.sense == "target":
        return "target"
    if cell.sense == "baseline":
        return "baseline" if "target" in row.figures else "result"
    if cell.sense in ("result", "progress"):
        return "result"
    if cell.sense == "rate":
        return "target" if "target" in row.figures and "result" not in row.figures else "result"
    return None


def cell_time_role(
    text: str, mention: TimeMention, cell: CellSense | None, row: RowSense | None, label: Label | None
) -> TimeRole | None:
    """The role of a time in a cell: the year over target values limits them, what stands under 完成时间 is due then."""
    if cell is None or row is None or label == "noise":
        return None
    if row.head:
        return "deadline" if cell.sense == "target" and mention.type == "DATE" else "context"
    if cell.sense != "when" or not (label in ("goal", "task") or row.finished):
        return None
    if mention.type == "SET":
        return "recurrence"
    title = "".join(text[head.start : head.end] for head in cell.heads)
    if any(word in title for word in load_toml("tables")["limits"]["words"]):
        return "deadline"
    return "schedule" if mention.type == "DURATION" or "/" in mention.value else None


def cell_due(cell: CellSense | None, row: RowSense | None, times: Sequence[Time]) -> Due | None:
    """The time over a target's column, else in its row's column of times; None where there is none.

    Args:
        times: the document's times, in order.
    """
    if cell is None or row is None:
        return None
    for head in reversed(cell.heads):
        found = _within(times, head)
        if found is not None:
            return Due(found.id, "column")
    found = _within(times, row.when) if row.when is not None else None
    return Due(found.id, "row") if found is not None else None


def _within(times: Sequence[Time], place: Span) -> Time | None:
    at = bisect_left(times, place.start, key=lambda t: t.span.start)
    return times[at] if at < len(times) and times[at].span.end <= place.end else None


def row_baselines(quantities: Sequence[Quantity], senses: TableSenses) -> Mapping[str, str]:
    """Of each target in a table, the id of the baseline that its row gives it."""
    if not senses.rows:
        return {}
    placed = [(row.span, q) for q in quantities if (row := senses.row(q.span)) is not None]
    starts = {(span, q.unit): q.id for span, q in placed if q.role == "baseline"}
    return {q.id: starts[span, q.unit] for span, q in placed if q.role == "target" and (span, q.unit) in starts}
