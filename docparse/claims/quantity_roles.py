"""What a quantity is for: a target, a result, a baseline, a rule, or context, by the words around it and its place."""

from __future__ import annotations

import re

from docparse.claims.scene import AHEAD, REACH, Scene, clause_after, clause_before, has, line_before, settled, words
from docparse.records import QuantityMention, QuantityRole

SUMS_UP = re.compile("[一-鿿]{2,5}、[一-鿿]{2,5}\\Z")
# What had been planned, and what of it was reached; 完成年计划的98% is a share of it.
PLANNED = re.compile("(?:计划|目标|任务|指标|预算)(?:[^，,。；的]{0,12})\\Z")
RATED = re.compile("(?:完成|达到|实现|占|超|达成)[^，,。；]{0,8}(?:计划|目标|任务|指标|预算)[^，,。；]{0,4}\\Z")
# Whose figures are a rival's: 隔壁镇是17家, 同业把利率打到3.2%.
RIVAL = re.compile("(?:.{0,3}[.、是])?(?:隔壁|对面|同业|同行|竞品|竞争对手|别家|邻[县镇村]|友商)")
# What a report measures its figures by: 计划是88%, 年初定的盘子是6.6亿元, 离验收要求的97%以上还差.
SET_BEFORE = re.compile(
    "(?:(?<!非)(?:计划|目标|任务|指标|预算|预期|盘子)(?:数|值)?(?:是|为)|(?:要求|计划|下达|原定|年初[定下报])的(?:是|为)?"
    "|[下定报]的是)\\Z"
)
ASKED = re.compile("(?:要求|国标|标准)(?:的|是|为)?\\Z")
# 完成年度计划的102.3% is told of, whatever else its sentence aims at; not so where it strives for it.
DONE_OF_PLAN = re.compile("(?:完成|达到)了?[^，。；、]{0,8}?(?:计划|任务|目标|预算|指标)的\\Z")
AIMED = re.compile("力争|争取|确保|必须|计划完成|预计|至少|要(?![求素点])|将")
REACHED = re.compile("[，,]\\s?(?:实际|实|共?完成|现已|目前|已|到年底)")
# What is to be won from others is no price: 争取上级补助500万元.
WON = re.compile("(?:争取|落实|申请|申报|获得|到位|引进|筹集)[^，。；]{0,8}\\Z")
# What is granted has its price: 给予购买费用30%的补助, 按每户2000元给予奖励.
GRANTS = re.compile(
    "给予[^|。]{0,10}\\|的?(?:补助|补贴|奖励|奖补|贴息|资助|一次性)|\\|[^，。]{0,4}(?:给予|予以)(?:补助|补贴|奖励|奖补|资助|贴息)"
)
# Those on the wrong side of a threshold: 低于70分的予以清退, 超过2万元的必须报批.
CONSEQUENCE = re.compile(
    "的[，,]?(?:[^，。]{0,6})?(?:予以|必须|须(?:[经报由])|一律|不得|应当|应予|不予|视为|取消|要写|要报|由[^于，。]{1,6}(?:审批|批准|处理)"
    "|限期(?:整改|改正|补考)|劝退|清退|约谈|停职|要(?:上台|说明|停|重新)"
    "|[一-鿿]{1,4}(?:向|作|写|做)[^，。]{0,10}(?:说明|检讨|检查|报告)|不发(?!货)|停发|退回(?!件)|重来|重[考做]|(?:当天|第二天)(?:重|订正|补))"
    "|(?:才能|方可|方能|才可|才准|必须|须|一律|要写|要报|要说明|自动|即)"
)
# A cap on what one may get: 单个园区最高500万元, 每人每月可借5本.
CAPPED = re.compile(
    "(?:最高|封顶|上限为?|权重|满分)(?:可?(?:补助|补贴|奖励|给予|支持|为|达)){0,2}\\Z"
    "|每[^，。；]{1,8}可[借领兑享换得][^，。；]{0,3}\\Z"
)
# Whoever reaches so much is given something: 达50册者颁发铜牌.
AWARDED = re.compile("[^，。；]{0,3}(?<!长)者[，,]?(?:颁|给|奖|予|发|授|核)")
# So many of a fault, or so few left, have a consequence: 缺席两次者劝退, 错3道就重考.
PENALISED = re.compile(
    "者(?:劝退|除名|淘汰|停发|取消|扣|罚)|[^，。；]{0,6}就(?:不[准发](?!货)|下单|撤[下掉]|扣|罚|淘汰|换人|放到|重[考做来写])"
)
# What is granted for each: 装修补贴每平米300元, 顶一次补60元.
GRANTED = re.compile("(?:(?:补贴|补助|奖励|优惠|返利|提成)[^，。；]{0,3}每[一-鿿]{1,4}|[一每][一-鿿]{1,5}[补奖])\\Z")
# What one sentence says was done already, in a plan too: 组织了3次, 一年来，共制作46块, 现有编制仅5人.
DONE = re.compile("(?<![为除])了(?![解结])|(?<!业)已(?![知婚逾满有])|[仅](?:有|为)?\\Z|只有\\Z|只剩\\Z")
# How things stand, beside what is aimed at: 目前入住率为76%，年底前要达到85%.
NOWADAYS = re.compile("(?:目前|当前|现在|现阶段)[^，。；到至升降增减提将要]{0,14}\\Z")
IMPROVES = re.compile("[，,][^。；]{0,12}?(?:要(?![求点])|力争|争取|将|达到|提高|提升|降|增)")
# What a report's sentence goes on to plan: 上半年完成投资3亿元，下半年计划完成4亿元.
LATER = re.compile(
    "(?:下半年|[明来]年|下周|下个?月|下季度|下学期|今年|本周|本月|本季度)[^，。；的]{0,4}?"
    "(?:计划|目标|力争|争取|拟|将(?![军近])|要(?![求点])|预计)[^，。；的]{0,10}\\Z"
)
SO_FAR = re.compile("(?:一年|两年|几年|半年|[个几]月)多?来[，,]")
# A line of a progress list, whose share of what is done stands in brackets: ✅ 登录模块（90%）.
PROGRESS = re.compile(r"\s*(?:[-*+•]\s*)?(?:[✅☑✔🟡🟢🟠🔴⭕⚪🔵⏳🚧]|\[[xX]\])[^\n]*[（(]\Z")
# The value that something comes from: 由40多人降到个位数, 比去年同期的11.6件, 以前是61%, （2024年为83人）.
FROM = re.compile("[由从](?:[^，。；、]{0,8}的|每[一-鿿])?\\Z")
TO = re.compile(
    "(?:、[^，。；、]{1,10})?[^，。；\\d]{0,8}?(?:[到至为成往回][^，。；\\d]{0,2}?[约近]?(?:\\d|[一二两三四五六七八九十百千半]|个位数|[上下])"
    "|(?:提高|下降|增加|减少|上升|降低|增长)了?\\d)"
)
BEFORE = re.compile(
    "(?:[比较](?:去年|上年|前年)?(?:同期|去年|上年|前年|上月|上期)[的之]|[比较]\\d{2,4}年(?:同期|底|末)?[的之]"
    "|(?<![超于过比较为是])(?:去年|上年)同期(?:[^，。；\\d多少高低增减]{0,4}[率量数额])?(?:是|为)?|(?:去年|上年|前年)(?:这个数)?(?:是|为)|(?:以前|原来|原先)(?:是|为|只有)?"
    "|[（(](?:\\d{4}年|去年|上年|上学期)(?:为|是|只有))\\Z"
)
# 较2019年（320万元）增长25%: in brackets stands the value compared with.
COMPARED_WITH = re.compile("[较比](?:\\d{4}年|[上去前]年)[^，。；（(]{0,4}[（(](?:为|是)?\\Z")
# What there is now, beside what is planned: 覆盖14个病区（现8个）, 日均做到25单，现在才9单.
NOW = re.compile("(?:[（(]现(?:有|为|只有)?|现在(?:才|只有|仅)|目前(?:才|只有|仅|存))\\Z")
# A size is an attribute: 300升的消毒柜; 达不到50米的一律改造 is a threshold.
SIZED = re.compile("的(?!一律|必须|应|须|要|予以|不)[一-鿿]{1,4}")
# ... of things measured so, or where one thing is counted before it.
SIZES = frozenset({"升", "毫升", "毫米", "厘米", "寸", "英寸"})
OF_ONE = re.compile("[一两二三四五六七八九十\\d][台只个口条辆块套座部]\\Z")
# What a test is passed with: 80分算过, 90分才准上门.
PASSED = re.compile("(?:才|方|算|为|即|就)(?:准|能|可|算|过|合格|及格)")
# What one pays or is given, and how many are let in.
CHARGED = re.compile("(?:优惠|立减|再减|时薪|日薪|月薪|押金|(?:只|另|每[一-鿿]{1,3}(?<!增))收|贴补)\\Z")
LIMITED = re.compile("(?<![期有无界权局年时极上下受])限\\Z")
# What is striven for is aimed at: 争取总分95分方能进前三.
STRIVES = re.compile("争取|力争|提[到高]|达到|考[到取]")
# What a step costs is no aim: 9月办一场讲座，预算3000元.
STEP_COST = re.compile(
    "(?:每[场次台件项期])?(?:广告|活动|项目)?(?:预算|费用|课酬|总投入|概算投资)(?:每[台场人次件套]|约)?"
)
# So much money is a programme's, not one receiver's.
PROGRAMME = 100_000_000
# What a budget comes to and who pays it.
SUM = re.compile("合计|总计|共计|小计|所需经费|(?:经费|资金)来源")
# Those spoken of before are all to get there, or did: 这30户全部脱贫, 完成这120户改造.
REACHED_ALL = re.compile("[均都全]|完成|建成|达到|实现|确保")
# A ranking's field: 在全市九家农商行里最高.
FIELD = re.compile("[全各].{0,4}\\Z")
RANKED = re.compile("[^，。；]{0,8}[中里](?:排|最|位|名|居)")


def quantity_role(text: str, mention: QuantityMention, scene: Scene, metric: str | None) -> QuantityRole:
    """target, result, baseline, rule or context.

    >>> from docparse.expr.quantities import find_quantity_mentions
    >>> text = "回款率达到95%以上"
    >>> quantity_role(text, find_quantity_mentions(text)[0], Scene("goal", "plan"), "回款率")
    'target'
    """
    if mention.baseline:
        return "baseline"
    written = text[mention.span.start : mention.span.end]
    before = clause_before(text, mention.span.start)
    after = clause_after(text, mention.span.end)
    if _is_start(before, after, mention, scene):
        return "baseline"
    if scene.label == "background" and scene.section == "budget" and SUM.search(_sentence_before(text, mention)):
        return "context"  # 合计168万元: the lines above it are planned
    scene = settled(scene, before + after)
    if scene.label != "rule" and _was_named(before, after, mention):
        return "context"
    if scene.label != "rule" and _is_progress(text, mention, after):
        return "result"
    if scene.label == "rule" or (scene.label != "result" and _is_duty(written, before, after, mention)):
        return "rule"
    if scene.label in AHEAD:
        if DONE.search(before) or SO_FAR.search(_sentence_before(text, mention)):
            return "result"
        if NOWADAYS.search(before):
            return "baseline" if IMPROVES.match(text[mention.span.end : mention.span.end + REACH]) else "result"
        if mention.kind == "percent" and DONE_OF_PLAN.search(before) and not AIMED.search(before):
            return "result"
        return _ahead_quantity(written, before, after, mention)
    if scene.label in ("result", "problem"):
        if scene.section == "analysis" and _is_the_trades(_sentence_before(text, mention)):
            return "context"  # a trade's figures, in a plan's look at its market, are nobody's result
        if scene.label == "problem" and RIVAL.match(before):
            return "context"
        if _was_planned(text, mention, before) or LATER.search(before):
            return "target"
        # 是计划的101% was reached, 是公司要求的80% was asked for
        share = mention.kind == "percent" and before.endswith(("计划的", "目标的", "任务的", "指标的", "预算的"))
        if SET_BEFORE.search(before) and not share and not RATED.search(before):
            return "rule" if ASKED.search(before) else "context"
        return "context" if _sets_apart(written, before, after, mention, metric) else "result"
    if scene.label == "background":
        return "target" if _is_given(text, mention, before, metric) else "context"
    return "context"


def _is_start(before: str, after: str, mention: QuantityMention, scene: Scene) -> bool:
    """Whether something comes from this value: 由40多人降到个位数, 以前是61%."""
    if scene.label is None or scene.label == "rule":
        return False
    if FROM.search(before) and TO.match(after):
        return not after.startswith(("方面", "角度"))
    if scene.label in AHEAD and NOW.search(before):
        return True
    if after.startswith(("的基础上", "基础上")) or COMPARED_WITH.search(before):
        return True
    return mention.kind not in ("multiple", "percent_point") and BEFORE.search(before) is not None


def _was_named(before: str, after: str, mention: QuantityMention) -> bool:
    """Whether what is counted was spoken of before (那两台老机床, 这三个问题), and not all of it gets anywhere."""
    return mention.kind == "count" and before.endswith(("这", "那")) and REACHED_ALL.search(before + after) is None


def _sentence_before(text: str, mention: QuantityMention) -> str:
    """The sentence up to the number, at most so much of it."""
    start = mention.span.start
    return re.split("[。！？\n]", text[max(0, start - 4 * REACH) : start])[-1]


def _is_the_trades(sentence: str) -> bool:
    """Whether a sentence of an analysis speaks of the market as a whole, and not of its writer in it."""
    return has(sentence, "quantity", "world") and not has(sentence, "quantity", "own")


def _is_progress(text: str, mention: QuantityMention, after: str) -> bool:
    """Whether a percentage in brackets says how much of a listed task is done."""
    bare = mention.kind == "percent" and mention.comparator == "eq" and after.startswith(("）", ")"))
    return bare and PROGRESS.match(line_before(text, mention.span.start)) is not None


def _was_planned(text: str, mention: QuantityMention, before: str) -> bool:
    """Whether a report states what had been planned before it states what was reached: 计划新增20家，实际新增18家."""
    if PLANNED.search(before) is None or RATED.search(before):
        return False
    rest = text[mention.span.end : mention.span.end + REACH]
    return REACHED.search(re.split("[。；;\n]", rest, maxsplit=1)[0]) is not None


def _is_duty(written: str, before: str, after: str, mention: QuantityMention) -> bool:
    """Whether the number is a standing bound: 铃响三声之内, 编制不低于二人."""
    if mention.kind != "count":
        return False
    if written.endswith(("之内", "以内")) and any(w in before for w in words("time", "duty_before")):
        return True
    bound = written.startswith(words("quantity", "bounds")) or before.endswith(words("quantity", "bounds"))
    return bound and has(before[-6:] + after[:6], "quantity", "staffing")


def _is_given(text: str, mention: QuantityMention, before: str, metric: str | None) -> bool:
    """Whether a lead-in hands the number down: 下达的任务是营收1150万, 销售额1亿元的总目标."""
    if metric is not None and metric.endswith(("目标", "任务", "定额")):
        return "占" not in before
    rest = text[mention.span.end : mention.span.end + REACH].split("\n", 1)[0].split("。", 1)[0]
    if rest.startswith(("的销售目标", "的目标")):
        return True
    return has(rest, "quantity", "aims") or has(before, "quantity", "aims_before")


def _ahead_quantity(written: str, before: str, after: str, mention: QuantityMention) -> QuantityRole:
    if _sanctions(written, before, after, mention):
        return "rule"
    if _sets_apart(written, before, after, mention, None) or _arranges(mention, written, before, after):
        return "context"
    return "target"


def _sanctions(written: str, before: str, after: str, mention: QuantityMention) -> bool:
    """Whether the number is a price, an award or a threshold with a consequence: 奖励200元, 80分以下的补考."""
    won = WON.search(before) is not None
    small = mention.kind != "money" or mention.low is None or mention.low < PROGRAMME
    if mention.kind == "score" and PASSED.match(after) and STRIVES.search(before) is None:
        return True
    if (mention.kind in ("money", "percent") and CHARGED.search(before) and not won) or (
        mention.kind == "count" and LIMITED.search(before)
    ):
        return True
    if small and mention.kind in ("money", "score") and before.endswith(words("quantity", "pays")) and not won:
        return True
    if small and mention.kind in ("money", "percent") and GRANTS.search(before + "|" + after):
        return True
    threshold = written.endswith(("以下", "以上")) or written.startswith(("低于", "超过", "不到", "不足", "高于"))
    between = mention.low is not None and mention.high is not None and mention.low < mention.high
    graded = between and mention.kind in ("score", "percent") and after.startswith("的")
    if (threshold or graded) and CONSEQUENCE.match(after):
        return True  # 60至75分的限期整改
    if AWARDED.match(after) or PENALISED.match(after) or CAPPED.search(before) or _is_streak(before, after, mention):
        return True
    if small and mention.kind == "money" and (written.startswith("最高") or GRANTED.search(before)):
        return True
    if before.lstrip("（(").startswith(("如果", "若有", "若是", "凡", "一旦", "倘若")):
        return True
    if before.endswith(("降薪", "扣", "罚")) or written.startswith("不得") or after.startswith("范围内"):
        return True
    if written.endswith(("以下", "以上")) or written.startswith(("低于", "超过", "不到", "不足")):
        what = after if after.startswith("的") else after[:2]
        if mention.unit != "岁" and has(what, "quantity", "consequence"):
            return True
    return after.startswith("的标准") or before.endswith(words("quantity", "priced"))


def _is_streak(before: str, after: str, mention: QuantityMention) -> bool:
    """Whether so many in a row have a consequence: 连续两次垫底的, 连续3件不良; but 连续3批全部合格 is aimed at."""
    if not before.endswith("连续"):
        return False
    return mention.unit == "次" or (mention.kind == "count" and after.startswith(("不良", "不合格", "未", "没有")))


def _sets_apart(written: str, before: str, after: str, mention: QuantityMention, metric: str | None) -> bool:
    """Whether the number only says which things are meant: 5000万元以上项目3个, 65岁以上老人, 10万元以上的村."""
    if mention.unit in ("岁", "周岁") and "寿命" not in before and "龄" not in before and "比" not in before:
        return True
    if before.endswith(words("quantity", "each")) or _names_work(after, mention):
        return True
    if before.endswith("满分") or (mention.kind == "count" and FIELD.search(before) and RANKED.match(after)):
        return True
    if mention.comparator == "eq" and SIZED.match(after) and (mention.unit in SIZES or OF_ONE.search(before)):
        return True  # 300升的消毒柜
    if after.startswith(("的要求", "的理想", "的标准要求")) or (before.endswith("任务") and after.startswith("的")):
        return True
    threshold = written.endswith(("以上", "以下")) or written.startswith(("超", "超过"))
    if not threshold or not after:
        return False
    if after.startswith("的"):
        return len(after) > 2 and (mention.kind != "percent" or any(c.isdigit() for c in after))
    return "一" <= after[0] <= "鿿" and after[0] not in "和与及" and any(c.isdigit() for c in after[:12])


def _names_work(after: str, mention: QuantityMention) -> bool:
    """Whether the number is a part of a name: 750千伏输变电工程, 7万吨锌基合金项目, 7亿吨级."""
    if mention.kind == "count":
        return False
    if after.startswith(("级", *words("quantity", "works"))):
        return True
    named = mention.kind == "mass" or mention.unit in words("quantity", "voltages")
    return named and any(word in after[:12] for word in words("quantity", "works"))


def _arranges(mention: QuantityMention, written: str, before: str, after: str) -> bool:
    """Whether the number counts the text's own parts (四个阶段, 抓好三项工作如下) or what is there already."""
    if before.endswith(words("quantity", "existing")):
        return True
    if mention.kind == "money" and mention.comparator == "eq" and STEP_COST.fullmatch(before):
        return True
    if mention.kind != "count":
        return False
    if mention.unit in words("quantity", "arrangement_units"):
        return True
    # 酒泉、天水两个区域中心城市: the number sums up names
    if written[:1] in ("两", "二", "三", "四") and SUMS_UP.search(before):
        return True
    rest = after.lstrip("主重基大")
    if rest.startswith(words("quantity", "arrangement")):
        return True
    return mention.unit == "项" and rest.startswith(("工作", "内容", "任务", "措施")) and len(rest) <= 5
