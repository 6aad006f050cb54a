"""What styles give: heading level, numbering, size, weight, resolved along basedOn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.docx.xml import child, children, is_on, number, value
from docparse.readers.style_names import is_contents, is_title, named_level, plain_name

if TYPE_CHECKING:
    from lxml.etree import _Element

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
    name = plain_name(value(child(element, "name")) or "")
    properties = child(element, "pPr")
    runs = child(element, "rPr")
    level = base.level
    outline = number(child(properties, "outlineLvl"))
    if outline is not None:
        level = outline + 1 if 0 <= outline <= 8 else None
    elif named := named_level(name):
        level = named
    bold = child(runs, "b")
    vanish = child(runs, "vanish")
    return Style(
        level=level,
        title=is_title(name, inherited=base.title and level is None),
        toc=is_contents(name),
        number_id=_or(number(child(properties, "numPr", "numId")), base.number_id),
        number_level=_or(number(child(properties, "numPr", "ilvl")), base.number_level),
        size=run_size(runs) or base.size,
        bold=is_on(bold) if bold is not None else base.bold,
        hidden=is_on(vanish) if vanish is not None else base.hidden,
    )


def _or(new: int | None, old: int | None) -> int | None:
    return old if new is None else new


def points(element: _Element | None) -> float | None:
    """A w:sz in points; it counts half points. None where it is missing or absurd."""
    half_points = number(element)
    return half_points / 2 if half_points is not None and 0 < half_points < 4_000 else None


def run_size(properties: _Element | None) -> float | None:
    """The size in points that run properties set, or None."""
    return points(child(properties, "sz"))
