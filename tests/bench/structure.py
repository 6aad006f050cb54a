"""How well articles, headings, statements and furniture are found, and whether they survive lost and added line ends.

usage: python tests/bench/structure.py [FOLDER or NAME.gold.json ...] [--misses] [--variants]

Without arguments it reads corpora/test. Headings and statements count as found where their first and last visible
characters are the annotated ones; furniture is compared character by character. `--misses` lists what differs;
`--variants` parses each document again on one line, and wrapped at 40 characters, and compares with the document as
it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import docparse
from docparse.records import Document, Section

ROOT = Path(__file__).parents[2]
WRAP = 40
NEAR = 40  # characters by which an article's start may be off


class Outline(NamedTuple):
    """What structure says of a document, in offsets that count visible characters only."""

    articles: dict[int, str]
    headings: dict[tuple[int, int], tuple[int, str]]
    statements: set[tuple[int, int]]
    noise: set[int]


class Visible:
    """Offsets of a raw text as numbers of visible characters before them."""

    def __init__(self, raw: str) -> None:
        self.before = [0]
        for char in raw:
            self.before.append(self.before[-1] + (not char.isspace()))

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.before[start], self.before[end]


def found_outline(document: Document, raw: str) -> Outline:
    """The outline that docparse gives."""
    seen = Visible(raw)
    headings = {}
    for section in sections(document):
        headings[seen.span(*section.heading.raw_span)] = (section.level, section.role)
    noise: set[int] = set()
    statements = set()
    for statement in document.statements:
        span = seen.span(*statement.raw_span)
        if statement.label == "noise" and statement.article is None:
            noise.update(range(*span))
        else:
            statements.add(span)
    articles = {seen.before[a.raw_span.start]: a.kind for a in document.articles}
    return Outline(articles, headings, statements, noise)


def sections(document: Document) -> Iterator[Section]:
    waiting = [s for a in document.articles for s in a.sections]
    while waiting:
        section = waiting.pop()
        yield section
        waiting.extend(section.children)


def gold_outline(gold: dict[str, Any], raw: str) -> Outline:
    """The outline that the annotation gives."""
    seen = Visible(raw)
    headings = {seen.span(h["start"], h["end"]): (h["level"], h.get("role", "")) for h in gold["headings"]}
    noise: set[int] = set()
    statements = set()
    for item in gold["statements"]:
        span = seen.span(item["start"], item["end"])
        if item["label"] == "noise":
            noise.update(range(*span))
        else:
            statements.add(span)
    return Outline({seen.before[a["start"]]: a["kind"] for a in gold["articles"]}, headings, statements, noise)


def compare(want: Outline, have: Outline) -> Counter[str]:
    """Counts of what both have, and of what each has."""
    n: Counter[str] = Counter()
    free = set(have.articles)
    for start, kind in want.articles.items():
        near = min(free, key=lambda at: abs(at - start), default=None)
        if near is not None and abs(near - start) <= NEAR:
            free.discard(near)
            n["article hit"] += 1
            n["kind"] += have.articles[near] == kind
    for span, (level, role) in want.headings.items():
        if span in have.headings:
            n["heading hit"] += 1
            n["level"] += have.headings[span][0] == level
            if role:
                n["role gold"] += 1
                n["role"] += have.headings[span][1] == role
    for name in ("article", "heading", "statement"):
        n[f"{name} gold"] = len(getattr(want, name + "s"))
        n[f"{name} found"] = len(getattr(have, name + "s"))
    n["statement hit"] = len(want.statements & have.statements)
    n["noise hit"] = len(want.noise & have.noise)
    n["noise gold"], n["noise found"] = len(want.noise), len(have.noise)
    return n


def figures(n: Counter[str]) -> dict[str, float | None]:
    """F1 of articles, headings, statements and furniture; kind, level and role where the article or heading is hit."""

    def f1(name: str) -> float | None:
        both = n[f"{name} gold"] + n[f"{name} found"]
        return 2 * n[f"{name} hit"] / both if both else None

    def rate(hits: str, of: str) -> float | None:
        return n[hits] / n[of] if n[of] else None

    return {
        "articles": f1("article"),
        "kind": rate("kind", "article hit"),
        "headings": f1("heading"),
        "level": rate("level", "heading hit"),
        "role": rate("role", "role gold"),
        "statements": f1("statement"),
        "noise": f1("noise"),
    }


def show(name: str, values: dict[str, float | None]) -> None:
    cells = " ".join("    -" if v is None else f"{v:5.2f}" for v in values.values())
    print(f"{name[:34]:34} {cells}")


def show_misses(want: Outline, have: Outline, raw: str) -> None:
    """Print what only one side has, with its words."""
    letters = [c for c in raw if not c.isspace()]

    def words(span: tuple[int, int]) -> str:
        text = "".join(letters[span[0] : span[1]])
        return text if len(text) <= 60 else text[:40] + " … " + text[-12:]

    for start, kind in sorted(want.articles.items()):
        if not any(abs(start - at) <= NEAR for at in have.articles):
            print(f"    - article {kind}: {words((start, start + 24))}")
        elif have.articles.get(start, kind) != kind:
            print(f"    ~ article {kind}, not {have.articles[start]}: {words((start, start + 24))}")
    for start, kind in sorted(have.articles.items()):
        if not any(abs(start - at) <= NEAR for at in want.articles):
            print(f"    + article {kind}: {words((start, start + 24))}")
    for span in sorted(want.headings.keys() | have.headings.keys()):
        gold, found = want.headings.get(span), have.headings.get(span)
        if gold is None or found is None or gold[0] != found[0]:
            sign = "+" if gold is None else "-" if found is None else "~"
            level = f"{gold[0] if gold else ''}" + (
                f"≠{found[0]}" if gold and found else f"{found[0] if found else ''}"
            )
            print(f"    {sign} heading {level}: {words(span)}")
    for span in sorted(want.statements ^ have.statements):
        print(f"    {'-' if span in want.statements else '+'} statement: {words(span)}")
    for sign, marks in (("-", want.noise - have.noise), ("+", have.noise - want.noise)):
        for span in runs(marks):
            print(f"    {sign} noise: {words(span)}")


def runs(places: set[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as spans."""
    spans: list[tuple[int, int]] = []
    for place in sorted(places):
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans


def one_line(raw: str) -> str:
    """The text as pages have it that lost their line ends."""
    return "".join(line.strip() for line in raw.splitlines()) + "\n"


def one_line_with_blanks(raw: str) -> str:
    """The same, where a blank is left of each line end."""
    return " ".join(line.strip() for line in raw.splitlines() if line.strip()) + "\n"


def wrapped(raw: str) -> str:
    """The text as a PDF or a mail program prints it: no line longer than WRAP characters."""
    lines: list[str] = []
    for line in raw.splitlines():
        lines += [line[at : at + WRAP] for at in range(0, len(line), WRAP)] or [""]
    return "\n".join(lines) + "\n"


VARIANTS = {"one line": one_line, "blanks": one_line_with_blanks, "wrapped": wrapped}


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "corpora" / "test"])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--variants", action="store_true")
    options = parser.parse_args(argv)
    paths = [p for n in options.paths for p in (sorted(n.glob("*.gold.json")) if n.is_dir() else [n])]
    totals: dict[str, Counter[str]] = {name: Counter() for name in ("all", *VARIANTS)}
    print(f"{'':34} " + " ".join(f"{name[:5]:>5}" for name in figures(Counter())))
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        raw = path.with_name(gold["doc"]).read_text(encoding="utf-8")
        have = found_outline(docparse.parse_text(raw), raw)
        if options.variants:
            for name, change in VARIANTS.items():
                other = change(raw)
                again = found_outline(docparse.parse_text(other), other)
                n = compare(have, again)
                totals[name] += n
                show(f"{path.stem.removesuffix('.gold')}: {name}", figures(n))
                if options.misses:
                    show_misses(have, again, raw)
            continue
        want = gold_outline(gold, raw)
        n = compare(want, have)
        totals["all"] += n
        show(path.stem.removesuffix(".gold"), figures(n))
        if options.misses:
            show_misses(want, have, raw)
    for name in VARIANTS if options.variants else ["all"]:
        show(f"= {name}", figures(totals[name]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
