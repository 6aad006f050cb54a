"""UTF-8 that was read with another codec, and GBK that was read as Latin-1: the stretches read again, byte for byte.

Each stretch of characters that can have come from the wrong codec is turned back into bytes and must follow UTF-8's
grammar. That grammar is the evidence: sound Chinese, GBK characters taken two bytes each, keeps to it for one character
by chance and hardly ever for three. What it gives must be common characters besides. Bytes that the wrong codec could not
read are gone (`?`, U+FFFD, or nothing at all); where the characters around leave one word, it is put in.

Tried instead: ftfy. It knows single-byte codecs only, wants a whole line, and its other repairs fold Chinese marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from docparse.lexicon import load_toml
from docparse.records import Record
from docparse.text.edits import Edit

LEADS = bytes([*range(0xE2, 0xEA), 0xEF])  # of characters of three bytes: marks, Chinese, full-width forms
CONTINUATIONS = bytes(range(0x80, 0xC0))
LOST = "?\ufffd"  # what decoders put where they could not read
MARKS = re.compile(
    "[\u00a0°±·×\u2010-\u2026\u2030\u203b\u2103\u2160-\u216b\u2190-\u2193\u2460-\u2473\u25a0-\u25ff\u2605\u2606"
    "\u3000-\u3017\uff01-\uff5e\uffe5\ufeff]"
)
# GBK reads their first two bytes as 鈥 and 锘, which no text of today has.
SURE_STARTS = frozenset("\ufeff“”‘’—…•–")
MOST_CHOICES = 600
MARGIN = 3.0  # natural logarithms between the best and the next way to fill a gap
WORDLESS_MARGIN = 5.0  # the same where no word takes the filling in
WORD_BONUS = 3.0  # for each character beyond the first of a word that a filling makes
SURE = 8  # common characters after which a page is known to have been read with a codec
AROUND = 3  # characters on each side of a gap that are asked


class Codec(Record, frozen=True, eq=False):
    """A codec that UTF-8 was read with. `starts` finds where such a stretch may begin; `gaps` is what it cannot read."""

    name: str
    han: int
    data: dict[str, bytes]
    starts: re.Pattern[str]
    gaps: frozenset[bytes]
    wide: bool


class State(NamedTuple):
    """In the midst of a UTF-8 character: `part` holds for each byte so far what it can be, `need` how many are missing."""

    need: int
    part: tuple[bytes, ...]


class Run(NamedTuple):
    """A stretch of raw and what it says: for each character the ways to read it (more than one: bytes were lost)."""

    start: int
    end: int
    codec: Codec
    read: list[tuple[str, ...]]
    bridges: int  # how often bytes are missing


Step = tuple[State, list[tuple[str, ...]]]
AT_BORDER = State(0, ())


@cache
def _common() -> frozenset[str]:
    """The everyday characters of both scripts: GB 2312 level 1 and Big5 level 1."""
    simple = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low))
    full = bytes(
        b for high in range(0xA4, 0xC7) for low in [*range(0x40, 0x7F), *range(0xA1, 0xFF)] for b in (high, low)
    )
    found = simple.decode("gb2312", "ignore") + full.decode("big5", "ignore")
    return frozenset(c for c in found if "一" <= c <= "鿿")


def _is_common(char: str) -> bool:
    return char in _common() or (not "一" <= char <= "鿿" and MARKS.match(char) is not None)


def _class(chars: Iterable[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(set(chars)))) + "]"


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
    data, gaps = {"€": b"\x80"}, set()
    for high in range(0x81, 0xFF):
        for low in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
            pair = bytes((high, low))
            char = pair.decode("gb18030", "ignore")
            if len(char) == 1:
                data.setdefault(char, pair)
            if not pair.decode("gbk", "ignore"):
                gaps.add(pair)
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
def _foreign() -> re.Pattern[str]:
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
    chars: dict[bytes, str] = {}
    for char, pair in sorted(codec.data.items(), key=lambda row: row[0].isprintable()):
        chars[pair] = char  # a printable one before a control character of the same byte
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


def _decode(part: tuple[bytes, ...]) -> tuple[str, ...]:
    """The characters that bytes of these ways can be; where there is a choice only common ones."""
    if all(len(ways) == 1 for ways in part):
        char = b"".join(part).decode("utf-8", "ignore")
        return (char,) if char else ()
    found = [bytes(way).decode("utf-8", "ignore") for way in product(*part)]
    return tuple(c for c in found if c and _is_common(c)) or ("\ufffd", "\ufffd")


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


def _gap_characters(state: State, codec: Codec) -> tuple[str, ...]:
    """What a character can be whose last two bytes are a pair that GBK cannot read."""
    pairs = sorted(g for g in codec.gaps if g[0] in CONTINUATIONS and g[1] in CONTINUATIONS)
    found = [bytes([lead, *pair]).decode("utf-8", "ignore") for lead in state.part[0] for pair in pairs]
    return tuple(c for c in found if c and _is_common(c)) or ("\ufffd", "\ufffd")


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


def _walk(text: str, start: int, codec: Codec) -> Run:
    """The longest stretch from `start` that is UTF-8 read by `codec`."""
    state, read, at = AT_BORDER, list[tuple[str, ...]](), start
    good, kept, border, bridges = start, 0, AT_BORDER, 0
    while at <= len(text):
        char = text[at : at + 1]
        data = codec.data.get(char)
        if char == " " and state.need and codec.data.get("\u00a0") == b"\xa0":
            data = b"\xa0"
        step = _feed(state, data) if data else None
        behind = at + 1
        if state.need and (step is None or (step[1] and not _is_common(step[1][0][0]))):
            bridge = _bridge(state, text, at, codec)
            if bridge is not None:
                step, behind = bridge
                bridges += 1
        if step is None:
            break
        state, at = step[0], behind
        read += step[1]
        if step[1]:
            good, kept, border = at, len(read), state
    read = read[:kept]
    if border.need:  # the last raw character began one that never came
        read.append(_cut_off(border, codec))
    return Run(start, good, codec, read, bridges)


def _cut_off(state: State, codec: Codec) -> tuple[str, ...]:
    """What a character can be whose last bytes left no trace."""
    if not codec.wide:
        return _dropped(state, codec) or ("\ufffd", "\ufffd")
    return _gap_characters(state, codec) if state.need == 2 else ("\ufffd", "\ufffd")


def _filled(run: Run, raw: str) -> str:
    """The run's text; a gap is filled where one character fits, and U+FFFD elsewhere."""
    out: list[str] = []
    at, read = 0, run.read
    while at < len(read):
        upto = at
        while upto < len(read) and len(read[upto]) > 1:
            upto += 1
        if upto == at:
            out.append(read[at][0])
            at += 1
            continue
        ahead = [ways[0] if len(ways) == 1 else "\ufffd" for ways in read[upto : upto + AROUND]]
        before = (raw[max(0, run.start - AROUND) : run.start] + "".join(out[-AROUND:]))[-AROUND:]
        after = ("".join(ahead) + raw[run.end : run.end + AROUND])[:AROUND].partition("\ufffd")[0]
        out.extend(_fill(before or "\n", read[at:upto], after or "\n"))
        at = upto
    return "".join(out)


def _fill(before: str, gaps: list[tuple[str, ...]], after: str) -> str:
    """The characters for `gaps` between known ones; U+FFFD for those on which the likely ways do not agree."""
    ways = 1
    for gap in gaps:
        ways *= len(gap)
        if "\ufffd" in gap or ways > MOST_CHOICES:
            return "\ufffd" * len(gaps)
    if after[0] in "\r\n" and "。" in gaps[-1] and len(gaps) == 1:
        return "。"
    from docparse.text.evidence import text_log

    scored = []
    for way in product(*gaps):
        around = before + "".join(way) + after
        words = _words_across(around, len(before), len(before) + len(way))
        scored.append((text_log(around) + WORD_BONUS * words, words, way))
    best = max(scored)
    margin = MARGIN if best[1] else WORDLESS_MARGIN
    likely = [way for score, _, way in scored if score > best[0] - margin]
    return "".join(c if all(way[i] == c for way in likely) else "\ufffd" for i, c in enumerate(best[2]))


def _words_across(text: str, start: int, end: int) -> int:
    """How many characters beyond the first the longest word has that takes in one of `text[start:end]`; 0: none."""
    from docparse.text.evidence import is_word

    for length in (4, 3, 2):
        for i in range(max(0, start - length + 1), min(end, len(text) - length + 1)):
            if is_word(text[i : i + length]):
                return length - 1
    return 0


class Weight(NamedTuple):
    """What speaks for a stretch: common characters, marks, characters that nobody writes, gaps."""

    han: int
    marks: int
    odd: int
    lost: int


def _weigh(runs: Iterable[Run]) -> Weight:
    known = [ways[0] for run in runs for ways in run.read if len(ways) == 1]
    han = sum(c in _common() for c in known)
    marks = sum(MARKS.match(c) is not None or c.isascii() for c in known)
    return Weight(han, marks, len(known) - han - marks, sum(len(w) > 1 for run in runs for w in run.read))


def _believed(runs: list[Run]) -> bool:
    """Whether stretches with nothing but ASCII between them give Chinese."""
    weight = _weigh(runs)
    if weight.odd * 4 > weight.han or weight.lost > weight.han + weight.marks:
        return False
    codec = runs[0].codec
    if weight.han >= codec.han:
        return True
    if codec.wide and not weight.odd and not runs[0].bridges and runs[0].read[0][0] in SURE_STARTS:
        return True
    if codec.wide and weight.han == 2 and not weight.lost:
        return any(_is_word_pair(run) for run in runs)
    return False


def _fits(run: Run) -> bool:
    """Whether a stretch is in keeping with a page that is known to have been read with its codec."""
    han, marks, odd, lost = _weigh([run])
    return not odd and lost <= han + marks + 1 and (han + marks > 0 or run.end - run.start > 1)


def _is_word_pair(run: Run) -> bool:
    from docparse.text.evidence import is_word

    return is_word("".join(ways[0] for ways in run.read if len(ways) == 1 and ways[0] in _common()))


def _runs(text: str, codec: Codec) -> list[Run]:
    """The stretches that `codec` explains, in order."""
    groups: list[list[Run]] = []
    at = 0
    while m := codec.starts.search(text, at):
        run = _walk(text, m.start(), codec)
        at = max(run.end, m.start() + 1)
        if not run.read:
            continue
        between = text[groups[-1][-1].end : run.start] if groups else "\n"
        if len(between) <= 40 and "\n" not in between and between.strip(LOST).isascii():
            groups[-1].append(run)
        else:
            groups.append([run])
    strong = [group for group in groups if _believed(group)]
    if _weigh(run for group in strong for run in group).han >= SURE:
        return [run for group in groups for run in group if group in strong or _fits(run)]
    return [run for group in strong for run in group]


def undo_wrong_charset(raw: str) -> Iterator[Edit]:
    """`宸ヤ綔鎬荤粨` `å·¥ä½œæ€»ç»“` `еЈ•дљЬ…` become 工作总结 again: UTF-8 that was read with another codec.

    Cause: a page without a charset, or with the wrong one. Cure: the stretch is encoded with that codec and decoded as
    UTF-8; certified where this gives back the raw characters. Each stretch is judged for itself, for pages are put
    together from parts. A byte that is lost leaves `?` or U+FFFD unless one word fits. The reverse, GBK read as Latin-1
    (`¹¤×÷×Ü½á`), is read again in the same way. Left alone: what gives fewer than two or three common characters in a row
    (卤, 脳, 路 and 聽 are Chinese too), words of living languages, tables of characters.
    """
    if raw.isascii():
        return
    foreign = _foreign().search(raw) is not None
    best: list[Run] = []
    for codec in load_codecs():
        if codec.wide or foreign:
            best += _runs(raw, codec)
    best.sort(key=lambda r: (r.start, -sum(len(w) == 1 for w in r.read)))
    at = 0
    for run in best:
        if run.start >= at:
            at = run.end
            yield _edit(raw, run)
    yield from _gbk_as_latin(raw)


def _edit(raw: str, run: Run) -> Edit:
    after = _filled(run, raw)
    data = b"".join(run.codec.data.get(c, b"\xff") for c in raw[run.start : run.end])
    return Edit(
        start=run.start,
        end=run.end,
        after=after.replace("\ufeff", ""),
        kind="wrong-charset",
        certainty=0.85 if any(len(ways) > 1 for ways in run.read) else 1.0,
        evidence=f"UTF-8 read as {run.codec.name}",
        certified=data == after.encode("utf-8", "replace"),
    )


LATIN_PAIRS = re.compile("[\xa1-\xfe]{2,2000}")


def _gbk_as_latin(raw: str) -> Iterator[Edit]:
    """`¹¤×÷×Ü½á` becomes 工作总结; rows of one sign (××××, ····) and lists of letters stay."""
    found = [(m, _pairs(m[0])) for m in LATIN_PAIRS.finditer(raw)]
    han = [sum(c in _common() for c in after) for _, after in found]
    sure = sum(n for n in han if n >= 2) >= SURE
    for (m, after), n in zip(found, han, strict=True):
        if after and (sure or n >= 3 or (n == 2 and _is_word(after))):
            yield Edit(
                start=m.start(),
                end=m.end(),
                after=after,
                kind="wrong-charset",
                evidence="GBK read as cp1252",
                certified=after.encode("gbk").decode("latin-1") == m[0],
            )


def _pairs(chars: str) -> str:
    """The characters as pairs of GB 2312; empty where that gives anything but common ones, or the row is a table."""
    if len(chars) % 2 or (len(chars) > 2 and (len(set(chars)) < 3 or _is_table(chars))):
        return ""
    after = chars.encode("latin-1").decode("gbk", "ignore")
    return after if len(after) * 2 == len(chars) and all(map(_is_common, after)) else ""


def _is_word(text: str) -> bool:
    from docparse.text.evidence import is_word

    return is_word(text)


def _is_table(chars: str) -> bool:
    """Whether the characters stand in the order of their numbers, as in a table of a charset."""
    return all(a < b for a, b in pairwise(chars))
