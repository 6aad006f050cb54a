"""GBK two-byte characters as pairs of bytes, with the user-defined rows as private-use characters (GB 18030)."""

from __future__ import annotations

from functools import cache

Pair = tuple[int, int]


def byte_pair(character: str) -> Pair | None:
    """The two bytes of a character in GBK; None where it has one byte, four bytes or none."""
    try:
        data = character.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


@cache
def _characters() -> tuple[str, ...]:
    """The character of every pair of bytes, at lead << 8 | trail; empty where there is none."""
    table = [""] * 65536
    for lead in range(0x81, 0xFF):
        for trail in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
            try:
                table[lead << 8 | trail] = bytes([lead, trail]).decode("gb18030")
            except UnicodeDecodeError:
                continue
    return tuple(table)


def character_of(lead: int, trail: int) -> str:
    """The character of two bytes; empty where they are none. User-defined pairs give private-use characters."""
    return _characters()[lead << 8 | trail]


def is_private(character: str) -> bool:
    """Whether a character stands for a user-defined pair of bytes; most page pipelines delete it."""
    return "\ue000" <= character <= "\uf8ff"
