"""The bookmarks of a PDF, and the lines that they name as headings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from docparse.readers.pdf.lines import Line, PageLines
from docparse.readers.pdf.wrap import is_leader

_MOST_MARKS = 5_000
_MOST_DEPTH = 12
_MOST_NAMES = 20_000
_LONGEST_TITLE = 80
_MOST_LINES = 3  # of one heading
_LONGEST_NUMBER = 8  # that Word puts before a heading and leaves out of its bookmark


class Bookmark(NamedTuple):
    """A title, the 0-based page that it leads to, and its depth, 1 for the highest."""

    title: str
    page: int
    depth: int


def read_outline(reader: Any) -> tuple[Bookmark, ...]:
    """The bookmarks of a pypdf reader in order; empty where there are none or they cannot be followed.

    The tree is walked with a stack of our own: pypdf's recurses, and strangers' outlines run in circles.
    """
    try:
        root = reader.trailer["/Root"].get_object()
        outlines = root.get("/Outlines")
        if outlines is None:
            return ()
        pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
        return tuple(_walk(outlines.get_object(), pages, root))
    except Exception:  # broken objects raise many kinds; a file without its outline is still read
        return ()


def _walk(outlines: Any, pages: dict[int, int], root: Any) -> list[Bookmark]:
    marks: list[Bookmark] = []
    seen: set[int] = set()
    names: dict[str, Any] | None = None
    stack: list[tuple[Any, int]] = [(outlines.get("/First"), 1)]
    while stack and len(seen) < _MOST_MARKS:
        reference, depth = stack.pop()
        key = getattr(reference, "idnum", None)
        if key is None or key in seen:
            continue
        seen.add(key)
        item = reference.get_object()
        if not hasattr(item, "get"):
            continue
        stack.append((item.get("/Next"), depth))
        if depth < _MOST_DEPTH:
            stack.append((item.get("/First"), depth + 1))
        title = item.get("/Title")
        goal = _goal(item)
        if isinstance(goal, (str, bytes)):
            names = _names(root) if names is None else names
            goal = names.get(goal if isinstance(goal, str) else goal.decode("latin-1"))
        page = _page(goal, pages)
        if isinstance(title, str) and page is not None:
            marks.append(Bookmark(title, page, depth))
    return marks


def _goal(item: Any) -> Any:
    goal = _resolve(item.get("/Dest"))
    if goal is None:
        action = _resolve(item.get("/A"))
        goal = _resolve(action.get("/D")) if hasattr(action, "get") and action.get("/S") == "/GoTo" else None
    return goal


def _page(goal: Any, pages: dict[int, int]) -> int | None:
    goal = _resolve(goal)
    if hasattr(goal, "get") and not isinstance(goal, list):
        goal = _resolve(goal.get("/D"))
    if not isinstance(goal, list) or not goal:
        return None
    return pages.get(getattr(goal[0], "idnum", -1))


def _names(root: Any) -> dict[str, Any]:
    """Named destinations: those of the catalogue's dictionary and of its name tree."""
    found: dict[str, Any] = {}
    old = _resolve(root.get("/Dests"))
    if hasattr(old, "items"):
        found.update((str(key), value) for key, value in list(old.items())[:_MOST_NAMES])
    tree = _resolve(root.get("/Names"))
    stack = [_resolve(tree.get("/Dests"))] if hasattr(tree, "get") else []
    seen: set[int] = set()
    while stack and len(found) < _MOST_NAMES and len(seen) < _MOST_NAMES:
        node = stack.pop()
        if not hasattr(node, "get") or id(node) in seen:
            continue
        seen.add(id(node))
        names = _resolve(node.get("/Names"))
        if isinstance(names, list):
            found.update((str(key), value) for key, value in zip(names[::2], names[1::2], strict=False))
        kids = _resolve(node.get("/Kids"))
        if isinstance(kids, list):
            stack += [_resolve(kid) for kid in kids[:_MOST_NAMES]]
    return found


def _resolve(thing: Any) -> Any:
    return thing.get_object() if hasattr(thing, "get_object") else thing


def mark_headings(pages: Sequence[PageLines], outline: Sequence[Bookmark]) -> list[PageLines]:
    """The pages with the lines that a bookmark names as headings, the bookmark's depth as their level.

    A heading of several lines becomes one line. A bookmark that names no line of its page changes nothing.
    """
    wanted: dict[int, dict[str, int]] = defaultdict(dict)
    for mark in outline:
        title = _plain(mark.title)
        if title and len(title) <= _LONGEST_TITLE:
            wanted[mark.page].setdefault(title, mark.depth)
    return [
        page._replace(lines=_mark(page.lines, wanted[number])) if number in wanted else page
        for number, page in enumerate(pages)
    ]


def _mark(lines: Sequence[Line], titles: dict[str, int]) -> list[Line]:
    marked: list[Line] = []
    at = 0
    while at < len(lines):
        count, level = _match(lines, at, titles)
        if count:
            line = lines[at]
            text = line.text + "".join(_joint(one, other) + other.text for one, other in _pairs(lines[at : at + count]))
            x1 = max(each.x1 for each in lines[at : at + count])
            marked.append(line._replace(text=text, x1=x1, kind="heading", level=level))
        else:
            marked.append(lines[at])
        at += max(count, 1)
    return marked


def _pairs(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    return list(pairwise(lines))


def _joint(one: Line, other: Line) -> str:
    return " " if one.text[-1].isascii() and other.text[0].isascii() and one.text[-1] != "-" else ""


def _match(lines: Sequence[Line], at: int, titles: dict[str, int]) -> tuple[int, int]:
    """How many lines from here are a bookmark's title, and its depth; 0 where they are none."""
    text = ""
    for count in range(1, _MOST_LINES + 1):
        if at + count > len(lines):
            break
        line = lines[at + count - 1]
        if line.kind != "paragraph" or line.cells or line.flow or is_leader(line.text):
            break
        text += _plain(line.text)
        if len(text) > _LONGEST_TITLE + _LONGEST_NUMBER:
            break
        for skip in range(min(_LONGEST_NUMBER, len(text)) + 1):
            depth = titles.get(text[skip:])
            if depth is not None and (skip == 0 or _is_number(text[:skip])):
                return count, depth
    return 0, 0


def _is_number(text: str) -> bool:
    return not any(char.isalpha() and char not in "第一二三四五六七八九十百零章节節条條编編篇部分" for char in text)


def _plain(text: str) -> str:
    """The text for comparison: without white space, full and half width alike."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("\u00ad", "").replace("\0", "")
