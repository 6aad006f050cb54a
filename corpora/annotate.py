"""Make NAME.txt and NAME.gold.json from every NAME.ann, or check that they are fresh (--check).

usage: python corpora/annotate.py [--check] [FILE.ann ...]
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, get_args

from docparse.records import Kind, QuantityKind, QuantityRole, SectionRole, TimeRole

HERE = Path(__file__).parent
UNIT = re.compile(r"(\+?)(title|h[1-9](?::[a-z]+)?|goal|task|result|problem|rule|background|noise)\|(.*)", re.DOTALL)
TAG = re.compile(r"""<(/?)([tqd])((?:\s+\w+(?:=(?:"[^"]*"|[^\s<>"]*))?)*)\s*>""")
ATTRIBUTE = re.compile(r"""(\w+)(?:=(?:"([^"]*)"|([^\s<>"]*)))?""")
KINDS = get_args(Kind)
TIME_ROLES = get_args(TimeRole)
SECTION_ROLES = get_args(SectionRole)
LINE_END = "⏎"  # a line end inside a unit
QUANTITY_ROLES = get_args(QuantityRole)
QUANTITY_KINDS = get_args(QuantityKind)
TIME_VALUE = re.compile(
    r"(?:P[\dXT.YMWDHSQ]+|[\dX]{2,4}(?:-(?:[\dX]{2}|Q[1-4X]|H[12X]|W[\dX]{2}|SP|SU|FA|WI)(?:-(?:[\dX]{1,2}|WE))?)?"
    r"(?:T(?:MO|MI|AF|EV|NI|DT|NO|DA|EM|\d\d(?::\d\d){0,2}))?|T\d\d(?::\d\d){0,2}|T(?:MO|AF|EV|NI)|"
    r"(?:PRESENT|PAST|FUTURE)_REF|\.\.|)"
)


class AnnotationError(ValueError):
    """The .ann file breaks the format; the message names file and line."""


def attributes(text: str) -> dict[str, str]:
    return {m[1]: m[2] if m[2] is not None else m[3] or "" for m in ATTRIBUTE.finditer(text)}


def quantity_bounds(value: str) -> dict[str, Any]:
    approximate = value.startswith("~")
    value = value.lstrip("~")

    def number(text: str) -> int | float:
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)

    if value == "?":
        return {"low": None, "high": None, "comparator": "eq", "approximate": approximate, "masked": True}
    if ".." in value:
        low, high = value.split("..")
        return {"low": number(low), "high": number(high), "comparator": "range", "approximate": approximate}
    comparator, _, digits = value.rpartition(":")
    comparator = comparator or "eq"
    if comparator not in {"eq", "ge", "gt", "le", "lt"}:
        raise ValueError(f"unknown comparator {comparator}")
    n = number(digits)
    return {
        "low": None if comparator in {"le", "lt"} else n,
        "high": None if comparator in {"ge", "gt"} else n,
        "comparator": comparator,
        "approximate": approximate,
    }


class Builder:
    """Collects the raw text and the layers while the lines are read."""

    def __init__(self) -> None:
        self.raw = ""
        self.gold: dict[str, Any] = {
            "articles": [],
            "headings": [],
            "statements": [],
            "times": [],
            "quantities": [],
            "damage": [],
        }
        self.ids: dict[str, int] = {}
        self.dues: list[tuple[dict[str, Any], str]] = []
        self.article: dict[str, Any] | None = None
        self.fresh = False

    def add_line(self, line: str) -> None:
        if not line.strip():
            self.raw += "\n" if self.raw else ""
            return
        if line.startswith("#"):
            self.directive(line)
            return
        m = UNIT.fullmatch(line)
        if not m:
            raise ValueError("neither TAG|text, a # line, nor blank")
        joined, tag, text = m.groups()
        if not joined and self.raw:
            self.raw += "\n"
        self.unit(tag, text)

    def directive(self, line: str) -> None:
        word, _, rest = line[1:].partition(" ")
        values = attributes(rest)
        if word == "doc":
            self.gold["script"] = values.get("script", "hans")
            self.gold["dct"] = values.get("dct")
            if "layers" in values:
                if values["layers"] != "structure":
                    raise ValueError("layers can only be structure: a document without times and quantities")
                self.gold["layers"] = values["layers"]
        elif word == "article":
            if values.get("kind") not in KINDS:
                raise ValueError(f"kind must be one of {sorted(KINDS)}")
            self.article = {
                "start": -1,
                "end": -1,
                "title": None,
                "kind": values["kind"],
                "period": values.get("period"),
            }
            self.gold["articles"].append(self.article)
        elif word == "end":
            self.article = None
        else:
            raise ValueError(f"unknown directive #{word}")

    def unit(self, tag: str, text: str) -> None:
        text = text.replace(LINE_END, "\n")
        start = len(self.raw) + len(text) - len(text.lstrip(" \t　"))
        self.inline(text)
        end = len(self.raw.rstrip(" \t　"))
        if end <= start:
            raise ValueError("empty unit")
        if self.article is not None:
            if self.article["start"] < 0:
                self.article["start"] = start
            self.article["end"] = end
        if tag == "title":
            if self.article is None or self.article["title"]:
                raise ValueError("a title needs an article of its own")
            self.article["title"] = self.raw[start:end]
        elif tag[0] == "h":
            if self.article is None:
                raise ValueError("a heading needs an article")
            number = len(self.gold["articles"]) - 1
            heading = {"start": start, "end": end, "text": self.raw[start:end], "level": int(tag[1]), "article": number}
            if tag[3:]:
                if tag[3:] not in SECTION_ROLES:
                    raise ValueError(f"{tag[3:]} is no section role")
                heading["role"] = tag[3:]
            self.gold["headings"].append(heading)
        else:
            self.gold["statements"].append({"start": start, "end": end, "label": tag})

    def inline(self, text: str) -> None:
        at = 0
        opened: tuple[str, dict[str, str], int] | None = None
        for m in TAG.finditer(text):
            self.raw += text[at : m.start()]
            at = m.end()
            if not m[1]:
                if opened:
                    raise ValueError(f"<{m[2]}> inside <{opened[0]}>")
                opened = (m[2], attributes(m[3]), len(self.raw))
            else:
                if not opened or opened[0] != m[2]:
                    raise ValueError(f"</{m[2]}> without its start")
                self.mention(*opened)
                opened = None
        if opened:
            raise ValueError(f"<{opened[0]}> is not closed")
        if re.search(r"</?[tqd][\s>]", text[at:]):
            raise ValueError(f"a tag that cannot be read: {text[at:][:60]}")
        self.raw += text[at:]

    def mention(self, kind: str, values: dict[str, str], start: int) -> None:
        text = self.raw[start:]
        place = {"start": start, "end": len(self.raw), "text": text}
        if kind == "t":
            types = [w for w in ("TIME", "DURATION", "SET", "DATE") if w in values]
            for value in (values.get("v", "?"), values.get("r", "")):
                if not all(TIME_VALUE.fullmatch(side) for side in value.split("/")):
                    raise ValueError(f"{value} is no time value, at {text}")
            role = values.get("role", "context")
            if role not in TIME_ROLES:
                raise ValueError(f"{role} is no time role, at {text}")
            if "id" in values:
                self.ids[values["id"]] = len(self.gold["times"])
            self.gold["times"].append(
                place
                | {
                    "type": types[0] if types else "DATE",
                    "value": values["v"],
                    "resolved": values.get("r") or None,
                    "role": role,
                }
            )
        elif kind == "q":
            role = values.get("role", "context")
            if role not in QUANTITY_ROLES or values.get("k") not in QUANTITY_KINDS:
                raise ValueError(f"role or kind of {text} is not one of the contract's")
            per = [p for p in values.get("per", "").split(",") if p]
            item = place | {"kind": values["k"]} | quantity_bounds(values["v"])
            item |= {"unit": values.get("u") or None, "per": per, "role": role, "metric": values.get("m"), "due": None}
            self.gold["quantities"].append(item)
            if "due" in values:
                self.dues.append((item, values["due"]))
        else:
            self.gold["damage"].append(place | {"kind": values["kind"], "repaired": values.get("fix")})

    def finish(self, name: str) -> tuple[str, dict[str, Any]]:
        for item, due in self.dues:
            if due not in self.ids:
                raise ValueError(f"due={due} at {item['text']}: no time has this id")
            item["due"] = self.ids[due]
        return self.raw + "\n", {"doc": f"{name}.txt", **self.gold}


def compile_annotation(path: Path) -> tuple[str, dict[str, Any]]:
    """The raw text and the gold of one .ann file; AnnotationError names the line that breaks the format."""
    builder = Builder()
    number = 0
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n"), 1):  # noqa: B007 - named in the error below
            builder.add_line(line)
        number = 0
        return builder.finish(path.stem)
    except (ValueError, KeyError) as error:
        where = f"{path.name}:{number}" if number else path.name
        raise AnnotationError(f"{where}: {error}") from error


def main(argv: list[str]) -> int:
    check = "--check" in argv
    named = [Path(a) for a in argv if a != "--check"]
    paths = named or sorted(HERE.glob("*/*.ann"))
    failed = 0
    for path in paths:
        try:
            raw, gold = compile_annotation(path)
        except AnnotationError as error:
            print(error, file=sys.stderr)
            failed += 1
            continue
        for target, content in (
            (path.with_suffix(".txt"), raw),
            (path.with_suffix(".gold.json"), json.dumps(gold, ensure_ascii=False, indent=1) + "\n"),
        ):
            if check:
                if not target.exists() or target.read_text(encoding="utf-8") != content:
                    print(f"{target.name} is stale: run python corpora/annotate.py", file=sys.stderr)
                    failed += 1
            else:
                target.write_text(content, encoding="utf-8")
    print(f"{len(paths)} documents, {failed} problems")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
