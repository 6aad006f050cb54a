"""Words as data: TOML tables beside this module, read once. No table is written to by anyone."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["load_toml"]


@cache
def load_toml(name: str) -> dict[str, Any]:
    """Return the table `NAME.toml` of this package. The result is shared: treat it as read-only.

    Args:
        name: the file's name without `.toml`.

    Raises:
        FileNotFoundError: there is no such table.
        tomllib.TOMLDecodeError: the table is not TOML.
    """
    data = resources.files(__package__).joinpath(f"{name}.toml").read_bytes()
    return tomllib.loads(data.decode("utf-8"))
