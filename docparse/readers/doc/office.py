"""Word's binary .doc, WPS Writer's .wps, and .wps of Microsoft Works: the best way that this machine has.

Word 97 and later: our own reader, 3 ms a document. It refuses what it does not count or understand; then, and for what
is older, LibreOffice makes a .docx (1 s, 210 MB), which our reader of .docx reads. Where the machine has no
LibreOffice, or it fails, antiword and catdoc give the text. `Source.reader` says which it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError, UnsupportedFormatError
from docparse.options import Options
from docparse.readers.doc import ole
from docparse.readers.doc.document import read_word_97
from docparse.readers.doc.file import DocError, is_word_97
from docparse.readers.doc.libreoffice import convert_to_docx, find_libreoffice
from docparse.readers.doc.programs import Program, ProgramError, find_program, run_program, work_folder
from docparse.readers.docx.document import read_docx
from docparse.readers.pieces import Piece, check_characters, join_pieces
from docparse.readers.plain.text import no_text_warning
from docparse.records import Reading, Source, Warning


class _Route(NamedTuple):
    """One way to read a file: what `Source.reader` calls it, how the program is found, and what reads."""

    name: str
    find: Callable[[], str | None]
    read: Callable[[bytes, str, str, Options], Reading]


def read_doc(data: bytes, options: Options) -> Reading:
    """Reading of a binary Word document of any age, WPS Writer's own format among them.

    Raises:
        DamagedFileError: encrypted, or nothing on this machine can read it.
        LimitExceededError: the programs take too long, or the text is too long.
        UnsupportedFormatError: with code `legacy-doc`: from before 1997, and the machine has no program for it.
    """
    kind = ole.ole_kind(data) if data.startswith(ole.MAGIC) else "word" if ole.is_old_word(data) else "other"
    if kind in ("locked", "locked-word"):
        raise ole.locked()
    if kind not in ("word", "damaged"):
        raise DamagedFileError(
            "damaged-doc", "The file is no binary Word document.", "Open it in Word and save it again."
        )
    old = kind == "word" and not is_word_97(data)
    return _read_by(_OLD_ROUTES if old else _DOC_ROUTES, data, "doc", options)


def read_works(data: bytes, options: Options) -> Reading:
    """Reading of a .wps of Microsoft Works.

    Raises:
        DamagedFileError: LibreOffice cannot read it.
        LimitExceededError: LibreOffice takes too long, or the text is too long.
        UnsupportedFormatError: with code `legacy-office` where the machine has no LibreOffice.
    """
    if ole.ole_kind(data) != "works":
        raise DamagedFileError("damaged-doc", "The file is no Works document.", ole.SAVE_AS_DOCX)
    return _read_by((_OFFICE,), data, "wps", options)


def _read_by(routes: tuple[_Route, ...], data: bytes, suffix: str, options: Options) -> Reading:
    """The reading of the first route that works."""
    failures: list[tuple[str, ProgramError]] = []
    for route in routes:
        program = route.find()
        if program is None:
            continue
        try:
            reading = route.read(data, suffix, program, options)
        except ProgramError as error:
            failures.append((route.name, error))
            continue
        facts = ole.read_facts(data)
        source = msgspec.structs.replace(
            reading.source,
            media_type=None,  # of the file itself, not of what it was turned into
            reader=route.name,
            title=reading.source.title or facts.title,
            author=reading.source.author or facts.author,
            created=facts.created,
            modified=reading.source.modified or facts.modified,
        )
        warnings = (*_fallback(failures, route.name), *reading.warnings)
        return msgspec.structs.replace(reading, source=source, warnings=warnings)
    raise _no_route(failures, suffix)


def _fallback(failures: list[tuple[str, ProgramError]], name: str) -> tuple[Warning, ...]:
    failures = [failure for failure in failures if failure[0] != name]
    if not failures:
        return ()
    message = f"{_list(failures)}; the document was read by {name}."
    return (Warning(code="reader-fallback", message=message),)


def _list(failures: list[tuple[str, ProgramError]]) -> str:
    return "; ".join(dict.fromkeys(f"{name} did not read it: {error.reason}" for name, error in failures))


def _no_route(failures: list[tuple[str, ProgramError]], suffix: str) -> DocparseError:
    if not failures:
        code = "legacy-doc" if suffix == "doc" else "legacy-office"
        what = "a Word document from before 1997" if suffix == "doc" else "a document of Microsoft Works (.wps)"
        install = "Install LibreOffice (or antiword)" if suffix == "doc" else "Install LibreOffice"
        return UnsupportedFormatError(
            code,
            f"The file is {what}, and this machine has no program that reads it.",
            f"{install}, or open it in Word or WPS and save it as .docx.",
        )
    if any(error.timed_out for _, error in failures):
        return LimitExceededError(
            "reader-timeout",
            f"The document could not be read in time ({_list(failures)}).",
            "Raise Options.max_seconds, or save it as .docx.",
        )
    return DamagedFileError("damaged-doc", f"The document cannot be read ({_list(failures)}).", ole.SAVE_AS_DOCX)


def _by_libreoffice(data: bytes, suffix: str, program: str, options: Options) -> Reading:
    converted = convert_to_docx(data, suffix, program, options)
    try:
        return read_docx(converted, options)
    except DamagedFileError as error:
        raise ProgramError(f"it made a document that cannot be read ({error.message})") from error


def _by_own_reader(data: bytes, suffix: str, program: str, options: Options) -> Reading:
    return _read_own(data, options, strict=True)


def _by_own_reader_at_least(data: bytes, suffix: str, program: str, options: Options) -> Reading:
    return _read_own(data, options, strict=False)


def _read_own(data: bytes, options: Options, *, strict: bool) -> Reading:
    try:
        return read_word_97(data, options, strict=strict)
    except DocError as error:
        raise ProgramError(str(error)) from error


def _by_antiword(data: bytes, suffix: str, program: str, options: Options) -> Reading:
    return _read_lines(data, Program(program, ("-m", "UTF-8.txt", "-w", "0", f"document.{suffix}")), suffix, options)


def _by_catdoc(data: bytes, suffix: str, program: str, options: Options) -> Reading:
    return _read_lines(data, Program(program, ("-d", "utf-8", "-w", f"document.{suffix}")), suffix, options)


def _read_lines(data: bytes, program: Program, suffix: str, options: Options) -> Reading:
    """Reading of what a program prints, a block a line."""
    with work_folder() as folder:
        try:
            (folder / f"document.{suffix}").write_bytes(data)
        except OSError as error:
            raise ProgramError(f"its folder cannot be written ({error.strerror})") from error
        text = run_program(program, folder, options).decode("utf-8", "replace")
    check_characters(len(text), options)
    if not text.strip() and ole.read_stream(data, "WordDocument") is not None:
        raise ProgramError("it found no text")
    raw, blocks = join_pieces(Piece(line) for line in text.replace("\0", "").splitlines())
    note = Warning(
        code="plain-reader",
        message="Only the text could be read: automatic numbering is missing, and deleted text may be in it.",
    )
    return Reading(source=Source(), raw=raw, blocks=blocks, warnings=(note, *no_text_warning(raw)))


def _is_here() -> str | None:
    return ""


_OFFICE = _Route("libreoffice", find_libreoffice, _by_libreoffice)
_PLAIN = (
    _Route("antiword", lambda: find_program("antiword"), _by_antiword),
    _Route("catdoc", lambda: find_program("catdoc"), _by_catdoc),
)
_OLD_ROUTES: tuple[_Route, ...] = (_OFFICE, *_PLAIN)
_DOC_ROUTES: tuple[_Route, ...] = (
    _Route("docparse", _is_here, _by_own_reader),
    _OFFICE,
    _Route("docparse", _is_here, _by_own_reader_at_least),
    *_PLAIN,
)
