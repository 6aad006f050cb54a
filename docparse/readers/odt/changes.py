"""Tracked changes of OpenDocument text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docparse.readers.odt.xml import TEXT, XML

if TYPE_CHECKING:
    from lxml.etree import _Element


def find_deletions(root: _Element) -> frozenset[_Element]:
    """The marks where a deletion begins. Some writers leave the deleted text where it was, between two marks.

    A mark without an end behind it would delete all that follows: it is none.
    """
    changes = root.find(f"{TEXT}tracked-changes")
    regions = () if changes is None else changes.iterchildren(f"{TEXT}changed-region")
    deleted = [region for region in regions if region.find(f"{TEXT}deletion") is not None]
    names = {region.get(name) or "" for region in deleted for name in (f"{TEXT}id", f"{XML}id")} - {""}
    marks = list(root.iter(f"{TEXT}change-start", f"{TEXT}change-end")) if names else []
    ended: set[str] = set()
    found: list[_Element] = []
    for mark in reversed(marks):
        name = mark.get(f"{TEXT}change-id") or ""
        if mark.tag == f"{TEXT}change-end":
            ended.add(name)
        elif name in names and name in ended:
            found.append(mark)
    return frozenset(found)
