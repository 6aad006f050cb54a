"""Word's automatic numbering: the marker that stands before a paragraph on the page, but not in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.docx_numerals import render_number
from docparse.readers.docx_xml import child, children, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

BULLET = "•"
_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_CLOSES_ITSELF = "、，。：；）】》〉」』．"


class Level(NamedTuple):
    """One level of a list, as numbering.xml describes it. `restart` is the 1-based level that restarts it."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None


class ListEntry(NamedTuple):
    """One list that paragraphs name: the counters it shares, its levels, and where it starts anew."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int]


class Numbering(NamedTuple):
    """All lists by number id, and which list level a style is tied to."""

    lists: dict[int, ListEntry]
    style_levels: dict[tuple[str, str], int]


class Counters:
    """The counters of one document, advanced in document order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()

    def level_of_style(self, number_id: int, style_id: str) -> int | None:
        """The list level that a style is tied to by w:pStyle, or None."""
        entry = self._numbering.lists.get(number_id)
        return None if entry is None else self._numbering.style_levels.get((entry.abstract, style_id))

    def advance(self, number_id: int, level: int) -> str:
        """The marker of the next paragraph on that list and level, with what separates it from the text.

        Empty where the list does not exist or shows nothing.
        """
        entry = self._numbering.lists.get(number_id)
        if entry is None or not 0 <= level < _LEVELS:
            return ""
        shape = entry.levels.get(level)
        if shape is None:
            return ""
        counts = self._counts.setdefault(entry.abstract, {})
        self._restart_overridden(entry, number_id, level, counts)
        counts[level] = counts[level] + 1 if level in counts else shape.start
        for deeper in [key for key in counts if key > level]:
            restart = entry.levels[deeper].restart if deeper in entry.levels else None
            if restart != 0 and (restart is None or level < restart):
                del counts[deeper]
        return _render(entry, shape, counts)

    def _restart_overridden(self, entry: ListEntry, number_id: int, level: int, counts: dict[int, int]) -> None:
        """A list that overrides the start counts from there, once, when it is first used on that level."""
        start = entry.restarts.get(level)
        if start is not None and (number_id, level) not in self._started:
            self._started.add((number_id, level))
            counts[level] = start - 1


def _render(entry: ListEntry, shape: Level, counts: dict[int, int]) -> str:
    if shape.number_format == "bullet":
        return f"{BULLET} "

    def fill(match: re.Match[str]) -> str:
        """The count of the level that a placeholder names."""
        wanted = int(match[1]) - 1
        other = entry.levels.get(wanted, Level())
        count = counts.get(wanted, other.start)
        plain = shape.legal and other.number_format != "none"
        return render_number(count, "decimal" if plain else other.number_format)

    marker = _PLACEHOLDER.sub(fill, shape.text)
    if not marker.strip():
        return ""
    if shape.suffix == "nothing" or marker.endswith(tuple(_CLOSES_ITSELF)):
        return marker
    return f"{marker} "


def read_numbering(root: _Element | None) -> Numbering:
    """The lists of numbering.xml; none where the part is missing."""
    abstracts: dict[str, dict[int, Level]] = {}
    style_levels: dict[tuple[str, str], int] = {}
    style_links: dict[str, str] = {}
    linked: dict[str, str] = {}
    for element in children(root, "abstractNum"):
        key = value(element, "abstractNumId") or ""
        abstracts[key] = {}
        for level_element in children(element, "lvl"):
            index = number(level_element, "ilvl")
            if index is None or not 0 <= index < _LEVELS:
                continue
            abstracts[key][index] = _read_level(level_element)
            style = value(child(level_element, "pStyle"))
            if style is not None:
                style_levels[(key, style)] = index
        if (link := value(child(element, "styleLink"))) is not None:
            style_links[link] = key
        if (link := value(child(element, "numStyleLink"))) is not None:
            linked[key] = link
    lists: dict[int, ListEntry] = {}
    for element in children(root, "num"):
        number_id = number(element, "numId")
        key = value(child(element, "abstractNumId")) or ""
        key = style_links.get(linked.get(key, ""), key)
        if number_id is not None and key in abstracts:
            lists[number_id] = _read_list(element, key, abstracts[key])
    return Numbering(lists, style_levels)


def _read_list(element: _Element, key: str, levels: dict[int, Level]) -> ListEntry:
    restarts: dict[int, int] = {}
    changed = dict(levels)
    for override in children(element, "lvlOverride"):
        index = number(override, "ilvl")
        if index is None or not 0 <= index < _LEVELS:
            continue
        replaced = child(override, "lvl")
        if replaced is not None:
            changed[index] = _read_level(replaced)
        start = number(child(override, "startOverride"))
        if start is not None:
            restarts[index] = start
    return ListEntry(key, changed, restarts)


def _read_level(element: _Element) -> Level:
    start = number(child(element, "start"))
    return Level(
        start=1 if start is None else start,
        number_format=_format_name(element),
        text=(value(child(element, "lvlText")) or "")[:100],
        suffix=value(child(element, "suff")) or "tab",
        legal=is_on(child(element, "isLgl")),
        restart=number(child(element, "lvlRestart")),
    )


def _format_name(element: _Element) -> str:
    """The number format; newer ones stand in mc:AlternateContent, where the fallback is decimal."""
    found = child(element, "numFmt")
    if found is None:
        found = next((node for node in element.iter() if node.tag == element.tag[:-3] + "numFmt"), None)
    name = value(found) or "decimal"
    if name == "custom":
        pattern = value(found, "format") or ""
        return "decimalZero" if pattern.startswith("0") else "decimal"
    return name
