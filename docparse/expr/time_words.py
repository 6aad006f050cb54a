"""Words and character classes of time, ready for patterns: the folding table, small numbers, alternations.

Everything is read once from `lexicon/times.toml`. Patterns are matched against folded text: `fold_text` swaps single
characters only, so every offset holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docparse.lexicon import load_toml

WORDS: dict[str, Any] = load_toml("times")

_FOLD = str.maketrans(WORDS["fold_from"], WORDS["fold_to"])
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "o": 0, "两": 2, "俩": 2}


def fold_text(text: str) -> str:
    """The text with full-width and traditional characters of time swapped one for one; same length.

    >>> fold_text("２０２４年５月８號")
    '2024年5月8号'
    """
    return text.translate(_FOLD)


def alternation(words: Iterable[str]) -> str:
    """A regex alternation of literal words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def small_number(text: str) -> int | None:
    """The value of a number below 100 or a run of digits, Arabic or Chinese (二〇二四, 十二, 廿三, 初八); else None.

    >>> small_number("二十三"), small_number("二〇二四"), small_number("08")
    (23, 2024, 8)
    """
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 9 else None
    if text == "元":  # 元月 is January
        return 1
    text = text.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return None
        high = _DIGITS.get(tens) if tens else 1
        low = _DIGITS.get(ones) if ones else 0
        return None if high is None or low is None else high * 10 + low
    value = 0
    for char in text:
        digit = int(char) if "0" <= char <= "9" else _DIGITS.get(char)
        if digit is None or value > 10**8:
            return None
        value = value * 10 + digit
    return value if text else None


# ---- pieces of patterns (folded text) ------------------------------------------------------------------------

SPACE = " {0,2}"
DIGIT = "[〇零○一二三四五六七八九]"
NUMERAL_CHARS = "0-9〇零○一二两三四五六七八九十廿卅百千万亿"
# No number starts inside another number, a decimal, a percentage, an ordinal or an amount.
FRESH = f"(?<![{NUMERAL_CHARS}第.#])"
MONTH = (
    "(?:1[0-2](?![0-9])|0?[1-9](?![0-9])|十[一二]?(?![一二三四五六七八九十])"
    "|[一二三四五六七八九](?![一二三四五六七八九十])|(?<![0-9万亿百千])元(?=月))"
)
DAY = (
    "(?:3[01](?![0-9])|[12][0-9](?![0-9])|0?[1-9](?![0-9])|三十一?|二十[一二三四五六七八九]?"
    "|廿[一二三四五六七八九]?|"
    "十[一二三四五六七八九]?|初[一二三四五六七八九十]|[一二三四五六七八九](?![一二三四五六七八九十]))"
)
HOUR = (
    "(?:2[0-4](?![0-9])|1[0-9](?![0-9])|0?[0-9](?![0-9])|二十[一二三四]?|十[一二三四五六七八九]?"
    "|[零两一二三四五六七八九](?![一二三四五六七八九十]))"
)
SIXTY = "(?:[0-5]?[0-9](?![0-9])|[二三四五]?十[一二三四五六七八九]?|[零〇]?[一二三四五六七八九])"
COUNT = "(?:[0-9]{1,4}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
JOIN = f"{SPACE}(?:至|到|~{{1,2}}|-{{1,3}}){SPACE}"
MASK = "[X*_○]"

# Words that begin with 前, behind which a date or a length ends without it. Before most verbs 前 stands by itself:
# 前提交, 前进行, 前移交, 前述职; so 提 进 移 and the like count only with what makes a word of them.
_NOT_FORE = (
    "景|往|台(?![账帐])|沿|列(?![出入明支席])|端|述(?!职)|所(?=未)|言|瞻|任(?![命务何])|身(?!份)|线(?![上下])|锋"
    "|卫(?!生)|门(?![卫店诊])|移(?![交送除栽植])|面(?![向对谈试])|者|头|厅|半(?!数)|提(?=[下条是])"
    "|进(?=[了路镇]|大[街道]|村委|[0-9一二两三四五六七八九十]{1,2}[位名])"
)
FORE = f"前(?!{_NOT_FORE})"
# The same with 内: 内容, but 内容易; 内部, but 内部署; 内生动力, but 内生效.
NOT_INSIDE = (
    "(?!容(?![易缺许纳])|部(?![署门分])|外(?![出派聘包迁运购])|涵|蒙|生(?=动力|增长|性|式|因|机制|活力|发展)"
    "|需(?=不足|求|市场|潜力|拉动|疲|增|对|消|等|[的与和、，。])|在(?=要求|联系|动力|逻辑|规律|价值|品质|素质|需求|质量|机制|因素|的)"
    "|地(?![面块基质方])|心|陆(?!续)|阁|江|务(?![必工])|循|设(?=机构|科室|部门|处|股|职能|岗位|委员)|卷|河|湖"
    "|网(?![上站络格签点办])|审(?=员|部|工作|报告|计划|制度|机构|人员|计划)|控(?!制(?!度|活动|体系|环境)|烟)|科|服(?!务)"
    "|置(?![换备办])|存(?![档入放在款满量]))"
)
