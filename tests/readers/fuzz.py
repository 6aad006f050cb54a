"""Mutate real files of every format and read each: what is neither read nor refused by name is a finding.

usage: python tests/readers/fuzz.py [--mutations N] [--seed N] [--formats docx,pdf] [--out FOLDER] [FILE ...]
       python tests/readers/fuzz.py --seed N --replay NUMBER [FILE ...]     one mutation again, with its story
       python tests/readers/fuzz.py --check FILE ...                        files as they are, without mutation

Findings: an exception that is no DocparseError, a process that died, a time or memory above the limits, a reading or a
document that breaks a law. Each is saved with its story, and made smaller; three of a kind are kept. The same seed,
formats and files give the same mutations. Other programs (LibreOffice and the like, a second a file) are hidden from
the readers, but for the first `--office` mutations of .doc; text recognition is off.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from fuzz_files import File, put_together, take_apart
from fuzz_mutations import Mutation, mutate
from fuzz_seeds import KINDS, Seed, collect_seeds
from fuzz_worker import GOOD, Case, Limits, Outcome, Read, read_default, run_block, run_cases, warm_up

_KEPT_OF_A_KIND = 3
_MOST_SPACE = 8_000 * 1024 * 1024
_OFFICE_LIMITS = Limits(seconds=60.0, megabytes=800.0, hang_seconds=90.0)


class Plan(NamedTuple):
    """What decides a mutation, apart from its number."""

    seed: int
    seeds: dict[str, list[Seed]]
    office_mutations: int = 20  # of .doc, read with LibreOffice and the like at hand
    parse_every: int = 10
    limits: Limits = Limits()


class Tally(NamedTuple):
    """What came of the mutations of one format."""

    outcomes: list[Outcome]
    codes: Counter[str]


@lru_cache(maxsize=512)
def apart(data: bytes) -> File:
    """The parts of a seed; one that the packers do not understand is one part."""
    try:
        return take_apart(data)
    except Exception:  # a seed given by hand may be broken already
        return File("flat", (("", data),))


def kind_of(plan: Plan, number: int) -> str:
    """The format of a mutation: all in turn."""
    kinds = list(plan.seeds)
    return kinds[number % len(kinds)]


def make_mutation(plan: Plan, number: int) -> tuple[str, str, Mutation]:
    """The format, the seed's name and the mutation of a number: the same whenever it is asked for."""
    kind = kind_of(plan, number)
    chance = Random(f"{plan.seed}:{number}")
    seed, other = chance.choice(plan.seeds[kind]), chance.choice(plan.seeds[kind])
    return kind, seed.name, mutate(apart(seed.data), apart(other.data), kind, chance)


def make_case(plan: Plan, number: int) -> Case:
    kind, _, mutation = make_mutation(plan, number)
    programs = kind == "doc" and number // len(plan.seeds) < plan.office_mutations
    limits = _OFFICE_LIMITS if programs else plan.limits
    chosen = Random(f"{plan.seed}:{number}:parse").randrange(plan.parse_every) == 0  # not by turns, as the formats are
    return Case(number, mutation.data, limits, chosen, programs)


def fuzz(plan: Plan, numbers: Sequence[int], read: Read = read_default) -> Iterator[tuple[str, Outcome]]:
    """The format and outcome of each mutation."""
    for outcome in run_cases((make_case(plan, number) for number in numbers), read):
        yield kind_of(plan, outcome.number), outcome


def shrink(case: Case, file: File, signature: str, *, seconds: float = 60.0, read: Read = read_default) -> File:
    """A smaller file with the same fault: parts left out, then halves, quarters … of what is left in each.

    Only this is not deterministic: it stops when its time is over.
    """
    stop = time.monotonic() + seconds

    def same(candidate: File) -> bool:
        tried = case._replace(data=put_together(candidate))
        return next(run_block([tried], read)).signature == signature

    parts = list(file.parts)
    for name, _ in file.parts if len(parts) > 1 else ():
        fewer = [part for part in parts if part[0] != name]
        if time.monotonic() < stop and same(file._replace(parts=tuple(fewer))):
            parts = fewer
    for place, (name, data) in enumerate(parts):
        size = len(data) // 2
        while size and time.monotonic() < stop:
            start = 0
            while start < len(data) and time.monotonic() < stop:
                shorter = data[:start] + data[start + size :]
                trial = (*parts[:place], (name, shorter), *parts[place + 1 :])
                if same(file._replace(parts=trial)):
                    data = shorter
                    parts[place] = (name, data)
                else:
                    start += size
            size //= 2
    return file._replace(parts=tuple(parts))


def save_finding(out: Path, plan: Plan, outcome: Outcome, command: str, shrink_seconds: float) -> Path:
    """The path of the saved mutation; beside it lie its story and a smaller file with the same fault."""
    kind, seed_name, mutation = make_mutation(plan, outcome.number)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{kind}-{plan.seed}-{outcome.number}.{kind}"
    path.write_bytes(mutation.data)
    story = {**outcome._asdict(), "format": kind, "from": seed_name, "done": mutation.notes, "again": command}
    if shrink_seconds > 0:
        small = shrink(make_case(plan, outcome.number), mutation.file, outcome.signature, seconds=shrink_seconds)
        smaller = path.with_suffix(f".small.{kind}")
        smaller.write_bytes(put_together(small))
        story["small"] = [smaller.name, smaller.stat().st_size]
    path.with_suffix(".json").write_text(json.dumps(story, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def print_table(tallies: dict[str, Tally]) -> None:
    """One row a format: mutations, read, refused, findings, slowest, largest; then the codes of refusal."""
    print(f"\n{'format':8}{'mutations':>10}{'read':>8}{'refused':>9}{'findings':>9}{'slowest s':>11}{'largest MB':>12}")
    for kind, tally in tallies.items():
        counts = Counter(outcome.kind for outcome in tally.outcomes)
        found = sum(count for name, count in counts.items() if name not in GOOD)
        slowest = max((o.seconds for o in tally.outcomes), default=0.0)
        largest = max((o.megabytes for o in tally.outcomes), default=0.0)
        row = f"{kind:8}{len(tally.outcomes):10}{counts['read']:8}{counts['refused']:9}{found:9}"
        print(f"{row}{slowest:11.2f}{largest:12.0f}")
    for kind, tally in tallies.items():
        if tally.codes:
            print(f"{kind}: " + ", ".join(f"{code} {count}" for code, count in tally.codes.most_common()))


def run(plan: Plan, mutations: int, out: Path, command: str, shrink_seconds: float) -> int:
    """How many findings there were; they are saved, and the table printed."""
    tallies = {kind: Tally([], Counter()) for kind in plan.seeds}
    signatures: Counter[str] = Counter()
    begin = time.monotonic()
    for kind, outcome in fuzz(plan, range(mutations)):
        tallies[kind].outcomes.append(outcome._replace(detail=""))
        if outcome.kind == "refused":
            tallies[kind].codes[outcome.signature] += 1
        elif outcome.kind not in GOOD:
            signatures[f"{kind}: {outcome.signature}"] += 1
            if signatures[f"{kind}: {outcome.signature}"] <= _KEPT_OF_A_KIND:
                again = f"{command} --replay {outcome.number}"
                path = save_finding(out, plan, outcome, again, shrink_seconds)
                print(f"{kind} {outcome.number}: {outcome.signature} ({outcome.seconds} s): {path}", flush=True)
        if outcome.number % 1000 == 999:
            passed = time.monotonic() - begin
            print(f"{outcome.number + 1} in {passed:.0f} s, {sum(signatures.values())} findings", file=sys.stderr)
    print_table(tallies)
    for signature, count in signatures.most_common():
        print(f"{count:6}  {signature}")
    return sum(signatures.values())


def replay(plan: Plan, number: int, out: Path) -> int:
    """0 if the mutation is read or refused now; its story is printed, and its bytes are saved."""
    kind, name, mutation = make_mutation(plan, number)
    outcome = next(run_block([make_case(plan, number)._replace(parse=True)]))
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{kind}-{plan.seed}-{number}.{kind}"
    path.write_bytes(mutation.data)
    print(f"{path}: {kind} from {name}, {len(mutation.data):,} bytes; {'; '.join(mutation.notes)}")
    print(f"{outcome.kind}: {outcome.signature}, {outcome.seconds} s, {outcome.megabytes} MB\n{outcome.detail}")
    return int(outcome.kind not in GOOD)


def check_files(files: Sequence[Path], limits: Limits) -> int:
    """How many of the files are neither read nor refused by name; one line each."""
    bad = 0
    cases = [Case(number, path.read_bytes(), limits, parse=True) for number, path in enumerate(files)]
    for path, outcome in zip(files, run_cases(iter(cases)), strict=True):
        bad += outcome.kind not in GOOD
        story = outcome.detail if outcome.kind not in GOOD else ""
        print(f"{path}: {outcome.kind} {outcome.signature} {outcome.seconds} s {outcome.megabytes} MB {story}")
    return bad


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Mutate files of every format and read each.")
    parser.add_argument("files", nargs="*", type=Path, help="seeds; without any, the samples and files made from them")
    parser.add_argument("--mutations", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default=",".join(KINDS), help=f"of {','.join(KINDS)}")
    parser.add_argument(
        "--office", type=int, default=20, help="mutations of .doc for which LibreOffice and the like are there"
    )
    parser.add_argument("--parse-every", type=int, default=10, help="parse every Nth mutation whole")
    parser.add_argument("--seconds", type=float, default=Limits().seconds, help="of CPU for one reading")
    parser.add_argument("--megabytes", type=float, default=Limits().megabytes, help="of growth for one reading")
    parser.add_argument("--shrink-seconds", type=float, default=60.0, help="0 leaves findings as they are")
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--replay", type=int, metavar="NUMBER")
    parser.add_argument("--check", action="store_true")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    chosen = _arguments(argv)
    limits = Limits(seconds=chosen.seconds, megabytes=chosen.megabytes)
    if chosen.check:
        return min(check_files(chosen.files, limits), 1)
    wanted = tuple(kind for kind in KINDS if kind in chosen.formats.split(","))
    seeds = collect_seeds(wanted, tuple(chosen.files))
    if not seeds:
        print("no seeds of these formats", file=sys.stderr)
        return 2
    plan = Plan(chosen.seed, seeds, chosen.office, chosen.parse_every, limits)
    warm_up([entries[0].data for entries in seeds.values()])
    if chosen.replay is not None:
        return replay(plan, chosen.replay, chosen.out)
    files = " ".join(map(str, chosen.files))
    command = (
        f"python tests/readers/fuzz.py --seed {chosen.seed} --formats {chosen.formats} --office {chosen.office} {files}"
    )
    return min(run(plan, chosen.mutations, chosen.out, command.strip(), chosen.shrink_seconds), 1)


if __name__ == "__main__":
    resource.setrlimit(
        resource.RLIMIT_AS, (_MOST_SPACE, _MOST_SPACE)
    )  # a mutation that swells must not take the machine
    sys.exit(main(sys.argv[1:]))
