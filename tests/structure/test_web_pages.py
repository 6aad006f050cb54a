"""Pages of the web: what stands behind the text, between links and under the footer, is no text and no article."""

from __future__ import annotations

import docparse

PROSE = "全年完成销售收入一千万元，比上年增长百分之八，客户满意度提高到百分之九十五以上。"
TITLE = "<h1>2024年销售工作计划</h1>"
TEXT = f"{TITLE}<p>一、目标</p><p>{PROSE}</p><p>二、措施</p><p>{PROSE}</p><p>销售部</p><p>2024年1月5日</p>"


def _noise(page: str) -> tuple[list[str | None], list[str]]:
    document = docparse.parse(f"<html><body>{page}</body></html>".encode())
    return [a.title for a in document.articles], [s.text for s in document.statements if s.label == "noise"]


def test_titles_of_other_pages_begin_no_article() -> None:
    links = ["上一篇：没有了", "相关阅读", "2024年采购工作计划", "2024年财务工作计划", "2024年人事工作计划"]
    titles, noise = _noise(TEXT + "".join(f"<p>{link}</p>" for link in links))
    assert titles == ["2024年销售工作计划"]
    assert noise == links


def test_a_printed_attachment_still_does() -> None:
    attached = f"<p>附件1</p><p>2024年采购工作计划</p><p>一、目标</p><p>{PROSE}</p>"
    assert _noise(TEXT + attached)[0] == ["2024年销售工作计划", "2024年采购工作计划"]


def test_what_floats_between_the_parts_of_a_footer() -> None:
    parts = "<div class=footer><p>使用帮助</p></div>", "<p>空气负（氧）</p>", "<div class=copyright><p>某某网</p></div>"
    assert _noise(TEXT + "".join(parts))[1] == ["使用帮助", "空气负（氧）", "某某网"]


def test_text_behind_a_share_bar_stays() -> None:
    body = f"<p>一、目标</p><p>{PROSE}</p><p>（一）稳定老客户（重点）</p><p>{PROSE}</p>"
    assert _noise(f"{TITLE}<div class=share>分享</div>{body}")[1] == ["分享"]


def test_a_footer_keeps_the_reason_of_its_words() -> None:
    from docparse.readers import read_bytes
    from docparse.structure import split_structure

    reading = read_bytes(
        f"<html><body>{TEXT}<div class=footer><p>版权所有 某某网</p><p>某某</p></div></body></html>".encode()
    )
    units = split_structure(reading.raw, reading.blocks).units
    assert [unit.noise for unit in units[-2:]] == ["copyright", "running-head"]
