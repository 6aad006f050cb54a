"""Markdown: raw is exactly the decoded characters; blocks know headings, list items and the cells of pipe tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from docparse.options import Options
from docparse.readers.html.source import find_date
from docparse.readers.plain.text import decode_document, line_blocks, no_text_warning
from docparse.readers.properties import clean_author, clean_title
from docparse.records import Block, Cell, Reading, Source

_FENCE = re.compile(r"(`{3,20}|~{3,20})")
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]{1,20}(?=\S)")
_CLOSING_MARKS = re.compile(r"[ \t]#{1,20}$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,4}[.)])[ \t]{1,20}(?=\S)")
_RULE = re.compile(r"[-*_=](?:[ \t]?[-*_=]){2,400}$")
_DELIMITER = re.compile(r"\|?[ \t]{0,40}:?-{1,200}:?[ \t]{0,40}(?:\|[ \t]{0,40}:?-{1,200}:?[ \t]{0,40}){0,200}\|?$")
_UNDERLINE = re.compile(r"={2,200}|-{3,200}")
_BOLD = re.compile(r"\*\*[^*]{1,200}\*\*|__[^_]{1,200}__")
_FIELD = re.compile(r"([\w\u4e00-\u9fff-]{1,40})[ \t]{0,8}[:=：][ \t]{0,8}(.{0,2000})")
_TITLE_KEYS = ("title", "标题", "標題")
_AUTHOR_KEYS = ("author", "authors", "作者")
_DATE_KEYS = ("date", "published", "publishdate", "created", "发布日期", "日期")
_MODIFIED_KEYS = ("modified", "updated", "lastmod", "last_modified", "更新日期")
_LONGEST_FRONT_MATTER = 100
_LONGEST_UNDERLINED = 60
_SENTENCE_ENDS = tuple("。；！？，、：")


def read_markdown(data: bytes, options: Options) -> Reading:
    """Reading of a Markdown file: the raw text of `read_text`, with what the marks say in the blocks.

    A heading's block spans its words without the #s; level 1 is `#`. A list item's block keeps its marker. Fences,
    rules, the lines under headings and the delimiter rows of tables have no block. A title, an author and dates are
    taken from the front matter, whose lines are furniture; else the first heading of level 1 is the source's title.

    Raises:
        UnsupportedFormatError: the bytes are no text.
        LimitExceededError: too many characters.
    """
    raw, encoding, warnings = decode_document(data, options, labelled=False)
    lines = line_blocks(raw)
    front = _front_matter_end(raw, lines)
    said = _read_front_matter(raw, lines[:front])
    blocks = (*_mark_front_matter(lines[:front]), *_mark_blocks(raw, lines, front))
    title = next((raw[b.start : b.end] for b in blocks if b.kind == "heading" and b.level == 1), None)
    return Reading(
        source=Source(
            encoding=encoding,
            title=clean_title(_first(said, _TITLE_KEYS)) or title,
            author=clean_author(_first(said, _AUTHOR_KEYS)),
            published=find_date(_first(said, _DATE_KEYS) or ""),
            modified=find_date(_first(said, _MODIFIED_KEYS) or ""),
        ),
        raw=raw,
        blocks=blocks,
        warnings=(*warnings, *no_text_warning(raw)),
    )


def _front_matter_end(raw: str, lines: list[Block]) -> int:
    """How many lines the front matter takes, YAML or TOML, its two fences included; 0 where there is none."""
    fence = raw[lines[0].start : lines[0].end] if lines else ""
    if fence not in ("---", "+++") or raw[: lines[0].start].strip():
        return 0
    for index, line in enumerate(lines[1:_LONGEST_FRONT_MATTER], 1):
        text = raw[line.start : line.end]
        if text == fence or (text == "..." and fence == "---"):
            return index + 1
        if _FIELD.match(text) is None and not text.startswith(("- ", "#")) and raw[line.start - 1 : line.start] == "\n":
            return 0  # text between two rules
    return 0


def _read_front_matter(raw: str, lines: list[Block]) -> dict[str, str]:
    said: dict[str, str] = {}
    for line in lines:
        match = _FIELD.match(raw[line.start : line.end])
        if match is not None:
            value = match[2].strip().strip("[]").split(",")[0].strip().strip("\"'")
            if value:
                said.setdefault(match[1].lower(), value[:400])
    return said


def _first(said: dict[str, str], keys: Sequence[str]) -> str | None:
    return next((said[key] for key in keys if key in said), None)


def _mark_front_matter(lines: list[Block]) -> list[Block]:
    return [msgspec.structs.replace(line, kind="header") for line in lines[1:-1]]


def _mark_blocks(raw: str, lines: list[Block], first: int) -> list[Block]:
    blocks: list[Block] = []
    fence = ""
    table = -1
    row = -1
    underline = -1
    for index in range(first, len(lines)):
        line = lines[index]
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
        if row >= 0 and "|" in text and _adjoins(raw, lines, index):
            if not _DELIMITER.match(text):
                row += 1
                blocks.extend(_cells(raw, line, table, row, header=False))
            continue
        row = -1
        if index == underline:
            continue
        level = _underlined(raw, lines, index)
        if level is not None:
            underline = index + 1
            blocks.append(msgspec.structs.replace(line, kind="heading", level=level))
        elif not _RULE.match(text):
            blocks.append(_mark_line(line, text))
    return blocks


def _underlined(raw: str, lines: list[Block], index: int) -> int | None:
    """The level of a heading that is underlined by the next line, None where it is none.

    Many people draw a rule right under a paragraph: a sentence, a list item and a quote are no headings.
    """
    line = lines[index]
    text = raw[line.start : line.end]
    if index + 1 >= len(lines) or len(text) > _LONGEST_UNDERLINED or text.endswith(_SENTENCE_ENDS):
        return None
    if not _adjoins(raw, lines, index + 1) or text[0] in ">|#" or _ITEM.match(text) or _RULE.match(text):
        return None
    if index and _adjoins(raw, lines, index) and not _RULE.match(raw[lines[index - 1].start : lines[index - 1].end]):
        return None  # the last line of a paragraph
    match = _UNDERLINE.fullmatch(raw[lines[index + 1].start : lines[index + 1].end])
    return None if match is None else 1 if match[0][0] == "=" else 2


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
        if end <= line.start + heading.end():
            return line  # marks and nothing else
        return msgspec.structs.replace(
            line, start=line.start + heading.end(), end=end, kind="heading", level=len(heading[1])
        )
    if _ITEM.match(text):
        return msgspec.structs.replace(line, kind="list_item")
    return msgspec.structs.replace(line, bold=True) if _BOLD.fullmatch(text) else line


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
