"""`docparse repair --explain`: what happened to a text, each repair in its place, and the bytes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docparse_cli.console import plain
from docparse_cli.damage_bytes import BYTE_KINDS, GBK, Bytes, Row, Story, byte_story, rows
from docparse_cli.excerpts import Lines, Place, cells_of, excerpt, filled, shortened, visible
from docparse_cli.layout import fold
from docparse_cli.messages import Language, damage_name, damage_story, name_of, say, warning
from docparse_cli.reading import shown_name

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from docparse.records import Warning
    from docparse.text.edits import Edit
    from docparse_cli.repair import Mended

SHOWN_ALIKE, SHOWN_OF_A_KIND = 3, 30
"""Repairs that are shown of those with the same characters, and of one kind."""
PAIRS_SHOWN = 120
WARNINGS_SHOWN = 20
_LABEL_CELLS = 8
_WIDE = 60
_INDENT = 4
_DAMAGED, _MENDED = "red", "green"


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
        if any(one.edit.kind in BYTE_KINDS for one in shown):
            _paragraph(console, say(language, "bytes-mean"), 0, "dim")
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
        many = kinds[kind] > max(SHOWN_OF_A_KIND, 2 * distinct[kind])
        if seen[pair] < (1 if many else SHOWN_ALIKE) and seen[kind] < (SHOWN_ALIKE if many else SHOWN_OF_A_KIND):
            shown.append(one)
            seen.update({kind, pair})
            last[kind] = last[pair] = len(shown) - 1
            continue
        place = last[kind] if many else last.get(pair, last[kind])
        shown[place] = shown[place]._replace(more=shown[place].more + 1)
    return shown


def _overview(
    console: Console, found: Sequence[Shown], shown: Sequence[Shown], language: Language, everything: bool
) -> None:
    """Each kind with its number and its story, and what was changed into what where not every repair is shown."""
    _title(console, say(language, "what-happened"))
    told = Counter(one.edit.kind for one in shown)
    for kind, count in Counter(one.edit.kind for one in found).most_common():
        console.print(_heading(count, damage_name(language, kind), kind, "bold"))
        _paragraph(console, damage_story(language, kind), _INDENT + 3)
        if told[kind] < count or (everything and count > SHOWN_OF_A_KIND):
            _pairs(console, [one for one in found if one.edit.kind == kind], language, everything)


def _pairs(console: Console, found: Sequence[Shown], language: Language, everything: bool) -> None:
    """`產(chǎn) 31   業(yè) 29 …`: what was found how often, in columns."""
    room = console.width - _INDENT - 3
    counts = Counter((one.before, one.edit.after) for one in found).most_common()
    if len(counts) == 1:
        return
    most = len(counts) if everything else PAIRS_SHOWN
    entries = []
    for (before, after), count in counts[:most]:
        told = visible(before) if not after or _is_gloss(before, after) else f"{visible(before)}→{visible(after)}"
        entries.append((shortened(told, room // 2), f"{count:,}"))
    widths = [max(map(cells_of, column)) for column in zip(*entries, strict=True)]
    columns = max((room + 3) // (sum(widths) + 5), 1)
    for at in range(0, len(entries), columns):
        row = "   ".join(f"{filled(told, widths[0])}  {n:>{widths[1]}}" for told, n in entries[at : at + columns])
        console.print(" " * (_INDENT + 3) + row, style="cyan", no_wrap=True)
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
    sides = (("-", repaired.raw, edit.start, edit.end), ("+", repaired.text, one.at, one.at + len(edit.after)))
    margin = max(cells_of(excerpt(text, start, end, room)[0]) for _, text, start, end in sides)
    for sign, text, start, end in sides:
        before, marked, after = excerpt(text, start, end, room, margin)
        style = _DAMAGED if sign == "-" else _MENDED
        console.print(_text((f"{'':{_INDENT}}{sign}  ", style), before, (marked, f"bold {style}"), after))
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
    """The bytes of a repair, with the character before it where that takes part: in a shift, or if nothing is left."""
    alone = one.before and one.edit.after and one.edit.kind != "byte-shift"
    host = "" if alone else raw[max(one.edit.start - 1, 0) : one.edit.start]
    host = host if host.isalpha() else ""
    return byte_story(one.edit.kind, host + one.before, host + one.edit.after)


def _bytes(console: Console, story: Story, language: Language) -> None:
    """Two rows of bytes below each other, and behind each, or below where there is no room, what it reads as."""
    labels = [say(language, "was"), say(language, "became")]
    width = max(map(cells_of, labels)) + 1
    texts = [_read_as(side, story, language) for side in (story.was, story.now)]
    room = console.width - _INDENT - _LABEL_CELLS - width
    both = rows(story)
    count, on_a_line = len(both[0].cells), (room - 1) // 3
    beside = 3 * count + 4 + max(map(cells_of, texts)) <= room
    label = say(language, "hex")
    for at in range(0, count, on_a_line):
        for row, name, text, style in zip(both, labels, texts, (_MENDED, _DAMAGED), strict=True):
            if at and not "".join(row.cells[at : at + on_a_line]).strip():
                continue
            line = _text((f"{'':{_INDENT}}{filled(label, _LABEL_CELLS)}{filled(name, width)}", "dim"))
            _append_bytes(line, row, at, min(at + on_a_line, count), style)
            line.append(f"   {text}" if beside else "", style=style)
            console.print(line, no_wrap=True)
            label = ""
    for name, text, style in zip(labels, texts, (_MENDED, _DAMAGED), strict=True):
        if not beside:
            head = f"{'':{_INDENT + _LABEL_CELLS}}{filled(name, width)} "
            console.print(_text((head, "dim"), (shortened(text, room - 1), style)), no_wrap=True)
    if story.returned:
        _labelled(console, "", say(language, "mark-came-back", mark=story.returned))


def _append_bytes(line: Text, row: Row, start: int, end: int, style: str) -> None:
    for place in range(start, end):
        mark = row.marks[place] if place > start or row.marks[place] != "⟧" else " "
        line.append(mark, style=f"bold {style}")
        line.append(row.cells[place], style=style if row.changed[place] else "")
    line.append(row.marks[end] if row.marks[end] == "⟧" else " ", style=f"bold {style}")


def _read_as(side: Bytes, story: Story, language: Language) -> str:
    text = visible(side.text)
    if side.encoding == story.was.encoding == story.now.encoding == GBK:
        return text
    name = "GBK" if side.encoding == GBK else side.encoding.upper()
    return say(language, "read-as", text=text, encoding=name)


def _left(console: Console, mended: Mended, language: Language, everything: bool) -> None:
    """What is damaged and was left, by kind, each in its place."""
    raw = mended.repaired.raw
    lines = Lines(raw)
    _title(console, say(language, "left-damaged"))
    alike: dict[tuple[str, str], list[Warning]] = {}
    for one in mended.warnings:
        alike.setdefault((one.code, one.message), []).append(one)
    for (code, message), found in alike.items():
        console.print(_heading(len(found), damage_name(language, code), code, "bold yellow"))
        _paragraph(console, warning(language, code, message), _INDENT + 3)
        spans = [one.raw_span for one in found if one.raw_span]
        for start, end in spans if everything else spans[:WARNINGS_SHOWN]:
            place = lines.place((start,))
            key = "place" if console.width >= _WIDE else "place-short"
            where = say(language, key, line=place.line, column=place.column)
            where = filled(where, max(26 if console.width >= _WIDE else 8, cells_of(where) + 1))
            before, marked, after = excerpt(raw, start, end, console.width - _INDENT - 3 - cells_of(where))
            indent = " " * (_INDENT + 3)
            console.print(_text((indent + where, "dim"), before, (marked, "bold yellow"), after), no_wrap=True)
        if not everything and len(spans) > WARNINGS_SHOWN:
            more = say(language, "such-more", count=len(spans) - WARNINGS_SHOWN)
            console.print(" " * (_INDENT + 3) + more, style="dim")


def _heading(count: int, name: str, code: str, style: str) -> Text:
    return _text((f"{count:>5,}  ", "bold"), (name, style), ("" if name == code else f"  {code}", "dim"))


def _text(*parts: str | tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*parts, no_wrap=True, overflow="ellipsis")


def _title(console: Console, title: str) -> None:
    console.print()
    console.print(title, style="bold")


def _paragraph(console: Console, text: str, indent: int, style: str | None = None) -> None:
    for line in fold(text, console.width - indent, 20):
        if line:
            console.print(" " * indent + line, style=style)


def _labelled(console: Console, label: str, text: str) -> None:
    room = console.width - _INDENT - _LABEL_CELLS
    for line in fold(text, room, 6):
        if line:
            console.print(_text((f"{'':{_INDENT}}{filled(label, _LABEL_CELLS)}", "dim"), line))
            label = ""
