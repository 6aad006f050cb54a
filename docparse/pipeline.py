"""parse(): the only place that knows the order of the stages."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

from docparse import __version__
from docparse.assembly import Holder, Places, build_articles, build_statements, build_tables
from docparse.claims.build import build_claims
from docparse.claims.classifier import Scored, label_units
from docparse.claims.links import link_due
from docparse.claims.mentions import Seat, article_years, resolve_all, settle
from docparse.claims.metrics import find_metric
from docparse.claims.roles import quantity_role, time_role
from docparse.errors import DocparseError, LimitExceededError, UnreadableFileError
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.times import find_time_mentions
from docparse.options import DEFAULT_OPTIONS, Options
from docparse.readers import read_bytes
from docparse.records import (
    Basis,
    Document,
    Generator,
    Label,
    Layout,
    Quantity,
    QuantityMention,
    Reading,
    Source,
    Time,
    TimeMention,
    Warning,
)
from docparse.structure import split_structure
from docparse.text.repair import Clean, repair_text

PathLike = str | os.PathLike[str]


class Parse(NamedTuple):
    """A document with what each stage made on the way; `explain` reads it, `parse` gives only the document."""

    reading: Reading
    clean: Clean
    layout: Layout
    labels: list[Scored]
    times: list[TimeMention]
    quantities: list[QuantityMention]
    document: Document


def parse(source: PathLike | bytes | BinaryIO, *, options: Options | None = None) -> Document:
    """The document of a file: a path, its bytes, or a binary file object.

    Args:
        source: what to read. The type is told by the content, never by the name.
        options: choices and limits; None takes the defaults.

    Raises:
        DocparseError: the input cannot be read; `code`, `message` and `advice` say why and what to do.

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
    data = text.encode("utf-8", "surrogatepass") if text.strip() else b"\n"
    return run_stages(
        read_bytes(data, options=_as_text(options)), options
    ).document


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
        return _read_path(Path(source), options)
    if not hasattr(source, "read"):
        raise TypeError(f"parse takes a path, bytes or a binary file, not {type(source).__name__}")
    data = source.read(options.max_bytes + 1)
    if not isinstance(data, bytes):
        raise TypeError("parse takes a file opened in binary mode")
    return read_bytes(data, path=getattr(source, "name", None), options=options)


def _read_path(path: Path, options: Options) -> Reading:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableFileError("is-a-folder", f"{path} is a folder.", "Use docparse batch for folders.")
        if size > options.max_bytes:
            raise LimitExceededError(
                "too-large", f"{path} has {size} bytes, more than {options.max_bytes}.", "Raise Options.max_bytes."
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFileError("cannot-open", f"{path}: {reason}.", "Check the path and its rights.") from error
    return read_bytes(data, path=str(path), options=options)


def run_stages(reading: Reading, options: Options) -> Parse:
    """All stages after reading, in their order."""
    if len(reading.raw) > options.max_characters:
        raise LimitExceededError(
            "too-long",
            f"The text has {len(reading.raw)} characters, more than {options.max_characters}.",
            "Raise Options.max_characters.",
        )
    clean = repair_text(reading)
    text = clean.text
    layout = split_structure(text, clean.blocks, title=reading.source.title)
    places = Places(clean.map, clean.blocks, layout)
    reference, basis = reference_date(reading.source, layout, options)

    times, quantities = settle(find_time_mentions(text), find_quantity_mentions(text))
    held_times = [(m, h) for m in times if (h := places.holder(m.span))]
    held_quantities = [(m, h) for m in quantities if (h := places.holder(m.span))]
    labels = label_units(text, layout, _per_unit(layout, held_quantities), _per_unit(layout, held_times))

    minguo = clean.script in ("hant", "mixed") and ("民国" in text or "中华民国" in text)
    seats = [_seat(h) for _, h in held_times]
    resolved = resolve_all(text, layout, [m for m, _ in held_times], seats, reference, minguo)
    made_times = _times(text, layout, held_times, resolved, labels, places)
    made_quantities = _quantities(text, layout, held_quantities, labels, places, made_times, held_times)
    statements = build_statements(text, layout, places, labels)
    article_of = {q.id: _article_id(h) for q, (_, h) in zip(made_quantities, held_quantities, strict=True)}
    claims = build_claims(statements, made_times, made_quantities, article_of, options.min_confidence)
    document = Document(
        generator=Generator(name="docparse", version=__version__),
        source=reading.source,
        script=clean.script,
        reference_date=reference,
        reference_basis=basis,
        text=text,
        articles=build_articles(text, layout, places, _periods(layout, held_times, made_times)),
        statements=statements,
        tables=build_tables(layout, places),
        times=tuple(made_times),
        quantities=tuple(made_quantities),
        goals=claims.goals,
        deadlines=claims.deadlines,
        targets=claims.targets,
        results=claims.results,
        repairs=clean.repairs,
        warnings=(*reading.warnings, *clean.warnings, *layout.warnings, *_kind_warnings(layout)),
    )
    held = [m for m, _ in held_times], [m for m, _ in held_quantities]
    return Parse(reading, clean, layout, labels, *held, document)


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


def _as_text(options: Options) -> Options:
    import msgspec

    return msgspec.structs.replace(options, media_type="text/plain", encoding="utf-8")


def _per_unit(layout: Layout, held: Sequence[tuple[TimeMention | QuantityMention, Holder]]) -> list[int]:
    counts = Counter(h.index for _, h in held if h.kind == "unit")
    return [counts[i] for i in range(len(layout.units))]


def _seat(holder: Holder) -> Seat:
    unit = holder.index if holder.kind == "unit" else None
    return Seat(unit, holder.index if holder.kind == "heading" else None, holder.article)


def _article_id(holder: Holder) -> str | None:
    return f"a{holder.article + 1}" if holder.article is not None else None


def _label(labels: Sequence[Scored], holder: Holder) -> Label | None:
    return labels[holder.index].label if holder.kind == "unit" else None


def _times(
    text: str,
    layout: Layout,
    held: Sequence[tuple[TimeMention, Holder]],
    resolved: Sequence[str | None],
    labels: Sequence[Scored],
    places: Places,
) -> list[Time]:
    made: list[Time] = []
    for (mention, holder), value in zip(held, resolved, strict=True):
        kind = layout.articles[holder.article].kind if holder.article is not None else "other"
        made.append(
            Time(
                id=f"t{len(made) + 1}",
                statement=f"st{holder.index + 1}" if holder.kind == "unit" else None,
                text=text[mention.span.start : mention.span.end],
                type=mention.type,
                value=mention.value,
                resolved=value,
                role="context" if holder.kind == "title" else time_role(text, mention, _label(labels, holder), kind),
                span=mention.span,
                raw_span=places.raw(mention.span),
                page=places.page(mention.span.start),
            )
        )
    return made


def _quantities(
    text: str,
    layout: Layout,
    held: Sequence[tuple[QuantityMention, Holder]],
    labels: Sequence[Scored],
    places: Places,
    times: Sequence[Time],
    held_times: Sequence[tuple[TimeMention, Holder]],
) -> list[Quantity]:
    near: dict[tuple[str, int], list[Time]] = {}
    for time, (_, holder) in zip(times, held_times, strict=True):
        near.setdefault((holder.kind, holder.index), []).append(time)
    made: list[Quantity] = []
    for mention, holder in held:
        metric = find_metric(text, mention, holder.span.start)
        role = quantity_role(text, mention, _label(labels, holder), metric)
        quantity = Quantity(
            id=f"q{len(made) + 1}",
            statement=f"st{holder.index + 1}" if holder.kind == "unit" else None,
            text=text[mention.span.start : mention.span.end],
            kind=mention.kind,
            low=mention.low,
            high=mention.high,
            comparator=mention.comparator,
            approximate=mention.approximate,
            masked=mention.masked,
            unit=mention.unit,
            per=mention.per,
            role=role,
            metric=metric,
            due=None,
            span=mention.span,
            raw_span=places.raw(mention.span),
            page=places.page(mention.span.start),
        )
        if role == "target":
            import msgspec

            due = link_due(quantity, near.get((holder.kind, holder.index), []), _times_above(layout, holder, near))
            quantity = msgspec.structs.replace(quantity, due=due)
        made.append(quantity)
    return made


def _times_above(layout: Layout, holder: Holder, near: dict[tuple[str, int], list[Time]]) -> list[list[Time]]:
    """The times of the headings above a mention, nearest first, then those of the article's title."""
    above: list[list[Time]] = []
    at = layout.units[holder.index].section if holder.kind == "unit" else None
    for _ in range(12):
        if at is None:
            break
        above.append(near.get(("heading", at), []))
        at = layout.headings[at].parent
    if holder.article is not None:
        above.append(near.get(("title", holder.article), []))
    return above


def _periods(
    layout: Layout, held: Sequence[tuple[TimeMention, Holder]], times: Sequence[Time]
) -> list[str | None]:
    """The period of each article: the first date of its title, resolved where it can be."""
    periods: list[str | None] = [None] * len(layout.articles)
    for (mention, holder), time in zip(held, times, strict=True):
        if holder.kind == "title" and periods[holder.index] is None and mention.type == "DATE":
            periods[holder.index] = time.resolved or time.value
    years = article_years(layout, "")
    return [p if p is not None else (str(years[i]) if years[i] else None) for i, p in enumerate(periods)]


def _kind_warnings(layout: Layout) -> Iterator[Warning]:
    if not any(piece.kind in ("plan", "summary", "regulation", "guide") for piece in layout.articles):
        yield Warning(code="not-this-genre", message="no plan, summary, regulation or guide was found in this document")
