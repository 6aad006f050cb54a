"""Parsers that a worker process can import by name: no reading of Chinese, only the ways in which one may end."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from decimal import Decimal
from pathlib import Path

from docparse.errors import DamagedFileError
from docparse.options import Options
from docparse.records import Article, Document, Generator, Goal, Quantity, Source, Span, Statement, Target

_calls = 0


def fake(data: bytes, name: str, options: Options) -> Document:
    """A document with one goal; the file's text decides what else happens."""
    text = data.decode("utf-8")
    if "DIE" in text:
        os._exit(9)
    if "KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "CRASH" in text:
        faulthandler._sigsegv()
    if "DAMAGED" in text:
        raise DamagedFileError("damaged-file", "The file is damaged.", "Save it again.")
    if "BUG" in text:
        raise KeyError("nobody expected this")
    if "SLOW" in text:
        time.sleep(0.3)
    if "HANG" in text:
        time.sleep(3600)
    if "EAT" in text:
        bytearray(64 * 1024 * 1024 * 1024)
    return document_of(text)


def fake_flaky(data: bytes, name: str, options: Options) -> Document:
    """Dies in the company of others, and succeeds in a process of its own."""
    global _calls
    _calls += name != "warm-up.txt"
    if b"ALONE" in data and _calls > 1:
        os._exit(9)
    return document_of(data.decode("utf-8"))


def fake_log(data: bytes, name: str, options: Options) -> Document:
    """Leaves a line for each call in the file that the environment names."""
    if name != "warm-up.txt":
        with Path(os.environ["FAKE_LOG"]).open("a", encoding="utf-8") as file:
            file.write(f"{name} {data.decode('utf-8')[:40]!r}\n")
    return document_of(data.decode("utf-8"))


def nap(data: bytes, name: str, options: Options) -> Document:
    """Sleeps as many milliseconds as the text says first: work that other programs on the machine cannot slow down."""
    text = data.decode("utf-8")
    if name != "warm-up.txt":
        time.sleep(int(text.split(maxsplit=1)[0]) / 1000)
    return document_of(text)


def document_of(text: str) -> Document:
    """A document of one article that is one statement, goal and target."""
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
    statement = Statement(id="s1", article="a1", section=None, label="goal", confidence=0.9, paragraph=1, **place)
    return Document(
        generator=Generator(name="docparse", version="0"),
        source=Source(path=None, media_type="text/plain", size=len(text.encode())),
        script="hans", reference_date=None, reference_basis=None, text=text, articles=(article,),
        statements=(statement,), tables=(),
        times=(), quantities=(quantity,), goals=(goal,), deadlines=(), targets=(target,), results=(),
        repairs=(), warnings=(),
    )  # fmt: skip
