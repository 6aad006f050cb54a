"""Due dates and baselines, on whole small documents and on any text."""

from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docparse
from docparse.claims.links import Around, Place, date_titles, is_wide, link_due, names_aims, names_term
from docparse.expr.quantities import find_quantity_mentions
from docparse.expr.times import find_time_mentions
from docparse.records import Quantity, QuantityMention, Time, TimeMention, TimeRole

ROLES: tuple[TimeRole, ...] = ("deadline", "schedule", "recurrence", "context")


def time_of(text: str, mention: TimeMention, name: str, role: TimeRole) -> Time:
    """A mention as a Time with the given role."""
    span = mention.span
    written = text[span.start : span.end]
    return Time(
        id=name, statement=None, text=written, type=mention.type, value=mention.value, resolved=None, role=role,
        span=span, raw_span=span,
    )  # fmt: skip


def target_of(text: str, mention: QuantityMention, name: str = "q1") -> Quantity:
    """A mention as a target."""
    span = mention.span
    return Quantity(
        id=name, statement=None, text=text[span.start : span.end], kind=mention.kind, low=mention.low,
        high=mention.high, comparator=mention.comparator, approximate=mention.approximate, masked=mention.masked,
        unit=mention.unit, per=mention.per, role="target", metric=None, due=None, span=span, raw_span=span,
    )  # fmt: skip


def due_of(text: str, roles: dict[str, TimeRole], number: str) -> str | None:
    """The words of the time that the quantity `number` of one sentence is due at; `roles` by the times' words."""
    times = [
        time_of(text, m, f"t{i}", roles.get(text[m.span.start : m.span.end], "context"))
        for i, m in enumerate(find_time_mentions(text))
    ]
    (mention,) = [m for m in find_quantity_mentions(text) if text[m.span.start : m.span.end] == number]
    due = link_due(text, target_of(text, mention), Around(Place(0, times, True)))
    return next((t.text for t in times if due is not None and t.id == due.time), None)


CASES: tuple[tuple[str, dict[str, TimeRole], str, str | None], ...] = (
    ("6月底前建成5座泵站", {"6月底前": "deadline"}, "5座", "6月底前"),
    ("建成泵站5座，6月底前投入运行", {"6月底前": "deadline"}, "5座", "6月底前"),
    ("3月种树200棵，4月清淤12公里", {"3月": "schedule", "4月": "schedule"}, "200棵", "3月"),
    ("3月种树200棵，4月清淤12公里", {"3月": "schedule", "4月": "schedule"}, "12公里", "4月"),
    ("3月种树200棵，清淤12公里", {"3月": "schedule"}, "12公里", "3月"),
    ("3月种树200棵；清淤12公里", {"3月": "schedule"}, "12公里", None),
    ("2025年产值增长5%；就业3万人", {"2025年": "schedule"}, "3万人", "2025年"),
    ("每月召开例会两次", {"每月": "recurrence"}, "两次", "每月"),
    ("每月召开例会两次，参会率达到95%", {"每月": "recurrence"}, "95%", None),
    ("人均工资每月4500元", {"每月": "recurrence"}, "4500元", None),
    ("补助每人每年380元提高到420元", {"每年": "recurrence"}, "420元", None),
    ("每月营收达到30万元", {"每月": "recurrence"}, "30万元", "每月"),
    ("三年内建成12座水库", {"三年内": "deadline"}, "12座", "三年内"),
    ("20秒内接通率达到80%", {"20秒内": "deadline"}, "80%", None),
    ("10天内办结的比率达到95%", {"10天内": "deadline"}, "95%", None),
    ("比2023年增加300户", {"2023年": "context"}, "300户", None),
    ("办好3件实事：9月1日前新校开学", {"9月1日前": "deadline"}, "3件", None),
    ("会员储值每月不低于3万元", {"每月": "recurrence"}, "不低于3万元", "每月"),
    ("每周开视频会，只讲三件事", {"每周": "recurrence"}, "三件", "每周"),
    ("每周下社区，对217位老人建档", {"每周": "recurrence"}, "217位", None),
    ("自5月1日起，凭证入场，加装门禁18个", {"自5月1日起": "schedule"}, "18个", None),
    ("5月1日，凭证入场，加装门禁18个", {"5月1日": "schedule"}, "18个", "5月1日"),
    ("职责细化成63条，3月1日前张贴上墙", {"3月1日前": "deadline"}, "63条", "3月1日前"),
    ("职责细化成63条，3月1日前张贴新的值班表和联系电话", {"3月1日前": "deadline"}, "63条", None),
    ("3月评审老户，引进新户6家，上半年完成", {"3月": "schedule", "上半年": "deadline"}, "6家", "上半年"),
    ("3月评审老户，引进新户6家，上半年复查", {"3月": "schedule", "上半年": "deadline"}, "6家", "3月"),
)


@pytest.mark.parametrize(("text", "roles", "number", "want"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
def test_due_in_a_sentence(text: str, roles: dict[str, TimeRole], number: str, want: str | None) -> None:
    assert due_of(text, roles, number) == want


def place_of(text: str, role: TimeRole, *, goal: bool = False) -> Place:
    """A statement of its own with its times in one role."""
    return Place(0, [time_of(text, m, text[m.span.start : m.span.end], role) for m in find_time_mentions(text)], goal)


def due_among(around: Around) -> str | None:
    text = "回访率达到90%"
    due = link_due(text, target_of(text, find_quantity_mentions(text)[0]), around)
    return due.time if due is not None else None


HERE = Place(0, (), True)


def test_a_list_inherits_the_year_of_its_first_item_not_a_month() -> None:
    assert due_among(Around(HERE, [place_of("全年营收400万元", "schedule", goal=True)])) == "全年"
    assert due_among(Around(Place(0, ()), [place_of("5月修好围墙", "schedule")])) is None


def test_goals_inherit_the_deadline_at_the_head_of_the_goal_before() -> None:
    before = place_of("到2026年底，绿地率达到38%", "deadline", goal=True)
    assert due_among(Around(HERE, [before])) == "2026年底"
    assert due_among(Around(Place(0, ()), [before])) is None
    assert due_among(Around(HERE, [place_of("6月底前检修完毕", "deadline", goal=True)])) is None


def test_a_year_that_aims_are_reached_by_dates_the_goals_below_and_a_piece_without_a_date() -> None:
    text = "到2026年底，新增泊位3500个"
    year = [time_of(text, m, "y", "deadline") for m in find_time_mentions(text)]
    here = "；违停率降到6%"
    number = target_of(text + here, find_quantity_mentions(text + here)[-1])
    framed = Place(0, year)
    assert link_due(text + here, number, Around(HERE, [framed])) is not None
    assert link_due(text + here, number, Around(Place(0, ()), [framed])) is None
    assert link_due(text + here, number, Around(Place(0, ()), aims=framed)) is not None
    assert names_aims(text, year)
    assert not names_aims("超过" + text[1:], [msgspec.structs.replace(t, role="context") for t in year])


@pytest.mark.parametrize(
    ("opening", "want"),
    [
        ("2024年重点工作安排如下：", "2024年"),
        ("2024年的打算：", "2024年"),
        ("2024年工作安排完成得好。", None),
        ("5月工作安排如下：", None),
        ("去年的工作目标如下：", None),
    ],
)
def test_a_year_that_a_lead_in_plans_for_dates_what_has_no_other(opening: str, want: str | None) -> None:
    text = f"{opening}\n回访率达到90%"
    times = [time_of(text, m, text[m.span.start : m.span.end], "context") for m in find_time_mentions(opening)]
    number = target_of(text, find_quantity_mentions(text)[-1])
    due = link_due(text, number, Around(Place(len(opening) + 1, (), True), lead=[Place(0, times)]))
    assert (due.time if due is not None else None) == want


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("本项目计划用10个月时间完成", True),
        ("总工期540天", True),
        ("试点期限为两年", True),
        ("工期：540天", True),
        ("本工程建设工期18个月", True),
        ("活动为期一周", False),
        ("桥梁工程工期12个月", False),
        ("每个项目周期为3个月", False),
        ("劳动合同执行期限3年", False),
        ("全校用一周时间学习", False),
        ("经过一年的努力", False),
        ("南门桥工期90天", False),
        ("项目组织为期一周的培训", False),
        ("付款周期为30天", False),
        ("先用三周时间摸清底数", False),
        ("项目建设周期3小时", False),
    ],
)
def test_how_long_the_whole_work_takes_dates_what_has_no_other(words: str, want: bool) -> None:
    times = [time_of(words, m, "t", "schedule") for m in find_time_mentions(words)]
    assert names_term(words, times) is want
    text = f"{words}。\n建成后年处理污水30万吨"
    number = target_of(text, find_quantity_mentions(text)[-1])
    due = link_due(text, number, Around(Place(len(words) + 2, (), True), aims=Place(0, times)))
    assert (due is not None) is want


def test_a_heading_of_years_ahead_dates_what_stands_under_it() -> None:
    page = "乡村振兴工作方案\n一、{}的目标\n新建冷库6座。\n"
    for heading, want in (("今后三年", ["今后三年"]), ("三年来", [])):
        document = docparse.parse_text(page.format(heading))
        times = {t.id: t.text for t in document.times}
        assert [times[q.due] for q in document.quantities if q.due is not None] == want


def test_the_length_of_the_whole_work_in_a_document() -> None:
    page = "污水处理厂建设计划\n一、工期安排\n{}\n二、建设内容\n1、新建泵站5座。\n"

    def due(line: str) -> list[str]:
        document = docparse.parse_text(page.format(line))
        times = {t.id: t.text for t in document.times}
        return [times[q.due] for q in document.quantities if q.due is not None]

    assert due("总工期：540天") == ["540天"]
    assert due("总工期：540天\n到2027年底，日处理污水3万吨。") == ["2027年底"] * 2  # a year goes before
    assert due("组织培训活动，活动为期一周。") == []
    assert due("1、南桥改造，工期90天。\n2、北桥改造，工期120天。") == []


def test_this_year_of_one_sentence_is_not_the_lists() -> None:
    assert due_among(Around(HERE, [place_of("当年资费下降一成", "schedule", goal=True)])) is None
    assert due_among(Around(HERE, [place_of("今年资费下降一成", "schedule", goal=True)])) == "今年"


def test_headings_go_before_the_title_and_the_title_before_the_lead() -> None:
    heading, title = place_of("下半年打算", "schedule"), place_of("2024年工作计划", "context", goal=True)
    lead = place_of("现将今年的安排报告如下", "schedule")
    assert due_among(Around(HERE, (), [heading], [lead], title)) == "下半年"
    assert due_among(Around(HERE, (), (), [lead], title)) == "2024年"
    assert due_among(Around(HERE, (), (), [lead])) == "今年"


def test_a_summarys_own_year_is_no_due() -> None:
    text = "2023年工作总结"
    title = Place(0, [time_of(text, find_time_mentions(text)[0], "t", "context")])
    assert due_among(Around(HERE, title=title)) is None


def test_the_last_year_of_a_double_title_counts() -> None:
    text = "2023年工作总结和2024年工作计划"
    times = [time_of(text, m, m.value, "context") for m in find_time_mentions(text)]
    around = Around(HERE, title=Place(0, times, True))
    assert due_among(around) == "2024"


def test_a_title_that_something_is_due_at_becomes_a_schedule() -> None:
    text = "2024年计划：回访率达到90%"
    year = time_of(text, find_time_mentions(text)[0], "t1", "context")
    target = target_of(text, find_quantity_mentions(text)[0])
    assert [t.role for t in date_titles([year], [target])] == ["context"]
    due = msgspec.structs.replace(target, due="t1")
    assert [t.role for t in date_titles([year], [due])] == ["schedule"]


@pytest.mark.parametrize(
    ("words", "wide"),
    [
        ("2025年", True),
        ("全年", True),
        ("下半年", True),
        ("5月", False),
        ("3月5日", False),
        ("6月底前", False),
        ("两天", False),
    ],
)
def test_wide(words: str, wide: bool) -> None:
    assert is_wide(time_of(words, find_time_mentions(words)[0], "t", "schedule")) is wide


def test_due_in_a_document() -> None:
    document = docparse.parse_text(
        "客服部2024年工作计划\n一、工作目标\n1、全年满意度达到95%。\n2、投诉率降到1%以下。\n"
    )
    times = {t.id: t.text for t in document.times}
    assert [times[q.due] for q in document.quantities if q.due] == ["全年", "全年"]


def test_a_baseline_stands_right_before_its_target() -> None:
    document = docparse.parse_text("2024年工作计划\n1、全年力争回款率由82%提高到90%。\n")
    (target,) = document.targets
    baseline = {q.id: q.text for q in document.quantities}[target.baseline or ""]
    assert (target.text, baseline) == ("90%", "82%")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*"，；。：\n的", "3月底前", "全年", "每月", "两天内", "5%", "20户", "10元"]), max_size=30)
)
def test_any_sentence_links_to_one_of_its_times_or_none(pieces: list[str]) -> None:
    text = "".join(pieces)
    times = [time_of(text, m, f"t{i}", ROLES[i % 4]) for i, m in enumerate(find_time_mentions(text))]
    for mention in find_quantity_mentions(text):
        due = link_due(text, target_of(text, mention), Around(Place(0, times)))
        assert due is None or due.time in {t.id for t in times if t.role != "context"}


def test_a_page_on_one_line_is_linked_in_linear_time() -> None:
    text = "3月种树20棵，每月清淤5公里，" * 4000
    times = [time_of(text, m, f"t{i}", ROLES[i % 2]) for i, m in enumerate(find_time_mentions(text))]
    targets = [target_of(text, m) for m in find_quantity_mentions(text)]
    around = Around(Place(0, times, True), [Place(0, times)] * 12)
    started = time.perf_counter()
    assert all(link_due(text, target, around) for target in targets)
    assert time.perf_counter() - started < 5
