"""What stands on PDF pages beside their text: running heads, page numbers, watermarks, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from docparse.readers.pdf.lines import Line, PageLines
from docparse.records import BlockKind

_EDGE_LINES = 3
_EDGE_SHARE = 0.13
_FOOT_SHARE = 0.5  # of the page's height: notes stand below
_SMALLER = 0.93  # times the body's size
_WATERMARK = 1.8  # times the body's size
_PAGE_NUMBER = re.compile(
    r"[-—–‐―·•\s]{0,6}(?:第\s?)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s?[页頁])?"
    r"(?:[\s,，/／|｜]{0,3}(?:共|of|/)?\s?\d{0,4}\s?[页頁]?)?[-—–‐―·•\s]{0,6}$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,6}")
_NOTE = re.compile(
    r"[①-⑳❶-❿*＊※†‡]|\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕|[(（]\d{1,2}[)）]|\d{1,3}(?![\d.．、,，%％万亿元年月日])|[注註][\d①-⑳：:]"
)


def body_size(pages: Sequence[PageLines]) -> float:
    """The font size of most characters of the document, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
            for cell in line.cells:
                for inner in cell.lines:
                    sizes[inner.size] += len(inner.text) // 2  # the text around tables counts more
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def label_lines(pages: Sequence[PageLines], size: float) -> list[PageLines]:
    """The pages with running heads as `header`, page numbers as `footer`, and footnotes as `note`.

    Args:
        size: the body's font size.
    """
    kinds = _find_furniture(pages)
    kinds.update(_find_watermarks(pages, size))
    labelled = []
    for number, page in enumerate(pages):
        lines = [
            line._replace(kind=kinds[number, index]) if (number, index) in kinds else line
            for index, line in enumerate(page.lines)
        ]
        labelled.append(page._replace(lines=_label_notes(lines, page.height, size)))
    return labelled


def _find_furniture(pages: Sequence[PageLines]) -> dict[tuple[int, int], BlockKind]:
    """Lines at the top and at the bottom that repeat on other pages or are page numbers: (page, index) pairs."""
    seen: Counter[tuple[str, str, int]] = Counter()
    edges: list[tuple[int, int, str, tuple[str, str, int]]] = []
    for number, page in enumerate(pages):
        sides = [("top", _edge(page, top=True)), ("bottom", _edge(page, top=False)), ("side", _turned(page))]
        for side, indices in sides:
            for index in indices:
                line = page.lines[index]
                height = round(line.y / 4)
                key = (side, _DIGITS.sub("#", line.text.replace(" ", "")), height)
                seen[key] += 1
                edges.append((number, index, side, key))
    least = max(2, round(0.3 * len(pages)))
    kinds: dict[tuple[int, int], BlockKind] = {}
    closed: set[tuple[int, str]] = set()  # an edge line that is body ends the furniture of its side
    for number, index, side, key in edges:
        near = sum(seen[(side, key[1], key[2] + step)] for step in (-1, 0, 1))
        text = pages[number].lines[index].text
        if (number, side) not in closed and (near >= least or _PAGE_NUMBER.match(text)):
            kinds[number, index] = "footer" if side == "bottom" else "header"
        elif side != "side":
            closed.add((number, side))
    return kinds


def _turned(page: PageLines) -> list[int]:
    return [index for index, line in enumerate(page.lines) if line.flow < 0]


def _edge(page: PageLines, *, top: bool) -> list[int]:
    """The outermost lines of a page's margin, from the edge inward."""
    border = page.height * ((1 - _EDGE_SHARE) if top else _EDGE_SHARE)
    inside = [
        i
        for i, line in enumerate(page.lines)
        if not line.cells and line.flow >= 0 and (line.y >= border if top else line.y <= border)
    ]
    return sorted(inside, key=lambda index: page.lines[index].y, reverse=top)[:_EDGE_LINES]


def _find_watermarks(pages: Sequence[PageLines], size: float) -> dict[tuple[int, int], BlockKind]:
    """Large lines that stand at the same place on most pages."""
    places: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            if line.size >= _WATERMARK * size and line.text:
                places.setdefault((line.text, round(line.x0), round(line.y)), []).append((number, index))
    least = max(3, round(0.5 * len(pages)))
    return {spot: "header" for spots in places.values() if len(spots) >= least for spot in spots}


def _label_notes(lines: list[Line], height: float, size: float) -> list[Line]:
    """Footnotes: the last lines of a column, smaller than the body, the first of them with a note's sign."""
    columns: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.kind == "paragraph" and line.flow == 0:
            columns.setdefault(line.column, []).append(index)
    notes: set[int] = set()
    for indices in columns.values():
        tail: list[int] = []
        for index in reversed(indices):
            line = lines[index]
            if line.cells or line.y > _FOOT_SHARE * height or line.size > _SMALLER * size:
                break
            tail.append(index)
        while tail and not _NOTE.match(lines[tail[-1]].text):
            tail.pop()
        notes.update(tail)
    return [line._replace(kind="note") if index in notes else line for index, line in enumerate(lines)]
