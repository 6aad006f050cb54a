"""HTML pages: everything that a browser shows, in document order; what the page says of itself goes to Source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

from docparse.options import Options
from docparse.readers.html_blocks import collapse_space, walk_page
from docparse.readers.limits import html_depth
from docparse.readers.pieces import Piece, check_characters, is_visible, join_pieces
from docparse.readers.text import decode_document, no_text_warning
from docparse.records import Reading, Source, Warning

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLE_NAMES = ("articletitle", "og:title", "twitter:title", "dc.title")
_SITE_NAMES = ("og:site_name", "sitename", "application-name")
_AUTHOR_NAMES = ("author", "article:author", "dc.creator")
_PUBLISHED_NAMES = (
    "article:published_time",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish_time",
    "firstpublishedtime",
    "datepublished",
    "dc.date",
    "dc.date.issued",
)
_DATE_LABEL = re.compile(r"(?:发布|發布|發佈|发表|发文|刊登|上网)[ \u3000]{0,2}(?:时间|日期|時間)|发稿时间")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[ ]?[-/.年][ ]?(\d{1,2})[ ]?[-/.月][ ]?(\d{1,2})(?!\d)")
_DATE_BLOCKS = 300
_HIDDEN_CHARACTERS = 200
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_LINE_TAG = re.compile(r"</?(?:p|div|br|li|tr|td|th|h[1-6]|table|ul|ol)\b[^<>]{0,2000}>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,20000}>")


def read_html(data: bytes, options: Options) -> Reading:
    """Reading of a page: raw is the texts of its visible blocks joined by a line feed.

    A page that nests deeper than `options.max_depth` is not given to a parser: its tags are stripped, with the
    warning `html-too-deep`.

    Raises:
        LimitExceededError: a tag with too many attributes, or too many characters.
        UnsupportedFormatError: the bytes are no text.
    """
    page, encoding, warnings = decode_document(data, options, labelled=True)
    page = _NOT_IN_XML.sub("", page)
    notes = list(warnings)
    source = Source(encoding=encoding)
    depth = html_depth(page, options)
    root = _parse(page) if depth <= options.max_depth else None
    if root is None:
        pieces = _strip_tags(page)
        notes.append(
            Warning(code="html-too-deep", message=f"Tags nest deeper than {options.max_depth}; they were stripped.")
        )
    else:
        walk = walk_page(root)
        pieces = _settle_furniture(walk.pieces)
        source = _describe(root, pieces, encoding)
        if walk.hidden_characters > _HIDDEN_CHARACTERS:
            notes.append(
                Warning(code="hidden-text", message=f"The page hides {walk.hidden_characters} characters; left out.")
            )
    raw, blocks = join_pieces(pieces)
    check_characters(len(raw), options)
    return Reading(source=source, raw=raw, blocks=blocks, warnings=(*notes, *no_text_warning(raw)))


def _parse(page: str) -> _Element | None:
    from lxml import etree

    # Depth, attributes and size were checked before, so that huge_tree only lifts the limit of 10 MB a text node.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root, etree._Element) else None


def _strip_tags(page: str) -> list[Piece]:
    """Pieces of a page without a parser: line tags end a piece, other tags vanish."""
    text = _LINE_TAG.sub("\x00", _drop_unseen(page))
    text = _ANY_TAG.sub("", text)
    return [Piece(line) for part in text.split("\x00") if is_visible(line := collapse_space(unescape(part)))]


def _drop_unseen(page: str) -> str:
    """The page without comments, scripts and styles. Linear: one pass for each of the three."""
    for opening, closing in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")):
        lowered = page.lower() if len(page.lower()) == len(page) else page  # İ grows, and its offsets with it
        kept: list[str] = []
        position = 0
        while (start := lowered.find(opening, position)) >= 0:
            kept.append(page[position:start])
            end = lowered.find(closing, start)
            if end < 0:
                position = len(page)
                break
            position = end + len(closing)
        kept.append(page[position:])
        page = "".join(kept)
    return page


def _settle_furniture(pieces: list[Piece]) -> list[Piece]:
    """Pieces whose furniture labels are dropped where they cover most of the page: then the tags are used wrongly."""
    total = sum(len(piece.text) for piece in pieces)
    furniture = sum(len(piece.text) for piece in pieces if piece.kind in ("header", "footer"))
    if 2 * furniture <= total:
        return pieces
    return [p._replace(kind="paragraph") if p.kind in ("header", "footer") else p for p in pieces]


def _describe(root: _Element, pieces: Sequence[Piece], encoding: str) -> Source:
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = collapse_space(meta.get("content") or "")
        if name and content:
            said.setdefault(name, content)
    heading = next((node for node in root.iter("title")), None)
    title = _first(said, _TITLE_NAMES) or collapse_space(
        "".join(map(str, heading.itertext())) if heading is not None else ""
    )
    published = _first_date(said.get(name) for name in _PUBLISHED_NAMES) or _shown_date(pieces)
    return Source(
        encoding=encoding,
        title=title or None,
        author=_first(said, _AUTHOR_NAMES),
        site=_first(said, _SITE_NAMES),
        published=published,
    )


def _first(said: dict[str, str], names: Sequence[str]) -> str | None:
    return next((said[name] for name in names if name in said), None)


def _first_date(values: Iterable[str | None]) -> date | None:
    return next((found for value in values if value and (found := _find_date(value))), None)


def _find_date(text: str) -> date | None:
    match = _DATE.search(text[:400])
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _shown_date(pieces: Sequence[Piece]) -> date | None:
    """The date beside a label such as 发布时间 near the top: in the same piece after the label, or in the next."""
    for index, piece in enumerate(pieces[:_DATE_BLOCKS]):
        label = _DATE_LABEL.search(piece.text[:2_000])
        if label is None:
            continue
        after = piece.text[label.end() : label.end() + 40]
        following = (
            pieces[index + 1].text[:40] if index + 1 < len(pieces) and len(after.strip(" ：:\u3000")) == 0 else ""
        )
        found = _find_date(after) or _find_date(following)
        if found is not None:
            return found
    return None
