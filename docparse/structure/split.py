"""One text to its layout: the order in which structure is found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docparse.records import Block, Layout, Piece, Row, Span
from docparse.structure.articles import Start, find_family, find_fresh, find_untitled
from docparse.structure.attachments import find_attached, find_printed
from docparse.structure.fill import fill_articles
from docparse.structure.flat_tables import find_flat_tables
from docparse.structure.furniture import (
    close_zones,
    keep_file_name,
    line_reasons,
    mark_contents,
    mark_tail,
    read_document_number,
    read_published,
    read_site,
    row_reasons,
)
from docparse.structure.joins import join_lines
from docparse.structure.kinds import kinds_by_sections, roles_in_context
from docparse.structure.lines import Line, read_lines
from docparse.structure.parts import Page, cut_page
from docparse.structure.pieces import make_pieces, read_page_title
from docparse.structure.run_together import cut_run_together
from docparse.structure.second_titles import find_named
from docparse.structure.segments import hash_marks
from docparse.structure.tables import join_continued, mark_headers, read_tables
from docparse.structure.titles import find_title, leads_to_title


def split_structure(text: str, blocks: tuple[Block, ...] = (), *, title: str | None = None) -> Layout:
    """Return the articles, headings, units and tables of `text`. Never raises; linear in the length of `text`.

    Offsets are 0-based code points of `text`. Titles, headings and units do not overlap, come in order and cover
    every visible character. Page furniture is a unit with a reason and without an article.

    Args:
        text: repaired, simplified text.
        blocks: the reader's blocks, in order, at offsets of `text`.
        title: the file's own title, if it has one.
    """
    tables = _find_tables(text, blocks)
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
    edge = max(starts[-1].title_end if starts else 0, rows[-1].end if rows else 0)
    mark_tail(text, lines, reasons, repeated, edge)
    _clear_titles(lines, reasons, starts)
    links = row_reasons(text, rows)
    told = [row for row, link in zip(rows, links, strict=True) if link is None]
    pieces = make_pieces(text, lines, reasons, _with_rows(starts, rows), published) or _of_rows(told, published)
    pieces = _reach_rows(pieces, told)
    headings, units = fill_articles(text, cut_page(text, Page(lines, reasons, rows, links), pieces), pieces)
    limit = min(len(text), first + 2000)
    pieces = kinds_by_sections(pieces, headings)
    return Layout(
        articles=pieces,
        headings=tuple(roles_in_context(pieces, headings)),
        units=tuple(units),
        tables=tables,
        published=published,
        site=read_site(text, lines, reasons),
        document_number=read_document_number(text, limit),
        page_title=read_page_title(text, lines, first),
    )


def _find_tables(text: str, blocks: tuple[Block, ...]) -> tuple[tuple[Row, ...], ...]:
    """The reader's tables and those that plain text has flattened, in order of place."""
    given = read_tables(text, blocks)
    lines = read_lines(text, blocks, sorted(row.span for table in given for row in table))
    tables = sorted((*given, *find_flat_tables(text, lines)), key=lambda table: table[0].span)
    return mark_headers(join_continued(text, tables))


def _find_starts(text: str, lines: list[Line], reasons: list[str | None], title: str | None) -> list[Start]:
    family = find_family(text, lines, reasons)
    if family:
        return find_untitled(text, lines, reasons, family)
    found = find_title(text, lines, reasons, title)
    if found is None:
        unmarked = [line for line, reason in zip(lines, reasons, strict=True) if reason is None]
        of_text = (x.start for x in unmarked if not leads_to_title(text[x.start : min(x.end, x.start + 120)]))
        at = next(of_text, unmarked[0].start if unmarked else None)
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


def _with_rows(starts: list[Start], rows: Sequence[Span]) -> list[Start]:
    """The starts, or one at the first row where a document is a table and nothing else."""
    return starts or ([Start(rows[0].start, rows[0].start)] if rows else starts)


def _of_rows(rows: Sequence[Span], published: date | None) -> tuple[Piece, ...]:
    """The article of a text whose every line is a row of a table; none without rows."""
    return tuple(Piece(span=row, title=None, title_span=None, kind="other", published=published) for row in rows[:1])


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
