"""Build weights.npz: how probable a character is behind another, and which strings are words.

usage: python models/characters/train.py [--counts counts.npz] [--output weights.npz] [--check]

Sources: counts.npz (count.py), the text of corpora/train, and jieba's dictionary with its frequencies (MIT licence).
P(b | a) = w P_text(b | a) + (1 - w) P_words(b | a), w = n(a) / (n(a) + TRUST). P_words is what the dictionary says: inside
a word from its pairs, across words as end(a) x start(b). Pairs that the last product says well enough are not listed.
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

from docparse.text.evidence import STEP, fold

HERE = Path(__file__).parent
CORPORA = HERE.parents[1] / "corpora" / "train"
TRUST = 400.0
MARK_TRUST = 20.0  # the dictionary says nothing of marks
UNSEEN = 0.15  # of a character's pairs in the texts, for those that they do not show
DISCOUNT = 0.5
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


def read_counts(path: Path) -> Counter[str]:
    """Pairs counted by count.py, with those of corpora/train."""
    from count import count_pairs

    with np.load(path, allow_pickle=False) as packed:
        keys = np.cumsum(packed["gaps"].astype(np.uint64))
        pairs = Counter({chr(int(k) >> 16) + chr(int(k) & 0xFFFF): int(n) for k, n in zip(keys, packed["counts"], strict=True)})
    for text in sorted(CORPORA.glob("*.txt")):
        pairs.update(count_pairs(fold(text.read_text(encoding="utf-8"))))
    return pairs


def build(pairs: Counter[str], book: Dictionary) -> dict[str, np.ndarray]:
    """The arrays of weights.npz."""
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
    listed: list[tuple[int, int]] = []
    marks_apart = {a + b for a in MARKS for b in MARKS}
    for pair in sorted(set(pairs) | marks_apart | {p for p, n in book.inside.items() if n >= LEAST_PAIR}):
        a, b = pair
        apart = end[a] * start[b] * (0.01 if pair in marks_apart else 1.0)
        inside = book.inside[pair] / book.total[a] if book.total[a] else 0.0
        seen = max(pairs[pair] - DISCOUNT, 0.0) / before[a] if before[a] else 0.0
        p = weight[a] * seen + (1 - weight[a]) * inside + left[a] * apart
        if abs(math.log(p) - math.log(left[a] * end[a] * start[b])) >= GAIN:
            listed.append((ord(a) << 16 | ord(b), min(255, round(-math.log(p) / STEP))))
    keys = np.array([k for k, _ in listed], np.uint32)
    return {
        "gaps": np.diff(keys, prepend=np.uint32(0)),
        "values": np.array([v for _, v in listed], np.uint8),
        "characters": np.array([ord(c) for c in characters], np.uint16),
        "end": np.array([math.log(left[c] * end[c]) for c in characters], np.float16),
        "start": np.array([math.log(start[c]) for c in characters], np.float16),
        "frequencies": np.array([round(-math.log(n / spoken) / STEP) for n in book.words.values()], np.uint8),
        "words": np.frombuffer(zlib.compress("\n".join(book.words).encode("utf-8"), 9), np.uint8),
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
