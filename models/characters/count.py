"""Count pairs and threes of characters in texts that nobody owns, and write counts.npz beside this file.

usage: python models/characters/count.py FILE_OR_FOLDER ... [--output PATH]

Only for texts without copyright (laws, regulations, reports and notices of state organs: Copyright Law of the PRC,
article 5). The texts themselves are not kept: how often 场 follows 市 is a fact. sources.tsv lists them by name and
SHA-256. They are counted as they were read: repair asks this very table, and official texts are hardly damaged.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from docparse.errors import DocparseError
from docparse.readers import read_path
from docparse.text.evidence import fold

HERE = Path(__file__).parent
LEAST_THREES = 2


class Counts(NamedTuple):
    """How often pairs and threes of folded characters stand in texts; behind how many characters a pair does."""

    pairs: Counter[str]
    threes: Counter[str]
    variety: Counter[str]


def count_text(text: str, counts: Counts) -> None:
    """Add what stands in `text`; runs of blanks count once."""
    folded = "\n" + fold(text) + "\n"
    folded = re.sub("\n+", "\n", "".join(c for c in folded if c < "\U00010000"))
    counts.pairs.update(a + b for a, b in pairwise(folded))
    for three in (folded[i : i + 3] for i in range(len(folded) - 2)):
        if three not in counts.threes:
            counts.variety[three[1:]] += 1
        counts.threes[three] += 1


def pack(counts: Counts) -> dict[str, np.ndarray]:
    """The counts as arrays: strings one behind the other, sorted, and numbers. Threes that stand once are left out."""
    pairs = sorted(counts.pairs)
    threes = sorted(t for t, n in counts.threes.items() if n >= LEAST_THREES)
    return {
        "pairs": np.array([ord(c) for p in pairs for c in p], np.uint16),
        "pair_counts": np.array([counts.pairs[p] for p in pairs], np.uint32),
        "variety": np.array([counts.variety[p] for p in pairs], np.uint16),
        "threes": np.array([ord(c) for t in threes for c in t], np.uint16),
        "three_counts": np.array([counts.threes[t] for t in threes], np.uint32),
    }


def main() -> None:
    """Read, count, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, default=HERE / "counts.npz")
    arguments = parser.parse_args()
    paths = [p for i in arguments.inputs for p in (sorted(i.rglob("*")) if i.is_dir() else [i]) if p.is_file()]
    counts = Counts(Counter(), Counter(), Counter())
    rows: list[str] = []
    for path in paths:
        try:
            text = read_path(path).raw
        except DocparseError as error:
            print(f"left out {path.name}: {error}")
            continue
        count_text(text, counts)
        rows.append(f"{path.name}\t{hashlib.sha256(path.read_bytes()).hexdigest()}\t{len(text)}\n")
    np.savez_compressed(arguments.output, **pack(counts))
    listing = "".join(["name\tsha256\tcharacters\n", *rows])
    (arguments.output.parent / "sources.tsv").write_text(listing, encoding="utf-8")
    print(f"{len(rows)} texts, {sum(counts.pairs.values()):,} pairs, {len(counts.pairs):,} different")


if __name__ == "__main__":
    main()
