"""Questions to a batch: Chinese words of any length, SQL that cannot harm, and what an analyst asks first."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from batch_tools import dump, write_inputs

from docparse.batch import ask, run, search
from docparse.batch.words import characters, match_expression
from docparse.errors import DocparseError, OptionError

TEXTS = {
    "物业.txt": "物业公司2025年工作计划\n一、目标\n1、收费率由82%提高到90%以上，年底前完成。\n2、报修及时率达到98%。\n",
    "销售.txt": "销售部2025年工作计划\n一、目标\n1、全年销售额增长5%。\n2、2025年6月底前客户满意度达到95%。\n"
    "GDP 增速见附件。\n",
    "繁體.txt": "業務部2025年工作計劃\n一、目標\n1、收費率達到85%以上，六月底前完成。\n",
    "总结.txt": "后勤2024年工作总结\n一、成果\n1、收取费用，费率不变。\n2、2024年完成维修120次。\n",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query")
    run([write_inputs(folder / "in", TEXTS)], folder / "out", workers=1)
    return folder / "out"


def names(out: Path, words: str) -> list[str]:
    return sorted(Path(hit.path).stem for hit in search(out, words)[1])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("收费率", ["物业", "繁體"]),
        ("收費率", ["物业", "繁體"]),
        ("目标", ["物业", "繁體", "销售"]),
        ("费率", ["总结", "物业", "繁體"]),
        ("修", ["总结", "物业"]),
        ("及时率达到98%", ["物业"]),
        ("收费率 报修", ["物业"]),
        ("gdp", ["销售"]),
        ("2025年", ["物业", "繁體", "销售"]),
        ("用费", []),  # 费用，费率: no word reaches over a comma
        ('率 "OR" (', []),
    ],
)
def test_words_of_any_length_and_script(words: str, found: list[str], out: Path) -> None:
    assert names(out, words) == sorted(found)


def test_a_hit_shows_its_sentence_and_targets(out: Path) -> None:
    count, hits = search(out, "收费率")
    assert count == 2
    hit = next(hit for hit in hits if "物业" in hit.path)
    assert hit.title == "物业公司2025年工作计划" and hit.sentences == ("1、收费率由82%提高到90%以上，年底前完成。",)
    (target,) = hit.targets
    assert (target.metric, target.text, target.end_date) == ("收费率", "90%以上", "2025-12-31")


def test_a_query_without_words(out: Path) -> None:
    with pytest.raises(OptionError) as caught:
        search(out, " ，! ")
    assert caught.value.code == "empty-query"


def test_all_targets_due_in_2025_over_10_percent(out: Path) -> None:
    answer = ask(
        out,
        "SELECT metric, low, unit, end_date FROM targets_sheet"
        " WHERE end_date BETWEEN '2025-01-01' AND '2025-12-31' AND unit = '%' AND low > 10 ORDER BY path, low",
    )
    assert answer.columns == ("metric", "low", "unit", "end_date") and not answer.more
    assert answer.rows == (
        ("收费率", 90, "%", "2025-12-31"),
        ("报修及时率", 98, "%", "2025-12-31"),
        ("收费率", 85, "%", "2025-06-30"),
        ("客户满意度", 95, "%", "2025-06-30"),
    )


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM files",
        "UPDATE documents SET title = ''",
        "ATTACH 'other.db' AS other",
        "PRAGMA journal_mode = DELETE",
        "CREATE TEMP TABLE x (a)",
        "SELECT load_extension('x')",
        "SELECT zeroblob(900000000)",
        "SELECT 1; SELECT 2",
        "no SQL at all",
        "VACUUM INTO 'copy.db'",
        "",
    ],
)
def test_sql_can_only_read(sql: str, out: Path) -> None:
    before = dump(out)
    with pytest.raises(OptionError) as caught:
        ask(out, sql)
    assert caught.value.code == "bad-query"
    assert dump(out) == before and not Path("other.db").exists() and not Path("copy.db").exists()


def test_sql_has_a_time_limit_and_a_rows_limit(out: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT "
    begin = time.monotonic()
    with pytest.raises(DocparseError) as caught:
        ask(out, endless + "count(*) FROM n", seconds=0.3)
    assert caught.value.code == "query-too-slow" and time.monotonic() - begin < 5
    answer = ask(out, endless + "x FROM n", rows=10)
    assert [row[0] for row in answer.rows] == list(range(1, 11)) and answer.more


def test_full_text_is_open_to_sql_too(out: Path) -> None:
    sql = "SELECT count(*) FROM search WHERE search MATCH words('收费率')"
    assert ask(out, sql).rows == ((2,),)


def test_characters_are_linear() -> None:
    begin = time.perf_counter()
    characters("收费率，" * 250_000 + "率" * 1_000_000)
    match_expression("率 " * 100_000)
    assert time.perf_counter() - begin < 5
