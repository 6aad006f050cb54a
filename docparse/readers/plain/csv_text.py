"""Tables as text (CSV, TSV): raw is exactly the decoded characters; each field is a cell where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from docparse.options import Options
from docparse.readers.decode import decode_text
from docparse.readers.plain.text import decode_document, line_blocks, no_text_warning
from docparse.records import Block, Cell, Reading, Source

_DELIMITERS = ("\t", ",", ";")
_TOKENS = {delimiter: re.compile(rf"[{delimiter}\r\n]") for delimiter in _DELIMITERS}
_SUFFIXES = (".csv", ".tsv", ".tab")
_OTHER_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".json", ".xml")
_HEAD_BYTES = 100_000
_HEAD_ROWS = 200
_FEWEST_ROWS = 3
_NAMED_SHARE = 0.6
_LONGEST_FIELD = 60
_LONGEST_MEAN = 20
_TITLE_ROWS = 3
_SENTENCE_ENDS = tuple("。！？；：，、")
_NUMBER = re.compile(
    r"[¥￥$+\-−]?\d[\d,.]*+\s?(?:%|％|[\u4e00-\u9fffA-Za-z/²³]{1,6})?|\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{0,2}日?)?"
)
_ENTRY = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[章节部分篇编]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|附[件录表]"
)


class Field(NamedTuple):
    """Where a field's text stands, without quotes and white space at its ends."""

    start: int
    end: int
    quoted: bool


def is_csv(data: bytes, path: str | None) -> bool:
    """True where the name says so and a delimiter bears it out, or where every line has the same number of fields.

    Full-width commas never count, and neither do lines that read as sentences: prose with commas is no table.
    """
    name = (path or "").lower()
    if name.endswith(_OTHER_SUFFIXES) or not any(sign in data[:_HEAD_BYTES] for sign in (b"\t", b",", b";")):
        return False
    text, _, _ = decode_text(data[:_HEAD_BYTES])
    return find_delimiter(text, named=name.endswith(_SUFFIXES), cut=len(data) > _HEAD_BYTES) is not None


def read_csv(data: bytes, options: Options) -> Reading:
    """Reading of a table as text: a block of kind `cell` for each field that is not empty; delimiters have none.

    Rows above the first table with one field are its title; above others they are plain blocks. A first row without
    numbers is the header.
    Where no delimiter fits, every line is a block, as in plain text.

    Raises:
        UnsupportedFormatError: the bytes are no text.
        LimitExceededError: too many characters.
    """
    raw, encoding, warnings = decode_document(data, options, labelled=False)
    delimiter = find_delimiter(raw[:_HEAD_BYTES], named=True, cut=len(raw) > _HEAD_BYTES)
    blocks = line_blocks(raw) if delimiter is None else list(_make_blocks(raw, delimiter))
    return Reading(
        source=Source(encoding=encoding),
        raw=raw,
        blocks=tuple(blocks),
        warnings=(*warnings, *no_text_warning(raw)),
    )


def find_delimiter(text: str, *, named: bool, cut: bool) -> str | None:
    """The delimiter that makes a table of the head of a text, None where there is none.

    Args:
        named: the file's name, or the caller, says that it is a table.
        cut: the text goes on, so that its last row may be half a row.

    >>> find_delimiter("部门,人数,目标\\n销售部,12,500\\n市场部,8,300\\n", named=False, cut=False)
    ','
    >>> find_delimiter("为了完成目标,我们努力。\\n加强管理,提高质量。\\n改进服务,增加收入。\\n", named=False, cut=False)
    """
    best: tuple[float, int, str] | None = None
    for delimiter in _DELIMITERS:
        rows = list(islice(scan_rows(text, delimiter), _HEAD_ROWS))
        if cut and len(rows) > 1 and len(rows) < _HEAD_ROWS:
            rows.pop()
        inner = _table_rows(rows)
        if not inner:
            continue
        width, count = Counter(map(len, inner)).most_common(1)[0]
        share = count / len(inner)
        fits = share >= _NAMED_SHARE if named else share == 1.0 and _reads_as_table(text, inner, delimiter)
        if width >= 2 and fits and (best is None or (share, width) > best[:2]):
            best = share, width, delimiter
    return best[2] if best is not None else None


def _table_rows(rows: Sequence[Sequence[Field]]) -> list[Sequence[Field]]:
    """The rows without empty ones, and without the titles above and the notes below that have one field only."""
    kept = [row for row in rows if any(field.end > field.start for field in row)]
    first, last = 0, len(kept)
    while first < min(len(kept), _TITLE_ROWS) and _filled(kept[first]) < 2:
        first += 1
    while last > first and len(kept) - last < _TITLE_ROWS and _filled(kept[last - 1]) < 2:
        last -= 1
    return kept[first:last]


def _filled(row: Sequence[Field]) -> int:
    return sum(field.end > field.start for field in row)


def _reads_as_table(text: str, rows: Sequence[Sequence[Field]], delimiter: str) -> bool:
    if len(rows) < _FEWEST_ROWS:
        return False
    fields = [field for row in rows for field in row]
    plain = [text[field.start : field.end] for field in fields if not field.quoted]
    if any(len(words) > _LONGEST_FIELD or words.endswith(_SENTENCE_ENDS) for words in plain):
        return False
    if sum(map(len, plain)) > _LONGEST_MEAN * max(len(plain), 1):
        return False
    columns = list(zip(*rows, strict=False))
    if delimiter == "\t":
        return not _is_contents(text, columns)
    # Commas also stand in lists of words: a column of numbers, or quotes, tell a table from them.
    numbers = any(
        sum(_NUMBER.fullmatch(text[f.start : f.end]) is not None for f in column[1:]) * 2 > len(column[1:])
        for column in columns
    )
    return numbers or (len(columns) > 2 and sum(field.quoted for field in fields) * 3 > len(fields))


def _is_contents(text: str, columns: Sequence[Sequence[Field]]) -> bool:
    """Whether two columns are headings and pages that grow: a table of contents, or markers before their lines."""
    if len(columns) != 2:
        return False
    left = [text[f.start : f.end] for f in columns[0]]
    right = [text[f.start : f.end] for f in columns[1]]
    if all(_ENTRY.fullmatch(words) for words in left):
        return True
    pages = [int(words) for words in right if words.isascii() and words.isdigit() and len(words) < 5]
    return len(pages) == len(right) and pages == sorted(pages) and any(_ENTRY.match(words) for words in left)


def scan_rows(text: str, delimiter: str) -> Iterator[list[Field]]:
    """The rows of a text with the places of their fields; RFC 4180, and what programs make of it. Linear.

    A field in quotes may hold delimiters, line ends and doubled quotes. Quotes that do not close, or that text follows,
    are letters.
    """
    token = _TOKENS[delimiter]
    size = len(text)
    row: list[Field] = []
    position = 0
    quotes = True
    wasted = 0  # characters that were looked through for a closing quote in vain
    while position <= size:
        field = None
        if quotes and text.startswith('"', position):
            close = _closing_quote(text, position)
            if close < 0:
                quotes = False
            elif close + 1 == size or text[close + 1] in (delimiter, "\r", "\n"):
                field, end = Field(position + 1, close, True), close + 1
            else:
                wasted += close - position
                quotes = wasted < size
        if field is None:
            match = token.search(text, position)
            end = match.start() if match is not None else size
            field = Field(position, end, False)
        row.append(_trim(text, field))
        if end < size and text[end] == delimiter:
            position = end + 1
            continue
        yield row
        row = []
        position = end + (2 if text.startswith("\r\n", end) else 1)
        if position >= size:
            return


def _closing_quote(text: str, start: int) -> int:
    position = text.find('"', start + 1)
    while position >= 0 and text.startswith('"', position + 1):
        position = text.find('"', position + 2)
    return position


def _trim(text: str, field: Field) -> Field:
    inside = text[field.start : field.end]
    start = field.start + len(inside) - len(inside.lstrip())
    return field._replace(start=start, end=max(start, field.start + len(inside.rstrip())))


def _make_blocks(raw: str, delimiter: str) -> Iterator[Block]:
    table, number = -1, -1
    titles = True  # rows with one field are titles until the table begins
    for row in scan_rows(raw, delimiter):
        filled = [(column, field) for column, field in enumerate(row) if field.end > field.start]
        if not filled:
            titles = True
            continue
        if len(filled) == 1 and titles:
            first = filled[0][1]
            yield Block(start=first.start, end=first.end, kind="heading" if table < 0 and number < 0 else "paragraph")
            number = -1
            continue
        if number < 0:
            table += 1
        number += 1
        titles = False
        header = number == 0 and not any(_NUMBER.fullmatch(raw[f.start : f.end]) for _, f in filled)
        for column, field in filled:
            cell = Cell(table=table, row=number, column=column, header=header)
            yield Block(start=field.start, end=field.end, kind="cell", cell=cell)
