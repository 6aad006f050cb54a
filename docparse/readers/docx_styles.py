"""What paragraph styles give: heading level, numbering, size, weight, resolved along basedOn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.docx_xml import child, children, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING_NAME = re.compile(r"(?:heading|标题|標題|見出し)[ ]?([1-9])$", re.IGNORECASE)
_TOC_NAME = re.compile(r"(?:toc|目录|目錄)[ ]?[1-9]$|toc heading$", re.IGNORECASE)
_LONGEST_CHAIN = 20


class Style(NamedTuple):
    """A paragraph style with all that it inherits. `level` is 1-based; `size` is in points."""

    level: int | None = None
    title: bool = False
    toc: bool = False
    number_id: int | None = None
    number_level: int | None = None
    size: float | None = None
    bold: bool = False
    hidden: bool = False


class Styles(NamedTuple):
    """All paragraph styles by id, the default paragraph style, and the size that runs have by default."""

    by_id: dict[str, Style]
    default: Style


def read_styles(root: _Element | None) -> Styles:
    """The styles of styles.xml; none where the part is missing. A cycle in basedOn ends where it closes."""
    defaults = child(root, "docDefaults", "rPrDefault", "rPr")
    base = Style(size=_points(child(defaults, "sz")))
    elements: dict[str, _Element] = {}
    default_id = None
    for element in children(root, "style"):
        style_id = value(element, "styleId")
        if style_id is None:
            continue
        elements[style_id] = element
        if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
            default_id = style_id
    styles: dict[str, Style] = {}
    for style_id in elements:
        _resolve(style_id, elements, styles, base)
    return Styles(styles, styles.get(default_id or "", base))


def _resolve(style_id: str, elements: dict[str, _Element], styles: dict[str, Style], base: Style) -> None:
    chain: list[str] = []
    current: str | None = style_id
    while current is not None and current in elements and current not in styles and current not in chain:
        chain.append(current)
        if len(chain) > _LONGEST_CHAIN:
            break
        current = value(child(elements[current], "basedOn"))
    style = styles.get(current or "", base)
    for link in reversed(chain):
        style = _extend(style, elements[link])
        styles[link] = style


def _extend(base: Style, element: _Element) -> Style:
    name = (value(child(element, "name")) or "").strip()
    properties = child(element, "pPr")
    runs = child(element, "rPr")
    level = base.level
    heading = _HEADING_NAME.match(name)
    outline = number(child(properties, "outlineLvl"))
    if outline is not None:
        level = outline + 1 if 0 <= outline <= 8 else None
    elif heading:
        level = int(heading[1])
    bold = child(runs, "b")
    return Style(
        level=level,
        title=name.lower() in ("title", "标题", "標題") or (base.title and level is None),
        toc=_TOC_NAME.match(name) is not None,
        number_id=_or(number(child(properties, "numPr", "numId")), base.number_id),
        number_level=_or(number(child(properties, "numPr", "ilvl")), base.number_level),
        size=_points(child(runs, "sz")) or base.size,
        bold=is_on(bold) if bold is not None else base.bold,
        hidden=is_on(child(runs, "vanish")) or base.hidden,
    )


def _or(new: int | None, old: int | None) -> int | None:
    return old if new is None else new


def _points(element: _Element | None) -> float | None:
    half_points = number(element)
    return half_points / 2 if half_points is not None and 0 < half_points < 4_000 else None


def run_size(properties: _Element | None) -> float | None:
    """The size in points that a run sets for itself, or None."""
    return _points(child(properties, "sz"))
