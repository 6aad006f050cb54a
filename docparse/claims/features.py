"""What the statement classifier sees of a unit: its characters and words, and where it stands.

A feature is a string; the vocabulary in the weights says which ones count. Words come from jieba when the model is
trained; here they are found as character n-grams of the vocabulary, so that no dictionary is loaded to read a page.
"""

from __future__ import annotations

import re

from docparse.records import Kind, SectionRole

LONGEST_GRAM = 4
# A long sentence shows what it is at its two ends; the middle of a 10 MB line is not looked at.
MOST_CHARACTERS = 400
MARKER = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．,，:：]|\d{1,2}(?:\.\d{1,2}){0,3}[、.．,，:：]?"
    r"|第[一二三四五六七八九十\d]{1,4}[条章节]|第[一二三四五六七八九十]{1,2}[,，:：、]|[a-zA-Z][、.．)）]|[①-⑳●•◆■—\-*]+)\s*"
)
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


def context_features(role: SectionRole, kind: Kind, marked: bool, quantities: int, times: int, place: int) -> set[str]:
    """Where a unit stands: the section's role, the article's kind, its position, whether it has a marker.

    `place` is the unit's tenth of the article, 0 to 9; `quantities` and `times` count the mentions inside it. The
    headings' own words were tried and left out: they helped on pages like those of the corpus and hurt on others.
    """
    found = {f"@role={role}", f"@kind={kind}", f"@place={place}", f"@role={role}|{kind}"}
    if marked:
        found.add("@marked")
    found.add(f"@quantities={min(quantities, 3)}")
    found.add(f"@times={min(times, 2)}")
    return found
