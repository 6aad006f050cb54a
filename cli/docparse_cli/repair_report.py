"""`docparse repair --explain`: what happened to a text, each repair in its place, and the bytes of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docparse_cli.console import plain
from docparse_cli.damage_bytes import GBK, Bytes, Story, byte_story, pieces
from docparse_cli.layout import fold
from docparse_cli.messages import Language, counted, damage_name, damage_story, name_of, say, warning
from docparse_cli.reading import shown_name

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from docparse.text.edits import Edit
    from docparse_cli.repair import Mended

SHOWN_ALIKE, SHOWN_OF_A_KIND = 3, 30
"""Repairs that are shown of those with the same characters, and of one kind."""
PAIRS_SHOWN = 120
WARNINGS_SHOWN = 20
_LABEL_CELLS = 8
_INDENT = 4
_DAMAGED, _MENDED = "red", "green"
_SPACES = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """Where an offset is for a person: both count from 1."""

    line: int
    column: int


class Lines:
    """The lines of a text, for finding the place of an offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(m.end() for m in _SPACES.finditer(text))]

    def place(self, span: Sequence[int]) -> Place:
        """The place of a span's first character."""
        number = bisect_right(self.starts, span[0])
        return Place(number, span[0] - self.starts[number - 1] + 1)


class Shown(NamedTuple):
    """A repair in place: `at` is where its result starts in the repaired text; `more` like it are not shown."""

    edit: Edit
    before: str
    at: int
    more: int


def report(console: Console, mended: Mended, language: Language, *, everything: bool, simplified: bool) -> None:
    """Print what happened, where, and what is still damaged; `everything` leaves no repair out."""
    from docparse_cli.repair import summary

    repaired = mended.repaired
    console.print(plain(shown_name(language, mended.name)), style="bold", overflow="ellipsis", no_wrap=True)
    size = say(language, "characters", count=len(repaired.raw))
    script = name_of(language, "script", repaired.script)
    _paragraph(console, f"{size}{say(language, 'comma')}{script}", 0)
    _paragraph(console, summary(mended, language), 0)
    found = _placed(mended)
    shown = _chosen(found, everything)
    if found:
        _overview(console, found, shown, language, everything)
        console.print()
        _paragraph(console, say(language, "marks-mean"), 0, "dim")
        _in_place(console, mended, shown, language)
    if mended.warnings:
        _left(console, mended, language, everything)
    if simplified and mended.text != repaired.text:
        console.print()
        _paragraph(console, say(language, "now-simplified"), 0)


def _placed(mended: Mended) -> list[Shown]:
    """The listed repairs with the place of each in the repaired text."""
    raw, moved, found = mended.repaired.raw, 0, []
    for edit in mended.repaired.edits:
        if edit.listed:
            found.append(Shown(edit, raw[edit.start : edit.end], edit.start + moved, 0))
        moved += len(edit.after) - (edit.end - edit.start)
    return found


def _pair(one: Shown) -> tuple[str, str, str]:
    return one.edit.kind, one.before, one.edit.after


def _chosen(found: Sequence[Shown], everything: bool) -> list[Shown]:
    """The repairs to show one by one: the first few of those that are alike, and never hundreds of one kind.

    Of a kind that has the same few things to say hundreds of times, as pinyin has, the first few stand for all.
    """
    if everything:
        return list(found)
    kinds, pairs = Counter(one.edit.kind for one in found), Counter(map(_pair, found))
    distinct = Counter(kind for kind, _, _ in pairs)
    seen: Counter[object] = Counter()
    last: dict[object, int] = {}
    shown: list[Shown] = []
    for one in found:
        kind, pair = one.edit.kind, _pair(one)
        alike: object = kind if kinds[kind] > max(SHOWN_OF_A_KIND, 2 * distinct[kind]) else pair
        if seen[alike] < SHOWN_ALIKE and seen[kind] < (SHOWN_ALIKE if alike == kind else SHOWN_OF_A_KIND):
            shown.append(one)
            last[alike] = last[kind] = len(shown) - 1
        else:
            place = last.get(alike, last[kind])
            shown[place] = shown[place]._replace(more=shown[place].more + 1)
        seen.update({alike, kind})
    return shown


def _overview(
    console: Console, found: Sequence[Shown], shown: Sequence[Shown], language: Language, everything: bool
) -> None:
    """Each kind with its number and its story, and what was changed into what where not every repair is shown."""
    _title(console, say(language, "what-happened"))
    told = Counter(one.edit.kind for one in shown)
    for kind, count in Counter(one.edit.kind for one in found).most_common():
        console.print(_text((f"{count:>5,}  ", "bold"), (damage_name(language, kind), "bold"), (f"  {kind}", "dim")))
        _paragraph(console, damage_story(language, kind), _INDENT + 3)
        if told[kind] < count or everything and count > SHOWN_OF_A_KIND:
            _pairs(console, [one for one in found if one.edit.kind == kind], language, everything)


def _pairs(console: Console, found: Sequence[Shown], language: Language, everything: bool) -> None:
    """`產(chǎn) 31   業(yè) 29 …`: what was found how often, in columns."""
    from rich.cells import cell_len, set_cell_size

    room = console.width - _INDENT - 3
    counts = Counter((one.before, one.edit.after) for one in found).most_common()
    most = len(counts) if everything else PAIRS_SHOWN
    entries = []
    for (before, after), count in counts[:most]:
        told = visible(before) if not after or _is_gloss(before, after) else f"{visible(before)}→{visible(after)}"
        number = f" {count:,}"
        entries.append(_middle(told, room // 2 - len(number) - 2) + number)
    width = max(map(cell_len, entries)) + 3
    columns = max(room // width, 1)
    for at in range(0, len(entries), columns):
        row = entries[at : at + columns]
        line = "".join(set_cell_size(entry, width) for entry in row[:-1]) + row[-1]
        console.print(" " * (_INDENT + 3) + line, style="cyan", no_wrap=True)
    if len(counts) > most:
        rest = sum(count for _, count in counts[most:])
        console.print(" " * (_INDENT + 3) + say(language, "such-more", count=rest), style="dim")


def _is_gloss(before: str, after: str) -> bool:
    return len(after) == 1 and before.startswith(after + "(")


def _in_place(console: Console, mended: Mended, shown: Sequence[Shown], language: Language) -> None:
    """Every repair to show, by line of the raw text."""
    lines = Lines(mended.repaired.raw)
    current = 0
    for one in shown:
        place = lines.place((one.edit.start,))
        if place.line != current:
            current = place.line
            _title(console, say(language, "line", line=place.line))
        _one(console, mended, one, place, language)


def _one(console: Console, mended: Mended, one: Shown, place: Place, language: Language) -> None:
    edit, repaired = one.edit, mended.repaired
    column = say(language, "column", column=place.column)
    console.print(_text((f"  {column}", ""), (f"  {damage_name(language, edit.kind)}", "bold")))
    room = console.width - _INDENT - 3
    for sign, text, start, end, style in (
        ("-", repaired.raw, edit.start, edit.end, _DAMAGED),
        ("+", repaired.text, one.at, one.at + len(edit.after), _MENDED),
    ):
        before, marked, after = excerpt(text, start, end, room)
        console.print(_text((f"{'':{_INDENT}}{sign}  ", style), (before, ""), (marked, f"bold {style}"), (after, "")))
    _labelled(console, say(language, "evidence"), edit.evidence)
    story = _story(one, repaired.raw)
    if story is not None:
        _bytes(console, story, language)
    sure = f"{edit.certainty:.0%}"
    if edit.certified:
        sure += say(language, "comma") + say(language, "proved")
    _labelled(console, say(language, "sure"), sure)
    _labelled(console, say(language, "rule"), f"{edit.kind}: {edit.rule}" if edit.rule else edit.kind)
    if one.more:
        console.print(" " * _INDENT + say(language, "such-more", count=one.more), style="dim")


def _story(one: Shown, raw: str) -> Story | None:
    """The bytes of a repair; one that only takes out or puts in is told with the character before it."""
    host = raw[max(one.edit.start - 1, 0) : one.edit.start] if not (one.before and one.edit.after) else ""
    return byte_story(one.edit.kind, host + one.before, host + one.edit.after)


def _bytes(console: Console, story: Story, language: Language) -> None:
    """Two rows of bytes below each other, and behind each what it reads as."""
    from rich.cells import cell_len

    labels = [say(language, "was"), say(language, "became")]
    width = max(map(cell_len, labels)) + 2
    heads = [label + " " * (width - cell_len(label)) for label in labels]
    room = console.width - _INDENT - _LABEL_CELLS - width
    rows = _wrapped(story, room)
    texts = [_read_as(side, story, language) for side in (story.was, story.now)]
    longest = max(sum(len(piece.was) + 1 for piece in row) for row in rows)
    beside = longest + 2 + max(map(cell_len, texts)) <= room and len(rows) == 1
    label = say(language, "hex")
    for row in rows:
        for side, style in ((0, _MENDED), (1, _DAMAGED)):
            line = _text((f"{'':{_INDENT}}{label}{' ' * (_LABEL_CELLS - cell_len(label))}", "dim"), (heads[side], "dim"))
            for piece in row:
                line.append(piece[side] + " ", style=style if piece.changed else "")
            if beside:
                line.append(f"  {texts[side]}", style=style)
            console.print(line, no_wrap=True)
            label = ""
    for head, text, style in zip(heads, texts, (_MENDED, _DAMAGED), strict=True):
        if not beside:
            line = _text((f"{'':{_INDENT + _LABEL_CELLS}}{head}", "dim"), (_middle(text, room), style))
            console.print(line, no_wrap=True)
    if story.returned:
        _labelled(console, "", say(language, "mark-came-back", mark=story.returned))


def _wrapped(story: Story, room: int) -> list[list[tuple[str, str, bool]]]:
    raise NotImplementedError
