"""Servers' error pages that were saved under the name of a document."""

from __future__ import annotations

import re

from docparse.records import Reading, Warning

_DOCUMENT_SUFFIXES = ("doc", "docx", "dot", "wps", "rtf", "odt", "ott", "pdf", "xls", "xlsx", "ppt", "pptx", "ofd")
_LONGEST_PAGE = 1_000  # characters; servers' own pages have less than 300, portals' dressed ones some hundreds
_LONGEST_LINE = 60
_LINES = 3
_STATUS = re.compile(
    r"(?:http(?: ?/ ?[0-9.]{1,3})?|status|error|code|错误|代码|抱歉|[ :：,，!！-]){0,8}"
    r"(?:40[0-9]|410|429|50[0-4])(?=$|\s|[-–—:：,.，。!！|]|错误|error)(?!\s?[年月号项条元个份人家户米吨％%万亿千百平公])",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"not found|forbidden|access denied|bad gateway|bad request|service unavailable|internal server error|unauthorized"
    r"|gateway time-?out"
    r"|页面不存在|页面没有找到|网页不存在|找不到|未找到|没有找到|无法找到|无法访问|无权访问|禁止访问|拒绝访问"
    r"|访问被拒绝|页面已删除|文件不存在|附件不存在|服务器错误|服务器内部错误|系统繁忙|页面丢失|访问出错|出错了",
    re.IGNORECASE,
)


def error_page_warning(reading: Reading, path: str | None) -> tuple[Warning, ...]:
    """The warning `error-page` where a short page named like a document says that the document is not there.

    Args:
        reading: of a web page or plain text; any other format is a document.
        path: the file's name.
    """
    suffix = "" if path is None else path.lower().rpartition(".")[2]
    if suffix not in _DOCUMENT_SUFFIXES or len(reading.raw) > _LONGEST_PAGE:
        return ()
    lines = [reading.source.title or "", *(reading.raw[b.start : b.end] for b in reading.blocks[:_LINES])]
    said = next((line for line in lines if _is_error(line)), None)
    if said is None:
        return ()
    message = f"The file is named .{suffix}, but seems to be a server's error page ({said.strip()[:_LONGEST_LINE]!r})."
    return (Warning(code="error-page", message=message),)


def _is_error(line: str) -> bool:
    line = line.strip()
    return len(line) <= _LONGEST_LINE and bool(_STATUS.match(line) or _WORDS.search(line))
