"""Lines of PDF pages joined to paragraphs; running heads and page numbers told apart."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from docparse.readers.pdf_lines import Line, PageLines
from docparse.readers.pieces import Piece
from docparse.records import BlockKind

_EDGE_LINES = 3
_EDGE_SHARE = 0.13
_LARGEST_LEADING = 3.0  # in font sizes; double spacing is about 2.6
_PAGE_NUMBER = re.compile(
    r"[-—–‐―·•\s]{0,6}(?:第\s?)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s?[页頁])?"
    r"(?:[\s,，/／|｜]{0,3}(?:共|of|/)?\s?\d{0,4}\s?[页頁]?)?[-—–‐―·•\s]{0,6}$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,6}")
_MARKER = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,6}[章节節条條编編篇部]"
    r"|[一二三四五六七八九十]{1,3}[、．.]"
    r"|[（(【〔\[][一二三四五六七八九十\d]{1,3}[）)】〕\]]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[.、]?\s?(?=[^\d\s%％.,，。万亿元个倍年月日])"
    r"|\d{1,2}[.．、)）](?!\d)"
    r"|[a-zA-Z][.、)）](?![a-zA-Z])"
    r"|[①-⑳⑴-⒇❶-❿•●○◆◇■□▪▲►➢✓✔\uf000-\uf0ff]"
    r"|[-–—*]\s|——)"
)
_LEADER = re.compile(r"[.．·…]{6}|(?:[.·]\s){5}|……\s?\d{1,4}$")
_SENTENCE_END = "。！？!?；;：:"


class _Margins(NamedTuple):
    left: float
    right: float
    leading: float


def join_pages(pages: list[PageLines]) -> list[Piece]:
    """The paragraphs of all pages in order; page numbers are 1-based.

    Running heads come before their page's paragraphs and page numbers after, under their own kinds. A paragraph that
    goes on over the page end is one piece on its first page, so that no furniture stands inside it.
    """
    heads, feet = _find_furniture(pages)
    pieces: list[Piece] = []
    open_at: int | None = None
    last: Line | None = None
    last_margins: _Margins | None = None
    for number, page in enumerate(pages, 1):
        body = [line for index, line in enumerate(page.lines) if (number, index) not in heads | feet]
        pieces += [_piece(line, number, "header") for i, line in enumerate(page.lines) if (number, i) in heads]
        margins = _measure(body, page)
        paragraph_first: Line | None = None
        above: Line | None = None
        for line in body:
            column = margins[line.column]
            if above is None:
                goes_on = last is not None and last_margins is not None and _crosses(last, line, last_margins, column)
            else:
                goes_on = _continues(above, line, paragraph_first, margins[above.column], column)
            if goes_on and open_at is not None:
                pieces[open_at] = _extend(pieces[open_at], line, number)
            else:
                pieces.append(_piece(line, number, "toc" if _LEADER.search(line.text) else "paragraph"))
                open_at = len(pieces) - 1
                paragraph_first = line
            above = line
        if above is not None:
            last, last_margins = above, margins[above.column]
        pieces += [_piece(line, number, "footer") for i, line in enumerate(page.lines) if (number, i) in feet]
    return pieces


def _piece(line: Line, page: int, kind: BlockKind) -> Piece:
    return Piece(line.text, kind, page=page, size=line.size, bold=line.bold)


def _extend(piece: Piece, line: Line, page: int) -> Piece:
    """The piece with a line more. No space goes between Chinese characters, nor between a number and its unit."""
    before, after = piece.text[-1], line.text[0]
    words = before.isascii() and after.isascii() and not (before.isdigit() and after.isdigit())
    joint = " " if words and before not in "-/([" and after not in ".,;:)]%/" else ""
    if before == "-" and len(piece.text) > 1 and not piece.text[-2].islower():
        joint = ""
    text = piece.text + joint
    last = piece.turns[-1][1] if piece.turns else piece.page
    turns = piece.turns if page == last else (*piece.turns, (len(text), page))
    return piece._replace(text=text + line.text, bold=piece.bold and line.bold, turns=turns)


def _find_furniture(pages: list[PageLines]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Lines at the top and at the bottom that repeat on other pages or are page numbers: (page, index) pairs."""
    seen: Counter[tuple[str, str, int]] = Counter()
    edges: list[tuple[int, int, str, tuple[str, str, int]]] = []
    for number, page in enumerate(pages, 1):
        for side, indices in (("top", _edge(page, top=True)), ("bottom", _edge(page, top=False))):
            for index in indices:
                line = page.lines[index]
                height = round(line.y / 4)
                key = (side, _DIGITS.sub("#", line.text.replace(" ", "")), height)
                seen[key] += 1
                edges.append((number, index, side, key))
    least = max(2, round(0.3 * len(pages)))
    heads: set[tuple[int, int]] = set()
    feet: set[tuple[int, int]] = set()
    closed: set[tuple[int, str]] = set()  # an edge line that is body ends the furniture of its side
    for number, index, side, key in edges:
        near = sum(seen[(side, key[1], key[2] + step)] for step in (-1, 0, 1))
        text = pages[number - 1].lines[index].text
        if (number, side) not in closed and (near >= least or _PAGE_NUMBER.match(text)):
            (heads if side == "top" else feet).add((number, index))
        else:
            closed.add((number, side))
    return heads, feet


def _edge(page: PageLines, *, top: bool) -> list[int]:
    """The outermost lines of a page's margin, from the edge inward."""
    border = page.height * ((1 - _EDGE_SHARE) if top else _EDGE_SHARE)
    order = sorted(range(len(page.lines)), key=lambda index: page.lines[index].y, reverse=top)
    inside = [i for i in order if (page.lines[i].y >= border if top else page.lines[i].y <= border)]
    return inside[:_EDGE_LINES]


def _measure(body: list[Line], page: PageLines) -> dict[int, _Margins]:
    """Left and right margin of the text and the usual distance of lines, for each column of a page."""
    margins: dict[int, _Margins] = {}
    for column in sorted({line.column for line in body}):
        lines = [line for line in body if line.column == column]
        steps = [above.y - below.y for above, below in pairwise(lines) if 0 < above.y - below.y < 4 * above.size]
        lefts = Counter(round(line.x0 / 2) * 2 for line in lines)
        often = [x for x, count in lefts.items() if count >= max(2, 0.08 * len(lines))]
        left = min(often, default=min(line.x0 for line in lines))
        right = _right_margin(lines)
        if column == 0 and right < 0.6 * page.width:
            right = max(right, page.width - left)  # only short lines: none of them runs to the margin
        margins[column] = _Margins(left, right, median(steps) if steps else 20.0)
    return margins


def _right_margin(lines: list[Line]) -> float:
    """The right border that full lines run to: the largest that two lines share, within a character."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    for end, following in pairwise(ends):
        if end - following < 14:
            return end
    return ends[0]


def _is_full(line: Line, following: Line, margins: _Margins) -> bool:
    """True where the next line's first word had no room on this line, so that the line end is only a wrap."""
    return margins.right - line.x1 < following.first_width + 0.9 * line.size


def _continues(above: Line, line: Line, first: Line | None, margins: _Margins, own: _Margins) -> bool:
    if _MARKER.match(line.text) or _LEADER.search(above.text) or "\t" in above.text or "\t" in line.text:
        return False
    if abs(above.size - line.size) > 0.6 or above.bold != line.bold:
        return False
    if above.column != line.column:
        return _crosses(above, line, margins, own)
    size = line.size
    if not 0 < above.y - line.y <= min(max(1.45 * margins.leading, 1.2 * size), _LARGEST_LEADING * size):
        return False
    if not _is_full(above, line, margins):
        return False
    hanging = above is first and _MARKER.match(above.text) is not None
    if line.x0 > above.x0 + 0.9 * size:
        return hanging and line.x0 < above.x0 + 5 * size
    if above is first and not hanging and line.x0 > margins.left + 1.2 * size and abs(line.x0 - above.x0) < 0.5 * size:
        return above.text[-1] not in _SENTENCE_END  # two first lines, each with its indent
    return above.x0 - line.x0 < 8 * size


def _crosses(above: Line, line: Line, margins: _Margins, own: _Margins) -> bool:
    """True where the sentence goes on in the next column or on the next page."""
    if _MARKER.match(line.text) or _LEADER.search(above.text) or "\t" in above.text or "\t" in line.text:
        return False
    if abs(above.size - line.size) > 0.6 or above.bold != line.bold or above.text[-1] in _SENTENCE_END:
        return False
    return _is_full(above, line, margins) and line.x0 <= own.left + max(1.2 * line.size, above.x0 - margins.left)
