"""Rich Text Format: what Word would show, read in one pass over the bytes.

Own code, because striprtf 0.0.35 takes quadratic time on lists of fonts and fields (20 s on 99 kB), raises on double
bytes split over runs, and leaves notes, headers and the shape of tables out.
"""

from __future__ import annotations

from docparse.errors import DamagedFileError
from docparse.options import Options
from docparse.readers.left_out import changes_warning, comments_warning, hidden_warning
from docparse.readers.pieces import Piece, check_characters, join_furniture, join_pieces
from docparse.readers.plain.text import no_text_warning
from docparse.readers.properties import clean_author, clean_title, read_day
from docparse.readers.rtf.state import State
from docparse.readers.rtf.story import Story
from docparse.readers.rtf.tables import Tables, renumber
from docparse.readers.rtf.walk import close_story, finish_paragraph, read_tokens
from docparse.records import Reading, Source, Warning

_HEAD_BYTES = 64


def read_rtf(data: bytes, options: Options) -> Reading:
    """Reading of an .rtf: the body in document order, then notes, headers and footers under their own kinds.

    List markers are those that the writer put into the file for readers that cannot count. Deleted and hidden text,
    comments and the instructions of fields are left out. Linear in the bytes; no recursion on the groups.

    Raises:
        DamagedFileError: with code `damaged-rtf`: it does not begin as Rich Text Format does.
        LimitExceededError: groups nest deeper than `options.max_depth`, or too many characters or blocks.
    """
    start = data[:_HEAD_BYTES].find(b"{\\rtf")
    if start < 0:
        raise DamagedFileError(
            "damaged-rtf", "The file does not begin as Rich Text Format.", "Open it in Word and save it again."
        )
    state = State(data, options, start)
    state.stories.append(Story(Tables(state.numbers)))
    whole = read_tokens(state)
    while len(state.stories) > 1:
        close_story(state, 0)
    finish_paragraph(state, state.look)
    pieces = [*state.stories[0].tables.finish(), *_furniture(state)]
    raw, blocks = join_pieces(renumber(pieces))
    check_characters(len(raw), options)
    warnings = [] if whole else [Warning(code="rtf-incomplete", message="The file ends before its text does.")]
    if state.decoder.broken:
        message = f"{state.decoder.broken} characters could not be decoded and were read as U+FFFD."
        warnings.append(Warning(code="undecodable-bytes", message=message))
    left_out = (
        *changes_warning(inserted=state.inserted, deleted=state.deleted),
        *comments_warning(state.comments),
        *hidden_warning(state.hidden),
    )
    return Reading(
        source=Source(
            title=clean_title(state.facts.get("title")),
            author=clean_author(state.facts.get("author")),
            created=read_day(state.facts.get("created")),
            modified=read_day(state.facts.get("modified")),
        ),
        raw=raw,
        blocks=blocks,
        warnings=(*warnings, *left_out, *no_text_warning(raw)),
    )


def _furniture(state: State) -> list[Piece]:
    """Notes, then headers, then footers."""
    stories = [(story.kind, story.tables.finish()) for story in state.furniture]
    notes = [piece for kind, pieces in stories if kind == "note" for piece in pieces]
    return notes + join_furniture((kind, pieces) for kind, pieces in stories if kind in ("header", "footer"))
