"""What other programs open: workbooks, Parquet, JSON lines."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from batch_tools import ask, lines, write_inputs
from fake_parsers import fake

from docparse.batch import export, run
from docparse.batch.exports import SHEETS
from docparse.wire import from_json

TEXTS = {"a.txt": '=HYPERLINK("http://x","收费率")', "b.txt": "b\x01\ufffe" + "长" * 40_000, "c.txt": "DAMAGED"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    run([write_inputs(folder / "in", TEXTS)], folder / "out", workers=1, parse=fake)
    return folder / "out"


def test_every_sheet_as_csv(out: Path, tmp_path: Path) -> None:
    written = export(out, "csv", folder=tmp_path)
    assert [path.name for path in written] == [f"{sheet}.csv" for sheet in SHEETS]
    heads = {path.stem: path.read_text(encoding="utf-8-sig").splitlines()[0] for path in written}
    assert all(head.startswith("path,") for head in heads.values())
    assert heads["files"] == "path,state,same_as,archive,size,sha256"


def test_json_lines_keep_the_contract(out: Path, tmp_path: Path) -> None:
    export(out, "jsonl", folder=tmp_path)
    documents = [from_json(line) for line in (tmp_path / "documents.jsonl").read_bytes().splitlines()]
    assert [Path(d.source.path or "").name for d in documents] == ["a.txt", "b.txt"]
    (failure,) = lines(tmp_path / "failures.jsonl")
    assert failure["code"] == "damaged-file" and "traceback" not in failure


def test_a_workbook_runs_nothing(out: Path, tmp_path: Path) -> None:
    export(out, "xlsx", folder=tmp_path)
    with zipfile.ZipFile(tmp_path / "batch.xlsx") as book:
        pages = {name: book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")}
        names = book.read("xl/workbook.xml").decode()
    assert all(f'name="{sheet}"' in names for sheet in SHEETS) and len(pages) == len(SHEETS)
    assert not any("<f>" in page or "<hyperlink" in page for page in pages.values())
    assert all('state="frozen"' in page and "<cols>" in page and "<autoFilter" in page for page in pages.values())
    assert "=HYPERLINK" in pages["xl/worksheets/sheet2.xml"]
    longest = max(len(text) for page in pages.values() for text in page.split("</t>"))
    assert longest < 33_000


def test_a_sheet_longer_than_excel_takes_goes_on(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docparse.batch.xlsx._MOST_ROWS", 2)
    export(out, "xlsx", folder=tmp_path)
    with zipfile.ZipFile(tmp_path / "batch.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
        assert 'name="files (2)"' in names and 'name="files (3)"' not in names
        assert sum(book.read(name).count(b"c.txt") for name in book.namelist() if "worksheets/" in name) == 2


@pytest.mark.slow
def test_libreoffice_opens_the_workbook(out: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    export(out, "xlsx", folder=tmp_path)
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir"]
    command += [str(tmp_path), str(tmp_path / "batch.xlsx")]
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    if b"could not be loaded" in done.stdout + done.stderr:
        pytest.skip("LibreOffice is here without Calc")
    assert {path.stem for path in tmp_path.glob("batch-*.csv")} == {f"batch-{sheet}" for sheet in SHEETS}
    assert '=HYPERLINK(""http://x"",""收费率"")' in (tmp_path / "batch-goals.csv").read_text(encoding="utf-8")


def test_parquet_has_types_and_the_whole_json(out: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pip install 'docparse[parquet]'")
    written = export(out, "parquet", folder=tmp_path)
    assert [path.stem for path in written] == list(SHEETS)
    targets = pq.read_table(tmp_path / "targets.parquet")
    assert str(targets.schema.field("low").type) == "double" and targets["low"].to_pylist() == [90.0, 90.0]
    documents = pq.read_table(tmp_path / "documents.parquet")
    assert str(documents.schema.field("characters").type) == "int64"
    assert [from_json(json).source.path for json in documents["json"].to_pylist()] == documents["path"].to_pylist()
    assert pq.read_table(tmp_path / "failures.parquet").num_rows == len(ask(out, "SELECT path FROM failures"))


def test_a_disk_that_refuses(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docparse.errors import OptionError

    export(out, "csv", folder=tmp_path)
    before = (tmp_path / "goals.csv").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OptionError) as caught:
        export(out, "csv", folder=tmp_path)
    assert caught.value.code == "unwritable-output"
    assert (tmp_path / "goals.csv").read_bytes() == before and not list(tmp_path.glob(".*.part"))
