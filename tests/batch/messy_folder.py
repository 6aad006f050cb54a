"""A folder that nobody has cleaned, made from a seed: mixed formats, broken files, copies, archives, some that hang.

The hostile ones are text with a mark that `parse_or_suffer` obeys; all others are read by the real parser.
"""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docparse.batch.worker import parse_bytes
from docparse.options import Options
from docparse.records import Document

ROOT = Path(__file__).parents[2]
HANG, EAT = "请永远等待", "请吃光内存"
_UNITS = ["物业部", "销售部", "后勤部", "财务科", "教务处", "社区居委会", "生产车间", "信息中心", "客服部", "工程部"]
_METRICS = ["收费率", "满意度", "及时率", "完成率", "合格率", "回款率", "覆盖率", "出勤率", "利用率", "达标率"]
_TASKS = [
    *("完成设备检修", "组织安全培训", "建立客户档案", "开展专项检查"),
    *("修订管理制度", "召开工作例会", "更新消防器材", "核对账目"),
]
_BROKEN = (
    b"",
    b"%PDF-1.7\nnothing more",
    b"PK\x03\x04" + b"cut off" * 9,
    b"{\\rtf1 text}",
    b"version https://git-lfs.github.com/spec/v1\n",
    bytes(range(256)) * 8,
)


class Made(NamedTuple):
    """What lies in the folder: the paths of all inputs below it, archive members too, and how many of each kind."""

    paths: list[str]
    broken: int
    hostile: int
    copies: int
    archives: int


def make_folder(folder: Path, count: int, *, seed: int = 1) -> Made:
    """Fill `folder` with `count` inputs: 2 % broken, 1 % hostile, 10 % copies, 5 % in archives of 40."""
    rng = random.Random(seed)
    paths: list[str] = []
    in_archives = count // 20
    loose = count - in_archives
    broken, hostile, copies = count // 50, count // 100, count // 10
    kinds = ["broken"] * broken + ["hostile"] * hostile + ["copy"] * copies
    kinds += ["plain"] * (loose - len(kinds))
    rng.shuffle(kinds)
    earlier: list[Path] = []
    for number, kind in enumerate(kinds):
        path = folder / f"{number % 97:02}" / f"{number:05}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "copy" and earlier:
            first = rng.choice(earlier)
            path = path.with_name(f"{path.name} 副本{first.suffix}")
            path.write_bytes(first.read_bytes())
        else:
            suffix, data = _content(kind, number, rng)
            path = path.with_suffix(suffix)
            path.write_bytes(data)
            if kind == "plain":
                earlier.append(path)
        paths.append(str(path))
    archives = list(_archives(folder, in_archives, rng))
    return Made(sorted(paths + [name for names in archives for name in names]), broken, hostile, copies, len(archives))


def parse_or_suffer(data: bytes, name: str, options: Options) -> Document:
    """What `parse_bytes` gives, but for the marks: one hangs, the other asks for more memory than there is."""
    if HANG.encode() in data:
        time.sleep(3600)
    if EAT.encode() in data:
        bytearray(1 << 40)
    return parse_bytes(data, name, options)


def short_plan(number: int, rng: random.Random) -> str:
    """A plan of some two hundred characters, each one different."""
    year = rng.randrange(2019, 2027)
    lines = [f"{rng.choice(_UNITS)}{year}年第{number}号工作计划", "一、目标"]
    for n in range(1, rng.randrange(3, 6)):
        low, month = rng.randrange(20, 75), rng.randrange(1, 13)
        lines.append(f"{n}、{rng.choice(_METRICS)}由{low}%提高到{low + rng.randrange(1, 20)}%以上，{month}月底前完成。")
    lines += ["二、措施", *(f"{n}、{rng.choice(_TASKS)}{rng.randrange(1, 90)}次。" for n in range(1, 4))]
    return "\n".join(lines) + "\n"


def _content(kind: str, number: int, rng: random.Random) -> tuple[str, bytes]:
    if kind == "broken":
        return rng.choice((".docx", ".pdf", ".txt")), rng.choice(_BROKEN) + (
            str(number).encode() if number % 3 else b""
        )
    text = short_plan(number, rng)
    if kind == "hostile":
        return ".txt", f"{text}{rng.choice((HANG, EAT))}\n".encode()
    draw = rng.random()
    if draw < 0.02:
        pdf = rng.choice(sorted((ROOT / "corpora/samples/pdf").iterdir())).read_bytes()
        return ".pdf", pdf + f"%{number}\n".encode()
    if draw < 0.12:
        return ".docx", _docx(text)
    if draw < 0.32:
        return ".html", _html(text)
    if draw < 0.37:
        return ".md", ("# " + text.replace("一、", "## 一、").replace("二、", "## 二、")).encode()
    return ".txt", text.encode(rng.choice(("utf-8", "utf-8", "gb18030")))


def _html(text: str) -> bytes:
    title, *lines = text.splitlines()
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{body}</body>".encode()


def _docx(text: str) -> bytes:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>',
    }
    return _zip({name: data.encode() for name, data in parts.items()})


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _archives(folder: Path, count: int, rng: random.Random) -> Iterator[list[str]]:
    for begin in range(0, count, 40):
        names = {
            f"计划/{n:04}.txt": short_plan(900_000 + n, rng).encode() for n in range(begin, min(begin + 40, count))
        }
        path = folder / f"打包{begin:05}.zip"
        path.write_bytes(_zip(names))
        yield [str(path), *(f"{path}!/{name}" for name in names)]
