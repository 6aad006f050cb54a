"""Files that are not what their names say, and paths that are no files: read as what they are, or refused by name."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from compound import compound_file, encrypted_package, encrypted_workbook, word_document
from fuzz_seeds import SAMPLES, pack
from fuzz_worker import Case, Limits, Outcome, run_block
from hostile_build import word

from docparse.errors import DocparseError, LimitExceededError, UnreadableFileError
from docparse.options import Options
from docparse.readers import read_path
from docparse.records import Reading

_TEXT = "二〇二四年工作计划\n一、全年回款率达到95%以上。\n"
_PAGE = f"<html><head><title>计划</title></head><body><p>{_TEXT}</p></body></html>"
_ERROR_PAGE = (
    "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>"
)
_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(n * n % 251 for n in range(5_000))
_PICTURES = b"\x89PNG\r\n\x1a\n" + b"\0" * 99
_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
_RTF = b"{\\rtf1\\ansi\\ansicpg936 \\'bc\\'c6\\'bb\\'ae\\par}"
_MHTML = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
)
_WORD = word(f"<w:p><w:r><w:t>{_TEXT.split()[1]}</w:t></w:r></w:p>")
_PAPER = SAMPLES / "pdf" / "town-report.pdf"
_BANNER = b"HTTP/1.1 200 OK\r\n\r\n"

# What a file is called, its bytes, and what a refusal may say; "read" where it may be, or must be, read.
DISGUISED: tuple[tuple[str, Callable[[], bytes], tuple[str, ...]], ...] = (
    ("encrypted at the office.docx", lambda: b"%TSD-Header-###%" + bytes(range(256)) * 99, ("dlp-encrypted",)),
    ("pointer.pdf", lambda: _POINTER, ("git-lfs-pointer",)),
    ("with password.docx", encrypted_package, ("encrypted",)),
    ("with password.xls", encrypted_workbook, ("encrypted", "legacy-office", "spreadsheet", "legacy-excel")),
    ("no document.doc", lambda: compound_file({"Contents": b"x" * 9_000}), ("legacy-office", "damaged-doc", "binary")),
    ("error page.doc", _ERROR_PAGE.encode, ("read",)),
    ("error page.pdf", _ERROR_PAGE.encode, ("read",)),
    ("photograph.docx", lambda: _JPEG, ("image",)),
    ("picture.pdf", lambda: _PICTURES, ("image",)),
    ("documents.docx", lambda: pack({"a.txt": _TEXT, "b/计划.html": _PAGE}), ("archive",)),
    ("documents in documents.docx", lambda: pack({"word/a.txt": _TEXT, "word/media/b.html": _PAGE}), ("archive",)),
    ("packed twice.docx", lambda: gzip.compress(_WORD, mtime=0), ("archive",)),
    ("empty.docx", lambda: b"", ("empty-file",)),
    ("empty.txt", lambda: b"", ("empty-file",)),
    ("one byte.pdf", lambda: b"%", ("read", "damaged-pdf", "binary")),
    ("one byte.docx", lambda: b"P", ("read", "damaged-zip", "binary")),
    ("one letter.txt", lambda: b"x", ("read",)),
    ("one nul.txt", lambda: b"\0", ("read", "binary", "empty-file")),
    ("half a letter.txt", lambda: b"\xe5", ("read", "binary")),
    ("only a mark.txt", lambda: b"\xef\xbb\xbf", ("read", "empty-file")),
    ("only a mark.html", lambda: b"\xff\xfe", ("read", "empty-file")),
    ("only two marks.txt", lambda: b"\xef\xbb\xbf\xef\xbb\xbf", ("read", "empty-file")),
    ("text.html", lambda: b"\xff\xfe" + _TEXT.encode("utf-16-le"), ("read",)),
    ("text without mark.html", lambda: (_TEXT * 9).encode("utf-16-be"), ("read",)),
    ("page.html", lambda: _PAGE.encode("utf-16"), ("read",)),
    ("page.pdf", lambda: _PAGE.encode("gb18030"), ("read",)),
    ("text.docx", _TEXT.encode, ("read",)),
    ("text.doc", lambda: _TEXT.encode("gb18030"), ("read",)),
    ("word.pdf", lambda: _WORD, ("read",)),
    ("word.doc", lambda: _WORD, ("read",)),
    ("paper.txt", _PAPER.read_bytes, ("read",)),
    ("paper behind a banner.pdf", lambda: _BANNER + _PAPER.read_bytes(), ("read", "damaged-pdf")),
    ("word behind a banner.docx", lambda: _BANNER + _WORD, ("read", "binary", "damaged-zip")),
    ("rich text.doc", lambda: _RTF, ("read", "rtf")),
    ("web archive.doc", lambda: _MHTML + _PAGE.encode() + b"\r\n--b--\r\n", ("read", "mhtml")),
    ("old word.docx", lambda: word_document(_TEXT.replace("\n", "\r")), ("read", "legacy-doc", "damaged-doc")),
    ("old word.txt", lambda: word_document(_TEXT.replace("\n", "\r")), ("read", "legacy-doc", "damaged-doc")),
    ("program.docx", lambda: b"\x7fELF" + bytes(range(256)) * 9, ("binary",)),
    ("database.doc", lambda: b"SQLite format 3\0" + bytes(range(256)) * 9, ("binary",)),
)  # fmt: skip


@pytest.mark.parametrize(("name", "make", "codes"), DISGUISED, ids=[row[0] for row in DISGUISED])
def test_a_file_is_what_it_holds(name: str, make: Callable[[], bytes], codes: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(make())
    try:
        reading = read_path(tmp_path / name, options=Options(max_seconds=30))
    except DocparseError as error:
        assert error.code in codes
        assert error.message
        assert error.advice
        return
    assert "read" in codes
    if len(make()) > 300:  # what is read is the words, not the packing
        assert "计划" in reading.raw or "95%" in reading.raw or "404" in reading.raw or "目标" in reading.raw


def test_names_do_not_choose_the_reader(tmp_path: Path) -> None:
    for suffix in ("txt", "pdf", "html", "doc", "bin", "DOCX"):
        path = tmp_path / f"a.{suffix}"
        path.write_bytes(_WORD)
        assert read_path(path).raw == "一、全年回款率达到95%以上。"


def _read_named(data: bytes) -> Reading:
    return read_path(Path(os.fsdecode(data)))


def _outcome_of(path: Path) -> Outcome:
    return next(run_block([Case(0, os.fsencode(path), Limits(5.0, 100.0, 20.0))], _read_named))


def test_a_file_of_200_mb_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "sparse.docx"
    path.touch()
    os.truncate(path, 200 * 1024 * 1024)
    with pytest.raises(LimitExceededError) as caught:
        read_path(path)
    assert caught.value.code == "too-large"
    assert _outcome_of(path)[1:3] == ("refused", "too-large")


def test_paths_that_are_no_files_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "folder.docx").mkdir()
    (tmp_path / "broken.docx").symlink_to(tmp_path / "nowhere.docx")
    (tmp_path / "ring.docx").symlink_to(tmp_path / "ring.docx")
    (tmp_path / "zeros.docx").symlink_to("/dev/zero")
    expected = {
        tmp_path / "pipe.docx": "unreadable-file",
        tmp_path / "folder.docx": "is-directory",
        tmp_path / "broken.docx": "file-not-found",
        tmp_path / "ring.docx": "unreadable-file",
        tmp_path / "zeros.docx": "unreadable-file",
        tmp_path / "pipe.docx" / "below.txt": "unreadable-file",
        tmp_path / ("长" * 200): "unreadable-file",
        Path("/dev/zero"): "unreadable-file",
        Path("/dev/null"): "unreadable-file",
    }
    for path, code in expected.items():
        outcome = _outcome_of(path)
        assert (outcome.kind, outcome.signature) == ("refused", code), path
        with pytest.raises(UnreadableFileError):
            read_path(path)


@pytest.mark.parametrize("text", ["2024年工作计划\n一、目标\n", "回款率达到95%以上。" * 900])
def test_a_text_in_place_of_a_path_is_told_in_one_line(text: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_path(text)
    assert caught.value.code == "unreadable-file" and "parse_text" in caught.value.advice
    assert len(caught.value.message) < 120 and "\n" not in caught.value.message


def test_a_file_whose_name_has_a_line_end_is_read(tmp_path: Path) -> None:
    path = tmp_path / "计划\n一.txt"
    path.write_text("回款率达到95%以上。", encoding="utf-8")
    assert read_path(path).raw == "回款率达到95%以上。"
