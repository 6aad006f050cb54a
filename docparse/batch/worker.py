"""What one worker process does with one content. Nothing here raises: every trouble becomes a `Failure`."""

from __future__ import annotations

import hashlib
import time
import traceback
from contextlib import suppress

import msgspec

from docparse.batch.archives import Archives
from docparse.batch.keys import content_key, suffix_of
from docparse.batch.records import Failure, Outcome, ParseFunction, Task
from docparse.batch.rows import rows_of, signatures_of
from docparse.batch.words import characters
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
    """Let the parser load what it loads on first use, so that it counts to no document's time or memory."""
    if parse is parse_bytes:
        from docparse.readers import load_readers

        load_readers()
    with suppress(Exception):  # a parser of somebody else's may not like it
        _finish(parse(_WARM_UP.encode(), "warm-up.txt", Options()))


def work(task: Task, parse: ParseFunction, options: Options, archives: Archives) -> Outcome:
    """The outcome for a content, ready to be stored. Only the death of the process can stop it."""
    begun = time.perf_counter()
    try:
        data = archives.read(task.place, options.max_bytes)
    except MemoryError:
        return _out_of_memory(task.content, task.place.path)
    except Exception:  # it could be read a moment ago: OSError, or an archive that is another one now
        return Outcome(content=task.content, changed=True)
    seconds = {"read": time.perf_counter() - begun}
    outcome = read_outcome(data, task.place.path, parse, options)
    if outcome.content != task.content:
        return Outcome(content=task.content, changed=True)
    return msgspec.structs.replace(outcome, seconds={**seconds, **outcome.seconds})


def read_outcome(data: bytes, path: str, parse: ParseFunction, options: Options) -> Outcome:
    """The outcome for bytes that were found at `path`. Raises nothing."""
    begun = time.perf_counter()
    sha256 = hashlib.sha256(data).hexdigest()
    content = content_key(sha256, data[:8], path)
    try:
        # The parser sees no path but a suffix: what it makes must be the same for each copy of the file.
        document = parse(data, f"document{suffix_of(content)}", options)
        parsed = time.perf_counter()
        source = msgspec.structs.replace(document.source, path=None, sha256=sha256, size=len(data))
        outcome = _finish(msgspec.structs.replace(document, source=source), content)
    except MemoryError as error:
        return _out_of_memory(content, path, printable("".join(traceback.format_exception(error))))
    except DocparseError as error:
        return _failed(content, path, error.code, error.message, error.advice)
    except Exception as error:  # a bug must cost one document, and must say where it is
        advice = "This is a fault in docparse: please report it with the file."
        trace = printable("".join(traceback.format_exception(error)))
        return _failed(content, path, "internal-error", printable(f"{type(error).__name__}: {error}"), advice, trace)
    seconds = {"parse": parsed - begun, "rows": time.perf_counter() - parsed}
    return msgspec.structs.replace(outcome, seconds=seconds)


def _finish(document: Document, content: str = "") -> Outcome:
    """A document as it is stored: its JSON, its rows, the words to find it by, its articles' signatures."""
    from docparse.wire import to_json

    return Outcome(
        content=content,
        json=to_json(document).rstrip(b"\n"),
        words=characters(document.text),
        rows=rows_of(document),
        signatures=tuple(signatures_of(document)),
        characters=len(document.text),
    )


def _out_of_memory(content: str, path: str, trace: str | None = None) -> Outcome:
    advice = "Use fewer workers, or allow more memory."
    return _failed(content, path, "out-of-memory", "The document needs more memory than it may have.", advice, trace)


def _failed(content: str, path: str, code: str, message: str, advice: str, trace: str | None = None) -> Outcome:
    failure = Failure(path=path, code=code, message=message, advice=advice, traceback=trace)
    return Outcome(content=content, failure=failure)
