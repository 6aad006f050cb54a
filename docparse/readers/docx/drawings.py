"""The words of diagrams (SmartArt) and the titles of charts, which stand in parts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docparse.readers.docx.xml import DGM, A, C

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_TEXTS = 2_000


def read_diagram(root: _Element) -> list[str]:
    """The paragraphs of a diagram's data, in the order of its points; those of its layout (pres) say nothing."""
    points = (point for point in root.iter(DGM + "pt") if point.get("type") in (None, "node", "asst", "doc"))
    return [text for point in points for text in _paragraphs(point)][:_MOST_TEXTS]


def read_chart(root: _Element) -> list[str]:
    """The titles of a chart and of its axes; its numbers are a picture's, and stand in the text where they count."""
    return [text for title in root.iter(C + "title") for text in _paragraphs(title)][:_MOST_TEXTS]


def _paragraphs(element: _Element) -> list[str]:
    lines = ("".join(run.text or "" for run in line.iter(A + "t")).strip() for line in element.iter(A + "p"))
    return [line for line in lines if line]
