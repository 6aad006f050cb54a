"""How text reaches the terminal: streams, widths, and characters that must not act."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from rich.console import Console

SMALLEST_WIDTH, USUAL_WIDTH = 40, 80
MOST_COLUMNS = 110
"""Wider lines are hard to read, so a wide terminal is not filled."""


def make_console(stream: IO[str], *, width: int | None = None) -> Console:
    """A rich console that prints text as it is: no markup, no emoji codes, no guessed highlighting.

    Without `width` the terminal's own width counts, at most 110; into a pipe COLUMNS or 80. rich leaves colours out
    for pipes and NO_COLOR.
    """
    from rich.console import Console

    if width is None:
        width = min(_terminal_width(stream), MOST_COLUMNS)
    return Console(
        file=stream, width=max(width, SMALLEST_WIDTH), markup=False, emoji=False, highlight=False, legacy_windows=False
    )


def _terminal_width(stream: IO[str]) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or USUAL_WIDTH
    except (OSError, ValueError):
        return USUAL_WIDTH


def plain(text: str) -> str:
    """`text` on one line, without characters that would act on the terminal or that take no room.

    Documents come from strangers: an escape sequence in one must not move the cursor, nor a bidi override turn a line
    round.
    """
    shown = []
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Zs", "Zl", "Zp"):
            shown.append(" ")
        elif category == "Cs":
            shown.append("\ufffd")
        elif category not in ("Cf", "Mn", "Me"):
            shown.append(character)
    return " ".join("".join(shown).split())


def cut(text: str, cells: int) -> str:
    """`text` made plain and no wider than `cells` terminal cells; what is missing shows as `…`."""
    from rich.cells import cell_len, set_cell_size

    text = plain(text[: cells * 4 + 200])  # a cell never needs more characters than that
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…" if cells > 0 else ""


@contextmanager
def tidy(console: Console) -> Iterator[None]:
    """Into a pipe or a file, print lines without the blanks that tables leave at their ends."""
    if console.is_terminal:
        yield
        return
    with console.capture() as capture:
        yield
    for line in capture.get().splitlines():
        print(line.rstrip(), file=console.file)


def error_line(text: str) -> None:
    """Print one plain line on standard error."""
    print(plain(text), file=sys.stderr, flush=True)


def output_bytes() -> BinaryIO:
    """Standard output for bytes: JSON is UTF-8 whatever the locale."""
    return sys.stdout.buffer


def forgive_encodings() -> None:
    """Let a terminal that cannot show a character print `?` instead of raising."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def close_broken_pipe() -> None:
    """Point standard output nowhere, so that the interpreter's last flush does not complain."""
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(sink)
