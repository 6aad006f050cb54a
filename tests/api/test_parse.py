"""parse, parse_text, parse_folder: what they take, what they give, what they refuse."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import docparse
from docparse import DocparseError, Options

PLAN = "安和公司2024年工作计划\n一、目标\n1、回款率由85%提高到92%。\n2、3月底前完成客户建档。\n"


def test_path_bytes_and_file_agree(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    by_path = docparse.parse(path)
    by_bytes = docparse.parse(PLAN.encode())
    by_file = docparse.parse(io.BytesIO(PLAN.encode()))
    assert by_path.source.path == str(path)
    assert by_path.targets == by_bytes.targets == by_file.targets
    assert docparse.parse_text(PLAN).targets == by_bytes.targets


def test_a_target_with_its_baseline() -> None:
    document = docparse.parse_text(PLAN)
    (target,) = [t for t in document.targets if t.unit == "%"]
    baseline = next(q for q in document.quantities if q.id == target.baseline)
    assert (target.metric, str(target.low), str(baseline.low)) == ("回款率", "92", "85")


def test_reference_date_is_given_or_found_never_today() -> None:
    assert docparse.parse_text(PLAN).reference_date is None
    given = docparse.parse_text(PLAN, options=Options(reference_date=date(2024, 1, 5)))
    assert (given.reference_date, given.reference_basis) == (date(2024, 1, 5), "given")
    (deadline,) = [d for d in given.deadlines if d.text.startswith("3月底")]
    assert deadline.end == date(2024, 3, 31)


def test_min_confidence_drops_claims_not_mentions() -> None:
    everything = docparse.parse_text(PLAN)
    nothing = docparse.parse_text(PLAN, options=Options(min_confidence=1.0))
    assert everything.goals
    assert not nothing.goals
    assert not nothing.targets
    assert len(nothing.quantities) == len(everything.quantities)


def test_folder_gives_documents_and_errors_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(PLAN, encoding="gb18030")
    found = list(docparse.parse_folder(tmp_path))
    assert [isinstance(item, DocparseError) for item in found] == [False, True, False]


@pytest.mark.parametrize("options", [Options(max_bytes=10), Options(max_characters=5)])
def test_limits_are_errors_that_say_what_to_do(options: Options) -> None:
    with pytest.raises(docparse.LimitExceededError) as caught:
        docparse.parse(PLAN.encode(), options=options)
    assert caught.value.advice


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    for source in (tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(docparse.UnreadableFileError):
            docparse.parse(source)
    with pytest.raises(docparse.UnreadableFileError):
        list(docparse.parse_folder(tmp_path / "missing"))


def test_wrong_kinds_of_argument_are_type_errors() -> None:
    with pytest.raises(TypeError):
        docparse.parse(42)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        docparse.parse(io.StringIO("text"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong", [{"reference_date": "2024-01-01"}, {"min_confidence": 5}, {"max_bytes": 0}, {"max_characters": -1}]
)
def test_options_that_mean_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(docparse.OptionError):
        Options(**wrong)  # type: ignore[arg-type]


def test_the_page_fills_the_source() -> None:
    page = "发布时间：2024-01-08　来源：云栖办公网\n" + PLAN
    source = docparse.parse_text(page).source
    assert (source.published, source.site) == (date(2024, 1, 8), "云栖办公网")


def test_public_names_all_resolve() -> None:
    for name in docparse.__all__:
        assert getattr(docparse, name) is not None
    with pytest.raises(AttributeError):
        _ = docparse.nonsense


def test_a_text_does_not_wait_for_readers_of_other_formats() -> None:
    code = (
        "import sys, docparse; docparse.parse('2024年工作计划\\n1、回款率达到95%。'.encode());"
        "print([m for m in ('lxml', 'docx', 'pypdf', 'pypdfium2', 'olefile') if m in sys.modules],"
        "[m for m in sys.modules if m.startswith('docparse.readers.pdf')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] []\n"
