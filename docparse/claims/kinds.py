"""What kind of article a notice or a page is whose title does not say: by what its sentences turn out to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from docparse.claims.classifier import Scored
from docparse.records import Kind, Label, Layout, Piece
from docparse.structure.words import kind_of_title

# So many sentences that bind, plan or tell, at least, and half as many as explain: fewer say nothing of the whole.
LEAST = 8
# A notice of conditions and procedures holds twice as many rules as tasks; a plan with a chapter of rules does not.
RULES_OVER_TASKS = 2


def kinds_by_labels(layout: Layout, labels: Sequence[Scored]) -> Layout:
    """The layout, where an article whose title names no genre (…的通知, …若干措施) takes the kind of its sentences.

    Structure knows such an article by its headings alone. One that they made a plan may be a regulation; one that
    they left open may be a plan or a summary too.
    """
    counts: list[Counter[Label]] = [Counter() for _ in layout.articles]
    for unit, scored in zip(layout.units, labels, strict=True):
        if unit.article is not None:
            counts[unit.article][scored.label] += 1
    pieces = tuple(_with_kind(piece, count) for piece, count in zip(layout.articles, counts, strict=True))
    return layout if pieces == layout.articles else msgspec.structs.replace(layout, articles=pieces)


def _with_kind(piece: Piece, count: Counter[Label]) -> Piece:
    if piece.kind not in ("plan", "other") or piece.title is None or kind_of_title(piece.title) is not None:
        return piece
    kind = _kind_of(count)
    if kind is None or (piece.kind == "plan" and kind != "regulation"):
        return piece
    return msgspec.structs.replace(piece, kind=kind)


def _kind_of(count: Counter[Label]) -> Kind | None:
    ahead, behind, rules = count["task"] + count["goal"], count["result"] + count["problem"], count["rule"]
    if ahead + behind + rules < max(LEAST, count["background"] / 2):
        return None
    if rules >= RULES_OVER_TASKS * (ahead + behind):
        return "regulation"
    if ahead == behind:
        return None
    return "plan" if ahead > behind else "summary"
