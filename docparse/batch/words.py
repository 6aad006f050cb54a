"""Text as pairs of characters, which makes SQLite's full-text search exact for Chinese words of any length.

Chinese has no spaces, and words of two characters are the rule: FTS5's own trigram tokenizer finds nothing shorter than
three. Here 收费率 is indexed as 收费 费率 率; a word of two or more characters is a phrase of pairs, one of a single
character a prefix. The last character of a run stands alone, so that no phrase reaches over a comma.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"[^\W_]+")
MOST_WORDS = 20


def pairs(text: str) -> str:
    """The pairs of `text`, as they are indexed: runs of letters and digits, lower-case; marks and spaces part runs.

    >>> pairs("收费率, GDP")
    '收费 费率 率 gd dp p'
    """
    return " ".join(
        " ".join((*(run[place : place + 2] for place in range(len(run) - 1)), run[-1]))
        for run in _RUN.findall(text.lower())
    )


def match_expression(query: str) -> str:
    """The FTS5 expression for documents that hold every word of `query`, which spaces part; empty if it has none.

    >>> match_expression("收费率 95% 年")
    '"收费 费率" AND "95" AND "年" *'
    """
    phrases = []
    for run in _RUN.findall(query.lower())[:MOST_WORDS]:
        if len(run) == 1:
            phrases.append(f'"{run}" *')
        else:
            phrases.append('"' + " ".join(run[place : place + 2] for place in range(len(run) - 1)) + '"')
    return " AND ".join(phrases)
