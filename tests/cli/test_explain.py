"""`docparse explain`: who won, who lost and why, in both languages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

import pytest

from docparse.claims.classifier import LabelRule
from docparse.explain import Explanation, explain
from docparse.expr.quantity_finish import REFUSALS
from docparse.expr.quantity_registry import MENTION_RULES
from docparse.expr.time_find import RULE_IDS
from docparse_cli import reasons
from docparse_cli.console import make_console
from docparse_cli.explain_report import report
from docparse_cli.messages import Language

TEXT = "工作计划\n1、今年6到12月份第5项工作扣5分，用款1万元以上5万元以下，夯实基矗\n"


def explained() -> Explanation:
    return explain(TEXT.encode(), (5, 42))


def printed(language: Language, width: int = 80) -> str:
    stream = io.StringIO()
    report(make_console(stream, width=width), explained(), language)
    return stream.getvalue()


def test_winners_and_losers_are_told() -> None:
    found = explained()
    text = found.document.text
    told = {text[r.span.start : r.span.end]: r for r in found.rulings}
    interval = told["今年6到12月份"]
    assert (interval.rule, interval.outcome) == ("time.interval", "kept")
    assert [(text[r.span.start : r.span.end], r.fate) for r in interval.rivals] == [("6到12月份", "inside")]
    bounds = told["1万元以上5万元以下"]
    assert {(text[r.span.start : r.span.end], r.fate) for r in bounds.rivals} == {
        ("1万元以上", "shorter"),
        ("5万元以下", "inside"),
    }
    assert bounds.source
    passed = {text[p.span.start : p.span.end]: [reason for reason, _ in p.reasons] for p in found.passed}
    assert passed == {"5项": ["not.ordinal"]}


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ["taken", "lost: shorter", "lost: begins later", "refused: an ordinal", "Repaired", "→ 础。"]),
        ("zh", ["采用", "落选：较短", "落选：起点在后", "不取：序数", "修复", "时间区间"]),
    ],
)
def test_both_languages(language: Language, wanted: list[str]) -> None:
    shown = printed(language)
    assert [word for word in wanted if word not in shown] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal(language: Language) -> None:
    from rich.cells import cell_len

    for width in (40, 80, 110):
        assert all(cell_len(line.rstrip()) <= width for line in printed(language, width).splitlines())


def test_every_rule_and_reason_has_a_name() -> None:
    assert {refusal.id for refusal in REFUSALS} <= set(reasons.REASONS)
    assert set(get_args(LabelRule)) == set(reasons.LABEL_RULES)
    ids = {rule.id for rule in MENTION_RULES} | {rule.id for rule in RULE_IDS}
    assert ids <= set(reasons.RULES)


def test_no_word_is_left_over() -> None:
    code = (Path(reasons.__file__).parent / "explain_report.py").read_text(encoding="utf-8")
    fates = {"shorter", "listed-later", "inside"}  # asked for by the reading's own word
    assert [
        key for key in reasons.MESSAGES if f'"{key}"' not in code and key not in fates and f"'{key}'" not in code
    ] == []


def test_a_label_by_rule_says_so() -> None:
    text = "工作内容：修订考勤制度\n责任部门：人事部\n完成时间：2024年6月30日\n"
    found = explain(text.encode(), (0, 5))
    assert [said.rule for said in found.statements] == ["described"]
    stream = io.StringIO()
    report(make_console(stream, width=80), found, "en")
    assert "an owner or a day stands below it" in stream.getvalue()
