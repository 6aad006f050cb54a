"""Where sentences end."""

from __future__ import annotations

import re
from itertools import pairwise

_CLOSERS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "【": "】",
    "[": "]",
    "〈": "〉",
}
# A marker that its own stop follows: 1.做好, B。检查, (四)。协调
_MARKER = re.compile(
    r"\s*(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)])\s?"
)
_BREAK = frozenset("。！？!?；;：: \u3000\n\r\t.")
_PAIRED = 300  # a bracket or quote that does not close within so many characters is taken as a lone mark
_MARK = re.compile(r"[。！？!?；;.“‘「『（(《【\[〈]")
_FULL = "。！？!?"
_TRAIL = frozenset("。！？!?…”’」』）)】］》~～ \u3000")
_LEFT = frozenset("\"'")  # a straight quote that nothing follows closes
_GOES_ON = frozenset("，,、；;：:的")
_ITEM = re.compile(
    r"\s{0,4}(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]{1,2}[，、,：:]|其[一二三四五六次]|再次|最后)"
)
# A ? before a gloss that lost its host is a lost character, not a question: 部?jī)?nèi)部.
_LOST = re.compile(r"[a-zü\u00e0-\u01dc]{1,6}\)")
# Policies end an item with who is to do it, behind the stop: …。（市教育局、市财政局负责）
_OWNER = re.compile(
    r"[（(](?:[^（）()。]{2,80}(?:负责|牵头|配合|落实)[^（）()。]{0,12}"
    r"|(?:责任|牵头|配合|主办|承办|实施|完成|办结)[^（）()。：:]{1,5}[：:][^（）()。]{1,80})[)）]。?"
)
_PART = 12  # characters; shorter parts between ； are members of one sentence, not items


def cut_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences in `text[start:end)`, without white space around them, in order.

    A sentence ends at 。！？!?, at an ASCII stop behind a Chinese character, or at `end`; marks inside brackets and
    quotes do not end it, unless a quote holds whole sentences and ends with one. Closing marks stay with it. ； ends
    an item where the parts are counted (一是…；二是…) or three or more long ones stand side by side.
    """
    spans: list[tuple[int, int]] = []
    at = start
    semicolons: list[int] = []
    pos = start
    while True:
        hit = _MARK.search(text, pos, end)
        if hit is None:
            break
        mark = hit[0]
        pos = hit.end()
        closer = _CLOSERS.get(mark)
        if closer is not None:
            close = text.find(closer, pos, min(end, pos + _PAIRED))
            if close < 0:
                continue
            pos = close + 1
            if close > hit.end() and text[close - 1] in _FULL and text[pos : pos + 1] not in _GOES_ON:
                pos = _after(text, pos, end)
                if mark in "“「『（(" and _whole(text, hit.start(), at, pos, end):
                    _close(text, at, pos, semicolons, spans)
                    at = pos
        elif mark in "；;":
            semicolons.append(pos)
        elif _ends(text, at, hit.start(), end):
            pos = _after(text, pos, end)
            owner = _OWNER.match(text, pos, end)
            pos = owner.end() if owner else pos
            _close(text, at, pos, semicolons, spans)
            at = pos
    _close(text, at, end, semicolons, spans)
    return spans


def _whole(text: str, opened: int, begin: int, pos: int, end: int) -> bool:
    """Does a bracket or quote that ends with a stop end the sentence too? Not where a clause goes on behind it."""
    return pos >= end or opened <= begin or not text[pos : pos + 1].isspace()


def _ends(text: str, begin: int, at: int, end: int) -> bool:
    """Does the stop at `at` end the sentence that began at `begin`? Not where it belongs to a marker or a decimal."""
    mark = text[at]
    if mark == "。" and text[at - 1 : at] == "0" and text[at + 1 : at + 2].isdigit():
        return at - 1 > begin and text[at - 2].isdigit()  # 0。5 is a broken 0.5, 30。5 are two sentences
    if mark == "?" and _LOST.match(text, at + 1):
        return False
    if mark in ".。" and at - begin <= 12 and _MARKER.fullmatch(text, begin, at):
        return False
    return mark != "." or _is_stop(text, at, end)


def _is_stop(text: str, at: int, end: int) -> bool:
    """Is the ASCII dot at `at` a full stop? Behind a Chinese character or %, and not before a digit or a letter."""
    if at == 0 or at + 1 >= end:
        return False
    before, after = text[at - 1], text[at + 1]
    if after == ".":
        return False  # an ellipsis
    if after.isascii() and after.isalnum():
        return False
    if "\u4e00" <= before <= "\u9fff" or before in "%）)”":
        return True
    if not (before.isdigit() and "\u4e00" <= after <= "\u9fff"):
        return False
    run = at
    while run > 0 and at - run < 4 and text[run - 1].isdigit():
        run -= 1
    return at - run > 3 or (run > 0 and text[run - 1] not in _BREAK)  # ；2.做好 begins an item


def _after(text: str, pos: int, end: int) -> int:
    """The place behind the closing marks at `pos`."""
    while pos < end and (text[pos] in _TRAIL or (text[pos] == "." and text[pos - 1] in "。)）")):
        pos += 1
    return end if end - pos <= 4 and text[pos:end].strip() in _LEFT else pos


def _close(text: str, start: int, end: int, semicolons: list[int], spans: list[tuple[int, int]]) -> None:
    cuts = [start, *semicolons, end]
    semicolons.clear()
    parts = [b - a for a, b in pairwise(cuts)]
    marked = len(parts) > 1 and all(_ITEM.match(text, cut) for cut in cuts[1:-1] if cut < end)
    if not marked and (len(parts) < 3 or min(parts[:-1]) < _PART):
        cuts = [start, end]
    for a, b in pairwise(cuts):
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            spans.append((a, b))
