"""Noun phrases beside a number: read back to where the phrase starts, or on to where it ends. Windows are bounded."""

from __future__ import annotations

import re
from itertools import repeat
from typing import NamedTuple

from docparse.claims.metric_words import Lexicon, Words, lexicon

# Names of indicators seldom pass sixteen characters (省属高校服务新兴产业专业点占比 has fifteen).
LONGEST = 18
# Verbs before a name, and a time before them, take so much more: they are taken off.
LEAD = 6
SKIPS = 8
SENTENCE_END = "。！？!?\n"
CLAUSE_END = SENTENCE_END + "，,；;"
JOINTS = CLAUSE_END + "、：:　\t|—–-－…·•▪►▶➢○◇□★※→>●■◆・*#+=/\\~～"
DIGITS = frozenset("0123456789０１２３４５６７８９.．%％‰")
OPENERS = {"）": "（", ")": "(", "”": "“", "》": "《", "」": "「", "』": "『", "’": "‘", "】": "【", "]": "["}
SILENT = frozenset(" 　:：（(“《「\"'\t")
ROUND = frozenset("）)】]")
_HAVING = ("具有", "具备", "拥有", "富有")
QUOTES = {"“": "”", "《": "》", "「": "」", "『": "』"}
BRACKETS = frozenset('（()）]】[【”》」』“《「『"')
DATED = re.compile(
    r"(?:[\dxX×Ｘ〇○一二三四五六七八九十]{1,4}(?:年|月份?|日|号|季度)|[上下]半年|[今去明前上本当同]年|[上本当]月|[上下本]?学期|[上本]届|期中|年|[月周季](?=[底末初]))"
    r"(?:度|初|底|末|终|中|上旬|中旬|下旬|以前|之前|以来|期间|同期|前|内|起)?$"
)
DATED_LAST = frozenset("年月份日号度底初末终中旬前来间期内起届")
AFTER_DIGIT = re.compile(
    r"(?:学年度?(?:第?[一二三四]学期)?|年(?!均)|月份?|日|号|点|时|个?(?:月|季度|学期|周|星期|小时|工作日)|天|分钟|秒钟?)(?:\d{1,2}(?:月|日|号))?"
    r"(?:底|初|末|中旬|上旬|下旬|以前|之前|以来|期间|同期|以[内上下]|前|后|内|起|度|中|至|到)?"
)
# A time at the head of a phrase is not a part of the name: 至月底, 五月份, 上半年.
LEADING_TIME = re.compile(
    r"[至到在于从自截]{0,2}(?:\d{4}学年度?)?(?:第?[一二三四]学期|周[一二三四五六日](?:至周[一二三四五六日])?|第[一二三四]季度?)?(?:[\dX〇○零一二三四五六七八九十]{1,4}(?:年度?|月份?|季度|日|号)|[今去明前本当全]年|[上下]半年"
    r"|[上本当下]月|[上本下]季度)?(?:[年月季周][底末初终]|[上中下]旬)?"
)
# A clause's number or a circled one at the head of a phrase: 第五条 试用期工资, ①住宿费.
MARKED = re.compile(r"(?:第[\d一二三四五六七八九十百]{1,4}[条章款]|[①-⑳])[ \u3000]{0,2}")
# How often it is done ends the name of what is done: 16部电梯巡检两次.
TIMES = re.compile("[一二两三四五六七八九十几][次遍轮回]")
MARKS_FIRST = frozenset("第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# What stands behind 每 and is no part of the name: 每亩补贴, 每千人口执业医师数, 每两年检验.
EACH = re.compile(
    r"[\d一二两三四五六七八九十百千万]{0,3}(?:人口|平方公里|平方米|人次|学期|季度|小时|床位|个月|[人户亩班台件次天月年周日吨个名张套家村餐单笔票头株棵])"
)
MEASURED = re.compile(
    r"[万亿千百余多]{0,2}[个家名户人次场件条项种篇份套台座处所间辆万亿元%．.]{0,2}(?:以上|以下|左右|以内)?"
)


def _ends_with(text: str, at: int, low: int, words: Words) -> str | None:
    """The longest of `words` that ends at `at` and starts at `low` or later."""
    keyed = words.get(text[at - 1])
    if keyed is None or not text.endswith(keyed, low, at):
        return None
    return next(word for word in keyed if text.endswith(word, low, at))


def in_whole(text: str, start: int, end: int, low: int, words: Words) -> bool:
    """Whether [start, end) lies inside one of `words` standing there, and is not all of it."""
    for word in words.get(text[start], ()):
        size = len(word)
        if size <= end - start:
            continue
        at = text.find(word, max(low, end - size), start + size)
        if at >= 0:
            return True
    return False


class Before(NamedTuple):
    """What was read back from a number. `verb` is the light verb that was skipped; `start` where reading stopped."""

    phrase: str | None
    start: int
    verb: str | None


def skip_trail(text: str, end: int, low: int, light: bool) -> tuple[int, str | None]:
    """Where the words that belong to the number start, and the light verb among them, if any."""
    words = lexicon()
    at, verb = end, None
    for _ in range(SKIPS):
        if at <= low:
            break
        char = text[at - 1]
        if char in SILENT:
            at -= 1
            continue
        if char in ROUND:
            opened = text.rfind(OPENERS[char], max(low, at - 30), at)
            if opened < 0:
                break
            at = opened
            continue
        word = _ends_with(text, at, low, words.trail)
        if word is None and light:
            word = _ends_with(text, at, low, words.light)
            if word is not None and in_whole(text, at - len(word), at, low, words.whole):
                break  # 研发投入, 抗震改造: the verb is the name's head
            verb = word if word is not None and verb is None else verb
        if word is not None and (len(word) > 1 or not in_whole(text, at - len(word), at, low, words.whole)):
            at -= len(word)
            continue
        dated = DATED.search(text, max(low, at - 8), at) if char in DATED_LAST else None
        if dated is None:
            break
        at = dated.start()
    return at, verb


def phrase_before(text: str, end: int, low: int, light: bool = True) -> Before:
    """The last noun phrase of the clause that ends at `end`; nothing before `low` is read."""
    at, verb = skip_trail(text, end, low, light)
    phrase = None
    for _ in range(4):
        if at <= low or text[at - 1] in CLAUSE_END:
            break
        start = _phrase_start(text, at, low)
        if low < start < at and text[start] in "一二三四五六日" and text[start - 1] == "周":
            start += 1  # 每周五前提交进度
        if low < start < at and text[start] in "前内起后" and text[start - 1] in "年月份日号底末旬天以一二三四五六":
            start += 1  # the end of a time: 6月底前检修设备12台
        phrase = _trim(text[start:at])
        if phrase is not None and start > low and text[start - 1] == "每":
            phrase = _without_each(phrase)
        if phrase is not None and not (start > low and text[start - 1] == "每" and _is_payee(phrase)):
            return Before(phrase, start, verb)
        if start == at:  # a joint
            if text[at - 1] in "、—-\t|" or at - 1 <= low:
                at = start
                break
            at -= 1
            continue
        at, more = skip_trail(text, start, low, light)
        verb = verb or more
    return Before(None, at, verb)


def _without_each(phrase: str) -> str | None:
    """The phrase without what stands behind 每; whoever is paid stays, to be seen as such (每名党员300元)."""
    each = EACH.match(phrase)
    if each is None or _is_payee(phrase):
        return phrase
    rest = phrase[each.end() :]
    return rest if len(rest) >= 2 and rest[0] not in "前后内底初末一二三四五六日" else None  # 每周五前提交进度


def _makes_noun(text: str, at: int, words: Lexicon) -> bool:
    """Whether the character behind a verb makes a noun of it (完成率), and does not begin a name (完成地区生产总值)."""
    return text[at] in words.nominal and not text.startswith(words.opening, at)


def _is_payee(phrase: str) -> bool:
    """Whether 每… names those whom an amount goes to (每名党员300元), not what is measured (每单佣金2000元)."""
    return len(phrase) <= 5 and phrase.endswith(lexicon().bodies)


def _phrase_start(text: str, end: int, low: int) -> int:
    """Where the phrase that ends at `end` starts: behind the nearest joint, verb, particle or number."""
    words = lexicon()
    least = max(low, end - LONGEST - LEAD)
    at = end
    while at > least:
        char = text[at - 1]
        if char in JOINTS or char in "（([【“《「『":
            break
        if char in OPENERS:
            opened = text.rfind(OPENERS[char], max(low, at - 16), at)
            if opened < 0 or (at - opened <= 5 and char in ROUND):  # （一） is a marker, not a part of a name
                break
            at = opened
            continue
        if char in DIGITS:
            if at < end and text[at].isascii() and text[at].isalpha():
                at -= 1
                continue
            dated = AFTER_DIGIT.match(text, at, end) or MEASURED.match(text, at, end)
            return dated.end() if dated else at
        word = _ends_with(text, at, low, words.cut) if char in words.cut else None
        if (
            word is not None
            and not (at == end and len(word) > 1)  # at the end it is a noun: 半年计划
            and not (at < end and len(word) > 1 and word not in words.fixed and _makes_noun(text, at, words))
            and not in_whole(text, at - len(word), at, low, words.whole)
        ):
            break
        at -= 1
    return at if at > least or end - at <= LONGEST else max(low, end - LONGEST)


def _trim(phrase: str) -> str | None:
    """The phrase without leading verbs and what stands before 的; None where nothing nominal is left."""
    words = lexicon()
    phrase = MARKED.sub("", phrase.strip(" 　的"), count=1) if phrase[:1] in MARKS_FIRST else phrase.strip(" 　的")
    if "的" in phrase:
        head = phrase.rpartition("的")[2]
        phrase = head if len(head) >= 2 else phrase
    dated = LEADING_TIME.match(phrase)
    if (
        dated
        and len(phrase) - dated.end() >= 2
        and phrase[dated.end() - 1 : dated.end()] not in ("", *"至到在于从自截")
    ):
        phrase = phrase[dated.end() :]
    for _ in range(4):
        leads = words.lead.get(phrase[:1])
        if leads is None or not phrase.startswith(leads):
            break
        for word in leads:
            if phrase.startswith(word) and len(phrase) - len(word) >= 2:
                if len(word) > 1 and _makes_noun(phrase, len(word), words):
                    continue
                if len(word) == 1 and in_whole(phrase, 0, 1, 0, words.whole):
                    continue
                phrase = phrase[len(word) :].strip(" 　的")
                break
        else:
            break
    if len(phrase) < 2 or phrase.isdigit() or phrase in words.pronouns or not _worded(phrase):
        return None
    return phrase


def _worded(phrase: str) -> bool:
    """Whether there are words in it: 5G基站, GDP; not 500ms."""
    return any(map(str.isalpha, phrase)) and not (phrase[0].isdigit() and phrase.isascii())


def phrase_after(text: str, start: int, counted: bool = False) -> str | None:
    """The noun phrase that follows a measure word or 的 at `start`, None where a verb or a stop follows.

    `counted` says that the number counts: then a phrase that runs into the next number belongs to that one.
    """
    end = min(len(text), start + LONGEST + 6)
    begin = start + 1 if text[start:end].startswith("的") else start
    at = _phrase_end(text, begin, end)
    phrase = text[begin:at].strip()
    if len(phrase) == 1 and phrase in lexicon().single:
        return phrase
    head = _head(text, begin, at, end)
    if head is not None:
        return head if len(head) >= 2 else None
    if len(phrase) < 2 or phrase[0] == "者" or not _worded(phrase) or _verbal(phrase):
        return None
    if counted and at < end and text[at] in DIGITS:
        return _agent(phrase)
    return phrase[:LONGEST]


def _agent(phrase: str) -> str | None:
    """Those who are counted where their act and its number follow: 37家帮扶单位援助资金3亿元."""
    ends = [phrase.find(word) + len(word) for word in lexicon().bodies if len(word) > 1 and phrase.find(word) > 0]
    return phrase[: min(ends)] if ends else None


def clause_start(text: str, at: int, low: int, marks: str) -> int:
    """The offset behind the last of `marks` in [low, at), `low` where there is none."""
    return max(low, max(map(text.rfind, marks, repeat(low), repeat(at))) + 1)


def names_follow(text: str, start: int) -> bool:
    """Whether words of a name stand at `start`, so that a number before them has a noun of its own."""
    return "一" <= text[start : start + 1] <= "鿿" and not _stops(text, start, start)


def _head(text: str, begin: int, at: int, end: int) -> str | None:
    """The head behind 的 where what stands before it describes (稳定的客户) or is a clause (行动不便的老人).

    None where there is no such 的, or where it says whose: 准客户的地址 keeps 准客户.
    """
    of = text.find("的", begin, min(end, begin + 14))
    if of <= begin:
        return None
    modifier = text[begin:of]
    longest = 12 if modifier.startswith(_HAVING) else 6  # 100项具有较大知名度的精品赛事
    if at == of and not _describes(modifier):
        return None
    if at < of and (of - begin > longest or any(c in JOINTS or c in DIGITS or c in BRACKETS for c in modifier)):
        return None
    return text[of + 1 : _phrase_end(text, of + 1, end)].strip()


def _phrase_end(text: str, start: int, end: int) -> int:
    """Where the noun phrase that starts at `start` ends: at a joint, bracket, digit, verb or particle."""
    at = start
    while at < end:
        char = text[at]
        if char in QUOTES:
            close = text.find(QUOTES[char], at, at + 16)
            goes_on = "一" <= text[close + 1 : close + 2] <= "鿿" and close + 1 < end
            if close < 0 or (at > start and (not goes_on or _stops(text, close + 1, start))):
                return at
            at = close + 1
            continue
        if char in JOINTS or char in DIGITS or char in BRACKETS or (at > start and TIMES.match(text, at)):
            return at
        if _stops(text, at, start):
            return at
        at += 1
    return at


def _stops(text: str, at: int, start: int) -> bool:
    """Whether a verb or particle at `at` ends the phrase that starts at `start`; 增长率 is neither."""
    words = lexicon()
    keyed = words.stop.get(text[at])
    if keyed is None or not text.startswith(keyed, at):
        return False
    size = next(len(word) for word in keyed if text.startswith(word, at))
    noun = size > 1 and text[at + size : at + size + 1] in words.nominal
    return not noun and not in_whole(text, at, at + size, start, words.whole)


def _describes(phrase: str) -> bool:
    """Whether what stands before 的 only describes its head (稳定的客户), or says what was done to it."""
    words = lexicon()
    return (
        len(phrase) < 2
        or phrase.startswith(words.describing)
        or phrase.endswith(words.describing_end)
        or _verbal(phrase)
    )


def _verbal(phrase: str) -> bool:
    """Whether the phrase opens with a verb that governs what follows."""
    words = lexicon()
    for word in words.lead.get(phrase[:1], ()):
        if phrase.startswith(word) and len(word) > 1:
            return not (len(phrase) > len(word) and phrase[len(word)] in words.nominal)
    return False
