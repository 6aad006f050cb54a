"""What the statement classifier sees of a unit: its characters and words, and where it stands.

A feature is a string; the vocabulary in the weights says which ones count. Words come from jieba when the model is
trained; here they are found as character n-grams of the vocabulary, so that no dictionary is loaded to read a page.
What begins with @ is a mark: the unit's place, or a class of the planning lexicon (`lexicon/statements.toml`), whose
words speak alike whether or not the corpus holds them.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from typing import NamedTuple

from docparse.claims.outlook import Outlook
from docparse.lexicon import load_toml
from docparse.records import Kind, SectionRole

LONGEST_GRAM = 3
# A long sentence shows what it is at its two ends; the middle of a 10 MB line is not looked at.
MOST_CHARACTERS = 400
MARKER = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．,，:：]|\d{1,2}(?:\.\d{1,2}){0,3}[、.．,，:：]?"
    r"|第[一二三四五六七八九十\d]{1,4}[条章节]|第[一二三四五六七八九十]{1,2}[,，:：、]|[a-zA-Z][、.．)）]|[①-⑳●•◆■—\-*]+)\s*"
)
CLAUSE_MARKS = "，；：。！？"
# Lengths count in steps: long sentences explain more often than short ones.
LENGTH_STEP = 15
MOST_LENGTH = 6
DIGITS = re.compile(r"\d[\d.,]*")
# Half a page is written with half-width marks; to the model a comma is a comma.
WIDE_MARKS = str.maketrans(",;:!?()", "，；：！？（）")


def unit_words(text: str) -> str:
    """The unit's own words as the model reads them: without the marker, digits folded to 0, ends marked ^ and $.

    >>> unit_words("3、完成销售额1,200万元。")
    '^完成销售额0万元。$'
    """
    m = MARKER.match(text)
    if m and m.end() < len(text):
        text = text[m.end() :]
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS // 2] + text[-MOST_CHARACTERS // 2 :]
    return "^" + DIGITS.sub("0", text).translate(WIDE_MARKS) + "$"


def grams(words: str, longest: int = LONGEST_GRAM) -> set[str]:
    """All character n-grams of 1 to `longest` characters."""
    found = set(words)
    for n in range(2, longest + 1):
        found.update([words[i : i + n] for i in range(len(words) - n + 1)])
    return found


class Surroundings(NamedTuple):
    """Where a unit stands: its section's own role, its article's kind, whether the headings look ahead or back, its
    tenth of the article (0 to 9), whether it is longer than its words (a marker, long numbers), and how many mentions
    it holds."""

    role: SectionRole
    kind: Kind
    outlook: Outlook | None
    place: int
    marked: bool
    quantities: int
    times: int


def place_marks(around: Surroundings) -> set[str]:
    """The features of a unit's place. The headings' own words were tried and left out: they helped on pages like those
    of the corpus and hurt on others.
    """
    role, kind, outlook = around.role, around.kind, around.outlook
    found = {f"@role={role}", f"@kind={kind}", f"@place={around.place}", f"@role={role}|{kind}"}
    found |= {f"@outlook={outlook}", f"@outlook={outlook}|{kind}"}
    if around.marked:
        found.add("@marked")
    found.add(f"@quantities={min(around.quantities, 3)}")
    found.add(f"@times={min(around.times, 2)}")
    return found


@cache
def cue_classes() -> dict[str, tuple[str, ...]]:
    """Every word of the planning lexicon with its classes. Treat it as read-only."""
    classes: dict[str, list[str]] = {}
    for name, words in load_toml("statements")["cues"].items():
        for word in words:
            classes.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in classes.items()}


@cache
def _speaks(place: str, kind: Kind) -> dict[str, tuple[str, ...]]:
    """The features of every word in one place of a unit; in a plan a word may say something else than in a summary."""
    return {
        word: tuple(f"@{place}={name}{of}" for name in names for of in ("", f"|{kind}"))
        for word, names in cue_classes().items()
    }


def cue_marks(words: str, found: Set[str], kind: Kind) -> set[str]:
    """Which classes of the planning lexicon speak in a unit: anywhere, in its last clause, at its start.

    Args:
        found: the unit's n-grams.
    """
    body = words[1:-1]
    said = found & cue_classes().keys()
    last = _last_clause(body)
    anywhere, at_last, at_head = _speaks("any", kind), _speaks("last", kind), _speaks("head", kind)
    marks = {f"@length={min(len(words) // LENGTH_STEP, MOST_LENGTH)}"}
    for word in said:
        marks.update(anywhere[word])
        if word in last:
            marks.update(at_last[word])
        if body.startswith(word):
            marks.update(at_head[word])
    return marks


def _last_clause(body: str) -> str:
    """The last clause that is not empty: the main clause of a Chinese sentence stands there."""
    end = len(body)
    while end and body[end - 1] in CLAUSE_MARKS:
        end -= 1
    return body[max(body.rfind(mark, 0, end) for mark in CLAUSE_MARKS) + 1 : end]
