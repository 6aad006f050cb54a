"""The laws: quote, way back, tile, inside, outline, still, repeat, calm, exact. Any text at all keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docparse
from docparse import DocparseError, Document
from docparse.records import Section, Span

RAW_SURROGATE = re.compile("[\ud800-\udfff]")
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
VALIDATOR = jsonschema.Draft202012Validator(docparse.json_schema())

FRAGMENTS = [
    "一、",
    "二、",
    "（一）",
    "1、",
    "1.",
    "2.1 ",
    "①",
    "第一章 ",
    "第三条 ",
    "篇一",
    "【二】",
    "\n",
    "\n\n",
    "\r\n",
    "。",
    "；",
    "！",
    "，",
    "：",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "工作计划",
    "工作总结",
    "目标",
    "提高到95%",
    "3月底前",
    "2024年5月1日",
    "今年6到12月份",
    "每月5号前",
    "20xx年",
    "XX万元",
    "1092万",
    "13家以上",
    "不超过30天",
    "扣5分",
    "由X部负责",
    "首页 > 计划",
    "上一篇：",
    "共3页,当前第1页123",
    "計(jì)劃",
    "銆佹姄鍩硅\ue184銆備妇",  # 、抓培训。举 in UTF-8, read as GBK: the border lies inside a character
    "實(shí)際",
    "市常",
    "&nbsp;",
    "<br>",
    "１２",
    "\u200b",
    "\x00",
    "\ud800",
    "😀",
    "　",
    " ",
    "\t",
    "一",
    "10元",
    "/",
    "-",
    ".",
]
TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=40).map("".join)


def anchored(document: Document) -> Iterator[tuple[str, Span, Span]]:
    """(text, span, raw_span) of everything with a place."""
    for group in (
        document.statements,
        document.times,
        document.quantities,
        document.goals,
        document.deadlines,
        document.targets,
        document.results,
    ):
        for item in group:
            yield item.text, item.span, item.raw_span
    for section in sections(document):
        yield section.heading.text, section.heading.span, section.heading.raw_span
    for table in document.tables:
        for row in table.rows:
            for cell in row:
                yield cell.text, cell.span, cell.raw_span


def sections(document: Document) -> Iterator[Section]:
    stack = [s for a in reversed(document.articles) for s in reversed(a.sections)]
    while stack:
        section = stack.pop()
        yield section
        stack.extend(reversed(section.children))


def check_laws(document: Document, raw: str | None = None) -> None:
    """All laws on one document; with `raw`, also that nothing of it is lost and that spans lead back in order."""
    text = document.text
    for words, span, _ in anchored(document):
        assert text[span.start : span.end] == words  # quote
    check_tile(document)
    check_inside(document)
    check_outline(document)
    check_way_back(document, raw)
    VALIDATOR.validate(json.loads(docparse.to_json(document)))


def units(document: Document) -> list[tuple[Span, Span]]:
    """(span, raw_span) of statements and headings, in order."""
    found = [(s.span, s.raw_span) for s in document.statements]
    found += [(s.heading.span, s.heading.raw_span) for s in sections(document)]
    return sorted(found)


def check_tile(document: Document) -> None:
    """Statements and headings do not overlap; what they leave bare are the articles' titles, and nothing else."""
    at = 0
    bare: list[str] = []
    for span, _ in units(document):
        assert span.start >= at, "two units overlap"
        bare.append(document.text[at : span.start])
        at = span.end
    bare.append(document.text[at:])
    left = sorted(words.strip() for words in bare if words.strip())
    titles = sorted(a.title for a in document.articles if a.title)
    squeezed = [_squeeze(words) for words in titles]
    for words in left:
        # A title may be printed with marks (# in Markdown) or file-name ornament that the field leaves out.
        assert any(title in _squeeze(words) for title in squeezed), f"lost: {words[:80]!r}"
    assert len(left) <= len(titles)


def _squeeze(words: str) -> str:
    return "".join(words.split()).replace("*", "").replace("#", "")


def check_way_back(document: Document, raw: str | None) -> None:
    places = [raw_span for _, raw_span in units(document)]
    assert all(a.end <= b.start for a, b in pairwise(places)), "raw spans run into each other"
    for words, _, raw_span in anchored(document):
        assert raw_span.end > raw_span.start or not words
    if raw is None:
        return
    assert all(0 <= p.start <= p.end <= len(raw) for p in places)
    for words, _, raw_span in anchored(document):
        if not any(r.raw_span.start < raw_span.end and raw_span.start < r.raw_span.end for r in document.repairs):
            here = raw[raw_span.start : raw_span.end]
            assert document.script != "hans" or _plain(here) == _plain(words)


def _plain(words: str) -> str:
    """Without what changes but is not listed: line ends and the kinds of space."""
    return "".join(words.split())


def check_inside(document: Document) -> None:
    articles = {a.id: a for a in document.articles}
    known = {s.id: s for s in sections(document)}
    for statement in document.statements:
        if statement.article:
            place = articles[statement.article].span
            assert place.start <= statement.span.start
            assert statement.span.end <= place.end
        if statement.section:
            place = known[statement.section].span
            assert place.start <= statement.span.start
            assert statement.span.end <= place.end
    for section in known.values():
        for child in section.children:
            assert section.span.start <= child.span.start
            assert child.span.end <= section.span.end
    statements = {s.id: s for s in document.statements}
    for mention in (*document.times, *document.quantities):
        if mention.statement:
            place = statements[mention.statement].span
            assert place.start <= mention.span.start
            assert mention.span.end <= place.end
    starts = sorted((m.span.start, m.span.end) for m in (*document.times, *document.quantities))
    assert all(a[1] <= b[0] for a, b in pairwise(starts)), "mentions overlap"


def check_outline(document: Document) -> None:
    """Articles and sections are trees in the order of the text; what is below is deeper, and holds its statements."""
    assert all(a.span.end <= b.span.start for a, b in pairwise(document.articles)), "articles overlap"
    owners: dict[str, str] = {}
    for article in document.articles:
        stack = [(article.span, article.span.start, 0, article.sections)]
        while stack:
            span, at, level, group = stack.pop()
            for section in group:
                assert section.id not in owners, "a section stands twice"
                owners[section.id] = article.id
                assert at <= section.span.start <= section.heading.span.start, "sections out of order"
                assert section.heading.span.end <= section.span.end <= span.end, "a heading outside its section"
                assert section.level > level, "a section is no deeper than what it is in"
                at = section.span.end
                stack.append((section.span, section.heading.span.end, section.level, section.children))
    ahead = sorted(sections(document), key=lambda s: s.span, reverse=True)
    around: list[Section] = []
    for statement in document.statements:
        while ahead and ahead[-1].span.start <= statement.span.start:
            section = ahead.pop()
            around = [outer for outer in around if outer.span.end > section.span.start] + [section]
        while around and around[-1].span.end <= statement.span.start:
            around.pop()
        if statement.section is not None:  # page furniture is in none
            assert owners[statement.section] == statement.article
            assert around, "a statement is outside its section"
            assert statement.section == around[-1].id, "a statement is not in the innermost section"


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_laws_hold_on_any_text(raw: str) -> None:
    document = docparse.parse_text(raw)
    check_laws(document, RAW_SURROGATE.sub("\ufffd", raw))
    again = docparse.parse_text(raw)
    assert docparse.to_json(again) == docparse.to_json(document)  # repeat
    assert docparse.parse_text(document.text).text == document.text  # still


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_calm_on_any_bytes(data: bytes) -> None:
    try:
        document = docparse.parse(data)
    except DocparseError as error:
        assert error.code
        assert error.message
        return
    VALIDATOR.validate(json.loads(docparse.to_json(document)))


@pytest.mark.parametrize("folder", ["train", "dev", "test"])
def test_laws_hold_on_the_corpus(folder: str) -> None:
    for path in sorted((ROOT / "corpora" / folder).glob("*.txt")):
        check_laws(docparse.parse(path), path.read_text(encoding="utf-8"))


def test_laws_hold_on_the_samples() -> None:
    paths = [
        p for p in sorted((ROOT / "corpora" / "samples").rglob("*")) if p.suffix in {".txt", ".html", ".docx", ".pdf"}
    ]
    assert len(paths) >= 48
    for path in paths:
        check_laws(docparse.parse(path))


@pytest.mark.skipif(not (SHARED / "documents").exists(), reason="the real documents lie beside the checkout only")
@pytest.mark.slow
def test_laws_hold_on_real_documents() -> None:
    for path in sorted([*(SHARED / "documents").iterdir(), *(SHARED / "seeds").iterdir()]):
        if path.name == "manifest.jsonl":
            continue
        try:
            document = docparse.parse(path)
        except DocparseError as error:
            assert error.code
            continue
        check_laws(document)


@pytest.mark.parametrize(
    "unit",
    [
        "一、",
        "1、",
        "（一）",
        "第一条 ",
        "10元20元",
        "1月2月",
        "一一",
        "9",
        "每月",
        "。",
        "“",
        "（",
        "计(jì)",
        "&amp;",
        "<br",
        "篇一\n",
        "\n",
        "a ",
        "|a",
    ],
)
def test_time_grows_linearly(unit: str) -> None:
    import time

    def seconds(characters: int) -> float:
        text = "工作计划\n" + unit * (characters // len(unit))
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            docparse.parse_text(text)
            best = min(best, time.process_time() - start)
        return best

    seconds(2_000)  # load what loads on first use
    small, large = seconds(20_000), seconds(80_000)
    assert large < 8 * max(small, 0.02), f"{small:.3f} s for 20,000 characters, {large:.3f} s for 80,000"
