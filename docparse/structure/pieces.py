"""Articles with their borders and organizations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from docparse.records import Kind, Piece, Span
from docparse.structure.articles import Start
from docparse.structure.kinds import kind_of_piece
from docparse.structure.lines import Line
from docparse.structure.markers import read_number
from docparse.structure.words import ends_with_genre, kind_of_title, organization_of, plain_title

_SPACES = re.compile(r"\s+(?:#{1,6}\s+)?")
_SIGNED = re.compile(
    r"([12]\d{3}|[一二][〇○零一二三四五六七八九]{3})年(\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_PATH = re.compile(r"[>›»|｜]|^\d{4}[-/.]\d|[：:]")  # 首页 > 工作计划, 2022-12-20 工作总结大全
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def make_pieces(
    text: str, lines: Sequence[Line], reasons: Sequence[str | None], starts: Sequence[Start], published: date | None
) -> tuple[Piece, ...]:
    """Return the articles that begin at `starts`: each ends with the last line before the next that is no furniture."""
    pieces: list[Piece] = []
    page_kind = _page_kind(text, lines, starts[0].title_start) if starts else None
    fallback = page_kind if len(starts) > 1 else None
    index = 0
    for i, start in enumerate(starts):
        limit = starts[i + 1].title_start if i + 1 < len(starts) else len(text)
        end = start.title_end
        while index < len(lines) and lines[index].start < limit:
            if reasons[index] is None and lines[index].end > start.title_start:
                end = max(end, min(lines[index].end, limit))
            index += 1
        if index and lines[index - 1].end > limit:
            index -= 1  # a line that holds several articles
        while end > start.title_end and text[end - 1].isspace():
            end -= 1
        if end <= start.title_start:
            continue
        title_span = Span(start.title_start, start.title_end) if start.title_end > start.title_start else None
        title = _read_title(text[title_span.start : title_span.end]) if title_span else None
        alone = len(starts) == 1
        kind = page_kind if alone and title is None else None
        kind = kind or kind_of_piece(title, text[start.title_end : end], fallback, alone=alone)
        fallback = fallback or (kind_of_title(title) if title else None)
        pieces.append(
            Piece(
                span=Span(start.title_start, end),
                title=title,
                title_span=title_span,
                kind=kind,
                organization=organization_of(title) if title else None,
                published=published or _signed(text[max(start.title_end, end - 120) : end]),
            )
        )
    return _issued(pieces)


def _signed(tail: str) -> date | None:
    """The day under an article's signature: one of its last lines that is nothing but a date."""
    for line in reversed(tail.split("\n")[-3:]):
        hit = _SIGNED.fullmatch(line.strip())
        if hit is None:
            continue
        year = int(hit[1]) if hit[1].isascii() else int(hit[1].translate(_YEAR_DIGITS))
        try:
            return date(year, read_number(hit[2]), read_number(hit[3]))
        except ValueError:
            return None
    return None


def _read_title(words: str) -> str:
    """The title without marks of Markdown, line ends and a shop's ornament."""
    return plain_title(_SPACES.sub(" ", words.lstrip("# ").strip("*")))


def _issued(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, where a text that a notice prints (关于印发…办法的通知) is its organization's."""
    out: list[Piece] = []
    for piece in pieces:
        notice = out[0] if out else None
        if notice is not None and notice.title and piece.title and piece.organization is None:
            name = "".join(piece.title.split())
            if len(name) >= 4 and name in "".join(notice.title.split()) and name != notice.title:
                piece = msgspec.structs.replace(piece, organization=notice.organization)
        out.append(piece)
    return tuple(out)


def _page_kind(text: str, lines: Sequence[Line], limit: int) -> Kind | None:
    """The kind that the page's own name announces, above an anthology's first piece."""
    name = read_page_title(text, lines, limit)
    return kind_of_title(name) if name is not None else None


def read_page_title(text: str, lines: Sequence[Line], limit: int) -> str | None:
    """Return the page's own name: the first line before `limit`, where the articles begin, that looks like one."""
    for line in lines:
        if line.start >= limit:
            return None
        words = plain_title(text[line.start : min(line.end, line.start + 60)])
        if line.end - line.start <= 60 and ends_with_genre(words) and not _PATH.search(words):
            return words
    return None
