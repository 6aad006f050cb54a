"""What a report says will be."""

from __future__ import annotations

import pytest

from docparse.claims.classifier import sure_of
from docparse.claims.foretold import label_foretold
from docparse.records import Label, Layout, Span, Unit


@pytest.mark.parametrize(
    ("text", "label", "want"),
    [
        ("货运量将比上年增长10%。", "result", "goal"),
        ("线路将达到200公里。", "result", "goal"),
        ("比重将由46%上升到47%。", "result", "goal"),
        ("预计到年底商品零售额将上升。", "result", "goal"),
        ("将库存由90天压到60天。", "result", "result"),
        ("将有关材料报送了三次。", "result", "result"),
        ("将有意向的客户分给各组。", "result", "result"),
        ("市场将达到800万台。", "background", "background"),
    ],
)
def test_a_result_that_is_still_to_come_is_a_goal(text: str, label: Label, want: Label) -> None:
    layout = Layout(articles=(), headings=(), units=(Unit(span=Span(0, len(text)), article=None, section=None),))
    (scored,) = label_foretold(text, layout, [sure_of(label, 0.9, ())])
    assert scored.label == want


def test_only_the_statements_own_text_counts() -> None:
    text = "完成了三项。货运量将比上年增长10%。"
    units = (
        Unit(span=Span(0, 6), article=None, section=None),
        Unit(span=Span(6, len(text)), article=None, section=None),
    )
    layout = Layout(articles=(), headings=(), units=units)
    assert [s.label for s in label_foretold(text, layout, [sure_of("result", 0.9, ())] * 2)] == ["result", "goal"]
