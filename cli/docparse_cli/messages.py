"""Every word that the command line prints, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from docparse_cli import damages, troubles, words

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language that `--lang` asks for, else that of the locale, else English.

    This looks before argparse does, because the parser's own help is in that language too.
    """
    for place, argument in enumerate(arguments):
        asked = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        if asked in LANGUAGES:
            return asked
        if argument == "--":
            break
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):  # the first that is set decides, as POSIX has it
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


def say(language: Language, key: str, **values: object) -> str:
    """The message `key`, filled with `values`."""
    return words.MESSAGES[key][language == "zh"].format(**values)


def name_of(language: Language, group: str, key: str | None) -> str:
    """The everyday word for a value of the contract, such as a label; the value itself where there is none."""
    if key is None:
        return ""
    pair = words.NAMES.get(group, {}).get(key)
    return pair[language == "zh"] if pair else key


def damage_name(language: Language, kind: str) -> str:
    """What a kind of damage is called; the kind itself where it has no everyday name."""
    pair = damages.NAMES.get(kind)
    return pair[language == "zh"] if pair else kind


def damage_story(language: Language, kind: str) -> str:
    """How a kind of damage comes about, in a few sentences; empty where nobody has told."""
    pair = damages.STORIES.get(kind)
    return pair[language == "zh"] if pair else ""


def counted(language: Language, group: str, key: str, count: int) -> str:
    """`2 tasks`, `1 task`, `任务 2`."""
    name = name_of(language, group, key)
    if language == "zh":
        return f"{name} {count:,}"
    plural = count != 1 and group in words.COUNTABLE and key not in words.UNCOUNTABLE
    return f"{count:,} {name}s" if plural else f"{count:,} {name}"


def trouble(language: Language, code: str, message: str, advice: str) -> tuple[str, str]:
    """An error's message and advice in the user's language, with options called what they are here.

    The library speaks English; in Chinese its known codes are translated, and the others stay as they are.
    """
    if language == "zh" and code in troubles.ERRORS:
        chinese, what_to_do = troubles.ERRORS[code]
        return chinese or message, what_to_do
    for library, here in troubles.OPTION_NAMES:
        advice = advice.replace(library, here)
    return message, advice


def warning(language: Language, code: str, message: str) -> str:
    """A warning's message in the user's language."""
    return troubles.WARNINGS.get(code, message) if language == "zh" else message


def usage_error(language: Language, message: str) -> str:
    """argparse's own complaint in the user's language."""
    if language == "zh":
        for english, chinese in words.USAGE_PHRASES:
            message = message.replace(english, chinese)
    return message
