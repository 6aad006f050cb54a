"""What strangers send: each is read, or refused with a reason, in bounded time."""

from __future__ import annotations

import io
import random
import time
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from fuzz_worker import Case, Limits, run_block, warm_up
from hostile_files import HOSTILE, Hostile
from reader_laws import check_laws

from docparse.errors import (
    DamagedFileError,
    DocparseError,
    LimitExceededError,
    OptionError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from docparse.options import Options
from docparse.readers import FORMATS, read_bytes, read_path

_SECONDS = 5.0
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(main: bytes | str) -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    result = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, main if name == "word/document.xml" else old.read(name))
    return result.getvalue()


def body(xml: str) -> bytes:
    return package(f"<w:document {_W}><w:body>{xml}</w:body></w:document>")


def many_members() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package_file:
        for index in range(5_100):
            package_file.writestr(f"word/x{index}.xml", "")
        package_file.writestr("word/document.xml", "<a/>")
    return stream.getvalue()


def pdf(*objects: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, entry in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def stream_object(data: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(data), data)


def form(data: bytes, forms: bytes = b"") -> bytes:
    return stream_object(data, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%s>>>>" % forms)


_CATALOG = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
)
_OPERATORS = zlib.compress(b"0 0 m " * 16_000_000, 9)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAG = b"<html><p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">x"
_DOUBLING = (form(b"/A Do /A Do", b"/A %d 0 R" % (6 + i)) for i in range(28))
_WHOLE = package(f"<w:document {_W}><w:body/></w:document>")

REFUSED: dict[str, tuple[bytes, type[DocparseError], str]] = {
    "empty": (b"", DamagedFileError, "empty-file"),
    "only nuls": (b"\0" * 10_000, UnsupportedFormatError, "binary"),
    "random bytes": (random.Random(1).randbytes(50_000), UnsupportedFormatError, "binary"),
    "locked office": (_OLE + "EncryptedPackage".encode("utf-16-le"), DamagedFileError, "encrypted"),
    "dlp": (b"%TSD-Header-###%\x01\x02", DamagedFileError, "dlp-encrypted"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", DamagedFileError, "git-lfs-pointer"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", UnsupportedFormatError, "image"),
    "flat word xml": (
        b'<?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="x"/>',
        DamagedFileError,
        "damaged-xml",
    ),
    "web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x", DamagedFileError, "damaged-mhtml"),
    "truncated docx": (_WHOLE[:400], DamagedFileError, "damaged-zip"),
    "bomb": (package(b"<a>" + b" " * 100_000_000 + b"</a>"), LimitExceededError, "expansion-bomb"),
    "many members": (many_members(), LimitExceededError, "too-many-entries"),
    "deep xml": (body("<w:ins>" * 50_000 + "</w:ins>" * 50_000), LimitExceededError, "too-deep"),
    "entities": (package('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), DamagedFileError, "xml-entities"),
    "no document": (package("<a/>"), DamagedFileError, "damaged-docx"),
    "attributes": (_TAG, LimitExceededError, "too-many-attributes"),
    "open quotes": (b"<html><body>" + b"<a \"'" * 200_000, LimitExceededError, "too-many-attributes"),
    "pdf head": (b"%PDF-1.7\n", DamagedFileError, "damaged-pdf"),
    "pdf garbage": (b"%PDF-1.7\n" + random.Random(2).randbytes(3_000_000), DamagedFileError, "damaged-pdf"),
    "pdf bomb": (
        pdf(*_CATALOG, stream_object(_OPERATORS, b"/Filter/FlateDecode"), form(b"")),
        LimitExceededError,
        "expansion-bomb",
    ),
    "pdf nested bomb": (
        pdf(*_CATALOG, stream_object(zlib.compress(_OPERATORS), b"/Filter[/FlateDecode/FlateDecode]"), form(b"")),
        LimitExceededError,
        "expansion-bomb",
    ),
    "pdf form in itself": (
        pdf(*_CATALOG, stream_object(b"/F Do"), form(b"/F Do", b"/F 5 0 R")),
        LimitExceededError,
        "expansion-bomb",
    ),
    "pdf doubling forms": (
        pdf(*_CATALOG, stream_object(b"/F Do"), *_DOUBLING, form(b"")),
        LimitExceededError,
        "expansion-bomb",
    ),
    "pdf page cycle": (
        pdf(_CATALOG[0], b"<</Type/Pages/Kids[2 0 R]/Count 1>>", _CATALOG[2]),
        DamagedFileError,
        "damaged-pdf",
    ),
}  # fmt: skip

READ: dict[str, bytes] = {
    "white space": b" \n\t\r\n",
    "nuls between": "计划\0完成".encode() * 1000,
    "one line of 10 MB": ("完成任务" * 850_000).encode(),
    "utf-16 with a lone surrogate": b"\xff\xfe"
    + "计划".encode("utf-16-le") * 50
    + b"\x00\xd8"
    + "完成".encode("utf-16-le") * 50,
    "docx without tail": _WHOLE[:-30],
    "many runs": body("<w:p>" + "<w:r><w:t>完成</w:t></w:r>" * 100_000 + "</w:p>"),
    "wide cell": body('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="50000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'),
    "deep div": ("<html><body>" + "<div>" * 200_000 + "完成任务").encode(),
    "open p": ("<html><body>" + "<p>完" * 200_000).encode(),
    "open tables": ("<html><body>" + "<table><tr><td>完" * 20_000).encode(),
    "huge spans": ("<html><table><tr>" + "<td rowspan=9999 colspan=9999>完" * 1_000).encode(),
    "open comments": b"<html><body>" + b"<!--" * 300_000,
    "less-than signs": b"<html><body>" + b"<" * 2_000_000,
    "lost quote": ('<html><body><p class=a">完</p>' + "<p style='font: a b c d' id=\"e f\">成</p>" * 2_000).encode(),
    "open values": b"<html><body>" + b'<a b="x>' * 100_000 + b"<a b='y>" * 100_001,
    "long attribute": b'<html><body><a title="' + b"x" * 4_000_000 + b'">y',
    "html nul": "<html><body><p>完\0成\x01任务</p>".encode(),
    "pipes": ("# 计划\n\n## 目标\n" + "|" * 1_000_000).encode(),
    "delimiters": ("# 计划\n\n## 目标\n|a\n|" + "-|" * 300_000).encode(),
    "hashes": ("# 计划\n\n## 目标\n" + "# " * 500_000).encode(),
    "spaces": b" " * 3_000_000 + b"x",
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name: str) -> None:
    data, kind, code = REFUSED[name]
    start = time.process_time()
    with pytest.raises(kind) as caught:
        read_bytes(data)
    assert time.process_time() - start < _SECONDS
    assert caught.value.code == code
    assert caught.value.message
    assert caught.value.advice


@pytest.mark.parametrize("name", READ)
def test_read_in_bounded_time(name: str) -> None:
    start = time.process_time()
    reading = read_bytes(READ[name])
    assert time.process_time() - start < _SECONDS
    check_laws(reading)


@pytest.fixture(scope="module")
def _warm() -> None:
    warm_up([_WHOLE, pdf(*_CATALOG, stream_object(b"BT ET"), form(b"")), b"<html><p>x</p></html>"])


@pytest.mark.usefixtures("_warm")
@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.name)
def test_costs_little_and_harms_nobody(case: Hostile, request: pytest.FixtureRequest) -> None:
    """In a process of its own, with the memory of the machine out of its reach."""
    if case.known:
        request.applymarker(pytest.mark.xfail(strict=True, reason=case.known))
    limits = Limits(case.seconds, case.megabytes, hang_seconds=60 + case.seconds)
    outcome = next(run_block([Case(0, case.make(), limits)]))
    assert outcome.kind in ("read", "refused"), f"{outcome.signature}: {outcome.detail}"
    if outcome.kind == "read":
        assert case.read
    else:
        assert not case.codes or outcome.signature in case.codes


def test_bytes_flipped_anywhere_raise_only_our_errors() -> None:
    chance = random.Random(3)
    whole = body("<w:p><w:r><w:t>完成任务</w:t></w:r></w:p>")
    sources = [whole, pdf(*_CATALOG, stream_object(b"BT ET"), form(b"")), "<html><body><p>完成".encode() * 20]
    for source in sources:
        for _ in range(60):
            data = bytearray(source)
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                check_laws(read_bytes(bytes(data[: chance.randrange(1, len(data) + 1)])))
            except DocparseError as error:
                assert error.code


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_path(tmp_path / "missing.txt")
    with pytest.raises(UnreadableFileError):
        read_path(tmp_path)
    with pytest.raises(UnreadableFileError):
        read_path("a\0b")
    (tmp_path / "a.docx").write_text("完成任务", encoding="utf-8")
    reading = read_path(tmp_path / "a.docx")
    assert reading.source.media_type == "text/plain"  # what it is, not what its name says
    assert reading.source.path == str(tmp_path / "a.docx")
    with pytest.raises(LimitExceededError):
        read_path(tmp_path / "a.docx", options=Options(max_bytes=5))


def test_limits_of_characters_and_media_type() -> None:
    with pytest.raises(LimitExceededError):
        read_bytes("完成任务".encode(), options=Options(max_characters=3))
    with pytest.raises(OptionError):
        read_bytes(b"x", options=Options(media_type="text/unknown"))
    forced = read_bytes("<p>计划</p>".encode(), options=Options(media_type="text/plain"))
    assert forced.raw == "<p>计划</p>"
    for entry in FORMATS:
        with pytest.raises(DamagedFileError):
            read_bytes(b"", options=Options(media_type=entry.media_type))
        try:
            read_bytes(b"junk \xff\x00", options=Options(media_type=entry.media_type))
        except DocparseError as error:
            assert error.code
