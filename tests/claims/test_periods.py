"""Which time an article is about: its title says so, else its first lines do."""

from __future__ import annotations

import pytest

import docparse


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2023年工作总结\n一年来，我做了以下工作。\n", "2023"),
        ("仓库年终工作总结\n20xx年已经过去了，现将工作总结如下。\n1、清点了货架。\n", "20XX"),
        ("仓库年终工作总结\n一年的工作结束了，现总结如下。\n1、清点了货架。\n", "XXXX"),
        ("仓库工作总结\n20--年，我们清点了全部货架。\n1、修好了叉车。\n", "20XX"),
        ("仓库工作总结\n去年的欠账已经还清。\n1、修好了叉车。\n", None),
        ("仓库工作总结\n明年还要努力。\n1、修好了叉车。\n", None),
    ],
)
def test_period(text: str, want: str | None) -> None:
    (article,) = docparse.parse_text(text).articles
    assert article.period == want
