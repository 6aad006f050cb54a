"""Headings of a PDF by their type: larger than the body, or bold where the body is not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from docparse.readers.pieces import Piece

_LARGER = 1.1  # times the body's size
_LONGEST = 40  # characters of a heading
_LONGEST_TITLE = 60
_MOST_BOLD = 0.2  # of the characters: more, and bold is how the text is set
_MOST_LEVELS = 4
_MOST_SET = 0.3  # of the characters
_FEWEST = 2  # headings without a number that make a level
_TITLE_PIECES = 6  # of the body, among which the title stands
_MOST_STACKED = 0.3
_FURNITURE = ("header", "footer", "note")
_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"第[一二三四五六七八九十百零〇\d]{1,6}[编編篇部]",
        r"第[一二三四五六七八九十百零〇\d]{1,6}章",
        r"第[一二三四五六七八九十百零〇\d]{1,6}[节節]",
        r"[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3}[、．.]",
        r"[（(][一二三四五六七八九十]{1,3}[）)]",
        r"\d{1,2}[、．.](?!\d)",
        r"[（(]\d{1,2}[）)]",
        r"\d{1,2}\.\d{1,2}\.\d{1,2}",
        r"\d{1,2}\.\d{1,2}",
    )
)
_RANKS = (0, 1, 2, 3, 4, 5, 6, 5, 4)
_NO_TITLE = re.compile(r"[（(〔\[—–-]|\d{4}年\d{1,2}月\d{1,2}日$|.{0,20}(?:[：:]|〔\d{4}〕)|目\s{0,8}[录錄次]$")
_SENTENCE = re.compile(r"[。；;？！?!]|[，,：:]$")

Type = tuple[float, bool]


def guess_headings(pieces: Sequence[Piece], size: float, *, outlined: bool) -> list[Piece]:
    """The pieces with titles and headings set apart by their type.

    A title has no level; a heading's level is the rank of its type among those that set headings apart. Where one type
    serves several styles of numbers, or a smaller one the higher number, types say nothing and all stays as it is.

    Args:
        size: the body's font size, in points.
        outlined: the bookmarks have named the headings: only a title is looked for.
    """
    body = [piece for piece in pieces if piece.kind in ("paragraph", "heading")]
    total = sum(len(piece.text) for piece in body) or 1
    plain = sum(len(p.text) for p in body if p.bold and p.size == size) < _MOST_BOLD * total
    set_apart = [at for at, piece in enumerate(pieces) if _is_set_apart(piece, size, plain=plain)]
    if not set_apart or sum(len(pieces[at].text) for at in set_apart) > _MOST_SET * total:
        return list(pieces)
    result = list(pieces)
    title = _find_title(pieces, set_apart, size)
    if title is not None:
        result[title] = pieces[title]._replace(kind="heading", level=None)
    if outlined:
        return result
    levels = _levels(pieces, [at for at in set_apart if at != title])
    for at in set_apart:
        level = levels.get(_type(pieces[at]))
        if at != title and level is not None and len(pieces[at].text) <= _LONGEST:
            result[at] = pieces[at]._replace(kind="heading", level=level)
    return result


def _type(piece: Piece) -> Type:
    return piece.size or 0.0, piece.bold


def _is_set_apart(piece: Piece, size: float, *, plain: bool) -> bool:
    if piece.kind != "paragraph" or piece.size is None or len(piece.text) > _LONGEST_TITLE or "\t" in piece.text:
        return False
    if _SENTENCE.search(piece.text) or not any(char.isalpha() for char in piece.text):
        return False
    return piece.size >= _LARGER * size or (plain and piece.bold and piece.size >= size)


def _find_title(pieces: Sequence[Piece], set_apart: Sequence[int], size: float) -> int | None:
    """The largest piece near the beginning, where it is the only one of its type in the document."""
    body = [at for at, piece in enumerate(pieces) if piece.kind in ("paragraph", "heading", "cell")][:_TITLE_PIECES]
    near = [
        at
        for at in set_apart
        if at in body and (pieces[at].size or 0.0) >= _LARGER * size and not _NO_TITLE.match(pieces[at].text)
    ]
    alone = [at for at in near if sum(1 for other in set_apart if _type(pieces[other]) == _type(pieces[at])) == 1]
    if len(alone) != 1:  # a red head above its title: the words tell them apart, not the type
        return None
    best = alone[0]
    largest = max(pieces[at].size or 0.0 for at in set_apart)
    return best if pieces[best].size == largest and _style(pieces[best].text) is None else None


def _style(text: str) -> int | None:
    return next((number for number, style in enumerate(_STYLES) if style.match(text)), None)


def _levels(pieces: Sequence[Piece], headings: Sequence[int]) -> dict[Type, int]:
    """The level of each type that is clearly one of headings; none where the numbers speak against the types.

    Lines of one type right below each other, as on a cover, are no headings: nothing stands under them.
    """
    styles: dict[Type, Counter[int | None]] = defaultdict(Counter)
    stacked: Counter[Type] = Counter()
    for at in headings:
        kind = _type(pieces[at])
        styles[kind][_style(pieces[at].text)] += 1
        below = next((piece for piece in pieces[at + 1 : at + 8] if piece.kind not in _FURNITURE), None)
        stacked[kind] += below is not None and _type(below) == kind and below.kind != "cell"
    for kind, count in stacked.items():
        if count > _MOST_STACKED * styles[kind].total():
            del styles[kind]
    levels: dict[Type, int] = {}
    rank = -1
    for kind in sorted(styles, key=lambda kind: (-kind[0], not kind[1])):
        found = styles[kind]
        numbered = [style for style in found if style is not None]
        if len(numbered) > 1:
            return {}
        if not numbered and found[None] < _FEWEST:
            continue
        if numbered:
            own = _RANKS[numbered[0]]
            if own <= rank:
                return {}
            rank = own
        levels[kind] = len(levels) + 1
    return levels if len(levels) <= _MOST_LEVELS else {}
