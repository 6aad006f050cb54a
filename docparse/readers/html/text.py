"""Stretches of a page's text as a browser sets them: white space, raised figures, paragraphs made of spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = re.compile(r"[ \t\n\r\f]+")
# Two wide spaces, or four no-break ones, behind the end of a sentence: a new paragraph made by hand.
_INDENT = re.compile(
    r"(?<=[。！？；”])\s{0,8}?(?:[\u3000\u2003]{2}|\xa0(?:[ \n]{0,2}\xa0){3})[\u3000\u2003\xa0 ]{0,20}+(?=\S)"
)
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_RAISABLE = re.compile(r"\s{0,4}(?:[+\-−]?[0-9]{1,3}|n)\s{0,4}")


def raise_digits(text: str | None) -> str | None:
    """The text of a `sup` with raised figures: 10<sup>4</sup> is ten thousand, not 104. Other text stays.

    >>> raise_digits("2"), raise_digits("[1]")
    ('²', '[1]')
    """
    if text is None or _RAISABLE.fullmatch(text) is None:
        return text
    return text.strip().translate(_RAISED)


def split_indented(text: str) -> list[str]:
    """The paragraphs of a text that begins them with wide spaces and no tag, at least two of them.

    >>> split_indented("　　一、完成任务。　　二、总结经验。")
    ['　　一、完成任务。', '二、总结经验。']
    """
    if "\u3000\u3000" not in text and "\xa0" not in text and "\u2003" not in text:
        return [text]
    return _INDENT.split(text)


def collapse_space(text: str) -> str:
    """The text with white space collapsed as a browser does it, ends trimmed.

    A run with a line end between two wide characters vanishes (CSS Text 3, segment break transformation), so that
    source wrapped in the middle of a Chinese sentence gets no space. No-break and ideographic spaces stay.

    >>> collapse_space(" 全年\\n  计划 of\\n 2024 ")
    '全年计划 of 2024'
    """
    text = text.strip(" \t\n\r\f")
    if "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text and "\f" not in text:
        return text
    return "".join(_collapsed(text))


def _collapsed(text: str) -> Iterator[str]:
    position = 0
    for match in _SPACE.finditer(text):
        yield text[position : match.start()]
        position = match.end()
        wrapped = "\n" in match[0] and _is_wide(text[match.start() - 1]) and _is_wide(text[position])
        if not wrapped:
            yield " "
    yield text[position:]


def _is_wide(char: str) -> bool:
    return (
        "\u2e80" <= char <= "\ud7a3" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uff60" or char in "“”‘’—…"
    )
