"""HTML pages: everything that a browser shows, in document order; what the page says of itself goes to Source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import TYPE_CHECKING

from docparse.options import Options
from docparse.readers.html.blocks import Walk, walk_page
from docparse.readers.html.furniture import settle_furniture
from docparse.readers.html.source import describe_page
from docparse.readers.html.text import collapse_space
from docparse.readers.left_out import hidden_warning
from docparse.readers.limits import html_depth
from docparse.readers.pieces import Piece, check_characters, is_visible, join_pieces
from docparse.readers.plain.text import decode_document, no_text_warning
from docparse.records import Reading, Source, Warning

if TYPE_CHECKING:
    from lxml.etree import _Element

FindPage = Callable[[str], "str | None"]

_HIDDEN_TEXT = 200
_HIDDEN_SENTENCES = 3
_PROSE_CHARACTERS = 40
_FEW_CHARACTERS = 100
_SCRIPT_CHARACTERS = 1_000
_DEEPEST_FRAME = 3
_MOST_FRAMES = 100
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_LINE_TAG = re.compile(r"</?(?:p|div|br|li|tr|td|th|h[1-6]|table|ul|ol)\b[^<>]{0,2000}>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,20000}>")
_REFRESH = re.compile(
    r"\d{0,6}(?:\.\d{0,6})?\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=\s{0,9})?[\"']?([^\"'\s]{1,300})", re.IGNORECASE
)


def read_html(data: bytes, options: Options) -> Reading:
    """Reading of a page: raw is the texts of its visible blocks joined by a line feed.

    A page that nests deeper than `options.max_depth` is not given to a parser: its tags are stripped, with the
    warning `html-too-deep`.

    Raises:
        LimitExceededError: a tag with too many attributes, or too many characters.
        UnsupportedFormatError: the bytes are no text.
    """
    page, encoding, warnings = decode_document(data, options, labelled=True)
    reading = read_page(page, encoding, options)
    return Reading(
        source=reading.source, raw=reading.raw, blocks=reading.blocks, warnings=(*warnings, *reading.warnings)
    )


def read_page(page: str, encoding: str, options: Options, find_page: FindPage = lambda _: None) -> Reading:
    """Reading of a decoded page.

    Args:
        page: the source text of the page.
        encoding: what it was decoded from, for `source`.
        find_page: the source text of a frame's page by its address as written, where it is at hand; empty where it was
            given before, so that frames cost no more than the file that holds them.

    Raises:
        LimitExceededError: a tag with too many attributes, or too many characters.
    """
    page = _NOT_IN_XML.sub("", page)
    root = _open_page(page, options)
    notes: tuple[Warning, ...]
    if root is None:
        message = f"Tags nest deeper than {options.max_depth}; they were stripped."
        raw, blocks = join_pieces(_strip_tags(page))
        notes = (Warning(code="html-too-deep", message=message),)
        source = Source(encoding=encoding)
    else:
        frames = _Frames(options, find_page)
        walk = walk_page(root, frames.open)
        shown = _show_hidden(walk) and not frames.opened
        if shown:
            walk = walk_page(root, frames.open, show_hidden=True)
        pieces = settle_furniture(walk.pieces, walk.groups)
        source = describe_page(root, pieces, encoding)
        raw, blocks = join_pieces(pieces)
        notes = (*_hidden_warnings(walk, shown=shown), *_page_warnings(root, raw, frames.unread))
    check_characters(len(raw), options)
    return Reading(source=source, raw=raw, blocks=blocks, warnings=(*notes, *no_text_warning(raw)))


class _Frames:
    """Opens the pages in frames, up to a depth, a number and a size, and keeps what is not at hand."""

    def __init__(self, options: Options, find_page: FindPage) -> None:
        self._options = options
        self._find_page = find_page
        self._depths: dict[_Element, int] = {}
        self._characters = options.max_characters  # that may still be read
        self.unread: list[tuple[str, str]] = []  # tag and address
        self.opened = 0

    def open(self, element: _Element) -> _Element | None:
        """The tree of the page in a frame, or None where it is not at hand."""
        depth = self._depths.get(element.getroottree().getroot(), 0) + 1
        source, address = element.get("srcdoc"), (element.get("src") or "").strip()
        if source is None and address:
            source = self._find_page(address)
            if source == "":  # it was read in another frame
                return None
        root = None
        allowed = depth <= _DEEPEST_FRAME and self.opened < _MOST_FRAMES
        if source and allowed and len(source) <= self._characters:
            self._characters -= len(source)
            root = _open_page(_NOT_IN_XML.sub("", source), self._options)
        if root is not None:
            self.opened += 1
            self._depths[root] = depth
        elif address or source:
            self.unread.append((str(element.tag), address))
        return root


def _open_page(page: str, options: Options) -> _Element | None:
    return _parse(page) if html_depth(page, options) <= options.max_depth else None


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


def _show_hidden(walk: Walk) -> bool:
    """Whether the page's text is what it hides: some sites show it only when a script or a click asks for it."""
    if walk.hidden_characters < _HIDDEN_TEXT or walk.hidden_sentences < _HIDDEN_SENTENCES:
        return False
    return not any(len(piece.text) >= _PROSE_CHARACTERS and "。" in piece.text for piece in walk.pieces)


def _hidden_warnings(walk: Walk, *, shown: bool) -> Iterator[Warning]:
    if shown:
        yield Warning(code="hidden-text-read", message="The page hides its text until a script shows it; it was read.")
    else:
        yield from hidden_warning(walk.hidden_characters)


def _page_warnings(root: _Element, raw: str, unread: list[tuple[str, str]]) -> Iterator[Warning]:
    """What a page without its own text says where the text is: in frames, on another page, in scripts."""
    few = len(raw) < _FEW_CHARACTERS
    frames = [address for tag, address in unread if tag == "frame" or few]
    if frames:
        names = ", ".join(address[:100] for address in frames[:5] if address) or "srcdoc"
        yield Warning(
            code="frames-not-read", message=f"The page shows {len(frames)} frames that were not read: {names}"
        )
    target = next(_refreshes(root), None) if few else None
    if target is not None:
        yield Warning(code="redirect-page", message=f"The page only leads on to {target}")
    elif few and not frames:
        scripts = [len(script.text or "") for script in root.iter("script")]
        if scripts and (not raw or sum(scripts) > max(_SCRIPT_CHARACTERS, 10 * len(raw))):
            yield Warning(code="script-only-page", message="The page writes its text by scripts, which are not run.")


def _refreshes(root: _Element) -> Iterator[str]:
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            match = _REFRESH.match((meta.get("content") or "")[:400].strip())
            if match is not None:
                yield match[1]
