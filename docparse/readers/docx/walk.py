"""A Word body as pieces in document order: paragraphs, cells, text boxes, with numbering written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docparse.readers.docx.fields import Field, is_toc, read_empty_field
from docparse.readers.docx.paragraph import (
    State,
    add_text,
    finish_paragraph,
    flush_pending,
    start_paragraph,
    start_run,
)
from docparse.readers.docx.symbols import PRIVATE, read_private, read_symbol
from docparse.readers.docx.tables import is_deleted
from docparse.readers.docx.xml import MC, W14, M, O, R, V, W, child, is_on, value
from docparse.readers.pieces import Piece, name_set

if TYPE_CHECKING:
    from lxml.etree import _Element

# Nothing in them is printed: properties, instructions, reading aids, what is deleted or moved away.
_DROPPED = frozenset(
    W + name
    for name in name_set(
        "pPr sectPr sdtPr sdtEndPr tblPr tblPrEx tblGrid tcPr rPr delText delInstrText rt footnoteRef endnoteRef"
        " annotationRef fldData rubyPr trPr"
    )
)
_MOST_FIELDS = 50


def walk(root: _Element, state: State, spawn: Callable[[str, str], list[Piece]] | None = None) -> None:
    """Put the visible pieces under a body, header, footer or note into `state`.

    Insertions are in, deletions, comments and hidden text are out; of alternate content the first choice is taken.
    Linear in the tree; no recursion on its depth.

    Args:
        spawn: the pieces of a diagram or chart, by kind and relation id.

    Raises:
        LimitExceededError: more characters than may be read.
    """
    from lxml import etree

    state.deleted_cells = next(root.iter(W + "cellDel"), None) is not None
    walker = etree.iterwalk(root, events=("start", "end"), tag=_TAGS)
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in _DROPPED:
                walker.skip_subtree()
                continue
            handler = _START.get(tag)
            if handler is not None and handler(state, element):
                walker.skip_subtree()
            elif tag in _SPAWNS and spawn is not None:
                kind, attribute = _SPAWNS[tag]
                state.pieces.extend(spawn(kind, element.get(attribute) or ""))
        else:
            finisher = _END.get(tag)
            if finisher is not None:
                finisher(state, element)
    flush_pending(state)


def _on_text(state: State, element: _Element) -> None:
    text = element.text or ""
    if PRIVATE.search(text) and state.open:
        run = state.open[-1].run
        text = read_private(text, value(child(run, "rPr", "rFonts"), "ascii") or "")
    add_text(state, text)


def _on_instruction(state: State, element: _Element) -> None:
    if state.fields and not state.fields[-1].in_result:
        state.fields[-1].instruct(element.text or "")


def _on_field_mark(state: State, element: _Element) -> None:
    kind = value(element, "fldCharType")
    if kind == "begin":
        if len(state.fields) >= _MOST_FIELDS:  # none of them is ever closed
            oldest = state.fields.pop(0)
            state.instructing -= not oldest.in_result
            state.toc_depth -= oldest.toc
        state.fields.append(Field(depth=len(state.open), data=child(element, "ffData")))
        state.instructing += 1
    elif kind == "separate" and state.fields and not state.fields[-1].in_result:
        _start_result(state, state.fields[-1])
    elif kind == "end" and state.fields:
        _close_field(state)


def _start_result(state: State, entry: Field) -> None:
    state.instructing -= 1
    entry.in_result = True
    entry.kept.clear()
    entry.mark = state.added
    entry.toc = is_toc("".join(entry.code))
    state.toc_depth += entry.toc


def _close_field(state: State) -> None:
    entry = state.fields.pop()
    if not entry.in_result:
        _start_result(state, entry)
    state.toc_depth -= entry.toc
    if state.added == entry.mark:
        add_text(state, read_empty_field(entry))


def _on_simple_field(state: State, element: _Element) -> None:
    entry = Field(depth=len(state.open), code=[value(element, "instr") or ""])
    state.fields.append(entry)
    state.instructing += 1
    _start_result(state, entry)


def _after_simple_field(state: State, element: _Element) -> None:
    if state.fields:
        _close_field(state)


def _after_paragraph(state: State, element: _Element) -> None:
    """Close the paragraph. A field whose instruction runs on past its end is broken: its text is shown again."""
    if not state.open:
        return
    if state.instructing:
        depth = len(state.open)
        broken = [k for k, entry in enumerate(state.fields) if not entry.in_result and entry.depth >= depth]
        for entry in state.fields[broken[0] :] if broken else ():
            state.toc_depth -= entry.toc
            state.instructing -= not entry.in_result
        kept = [text for entry in state.fields[broken[0] :] for text in entry.kept] if broken else []
        if broken:
            del state.fields[broken[0] :]
        for text in kept:
            add_text(state, text)
    finish_paragraph(state, state.open.pop())


def _on_control(state: State, element: _Element) -> bool:
    """Content controls: a check box is its state; a prompt to type something is no text; contents are marked."""
    properties = child(element, "sdtPr")
    if properties is None:
        return False
    sign = _box_sign(state, element, properties)
    if sign:
        add_text(state, sign)
        return True
    state.toc_depth += _is_toc(properties)
    state.muted += is_on(child(properties, "showingPlcHdr"))
    return False


def _after_control(state: State, element: _Element) -> None:
    properties = child(element, "sdtPr")
    if properties is not None and not _box_sign(state, element, properties):
        state.toc_depth -= _is_toc(properties)
        state.muted -= is_on(child(properties, "showingPlcHdr"))


def _box_sign(state: State, element: _Element, properties: _Element) -> str:
    """The sign of a check box that stands in a line; its own signs differ from font to font."""
    box = properties.find(W14 + "checkbox")
    if box is None or not state.open or child(element, "sdtContent", "p") is not None:
        return ""
    checked = box.find(W14 + "checked")
    return "☑" if checked is not None and checked.get(W14 + "val") in ("1", "true", "on") else "☐"


def _is_toc(properties: _Element) -> bool:
    gallery = child(properties, "docPartObj", "docPartGallery")
    return (value(gallery) or "").lower() == "table of contents"


def _on_symbol(state: State, element: _Element) -> None:
    add_text(state, read_symbol(value(element, "char") or "", value(element, "font") or ""))


def _on_page_turn(state: State, element: _Element) -> None:
    """Word marks where a page began when it last laid the text out; boxes stand outside the flow."""
    if state.kind is None and len(state.open) == 1 and not state.muted and not state.open[-1].run_hidden:
        state.tally.turned += 1
        if state.page is not None:
            state.page += 1
            paragraph = state.open[-1]
            paragraph.turns.append((paragraph.length, state.page))


def _on_row(state: State, element: _Element) -> bool:
    if child(element, "trPr", "del") is not None:
        state.tally.deleted += 1
        return True
    state.tally.inserted += child(element, "trPr", "ins") is not None
    state.tables.start_row(element)
    return False


def _on_cell(state: State, element: _Element) -> bool:
    flush_pending(state)
    if state.deleted_cells and is_deleted(element):
        state.tally.deleted += 1
        return True
    state.tables.start_cell(element, len(state.pieces))
    return False


def _after_cell(state: State, element: _Element) -> None:
    if not state.deleted_cells or not is_deleted(element):
        flush_pending(state)
        state.tables.finish_cell(state.pieces)


def _on_insertion(state: State, element: _Element) -> None:
    state.tally.inserted += 1


def _on_deletion(state: State, element: _Element) -> bool:
    state.tally.deleted += 1
    return True


def _on_moved_away(state: State, element: _Element) -> bool:
    state.tally.moved += 1
    return True


def _on_reference(state: State, element: _Element) -> None:
    kind = element.tag[len(W) :].removesuffix("Reference")
    key = value(element, "id") or ""
    if kind == "comment":
        state.tally.comments.add(key)
    elif not state.open or not state.open[-1].run_hidden:
        state.tally.notes.append((kind, key))


def _on_embedded(state: State, element: _Element) -> None:
    program = element.get("ProgID") or element.tag.rpartition("}")[2]
    state.tally.embedded.append((element.get(R + "id") or "", program))


def _on_word_art(state: State, element: _Element) -> None:
    text = (element.get("string") or "").strip()
    if text:
        state.pieces.append(Piece(text, state.kind or "paragraph", page=state.page))


def _on_superscript(state: State, element: _Element) -> None:
    parent = element.getparent()
    if parent is not None and parent.tag in (M + "sSup", M + "sSubSup"):
        add_text(state, "^")


def _was_read(element: _Element) -> bool:
    """True where another choice of the same alternate content stands before."""
    return next(element.itersiblings("*", preceding=True), None) is not None


_START: dict[str, Callable[[State, _Element], bool | None]] = {
    W + "t": _on_text,
    M + "t": _on_text,
    W + "r": start_run,
    W + "p": start_paragraph,
    W + "instrText": _on_instruction,
    W + "fldChar": _on_field_mark,
    W + "fldSimple": _on_simple_field,
    W + "br": lambda state, element: add_text(state, "\n"),
    W + "cr": lambda state, element: add_text(state, "\n"),
    W + "tab": lambda state, element: add_text(state, "\t"),
    W + "ptab": lambda state, element: add_text(state, "\t"),
    W + "noBreakHyphen": lambda state, element: add_text(state, "-"),
    W + "sym": _on_symbol,
    W + "lastRenderedPageBreak": _on_page_turn,
    W + "sdt": _on_control,
    W + "tbl": lambda state, element: state.tables.start_table(element),
    W + "tr": _on_row,
    W + "tc": _on_cell,
    W + "ins": _on_insertion,
    W + "moveTo": lambda state, element: None,
    W + "del": _on_deletion,
    W + "moveFrom": _on_moved_away,
    W + "commentReference": _on_reference,
    W + "footnoteReference": _on_reference,
    W + "endnoteReference": _on_reference,
    W + "altChunk": _on_embedded,
    W + "subDoc": _on_embedded,
    O + "OLEObject": _on_embedded,
    V + "textpath": _on_word_art,
    M + "sup": _on_superscript,
    MC + "Choice": lambda state, element: _was_read(element),
    MC + "Fallback": lambda state, element: _was_read(element),
}
_END: dict[str, Callable[[State, _Element], None]] = {
    W + "p": _after_paragraph,
    W + "fldSimple": _after_simple_field,
    W + "sdt": _after_control,
    W + "tbl": lambda state, element: state.tables.finish_table(),
    W + "tc": _after_cell,
    W + "txbxContent": lambda state, element: flush_pending(state),
    M + "num": lambda state, element: add_text(state, "/"),
}
_SPAWNS = {
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": ("diagram", R + "dm"),
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": ("chart", R + "id"),
}
_TAGS = (*_DROPPED, *_START, *_END, *_SPAWNS)
