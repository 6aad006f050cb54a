"""Patterns that are compiled when they are first needed."""

from __future__ import annotations

import re
from functools import cache


@cache
def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled on first use.

    For what stands behind a cheap test that few texts pass. Python takes 1 ms for each class that holds all Chinese
    characters, and the first document of a process waits for all of them.
    """
    return re.compile(pattern, flags)
