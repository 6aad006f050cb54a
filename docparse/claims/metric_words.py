"""The words of `lexicon/metrics.toml`, as the readers of metrics ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from docparse.lexicon import load_toml

Words = Mapping[str, tuple[str, ...]]


class Lexicon(NamedTuple):
    """The words of `lexicon/metrics.toml`, keyed by their last or first character, longest first."""

    trail: Words
    light: Words
    cut: Words
    whole: Words
    nominal: frozenset[str]
    opening: tuple[str, ...]
    fixed: frozenset[str]
    lead: Words
    stop: Words
    sanction: Mapping[str, Mapping[str, str]]
    heads: tuple[str, ...]
    bodies: tuple[str, ...]
    describing: tuple[str, ...]
    describing_end: tuple[str, ...]
    hollow: tuple[str, ...]
    single: frozenset[str]
    acts: frozenset[str]
    shared: tuple[str, ...]
    shared_links: tuple[str, ...]
    pronouns: frozenset[str]
    places: tuple[str, ...]
    awards: tuple[str, ...]
    awarding: tuple[str, ...]


def _keyed(words: Iterable[str], at: int) -> Words:
    made: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        made.setdefault(word[at], []).append(word)
    return {key: tuple(value) for key, value in made.items()}


def _by_member(words: Iterable[str]) -> Words:
    """Each word under every character of it."""
    made: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        for char in dict.fromkeys(word):
            made.setdefault(char, []).append(word)
    return {key: tuple(value) for key, value in made.items()}


@cache
def lexicon() -> Lexicon:
    """The words, read once. Treat it as read-only."""
    data = load_toml("metrics")
    trail, cut, after = data["trail"], data["cut"], data["after"]
    return Lexicon(
        trail=_keyed([*trail["reach"], *trail["change"], *trail["strive"]], -1),
        light=_keyed(trail["light"], -1),
        cut=_keyed([*cut["words"], *cut["chars"]], -1),
        whole=_by_member([*cut["whole"], *trail["whole"], *after["whole"]]),
        nominal=frozenset(cut["nominal"]),
        opening=tuple(cut["opening"]),
        fixed=frozenset(cut["fixed"]),
        lead=_keyed(data["lead"]["words"], 0),
        stop=_keyed([*after["stop"], *(w for w in [*trail["reach"], *trail["change"]] if len(w) > 1)], 0),
        sanction=data["sanction"],
        heads=tuple(data["heads"]["words"]),
        bodies=tuple(data["heads"]["bodies"]),
        describing=tuple(data["heads"]["describing"]),
        describing_end=tuple(data["heads"]["describing_end"]),
        hollow=tuple(data["heads"]["hollow"]),
        single=frozenset(data["heads"]["single"]),
        acts=frozenset(data["acts"]["words"]),
        shared=tuple(sorted(data["shared"]["heads"], key=len, reverse=True)),
        shared_links=tuple(sorted(data["shared"]["links"], key=len, reverse=True)),
        pronouns=frozenset(data["pronouns"]["words"]),
        places=tuple(data["places"]["ends"]),
        awards=tuple(data["awards"]["words"]),
        awarding=tuple(data["awards"]["verbs"]),
    )
