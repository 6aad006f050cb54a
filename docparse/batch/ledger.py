"""Counts that grow with each outcome, and the report made of them."""

from __future__ import annotations

from collections import Counter

from docparse.batch.records import BatchReport, Outcome, Tally

_TOTALS = ("size", "characters", "goals", "deadlines", "targets", "results")


class Ledger:
    """The running counts of one batch; it lives inside one call of `run`."""

    def __init__(self) -> None:
        self.files = 0
        self.totals: Counter[str] = Counter()
        self.formats: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.scripts: Counter[str] = Counter()
        self.repairs: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.files += 1
        if outcome.failure is not None:
            self.failures[outcome.failure.code] += 1
        if outcome.tally is not None:
            self._add_tally(outcome.tally)

    def report(self) -> BatchReport:
        """The counts so far, names sorted, so that equal batches give equal bytes."""
        failed = self.failures.total()
        return BatchReport(
            files=self.files,
            documents=self.files - failed,
            failed=failed,
            size=self.totals["size"],
            characters=self.totals["characters"],
            goals=self.totals["goals"],
            deadlines=self.totals["deadlines"],
            targets=self.totals["targets"],
            results=self.totals["results"],
            formats=_sorted(self.formats),
            kinds=_sorted(self.kinds),
            scripts=_sorted(self.scripts),
            repairs=_sorted(self.repairs),
            warnings=_sorted(self.warnings),
            failures=_sorted(self.failures),
        )

    def _add_tally(self, tally: Tally) -> None:
        for name in _TOTALS:
            self.totals[name] += getattr(tally, name)
        self.formats[tally.media_type] += 1
        self.scripts[tally.script] += 1
        self.kinds.update(tally.kinds)
        self.repairs.update(tally.repairs)
        self.warnings.update(tally.warnings)


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
