"""The examples that live beside the code, each run as a test."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import docparse.structure
from docparse.records import Layout
from docparse.structure import split_structure

FOLDER = Path(docparse.structure.__file__).parent / "examples"


def load() -> list[Any]:
    cases = []
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
            cases.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return cases


def outline(text: str, layout: Layout) -> list[str]:
    rows = []
    for i, piece in enumerate(layout.articles):
        rows.append(f"= {piece.kind} | {piece.title or '-'}")
        rows += [
            "#" * h.level + " " + text[h.span.start : h.span.end].replace("\n", "⏎")
            for h in layout.headings
            if h.article == i
        ]
    return rows


@pytest.mark.parametrize("case", load())
def test_example(case: dict[str, Any]) -> None:
    text = case["text"]
    layout = split_structure(text, title=case.get("title"))
    if "outline" in case:
        assert outline(text, layout) == case["outline"]
    if "units" in case:
        assert [text[u.span.start : u.span.end] for u in layout.units if u.noise is None] == case["units"]
    if "noise" in case:
        found = [f"{u.noise}: {text[u.span.start : u.span.end]}" for u in layout.units if u.noise is not None]
        assert found == case["noise"]
    if "roles" in case:
        assert [h.role for h in layout.headings] == case["roles"]
    if "organizations" in case:
        assert [p.organization for p in layout.articles] == case["organizations"]
    if "published" in case:
        assert str(layout.published) == case["published"]
    if "document_number" in case:
        assert layout.document_number == case["document_number"]


def test_every_file_has_near_misses() -> None:
    for path in FOLDER.glob("*.toml"):
        names = [case["name"] for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
        assert any(name.startswith("near miss") for name in names), path.name
        assert len(set(names)) == len(names)
