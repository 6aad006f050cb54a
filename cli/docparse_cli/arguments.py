"""The parser of the command line. Only argparse is imported here, so that `docparse --help` is instant."""

from __future__ import annotations

import argparse
import codecs
import sys
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any, NoReturn

from docparse_cli.console import SMALLEST_WIDTH, error_line
from docparse_cli.messages import LANGUAGES, Language, say, usage_error

WRONG_USAGE = 2
Group = argparse._ArgumentGroup
_LARGEST_INDENT = 16
_MOST_WORKERS = 61
FORMATS = ("sqlite", "csv", "jsonl", "parquet", "xlsx")
EXPORTS = FORMATS[1:]


class Parser(argparse.ArgumentParser):
    """argparse whose own words are in the user's language."""

    def __init__(self, *, language: Language, **settings: Any) -> None:
        formatter = partial(_Formatter, language=language)
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=formatter, **settings)
        self.language = language

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong on standard error; exit status 2."""
        self.print_usage(sys.stderr)
        error_line(f"{self.prog}: {say(self.language, 'wrong-usage')}: {usage_error(self.language, message)}")
        raise SystemExit(WRONG_USAGE)


class _Formatter(argparse.HelpFormatter):
    def __init__(self, *, language: Language, **settings: Any) -> None:
        super().__init__(max_help_position=28, **settings)
        self._usage_word = say(language, "usage")

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self._usage_word if prefix is None else prefix)


class _Version(argparse.Action):
    """--version; the library is looked at only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from docparse import __version__

        print(f"docparse {__version__}")
        parser.exit()


def build_parser(language: Language) -> Parser:
    """The parser of the whole command line, its help in `language`."""
    parser = Parser(
        language=language, prog="docparse", description=say(language, "about"), epilog=say(language, "epilog")
    )
    general = _options(parser, language)
    general.add_argument("--version", action=_Version, nargs=0, help=say(language, "help-version"))
    commands = parser.add_subparsers(
        dest="command",
        metavar="COMMAND",
        title=say(language, "commands"),
    )
    for name, add_arguments in _COMMANDS.items():
        about = say(language, f"about-{name}")
        command = commands.add_parser(name, help=about, description=about, language=language)
        files = command.add_argument_group(say(language, "arguments"))
        add_arguments(files, _options(command, language), language)
    return parser


def _options(parser: argparse.ArgumentParser, language: Language) -> Group:
    group = parser.add_argument_group(say(language, "options"))
    group.add_argument("-h", "--help", action="help", help=say(language, "help-help"))
    group.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say(language, "help-lang"))
    return group


def _parse(files: Group, options: Group, language: Language) -> None:
    files.add_argument("files", nargs="+", metavar="FILE", help=say(language, "help-files"))
    options.add_argument(
        "--indent", type=partial(_whole, language, 0, _LARGEST_INDENT), default=0, metavar="N",
        help=say(language, "help-indent"),
    )  # fmt: skip
    _reading_options(options, language)
    options.add_argument("-o", "--output", metavar="FILE", help=say(language, "help-output"))


def _inspect(files: Group, options: Group, language: Language) -> None:
    files.add_argument("file", metavar="FILE", help=say(language, "help-file"))
    options.add_argument("--outline", action="store_true", help=say(language, "help-outline"))
    _width_option(options, language)
    options.add_argument(
        "--limit", type=partial(_whole, language, 0, None), default=20, metavar="N", help=say(language, "help-limit")
    )
    _reading_options(options, language)


def _batch(files: Group, options: Group, language: Language) -> None:
    files.add_argument("inputs", nargs="+", metavar="INPUT", help=say(language, "help-inputs"))
    options.add_argument("--out", required=True, metavar="OUT", help=say(language, "help-out"))
    options.add_argument(
        "--format", type=partial(_formats, language), action="extend", metavar="F", help=say(language, "help-format")
    )
    options.add_argument(
        "--workers", type=partial(_whole, language, 1, _MOST_WORKERS), metavar="N", help=say(language, "help-workers")
    )
    options.add_argument(
        "--timeout", type=partial(_whole, language, 1, None), metavar="N", help=say(language, "help-timeout")
    )
    options.add_argument(
        "--memory", type=partial(_whole, language, 64, None), metavar="N", help=say(language, "help-memory")
    )
    options.add_argument("--retry-failed", action="store_true", help=say(language, "help-retry-failed"))
    options.add_argument("--force", action="store_true", help=say(language, "help-force"))
    options.add_argument(
        "--watch", type=partial(_whole, language, 1, None), metavar="N", help=say(language, "help-watch")
    )
    options.add_argument("--quiet", action="store_true", help=say(language, "help-quiet"))
    options.add_argument("--log", choices=("text", "json"), default="text", help=say(language, "help-log"))
    _reading_options(options, language)


def _export(files: Group, options: Group, language: Language) -> None:
    files.add_argument("out", metavar="OUT", help=say(language, "help-store"))
    options.add_argument("--to", required=True, choices=EXPORTS, help=say(language, "help-to"))
    options.add_argument("-o", "--output", metavar="FOLDER", help=say(language, "help-export-output"))


def _query(files: Group, options: Group, language: Language) -> None:
    files.add_argument("out", metavar="OUT", help=say(language, "help-store"))
    files.add_argument("words", nargs="*", metavar="WORD", help=say(language, "help-words"))
    options.add_argument("--sql", metavar="SELECT", help=say(language, "help-sql"))
    options.add_argument("--json", action="store_true", help=say(language, "help-query-json"))
    options.add_argument(
        "--limit", type=partial(_whole, language, 1, None), metavar="N", help=say(language, "help-query-limit")
    )
    options.add_argument(
        "--seconds", type=partial(_whole, language, 1, None), default=10, metavar="N",
        help=say(language, "help-seconds"),
    )  # fmt: skip
    _width_option(options, language)


def _schema(files: Group, options: Group, language: Language) -> None:
    """No arguments of its own."""


def _explain(files: Group, options: Group, language: Language) -> None:
    files.add_argument("file", metavar="FILE", help=say(language, "help-file"))
    options.add_argument(
        "--span", required=True, type=partial(_span, language), metavar="A:B", help=say(language, "help-span")
    )
    _reading_options(options, language)


def _repair(files: Group, options: Group, language: Language) -> None:
    files.add_argument("files", nargs="+", metavar="FILE", help=say(language, "help-files"))
    options.add_argument("--explain", action="store_true", help=say(language, "help-explain"))
    options.add_argument("--all", action="store_true", help=say(language, "help-all"))
    options.add_argument("--json", action="store_true", help=say(language, "help-json"))
    options.add_argument("--simplified", action="store_true", help=say(language, "help-simplified"))
    _width_option(options, language)
    _encoding_option(options, language)
    options.add_argument("-o", "--output", metavar="FILE", help=say(language, "help-output"))


_COMMANDS = {
    "parse": _parse,
    "inspect": _inspect,
    "repair": _repair,
    "batch": _batch,
    "query": _query,
    "export": _export,
    "schema": _schema,
    "explain": _explain,
}


def _reading_options(options: Group, language: Language) -> None:
    options.add_argument(
        "--reference-date", type=partial(_date, language), metavar="D", help=say(language, "help-reference-date")
    )
    options.add_argument(
        "--min-confidence", type=partial(_share, language), metavar="X",
        help=say(language, "help-min-confidence"),
    )  # fmt: skip
    options.add_argument(
        "--wording", choices=("as-written", "mainland"), default="as-written", help=say(language, "help-wording")
    )
    options.add_argument(
        "--no-recognise", dest="recognise", action="store_false", help=say(language, "help-no-recognise")
    )
    _encoding_option(options, language)


def _encoding_option(options: Group, language: Language) -> None:
    options.add_argument(
        "--encoding", type=partial(_encoding, language), metavar="E", help=say(language, "help-encoding")
    )


def _width_option(options: Group, language: Language) -> None:
    options.add_argument(
        "--width", type=partial(_whole, language, SMALLEST_WIDTH, 500), metavar="N", help=say(language, "help-width")
    )


def _whole(language: Language, low: int, high: int | None, text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if number < low or (high is not None and number > high):
        raise argparse.ArgumentTypeError(say(language, "not-whole", text=text, low=low, high=high or "…"))
    return number


def _formats(language: Language, text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    if not names or not set(names) <= set(FORMATS):
        raise argparse.ArgumentTypeError(say(language, "not-formats", text=text, formats=", ".join(FORMATS)))
    return names


def _date(language: Language, text: str) -> date:
    try:
        if len(text) == len("2024-01-08"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(say(language, "not-date", text=text))


def _share(language: Language, text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(say(language, "not-share", text=text))
    return share


def _encoding(language: Language, text: str) -> str:
    try:
        return codecs.lookup(text).name
    except (LookupError, ValueError) as error:
        raise argparse.ArgumentTypeError(say(language, "not-encoding", text=text)) from error


def _span(language: Language, text: str) -> tuple[int, int]:
    start, _, end = text.partition(":")
    if all(part.isascii() and part.isdigit() and len(part) < 10 for part in (start, end)) and int(start) < int(end):
        return int(start), int(end)
    raise argparse.ArgumentTypeError(say(language, "not-span", text=text))
