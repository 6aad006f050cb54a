"""Fields of Rich Text Format without a result: equations, signs, the boxes and lists of forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from docparse.readers.docx.fields import read_code

_LONGEST_CODE = 2_000
_MOST_CHOICES = 100  # Word's own limit is 25
_LONGEST_CHOICE = 200
_CHECK_BOX, _CHOICE, _UNSET = 1, 2, 25
_FORM_WORDS = frozenset((b"fftype", b"ffres", b"ffdefres"))


@dataclass
class Field:
    """A field that is open. `mark`: how many characters had been shown where it began."""

    mark: int
    code: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    form: dict[bytes, int] = field(default_factory=dict)

    def instruct(self, text: str) -> None:
        """Add to the instruction, up to a length that no real one has."""
        if sum(map(len, self.code)) < _LONGEST_CODE:
            self.code.append(text)

    def choose(self, text: str) -> None:
        """Add to the last entry of the list."""
        if self.choices and len(self.choices[-1]) < _LONGEST_CHOICE:
            self.choices[-1] += text

    def control(self, word: bytes, number: int | None) -> None:
        """Take a word that says what the form holds."""
        if word == b"ffl" and len(self.choices) < _MOST_CHOICES:
            self.choices.append("")
        elif word in _FORM_WORDS and number is not None:
            self.form[word] = number

    def show(self) -> str:
        """What it shows although it has no result."""
        kind = self.form.get(b"fftype")
        chosen = self.form.get(b"ffres", _UNSET)
        if chosen == _UNSET:
            chosen = self.form.get(b"ffdefres", 0)
        if kind == _CHECK_BOX:
            return "☑" if chosen else "☐"
        if kind == _CHOICE:
            return self.choices[chosen].strip() if 0 <= chosen < len(self.choices) else ""
        return read_code("".join(self.code))
