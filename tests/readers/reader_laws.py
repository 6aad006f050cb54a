"""What every reading must keep, whatever the format."""

from __future__ import annotations

from docparse.records import Reading


def check_laws(reading: Reading) -> None:
    """Assert that blocks are in order, do not overlap, are trimmed, and that raw can be encoded."""
    reading.raw.encode("utf-8")
    end = 0
    for block in reading.blocks:
        assert end <= block.start < block.end <= len(reading.raw)
        text = reading.raw[block.start : block.end]
        assert text == text.strip()
        end = block.end


def texts(reading: Reading, kind: str | None = None) -> list[str]:
    """The texts of the blocks, of one kind or of all."""
    return [reading.raw[b.start : b.end] for b in reading.blocks if kind is None or b.kind == kind]


def uncovered(reading: Reading) -> str:
    """The visible characters of raw that no block covers."""
    left = []
    end = 0
    for block in reading.blocks:
        left.append(reading.raw[end : block.start])
        end = block.end
    left.append(reading.raw[end:])
    return "".join("".join(left).split())
