"""What the commands that read one document have in common."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docparse.errors import DocparseError
from docparse_cli.console import error_line
from docparse_cli.messages import Language, say, trouble

if TYPE_CHECKING:
    from docparse.options import Options
    from docparse.records import Document

STDIN = "-"


def read_options(chosen: argparse.Namespace) -> Options:
    """The library's options from the command line's."""
    from docparse.options import Options

    return Options(reference_date=chosen.reference_date, min_confidence=chosen.min_confidence, encoding=chosen.encoding)


def source_of(name: str, options: Options) -> str | bytes:
    """What to hand to the library for a file argument: its path, or for `-` the bytes of standard input.

    One byte more than the limit is read, so that endless input ends in the library's own error.
    """
    return sys.stdin.buffer.read(options.max_bytes + 1) if name == STDIN else name


def read_document(name: str, options: Options, language: Language) -> Document | None:
    """The document, or None after an error line. A fault inside docparse costs this document, not the run."""
    from docparse.pipeline import parse

    try:
        return parse(source_of(name, options), options=options)
    except DocparseError as error:
        report_failure(language, name, error.code, error.message, error.advice)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        report_failure(language, name, "internal-error", reason, say(language, "please-report"))
    return None


def report_failure(language: Language, path: str, code: str, message: str, advice: str) -> None:
    """Print `path: code: message advice` on standard error."""
    message, advice = trouble(language, code, message, advice)
    shown = say(language, "standard-input") if path == STDIN else str(Path(path))
    error_line(f"{shown}: {code}: {message} {advice}")
