"""Raw text to repaired text: the repairs in their order, one map, and the script. `STAGES` below is the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from docparse.options import Wording
from docparse.records import Block, Reading, Record, Repair, Script, Span, Warning
from docparse.text.bytes.byte_shift import lost_in_shift, restore_shifts
from docparse.text.bytes.charsets import undo_wrong_charset
from docparse.text.bytes.eaten_spaces import restore_eaten_spaces
from docparse.text.bytes.glosses import remove_glosses
from docparse.text.bytes.islands import restore_lead_bytes, undo_islands
from docparse.text.bytes.lost_bytes import lost_characters
from docparse.text.edits import Change, Edit, OffsetMap, apply_edits, common_ends, compose, find_changes
from docparse.text.layout.cut_lines import deleted_digits, join_cut_numbers, join_cut_words, join_torn_marks
from docparse.text.layout.fused_headings import split_fused_titles
from docparse.text.layout.layout_marks import normalize_line_ends, plain_spaces, remove_zero_width
from docparse.text.layout.markup import (
    complete_entities,
    decode_entities,
    decode_escapes,
    remove_tags,
    unescape_quotes,
)
from docparse.text.layout.page_glue import drop_page_counters
from docparse.text.layout.spacing import close_numbers, close_units, close_words
from docparse.text.layout.wrapped_lines import join_wrapped_lines
from docparse.text.marks.dots import (
    narrow_number_commas,
    restore_decimal_points,
    restore_dotted_names,
    restore_full_stops,
)
from docparse.text.marks.doubled import drop_repeated_line, undo_overprint
from docparse.text.marks.spun import mend_spun_words, restore_country_name
from docparse.text.marks.stray_marks import drop_doubled_marks, remove_commas_before_marks, remove_stray_marks
from docparse.text.marks.width import narrow_digits_and_letters
from docparse.text.scripts.script import detect_script, simplified_view, to_simplified, to_traditional

RepairRule = Callable[[str], Iterator[Edit]]


Finder = Callable[[str], Iterable[tuple[int, int, str, str]]]


class Stage(NamedTuple):
    """Rules that look at the same text, of two the one that starts first, then the one listed first.

    `simplified`: they read it in simplified characters, one for one. `furniture`: they drop what belongs to the page
    and not to the text.
    """

    rules: tuple[RepairRule, ...]
    simplified: bool = False
    furniture: bool = False


# One repair may uncover another (a tag behind an entity); rounds end when nothing is left to do.
MOST_ROUNDS = 6
# Evidence is not destroyed before it is used: what the bytes suffered comes before marks, width and spaces, and nothing
# folds quotes or brackets.
STAGES: tuple[Stage, ...] = (
    Stage((normalize_line_ends, decode_entities, complete_entities, remove_tags, unescape_quotes, decode_escapes)),
    Stage((join_wrapped_lines,)),  # a line end may cut what others look for
    Stage((join_torn_marks,)),
    Stage((undo_wrong_charset,)),  # here C1 controls and no-break spaces are bytes yet
    Stage((undo_islands, restore_lead_bytes)),
    Stage((remove_commas_before_marks,)),
    Stage((restore_shifts, remove_glosses)),
    Stage((remove_zero_width, plain_spaces)),
    Stage((remove_stray_marks,), simplified=True),
    Stage((restore_eaten_spaces,), simplified=True),
    Stage((mend_spun_words, restore_country_name), simplified=True),
    Stage((drop_doubled_marks, undo_overprint, drop_repeated_line), simplified=True),
    Stage((restore_decimal_points, restore_dotted_names, narrow_number_commas)),
    Stage((restore_full_stops,), simplified=True),
    Stage((narrow_digits_and_letters,)),
    Stage((drop_page_counters,), simplified=True, furniture=True),
    Stage((split_fused_titles,), simplified=True),
    Stage((join_cut_numbers, join_cut_words), simplified=True),
    Stage((close_units, close_numbers, close_words), simplified=True),
)
# What is lost for good, looked for in the repaired text: (start, end, warning code, what is known).
FINDERS: tuple[Finder, ...] = (lost_in_shift, lost_characters, deleted_digits)


class Repaired(Record, frozen=True, kw_only=True):
    """A text with its damage undone, and how.

    `edits` are in order, do not overlap, and count code points of `raw`: `apply_edits(raw, edits)` gives `text` and
    `map` again. `map` leads from every span of `text` back to `raw`. `script` is the raw text's. `warnings` name
    what is damaged and could not be mended.
    """

    raw: str
    text: str
    edits: tuple[Edit, ...]
    map: OffsetMap
    script: Script
    warnings: tuple[Warning, ...]


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


def repair(text: str, *, keep_furniture: bool = False) -> Repaired:
    """The text with its damage undone, in the script that it was written in; raises nothing.

    Args:
        text: any text; what was decoded, before any other cleaning (folded quotes or widths hide damage).
        keep_furniture: leave page counters that stand in the middle of a sentence, for a later stage to label.

    >>> from docparse import repair
    >>> repaired = repair("共同开拓农村市常")
    >>> repaired.text, [(e.kind, e.certified) for e in repaired.edits]
    ('共同开拓农村市场。', [('gbk-space-strip', True)])
    """
    raw = text
    whole = OffsetMap.identity(len(raw))
    found: list[Edit] = []
    script: Script | None = None
    for _ in range(MOST_ROUNDS):
        before = len(found)
        for stage in STAGES:
            if stage.furniture and keep_furniture:
                continue
            if stage.simplified and script is None:  # what the bytes suffered is undone: the script shows
                script = detect_script(text)
            text, whole = _run(stage, text, whole, script or "none", found)
        if len(found) == before:
            break
    return Repaired(
        raw=raw,
        text=text,
        edits=tuple(_replayable(raw, text, whole, found)),
        map=whole,
        script=script or "none",
        warnings=tuple(_warnings(text, whole)),
    )


def repair_text(reading: Reading, *, wording: Wording = "as-written") -> Clean:
    """The clean text of a reading: repaired, simplified, with its map to raw and what was repaired.

    Page furniture stays: the structure stage labels it, and nothing is lost.
    """
    repaired = repair(reading.raw, keep_furniture=True)
    text, step = repaired.text, OffsetMap.identity(len(repaired.text))
    if repaired.script != "none":
        text, step = to_simplified(text, wording=wording)
    whole = compose(step, repaired.map)
    return Clean(
        raw=reading.raw,
        text=text,
        map=whole,
        edits=repaired.edits,
        repairs=tuple(_repairs(repaired, text, step)),
        script=repaired.script,
        blocks=tuple(_moved(reading.blocks, whole)),
        warnings=repaired.warnings,
    )


def _run(stage: Stage, text: str, whole: OffsetMap, script: Script, found: list[Edit]) -> tuple[str, OffsetMap]:
    """Apply one stage to `text`; its edits join `found` in raw offsets."""
    view = simplified_view(text) if stage.simplified and script in ("hant", "mixed") else text
    edits = [msgspec.structs.replace(e, rule=rule.__name__) for rule in stage.rules for e in rule(view)]
    if not edits:
        return text, whole
    edits.sort(key=lambda e: e.start)
    taken: list[Edit] = []
    for edit in edits:
        if not taken or edit.start >= taken[-1].end:  # leftmost, then listed first
            taken.append(_in_own_script(edit, text, view) if view is not text else edit)
    for edit in taken:
        span = whole.raw_span(edit.start, edit.end)
        found.append(msgspec.structs.replace(edit, start=span.start, end=span.end))
    after, step = apply_edits(text, taken)
    return after, compose(step, whole)


def _in_own_script(edit: Edit, text: str, view: str) -> Edit:
    """The edit with what it puts in written as its surroundings are; characters that were there stay as they were."""
    before, shown, after = text[edit.start : edit.end], view[edit.start : edit.end], edit.after
    head, tail = common_ends(shown, after)
    middle = after[head : len(after) - tail]
    around = slice(max(0, edit.start - 20), edit.end + 20)
    if middle and text[around] != view[around]:
        whole = to_traditional(after)
        middle = whole[head : len(after) - tail] if len(whole) == len(after) else to_traditional(middle)
    return msgspec.structs.replace(edit, after=before[:head] + middle + before[len(before) - tail :])


def _replayable(raw: str, text: str, whole: OffsetMap, found: list[Edit]) -> Iterator[Edit]:
    """The edits that lead from raw to text at once, each with the reasons of the edits that made it."""
    found.sort(key=lambda e: (e.start, e.end))
    joined: list[tuple[list[Change], list[Edit]]] = []
    active: list[Edit] = []
    at = 0
    for change in find_changes(raw, text, whole):
        while at < len(found) and found[at].start <= change.end:
            active.append(found[at])
            at += 1
        active = [e for e in active if e.end >= change.start]
        causes = [e for e in active if (e.start, e.end) == (change.start, change.end)]
        causes = causes or [e for e in active if e.end > change.start and e.start < change.end] or list(active)
        last = joined[-1] if joined else None
        if last and len(causes) == 1 and causes == last[1] and causes[0].inside and last[0][-1].end == change.start:
            last[0].append(change)
        else:
            joined.append(([change], causes))
    for changes, causes in joined:
        yield _one_edit(text, changes, causes)


def _one_edit(text: str, changes: list[Change], causes: list[Edit]) -> Edit:
    """One edit for neighbouring changes of the same causes."""
    listed = [e for e in causes if e.listed] or causes
    inside = tuple((c.text_end - c.text_start, c.end - c.start) for c in changes)
    return Edit(
        start=changes[0].start,
        end=changes[-1].end,
        after=text[changes[0].text_start : changes[-1].text_end],
        kind=listed[0].kind,
        rule=" ".join(dict.fromkeys(e.rule for e in listed)),
        certainty=min(e.certainty for e in listed),
        evidence="; ".join(dict.fromkeys(e.evidence for e in listed if e.evidence)),
        certified=all(e.certified for e in listed),
        listed=any(e.listed for e in causes),
        inside=inside if len(changes) > 1 else (),
    )


def _repairs(repaired: Repaired, text: str, step: OffsetMap) -> Iterator[Repair]:
    """The edits that a reader of the result should see, with their places in raw and in the simplified text."""
    number = raw_at = at = 0
    for edit in repaired.edits:
        at += edit.start - raw_at
        start, end = step.text_offset(at), step.text_offset(at + len(edit.after))
        raw_at, at = edit.end, at + len(edit.after)
        if not edit.listed:
            continue
        number += 1
        yield Repair(
            id=f"rp{number}",
            kind=edit.kind,
            before=repaired.raw[edit.start : edit.end],
            after=text[start:end],
            certainty=edit.certainty,
            raw_span=Span(edit.start, edit.end),
            span=Span(start, end),
        )


def _moved(blocks: tuple[Block, ...], whole: OffsetMap) -> Iterator[Block]:
    """The reader's blocks in offsets of the clean text."""
    for block in blocks:
        start, end = whole.text_offset(block.start), whole.text_offset(block.end)
        turns = tuple((whole.text_offset(offset), page) for offset, page in block.turns)
        yield msgspec.structs.replace(block, start=start, end=max(start, end), turns=turns)


def _warnings(text: str, whole: OffsetMap) -> Iterator[Warning]:
    """What is damaged and was left as it is, with its place in raw."""
    for finder in FINDERS:
        for start, end, code, message in finder(text):
            yield Warning(code=code, message=message, raw_span=whole.raw_span(start, end))
