"""What a reader gives: the raw text, its blocks, and what the file says of itself."""

from __future__ import annotations

from datetime import date

from docparse.records.base import BlockKind, Record, Warning


class Cell(Record, frozen=True, kw_only=True):
    """Where a block stands in a table. All numbers are 0-based; `table` counts the tables of the document."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class Block(Record, frozen=True, kw_only=True):
    """A stretch of `raw` that the file format sets apart.

    `level` is the heading level that the format gives (Word style, outline level, h1 to h6, Markdown #), 1 = highest.
    `page` is 1-based where the source has pages; `turns` says where in `raw` a block that runs over a page end goes on:
    pairs of an offset and the page that begins there. `size` is the font size in points, where known.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int | None = None
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()
    cell: Cell | None = None
    size: float | None = None
    bold: bool = False


class Source(Record, frozen=True, kw_only=True):
    """Where the document came from; every field is null where unknown. `size` is in bytes.

    `document_number` is the number that the page prints above its text (国办函〔2018〕71号). `reader` says how the
    bytes were read where the machine has a choice (`libreoffice`, `antiword`, `rapidocr` …), else null.
    """

    path: str | None = None
    media_type: str | None = None
    reader: str | None = None
    sha256: str | None = None
    size: int | None = None
    encoding: str | None = None
    pages: int | None = None
    title: str | None = None
    author: str | None = None
    site: str | None = None
    document_number: str | None = None
    published: date | None = None
    created: date | None = None
    modified: date | None = None


class Reading(Record, frozen=True, kw_only=True):
    """What a reader makes of bytes: the raw text, its blocks in order, and what the file says of itself."""

    source: Source
    raw: str
    blocks: tuple[Block, ...] = ()
    warnings: tuple[Warning, ...] = ()
