"""What a page's styles say of an element: whether it is hidden, and how its list is marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from docparse.readers.pieces import name_set

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOT_SHOWN = re.compile(
    r"(?:^|[;\s])(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}(?:hidden|collapse)|mso-hide\s{0,4}:\s{0,4}all"
    r"|text-indent\s{0,4}:\s{0,4}-\d{3,6}(?:px|em|pt)|clip\s{0,4}:\s{0,4}rect\(\s{0,4}[01](?:px)?[\s,]"
    r"|(?:left|top)\s{0,4}:\s{0,4}-\d{4,6}px)",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(
    r"(?:^|[;\s])(?:height|width|max-height)\s{0,4}:\s{0,4}0(?:px|pt|em)?\s{0,4}(?:;|!|$)", re.IGNORECASE
)
_CLIPPED = re.compile(r"(?:^|[;\s])overflow\s{0,4}:\s{0,4}hidden", re.IGNORECASE)
_NO_FONT = re.compile(r"(?:^|[;\s])font-size\s{0,4}:\s{0,4}0(?:px|pt|em|%)?\s{0,4}(?:;|!|$)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"(?:^|[;\s])list-style(?:-type)?\s{0,4}:\s{0,4}([^;]{1,200})", re.IGNORECASE)
# Names that mean the same in every style library: text for screen readers, and text against copying.
_UNSEEN_CLASSES = name_set(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only element-invisible assistive-text"
    " jammer a11y-hidden"
)
_KEEPS_SPACE = re.compile(r"(?:^|[;\s])white-space\s{0,4}:\s{0,4}(?:pre|break-spaces)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+\*/")
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]{0,10}|(?:[a-z][a-z0-9]{0,10})?[.#][\w-]{1,80})", re.IGNORECASE)
_LARGEST_SHEET = 500_000
_LONGEST_STYLE = 10_000


class Styles(NamedTuple):
    """What the page's own style sheets say of simple selectors (`.x`, `#x`, `p`, `p.x`).

    `linked` says that the page has style sheets that are not at hand.
    """

    hidden: frozenset[str] = frozenset()
    lists: Mapping[str, str] = MappingProxyType({})
    linked: bool = False


def read_styles(root: _Element) -> Styles:
    """The rules of a page's style elements that hide text or mark lists; linear in their size.

    Rules of media other than the screen, and selectors of more than one step, are not read: what they mean depends on
    the whole page.
    """
    hidden: set[str] = set()
    lists: dict[str, str] = {}
    left = _LARGEST_SHEET
    for element in root.iter("style"):
        media = (element.get("media") or "all").lower()
        sheet = (element.text or "")[:left]
        left -= len(sheet)
        if "all" not in media and "screen" not in media:
            continue
        if (
            "display" not in sheet
            and "list-style" not in sheet
            and "visibility" not in sheet
            and "mso-hide" not in sheet
        ):
            continue
        for names, body in _RULE.findall(_without_media(_COMMENT.sub(" ", sheet))):
            marks = _LIST_STYLE.search(body)
            unseen = _NOT_SHOWN.search(body) is not None
            if not unseen and marks is None:
                continue
            for name in names.split(","):
                simple = name.strip().replace("<!--", "").strip()
                if _SIMPLE.fullmatch(simple) is None:
                    continue
                if unseen:
                    hidden.add(simple)
                if marks is not None:
                    lists[simple] = marks[1].strip()
    linked = any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))
    return Styles(frozenset(hidden), lists, linked)


def _without_media(sheet: str) -> str:
    """The sheet without its `@` blocks, which hold rules for print, phones and animations. One pass."""
    kept: list[str] = []
    position = 0
    while (start := sheet.find("@", position)) >= 0:
        kept.append(sheet[position:start])
        opening, end = sheet.find("{", start), sheet.find(";", start)
        if opening < 0 or 0 <= end < opening:  # @import "x";
            position = end + 1 if end >= 0 else len(sheet)
            continue
        depth, position = 1, opening + 1
        while depth and position < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[position], 0)
            position += 1
    kept.append(sheet[position:])
    return "".join(kept)


def is_hidden(element: _Element, styles: Styles = Styles()) -> bool:  # noqa: B008 - a frozen, empty record
    """True where the page itself keeps the element out of sight. `aria-hidden` text is seen by readers with eyes."""
    if element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None):
        return True
    style = element.get("style")
    if style is not None and len(style) < _LONGEST_STYLE:
        hides, no_font = _read_hiding(style)
        # On a container, size 0 only takes out the gaps between its children, which have sizes of their own.
        if hides or (no_font and len(element) == 0):
            return True
    names = element.get("class")
    if names is not None and not _UNSEEN_CLASSES.isdisjoint(names.lower().split()[:50]):
        return True
    return bool(styles.hidden) and not styles.hidden.isdisjoint(_selectors(element))


@lru_cache(maxsize=512)  # a page repeats few styles thousands of times
def _read_hiding(style: str) -> tuple[bool, bool]:
    """Whether a style hides its element, and whether it sets its letters to size 0."""
    hides = _NOT_SHOWN.search(style) is not None
    hides = hides or (_NO_SIZE.search(style) is not None and _CLIPPED.search(style) is not None)
    return hides, _NO_FONT.search(style) is not None


def _selectors(element: _Element) -> list[str]:
    tag = str(element.tag)
    found = [tag]
    for name in (element.get("class") or "").split()[:50]:
        found += [f".{name}", f"{tag}.{name}"]
    identifier = element.get("id")
    if identifier:
        found += [f"#{identifier}", f"{tag}#{identifier}"]
    return found


def keeps_space(element: _Element) -> bool:
    """True where the element's style shows line ends as they are."""
    style = element.get("style")
    return style is not None and len(style) < _LONGEST_STYLE and _KEEPS_SPACE.search(style) is not None


def list_style(element: _Element, styles: Styles) -> str | None:
    """The value of `list-style` or `list-style-type` that the element or the page gives, lower case; None if none."""
    style = element.get("style")
    if style is not None and len(style) < _LONGEST_STYLE and (match := _LIST_STYLE.search(style)) is not None:
        return match[1].strip().lower()
    if styles.lists:
        found = [styles.lists[name] for name in _selectors(element) if name in styles.lists]
        if found:
            return found[-1].lower()
    return None
