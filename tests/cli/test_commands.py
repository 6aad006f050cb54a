"""The real command, run as a user runs it: what it prints where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpora" / "samples"
PLAN = SAMPLES / "docx" / "property-plan.docx"
NOTICE = SAMPLES / "html" / "parking-notice.html"
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "COLUMNS"))},
    "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "cli"))),
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
}


def docparse(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "docparse_cli", *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, env={**ENVIRONMENT, **environment}, timeout=60, check=False
    )


def test_help_is_instant() -> None:
    docparse("--help")  # the byte code may still have to be written
    begin = time.perf_counter()
    done = docparse("--help")
    assert time.perf_counter() - begin < 0.5
    assert done.returncode == 0 and b"inspect" in done.stdout and not done.stderr


def test_version() -> None:
    from docparse import __version__

    assert docparse("--version").stdout.decode() == f"docparse {__version__}\n"


def test_one_file_is_one_object() -> None:
    done = docparse("parse", PLAN)
    assert done.returncode == 0 and done.stdout.count(b"\n") == 1
    assert json.loads(done.stdout)["schema"] == "docparse/1"
    pretty = docparse("parse", PLAN, "--indent", "2")
    assert json.loads(pretty.stdout) == json.loads(done.stdout) and b'\n  "' in pretty.stdout


def test_several_files_are_lines_and_a_failure_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    done = docparse("parse", PLAN, broken, tmp_path / "missing.txt", NOTICE)
    assert done.returncode == 1
    paths = [json.loads(line)["source"]["path"] for line in done.stdout.splitlines()]
    assert paths == [str(PLAN), str(NOTICE)]
    first, second = done.stderr.decode().splitlines()
    assert first.startswith(f"{broken}: ") and second.startswith(f"{tmp_path / 'missing.txt'}: ")
    assert "Traceback" not in done.stderr.decode() and "internal-error" not in done.stderr.decode()


def test_standard_input_is_the_same_document() -> None:
    text = (SAMPLES / "txt" / "town-report.txt").read_bytes()
    done = docparse("parse", "-", stdin=text)
    named = json.loads(docparse("parse", SAMPLES / "txt" / "town-report.txt").stdout)
    piped = json.loads(done.stdout)
    assert done.returncode == 0 and piped["source"]["path"] is None
    assert piped["text"] == named["text"]


def test_output_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    done = docparse("parse", PLAN, "-o", tmp_path / "plan.json")
    assert done.returncode == 0 and not done.stdout
    assert json.loads((tmp_path / "plan.json").read_bytes())["goals"]
    refused = docparse("parse", PLAN, "-o", tmp_path / "nowhere" / "plan.json")
    assert refused.returncode == 1 and b"Traceback" not in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_options_reach_the_library() -> None:
    done = docparse("parse", SAMPLES / "txt" / "warehouse-rules.txt", "--reference-date", "2023-05-16")
    document = json.loads(done.stdout)
    assert (document["reference_date"], document["reference_basis"]) == ("2023-05-16", "given")


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse"],
        ["nonsense"],
        ["parse", PLAN, "--indent", "99"],
        ["parse", PLAN, PLAN, "--indent", "2"],
        ["parse", "-", "-"],
        ["parse", PLAN, "--reference-date", "yesterday"],
        ["parse", PLAN, "--min-confidence", "2"],
        ["parse", PLAN, "--encoding", "klingon"],
        ["explain", PLAN, "--span", "9:3"],
        ["explain", PLAN],
        ["batch", PLAN],
        ["batch", PLAN, "--out", "x", "--workers", "0"],
        ["batch", PLAN, "--out", "x", "--format", "docx"],
        ["export", "x", "--to", "sqlite"],
        ["query"],
        ["parse", PLAN, "--lang", "fr"],
    ],
)
def test_wrong_usage_is_2_with_a_reason(arguments: list[str | Path]) -> None:
    done = docparse(*arguments)
    assert done.returncode == 2 and not done.stdout
    assert "wrong usage" in done.stderr.decode()


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f'"{sys.executable}" -m docparse_cli parse {" ".join([str(PLAN)] * 3)} | head -c 10'
    done = subprocess.run(["sh", "-c", command], capture_output=True, env=ENVIRONMENT, timeout=60, check=False)
    assert done.returncode == 0 and len(done.stdout) == 10 and not done.stderr


def test_schema_is_a_schema_that_the_output_keeps() -> None:
    import jsonschema

    schema = json.loads(docparse("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(docparse("parse", PLAN).stdout), schema)


def test_explain_prints_a_trace() -> None:
    document = json.loads(docparse("parse", PLAN).stdout)
    start, end = document["targets"][0]["span"]
    done = docparse("explain", PLAN, "--span", f"{start}:{end}")
    assert done.returncode == 0 and document["text"][start:end] in done.stdout.decode()


def test_chinese_messages(tmp_path: Path) -> None:
    assert "用法" in docparse("parse", LC_ALL="zh_CN.UTF-8").stderr.decode()
    assert "用法" in docparse("parse", "--lang", "zh").stderr.decode()
    assert "usage" in docparse("parse", "--lang=en", LC_ALL="zh_CN.UTF-8").stderr.decode()
    assert "目标与任务" in docparse("inspect", PLAN, "--lang", "zh").stdout.decode()


def test_batch(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in (PLAN, NOTICE):
        (folder / sample.name).write_bytes(sample.read_bytes())
    out = tmp_path / "out"
    done = docparse("batch", folder, "--out", out, "--workers", "1", COLUMNS="80")
    assert done.returncode == 0 and not done.stdout
    assert "2 / 2" in done.stderr.decode() and "\x1b" not in done.stderr.decode()
    assert {path.name for path in out.iterdir()} >= {"batch.sqlite", "goals.csv", "targets.csv", "report.json"}
    (folder / "README").write_bytes(b"%PDF-1.7\nnothing more")
    done = docparse("batch", folder, "--out", out, "--workers", "2", "--quiet", "--format", "jsonl,csv")
    assert done.returncode == 1 and not done.stderr and not done.stdout
    assert len((out / "failures.jsonl").read_bytes().splitlines()) == 1
    assert len((out / "documents.jsonl").read_bytes().splitlines()) == 2
    done = docparse("batch", folder, "--out", out, "--lang", "zh", COLUMNS="100")
    assert done.returncode == 1 and "未变 3" in done.stderr.decode() and "PDF 不完整" in done.stderr.decode()


def test_batch_reads_paths_from_standard_input(tmp_path: Path) -> None:
    for number, separator in enumerate(("\n", "\0", "\r\n")):
        paths = separator.join((str(PLAN), str(NOTICE), "")).encode()
        done = docparse("batch", "-", "--out", tmp_path / str(number), "--quiet", stdin=paths)
        assert done.returncode == 0, done.stderr
        assert len((tmp_path / str(number) / "goals.csv").read_bytes().splitlines()) > 5
    assert docparse("batch", "-", "-", "--out", tmp_path / "out").returncode == 2


def test_batch_logs_json(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    inputs = (PLAN, tmp_path / "broken.pdf", tmp_path / "missing.txt")
    done = docparse("batch", *inputs, "--out", tmp_path / "out", "--log", "json", "--timeout", "60")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 1 and events[-1]["event"] == "report" and events[-1]["report"]["failed"] == 2
    assert {event["failure"]["code"] for event in events if event["event"] == "failure"} == {
        "damaged-pdf",
        "file-not-found",
    }
    assert [event["path"] for event in events if event["event"] == "document"] == [str(PLAN)]


def test_batch_with_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = docparse("batch", tmp_path / "in", "--out", tmp_path / "out")
    assert done.returncode == 1 and "No files" in done.stderr.decode()


def test_batch_watches_until_it_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / PLAN.name).write_bytes(PLAN.read_bytes())
    command = [sys.executable, "-m", "docparse_cli", "batch", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    watching = subprocess.Popen([*command, "--watch", "1", "--log", "json"], env=ENVIRONMENT, stderr=subprocess.PIPE)
    assert watching.stderr
    assert json.loads(watching.stderr.readline())["report"]["documents"] == 1
    (tmp_path / "in" / NOTICE.name).write_bytes(NOTICE.read_bytes())
    assert json.loads(watching.stderr.readline())["report"]["documents"] == 2
    watching.send_signal(2)
    assert watching.wait(30) == 130


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("store")
    assert docparse("batch", PLAN, NOTICE, "--out", out, "--quiet").returncode == 0
    return out


def test_query_shows_documents_sentences_and_targets(store: Path) -> None:
    done = docparse("query", store, "收缴率", COLUMNS="80")
    shown = done.stdout.decode()
    assert done.returncode == 0 and done.stderr.decode() == "found 1, shown 1\n"
    assert (
        str(PLAN)[:40] in shown
        and "物业费收缴率由82%提高到90%以上" in shown
        and "→ 物业费收缴率 90%以上 2024-12-31" in shown
    )
    (hit,) = (json.loads(line) for line in docparse("query", store, "收繳率", "--json").stdout.splitlines())
    assert hit["path"] == str(PLAN)
    assert docparse("query", store, "没有这个词").returncode == 1


def test_query_takes_sql_and_only_reads(store: Path) -> None:
    sql = "SELECT metric, low FROM targets_sheet WHERE unit = '%' ORDER BY low DESC"
    done = docparse("query", store, "--sql", sql, "--limit", "2")
    assert (
        done.returncode == 0
        and len(done.stdout.decode().splitlines()) == 4
        and "More than 2 rows" in done.stderr.decode()
    )
    rows = [json.loads(line) for line in docparse("query", store, "--sql", sql, "--json").stdout.splitlines()]
    assert rows[0].keys() == {"metric", "low"}
    refused = docparse("query", store, "--sql", "DROP TABLE files")
    assert refused.returncode == 2 and "bad-query" in refused.stderr.decode()
    assert docparse("query", store).returncode == docparse("query", store, "词", "--sql", sql).returncode == 2


def test_export_names_what_it_wrote(store: Path, tmp_path: Path) -> None:
    done = docparse("export", store, "--to", "xlsx", "-o", tmp_path / "new")
    assert done.returncode == 0 and done.stdout.decode() == f"{tmp_path / 'new' / 'batch.xlsx'}\n"
    assert docparse("export", tmp_path, "--to", "csv").returncode == 2


@pytest.mark.parametrize("command", ["parse", "inspect", "batch", "explain"])
def test_recognition_can_be_switched_off(command: str) -> None:
    from docparse_cli.arguments import build_parser
    from docparse_cli.reading import read_options

    needed = {"batch": ["--out", "x"], "explain": ["--span", "0:1"]}.get(command, [])
    for given, wanted in (([], True), (["--no-recognise"], False)):
        assert read_options(build_parser("en").parse_args([command, "a.pdf", *needed, *given])).recognise is wanted


def test_pictures_are_not_read_where_recognition_is_off(tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab draws the page")
    scan = tmp_path / "scan.pdf"
    page = canvas.Canvas(str(scan))
    page.rect(50, 50, 100, 100, fill=1)
    page.save()
    found = json.loads(docparse("parse", scan, "--no-recognise").stdout)
    assert "pdf-without-text" in [warning["code"] for warning in found["warnings"]]
    assert b"--no-recognise" in docparse("parse", "--help").stdout
