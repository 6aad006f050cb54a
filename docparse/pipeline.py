"""parse(): the only place that knows the order of the stages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from docparse import __version__
from docparse.assembly import (
    Places,
    build_articles,
    build_tables,
    find_periods,
)
from docparse.claims.classifier import Scored
from docparse.claims.mentions import find_mentions, read_minguo
from docparse.claims.table_cells import read_table_cells
from docparse.errors import DocparseError, UnreadableFileError
from docparse.linking import Ground, Read, link_claims
from docparse.options import DEFAULT_OPTIONS, Options
from docparse.readers import read_bytes, read_path, read_string
from docparse.records import (
    Basis,
    Document,
    Generator,
    Layout,
    QuantityMention,
    Reading,
    Source,
    TimeMention,
    Warning,
)
from docparse.structure import split_structure
from docparse.text.repair import Clean, repair_text

# A bare 112年度 or 113年6月 in traditional text is a year of the Republic of China calendar, never so many years.
MINGUO_YEAR = re.compile(r"(?<!\d)1[0-2]\d年(?:度|\d{1,2}月|[一二三四五六七八九十]{1,2}月|底)")
# In simplified text 民国 may be history: a year of this century must stand behind it.
MINGUO_NAMED = re.compile(r"民国\s?(?:1[0-2]\d|一百[一二三四五六七八九十]{1,3}|一[一二][〇○零一二三四五六七八九])年")
PathLike = str | os.PathLike[str]


class Parse(NamedTuple):
    """A document with what each stage made on the way; `explain` reads it, `parse` gives only the document."""

    reading: Reading
    clean: Clean
    layout: Layout
    labels: list[Scored]
    times: list[TimeMention]
    quantities: list[QuantityMention]
    grounds: list[Ground]
    document: Document


def parse(source: PathLike | bytes | BinaryIO, *, options: Options | None = None) -> Document:
    """The document of a file: a path, its bytes, or a binary file object.

    Args:
        source: what to read. The type is told by the content, never by the name.
        options: choices and limits; None takes the defaults.

    Raises:
        DocparseError: the input cannot be read; `code`, `message` and `advice` say why and what to do.
        TypeError: `source` is none of the three.

    >>> import docparse
    >>> document = docparse.parse("2024年工作计划\\n1、全年回款率达到95%以上。\\n".encode())
    >>> [(t.metric, t.comparator, str(t.low), t.unit) for t in document.targets]
    [('回款率', 'ge', '95', '%')]
    """
    return run_stages(read_source(source, options or DEFAULT_OPTIONS), options or DEFAULT_OPTIONS).document


def parse_text(text: str, *, options: Options | None = None) -> Document:
    """The document of a string, as if it were a text file.

    Raises:
        DocparseError: the text is longer than `options.max_characters`.
    """
    options = options or DEFAULT_OPTIONS
    return run_stages(read_string(text, options), options).document


def parse_folder(folder: PathLike, *, options: Options | None = None) -> Iterator[Document | DocparseError]:
    """Every file below a folder, in order of its path: its document, or the error that refused it.

    Raises:
        UnreadableFileError: `folder` is no folder.
    """
    root = Path(folder)
    if not root.is_dir():
        raise UnreadableFileError("not-a-folder", f"{root} is not a folder.", "Give the path of a folder.")
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        try:
            yield parse(path, options=options)
        except DocparseError as error:
            yield error


def read_source(source: PathLike | bytes | BinaryIO, options: Options) -> Reading:
    """The reading of a path, bytes or a binary file object. Raises DocparseError."""
    if isinstance(source, bytes | bytearray | memoryview):
        return read_bytes(bytes(source), options=options)
    if isinstance(source, str | os.PathLike):
        return read_path(Path(source), options=options)
    if not hasattr(source, "read"):
        raise TypeError(f"parse takes a path, bytes or a binary file, not {type(source).__name__}")
    data = source.read(options.max_bytes + 1)
    if not isinstance(data, bytes):
        raise TypeError("parse takes a file opened in binary mode")
    name = getattr(source, "name", None)  # standard input is called <stdin>, a descriptor has a number
    path = name if isinstance(name, str) and not name.startswith("<") else None
    return read_bytes(data, path=path, options=options)


def run_stages(reading: Reading, options: Options) -> Parse:
    """All stages after reading, in their order."""
    clean = repair_text(reading, wording=options.wording)
    text = clean.text
    layout = split_structure(text, clean.blocks, title=reading.source.title)
    places = Places(text, clean.map, clean.blocks, layout)
    reference, basis = reference_date(reading.source, layout, options)

    senses = read_table_cells(text, layout)
    times, quantities = find_mentions(text, senses)
    minguo = MINGUO_NAMED.search(text) is not None
    minguo = minguo or (clean.script != "hans" and ("民国" in text or MINGUO_YEAR.search(text) is not None))
    times = read_minguo(text, times) if minguo else times
    read = Read(
        text, layout, places, senses,
        [(m, h) for m in times if (h := places.holder(m.span))],
        [(m, h) for m in quantities if (h := places.holder(m.span))],
    )  # fmt: skip
    linked = link_claims(read, reference, minguo=minguo, min_confidence=options.min_confidence)
    layout = linked.layout
    document = Document(
        generator=Generator(name="docparse", version=__version__),
        source=_full_source(reading.source, layout),
        script=clean.script,
        reference_date=reference,
        reference_basis=basis,
        text=text,
        articles=build_articles(text, layout, places, find_periods(layout, read.times, linked.times)),
        statements=linked.statements,
        tables=build_tables(layout, places),
        times=tuple(linked.times),
        quantities=tuple(linked.quantities),
        goals=linked.claims.goals,
        deadlines=linked.claims.deadlines,
        targets=linked.claims.targets,
        results=linked.claims.results,
        repairs=clean.repairs,
        warnings=(*reading.warnings, *clean.warnings, *layout.warnings, *_kind_warnings(layout)),
    )
    held = [m for m, _ in read.times], [m for m, _ in read.quantities]
    return Parse(reading, clean, layout, linked.labels, *held, linked.grounds, document)


def reference_date(source: Source, layout: Layout, options: Options) -> tuple[date | None, Basis | None]:
    """What relative expressions are resolved against, and where it comes from; never today."""
    if options.reference_date is not None:
        return options.reference_date, "given"
    if layout.published is not None:
        return layout.published, "text"
    signed = [piece.published for piece in layout.articles if piece.published is not None]
    if signed:
        return signed[0], "text"
    if source.published is not None:
        return source.published, "metadata"
    return None, None


def _full_source(source: Source, layout: Layout) -> Source:
    """What the file says of itself, filled up by what the page shows."""
    only = layout.articles[0].title if len(layout.articles) == 1 else None
    return msgspec.structs.replace(
        source,
        title=source.title or layout.page_title or only,
        published=source.published or layout.published,
        site=source.site or layout.site,
        document_number=layout.document_number,
    )


def _kind_warnings(layout: Layout) -> Iterator[Warning]:
    if not any(piece.kind in ("plan", "summary", "regulation", "guide") for piece in layout.articles):
        yield Warning(code="not-this-genre", message="no plan, summary, regulation or guide was found in this document")
