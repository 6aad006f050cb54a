"""What one worker process does with one content. Nothing here raises: every trouble becomes a `Failure`."""

from __future__ import annotations

import hashlib
import time
import traceback

import msgspec

from docparse.batch.archives import Archives
from docparse.batch.keys import content_key, suffix_of
from docparse.batch.records import Failure, Outcome, ParseFunction, Task
from docparse.batch.rows import rows_of, signatures_of
from docparse.batch.words import pairs
from docparse.errors import DocparseError
from docparse.options import Options
from docparse.readers import printable
from docparse.records import Document

_WARM_UP = "2024年工作計劃\n一、目標\n1、6月底前回款率由82%提高到95%以上。\n"


def parse_bytes(data: bytes, name: str, options: Options) -> Document:
    """The document of a file's bytes. Raises: DocparseError. The parser is imported here, on first use."""
    from docparse.pipeline import run_stages
    from docparse.readers import read_bytes

    return run_stages(read_bytes(data, path=name, options=options), options).document


def warm_up(parse: ParseFunction) -> None:
    """Load what the parser loads on first use, so that it counts to no document's time or memory."""
    if parse is parse_bytes:
        _finish(parse(_WARM_UP.encode(), "plan.txt", Options()))


def work(task: Task, parse: ParseFunction, options: Options, archives: Archives) -> Outcome:
    """The outcome for a content, ready to be stored. Only the death of the process can stop it."""
    begun = time.perf_counter()
    try:
        data = archives.read(task.place, options.max_bytes)
        read = time.perf_counter()
        sha256 = hashlib.sha256(data).hexdigest()
        if content_key(sha256, data[:8], task.place.path) != task.content:
            return Outcome(content=task.content, changed=True)
        # The parser sees no path but a suffix: what it makes must be the same for each copy of the file.
        document = parse(data, f"document{suffix_of(task.content)}", options)
        parsed = time.perf_counter()
        outcome = outcome_of(task.content, document, sha256, len(data))
    except MemoryError:
        return _failed(task, "out-of-memory", "The document needs more memory than it may have.", "Use fewer workers.")
    except DocparseError as error:
        return _failed(task, error.code, error.message, error.advice)
    except OSError as error:
        return _failed(task, "unreadable-file", f"The file cannot be read ({error.strerror or error}).", "Try again.")
    except Exception as error:  # a bug must cost one document, and must say where it is
        advice = "This is a fault in docparse: please report it with the file."
        trace = printable("".join(traceback.format_exception(error)))
        return _failed(task, "internal-error", printable(f"{type(error).__name__}: {error}"), advice, trace)
    ended = time.perf_counter()
    seconds = {"read": read - begun, "parse": parsed - read, "rows": ended - parsed}
    return msgspec.structs.replace(outcome, seconds=seconds)


def outcome_of(content: str, document: Document, sha256: str, size: int) -> Outcome:
    """A document as it is stored: its JSON without a path, its rows, and the words to find it by."""
    source = msgspec.structs.replace(document.source, path=None, sha256=sha256, size=size)
    return _finish(msgspec.structs.replace(document, source=source), content)


def _finish(document: Document, content: str = "") -> Outcome:
    from docparse.wire import to_json

    return Outcome(
        content=content,
        json=to_json(document).rstrip(b"\n"),
        words=pairs(document.text),
        rows=rows_of(document),
        signatures=tuple(signatures_of(document)),
        characters=len(document.text),
    )


def _failed(task: Task, code: str, message: str, advice: str, trace: str | None = None) -> Outcome:
    failure = Failure(path=task.place.path, code=code, message=message, advice=advice, traceback=trace)
    return Outcome(content=task.content, failure=failure)
