"""Whether a line of a PDF goes on in the next one, and how the two are put together."""

from __future__ import annotations

import re
from typing import NamedTuple

from docparse.readers.pdf.lines import Line
from docparse.readers.pieces import Piece

_LARGEST_LEADING = 3.0  # in font sizes; double spacing is about 2.6
_FIRM_MARKER = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,6}[章节節条條编編篇部]"
    r"|[一二三四五六七八九十]{1,3}[、．.]"
    r"|[（(【〔\[][一二三四五六七八九十]{1,3}[）)】〕\]]"
    r"|[①-⑳⑴-⒇❶-❿•●○◆◇■□▪▲►➢✓✔❑❖\uf000-\uf0ff])"
)
# What begins an item may as well be a number, a reference or a dash in a sentence that is wrapped right before it.
_LOOSE_MARKER = re.compile(
    r"(?:[（(【〔\[]\d{1,3}[）)】〕\]]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[.、]?\s?(?=[^\d\s%％‰.,，。、；)）万亿元个倍年月日吨米公里平亩户家项件人次天岁种台套辆℃°×~～至到以])"
    r"|\d{1,2}[.．、)）](?!\d)"
    r"|[a-zA-Z][.、)）](?![a-zA-Z])"
    r"|[-–—*]\s|——)"
)
_NUMBER = re.compile(r"\d{1,3}")
_LEADER = re.compile(r"[.．·…]{6}|(?:[.·]\s){5}|……\s?\d{1,4}$")
_SENTENCE_END = "。！？!?；;：:"
_UNITS = "%％‰万亿元千百个人次年月日号件吨家户项天倍岁米公里平亩台套辆名位所座处种份期场门篇株头只度℃°美港"


class Margins(NamedTuple):
    """Left and right border of a column and the usual distance of its lines, in points."""

    left: float
    right: float
    leading: float


def begins_item(text: str) -> bool:
    """True where a line begins with what may number or mark an item."""
    return _FIRM_MARKER.match(text) is not None or _LOOSE_MARKER.match(text) is not None


def is_leader(text: str) -> bool:
    """True for a line of a table of contents: dots that lead to a page number."""
    return _LEADER.search(text) is not None


def continues(above: Line, line: Line, first: Line, margins: Margins, opening: str = "") -> bool:
    """True where a line of the same column goes on with the paragraph of the line above it.

    The line above is full, so that its end is only a wrap, and nothing says that a paragraph begins.

    Args:
        first: the paragraph's first line on this page.
        opening: how the paragraph begins, maybe on another page.
    """
    if not _may_join(above, line):
        return False
    size = line.size
    if not 0 < above.y - line.y <= min(max(1.45 * margins.leading, 1.2 * size), _LARGEST_LEADING * size):
        return False
    open_end = above.text[-1] not in _SENTENCE_END
    flush = line.x0 < margins.left + 1.2 * size
    if _is_torn(above, line, margins) and flush:
        return True
    if not _is_full(above, line, margins) or _is_item(line, opening or first.text, inside=open_end and flush):
        return False
    if above.bold != line.bold and not (open_end and flush):
        return False
    if above is first and above.x0 > margins.left + 0.35 * (margins.right - margins.left):
        return False  # a signature at the right, and its date
    if not open_end and line.x0 > margins.left + 0.4 * size and above.x0 < line.x0:
        return False  # an indent of half a character behind a full stop
    if above is first and line.x0 > margins.left + 1.2 * size and abs(line.x0 - above.x0) < 0.5 * size and not open_end:
        return False  # two first lines, each with its indent
    if line.x0 > above.x0 + 0.9 * size:
        return above is first and begins_item(above.text) and line.x0 < above.x0 + 5 * size
    return above.x0 - line.x0 < 8 * size


def crosses(above: Line, line: Line, margins: Margins, own: Margins, opening: str = "") -> bool:
    """True where the sentence goes on in the next column or on the next page, whose margins are `own`."""
    if not _may_join(above, line) or above.text[-1] in _SENTENCE_END:
        return False
    flush = line.x0 <= own.left + max(1.2 * line.size, above.x0 - margins.left)
    if not flush or (above.bold != line.bold and line.bold):
        return False
    if _is_torn(above, line, margins):
        return True
    return _is_full(above, line, margins) and not _is_item(line, opening, inside=True)


def _may_join(above: Line, line: Line) -> bool:
    if above.gaps or line.gaps or is_leader(above.text) or _FIRM_MARKER.match(line.text):
        return False
    return abs(above.size - line.size) <= 0.6


def _is_full(line: Line, following: Line, margins: Margins) -> bool:
    """True where the next line's first word had no room on this line, so that the line end is only a wrap."""
    slack = 0.9 if line.text[-1] not in _SENTENCE_END else 0.4
    right = line.room if line.room and line.flow else min(margins.right, line.room or margins.right)
    return right - line.x1 < following.first_width + slack * line.size


def _is_torn(above: Line, line: Line, margins: Margins) -> bool:
    """True where a line end cuts a number, or a number from its unit: 1,2⏎34万元, 355.8⏎万元. A lone number is none."""
    end = above.text[-1]
    if above.x1 - above.x0 < 0.5 * (margins.right - margins.left):
        return False
    if end.isdigit():
        start = line.text[0]
        return start in _UNITS or (start in ".,，" and line.text[1:2].isdigit())
    return end in ".," and above.text[-2:-1].isdigit() and line.text[0].isdigit()


def _is_item(line: Line, opening: str, *, inside: bool) -> bool:
    """True where the line begins an item; a loose marker is none `inside` a sentence that is wrapped before it, unless
    it counts on from the marker that the paragraph begins with ([2] … ⏎ [3])."""
    if _FIRM_MARKER.match(line.text):
        return True
    marker = _LOOSE_MARKER.match(line.text)
    if marker is None:
        return False
    return not inside or _counts_on(opening, marker[0])


def _counts_on(opening: str, marker: str) -> bool:
    first = _LOOSE_MARKER.match(opening)
    if first is None:
        return False
    one, other = _NUMBER.findall(first[0]), _NUMBER.findall(marker)
    shape = _NUMBER.sub("", first[0]).strip() == _NUMBER.sub("", marker).strip()
    return shape and bool(one) and one[:-1] == other[:-1] and int(other[-1]) == int(one[-1]) + 1


def extend(piece: Piece, line: Line, page: int, words: frozenset[str]) -> Piece:
    """The piece with a line more. No space goes between Chinese characters, nor between a number and its unit.

    A hyphen at the line's end stays, as Chinese documents wrap at hyphens that belong to the word, unless it is soft or
    the document writes the word without it elsewhere.
    """
    text = piece.text
    before, after = text[-1], line.text[0]
    number = before in ".,，" and text[-2:-1].isdigit() and after.isdigit()
    apart = not number and before.isascii() and after.isascii() and not (before.isdigit() and after.isdigit())
    joint = " " if apart and before not in "-/([" and after not in ".,;:)]%/" else ""
    if before == "\u00ad" or (before == "-" and _is_cut(text, line.text, words)):
        text, joint = text[:-1], ""
    elif before == "-" and len(text) > 1 and text[-2].isspace():
        joint = " "
    text += joint
    last = piece.turns[-1][1] if piece.turns else piece.page
    turns = piece.turns if page == last else (*piece.turns, (len(text), page))
    return piece._replace(text=text + line.text, bold=piece.bold and line.bold, turns=turns)


_WORD_END = re.compile(r"[A-Za-z]{1,30}-\Z")
_WORD_START = re.compile(r"[a-z]{1,30}")


def _is_cut(text: str, following: str, words: frozenset[str]) -> bool:
    end = _WORD_END.search(text, max(0, len(text) - 31))
    start = _WORD_START.match(following)
    return end is not None and start is not None and (end[0][:-1] + start[0]).lower() in words
