"""One text to its layout: the order in which structure is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docparse.records import Block, HeadingLine, Layout, Piece, Span, Unit
from docparse.structure.articles import Start, find_family, find_fresh, find_untitled
from docparse.structure.attachments import find_attached, find_named, find_printed
from docparse.structure.furniture import (
    close_zones,
    find_inline,
    keep_file_name,
    line_reasons,
    mark_contents,
    mark_tail,
    read_document_number,
    read_published,
    read_site,
    row_reasons,
)
from docparse.structure.headings import find_headings, heading_words
from docparse.structure.joins import join_lines
from docparse.structure.kinds import kinds_by_sections, roles_in_context
from docparse.structure.lines import Line, read_lines
from docparse.structure.nesting import find_family_tree, nest
from docparse.structure.pieces import make_pieces
from docparse.structure.run_together import cut_run_together
from docparse.structure.segments import Segment, closing_words, cut_line, hash_marks, name_bare_numbers
from docparse.structure.sentences import cut_sentences
from docparse.structure.tables import read_tables
from docparse.structure.titles import find_title
from docparse.structure.words import role_of_heading

_LONGEST_SCRAP = 320  # characters; a longer stretch of furniture is cut into sentences like text


class _Page(NamedTuple):
    lines: list[Line]
    reasons: list[str | None]
    rows: list[Span]
    links: list[str | None]


def split_structure(text: str, blocks: tuple[Block, ...] = (), *, title: str | None = None) -> Layout:
    """Return the articles, headings, units and tables of `text`. Never raises; linear in the length of `text`.

    Offsets are 0-based code points of `text`. Titles, headings and units do not overlap, come in order and cover
    every visible character. Page furniture is a unit with a reason and without an article.

    Args:
        text: repaired, simplified text.
        blocks: the reader's blocks, in order, at offsets of `text`.
        title: the file's own title, if it has one.
    """
    tables = read_tables(text, blocks)
    rows = sorted(row.span for table in tables for row in table)
    lines = join_lines(text, cut_run_together(text, read_lines(text, blocks, rows)))
    reasons = line_reasons(text, lines)
    keep_file_name(text, lines, reasons)
    published = read_published(text, lines, reasons)
    mark_contents(text, lines, reasons)
    starts = [_without_hashes(text, start) for start in _find_starts(text, lines, reasons, title)]
    first = starts[0].title_start if starts else 0
    repeated = frozenset(text[x.start : x.end] for x in lines if x.end <= first and x.end - x.start <= 60)
    _mark_head(text, lines, reasons, first)
    close_zones(text, lines, reasons, [start.title_start for start in starts])
    mark_tail(text, lines, reasons, repeated, starts[-1].title_end if starts else 0)
    _clear_titles(lines, reasons, starts)
    pieces = make_pieces(text, lines, reasons, _with_rows(text, starts, rows), published)
    links = row_reasons(text, rows)
    pieces = _reach_rows(pieces, [row for row, link in zip(rows, links, strict=True) if link is None])
    headings, units = _fill(text, _Page(lines, reasons, rows, links), pieces)
    limit = min(len(text), first + 2000)
    pieces = kinds_by_sections(pieces, headings)
    return Layout(
        articles=pieces,
        headings=tuple(roles_in_context(pieces, headings)),
        units=tuple(units),
        tables=tables,
        published=published,
        site=read_site(text),
        document_number=read_document_number(text, limit),
    )


def _find_starts(text: str, lines: list[Line], reasons: list[str | None], title: str | None) -> list[Start]:
    family = find_family(text, lines, reasons)
    if family:
        return find_untitled(text, lines, reasons, family)
    found = find_title(text, lines, reasons, title)
    if found is None:
        at = next((line.start for line, reason in zip(lines, reasons, strict=True) if reason is None), None)
        if at is None:
            return []
        found = Start(at, at)
    others = find_attached(text, lines, reasons, found.title_end) + find_named(text, lines, reasons, found)
    others += find_printed(text, lines, reasons, found) + find_fresh(text, lines, reasons, found.title_end)
    starts = [found]
    for start in sorted(others):
        if start.title_start > starts[-1].title_end:
            starts.append(start)
    return starts


def _without_hashes(text: str, start: Start) -> Start:
    """The start behind the # marks of a Markdown title."""
    return start._replace(title_start=start.title_start + hash_marks(text, start.title_start, start.title_end))


def _clear_titles(lines: list[Line], reasons: list[str | None], starts: list[Start]) -> None:
    """A title is never furniture, whatever its words."""
    at = 0
    for k, line in enumerate(lines):
        while at < len(starts) and starts[at].title_end <= line.start:
            at += 1
        if at < len(starts) and starts[at].title_start < line.end:
            reasons[k] = None


def _with_rows(text: str, starts: list[Start], rows: Sequence[Span]) -> list[Start]:
    """The starts, or one at the first row where a document is a table and nothing else."""
    return starts or ([Start(rows[0].start, rows[0].start)] if rows else starts)


def _reach_rows(pieces: tuple[Piece, ...], rows: Sequence[Span]) -> tuple[Piece, ...]:
    """The articles, each grown over the table rows that follow it before the next one."""
    grown: list[Piece] = []
    index = 0
    for i, piece in enumerate(pieces):
        limit = pieces[i + 1].span.start if i + 1 < len(pieces) else None
        end = piece.span.end
        while index < len(rows) and (limit is None or rows[index].end <= limit):
            if rows[index].start >= piece.span.start:
                end = max(end, rows[index].end)
            index += 1
        grown.append(_grow(piece, end))
    return tuple(grown)


def _grow(piece: Piece, end: int) -> Piece:
    if end == piece.span.end:
        return piece
    return Piece(
        span=Span(piece.span.start, end),
        title=piece.title,
        title_span=piece.title_span,
        kind=piece.kind,
        organization=piece.organization,
        published=piece.published,
    )


def _mark_head(text: str, lines: list[Line], reasons: list[str | None], first: int) -> None:
    """What stands before the first article is furniture: sentences introduce it, the rest leads to other pages."""
    for k, line in enumerate(lines):
        if line.end > first:
            break
        if reasons[k] is None:
            reasons[k] = (
                "editor-intro"
                if text[line.end - 1] in "。！？!?；…" or text[line.end - 3 : line.end] == "..."
                else "navigation"
            )


# ---- filling the articles ----------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """A stretch of the page in order: `reason` says why it is furniture, `row` that it is a table row."""

    start: int
    end: int
    article: int | None
    reason: str | None = None
    row: bool = False
    level: int | None = None
    first: bool = True


def _fill(text: str, page: _Page, pieces: Sequence[Piece]) -> tuple[list[HeadingLine], list[Unit]]:
    """Headings and units of the whole page, in order."""
    headings: list[HeadingLine] = []
    units: list[Unit] = []
    loose: list[_Part] = []
    inside: list[list[_Part]] = [[] for _ in pieces]
    for part in _parts(text, page, pieces):
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


def _parts(text: str, page: _Page, pieces: Sequence[Piece]) -> list[_Part]:
    """The page cut at the borders of articles and titles, around rows and inline furniture; titles are left out."""
    stretches: list[tuple[int, int, int | None, str | None, bool]] = [
        (line.start, line.end, line.level, reason, False) for line, reason in zip(page.lines, page.reasons, strict=True)
    ] + [(row.start, row.end, None, link, True) for row, link in zip(page.rows, page.links, strict=True)]
    stretches.sort(key=lambda stretch: stretch[0])
    parts: list[_Part] = []
    at = 0
    for start, end, level, reason, row in stretches:
        while at < len(pieces) and pieces[at].span.end <= start:
            at += 1
        if row and reason is not None:
            parts.append(_Part(start, end, None, reason, True))
            continue
        if row:
            holder = at if at < len(pieces) and pieces[at].span.start <= start and end <= pieces[at].span.end else None
            parts.append(_Part(start, end, holder, None if holder is not None else "navigation", True))
            continue
        if reason is not None:
            parts.append(_Part(start, end, None, reason))
            continue
        _cut_by_articles(text, (start, end), level, pieces, at, parts)
    return parts


def _cut_by_articles(
    text: str, span: tuple[int, int], level: int | None, pieces: Sequence[Piece], at: int, parts: list[_Part]
) -> None:
    """Cut a line at the borders of the articles from `at` on, and leave their titles out."""
    start, end = span
    begin = start
    while start < end:
        piece = pieces[at] if at < len(pieces) else None
        if piece is None or piece.span.start >= end:
            _trim(text, _Part(start, end, None, _loose_reason(text, start, end)), parts)
            return
        if start < piece.span.start:
            _trim(text, _Part(start, piece.span.start, None, _loose_reason(text, start, piece.span.start)), parts)
            start = piece.span.start
        if piece.title_span is not None and start < piece.title_span.end:
            start = max(start, piece.title_span.end)
        stop = min(end, piece.span.end)
        if start < stop:
            _cut_inline(text, _Part(start, stop, at, None, False, level, start == begin), parts)
        start = max(start, stop)
        at += 1


def _loose_reason(text: str, start: int, end: int) -> str:
    if not text[start:end].strip("# \u3000\t"):
        return "markup"
    return "editor-intro" if text[end - 1] in "。！？!?；…" or end - start > 60 else "navigation"


def _cut_inline(text: str, part: _Part, parts: list[_Part]) -> None:
    at = part.start
    for item in find_inline(text, part.start, part.end):
        stop = min(item.end, part.end)
        if item.start > at:
            _trim(text, part._replace(start=at, end=item.start, first=part.first and at == part.start), parts)
        _trim(text, _Part(item.start, stop, None, item.reason), parts)
        at = stop
    _trim(text, part._replace(start=at, first=part.first and at == part.start), parts)


def _trim(text: str, part: _Part, parts: list[_Part]) -> None:
    start, end = part.start, part.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        parts.append(part._replace(start=start, end=end))


def _fill_article(
    text: str, number: int, piece: Piece, parts: list[_Part], headings: list[HeadingLine], units: list[Unit]
) -> None:
    segments: list[Segment] = []
    rows: list[_Part] = []
    counts: dict[str, int] = {}
    for part in parts:
        if part.row:
            rows.append(part)
        else:
            segments += cut_line(text, part.start, part.end, part.level, counts, part.first)
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
        headings.append(
            HeadingLine(
                span=Span(start, heading.end),
                marker=marker,
                title=title,
                level=nested.level[k],
                article=number,
                parent=offset + parent if parent >= 0 else None,
                role=(role := role_of_heading(title, phase=heading.style.startswith("phase"))),
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
    rows: Sequence[_Part],
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
