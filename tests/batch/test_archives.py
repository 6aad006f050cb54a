"""Zip archives as people send them: Chinese names without a flag, archives in archives, and those meant to harm."""

from __future__ import annotations

import io
import stat
import time
import zipfile
from pathlib import Path

import pytest
from batch_tools import ask, dump, lines
from fake_parsers import fake, fake_log

from docparse.batch import BatchReport, Limits, run
from docparse.batch.archives import member_names
from docparse.options import Options


class Unflagged(zipfile.ZipInfo):
    """A member whose name is written in the code page of the system, without the UTF-8 flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode("cp437"), self.flag_bits


def zipped(members: dict[str, bytes], *, encoding: str | None = None) -> bytes:
    """A zip file. With `encoding` the names are written as Chinese Windows does: in it, and without the flag."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name) if encoding is None else Unflagged(name.encode(encoding).decode("cp437"))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


def batch(path: Path, **choices: object) -> BatchReport:
    return run([path], path.parent / "out", workers=1, parse=fake, **choices)  # type: ignore[arg-type]


def paths(out: Path, state: str = "parsed") -> list[str]:
    return [Path(path).name for path in ask(out, f"SELECT path FROM files WHERE state = '{state}' ORDER BY path")]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gbk", ["2024年工作计划/目标.txt", "总结.txt"]),
        ("big5", ["報告計畫.txt", "總結/工作總結.txt", "年度/成功.txt"]),
        ("utf-8", ["2024年工作计划/目标.txt", "总结.txt"]),
        (None, ["2024年工作计划/目标.txt", "总结.txt"]),
    ],
)
def test_chinese_names(encoding: str | None, names: list[str], tmp_path: Path) -> None:
    data = zipped({name: name.encode() for name in names}, encoding=encoding)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert (archive.infolist()[0].flag_bits & 0x800 == 0) is (encoding is not None)
    (tmp_path / "甲.zip").write_bytes(data)
    report = batch(tmp_path / "甲.zip")
    assert (report.parsed, report.archives, report.failed) == (len(names), 1, 0)
    found = ask(tmp_path / "out", "SELECT path FROM files WHERE archive IS NOT NULL ORDER BY path")
    assert found == sorted(f"{tmp_path}/甲.zip!/{name}" for name in names)


def test_the_unicode_path_field_wins() -> None:
    info = zipfile.ZipInfo("\u00bc\u255d.txt")  # cp437 for bytes of GBK
    name = "计划.txt".encode()
    checksum = zipfile.crc32(info.orig_filename.encode("cp437"))  # type: ignore[attr-defined]
    field = b"\x01" + checksum.to_bytes(4, "little") + name
    info.extra = b"\x75\x70" + len(field).to_bytes(2, "little") + field
    assert member_names([info]) == ["计划.txt"]


def test_members_are_documents_with_their_own_path(tmp_path: Path) -> None:
    inner = zipped({"深/丙.txt": "丙".encode()})
    members = {"a.txt": "甲".encode(), "内.zip": inner, "copy.txt": "甲".encode(), "__MACOSX/._a.txt": b"\0"}
    (tmp_path / "x.zip").write_bytes(zipped(members))
    (tmp_path / "loose.txt").write_text("甲", encoding="utf-8")
    report = run([tmp_path], tmp_path / "out", workers=2, parse=fake, formats=("jsonl",))
    assert (report.files, report.parsed, report.archives, report.skipped) == (7, 4, 2, 1)
    assert (report.documents, report.copies) == (2, 2)
    files = {line["path"]: line for line in lines(tmp_path / "out" / "files.jsonl")}
    assert files[f"{tmp_path}/x.zip!/内.zip!/深/丙.txt"]["archive"] == f"{tmp_path}/x.zip"
    assert files[f"{tmp_path}/x.zip!/a.txt"]["same_as"] == f"{tmp_path}/loose.txt"


def test_names_that_climb_out_stay_inside(tmp_path: Path) -> None:
    names = ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\a.txt", "a/../../b.txt", "..", "x\ny\x00z.txt", "b.txt"]
    infos = [zipfile.ZipInfo(name) for name in names]
    cleaned = member_names(infos)
    assert cleaned[:2] == ["etc/passwd", "etc/passwd (1)"]
    assert cleaned[2:5] == ["Windows/a.txt", "a/b.txt", "member-4"] and cleaned[6] == "b.txt"
    assert len(set(cleaned)) == len(names) and not any(c in name for name in cleaned for c in "\n\0\\")


def test_fifty_thousand_members_of_one_name_are_named_in_linear_time() -> None:
    begin = time.perf_counter()
    names = member_names([zipfile.ZipInfo("same.txt") for _ in range(50_000)])
    assert len(set(names)) == 50_000 and time.perf_counter() - begin < 10


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    report = batch(tmp_path / "x.zip")
    assert (report.parsed, report.skipped) == (0, 1)


def test_a_docx_is_a_document_whatever_its_name(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "corpora/samples/docx/property-plan.docx"
    (tmp_path / "plan.zip").write_bytes(sample.read_bytes())
    report = run([tmp_path / "plan.zip"], tmp_path / "out", workers=1)
    assert (report.archives, report.documents) == (0, 1) and report.targets


def bomb() -> bytes:
    return zipped({"bomb.txt": b"0" * 40_000_000, "good.txt": b"good"})


def many() -> bytes:
    return zipped({f"{n}.txt": b"x" for n in range(60)})


def deep() -> bytes:
    data = zipped({"core.txt": b"core"})
    for level in range(4):
        data = zipped({f"{level}.zip": data})
    return data


def large() -> bytes:
    return zipped({f"{n}.txt": bytes((n * k) % 251 for k in range(200_000)) for n in range(1, 8)})


def encrypted() -> bytes:
    data = bytearray(zipped({"secret.txt": b"secret", "good.txt": b"good"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def corrupt() -> bytes:
    data = bytearray(zipped({"bad.txt": bytes(range(256)) * 40, "good.txt": b"good"}))
    data[60:70] = b"\xff" * 10
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "code", "parsed"),
    [
        (bomb, "expansion-bomb", ["good.txt"]),
        (many, "too-many-entries", []),
        (deep, "archive-too-deep", []),
        (large, "too-large-expanded", ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]),
        (encrypted, "encrypted", ["good.txt"]),
        (corrupt, "damaged-member", ["good.txt"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_meant_to_harm_is_refused_and_the_rest_is_read(
    make: object, code: str, parsed: list[str], tmp_path: Path
) -> None:
    (tmp_path / "x.zip").write_bytes(make())  # type: ignore[operator]
    limits = Limits(archive_entries=50, archive_bytes=41_000_000 if make is not large else 1_100_000, archive_depth=3)
    report = run(
        [tmp_path], tmp_path / "out", workers=1, limits=limits, options=Options(encoding="latin-1"), parse=fake
    )
    assert set(report.failures) - {"internal-error"} == {code}
    if make is not large:  # the fake parser reads UTF-8 only
        assert paths(tmp_path / "out") == parsed
    else:
        assert report.failures[code] == 2


def test_a_member_too_large_for_a_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({"a.txt": bytes(range(256)) * 40}))
    report = batch(tmp_path / "x.zip", options=Options(max_bytes=1000))
    assert report.failures == {"too-large": 1}


def test_an_archive_cut_off_is_a_damaged_document(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({"a.txt": b"x" * 1000})[:60])
    report = run([tmp_path / "x.zip"], tmp_path / "out", workers=1)
    assert report.failures == {"damaged-zip": 1}


def test_an_unchanged_archive_is_not_opened_and_a_changed_one_only_parses_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    archive, out = tmp_path / "x.zip", tmp_path / "out"
    archive.write_bytes(zipped({f"{n}.txt": f"第{n}份".encode() for n in range(5)}))
    run([archive], out, workers=1, parse=fake_log)
    report = run([archive], out, workers=1, parse=fake_log)
    assert (report.work.looked, report.work.unchanged) == (0, 6)
    archive.write_bytes(zipped({f"{n}.txt": f"第{n}份".encode() for n in range(3, 9)}))
    report = run([archive], out, workers=1, parse=fake_log)
    assert (report.work.looked, report.work.parsed, report.work.gone, report.files) == (1, 4, 3, 7)
    assert len((tmp_path / "log").read_text(encoding="utf-8").splitlines()) == 9
    run([archive], tmp_path / "fresh", workers=1, parse=fake_log)
    assert dump(out) == dump(tmp_path / "fresh")
