"""Who is to do it, as the text says: （X部负责）, 责任单位：X, 由X牵头, or the subject of the sentence."""

from __future__ import annotations

import re
from functools import cache

from docparse.claims.features import MARKER
from docparse.lexicon import load_toml

# A statement says who at its head or at its tail; the middle of a page-long one is not looked at.
REACH = 400
BRACKET = re.compile(r"[（(]([^（）()\n]{2,80})[)）]")
CHARGED = re.compile(
    r"(?:由|责任单位[:：]|责任人[:：]|牵头单位[:：])?\s*([一-鿿A-Za-z、]{1,70}?)(?:按职责分工|分别|共同|具体|等)?(?:负责|牵头)"
)
LABELLED = re.compile(
    r"(?:责任单位|责任部门|责任科室|责任人|牵头单位|牵头部门|负责人|主办单位|承办单位)[:：]\s{0,2}([一-鿿A-Za-z·、]{2,60})"
)
BY = re.compile(
    r"由([一-鿿A-Za-z·、]{1,24}?)(?:具体|统一|共同|全面|亲自|直接|会同[一-鿿、]{1,16}?)?"
    r"(?:负责|牵头|组织实施|承担|落实|主持|主抓|签订)"
)
LEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}(?:是|要)|首先|其次|同时|请|[^，,。；\n]{0,10}(?:前|底|内|起|月|年|度)[，,]"
    r"|(?:为此|因此|对此|据此|此外|另外|今后|接下来|届时|随后)[，,]?"
    r"|(?:在|针对|根据|按照|围绕|对于|为了?)[^，,。；\n]{2,30}[，,])"
)
# At most so many adverbials stand before a subject.
LEADS = 2
# When it is to be done may stand between who and what: 行政部6月底前完成归档.
WHEN = (
    r"(?:应?[于在])?(?:\d{4}年)?(?:每月|本[周月]|下[周月])?(?:\d{1,2}[月号日]){0,2}[^，。；\n]{0,4}?"
    r"(?:[底末]?前|[底日天月]内)(?=[一-鿿]{2})"
)
BY_WHEN = re.compile(rf"由([一-鿿]{{2,8}}?){WHEN}")
# 合同归档6月前做完，小王负责; 县住建局牵头，县财政局配合. How one is in charge names nobody.
IN_CHARGE = re.compile(r"[，,]\s?([一-鿿]{2,10}?)(?:负责(?=[。；;\s]|\Z)|牵头(?=[，,。；;\s]|\Z))")
HOW = re.compile("(?:[全专具认直亲主统共独总分切真]|对|人人|谁|自己|高度|层层|要|应|须|并|为)")
ASKED = re.compile(r"[^，。；\n]{0,12}?要求")
OWN = re.compile(
    r"(我(?:们|部门?|司|院|校|局|科|处|公司|中心|站|所|班|店|厂|省|市|县|区|镇|乡|村|社区)|本(?:部门|公司|单位|中心))"
    r"(?:也|都|还|就|才)?(?:将|要|会|应|须|必须|需|计划|打算|拟|继续|力争|争取)"
)
# These end in an owner's suffix and name nobody.
NOBODY = ("内部", "全部", "外部", "局部", "部分", "一部", "大部")
# What starts with one of these is no subject.
PREPOSITIONS = (
    "与",
    "和",
    "对",
    "把",
    "由",
    "向",
    "会同",
    "协助",
    "为",
    "以",
    "在",
    "从",
    "按",
    "到",
    "将",
    "给",
    "让",
    "使",
    "通过",
)


@cache
def _subject() -> re.Pattern[str]:
    owner = load_toml("claims")["owner"]
    suffix = "|".join(sorted(map(re.escape, owner["suffixes"]), key=len, reverse=True))
    modal = "|".join(sorted(map(re.escape, owner["modals"]), key=len, reverse=True)).replace("|要|", "|要(?!求)|")
    return re.compile(
        rf"((?:各|全体|所有)?[一-鿿]{{0,8}}?(?:{suffix})(?:[、和及与][一-鿿]{{1,8}}?(?:{suffix})){{0,3}})"
        rf"(?:{modal}|会同|{WHEN}|[】\]]|[：:](?=[^\s，。]{{4}}))"
    )


@cache
def _doer() -> re.Pattern[str]:
    """由 and a body or a post before a verb: 由业主委员会成立."""
    owner = load_toml("claims")["owner"]
    suffix = "|".join(sorted(map(re.escape, owner["suffixes"]), key=len, reverse=True))
    verb = "|".join(map(re.escape, owner["verbs"]))
    return re.compile(
        rf"由([一-鿿A-Za-z·]{{0,8}}?(?:{suffix})(?:[、和及与][一-鿿]{{0,8}}?(?:{suffix})){{0,3}})"
        rf"(?:统一|共同|具体|直接|重新|在系统|及时|每月|每周|按时|亲自|组织)?(?={verb})"
    )


def find_owner(statement: str) -> str | None:
    """The owner named in a statement, or None.

    >>> find_owner("完善考核办法。（市教育局、市财政局负责）")
    '市教育局、市财政局'
    """
    head, tail = statement[:REACH], statement[-REACH:]
    return _in_brackets(tail) or _labelled(tail) or _by(head) or _doing(head) or _of_sentence(head) or _in_charge(tail)


def _in_brackets(tail: str) -> str | None:
    """Policies end an item with its owners in brackets; with several brackets, the last that names one."""
    found: str | None = None
    for bracket in BRACKET.finditer(tail):
        m = CHARGED.match(bracket[1])
        found = (m[1].strip("、") or found) if m else found
    return found


def _labelled(tail: str) -> str | None:
    m = LABELLED.search(tail)
    return (m[1].strip("、") or None) if m else None


def _by(head: str) -> str | None:
    """由X负责; a second 由 inside means that the first was another word (由于…, 由…改由…)."""
    m = BY.search(head)
    while m:
        name = m[1].rpartition("由")[2].strip("、")
        if name and not name.startswith("于"):
            return name
        m = BY.search(head, m.start() + 1)
    timed = BY_WHEN.search(head)
    return timed[1] if timed and not timed[1].startswith("于") else None


def _in_charge(tail: str) -> str | None:
    """X负责 and X牵头 as a clause of their own."""
    m = IN_CHARGE.search(tail)
    return m[1] if m and HOW.match(m[1]) is None else None


def _doing(head: str) -> str | None:
    m = _doer().search(head)
    return m[1] if m and not m[1].startswith("于") and not m[1].endswith(NOBODY) else None


def _of_sentence(head: str) -> str | None:
    """The subject behind the marker and up to two adverbials; 我们 and 我部 where nobody else is named."""
    marker = MARKER.match(head)
    at = marker.end() if marker else 0
    for _ in range(LEADS):
        lead = LEAD.match(head, at)
        at = lead.end() if lead else at
    asked = ASKED.match(head, at)
    at = asked.end() if asked else at
    at += head[at : at + 1] in ("【", "[")
    m = _subject().match(head, at)
    if m and not (m[1].startswith(PREPOSITIONS) or m[1].endswith(NOBODY) or "由" in m[1]):
        return m[1]
    own = OWN.match(head, at)
    return own[1] if own else None
