"""What styles give: heading level, numbering, size, weight, resolved along basedOn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.docx.xml import child, children, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

# Word stores the English name of its own styles; other programs, and styles that people make, use these.
_HEADING_NAME = re.compile(
    r"(?:heading|标题|標題|見出し|überschrift|titre|título|titolo|заголовок|rubrik|kop|제목)[ ]?([1-9])$", re.IGNORECASE
)
_LEVEL_NAME = re.compile(r"([1-9一二三四五六七八九])级标题$|标题([一二三四五六七八九])$")
_TITLE_NAMES = frozenset(("title", "标题", "標題", "titel", "文档标题", "公文标题"))
# Not a heading: under a title it would open a section of its own.
_SUBTITLE_NAMES = frozenset(("subtitle", "副标题", "副標題", "untertitel"))
_TOC_NAME = re.compile(
    r"(?:toc|目录|目錄|contents)[ ]?[1-9]$|(?:toc|contents) heading$|table of figures$", re.IGNORECASE
)
_LONGEST_CHAIN = 20


class Style(NamedTuple):
    """A style with all that it inherits. `level` is 1-based; `size` is in points; None says nothing."""

    level: int | None = None
    title: bool = False
    toc: bool = False
    number_id: int | None = None
    number_level: int | None = None
    size: float | None = None
    bold: bool = False
    hidden: bool = False


class Styles(NamedTuple):
    """All styles by id, the default paragraph style, and the size that runs have by default."""

    by_id: dict[str, Style]
    default: Style


def read_styles(root: _Element | None) -> Styles:
    """The styles of styles.xml; none where the part is missing. A cycle in basedOn ends where it closes."""
    defaults = child(root, "docDefaults", "rPrDefault", "rPr")
    base = Style(size=run_size(defaults), bold=is_on(child(defaults, "b")))
    elements: dict[str, _Element] = {}
    default_id = None
    for element in children(root, "style"):
        style_id = value(element, "styleId")
        if style_id is None:
            continue
        elements[style_id] = element
        if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
            default_id = style_id
    styles: dict[str, Style] = {}
    for style_id in elements:
        _resolve(style_id, elements, styles, base)
    return Styles(styles, styles.get(default_id or "", base))


def _resolve(style_id: str, elements: dict[str, _Element], styles: dict[str, Style], base: Style) -> None:
    chain: list[str] = []
    seen: set[str] = set()
    current: str | None = style_id
    while current is not None and current in elements and current not in styles and current not in seen:
        chain.append(current)
        seen.add(current)
        if len(chain) > _LONGEST_CHAIN:
            break
        current = value(child(elements[current], "basedOn"))
    # A character style says only what it changes; a paragraph style stands on the document's defaults.
    bottom = Style() if value(elements[style_id], "type") == "character" else base
    style = styles.get(current or "", bottom)
    for link in reversed(chain):
        style = _extend(style, elements[link])
        styles[link] = style


def _extend(base: Style, element: _Element) -> Style:
    name = (value(child(element, "name")) or "").strip()
    properties = child(element, "pPr")
    runs = child(element, "rPr")
    level = base.level
    outline = number(child(properties, "outlineLvl"))
    if outline is not None:
        level = outline + 1 if 0 <= outline <= 8 else None
    elif named := _named_level(name):
        level = named
    bold = child(runs, "b")
    vanish = child(runs, "vanish")
    return Style(
        level=level,
        title=name.lower() in _TITLE_NAMES or (base.title and level is None and name.lower() not in _SUBTITLE_NAMES),
        toc=_TOC_NAME.match(name) is not None,
        number_id=_or(number(child(properties, "numPr", "numId")), base.number_id),
        number_level=_or(number(child(properties, "numPr", "ilvl")), base.number_level),
        size=run_size(runs) or base.size,
        bold=is_on(bold) if bold is not None else base.bold,
        hidden=is_on(vanish) if vanish is not None else base.hidden,
    )


def _named_level(name: str) -> int | None:
    if found := _HEADING_NAME.match(name):
        return int(found[1])
    if found := _LEVEL_NAME.match(name):
        digit = found[1] or found[2]
        return int(digit) if digit.isascii() else "一二三四五六七八九".index(digit) + 1
    return None


def _or(new: int | None, old: int | None) -> int | None:
    return old if new is None else new


def points(element: _Element | None) -> float | None:
    """A w:sz in points; it counts half points. None where it is missing or absurd."""
    half_points = number(element)
    return half_points / 2 if half_points is not None and 0 < half_points < 4_000 else None


def run_size(properties: _Element | None) -> float | None:
    """The size in points that run properties set, or None."""
    return points(child(properties, "sz"))
