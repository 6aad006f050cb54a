"""Which parts of a page are furniture by their tags, roles and names; the structure stage judges by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from docparse.readers.pieces import Piece, name_set
from docparse.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAGS: dict[str, BlockKind] = {"nav": "header", "header": "header", "footer": "footer", "aside": "footer"}
_CONTROLS = name_set("select button")
_ROLES: dict[str, BlockKind] = {
    "navigation": "header",
    "banner": "header",
    "search": "header",
    "menubar": "header",
    "toolbar": "header",
    "contentinfo": "footer",
    "complementary": "footer",
    "dialog": "footer",
    "alertdialog": "footer",
}
# Names of classes and ids, whole words. Those of a page's head hold the title on many pages: see `find_headings`.
_HEAD_WORDS = name_set("header headers head masthead banner topbar top page-header")
_NAMED_HEADER = name_set(
    "nav navs navbar navi navigation mainnav topnav subnav sidenav leftnav navmenu menubar toolbar searchbox searchbar"
    " search login breadcrumb breadcrumbs crumb crumbs mbx mianbaoxie dqwz daohang 面包屑 导航"
)
_NAMED_FOOTER = name_set(
    "footer footers foot copyright copyrights banquan pagination pager paging pagebar pagenav share shares sharebar"
    " sharebox bdshare bdsharebuttonbox fenxiang social sidebar sidebars aside widget comment comments commentlist"
    " pinglun ad ads adv advert adverts adsense advertisement guanggao friendlink friendlinks yqlj qrcode erweima ewm"
    " sitemap cookie cookies newsletter subscribe popup backtop gotop totop 页脚 版权 分享 评论 广告 侧栏"
)
# Words that plans use too (a canteen's menu, related measures): furniture only where most of it is links.
_NAMED_LINKS = name_set(
    "menu menus submenu mainmenu topmenu related relate relates recommend recommended recommends recommendation"
    " recommendations tuijian xgwz xgyd xgtj xgxw xgzx hot hots hotnews ranking rank links link tags tag 相关 推荐"
)
_LEADING = name_set("related relate recommend recommended comment comments breadcrumb pagination copyright friend")
# The last word of a name says what it is: content-nav is a nav, nav-content is content.
_CONTENT = name_set(
    "content contents article main maincontent body text post entry detail details zoom word txt con title news doc"
)
# Words that only say that something is a box: share-box is share.
_BOXES = name_set(
    "box boxes wrap wrapper container bar area block inner panel module list lists group div section left right bottom"
    " warp outer"
)
_WHOLE_CONTENT = name_set(
    "content article main main-content article-content article_content post-content entry-content content_article"
    " articlebody article-body news_content newscontent maincontent ucap-content zoom"
)
_NEVER = name_set("html body main article span a b strong i em font li td th tr tbody h1 h2 h3 h4 h5 h6 label u")
_PART = re.compile(r"[A-Z]{0,20}[a-z]+|[A-Z]+|[\u4e00-\u9fff]+")
_LONGEST_NAMES = 300
_PROSE = re.compile(r"[。！？；]")
_PROSE_CHARACTERS = 30
_TITLE_NAMES = ("articletitle", "og:title")
_LONGEST_TITLE = 200
_MOST_TEXTS, _LONGEST_TEXT = 50, 1_000
_SHORTEST_TITLE = 4


@dataclass
class Group:
    """A part of the page that says it is furniture, and how much stands in it, nested groups included.

    `holder` is the number of the group around it, 0 for none; groups are numbered from 1.
    """

    kind: BlockKind
    holder: int
    needs_links: bool = False
    characters: int = 0
    prose: int = 0
    links: int = 0


def find_headings(root: _Element) -> set[_Element]:
    """The elements around the page's title where it stands in its body: a head that holds it is not furniture alone."""
    titles = [" ".join("".join(map(str, node.itertext())).split()) for node in root.iter("title")][:1]
    for meta in root.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").strip().lower() in _TITLE_NAMES:
            titles.append(" ".join((meta.get("content") or "").split()))
    titles = [title for title in titles if len(title) >= _SHORTEST_TITLE]
    around: set[_Element] = set()
    for element in root.iter("h1", "h2", "h3"):
        # Only its beginning: headings that are never closed stand in each other, and each holds all that follow.
        start = "".join(str(text)[:_LONGEST_TEXT] for text in islice(element.itertext(), _MOST_TEXTS))
        text = " ".join(start.split())[:_LONGEST_TITLE]
        if len(text) < _SHORTEST_TITLE or not any(title.startswith(text) for title in titles):
            continue
        node = element.getparent()
        while node is not None and node not in around:
            around.add(node)
            node = node.getparent()
    return around


def name_furniture(element: _Element, tag: str, *, in_content: bool, headings: set[_Element]) -> Group | None:
    """The group that an element opens by its tag, role, class or id, or None.

    Args:
        in_content: inside `article` or `main`, whose own header and footer belong to the text.
        headings: what `find_headings` gives.
    """
    role = _ROLES.get((element.get("role") or "").strip().lower())
    if tag in _TAGS or role is not None:
        if tag in ("header", "footer") and in_content:
            return None
        kind = role or _TAGS[tag]
        return None if tag in _NEVER or (kind == "header" and element in headings) else Group(kind, 0)
    if tag in _CONTROLS:
        return Group("footer", 0)
    if tag in _NEVER:
        return None
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if names == " " or len(names) > _LONGEST_NAMES:
        return None
    return _name_group(element, names.split(), in_content=in_content, headings=headings)


def _name_group(element: _Element, names: list[str], *, in_content: bool, headings: set[_Element]) -> Group | None:
    if any(name.lower() in _WHOLE_CONTENT for name in names):
        return None
    for name in names:
        words = [word.lower() for word in _PART.findall(name)]
        while len(words) > 1 and words[-1] in _BOXES:
            words.pop()
        if not words:
            continue
        last = words[-1]
        if words[0] in _LEADING and last not in _CONTENT:
            last = words[0] if words[0] != "friend" else "friendlink"
        if last in _NAMED_HEADER:
            return Group("header", 0)
        if last in _NAMED_FOOTER:
            return Group("footer", 0)
        if last in _NAMED_LINKS:
            return Group("footer", 0, needs_links=True)
        if last in _HEAD_WORDS and not in_content and element not in headings and _CONTENT.isdisjoint(words):
            return Group("header", 0)
    return None


def settle_furniture(pieces: Sequence[Piece], groups: Sequence[Group]) -> list[Piece]:
    """The pieces with the kind of the group that they stand in, where the group can be furniture.

    A group that holds most of the page's sentences, or where there are none most of its characters, is a name used
    wrongly: then its pieces stay what they are, or what a smaller group inside it says.
    """
    total = _measure(pieces, groups)
    kinds: list[BlockKind | None] = [None]
    for group in groups:  # a group around another comes before it
        holder = kinds[group.holder]
        kinds.append(group.kind if _can_be_furniture(group, total) else holder)
    return [
        piece if (kind := kinds[piece.group]) is None else piece._replace(kind=kind, level=None, cell=None)
        for piece in pieces
    ]


def _measure(pieces: Sequence[Piece], groups: Sequence[Group]) -> Group:
    """Fill in what stands in each group; the whole page as a group."""
    total = Group("paragraph", 0)
    for piece in pieces:
        size = len(piece.text)
        prose = size if size >= _PROSE_CHARACTERS and _PROSE.search(piece.text) else 0
        total.characters += size
        total.prose += prose
        if piece.group:
            group = groups[piece.group - 1]
            group.characters += size
            group.prose += prose
    for group in reversed(groups):
        if group.holder:
            outer = groups[group.holder - 1]
            outer.characters += group.characters
            outer.prose += group.prose
            outer.links += group.links
    return total


def _can_be_furniture(group: Group, total: Group) -> bool:
    if group.needs_links and 2 * group.links < group.characters:
        return False
    if total.prose:
        return 2 * group.prose <= total.prose or 3 * group.characters <= total.characters
    return 2 * group.characters <= total.characters
