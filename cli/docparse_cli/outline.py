"""The outline of a document as a tree of articles and sections, with what each holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docparse_cli.console import cut
from docparse_cli.messages import Language, counted, name_of, say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

    from docparse.records import Article, Document, Section

_GUIDE_CELLS = 4
_COUNTED = ("goal", "task", "result", "problem", "rule")
_DEEPEST = 12
"""Levels drawn; deeper sections stand at the last of them, so that no nesting can push text off the screen."""


def outline(console: Console, document: Document, language: Language) -> None:
    """Print one tree an article: title, kind, period, sections with the number of their statements."""
    counts = _counts(document)
    for article in document.articles:
        console.print(_article_tree(article, counts, language, console.width))


def _article_tree(article: Article, counts: dict[str, Counter[str]], language: Language, width: int) -> Tree:
    from rich.tree import Tree

    kind = name_of(language, "kind", article.kind)
    facts = say(language, "comma").join(filter(None, (kind, article.period, article.organization)))
    tree = Tree(_label(article.title or say(language, "untitled"), facts, width), guide_style="dim")
    waiting: list[tuple[Tree, Section, int]] = [(tree, section, 1) for section in reversed(article.sections)]
    while waiting:
        parent, section, depth = waiting.pop()
        room = width - _GUIDE_CELLS * depth
        node = parent.add(_label(section.heading.text, _content(counts.get(section.id), language), room))
        below, deeper = (node, depth + 1) if depth < _DEEPEST else (parent, depth)
        waiting.extend((below, child, deeper) for child in reversed(section.children))
    return tree


def _label(title: str, facts: str, width: int) -> Text:
    from rich.cells import cell_len
    from rich.text import Text

    facts = cut(facts, width // 2)
    room = width - (cell_len(facts) + 2 if facts else 0)
    label = Text(cut(title, room), no_wrap=True)
    if facts:
        label.append(f"  {facts}", style="dim")
    return label


def _content(counts: Counter[str] | None, language: Language) -> str:
    """`5: 2 goal, 1 task`: how many statements, and how many of the kinds that matter."""
    if not counts:
        return ""
    named = [counted(language, "label", label, counts[label]) for label in _COUNTED if counts[label]]
    return say(language, "comma").join(named) or counted(language, "part", "statement", counts.total())


def _counts(document: Document) -> dict[str, Counter[str]]:
    """Labels by section, each statement counted in its section and in all above it."""
    parents: dict[str, str | None] = {}
    waiting: list[tuple[Section, str | None]] = [
        (top, None) for article in document.articles for top in article.sections
    ]
    while waiting:
        section, parent = waiting.pop()
        parents[section.id] = parent
        waiting.extend((child, section.id) for child in section.children)
    counts: dict[str, Counter[str]] = {key: Counter() for key in parents}
    for statement in document.statements:
        place = statement.section
        while place is not None and place in counts:
            counts[place][statement.label] += 1
            place = parents[place]
    return counts
