"""Small tables of what Chinese text is made of, as evidence which charset gives readable text."""

from __future__ import annotations

from functools import cache

# The commonest characters of written Chinese, first those of any text, then those of office and government prose.
_COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    "美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    "解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件"
    "计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔拿段改级"
    "组织技农标准项目单位负责施划措落实监督检查考核培训安全质量效率服务客户销售项促推深健服优创济财费额率"
    "划年度季度月份工作总结计划目标任务完成情况问题存在不足下一步加强提高确保开展进一步领导部门人员企业经济"
    "省县镇村街道社区居民物业收入支出预算投资增长亿元万千百零六七八九同比左右以上办公室会议通知关于印发意见"
    "方案管理办法规定条例实施细则申请审批机构职责本级按照根据符合应当不得有关医疗教育就业住房保险救助养老"
)
_COMMON_TRADITIONAL = (
    "這個們來國時會對說後過發學還進當沒動開實從無與長機現經麼業關點將兩間問體應戰頭見東聲員論處義條題總電數"
    "報結場計資統區隊決馬書聽卻達強難權據張該規萬術領確傳師觀讓識帶導爭運筆級組織農標準項單負責劃檢查訓質"
    "務戶銷優創濟財費額績團縣鎮鄉黨執續辦議歲專圖為於產內兒幾氣變爾別給話門樣種認邊較設試驗輸選環須轉網際"
    "類擴緊積極協調參與讀寫愛國語與臺灣範圍應該單據營業廠園屆節約參線營養醫療保險採購節灣總經費項畫預"
)
_MARKS = "，。、；：“”‘’（）《》〈〉！？—…·「」『』【】〔〕％\u3000"

# Where Python's gb18030 (the edition of 2000) gives a private character for what the edition of 2022 has in Unicode.
GB18030_2022 = dict(
    zip(
        (
            *range(0xE78D, 0xE797),
            *(0xE7C7, 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
            *(0xE816, 0xE817, 0xE818, 0xE831, 0xE83B, 0xE855),
        ),
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19ḿ龴龵龶龷龸龹龺龻"
        "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe",
        strict=True,
    )
)
# Signs that Windows, and so every browser (WHATWG index Big5), reads otherwise than the codec of HKSCS.
BIG5_SIGNS = dict(zip(map(ord, "•､‾∼♁☉／＼¥¢£"), "‧﹑¯～⊕⊙∕﹨￥￠￡", strict=True))

_COMMON_WEIGHT = 1.0
_MARK_WEIGHT = 0.8
_LEVEL_ONE_WEIGHT = 0.15
_IDEOGRAPH_WEIGHT = -0.4
_FULLWIDTH_WEIGHT = 0.3
_FOREIGN_WEIGHT = -0.7
_ODD_WEIGHT = -1.5
_BROKEN_WEIGHT = -4.0


@cache
def _weights() -> dict[str, float]:
    """Weights of the characters that any charset's first level holds: built once, never changed."""
    weights: dict[str, float] = {}
    first_levels = (("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7)))
    for codec, leads in first_levels:
        for lead in leads:
            for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
                char = bytes((lead, trail)).decode(codec, "ignore")
                if len(char) == 1 and "\u4e00" <= char <= "\u9fff":
                    weights[char] = _LEVEL_ONE_WEIGHT
    weights.update(dict.fromkeys(_COMMON + _COMMON_TRADITIONAL, _COMMON_WEIGHT))
    weights.update(dict.fromkeys(_MARKS, _MARK_WEIGHT))
    return weights


def _weigh_other(char: str) -> float:
    code = ord(char)
    if 0x4E00 <= code <= 0x9FFF:
        return _IDEOGRAPH_WEIGHT
    if 0xFF01 <= code <= 0xFF5E or 0x2460 <= code <= 0x24FF or 0x2000 <= code <= 0x206F:
        return _FULLWIDTH_WEIGHT
    if code == 0xFFFD or code < 0x20 or 0x7F <= code < 0xA0:
        return _BROKEN_WEIGHT
    if 0xE000 <= code <= 0xF8FF or 0x3400 <= code <= 0x4DBF or code > 0xFFFF or 0xF900 <= code <= 0xFAFF:
        return _ODD_WEIGHT
    return _FOREIGN_WEIGHT


def weigh_text(sample: str) -> float:
    """How much a stretch of characters looks like Chinese text: about 0.5 to 0.9 if so, below 0.2 if not.

    The mean over the characters; ASCII should be left out by the caller, because it speaks for no charset.

    >>> weigh_text("全年工作计划的目标") > 0.8, weigh_text("嘄栦楲") < 0
    (True, True)
    """
    if not sample:
        return 0.0
    weights = _weights()
    return sum(weights[char] if char in weights else _weigh_other(char) for char in sample) / len(sample)
