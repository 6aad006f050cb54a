"""What a page says is furniture, what it hides, and pages whose text is elsewhere."""

from __future__ import annotations

import pytest
from reader_laws import check_laws, texts, uncovered

from docparse.readers import read_bytes
from docparse.records import Reading

PROSE = "<p>" + "全年完成销售收入一千万元，比上年增长百分之八，客户满意度提高。" * 5 + "</p>"


def _read(body: str, head: str = "") -> Reading:
    reading = read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())
    check_laws(reading)
    assert uncovered(reading) == ""
    return reading


def _codes(reading: Reading) -> list[str]:
    return [warning.code for warning in reading.warnings]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("<div class=mainNav>词</div>", "header"),
        ("<div class='w1200 breadcrumb clearfix'>词</div>", "header"),
        ("<div id=mbx>词</div>", "header"),
        ("<div class=面包屑>词</div>", "header"),
        ("<div role=navigation>词</div>", "header"),
        ("<div class=header-2022>词</div>", "header"),
        ("<div id=footer2022>词</div>", "footer"),
        ("<div class=page_copyright>词</div>", "footer"),
        ("<div class=pagination>词</div>", "footer"),
        ("<p class=MsoFooter>词</p>", "footer"),
        ("<div class=shareBox>词</div>", "footer"),
        ("<ul class=friend-links><li>词</ul>", "footer"),
        ("<div class=related-posts><a>词</a></div>", "footer"),
        ("<div class=comment-list>词</div>", "footer"),
        ("<div class='ad'>词</div>", "footer"),
        ("<select><option>词</select>", "footer"),
        ("<aside>词</aside>", "footer"),
    ],
)
def test_named_furniture(part: str, kind: str) -> None:
    assert texts(_read(part + PROSE), kind) == ["词"]


@pytest.mark.parametrize(
    "part",
    [
        "<div class=adapt>词</div>",  # not the word ad
        "<div class=navy>词</div>",
        "<div class=nav-content>词</div>",
        "<div class='content sidebar-right'>词</div>",
        "<div class=article-header>词</div>",
        "<div class=menu>周一：青菜、豆腐。</div>",  # a canteen's
        "<div class=related-measures>相关措施</div>",
        "<div class=recommend>推荐使用新设备</div>",
        "<p>见<span class=footer>词</span></p>",
        "<article><div class=header>词</div></article>",
        "<article><footer>词</footer></article>",
        "<table><tr><td class=foot>词<td>二</table>",
    ],
)
def test_names_that_only_look_like_it(part: str) -> None:
    reading = _read(part + PROSE)
    assert texts(reading, "header") == texts(reading, "footer") == []


def test_one_wrong_name_does_not_unmark_the_rest() -> None:
    reading = _read(
        f"<div class=nav>首页</div><div class=sidebar><h2>目标</h2>{PROSE}<div class=share>分享</div></div>"
    )
    assert texts(reading, "header") == ["首页"]
    assert texts(reading, "footer") == ["分享"]
    assert texts(reading, "heading") == ["目标"]


def test_a_menu_longer_than_the_text_is_furniture() -> None:
    menu = "".join(f"<a>栏目{i}</a> " for i in range(300))
    assert len(texts(_read(f"<div class=nav>{menu}</div>{PROSE}"), "header")) == 1


def test_a_head_that_holds_the_title() -> None:
    page = f"<div class=header><h1>2024年工作计划</h1><nav>导航</nav></div>{PROSE}"
    reading = _read(page, "<title>2024年工作计划_某某网</title>")
    assert texts(reading, "heading") == ["2024年工作计划"]
    assert texts(reading, "header") == ["导航"]
    assert texts(_read(page, "<title>别的</title>"), "header") == ["2024年工作计划", "导航"]


@pytest.mark.parametrize(
    "part",
    [
        "<p hidden>隐</p>",
        "<p style='DISPLAY:NONE'>隐</p>",
        "<p style='visibility: hidden'>隐</p>",
        "<p style='text-indent:-9999px'>隐</p>",
        "<p style='position:absolute;left:-10000px'>隐</p>",
        "<p style='font-size:0'>隐</p>",
        "<p style='height:0;overflow:hidden'>隐</p>",
        "<span style='mso-hide:all'>隐</span>",
        "<span class='label sr-only'>隐</span>",
        "<font class=jammer>隐</font>",
        "<p class=k>隐</p>",
        "<template>隐</template>",
        "<noscript>隐</noscript>",
        "<dialog>隐</dialog>",
        "<ruby>字<rp>(</rp><rt>隐</rt></ruby>",
        "<xml><w:View>隐</w:View></xml>",
    ],
)
def test_hidden(part: str) -> None:
    assert "隐" not in _read(part + PROSE, "<style>/* {} */ .x, p.k {display:none}</style>").raw


@pytest.mark.parametrize(
    "part",
    [
        "<p style='text-indent:-2em'>显</p>",
        "<p style='left:-10px'>显</p>",
        "<p style='height:0'>显</p>",  # overflows
        "<div style='font-size:0'><span style='font-size:14px'>显</span></div>",
        "<p style='font-size:0.9em'>显</p>",
        "<p aria-hidden=true>显</p>",
        "<p class='b'>显</p>",
        "<p class=k>显</p>",
        "<dialog open>显</dialog>",
        "<details>显</details>",
    ],
)
def test_not_hidden(part: str) -> None:
    style = (
        "<style>.a .b{display:none} @media print{.k{display:none}}</style><style media=print>p{display:none}</style>"
    )
    assert "显" in _read(part + PROSE, style).raw


def test_text_that_a_script_would_show() -> None:
    reading = _read(f"<div style='display:none'>{PROSE * 5}</div><p>展开全文</p>")
    assert "全年完成" in reading.raw
    assert _codes(reading) == ["hidden-text-read"]
    wechat = f"<h1>总结</h1><div style='visibility: hidden; opacity: 0'>{PROSE * 2}</div>"
    assert _codes(_read(wechat)) == ["hidden-text-read"]
    spam = "<div style='display:none'>" + "词 " * 600 + "</div><p>展开全文</p>"
    assert _read(spam).raw == "展开全文"
    assert _codes(_read(spam)) == ["hidden-text"]
    assert _codes(_read(f"<div style='display:none'>{PROSE * 5}</div>{PROSE}")) == ["hidden-text"]


def test_frames() -> None:
    inside = _read("<iframe srcdoc='&lt;p>框里&lt;b>文&lt;/b>字&lt;/p>'></iframe>" + PROSE)
    assert texts(inside)[0] == "框里文字"
    assert _codes(inside) == []
    nested = "<iframe srcdoc=\"<iframe srcdoc='<p>内</p>'></iframe>\"></iframe>"
    assert _read(nested).raw == "内"
    frameset = read_bytes(b"<html><frameset><frame src=a.html><frame src=b.html></frameset></html>")
    assert _codes(frameset) == ["frames-not-read", "no-text"]
    assert "a.html, b.html" in frameset.warnings[0].message
    assert _codes(_read("<iframe src=ad.html></iframe>" + PROSE)) == []


def test_pages_whose_text_is_elsewhere() -> None:
    refresh = "<meta http-equiv=Refresh content='0; URL=http://a.cn/b.html'>"
    assert _codes(_read("<p>正在跳转</p>", refresh)) == ["redirect-page"]
    assert _codes(_read(PROSE, refresh)) == []
    assert _codes(_read("<div id=app></div><script src=a.js></script>")) == ["script-only-page", "no-text"]
    assert _codes(_read("<p>加载中</p><script>" + "x=1;" * 500 + "</script>")) == ["script-only-page"]
    assert _codes(_read(PROSE + "<script>" + "x=1;" * 500 + "</script>")) == []
