"""What a report says will be, and what it says has changed."""

from __future__ import annotations

import pytest

from docparse.claims.classifier import sure_of
from docparse.claims.foretold import label_foretold
from docparse.records import HeadingLine, Kind, Label, Layout, Piece, Span, Unit


@pytest.mark.parametrize(
    ("text", "label", "want"),
    [
        ("货运量将比上年增长10%。", "result", "goal"),
        ("线路将达到200公里，比上年增长5%。", "result", "goal"),
        ("农民贸易将占5.1%。", "result", "goal"),
        ("比重将由1955年的46%上升到47.2%。", "result", "goal"),
        ("预计到年底商品零售额将上升。", "result", "goal"),
        ("邮电业务也将有相应的增加。", "result", "goal"),
        ("计划规定，五年合计粮食产量为三千亿斤。", "result", "goal"),
        ("这三年计划安排平均每年修渠二十里。", "result", "goal"),
        ("去年计划安排修渠二十里，实际修了三十里。", "result", "result"),
        ("计划规定的十二项工程开工。", "result", "result"),
        ("将库存由90天压到60天。", "result", "result"),
        ("将有关材料报送三次。", "result", "result"),
        ("将有意向的客户分给各组。", "result", "result"),
        ("将新增的200万元资金用于设备采购。", "result", "result"),
        ("将建成的5个车间投产。", "result", "result"),
        ("将超过90天的应收账款清回35万元。", "result", "result"),
        ("将占地30亩的旧厂房改造成车间。", "result", "result"),
        ("将达标的18家企业列入名单。", "result", "result"),
        ("将达到退休年龄的6名职工办理手续。", "result", "result"),
        ("将有大专以上学历的12人充实到一线。", "result", "result"),
        ("将继续教育学时由60提高到90。", "result", "result"),
        ("将由区里拨付的30万元用到村里。", "result", "result"),
        ("去年说货运量将达到200万吨，已经超过。", "result", "result"),
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


@pytest.mark.parametrize(
    ("text", "kind", "want"),
    [
        ("一期收缴率从50%提高到61%；", "summary", "result"),
        ("一期收缴率从50%提高到61%；", "plan", "goal"),
        ("收缴率要从50%提高到61%；", "summary", "goal"),
        ("明年收缴率从50%提高到61%；", "summary", "goal"),
        ("收缴率提高到61%；", "summary", "goal"),
        ("到2027年，收缴率从50%提高到61%；", "summary", "goal"),
        ("希望收缴率从50%提高到61%；", "summary", "goal"),
        ("争创优质服务，收缴率从50%提高到61%；", "summary", "goal"),
        ("投诉由20件降低到9件以下；", "summary", "goal"),
        ("响应时间由30分钟缩短到15分钟；", "summary", "result"),
        ("主要指标中收缴率从50%提高到61%；", "summary", "result"),
    ],
)
def test_a_change_that_a_report_tells_is_a_result(text: str, kind: Kind, want: Label) -> None:
    piece = Piece(span=Span(0, len(text)), title=None, title_span=None, kind=kind)
    layout = Layout(articles=(piece,), headings=(), units=(Unit(span=Span(0, len(text)), article=0, section=None),))
    (scored,) = label_foretold(text, layout, [sure_of("goal", 0.9, ())])
    assert scored.label == want


def test_a_change_behind_a_word_of_aims_stays_a_goal() -> None:
    text = "新年里我定下目标。收缴率从50%提高到61%。"
    piece = Piece(span=Span(0, len(text)), title=None, title_span=None, kind="summary")
    units = tuple(Unit(span=Span(*ends), article=0, section=None) for ends in ((0, 9), (9, len(text))))
    layout = Layout(articles=(piece,), headings=(), units=units)
    assert [s.label for s in label_foretold(text, layout, [sure_of("goal", 0.9, ())] * 2)] == ["goal", "goal"]


@pytest.mark.parametrize(
    ("title", "want"), [("三、收费情况", "result"), ("三、整改措施", "goal"), ("工作建议", "goal")]
)
def test_a_section_that_proposes_tells_no_change(title: str, want: Label) -> None:
    text = f"{title}\n收缴率从50%提高到61%。"
    at = len(title) + 1
    piece = Piece(span=Span(0, len(text)), title=None, title_span=None, kind="summary")
    heading = HeadingLine(
        span=Span(0, len(title)), marker=None, title=title, level=1, article=0, parent=None, role="other",
        title_role="other", end=len(text),
    )  # fmt: skip
    layout = Layout(
        articles=(piece,), headings=(heading,), units=(Unit(span=Span(at, len(text)), article=0, section=0),)
    )
    (scored,) = label_foretold(text, layout, [sure_of("goal", 0.9, ())])
    assert scored.label == want


@pytest.mark.parametrize(
    ("text", "given", "want"),
    [
        ("目标：会画折线图和饼图。", "background", "goal"),
        ("2、总体目标：不良率压到千分之三以内。", "task", "goal"),
        ("目标：见附件", "noise", "noise"),
        ("目标：", "background", "background"),
        ("去年的目标已经实现。", "result", "result"),
    ],
)
def test_what_is_called_an_aim_is_a_goal(text: str, given: Label, want: Label) -> None:
    piece = Piece(span=Span(0, len(text)), title=None, title_span=None, kind="summary")
    layout = Layout(articles=(piece,), headings=(), units=(Unit(span=Span(0, len(text)), article=0, section=None),))
    (scored,) = label_foretold(text, layout, [sure_of(given, 0.9, ())])
    assert scored.label == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("已于3月15日完成验收。", "result"),
        ("2、新系统已上线。", "result"),
        ("已完成的项目要抓紧结算。", "task"),
        ("就业培训全部完成。", "task"),
        ("已签约的项目，力争年内开工。", "task"),
    ],
)
def test_what_has_been_done_is_no_task(text: str, want: Label) -> None:
    piece = Piece(span=Span(0, len(text)), title=None, title_span=None, kind="plan")
    layout = Layout(articles=(piece,), headings=(), units=(Unit(span=Span(0, len(text)), article=0, section=None),))
    (scored,) = label_foretold(text, layout, [sure_of("task", 0.9, ())])
    assert scored.label == want


@pytest.mark.parametrize(
    ("text", "kind", "want"),
    [
        ("2、完成新客户开发20家。", "plan", "task"),
        ("1、完成销售额3000万元。", "plan", "goal"),
        ("1、完成销售额3000万元，同比增长5%。", "plan", "result"),
        ("2、共完成新客户开发20家。", "plan", "result"),
        ("2、完成新客户开发20家。", "summary", "result"),
        ("完成新客户开发。", "plan", "result"),
    ],
)
def test_a_plans_line_with_a_bare_verb_is_to_be_done(text: str, kind: Kind, want: Label) -> None:
    piece = Piece(span=Span(0, len(text)), title=None, title_span=None, kind=kind)
    layout = Layout(articles=(piece,), headings=(), units=(Unit(span=Span(0, len(text)), article=0, section=None),))
    (scored,) = label_foretold(text, layout, [sure_of("result", 0.9, ())])
    assert scored.label == want


@pytest.mark.parametrize(
    ("text", "given", "want"),
    [
        ("我们计划在年内开店10家。", "background", "task"),
        ("一是抓好招生，计划招生600人。", "background", "task"),
        ("今年赤字率拟按3%安排。", "result", "task"),
        ("草拟方案两份。", "result", "result"),
        ("计划新增的门店已全部开业。", "result", "result"),
        ("计划完成率达到98%。", "result", "result"),
        ("计划在前，总结在后。", "background", "background"),
        ("三年来累计培养研究生56人，就业率均在95%以上。", "goal", "result"),
        ("三年来的积累，将使就业率稳定在95%以上。", "goal", "goal"),
    ],
)
def test_who_plans_will_and_what_has_been_so_far_is_reached(text: str, given: Label, want: Label) -> None:
    piece = Piece(span=Span(0, len(text)), title=None, title_span=None, kind="other")
    layout = Layout(articles=(piece,), headings=(), units=(Unit(span=Span(0, len(text)), article=0, section=None),))
    (scored,) = label_foretold(text, layout, [sure_of(given, 0.9, ())])
    assert scored.label == want
