"""`docparse repair`: the text and nothing else on standard output, and a report that a person can read."""

from __future__ import annotations

import json
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from rich.cells import cell_len

from docparse.records import Span, Warning
from docparse.text.edits import Edit, apply_edits
from docparse.text.repair import Repaired
from docparse_cli import damages
from docparse_cli.console import make_console, tidy
from docparse_cli.damage_bytes import byte_story, rows
from docparse_cli.excerpts import Lines, cells_of, excerpt, visible
from docparse_cli.main import main
from docparse_cli.messages import Language, damage_name, damage_story
from docparse_cli.repair import Mended, summary
from docparse_cli.repair_report import SHOWN_ALIKE, report

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
EATEN = "为来年工作打下坚实的基矗"
SOUND = "为来年工作打下坚实的基础。"
CLEAN = "各部门要按时报送年度计划。\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(f"一、总体要求\n{EATEN}\n", encoding="utf-8")
    return path


def test_the_text_alone_goes_to_standard_output(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["repair", str(page)]) == 0
    out, err = capsysbinary.readouterr()
    assert out == f"一、总体要求\n{SOUND}\n".encode()
    assert err.decode() == f"{page}: 1 repaired: mark eaten 1; nothing is left damaged\n"


def test_standard_input_and_an_encoding(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(EATEN.encode("gb18030"))))
    assert main(["repair", "-", "--encoding", "gb18030"]) == 0
    out, err = capsysbinary.readouterr()
    assert out.decode() == SOUND and err.startswith(b"standard input: 1 repaired")


def test_clean_text_is_unchanged(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text(CLEAN, encoding="utf-8")
    assert main(["repair", str(clean)]) == 0
    out, err = capsysbinary.readouterr()
    assert out == CLEAN.encode() and b"nothing to repair; nothing is left damaged" in err
    assert main(["repair", str(clean), "--explain"]) == 0
    assert "nothing to repair" in capsysbinary.readouterr().out.decode()


def test_several_files_follow_each_other_and_a_failure_is_told(page: Path, capsys: Captured) -> None:
    missing = page.parent / "missing.txt"
    assert main(["repair", str(page), str(missing), str(page)]) == 1
    out, err = capsys.readouterr()
    assert out == f"一、总体要求\n{SOUND}\n" * 2
    assert f"{missing}: file-not-found: " in err and err.count("\n") == 3


def test_any_format_and_an_output_file(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "plan.txt"
    assert main(["repair", str(SAMPLES / "docx" / "property-plan.docx"), "-o", str(target)]) == 0
    assert "物业费收缴率" in target.read_text(encoding="utf-8") and not capsys.readouterr().out
    assert main(["repair", str(SAMPLES / "docx" / "property-plan.docx"), "--explain", "-o", str(target)]) == 0
    assert "nothing to repair" in target.read_text(encoding="utf-8") and not capsys.readouterr().out


def test_simplified(tmp_path: Path, capsys: Captured) -> None:
    page = tmp_path / "page.txt"
    page.write_text("本部門要積極開拓市場，學習業務。\n", encoding="utf-8")
    assert main(["repair", str(page)]) == 0
    assert capsys.readouterr().out == "本部門要積極開拓市場，學習業務。\n"
    assert main(["repair", str(page), "--simplified"]) == 0
    assert capsys.readouterr().out == "本部门要积极开拓市场，学习业务。\n"
    assert main(["repair", str(page), "--simplified", "--explain"]) == 0
    assert "converted to simplified" in capsys.readouterr().out


def test_json_holds_every_field_of_every_edit(page: Path, capsys: Captured) -> None:
    assert main(["repair", str(page), str(page), "--json"]) == 0
    out, err = capsys.readouterr()
    first, second = map(json.loads, out.splitlines())
    assert first == second and not err
    assert list(first) == ["text", "script", "edits", "warnings"]
    assert first["text"] == f"一、总体要求\n{SOUND}\n" and first["script"] == "hans" and first["warnings"] == []
    (edit,) = first["edits"]
    assert set(edit) == set(Edit.__struct_fields__)
    assert edit["kind"] == "gbk-space-strip" and edit["certified"] is True


def test_explain_shows_the_place_the_change_and_the_bytes(page: Path, capsys: Captured) -> None:
    assert main(["repair", str(page), "--explain"]) == 0
    out, err = capsys.readouterr()
    assert not err
    lines = out.splitlines()
    at = lines.index("Line 2")
    assert lines[at + 1 : at + 4] == [
        "  character 12  mark eaten",
        "    -  为来年工作打下坚实的基⟦矗⟧",
        "    +  为来年工作打下坚实的基⟦础。⟧",
    ]
    assert "    bytes   was     B4⟦A1|A1⟧A3    础。" in lines
    assert "            became  B4       A3    矗" in lines
    assert any("proved by doing the damage again" in line for line in lines)
    assert any("gbk-space-strip: restore_eaten_spaces" in line for line in lines)


def test_explain_in_chinese(page: Path, capsys: Captured) -> None:
    assert main(["repair", str(page), "--explain", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    for words in ("发生了什么", "标点被吃", "第 2 行", "第 12 字", "本来  B4⟦A1|A1⟧A3", "重演损坏得到验证"):
        assert words in out
    assert main(["repair", str(page), "--lang", "zh"]) == 0
    assert "修复 1 处：标点被吃 1；没有遗留的损坏" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["-", "-"], ["-", "--explain", "--json"], ["-", "--all"], ["-", "--width", "60"], ["-", "--encoding", "x"]],
)
def test_wrong_usage(arguments: list[str], capsys: Captured) -> None:
    assert main(["repair", *arguments]) == 2
    out, err = capsys.readouterr()
    assert not out and "wrong usage" in err


@pytest.mark.parametrize(("name", "code"), [("empty.txt", "empty-file"), ("picture.png", "image")])
def test_what_cannot_be_read(name: str, code: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / name
    path.write_bytes(b"" if code == "empty-file" else b"\x89PNG\r\n\x1a\n" + bytes(40))
    assert main(["repair", str(path), "--explain"]) == 1
    assert f"{path}: {code}: " in capsys.readouterr().err


def mended(raw: str, *changes: tuple[str, str, str], warnings: tuple[Warning, ...] = ()) -> Mended:
    """A repair by hand: every place of `before` becomes `after`."""
    edits = []
    for before, after, kind in changes:
        at = raw.find(before)
        while at >= 0:
            end = at + len(before)
            edits.append(Edit(start=at, end=end, after=after, kind=kind, rule="by_hand", evidence="seen"))
            at = raw.find(before, end)
    edits.sort(key=lambda edit: edit.start)
    text, way = apply_edits(raw, edits)
    repaired = Repaired(raw=raw, text=text, edits=tuple(edits), map=way, script="hans", warnings=warnings)
    return Mended("page.txt", repaired, text, warnings)


def told(one: Mended, *, width: int = 80, language: Language = "en", everything: bool = False) -> str:
    stream = StringIO()
    console = make_console(stream, width=width)
    with tidy(console):
        report(console, one, language, everything=everything, simplified=False)
    return stream.getvalue()


def test_what_is_the_same_many_times_is_counted() -> None:
    glossed = mended("產(chǎn)業(yè)" * 40, ("產(chǎn)", "產", "pinyin-gloss"), ("業(yè)", "業", "pinyin-gloss"))
    shown = told(glossed)
    assert "產(chǎn)  40   業(yè)    40" in shown
    assert shown.count("\n  character ") == 2 and "and 78 more like this (--all shows them)" in shown
    assert told(glossed, everything=True).count("\n  character ") == 80
    quotes = mended('说\\"好\\"' * 5, ('\\"', '"', "escape"))
    assert told(quotes).count("\n  character ") == SHOWN_ALIKE and "and 7 more like this" in told(quotes)


def test_every_line_fits_and_nothing_acts_on_the_terminal() -> None:
    hostile = (
        "甲\x1b[31m乙\u202e丙"
        + "长" * 90
        + "共3页,当前第1页\n123丁"
        + "细细则则" * 30
        + "戊\u200b己 \ue5d2庚"
        + "尾" * 90
    )
    one = mended(
        hostile,
        ("共3页,当前第1页\n123", "", "page-glue"),
        ("细细则则" * 30, "细则" * 30, "overprint"),
        ("\u200b", "", "zero-width"),
        ("\ue5d2", "总", "byte-shift"),
        ("\x1b[31m", "\x1b[32m", "never-heard-of"),
        warnings=(Warning(code="byte-shift", message="lost", raw_span=Span(0, 1)), Warning(code="odd", message="x")),
    )
    for width in (40, 80):
        for language in ("en", "zh"):
            shown = told(one, width=width, language=language)
            assert "\x1b" not in shown and "\u202e" not in shown
            assert [line for line in shown.splitlines() if cell_len(line) > width or line != line.rstrip()] == []
    shown = told(one)
    for words in ("⏎", "<U+200B>", "<U+E5D2>", "<U+001B>[31m", "never-heard-of", "line 1, character 1", "Left damaged"):
        assert words in shown
    assert "left damaged: 2" in summary(one, "en")


def test_an_edit_that_nobody_would_see_is_not_shown() -> None:
    edit = Edit(start=2, end=3, after=" ", kind="space", listed=False)
    repaired = Repaired(
        raw="工作\xa0计划", text="工作 计划", edits=(edit,), map=apply_edits("工作\xa0计划", [edit])[1], script="hans",
        warnings=(),
    )  # fmt: skip
    assert "nothing to repair" in told(Mended("page.txt", repaired, repaired.text, ()))


def hex_rows(kind: str, before: str, after: str) -> tuple[str, str]:
    story = byte_story(kind, before, after)
    assert story is not None
    first, second = (
        "".join(mark + cell for mark, cell in zip(row.marks, [*row.cells, ""], strict=True)).strip()
        for row in rows(story)
    )
    return first, second


def test_the_story_of_the_bytes() -> None:
    assert hex_rows("gbk-space-strip", "市常", "市场。") == ("B3⟦A1|A1⟧A3", "B3       A3")
    assert hex_rows("gbk-space-strip", "斜", "小”") == ("D0⟦A1|A1⟧B1", "D0       B1")
    assert hex_rows("pinyin-gloss", "業(yè)", "業") == ("98 49", "98 49⟦28|79|A8 A8|29⟧")
    learned = byte_story("gbk-space-strip", "市常", "市場")
    assert learned is not None and (learned.was.text, learned.returned) == ("场。", "。")
    misread = byte_story("wrong-charset", "宸ヤ綔", "工作")
    assert misread is not None and (misread.was.encoding, misread.now.encoding) == ("utf-8", "gb18030")
    assert misread.was.code == misread.now.code == "工作".encode()
    lossy = byte_story("wrong-charset", "宸ヤ?", "工作")
    assert lossy is not None and lossy.was.code != lossy.now.code
    assert byte_story("spacing", "2 0", "20") is None


def test_excerpts() -> None:
    lines = Lines("甲\r\n乙丙\n丁")
    assert [tuple(lines.place((at,))) for at in (0, 3, 4, 6)] == [(1, 1), (2, 1), (2, 2), (3, 1)]
    assert excerpt("前文\n  一二三四\n后", 6, 7, 40) == ("一", "⟦二⟧", "三四")
    assert visible("a \u3000\ufeff\n") == "a␣<U+3000><U+FEFF>⏎"
    for room in (10, 20, 40):
        assert cells_of("".join(excerpt("天" * 300, 100, 180, room))) <= room


@pytest.mark.parametrize("kind", damages.NAMES)
def test_every_kind_has_a_name_in_both_languages(kind: str) -> None:
    assert all(damages.NAMES[kind])
    assert damages.NAMES[kind][0] != damages.NAMES[kind][1]
    assert kind in damages.STORIES or kind == "space"
    assert damage_name("zh", "brand-new") == "brand-new" and damage_story("zh", "brand-new") == ""
