"""Edits and the map that falls out of them: text changes only here, and every span leads back to the raw text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from docparse.records import Record, Span


class Edit(Record, frozen=True, kw_only=True):
    """Replace `raw[start:end]` by `after`.

    `kind` is the repair's public name and `rule` the function that found it (filled in by the runner); `certainty` is 0
    to 1; `evidence` says in a few words why; `certified` is True where running the damage forwards on the repaired text
    gives back the raw text; `listed` is False for edits that change nothing a reader would see (line ends), which are
    not listed among the document's repairs. `inside` aligns a long edit with itself: (characters of `after`, characters
    of raw) piece by piece, adding up to both; empty where the edit is one piece.
    """

    start: int
    end: int
    after: str
    kind: str
    certainty: float = 1.0
    evidence: str = ""
    certified: bool = False
    listed: bool = True
    rule: str = ""
    inside: tuple[tuple[int, int], ...] = ()


class Change(Record, frozen=True, kw_only=True):
    """`raw[start:end]` became `text[text_start:text_end]`: what an `OffsetMap` says has changed."""

    start: int
    end: int
    text_start: int
    text_end: int


class OffsetMap:
    """A monotone map between `text` and `raw`, kept as pieces in order.

    Piece i covers `text[text_at[i]:text_at[i+1]]` and `raw[raw_start[i]:raw_end[i]]`. A piece whose two sides are of
    equal length maps character by character; any other piece maps as a whole. Raw characters between two pieces were
    deleted.
    """

    __slots__ = ("raw_end", "raw_length", "raw_start", "text_at", "text_length")

    def __init__(self, pieces: Iterable[tuple[int, int, int]], raw_length: int) -> None:
        """`pieces` are (text length, raw start, raw end) in order; pieces of text length 0 are left out."""
        self.text_at: list[int] = []
        self.raw_start: list[int] = []
        self.raw_end: list[int] = []
        at = 0
        for length, start, end in pieces:
            if not length:
                continue
            self.text_at.append(at)
            self.raw_start.append(start)
            self.raw_end.append(end)
            at += length
        self.text_length = at
        self.raw_length = raw_length

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text that was not changed."""
        return cls([(length, 0, length)], length)

    def _piece_length(self, i: int) -> int:
        after = self.text_at[i + 1] if i + 1 < len(self.text_at) else self.text_length
        return after - self.text_at[i]

    def _shift(self, first: int, last: int) -> int | None:
        """How far raw is ahead of text where both offsets lie in one piece that maps character by character."""
        i = bisect_right(self.text_at, first) - 1
        start = self.text_at[i]
        after = self.text_at[i + 1] if i + 1 < len(self.text_at) else self.text_length
        straight = last < after and self.raw_end[i] - self.raw_start[i] == after - start
        return self.raw_start[i] - start if straight else None

    def _character(self, offset: int) -> tuple[int, int]:
        """Where the character at `offset` of text stands in raw, [start, end)."""
        i = bisect_right(self.text_at, offset) - 1
        start, end = self.raw_start[i], self.raw_end[i]
        if end - start == self._piece_length(i):
            at = start + offset - self.text_at[i]
            return at, at + 1
        return start, end

    def raw_span(self, start: int, end: int) -> Span:
        """The raw stretch of `text[start:end]`; an empty span maps to an empty one."""
        if not self.text_at:
            return Span(0, 0)
        if start >= end:
            at = self._character(start)[0] if start < self.text_length else self.raw_end[-1]
            return Span(at, at)
        shift = self._shift(start, end - 1)
        if shift is not None:
            return Span(start + shift, end + shift)
        return Span(self._character(start)[0], self._character(end - 1)[1])

    def whole_raw_span(self, start: int, end: int, text: str) -> Span:
        """`raw_span` with what was deleted at its borders, so that units side by side leave no raw character out.

        What was deleted behind a character goes with it; what was deleted behind a line end or at the very start goes
        with the character that follows. Units side by side never share a raw character. `text` is this map's text.
        """
        if start >= end:
            return self.raw_span(start, end)
        return Span(self._border(start, text), self._border(end, text))

    def _border(self, offset: int, text: str) -> int:
        """Where raw is cut between the characters before and behind `offset`: one place, whichever side asks.

        In UTF-8 that was read as GBK three characters of raw are two of text, the middle one half of each; it goes to
        one of them.
        """
        if not 0 < offset < self.text_length:
            return 0 if offset <= 0 else self.raw_length
        i = bisect_right(self.text_at, offset) - 1
        start, end = self.raw_start[i], self.raw_end[i]
        within, length = offset - self.text_at[i], self._piece_length(i)
        if within and end - start == length:
            return start + within
        if within:  # neither side stays empty where there is something for both
            return start + min(max(within * (end - start) // length, 1), max(end - start - 1, 0))
        before = self.raw_end[i - 1]
        if before > start:  # both come from the same raw characters
            return (before + start) // 2
        return before if text[offset - 1].isspace() else start

    def text_offset(self, raw_offset: int) -> int:
        """The first offset of text at or after `raw_offset`."""
        i = bisect_right(self.raw_start, raw_offset) - 1
        if i < 0:
            return 0
        start, end = self.raw_start[i], self.raw_end[i]
        length = self._piece_length(i)
        if raw_offset >= end:
            return self.text_at[i] + length
        if end - start == length:
            return self.text_at[i] + raw_offset - start
        return self.text_at[i] + (length if raw_offset > start else 0)

    def pieces(self) -> Iterable[tuple[int, int, int]]:
        """(text length, raw start, raw end) in order."""
        for i in range(len(self.text_at)):
            yield self._piece_length(i), self.raw_start[i], self.raw_end[i]


def apply_edits(raw: str, edits: Sequence[Edit]) -> tuple[str, OffsetMap]:
    """The edited text and the map back to `raw`.

    Edits are taken in order of their start; where two overlap the one that starts first wins (at one start, the one
    listed first). Raises nothing: an edit out of range is left out.
    """
    if not edits:
        return raw, OffsetMap.identity(len(raw))
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = 0
    for edit in sorted(edits, key=lambda e: e.start):
        if edit.start < at or edit.end > len(raw) or edit.end < edit.start:
            continue
        if edit.start > at:
            parts.append(raw[at : edit.start])
            pieces.append((edit.start - at, at, edit.start))
        if edit.after:
            parts.append(edit.after)
            piece = edit.start
            for length, size in edit.inside or ((len(edit.after), edit.end - edit.start),):
                pieces.append((length, piece, piece + size))
                piece += size
        at = edit.end
    parts.append(raw[at:])
    pieces.append((len(raw) - at, at, len(raw)))
    return "".join(parts), OffsetMap(pieces, len(raw))


def compose(outer: OffsetMap, inner: OffsetMap) -> OffsetMap:
    """The map from outer's text to inner's raw, where outer's raw is inner's text."""
    pieces: list[tuple[int, int, int]] = []
    for length, start, end in outer.pieces():
        if end - start != length:
            raw = inner.raw_span(start, end)
            pieces.append((length, raw.start, raw.end))
            continue
        at = start
        i = bisect_right(inner.text_at, at) - 1
        while at < end:
            upto = min(end, inner.text_at[i] + inner._piece_length(i))
            raw = inner.raw_span(at, upto)
            pieces.append((upto - at, raw.start, raw.end))
            at = upto
            i += 1
    return OffsetMap(pieces, inner.raw_length)


def align(after: Sequence[int], raw: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """`Edit.inside` for two sequences of sizes in bytes, one number a character: a piece ends where both sums agree.

    >>> align([3, 3, 1], [2, 2, 2, 1])
    ((2, 3), (1, 1))
    """
    pieces: list[tuple[int, int]] = []
    i = j = first = second = left = right = 0
    while i < len(after) or j < len(raw):
        if j == len(raw) or (i < len(after) and left <= right):
            left += after[i]
            i += 1
        else:
            right += raw[j]
            j += 1
        if left == right and i > first and j > second:
            pieces.append((i - first, j - second))
            first, second = i, j
    if pieces and (first, second) != (len(after), len(raw)):  # the sums part: the rest belongs to the last piece
        pieces[-1] = pieces[-1][0] + len(after) - first, pieces[-1][1] + len(raw) - second
    return tuple(pieces)


def spread(after: int, raw: int) -> tuple[tuple[int, int], ...]:
    """`Edit.inside` where nothing better is known than the two lengths: evenly, no piece empty.

    >>> spread(2, 5)
    ((1, 2), (1, 3))
    """
    pieces = min(after, raw)
    cuts = [(i * after // pieces, i * raw // pieces) for i in range(pieces + 1)] if pieces else []
    return tuple((b - a, d - c) for (a, c), (b, d) in pairwise(cuts))


def common_ends(before: str, after: str) -> tuple[int, int]:
    """How many characters two strings have in common at their start, and behind that at their end.

    >>> common_ends("市常", "市场。"), common_ends("aa", "a")
    ((1, 0), (1, 0))
    """
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, tail


def find_changes(raw: str, text: str, whole: OffsetMap) -> list[Change]:
    """Every stretch in which `text` differs from `raw`, in order, read off the map: replayed on `raw` they give `text`.

    Stretches do not overlap; pieces that come from one raw stretch are one change.
    """
    changes: list[Change] = []
    raw_at = text_at = 0
    for length, start, end in [*whole.pieces(), (0, whole.raw_length, whole.raw_length)]:
        if start > raw_at:  # raw characters between two pieces were deleted
            changes.append(Change(start=raw_at, end=start, text_start=text_at, text_end=text_at))
        same = start >= raw_at and text[text_at : text_at + length] == raw[start:end]
        if not same:
            first = Change(start=start, end=end, text_start=text_at, text_end=text_at + length)
            while changes and changes[-1].end > first.start:
                last = changes.pop()
                first = Change(
                    start=min(last.start, first.start),
                    end=max(last.end, first.end),
                    text_start=last.text_start,
                    text_end=first.text_end,
                )
            changes.append(first)
        raw_at = max(raw_at, end)
        text_at += length
    return changes
