"""Fields of a binary Word document that have no stored result: boxes and lists of forms, equations, signs."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from docparse.readers.doc.file import DocFile
from docparse.readers.docx.fields import is_toc, read_code

_MOST_FIELDS = 100  # open at the same time; Word nests 20 at most
_LONGEST_CODE = 2_000
_MOST_CHOICES = 100  # Word's own limit is 25
_CHECK_BOX, _CHOICE = 1, 2
_UNSET = 25  # of a box or list that nobody has touched: its default holds


@dataclass(slots=True)
class Field:
    """A field that is open. `mark`: how many characters had been shown where its result began."""

    mark: int
    code: list[str] = field(default_factory=list)
    in_result: bool = False
    contents: bool = False
    form: int | None = None  # where the data of its box or list lie


@dataclass(slots=True)
class Fields:
    """The open fields of one text, and how many of them are in their instruction."""

    open: list[Field] = field(default_factory=list)
    instructing: int = 0
    contents: int = 0  # how many of them show a table of contents

    def clear(self) -> None:
        """Forget all."""
        self.open.clear()
        self.instructing = self.contents = 0

    def begin(self, shown: int) -> None:
        """Open one; where none is ever closed, the oldest is forgotten."""
        if len(self.open) >= _MOST_FIELDS:
            oldest = self.open.pop(0)
            self.instructing -= not oldest.in_result
            self.contents -= oldest.contents
        self.open.append(Field(shown))
        self.instructing += 1

    def instruct(self, text: str, form: int | None) -> None:
        """Add to the instruction of the innermost."""
        entry = self.open[-1]
        if entry.in_result:
            return
        if sum(map(len, entry.code)) < _LONGEST_CODE:
            entry.code.append(text[:_LONGEST_CODE])
        if form is not None:
            entry.form = form

    def start_results(self, shown: int, *, every: bool = False) -> None:
        """The innermost shows its result from here on, or every one does."""
        for entry in self.open if every else self.open[-1:]:
            if not entry.in_result:
                entry.in_result, entry.mark = True, shown
                entry.contents = is_toc("".join(entry.code))
                self.instructing -= 1
                self.contents += entry.contents

    def end(self, shown: int, file: DocFile) -> str:
        """Close the innermost: what it shows although it has no result."""
        if not self.open:
            return ""
        entry = self.open.pop()
        self.contents -= entry.contents
        if not entry.in_result:
            entry.mark = shown
            self.instructing -= 1
        if shown != entry.mark or self.instructing:
            return ""
        return read_code("".join(entry.code)) or ("" if entry.form is None else read_form(file.data, entry.form))


def read_form(data: bytes, offset: int) -> str:
    """What the box or list of a form shows whose data begin at this byte ([MS-DOC] 2.9.158, 2.9.78)."""
    try:
        position = offset + int.from_bytes(data[offset + 4 : offset + 6], "little")
        version, bits = struct.unpack_from("<IH", data, position)
        kind, result = bits & 3, bits >> 2 & 0x1F
        if version != 0xFFFF_FFFF or kind not in (_CHECK_BOX, _CHOICE):
            return ""
        position += 10
        _, position = _read_string(data, position)
        (default,) = struct.unpack_from("<H", data, position)
        chosen = default if result == _UNSET else result
        if kind == _CHECK_BOX:
            return "☑" if chosen else "☐"
        position += 2
        for _ in range(5):  # the format, two texts of help, two macros
            _, position = _read_string(data, position)
        _, count, extra = struct.unpack_from("<HHH", data, position)
        position += 6
        for number in range(min(count, _MOST_CHOICES)):
            (length,) = struct.unpack_from("<H", data, position)
            if number == chosen:
                return data[position + 2 : position + 2 + 2 * length].decode("utf-16-le", "replace").rstrip("\0")
            position += 2 + 2 * length + extra
    except struct.error:
        pass  # cut off: what it shows is not known
    return ""


def _read_string(data: bytes, position: int) -> tuple[str, int]:
    """A counted text that ends in a zero, and where the next thing begins."""
    (length,) = struct.unpack_from("<H", data, position)
    end = position + 2 + 2 * length
    return data[position + 2 : end].decode("utf-16-le", "replace"), end + 2
