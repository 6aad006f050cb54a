"""Words that blind synonym replacement broke (则 -> 那么, 若 -> 假设), and the name that a censor cut out of titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docparse.lexicon import load_toml
from docparse.lexicon.patterns import late
from docparse.text.edits import Edit

MASK = "^v^"
COUNTRY = "中华人民共和国"
# Of what such lists mask only the country's name opens the title of a law.
MASKED_TITLE = r"《\^v\^(?=[一-鿿]{1,30}(?:法|条例|法典|实施细则)[》（(])"


@cache
def _forms() -> tuple[tuple[str, int, int, str, re.Pattern[str]], ...]:
    """(spun form, where the wrong part starts and ends in it, what belongs there, the company it needs)."""
    rows = []
    for form in load_toml("spun")["form"]:
        spun, cut = form["spun"], form["cut"]
        start = spun.index(cut)
        company = f"(?<![{form['before']}])" if form["before"] else ""
        company += re.escape(spun)
        if "next" in form:
            company += f"(?=[{re.escape(form['next'])}\r\n]|\\Z)"
        rows.append((spun, start, start + len(cut), form["put"], re.compile(company)))
    return tuple(rows)


def mend_spun_words(raw: str) -> Iterator[Edit]:
    """`否那么` `原那么` `假设干` become 否则, 原则, 若干 again: replaced inside a word by a synonym of its part.

    Cause: content farms exchange words by a list, without regard to word borders. Cure: only forms that are no Chinese
    are turned back. Left alone: where the two can meet (是否那么, 假设干部), and every exchange of whole words.
    """
    if "那么" not in raw and "假设干" not in raw:
        return
    for spun, start, end, put, company in _forms():
        if spun in raw:
            for m in company.finditer(raw):
                yield Edit(
                    start=m.start() + start,
                    end=m.start() + end,
                    after=put,
                    kind="spun-word",
                    certainty=0.9,
                    evidence=f"{spun} is no Chinese",
                )


def restore_country_name(raw: str) -> Iterator[Edit]:
    """`《^v^合同法》` becomes 《中华人民共和国合同法》; a mask anywhere else can stand for other names and stays."""
    if MASK not in raw:
        return
    for m in late(MASKED_TITLE).finditer(raw):
        yield Edit(
            start=m.start() + 1,
            end=m.end(),
            after=COUNTRY,
            kind="censor-mask",
            certainty=0.95,
            evidence="the country's name opens the title of a law",
        )
