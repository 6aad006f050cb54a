"""Word's automatic numbering: the marker that stands before a paragraph on the page, but not in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.docx.numerals import padded, render_number
from docparse.readers.docx.styles import Style
from docparse.readers.docx.symbols import PRIVATE
from docparse.readers.docx.xml import child, children, is_on, number, value
from docparse.readers.markers import BULLET, part_marker

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_PADDED = re.compile(r"(0{1,8})[1-9]")


class Level(NamedTuple):
    """One level of a list, as numbering.xml describes it. `restart` is the 1-based level that restarts it.

    `width` is how many digits a custom format such as 001 shows at least.
    """

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    width: int = 0


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
    """The counters of one story (body, notes, headers), advanced in document order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()

    def fresh(self) -> Counters:
        """The same lists, counted from the start: Word counts the body, the notes and the headers apart."""
        return Counters(self._numbering)

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
        for above in range(level):  # a level that is skipped counts as begun: behind 1.1 comes 2
            if above not in counts and above in entry.levels:
                counts[above] = entry.levels[above].start
        counts[level] = counts[level] + 1 if level in counts else shape.start
        for deeper in [key for key in counts if key > level]:
            restart = entry.levels[deeper].restart if deeper in entry.levels else None
            if restart != 0 and (restart is None or level < restart):
                del counts[deeper]
        return _render(entry, level, counts)

    def _restart_overridden(self, entry: ListEntry, number_id: int, level: int, counts: dict[int, int]) -> None:
        """A list that overrides the start counts from there, once, when it is first used on that level."""
        start = entry.restarts.get(level)
        if start is not None and (number_id, level) not in self._started:
            self._started.add((number_id, level))
            counts[level] = start - 1


def _render(entry: ListEntry, level: int, counts: dict[int, int]) -> str:
    shape = entry.levels[level]
    if shape.number_format == "bullet":
        return f"{shape.text} " if shape.text else ""

    def fill(match: re.Match[str]) -> str:
        """The count of the level that a placeholder names."""
        wanted = int(match[1]) - 1
        other = entry.levels.get(wanted, Level())
        count = counts.get(wanted, other.start)
        # Legal numbering turns what comes from above into plain digits; 01 of the level itself stays (Section 1.01).
        legal = shape.legal and (wanted != level or other.number_format != "decimalZero")
        if other.width and (wanted == level or not legal):
            return padded(count, other.width)
        plain = legal and other.number_format != "none"
        return render_number(count, "decimal" if plain else other.number_format)

    marker = _PLACEHOLDER.sub(fill, shape.text)
    if not marker.strip():
        return ""
    return part_marker(marker, parted=shape.suffix != "nothing")


def read_numbering(root: _Element | None, styles: dict[str, Style]) -> Numbering:
    """The lists of numbering.xml; none where the part is missing. List styles are looked up in `styles`."""
    abstracts: dict[str, dict[int, Level]] = {}
    style_levels: dict[tuple[str, str], int] = {}
    style_links: dict[str, str] = {}
    linked: dict[str, str] = {}
    for element in children(root, "abstractNum"):
        key = value(element, "abstractNumId") or ""
        abstracts[key] = {}
        for index, level_element in _levels(element, "lvl"):
            abstracts[key][index] = _read_level(level_element)
            style = value(child(level_element, "pStyle"))
            if style is not None:
                style_levels[(key, style)] = index
        if (link := value(child(element, "styleLink"))) is not None:
            style_links[link] = key
        if (link := value(child(element, "numStyleLink"))) is not None:
            linked[key] = link
    keys = {number(e, "numId"): value(child(e, "abstractNumId")) or "" for e in children(root, "num")}
    lists: dict[int, ListEntry] = {}
    for element in children(root, "num"):
        number_id = number(element, "numId")
        key = keys[number_id]
        if (link := linked.get(key)) is not None:  # the list style's own list, or the list that its style names
            key = style_links.get(link) or keys.get(styles.get(link, Style()).number_id, key)
        if number_id is not None and key in abstracts:
            lists[number_id] = _read_list(element, key, abstracts[key])
    return Numbering(lists, style_levels)


def _levels(element: _Element, name: str) -> list[tuple[int, _Element]]:
    found = ((number(node, "ilvl"), node) for node in children(element, name))
    return [(index, node) for index, node in found if index is not None and 0 <= index < _LEVELS]


def _read_list(element: _Element, key: str, levels: dict[int, Level]) -> ListEntry:
    restarts: dict[int, int] = {}
    changed = dict(levels)
    for index, override in _levels(element, "lvlOverride"):
        replaced = child(override, "lvl")
        if replaced is not None:
            changed[index] = _read_level(replaced)
        start = number(child(override, "startOverride"))
        if start is not None:
            restarts[index] = start
    return ListEntry(key, changed, restarts)


def _read_level(element: _Element) -> Level:
    start = number(child(element, "start"))
    name, width = _format(element)
    text = (value(child(element, "lvlText")) or "")[:100]
    if name == "bullet":
        text = bullet_text(text, is_picture=child(element, "lvlPicBulletId") is not None)
    return Level(
        start=1 if start is None else start,
        number_format=name,
        text=text,
        suffix=value(child(element, "suff")) or "tab",
        legal=is_on(child(element, "isLgl")),
        restart=number(child(element, "lvlRestart")),
        width=width,
    )


def bullet_text(text: str, *, is_picture: bool = False) -> str:
    """What a bulleted level shows: one bullet whatever the font draws, words where it holds words, or nothing."""
    if not text.strip():
        return BULLET if is_picture else ""
    words = len(text.strip()) > 1 and not PRIVATE.search(text) and any(c.isalnum() for c in text)
    return text.strip() if words else BULLET


def _format(element: _Element) -> tuple[str, int]:
    """The number format and its width; newer ones stand in mc:AlternateContent, where the fallback is decimal."""
    found = child(element, "numFmt")
    if found is None:
        found = next((node for node in element.iter() if node.tag == element.tag[:-3] + "numFmt"), None)
    name = value(found) or "decimal"
    if name != "custom":
        return name, 0
    pattern = _PADDED.match(value(found, "format") or "")  # 001, 002, 003, ...
    return "decimal", len(pattern[1]) + 1 if pattern else 0
