"""Markdown: raw is exactly the decoded characters; blocks know headings, list items and the cells of pipe tables."""

from __future__ import annotations

import re

import msgspec

from docparse.options import Options
from docparse.readers.text import decode_document, line_blocks, no_text_warning
from docparse.records import Block, Cell, Reading, Source

_FENCE = re.compile(r"(`{3,20}|~{3,20})")
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]{1,20}(?=\S)")
_CLOSING_MARKS = re.compile(r"[ \t]#{1,20}$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,4}[.)])[ \t]{1,20}(?=\S)")
_RULE = re.compile(r"[-*_=](?:[ \t]?[-*_=]){2,400}$")
_DELIMITER = re.compile(r"\|?[ \t]{0,40}:?-{1,200}:?[ \t]{0,40}(?:\|[ \t]{0,40}:?-{1,200}:?[ \t]{0,40}){0,200}\|?$")


def read_markdown(data: bytes, options: Options) -> Reading:
    """Reading of a Markdown file: the raw text of `read_text`, with what the marks say in the blocks.

    A heading's block spans its words without the #s; level 1 is `#`. A list item's block keeps its marker. Fences,
    rules and the delimiter rows of tables have no block. The first heading of level 1 is the source's title.

    Raises:
        UnsupportedFormatError: the bytes are no text.
        LimitExceededError: too many characters.
    """
    raw, encoding, warnings = decode_document(data, options, labelled=False)
    blocks = tuple(_mark_blocks(raw, line_blocks(raw)))
    title = next((raw[b.start : b.end] for b in blocks if b.kind == "heading" and b.level == 1), None)
    return Reading(
        source=Source(encoding=encoding, title=title),
        raw=raw,
        blocks=blocks,
        warnings=(*warnings, *no_text_warning(raw)),
    )


def _mark_blocks(raw: str, lines: list[Block]) -> list[Block]:
    blocks: list[Block] = []
    fence = ""
    table = -1
    row = 0
    skip_until = _front_matter_end(raw, lines)
    for index, line in enumerate(lines):
        if index < skip_until:
            continue
        text = raw[line.start : line.end]
        mark = _FENCE.match(text)
        if mark and (not fence or text.startswith(fence)):
            fence = "" if fence else mark[1]
            continue
        if fence:
            blocks.append(line)
            continue
        if "|" in text and _starts_table(raw, lines, index):
            table, row = table + 1, 0
            blocks.extend(_cells(raw, line, table, row, header=True))
            continue
        if row >= 0 and table >= 0 and "|" in text and _adjoins(raw, lines, index):
            if not _DELIMITER.match(text):
                row += 1
                blocks.extend(_cells(raw, line, table, row, header=False))
            continue
        row = -1
        if not _RULE.match(text):
            blocks.append(_mark_line(line, text))
    return blocks


def _front_matter_end(raw: str, lines: list[Block]) -> int:
    """How many lines the YAML front matter takes: it stays in raw, its two rules have no block."""
    return 1 if lines and raw[lines[0].start : lines[0].end] == "---" else 0


def _starts_table(raw: str, lines: list[Block], index: int) -> bool:
    if index + 1 >= len(lines) or not _adjoins(raw, lines, index + 1):
        return False
    below = raw[lines[index + 1].start : lines[index + 1].end]
    return "-" in below and "|" in below and _DELIMITER.match(below) is not None


def _adjoins(raw: str, lines: list[Block], index: int) -> bool:
    """No empty line between this line and the one above."""
    return raw.count("\n", lines[index - 1].end, lines[index].start) <= 1


def _mark_line(line: Block, text: str) -> Block:
    heading = _HEADING.match(text)
    if heading:
        closing = _CLOSING_MARKS.search(text[-24:])
        end = line.end - (len(text[-24:]) - closing.start() if closing else 0)
        return msgspec.structs.replace(
            line, start=line.start + heading.end(), end=end, kind="heading", level=len(heading[1])
        )
    if _ITEM.match(text):
        return msgspec.structs.replace(line, kind="list_item")
    return line


def _cells(raw: str, line: Block, table: int, row: int, *, header: bool) -> list[Block]:
    """A block for each cell with visible text; empty cells count as columns."""
    start, end = line.start, line.end
    if raw[start] == "|":
        start += 1
    if end > start and raw[end - 1] == "|" and raw[end - 2 : end - 1] != "\\":
        end -= 1
    blocks = []
    left = start
    column = 0
    for position in range(start, end + 1):
        if position < end and (raw[position] != "|" or raw[position - 1] == "\\"):
            continue
        inside = raw[left:position]
        if inside.strip():
            first = left + len(inside) - len(inside.lstrip())
            blocks.append(
                Block(
                    start=first,
                    end=first + len(inside.strip()),
                    kind="cell",
                    cell=Cell(table=table, row=row, column=column, header=header),
                )
            )
        left = position + 1
        column += 1
    return blocks
