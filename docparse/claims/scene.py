"""Where a mention stands, and the words around it: what the roles of times and of quantities have in common."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from docparse.claims.outlook import Outlook
from docparse.lexicon import load_toml
from docparse.records import Kind, Label, SectionRole

AHEAD: frozenset[Label] = frozenset({"goal", "task"})
CLAUSE_END = frozenset("，。；！？,;!?\n")
# How far a clause is read on either side of a mention: longer clauses say nothing more about it.
REACH = 24


class Scene(NamedTuple):
    """Where a mention stands: its statement's label (None in a heading), the article's kind, the section's role, and
    whether the headings above look ahead or back."""

    label: Label | None
    kind: Kind = "other"
    section: SectionRole = "other"
    outlook: Outlook | None = None


@cache
def words(table: str, key: str) -> tuple[str, ...]:
    """Words of `lexicon/claims.toml`, longest first."""
    return tuple(sorted(load_toml("claims")[table][key], key=len, reverse=True))


def has(text: str, table: str, key: str) -> bool:
    """Whether one of the words stands in `text`."""
    return any(word in text for word in words(table, key))


def clause_after(text: str, at: int, most: int = REACH) -> str:
    """What follows `at` in the clause, at most `most` characters."""
    end = at
    last = min(len(text), at + most)
    while end < last and text[end] not in CLAUSE_END:
        end += 1
    return text[at:end]


def clause_before(text: str, at: int, most: int = REACH) -> str:
    """What precedes `at` in the clause, at most `most` characters."""
    start = at
    first = max(0, at - most)
    while start > first and text[start - 1] not in CLAUSE_END:
        start -= 1
    return text[start:at]


def line_before(text: str, at: int, most: int = 4 * REACH) -> str:
    """The line up to `at`; empty where its start is more than `most` characters away."""
    start = max(0, at - most)
    cut = text.rfind("\n", start, at)
    return "" if cut < 0 and start > 0 else text[cut + 1 : at]


def settled(scene: Scene, clause: str) -> Scene:
    """The scene with a label that its section contradicts put right: a market analysis promises nothing, a plan's
    budget is not spent yet; 完成 and 新增 under next year's work are not done, those of a review are. `clause` may
    say otherwise in so many words (已完成, 将完成).
    """
    if scene.outlook == "ahead" and scene.label == "result" and not has(clause, "outlook", "done"):
        return scene._replace(label="task")
    if scene.outlook == "behind" and scene.label in AHEAD and not has(clause, "outlook", "to_do"):
        return scene._replace(label="result")
    if scene.label in AHEAD and scene.section == "analysis":
        return scene._replace(label="background")
    if scene.label in ("result", "background") and scene.kind == "plan" and scene.section == "budget":
        return scene._replace(label="task")
    return scene
