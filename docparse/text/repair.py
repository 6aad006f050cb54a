"""Reading -> Clean: the repairs in their order, one map, and the script. The tuple at the bottom is the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from docparse.records import Block, Reading, Record, Repair, Script, Span, Warning
from docparse.text.eaten_spaces import restore_eaten_spaces
from docparse.text.edits import Edit, OffsetMap, apply_edits, compose
from docparse.text.glosses import orphaned_glosses, remove_glosses
from docparse.text.layout_marks import normalize_line_ends, plain_spaces, remove_zero_width
from docparse.text.markup import decode_entities, remove_tags, unescape_quotes
from docparse.text.script import detect_script, to_simplified
from docparse.text.spacing import close_numbers, close_units, close_words
from docparse.text.width import narrow_digits_and_letters

RepairRule = Callable[[str], Iterator[Edit]]


class Clean(Record, frozen=True, kw_only=True):
    """Repaired, simplified text with the way back. `blocks` are the reader's, in offsets of `text`."""

    raw: str
    text: str
    map: OffsetMap
    edits: tuple[Edit, ...]
    repairs: tuple[Repair, ...]
    script: Script
    blocks: tuple[Block, ...]
    warnings: tuple[Warning, ...]


# One repair may uncover another (a tag behind an entity); rounds end when nothing is left to do.
MOST_ROUNDS = 6
# Three passes a round, each over the text that the one before left: what the bytes did, what the script is, what
# spacing did.
# Evidence is not destroyed before it is used: width and spaces come last, and nothing folds quotes or brackets.
DAMAGE: tuple[RepairRule, ...] = (
    normalize_line_ends,
    decode_entities,
    remove_tags,
    unescape_quotes,
    remove_glosses,
    remove_zero_width,
    plain_spaces,
)
SIMPLIFIED: tuple[RepairRule, ...] = (restore_eaten_spaces, narrow_digits_and_letters)
SPACING: tuple[RepairRule, ...] = (close_units, close_numbers, close_words)


def repair_text(reading: Reading) -> Clean:
    """The clean text of a reading, its map to raw, what was repaired, and the script of the raw text."""
    raw = reading.raw
    text, whole = raw, OffsetMap.identity(len(raw))
    edits: list[Edit] = []
    script: Script | None = None
    for _ in range(MOST_ROUNDS):
        before = len(edits)
        text, whole = _pass(text, whole, DAMAGE, raw, edits)
        if script is None:
            script = detect_script(text)
        if script in ("hant", "mixed"):
            text, step = to_simplified(text)
            whole = compose(step, whole)
        for rules in (SIMPLIFIED, SPACING):
            text, whole = _pass(text, whole, rules, raw, edits)
        if len(edits) == before:
            break
    edits.sort(key=lambda e: (e.start, e.end))
    return Clean(
        raw=raw,
        text=text,
        map=whole,
        edits=tuple(edits),
        repairs=tuple(_repairs(edits, raw, text, whole)),
        script=script or "none",
        blocks=tuple(_moved(reading.blocks, whole)),
        warnings=tuple(_warnings(raw)),
    )


def _pass(
    text: str, whole: OffsetMap, rules: tuple[RepairRule, ...], raw: str, edits: list[Edit]
) -> tuple[str, OffsetMap]:
    """Apply one group of rules to `text`; the edits are kept in raw offsets."""
    found = [edit for rule in rules for edit in rule(text)]
    if not found:
        return text, whole
    found.sort(key=lambda e: e.start)
    after, step = apply_edits(text, found)
    at = 0
    for edit in found:
        if edit.start >= at:  # the ones that apply_edits took
            at = edit.end
            span = whole.raw_span(edit.start, edit.end)
            edits.append(msgspec.structs.replace(edit, start=span.start, end=span.end))
    return after, compose(step, whole)


def _repairs(edits: list[Edit], raw: str, text: str, whole: OffsetMap) -> Iterator[Repair]:
    """The edits that a reader of the result should see, with their places in both texts."""
    number = 0
    for edit in edits:
        if not edit.listed:
            continue
        number += 1
        start, end = whole.text_offset(edit.start), whole.text_offset(edit.end)
        yield Repair(
            id=f"rp{number}",
            kind=edit.kind,
            before=raw[edit.start : edit.end],
            after=text[start : max(start, end)],
            certainty=edit.certainty,
            raw_span=Span(edit.start, edit.end),
            span=Span(start, max(start, end)),
        )


def _moved(blocks: tuple[Block, ...], whole: OffsetMap) -> Iterator[Block]:
    """The reader's blocks in offsets of the clean text."""
    for block in blocks:
        start, end = whole.text_offset(block.start), whole.text_offset(block.end)
        yield msgspec.structs.replace(block, start=start, end=max(start, end))


def _warnings(raw: str) -> Iterator[Warning]:
    """What is damaged and was left as it is."""
    for start, end in orphaned_glosses(raw):
        yield Warning(
            code="byte-shift",
            message="a pinyin gloss was put across two characters; one character is lost here",
            raw_span=Span(start, end),
        )
