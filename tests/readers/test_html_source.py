"""What a page says of itself."""

from __future__ import annotations

from datetime import date

import pytest

from docparse.readers import read_bytes
from docparse.records import Source

PROSE = "<p>" + "全年完成销售收入一千万元，比上年增长百分之八。" * 5 + "</p>"


def _source(body: str = "", head: str = "") -> Source:
    return read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}{PROSE}</body></html>".encode()).source


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("2024年工作计划_某某网", "某某网"),
        ("2024年工作计划 - 某市人民政府门户网站", "某市人民政府门户网站"),
        ("2024年工作计划-某某文库", "某某文库"),
        ("2024年工作计划|栏目|example.com", "example.com"),
        ("2024年销售计划-销售部", None),
        ("2024年工作计划", None),
        ("关于建设网上办事大厅的计划—互联网+政务", None),
    ],
)
def test_site_behind_the_title(title: str, site: str | None) -> None:
    source = _source(head=f"<title>{title}</title>")
    assert (source.title, source.site) == (title, site)


def test_tags_go_before_what_is_shown() -> None:
    head = "<title>计划_甲网</title><meta name=SiteName content=乙网><meta name=author content=李四>"
    head += "<meta name=ArticleTitle content=计划>"
    source = _source("<p>作者：张三 来源：丙报</p>", head)
    assert (source.title, source.site, source.author) == ("计划", "乙网", "李四")


@pytest.mark.parametrize(
    ("body", "want"),
    [
        ("<p>发布时间：2024年3月5日 来源：本站</p>", date(2024, 3, 5)),
        ("<td>发布日期：</td><td>2024-02-03</td>", date(2024, 2, 3)),
        ("<div>2023-05-06 09:12　来源：某局　浏览次数：120</div>", date(2023, 5, 6)),
        ("<span>日期：2023/5/6</span> <span>作者：张三</span>", date(2023, 5, 6)),
        ("<div>2023-05-06 09:12:00</div>", date(2023, 5, 6)),
        ("<time pubdate datetime=2021-02-03T08:00>昨天</time>", date(2021, 2, 3)),
        ("<time class=entry-date datetime=2021-02-03></time><time datetime=2022-02-03></time>", date(2021, 2, 3)),
        ("<time datetime=2021-02-03></time><time datetime=2022-02-03></time>", None),
        ("<p>活动时间：2023-05-06，地点：本部</p>", None),
        ("<p>本计划自2023年5月6日起施行，来源：见附件。</p>", None),
        ("<p>完成日期：2023-05-06</p>", None),
        ("<p>发布日期：2024-02-30</p>", None),
        ("<p>更新时间：2024-02-03</p>", None),
    ],
)
def test_published(body: str, want: date | None) -> None:
    assert _source(body).published == want


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2023-01-02T08:00:00+08:00'>",
        "<meta name=PubDate content='2023-01-02 08:00'>",
        "<meta name=pubdate content=20230102>",
        "<meta itemprop=datePublished content='2023年1月2日'>",
        '<script type="application/ld+json">{"@graph":[{"a":[{"datePublished":"2023-01-02"}]}]}</script>',
    ],
)
def test_published_in_the_head(head: str) -> None:
    assert _source("<p>发布时间：2024-03-05</p>", head).published == date(2023, 1, 2)


def test_modified_and_linked_data() -> None:
    data = '{"@type":"NewsArticle","dateModified":"2022-04-05","author":[{"name":"李四"}],"publisher":{"name":"某报"}}'
    source = _source(head=f'<script type="application/ld+json">{data};</script>')
    assert (source.author, source.site, source.modified) == ("李四", "某报", date(2022, 4, 5))
    assert _source("<p>最后更新时间：2023年6月1日</p>").modified == date(2023, 6, 1)
    assert _source(head="<meta name=lastmod content=2023-06-01>").modified == date(2023, 6, 1)


@pytest.mark.parametrize("data", ["{", "[" * 5_000, '{"author":{"name":7}}', '"x"', "[" * 400 + "]" * 400, "null", ""])
def test_broken_linked_data_is_left_out(data: str) -> None:
    assert _source(head=f'<script type="application/ld+json">{data}</script>').author is None


def test_author_shown() -> None:
    assert _source("<p>2023-05-06 作者：张三　浏览：5</p>").author == "张三"
    assert _source("<p>责任编辑：李四</p>").author is None
    assert _source("<p>作者：各部门负责人应当在每月五日前上报</p>").author is None
