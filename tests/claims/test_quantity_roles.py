"""Roles of quantities: one wording a case, near misses beside it."""

from __future__ import annotations

import pytest

from docparse.claims.outlook import Outlook
from docparse.claims.quantity_roles import quantity_role
from docparse.claims.scene import Scene
from docparse.expr.quantities import find_quantity_mentions
from docparse.records import Label, QuantityMention


def quantity_in(text: str) -> tuple[str, QuantityMention]:
    """The text without its marks, and the quantity that the marks ⟦⟧ stand round."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    found = [m for m in find_quantity_mentions(plain) if m.span.start < end and m.span.end > start]
    assert found, f"no quantity in {text}"
    return plain, found[0]


QUANTITIES: tuple[tuple[str, Label | None, str], ...] = (
    ("9月办一场讲座，预算⟦3000元⟧", "task", "context"),
    ("广告全年预算⟦3000元⟧", "goal", "target"),
    ("固定资产投资完成年度计划的⟦102.3%⟧", "goal", "result"),
    ("目前已完成⟦60%⟧，剩余部分9月底前完成", "task", "result"),
    ("目前入住率为⟦76%⟧，年底前要达到85%", "goal", "baseline"),
    ("由目前的60%提高到⟦76%⟧", "goal", "target"),
    ("上半年完成投资3亿元，下半年计划完成⟦4亿元⟧", "result", "target"),
    ("上半年完成投资⟦3亿元⟧，下半年计划完成4亿元", "result", "result"),
    ("在去年⟦120家⟧的基础上再增加30家", "goal", "baseline"),
    ("较2019年（⟦320万元⟧）增长25%", "goal", "baseline"),
    ("力争完成年度计划的⟦102.3%⟧", "goal", "target"),
    ("合格率分别⟦超98.5%⟧和99%", "result", "result"),
    ("引进⟦超5000万元⟧项目2个", "result", "context"),
    ("外聘教练一名，费用⟦3000元以内⟧", "task", "target"),
    ("回头客达到⟦四成⟧", "goal", "target"),
    ("对按期投产的企业给予⟦30%⟧的补助", "task", "rule"),
    ("满意度⟦低于70分⟧的予以清退", "task", "rule"),
    ("确保⟦95%以上⟧的应届毕业生就业", "task", "target"),
    ("实现⟦90%以上⟧的主要农作物良种覆盖", "goal", "target"),
    ("争取上级补助⟦500万元⟧", "task", "target"),
    ("年初计划新增门店⟦20家⟧，实际新增18家", "result", "target"),
    ("完成年计划的⟦98%⟧，实际用工12人", "result", "result"),
    ("新装路灯⟦60盏⟧", "task", "target"),
    ("每月家访⟦不少于8户⟧", "task", "target"),
    ("出台惠企措施⟦12条⟧", "task", "target"),
    ("差错率由⟦3%⟧降到1%", "goal", "baseline"),
    ("差错率由3%降到⟦1%⟧", "goal", "target"),
    ("差错率由3%降到⟦1%⟧", "result", "result"),
    ("加快建设⟦750千伏⟧输变电工程", "task", "context"),
    ("推进⟦7万吨⟧合金材料项目", "task", "context"),
    ("产量达到⟦7万吨⟧", "task", "target"),
    ("做强东山、西山⟦两个⟧中心镇", "goal", "context"),
    ("建成⟦两个⟧中心镇", "goal", "target"),
    ("必须在铃响⟦三声之内⟧接听", "task", "rule"),
    ("返修压到⟦三件之内⟧", "task", "target"),
    ("人力配置⟦不低于二人⟧的编制", "background", "rule"),
    ("引进技工⟦不低于二人⟧", "task", "target"),
    ("共接待读者⟦2.4万人次⟧", "result", "result"),
    ("仍有⟦17户⟧没有接通燃气", "problem", "result"),
    ("迟到一次扣⟦30元⟧", "rule", "rule"),
    ("被采纳的奖励⟦200元⟧", "task", "rule"),
    ("追加投入⟦200万元⟧", "task", "target"),
    ("⟦70分以下⟧的补考", "task", "rule"),
    ("得分⟦90分以上⟧", "goal", "target"),
    ("首小时收费⟦5元⟧", "task", "rule"),
    ("单件重量⟦不得超过15公斤⟧", "task", "rule"),
    ("引进⟦千万元以上⟧项目6个", "goal", "context"),
    ("引进千万元以上项目⟦6个⟧", "goal", "target"),
    ("为⟦70岁以上⟧老人体检900人次", "task", "context"),
    ("人均预期寿命达到⟦79岁⟧", "goal", "target"),
    ("重点抓好⟦三个⟧方面", "task", "context"),
    ("分⟦四个⟧阶段推进", "task", "context"),
    ("新建⟦四个⟧站点", "task", "target"),
    ("把现有⟦16台⟧旧机床换掉", "task", "context"),
    ("完成年度任务⟦800万元⟧的92%", "result", "context"),
    ("市场容量约⟦40万台⟧", "background", "context"),
    ("公司下达给我部的任务是⟦600万元⟧", "background", "target"),
    ("每满⟦100元⟧可以停车", "noise", "context"),
    ("第二章⟦5个⟧要点", None, "context"),
    ("单个园区最高⟦300万元⟧", "task", "rule"),
    ("园区投资⟦300万元⟧", "task", "target"),
    ("读者每人每次可借⟦4本⟧", "task", "rule"),
    ("每人每月读书⟦4本⟧", "task", "target"),
    ("装修补贴每平米⟦200元⟧", "task", "rule"),
    ("每平米产值⟦200元⟧", "task", "target"),
    ("连续⟦两次⟧垫底的换岗", "task", "rule"),
    ("连续开展⟦两次⟧检查", "task", "target"),
    ("连续⟦3件⟧不良立即叫停", "task", "rule"),
    ("⟦60至75分⟧的限期整改", "task", "rule"),
    ("偏差⟦超过15%⟧的项目负责人要上台说明原因", "task", "rule"),
    ("培训⟦60至75人⟧的骨干队伍", "task", "target"),
    ("对那⟦两台⟧老机床要报大修", "task", "context"),
    ("添置⟦两台⟧新机床", "task", "target"),
    ("这⟦三个⟧问题一直没有解决", "problem", "context"),
    ("确保这⟦30个⟧村年底前全部脱贫", "goal", "target"),
    ("这⟦12名⟧同志全部转正", "result", "result"),
    ("再招⟦5-8人⟧即可满编", "task", "target"),
    ("提高⟦3-5个百分点⟧即达到目标", "goal", "target"),
    ("确保连续⟦3批⟧抽检全部合格", "goal", "target"),
    ("考试⟦80分以上⟧才能上岗", "task", "rule"),
    ("考试⟦80分以上⟧", "goal", "target"),
    ("差异⟦超过5%⟧要写说明", "task", "rule"),
    ("增长⟦超过5%⟧，要再接再厉", "goal", "target"),
    ("读满⟦30册⟧者颁发奖状", "task", "rule"),
    ("服务⟦30名⟧长者", "task", "target"),
    ("村集体收入⟦20万元以上⟧的村达到七成", "goal", "context"),
    ("村集体收入达到⟦20万元以上⟧", "goal", "target"),
    ("我们组织了⟦3次⟧培训", "task", "result"),
    ("为了解民情走访⟦3次⟧", "task", "target"),
    ("一年来，制作展板⟦46块⟧", "task", "result"),
    ("每月来讲课⟦两堂⟧", "task", "target"),
    ("馆里编制仅⟦5人⟧", "task", "result"),
    ("招募志愿者⟦5人⟧", "task", "target"),
    ("排队由⟦40多人⟧降到个位数", "result", "baseline"),
    ("打算从⟦三个⟧方面改进", "task", "context"),
    ("产出比去年同期的⟦11件⟧多", "result", "baseline"),
    ("产出比去年同期多⟦11件⟧", "result", "result"),
    ("读者不少于900人（2023年为⟦860人⟧）", "goal", "baseline"),
    ("存款在全市⟦九家⟧银行里最高", "result", "context"),
    ("走访全市⟦九家⟧银行", "result", "result"),
    ("市场将达到⟦800万台⟧", "background", "context"),
    ("- ✅ 登录模块（⟦90%⟧）", "task", "result"),
    ("- 登录模块完成（⟦90%⟧）", "task", "target"),
    ("- ✅ 满意度达到⟦95%以上⟧", "goal", "target"),
    ("- [x] 接口（⟦80%⟧）", "task", "result"),
    ("- [ ] 覆盖率达到⟦90%⟧", "task", "target"),
    ("由⟦3名⟧党员组成攻坚队", "task", "target"),
    ("修建⟦5公里⟧的村道", "task", "target"),
    ("剩下的⟦3家⟧也已签约", "result", "result"),
    ("承担科研任务⟦5项⟧", "result", "result"),
    ("高于去年同期⟦50万元⟧", "result", "result"),
    ("每亩增收⟦500元⟧", "goal", "target"),
    ("推出会员优惠⟦30场⟧", "task", "target"),
    ("下放审批权限⟦15项⟧", "task", "target"),
    ("召开座谈会⟦5场⟧就收费征求意见", "task", "target"),
    ("营业收入⟦超过2亿元⟧的必须审计", "task", "rule"),
    ("争取总分⟦95分⟧方能进前三", "goal", "target"),
    ("隔壁镇已有⟦17家⟧", "problem", "context"),
    ("我镇只有⟦17家⟧，比隔壁少", "problem", "result"),
    ("年初定的目标是⟦500份⟧，没有交差", "problem", "context"),
    ("离验收要求的⟦97%⟧还差一截", "problem", "rule"),
    ("销售额是计划的⟦101%⟧", "result", "result"),
    ("非计划停机⟦3次⟧", "result", "result"),
    ("扫码给药覆盖14个病区（现⟦8个⟧）", "task", "baseline"),
    ("扫码给药覆盖⟦14个⟧病区（现8个）", "task", "target"),
    ("日均做到25单，现在才⟦9单⟧", "goal", "baseline"),
    ("实现⟦9单⟧", "goal", "target"),
    ("笔试⟦80分⟧算过", "task", "rule"),
    ("笔试考到⟦80分⟧", "goal", "target"),
    ("错⟦3道⟧就重考", "task", "rule"),
    ("缺席⟦两次⟧者劝退", "task", "rule"),
    ("参会⟦两次⟧以上", "task", "target"),
    ("散客入园只收⟦68元⟧", "task", "rule"),
    ("全年创收⟦68元⟧", "task", "target"),
    ("每天限⟦80份⟧", "task", "rule"),
    ("期限⟦80份⟧", "task", "target"),
    ("五年发放安家补贴⟦28亿元⟧", "task", "target"),
    ("每人发放安家补贴⟦2万元⟧", "task", "rule"),
    ("换一台⟦300升⟧的消毒柜", "task", "context"),
    ("⟦300米⟧的一律改造", "task", "target"),
    ("总部由⟦771家⟧、481家增加到1076家", "result", "baseline"),
    ("损耗由⟦4%⟧压回3%", "goal", "baseline"),
    ("由⟦4名⟧老师带队", "task", "target"),
    ("比2014年的⟦2710万元⟧省下一成", "result", "baseline"),
    ("去年同期办结率⟦88%⟧", "result", "baseline"),
    ("比去年同期高⟦8个百分点⟧", "result", "result"),
    ("课后打分满分⟦5分⟧", "result", "context"),
    ("课后打分⟦5分⟧", "result", "result"),
)


@pytest.mark.parametrize(("text", "label", "want"), QUANTITIES, ids=[f"{c[0]}-{c[1]}" for c in QUANTITIES])
def test_quantity_role(text: str, label: Label | None, want: str) -> None:
    plain, mention = quantity_in(text)
    assert quantity_role(plain, mention, Scene(label, "plan"), None) == want


def test_a_metric_named_target_is_one_in_a_lead_in() -> None:
    plain, mention = quantity_in("全区销售目标⟦3000万⟧")
    assert quantity_role(plain, mention, Scene("background", "plan"), "销售目标") == "target"
    assert quantity_role(plain, mention, Scene("background", "plan"), "销售额") == "context"


def test_a_trades_figures_are_nobodys_result() -> None:
    for text, want in (
        ("中国空调品牌下降到⟦140个⟧", "context"),
        ("我司经销商增加到⟦140个⟧", "result"),
        ("我公司在全国新增门店⟦120家⟧", "result"),
    ):
        plain, mention = quantity_in(text)
        assert quantity_role(plain, mention, Scene("result", "plan", "analysis"), None) == want


def test_a_plans_budget_is_planned() -> None:
    plain, mention = quantity_in("图书采购：⟦3万元⟧")
    assert quantity_role(plain, mention, Scene("background", "plan", "budget"), None) == "target"
    assert quantity_role(plain, mention, Scene("background", "summary", "budget"), None) == "context"
    plain, mention = quantity_in("合计：⟦170万元⟧")
    assert quantity_role(plain, mention, Scene("background", "plan", "budget"), None) == "context"


@pytest.mark.parametrize(
    ("text", "label", "outlook", "want"),
    [
        ("改造老旧小区⟦10万户⟧", "result", "ahead", "target"),
        ("改造老旧小区⟦10万户⟧", "result", None, "result"),
        ("已改造老旧小区⟦10万户⟧", "result", "ahead", "result"),
        ("改造老旧小区⟦10万户⟧", "task", "behind", "result"),
        ("还要改造老旧小区⟦10万户⟧", "task", "behind", "target"),
    ],
)
def test_a_sections_time_outweighs_the_verb(text: str, label: Label, outlook: Outlook | None, want: str) -> None:
    plain, mention = quantity_in(text)
    assert quantity_role(plain, mention, Scene(label, "summary", "tasks", outlook), None) == want
