"""Lines of the text, each with what the reader's block says of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from docparse.records import Block, BlockKind

_MARKS = ',;#* \t"'
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class Line(NamedTuple):
    """A line without the white space around it. `indent` is how many characters of white space stood before it.

    `font` says that it is set larger or bolder than the text: 1 for the largest such type of the document, then 2 ….
    """

    start: int
    end: int
    indent: int
    kind: BlockKind | None = None
    level: int | None = None
    paged: bool = False
    font: int | None = None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its ends; empty where nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def read_lines(text: str, blocks: Sequence[Block], holes: Sequence[tuple[int, int]] = ()) -> list[Line]:
    """Return the lines of `text` that have visible characters, in order, none inside `holes`.

    Holes are spans in order that do not overlap (table rows); a line that runs into one is cut at its borders. A block
    lends a line its kind and level when the line starts inside it. A heading block of several lines makes one line.
    """
    merged = _heading_spans(text, blocks)
    cuts = _merge(holes, merged)
    found: list[Line] = []
    at = 0
    for start, end, is_heading in cuts:
        if start < at:
            continue
        _plain(text, at, start, found)
        if is_heading:
            _add(text, start, end, found)
        at = end
    _plain(text, at, len(text), found)
    return _with_blocks(text, found, blocks) if blocks else found


def _heading_spans(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Spans of heading blocks that hold a line end: a title broken in two is still one title."""
    size = len(text)
    return [
        (b.start, b.end)
        for b in blocks
        if b.kind == "heading" and 0 <= b.start < b.end <= min(size, b.start + 200) and "\n" in text[b.start : b.end]
    ]


def _merge(holes: Sequence[tuple[int, int]], heads: Sequence[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    both = [(a, b, False) for a, b in holes] + [(a, b, True) for a, b in heads]
    return sorted(both)


def _plain(text: str, start: int, end: int, found: list[Line]) -> None:
    for hit in _LINE.finditer(text, start, end):
        _add(text, hit.start(), hit.end(), found)


def _add(text: str, start: int, end: int, found: list[Line]) -> None:
    raw = text[start:end]
    inner = raw.lstrip()
    if inner:
        lead = len(raw) - len(inner)
        found.append(Line(start + lead, start + lead + len(inner.rstrip()), lead, level=_hashes(inner)))


def _hashes(words: str) -> int | None:
    """The level of a Markdown heading by its # marks, where the reader has left them in the text.

    Chinese pages often leave out the space (##目标); #1 楼 and the tag #工作总结# are no headings.
    """
    if words[0] != "#":
        return None
    level = len(words) - len(words.lstrip("#"))
    behind = words[level : level + 1]
    spaced = behind.isspace() or ("一" <= behind <= "鿿" and "#" not in words[level:])
    return level if level <= 6 and spaced else None


def _with_blocks(text: str, lines: list[Line], blocks: Sequence[Block]) -> list[Line]:
    """Each line with the kind and level of the block that it starts in. Blocks come in order of their starts."""
    ordered = sorted(blocks, key=lambda block: block.start)
    fonts = _fonts(ordered)
    out: list[Line] = []
    index = 0
    for line in lines:
        while index + 1 < len(ordered) and ordered[index + 1].start <= line.start:
            index += 1
        block = ordered[index]
        if block.start <= line.start < max(block.end, block.start + 1):
            level = block.level if block.level is not None else line.level
            if level is None and block.kind == "heading":
                level = 1
            # The delimiters of an empty row's end, or the closing marks of Markdown, are not the heading's.
            behind = text[block.end : line.end] if line.start < block.end < line.end else ""
            if block.kind == "heading" and behind and not behind.strip(_MARKS):
                line = line._replace(end=block.end)
            line = line._replace(
                kind=block.kind, level=level, paged=block.page is not None, font=fonts.get(_font(block))
            )
        out.append(line)
    return out


_LARGER = 1.08  # times the text's size
_LONGEST_SET = 60  # characters of a block that may be set apart as a heading
_MOST_SET = 0.4  # of the blocks: where more are larger or bolder, that is how the text is set


def _font(block: Block) -> tuple[float, bool]:
    return round(block.size or 0.0, 1), block.bold


def _fonts(blocks: Sequence[Block]) -> dict[tuple[float, bool], int]:
    """The types (size, weight) in which short blocks are set apart from the text, numbered from the largest."""
    weights: Counter[tuple[float, bool]] = Counter()
    for block in blocks:
        if block.size and block.kind in ("paragraph", "list_item", "heading"):
            weights[_font(block)] += block.end - block.start
    if not weights:
        return {}
    size, bold = weights.most_common(1)[0][0]
    found: Counter[tuple[float, bool]] = Counter()
    for block in blocks:
        font = _font(block)
        larger = font[0] >= _LARGER * size or (font[1] and not bold and font[0] >= size)
        if larger and block.kind in ("paragraph", "heading") and block.end - block.start <= _LONGEST_SET:
            found[font] += 1
    if found.total() > _MOST_SET * len(blocks):
        return {}
    return {font: n for n, font in enumerate(sorted(found, key=lambda font: (-font[0], not font[1])), 1)}
