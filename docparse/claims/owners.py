"""Who is to do it, as the text says: （X部负责）, 由X牵头, 责任单位：X, or the subject of the sentence."""

from __future__ import annotations

import re
from functools import cache

from docparse.claims.features import MARKER
from docparse.lexicon import load_toml

NAME = r"[一-鿿A-Za-z、]{2,40}"
IN_BRACKETS = re.compile(
    rf"[（(](?:由|责任单位[:：]|责任人[:：]|牵头单位[:：])?({NAME}?)(?:分别|共同|具体|牵头)?(?:负责|牵头)[^（）()]{{0,10}}[)）]"
)
BY = re.compile(rf"(?:，|。|；|,|^|均|应|统一)由({NAME}?)(?:具体|统一|共同|全面)?(?:负责|牵头|组织实施|承担|落实|完成)")
LABELLED = re.compile(r"(?:责任单位|责任部门|责任人|牵头单位|负责人|主办单位)[:：]\s*([一-鿿A-Za-z、，]{2,40})")


@cache
def _subject() -> re.Pattern[str]:
    owner = load_toml("claims")["owner"]
    suffix = "|".join(sorted(map(re.escape, owner["suffixes"]), key=len, reverse=True))
    modal = "|".join(sorted(map(re.escape, owner["modals"]), key=len, reverse=True))
    return re.compile(
        rf"((?:各|全体|所有)?[一-鿿]{{0,8}}?(?:{suffix})(?:[、和及与][一-鿿]{{1,8}}?(?:{suffix})){{0,3}})(?:{modal})"
    )


def find_owner(statement: str) -> str | None:
    """The owner named in a statement, or None.

    >>> find_owner("完善考核办法。（市教育局、市财政局负责）")
    '市教育局、市财政局'
    """
    for pattern in (IN_BRACKETS, LABELLED, BY):
        m = pattern.search(statement[-400:] if pattern is IN_BRACKETS else statement[:400])
        if m:
            return m[1].strip("、，") or None
    lead = MARKER.match(statement)
    m = _subject().match(statement, lead.end() if lead else 0)
    return m[1] if m else None
