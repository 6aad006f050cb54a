"""What is left out of raw is said in the same words whatever the format."""

from __future__ import annotations

import pytest
from docx_files import build, para, run

from docparse.readers import read_bytes

_HIDDEN = "x" * 201
_WANT = {
    "tracked-changes": "The document has tracked changes: 1 insertions read, 1 deletions left out,"
    " 0 moved passages read once, where they stand now.",
    "comments-left-out": "1 comments were left out.",
    "hidden-text": "The document hides 201 characters; left out.",
}


def docx() -> bytes:
    return build(
        f"<w:p>{run('kept')}<w:ins>{run(' new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        f'<w:r><w:commentReference w:id="1"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>{_HIDDEN}</w:t></w:r></w:p>'
    )


def rtf() -> bytes:
    return (r"{\rtf1 kept{\revised  new}{\deleted old}{\*\annotation said}{\v " + _HIDDEN + r"}\par}").encode()


def fodt() -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
    )
    changes = "".join(
        f'<text:changed-region text:id="{kind}"><text:{kind}><text:p>old</text:p></text:{kind}></text:changed-region>'
        for kind in ("insertion", "deletion")
    )
    return (
        f'<office:document{spaces} office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
        f"</office:automatic-styles><office:body><office:text><text:tracked-changes>{changes}</text:tracked-changes>"
        "<text:p>kept new<office:annotation><text:p>said</text:p></office:annotation>"
        f'<text:span text:style-name="T1">{_HIDDEN}</text:span></text:p></office:text></office:body></office:document>'
    ).encode()


@pytest.mark.parametrize("data", [docx(), rtf(), fodt()], ids=["docx", "rtf", "fodt"])
def test_one_meaning_has_one_wording(data: bytes) -> None:
    reading = read_bytes(data)
    assert reading.raw == "kept new"
    assert {warning.code: warning.message for warning in reading.warnings} == _WANT


def test_nothing_left_out_is_not_mentioned() -> None:
    assert read_bytes(build(para("kept"))).warnings == ()
