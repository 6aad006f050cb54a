"""The documentation is true: its code runs, its commands exist, its figures are measured."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_python_blocks_run(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    code = blocks(name, "python")
    assert code
    for block in code:
        exec(compile(block, name, "exec"), {})
    assert "物业费收缴率" in capsys.readouterr().out


@pytest.mark.parametrize("name", READMES)
def test_the_batch_block_runs_as_a_script(name: str, tmp_path: Path) -> None:
    (block,) = (code for code in blocks(name, "python") if "docparse.batch" in code)
    script = tmp_path / "script.py"
    script.write_text(f"{block}    print(count, hits[0].path)\n".replace('"out"', repr(str(tmp_path / "out"))))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "cli")))}
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "12" in done.stdout and "corpora/samples/txt/property-plan.txt" in done.stdout


def test_the_first_command_leaves_what_the_readme_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from docparse_cli.main import main

    monkeypatch.chdir(ROOT)
    out = str(tmp_path / "out")
    assert blocks("README.md", "bash")[0].rstrip().endswith("docparse batch corpora/samples --out out")
    assert main(["batch", "corpora/samples", "--out", out, "--quiet"]) == 0
    named = set(re.findall(r"`([a-z]+\.(?:sqlite|csv|json))`", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named == {path.name for path in Path(out).iterdir() if path.name != ".lock"}
    capsys.readouterr()
    assert main(["query", out, "收缴率", "--lang", "en"]) == 0
    assert "property-plan" in capsys.readouterr().out


def test_both_readmes_give_the_same_commands() -> None:
    english, chinese = (blocks(name, "bash") for name in READMES)
    assert english == chinese
    assert len(english) == 2


def test_ci_runs_the_readme_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "<!-- test-command -->" in script
    assert "<!-- test-command -->" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_screen_shows_what_inspect_prints(capsys: pytest.CaptureFixture[str]) -> None:
    from docparse_cli.main import main

    shown = [line for line in blocks("README.md", "text")[1].splitlines() if line.strip()]
    main(["--lang", "en", "inspect", str(ROOT / "corpora/samples/txt/property-plan.txt"), "--width", "80"])
    printed = {line.rstrip() for line in capsys.readouterr().out.splitlines()}
    assert [line for line in shown if line.rstrip() not in printed] == []


@pytest.mark.parametrize("name", READMES)
def test_the_repairs_shown_are_what_the_command_prints(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from docparse_cli.main import main

    monkeypatch.setenv("COLUMNS", "80")
    (block,) = blocks(name, "console")
    command, *shown = block.splitlines()
    typed = re.fullmatch(r"\$ echo '(.+)' \| docparse (.+)", command)
    assert typed
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(f"{typed[1]}\n".encode())))
    arguments = typed[2].split()
    assert main(arguments if "--lang" in arguments else [*arguments, "--lang", "en"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line not in printed] == []


def test_the_figures_are_measured() -> None:
    spec = importlib.util.spec_from_file_location("corpora_score", ROOT / "corpora" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table = module.markdown(module.score(sorted((ROOT / "corpora" / "dev").glob("*.gold.json"))))
    assert table in (ROOT / "README.md").read_text(encoding="utf-8"), f"README.md should show:\n{table}"


@pytest.mark.parametrize("path", sorted(ROOT.glob("docparse/**/README.md")), ids=lambda p: p.parent.name)
def test_files_named_in_a_folder_readme_exist(path: Path) -> None:
    for name in re.findall(r"`([\w/]+\.(?:py|toml))`", path.read_text(encoding="utf-8")):
        found = [path.parent / name, path.parent.parent / name, path.parent.parent / "lexicon" / name, ROOT / name]
        assert any(p.exists() for p in found), f"{path.parent.name}/README.md names {name}"
