"""What the bytes are, by their content: media types that can be read, and a named refusal for the rest."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from docparse.errors import DamagedFileError, DocparseError, UnsupportedFormatError
from docparse.readers.limits import damaged_zip

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MHTML = "multipart/related"
CSV = "text/csv"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SAVE_AS_DOCX = "Open it in Word, WPS or LibreOffice, save it as .docx, and parse that."
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
    (b"{\\rtf", "rtf", "The file is Rich Text Format, which is not read.", _SAVE_AS_DOCX),
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
    ("xl/", "spreadsheet", "The file is an Excel workbook.", "Export the sheet as text or copy it to a .docx."),
    ("ppt/", "presentation", "The file is a PowerPoint presentation.", "Export its text or a PDF."),
    ("META-INF/container.xml", "epub", "The file is an EPUB book.", "Give its HTML pages one by one."),
    ("content.xml", "odt", "The file is an OpenDocument file, which is not read.", _SAVE_AS_DOCX),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
    if b'<?mso-application progid="Word.Document"?>' in data[:_HEAD_BYTES]:
        raise UnsupportedFormatError("word-xml", "The file is a Word document as flat XML.", _SAVE_AS_DOCX)
    if data.startswith(_OLE):
        raise _name_ole(data)
    if data.startswith(b"RIFF") and data[8:12] in _RIFF_IMAGES:
        raise UnsupportedFormatError("image", "The file is a WebP image.", "Run text recognition (OCR) first.")
    if data.startswith(b"BM") and len(data) > 30 and data[6:10] == b"\0\0\0\0":
        raise UnsupportedFormatError("image", "The file is a BMP image.", "Run text recognition (OCR) first.")
    if data.startswith(b"PK") and not is_docx(data, None):
        raise _name_zip(data)


def _name_ole(data: bytes) -> DocparseError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return DamagedFileError(
            "encrypted", "The Office file is encrypted with a password.", "Remove the password in Word and save it."
        )
    if "WordDocument".encode("utf-16-le") in data:
        return UnsupportedFormatError(
            "legacy-doc", "The file is a Word 97-2003 document (.doc), which is not read.", _SAVE_AS_DOCX
        )
    return UnsupportedFormatError(
        "legacy-office", "The file is a compound file of old Office or WPS, which is not read.", _SAVE_AS_DOCX
    )


def _name_zip(data: bytes) -> DocparseError:
    names = _zip_names(data)
    if names is None:
        return damaged_zip(zipfile.BadZipFile())
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


def is_pdf(data: bytes, path: str | None) -> bool:
    """True where the PDF mark stands in the first 1,024 bytes, which is where readers look for it."""
    return b"%PDF-" in data[:_HEAD_BYTES]


def is_docx(data: bytes, path: str | None) -> bool:
    """True where the bytes are a zip package with a Word document in it.

    Raises:
        DamagedFileError: the bytes begin like a Word package, but the zip directory is gone.
    """
    if not data.startswith(b"PK"):
        return False
    names = _zip_names(data)
    if names is None:
        raise damaged_zip(zipfile.BadZipFile())
    return any(name.lstrip("/").lower() == "word/document.xml" for name in names)


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
