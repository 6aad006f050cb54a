"""Errors that `parse` may raise. Each says what is wrong with the input and what the user can do."""

from __future__ import annotations


class DocparseError(Exception):
    """Base of all errors that docparse raises on purpose.

    `code` is stable, lower-case and hyphenated; `advice` is one sentence that says what to do.
    """

    def __init__(self, code: str, message: str, advice: str = "") -> None:
        super().__init__(f"{message} {advice}".strip())
        self.code = code
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[type[DocparseError], tuple[str, str, str]]:
        """Keep all three parts when the error crosses a process border."""
        return type(self), (self.code, self.message, self.advice)


class UnreadableFileError(DocparseError):
    """The file cannot be opened: missing, a directory, no rights."""


class UnsupportedFormatError(DocparseError):
    """The bytes are of a format that docparse does not read."""


class DamagedFileError(DocparseError):
    """The bytes claim a format but break its rules: truncated, corrupt, encrypted."""


class LimitExceededError(DocparseError):
    """The input is larger, deeper or more expanded than `Options` allows."""


class OptionError(DocparseError, ValueError):
    """An option or argument has a value that docparse does not take."""
