"""From pieces of text to raw and blocks: the one place where a reader's offsets are counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from docparse.errors import LimitExceededError
from docparse.options import Options
from docparse.records import Block, BlockKind, Cell


class Piece(NamedTuple):
    """A stretch of text that becomes one block. `level` None on a heading means a title without a level.

    `turns` are the places where it goes on on another page: offsets in `text`, and the page. `group` numbers the part
    of a web page that may be furniture, 0 for none.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int | None = None
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()
    cell: Cell | None = None
    size: float | None = None
    bold: bool = False
    group: int = 0


def name_set(names: str) -> frozenset[str]:
    """The names that stand in a string, separated by white space."""
    return frozenset(names.split())


def is_visible(text: str) -> bool:
    """True where the text has at least one character that is not white space.

    >>> is_visible(" \\u3000\\n"), is_visible(" 一 ")
    (False, True)
    """
    return bool(text) and not text.isspace()


def break_lines(piece: Piece) -> list[Piece]:
    """A piece for each visible line of a paragraph, a heading whole, each with the pages on which it stands.

    >>> [(line.text, line.page) for line in break_lines(Piece("一\\n二", page=1, turns=((2, 2),)))]
    [('一', 1), ('二', 2)]
    """
    pieces: list[Piece] = []
    page, start, turn = piece.page, 0, 0
    for line in [piece.text] if piece.kind == "heading" else piece.text.split("\n"):
        first = page
        inside: list[tuple[int, int]] = []
        while turn < len(piece.turns) and piece.turns[turn][0] < start + len(line):
            place, page = piece.turns[turn]
            turn += 1
            if place > start:
                inside.append((place - start, page))
            else:
                first = page
        if is_visible(line):
            pieces.append(piece._replace(text=line, page=first, turns=tuple(inside)))
        start += len(line) + 1
    return pieces


def join_furniture(stories: Iterable[tuple[BlockKind, list[Piece]]]) -> list[Piece]:
    """Headers, then footers, as plain blocks; one that says the same as another (first and even pages) stands once."""
    kept: dict[BlockKind, dict[str, list[Piece]]] = {"header": {}, "footer": {}}
    for kind, pieces in stories:
        found = [piece._replace(kind=kind, level=None, cell=None) for piece in pieces]
        kept[kind].setdefault("\n".join(piece.text for piece in found), found)
    return [piece for texts in kept.values() for found in texts.values() for piece in found]


def join_pieces(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The raw text, pieces joined by a line feed (cells of one row by a tab), and a block for each visible piece.

    White space at the ends of a piece stays in raw, but outside its block.

    >>> raw, blocks = join_pieces([Piece("一、目标", "heading", 1), Piece(" 完成。")])
    >>> raw, [raw[b.start : b.end] for b in blocks]
    ('一、目标\\n 完成。', ['一、目标', '完成。'])
    """
    texts: list[str] = []
    blocks: list[Block] = []
    offset = 0
    row: tuple[int, int] | None = None
    for piece in pieces:
        if not is_visible(piece.text):
            continue
        last, row = row, (piece.cell.table, piece.cell.row) if piece.cell is not None else None
        if texts:
            texts.append("\t" if row is not None and row == last else "\n")
        texts.append(piece.text)
        start = offset + len(piece.text) - len(piece.text.lstrip())
        end = offset + len(piece.text.rstrip())
        turns = tuple((offset + place, page) for place, page in piece.turns)
        offset += len(piece.text) + 1
        blocks.append(
            Block(
                start=start,
                end=end,
                kind=piece.kind,
                level=piece.level,
                page=piece.page,
                turns=turns,
                cell=piece.cell,
                size=piece.size,
                bold=piece.bold,
            )
        )
    return "".join(texts), tuple(blocks)


def check_characters(count: int, options: Options) -> None:
    """Nothing, if so many characters may be read.

    Raises:
        LimitExceededError: with code `too-many-characters` above `options.max_characters`.
    """
    if count > options.max_characters:
        raise LimitExceededError(
            "too-many-characters",
            f"The text has {count:,} characters; the limit is {options.max_characters:,}.",
            "Split the document, or raise Options.max_characters.",
        )


def check_blocks(count: int, options: Options) -> None:
    """Nothing, if so many blocks may be read.

    Raises:
        LimitExceededError: with code `too-many-blocks` above `options.max_objects`.
    """
    if count > options.max_objects:
        raise LimitExceededError(
            "too-many-blocks",
            f"The document has at least {count:,} blocks; the limit is {options.max_objects:,}.",
            "Split the document, or raise Options.max_objects if you trust it.",
        )
