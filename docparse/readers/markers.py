"""How the markers of automatic lists stand before their text, in any format."""

from __future__ import annotations

BULLET = "•"
_CLOSES_ITSELF = tuple("、，。：；）】》〉」』．")


def part_marker(marker: str, *, parted: bool) -> str:
    """The marker with a space behind it where something parts it from the text and its own last sign does not.

    >>> part_marker("1.", parted=True), part_marker("一、", parted=True), part_marker("1.", parted=False)
    ('1. ', '一、', '1.')
    """
    return f"{marker} " if parted and not marker.endswith(_CLOSES_ITSELF) else marker


def join_marker(marker: str, text: str) -> str:
    """The paragraph as printed. Where nothing parts `1.` from `5万元`, a space does: on the page the type did.

    >>> join_marker("1.", "5万元"), join_marker("1.", "完成")
    ('1. 5万元', '1.完成')
    """
    if marker and text[:1].isdigit() and (marker[-1] in ".．,-" or marker[-1].isdigit()):
        return f"{marker} {text}"
    return marker + text
