"""What stood in a page and what stands there, byte by byte: the story of a damage to the encoding."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

BYTE_KINDS = frozenset({"gbk-space-strip", "pinyin-gloss", "byte-shift", "wrong-charset", "lost-lead-bytes"})
GBK = "gb18030"
_WRITTEN = ("utf-8", "gb18030", "big5")
_MISREAD = ("gb18030", "big5", "cp1252", "latin-1", "shift_jis")
_FIRST_MARK, _LAST_MARK = "⟦", "⟧"
_MOST_BYTES = 120
_EATEN = b"\xa1\xa1"


class Bytes(NamedTuple):
    """A text and its bytes in `encoding`."""

    text: str
    code: bytes
    encoding: str = GBK


class Story(NamedTuple):
    """`was` became `now`. `returned` is a mark that the damage took and that somebody put back later."""

    was: Bytes
    now: Bytes
    returned: str = ""


class Piece(NamedTuple):
    """Bytes in hex of both rows, of equal width; `changed` where the rows differ."""

    was: str
    now: str
    changed: bool


def byte_story(kind: str, before: str, after: str) -> Story | None:
    """The bytes of `after`, which the page once had, and of `before`, which it has; None for kinds without bytes."""
    if kind not in BYTE_KINDS or before == after:
        return None
    if kind == "wrong-charset":
        return _misread(before, after)
    if kind == "gbk-space-strip":
        story = _eaten(*_core(before, after))
        if story is not None:
            return story
    return Story(_bytes(after), _bytes(before))


def _bytes(text: str, encoding: str = GBK) -> Bytes:
    return Bytes(text, text.encode(encoding, "replace"), encoding)


def _core(before: str, after: str) -> tuple[str, str]:
    """Both without the characters that they have in common at their ends."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return before[head : len(before) - tail], after[head : len(after) - tail]


def _eaten(before: str, after: str) -> Story | None:
    """场。 (B3 A1 A1 A3) and 常 (B3 A3); where only 场 was restored, the mark that 常 tells of. None if it is not so.

    The bytes were cut before a mirror turned the page into traditional characters.
    """
    from docparse.text.script import simplified_view

    for stands, stood in ((before, after), (simplified_view(before), simplified_view(after))):
        now, was = _bytes(stands), _bytes(stood)
        if was.code.replace(_EATEN, b"") == now.code:
            return Story(was, now)
        if len(now.code) == len(was.code) == 2 and was.code[0] == now.code[0] and was.code[1:] == _EATEN[1:]:
            mark = (_EATEN[1:] + now.code[1:]).decode(GBK, "replace")
            return Story(_bytes(stood + mark), now, returned=mark)
    return None


def _misread(before: str, after: str) -> Story:
    """The encoding that `after` was written in and the one that it was read in; UTF-8 and GBK where a byte is lost."""
    for misread in _MISREAD:
        for written in _WRITTEN:
            try:
                code = before.encode(misread)
                if misread != written and code.decode(written) == after:
                    return Story(Bytes(after, code, written), Bytes(before, code, misread))
            except UnicodeError:
                continue
    return Story(_bytes(after, "utf-8"), _bytes(before))


def pieces(story: Story) -> Iterator[Piece]:
    """Both rows in hex, what differs between ⟦ ⟧, in pieces that may stand on lines of their own."""
    was, now = story.was.code[:_MOST_BYTES], story.now.code[:_MOST_BYTES]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        left, right = _hex(was[i1:i2]), _hex(now[j1:j2])
        if tag == "equal":
            yield from (Piece(a, b, False) for a, b in zip(left, right, strict=True))
            continue
        length = max(len(left), len(right))
        rows = [_marked(row, length) for row in (left, right)]
        yield from (Piece(a, b, True) for a, b in zip(*rows, strict=True))
    if max(len(story.was.code), len(story.now.code)) > _MOST_BYTES:
        yield Piece("…", "…", False)


def _hex(code: bytes) -> list[str]:
    return [f"{byte:02X}" for byte in code]


def _marked(row: list[str], length: int) -> list[str]:
    """Hex bytes between the marks, filled up with blanks to `length` of them and as wide as if all were there."""
    shown = list(row)
    if shown:
        shown[0] = _FIRST_MARK + shown[0]
        shown[-1] += _LAST_MARK
    shown += [""] * (length - len(shown))
    return [
        cell.ljust(2 + (place == 0) + (place == length - 1)) if place < length - 1 or cell else cell
        for place, cell in enumerate(shown)
    ]
