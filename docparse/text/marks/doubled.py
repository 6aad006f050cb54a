"""Text that was printed twice: characters overprinted to look bold (监监理理), and a line's words set two times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.text.edits import Edit
from docparse.text.evidence import is_word

HAN = "一-鿿"
# A cheap sign: two different doubled characters side by side, perhaps with a digit run or a space between them.
SIGN = re.compile(rf"([{HAN}])\1[ 　]?(?:\d{{2,12}}[ 　]?)?([{HAN}])\2")
NUMBER = re.compile(r"[0-9A-Za-z.]{2,24}")
MARKS = "，。、；：！？（）()“”《》-—/·%％"
NUMERALS = "零〇一二三四五六七八九十百千万亿两"
# Six doubled characters in a row; fewer where doubled numbers stand among them.
LEAST_PAIRS = 6
LEAST_WITH_NUMBER = 4
TWICE = re.compile(
    rf"^[ 　\t]{{0,8}}([{HAN}0-9][^\n，。、；：！？,;:!?“”\"'《》（）()…|\t]{{5,40}})\1[ 　\t]{{0,8}}$", re.M
)


def undo_overprint(text: str) -> Iterator[Edit]:
    """`监监理理细细则则` becomes `监理细则`, `20112011年年 1010 月月` becomes `2011年 10 月`.

    To print bold, a PDF sets each character (or each run of digits) twice with a small offset. Needed: six doubled
    characters in a row, or four that make two words, or four units with a doubled number among them. Left:
    红红火火恍恍惚惚 and other words that double their characters, rows of one sign, and numbers like 1010 that stand
    alone.
    """
    at = 0
    while True:
        m = SIGN.search(text, at)
        if m is None:
            return
        start = _leftmost(text, m.start(), at)
        units, end = _units(text, start)
        if _is_overprint(text, units):
            for first, second in units:
                half = (second - first) // 2
                yield from _halve(text, first, second, half)
        at = max(end, m.end())


def _leftmost(text: str, at: int, least: int) -> int:
    """Where the doubled units that reach up to `at` begin."""
    while at > least:
        before = at
        while before > least and text[before - 1] in " 　":
            before -= 1
        number = before
        while number > least and text[number - 1].isascii() and text[number - 1].isalnum() and before - number < 24:
            number -= 1
        if number < before and _is_twice(text[number:before]):
            at = number
        elif before - 2 >= least and text[before - 1] == text[before - 2] and _counts(text[before - 1]):
            at = before - 2
        else:
            break
    return at


def _units(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """The doubled units side by side from `at`, with at most two spaces between, and where they end."""
    units: list[tuple[int, int]] = []
    end = at
    while at < len(text):
        number = NUMBER.match(text, at)
        if number is not None and _is_twice(number[0]):
            units.append((at, number.end()))
        elif at + 1 < len(text) and text[at] == text[at + 1] and _counts(text[at]):
            units.append((at, at + 2))
        else:
            break
        at = end = units[-1][1]
        while at < len(text) and at < end + 2 and text[at] in " 　":
            at += 1
    return units, end


def _counts(character: str) -> bool:
    return "一" <= character <= "鿿" or character in MARKS


def _is_twice(number: str) -> bool:
    """Whether a run of digits or letters is two equal halves, or every sign of it stands twice."""
    half = len(number) // 2
    return len(number) % 2 == 0 and (number[:half] == number[half:] or number[::2] == number[1::2])


def _is_overprint(text: str, units: list[tuple[int, int]]) -> bool:
    characters = [text[a] for a, b in units if "一" <= text[a] <= "鿿"]
    numbers = [text[a:b] for a, b in units if text[a].isascii() and text[a].isalnum()]
    different = len(set(characters))
    if numbers and different >= 2 and len(characters) + len(numbers) >= LEAST_WITH_NUMBER:
        return True
    if len(characters) == 4 == different:  # 监监理理细细则则: two words, and no word of doubled characters
        return all(map(is_word, ("".join(characters[:2]), "".join(characters[2:])))) and not any(
            _doubling_words(characters[skip:]) for skip in (0, 1, 2)
        )
    if len(characters) < LEAST_PAIRS or different < LEAST_PAIRS - 1:
        return False
    words = max(_doubling_words(characters[skip:]) for skip in (0, 1))
    return words * 4 < len(characters)


def _doubling_words(characters: list[str]) -> int:
    """How many of the pairs of characters are words of their own when doubled: 高 and 兴 in 高高兴兴."""
    return sum(is_word(a * 2 + b * 2) for a, b in zip(characters[::2], characters[1::2], strict=False))


def _halve(text: str, start: int, end: int, half: int) -> Iterator[Edit]:
    """Deletions that leave one of each: the second half, or every second sign."""
    evidence = "each character is printed twice"
    if text[start : start + half] == text[start + half : end]:
        yield Edit(start=start + half, end=end, after="", kind="overprint", certainty=0.9, evidence=evidence)
        return
    for at in range(start + 1, end, 2):
        yield Edit(start=at, end=at + 1, after="", kind="overprint", certainty=0.9, evidence=evidence)


def drop_repeated_line(text: str) -> Iterator[Edit]:
    """`流程介绍与应用流程介绍与应用` becomes `流程介绍与应用`: a line that is its own first half twice.

    A heading that a PDF holds twice (bold, or in a shadow). The half has six characters and four of Chinese at least,
    no marks inside, and nothing else stands on the line. Short slogans and calls (`加油中国加油中国`) are left.
    """
    for m in TWICE.finditer(text):
        half = m[1]
        words = sum("一" <= c <= "鿿" and c not in NUMERALS for c in half)
        # A half that repeats itself is a chant; one that ends in a gap is a cell of a table.
        if words < 4 or half in (half + half)[1:-1] or half[-1] in " 　":
            continue
        yield Edit(
            start=m.end(1),
            end=m.end(1) + len(half),
            after="",
            kind="doubled-line",
            certainty=0.85,
            evidence="the line is its first half twice",
        )
