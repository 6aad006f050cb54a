"""OpenDocument's automatic numbering: list styles, the outline of headings, and the counters of one document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.docx.numerals import render_number
from docparse.readers.markers import BULLET, part_marker
from docparse.readers.odt.xml import LOEXT, STYLE, TEXT, XML, find, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 10
_LONGEST_TEXT = 100
_PLACEHOLDER = re.compile(r"%(10|[1-9])%")
OUTLINE = "Outline"

# The first number of `style:num-format` ("一, 二, 三, ...", "甲, 乙, 丙, ...") and what Word calls that counting.
_FORMATS = {
    "": "none",
    "1": "decimal",
    "I": "upperRoman",
    "i": "lowerRoman",
    "01": "decimalZero",
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "①": "decimalEnclosedCircle",
    "⑴": "decimalEnclosedParen",
    "⒈": "decimalEnclosedFullstop",
    "㊀": "ideographEnclosedCircle",
    "㈠": "ideographParenthesized",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "１": "decimalFullWidth",
    "〇": "ideographDigital",
}
_TRADITIONAL = ("貳", "參")


class Level(NamedTuple):
    """One level of a list style. `pattern` holds %1% where the first level's number stands."""

    number_format: str = "none"
    pattern: str = ""
    start: int = 1
    follows: str = "listtab"
    bullet: bool = False


class Counters:
    """The counters of one document, advanced in document order. A key stands for one list, however often it goes on."""

    def __init__(self, lists: dict[str, dict[int, Level]]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._last_with_style: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def open_list(self, element: _Element, style: str) -> str:
        """The key of the list that an element begins or goes on with."""
        wanted = element.get(f"{TEXT}continue-list")
        key = self._ids.get(wanted or "")
        if key is None and element.get(f"{TEXT}continue-numbering") == "true":
            key = self._last_with_style.get(style)
        if key is None:
            key = f"{len(self._counts)}"
            self._counts[key] = {}
        self._last_with_style[style] = key
        name = element.get(f"{XML}id") or element.get(f"{TEXT}id")
        if name:
            self._ids[name] = key
        return key

    def is_shown(self, style: str, level: int) -> bool:
        """True where that level of that list style puts something before a paragraph."""
        shape = self._lists.get(style, {}).get(level)
        return shape is not None and (shape.bullet or shape.number_format != "none" or bool(shape.pattern.strip()))

    def advance(self, key: str, style: str, level: int, start: int | None = None) -> str:
        """The marker of the next item on that 1-based level, with what separates it from the text; "" for none."""
        levels = self._lists.get(style, {})
        shape = levels.get(level)
        if shape is None:
            return ""
        counts = self._counts.setdefault(key, {})
        counts[level] = start if start is not None else counts[level] + 1 if level in counts else shape.start
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if shape.bullet:
            return f"{BULLET} "

        def fill(match: re.Match[str]) -> str:
            """The number of the level that a placeholder names."""
            wanted = int(match[1])
            other = levels.get(wanted, Level())
            return _write(counts.get(wanted, other.start), other.number_format)

        marker = _PLACEHOLDER.sub(fill, shape.pattern)
        if not marker.strip():
            return ""
        return part_marker(marker, parted=shape.follows != "nothing" and not marker[-1].isspace())


def read_lists(*groups: _Element | None) -> dict[str, dict[int, Level]]:
    """The levels of all list styles by name; the outline of headings is there as `OUTLINE`."""
    lists: dict[str, dict[int, Level]] = {}
    for group in groups:
        for element in () if group is None else group:
            if element.tag == f"{TEXT}list-style":
                lists[element.get(f"{STYLE}name") or ""] = _read_levels(element)
            elif element.tag == f"{TEXT}outline-style":
                lists[OUTLINE] = _read_levels(element)
    return lists


def _read_levels(style: _Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in style:
        index = whole(element, f"{TEXT}level", 0)
        if 1 <= index <= _LEVELS and isinstance(element.tag, str):
            levels[index] = _read_level(element, index, levels)
    return levels


def _read_level(element: _Element, index: int, before: dict[int, Level]) -> Level:
    if element.tag in (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"):
        return Level(bullet=True)
    number_format = _format_name(element)
    pattern = element.get(f"{LOEXT}num-list-format")
    if pattern is None:
        pattern = _pattern(element, index, before, number_format)
    label = find(element, f"{STYLE}list-level-properties", f"{STYLE}list-level-label-alignment")
    follows = None if label is None else label.get(f"{TEXT}label-followed-by")
    return Level(
        number_format=number_format,
        pattern=pattern[:_LONGEST_TEXT],
        start=whole(element, f"{TEXT}start-value", 1),
        follows=follows or "listtab",
    )


def _pattern(element: _Element, index: int, before: dict[int, Level], number_format: str) -> str:
    """Prefix, the numbers of as many levels as are displayed with full stops between them, suffix."""
    shown = whole(element, f"{TEXT}display-levels", 1, index)
    others = [
        f"%{level}%"
        for level in range(index - max(shown, 1) + 1, index)
        if level in before and before[level].number_format != "none"
    ]
    own = [f"%{index}%"] if number_format != "none" else []
    numbers = ".".join([*others, *own]) if own else ""
    return f"{element.get(f'{STYLE}num-prefix') or ''}{numbers}{element.get(f'{STYLE}num-suffix') or ''}"


def _format_name(element: _Element) -> str:
    """Word's name of the number format; "letter" and "LETTER" where letters go on as aa, ab."""
    written = (element.get(f"{STYLE}num-format") or "").strip()
    first = written.partition(",")[0].strip()
    if first in ("a", "A"):
        repeated = element.get(f"{STYLE}num-letter-sync") == "true"
        return {"a": "lowerLetter", "A": "upperLetter"}[first] if repeated else {"a": "letter", "A": "LETTER"}[first]
    if first == "壹" and any(sign in written for sign in _TRADITIONAL):
        return "ideographLegalTraditional"
    return _FORMATS.get(first, "decimal")


def _write(number: int, number_format: str) -> str:
    if number_format in ("letter", "LETTER") and number > 0:
        letters = ""
        while number > 0:
            number, place = divmod(number - 1, 26)
            letters = chr(ord("a") + place) + letters
        return letters if number_format == "letter" else letters.upper()
    if number_format == "ideographParenthesized" and 1 <= number <= 10:
        return chr(0x3220 + number - 1)
    return render_number(number, number_format)
