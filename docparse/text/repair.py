"""Raw text to repaired text: the repairs in their order, one map, and the script. `STAGES` below is the registry."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from docparse.records import Block, Reading, Record, Repair, Script, Span, Warning
from docparse.text.eaten_spaces import restore_eaten_spaces
from docparse.text.edits import Edit, OffsetMap, apply_edits, compose, find_changes
from docparse.text.glosses import remove_glosses
from docparse.text.layout_marks import normalize_line_ends, plain_spaces, remove_zero_width
from docparse.text.markup import decode_entities, remove_tags, unescape_quotes
from docparse.text.script import detect_script, simplified_view, to_simplified, to_traditional
from docparse.text.spacing import close_numbers, close_units, close_words
from docparse.text.width import narrow_digits_and_letters

RepairRule = Callable[[str], Iterator[Edit]]


class Stage(NamedTuple):
    """Rules that look at the same text. `simplified`: they read it in simplified characters, one for one."""

    rules: tuple[RepairRule, ...]
    simplified: bool = False


# One repair may uncover another (a tag behind an entity); rounds end when nothing is left to do.
MOST_ROUNDS = 6
# Evidence is not destroyed before it is used: the bytes' damage comes before width and spaces, and nothing folds quotes
# or brackets.
STAGES: tuple[Stage, ...] = (
    Stage((normalize_line_ends, decode_entities, remove_tags, unescape_quotes)),
    Stage((remove_glosses,)),
    Stage((remove_zero_width, plain_spaces)),
    Stage((restore_eaten_spaces,), simplified=True),
    Stage((narrow_digits_and_letters,)),
    Stage((close_units, close_numbers, close_words), simplified=True),
)


class Repaired(Record, frozen=True, kw_only=True):
    """A text with its damage undone, and how.

    `edits` are in order, do not overlap, and count code points of `raw`: `apply_edits(raw, edits)` gives `text` and
    `map` again. `map` leads from every span of `text` back to `raw`. `script` is the raw text's. `warnings` name what is
    damaged and could not be mended.
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


def repair(text: str) -> Repaired:
    """The text with its damage undone, in the script that it was written in; raises nothing.

    >>> from docparse import repair
    >>> repaired = repair("共同开拓农村市常")
    >>> repaired.text, [(e.kind, e.certified) for e in repaired.edits]
    ('共同开拓农村市场。', [('gbk-space-strip', True)])
    """
    raw = text
    whole = OffsetMap.identity(len(raw))
    found: list[Edit] = []
    script: Script = "none"
    for turn in range(MOST_ROUNDS):
        before = len(found)
        for number, stage in enumerate(STAGES):
            if turn == 0 and number == 2:  # what the bytes did is undone: the script shows
                script = detect_script(text)
            text, whole = _run(stage, text, whole, script, found)
        if len(found) == before:
            break
    return Repaired(
        raw=raw,
        text=text,
        edits=tuple(_replayable(raw, text, whole, found)),
        map=whole,
        script=script,
        warnings=tuple(_warnings(raw)),
    )


def repair_text(reading: Reading) -> Clean:
    """The clean text of a reading: repaired, simplified, with its map to raw and what was repaired."""
    repaired = repair(reading.raw)
    text, whole = repaired.text, repaired.map
    step = OffsetMap.identity(len(text))
    if repaired.script in ("hant", "mixed"):
        text, step = to_simplified(text)
        whole = compose(step, whole)
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
    head = 0
    while head < min(len(shown), len(after)) and shown[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(shown), len(after)) - head and shown[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle = after[head : len(after) - tail]
    around = slice(max(0, edit.start - 20), edit.end + 20)
    if middle and text[around] != view[around]:
        whole = to_traditional(after)
        middle = whole[head : len(after) - tail] if len(whole) == len(after) else to_traditional(middle)
    return msgspec.structs.replace(edit, after=before[:head] + middle + before[len(before) - tail :])


def _replayable(raw: str, text: str, whole: OffsetMap, found: list[Edit]) -> Iterator[Edit]:
    """One edit for each change of the map, with the reasons of the edits that made it."""
    found.sort(key=lambda e: (e.start, e.end))
    starts = [e.start for e in found]
    longest = max((e.end - e.start for e in found), default=0)
    for change in find_changes(raw, text, whole):
        near = found[bisect_left(starts, change.start - longest) : bisect_left(starts, change.end + 1)]
        causes = [e for e in near if e.end > change.start and e.start < change.end]
        causes = causes or [e for e in near if e.end >= change.start]
        listed = [e for e in causes if e.listed] or causes
        yield Edit(
            start=change.start,
            end=change.end,
            after=text[change.text_start : change.text_end],
            kind=listed[0].kind,
            rule=" ".join(dict.fromkeys(e.rule for e in listed)),
            certainty=min(e.certainty for e in listed),
            evidence="; ".join(dict.fromkeys(e.evidence for e in listed if e.evidence)),
            certified=all(e.certified for e in listed),
            listed=any(e.listed for e in causes),
        )


def _repairs(repaired: Repaired, text: str, step: OffsetMap) -> Iterator[Repair]:
    """The edits that a reader of the result should see, with their places in raw and in the simplified text."""
    changes = find_changes(repaired.raw, repaired.text, repaired.map)
    number = 0
    for edit, change in zip(repaired.edits, changes, strict=True):
        if not edit.listed:
            continue
        number += 1
        start, end = step.text_offset(change.text_start), step.text_offset(change.text_end)
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
        yield msgspec.structs.replace(block, start=start, end=max(start, end))


def _warnings(raw: str) -> Iterator[Warning]:
    """What is damaged and was left as it is."""
    yield from ()
