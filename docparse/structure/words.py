"""Genre words, kinds and organizations: what a title says."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from docparse.lexicon import load_toml
from docparse.records import Kind, SectionRole

_BRACKETED = re.compile(r"[（(【\[][^（()）【】\[\]]{0,20}[）)】\]]$")
_TRAILING = re.compile(
    r"(?:范文|模板|大全|精选|样本|最新|示范文本|全文|正文|草案|试行|\s|\d{1,2}|[一二三四五六七八九十]{1,2}|第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{0,3}|》|”|\.docx?|\.pdf)$"
)
# The name of a part of a report: when, and what is told or planned (2026年重点工作, 下一步工作打算)
_PART = re.compile(
    r"(?:(?:20[\dXx]{2}|[一二〇○零]{2}[一二三四五六七八九〇○零]{2})年度?|(?:今|去|明|来|本|上|下|新的?一)[一]?年度?|[上下]半年"
    r"|过去[一五]年|下一?(?:步|阶段)|今后(?:一个时期|一段时间)?|[“]?十[一二三四五六]五[”]?(?:时期|期间|规划)?)的?"
    r"[\u4e00-\u9fff、“”]{0,14}(?:工作|任务|回顾|安排|打算|计划|要求|目标|设想|思路|举措|总结|部署|展望|情况|取向|成效|措施)$"
)
# What file names and document shops hang on a title
_SHOP_FRONT = re.compile(r"(?:(?:完整|精品|最新|精选)(?:版)?[\s_\-】]{1,3}|【(?:完整|精品|最新|精选|推荐)版?】\s?)")
_SHOP_END = re.compile(
    r"(?:[\s_\-]?第\s?\d{1,4}\s?页|\.(?:docx?|pdf|txt|wps|pptx?)|[Ww][Oo][Rr][Dd](?:文件|文档|版|格式)?(?:免费)?(?:下载)?|(?:免费|文件|文档)下载"
    r"|(?:呕心沥血|精心|最新|完整)?(?:整理|完整|最新|精编|珍藏)版|[（(](?:完整|最新|精选|精编|整理|可编辑|word)版?[）)]|精选|[\s_])$"
)
_SPACED = re.compile(r"\S(?:[ \u3000]{1,2}\S){3,}")
# What any section may be called by: 下一步工作打算, 20xx年工作计划, 存在的问题和改进措施 name nobody and nothing.
_SILENT = re.compile(
    r"[\dXx×*〇○零一二三四五六七八九十百第年度月日周季上下半前后全本新明今去来这过些个人我我们自己的之与及和以并对在为是"
    r"（）()《》“”、\s—\-]|工作|主要|重点|具体|存在|问题|不足|措施|改进|努力|方向|发展|回顾|过去|未来|今后|将来|时期|阶段|步骤|学期|学年|期间|情况|完成|总体|目标|任务|管理|公司|单位|企业|岗位|规章|各项|日常|基本"
)
_PRINTING = re.compile(r"(?:印发|转发|发布|批转|公布|下发)")
_BOOK = re.compile(r"《([^《》]{2,60})》")
_JOINED = re.compile(r"[及和与暨、]|以及")


@cache
def table() -> dict[str, Any]:
    """Return the structure words."""
    return load_toml("structure")


@cache
def _genres() -> tuple[tuple[str, Kind], ...]:
    """Genre words with their kinds, longest first."""
    kinds: dict[str, list[str]] = table()["kind"]
    names: tuple[Kind, ...] = ("plan", "summary", "regulation", "other")
    pairs = [(word, name) for name in names for word in kinds[name]]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def genre_pattern() -> re.Pattern[str]:
    """Return a pattern that finds any genre word."""
    return re.compile("|".join(re.escape(word) for word, _ in _genres() if len(word) > 1))


@cache
def _kinds_by_word() -> dict[str, Kind]:
    return dict(reversed(_genres()))


def names_part(words: str) -> bool:
    """Do `words` name a part of a report (2026年重点工作, 下一步工作打算)?"""
    return _PART.match(words) is not None


def plain_title(title: str) -> str:
    """Return `title` without the ornament of shops and file names (完整 …整理版Word文件下载.docx), else as it is."""
    shorter = title[_front(title) :]
    for _ in range(6):
        cut = _SHOP_END.sub("", shorter)
        if cut == shorter:
            break
        shorter = cut
    return shorter if len(shorter) >= 4 else title


def _front(title: str) -> int:
    hit = _SHOP_FRONT.match(title)
    return hit.end() if hit is not None else 0


def strip_ending(title: str) -> str:
    """Return `title` without 范文, (试行), running numbers and the like at its end, and without spaces where it is
    spaced out (工 作 计 划)."""
    if _SPACED.fullmatch(title):
        title = "".join(title.split())
    for _ in range(6):
        shorter = _TRAILING.sub("", _BRACKETED.sub("", title)).rstrip()
        if shorter == title:
            break
        title = shorter
    return title


def ends_with_genre(title: str) -> bool:
    """Does `title` end with a word for a kind of text (计划, 总结, 办法 …)?"""
    core = strip_ending(title[-60:])
    return any(core.endswith(word) for word, _ in _genres())


def names_something(title: str) -> bool:
    """Does a title name somebody or something: 保安个人新年工作计划, not 下一步工作打算?"""
    return len(_SILENT.sub("", genre_pattern().sub("", title))) >= 2


def kind_of_title(title: str, *, alone: bool = False) -> Kind | None:
    """Return the kind that the title's words announce, None where they announce none.

    The last genre word counts, because Chinese titles end with their head; the first of two joined by 及 or 和
    (工作总结及下年计划) does, because the review comes first. A notice that only prints another
    text is "other", unless it is `alone`: then what it prints is in it.
    """
    kinds: dict[str, list[str]] = table()["kind"]
    if any(word in title for word in kinds["guide"]):
        return "guide"
    core = strip_ending(title)
    if core.endswith(("通知", "公告", "通告", "的函", "批复", "决定", "令")):
        if _PRINTING.search(core) or _BOOK.search(core):
            return kind_of_title(core.rstrip("的通知公告函批复决定令").rstrip("》")) if alone else "other"
        core = core[:-2]
    hits = list(genre_pattern().finditer(core))
    if not hits:
        return "regulation" if core.endswith("法") and len(core) >= 4 else None
    known = _kinds_by_word()
    last = hits[-1]
    if len(hits) > 1:
        before = next((hit for hit in reversed(hits) if known[hit[0]] != known[last[0]]), hits[-2])
        between = core[before.end() : last.start()]
        pair = {known[before[0]], known[last[0]]}
        if pair == {"summary", "plan"} and len(between) <= 12 and _JOINED.search(between):
            return known[before[0]]
        if known[last[0]] == "other" and last[0] in ("通知", "意见", "说明", "范文") and last.end() == len(core):
            return known[before[0]]
    return known[last[0]]


@cache
def _roles() -> tuple[tuple[str, SectionRole], ...]:
    return tuple((word, role["name"]) for role in table()["role"] for word in role["words"])


def role_of_heading(title: str, *, phase: bool = False) -> SectionRole:
    """Return what a section does, from its heading's words.

    The word that ends last decides, because Chinese phrases end with their head (存在问题及整改措施 is about measures);
    of two that end together the longer (保障措施). `phase` says that the marker names a stage of the work.
    """
    best: tuple[int, int, SectionRole] | None = None
    for word, name in _roles():
        at = title.rfind(word)
        if at >= 0 and (best is None or (at + len(word), len(word)) > best[:2]):
            best = (at + len(word), len(word), name)
    if phase:
        return "schedule"
    return best[2] if best is not None else "other"


@cache
def _organization() -> re.Pattern[str]:
    suffixes = sorted(table()["organization"]["suffixes"], key=len, reverse=True)
    ends = "|".join(re.escape(word) for word in suffixes)
    return re.compile(
        rf"([\u4e00-\u9fffA-Za-z0-9（）()]{{0,24}}(?:{ends}))(?=关于|20|19|XX|xx|第|年|工作|[\s,，、《]|政府工作|{ends})"
    )


_LEADS = re.compile(r"^(?:关于|印发|发布|[\dXx×*]{2,4}年?度?|(?:上|下)半年|第[一二三四]季度|推荐|最新|精选|[\s《])+")


def organization_of(title: str) -> str | None:
    """Return the organization that the title names, None where it names none or only a kind (公司, 销售部)."""
    core = _LEADS.sub("", title[:60])
    hit = _organization().match(core)
    if hit is None:
        return None
    name = hit[1].strip()
    if name.endswith("国务院政府"):
        name = name[:-2]
    if len(name) < 3 or name in table()["organization"]["generic"] or name.startswith(("个人", "某", "XX", "xx")):
        return None
    return name
