"""What `inspect` shows to a person: width, plainness, and figures as people write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

from docparse.records import Comparator, Quantity, Span
from docparse_cli.console import cut, plain
from docparse_cli.figures import level
from docparse_cli.layout import Column, fold, make_table
from docparse_cli.main import main

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
FILES = sorted(path for kind in ("txt", "html", "docx", "pdf") for path in (SAMPLES / kind).iterdir())


@pytest.fixture(autouse=True)
def no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.mark.parametrize("path", FILES[::5], ids=lambda path: str(path.name))
@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_asked(path: Path, width: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(path), "--width", str(width), "--lang", "zh"]) == 0
    output = capsys.readouterr().out
    assert output and "\x1b" not in output
    assert [line for line in output.splitlines() if cell_len(line) > width or line != line.rstrip()] == []


def test_80_columns_without_being_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(SAMPLES / "docx" / "property-plan.docx")]) == 0
    output = capsys.readouterr().out
    assert max(map(cell_len, output.splitlines())) <= 80
    assert "云栖花园物业服务中心2024年工作计划" in output
    assert "82% → ≥90%" in output and "客服部" in output


def test_outline_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(SAMPLES / "docx" / "pipeline-project-plan.docx"), "--outline"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "老城区供水管网改造项目实施计划" in lines[0]
    assert any("项目概况" in line for line in lines) and not any("Goals" in line for line in lines)


def test_a_document_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["inspect", str(tmp_path / "missing.docx")]) == 1
    captured = capsys.readouterr()
    assert not captured.out and "missing.docx: " in captured.err


def test_text_from_strangers_cannot_act_on_the_terminal() -> None:
    assert plain("红\x1b[31m字\u202e转\u200b向\r\n下") == "红 [31m字转向 下"


@pytest.mark.parametrize(
    ("text", "cells", "shown"), [("收费率", 6, "收费率"), ("收费率", 5, "收费…"), ("收费率", 4, "收…"), ("abc", 0, "")]
)
def test_cut_counts_cells(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown and cell_len(shown) <= cells


def test_fold_keeps_numbers_and_closing_marks() -> None:
    assert fold("收缴率提高到90%，年底完成", 13, 3) == ["收缴率提高到", "90%，年底完成"]
    assert fold("甲" * 50, 10, 2) == ["甲" * 5, "甲甲甲甲…"]
    assert fold("", 10, 2) == [""]


def test_fold_keeps_latin_words() -> None:
    assert fold("共有页面警告 pdf-pages-without-text 3", 24, 2) == ["共有页面警告", "pdf-pages-without-text 3"]
    assert fold("x" * 30, 10, 2) == ["x" * 10, "x" * 9 + "…"]


def test_empty_columns_are_left_out() -> None:
    table = make_table((Column("a", 10), Column("b", 10)), [[["x"], [""]], [["y"], []]], 80)
    assert [column.header for column in table.columns] == ["a"]


@pytest.mark.parametrize(
    ("low", "high", "comparator", "approximate", "unit", "per", "shown"),
    [
        ("90", None, "ge", False, "%", (), "≥90%"),
        (None, "9", "le", False, "%", (), "≤9%"),
        ("75000", "75000", "eq", True, "CNY", (), "~7.5万元"),
        ("5", "8", "range", False, "人", (), "5–8人"),
        ("10920000", "10920000", "eq", False, "CNY", ("人", "月"), "1092万元/人/月"),
        ("12345678", "12345678", "eq", False, "人次", (), "12,345,678人次"),
        ("3", "3", "eq", False, "×", (), "3×"),
        ("260", None, "ge", True, "人次", (), "≥~260人次"),
        ("3000000000000", "3000000000000", "gt", False, "CNY", (), ">3万亿元"),
        ("-2", "5", "range", False, "%", (), "-2 … 5%"),
    ],
)
def test_levels(
    low: str | None, high: str | None, comparator: Comparator, approximate: bool, unit: str, per: tuple[str, ...],
    shown: str,
) -> None:  # fmt: skip
    quantity = Quantity(
        id="q1", statement=None, kind="other", low=Decimal(low) if low else None, high=Decimal(high) if high else None,
        comparator=comparator, approximate=approximate, masked=False, unit=unit, per=per, role="target", metric=None,
        due=None, text="原文", span=Span(0, 2), raw_span=Span(0, 2),
    )  # fmt: skip
    assert level(quantity, "zh") == shown
