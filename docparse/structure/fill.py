"""Articles filled: their headings, and units with their sections."""

from __future__ import annotations

from collections.abc import Sequence

from docparse.records import HeadingLine, Piece, Span, Unit
from docparse.structure.headings import find_headings, heading_words
from docparse.structure.nesting import find_family_tree, nest
from docparse.structure.parts import Part
from docparse.structure.segments import Segment, closing_words, cut_line, hash_marks, name_bare_numbers
from docparse.structure.sentences import cut_sentences
from docparse.structure.words import role_of_heading

_LONGEST_SCRAP = 320  # characters; a longer stretch of furniture is cut into sentences like text


def fill_articles(text: str, parts: Sequence[Part], pieces: Sequence[Piece]) -> tuple[list[HeadingLine], list[Unit]]:
    """Return the headings and units of the whole page, in order."""
    headings: list[HeadingLine] = []
    units: list[Unit] = []
    loose: list[Part] = []
    inside: list[list[Part]] = [[] for _ in pieces]
    for part in parts:
        if part.article is None:
            loose.append(part)
        else:
            inside[part.article].append(part)
    for number, piece in enumerate(pieces):
        _fill_article(text, number, piece, inside[number], headings, units)
    for part in loose:
        if part.row:
            units.append(Unit(span=Span(part.start, part.end), noise=part.reason, row=True))
        else:
            reason = part.reason or "navigation"
            whole = [(part.start, part.end)] if part.end - part.start <= _LONGEST_SCRAP else None
            spans = whole or cut_sentences(text, part.start, part.end)
            units.extend(Unit(span=Span(a, b), noise=reason) for a, b in spans)
    units.sort(key=lambda unit: unit.span)
    return headings, units


def _fill_article(
    text: str, number: int, piece: Piece, parts: list[Part], headings: list[HeadingLine], units: list[Unit]
) -> None:
    segments: list[Segment] = []
    rows: list[Part] = []
    counts: dict[str, int] = {}
    for part in parts:
        if part.row:
            rows.append(part)
        else:
            segments += cut_line(text, part, counts)
    segments = name_bare_numbers(text, segments)
    family = find_family_tree(text, segments)
    found = find_headings(text, segments, family)
    nested = nest(found, segments, family, closing_words(text, segments), piece.span.end)
    offset = len(headings)
    for k, heading in enumerate(found):
        segment = segments[heading.segment]
        start = segment.start + hash_marks(text, segment.start, heading.end)
        if start > segment.start:
            units.append(_markup(text, segment.start, start))
        marker, title = heading_words(text, start, heading.end, segment)
        parent = nested.parent[k]
        # A topic sentence (实施更积极的财政政策。) does what the section does that it stands in.
        topic = heading.style == "topic"
        role = "other" if topic else role_of_heading(title, phase=heading.style.startswith("phase"))
        headings.append(
            HeadingLine(
                span=Span(start, heading.end),
                marker=marker,
                title=title,
                level=nested.level[k],
                article=number,
                parent=offset + parent if parent >= 0 else None,
                role=role,
                title_role=role,
                end=nested.end[k],
            )
        )
    sections = [offset + k if k >= 0 else None for k in nested.section]
    _fill_units(text, number, segments, sections, {f.segment: f.end for f in found}, rows, units)


def _markup(text: str, start: int, end: int) -> Unit:
    """The # marks of a Markdown heading: they belong to the page, not to the words."""
    return Unit(span=Span(start, start + len(text[start:end].rstrip())), noise="markup")


def _fill_units(
    text: str,
    number: int,
    segments: Sequence[Segment],
    sections: Sequence[int | None],
    heads: dict[int, int],
    rows: Sequence[Part],
    units: list[Unit],
) -> None:
    """The sentences of an article's segments and its rows, each below its segment's heading."""
    section: int | None = None
    waiting = list(reversed(rows))
    for i, segment in enumerate(segments):
        while waiting and waiting[-1].start < segment.start:
            row = waiting.pop()
            units.append(Unit(span=Span(row.start, row.end), article=number, section=section, row=True))
        section = sections[i]
        start = heads.get(i, segment.start)
        for a, b in cut_sentences(text, start, segment.end):
            units.append(Unit(span=Span(a, b), article=number, section=section))
    while waiting:
        row = waiting.pop()
        units.append(Unit(span=Span(row.start, row.end), article=number, section=section, row=True))
