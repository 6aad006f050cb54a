"""docparse: Chinese plans and summaries, as they are found, into structured JSON.

>>> import docparse
>>> [(t.text, t.value) for t in docparse.find_times("自2024年起，每月5号前报送")]
[('2024年起', '2024/..'), ('每月5号前', 'XXXX-XX-05')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docparse.errors import (
        DamagedFileError,
        DocparseError,
        LimitExceededError,
        OptionError,
        UnreadableFileError,
        UnsupportedFormatError,
    )
    from docparse.expr.instants import DurationBounds, TimeSpan, as_timedelta, duration_bounds, time_span
    from docparse.expr.numerals import parse_number
    from docparse.expr.quantities import find_quantities
    from docparse.expr.times import find_times
    from docparse.expr.timex3 import to_timex3
    from docparse.options import Options
    from docparse.pipeline import parse, parse_folder, parse_text
    from docparse.records import Document
    from docparse.text.repair import Repaired, repair
    from docparse.wire import from_json, json_schema, to_json

__version__ = "0.1.0"

__all__ = [
    "DamagedFileError",
    "DocparseError",
    "Document",
    "DurationBounds",
    "LimitExceededError",
    "OptionError",
    "Options",
    "Repaired",
    "TimeSpan",
    "UnreadableFileError",
    "UnsupportedFormatError",
    "__version__",
    "as_timedelta",
    "duration_bounds",
    "find_quantities",
    "find_times",
    "from_json",
    "json_schema",
    "parse",
    "parse_folder",
    "parse_number",
    "parse_text",
    "repair",
    "time_span",
    "to_json",
    "to_timex3",
]

# Where each public name lives. Modules are imported on first use, so that `docparse --help` stays instant.
_HOME = {
    "DamagedFileError": "errors",
    "DocparseError": "errors",
    "Document": "records",
    "DurationBounds": "expr.instants",
    "LimitExceededError": "errors",
    "OptionError": "errors",
    "Options": "options",
    "Repaired": "text.repair",
    "TimeSpan": "expr.instants",
    "UnreadableFileError": "errors",
    "UnsupportedFormatError": "errors",
    "as_timedelta": "expr.instants",
    "duration_bounds": "expr.instants",
    "find_quantities": "expr.quantities",
    "find_times": "expr.times",
    "from_json": "wire",
    "json_schema": "wire",
    "parse": "pipeline",
    "parse_folder": "pipeline",
    "parse_number": "expr.numerals",
    "parse_text": "pipeline",
    "repair": "text.repair",
    "time_span": "expr.instants",
    "to_json": "wire",
    "to_timex3": "expr.timex3",
}


def __getattr__(name: str) -> object:
    """A public name, imported when it is first asked for (PEP 562)."""
    if name in _HOME:
        return getattr(import_module(f"docparse.{_HOME[name]}"), name)
    raise AttributeError(f"module 'docparse' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
