"""What the bytes are, by their content: media types that can be read, and a named refusal for the rest."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from docparse.errors import DamagedFileError, DocparseError, UnsupportedFormatError
from docparse.readers.doc import ole
from docparse.readers.docx.salvage import find_names
from docparse.readers.limits import damaged_zip

_EXPORT_SHEET = "Export the sheet as text or copy it to a .docx."
_EXPORT_SLIDES = "Export its text or a PDF."
_HEAD_BYTES = 1024

# (leading bytes, code, what it is, what to do)
_REFUSED: tuple[tuple[bytes, str, str, str], ...] = (
    (
        b"%TSD-Header-###%",
        "dlp-encrypted",
        "The file is encrypted by an office data-loss-prevention product.",
        "Decrypt it on a computer that is enrolled there.",
    ),
    (
        b"version https://git-lfs.github.com/spec/",
        "git-lfs-pointer",
        "The file is a Git LFS pointer, not the document.",
        "Fetch the document with `git lfs pull`.",
    ),
    (b"\x89PNG\r\n\x1a\n", "image", "The file is a PNG image.", "Run text recognition (OCR) first."),
    (b"\xff\xd8\xff", "image", "The file is a JPEG image.", "Run text recognition (OCR) first."),
    (b"GIF8", "image", "The file is a GIF image.", "Run text recognition (OCR) first."),
    (b"II*\x00", "image", "The file is a TIFF image.", "Run text recognition (OCR) first."),
    (b"MM\x00*", "image", "The file is a TIFF image.", "Run text recognition (OCR) first."),
    (b"\x1f\x8b", "archive", "The file is a gzip archive.", "Unpack it and parse what is inside."),
    (b"7z\xbc\xaf\x27\x1c", "archive", "The file is a 7-Zip archive.", "Unpack it and parse what is inside."),
    (b"Rar!\x1a\x07", "archive", "The file is a RAR archive.", "Unpack it and parse what is inside."),
    (b"\xfd7zXZ\x00", "archive", "The file is an xz archive.", "Unpack it and parse what is inside."),
    (b"\x7fELF", "binary", "The file is a program.", "Give a document."),
    (b"SQLite format 3\x00", "binary", "The file is a database.", "Export its text first."),
    (b"%!PS", "postscript", "The file is PostScript, which is not read.", "Convert it to PDF."),
)
_RIFF_IMAGES = (b"WEBP",)
# (a member's name or its beginning, code, what it is, what to do)
_REFUSED_ZIPS: tuple[tuple[str, str, str, str], ...] = (
    ("xl/", "spreadsheet", "The file is an Excel workbook.", _EXPORT_SHEET),
    ("ppt/", "presentation", "The file is a PowerPoint presentation.", _EXPORT_SLIDES),
    ("META-INF/container.xml", "epub", "The file is an EPUB book.", "Give its HTML pages one by one."),
    ("content.xml", "opendocument-other", "The file is an OpenDocument file, but no text document.", ole.SAVE_AS_DOCX),
)
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MANIFEST_ROOT = re.compile(rb'media-type="(application/[a-z.-]{1,80}opendocument[a-z.-]{1,40})"')
# Other kinds of OpenDocument; where neither the package nor its manifest says one of them, content.xml is asked.
_ODF_OTHERS = tuple(
    b"application/vnd.oasis.opendocument." + kind
    for kind in (b"spreadsheet", b"presentation", b"graphics", b"chart", b"formula", b"image", b"base", b"database")
)
_ODT_TYPES = (b"application/vnd.oasis.opendocument.text", b"application/x-vnd.oasis.opendocument.text")
_FLAT_WORD = (
    b'progid="Word.Document"',
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
    b"http://schemas.microsoft.com/office/word/2003/wordml",
)
# 亿赛通 (E-SafeNet) puts these bytes and its name before what it encrypts.
_SAFENET = b"b\x14#e"
_WORD_MAIN = re.compile(r"/{0,2}word/document\d{0,4}\.xml", re.IGNORECASE)
_ZIP_MARK = b"PK\x03\x04"
_JUNK_BYTES = 4_096  # a byte order mark, or the head of an HTTP answer, before a package
_MOST_NAMES = 5_000
_HTML_STRONG = re.compile(rb"<(?:!doctype\s{1,8}html|html|head|body)[\s>]", re.IGNORECASE)
_HTML_WEAK = re.compile(rb"<(?:p|div|br|table|td|tr|span|h[1-6]|ul|li|a|meta|font|center)[\s/>]", re.IGNORECASE)
_MAIL_HEAD_BYTES = 8192
_MAIL_FIELD = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_MIME_VERSION = re.compile(rb"^mime-version[ \t]{0,8}:", re.IGNORECASE | re.MULTILINE)
_MAIL_TYPE = re.compile(
    rb"^content-type[ \t]{0,8}:\s{0,8}(?:multipart/(?:related|mixed|alternative)|text/html)",
    re.IGNORECASE | re.MULTILINE,
)
_TEXT_SUFFIXES = ("txt", "text", "md", "markdown", "mdown", "mkd")
_HTML_SUFFIXES = ("html", "htm", "xhtml", "shtml")
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_MARKDOWN_HEADING = re.compile(r"^#{1,6} {1,4}\S", re.MULTILINE)
# The row under the head of a pipe table is nothing else: | --- | :-: |
_MARKDOWN_TABLE = re.compile(r"^\|(?:[ \t]{0,9}:?-{2,60}:?[ \t]{0,9}\|){2,30}[ \t]{0,9}\r?$", re.MULTILINE)
_MARKDOWN_OTHER = re.compile(r"^(?:\|[ :|-]{3,400}\|[ \t]{0,4}$|```|[-*+] \*\*|> \S|\d{1,3}\. \*\*)", re.MULTILINE)


def check_readable(data: bytes) -> None:
    """Nothing, if the bytes may be a document; otherwise an error that names what they are.

    Raises:
        DamagedFileError: empty, or encrypted.
        UnsupportedFormatError: a format that is not read, or no text at all.
    """
    if not data:
        raise DamagedFileError("empty-file", "The file is empty (0 bytes).", "Check the download or the export.")
    for magic, code, what, advice in _REFUSED:
        if data.startswith(magic):
            kind = DamagedFileError if code in ("dlp-encrypted", "git-lfs-pointer") else UnsupportedFormatError
            raise kind(code, what, advice)
    if data.startswith(_SAFENET) and b"E-SafeNet" in data[:_HEAD_BYTES]:
        raise DamagedFileError(
            "dlp-encrypted", "The file is encrypted by E-SafeNet.", "Decrypt it on a computer that is enrolled there."
        )
    if data.startswith(ole.MAGIC):
        _check_ole(data)
    if data.startswith(b"RIFF") and data[8:12] in _RIFF_IMAGES:
        raise UnsupportedFormatError("image", "The file is a WebP image.", "Run text recognition (OCR) first.")
    if data.startswith(b"BM") and len(data) > 30 and data[6:10] == b"\0\0\0\0":
        raise UnsupportedFormatError("image", "The file is a BMP image.", "Run text recognition (OCR) first.")
    if data.startswith(b"PK") and not is_docx(data, None) and not is_odt(data, None):
        raise _name_zip(data)


def _check_ole(data: bytes) -> None:
    kind = ole.ole_kind(data)
    if kind in ("locked", "locked-word") or (kind == "damaged" and _LOCKED_STREAM in data):
        raise ole.locked()
    if kind == "spreadsheet":
        raise UnsupportedFormatError("spreadsheet", "The file is an old Excel or WPS workbook.", _EXPORT_SHEET)
    if kind == "presentation":
        raise UnsupportedFormatError("presentation", "The file is an old PowerPoint presentation.", _EXPORT_SLIDES)
    if kind == "other" or (kind == "damaged" and ole.WORD_STREAM not in data):
        raise UnsupportedFormatError(
            "legacy-office", "The file is a compound file of old Office, and no text document.", ole.SAVE_AS_DOCX
        )


def _name_zip(data: bytes) -> DocparseError:
    names = _zip_names(data)
    if names is None:
        return damaged_zip(zipfile.BadZipFile())
    kind = _zip_mimetype(data)
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return UnsupportedFormatError("spreadsheet", "The file is an OpenDocument spreadsheet.", _EXPORT_SHEET)
    if kind.startswith(b"application/vnd.oasis.opendocument.presentation"):
        return UnsupportedFormatError("presentation", "The file is an OpenDocument presentation.", _EXPORT_SLIDES)
    for beginning, code, what, advice in _REFUSED_ZIPS:
        if any(name.startswith(beginning) for name in names):
            return UnsupportedFormatError(code, what, advice)
    if "[Content_Types].xml" in names:
        return DamagedFileError(
            "docx-without-document",
            "The Office package has no word/document.xml.",
            "Get a whole copy of the file, or open it in Word and save it again.",
        )
    return UnsupportedFormatError("archive", "The file is a zip archive.", "Unpack it and parse what is inside.")


def _zip_names(data: bytes) -> list[str] | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return package.namelist()
    except Exception:  # BadZipFile, struct.error, UnicodeDecodeError, OverflowError: all mean a broken directory
        return None


def _zip_mimetype(data: bytes) -> bytes:
    """What the member `mimetype` of a package says, or its manifest where it was zipped again by hand; else empty."""
    found = _zip_head(data, "mimetype").strip()
    if found:
        return found
    root = _MANIFEST_ROOT.search(_zip_head(data, "META-INF/manifest.xml"))
    return root[1] if root else b""


def _zip_head(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package, package.open(name) as stream:
            return stream.read(_HEAD_BYTES)
    except Exception:  # KeyError, and whatever a broken zip raises
        return b""


def is_pdf(data: bytes, path: str | None) -> bool:
    """True where the PDF mark stands in the first 1,024 bytes, which is where readers look for it."""
    return b"%PDF-" in data[:_HEAD_BYTES]


def is_docx(data: bytes, path: str | None) -> bool:
    """True where the bytes are a zip package with a Word document in it, behind a little junk or without directory.

    Raises:
        DamagedFileError: the bytes begin like a package, but the zip directory is gone and no Word part is named.
    """
    if data.find(_ZIP_MARK, 0, _JUNK_BYTES) < 0 and not data.startswith(b"PK"):
        return False
    names = _zip_names(data)
    lost = names is None
    if names is None:
        names = find_names(data, _MOST_NAMES)
    found = any(_WORD_MAIN.fullmatch(name.replace("\\", "/")) for name in names)
    if lost and not found and data.startswith(b"PK"):
        raise damaged_zip(zipfile.BadZipFile())
    return found


def is_odt(data: bytes, path: str | None) -> bool:
    """True where the bytes are a zip package with an OpenDocument text, template or master document in it.

    A package that was zipped again by hand may have lost what says so: then its content is that of OpenDocument, and
    the reader sees whether it is a text.
    """
    if not data.startswith(b"PK"):
        return False
    kind = _zip_mimetype(data)
    if kind.startswith(_ODT_TYPES):
        return True
    head = _zip_head(data, "content.xml")
    return b":document-content" in head and b":opendocument:" in head and not kind.startswith(_ODF_OTHERS)


def is_fodt(data: bytes, path: str | None) -> bool:
    """True where the head of the file is that of an OpenDocument text in one XML file."""
    head = _xml_head(data)
    return b":opendocument:xmlns:office:" in head and b"<office:document" in head and b".text" in head


def is_word_xml(data: bytes, path: str | None) -> bool:
    """True where the head of the file is that of a Word document in one XML file."""
    head = _xml_head(data)
    return any(mark in head for mark in _FLAT_WORD) and (b":package" in head or b":wordDocument" in head)


def _xml_head(data: bytes) -> bytes:
    """The first bytes of an XML file, UTF-16 with its NUL bytes left out; empty for anything else."""
    head = data[: 4 * _HEAD_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head if head.startswith(b"<") else b""


def is_rtf(data: bytes, path: str | None) -> bool:
    """True where the mark of Rich Text Format stands at the head, behind a byte order mark or white space at most."""
    return data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def is_doc(data: bytes, path: str | None) -> bool:
    """True where the bytes are a binary Word document; what else compound files hold has been refused."""
    return ole.is_old_word(data) or (data.startswith(ole.MAGIC) and not is_works(data, path))


def is_works(data: bytes, path: str | None) -> bool:
    """True where the bytes are a document of Microsoft Works."""
    return data.startswith(ole.MAGIC) and ole.ole_kind(data) == "works"


def is_mhtml(data: bytes, path: str | None) -> bool:
    """True where the file begins with the header of a mail message that holds a page, as web archives do."""
    head = data[:_MAIL_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    first = _MAIL_FIELD.match(head)
    if first is None or _MIME_VERSION.search(head) is None:
        return False
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return _MIME_VERSION.search(header) is not None and _MAIL_TYPE.search(header) is not None


def is_html(data: bytes, path: str | None) -> bool:
    """True where the head of the file has the tags of a page. UTF-16 is looked at with its NUL bytes left out.

    Text that only holds some tags (crawled text, Markdown) is text where its name says so, or where they are few.
    """
    head = data[:65536].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    begins_with_tag = head.startswith(b"<")
    if begins_with_tag and _HTML_STRONG.search(head[:8192]):
        return True
    suffix = "" if path is None else path.lower().rpartition(".")[2]
    if suffix in _TEXT_SUFFIXES:
        return False
    found = len(_HTML_WEAK.findall(head[:16384]))
    return found >= (1 if suffix in _HTML_SUFFIXES else 2 if begins_with_tag else 12)


def is_markdown(text: str, path: str | None) -> bool:
    """True where the name ends in .md, or the text itself has strong evidence: headings and more Markdown.

    >>> is_markdown("# 计划\\n\\n## 目标\\n\\n完成。", None), is_markdown("#1 楼 2 层", None)
    (True, False)
    """
    if path is not None and path.lower().endswith(_MARKDOWN_SUFFIXES):
        return True
    head = text[:100_000]
    if _MARKDOWN_TABLE.search(head):
        return True
    headings = len(_MARKDOWN_HEADING.findall(head))
    others = len(_MARKDOWN_OTHER.findall(head))
    return headings >= 2 or (headings >= 1 and others >= 1) or others >= 4
