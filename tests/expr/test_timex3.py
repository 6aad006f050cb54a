"""TIMEX3: valid XML for any text, whose content is the text, and what each form of a value becomes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse import OptionError, find_times, to_timex3
from docparse.records import Span, Time

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PIECES = [
    "3月底前",
    "6到12月",
    "每周一至周五",
    "两三天",
    "2024年起",
    "<",
    "&",
    '"',
    "]]>",
    "\r\n",
    "\r",
    "\x00",
    "\ud800",
    "\uffff",
    "😀",
    " ",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)
MODS = {
    "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
    "START", "MID", "END", "APPROX",
}  # fmt: skip


def elements(text: str, *, resolved: bool = False) -> list[dict[str, str]]:
    """The attributes of the TIMEX3 elements that the times of a text become."""
    times = find_times(text, reference_date=date(2024, 3, 5))
    return [element.attrib for element in ET.fromstring(to_timex3(text, times, resolved=resolved))]


@given(TEXTS, st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text_gives_valid_xml_with_the_same_content(text: str, resolved: bool) -> None:
    """What XML cannot hold is U+FFFD; ids are unique and what refers to them finds them."""
    times = find_times(text, reference_date=date(2024, 3, 5))
    root = ET.fromstring(to_timex3(text, times, resolved=resolved).encode())
    assert root.tag == "TimeML"
    assert "".join(root.itertext()) == FORBIDDEN.sub("\ufffd", text)
    assert {child.tag for child in root} <= {"TIMEX3"}
    ids = [child.attrib["tid"] for child in root]
    assert len(set(ids)) == len(ids) and {t.id for t in times} <= set(ids)
    filled = [child for child in root if child.text]
    assert [(child.attrib["tid"], child.text) for child in filled] == [(t.id, t.text) for t in times]
    for child in root:
        assert child.attrib["type"] in ("DATE", "TIME", "DURATION", "SET")
        assert "/" not in child.attrib["value"] and child.attrib["value"]
        assert child.attrib.get("mod", "END") in MODS
        assert {child.attrib.get("beginPoint", ids[0]), child.attrib.get("endPoint", ids[0])} <= set(ids)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2024年5月", {"type": "DATE", "value": "2024-05"}),
        ("20XX年5月", {"type": "DATE", "value": "20XX-05"}),
        ("5月8日上午", {"type": "TIME", "value": "XXXX-05-08TMO"}),
        ("3月底前", {"type": "DATE", "value": "XXXX-03-31", "mod": "BEFORE"}),
        ("年底左右", {"type": "DATE", "value": "XXXX-12", "mod": "APPROX"}),
        ("2024年起", {"type": "DATE", "value": "2024", "mod": "ON_OR_AFTER", "comment": "2024/.."}),
        ("2024年以后", {"type": "DATE", "value": "2024", "mod": "AFTER", "comment": "2024/.."}),
        ("至今", {"type": "DATE", "value": "PRESENT_REF", "mod": "ON_OR_BEFORE", "comment": "/PRESENT_REF"}),
        ("每月", {"type": "SET", "value": "P1M", "quant": "EVERY"}),
        ("每月5号前", {"type": "SET", "value": "XXXX-XX-05", "quant": "EVERY"}),
        ("每两年", {"type": "SET", "value": "P2Y", "quant": "EVERY"}),
        ("3个月", {"type": "DURATION", "value": "P3M"}),
        ("10多年", {"type": "DURATION", "value": "P10Y", "mod": "MORE_THAN"}),
        ("3天以上", {"type": "DURATION", "value": "P3D", "mod": "EQUAL_OR_MORE"}),
        ("3天以下", {"type": "DURATION", "value": "P3D", "mod": "EQUAL_OR_LESS"}),
        ("两三天", {"type": "DURATION", "value": "P2D", "mod": "EQUAL_OR_MORE", "comment": "P2D/P3D"}),
        ("最多3天", {"type": "DURATION", "value": "P3D", "mod": "EQUAL_OR_LESS"}),
        ("3天左右", {"type": "DURATION", "value": "P3D", "mod": "APPROX"}),
    ],
)
def test_values(text: str, want: dict[str, str]) -> None:
    """One element, with what TIMEX3 has for it."""
    assert elements(text) == [{"tid": "t1", **want}]


@pytest.mark.parametrize(
    ("text", "kind", "value", "points"),
    [
        ("6到12月", "DURATION", "P7M", ["XXXX-06", "XXXX-12"]),
        ("2024—2026年", "DURATION", "P3Y", ["2024", "2026"]),
        ("五月中旬", "DURATION", "P10D", ["XXXX-05-11", "XXXX-05-20"]),
        ("2024年2月1日至3月1日", "DURATION", "P30D", ["2024-02-01", "2024-03-01"]),
        ("2月1日至3月1日", "DURATION", "PXD", ["XXXX-02-01", "XXXX-03-01"]),
        ("2011年至今", "DURATION", "PXD", ["2011", "PRESENT_REF"]),
        ("2024年5月8日10点半到12点", "DURATION", "PT1H30M", ["2024-05-08T10:30", "2024-05-08T12:00"]),
        ("每周一至周五", "SET", "P1W", ["XXXX-WXX-1", "XXXX-WXX-5"]),
        ("每年3月至5月", "SET", "P1Y", ["XXXX-03", "XXXX-05"]),
        ("每天8:00-9:00", "SET", "P1D", ["XXXX-XX-XXT08:00", "XXXX-XX-XXT09:00"]),
    ],
)
def test_intervals_name_two_points(text: str, kind: str, value: str, points: list[str]) -> None:
    """An interval is its length, with two empty elements for its ends."""
    first, *ends = elements(text)
    assert (first["type"], first["value"]) == (kind, value)
    assert [end["value"] for end in ends] == points
    assert [first["beginPoint"], first["endPoint"]] == [end["tid"] for end in ends]
    assert first["comment"] == find_times(text)[0].value


def test_resolved_values() -> None:
    """What can be resolved is written so; the rest stays."""
    values = [(e["type"], e["value"]) for e in elements("3月底前、三年后、每月和20日", resolved=True)]
    assert values == [("DATE", "2024-03-31"), ("DATE", "2027"), ("SET", "P1M"), ("DATE", "2024-03-20")]


def test_new_ids_go_on_after_the_given_ones() -> None:
    """Two intervals and a date: t1 to t3 are the mentions, t4 to t7 the ends."""
    assert [e["tid"] for e in elements("1到3月、4到6月、12月")] == ["t1", "t4", "t5", "t2", "t6", "t7", "t3"]


def test_values_from_elsewhere_are_escaped() -> None:
    """A Time that a caller made may hold anything."""
    odd = Time(
        id="t1", statement=None, text="x", type="DATE", value='"<&\x00\n', resolved=None, role="context",
        span=Span(0, 1), raw_span=Span(0, 1),
    )  # fmt: skip
    (element,) = ET.fromstring(to_timex3("x", [odd]))
    assert element.attrib["value"] == '"<&\ufffd\n'


def test_times_of_another_text_are_refused() -> None:
    """So are overlaps and ids that are no ids."""
    times = find_times("3月底前和每月")
    for text, given_times in (("别的文字", times), ("3月底前和每月", [*times, *times])):
        with pytest.raises(OptionError):
            to_timex3(text, given_times)
