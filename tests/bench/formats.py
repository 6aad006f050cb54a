"""Every format's reading beside the libraries and programs that read it too: CPU, memory, and how much text is there.

usage: python tests/bench/formats.py [--formats docx,pdf] [--rounds N] [--small] [--markdown] [--only NAME,NAME]

The peers go into an environment of their own, with the project's dependencies and reportlab:

    python -m venv peers
    peers/bin/pip install -U pip
    peers/bin/pip install . reportlab docx2python mammoth "markitdown[docx,pdf]" pdfminer.six \\
        selectolax trafilatura readability-lxml lxml_html_clean striprtf odfpy
    PYTHONPATH=.:cli peers/bin/python tests/bench/formats.py

antiword, catdoc, pdftotext and soffice are run where they are on PATH; what is missing is a row "not installed". Old
Word, RTF and OpenDocument files are made of the Word samples by soffice, and are left out without it.

Each reader reads each file in a process of its own. `ms` is CPU a document, the least of some rounds after a first one
that loads the library; `MB` is the most that the process grew, the library's own code included. The large document is
the samples over and over, 470,000 characters. `recall` is the share of the source's Chinese characters that come out,
`whole` the share of its lines that come out unbroken and in order (white space apart), `numbers` the lines whose
automatic marker is exact, `spaces` those pushed between Chinese characters, in 1,000, and `furniture` the navigation
lines of a page that are left in (docparse labels them later and drops nothing).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from format_readers import READERS, SOFFICE, is_installed, measure

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpora" / "samples"
LARGE_CHARACTERS = 470_000
_CHILD_SECONDS = 400


class Paper(NamedTuple):
    """A document in one format, and what of its source must come out."""

    path: Path
    lines: tuple[str, ...]
    furniture: tuple[str, ...]
    numbered: tuple[str, ...]
    large: bool


class Score(NamedTuple):
    """What one reader made of one paper; `error` is what it said where it made nothing."""

    milliseconds: float
    megabytes: float
    recall: float
    whole: float
    numbers: tuple[int, int]
    spaces: float
    furniture: tuple[int, int]
    error: str = ""


def renderer() -> ModuleType:
    sys.path.append(str(ROOT / "corpora"))
    import render

    return render


def papers_of(kind: str, folder: Path, *, small: bool) -> list[Paper]:
    """The samples in a format, and the large document; written below `folder` where they are not in the repository."""
    render = renderer()
    samples = [render.read_sample(path) for path in sorted((SAMPLES / "src").glob("*.src"))]
    papers = []
    for sample in [*samples, *([] if small else [_large(samples)])]:
        path = folder / kind / f"{sample.name}.{kind}"
        path.parent.mkdir(exist_ok=True)
        if kind in ("doc", "rtf", "odt"):
            _convert(path, render.render_docx(sample))
        else:
            path.write_bytes(dict(render.FORMATS)[kind](sample))
        levels = [level for level in sample.settings.get("docx-levels", "").split("|") if level]
        numbered = [
            line.text
            for line in sample.lines
            if line.kind in ("heading", "item") and render._take_marker(line.text, levels)[1] is not None
        ]
        shown = [line.text for line in sample.lines if line.kind != "furniture"]
        furniture = [line.text for line in sample.lines if line.kind == "furniture"]
        automatic = numbered if kind in ("docx", "doc", "rtf", "odt") else []
        papers.append(Paper(path, tuple(shown), tuple(furniture), tuple(automatic), sample.name == "large"))
    return papers


def _large(samples: list[Any]) -> Any:
    """All samples over and over as one; its markers are typed, for Word would count on through the copies."""
    lines: list[Any] = []
    while sum(len(line.text) for line in lines) < LARGE_CHARACTERS:
        lines += [line for sample in samples for line in sample.lines if line.kind != "furniture"]
    return samples[0]._replace(
        name="large", settings={"html-encoding": "utf-8", "html-label": "utf-8"}, lines=tuple(lines)
    )


def _convert(path: Path, word: bytes) -> None:
    source = path.with_suffix(".docx")
    source.write_bytes(word)
    subprocess.run(
        [*SOFFICE, "--convert-to", path.suffix[1:], "--outdir", str(path.parent), str(source)],
        capture_output=True, check=True, timeout=_CHILD_SECONDS,
    )  # fmt: skip


def judge(paper: Paper, answer: dict[str, Any]) -> Score:
    """The score of a reader's text."""
    text: str = answer["text"]
    squeezed = _squeeze(text)
    wanted, found = Counter(filter(_is_chinese, "".join(paper.lines))), Counter(filter(_is_chinese, text))
    recall = sum(min(count, found[character]) for character, count in wanted.items()) / sum(wanted.values())
    at = whole = 0
    for line in map(_squeeze, paper.lines):
        place = squeezed.find(line, at)
        if place >= 0:
            whole, at = whole + 1, place + len(line)
    exact = sum(_squeeze(line) in squeezed for line in paper.numbered)
    left = sum(_squeeze(line) in squeezed for line in paper.furniture)
    pushed = max(_spaces(text) - _spaces("\n".join((*paper.lines, *paper.furniture))), 0) * 1_000 / sum(wanted.values())
    return Score(
        answer["milliseconds"], answer["megabytes"], recall, whole / len(paper.lines),
        (exact, len(paper.numbered)), pushed, (left, len(paper.furniture)),
    )  # fmt: skip


def _squeeze(text: str) -> str:
    return "".join(text.split()).replace("|", "").replace("\\", "")


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _spaces(text: str) -> int:
    return sum(
        text[n] in " \u3000" and _is_chinese(text[n - 1]) and _is_chinese(text[n + 1]) for n in range(1, len(text) - 1)
    )


def ask(kind: str, name: str, paper: Paper, rounds: int) -> Score:
    """The score of one reader on one paper, in a process of its own."""
    command = [sys.executable, __file__, "--one", kind, name, str(paper.path), "--rounds", str(rounds)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_CHILD_SECONDS)
    except subprocess.TimeoutExpired:
        return Score(0, 0, 0, 0, (0, 0), 0, (0, 0), f"more than {_CHILD_SECONDS} s")
    if done.returncode:
        said = done.stderr.strip().splitlines()
        return Score(0, 0, 0, 0, (0, 0), 0, (0, 0), said[-1][:70] if said else f"exit {done.returncode}")
    return judge(paper, json.loads(done.stdout.splitlines()[-1]))


def row_of(name: str, papers: Sequence[Paper], scores: Sequence[Score]) -> list[str]:
    """The cells of one reader: means over the small documents, and the cost of the large one."""
    small = [s for s, paper in zip(scores, papers, strict=True) if not paper.large and not s.error]
    large = [s for s, paper in zip(scores, papers, strict=True) if paper.large]
    errors = [s.error for s in scores if s.error]
    if not small:
        return [name, errors[0], *[""] * 8]
    columns = zip(*[(s.milliseconds, s.recall, s.whole, s.spaces) for s in small], strict=True)
    mean = [sum(column) / len(small) for column in columns]
    numbers, furniture = ([sum(column) for column in zip(*pairs, strict=True)] for pairs in (
        [s.numbers for s in small], [s.furniture for s in small]
    ))  # fmt: skip
    cost = ["-", "-"] if not large else [large[0].error, ""] if large[0].error else [
        f"{large[0].milliseconds:,.0f}", f"{large[0].megabytes:.0f}"
    ]  # fmt: skip
    return [
        name + (f" ({len(errors)} failed)" if len(errors) > sum(bool(s.error) for s in large) else ""),
        f"{mean[0]:.1f}" if mean[0] >= 1 else f"{mean[0]:.2f}", f"{max(s.megabytes for s in small):.0f}",
        *cost, f"{mean[1]:.4f}", f"{mean[2]:.3f}",
        f"{numbers[0]} of {numbers[1]}" if numbers[1] else "-", f"{mean[3]:.1f}",
        f"{furniture[0]} of {furniture[1]}",
    ]  # fmt: skip


HEAD = ["reader", "ms", "MB", "large ms", "large MB", "recall", "whole", "numbers", "spaces", "furniture"]


def show(kind: str, rows: list[list[str]], *, markdown: bool) -> None:
    if markdown:
        print(f"\n## {kind}\n\n| {' | '.join(HEAD)} |\n|{' --- |' * len(HEAD)}")
        print("\n".join(f"| {' | '.join(row)} |" for row in rows), flush=True)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=kind, title_justify="left")
    for place, name in enumerate(HEAD):
        table.add_column(name, justify="right" if place else "left")
    for row in rows:
        table.add_row(*row)
    Console(width=140).print(table)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Readers of every format beside their peers.")
    parser.add_argument("--formats", default=",".join(READERS))
    parser.add_argument("--only", default="", help="these readers alone, by name")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--small", action="store_true", help="without the large document")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--one", nargs=3, metavar=("FORMAT", "NAME", "FILE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(argv)
    if chosen.one:
        print(json.dumps(measure(*chosen.one, chosen.rounds)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for kind in chosen.formats.split(","):
            if kind in ("doc", "rtf", "odt") and not is_installed(SOFFICE[0]):
                print(f"\n{kind}: soffice is not installed, so there is nothing to read")
                continue
            papers = papers_of(kind, Path(folder), small=chosen.small)
            rows = []
            for reader in READERS[kind]:
                if chosen.only and reader.name not in chosen.only.split(","):
                    continue
                if not is_installed(reader.needs):
                    rows.append([reader.name, "not installed", *[""] * 8])
                    continue
                rows.append(row_of(reader.name, papers, [ask(kind, reader.name, p, chosen.rounds) for p in papers]))
            show(kind, rows, markdown=chosen.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
