"""The lexicon's units, bounds and names, compiled once into look-ups that a finder can use at any place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from docparse.lexicon import load_toml
from docparse.records import QuantityKind

_ONE: Final = Decimal(1)


class UnitWord(NamedTuple):
    """One spelling of a unit. `stop`: what must not follow, `then`: what must.

    `arabic`: a small Chinese numeral before it is a name.
    """

    written: str
    kind: QuantityKind
    unit: str
    factor: Decimal = _ONE
    stop: tuple[str, ...] = ()
    arabic: bool = False
    half: bool = False
    measure: bool = False  # a measure word, so that a bare 一 before it is an article
    then: tuple[str, ...] = ()


class Bound(NamedTuple):
    """What a bounding word says. `sense`: ge gt le lt about more."""

    written: str
    sense: str
    stop: tuple[str, ...] = ()


def _measurement_units() -> list[UnitWord]:
    """Return units.toml: a table for each kind."""
    found: list[UnitWord] = []
    tables: dict[QuantityKind, list[dict[str, Any]]] = load_toml("units")  # type: ignore[assignment]
    for kind, entries in tables.items():
        for entry in entries:
            found.extend(
                UnitWord(
                    written=written,
                    kind=kind,
                    unit=entry["unit"],
                    factor=Decimal(entry.get("factor", "1")),
                    stop=tuple(entry.get("stop", ())),
                    then=tuple(entry.get("then", ())),
                    arabic=entry.get("arabic", False),
                    half=entry.get("half", False),
                )
                for written in entry["written"]
            )
    return found


def _currency_units() -> list[UnitWord]:
    """Return currencies.toml: what stands after a number, with the parts of one yuan."""
    table = load_toml("currencies")
    stop = {word: tuple(after) for word, after in table["stop"].items()}
    found = [
        UnitWord(
            written=word,
            kind="money",
            unit=currency["code"],
            stop=stop.get(word, ()),
            arabic=word in table["arabic"],
            half=word in ("元", "块"),
        )
        for currency in table["currency"]
        for word in currency["after"]
    ]
    found.extend(
        UnitWord(written=word, kind="money", unit="CNY", factor=Decimal(part), stop=stop.get(word, ()))
        for word, part in table["small"].items()
    )
    return found


def _measure_words() -> list[UnitWord]:
    """Return measure_words.toml: what things are counted in."""
    table = load_toml("measure_words")
    stop = {word: tuple(after) for word, after in table["stop"].items()}
    arabic = {*table["arabic"], *table["names"]}
    people = UnitWord("个人", "count", "人", stop=stop["人"] + tuple(table["not_people"]), measure=True)
    return [people] + [
        UnitWord(word, "count", word, stop=stop.get(word, ()), arabic=word in arabic, half=word == "岁", measure=True)
        for word in dict.fromkeys([*table["plain"], *table["names"], table["great"]])
    ]


@cache
def units() -> dict[str, tuple[UnitWord, ...]]:
    """Return every unit word by its first character, longest first; units before currencies before measure words."""
    table: dict[str, list[UnitWord]] = {}
    for word in [*_measurement_units(), *_currency_units(), *_measure_words()]:
        table.setdefault(word.written[0], []).append(word)
    return {first: tuple(sorted(words, key=lambda w: -len(w.written))) for first, words in table.items()}


def find_unit(text: str, at: int) -> UnitWord | None:
    """Return the longest unit word that stands at `at`, or None. `text` is folded; a letter may not go on after one."""
    for word in _UNITS.get(text[at : at + 1], ()):
        if not text.startswith(word.written, at):
            continue
        end = at + len(word.written)
        if word.stop and text.startswith(word.stop, end):
            continue
        if word.then and not text.startswith(word.then, end):
            continue
        if word.written[-1].isascii() and word.written[-1].isalpha() and text[end : end + 1].isascii():
            following = text[end : end + 1]
            if following.isalnum() or following == "-":
                continue
        return word
    return None


def _bounds(section: str) -> dict[str, Bound]:
    table = load_toml("comparators")
    stop = {word: tuple(after) for word, after in table["stop"].items()}
    return {word: Bound(word, sense, stop.get(word, ())) for sense, words in table[section].items() for word in words}


def _longest(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in words}, reverse=True))


_UNITS: Final = units()
UNIT_FIRST: Final = frozenset(_UNITS)
BEFORE: Final = _bounds("before") | {"上": Bound("上", "more")}
BEFORE_LENGTHS: Final = _longest(BEFORE)
FAR: Final = tuple(load_toml("comparators")["far"]["about"])
AFTER: Final = _bounds("after")
AFTER_LENGTHS: Final = _longest(AFTER)
AFTER_FIRST: Final = frozenset(word[0] for word in AFTER)
INSIDE: Final = {word: tuple(ends) for word, ends in load_toml("comparators")["words"].items()}
FREE: Final = {word: tuple(ends) for word, ends in load_toml("comparators")["free"].items()}
BETWEEN: Final = tuple(load_toml("comparators")["range"]["between"])
MORE: Final = frozenset(load_toml("comparators")["inside"]["more"])


def _currency_prefixes() -> dict[str, str]:
    return {word: currency["code"] for currency in load_toml("currencies")["currency"] for word in currency["before"]}


PREFIX: Final = _currency_prefixes()
PREFIX_LENGTHS: Final = _longest(PREFIX)
PREFIX_LAST: Final = frozenset(word[-1] for word in PREFIX)
BLOCKS: Final = tuple(load_toml("currencies")["blocks"]["nouns"])
HOME: Final[dict[str, Any]] = load_toml("currencies")["home"]
HOME_YEARS: Final[dict[str, re.Pattern[str]]] = {
    code: re.compile(pattern) for code, pattern in load_toml("currencies")["home_years"].items()
}
MONEY_METRICS: Final = tuple(load_toml("currencies")["bare"]["metrics"])
PAID: Final = tuple(load_toml("currencies")["bare"]["paid"])
LENT: Final = tuple(load_toml("currencies")["bare"]["lent"])


def _names() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    lists: dict[str, Any] = load_toml("number_names")
    for name in [*lists["political"], *lists["idioms"]]:
        table.setdefault(name[:2], []).append(name)
    return {first: tuple(sorted(set(names), key=lambda n: (-len(n), n))) for first, names in table.items()}


_NAMES: Final = _names()
ORDINAL_BEFORE: Final = frozenset(load_toml("number_names")["ordinal_before"])
ONE_BEFORE: Final = tuple(load_toml("number_names")["one_before"])
ARTICLE_VERBS: Final = tuple(load_toml("measure_words")["article_verbs"])
REACHES: Final = tuple(load_toml("measure_words")["reaches"])
PERSONS: Final = tuple(load_toml("measure_words")["persons"])
PLUS: Final = tuple(load_toml("measure_words")["plus"])
PERSONS_TOLD: Final = tuple(load_toml("measure_words")["persons_told"])
GREAT: Final[str] = load_toml("measure_words")["great"]


def name_length(text: str, at: int) -> int:
    """Return how many characters of a known name or idiom begin at `at`, 0 for none."""
    for name in _NAMES.get(text[at : at + 2], ()):
        if text.startswith(name, at):
            return len(name)
    return 0
