"""Paragraphs of Rich Text Format: what they look like, and the pieces that they become."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from docparse.readers.markers import BULLET, join_marker, part_marker
from docparse.readers.pieces import Piece, break_lines, is_visible
from docparse.readers.rtf.tables import Tables
from docparse.readers.style_names import is_contents, is_title, named_level, plain_name
from docparse.records import BlockKind

_LONGEST_MARKER = 40
DEFAULT_SIZE = 12.0


class Style(NamedTuple):
    """A paragraph style: 1-based heading level, and what its name says of it."""

    level: int | None = None
    title: bool = False
    toc: bool = False


def style_of(name: str, level: int | None, base: Style | None) -> Style:
    """The style with that name; where it gives no level itself, its name or the style it is based on does."""
    name = plain_name(name)
    if level is None:
        level = named_level(name) or (None if base is None else base.level)
    return Style(level, is_title(name, inherited=base is not None and base.title and level is None), is_contents(name))


class Look(NamedTuple):
    """How characters and their paragraph look; a group gives back what stood before it. `size` is in points.

    `level` 0 says that the paragraph is body text, whatever its style; `depth` counts the tables around it.
    """

    font: int = -1
    size: float = DEFAULT_SIZE
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    style: int = 0
    level: int | None = None
    depth: int = 0


@dataclass
class Story:
    """A stretch of text of its own: the body, a header, a note, a box."""

    tables: Tables
    kind: BlockKind | None = None
    texts: list[str] = field(default_factory=list)
    marker: str = ""
    visible: int = 0
    bold: int = 0
    sizes: dict[float, int] = field(default_factory=dict)

    def add(self, text: str, look: Look) -> None:
        """Add characters to the open paragraph."""
        self.texts.append(text)
        weight = len(text.strip())
        self.visible += weight
        self.bold += weight if look.bold else 0
        self.sizes[look.size] = self.sizes.get(look.size, 0) + weight

    def finish_paragraph(self, look: Look, styles: dict[int, Style]) -> int:
        """End the open paragraph; how many pieces it has become, which is none if there is nothing to see in it."""
        text = "".join(self.texts).strip("\n")
        marker = _clean_marker(self.marker)
        sink = self.tables.sink(look.depth)
        before = len(sink)
        if is_visible(text) or marker.strip() not in ("", BULLET):
            style = styles.get(look.style, Style())
            kind, level = self._kind(look, style, bool(marker))
            size = max(self.sizes, key=lambda key: self.sizes[key], default=look.size)
            bold = 0 < self.visible == self.bold
            sink.extend(break_lines(Piece(join_marker(marker, text), kind, level, size=size, bold=bold)))
        self.texts, self.marker, self.visible, self.bold, self.sizes = [], "", 0, 0, {}
        return len(sink) - before

    def _kind(self, look: Look, style: Style, listed: bool) -> tuple[BlockKind, int | None]:
        if self.kind is not None:
            return self.kind, None
        if style.toc:
            return "toc", None
        level = style.level if look.level is None else look.level or None
        if level is not None:
            return "heading", level
        if style.title:
            return "heading", None
        return ("list_item" if listed else "paragraph"), None


def _clean_marker(text: str) -> str:
    """The marker of automatic numbering as our other readers write it: one space behind it, or none; a bullet is •."""
    marker = text.strip()[:_LONGEST_MARKER]
    if not marker:
        return ""
    if (len(marker) == 1 and not marker.isalnum()) or all(unicodedata.category(char) == "Co" for char in marker):
        return f"{BULLET} "
    return part_marker(marker, parted=text[-1].isspace())
