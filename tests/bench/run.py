"""Characters a second of CPU for each stage and for the whole, with a peer in the same run.

usage: python tests/bench/run.py [FILE ...] [--rounds N] [--no-peer]

Without files it reads the text samples and the annotated corpora of this repository. The peer is JioNLP's time and
money extraction (`pip install 'docparse[bench]'`); absolute speeds drift from machine to machine, ratios hold.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docparse.assembly import Places
from docparse.claims.classifier import label_units, load_weights
from docparse.claims.mentions import find_mentions
from docparse.claims.table_cells import read_table_cells
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.times import find_time_mentions
from docparse.linking import Read, link_claims
from docparse.options import DEFAULT_OPTIONS
from docparse.pipeline import run_stages
from docparse.readers import read_bytes
from docparse.records import Layout
from docparse.structure import split_structure
from docparse.text.repair import Clean, repair_text
from docparse.wire import to_json

ROOT = Path(__file__).parents[2]


def cpu_seconds(work: Callable[[], object], rounds: int) -> float:
    """The least CPU time of `rounds` runs, after one that warms up."""
    work()
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def peer_work(texts: Sequence[str]) -> Callable[[], object] | None:
    """JioNLP's two extractors over the same texts, or None where it is not installed."""
    try:
        import jionlp
    except ImportError:
        return None

    def work() -> None:
        for text in texts:
            for line in text.splitlines():
                if line.strip():
                    jionlp.ner.extract_time(line)
                    jionlp.ner.extract_money(line)

    return work


def read_mentions(clean: Clean, layout: Layout) -> Read:
    """What the stages before the claims found in one document."""
    places = Places(clean.text, clean.map, clean.blocks, layout)
    senses = read_table_cells(clean.text, layout)
    times, quantities = find_mentions(clean.text, senses)
    held_times = [(m, h) for m in times if (h := places.holder(m.span))]
    held_quantities = [(m, h) for m in quantities if (h := places.holder(m.span))]
    return Read(clean.text, layout, places, senses, held_times, held_quantities)


def stages(data: Sequence[bytes]) -> dict[str, Callable[[], object]]:
    """One piece of work for each stage, over all documents."""
    readings = [read_bytes(d) for d in data]
    cleans = [repair_text(r) for r in readings]
    layouts = [split_structure(c.text, c.blocks) for c in cleans]
    counts = [([0] * len(x.units), [0] * len(x.units)) for x in layouts]
    reads = [read_mentions(c, x) for c, x in zip(cleans, layouts, strict=True)]
    documents = [run_stages(r, DEFAULT_OPTIONS).document for r in readings]

    def each(function: Callable[..., Any], *columns: Sequence[Any]) -> Callable[[], object]:
        return lambda: [function(*row) for row in zip(*columns, strict=True)]

    texts = [c.text for c in cleans]
    return {
        "read": each(read_bytes, data),
        "repair and script": each(repair_text, readings),
        "structure": each(split_structure, texts, [c.blocks for c in cleans]),
        "times": each(find_time_mentions, texts),
        "quantities": each(find_quantity_mentions, texts),
        "classifier": each(label_units, texts, layouts, [c[0] for c in counts], [c[1] for c in counts]),
        "classifier, links, claims": each(lambda r: link_claims(r, None, minguo=False, min_confidence=0.0), reads),
        "json": each(to_json, documents),
        "whole": lambda: [to_json(run_stages(read_bytes(d), DEFAULT_OPTIONS).document) for d in data],
    }


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Characters a second of CPU, stage by stage.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true")
    chosen = parser.parse_args(argv)
    files = chosen.files or sorted([*(ROOT / "corpora").glob("*/*.txt"), *(ROOT / "corpora/samples/txt").glob("*.txt")])
    data = [path.read_bytes() for path in files]
    texts = [read_bytes(d).raw for d in data]
    characters = sum(map(len, texts))
    load_weights()
    print(f"{len(files)} documents, {characters} characters, best of {chosen.rounds}")
    print(f"{'stage':26} {'chars/s':>12} {'share':>7}")
    seconds = {name: cpu_seconds(work, chosen.rounds) for name, work in stages(data).items()}
    for name, spent in seconds.items():
        print(f"{name:26} {characters / max(spent, 1e-9):12,.0f} {spent / seconds['whole']:7.1%}")
    peer = None if chosen.no_peer else peer_work(texts)
    if peer is None:
        print("peer: not installed or not asked for (pip install 'docparse[bench]')")
        return 0
    spent = cpu_seconds(peer, 1)
    ours = seconds["times"] + seconds["quantities"]
    print(f"{'JioNLP time, money':26} {characters / spent:12,.0f}")
    print(f"times + quantities are {spent / ours:.1f} times as fast as JioNLP's time and money extraction")
    print(f"the whole of docparse is {spent / seconds['whole']:.1f} times as fast")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
