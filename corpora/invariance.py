"""Does a document mean the same in every format? `python corpora/invariance.py [--list]` compares the samples.

Each sample stands in `samples/FORMAT/NAME.FORMAT`. What its text file gives is compared with what every other format
gives: articles (kind and title), headings (level, marker and title), goals (kind and text), deadlines (text and value)
and targets (metric, text, bounds, unit and the value of the deadline). Agreement is the share of cases that both have,
among the cases that either has. White space inside a text is not compared: a format may wrap its lines.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from docparse import parse
from docparse.errors import DocparseError
from docparse.records import Document, Section

SAMPLES = Path(__file__).parent / "samples"
REFERENCE = "txt"
FORMATS = ("html", "docx", "doc", "rtf", "odt", "pdf")
KINDS = ("articles", "headings", "goals", "deadlines", "targets")
Case = tuple[str, ...]


def read_cases(document: Document) -> dict[str, Counter[Case]]:
    """What a document says, by kind, as tuples of text that do not depend on places or ids."""
    values = {deadline.id: deadline.value for deadline in document.deadlines}
    return {
        "articles": _count((one.kind, one.title or "") for one in document.articles),
        "headings": _count(
            (str(level), section.marker or "", section.title)
            for article in document.articles
            for level, section in _sections(article.sections)
        ),
        "goals": _count((one.kind, one.text) for one in document.goals),
        "deadlines": _count((one.text, one.value) for one in document.deadlines),
        "targets": _count(
            (
                one.metric or "",
                one.text,
                str(one.low),
                str(one.high),
                one.unit or "",
                values.get(one.deadline or "", ""),
            )
            for one in document.targets
        ),
    }


def _count(cases: Iterable[Case]) -> Counter[Case]:
    return Counter(tuple("".join(part.split()) for part in case) for case in cases)


def _sections(sections: tuple[Section, ...]) -> Iterator[tuple[int, Section]]:
    waiting = [(1, section) for section in reversed(sections)]
    while waiting:
        level, section = waiting.pop()
        yield level, section
        waiting.extend((level + 1, child) for child in reversed(section.children))


def compare(name: str, form: str, wanted: dict[str, Counter[Case]]) -> dict[str, tuple[Counter[Case], Counter[Case]]]:
    """What one sample in one format lacks and has too much, by kind. Raises: DocparseError where it cannot be read."""
    found = read_cases(parse(SAMPLES / form / f"{name}.{form}"))
    return {kind: (wanted[kind] - found[kind], found[kind] - wanted[kind]) for kind in KINDS}


def agreement(form: str, *, listed: bool = False) -> dict[str, tuple[int, int]]:
    """Cases that agree, and cases in all, by kind, over all samples in a format. Prints the rest where `listed`.

    Raises:
        DocparseError: a sample cannot be read, or this machine has nothing to read the format with.
    """
    totals = dict.fromkeys(KINDS, (0, 0))
    for path in sorted((SAMPLES / REFERENCE).iterdir()):
        wanted = read_cases(parse(path))
        for kind, (missing, extra) in compare(path.stem, form, wanted).items():
            same = wanted[kind].total() - missing.total()
            agreed, cases = totals[kind]
            totals[kind] = agreed + same, cases + wanted[kind].total() + extra.total()
            if listed:
                _print_rest(f"{form} {path.stem} {kind}", missing, extra)
    return totals


def _print_rest(where: str, missing: Counter[Case], extra: Counter[Case]) -> None:
    for sign, cases in (("-", missing), ("+", extra)):
        for case in cases.elements():
            print(f"{sign} {where}: {' | '.join(case)}")


def main(arguments: list[str]) -> int:
    """0, or 2 for wrong usage. Prints a row a format: the agreement of each kind and of all."""
    if arguments not in ([], ["--list"]):
        print("usage: python corpora/invariance.py [--list]", file=sys.stderr)
        return 2
    print("| format | " + " | ".join(KINDS) + " | all |")
    print("| --- |" + " --- |" * (len(KINDS) + 1))
    for form in FORMATS:
        try:
            totals = agreement(form, listed=bool(arguments))
        except DocparseError as error:
            print(f"| {form} | {error.code} |")
            continue
        shares = [f"{agreed / cases:.3f}" if cases else "" for agreed, cases in (*totals.values(), _sum(totals))]
        print(f"| {form} | " + " | ".join(shares) + " |")
    return 0


def _sum(totals: dict[str, tuple[int, int]]) -> tuple[int, int]:
    return sum(agreed for agreed, _ in totals.values()), sum(cases for _, cases in totals.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
