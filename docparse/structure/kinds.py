"""What kind of piece a text is: by its title, by what it says of itself, by its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from docparse.records import HeadingLine, Kind, Piece, SectionRole
from docparse.structure.words import kind_of_title, table

_EDGES = (700, 300)  # characters at a piece's beginning and end in which it says what it is
_MOST = 6000  # characters of a piece that are looked at
_ESSAY = 3  # marks of an essay, at least
_ESSAY_DENSITY = 6.0  # in a thousand characters; plans have at most four
_PAST = 4  # words that speak of what was done, at least
_PAST_DENSITY = 16.0  # in a thousand characters
_RULE_DENSITY = 6.0  # in a thousand characters
_REPORT = re.compile(r"(?:工作|情况|计划|研究)?报告|汇报|回顾.{0,8}(?:打算|安排|计划|展望)")


class _Cues(NamedTuple):
    essay: re.Pattern[str]
    we: re.Pattern[str]
    past: re.Pattern[str]
    ahead: re.Pattern[str]
    must: re.Pattern[str]
    review_heading: re.Pattern[str]
    ahead_heading: re.Pattern[str]


@cache
def _cues() -> _Cues:
    return _Cues(*(re.compile("|".join(table()["kind_cue"][name])) for name in _Cues._fields))


def kind_of_piece(title: str | None, body: str, fallback: Kind | None = None, *, alone: bool = False) -> Kind:
    """Return what a piece is, from its title's words and from what its text says of itself.

    A plan's title over a text that ends 我的工作总结完毕, or that tells only what was done, is a summary; an essay on
    how to plan in which nobody commits to anything is a guide. `fallback` is the kind of the anthology that an
    untitled piece stands in.
    """
    announced = kind_of_title(title, alone=alone) if title else None
    if announced in ("regulation", "guide", "other"):
        return announced
    if announced == "summary":
        return announced
    if _is_essay(body):
        return "guide"
    tells = _tells(body)
    cues = table()["cue"]
    edges = body[: _EDGES[0]] + "\n" + body[-_EDGES[1] :]
    says = {name: sum(edges.count(word) for word in cues[name]) for name in ("plan", "summary")}
    if announced == "plan":
        strong = any(word in edges for word in ("总结如下", "汇报如下", "总结完毕", "做一下总结", "的工作总结"))
        return "summary" if tells or (strong and says["summary"] >= says["plan"]) else "plan"
    if tells or says["summary"] > says["plan"]:
        return "summary"
    if says["plan"]:
        return "plan"
    binds = len(_cues().must.findall(body[:_MOST]))
    if fallback is None and binds >= _ESSAY and 1000 * binds >= _RULE_DENSITY * min(len(body), _MOST):
        return "regulation"
    return fallback or "other"


def _is_essay(body: str) -> bool:
    """Does the text explain how to write or do something, without an author who commits to it?"""
    cues, part = _cues(), body[:_MOST]
    essay = len(cues.essay.findall(part))
    commits = len(cues.we.findall(part))
    return essay >= _ESSAY and 1000 * essay >= _ESSAY_DENSITY * len(part) and essay > 4 * max(0, commits - 1)


def _tells(body: str) -> bool:
    """Does the text speak of what was done, far more than of what is to come?"""
    cues, part = _cues(), body[:_MOST]
    past = len(cues.past.findall(part))
    if past < _PAST or 1000 * past < _PAST_DENSITY * len(part):
        return False
    return past > 2 * len(cues.ahead.findall(part))


def kinds_by_sections(pieces: Sequence[Piece], headings: Sequence[HeadingLine]) -> tuple[Piece, ...]:
    """The pieces, where one whose title does not say what it is (…的通知) takes its kind from its sections.

    A notice that is built of aims, tasks and safeguards is a plan; one of review and problems is a summary. A report
    (政府工作报告) is what the greater part of it is: a plan where its chapters on the time ahead outweigh the rest.
    """
    roles: list[set[str]] = [set() for _ in pieces]
    sizes = [[0, 0, 0] for _ in pieces]
    for heading in headings:
        roles[heading.article].add(heading.role)
        if heading.level == 1:
            ahead = _looks_ahead(heading.title)
            sizes[heading.article][2 if ahead is None else ahead] += heading.end - heading.span.start
    return tuple(
        _with_kind(piece, found, ahead > back + silent)
        for piece, found, (back, ahead, silent) in zip(pieces, roles, sizes, strict=True)
    )


def _with_kind(piece: Piece, roles: set[str], looks_ahead: bool) -> Piece:
    if piece.kind == "other":
        return msgspec.structs.replace(piece, kind=_kind_of_roles(roles))
    report = piece.kind == "summary" and piece.title is not None and _REPORT.search(piece.title) is not None
    return msgspec.structs.replace(piece, kind="plan") if report and looks_ahead else piece


def _looks_ahead(title: str) -> bool | None:
    """Does a chapter's title speak of the time ahead, or of the time behind? None where it tells neither.

    The last such word decides, because Chinese phrases end with their head.
    """
    cues = _cues()
    ahead = max((hit.end() for hit in cues.ahead_heading.finditer(title)), default=0)
    back = max((hit.end() for hit in cues.review_heading.finditer(title)), default=0)
    return None if ahead == back else ahead > back


def _kind_of_roles(roles: set[str]) -> Kind:
    if "review" in roles or {"problems", "analysis"} <= roles:
        return "summary" if "tasks" not in roles else "other"
    return "plan" if "tasks" in roles and roles & {"goals", "organization", "schedule", "budget"} else "other"


_OF_KIND: dict[Kind, SectionRole] = {"plan": "tasks", "summary": "review", "regulation": "rules"}
_OF_ITSELF = frozenset({"附则", "附录", "附件", "名词解释", "总则", "前言", "引言", "结语", "说明", "背景"})


def roles_in_context(pieces: Sequence[Piece], headings: Sequence[HeadingLine]) -> list[HeadingLine]:
    """The headings, where one whose own words do not say what it does takes the role of the heading above it.

    At the top it does what its piece is there for: a plan's chapters are tasks, a regulation's are rules.
    """
    told: list[HeadingLine] = []
    for heading in headings:
        if heading.role == "other" and heading.title not in _OF_ITSELF:
            above = told[heading.parent].role if heading.parent is not None else "other"
            role = above if above != "other" else _OF_KIND.get(pieces[heading.article].kind, "other")
            heading = msgspec.structs.replace(heading, role=role)
        elif heading.role == "tasks" and (role := _OF_KIND.get(pieces[heading.article].kind, "tasks")) != "tasks":
            ahead = _looks_ahead(heading.title)  # 日常管理 in a regulation, 培训工作 in a summary
            heading = msgspec.structs.replace(heading, role="tasks" if ahead and role == "review" else role)
        told.append(heading)
    return told
