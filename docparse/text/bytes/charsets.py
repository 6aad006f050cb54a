"""UTF-8 that was read with another codec, and GBK that was read as Latin-1, read again: the rule and what it believes.

Tried instead: ftfy. It knows single-byte codecs only, judges a whole line, and its other repairs fold Chinese marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise, product
from math import prod
from typing import NamedTuple

from docparse.text.bytes.misread import LOST, MARKS, Codec, Run, common, foreign, is_common, load_codecs, openers, walk
from docparse.text.edits import Edit, align, spread

# GBK reads their first two bytes as 鈥 and 锘, which no text of today has.
SURE_STARTS = frozenset("\ufeff“”‘’—…•–")
MOST_CHOICES = 600
MOST_CHOICES_A_TEXT = 400_000  # some 5 s; a gap has 160 on average, a report of 50,000 characters 500 gaps
MARGIN = 3.0  # natural logarithms between the best and the next way to fill a gap
WORDLESS_MARGIN = 5.0  # the same where no word takes the filling in
WORD_BONUS = 3.0  # for each character beyond the first of a word that a filling makes
SURE = 8  # common characters after which a page is known to have been read with a codec
AROUND = 3  # characters on each side of a gap that are asked


def _count_choices(run: Run) -> int:
    """How many ways to fill its gaps a run asks to be weighed."""
    found = 0
    for is_gap, group in groupby(run.read, key=lambda ways: len(ways) > 1):
        choices = prod(len(ways) for ways in group)
        found += choices if is_gap and choices <= MOST_CHOICES else 0
    return found


def _filled(run: Run, raw: str, fill: bool) -> str:
    """The run's text; a gap is filled where one character fits and `fill` is set, and U+FFFD elsewhere."""
    if not fill:
        return "".join(ways[0] if len(ways) == 1 else "\ufffd" for ways in run.read)
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
    plain = [(_threes_log(before[-2:] + "".join(way) + after[:2]), way) for way in product(*gaps)]
    least = max(plain)[0] - 3 * WORD_BONUS - WORDLESS_MARGIN  # below it no word helps
    scored = []
    for score, way in plain:
        if score >= least:
            words = _words_across(before + "".join(way) + after, len(before), len(before) + len(way))
            scored.append((score + WORD_BONUS * words, words, way))
    best = max(scored)
    margin = MARGIN if best[1] else WORDLESS_MARGIN
    likely = [way for score, _, way in scored if score > best[0] - margin]
    return "".join(c if all(way[i] == c for way in likely) else "\ufffd" for i, c in enumerate(best[2]))


def _threes_log(text: str) -> float:
    """The sum of log P over the threes of a text."""
    from docparse.text.evidence import fold, three_log

    folded = fold(text)
    return sum(three_log(*folded[i : i + 3]) for i in range(len(folded) - 2))


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
    han = sum(c in common() for c in known)
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

    return is_word("".join(ways[0] for ways in run.read if len(ways) == 1 and ways[0] in common()))


def _runs(text: str, codec: Codec) -> list[Run]:
    """The stretches that `codec` explains, in order."""
    groups: list[list[Run]] = []
    at = 0
    while m := codec.starts.search(text, at):
        run = walk(text, m.start(), codec)
        at = max(run.end, m.start() + 1)
        if not run.read:
            continue
        between = text[groups[-1][-1].end : run.start] if groups else "\n"
        if len(between) <= 40 and "\n" not in between and between.strip(LOST).isascii():
            groups[-1].append(run)
        else:
            groups.append([run])
    judged = [(group, _believed(group)) for group in groups]
    sure = _weigh(run for group, believed in judged if believed for run in group).han >= SURE
    return [run for group, believed in judged for run in group if believed or (sure and _fits(run))]


def undo_wrong_charset(raw: str) -> Iterator[Edit]:
    """`宸ヤ綔鎬荤粨` `å·¥ä½œæ€»ç»“` `еЈ•дљЬ…` become 工作总结 again: UTF-8 that was read with another codec.

    Cause: a page without a charset, or with the wrong one. Cure: the stretch is encoded with that codec and decoded as
    UTF-8; certified where this gives back the raw characters. Each stretch is judged for itself, for pages are put
    together from parts. A character of which bytes are lost becomes U+FFFD unless one character fits there. The
    reverse, GBK read as Latin-1 (`¹¤×÷×Ü½á`), is read again in the same way. Left alone: what gives fewer than two or
    three common characters in a row (卤, 脳, 路, 聽 are Chinese too), words of living languages, tables of characters.
    """
    if raw.isascii():
        return
    wide = openers(wide=True).search(raw) is not None
    single = openers(wide=False).search(raw) is not None and foreign().search(raw) is not None
    codecs = load_codecs() if wide or single else ()
    found = [_runs(raw, codec) for codec in codecs if (wide if codec.wide else single)]
    # Codecs that differ in few characters explain the same stretches: the one that explains most goes first.
    found.sort(key=lambda runs: -_weigh(runs).han)
    whole = {runs[0].codec.name: not any(run.silent for run in runs) for runs in found if runs}
    taken = bytearray(len(raw)) if any(found) else bytearray()
    weighed = 0
    for run in (run for runs in found for run in runs):
        if taken.find(1, run.start, run.end) < 0:
            taken[run.start : run.end] = b"\1" * (run.end - run.start)
            weighed += _count_choices(run)
            yield _edit(raw, run, whole[run.codec.name], fill=weighed <= MOST_CHOICES_A_TEXT)
    if all(run.codec.wide for runs in found for run in runs):  # its turn comes in the next round
        yield from _gbk_as_latin(raw)


def _edit(raw: str, run: Run, whole: bool, *, fill: bool) -> Edit:
    """The edit for a run; `whole`: nowhere did bytes vanish without a mark, so that the bytes read one way only."""
    after = _filled(run, raw, fill).replace("\ufeff", "")
    pieces = [run.codec.data.get(c, b"\xff") for c in raw[run.start : run.end]]
    data = b"".join(pieces).replace(BOM, b"")
    return Edit(
        start=run.start,
        end=run.end,
        after=after,
        inside=align([len(c.encode()) for c in after], [len(p) for p in pieces])
        if data == after.encode("utf-8", "replace")
        else spread(len(after), run.end - run.start),
        kind="wrong-charset",
        certainty=0.85 if any(len(ways) > 1 for ways in run.read) else 1.0,
        evidence=f"UTF-8 read as {run.codec.name}",
        certified=whole
        and data == after.encode("utf-8", "replace")
        and all(c.isascii() or is_common(c) for c in after),
    )


BOM = b"\xef\xbb\xbf"
LATIN_PAIRS = re.compile("[\xa1-\xfe]{2,2000}")
LATIN_LINE = re.compile(r"[^\x00-\x7f](?:.{0,2000}[^\x00-\x7f])?[@-~]?")


def _gbk_as_latin(raw: str) -> Iterator[Edit]:
    """`¹¤×÷×Ü½á` becomes 工作总结; rows of one sign (××××, ····) and lists of letters stay."""
    found = [(m.start(), m.end(), _pairs(m[0])) for m in LATIN_PAIRS.finditer(raw)]
    han = [sum(c in common() for c in after) for _, _, after in found]
    sure = max(han, default=0) >= 3 and sum(n for n in han if n >= 2) >= SURE // 2
    done = 0
    for (start, end, after), n in zip(found, han, strict=True):
        if start < done:
            continue
        if sure:  # the whole line at once: pairs may end with a letter
            start, end, after = _line(raw, max(done, raw.rfind("\n", 0, start) + 1)) or (start, end, after)
        if after and (sure or n >= 3 or (n == 2 and _is_word(after))):
            done = end
            yield Edit(
                start=start,
                end=end,
                after=after,
                kind="wrong-charset",
                evidence="GBK read as cp1252",
                inside=align([len(c.encode("gbk", "replace")) for c in after], [1] * (end - start)),
                certified=_as_bytes(raw[start:end]) == after.encode("gbk"),
            )


def _as_bytes(chars: str) -> bytes:
    """The bytes that cp1252 read, or Latin-1; empty where it cannot have read them."""
    data = next(codec.data for codec in load_codecs() if codec.name == "cp1252")
    found = [data.get(c, b"") if c > "\x7f" else c.encode() for c in chars]
    return b"".join(found) if all(found) else b""


def _line(raw: str, start: int) -> tuple[int, int, str] | None:
    """The line from `start` on as GBK, without ASCII at its ends; None where it gives rare characters."""
    line = LATIN_LINE.search(raw, start)
    data = _as_bytes(line[0]) if line else b""
    after = data.decode("gbk", "replace")
    if line is None or not after or not all(c.isascii() or is_common(c) for c in after):
        return None
    return line.start(), line.end(), after


def _pairs(chars: str) -> str:
    """The characters as pairs of GB 2312; empty where that gives anything but common ones, or the row is a table."""
    if len(chars) % 2 or (len(chars) > 2 and (len(set(chars)) < 3 or _is_table(chars))):
        return ""
    after = chars.encode("latin-1").decode("gbk", "ignore")
    return after if len(after) * 2 == len(chars) and all(map(is_common, after)) else ""


def _is_word(text: str) -> bool:
    from docparse.text.evidence import is_word

    return is_word(text)


def _is_table(chars: str) -> bool:
    """Whether the characters stand in the order of their numbers, as in a table of a charset."""
    return all(a < b for a, b in pairwise(chars))
