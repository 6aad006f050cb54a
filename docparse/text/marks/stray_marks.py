"""Marks that a site's scripts or an editor put in: commas before marks, marks behind 的, marks set twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docparse.lexicon import load_toml
from docparse.lexicon.patterns import late
from docparse.text.edits import Edit

HAN = "一-鿿"
COMMA_PAIR = re.compile(r"(?<![\s，,])[，,](?=[、。；;，,])(?![，,]{2})")
PAIRED = re.compile(r"[，,](?=[、。；;])")
STOPS_AND_LISTS = re.compile(r"[、。；]")
ANY_MARK = re.compile(r"[、。；;，,]")
LEAST_PAIRS = 2
LEAST_SHARE = 0.4
# One pair is evidence only in a snippet all of whose marks were hit.
SNIPPET = 200

PARTICLES = "的地得了在是"
AFTER_PARTICLE = re.compile(rf"(?<=[{PARTICLES}])['`.·‘’](?=[{HAN}])")
QUOTES = "'`‘’"
# How far a quotation may reach before its second mark is no longer looked for.
QUOTATION = 60
# A short stretch between two marks is a quotation even where both stand behind a 的: 的'好的'说法.
SHORT = 8
CLAUSE = re.compile(r"[，,。；;：:！!？?\n]")
HAN_STOP = rf"(?<=[{HAN}%％）)”\"])[.](?=[{HAN}\s]|$)"
SHORTEST_SENTENCE = 5

DOUBLED = re.compile(
    r"““(?=[^“”\n]{1,40}””)|《《(?=[^《》\n]{1,60}》》)|「「(?=[^「」\n]{1,40}」」)|『『(?=[^『』\n]{1,40}』』)"
    r"|【【(?=[^【】\n]{1,60}】】)"
)
CLOSING = {"“": "”", "《": "》", "「": "」", "『": "』", "【": "】"}
DOUBLED_STRAIGHT = rf'(?<![\w"=,;\\])""(?=[{HAN}0-9][^"\n]{{0,40}}""(?!["\w,;]))'
TWICE = rf"([。，；、])\1(?<=[{HAN}0-9A-Za-z%％）)”》]..)(?![。，；、.,…])"
STOP_AND_DOT = rf"(?:。\.(?<=[{HAN}%％）)”》]..)(?![.\w。])|\.(?<=[{HAN}%％）)”》].)(?=。(?![.。])))"


def remove_commas_before_marks(text: str) -> Iterator[Edit]:
    """`学习,、工作,、生活,。` becomes `学习、工作、生活。`: the comma before each mark goes.

    Some sites put a comma before every mark of the author's. The page must show it: two such pairs at least, and a
    comma before at least 40 % of its 、。； or of all its marks; a short snippet may have one if none of its other
    marks lacks one. A single `,。` in a long text is a slip of the author's and is left, and so are tables with commas
    (`a,,b`). Certified where every mark of the text carries the same comma: putting them in again gives the text back.
    """
    if not PAIRED.search(text) and ",," not in text and "，，" not in text:
        return
    pairs = list(COMMA_PAIR.finditer(text))
    hard = [m for m in pairs if text[m.end()] in "、。；;"]
    if not pairs or (not hard and not _lone_comma_pairs(text, len(pairs))):
        return
    marks = len(ANY_MARK.findall(text)) - len(pairs)
    stops = len(STOPS_AND_LISTS.findall(text))
    hit = sum(text[m.end()] in "、。；" for m in hard)
    shown = len(pairs) >= LEAST_PAIRS and len(pairs) >= LEAST_SHARE * marks
    shown = shown or (hit >= LEAST_PAIRS and hit >= LEAST_SHARE * stops)
    if not shown and (len(text) > SNIPPET or hit < stops):
        return
    certified = len(pairs) == marks >= 4 and len({m[0] for m in pairs}) == 1 and len(hard) > 1
    share = f"{len(pairs)} of {marks} marks have a comma before them"
    for m in pairs:
        yield Edit(
            start=m.start(),
            end=m.end(),
            after="",
            kind="comma-before-mark",
            certainty=0.95 if len(pairs) >= LEAST_PAIRS else 0.75,
            evidence=share,
            certified=certified,
        )


def _lone_comma_pairs(text: str, pairs: int) -> bool:
    """Whether `,,` alone may be taken for inserted commas: in one short line of words, not in a table with commas."""
    return len(text) <= SNIPPET and "\n" not in text.strip() and pairs == 1 and len(ANY_MARK.findall(text)) == 2


def remove_stray_marks(text: str) -> Iterator[Edit]:
    """`目标的'达成` becomes `目标的达成`: a single mark between 的 地 得 了 在 是 and a character goes.

    Sites put `'`, a backtick or `.` behind particles at random, so that copies can be traced. A quotation is kept: the
    mark has a partner near it. `.` goes only behind 的, or where it recurs, and only if this author does not end
    sentences with it; what opens a sentence (`好的.我们`) speaks for a full stop.
    """
    hits = [m.start() for m in AFTER_PARTICLE.finditer(text)]
    if not hits:
        return
    quotes = [at for at in hits if text[at] in QUOTES]
    for at in _unbalanced(text, quotes):
        yield _stray(at, 0.95 if text[at] in "'`" else 0.85, "a single quotation mark behind a particle")
    dots = [at for at in hits if text[at] == "."]
    if dots and not _ends_sentences_with_dots(text):
        for at in dots:
            if (text[at - 1] == "的" or len(dots) >= 3) and not opens_sentence(text, at + 1):
                yield _stray(at, 0.85, "a full stop behind a particle, where sentences end otherwise")
    for at in hits:
        if text[at] == "·" and text[at - 1] == "的" and "·" not in text[max(0, at - 20) : at] + text[at + 1 : at + 21]:
            yield _stray(at, 0.7, "a single name dot behind 的")


def _stray(at: int, certainty: float, evidence: str) -> Edit:
    return Edit(start=at, end=at + 1, after="", kind="stray-mark", certainty=certainty, evidence=evidence)


def _unbalanced(text: str, hits: list[int]) -> Iterator[int]:
    """The quotation marks among `hits` that have no partner within reach."""
    for kind in ("'", "`"):
        mine = [at for at in hits if text[at] == kind]
        if mine:
            yield from _unbalanced_straight(text, kind, mine)
    for at in hits:
        if text[at] == "‘":
            lonely = "’" not in text[at : at + QUOTATION]
        else:
            lonely = text[at] == "’" and "‘" not in text[max(0, at - QUOTATION) : at]
        if lonely:
            yield at


def _unbalanced_straight(text: str, kind: str, hits: list[int]) -> Iterator[int]:
    """Those of `hits` that neither open nor close a quotation. All marks of the kind are paired from left to right."""
    chosen = set(hits)
    every = [m.start() for m in re.finditer(re.escape(kind), text)]
    always = len(every) == len(hits) >= 3  # nobody quotes only behind particles
    i = 0
    while i < len(every):
        at = every[i]
        following = every[i + 1] if i + 1 < len(every) else len(text) + QUOTATION
        near = following - at <= QUOTATION
        if at not in chosen:  # it may open a quotation that a mark behind a particle closes
            i += 2 if near and following in chosen else 1
            continue
        if near and following in chosen:
            between = text[at + 1 : following]
            near = not always and len(between) <= SHORT and not CLAUSE.search(between)
        if near:
            i += 2
            continue
        yield at
        i += 1


def _ends_sentences_with_dots(text: str) -> bool:
    """Whether this author writes `.` for 。 anywhere but behind a particle (`一.总则` is no stop)."""
    for m in late(HAN_STOP).finditer(text):
        clause = text[max(0, m.start() - SHORTEST_SENTENCE) : m.start()]
        if clause[-1] not in PARTICLES and len(clause) == SHORTEST_SENTENCE and "\n" not in clause:
            return True
    return False


def opens_sentence(text: str, at: int) -> bool:
    """Whether what stands at `at` is a word that opens sentences."""
    return text.startswith(_openers(), at)


def _openers() -> tuple[str, ...]:
    stops: dict[str, Any] = load_toml("stray_marks")["stops"]
    return tuple(stops["openers"])


def drop_doubled_marks(text: str) -> Iterator[Edit]:
    """`““十四五””` becomes `“十四五”`, `。。` becomes `。`, `。.` becomes `。`: an editor set the mark twice.

    Quotes and title marks must be doubled on both sides. Three marks or more are an ellipsis and are left; so is every
    doubled stop of an author who writes such rows.
    """
    if any(opening * 2 in text for opening in CLOSING):
        for m in DOUBLED.finditer(text):
            yield from _one_of_two(text, m.start(), CLOSING[text[m.start()]])
    if '""' in text:
        for m in late(DOUBLED_STRAIGHT).finditer(text):
            yield from _one_of_two(text, m.start(), '"')
    doubled = [mark for mark in "。，；、" if mark * 2 in text]
    if any(mark * 3 in text for mark in doubled):
        return
    for m in late(TWICE).finditer(text) if doubled else ():
        yield _doubled(m.start() + 1, 0.9, f"{m[1]} twice")
    if "。." in text or ".。" in text:
        for m in late(STOP_AND_DOT).finditer(text):
            yield _doubled(m.end() - 1, 0.85, "two kinds of full stop")


def _one_of_two(text: str, at: int, closing: str) -> Iterator[Edit]:
    yield _doubled(at + 1, 0.95, "quotation marks doubled on both sides")
    yield _doubled(text.index(closing * 2, at + 2), 0.95, "quotation marks doubled on both sides")


def _doubled(at: int, certainty: float, evidence: str) -> Edit:
    return Edit(start=at, end=at + 1, after="", kind="doubled-mark", certainty=certainty, evidence=evidence)
