"""The entry point: dispatch to one module a command, and the exit status.

0: all is well. 1: some documents failed. 2: wrong usage. 130: interrupted. 141: the reader of the output went away.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from docparse_cli.arguments import WRONG_USAGE, build_parser
from docparse_cli.console import close_broken_pipe, error_line, forgive_encodings
from docparse_cli.messages import choose_language, say, trouble

OK, SOME_FAILED, INTERRUPTED, PIPE_CLOSED = 0, 1, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status of the command line `arguments` (default: this process's). Raises nothing."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    language = choose_language(arguments, os.environ)
    forgive_encodings()
    try:
        parser = build_parser(language)
        chosen = parser.parse_args(arguments)
        chosen.language = language
        if chosen.command is None:
            parser.print_help()
            return OK
        status = _run(chosen)
        sys.stdout.flush()
        return status
    except SystemExit as leaving:  # argparse: --help, --version, wrong usage
        return leaving.code if isinstance(leaving.code, int) else OK
    except KeyboardInterrupt:
        error_line(say(language, "interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        close_broken_pipe()
        return PIPE_CLOSED


def _run(chosen: argparse.Namespace) -> int:
    from docparse.errors import DocparseError, OptionError

    try:
        return int(import_module(f"docparse_cli.{chosen.command}").run(chosen))
    except DocparseError as error:
        message, advice = trouble(chosen.language, error.code, error.message, error.advice)
        error_line(f"docparse: {error.code}: {message} {advice}")
        return WRONG_USAGE if isinstance(error, OptionError) else SOME_FAILED
    except BrokenPipeError:
        raise
    except OSError as error:
        error_line(f"docparse: {say(chosen.language, 'os-error', reason=error)}")
        return SOME_FAILED
