"""Web archives."""

from __future__ import annotations

import base64
import quopri

import pytest
from reader_laws import check_laws, texts, uncovered

from docparse.errors import DamagedFileError, LimitExceededError
from docparse.readers import read_bytes
from docparse.records import Reading

PAGE = "<html><head><title>{title}</title></head><body><p>{text}</p>{rest}</body></html>"


def part(text: str, charset: str = "utf-8", coding: str = "quoted-printable", **fields: str) -> bytes:
    data = text.encode(charset)
    body = quopri.encodestring(data) if coding == "quoted-printable" else base64.encodebytes(data)
    head = [f"Content-Type: text/html; charset={fields.pop('label', charset)}", f"Content-Transfer-Encoding: {coding}"]
    head += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def archive(*parts: bytes, kind: str = 'multipart/related; type="text/html"', head: str = "") -> bytes:
    start = (
        f'From: <Saved by Blink>\r\n{head}MIME-Version: 1.0\r\nContent-Type: {kind};\r\n\tboundary="--=_x"\r\n\r\n\r\n'
    )
    body = b"".join(b"----=_x\r\n" + one + b"\r\n" for one in parts)
    return start.encode() + body + b"----=_x--\r\n"


def _read(data: bytes) -> Reading:
    reading = read_bytes(data)
    check_laws(reading)
    assert uncovered(reading) == ""
    assert reading.source.media_type == "multipart/related"
    return reading


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
@pytest.mark.parametrize(("charset", "label"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8")])
def test_root_page(coding: str, charset: str, label: str) -> None:
    page = PAGE.format(title="计划", text="全年完成销售收入1200万元，比上年增长百分之八。", rest="")
    image = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo="
    reading = _read(archive(image, part(page, charset, coding, label=label)))
    assert reading.raw == "全年完成销售收入1200万元，比上年增长百分之八。"
    assert (reading.source.title, reading.source.encoding) == ("计划", charset)
    assert [w.code for w in reading.warnings] == (["wrong-encoding-label"] if label == "utf-8" != charset else [])


def test_start_names_the_root_and_frames_are_filled_in() -> None:
    inner = part(PAGE.format(title="", text="框中正文", rest=""), Content_Location="http://a.cn/plan/b.html")
    cid = part(PAGE.format(title="", text="第二框", rest=""), Content_ID="<f2@x>")
    rest = '<iframe src="b.html"></iframe><iframe src="cid:f2@x"></iframe><iframe src="c.html"></iframe>'
    root = PAGE.format(title="", text="根页", rest=rest)
    main = part(root, Content_Location="http://a.cn/plan/a.html", Content_ID="<root>")
    reading = _read(
        archive(inner, cid, main, kind='multipart/related; start="<root>"', head="Subject: =?gb2312?B?vMa7rg==?=\r\n")
    )
    assert texts(reading) == ["根页", "框中正文", "第二框"]
    assert [w.code for w in reading.warnings] == ["frames-not-read"]
    assert reading.source.title == "计划"


def test_frames_that_hold_each_other_end() -> None:
    root = part(PAGE.format(title="", text="甲", rest='<iframe src="b"></iframe>'), Content_Location="a")
    other = part(PAGE.format(title="", text="乙", rest='<iframe src="b"></iframe>'), Content_Location="b")
    assert texts(_read(archive(root, other))) == ["甲", "乙"]


def test_nested_archive_single_page_and_cut_file() -> None:
    page = part(PAGE.format(title="", text="正文一段", rest=""))
    inside = b'Content-Type: multipart/alternative; boundary="y"\r\n\r\n--y\r\n' + page + b"\r\n--y--"
    assert _read(archive(inside)).raw == "正文一段"
    assert _read(b"MIME-Version: 1.0\r\n" + page).raw == "正文一段"
    assert _read(archive(page)[:-12]).raw == "正文一段"
    text = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "纯文字\r\n第二行".encode()
    assert texts(_read(archive(text))) == ["纯文字", "第二行"]


def test_without_a_page_or_too_much_of_it() -> None:
    with pytest.raises(DamagedFileError) as caught:
        read_bytes(archive(b"Content-Type: image/png\r\n\r\nx"))
    assert caught.value.code == "damaged-mhtml"
    with pytest.raises(LimitExceededError):
        read_bytes(archive(*[b"Content-Type: image/png\r\n\r\nx"] * 5_100))
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(1_000))
    with pytest.raises(LimitExceededError):
        read_bytes(archive(nested))
    with pytest.raises(LimitExceededError):
        read_bytes(archive(b"Content-Type: text/html; " + b'a="b;' * 200_000 + b"\r\n\r\nx"))


def test_a_letter_in_a_text_is_no_archive() -> None:
    for text in (
        "From: 张三\n计划如下",
        "标题: 计划\nMIME-Version: 1.0",
        "MIME-Version: 1.0\n\nContent-Type: text/html\n计划",
    ):
        assert read_bytes(text.encode()).source.media_type == "text/plain"


def test_a_page_that_word_saved_as_an_archive() -> None:
    body = (
        "<p class=MsoTitle>2024年工作计划</p><p class=MsoNormal style='mso-outline-level:1'>一、目标<o:p></o:p></p>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>"
        "（一）<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;</span></span><![endif]>完成任务</p>"
        "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='font-family:Wingdings'>l"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>拜访客户</p>"
        "<p class=MsoNormal><span style='mso-hide:all'>隐藏</span>正文。<!--[if gte mso 9]><xml>x</xml><![endif]--></p>"
        "<p class=MsoToc1>一、目标 1</p><xml><w:View>Normal</w:View></xml>"
    )
    reading = _read(archive(part(PAGE.format(title="", text="", rest=body))))
    kinds = [(b.kind, b.level, reading.raw[b.start : b.end].replace("\xa0", "")) for b in reading.blocks]
    assert kinds == [
        ("heading", None, "2024年工作计划"),
        ("heading", 1, "一、目标"),
        ("list_item", None, "（一）完成任务"),
        ("list_item", None, "• 拜访客户"),
        ("paragraph", None, "正文。"),
        ("toc", None, "一、目标 1"),
    ]
