"""The title of a page that holds one article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.structure.articles import Start, opening_pattern
from docparse.structure.lines import Line
from docparse.structure.markers import read_marker
from docparse.structure.words import (
    ends_with_genre,
    genre_pattern,
    names_part,
    organization_of,
    role_of_heading,
)

_BODY_STYLES = frozenset({"章", "编", "节", "篇", "部分", "clause", "cn", "cnp", "big", "n、", "n.", "ns"})
_LONGEST_HEAD = 400
_NOT_TITLE = re.compile(
    r"(?:编制|编写|填表|使用|有关)?(?:说明|前言|引言|概述|总则)$|——|[（(\-]{1,2}\d{4}年|.{0,12}[〔\[（(]\d{4}[〕\]）)]|\d{4}年\d{1,2}月\d{1,2}日|\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}(?!\d)(?!.*(?:计划|总结|小结|报告|方案|制度|办法)\s*$)|.{0,6}(?:记者|通讯员|作者|来源|报告人)"
    r"|.{0,6}(?:总理|省长|市长|主席)(?=[\s：:]|[^的]{0,4}$)(?!.*(?:职责|总结|计划|制度|办法|方案|报告)$)"
    # 市长王某 is a person; 广州市长期护理保险办法 and 工会主席职责 are titles.
    r"|.{2,16}(?:人民政府|委员会)(?:代)?(?:[省市县区州乡镇]长|主任|主席)[\s\u3000]"
    r"|https?:|www\.|[（(]此件|.{0,4}经.{2,30}(?:会议|通过)"
)
_MENU = re.compile(r"(?:[^\s|｜]{2,8}[\s\u3000|｜]{1,4}){3,20}[^\s|｜]{2,8}")  # 首页 工作计划 合同范本 …
_COMMA = re.compile(r"[，,]")
_SALUTATION = re.compile(r"各.{1,60}[：:]|尊敬的|同志们|各位")
_LABEL = re.compile(r".{1,6}[：:]")
_INTRODUCES = re.compile(r"[【\[](?:导语|导读|摘要|简介|内容提要|编者按)[】\]]")
_TRAIL = re.compile(
    r"[^。，；\s/>›»＞\d]{2,14}(?:\s{0,2}[›»]{1,2}\s{0,2}[^。，；\s>›»＞\d%]{2,20}){1,6}"
    r"|[^。，；\s/>›»＞\d]{2,14}(?:\s{0,2}[>＞]{1,2}\s{0,2}[^。，；\s>›»＞\d%]{2,20}){2,6}"
    r"|[^。，；\s/\d]{2,12}(?:\s/\s[^。，；\s/\d%]{2,14}){2,5}"
)
_BULLET = re.compile(r"[\-*+•·●▪][ \u3000]")
_FIRST_MARKER = re.compile(r"[ \u3000]?(?:一、|1[、.]|（一）|\(一\)|第一[章条]|[壹甲]、)")
GREETING = re.compile(r"(?:尊敬|敬爱|亲爱)的|各位|同志们[:：]|各.{1,30}[:：]")
_WHOLE_PAGE = 250  # characters of a page without line ends
_WHOLE_TITLE = 8
_TITLE_GOES_ON = re.compile(
    r"[的和与及、，。；：:书等中内上进要已是为（(》”!！?？\d-]|[一-鿿]{0,6}(?:计划|总结|方案|报告|办法|制度|规定|意见|通知|要点|规划|细则)"
)
# 3月底前制定培训计划 is a task, though it ends as titles do; so is 完善采购制度 where a title stands above it.
_VERB_OF_PLANS = (
    r"(?:进一步|尽快|重新|抓紧|及时)?(?:制定|制订|修订|修改|上报|报送|提交|编制|拟定|草拟|起草|完善|出台|印发|完成)"
)
_BY_WHEN = re.compile(rf"(?:.{{1,10}}前|\d{{1,2}}月份?[ \u3000]){_VERB_OF_PLANS}")
_DRAWS_UP = re.compile(rf"{_VERB_OF_PLANS}(?!.{{0,20}}的(?:通知|意见|方案))")
_CALLED = re.compile(r"(?:标题|题名|文件名称|文章标题)[：:]\s{0,2}(?=\S{4})")  # a crawler's own label
_FIRST_LINES = 8  # among which it is looked for
_SECTION_NAME = 6  # characters
_SHORTEST_TEXT = 30  # characters behind a title that runs into its text
_CLAUSE = re.compile(r"[，,。；;！？!?]")
_SPACES = re.compile(r"[\s\u3000《》“”\"#*_]")
_EXTENSION = re.compile(r"\.(?:docx?|pdf|txt|html?|md|wps)$", re.I)
# A first line that speaks for no title but by its place, and measures something, is text: 客户满意度不低于95%.
_WEAK = 1
_MEASURES = re.compile(r"\d[ \u3000]?(?:[%％万亿元个名家户人次项条件台套亩吨米辆场天处所支栋斤]|百分点|工作日|小时)")


def _bare(words: str) -> str:
    return _EXTENSION.sub("", _SPACES.sub("", words))


def leads_to_title(words: str) -> bool:
    """Does a line above the text say where the page stands on its site, or introduce it (【导语】…)?"""
    if _INTRODUCES.match(words):
        return True
    return _TRAIL.fullmatch(words) is not None and not ends_with_genre(words)


def find_title(text: str, lines: Sequence[Line], reasons: Sequence[str | None], title: str | None) -> Start | None:
    """Return the place of the page's title, None when no line before the body looks like one.

    Args:
        title: the file's own title, where it has one; a line that repeats it is preferred.
    """
    head = _head(text, lines, reasons)
    wanted = _bare(title or "")
    best: tuple[int, int] | None = None
    words_of = [text[lines[k].start : lines[k].end].lstrip("# ") for k in head]
    first_words: dict[str, int] = {}
    last = max((k for k, reason in enumerate(reasons) if reason is None), default=0)  # it has no text to name
    for place, k in enumerate(head):
        score = _score(words_of, place, lines[k], wanted)
        if score is None or (score <= _WEAK and (k == last or _MEASURES.search(words_of[place]))):
            continue
        if _is_section(text, lines, k) or _is_task(words_of[place], alone=k == last, titled=best is not None):
            continue
        bare = _bare(words_of[place])
        if best is not None and _is_numbered(words_of[place]):
            continue  # the first heading, whatever its level
        if best is not None and _opens_part(words_of[place]) and ends_with_genre(_bare(words_of[best[1]])):
            continue  # the report's first heading
        # the same title again, nearer to the text: the later one is the article's, the earlier the page's
        if bare in first_words and best is not None and head[best[1]] == first_words[bare]:
            best = (max(score, best[0]), place)
        elif best is None or score > best[0]:
            best = (score, place)
        elif score >= best[0] - 1 and ends_with_genre(bare) and ends_with_genre(_bare(words_of[best[1]])):
            best = (max(score, best[0]), place)  # the page's name goes before the article's
        first_words[bare] = k
    fused = _run_together(text, lines, reasons, head)
    if best is None or fused is not None:
        return fused or _called(text, lines, head)
    return _joined(text, lines, head, best[1])


def _called(text: str, lines: Sequence[Line], head: Sequence[int]) -> Start | None:
    """The title that a label gives (标题：…), where the text has none of its own."""
    for k in head[:_FIRST_LINES]:
        called = _CALLED.match(text, lines[k].start, lines[k].end)
        if called is not None:
            return Start(called.end(), lines[k].end)
    return None


def _is_section(text: str, lines: Sequence[Line], k: int) -> bool:
    """Is a marked line one section among others, or named as sections are (# 问题), and not the page's title?"""
    level, words = lines[k].level, text[lines[k].start : lines[k].end].lstrip("# ")
    if level is None or ends_with_genre(_bare(words)):
        return False
    if k + 1 < len(lines) and (lines[k + 1].level or 0) > level:
        return False  # it has no text of its own before the first section
    if len(words) <= _SECTION_NAME and role_of_heading(words) != "other":
        return True
    return any(
        line.level == level and not _is_numbered(text[line.start : line.end].lstrip("# "))
        for line in lines[k + 1 : k + _LONGEST_HEAD]
    )


def _is_task(words: str, *, alone: bool, titled: bool) -> bool:
    """Does a line bid to draw a plan up, rather than be one? `alone`: nothing stands behind it; `titled`: a title does
    before it."""
    return _BY_WHEN.match(words) is not None or ((alone or titled) and _DRAWS_UP.match(words) is not None)


def _is_numbered(words: str) -> bool:
    marker = read_marker(words, 0, len(words))
    return marker is not None and marker.style in _BODY_STYLES


def _opens_part(words: str) -> bool:
    """Is a line the heading of a report's part? A plan or summary of a year may be the whole text."""
    return names_part(words) and not words.endswith(("计划", "总结"))


def _run_together(text: str, lines: Sequence[Line], reasons: Sequence[str | None], head: list[int]) -> Start | None:
    """The title that runs into its text: words from a line's start up to a genre word that the first marker follows."""
    behind = head[-1] + 1 if head else 0
    first = next((k for k in range(behind, len(lines)) if reasons[k] is None), None)
    for k in [*reversed(head), *([first] if first is not None else [])]:
        start = lines[k].start
        for hit in genre_pattern().finditer(text, start, min(start + 60, lines[k].end)):
            end = hit.end()
            fused = end < lines[k].end and end - start >= 4 and _begins_text(text, start, end, lines[k].end)
            if fused and not _CLAUSE.search(text, start, end):
                return Start(start, end)
    return None


def _begins_text(text: str, start: int, at: int, end: int) -> bool:
    """Do the words of a title that begins at `start` end at `at`: does the first marker, a salutation or a sentence's
    first word follow, or a whole page behind a title that says who or when?"""
    if _FIRST_MARKER.match(text, at, end) is not None:
        return True
    if end - at < _SHORTEST_TEXT:
        return False
    opening = opening_pattern().match(text, at, min(end, at + 60))
    if opening is not None or GREETING.match(text, at, end) is not None:
        return True
    whole = end - at >= _WHOLE_PAGE and at - start >= _WHOLE_TITLE and _TITLE_GOES_ON.match(text, at, end) is None
    return whole and ("年" in text[start:at] or organization_of(text[start:at]) is not None)


def _head(text: str, lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Indexes of the lines before the body: up to the first long sentence or numbered line that is not furniture."""
    head: list[int] = []
    for k, line in enumerate(lines[:_LONGEST_HEAD]):
        if reasons[k] is not None:
            continue
        size = line.end - line.start
        if _begins_body(text, line) or (size > 90 and _INTRODUCES.match(text, line.start, line.end) is None):
            break
        if head and line.level is None and text[line.start] not in "#":
            marker = read_marker(text, line.start, line.end)
            if marker is not None and marker.style in _BODY_STYLES:
                break
        head.append(k)
    return head


def _begins_body(text: str, line: Line) -> bool:
    """Is a line a sentence of the text, or the salutation above it?"""
    size = line.end - line.start
    if line.level is not None or _INTRODUCES.match(text, line.start, line.end):
        return False
    if size >= 45 and text[line.end - 1] in "。！？；：:!?;”,，":
        return True
    if size >= 22 and text[line.end - 1] in "。！？；":
        return True
    return text[line.end - 1] in "：:" and _SALUTATION.match(text, line.start, line.end) is not None


def _score(words_of: list[str], place: int, line: Line, wanted: str) -> int | None:
    """How much a line looks like the title; None when it cannot be one."""
    words = words_of[place]
    size = len(words)
    if _BULLET.match(words) and any(
        _BULLET.match(words_of[n]) for n in (place - 1, place + 1) if 0 <= n < len(words_of)
    ):
        return None  # an item among items
    if leads_to_title(words):
        return None
    if size < 2 or size > 80 or words[-1] in "。；;，,：:！!?？." or _NOT_TITLE.match(words) or _LABEL.match(words):
        return None
    if _MENU.fullmatch(words):
        return None
    if line.kind == "cell" or (_COMMA.search(words) and not ends_with_genre(words)):
        return None
    marker = read_marker(words, 0, size)
    if marker is not None and marker.style in _BODY_STYLES and line.level != 1:
        return None
    score = 0
    bare = _bare(words)
    if wanted and len(bare) >= 4 and (bare == wanted or wanted.startswith(bare)):
        score += 5
    elif wanted and len(bare) >= 6 and (bare in wanted or wanted in bare):
        score += 3
    if size >= 4 and ends_with_genre(_EXTENSION.sub("", words)):
        score += 4
    if line.kind == "heading" or line.level is not None:
        score += (6, 2)[min(1, (line.level or 1) - 1)] if (line.level or 1) <= 2 else 1
    if line.font == 1:
        score += 3  # set in the largest type of the document
    if "关于" in words[:30]:
        score += 2
    if place == 0 or size >= 8:
        score += 1
    return score if score > 0 else None


def _start_of_title(text: str, lines: Sequence[Line], head: list[int], place: int) -> int:
    """The start of a title whose first words, with 关于, stand on one of the three lines before."""
    k = head[place]
    for step in (1, 2, 3):
        if step > place or head[place - step] != k - step:
            break
        before = lines[k - step]
        less = text[before.start : before.end]
        whole = 4 <= len(less) <= 50 and less[-1] not in "。：:；" and not ends_with_genre(less)
        if not whole or not _touch(text, before, lines[k - step + 1]):
            break
        if "关于" in less:
            return before.start
    return lines[k].start


def _rest_of_title(text: str, lines: Sequence[Line], head: list[int], place: int) -> int:
    """The end of a title whose last words stand on one of the next three lines, or in a subtitle (——…的报告)."""
    k = head[place]
    about = "关于" in text[lines[k].start : lines[k].end]
    for step in (1, 2, 3):
        if place + step >= len(head) or head[place + step] != k + step:
            break
        after = lines[k + step]
        more = text[after.start : after.end]
        if not _touch(text, lines[k + step - 1], after) or len(more) > 40 or more[-1] in "。；;，,：:":
            break
        if after.level is not None and after.level != lines[k].level:
            break  # the first heading
        subtitle = more.startswith("——") and not more[2:6].isdigit()
        if subtitle and ends_with_genre(more):
            return after.end
        if _NOT_TITLE.match(more):
            break
        if step == 1 and len(more) <= 4 and ends_with_genre(text[lines[k].start : lines[k].end] + more):
            return after.end  # a word cut by the line end
        if (step == 1 or about) and ends_with_genre(more) and read_marker(more.lstrip("# "), 0, len(more)) is None:
            return after.end
    return lines[k].end


def _touch(text: str, one: Line, other: Line) -> bool:
    """Is there nothing but white space between two lines? A table row might stand there."""
    return not text[one.end : other.start].strip()


def _joined(text: str, lines: Sequence[Line], head: list[int], place: int) -> Start:
    """The title's place, with the line before or behind it that belongs to it (关于印发个人所得税⏎…办法的通知)."""
    k = head[place]
    start, end = lines[k].start, lines[k].end
    words = text[start:end]
    if not ends_with_genre(words):
        end = _rest_of_title(text, lines, head, place)
    if "关于" not in words:
        start = _start_of_title(text, lines, head, place)
    return Start(start, end)
