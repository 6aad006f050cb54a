"""PDFs that are encrypted, cut off or broken: read with a warning, or refused with a reason, in bounded time."""

from __future__ import annotations

import base64
import io
import time
import zlib
from collections.abc import Callable

import pytest
from pdf_pages import column, draw, lines, read, text_of
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas
from test_hostile import pdf, stream_object

from docparse.errors import DamagedFileError, DocparseError, LimitExceededError
from docparse.options import Options
from docparse.readers import read_bytes
from docparse.readers.pdf import guard as pdf_guard
from docparse.readers.pdf.mend import PasswordNeededError, mend_pdf
from docparse.readers.pdf.streams import read_base_85

TEXT = "全年完成投资36万元。"


def page(canvas: Canvas) -> None:
    lines(canvas, [TEXT], 70, 780)
    column(canvas, text_of(200), 70, 750, 38)


PLAIN = draw(page, page, page)


def locked(algorithm: str, user: str, owner: str | None = "owner") -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(PLAIN)))
    writer.encrypt(user_password=user, owner_password=owner, algorithm=algorithm)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


ALGORITHMS = ["RC4-40", "RC4-128", "AES-128", "AES-256"]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_file_with_an_owner_s_password_only_is_read(algorithm: str) -> None:
    if algorithm.startswith("AES"):
        pytest.importorskip("cryptography", reason="pypdf writes AES with cryptography")
    assert read(locked(algorithm, "")).raw.startswith(TEXT)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_file_with_a_password_is_refused(algorithm: str) -> None:
    if algorithm.startswith("AES"):
        pytest.importorskip("cryptography", reason="pypdf writes AES with cryptography")
    with pytest.raises(DamagedFileError) as caught:
        read_bytes(locked(algorithm, "secret"))
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize("algorithm", ["AES-128", "AES-256"])
def test_aes_is_opened_without_cryptography(algorithm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cryptography", reason="pypdf writes AES with cryptography")
    from pypdf.errors import DependencyError

    plain, secret = locked(algorithm, ""), locked(algorithm, "secret")
    inspect = pdf_guard._inspect

    def without(data: bytes, options: Options) -> pdf_guard.Facts:
        if b"/Encrypt" in data:
            raise DependencyError("cryptography>=3.1 is required for AES algorithm")
        return inspect(data, options)

    monkeypatch.setattr(pdf_guard, "_inspect", without)
    assert read(plain).raw.startswith(TEXT)
    with pytest.raises(DamagedFileError) as caught:
        read_bytes(secret)
    assert caught.value.code == "encrypted"


def test_the_mender_says_that_a_password_is_wanted() -> None:
    with pytest.raises(PasswordNeededError):
        mend_pdf(locked("RC4-128", "secret"), Options())
    assert mend_pdf(b"%PDF-1.4 nothing", Options()) is None
    copy = mend_pdf(locked("RC4-128", ""), Options())
    assert copy is not None and b"/Encrypt" not in copy


@pytest.mark.parametrize("share", [0.7, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(share: float) -> None:
    reading = read(PLAIN[: int(len(PLAIN) * share)], warned=True)
    assert "pdf-damaged" in [warning.code for warning in reading.warnings]
    assert reading.raw.startswith(TEXT)


def test_a_cut_file_with_its_objects_in_streams() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(PLAIN)))
    stream = io.BytesIO()
    writer.write(stream)
    plain = stream.getvalue()
    first = plain.index(b"1 0 obj")
    body = plain[first : plain.rindex(b"xref\n", 0, plain.rindex(b"startxref"))]
    objects = [part.split(b" 0 obj", 1) for part in body.split(b"endobj") if b" 0 obj" in part]
    packed = [(number.strip(), rest.strip()) for number, rest in objects if b"stream" not in rest]
    kept = [(number.strip(), rest.strip()) for number, rest in objects if b"stream" in rest]
    head, inside = b"", b""
    for number, rest in packed:
        head += b"%s %d " % (number, len(inside))
        inside += rest + b"\n"
    data = zlib.compress(head + inside)
    extra = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(packed), len(head))
    cut = b"%PDF-1.5\n" + b"".join(b"%s 0 obj\n%s\nendobj\n" % entry for entry in kept)
    cut += b"900 0 obj\n" + stream_object(data, extra) + b"\nendobj\n901 0 obj\n<</Type/XRef/Len"
    reading = read(cut, warned=True)
    assert [warning.code for warning in reading.warnings] == ["pdf-damaged"]
    assert reading.raw.startswith(TEXT)


@pytest.mark.parametrize("lost", [b"startxref\n", b"xref\n0"])
def test_a_lost_table_of_objects(lost: bytes) -> None:
    reading = read(PLAIN.replace(lost, b"?" * len(lost)), warned=True)
    assert reading.raw.startswith(TEXT) and reading.source.pages == 3


_CATALOG = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
_SHOWN = stream_object(b"BT /F1 12 Tf 70 700 Td <0123> Tj ET")
_RANGES = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <00000000> <7FFFFFFF> <0041> endbfrange endcmap end"
)
_BOMB = zlib.compress(b"0 0 m " * 16_000_000, 9)


def _font(to_unicode: bytes) -> bytes:
    return (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode %s>>" % to_unicode
    )


_INNER = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>"
HOSTILE = {
    "ranges of two thousand million": pdf(*_CATALOG, _PAGE, _SHOWN, _font(b"6 0 R"), stream_object(_RANGES), _INNER),
    "a bomb as a character map": pdf(
        *_CATALOG, _PAGE, _SHOWN, _font(b"6 0 R"), stream_object(_BOMB, b"/Filter/FlateDecode"), _INNER
    ),
    "deep arrays in the page": pdf(*_CATALOG, _PAGE, stream_object(b"[" * 200_000), _font(b"null"), b"null", _INNER),
    "a deep array as an object": pdf(
        *_CATALOG, _PAGE, b"[" * 100_000 + b"]" * 100_000, _font(b"null"), b"null", _INNER
    ),
    "a count that lies": pdf(
        _CATALOG[0], b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", _PAGE, _SHOWN, _font(b"null"), b"null", _INNER
    ),
    "a length that lies": pdf(
        *_CATALOG, _PAGE, b"<</Length 9999999999>>stream\nBT ET\nendstream", _font(b"null"), b"null", _INNER
    ),
    "no table and much garbage": b"%PDF-1.4\n" + b"1 0 obj <<" * 100_000,
    "many objects that are cut": b"%PDF-1.4\n" + b"1 0 obj <</Type/Page/ObjStm/N 9/First 9>>stream" * 20_000,
    "a bomb in an object stream": b"%PDF-1.5\n7 0 obj\n"
    + stream_object(_BOMB, b"/Type/ObjStm/N 9/First 90/Filter/FlateDecode"),
    "an outline a million deep": pdf(
        b"<</Type/Catalog/Pages 2 0 R/Outlines<</First 7 0 R>>>>",
        _CATALOG[1],
        _PAGE,
        _SHOWN,
        _font(b"null"),
        b"null",
        b"<</Title(a)/First 7 0 R/Next 7 0 R/Dest[3 0 R]>>",
    ),
    "a previous table that is itself": pdf(*_CATALOG, _PAGE, _SHOWN, _font(b"null"), b"null", _INNER).replace(
        b"/Root 1 0 R", b"/Root 1 0 R/Prev 500"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon(name: str) -> None:
    start = time.monotonic()
    try:
        reading = read_bytes(HOSTILE[name], options=Options(recognise=False))
        assert len(reading.raw) < 1_000
    except DocparseError as error:
        assert error.code in ("damaged-pdf", "expansion-bomb", "too-deep", "too-many-pages")
    assert time.monotonic() - start < 15


def scattered(canvas: Canvas) -> None:
    for number in range(20_000):
        canvas.drawString(50 + number * 7919 % 500, 50 + number * 104_729 % 740, "字")


def framed(canvas: Canvas) -> None:
    for number in range(2_000):
        canvas.rect(50 + number % 50 * 10, 50 + number // 50 * 18, 8, 14)
        canvas.drawString(50 + number % 50 * 10, 54 + number // 50 * 18, "字")


def leaning(canvas: Canvas) -> None:
    canvas.rotate(30)
    for row in range(200):
        canvas.drawString(50, 600 - 3 * row, text_of(60, row))


def columns(canvas: Canvas) -> None:
    for row in range(140):
        for place in range(10):
            canvas.drawString(50 + 50 * place, 790 - 5 * row, text_of(4, row))


@pytest.mark.parametrize("draw_page", [scattered, framed, leaning, columns])
def test_pages_that_are_hard_to_order_end_soon(draw_page: Callable[[Canvas], None]) -> None:
    start = time.monotonic()
    reading = read_bytes(draw(draw_page, draw_page))
    assert len("".join(reading.raw.split())) > 5_000 or draw_page is framed
    assert time.monotonic() - start < 15


def test_a_paragraph_without_end_takes_linear_time() -> None:
    def endless(canvas: Canvas) -> None:
        column(canvas, text_of(45 * 38), 60, 800, 45, size=10, leading=15)

    reading = read_bytes(draw(*[endless] * 40))
    assert max(block.end - block.start for block in reading.blocks) < 60_000
    assert len(reading.raw.replace("\n", "")) == 45 * 38 * 40


def damaged(data: bytes, page_number: int, spoil: Callable[[bytes], bytes], filters: str = "/FlateDecode") -> bytes:
    """The file with the packed content of a page spoilt."""
    from pypdf.generic import EncodedStreamObject, NameObject

    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    target = writer.pages[page_number - 1]
    content = target.get_contents()
    assert content is not None
    packed = EncodedStreamObject()
    packed._data = spoil(zlib.compress(content.get_data()))
    packed[NameObject("/Filter")] = NameObject(filters)
    target[NameObject("/Contents")] = writer._add_object(packed)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda packed: packed[: len(packed) // 2] + b"\xff" * 40 + packed[len(packed) // 2 + 40 :],
        lambda packed: packed[: len(packed) // 2],
        lambda packed: packed[:-3] + bytes([packed[-3] ^ 1]) + packed[-2:],
    ],
    ids=["in the middle", "cut", "wrong checksum"],
)
def test_contents_damaged_inside_are_warned_of_with_their_pages(spoil: Callable[[bytes], bytes]) -> None:
    reading = read_bytes(damaged(PLAIN, 2, spoil))
    warning = next(each for each in reading.warnings if each.code == "pdf-damaged")
    assert warning.message.endswith(": 2.")
    assert reading.raw.startswith(TEXT)


@pytest.mark.parametrize(
    "spoil",
    [lambda packed: packed, lambda packed: packed[:-4], lambda packed: b"\r\n" + packed, lambda packed: packed + b"\r"],
    ids=["whole", "without checksum", "blank before", "blank behind"],
)
def test_near_miss_whole_contents_are_not_warned_of(spoil: Callable[[bytes], bytes]) -> None:
    assert "pdf-damaged" not in [each.code for each in read_bytes(damaged(PLAIN, 2, spoil)).warnings]


@pytest.mark.parametrize("size", [0, 1, 3, 4, 5, 1000, 1003])
def test_base_85_is_read_as_the_standard_library_reads_it(size: int) -> None:
    data = bytes(n * n % 251 for n in range(size)) + b"\0" * 8
    written = base64.a85encode(data, adobe=True, wrapcol=70)
    assert read_base_85(written) == data
    assert read_base_85(written[2:]) == data


def test_fonts_are_measured_and_ordinary_ones_pass() -> None:
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject

    def font(size: int) -> DictionaryObject:
        packed: StreamObject = DecodedStreamObject()
        packed.set_data(b"\0" * size)
        return DictionaryObject({NameObject("/ToUnicode"): packed.flate_encode()})

    for size, fits in ((1_000_000, True), (40_000_000, False)):
        known = pdf_guard._Fonts(set(), 100_000_000)
        resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font(size)})})
        if fits:
            pdf_guard._check_fonts(resources, known)
            assert known.room == 100_000_000 - size
            continue
        with pytest.raises(LimitExceededError) as caught:
            pdf_guard._check_fonts(resources, known)
        assert caught.value.code == "expansion-bomb"
