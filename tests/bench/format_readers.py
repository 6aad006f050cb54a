"""The readers that the bench of formats runs: docparse's, and each peer as its own documentation calls it."""

from __future__ import annotations

import importlib.util
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

# Its own profile, so that an office that is open, or runs for somebody else, does not take the work over.
SOFFICE = (
    "soffice",
    f"-env:UserInstallation=file://{tempfile.gettempdir()}/docparse-bench-profile",
    "--headless",
)
_LONG_SECONDS = 4.0


class Reader(NamedTuple):
    """A reader's name, the module or program that it needs, and what gives the text of a file."""

    name: str
    needs: str
    read: Callable[[Path], str]


def is_installed(needs: str) -> bool:
    """True where the program is on PATH, or the module can be imported."""
    return shutil.which(needs) is not None or importlib.util.find_spec(needs) is not None


def measure(kind: str, name: str, path: str, rounds: int) -> dict[str, Any]:
    """CPU milliseconds, megabytes and text of one file in this process, which has read nothing before."""
    reader = next(reader for reader in READERS[kind] if reader.name == name)
    before = _status("VmRSS")
    spent, text = _timed(reader, Path(path))
    best = spent
    if spent < _LONG_SECONDS and reader.needs not in _PROGRAMS:
        best = min(_timed(reader, Path(path))[0] for _ in range(rounds))
    own = max(_status("VmHWM") - before, 0.0)
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"milliseconds": best * 1_000, "megabytes": max(own, others), "text": text}


def _timed(reader: Reader, path: Path) -> tuple[float, str]:
    start = _cpu_seconds()
    text = reader.read(path)
    return _cpu_seconds() - start, text


def _cpu_seconds() -> float:
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def _status(name: str) -> float:
    """A line of /proc/self/status in MB; 0 where the system has none."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


def _docparse(path: Path) -> str:
    from docparse.readers import read_path

    return read_path(path).raw


def _python_docx(path: Path) -> str:
    import docx
    from docx.table import Table

    out: list[str] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            out += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            out.append(block.text)
    return "\n".join(out)


def _docx2python(path: Path) -> str:
    from docx2python import docx2python

    with docx2python(path) as document:
        return str(document.text)


def _mammoth(path: Path) -> str:
    import mammoth

    with path.open("rb") as stream:
        return str(mammoth.extract_raw_text(stream).value)


def _markitdown(path: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown(enable_plugins=False).convert(str(path)).text_content)


def _pypdf(path: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def _pypdfium2(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(path)


def _selectolax(path: Path) -> str:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(path.read_bytes()).body
    return body.text(separator="\n") if body is not None else ""


def _trafilatura(path: Path) -> str:
    import trafilatura

    return trafilatura.extract(path.read_bytes()) or ""


def _readability(path: Path) -> str:
    from lxml import html
    from readability import Document

    return str(html.fromstring(Document(path.read_bytes()).summary()).text_content())


def _lxml(path: Path) -> str:
    from lxml import html

    return str(html.document_fromstring(path.read_bytes()).text_content())


def _striprtf(path: Path) -> str:
    from striprtf.striprtf import rtf_to_text

    return rtf_to_text(path.read_bytes().decode("latin-1"), errors="ignore")


def _odfpy(path: Path) -> str:
    from odf import opendocument, teletype, text

    body = opendocument.load(str(path)).text
    elements = [e for e in _walk(body) if e.qname in (text.P().qname, text.H(outlinelevel=1).qname)]
    return "\n".join(teletype.extractText(element) for element in elements)


def _walk(element: Any) -> list[Any]:
    found, stack = [], [element]
    while stack:
        entry = stack.pop()
        if hasattr(entry, "qname"):
            found.append(entry)
            stack.extend(reversed(entry.childNodes))
    return found


def _decode(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    return done.stdout.decode("utf-8", "replace")


def _soffice(path: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        _run(*SOFFICE, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, str(path))
        return (Path(folder) / f"{path.stem}.txt").read_text(encoding="utf-8-sig")


_PROGRAMS = ("soffice", "antiword", "catdoc", "pdftotext")
_OURS = Reader("docparse", "docparse", _docparse)
_OFFICE = Reader("LibreOffice to text", "soffice", _soffice)
_MARKITDOWN = Reader("markitdown", "markitdown", _markitdown)
READERS: dict[str, tuple[Reader, ...]] = {
    "docx": (
        _OURS,
        Reader("python-docx, body walk", "docx", _python_docx),
        Reader("docx2python", "docx2python", _docx2python),
        Reader("mammoth", "mammoth", _mammoth),
        _MARKITDOWN,
        _OFFICE,
    ),
    "pdf": (
        _OURS,
        Reader("pypdf", "pypdf", _pypdf),
        Reader("pypdfium2, plain", "pypdfium2", _pypdfium2),
        Reader("pdfminer.six", "pdfminer", _pdfminer),
        _MARKITDOWN,
        Reader("pdftotext", "pdftotext", lambda path: _run("pdftotext", "-enc", "UTF-8", str(path), "-")),
    ),
    "html": (
        _OURS,
        Reader("selectolax (lexbor)", "selectolax", _selectolax),
        Reader("lxml text_content", "lxml", _lxml),
        Reader("trafilatura", "trafilatura", _trafilatura),
        Reader("readability-lxml", "readability", _readability),
        _MARKITDOWN,
    ),
    "txt": (_OURS, Reader("bytes.decode", "json", _decode)),
    "doc": (
        _OURS,
        Reader("antiword", "antiword", lambda path: _run("antiword", "-m", "UTF-8.txt", "-w", "0", str(path))),
        Reader("catdoc", "catdoc", lambda path: _run("catdoc", "-d", "utf-8", "-w", str(path))),
        _OFFICE,
    ),
    "rtf": (_OURS, Reader("striprtf", "striprtf", _striprtf), _OFFICE),
    "odt": (_OURS, Reader("odfpy", "odf", _odfpy), _OFFICE),
}
