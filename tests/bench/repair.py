"""How much of the damage that mirrors do `docparse.repair` undoes, what it changes without need, and how fast it is.

usage: python tests/bench/repair.py [FILE_OR_FOLDER ...] [--gold damage.jsonl] [--table weights.npz] [--every N]

Without files it reads the annotated corpora of this repository. Each page is repaired, damaged by a forward model
(tests/text/damage.py) and repaired again, by the whole pipeline. What counts as exact is the whole paragraph.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import sys
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from docparse import Repaired, repair
from docparse.errors import DocparseError
from docparse.readers import read_path
from docparse.text import evidence
from docparse.text.edits import Edit, apply_edits

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "text"))
import damage  # noqa: E402  (it stands beside the tests)

SOURCES = ROOT / "models" / "characters" / "sources.tsv"
# Kinds that tidy how sound text is written; all others say that something was damaged.
TIDYING = frozenset(["width", "spacing", "number-comma", "zero-width", "line-end"])
DOCUMENTS = frozenset([".txt", ".md", ".html", ".htm", ".doc", ".docx", ".pdf", ".rtf", ".odt"])
SPEED_PAGE = 10_000  # characters
Tally = Counter[str]


class Page(NamedTuple):
    """A file's text, and what the trials damage."""

    raw: str
    simplified: str
    traditional: str


def read_page(path: Path) -> Page | None:
    """The page of a file; None where no reader takes it."""
    try:
        raw = read_path(path).raw
    except DocparseError:
        return None
    return Page(raw, damage.sound_page(raw), damage.sound_page(raw, traditional=True))


def edited_places(result: Repaired) -> Iterator[tuple[Edit, int, int]]:
    """Each edit with the place of what it put in: (edit, start in text, end in text)."""
    at = raw_at = 0
    for edit in result.edits:
        at += edit.start - raw_at
        yield edit, at, at + len(edit.after)
        at, raw_at = at + len(edit.after), edit.end


def repaired_lines(result: Repaired) -> list[str]:
    """What each line of raw became."""
    starts = line_starts(result.raw)
    places = [result.map.text_offset(s) for s in starts]
    return [result.text[a:b].strip("\n") for a, b in zip(places, [*places[1:], len(result.text)], strict=True)]


def line_starts(text: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


def distance(one: str, other: str) -> int:
    """How many characters differ."""
    if one == other:
        return 0
    steps = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for step, i1, i2, j1, j2 in steps if step != "equal")


def stands(restored: str, truth: str, start: int, end: int) -> bool:
    """Whether `restored[start:end]` is as in the truth, with its neighbours but for a ? where one was swallowed."""
    if restored == truth:
        return True
    blocks = difflib.SequenceMatcher(None, restored, truth, autojunk=False).get_matching_blocks()
    low, high = max(0, start - 1), min(len(restored), end + (restored[end : end + 1] != "?"))
    return any(b.a <= low and high <= b.a + b.size for b in blocks)


def wrong_offsets(result: Repaired) -> int:
    """How many characters and edits the map leads astray: it must be the edits, and nothing but them."""
    text, whole = apply_edits(result.raw, result.edits)
    wrong = int(text != result.text) + int([*whole.pieces()] != [*apply_edits(result.raw, result.edits)[1].pieces()])
    at = raw_at = 0
    for edit, start, end in edited_places(result):
        same = [result.map.raw_span(at + i, at + i + 1) for i in range(start - at)]
        wrong += sum(span != (raw_at + i, raw_at + i + 1) for i, span in enumerate(same))
        inside = [result.map.raw_span(i, i + 1) for i in range(start, end)]
        wrong += sum(not edit.start <= span.start < span.end <= edit.end for span in inside)
        wrong += sum(a.start > b.start or a.end > b.end for a, b in pairwise(inside))
        if inside and (inside[0].start, inside[-1].end) != (edit.start, edit.end):
            wrong += 1
        at, raw_at = end, edit.end
    return wrong


def try_mirror(page: damage.Damaged, table: Mapping[str, str]) -> Tally:
    """Glosses and shifts of one page: paragraphs and characters, before and after."""
    result, wanted = repair(page.raw), repaired_lines(repair(page.truth))
    got = repaired_lines(result)
    tally: Tally = Counter(offsets=wrong_offsets(result), pages=1)
    starts = line_starts(page.raw)
    rows = list(zip(page.raw.split("\n"), page.truth.split("\n"), got, wanted, strict=True))
    for (raw, truth, now, want), sound in zip(rows, page.sound.split("\n"), strict=True):
        bare = damage.without_glosses(raw)
        if bare == truth:
            kind = "glossed" if raw != truth else "untouched"
            tally.update({kind: 1, f"{kind} exact": now == want})
            continue
        lost = damage.swallowed(sound, table)
        tally.update({"shifted": 1, "shifted exact": now == want, "swallowed": lost})
        tally.update({"swallowed exact": lost and now == want})
        tally.update({"wrong before": distance(truth, bare), "wrong after": distance(want, now)})
    for edit, start, end in edited_places(result):
        if "restore_shifts" not in edit.rule.split():
            continue
        number = bisect_right(starts, edit.start) - 1
        at = result.map.text_offset(starts[number])
        right = stands(got[number], rows[number][3], start - at, end - at)
        tally.update({"shift edits": 1, "shift edits right": right})
        tally.update({"certified": edit.certified, "certified right": edit.certified and right})
        tally.update({"certified with a gap": edit.certified and "?" in edit.after})
    return tally


def try_strip(text: str) -> Tally:
    """Eaten full-width spaces of one page."""
    page = damage.stripped(text)
    result = repair(page.raw)
    found = {e.start: e for e in result.edits if "restore_eaten_spaces" in e.rule.split()}
    right = sum(at in found and found[at].after == after for at, after in page.eaten.items())
    return Counter(
        {
            "eaten": len(page.eaten),
            "eaten right": right,
            "wrong": len(found) - right,
            "certified wrong": sum(e.certified and page.eaten.get(at) != e.after for at, e in found.items()),
            "offsets": wrong_offsets(result),
        }
    )


def try_lines(page: damage.Damaged) -> Tally:
    """Any other damage: how many of the damaged lines come back."""
    result = repair(page.raw)
    rows = zip(page.raw.split("\n"), page.truth.split("\n"), repaired_lines(result), strict=True)
    hit = [("\ufffd" in raw, now == truth) for raw, truth, now in rows if raw != truth]
    lost, exact = sum(lost for lost, _ in hit), sum(exact for _, exact in hit)
    whole = sum(exact and not lost for lost, exact in hit)
    return Counter({"lines": len(hit), "exact": exact, "lost": lost, "whole": whole, "offsets": wrong_offsets(result)})


def try_sound(text: str) -> Tally:
    """What is edited in a text as it was read: edits by kind, certified ones apart."""
    tally: Tally = Counter(characters=len(text))
    for edit in repair(text).edits:
        if edit.listed:
            tally.update({f"edit {edit.kind}": 1, f"certified {edit.kind}": edit.certified})
    return tally


def damage_edits(tally: Tally) -> int:
    """Edits of a sound text that claim damage."""
    return sum(n for key, n in tally.items() if key.startswith("edit ") and key[5:] not in TIDYING)


def run_trials(pages: Sequence[Page], table: Mapping[str, str]) -> Iterator[tuple[str, Tally]]:
    """Every trial of every page: (name of the trial, its counts)."""
    for page in pages:
        yield "sound", try_sound(page.raw)
        yield "sound, traditional", try_sound(page.traditional)
        yield "mirror, traditional", try_mirror(damage.mirrored(page.traditional, table), table)
        half = damage.mirrored(page.traditional, table, half_width=True)
        yield "mirror, half-width marks", try_mirror(half, table)
        kept = damage.mirrored(page.traditional, table, private=True)
        yield "mirror, private use kept", try_mirror(kept, table)
        yield "isolated marks, simplified", try_mirror(damage.mirrored(page.simplified, {}), {})
        yield "space strip", try_strip(page.simplified)
        yield "UTF-8 read as GBK", try_lines(damage.misread_lines(page.simplified, "gbk"))
        yield "UTF-8 read as cp1252", try_lines(damage.misread_lines(page.simplified, "cp1252"))
        yield "comma before marks", try_lines(damage.comma_before_marks(page.simplified))


def try_gold(path: Path) -> tuple[Tally, list[str]]:
    """Items of a gold file: those to fix for sure, those to keep, and the misses."""
    tally: Tally = Counter()
    misses: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        now = repair(item["damaged"]).text.strip()
        wanted = {(item.get(key) or "").strip() for key in ("repaired", "repaired_hans")} - {""}
        if item["action"] == "fix" and item["certainty"] == "high":
            kind, right = "fix", now in wanted
        elif item["action"] == "keep":
            kind, right = "keep", now == item["damaged"].strip()
        else:
            continue
        tally.update({kind: 1, f"{kind} right": right})
        if not right:
            misses.append(f"{item['id']} {kind}: {item['damaged'][:60]!r} became {now[:60]!r}")
    return tally, misses


def measure_speed(pages: Sequence[Page], table: Mapping[str, str]) -> dict[str, float]:
    """Characters a second on text as it was read, and seconds for one page of a glossed mirror; CPU time, warm."""
    text = damage.mirrored("\n".join(p.traditional for p in pages)[:SPEED_PAGE], table).raw
    spent = []
    for _ in range(2):
        start = time.process_time()
        repair(text)
        spent.append(time.process_time() - start)
    start = time.process_time()
    for page in pages:
        repair(page.raw)
    clean = time.process_time() - start
    return {
        "characters a second": sum(len(p.raw) for p in pages) / max(clean, 1e-9),
        "seconds a mirrored page": min(spent),
    }


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.1%}" if whole else "none"


def rows_of(name: str, t: Tally) -> Iterator[tuple[str, str, str]]:
    """A trial's lines of the table."""
    if "pages" in t:
        if t["glossed"]:
            yield name, "glosses removed, paragraphs exact", share(t["glossed exact"], t["glossed"])
        yield name, "shifted paragraphs exact", share(t["shifted exact"], t["shifted"])
        kept, lost = t["shifted"] - t["swallowed"], t["swallowed"]
        yield (
            name,
            f"the same without {lost} that lost an ASCII character",
            share(t["shifted exact"] - t["swallowed exact"], kept),
        )
        yield name, "wrong characters gone", share(t["wrong before"] - t["wrong after"], t["wrong before"])
        yield name, "edits certified", share(t["certified"], t["shift edits"])
        yield name, "certified edits right", share(t["certified right"], t["certified"])
        gaps = t["certified with a gap"]
        without = f"the same without {gaps} that hold a lost character"
        yield name, without, share(t["certified right"], t["certified"] - gaps)
        uncertain = t["shift edits"] - t["certified"]
        yield name, "uncertified edits right", share(t["shift edits right"] - t["certified right"], uncertain)
        yield name, "paragraphs not hit left right", share(t["untouched exact"], t["untouched"])
    elif "eaten" in t:
        yield name, "recall", share(t["eaten right"], t["eaten"])
        yield name, "wrong edits (certified)", f"{t['wrong']} ({t['certified wrong']})"
    elif "lines" in t:
        yield name, "paragraphs exact", share(t["exact"], t["lines"])
        if t["lost"]:
            yield name, f"the same without {t['lost']} that lost bytes", share(t["whole"], t["lines"] - t["lost"])
    elif "characters" in t:
        million = max(t["characters"], 1) / 1e6
        for key, n in sorted(t.items()):
            if key.startswith("edit "):
                kind, sure = key[5:], t[f"certified {key[5:]}"]
                yield name, f"edits a million, {kind}", f"{n / million:.1f} ({n}; certified {sure})"
        yield name, "edits a million that claim damage", f"{damage_edits(t) / million:.1f} ({damage_edits(t)})"
    if "offsets" in t:
        yield name, "offsets astray", str(t["offsets"])


def list_files(inputs: Iterable[Path]) -> list[Path]:
    """The files, and of folders the documents."""
    listed = [(p, i) for i in inputs for p in (sorted(i.rglob("*")) if i.is_dir() else [i])]
    return [p for p, i in listed if p.is_file() and (p == i or p.suffix.lower() in DOCUMENTS)]


def in_sample(files: Iterable[Path]) -> int:
    """How many of the files the shipped table of characters was counted from."""
    lines = SOURCES.read_text(encoding="utf-8").splitlines()[1:]
    sources = {line.split("\t")[1] for line in lines}
    sources |= {hashlib.sha256(p.read_bytes()).hexdigest() for p in (ROOT / "corpora" / "train").glob("*.txt")}
    return sum(hashlib.sha256(p.read_bytes()).hexdigest() in sources for p in files)


def watched(trials: Iterable[tuple[str, Tally]], pages: int) -> Iterator[tuple[str, Tally]]:
    """The trials, with a progress bar where somebody looks on."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("pages", total=pages)
        for name, tally in trials:
            bar.advance(task, name == "sound")
            yield name, tally


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", type=Path, metavar="FILE_OR_FOLDER")
    parser.add_argument("--gold", type=Path, help="items as JSON lines: damaged, repaired, action, certainty")
    parser.add_argument("--table", type=Path, help="another table of characters, for texts that it has not seen")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth file")
    parser.add_argument("--json", action="store_true", help="counts as JSON")
    chosen = parser.parse_args(argv)
    if chosen.table:
        evidence._path = lambda: chosen.table  # before the first look into it
    files = list_files(chosen.inputs or sorted((ROOT / "corpora").glob("*/*.txt")))[:: chosen.every]
    pages = [page for path in files if (page := read_page(path)) is not None]
    table = damage.gloss_table(p.traditional for p in pages)
    totals: dict[str, Tally] = {}
    for name, tally in watched(run_trials(pages, table), len(pages)):
        totals.setdefault(name, Counter()).update(tally)
    speed = measure_speed(pages, table)
    gold, misses = try_gold(chosen.gold) if chosen.gold else (Counter(), [])
    sources, built = in_sample(files), str(chosen.table or "shipped")
    if chosen.json:
        report: dict[str, Any] = {"pages": len(pages), "in sample": sources, "table": built, "trials": totals}
        print(json.dumps(report | {"speed": speed, "gold": gold, "misses": misses}, ensure_ascii=False))
        return 0
    print(f"{len(pages)} pages; {sources} of {len(files)} files are among the sources of the shipped table")
    print(f"table: {built}" + ("; what it was built from is not known here" if chosen.table else ""))
    for name, tally in totals.items():
        for row in rows_of(name, tally):
            print("{:28} {:56} {}".format(*row))
    for name, figure in speed.items():
        print(f"{'speed':28} {name:56} {figure:,.2f}")
    for kind in ("fix", "keep") if chosen.gold else ():
        print(f"{'gold':28} {kind:56} {share(gold[kind + ' right'], gold[kind])}")
    for miss in misses:
        print(miss)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
