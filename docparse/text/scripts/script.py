"""Script: what each passage is written in, and traditional to simplified with the map kept (OpenCC)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from docparse.lexicon import load_toml
from docparse.options import Wording
from docparse.records import Record, Script
from docparse.text.edits import OffsetMap
from docparse.text.scripts.variants import Variant, convert, inverse_of, mirror_variant, simplify

if TYPE_CHECKING:
    import numpy as np

# Shares of traditional-only characters among those that exist in one script only. Simplified government reports show
# 0.0000 to 0.0003, mirrored traditional pages 0.99 and more (their 里 后 范 干 are not counted).
MOSTLY = 0.85
HARDLY = 0.06
# Fewer traditional characters than this in a simplified passage are names and quotations (瞭望, 乾隆).
FEWEST = 3
# Fewer simplified characters than this between traditional lines are a button or a name, and go with their neighbours.
FEWEST_SIMPLIFIED = 6
# A passage with fewer traditional characters cannot tell how it was made; such passages are asked together.
SHORTEST_TELLING = 20
MOST_POOLED = 200
# A line longer than this is a page that lost its line ends; it is divided behind its sentences.
LONGEST_LINE = 400
# No phrase of OpenCC's tables is longer.
LONGEST_PHRASE = 16
HAN = re.compile("[一-鿿]")
RARE_HAN = re.compile("[㐀-䶿]")
_HANZI = [chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
SENTENCE_END = re.compile("[。！？；]")


class Passage(Record, frozen=True, kw_only=True):
    """`text[start:end]`, written in one script.

    `simplified` and `traditional` count the characters that exist in one script only, but for a few words of the other
    script that went with their neighbours. `variant` tells how a traditional
    passage was made, or is None.
    """

    start: int
    end: int
    script: Script
    variant: Variant | None
    simplified: int
    traditional: int


def _each(name: str) -> list[str]:
    """Every hanzi of the basic plane as OpenCC's configuration `name` writes it alone."""
    return convert(name, "\n".join(_HANZI)).split("\n")


@cache
def _traditional() -> Any:
    """For each code point below 65536: 2 where the character exists in traditional only, else 0 (15 ms)."""
    import numpy as np

    table = np.zeros(0x10000, dtype=np.uint8)
    for c, plain, plain_hk in zip(_HANZI, _each("t2s"), _each("hk2s"), strict=True):
        if c != plain or c != plain_hk:
            table[ord(c)] = 2
    return table


@cache
def _letters() -> Any:
    """`_traditional`, 1 where the character is simplified only, 4 at a line end. OpenCC's phrases take 100 ms."""
    table = _traditional().copy()
    table[ord("\n")] = 4
    both = load_toml("script")["both"]
    for c, *written in zip(_HANZI, _each("s2t"), _each("s2tw"), _each("s2hk"), strict=True):
        if not table[ord(c)] and c not in written and c not in both:
            table[ord(c)] = 1
    return table


def _look_up(text: str, table: Any) -> np.ndarray[Any, Any]:
    """What the table says of each character of the text."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    found: np.ndarray[Any, Any] = table[np.minimum(codes, 0xFFFF)]
    return found


def _is_plain(text: str) -> bool:
    """Whether no character exists in traditional only, as on nearly every simplified page: nothing is to be counted."""
    return not _look_up(text, _traditional()).any()


def detect_script(text: str) -> Script:
    """hans, hant, mixed or none, from the share of characters that exist in one script only."""
    import numpy as np

    if _is_plain(text) and not RARE_HAN.search(text):
        return "hans" if HAN.search(text) else "none"
    counts = np.bincount(_look_up(text, _letters()), minlength=3)
    script = _script_of(int(counts[1]), int(counts[2]))
    return "hans" if script == "none" and HAN.search(text) else script


def _script_of(simplified: int, traditional: int) -> Script:
    if not traditional:
        return "hans" if simplified else "none"
    share = traditional / (traditional + simplified)
    if share >= MOSTLY:
        return "hant"
    return "hans" if share <= HARDLY or traditional < FEWEST else "mixed"


def find_passages(text: str) -> tuple[Passage, ...]:
    """The passages that tile the text, each in one script; borders are line ends.

    Pages are assembled from pages, so a mirror's section may stand beside a simplified one. Lines that do not tell, and
    a few simplified words among traditional lines, go with their neighbours; what a mechanical table left unconverted
    (里 后 范 干) exists in both scripts and does not count. A line of more than 400 characters is divided behind its
    sentences.
    """
    if not text:
        return ()
    import numpy as np

    marks = _look_up(text, _letters())
    counts = np.bincount(marks, minlength=3)
    if not counts[2] or not counts[1]:
        units = [(len(text), int(counts[1]), int(counts[2]))]
    else:
        ends = _unit_ends(text, marks)
        starts = [0, *ends[:-1]]
        simplified = np.add.reduceat(marks == 1, starts, dtype=np.int64).tolist()
        traditional = np.add.reduceat(marks == 2, starts, dtype=np.int64).tolist()
        units = list(zip(ends, simplified, traditional, strict=True))
    return tuple(_passages(text, _joined(units)))


def _unit_ends(text: str, marks: np.ndarray[Any, Any]) -> list[int]:
    """Where lines end, and sentences in long lines."""
    import numpy as np

    ends: list[int] = (np.flatnonzero(marks == 4) + 1).tolist()
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    gaps = np.flatnonzero(np.diff(ends, prepend=0) > LONGEST_LINE).tolist()
    if not gaps:
        return ends
    more = {m.end() for i in gaps for m in SENTENCE_END.finditer(text, ends[i - 1] if i else 0, ends[i])}
    return sorted(more.union(ends))


# end, simplified, traditional
Unit = tuple[int, int, int]


def _joined(units: list[Unit]) -> list[Unit]:
    """Neighbouring units of one script as one; undecided and slight ones go with the unit before them."""
    runs: list[Unit] = []
    scripts: list[Script] = []
    for end, simplified, traditional in units:
        script = _script_of(simplified, traditional)
        if runs and (script in ("none", scripts[-1]) or scripts[-1] == "none"):
            _, s, t = runs[-1]
            runs[-1] = (end, s + simplified, t + traditional)
            scripts[-1] = scripts[-1] if script == "none" else script
        else:
            runs.append((end, simplified, traditional))
            scripts.append(script)
    return runs


def _goes_with(neighbour: Script, script: Script, simplified: int, traditional: int) -> bool:
    """Whether a run is too slight to stand beside its neighbour, or one of its lines that was converted half."""
    if neighbour == "hant" and script == "mixed":
        return traditional >= simplified
    return traditional < FEWEST and (script != "hans" or simplified < FEWEST_SIMPLIFIED)


def _passages(text: str, runs: list[Unit]) -> Iterator[Passage]:
    """The runs as passages: slight ones join the run before them, then neighbours of one script join."""
    merged: list[Unit] = []
    for end, simplified, traditional in runs:
        script = _script_of(simplified, traditional)
        if merged:
            _, s, t = merged[-1]
            before = _script_of(s, t)
            if before == script:
                merged[-1] = (end, s + simplified, t + traditional)
                continue
            if _goes_with(before, script, simplified, traditional):
                merged[-1] = (end, s, t)
                continue
            if _goes_with(script, before, s, t):
                merged[-1] = (end, simplified, traditional)
                continue
        merged.append((end, simplified, traditional))
    starts = [0, *(end for end, _, _ in merged)]
    scripts = [_script_of(s, t) for _, s, t in merged]
    short = [
        (start, end)
        for start, (end, _, t), script in zip(starts, merged, scripts, strict=False)
        if script == "hant" and t < SHORTEST_TELLING
    ]
    together = mirror_variant("".join(text[a:b] for a, b in short[:MOST_POOLED])) if short else None
    for start, (end, simplified, traditional), script in zip(starts, merged, scripts, strict=False):
        variant = None
        if script == "hant":
            variant = mirror_variant(text[start:end]) if traditional >= SHORTEST_TELLING else together
        yield Passage(
            start=start,
            end=end,
            script="hans" if script == "none" and HAN.search(text, start, end) else script,
            variant=variant,
            simplified=simplified,
            traditional=traditional,
        )


def simplified_view(text: str) -> str:
    """The text in simplified characters, one for one: for rules that look, with offsets of `text`."""
    converted = convert("t2s", text)
    return converted if len(converted) == len(text) else _one_for_one(text)


def _one_for_one(text: str) -> str:
    return "".join(after if len(after) == 1 else c for c, after in ((c, convert("t2s", c)) for c in text))


def to_traditional(text: str) -> str:
    """The text in traditional characters, for what a repair puts into a traditional page."""
    return convert("s2t", text)


def to_simplified(text: str, *, wording: Wording = "as-written") -> tuple[str, OffsetMap]:
    """The text in simplified characters and the map back to `text`.

    Each passage is converted by the inverse of the table that made it; simplified passages are not touched, so that
    瞭望 and names keep their characters. Taiwan's and Hong Kong's words stay as written (網路 becomes 网路) unless
    `wording` is "mainland": then Taiwan's become the mainland's in passages that are worded in its way. A phrase may
    change its length; the map keeps such a phrase as one piece.
    """
    if _is_plain(text):
        return text, OffsetMap.identity(len(text))
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    for passage in find_passages(text):
        before = text[passage.start : passage.end]
        if passage.script in ("hans", "none"):
            parts.append(before)
            pieces.append((len(before), passage.start, passage.end))
            continue
        for after, start, end in _converted(before, passage.variant, wording):
            parts.append(after)
            pieces.append((len(after), passage.start + start, passage.start + end))
    return "".join(parts), OffsetMap(_whole(pieces), len(text))


def _whole(pieces: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring pieces that map character by character, as one."""
    length = start = end = 0
    for n, first, last in pieces:
        if n == last - first and length == end - start and first == end:
            length, end = length + n, last
            continue
        yield length, start, end
        length, start, end = n, first, last
    yield length, start, end


def _converted(before: str, variant: Variant | None, wording: Wording) -> Iterator[tuple[str, int, int]]:
    """Pieces (converted, start, end in before) of one passage."""
    name = inverse_of(variant, before, wording)
    after = simplify(before, name, variant)
    by_words = name.endswith("p")
    if not by_words and len(after) == len(before) and _line_ends(after) == _line_ends(before):
        # One to one, as nearly always; line ends would have moved had one phrase grown and another shrunk.
        yield after, 0, len(before)
        return
    at = 0
    for line in before.splitlines(keepends=True):
        like = simplify(line, name.removesuffix("p"))
        like = like if len(like) == len(line) else _one_for_one(line)
        for piece, start, end in _aligned(like, simplify(line, name, variant)):
            yield piece, at + start, at + end
        at += len(line)


def _line_ends(text: str) -> list[int]:
    return [len(line) for line in text.split("\n")]


def _aligned(like: str, after: str) -> Iterator[tuple[str, int, int]]:
    """Pieces (converted, start, end) for one line, from its one-to-one conversion and its conversion by phrases.

    One walk along both: where they part, the nearest place is sought where three characters agree again.
    """
    i = j = 0
    while i < len(like) and j < len(after):
        head = i
        while i < len(like) and j < len(after) and like[i] == after[j]:
            i, j = i + 1, j + 1
        if i > head:
            yield like[head:i], head, i
        if i == len(like) and j == len(after):
            return
        step, stride = _rejoin(like, i, after, j)
        yield after[j : j + stride], i, i + step
        i, j = i + step, j + stride
    if i < len(like) or j < len(after):
        yield after[j:], i, len(like)


def _rejoin(like: str, i: int, after: str, j: int) -> tuple[int, int]:
    """How many characters of each the phrase takes; all that is left where they do not meet again."""
    for total in range(1, 2 * LONGEST_PHRASE):
        for step in range(max(0, total - LONGEST_PHRASE), min(total, LONGEST_PHRASE) + 1):
            a, b = i + step, j + total - step
            if a <= len(like) and b <= len(after) and like[a : a + 3] == after[b : b + 3]:
                return step, total - step
    return len(like) - i, len(after) - j
