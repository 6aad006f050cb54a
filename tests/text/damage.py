"""Sound text damaged as mirrors and page decoders damage it, with the truth beside it: what the trials repair.

Every damage is a forward model of `docparse.text.bytes`; nothing here is drawn at random, so that figures repeat. A
page is damaged line by line, as its lines stand in separate elements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from docparse import repair
from docparse.text.bytes.gbk import byte_pair
from docparse.text.bytes.glosses import SYLLABLE
from docparse.text.bytes.mechanisms import HALF_MARKS, mirror, strip_spaces
from docparse.text.bytes.misread import misread
from docparse.text.evidence import load_readings
from docparse.text.scripts.script import simplified_view, to_traditional

HOSTS = 90  # characters that a mirror glosses
LONGEST_PAGE = 40_000
LONGEST_LINE = 400  # a page in one line is cut into elements behind its sentences
BRACKETED = re.compile(rf"\({SYLLABLE}\)")
BELOW_TRAILS = re.compile("[!-?]")  # ASCII that never ends a character of two bytes


class Damaged(NamedTuple):
    """What stands on the page, what should, and what the damage met (other marks than the truth's); line for line."""

    raw: str
    truth: str
    sound: str


class Stripped(NamedTuple):
    """A page without its full-width spaces; `eaten` are (offset of the character in raw, the two that it was)."""

    raw: str
    truth: str
    eaten: dict[int, str]


def sound_page(raw: str, *, traditional: bool = False) -> str:
    """The text of a page as a GBK editor can hold it: repaired, lines outside GBK and lines with a ? left out."""
    text = repair(raw).text
    lines = [line for line in text.split("\n") if _writable(line)]
    page = "\n".join(piece for line in lines for piece in _pieces(line))[:LONGEST_PAGE]
    if not traditional:
        return page
    return "\n".join(line for line in to_traditional(page).split("\n") if _writable(line))


def _writable(line: str) -> bool:
    return "?" not in line and all(c < "\x80" or byte_pair(c) for c in line)


def _pieces(line: str) -> Iterator[str]:
    """A line, or a page that lost its line ends, in pieces that end behind a full stop."""
    start = 0
    while len(line) - start > LONGEST_LINE:
        cut = line.rfind("。", start, start + LONGEST_LINE) + 1
        if not cut:
            break
        yield line[start:cut]
        start = cut
    yield line[start:]


def gloss_table(pages: Iterable[str], hosts: int = HOSTS) -> dict[str, str]:
    """What a mirror of these pages would gloss: their most frequent traditional characters, each as it is usually read.

    In the order of the code points, which is one that a mirror's list may have.
    """
    counts = Counter(c for page in pages for c in page)
    readings = load_readings()
    known = [(-n, c) for c, n in counts.items() if c in readings and simplified_view(c) != c]
    return {c: readings[c].split(",")[0] for c in sorted(c for _, c in sorted(known)[:hosts])}


def mirrored(text: str, table: Mapping[str, str], *, half_width: bool = False, private: bool = False) -> Damaged:
    """The page on a mirror that glosses `table` and isolates ，；？！ by bytes.

    Args:
        text: a sound page.
        table: character to syllable; empty for a mirror that only isolates marks.
        half_width: a later step made the four marks ASCII, also in the truth.
        private: pairs that no character stands for are kept as private-use characters, which most pipelines drop.
    """
    raw = "\n".join(mirror(line, table, private=private) or line for line in text.split("\n"))
    if not half_width:
        return Damaged(raw, text, text)
    return Damaged(raw.translate(HALF_MARKS), text.translate(HALF_MARKS), text)


def swallowed(line: str, table: Mapping[str, str]) -> bool:
    """Whether a mirror of this line loses an ASCII character: the decoder took it for a second byte, and shows one ?.

    Told by counting: with all such characters made alike, fewer come out than went in.
    """
    alike = BELOW_TRAILS.sub("0", line)
    return (mirror(alike, table) or alike).count("0") < alike.count("0")


def without_glosses(line: str) -> str:
    """The line without whole glosses; where this is not the truth, bytes were read out of step."""
    return BRACKETED.sub("", line)


def stripped(text: str) -> Stripped:
    """The page after the full-width space was deleted from its bytes; it had none but across characters."""
    lines = [line.replace("\u3000", "") for line in text.split("\n")]
    raw: list[str] = []
    eaten: dict[int, str] = {}
    start = 0
    for line in lines:
        short = strip_spaces(line) or line
        at = 0
        for offset, character in enumerate(short):
            if character == line[at]:
                at += 1
            else:
                eaten[start + offset] = line[at : at + 2]
                at += 2
        raw.append(short)
        start += len(short) + 1
    return Stripped("\n".join(raw), "\n".join(lines), eaten)


def misread_lines(text: str, codec: str) -> Damaged:
    """The page's UTF-8 read with another codec."""
    return Damaged("\n".join(misread(line, codec) for line in text.split("\n")), text, text)


def comma_before_marks(text: str) -> Damaged:
    """The page after every mark got a comma in front of it."""
    return Damaged(re.sub("(?=[。、])", ",", text), text, text)
