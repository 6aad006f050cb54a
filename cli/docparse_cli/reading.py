"""What the commands that read one document have in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from docparse.errors import DocparseError
from docparse_cli.arguments import WRONG_USAGE
from docparse_cli.console import error_line
from docparse_cli.messages import Language, say, trouble

if TYPE_CHECKING:
    from docparse.options import Options
    from docparse.records import Document, Reading

STDIN = "-"
Made = TypeVar("Made")


def read_options(chosen: argparse.Namespace) -> Options:
    """The library's options from the command line's."""
    from docparse.options import DEFAULT_OPTIONS, Options

    least = chosen.min_confidence
    return Options(
        reference_date=chosen.reference_date,
        min_confidence=DEFAULT_OPTIONS.min_confidence if least is None else least,
        wording=chosen.wording,
        encoding=chosen.encoding,
        recognise=chosen.recognise,
    )


def source_of(name: str, options: Options) -> str | bytes:
    """What to hand to the library for a file argument: its path, or for `-` the bytes of standard input.

    One byte more than the limit is read, so that endless input ends in the library's own error.
    """
    return sys.stdin.buffer.read(options.max_bytes + 1) if name == STDIN else name


def read_document(name: str, options: Options, language: Language) -> Document | None:
    """The document, or None after an error line. A fault inside docparse costs this document, not the run."""
    from docparse.pipeline import parse

    return made(name, language, lambda: parse(source_of(name, options), options=options))


def read_raw(name: str, options: Options) -> Reading:
    """What the reader sees in a file, before any repair. Raises DocparseError."""
    from docparse.readers import read_bytes, read_path

    source = source_of(name, options)
    return read_bytes(source, options=options) if isinstance(source, bytes) else read_path(source, options=options)


def made(name: str, language: Language, make: Callable[[], Made]) -> Made | None:
    """What `make` makes of the file `name`, or None after an error line."""
    try:
        return make()
    except DocparseError as error:
        report_failure(language, name, error.code, error.message, error.advice)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        report_failure(language, name, "internal-error", reason, say(language, "please-report"))
    return None


def shown_name(language: Language, path: str) -> str:
    """A file argument as messages call it."""
    return say(language, "standard-input") if path == STDIN else str(Path(path))


def refuse(chosen: argparse.Namespace, key: str) -> int:
    """Wrong usage, after an error line: arguments that contradict each other."""
    error_line(f"docparse {chosen.command}: {say(chosen.language, 'wrong-usage')}: {say(chosen.language, key)}")
    return WRONG_USAGE


def report_failure(language: Language, path: str, code: str, message: str, advice: str) -> None:
    """Print `path: code: message advice` on standard error."""
    message, advice = trouble(language, code, message, advice)
    error_line(f"{shown_name(language, path)}: {code}: {message} {advice}")
