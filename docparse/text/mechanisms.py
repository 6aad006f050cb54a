"""The damage run forwards: what mirrors and content farms do to GBK bytes. Certificates and the tests' damage use it.

Nothing here repairs. Each function takes sound text and gives what the mechanism makes of it.
"""

from __future__ import annotations

SPACE = b"\xa1\xa1"  # U+3000, the full-width space, in GBK


def strip_spaces(text: str) -> str | None:
    """What deleting the bytes A1 A1 without regard to character borders makes of `text`; None if that is not GBK.

    >>> strip_spaces("开拓市场。")
    '开拓市常'
    """
    try:
        return text.encode("gbk").replace(SPACE, b"").decode("gbk")
    except UnicodeError:
        return None
