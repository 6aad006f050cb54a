"""Which of the traditional standards a passage is written in, and the conversion that undoes it.

Whoever made the page ran a table forwards: one character for one, or OpenCC's s2t, s2tw, s2hk or s2twp. So the tables
are run forwards again on what the passage says, and the one that gives the passage back made it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import chain
from typing import Any, Literal, NamedTuple

from docparse.lexicon import load_toml
from docparse.options import Wording

# "one-to-one": a table of single characters, which leaves 后 于 里 范 干 as they are; "over-converted": one that takes
# the rarer choice (桌麵, 恢複). The s2... are OpenCC's: its own standard (爲 裏 羣), Taiwan's (為 裡), Hong Kong's
# (户 説 裏), and Taiwan's with its words (軟體). The native ones were written there, not made from simplified text.
Variant = Literal["one-to-one", "over-converted", "s2t", "s2tw", "s2hk", "s2twp", "native-tw", "native-hk"]

STANDARDS: tuple[Variant, ...] = ("s2tw", "s2t", "s2hk")
INVERSES: dict[Variant | None, str] = {
    None: "t2s",
    "one-to-one": "t2s",
    "over-converted": "t2s",
    "s2t": "t2s",
    "s2tw": "tw2s",
    "s2hk": "hk2s",
    "s2twp": "tw2s",
    "native-tw": "tw2s",
    "native-hk": "hk2s",
}
NO_SURROGATES = re.compile("[^\ud800-\udfff]+")
# A passage shows its standard in a few hundred characters; more would only cost time.
LONGEST_SAMPLE = 12_000
# A table of single characters leaves one character in twenty alone; authors write one such spelling in a thousand.
RAREST_LEFT_ALONE = 250
# Phrase tables go wrong where words meet (龙头发展 to 龍頭髮展): one such word proves nothing.
FEWEST_WRONG = 2
# Share of characters that no table would have written here, among those that a conversion changes.
OFTEN_WRONG = 0.04


@cache
def converter(name: str) -> Any:
    """OpenCC's converter, loaded on first use (60 ms)."""
    import opencc

    return opencc.OpenCC(name)


def convert(name: str, text: str) -> str:
    """The text converted by OpenCC's configuration `name` (t2s, s2tw …)."""
    try:
        converted: str = converter(name).convert(text)
    except UnicodeEncodeError:  # half a surrogate pair, as damaged files have: what lies between is converted
        converted = NO_SURROGATES.sub(lambda m: str(converter(name).convert(m[0])), text)
    return converted


@cache
def _words(*keys: str) -> re.Pattern[str]:
    words = {word for key in keys for word in load_toml("script")[key]}
    return re.compile("|".join(sorted(words, key=lambda w: (-len(w), w))))


def inverse_of(variant: Variant | None, text: str, wording: Wording = "as-written") -> str:
    """OpenCC's configuration that undoes `variant` in `text`.

    A table of single characters may write 著 for every 着 (tw2s), or leave 着 as it is (then its 著 is one: t2s).
    Taiwan's words become the mainland's (tw2sp) only where they were recognised: on a mirror of a mainland page tw2sp
    changes forty sound words in ten thousand characters (档案 to 文件, 新增 to 添加). Hong Kong's always stay: OpenCC
    knows seventy, most of them names of film makers.
    """
    if wording == "mainland" and variant in ("s2twp", "native-tw"):
        return "tw2sp"
    if variant in ("one-to-one", "over-converted") and "著" in text and "着" not in text:
        return "tw2s"
    return INVERSES[variant]


def simplify(text: str, name: str, variant: Variant | None = None) -> str:
    """The text converted by `name`, with what OpenCC gets wrong on such pages put right.

    么 stays: in Taiwan's table it is a spelling of 幺, on mechanical pages it was simplified all along. 著 stays in
    土著 and the like. On an over-converted page what no plan is written with is replaced (成菓, 恢覆).
    """
    after = _mainland_words(text, name) if name.endswith("p") else convert(name, text)
    if len(after) == len(text) and not name.endswith("p"):
        keep = [m.start() for m in re.finditer("么", text)] if "幺" in after else []
        keep += [m.end() - 1 for m in _words("written_zhu").finditer(text)] if "著" in text else []
        if keep:
            letters = list(after)
            for at in keep:
                letters[at] = text[at]
            after = "".join(letters)
    if variant == "over-converted":
        rest = _rest()
        after = _rest_pattern().sub(lambda m: rest[m[0]], after)
    return after


def _mainland_words(text: str, name: str) -> str:
    """The conversion with the mainland's words in, but for words that the mainland writes as well."""
    stay = load_toml("script")["both_write"]
    parts: list[str] = []
    at = 0
    for m in _words("both_write", "longer_words").finditer(text):
        if m[0] in stay:
            parts += [convert(name, text[at : m.start()]), convert(name.removesuffix("p"), m[0])]
            at = m.end()
    return "".join([*parts, convert(name, text[at:])])


@cache
def _rest() -> dict[str, str]:
    return dict(load_toml("script")["over_converted_rest"])


@cache
def _rest_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_rest(), key=lambda w: (-len(w), w))))


def mirror_variant(text: str) -> Variant | None:
    """How a traditional passage was made, or None where nothing in it tells.

    Every character that one standard writes otherwise speaks against it. What all phrase tables would have converted
    and stands unconverted speaks for a table of single characters.
    """
    sample = text[:LONGEST_SAMPLE]
    against, left_alone, wrong, changed = _weigh(sample)
    if len(set(_words("over_converted").findall(sample))) >= FEWEST_WRONG or wrong > max(2, OFTEN_WRONG * changed):
        return "over-converted"
    native = _native(sample)
    if left_alone and left_alone * RAREST_LEFT_ALONE >= changed and native != "native-tw":
        return "one-to-one"
    if native:
        return native
    least = min(against.values())
    best = [name for name, count in against.items() if count == least]
    if "s2tw" in best and _taiwan_wording(sample):
        return "s2twp"
    if len(best) == len(against):
        return None
    return best[0]


class Weights(NamedTuple):
    """Characters that speak against each standard; those left unconverted; those of no standard; all that change."""

    against: Counter[Variant]
    left_alone: int
    wrong: int
    changed: int


def _weigh(sample: str) -> Weights:
    base = convert("hk2s", convert("tw2s", sample))  # 著 as a particle is Taiwan's alone, 衞 Hong Kong's
    made = [base, *(convert(name, base) for name in STANDARDS)]
    columns = [(sample, *made)]
    if any(len(other) != len(sample) for other in made):  # a phrase changed its length: its line is not asked
        rows = zip(*(text.split("\n") for text in (sample, *made)), strict=False)
        columns = [row for row in rows if len({len(line) for line in row}) == 1]
    against: Counter[Variant] = Counter(dict.fromkeys(STANDARDS, 0))
    ambiguous = load_toml("script")["left_alone"]
    left_alone = wrong = changed = 0
    for c, simple, tw, t, hk in chain.from_iterable(zip(*lines, strict=True) for lines in columns):
        if c == simple == tw == t == hk:
            continue
        changed += c != simple
        if c not in (tw, t, hk):
            left_alone += c == simple and c in ambiguous
            wrong += c != simple and c != "畫"  # Taiwan's 計畫
            continue
        against["s2tw"] += c != tw
        against["s2t"] += c != t
        against["s2hk"] += c != hk
    return Weights(against, left_alone, wrong, changed)


def _native(sample: str) -> Variant | None:
    """native-tw or native-hk where spellings and names say so that no table writes."""
    if len(_words("taiwan_spellings").findall(sample)) > sample.count("計劃"):
        return "native-tw"
    taiwan = Counter(_words("taiwan_names").findall(sample))
    hong_kong = Counter(_words("hong_kong_names").findall(sample))
    if len(taiwan) < 2 and len(hong_kong) < 2:
        return None
    return "native-tw" if len(taiwan) >= len(hong_kong) else "native-hk"


def _taiwan_wording(sample: str) -> bool:
    """Whether Taiwan's words outnumber the mainland's words for the same things."""
    return len(_words("taiwan").findall(sample)) > len(_words("mainland").findall(sample))
