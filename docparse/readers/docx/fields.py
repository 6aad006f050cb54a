"""Word fields: what is shown of them, and the few that are shown by their instruction alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docparse.readers.docx.symbols import read_symbol
from docparse.readers.docx.xml import child, children, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_CODE = 2_000
_EQ = re.compile(r"\s{0,40}eq\b", re.IGNORECASE)
_TOC = re.compile(r"\s{0,40}toc\b", re.IGNORECASE)
_BUTTON = re.compile(r"\s{0,40}(?:macrobutton|gotobutton)\s{1,40}\S{1,200}\s{1,40}", re.IGNORECASE)
_SIGN = re.compile(r"\s{0,40}symbol\s{1,40}(0x[0-9a-f]{1,5}|\d{1,6})", re.IGNORECASE)
_SIGN_FONT = re.compile(r'\\f\s{0,40}(?:"([^"]{1,60})"|([^\s"\\]{1,60}))', re.IGNORECASE)
_EQ_TOKEN = re.compile(r"\\\*[^\\(]*|\\[a-z]{1,4}[ \t]*\d*|\\.|[(),;，；]|[^\\(),;，；]+", re.IGNORECASE | re.DOTALL)
_CIRCLES = frozenset("○◯〇⚪Oo")
_CIRCLED_HAN = "一二三四五六七八九十"
_MOST_FRAMES = 50


@dataclass(slots=True)
class Field:
    """A field that is open. `depth` is how many paragraphs were open where it began; `mark` counts what was shown."""

    depth: int
    data: _Element | None = None
    code: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    in_result: bool = False
    toc: bool = False
    mark: int = 0
    length: int = 0

    def instruct(self, text: str) -> None:
        """Add to the instruction, up to a length that no real one has."""
        if text and self.length < _LONGEST_CODE:
            self.code.append(text[:_LONGEST_CODE])
            self.length += len(text)


def is_toc(code: str) -> bool:
    """True where the instruction makes a table of contents or of figures."""
    return _TOC.match(code) is not None


def read_empty_field(entry: Field) -> str:
    """What a field without a stored result shows: a check box, a chosen entry, a circled number; else nothing."""
    shown = read_code("".join(entry.code))
    if shown:
        return shown
    box = child(entry.data, "checkBox")
    if box is not None:
        checked = child(box, "checked")
        return "☑" if is_on(child(box, "default") if checked is None else checked) else "☐"
    choices = child(entry.data, "ddList")
    if choices is not None:
        entries = [value(element) or "" for element in children(choices, "listEntry")]
        chosen = number(child(choices, "result"))
        chosen = number(child(choices, "default")) if chosen is None else chosen
        chosen = chosen or 0
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def read_code(code: str) -> str:
    r"""What is shown by the instruction alone: an equation, a sign by its number, the words of a button; else nothing.

    >>> read_code('SYMBOL 168 \\f "Wingdings"'), read_code("MACROBUTTON NoMacro 点此填写"), read_code("PAGE")
    ('☐', '点此填写', '')
    """
    if _EQ.match(code):
        return read_equation(code)
    sign = _SIGN.match(code)
    if sign is not None:
        font = _SIGN_FONT.search(code, sign.end(), sign.end() + 200)
        point = int(sign[1], 0 if sign[1].lower().startswith("0x") else 10)
        return read_symbol(f"{point:X}", "" if font is None else font[1] or font[2])
    button = _BUTTON.match(code)
    return "" if button is None else code[button.end() :].strip()


def circle(inside: str) -> str:
    """The character for something in a circle: 1 is ①, 一 is ㊀, a is ⓐ; what has no character stays as it is.

    >>> [circle(inside) for inside in ("1", "21", "一", "B", "验")]
    ['①', '㉑', '㊀', 'Ⓑ', '验']
    """
    if inside.isascii() and inside.isdigit() and len(inside) < 3:
        for first, base, last in ((1, 0x2460, 20), (21, 0x3251, 35), (36, 0x32B1, 50)):
            if first <= int(inside) <= last:
                return chr(base + int(inside) - first)
        return "⓪" if int(inside) == 0 else inside
    if len(inside) == 1 and inside in _CIRCLED_HAN:
        return chr(0x3280 + _CIRCLED_HAN.index(inside))
    if len(inside) == 1 and inside.isascii() and inside.isalpha():
        return chr((0x24D0 if inside.islower() else 0x24B6) + ord(inside.lower()) - ord("a"))
    return inside


@dataclass(slots=True)
class _Frame:
    """A function of an EQ field whose arguments are being read. `moved`: which are raised (up) or lowered (do)."""

    name: str
    arguments: list[str] = field(default_factory=lambda: [""])
    moved: list[str] = field(default_factory=lambda: [""])


def read_equation(code: str) -> str:
    r"""What an EQ field prints, in one line: circled numbers, fractions, and the words under a reading aid.

    >>> read_equation("eq \\o\\ac(○,3)"), read_equation("EQ \\f(1,2)"), read_equation("eq \\o\\ad(\\s\\up 9(jì),计)")
    ('③', '1/2', '计')
    """
    frames = [_Frame("")]
    name = ""
    for match in _EQ_TOKEN.finditer(_EQ.sub("", code, count=1)):
        token = match[0]
        if token.startswith("\\"):
            word = token[1:].strip(" \t0123456789").lower()
            name += " " + word if not token.startswith("\\*") else ""
        elif token == "(":
            if len(frames) >= _MOST_FRAMES:
                break
            frames.append(_Frame(name.strip()))
            name = ""
        elif token == ")" and len(frames) > 1:
            closed = frames.pop()
            frames[-1].arguments[-1] += _render(closed)
            if closed.name.startswith("s"):
                frames[-1].moved[-1] = closed.name.rpartition(" ")[2]
        elif token in ",;，；" and len(frames) > 1:
            frames[-1].arguments.append("")
            frames[-1].moved.append("")
        elif token.strip() and len(frames) > 1:
            frames[-1].arguments[-1] += token.strip()
    while len(frames) > 1:
        closed = frames.pop()
        frames[-1].arguments[-1] += _render(closed)
    return frames[0].arguments[0]


def _render(frame: _Frame) -> str:
    function = frame.name.split(" ")[0]
    arguments = frame.arguments
    if function == "f" and len(arguments) == 2:
        return "/".join(arguments)
    if function == "r" and arguments[-1]:
        return "√" + arguments[-1]
    if function == "o" and len(arguments) == 2:
        for one, other in ((arguments[0], arguments[1]), (arguments[1], arguments[0])):
            if one in _CIRCLES and other:
                return circle(other)
        if frame.moved == ["up", ""]:
            return arguments[1]  # the first is a reading aid
    return "".join(arguments)
