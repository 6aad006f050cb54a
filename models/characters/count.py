"""Count characters and pairs of characters in texts that nobody owns, and write counts.npz beside this file.

usage: python models/characters/count.py FILE_OR_FOLDER ... [--output PATH]

Only for texts without copyright (laws, regulations, reports and notices of state organs: Copyright Law of the PRC,
article 5). The texts themselves are not kept: how often 场 follows 市 is a fact. sources.tsv lists them by name and
SHA-256. They are counted as they were read: repair asks this very table, and official texts are hardly damaged.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np

from docparse.errors import DocparseError
from docparse.readers import read_path
from docparse.text.evidence import fold

HERE = Path(__file__).parent
LEAST = 1


def count_pairs(text: str) -> Counter[str]:
    """How often each pair of folded characters stands in `text`; runs of blanks count once."""
    folded = "\n" + fold(text) + "\n"
    squeezed = [c for i, c in enumerate(folded) if c != "\n" or folded[i - 1] != "\n" or i == 0]
    return Counter(a + b for a, b in pairwise(squeezed) if max(a, b) < "\U00010000")


def pack(pairs: Counter[str]) -> dict[str, np.ndarray]:
    """The counts as arrays: sorted keys (first << 16 | second) and numbers."""
    rows = sorted((ord(p[0]) << 16 | ord(p[1]), n) for p, n in pairs.items() if n >= LEAST)
    keys = np.array([k for k, _ in rows], np.uint32)
    return {"gaps": np.diff(keys, prepend=np.uint32(0)), "counts": np.array([n for _, n in rows], np.uint32)}


def main() -> None:
    """Read, count, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, default=HERE / "counts.npz")
    arguments = parser.parse_args()
    paths = [p for i in arguments.inputs for p in (sorted(i.rglob("*")) if i.is_dir() else [i]) if p.is_file()]
    pairs: Counter[str] = Counter()
    rows: list[str] = []
    for path in paths:
        try:
            text = read_path(path).raw
        except DocparseError as error:
            print(f"left out {path.name}: {error}")
            continue
        pairs.update(count_pairs(text))
        rows.append(f"{path.name}\t{hashlib.sha256(path.read_bytes()).hexdigest()}\t{len(text)}\n")
    np.savez_compressed(arguments.output, **pack(pairs))
    listing = "".join(["name\tsha256\tcharacters\n", *rows])
    (arguments.output.parent / "sources.tsv").write_text(listing, encoding="utf-8")
    print(f"{len(rows)} texts, {sum(pairs.values()):,} pairs, {len(pairs):,} different")


if __name__ == "__main__":
    main()
