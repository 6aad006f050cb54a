"""Headings without a number: short lines that end without a stop and stand above their own text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.structure.markers import rank_of
from docparse.structure.segments import Segment
from docparse.structure.words import ends_with_genre, names_part, organization_of

_SENTENCE = re.compile(r"[。！？；;!?]")
_ENDS = frozenset("。！？!?；;”」）)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9、（）()“”《》·/&+\-— \u3000]{2,24}")
_HALF = r"[\u4e00-\u9fffA-Za-z0-9、“”·]"
_SLOGAN = re.compile(rf"(?!.*[是为有被把将已了]){_HALF}{{3,14}}，{_HALF}{{3,16}}")
_NOT_PLAIN = re.compile(
    r"谢谢|此致|敬礼|敬请|联系(?:电话|人|方式)|电话|地址|[\u4e00-\u9fff]{2,3}(?:[ \u3000、][\u4e00-\u9fff]{2,3}){1,9}$"
    r"|各位|同志们|女士|先生|尊敬|附件|附表|[\d〇○一二三四五六七八九十]{4}年.{1,6}月"
    r"|.{0,30}(?:人民政府|办公厅|办公室|委员会|公司|学校)$"
    r"|.{0,8}(?:总理|省长|市长|主席|代表|记者|编辑|作者|签名|签字|盖章|落款|单位|姓名|日期|时间)(?:[ \u3000].{0,12})?$"
    r"|[-—（(]|\d(?!\d{3}年)|[图表]\s?\d"
    r"|.{0,16}(?:总理|[省市县区镇乡局处部院校会]长|主席|主任|书记|经理)[ \u3000]{0,2}[\u4e00-\u9fff]{2,3}$"
    r"|.{0,28}\d[ ]?(?:分|元|次|天|人|个|％|%)|每[年月周天日季]|.{0,24}(?:必须|应当|不得|严禁)"
)
# Lines set in larger or bolder type that name no part: who, when, figures, and labels before their value.
_NOT_SET = re.compile(
    r".{0,30}(?:委员会|公司|大学|学院|学校)$|.{0,12}\d{4}\s?年.{0,12}$|[图表]\s?\d|.{1,10}[：:].{1,40}$|[-—（(\[]|\d+$"
)
_BOLD = re.compile(r"\*\*[^*：:。，,；\n]{2,24}(?:\*\*[：:]?|[：:]\*\*)$")
_FIELD = re.compile(r"[（(：:]")
_LONGEST = 32  # characters, marks of bold type included
_RUNNING_HEAD = 8  # characters; a shorter line may be a heading that comes again (目标, 措施)
_TITLE = 11  # characters; a shorter line may name a part (培训计划)
_NEAR = 60  # segments before and behind a line whose type is compared
_LEAST_TEXT = 12  # characters of a sentence below a heading
_LEAST_PROSE = 24  # characters of the text below a heading at the start of an article, or behind another line


def is_plain_heading(text: str, segments: Sequence[Segment], i: int, ends: Sequence[int]) -> bool:
    """Is an unnumbered line a heading by its form: short, without a stop, above its own text, not one of a list?

    `ends` says which segments before `i` are headings.
    """
    segment = segments[i]
    size = segment.end - segment.start
    if size < 2 or size > _LONGEST or not (segment.first and segment.last) or i + 1 >= len(segments):
        return False
    words = text[segment.start : segment.end]
    if words.startswith("**"):
        return _BOLD.match(words) is not None and segments[i + 1].level is None
    if size <= 28 and names_part(words):
        return _has_text(text, segments[i + 1], 4.0)
    if segment.font is not None and i and _is_set_apart(segments, i, words):
        return True
    if i == 0 and words[-1] in "科处部局室队组厅院":
        return False  # who wrote it, right below the title
    if size >= _TITLE and ends_with_genre(words) and ("年" in words or organization_of(words) is not None):
        return False  # another text's title, or a running head
    before = segments[i - 1] if i else None
    if before is not None and not ends[i - 1] and _is_bare(text, before):
        return False
    if not _looks_like_one(words, strict=before is not None and text[before.end - 1] in "。！？!?；;"):
        return False
    closed = before is not None and (ends[i - 1] > 0 or text[before.end - 1] in _ENDS)
    if _stands_above(text, segments, i, closed):
        return True
    return closed and _is_pair(text, segments, i)


def _is_set_apart(segments: Sequence[Segment], i: int, words: str) -> bool:
    """Is a line set in larger or bolder type a heading? Only above text that is not, in a type that no number has."""
    following = segments[i + 1]
    if following.font is not None and following.marker is None:
        return False
    if any(one.font == segments[i].font and one.marker is not None for one in segments[max(0, i - _NEAR) : i + _NEAR]):
        return False
    return not _NOT_SET.match(words) and words[-1] not in "。；;，,、" and len(_HAN.findall(words)) > 1


def find_pairs(segments: Sequence[Segment], ends: Sequence[int]) -> frozenset[int]:
    """Return which unnumbered headings stand a level above others: those right above another one, and where there are
    such, those above a list."""
    plain = [i for i in range(len(segments) - 1) if ends[i] and _is_unmarked(segments[i])]
    pairs = {i for i in plain if _is_unmarked(segments[i + 1]) and ends[i + 1] == segments[i + 1].end}
    if pairs:
        pairs |= {i for i in plain if (marker := segments[i + 1].marker) is not None and marker.number == 1}
    return frozenset(pairs)


def _is_unmarked(segment: Segment) -> bool:
    return segment.marker is None and segment.level is None


def _looks_like_one(words: str, *, strict: bool) -> bool:
    """Is a line made like a heading? `strict` says that a sentence ended before it, so that a slogan may be one."""
    if _NOT_PLAIN.match(words) or len(_HAN.findall(words)) < 2:
        return False
    if _PLAIN.fullmatch(words):
        return True
    return strict and _SLOGAN.fullmatch(words) is not None


def _stands_above(text: str, segments: Sequence[Segment], i: int, closed: bool) -> bool:
    following = segments[i + 1]
    if closed and following.marker is not None and following.level is None:
        paragraph = following.end - following.start >= _LEAST_PROSE and text[following.end - 1] in "。：:"
        return following.marker.end < following.end and (following.marker.number <= 1 or paragraph)
    if not closed or following.marker is not None:
        return _has_text(text, following)
    return _is_sentence(text, following)


def _is_pair(text: str, segments: Sequence[Segment], i: int) -> bool:
    """Is the next line an unnumbered heading that stands above text of its own?"""
    following = segments[i + 1]
    if following.marker is not None or following.level is not None or i + 2 >= len(segments):
        return False
    if not (following.first and following.last) or following.end - following.start > _LONGEST:
        return False
    words = text[following.start : following.end]
    if not _PLAIN.fullmatch(words) or _NOT_PLAIN.match(words) or len(_HAN.findall(words)) < 2:
        return False
    return segments[i + 2].marker is not None or _is_sentence(text, segments[i + 2])


def _is_sentence(text: str, following: Segment) -> bool:
    size = following.end - following.start
    if following.level is not None or size < _LEAST_TEXT:
        return False
    return _SENTENCE.search(text, following.start, following.end) is not None or text[following.end - 1] == "."


def _has_text(text: str, following: Segment, rank: float = 4.1) -> bool:
    """Is the segment behind an unnumbered line text that may stand below it, or a first item not above `rank`?"""
    if following.level is not None:
        return False
    if following.marker is not None:
        return following.marker.number == 1 and (rank_of(following.marker.style) or 9.0) >= rank
    long = following.end - following.start >= _LEAST_PROSE
    return long and _SENTENCE.search(text, following.start, following.end) is not None


def _is_bare(text: str, segment: Segment) -> bool:
    """A short unnumbered line without a stop: one line of a list, not text."""
    if segment.marker is not None or segment.end - segment.start > 24 or text[segment.end - 1] in "。！？；：:;”.":
        return False
    return text[segment.end - 1] not in "）)" or text[segment.start] not in "（("


def drop_labels(text: str, segments: Sequence[Segment], ends: list[int]) -> None:
    """Unmark unnumbered lines whose words open other lines that are none (每日检查, 每日检查(检核人:王工)): fields;
    and long ones that come again: running heads."""
    twins: dict[str, list[int]] = {}
    for i, segment in enumerate(segments):
        if segment.marker is None and segment.level is None and segment.end - segment.start <= 60:
            words = _FIELD.split(text[segment.start : segment.end], maxsplit=1)[0].strip()
            twins.setdefault(words, []).append(i)
    for words, group in twins.items():
        again = len(group) > 1 and len(words) >= _RUNNING_HEAD and words[0] != "*"
        if again or (len(group) > 1 and not all(ends[i] for i in group)):
            for i in group:
                ends[i] = 0
