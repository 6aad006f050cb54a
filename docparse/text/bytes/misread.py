"""UTF-8 read with another codec: which characters that makes, and the walk back along UTF-8's grammar.

A stretch of characters that can have come from the wrong codec is turned into bytes, and these must follow UTF-8. Sound
Chinese, GBK characters taken two bytes each, does so for one character by chance and hardly ever for three. Bytes that
that codec could not read are gone (`?`, U+FFFD, or nothing at all); the walk steps over them where the text goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from docparse.lexicon import load_toml
from docparse.records import Record

LEADS = bytes([*range(0xE2, 0xEA), 0xEF])  # of characters of three bytes: marks, Chinese, full-width forms
CONTINUATIONS = bytes(range(0x80, 0xC0))
MOST_WAYS = 1024  # to read three bytes: with more of them unknown nothing is told
LOST = "?\ufffd"  # what decoders put where they could not read
MARKS = re.compile(
    "[\u00a0°±·×\u2010-\u2026\u2030\u203b\u2103\u2160-\u216b\u2190-\u2193\u2460-\u2473\u25a0-\u25ff\u2605\u2606"
    "\u3000-\u3017\uff01-\uff5e\uffe5\ufeff]"
)


class Codec(Record, frozen=True, eq=False):
    """A codec that UTF-8 was read with. `starts` finds where a stretch may begin; `gaps` is what it cannot read."""

    name: str
    han: int
    data: dict[str, bytes]
    starts: re.Pattern[str]
    gaps: frozenset[bytes]
    wide: bool


class State(NamedTuple):
    """Inside a UTF-8 character: `part` is what each byte so far can be, `need` how many are missing."""

    need: int
    part: tuple[bytes, ...]


class Run(NamedTuple):
    """A stretch of raw and what it says: for each character the ways to read it (more than one: bytes were lost)."""

    start: int
    end: int
    codec: Codec
    read: list[tuple[str, ...]]
    bridges: int  # how often bytes are missing
    silent: int  # and how often nothing marks the place


Step = tuple[State, list[tuple[str, ...]]]
AT_BORDER = State(0, ())


@cache
def common() -> frozenset[str]:
    """The everyday characters of both scripts: GB 2312 level 1 and Big5 level 1."""
    simple = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low))
    full = bytes(
        b for high in range(0xA4, 0xC7) for low in [*range(0x40, 0x7F), *range(0xA1, 0xFF)] for b in (high, low)
    )
    found = simple.decode("gb2312", "ignore") + full.decode("big5", "ignore")
    return frozenset(c for c in found if "一" <= c <= "鿿")


def is_common(char: str) -> bool:
    return char in common() or (not "一" <= char <= "鿿" and MARKS.match(char) is not None)


def _class(chars: Iterable[str]) -> str:
    """A class of these characters, neighbours as a range: that compiles in half the time."""
    codes = sorted({ord(c) for c in chars})
    firsts = [chr(c) for c, before in zip(codes, [-2, *codes], strict=False) if c != before + 1]
    lasts = [chr(c) for c, behind in zip(codes, [*codes[1:], -2], strict=True) if c != behind - 1]
    ranges = (re.escape(a) if a == b else f"{re.escape(a)}-{re.escape(b)}" for a, b in zip(firsts, lasts, strict=True))
    return "[" + "".join(ranges) + "]"


def _single(name: str, han: int) -> Codec:
    """A codec of one byte a character; bytes that it does not define are read as control characters of their number."""
    data = {chr(byte): bytes([byte]) for byte in range(0x80, 0xA0)}
    data |= {c: bytes([b]) for b in range(0x80, 0x100) if (c := bytes([b]).decode(name, "ignore"))}
    lead = [c for c, b in data.items() if b in LEADS and c.isprintable()]
    rest = [c for c, b in data.items() if b in CONTINUATIONS]
    if data.get("\u00a0") == b"\xa0":  # the no-break space is often a plain one by now
        rest.append(" ")
    starts = re.compile(_class(lead) + _class(rest) + "{2}")
    gaps = frozenset(bytes([b]) for b in CONTINUATIONS if not bytes([b]).decode(name, "ignore"))
    return Codec(name, han, data, starts, gaps, wide=False)


def _gbk(han: int) -> Codec:
    """GBK as browsers read it: 80 is the euro sign; pairs without a character are read as private use, or dropped."""
    pairs = [bytes((high, low)) for high in range(0x81, 0xFF) for low in [*range(0x40, 0x7F), *range(0x80, 0xFF)]]
    lines = b"\n".join(pairs)  # decoded at once: 24,000 calls take 90 ms, a line end stops what a pair leaves open
    data = {"€": b"\x80"}
    for char, pair in zip(lines.decode("gb18030", "ignore").split("\n"), pairs, strict=True):
        if len(char) == 1:
            data.setdefault(char, pair)
    read = lines.decode("gbk", "ignore").split("\n")
    gaps = {pair for char, pair in zip(read, pairs, strict=True) if not char}
    first = [c for c, b in data.items() if len(b) == 2 and b[0] in LEADS and b[1] in CONTINUATIONS]
    # Behind it: a pair that goes on, one that ends with a swallowed letter, the euro sign.
    then = [c for c, b in data.items() if b[0] in CONTINUATIONS and (len(b) == 1 or b[1] < 0xF0)]
    return Codec("gbk", han, data, re.compile(_class(first) + _class([*then, *LOST])), frozenset(gaps), wide=True)


@cache
def load_codecs() -> tuple[Codec, ...]:
    """The codecs of `lexicon/charsets.toml` in their order (built once, some 30 ms)."""
    rows = load_toml("charsets")["codec"]
    return tuple(_gbk(row["han"]) if row["name"] == "gbk" else _single(row["name"], row["han"]) for row in rows)


@cache
def openers(*, wide: bool) -> re.Pattern[str]:
    """What GBK (`wide`) or a codec of single bytes shows where a character of three bytes begins, and perhaps more.

    Four pages in five hold none of these, and then no codec has to be built.
    """
    if wide:
        pairs = b"\n".join(bytes((lead, behind)) for lead in LEADS for behind in CONTINUATIONS)
        return re.compile(_class(pairs.decode("gb18030").replace("\n", "")))
    names = [row["name"] for row in load_toml("charsets")["codec"] if row["name"] != "gbk"]
    return re.compile(_class(c for name in names for c in LEADS.decode(name, "ignore") if c.isprintable()))


@cache
def foreign() -> re.Pattern[str]:
    """What single-byte codecs make of two bytes out of three: without it only GBK is asked."""
    pairs = [c for codec in load_codecs() if not codec.wide for c in codec.data]
    lead = {c for k in load_codecs() if not k.wide for c, b in k.data.items() if b in LEADS and c.isprintable()}
    return re.compile(_class(lead) + _class(pairs))


def misread(text: str, name: str) -> str:
    """What a reader that takes `text`'s UTF-8 for the codec `name` shows; the damage run forwards.

    >>> misread("工作总结", "gbk"), misread("工作", "cp1252")
    ('宸ヤ綔鎬荤粨', 'å·¥ä½œ')
    """
    codec = next(c for c in load_codecs() if c.name == name)
    # A printable character goes before a control character of the same byte.
    rows = sorted(codec.data.items(), key=lambda row: row[0].isprintable())
    chars = {pair: char for char, pair in rows}
    data, out, at = text.encode("utf-8", "replace"), [], 0
    while at < len(data):
        size = 2 if codec.wide and data[at] > 0x80 else 1
        piece = data[at : at + size]
        if piece[0] < 0x80:
            out.append(chr(piece[0]))
        elif piece in chars:
            out.append(chars[piece])
        else:  # a lead byte before a digit, a space or the end
            size = 1
            out.append("\ufffd")
        at += size
    return "".join(out)


def _feed(state: State, data: bytes) -> Step | None:
    """`state` with the bytes of one raw character behind it and the characters that are whole now; None: not UTF-8."""
    return _feed_any(state, [bytes([b]) for b in data])


def _feed_any(state: State, data: Iterable[bytes]) -> Step | None:
    """`_feed` for bytes of which each can be one of several."""
    need, part = state
    whole: list[tuple[str, ...]] = []
    for ways in data:
        byte = ways[0]
        if not need:
            if byte < 0x80:  # swallowed by a pair
                whole.append((chr(byte),))
                continue
            need = 2 if byte in LEADS else 1 if 0xC2 <= byte <= 0xDF else 0
            if not need:
                return None
            part = (ways,)
        elif byte in CONTINUATIONS:
            need, part = need - 1, (*part, ways)
            if not need:
                read = _decode(part)
                if not read:
                    return None
                whole.append(read)
                part = ()
        else:
            return None
    return State(need, part), whole


@lru_cache(maxsize=4096)
def _decode(part: tuple[bytes, ...]) -> tuple[str, ...]:
    """The characters that bytes of these ways can be; where there is a choice only common ones."""
    if all(len(ways) == 1 for ways in part):
        char = b"".join(part).decode("utf-8", "ignore")
        return (char,) if char else ()
    if len(part[0]) * len(part[1]) * len(part[-1]) > MOST_WAYS:
        return ("\ufffd", "\ufffd")
    found = [bytes(way).decode("utf-8", "ignore") for way in product(*part)]
    return tuple(c for c in found if c and is_common(c)) or ("\ufffd", "\ufffd")


def _lost_steps(state: State, codec: Codec, marked: bool) -> Iterator[Step]:
    """The ways to go on where one byte, or the pair that GBK could not read, is missing. Likeliest first."""
    if not marked and not codec.wide:
        read = _dropped(state, codec)
        if read:
            yield AT_BORDER, [read]
        return
    pair = [CONTINUATIONS, LEADS if state.need == 1 else CONTINUATIONS]
    options = [[CONTINUATIONS], pair] if codec.wide else [[CONTINUATIONS]]
    if not marked:
        options = [[_gap_ends(codec), LEADS], [CONTINUATIONS]]
        if state.need == 2:
            yield AT_BORDER, [_gap_characters(state, codec)]
            return
    for option in options:
        step = _feed_any(state, option)
        if step:
            yield step


@cache
def _gap_ends(codec: Codec) -> bytes:
    """What ends a character in the pairs that GBK cannot read and that begin the next one with their other half."""
    return bytes(sorted({g[0] for g in codec.gaps if g[0] in CONTINUATIONS and g[1] in LEADS}))


@cache
def _gap_pairs(codec: Codec) -> tuple[bytes, ...]:
    """The pairs that GBK cannot read and that go on with a character."""
    return tuple(sorted(g for g in codec.gaps if g[0] in CONTINUATIONS and g[1] in CONTINUATIONS))


def _gap_characters(state: State, codec: Codec) -> tuple[str, ...]:
    """What a character can be whose last two bytes are a pair that GBK cannot read."""
    found = [bytes([lead, *pair]).decode("utf-8", "ignore") for lead in state.part[0] for pair in _gap_pairs(codec)]
    return tuple(c for c in found if c and is_common(c)) or ("\ufffd", "\ufffd")


def _dropped(state: State, codec: Codec) -> tuple[str, ...]:
    """What a character can be that lost bytes which a codec of single bytes does not define; one may stand anywhere."""
    gap = bytes(sorted(g[0] for g in codec.gaps))
    if not gap:
        return ()
    ways = [(*state.part, *[gap] * state.need)]
    if state.need == 1 and len(state.part) == 2:
        ways.append((state.part[0], gap, state.part[1]))
    found = dict.fromkeys(c for way in ways for c in _decode(way) if c != "\ufffd")
    return (*found, "\ufffd") if len(found) < 2 else tuple(found)


def _goes_on(state: State, text: str, at: int, codec: Codec, steps: int) -> bool:
    """Whether the next `steps` raw characters follow on `state`; the end of the stretch will do at a border."""
    for i in range(at, at + steps):
        data = codec.data.get(text[i]) if i < len(text) else None
        if data is None:
            return state.need == 0 or text[i : i + 1] == "\ufffd"
        step = _feed(state, data)
        if step is None:
            return False
        state = step[0]
    return True


def _bridge(state: State, text: str, at: int, codec: Codec) -> tuple[Step, int] | None:
    """The step over bytes that are lost at `at` and where the text goes on; None where it does not go on."""
    marked = at < len(text) and text[at] in LOST
    behind = at + 1 if marked else at
    for step in _lost_steps(state, codec, marked):
        if _goes_on(step[0], text, behind, codec, 1 if marked else 2):
            return step, behind
    if marked and state.need == 1:  # the last byte of the stretch
        last = _feed_any(state, [CONTINUATIONS])
        return (last, behind) if last else None
    return None


def walk(text: str, start: int, codec: Codec) -> Run:
    """The longest stretch from `start` that is UTF-8 read by `codec`."""
    state, read, at = AT_BORDER, list[tuple[str, ...]](), start
    good, kept, border, bridges, silent = start, 0, AT_BORDER, 0, 0
    while at <= len(text):
        char = text[at : at + 1]
        data = codec.data.get(char)
        if char == " " and state.need and codec.data.get("\u00a0") == b"\xa0":
            data = b"\xa0"
        step = _feed(state, data) if data else None
        behind = at + 1
        if state.need and (step is None or _is_doubtful(step, text, behind, codec, data)):
            bridge = _bridge(state, text, at, codec)
            if bridge is not None:
                step, behind = bridge
                bridges += 1
                silent += behind == at
        if step is None:
            break
        state, at = step[0], behind
        read += step[1]
        if step[1]:
            good, kept, border = at, len(read), state
    read = read[:kept]
    if border.need:  # the last raw character began one that never came
        read.append(_cut_off(border, codec))
    return Run(start, good, codec, read, bridges, silent)


def _is_doubtful(step: Step, text: str, at: int, codec: Codec, data: bytes | None) -> bool:
    """Whether bytes may be missing though the step is UTF-8: a rare character, or a euro sign behind which it ends."""
    state, whole = step
    if whole and "一" <= whole[0][0] <= "鿿" and whole[0][0] not in common():
        return True
    return codec.wide and data == b"\x80" and not _goes_on(state, text, at, codec, 1)


def _cut_off(state: State, codec: Codec) -> tuple[str, ...]:
    """What a character can be whose last bytes left no trace."""
    if not codec.wide:
        return _dropped(state, codec) or ("\ufffd", "\ufffd")
    return _gap_characters(state, codec) if state.need == 2 else ("\ufffd", "\ufffd")
