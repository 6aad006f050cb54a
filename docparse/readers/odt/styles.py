"""What OpenDocument styles give: heading level, list, size, weight, page breaks, resolved along their parents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.odt.xml import FO, STYLE, TEXT, whole
from docparse.readers.style_names import is_contents, is_title, plain_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_LENGTH = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(pt|cm|mm|in|px|%)$")
_POINTS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "px": 0.75}
_LONGEST_CHAIN = 20
_DEEPEST_HEADING = 10


class Run(NamedTuple):
    """How characters look. `size` is in points."""

    size: float | None = None
    bold: bool = False
    hidden: bool = False


class Style(NamedTuple):
    """A paragraph style with all that it inherits. `level` is 1-based; `list_style` "" takes it out of any list."""

    run: Run = Run()
    level: int | None = None
    title: bool = False
    toc: bool = False
    list_style: str | None = None
    new_page: bool = False


class Styles(NamedTuple):
    """The paragraph and the text styles of one part of a document by name, and what they begin from."""

    paragraphs: dict[str, Style]
    texts: dict[str, _Element]
    base: Style

    def paragraph(self, name: str | None) -> Style:
        """The paragraph style of that name, or the default one."""
        return self.paragraphs.get(name or "", self.base)

    def run(self, name: str | None, around: Run) -> Run:
        """How the characters of a span look inside `around`; its text style inherits from its parents first."""
        for link in reversed(_chain(name, self.texts)):
            around = _extend_run(around, self.texts[link])
        return around


def read_styles(*groups: _Element | None) -> Styles:
    """The styles in these groups; of two with one name the later counts. A cycle of parents ends where it closes."""
    paragraphs: dict[str, _Element] = {}
    texts: dict[str, _Element] = {}
    base = Style()
    for group in groups:
        for element in () if group is None else group:
            family = element.get(f"{STYLE}family")
            name = element.get(f"{STYLE}name") or ""
            if element.tag == f"{STYLE}default-style" and family == "paragraph":
                base = Style(run=_extend_run(Run(), element))
            elif element.tag == f"{STYLE}style" and family == "paragraph":
                paragraphs[name] = element
            elif element.tag == f"{STYLE}style" and family == "text":
                texts[name] = element
    resolved: dict[str, Style] = {}
    for name in paragraphs:
        style = base
        for link in reversed(_chain(name, paragraphs)):
            style = resolved[link] if link in resolved else _extend(style, paragraphs[link], link)
            resolved[link] = style
    return Styles(resolved, texts, resolved.get("Standard", base))


def _chain(name: str | None, elements: dict[str, _Element]) -> list[str]:
    """The style and its parents, nearest first."""
    chain: list[str] = []
    while name is not None and name in elements and name not in chain and len(chain) < _LONGEST_CHAIN:
        chain.append(name)
        name = elements[name].get(f"{STYLE}parent-style-name")
    return chain


def _extend(base: Style, element: _Element, name: str) -> Style:
    shown = plain_name(element.get(f"{STYLE}display-name") or name)
    level: int | None = base.level
    if element.get(f"{STYLE}default-outline-level") is not None:
        level = whole(element, f"{STYLE}default-outline-level", 0, _DEEPEST_HEADING) or None
    list_style = element.get(f"{STYLE}list-style-name")
    properties = element.find(f"{STYLE}paragraph-properties")
    before = None if properties is None else properties.get(f"{FO}break-before")
    starts_page = before == "page" or bool(element.get(f"{STYLE}master-page-name"))
    return Style(
        run=_extend_run(base.run, element),
        level=level,
        title=is_title(shown, inherited=base.title and level is None),
        toc=is_contents(shown) or base.toc,
        list_style=base.list_style if list_style is None else list_style,
        new_page=starts_page or (base.new_page and before is None),
    )


def _extend_run(base: Run, element: _Element) -> Run:
    """Of the two sets of properties that a style has, the one for Chinese goes first."""
    found = element.find(f"{STYLE}text-properties")
    if found is None:
        return base
    size = found.get(f"{STYLE}font-size-asian") or found.get(f"{FO}font-size")
    weight = found.get(f"{STYLE}font-weight-asian") or found.get(f"{FO}font-weight")
    display = found.get(f"{TEXT}display")
    return Run(
        size=_points(size, base.size),
        bold=base.bold if weight is None else weight in ("bold", "600", "700", "800", "900"),
        hidden=base.hidden if display is None else display == "none",
    )


def _points(length: str | None, base: float | None) -> float | None:
    match = _LENGTH.match(length or "")
    if match is None:
        return base
    number = float(match[1])
    if match[2] == "%":
        return None if base is None else round(base * number / 100, 1)
    points = round(number * _POINTS[match[2]], 1)
    return points if 0 < points < 2_000 else base
