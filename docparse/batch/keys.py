"""What makes two inputs the same, and two results comparable: content keys, document ids, fingerprints."""

from __future__ import annotations

import hashlib
import os
import re

import msgspec

from docparse import __version__
from docparse.batch.records import ParseFunction
from docparse.options import Options
from docparse.readers import printable
from docparse.wire import SCHEMA_VERSION

STORE_VERSION = "2"
"""Raised with any change of schema.sql, of what the full-text index holds, or of the signatures."""

# What these begin is told by its bytes alone: PDF, zip packages, compound files, RTF. Text is not: .md and .html count.
_SELF_EVIDENT = (b"%PDF-", b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_SUFFIX = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def content_key(sha256: str, head: bytes, path: str) -> str:
    """What the parse of a file depends on: its bytes and, where a reader may ask for it, its suffix.

    >>> content_key("ab12", b"%PDF-1.7", "x/plan.pdf"), content_key("ab12", b"# plan", "x/plan.MD")
    ('ab12', 'ab12.md')
    """
    return sha256 + ("" if head.startswith(_SELF_EVIDENT) else suffix_of(path))


def suffix_of(path: str) -> str:
    """The suffix with its dot, lower-case; empty where there is none."""
    found = _SUFFIX.search(path)
    return f".{found[1].lower()}" if found else ""


def document_id(content: str) -> int:
    """63 bits of a hash of the content key: the same whatever the order of the workers, and an SQLite rowid.

    Two of a million documents share one with a chance of 5 in 100 million; the second is then refused, not mixed up.
    """
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:8], "big") >> 1


def fingerprint(options: Options, parse: ParseFunction) -> str:
    """What a result depends on besides its content: a result with another fingerprint is out of date."""
    parser = f"{parse.__module__}.{parse.__qualname__}"
    parts = (msgspec.json.encode(options), __version__.encode(), SCHEMA_VERSION.encode(), parser.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def shown(file: bytes) -> str:
    """A file's name as text that UTF-8 can hold."""
    return printable(os.fsdecode(file))
