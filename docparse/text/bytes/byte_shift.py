"""Text read one byte out of step behind a gloss or mark put across two characters: 部?jī)?nèi)部, ？?蛻糍Y源.

A mirror that edits GBK text by bytes meets its pattern also where it is the end of one character and the start of the
next. What it inserts there cuts both; the reader then pairs the bytes wrongly until an ASCII byte or another insertion
puts it in step again. Little is lost: one byte (shown as ?) and the pairs that no character stands for. The best
reading (shift_search.py) is run forwards as proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docparse.lexicon.patterns import late
from docparse.text.bytes.gbk import character_of
from docparse.text.bytes.glosses import GLOSS, SYLLABLE, gloss_table, has_reading, is_toned
from docparse.text.bytes.mechanisms import FULL_MARKS, HALF_MARKS, mirror
from docparse.text.bytes.shift_search import MARK_TRAIL, Page, Token, Way, known, read_page, search, tokens, whole_score
from docparse.text.edits import Edit, spread

# Where a search may start: a gloss without its bracket, or a lone ? before one of the four marks (also half-width).
ANCHOR = re.compile(rf"\?(?:(?={SYLLABLE}\))|(?=[，；？！,;?!])(?!\?\?))")
ORPHAN = re.compile(rf"\?({SYLLABLE})\)")
# A mark of which the ? before it was dropped without a trace: only on a glossed page, before an odd character or a
# glossed letter.
SILENT = rf"(?<=[㐀-鿿)])[，；？！,;?!](?=([㐀-鿿])|[@-Z^_`a-z]\({SYLLABLE}\))"
# Least mean logarithm of a reading: what was restored rightly lies above. Unproved ones need a glossed page.
LEAST_WITH_GLOSS = -5.0
LEAST_LIKELY = -4.2
LEAST_UNPROVED = -3.5
FAR_AHEAD = 4.0  # a lead over the next proved reading, in natural logarithms
MOST_SEARCHES = 5_000  # in one text; a page of 10,000 characters has some 20
MOST_FAILED = 100  # of them in a row
MOST_SPENT = 3_000_000  # steps of all searches of a text, and more for each character
SPENT_A_CHARACTER = 20
ROW = 8
HALF = ",;?!"
BEFORE_MARK = re.compile(r"\?(?=[,;?!])")  # some sites drop it
BEFORE = 6  # characters before the damage that the reading must suit


def restore_shifts(text: str) -> Iterator[Edit]:
    """部?jī)?nèi)部 becomes 部內部, ？?蛻糍Y源 becomes 。客戶資源: bytes paired wrongly are paired again.

    Damage: a stretch of two to some ten wrong characters behind a lone ?. Cause: a gloss or a mark put in by bytes,
    across two characters. Cure: pair the bytes anew, guess the one byte that was lost by what Chinese is probable here,
    and run the mirror on the result: where that gives the page as it is, the edit is certified. Left alone: honest
    question marks, runs of ???, and stretches that no reading makes better.
    """
    if "?" not in text and "(" not in text:
        return
    table = gloss_table(text)
    syllables = frozenset(table.values())
    anchors = [m.start() for m in ANCHOR.finditer(text) if _worth(text, m, syllables)]
    if table:
        silent = (m.start() for m in late(SILENT).finditer(text) if not (m[1] and known(m[1])))
        anchors = sorted({*anchors, *silent})
    if not anchors:
        return
    page = read_page(text, table)
    done = failed = 0
    for start in anchors[:MOST_SEARCHES]:
        if failed == MOST_FAILED or sum(page.spent) > MOST_SPENT + SPENT_A_CHARACTER * len(text):
            return  # no mirror, but a page of question marks
        if start < done or not (page.table or _plain_anchor(text, start)):
            continue
        edit = _restore(page, text, start)
        failed += 1
        if edit:
            done, failed = edit.end, 0
            yield edit


def _worth(text: str, m: re.Match[str], syllables: frozenset[str]) -> bool:
    """Whether an anchor stands behind a character, and a syllable behind it is toned, or one of the page's own."""
    if m.start() == 0 or text[m.start() - 1] in "?\n":
        return False
    syllable = ORPHAN.match(text, m.start())
    return syllable is None or is_toned(syllable[1]) or syllable[1] in syllables


def _plain_anchor(text: str, start: int) -> bool:
    """Whether an anchor says enough on a page without a gloss table: ?jī), ?， before a character, ?！?."""
    mark, behind = text[start + 1], text[start + 2 : start + 4]
    if mark not in MARK_TRAIL:
        return True
    if behind[:1].isascii() and behind[:1].isalpha():  # ?，F將: a letter that was half of a character
        behind = behind[1:]
    if mark in HALF:
        return "㐀" <= behind[:1] <= "鿿"
    return behind[:1] > "\x7f" or behind[:1] == "?"


def _restore(page: Page, text: str, start: int) -> Edit | None:
    """The edit of one anchor: the best reading that the mirror would have turned into what stands here."""
    line = text.rfind("\n", 0, start) + 1
    left, left_start = _left(text, line, start)
    units = tokens(text, start)
    if text[start] in MARK_TRAIL and text[start + 1] not in MARK_TRAIL and units[0].kind != "orphan":
        units = [Token("mark", text[start], start + 1), *tokens(text, start + 1)]  # as if its ? stood there
    if (
        sum(unit.kind == "lost" or unit.text in MARK_TRAIL for unit in units[:ROW]) > ROW // 2
    ):  # a row of marks is no damaged text
        return None
    ways = search(page, left, units)
    if not ways:
        return None
    proofs = (way for way in ways if _certify(page, text, left_start, len(left), units, way))
    proved = next(proofs, None)
    way = proved or ways[0]
    likely = way.score / len(way.out)
    least = LEAST_WITH_GLOSS if units[0].kind == "orphan" else LEAST_LIKELY
    if likely < (least if proved else LEAST_UNPROVED) or (not proved and not page.table):
        return None
    after = way.out[len(left) : way.restored]
    rival = next((p for p in proofs if p.out[len(left) : p.restored] != after), None)
    ahead = whole_score(way) - whole_score(rival) if rival else FAR_AHEAD
    where = "a gloss" if units[0].kind == "orphan" else "a mark"
    story = f"{where} was put across two characters; the bytes behind it are paired anew"
    if rival and ahead < FAR_AHEAD:
        story += f" ({rival.out[len(left) : rival.restored]} would give the same bytes)"
    return Edit(
        start=start,
        end=units[way.until - 1].end,
        after=after,
        kind="byte-shift",
        certainty=_certainty(ahead) if proved else 0.7,
        evidence=story,
        certified=proved is not None,
        inside=spread(len(after), units[way.until - 1].end - start),
    )


def _certainty(ahead: float) -> float:
    """How sure the best of several proved readings is, by its lead over the next (natural logarithms)."""
    if ahead >= FAR_AHEAD:
        return 0.95
    return 0.7 if ahead >= 2.0 else 0.4


def _left(text: str, line: int, start: int) -> tuple[str, int]:
    """The last characters before `start` without their glosses, and where they start in `text`."""
    low = max(line, start - 40)
    places: list[int] = []
    at = low
    while at < start:
        places.append(at)
        gloss = late(GLOSS).match(text, at, start)
        at = gloss.end() if gloss else at + 1
    places = places[-BEFORE:]
    return "".join(text[p] for p in places), places[0] if places else start


def _certify(page: Page, text: str, left_start: int, left: int, units: list[Token], way: Way) -> bool:
    """Whether the mirror, run on the reading, gives exactly what stands in the text there."""
    observed = text[left_start : units[way.until - 1].end].translate(HALF_MARKS)
    # A ? that stands for an ASCII character which was taken: any digit shows the same.
    restored = (way.out[:left] + way.out[left : way.restored].replace("?", "0")).translate(FULL_MARKS)
    table = _glossed_here(page, observed, restored)
    whole = {h: s for h, s in table.items() if h in restored}
    across = {h: s for h, s in table.items() if h not in restored}
    for order in (whole | across, across | whole):  # which the mirror replaced first is not known
        made = mirror(restored, order)
        shown = "" if made is None else made.translate(HALF_MARKS)
        if shown == observed or (shown and BEFORE_MARK.sub("", shown) == BEFORE_MARK.sub("", observed)):
            return True
    return False


def _glossed_here(page: Page, observed: str, restored: str) -> dict[str, str]:
    """The page's table, with those characters, whole or across two, that only the syllables seen here betray."""
    table = dict(page.table)
    syllables = sorted(set(re.findall(rf"({SYLLABLE})\)", observed)))
    data = restored.encode("gb18030", "replace")
    for lead, trail in pairwise(data):
        host = character_of(lead, trail) if lead >= 0x81 else ""
        read = [s for s in syllables if host and has_reading(host, s)]
        if read:
            table.setdefault(host, read[0])
    return table


def lost_in_shift(text: str) -> Iterator[tuple[int, int, str, str]]:
    """What no reading mended, each gloss that stands across two characters: (start, end, code, what is known of it)."""
    for m in ORPHAN.finditer(text):
        if m.start() and is_toned(m[1]) and "㐀" <= text[m.start() - 1] <= "鿿":
            message = f"the gloss {m[1]} was put across two characters; the one behind {text[m.start() - 1]} is lost"
            yield m.start(), m.end(), "byte-shift", message
