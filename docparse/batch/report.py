"""The report of a batch, counted from its store: true after any number of runs, kills and additions."""

from __future__ import annotations

import sqlite3

from docparse.batch.records import BatchReport, Failure, Slow, Work

SLOWEST = 10


def read_report(store: sqlite3.Connection, work: Work | None = None) -> BatchReport:
    """The counts of the whole store, names sorted, so that equal stores give equal reports but for `work`."""
    states = _counts(store, "SELECT state, count(*) FROM files GROUP BY state")
    totals = store.execute(
        "SELECT count(*), total(size), total(characters), total(goals), total(deadlines), total(targets),"
        " total(results) FROM documents"
    ).fetchone()
    documents, size, characters, goals, deadlines, targets, results = map(int, totals)
    return BatchReport(
        files=sum(states.values()),
        parsed=states.get("parsed", 0),
        failed=states.get("failed", 0),
        skipped=states.get("skipped", 0),
        archives=states.get("archive", 0),
        documents=documents,
        copies=states.get("parsed", 0) - documents,
        near_duplicates=int(store.execute("SELECT count(*) FROM near_duplicates").fetchone()[0]),
        size=size,
        characters=characters,
        goals=goals,
        deadlines=deadlines,
        targets=targets,
        results=results,
        formats=_counts(store, "SELECT coalesce(media_type, 'unknown') AS name, count(*) FROM documents GROUP BY name"),
        kinds=_counts(store, "SELECT kind, count(*) FROM articles GROUP BY kind"),
        scripts=_counts(store, "SELECT script, count(*) FROM documents GROUP BY script"),
        repairs=_counts(store, "SELECT kind, sum(count) FROM repairs GROUP BY kind"),
        warnings=_counts(store, "SELECT code, count(*) FROM warnings GROUP BY code"),
        failures=_counts(store, "SELECT code, count(*) FROM failures GROUP BY code"),
        failure_examples=_examples(store),
        slowest=_slowest(store),
        work=work or Work(),
    )


def _counts(store: sqlite3.Connection, query: str) -> dict[str, int]:
    return dict(sorted(store.execute(query)))


def _examples(store: sqlite3.Connection) -> tuple[Failure, ...]:
    rows = store.execute("SELECT min(path), code, message, advice, attempts FROM failures GROUP BY code ORDER BY code")
    return tuple(
        Failure(path=path, code=code, message=message, advice=advice, attempts=attempts)
        for path, code, message, advice, attempts in rows
    )


def _slowest(store: sqlite3.Connection) -> tuple[Slow, ...]:
    rows = store.execute(
        "SELECT d.path, t.seconds, d.characters FROM timings AS t JOIN documents AS d ON d.id = t.document"
        " ORDER BY t.seconds DESC LIMIT ?",
        (SLOWEST,),
    )
    return tuple(
        Slow(path=path, seconds=round(seconds, 3), characters=characters) for path, seconds, characters in rows
    )
