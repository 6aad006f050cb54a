"""Where the reading of Rich Text Format stands, and what its head says: fonts, styles, metadata."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from docparse.options import Options
from docparse.readers.rtf.fields import Field
from docparse.readers.rtf.story import Look, Story, Style, style_of
from docparse.readers.rtf.tables import RowShape
from docparse.readers.rtf.text import DEFAULT_CODEC, TextDecoder, codec_of_charset, codec_of_page
from docparse.readers.rtf.words import Place

_MOST_FONTS = 10_000
_LONGEST_NAME = 60
_MOST_STYLES = 10_000


@dataclass
class Group:
    """A group that is open, and what closing it gives back."""

    look: Look
    place: Place
    skip_after: int  # how many characters stand after a \\u for readers that do not know it
    opens_story: bool = False
    opens_field: bool = False


@dataclass
class State:
    """Where the reading stands: local to one call, never kept."""

    data: bytes
    options: Options
    position: int = 0
    look: Look = field(default_factory=Look)
    place: Place = "text"
    skip_after: int = 1
    skipping: int = 0
    starred: bool = False
    groups: list[Group] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    stories: list[Story] = field(default_factory=list)
    furniture: list[Story] = field(default_factory=list)
    row: RowShape = field(default_factory=RowShape)
    inner_row: RowShape = field(default_factory=RowShape)
    decoder: TextDecoder = field(default_factory=TextDecoder)
    page_codec: str = DEFAULT_CODEC
    codecs: dict[int, str] = field(default_factory=dict)
    font_names: dict[int, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    default_font: int = -1
    font_number: int = -1
    styles: dict[int, Style] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)  # of a style's name or a field of the metadata
    words_length: int = 0
    style_number: int | None = 0
    style_base: int = -1
    style_level: int | None = None
    facts: dict[str, str] = field(default_factory=dict)
    moment: dict[str, int] = field(default_factory=dict)
    characters: int = 0
    blocks: int = 0
    hidden: int = 0
    inserted: int = 0
    deleted: int = 0
    comments: int = 0
    script: bytes = b"loch"  # which of a run's fonts the words that follow are about

    def start_words(self) -> None:
        """Begin another style's name or field of the metadata."""
        self.words.clear()
        self.words_length = 0


def take_font_word(state: State, word: bytes, number: int | None) -> None:
    codec = None
    if word == b"f":
        state.font_number = number or 0
        state.font_names.pop(state.font_number, None)
    elif word == b"fcharset":
        codec = codec_of_charset(number or 0)
    elif word == b"cpg":
        codec = codec_of_page(number or 0)
    if codec is not None and len(state.codecs) < _MOST_FONTS:
        state.codecs[state.font_number] = codec


def take_font_name(state: State, text: str) -> None:
    name = state.font_names.get(state.font_number, "")
    if len(name) < _LONGEST_NAME and (name or len(state.font_names) < _MOST_FONTS):
        state.font_names[state.font_number] = name + text.partition(";")[0].strip("\r\n")


def take_style_word(state: State, word: bytes, number: int | None) -> None:
    if word == b"s":
        state.style_number = number or 0
    elif word in (b"cs", b"ds", b"ts"):
        state.style_number = None
    elif word == b"sbasedon":
        state.style_base = -1 if number is None else number
    elif word == b"outlinelevel":
        state.style_level = outline(number) or None
    elif word == b"f":
        state.look = state.look._replace(font=number or 0)


def finish_style(state: State) -> None:
    if state.style_number is not None and len(state.styles) < _MOST_STYLES:
        base = state.styles.get(state.style_base)
        state.styles[state.style_number] = style_of("".join(state.words), state.style_level, base)
    state.start_words()
    state.style_number, state.style_base, state.style_level = 0, -1, None


def finish_fact(state: State, place: Place) -> None:
    text = "".join(state.words).strip()
    if state.moment:
        year, month, day, hour, minute = (state.moment.get(name, 0) for name in ("yr", "mo", "dy", "hr", "min"))
        text = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}"
    if text:
        state.facts[place] = text
    state.start_words()
    state.moment.clear()


def outline(number: int | None) -> int:
    """The 1-based heading level of an outline level; 0 for body text, which Word writes as 9."""
    return number + 1 if number is not None and 0 <= number <= 8 else 0
