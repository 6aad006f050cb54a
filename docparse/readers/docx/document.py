"""Word documents: the body as a reader sees it on the page, with automatic numbering written into raw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docparse.options import Options
from docparse.readers.docx.drawings import read_chart, read_diagram
from docparse.readers.docx.numbering import Counters, read_numbering
from docparse.readers.docx.package import Package, Relation, open_package
from docparse.readers.docx.paragraph import State, Tally
from docparse.readers.docx.styles import Styles, read_styles
from docparse.readers.docx.walk import walk
from docparse.readers.docx.xml import R, W, child, children, is_on, value
from docparse.readers.left_out import changes_warning, comments_warning, hidden_warning
from docparse.readers.pieces import Piece, check_characters, join_furniture, join_pieces
from docparse.readers.plain.text import no_text_warning
from docparse.records import BlockKind, Reading, Source, Warning

if TYPE_CHECKING:
    from lxml.etree import _Element

_SAME_TEXT = 0.15  # how far the count of characters may be off: Word counts no list markers
_MOST_NAMED = 20
_FURNITURE: dict[str, BlockKind] = {W + "hdr": "header", W + "ftr": "footer"}


def read_docx(data: bytes, options: Options) -> Reading:
    """Reading of a .docx: the body in document order, then notes, headers and footers under their own kinds.

    Raises:
        DamagedFileError: truncated, corrupt, or declaring XML entities.
        LimitExceededError: too many members, too large unpacked, nested too deep, too many elements or characters.
    """
    package = open_package(data, options)
    styles = read_styles(package.first("styles"))
    counters = Counters(read_numbering(package.first("numbering"), styles.by_id))
    story = _Story(package, styles, counters, Tally(), options)
    body = story.walk(package.body, None)
    pages = _trusted_pages(package, body, story.tally)
    if pages is None or story.tally.turned + 1 != pages:
        body = [piece._replace(page=None, turns=()) for piece in body]
    pieces = [*body, *_notes(story), *_furniture(story)]
    raw, blocks = join_pieces(pieces)
    check_characters(len(raw), options)
    own = package.properties
    return Reading(
        source=Source(
            media_type=package.media_type,
            pages=pages,
            title=own.title,
            author=own.author,
            created=own.created,
            modified=own.modified,
        ),
        raw=raw,
        blocks=blocks,
        warnings=(*package.warnings, *_left_out(package, story.tally), *no_text_warning(raw)),
    )


class _Story:
    """What the walks of one document share: styles, lists, the tally, and the number of the next table."""

    def __init__(self, package: Package, styles: Styles, counters: Counters, tally: Tally, options: Options) -> None:
        self.package, self.styles, self.counters, self.tally = package, styles, counters, tally
        self._options = options
        self._next_table = self._added = 0
        self._drawn: dict[tuple[str, str], list[str]] = {}

    def walk(self, root: _Element, kind: BlockKind | None) -> list[Piece]:
        """The pieces under a body, note, header or footer."""
        page = None if kind else 1
        state = State(self.styles, self.counters, kind, self.tally, self._options, page=page, added=self._added)
        state.tables.next_table = self._next_table

        def spawn(what: str, relation_id: str) -> list[Piece]:
            """What a drawing says; counted, because a thousand places may show the same one."""
            lines = self._read_drawing(what, relation_id) if kind is None else []
            state.added += sum(map(len, lines))
            check_characters(state.added, self._options)
            return [Piece(line, page=state.page) for line in lines]

        walk(root, state, spawn)
        self._next_table, self._added = state.tables.next_table, state.added
        return state.pieces

    def _read_drawing(self, what: str, relation_id: str) -> list[str]:
        key = (what, relation_id)
        if key not in self._drawn:
            part = self.package.related(relation_id)
            read = read_diagram if what == "diagram" else read_chart
            self._drawn[key] = [] if part is None else read(part)
        return self._drawn[key]


def _trusted_pages(package: Package, body: list[Piece], tally: Tally) -> int | None:
    """How many pages Word counted, if it counted this text: programs that fill in templates leave old numbers there.

    The count of characters that is stored beside it must agree with the text.
    """
    own = package.properties
    count = sum(len(piece.text) - sum(map(piece.text.count, " \t\n\u3000")) for piece in body)
    if not own.pages or not own.characters or abs(own.characters - count) > _SAME_TEXT * count:
        return None
    return own.pages


def _notes(story: _Story) -> list[Piece]:
    """Footnotes and endnotes, each once, in the order in which the text refers to them."""
    pieces: list[Piece] = []
    for kind in ("footnote", "endnote"):
        root = story.package.first(kind + "s")
        found = {} if root is None else {value(note, "id"): note for note in children(root, kind)}
        story.counters = story.counters.fresh()
        for key in dict.fromkeys(key for of, key in story.tally.notes if of == kind):
            note = found.get(key)
            if note is not None and value(note, "type") in (None, "normal"):
                pieces.extend(story.walk(note, "note"))
    return pieces


def _furniture(story: _Story) -> list[Piece]:
    """Headers, then footers, that sections show."""
    stories: list[tuple[BlockKind, list[Piece]]] = []
    for root in _shown_parts(story.package):
        kind = _FURNITURE.get(root.tag)
        if kind is not None:
            story.counters = story.counters.fresh()
            stories.append((kind, story.walk(root, kind)))
    return join_furniture(stories)


def _shown_parts(package: Package) -> list[_Element]:
    """The header and footer parts that some section shows: first pages and even pages only where they differ."""
    even = is_on(child(package.first("settings"), "evenAndOddHeaders"))
    wanted: list[Relation] = []
    for section in package.body.iter(W + "sectPr"):
        first = is_on(child(section, "titlePg"))
        for reference in section.iterchildren(W + "headerReference", W + "footerReference"):
            kind = value(reference, "type") or "default"
            relation = package.relations.get(reference.get(R + "id") or "")
            if relation is not None and (kind == "default" or (kind == "first" and first) or (kind == "even" and even)):
                wanted.append(relation)
    names = dict.fromkeys(relation.name for relation in wanted)
    if not package.relations:  # lost with the package's directory: every one that is there may be shown
        names = dict.fromkeys(
            name for name in sorted(package.members) if name.startswith(("word/header", "word/footer"))
        )
    parts = (package.part(name) for name in names)
    return [root for root in parts if root is not None]


def _left_out(package: Package, tally: Tally) -> list[Warning]:
    """The warnings about what is in the file, but not in raw."""
    notes = [
        *changes_warning(inserted=tally.inserted, deleted=tally.deleted, moved=tally.moved),
        *comments_warning(len(tally.comments)),
        *hidden_warning(tally.hidden),
    ]
    if tally.placeholders:
        message = f"Prompts of empty form fields ({tally.placeholders} characters) were left out."
        notes.append(Warning(code="placeholders-left-out", message=message))
    named = dict.fromkeys(_embedded_name(package, key, program) for key, program in tally.embedded)
    return notes + [
        Warning(code="embedded-part-not-read", message=f"An embedded part was not read: {name}.")
        for name in list(named)[:_MOST_NAMED]
    ]


def _embedded_name(package: Package, relation_id: str, program: str) -> str:
    relation = package.relations.get(relation_id)
    return f"{relation.name[:120]} ({program[:60]})" if relation is not None else program[:60]
