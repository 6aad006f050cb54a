"""What a page says of itself: title, author, site and dates from its tags, its data for search engines, its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from docparse.readers.html.text import collapse_space
from docparse.readers.pieces import Piece
from docparse.readers.properties import clean_author, clean_title
from docparse.records import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLE_NAMES = ("articletitle", "og:title", "twitter:title", "dc.title")
_SITE_NAMES = ("og:site_name", "sitename", "application-name")
_AUTHOR_NAMES = ("author", "article:author", "og:article:author", "dc.creator")
_PUBLISHED_NAMES = (
    "article:published_time", "og:published_time", "pubdate", "publishdate", "publish_time", "firstpublishedtime",
    "datepublished", "dc.date", "dc.date.issued", "og:release_date", "weibo:article:create_at", "publish-date",
    "parsely-pub-date", "sailthru.date", "bytedance:published_time",
)  # fmt: skip
_MODIFIED_NAMES = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "lastmod", "last-modified",
    "weibo:article:update_at", "dc.date.modified", "bytedance:updated_time", "lastmodifieddate",
)  # fmt: skip
_PUBLISHED_LABEL = re.compile(
    r"(?:发布|發布|發佈|发表|发文|刊登|上网|张贴|公布)[ \u3000]{0,2}(?:时间|日期|時間)|发稿时间|(?:发布|发表)于"
)
_MODIFIED_LABEL = re.compile(r"(?:最后|最近|最後)?(?:更新|修改)(?:时间|日期|時間|于|於)")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[ ]?[-/.年][ ]?(\d{1,2})[ ]?[-/.月][ ]?(\d{1,2})(?!\d)")
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d{1,5}(?!\d))")
# 时间 and 日期 alone may be the plan's own: a source, an author or a counter beside them, or a clock, makes a stamp.
_STAMP = re.compile(
    r"(?:(?<![\u4e00-\u9fff])(?:时间|日期)[：:][ \u3000\xa0]{0,4})?(?=(?:19|20)\d\d)"
    r"(?P<date>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?P<clock>[ \u3000\xa0T]{0,4}\d{1,2}:\d\d(?::\d\d)?)?"
)
_BESIDE = re.compile(
    r"(?:来源|來源|作者|编辑|浏览|阅读|点击|字号|字体|人气|稿源)(?:次数|量|数)?[ \u3000\xa0]{0,3}[：:（(]"
)
_AUTHOR = re.compile(
    r"(?<!责任)(?:作者|撰稿人?|撰文)[ \u3000\xa0]{0,2}[：:][ \u3000\xa0]{0,3}"
    r"([\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z .]{1,30}[A-Za-z])(?=[ \u3000\xa0|｜/\t]|$)"
)
_SITE_ENDS = re.compile(
    r"(?:网|網|网站|網站|门户|文库|論壇|论坛|在线|百科|博客|频道|政务公开|信息公开|\.(?:com|cn|net|org|gov))$",
    re.IGNORECASE,
)
_TITLE_JOINTS = re.compile(r"[_|｜]| [-–—] |(?<=[\u4e00-\u9fff）)])[-–—]{1,2}(?=[\u4e00-\u9fff])")
_TIME_WORDS = re.compile(r"\b(?:pub|publish|published|pubdate|post-date|entry-date|date)\b", re.IGNORECASE)
_TOP_BLOCKS = 300
_STAMP_BLOCKS = 80
_LONGEST_STAMP = 160
_LARGEST_DATA = 200_000
_MOST_NODES = 2_000


def describe_page(root: _Element, pieces: Sequence[Piece], encoding: str) -> Source:
    """Everything that a page says of itself; each field is None where it says nothing."""
    said = _read_meta(root)
    data = _read_linked_data(root)
    heading = next((node for node in root.iter("title")), None)
    shown_title = collapse_space("".join(map(str, heading.itertext())) if heading is not None else "")
    title = clean_title(_first(said, _TITLE_NAMES)) or clean_title(shown_title)
    published = (
        _first_date(said.get(name) for name in _PUBLISHED_NAMES)
        or find_date(data.get("datePublished", ""))
        or _tagged_date(root)
        or _labelled_date(pieces, _PUBLISHED_LABEL)
        or _stamped_date(pieces)
    )
    modified = _first_date(said.get(name) for name in _MODIFIED_NAMES) or find_date(data.get("dateModified", ""))
    return Source(
        encoding=encoding,
        title=title,
        author=clean_author(_first(said, _AUTHOR_NAMES)) or clean_author(data.get("author")) or _shown_author(pieces),
        site=_first(said, _SITE_NAMES) or data.get("publisher") or _title_site(shown_title),
        published=published,
        modified=modified or _labelled_date(pieces, _MODIFIED_LABEL),
    )


def _read_meta(root: _Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        content = collapse_space(meta.get("content") or "")
        if name and content:
            said.setdefault(name.strip().lower(), content)
    return said


def _first(said: dict[str, str], names: Sequence[str]) -> str | None:
    return next((said[name] for name in names if name in said), None)


def _first_date(values: Iterable[str | None]) -> date | None:
    return next((found for value in values if value and (found := find_date(value))), None)


def find_date(text: str) -> date | None:
    """The first date of a short text, written with signs or as eight digits; None where there is no such day.

    >>> find_date("2023年5月6日"), find_date("20230506"), find_date("2023-02-30")
    (datetime.date(2023, 5, 6), datetime.date(2023, 5, 6), None)
    """
    match = _DATE.search(text[:400]) or _PACKED.search(text[:40])
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _read_linked_data(root: _Element) -> dict[str, str]:
    """What JSON-LD blocks say: datePublished, dateModified, author and publisher, the first of each."""
    found: dict[str, str] = {}
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        if len(text) > _LARGEST_DATA:
            continue
        try:
            value: Any = msgspec.json.decode(text.strip().rstrip(";"))
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            continue
        for node in _objects(value):
            for name in ("datePublished", "dateModified"):
                if isinstance(node.get(name), str):
                    found.setdefault(name, node[name])
            for name in ("author", "publisher"):
                if (person := _name_of(node.get(name))) is not None:
                    found.setdefault(name, person)
    return found


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON value, breadth first, a bounded number of them."""
    queue = [value]
    for position in range(_MOST_NODES):
        if position >= len(queue):
            return
        node = queue[position]
        if isinstance(node, dict):
            yield node
            queue.extend(list(node.values())[:100])
        elif isinstance(node, list):
            queue.extend(node[:100])


def _name_of(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return collapse_space(value)[:100] or None if isinstance(value, str) else None


def _tagged_date(root: _Element) -> date | None:
    """The date of a `time` element that is the page's own: marked so, or the only one."""
    times = [node for node in root.iter("time") if node.get("datetime") is not None]
    marked = [
        node
        for node in times
        if node.get("pubdate") is not None
        or node.get("itemprop") == "datePublished"
        or _TIME_WORDS.search((node.get("class") or "")[:200]) is not None
    ]
    chosen = marked[0] if marked else times[0] if len(times) == 1 else None
    return find_date(chosen.get("datetime") or "") if chosen is not None else None


def _labelled_date(pieces: Sequence[Piece], pattern: re.Pattern[str]) -> date | None:
    """The date beside a label such as 发布时间 near the top: in the same piece after the label, or in the next."""
    for index, piece in enumerate(pieces[:_TOP_BLOCKS]):
        label = pattern.search(piece.text[:2_000])
        if label is None:
            continue
        after = piece.text[label.end() : label.end() + 40]
        following = (
            pieces[index + 1].text[:40] if index + 1 < len(pieces) and len(after.strip(" ：:\u3000")) == 0 else ""
        )
        found = find_date(after) or find_date(following)
        if found is not None:
            return found
    return None


def _stamped_date(pieces: Sequence[Piece]) -> date | None:
    """The date of a stamp near the top: 2023-05-06 09:12 来源：…, 日期：2023-05-06 作者：…; never a sentence's."""
    for piece in pieces[:_STAMP_BLOCKS]:
        if len(piece.text) > _LONGEST_STAMP or "。" in piece.text:
            continue
        match = _STAMP.search(piece.text)
        if match is None:
            continue
        alone = len(piece.text.strip()) == match.end() - match.start() and match["clock"] is not None
        if alone or _BESIDE.search(piece.text) is not None:
            found = find_date(match["date"])
            if found is not None:
                return found
    return None


def _shown_author(pieces: Sequence[Piece]) -> str | None:
    for piece in pieces[:_STAMP_BLOCKS]:
        if len(piece.text) <= _LONGEST_STAMP and (match := _AUTHOR.search(piece.text)) is not None:
            return match[1].strip()
    return None


def _title_site(title: str) -> str | None:
    """The site that a title ends with (2024年工作计划_某某网): the last part, where it is a site's name."""
    parts = [part.strip() for part in _TITLE_JOINTS.split(title[:400])]
    if parts[-1].lower().startswith("powered by"):
        parts.pop()
    if len(parts) < 2 or not 2 <= len(parts[-1]) <= 24:
        return None
    return parts[-1] if _SITE_ENDS.search(parts[-1]) else None
