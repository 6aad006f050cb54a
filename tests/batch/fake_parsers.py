"""Parsers that a worker process can import by name: no reading of Chinese, only the ways in which one may end."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path

from docparse.errors import DamagedFileError
from docparse.options import Options
from docparse.records import Article, Document, Generator, Goal, Quantity, Source, Span, Target


def fake(path: str, options: Options) -> Document:
    """A document with one goal; the file's text decides what else happens."""
    text = Path(path).read_text(encoding="utf-8")
    if "DIE" in text:
        os._exit(9)
    if "DAMAGED" in text:
        raise DamagedFileError("damaged-file", "The file is damaged.", "Save it again.")
    if "BUG" in text:
        raise KeyError("nobody expected this")
    if "SLOW" in text:
        time.sleep(0.3)
    return _document(path, text)


def _document(path: str, text: str) -> Document:
    whole = Span(0, len(text))
    place = {"text": text, "span": whole, "raw_span": whole}
    number = {"low": Decimal(90), "high": None, "comparator": "ge", "approximate": False, "unit": "%", "per": ()}
    quantity = Quantity(
        id="q1",
        statement="s1",
        kind="percent",
        masked=False,
        role="target",
        metric="收费率",
        due=None,
        **number,
        **place,
    )
    target = Target(
        id="g1.t1",
        goal="g1",
        quantity="q1",
        baseline=None,
        deadline=None,
        metric="收费率",
        article="a1",
        nature=None,
        change=None,
        confidence=0.9,
        **number,
        **place,
    )
    goal = Goal(
        id="g1", kind="goal", statement="s1", article="a1", section=None, owner=None, targets=("g1.t1",), deadlines=(),
        confidence=0.9, **place,
    )  # fmt: skip
    article = Article(
        id="a1", title="=计划", kind="plan", period="2024", organization=None, sections=(), span=whole, raw_span=whole
    )
    return Document(
        generator=Generator(name="docparse", version="0"),
        source=Source(path=path, media_type="text/plain", size=len(text.encode())),
        script="hans", reference_date=None, reference_basis=None, text=text, articles=(article,), statements=(),
        tables=(), times=(), quantities=(quantity,), goals=(goal,), deadlines=(), targets=(target,), results=(),
        repairs=(), warnings=(),
    )  # fmt: skip
