"""What one worker process does with one path. Nothing here raises: every trouble becomes a `Failure`."""

from __future__ import annotations

import os
import stat
import traceback
from pathlib import Path

from docparse.batch.records import Failure, Outcome, ParseFunction, Tally
from docparse.batch.rows import goal_rows, target_rows
from docparse.errors import DocparseError
from docparse.options import Options
from docparse.readers import printable
from docparse.records import Document


def parse_path(path: str, options: Options) -> Document:
    """The document at `path`. Raises: DocparseError. The parser is imported here, in the worker, on first use."""
    from docparse.pipeline import parse

    return parse(path, options=options)


def work(parse: ParseFunction, path: str, options: Options) -> Outcome:
    """The outcome for `path`, ready to be written. Only the death of the process can stop it."""
    shown = printable(path)
    special = _special_file(path)
    if special is not None:
        return failed(shown, "unreadable-file", special, "Give a regular file.")
    try:
        return _succeed(shown, parse(path, options))
    except DocparseError as error:
        return failed(shown, error.code, error.message, error.advice)
    except MemoryError:
        return failed(shown, "out-of-memory", "The document needs more memory than there is.", "Use fewer workers.")
    except Exception as error:  # a bug must cost one document, and must say where it is
        advice = "This is a fault in docparse: please report it with the file."
        trace = "".join(traceback.format_exception(error))
        message = f"{type(error).__name__}: {error}"
        return failed(shown, "internal-error", printable(message), advice, printable(trace))


def failed(path: str, code: str, message: str, advice: str, trace: str | None = None) -> Outcome:
    """An outcome that says why `path` gave no document."""
    failure = Failure(path=path, code=code, message=message, advice=advice, traceback=trace)
    return Outcome(path=path, failure=failure)


def _special_file(path: str) -> str | None:
    """Why `path` must not be opened: reading a pipe or a device may never end."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return None  # the parser says it better
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return f"{os.path.basename(printable(path))} is neither a file nor a folder."  # noqa: PTH119


def _succeed(path: str, document: Document) -> Outcome:
    from docparse.wire import to_json

    return Outcome(
        path=path,
        line=to_json(document),
        tally=_tally(document),
        goals=goal_rows(path, document),
        targets=target_rows(path, document),
    )


def _tally(document: Document) -> Tally:
    return Tally(
        media_type=document.source.media_type or "unknown",
        script=document.script,
        size=document.source.size or 0,
        characters=len(document.text),
        kinds=tuple(article.kind for article in document.articles),
        repairs=tuple(repair.kind for repair in document.repairs),
        warnings=tuple(warning.code for warning in document.warnings),
        goals=len(document.goals),
        deadlines=len(document.deadlines),
        targets=len(document.targets),
        results=len(document.results),
    )
