"""Both languages say everything, with the same blanks to fill."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from docparse_cli import words
from docparse_cli.messages import choose_language, trouble, usage_error


def blanks(text: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("key", words.MESSAGES)
def test_both_languages_have_the_same_blanks(key: str) -> None:
    english, chinese = words.MESSAGES[key]
    assert english and chinese and blanks(english) == blanks(chinese)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "en_GB", "LC_MESSAGES": "zh_TW"}, "zh"),
        (["parse", "--lang", "zh"], {}, "zh"),
        (["--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
        (["parse", "--", "--lang=zh"], {}, "en"),
    ],
)
def test_choice_of_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert choose_language(arguments, environment) == language


def test_unknown_errors_keep_the_library_s_words() -> None:
    assert trouble("zh", "never-heard-of", "It broke.", "Mend it.") == ("It broke.", "Mend it.")
    assert trouble("zh", "empty-file", "x", "y")[0].startswith("文件为空")
    assert trouble("en", "binary", "x", "Name Options.encoding.") == ("x", "Name --encoding.")
    assert "FILE" in usage_error("zh", "the following arguments are required: FILE")


def test_no_message_is_left_over() -> None:
    package = Path(words.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py") if path.name != "words.py")
    unused = [key for key in words.MESSAGES if f'"{key}"' not in code and f"'{key}'" not in code]
    assert [key for key in unused if not key.startswith("about-")] == []
