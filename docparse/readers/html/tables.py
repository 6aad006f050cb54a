"""Which tables of a page hold data, and which only lay it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_INSIDE = ("br", "p", "div", "ul", "ol", "h1", "h2", "h3")


def find_layout_tables(root: _Element) -> set[_Element]:
    """Tables that hold tables, say that they are no data, have one column, or one row with paragraphs in it.

    Old pages and forums (Discuz) put the whole text into such a table; a cell would make one row of it.
    """
    found: set[_Element] = set()
    for table in root.iter("table"):
        if (table.get("role") or "").lower() in ("presentation", "none"):
            found.add(table)
        outer = table.getparent()
        while outer is not None and outer not in found:
            if outer.tag == "table":
                found.add(outer)
            outer = outer.getparent()
    # What is left holds no tables, so that each row is looked at once.
    found.update([table for table in root.iter("table") if table not in found and not _holds_data(table)])
    return found


def _holds_data(table: _Element) -> bool:
    wide = [cells for row in table.iter("tr") if len(cells := list(row.iterchildren("td", "th"))) > 1]
    if len(wide) != 1:
        return len(wide) > 1  # rows of a form may be empty yet
    texts = [cell for cell in wide[0] if any(map(str.strip, map(str, cell.itertext())))]
    return len(texts) > 1 and not any(next(cell.iter(*_INSIDE), None) is not None for cell in texts)
