"""Build weights.npz: how probable a character is behind another, and which strings are words.

usage: python models/characters/train.py [--counts counts.npz] [--output weights.npz] [--check]

Sources: counts.npz (count.py), the text of corpora/train, and jieba's dictionary with its frequencies (MIT licence).
P(b | a) = w P_text(b | a) + (1 - w) P_words(b | a), w = n(a) / (n(a) + TRUST). P_words is what the dictionary says:
inside a word from its pairs, across words as end(a) x start(b). Pairs that the last product says well enough are not
listed.
"""

from __future__ import annotations

import argparse
import math
import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from count import LEAST_THREES, Counts, count_text

from docparse.text.evidence import STEP

HERE = Path(__file__).parent
CORPORA = HERE.parents[1] / "corpora" / "train"
TRUST = 400.0
MARK_TRUST = 20.0  # the dictionary says nothing of marks
UNSEEN = 0.15  # of a character's pairs in the texts, for those that they do not show
DISCOUNT = 0.5
DISCOUNT_THREES = 0.7
LEAST_WORD = 3  # frequency in jieba's dictionary; below are the artefacts of damaged pages
LEAST_KEPT = 5  # of a word that is listed as one
LEAST_PAIR = 3
GAIN = 0.35  # a listed pair must differ by so much (natural logarithm) from end + start
# What damaged pages left in dictionaries: 艾滋病。 and 各省。 without bytes A1 A1.
ARTEFACTS = frozenset(["艾滋玻", "各剩"])
MARKS = "，。、；：？！（）“”‘’《》〈〉【】…—·\n"


class Dictionary(NamedTuple):
    """jieba's dictionary in characters, weighted by frequency."""

    inside: Counter[str]
    total: Counter[str]
    ends: Counter[str]
    starts: Counter[str]
    words: dict[str, int]


def read_dictionary() -> Dictionary:
    """jieba's words of known frequency, without the artefacts."""
    import jieba

    inside: Counter[str] = Counter()
    total: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    words: dict[str, int] = {}
    for line in jieba.get_dict_file():
        word, frequency, *_ = line.decode("utf-8").split()
        n = int(frequency)
        if n < LEAST_WORD or word in ARTEFACTS or not all("㐀" <= c <= "鿿" for c in word):
            continue
        if len(word) == 1 or (len(word) <= 4 and n >= LEAST_KEPT):
            words[word] = n
        starts[word[0]] += n
        ends[word[-1]] += n
        total.update(dict.fromkeys(word, 0))
        for c in word:
            total[c] += n
        for a, b in pairwise(word):
            inside[a + b] += n
    return Dictionary(inside, total, ends, starts, dict(sorted(words.items())))


def read_readings() -> np.ndarray:
    """Every reading of the characters of GBK, from pypinyin's table (MIT licence), as compressed lines."""
    from pypinyin.pinyin_dict import pinyin_dict

    lines: list[str] = []
    for code, readings in sorted(pinyin_dict.items()):
        try:
            chr(code).encode("gbk")
        except UnicodeEncodeError:
            continue
        lines.append(chr(code) + readings)
    return np.frombuffer(zlib.compress("\n".join(lines).encode("utf-8"), 9), np.uint8)


def read_counts(path: Path) -> Counts:
    """What count.py counted, with the texts of corpora/train."""
    own = Counts(Counter(), Counter(), Counter())
    for text in sorted(CORPORA.glob("*.txt")):
        count_text(text.read_text(encoding="utf-8"), own)
    with np.load(path, allow_pickle=False) as packed:
        pairs, threes = (strings(packed[name], width) for name, width in (("pairs", 2), ("threes", 3)))
        counts = Counts(
            Counter(dict(zip(pairs, packed["pair_counts"].tolist(), strict=True))),
            Counter(dict(zip(threes, packed["three_counts"].tolist(), strict=True))),
            Counter(dict(zip(pairs, packed["variety"].tolist(), strict=True))),
        )
    for total, added in zip(counts, own, strict=True):
        total.update(added)
    return counts


def strings(codes: np.ndarray, width: int) -> list[str]:
    """Strings of `width` characters packed one behind the other."""
    text = "".join(map(chr, codes.tolist()))
    return [text[i : i + width] for i in range(0, len(text), width)]


def build(counts: Counts, book: Dictionary) -> dict[str, np.ndarray]:
    """The arrays of weights.npz."""
    pairs = counts.pairs
    before: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    for pair, n in pairs.items():
        before[pair[0]] += n
        behind[pair[1]] += n
    mass = sum(behind.values())
    marks = sum(behind[m] for m in MARKS) / mass  # the dictionary has no marks: the texts say how frequent they are
    spoken = sum(book.starts.values())
    characters = sorted(set(before) | set(behind) | set(book.total) | set(MARKS))

    start: dict[str, float] = {}
    end: dict[str, float] = {}
    for c in characters:
        in_words = book.starts[c] / spoken * (1 - marks)
        in_text = behind[c] / mass
        start[c] = in_text + 1e-7 if not book.total[c] else 0.6 * in_words + 0.4 * in_text * 0.5 + 1e-9
        # A character inside words is followed by the rest of its word: the share of its times at a word's end.
        share = (book.ends[c] + 0.5) / (book.total[c] + 1.0) if book.total[c] else 1.0
        end[c] = max(share, 0.01)
    # What is left for a pair never seen: the more often the texts show a character, the less.
    weight = {c: before[c] / (before[c] + (TRUST if book.total[c] else MARK_TRUST)) for c in characters}
    left = {c: (1 - weight[c]) + weight[c] * UNSEEN for c in characters}
    kinds: Counter[str] = Counter()  # how many different pairs stand before any character, by the pair's last character
    for pair, n in counts.variety.items():
        kinds[pair[0]] += n
    listed: list[tuple[int, int, int]] = []
    marks_apart = {a + b for a in MARKS for b in MARKS}
    for pair in sorted(set(pairs) | marks_apart | {p for p, n in book.inside.items() if n >= LEAST_PAIR}):
        a, b = pair
        apart = end[a] * start[b] * (0.01 if pair in marks_apart else 1.0)
        inside = book.inside[pair] / book.total[a] if book.total[a] else 0.0
        seen = max(pairs[pair] - DISCOUNT, 0.0) / before[a] if before[a] else 0.0
        varied = max(counts.variety[pair] - DISCOUNT, 0.0) / kinds[a] if kinds[a] else 0.0
        p = weight[a] * seen + (1 - weight[a]) * inside + left[a] * apart
        q = weight[a] * varied + (1 - weight[a]) * inside + left[a] * apart
        unlisted = math.log(left[a] * end[a] * start[b])
        if max(abs(math.log(p) - unlisted), abs(math.log(q) - unlisted)) >= GAIN:
            listed.append((ord(a) << 16 | ord(b), packed_log(p), packed_log(q)))
    keys = np.array([k for k, *_ in listed], np.uint32)
    return {
        "gaps": np.diff(keys, prepend=np.uint32(0)),
        "values": np.array([v for _, v, _ in listed], np.uint8),
        "varied": np.array([v for *_, v in listed], np.uint8),
        "readings": read_readings(),
        **build_threes(counts, [k for k, *_ in listed]),
        "characters": np.array([ord(c) for c in characters], np.uint16),
        "end": np.array([math.log(left[c] * end[c]) for c in characters], np.float16),
        "start": np.array([math.log(start[c]) for c in characters], np.float16),
        "frequencies": np.array([round(-math.log(n / spoken) / STEP) for n in book.words.values()], np.uint8),
        "words": np.frombuffer(zlib.compress("\n".join(book.words).encode("utf-8"), 9), np.uint8),
    }


def packed_log(p: float) -> int:
    """A logarithm in steps, as a byte."""
    return min(255, round(-math.log(p) / STEP))


def build_threes(counts: Counts, keys: list[int]) -> dict[str, np.ndarray]:
    """Threes seen twice or more: log of their discounted share, and what that leaves for all others behind a pair."""
    number = {chr(k >> 16) + chr(k & 0xFFFF): i for i, k in enumerate(keys)}
    taken: Counter[str] = Counter()
    rows: list[tuple[int, int]] = []
    for three in sorted(counts.threes):
        pair, n = three[:2], counts.threes[three]
        if n < LEAST_THREES or pair not in number:
            continue
        share = (n - DISCOUNT_THREES) / counts.pairs[pair]
        taken[pair] += share  # type: ignore[assignment]
        rows.append((number[pair] << 16 | ord(three[2]), packed_log(share)))
    rows.sort()
    rest = np.zeros(len(keys), np.uint8)
    for pair, share in taken.items():
        rest[number[pair]] = packed_log(max(1 - share, 0.02))
    return {
        "three_gaps": np.diff(np.array([k for k, _ in rows], np.uint64), prepend=np.uint64(0)).astype(np.uint32),
        "three_values": np.array([v for _, v in rows], np.uint8),
        "rest": rest,
    }


def main() -> None:
    """Build, write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=Path, default=HERE / "counts.npz")
    parser.add_argument("--output", type=Path, default=HERE / "weights.npz")
    parser.add_argument("--check", action="store_true", help="build, and compare with the committed weights")
    arguments = parser.parse_args()
    arrays = build(read_counts(arguments.counts), read_dictionary())
    if arguments.check:
        with np.load(arguments.output, allow_pickle=False) as packed:
            same = all(np.array_equal(packed[name], arrays[name]) for name in arrays)
        print("the same" if same else "different")
        raise SystemExit(0 if same else 1)
    np.savez_compressed(arguments.output, **arrays)
    print(f"{len(arrays['values']):,} pairs, {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
