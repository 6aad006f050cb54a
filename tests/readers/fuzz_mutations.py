"""Mutations: from a file in parts and a source of chance to other bytes, always the same ones for the same seed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from fuzz_files import File, put_together
from fuzz_tokens import NAMESPACES, NUMBERS, TOKENS

# No mutation makes a file larger than this: bombs are the hostile set's work (hostile_files.py).
_MOST_BYTES = 3_000_000
_DIGITS = re.compile(rb"\d{1,20}")
_MARKUP = re.compile(rb"<[^<>]{0,300}>|[^<>]{1,300}|[<>]")
_PIECES: dict[str, re.Pattern[bytes]] = {
    "pdf": re.compile(
        rb"\d{1,9} \d{1,5} R|/[^\s/<>\[\]()]{1,60}|\[[^\[\]]{0,200}\]|\([^()]{0,200}\)|<<|>>"
        rb"|[^\s/<>\[\]()]{1,40}|\s{1,20}|."
    ),
    "rtf": re.compile(rb"\\[a-z]{1,30}-?\d{0,12} ?|\\'[0-9a-f]{2}|[{}]|[^\\{}]{1,60}|."),
    "csv": re.compile(rb"[^,\n]{0,80}[,\n]|[^,\n]{1,80}"),
    "txt": re.compile(rb"[^\n]{0,300}\n|[^\n]{1,300}"),
    "md": re.compile(rb"[^\n]{0,300}\n|[^\n]{1,300}"),
}  # fmt: skip
# The members that hold what people see are mutated more often than the themes and pictures beside them.
_WEIGHTS = (
    (re.compile(r"word/document\.xml|content\.xml|WordDocument|[01]Table|^$"), 12),
    (re.compile(r"numbering|styles|notes|header|footer"), 4),
)


class Mutation(NamedTuple):
    """The mutated bytes, their parts (one part where the packed bytes were mutated) and what was done."""

    data: bytes
    file: File
    notes: tuple[str, ...]


class Part(NamedTuple):
    """What an operation works on: bytes of a format, other bytes of it to take from, and chance."""

    data: bytes
    other: bytes
    kind: str
    chance: Random


def mutate(file: File, other: File, kind: str, chance: Random) -> Mutation:
    """One mutation of `file`, inside its packing more often than outside; `other` is spliced in now and then."""
    notes: list[str] = []
    where = chance.random()
    if where < 0.85:
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
            file = _mutate_inside(file, other, kind, chance, notes)
        if file.form == "pdf":
            file = file._replace(packed=frozenset(name for name, _ in file.parts if chance.random() < 0.5))
        data = put_together(file)
    else:
        data = put_together(file)
        for _ in range(chance.choice((1, 1, 2, 4))):
            change = chance.choice(_OUTSIDE)
            notes.append(f"packed: {change.__name__}")
            data = change(Part(data, put_together(other), kind, chance))[:_MOST_BYTES]
        file = File("flat", (("", data),))
    return Mutation(data, file, tuple(notes))


def _mutate_inside(file: File, other: File, kind: str, chance: Random, notes: list[str]) -> File:
    parts = list(file.parts)
    if not parts:
        return file
    if len(parts) > 1 and chance.random() < 0.08:
        return _change_parts(file, other, chance, notes)
    weights = [next((w for pattern, w in _WEIGHTS if pattern.search(name)), 1) for name, _ in parts]
    place = chance.choices(range(len(parts)), weights)[0]
    name, data = parts[place]
    others = dict(other.parts)
    is_xml = name.endswith((".xml", ".rels")) and file.form in ("zip", "xml")
    change = chance.choice(_INSIDE_XML if is_xml else _INSIDE_BINARY if file.form == "ole" else _INSIDE)
    notes.append(f"{name}: {change.__name__}")
    parts[place] = (name, change(Part(data, others.get(name, data), kind, chance))[:_MOST_BYTES])
    return file._replace(parts=tuple(parts))


def _change_parts(file: File, other: File, chance: Random, notes: list[str]) -> File:
    """A part dropped, emptied, put under another's name, or taken from another file."""
    parts = list(file.parts)
    place, second = chance.randrange(len(parts)), chance.randrange(len(parts))
    what = chance.choice(("drop", "empty", "swap", "splice"))
    notes.append(f"{what} part {parts[place][0]}")
    if what == "drop":
        del parts[place]
    elif what == "empty":
        parts[place] = (parts[place][0], b"")
    elif what == "swap":
        parts[place], parts[second] = (parts[place][0], parts[second][1]), (parts[second][0], parts[place][1])
    else:
        parts[place] = (parts[place][0], chance.choice(other.parts)[1] if other.parts else b"")
    return file._replace(parts=tuple(parts))


# ---- bytes ---------------------------------------------------------------------------------------------------


def _block(part: Part) -> tuple[int, int]:
    """A stretch of the part; now and then of whole sectors, as compound files have them."""
    length = len(part.data)
    size = part.chance.choice((1, 2, 7, 40, 300, 2_000, max(length // 3, 1)))
    start = part.chance.randrange(length + 1)
    if part.kind == "doc" and part.chance.random() < 0.5:
        start, size = start // 512 * 512, 512
    return start, min(start + size, length)


def flip_bytes(part: Part) -> bytes:
    data = bytearray(part.data)
    for _ in range(part.chance.choice((1, 1, 2, 8, 60)) if data else 0):
        data[part.chance.randrange(len(data))] = part.chance.randrange(256)
    return bytes(data)


def flip_bits(part: Part) -> bytes:
    data = bytearray(part.data)
    for _ in range(part.chance.choice((1, 1, 3)) if data else 0):
        data[part.chance.randrange(len(data))] ^= 1 << part.chance.randrange(8)
    return bytes(data)


def delete_block(part: Part) -> bytes:
    start, end = _block(part)
    return part.data[:start] + part.data[end:]


def repeat_block(part: Part) -> bytes:
    start, end = _block(part)
    times = min(part.chance.choice((1, 2, 30, 2_000)), 400_000 // max(end - start, 1) + 1)
    return part.data[:end] + part.data[start:end] * times + part.data[end:]


def move_block(part: Part) -> bytes:
    start, end = _block(part)
    rest = part.data[:start] + part.data[end:]
    place = part.chance.randrange(len(rest) + 1)
    return rest[:place] + part.data[start:end] + rest[place:]


def truncate(part: Part) -> bytes:
    return part.data[: part.chance.randrange(len(part.data) + 1)]


def splice(part: Part) -> bytes:
    return (
        part.data[: part.chance.randrange(len(part.data) + 1)]
        + part.other[part.chance.randrange(len(part.other) + 1) :]
    )


def insert_token(part: Part) -> bytes:
    data = part.data
    for _ in range(part.chance.choice((1, 1, 3, 20))):
        place = part.chance.randrange(len(data) + 1)
        data = data[:place] + part.chance.choice(TOKENS[part.kind]) + data[place:]
    return data


def insert_many(part: Part) -> bytes:
    token = b"".join(part.chance.choices(TOKENS[part.kind], k=part.chance.choice((1, 1, 2, 3))))
    times = min(part.chance.choice((10, 300, 6_000)), 200_000 // len(token) + 1)
    place = part.chance.randrange(len(part.data) + 1)
    return part.data[:place] + token * times + part.data[place:]


def change_number(part: Part) -> bytes:
    data = part.data
    for _ in range(part.chance.choice((1, 1, 2, 5))):
        match = _DIGITS.search(data, part.chance.randrange(len(data) + 1))
        if match:
            data = data[: match.start()] + part.chance.choice(NUMBERS) + data[match.end() :]
    return data


def change_words(part: Part) -> bytes:
    """Whole numbers of two or four bytes set to others, in the head of the part as often as in the rest."""
    data = bytearray(part.data)
    for _ in range(part.chance.choice((1, 1, 1, 2, 5)) if len(data) > 8 else 0):
        size = part.chance.choice((1, 2, 4))
        place = part.chance.randrange(min(len(data), part.chance.choice((900, len(data)))) - size + 1)
        old = int.from_bytes(data[place : place + size], "little")
        value = part.chance.choice((0, 1, -1, old + 1, old - 1, old * 2, len(data), 1 << 8 * size - 1))
        data[place : place + size] = (value % (1 << 8 * size)).to_bytes(size, "little")
    return bytes(data)


# ---- pieces: words, tags, operators, lines -------------------------------------------------------------------


@lru_cache(maxsize=128)
def _pieces(data: bytes, kind: str) -> tuple[bytes, ...]:
    return tuple(_PIECES.get(kind, _MARKUP).findall(data))


def change_pieces(part: Part) -> bytes:
    """Pieces dropped, doubled, moved, exchanged with the other file's, or followed by a hostile one."""
    chance = part.chance
    pieces, foreign = list(_pieces(part.data, part.kind)), _pieces(part.other, part.kind)
    for _ in range(chance.choice((1, 1, 2, 4, 12)) if pieces else 0):
        place = chance.randrange(len(pieces))
        what = chance.randrange(6)
        if what == 0 and len(pieces) > 1:
            del pieces[place]
        elif what == 1:
            times = chance.choice((2, 2, 5, 500))
            pieces[place] *= max(min(times, _MOST_BYTES // (len(pieces[place]) + 1)), 1)
        elif what == 2:
            second = chance.randrange(len(pieces))
            pieces[place], pieces[second] = pieces[second], pieces[place]
        elif what == 3 and foreign:
            pieces[place] = chance.choice(foreign)
        elif what == 4:
            pieces[place] = chance.choice(pieces)
        else:
            pieces[place] += chance.choice(TOKENS[part.kind])
    return b"".join(pieces)


# ---- trees ---------------------------------------------------------------------------------------------------


def change_tree(part: Part) -> bytes:
    """XML that is still well-formed: elements dropped, doubled, moved, nested, renamed, or with hostile children."""
    from lxml import etree

    try:
        root: Any = etree.fromstring(part.data)
    except (etree.XMLSyntaxError, ValueError):  # an operation before this one broke it
        return change_pieces(part)
    for _ in range(part.chance.choice((1, 1, 2, 3, 8))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        part.chance.choice(_TREE)(part.chance.choice(elements), elements, part)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _drop(element: Any, elements: list[Any], part: Part) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _double(element: Any, elements: list[Any], part: Part) -> None:
    from copy import deepcopy

    from lxml import etree

    if element.getparent() is not None:
        times, size = part.chance.choice((1, 1, 3, 100)), len(etree.tostring(element))
        for _ in range(min(times, _MOST_BYTES // size)):  # what was doubled before may be doubled again
            element.addnext(deepcopy(element))


def _move(element: Any, elements: list[Any], part: Part) -> None:
    place = part.chance.choice(elements)
    if element.getparent() is not None and element not in place.iterancestors() and place is not element:
        place.insert(part.chance.randrange(len(place) + 1), element)


def _nest(element: Any, elements: list[Any], part: Part) -> None:
    """The element inside copies of its own tag, or of another's, a few or many deep."""
    if element.getparent() is None:
        return
    tag = part.chance.choice((element, part.chance.choice(elements))).tag
    for _ in range(part.chance.choice((1, 2, 20, 90))):
        wrapper = element.makeelement(tag)
        element.addprevious(wrapper)
        wrapper.append(element)


def _rename(element: Any, elements: list[Any], part: Part) -> None:
    element.tag = part.chance.choice(elements).tag


def _set_value(element: Any, elements: list[Any], part: Part) -> None:
    donor = part.chance.choice(elements)
    if donor.attrib and not element.attrib:
        element.attrib.update(donor.attrib)
    if element.attrib:
        name = part.chance.choice(sorted(element.attrib))
        value = part.chance.choice(NUMBERS).decode("utf-8")
        element.attrib[name] = part.chance.choice((value, value, *sorted(donor.attrib.values())[:3]))


def _set_text(element: Any, elements: list[Any], part: Part) -> None:
    text = part.chance.choice(TOKENS["txt"]).decode("utf-8", "ignore")
    text = "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    element.text = (element.text or "") * part.chance.choice((1, 2)) + text * part.chance.choice((1, 1, 3_000))


def _add_hostile(element: Any, elements: list[Any], part: Part) -> None:
    from lxml import etree

    declared = b"".join(b' xmlns:%s="%s"' % pair for pair in NAMESPACES.items())
    token = part.chance.choice(TOKENS[part.kind])
    try:
        added: Any = etree.fromstring(b"<x%s>%s</x>" % (declared, token))
    except etree.XMLSyntaxError:
        return
    for child in list(added):
        element.insert(part.chance.randrange(len(element) + 1), child)


_TREE: tuple[Callable[[Any, list[Any], Part], None], ...] = (
    _drop, _double, _move, _nest, _rename, _set_value, _set_value, _set_text, _add_hostile, _add_hostile, _add_hostile,
)  # fmt: skip
_BYTES: tuple[Callable[[Part], bytes], ...] = (
    flip_bytes, flip_bits, delete_block, repeat_block, move_block, truncate, splice,
)  # fmt: skip
_OUTSIDE = (*_BYTES, flip_bytes, insert_token, change_number)
_INSIDE = (*_BYTES, insert_token, insert_token, insert_many, change_number, change_number, *(change_pieces,) * 5)
_INSIDE_BINARY = (*_BYTES, insert_token, *(change_words,) * 8)
_INSIDE_XML = (*_BYTES, insert_token, insert_many, change_number, change_pieces, *(change_tree,) * 12)
