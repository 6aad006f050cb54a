"""GBK text from which a full-width space (bytes A1 A1) was cut out across a character border: 市场。 became 市常.

场 is B3 A1 and 。 is A1 A3: the A1 A1 in the middle went, B3 A3 is 常. Every character whose second byte is A1 is in
danger before every mark of row A1 (。、“”《》·…—). The way back is arithmetic; whether to take
it is a matter of evidence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from docparse.lexicon import load_toml
from docparse.text.bytes.mechanisms import strip_spaces
from docparse.text.edits import Edit
from docparse.text.evidence import codes, is_word, pair_logs
from docparse.text.passages import piece_of, piece_starts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MARKS = "、。·—…‘’“”《》〈〉【】"
COMMON = "。、“”《》"
OPENING = dict(zip("“‘《〈【", "”’》〉】", strict=True))
CLOSING = {b: a for a, b in OPENING.items()}
STOPS = "。！？；…、，!?.;,"
STOP_CODES = tuple(map(ord, STOPS))
# Gains are differences of natural logarithms, restored reading minus reading as it stands. On 0.8 M characters that the
# table had not been built from, word-final gains above 1 and others above 3 met no sound text.
WORTH_A_LOOK = -2.5
DOUBTFUL = -9.0  # log of the pairs that a character stands in: what is more probable is never changed
WORD_GAIN = 1.0
BARE_GAIN = 3.0
ANY_GAIN = 5.0  # even where the character as it stands forms a word
STRONG = 4.0
# In a piece with a strong case and without any intact pair, every pair was eaten: there less is asked.
WORD_GAIN_DAMAGED = -2.0
BARE_GAIN_DAMAGED = 2.0
REACH = 3_000  # an intact pair speaks for so many characters around it


class Candidate(NamedTuple):
    """A character that may stand for two. `alone`: a stop follows already, so that no mark comes back with it."""

    at: int
    character: str
    mark: str
    gain: float
    ends_word: bool
    in_word: bool
    alone: bool


class Ways(NamedTuple):
    """The way back for every character: rows [first[c], first[c] + number[c]) of `before` and `marks`."""

    first: NDArray[np.int64]
    number: NDArray[np.int64]
    before: NDArray[np.uint32]
    marks: NDArray[np.uint32]
    endangered: frozenset[str]


@cache
def _ways() -> Ways:
    """The arithmetic of all pairs, from Python's own GBK table."""
    import numpy as np

    rows: dict[int, list[tuple[int, int]]] = {}
    endangered: set[str] = set()
    for lead in range(0x81, 0xFF):
        try:
            before = bytes([lead, 0xA1]).decode("gbk")
        except UnicodeDecodeError:
            continue
        if before == "\u3000":
            continue
        endangered.add(before)
        for mark in MARKS:
            eaten = strip_spaces(before + mark)
            if eaten is not None and len(eaten) == 1:
                rows.setdefault(ord(eaten), []).append((ord(before), ord(mark)))
    first, number = np.zeros(65536, np.int64), np.zeros(65536, np.int64)
    flat: list[tuple[int, int]] = []
    for eaten_code, ways in sorted(rows.items()):
        first[eaten_code], number[eaten_code] = len(flat), len(ways)
        flat.extend(ways)
    pairs = np.array(flat, np.uint32)
    return Ways(first, number, pairs[:, 0], pairs[:, 1], frozenset(endangered))


def restore_eaten_spaces(text: str) -> Iterator[Edit]:
    """市常 becomes 市场。, “斜, becomes “小”,: the character and its mark come back.

    Damage: two characters became one, a word is lost and a sentence runs into the next. Cause: a full-width space
    deleted from GBK bytes as a pair of bytes. Cure: where the restored reading is much more probable, ends a word and
    the character as it stands forms none. Left alone: a piece of the page in which such a pair stands intact (there
    nothing was cut out), quotation marks that would find no partner, and what is equally good Chinese (市尝试).
    """
    candidates = list(_candidates(text))
    if not candidates:
        return
    starts = piece_starts(text)
    intact = _intact(text)
    strong = {piece_of(starts, c.at) for c in candidates if c.gain >= STRONG and c.ends_word and not c.in_word}
    lines: dict[int, list[Candidate]] = {}
    for c in candidates:
        if _near(intact, starts, c.at) or not _never().isdisjoint((text[c.at - 1 : c.at + 1], text[c.at : c.at + 2])):
            continue
        if _convincing(c, damaged=piece_of(starts, c.at) in strong):
            lines.setdefault(text.rfind("\n", 0, c.at) + 1, []).append(c)
    for start, members in lines.items():
        yield from _line_edits(text, start, members)


def _candidates(text: str) -> Iterator[Candidate]:
    """The best way back for each character, where it is not hopeless."""
    import numpy as np

    ways = _ways()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    places = np.flatnonzero(ways.number[np.minimum(points, 0xFFFF)])
    if not len(places):
        return
    folded = np.concatenate([np.array([10], np.uint32), codes(text), np.array([10], np.uint32)])
    left, here, right = folded[places], folded[places + 1], folded[places + 2]
    now = pair_logs(left, here) + pair_logs(here, right)
    doubtful = (now < DOUBTFUL) & (left != here)  # a row of one sign is drawn, not written
    places, left, right, now = places[doubtful], left[doubtful], right[doubtful], now[doubtful]
    number = ways.number[points[places]]
    which = np.repeat(np.arange(len(places)), number)
    within = np.arange(len(which)) - np.repeat(np.cumsum(number) - number, number)
    rows = ways.first[points[places]][which] + within
    before, marks = ways.before[rows], ways.marks[rows]
    arrive = pair_logs(left[which], before) - now[which]
    gains = arrive + pair_logs(before, marks) + pair_logs(marks, right[which])
    # Where a stop follows, a later step put it there: then the character comes back without its mark.
    stopped = np.isin(right[which], STOP_CODES) & np.isin(marks, STOP_CODES)
    gains = np.where(stopped, arrive + pair_logs(before, right[which]), gains)
    best: dict[int, tuple[float, str, str]] = {}
    for k in np.flatnonzero(gains >= WORTH_A_LOOK):
        at, gain = int(places[which[k]]), float(gains[k])
        if at not in best or gain > best[at][0]:
            best[at] = gain, chr(before[k]), chr(marks[k])
    for at, (gain, character, mark) in sorted(best.items()):
        yield Candidate(
            at, character, mark, gain, _ends_word(text, at, character), _in_word(text, at), _is_alone(text, at, mark)
        )


def _is_alone(text: str, at: int, mark: str) -> bool:
    """Whether a later step put a stop where the mark had been: then no second one is added."""
    return mark in STOPS and text[at + 1 : at + 2] in tuple(STOPS)


def _ends_word(text: str, at: int, character: str) -> bool:
    """Whether the characters before `at` and `character` end a word."""
    if character == "场" and text[at - 1 : at].isdigit():  # 6场, a measure word; 项 and 条 do not end in byte A1
        return True
    return any(is_word(text[at - k : at] + character) for k in (1, 2, 3) if at >= k)


@cache
def _never() -> frozenset[str]:
    return frozenset(load_toml("eaten_spaces")["words"])


def _in_word(text: str, at: int) -> bool:
    """Whether the character at `at` is, as it stands, part of a word with its neighbours."""
    return any(
        is_word(text[at - before : at + 1 + after])
        for before in range(min(3, at) + 1)
        for after in range(4 - before)
        if before + after
    )


def _intact(text: str) -> list[int]:
    """Where an endangered character stands before a mark and both are whole."""
    endangered = _ways().endangered
    places: list[int] = []
    for mark in "。、”“》《":
        at = text.find(mark, 1)
        while at >= 0:
            if text[at - 1] in endangered:
                places.append(at)
            at = text.find(mark, at + 1)
    return sorted(places)


def _near(intact: list[int], starts: list[int], at: int) -> bool:
    """Whether an intact pair stands in the same piece within reach."""
    piece = piece_of(starts, at)
    low = max(at - REACH, starts[piece])
    high = min(at + REACH, starts[piece + 1] if piece + 1 < len(starts) else at + REACH)
    return bisect_left(intact, low) < bisect_right(intact, high)


def _convincing(c: Candidate, *, damaged: bool) -> bool:
    if c.gain >= ANY_GAIN and not c.alone:
        return True
    if c.alone:  # no mark comes back, so that nothing proves it
        return c.ends_word and not c.in_word and c.gain >= STRONG
    if c.in_word:
        return False
    if damaged and c.mark in COMMON:
        return c.gain >= (WORD_GAIN_DAMAGED if c.ends_word else BARE_GAIN_DAMAGED)
    return c.gain >= (WORD_GAIN if c.ends_word else BARE_GAIN)


def _line_edits(text: str, start: int, members: list[Candidate]) -> Iterator[Edit]:
    """The edits of one line; a quotation mark comes back only where its partner stands or comes back too."""
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    added = "".join(c.mark for c in members)
    for c in members:
        partner = OPENING.get(c.mark) or CLOSING.get(c.mark)
        if partner and (line + added).count(partner) <= line.count(c.mark):
            continue
        yield _edit(text, c)


def _edit(text: str, c: Candidate) -> Edit:
    """The edit of one candidate."""
    after = c.character if c.alone else c.character + c.mark
    left, right = text[max(0, c.at - 8) : c.at], text[c.at + 1 : c.at + 9]
    here = text[c.at]
    story = " ".join(f"{byte:02X}" for byte in (c.character + c.mark).encode("gbk"))
    return Edit(
        start=c.at,
        end=c.at + 1,
        after=after,
        kind="gbk-space-strip",
        certainty=0.98 if c.gain >= STRONG and not c.alone else 0.9,
        evidence=f"{story} without A1 A1 is {here.encode('gbk').hex(' ').upper()} {here}",
        certified=not c.alone and strip_spaces(left + after + right) == left + here + right,
    )
