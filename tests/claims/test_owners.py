"""Owners: how a text names who is to do it, and what only looks so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.claims.owners import find_owner

CASES: tuple[tuple[str, str | None], ...] = (
    ("清理占道堆物。（城管科负责）", "城管科"),
    ("推进管网改造。（市住建局、市水务局分别负责）", "市住建局、市水务局"),
    ("推进管网改造。（市住建局牵头，市水务局、各区配合）", "市住建局"),
    ("改造路灯120盏。（责任单位：市政管理处）", "市政管理处"),
    ("更新台账（每月一次）。（资料室负责）", "资料室"),
    ("更新台账（每月一次）。", None),
    ("改造路灯120盏，责任单位：市政管理处。", "市政管理处"),
    ("3月完成盘点，由仓储组负责。", "仓储组"),
    ("从下周起由老周负责验收。", "老周"),
    ("由设备科牵头，生产科配合。", "设备科"),
    ("晨会由值班店长主持。", "值班店长"),
    ("由于天气原因负责人没有到场", None),
    ("周期由5天缩短到3天。", None),
    ("1、客服部要每周回访一次。", "客服部"),
    ("6月底前，各街道办事处要摸清底数。", "各街道办事处"),
    ("请保卫科负责巡查夜间门岗。", "保卫科"),
    ("二是会同仓库每季盘点一次。", None),
    ("与财务部每月对账。", None),
    ("全部要更换。", None),
    ("提高服务质量，争取零投诉。", None),
    ("人人负责，层层落实。", None),
    ("由监事会、业主委员会成立清算小组。", "监事会、业主委员会"),
    ("超期客户由销售经理重新分配。", "销售经理"),
    ("由被动服务变为主动管理。", None),
    ("由各方代表组成评审组。", None),
    ("在下一年的工作中，客服部将继续上门走访。", "客服部"),
    ("为此，工程部要逐户排查漏点。", "工程部"),
    ("为此，逐户排查漏点。", None),
    ("客服部继续加强回访。", "客服部"),
    ("我们将逐户走访。", "我们"),
    ("今年，我部计划新招两人。", "我部"),
    ("我将逐户走访。", None),
    ("我们的门店很小。", None),
    ("行政部6月前完成合同归档。", "行政部"),
    ("归档工作由小李在6月前做完。", "小李"),
    ("【行政部】6月底前完成归档", "行政部"),
    ("财务部：每月5日前完成报表。", "财务部"),
    ("样品下月15号之前寄到，小王负责。", "小王"),
    ("改造小区20个，县住建局牵头，县财政局配合。", "县住建局"),
    ("公司要求各科室于6月前完成归档。", "各科室"),
    ("校长室负责制定方案。", "校长室"),
    ("内部：加强管理。", None),
    ("市场部分工：", None),
    ("由于在6月前完成有困难。", None),
    ("对此事，认真负责。", None),
    ("遇事不推，层层负责。", None),
    ("教室要保持整洁。", None),
    ("改造小区20个。（责任单位：县住建局；完成时限：12月底前）", "县住建局"),
    ("", None),
)


@pytest.mark.parametrize(("statement", "want"), CASES, ids=[c[0] or "empty" for c in CASES])
def test_owner(statement: str, want: str | None) -> None:
    assert find_owner(statement) == want


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from([*"由（）(、：负责", "责任单位：", "科", "牵头"]), max_size=60).map("".join),
    )
)
def test_any_text_has_an_owner_or_none(text: str) -> None:
    owner = find_owner(text)
    assert owner is None or (owner and owner in text)


@pytest.mark.parametrize("unit", ["由", "（由", "由科", "部、", "责任单位：", "（", "各部"])
def test_long_repeats_end_at_once(unit: str) -> None:
    started = time.perf_counter()
    find_owner(unit * 100_000)
    assert time.perf_counter() - started < 1
