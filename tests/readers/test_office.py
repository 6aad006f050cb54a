"""Binary Word documents: what compound files are, which program reads them, and what is left when one fails."""

from __future__ import annotations

import json
import random
import re
import shutil
import socket
import stat
import struct
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from office_samples import fodt, hard_docx, ole, word_stream
from reader_laws import check_laws, texts

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError, UnsupportedFormatError
from docparse.options import Options
from docparse.readers import read_bytes
from docparse.readers.doc import libreoffice, programs
from docparse.readers.doc.libreoffice import convert_to_docx, find_libreoffice
from docparse.readers.doc.office import _DOC_ROUTES, _read_by
from docparse.readers.doc.ole import read_facts
from docparse.readers.doc.programs import Program, ProgramError, run_program, work_folder
from docparse.records import Reading, Source

_OFFICE = find_libreoffice()
needs_office = pytest.mark.skipif(_OFFICE is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the fake programs are POSIX scripts")
_WORD = ole({"WordDocument": word_stream(), "1Table": b"x"})


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with no programs but those that the test puts into this folder; temporary files go below it, too."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (tmp_path / "tmp").mkdir()
    which = shutil.which
    monkeypatch.setattr(programs.shutil, "which", lambda name: which(name, path=str(folder)))
    monkeypatch.setattr(libreoffice, "_USUAL_PLACES", {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return folder


def install(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(
        f"#!{sys.executable}\nimport json, os, sys, time, pathlib, subprocess\n{script}\n", encoding="utf-8"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def left_behind(folder: Path) -> list[Path]:
    return list((folder.parent / "tmp").iterdir())


# What the compound file is

REFUSED: dict[str, tuple[bytes, type[DocparseError], str]] = {
    "locked docx": (ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), DamagedFileError, "encrypted"),
    "locked doc": (ole({"WordDocument": word_stream(encrypted=True)}), DamagedFileError, "encrypted"),
    "workbook": (ole({"Workbook": b"x"}), UnsupportedFormatError, "spreadsheet"),
    "old workbook": (ole({"Book": b"x"}), UnsupportedFormatError, "spreadsheet"),
    "slides": (ole({"PowerPoint Document": b"x"}), UnsupportedFormatError, "presentation"),
    "mail": (ole({"__properties_version1.0": b"x"}), UnsupportedFormatError, "legacy-office"),
    "publisher": (ole({"Contents": b"x"}), UnsupportedFormatError, "legacy-office"),
    "head only": (ole({"WordDocument": b""})[:8], UnsupportedFormatError, "legacy-office"),
    "dlp": (b"%TSD-Header-###%" + _WORD, DamagedFileError, "dlp-encrypted"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_before_any_program_runs(name: str, alone: Path) -> None:
    install(alone, "soffice", "pathlib.Path(__file__).with_name('ran').touch()")
    data, kind, code = REFUSED[name]
    with pytest.raises(kind) as caught:
        read_bytes(data, path="a.doc")
    assert (caught.value.code, bool(caught.value.advice)) == (code, True)
    assert not (alone / "ran").exists()


def test_a_password_is_seen_even_where_the_type_is_given(alone: Path) -> None:
    with pytest.raises(DamagedFileError) as caught:
        read_bytes(REFUSED["locked doc"][0], options=Options(media_type="application/msword"))
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ole({"WordDocument": b"\xdc\xa5" + b"\0" * 60}), "legacy-doc"),
        (b"\xdb\xa5\x2d\x00" + b"x" * 99, "legacy-doc"),
        (ole({"MatOST": b"x"}), "legacy-office"),
        (ole({"CONTENTS": b"CHNKWKS"}), "legacy-office"),
    ],
)
def test_without_a_program_the_error_says_what_to_install(data: bytes, code: str, alone: Path) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read_bytes(data)
    assert caught.value.code == code
    assert "Install LibreOffice" in caught.value.advice


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ("<html><body><p>完成任务</p></body></html>".encode(), "text/html"),
        ("完成任务".encode(), "text/plain"),
        (rb"{\rtf1\ansi\ansicpg936 \'cd\'ea\'b3\'c9}", "application/rtf"),
        (fodt("<text:p>完成</text:p>"), "application/vnd.oasis.opendocument.text-flat-xml"),
        (hard_docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_named_doc_but_something_else(data: bytes, media_type: str, alone: Path) -> None:
    reading = read_bytes(data, path="plan.doc")
    assert reading.source.media_type == media_type
    assert "完成" in reading.raw
    assert reading.warnings == () or media_type.endswith("document")


_PAGE = "<html><head><title>{}</title></head><body><h1>{}</h1></body></html>"
ERROR_PAGES = {
    "404 Not Found": True,
    "HTTP Status 404 – 未找到": True,
    "抱歉，您访问的页面不存在": True,
    "500 - 内部服务器错误": True,
    "2026年工作计划": False,
    "404个项目": False,
    "500万元投资": False,
    "500 万元投资": False,
    "错误代码：502": True,
}


@pytest.mark.parametrize("said", ERROR_PAGES)
def test_error_pages_named_like_documents(said: str) -> None:
    data = _PAGE.format(said, said).encode()
    assert ("error-page" in {w.code for w in read_bytes(data, path="a.doc").warnings}) is ERROR_PAGES[said]
    assert "error-page" not in {w.code for w in read_bytes(data, path="a.html").warnings}
    long = _PAGE.format(said, said + "</h1><p>" + "完成任务。" * 300).encode()
    assert "error-page" not in {w.code for w in read_bytes(long, path="a.doc").warnings}


# Programs, real and fake

_CONVERT = """
out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]); out.mkdir()
(out / 'document.docx').write_bytes(pathlib.Path(__file__).with_name('made.docx').read_bytes())
"""


@posix
def test_libreoffice_goes_first_and_leaves_nothing(alone: Path) -> None:
    (alone / "made.docx").write_bytes(hard_docx())
    note = "pathlib.Path(__file__).with_name('seen').write_text(json.dumps([sys.argv, dict(os.environ), os.getcwd()]))"
    install(alone, "soffice", note + _CONVERT)
    install(alone, "antiword", "print('antiword')")
    reading = read_bytes(_WORD)
    check_laws(reading)
    assert (reading.source.reader, reading.source.media_type) == ("libreoffice", "application/msword")
    assert reading.blocks == read_bytes(hard_docx()).blocks
    assert left_behind(alone) == []
    arguments, environment, folder = json.loads((alone / "seen").read_text())
    assert any(argument.startswith("-env:UserInstallation=file:///") for argument in arguments)
    assert environment["HOME"] == environment["TMPDIR"] == folder
    assert "PYTEST_CURRENT_TEST" not in environment


@posix
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("sys.exit(3)", "code 3"),
        ("print('no document')", "made no document"),
        ("os.kill(os.getpid(), 11)", "signal 11"),
        (_CONVERT.replace("pathlib.Path(__file__).with_name('made.docx').read_bytes()", "b'PK'"), "cannot be read"),
        ("sys.stderr.write('x' * 9999); sys.exit(1)", "xxx"),
    ],
)
def test_the_next_program_reads_where_one_fails(script: str, reason: str, alone: Path) -> None:
    install(alone, "soffice", script)
    install(alone, "antiword", "print('工作计划\\n\\n|指标 |目标 |\\n完成')")
    reading = read_bytes(_WORD)
    assert reading.source.reader == "antiword"
    assert texts(reading) == ["工作计划", "|指标 |目标 |", "完成"]
    codes = {warning.code: warning.message for warning in reading.warnings}
    assert set(codes) == {"reader-fallback", "plain-reader"}
    assert reason in codes["reader-fallback"]
    assert left_behind(alone) == []


@posix
def test_catdoc_is_last_and_all_failing_is_an_error(alone: Path) -> None:
    install(alone, "antiword", "sys.exit(1)")
    install(alone, "catdoc", "print('正文')")
    assert read_bytes(_WORD).source.reader == "catdoc"
    install(alone, "catdoc", "")
    with pytest.raises(DamagedFileError) as caught:
        read_bytes(_WORD)
    assert caught.value.code == "damaged-doc"
    assert "antiword did not read it" in caught.value.message


_STAYS = """
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])
pathlib.Path(__file__).with_name('child').write_text(str(child.pid))
time.sleep(60)
"""


@posix
def test_a_program_that_hangs_is_ended_with_its_children(alone: Path) -> None:
    install(alone, "soffice", _STAYS)
    start = time.perf_counter()
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(_WORD, options=Options(max_seconds=2))
    assert time.perf_counter() - start < 20
    assert caught.value.code == "reader-timeout"
    assert left_behind(alone) == []
    assert not is_alive(int((alone / "child").read_text()))


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    status = Path(f"/proc/{pid}/stat")
    for _ in range(50):
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


@posix
@pytest.mark.skipif(sys.platform != "linux", reason="limits are set from outside on Linux only")
@pytest.mark.parametrize(
    "script",
    [
        "open('big', 'wb').write(b'x' * 3_000_000)",
        "sys.stdout.buffer.write(b'x' * 3_000_000)",
        "time.sleep(0.5); x = bytearray(900_000_000)",
        "while True: pass",
    ],
)
def test_limits_of_files_memory_and_processor(script: str, alone: Path) -> None:
    install(alone, "greedy", "time.sleep(0.2)\n" + script)
    options = Options(max_seconds=3, max_expanded_bytes=1_000_000, max_memory_bytes=500_000_000)
    with work_folder() as folder, pytest.raises(ProgramError):
        run_program(Program(str(alone / "greedy"), ()), folder, options)
    assert left_behind(alone) == []


def test_a_program_that_is_not_there() -> None:
    with work_folder() as folder, pytest.raises(ProgramError) as caught:
        run_program(Program(str(folder / "none"), ()), folder, Options())
    assert "cannot be run" in caught.value.reason


def test_no_room_for_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(DocparseError) as caught, work_folder():
        pass
    assert caught.value.code == "no-work-folder"


_HARD = (Path(__file__).parent / "hard.doc").read_bytes()


def by(name: str, data: bytes) -> Reading:
    """The reading by one route alone."""
    return _read_by(tuple(route for route in _DOC_ROUTES if route.name == name)[:1], data, "doc", Options())


def test_a_doc_reads_as_the_docx_it_came_from(alone: Path) -> None:
    reading = read_bytes(_HARD, path="plan.wps")
    want = read_bytes(hard_docx())
    check_laws(reading)
    assert reading.source.reader == "docparse"
    assert reading.source.media_type == "application/msword"
    assert (reading.source.title, reading.source.author) == ("二〇二六年工作计划", "办公室")
    assert reading.source.created is None  # the day that python-docx's template was made
    assert reading.raw == want.raw
    assert [(b.kind, b.level, b.bold, b.size, b.cell) for b in reading.blocks] == [
        (b.kind, b.level, b.bold, b.size, b.cell) for b in want.blocks
    ]
    assert [w.code for w in reading.warnings] == ["tracked-changes"]
    assert reading.warnings == want.warnings


def test_a_level_that_never_restarts_counts_on(alone: Path) -> None:
    """As the articles of a regulation do from chapter to chapter: the flag fNoRestart, which LibreOffice ignores."""
    data = bytearray(_HARD)
    for match in re.finditer("（\x01）".encode("utf-16-le"), _HARD):
        text = match.start() - 2
        for level in range(text - 28, text - 500, -1):  # the level stands before the properties that it has
            if _HARD[level + 6] == 2 and level + 28 + _HARD[level + 24] + _HARD[level + 25] == text:
                data[level + 5] |= 8
                data[level + 26] = 0
                break
    assert "（一）线上" in read_bytes(_HARD).raw
    assert "（三）线上" in read_bytes(bytes(data)).raw


@needs_office
def test_a_doc_by_libreoffice() -> None:
    reading = by("libreoffice", _HARD)
    assert reading.raw == read_bytes(hard_docx()).raw
    assert reading.source.reader == "libreoffice"


@pytest.mark.parametrize("name", ["antiword", "catdoc"])
def test_a_doc_by_the_small_programs(name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    reading = by(name, _HARD)
    check_laws(reading)
    assert reading.source.reader == name
    assert "全年完成投资1200万元，同比增长8.5%。" in reading.raw
    assert "plain-reader" in {warning.code for warning in reading.warnings}


@needs_office
def test_two_conversions_at_once_do_not_meet() -> None:
    readings: list[str] = []
    threads = [threading.Thread(target=lambda: readings.append(by("libreoffice", _HARD).raw)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert readings == [read_bytes(hard_docx()).raw] * 2


@needs_office
def test_nothing_is_fetched_from_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        image = f'<draw:image xlink:href="http://127.0.0.1:{server.getsockname()[1]}/a.png" xlink:actuate="onLoad"/>'
        page = fodt(f'<text:p>完成<draw:frame svg:width="2cm" svg:height="2cm">{image}</draw:frame></text:p>')
        assert convert_to_docx(page, "fodt", str(_OFFICE), Options()).startswith(b"PK")
        with pytest.raises(BlockingIOError):  # nobody has knocked
            server.accept()


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 60)):
        changed[chance.randrange(512, len(changed))] = chance.randrange(256)
    return bytes(changed)


def test_a_broken_doc_is_read_or_refused(alone: Path) -> None:
    chance = random.Random(7)
    whole = [_HARD[:cut] for cut in (600, 700, 5_000, -3_000)]
    codes = set()
    for data in [*whole, *(flipped(_HARD, chance) for _ in range(150))]:
        try:
            check_laws(read_bytes(data))
        except DocparseError as error:
            codes.add(error.code)
    assert codes <= {"damaged-doc", "legacy-office", "legacy-doc", "encrypted"}


def test_text_that_is_there_but_not_counted(alone: Path) -> None:
    """Fields that count are left to LibreOffice; without it the text is read, and the numbers are missing."""
    plain, field = "中间的一段话不在列表里。".encode("utf-16-le"), "\x13AUTONUM\x15话话话".encode("utf-16-le")
    assert _HARD.count(plain) == 1
    data = _HARD.replace(plain, field)
    reading = read_bytes(data)
    assert "numbering-missing" in {warning.code for warning in reading.warnings}
    assert (reading.source.reader, "话话话" in reading.raw) == ("docparse", True)


def test_a_summary_that_lies_costs_nothing() -> None:
    vector = struct.pack("<II", 0x101E, 0xFFFFFFFF)  # four billion texts
    texts_of = struct.pack("<II", 30, 0xFFFFFFFF) + "计划".encode("gb18030")
    places = struct.pack("<IIIIII", 1, 100, 2, 108, 4, 124) + struct.pack("<II", 12, 999_999)
    section = struct.pack("<II", 200, 4) + places
    section = section.ljust(100, b"\0") + struct.pack("<IHH", 2, 936, 0) + texts_of.ljust(16, b"\0") + vector
    summary = b"\xfe\xff\0\0".ljust(44, b"\0") + struct.pack("<I", 48) + section
    start = time.perf_counter()
    assert read_facts(ole({"\x05SummaryInformation": summary})) == Source()  # one date lies outside of the stream
    sound = summary.replace(struct.pack("<II", 12, 999_999), struct.pack("<II", 99, 999_999))
    assert read_facts(ole({"\x05SummaryInformation": sound})).title == "计划"
    assert time.perf_counter() - start < 2
