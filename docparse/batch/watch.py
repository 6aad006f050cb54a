"""A folder that grows: the batch runs again and again, each time doing only what is new."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from docparse.batch.inputs import Inputs
from docparse.batch.records import BatchReport
from docparse.batch.runner import run


def watch(
    inputs: Inputs,
    out: str | os.PathLike[str],
    *,
    interval_seconds: float = 10.0,
    wait: Callable[[float], object] = time.sleep,
    **choices: Any,
) -> Iterator[BatchReport]:
    """The report of each round, without end; stop by asking for no more.

    A file that is still being copied is read as it is, recorded, and read again in the next round, because its size
    and time of change are then others.

    Args:
        inputs: as for `run`, but no stream: they are gone through in each round.
        out: as for `run`.
        interval_seconds: how long to rest between two rounds.
        wait: how to rest.
        choices: passed on to `run`. `force` and `retry_failed` count for the first round only.

    Raises: OptionError, as `run` does.
    """
    yield run(inputs, out, **choices)
    rest = {name: value for name, value in choices.items() if name not in ("force", "retry_failed")}
    while True:
        wait(interval_seconds)
        yield run(inputs, out, **rest)
