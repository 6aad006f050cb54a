"""The markers that a browser puts before list items: they stand on the page, not in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docparse.readers.docx.numerals import render_number
from docparse.readers.html.styles import Styles, list_style

if TYPE_CHECKING:
    from lxml.etree import _Element

BULLET = "• "
# CSS counter styles (CSS Counter Styles 3, 6 and 7) -> (name of the same number format in Word, what stands behind).
_STYLES: dict[str, tuple[str, str]] = {
    "decimal": ("decimal", ". "),
    "decimal-leading-zero": ("decimalZero", ". "),
    "lower-roman": ("lowerRoman", ". "),
    "upper-roman": ("upperRoman", ". "),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-ideographic": ("chineseCounting", "、"),
    "simp-chinese-informal": ("chineseCounting", "、"),
    "trad-chinese-informal": ("chineseCounting", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    "japanese-informal": ("chineseCounting", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
}
_LETTERS = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"}
_BULLETS = frozenset(("disc", "circle", "square"))
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
# The lists of UEditor, which many Chinese sites write with, are numbered by pictures: class="custom_cn1".
_EDITOR = {
    "custom_num": ("decimal", "", ", "), "custom_num1": ("decimal", "", ") "), "custom_num2": ("decimal", "(", ") "),
    "custom_cn": ("chineseCounting", "", "，"), "custom_cn1": ("chineseCounting", "", "）"),
    "custom_cn2": ("chineseCounting", "（", "）"),
}  # fmt: skip
_TYPED = re.compile(
    r"[\s\u3000]{0,20}(?:[（(\[【]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4}|[A-Za-z]|[ivxIVX]{1,5})[)）\]】.．、:：,，]"
    r"|第[一二三四五六七八九十百\d]{1,4}[条章节步项]|[①-⑳⑴-⒛㈠-㈩]|[•·●○■□◆◇▪★☆√➢►▶✓\-–—*])"
)
_QUOTED = re.compile(r"[\"']([^\"']{1,5})[\"']")
_LARGEST = 99_999


@dataclass
class ListState:
    """An open list: how its items are marked and which number comes next. `style` is empty for no markers."""

    ordered: bool
    style: str
    next: int = 1
    step: int = 1


def open_list(element: _Element, styles: Styles) -> ListState:
    """The state of a list before its first item.

    No markers where the page says so, and where every item begins with a marker that somebody typed: the browser
    shows both, but on such pages a style sheet that is not at hand takes its own away. A list of links is a menu. A
    page that links style sheets sets bullets only where the list asks for them: nearly all begin by taking them away
    from `ul`, which sites use for menus and fields (all 115 lists of eight city pages).
    """
    ordered = element.tag == "ol"
    said = _own_style(element, styles)
    style = said or ("decimal" if ordered else "none" if styles.linked else "disc")
    if style != "none" and _is_marked_by_hand(element):
        style = "none"
    if style != "none" and said is None and not ordered and _is_menu(element):
        style = "none"
    step = -1 if ordered and element.get("reversed") is not None else 1
    start = _number(element.get("start"))
    if start is None:
        start = sum(1 for _ in element.iterchildren("li")) if step < 0 else 1
    return ListState(ordered, "" if style == "none" else style, start, step)


def mark_item(item: _Element, state: ListState, styles: Styles) -> str:
    """The marker of the next item, with what stands between it and the text; counts on."""
    value = _number(item.get("value"))
    if value is not None and state.ordered:
        state.next = value
    number = state.next
    state.next += state.step
    style = (_own_style(item, styles) if state.style else None) or state.style
    return render_marker(number, style)


def render_marker(number: int, style: str) -> str:
    """The number as a CSS counter style writes it; styles that are not known are decimal.

    >>> [render_marker(12, s) for s in ("decimal", "upper-alpha", "cjk-ideographic", "cjk-heavenly-stem", "disc")]
    ['12. ', 'L. ', '十二、', '乙、', '• ']
    """
    if style in ("", "none"):
        return ""
    if style in _BULLETS:
        return BULLET
    if style.startswith("="):
        return style[1:]
    if style in _EDITOR:
        name, before, behind = _EDITOR[style]
        return before + render_number(number, name) + behind
    if number <= 0 or number > _LARGEST:
        return f"{number}. "
    if style in _LETTERS:
        return _letters(number, _LETTERS[style]) + ". "
    name, behind = _STYLES.get(style, ("decimal", ". "))
    text = render_number(number, name)
    return (text.replace("万", "萬") if style.startswith("trad") else text) + behind


def _letters(number: int, first: str) -> str:
    """a to z, aa, ab: not Word's aa, bb."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord(first) + rest) + text
    return text


def _own_style(element: _Element, styles: Styles) -> str | None:
    said = list_style(element, styles)
    if said is not None:
        quoted = _QUOTED.search(said)
        if quoted is not None:
            return "=" + quoted[1]
        for word in said.replace("!important", " ").split():
            if word in _STYLES or word in _LETTERS or word in _BULLETS or word == "none":
                return word
    kind = element.get("type")
    if kind is not None:
        found = _TYPES.get(kind) or kind.lower()
        if found in _BULLETS or found == "none" or kind in _TYPES:
            return found
    return next((name for name in (element.get("class") or "").split()[:20] if name in _EDITOR), None)


def _number(value: str | None) -> int | None:
    if value is None:
        return None
    text = value.strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None


def _is_marked_by_hand(element: _Element) -> bool:
    seen = False
    for item in element.iterchildren("li"):
        text = next(_visible_parts(item), "")
        if not text:
            continue
        if _TYPED.match(text) is None:
            return False
        seen = True
    return seen


def _visible_parts(item: _Element) -> Iterator[str]:
    return (part for part in map(str, item.itertext()) if part.strip())


def _is_menu(element: _Element) -> bool:
    """True where each item is one link, with or without a list below it."""
    seen = False
    for item in element.iterchildren("li"):
        first = next((child for child in item if isinstance(child.tag, str)), None)
        if (item.text or "").strip() or first is None or first.tag != "a" or (first.tail or "").strip():
            return False
        seen = True
    return seen
