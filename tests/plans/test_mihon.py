"""The worked example: targets, money, judgements and cards of a made-up city (架空), every figure worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers import tables
from helpers.fiscal_year import FiscalYear
from helpers.history.declared_values import indicators_in
from helpers.history.history import History
from helpers.plan.declared.kinds import PROGRESS
from helpers.report.charts import targets_met
from helpers.report.sentences import sections as sentences
from made_reports import executed_notebook

Mihon = Callable[[int], History]
RATES = {
    2021: ["107.1%", "103.3%", "100.0%", "101.7%", "-", "96.0%"],
    2022: ["90.9%", "90.0%", "99.4%", "-", "-", "110.0%"],
}
MET = {2021: [True, True, True, True, False, False], 2022: [False, False, False, None, True, True]}


def rows(table: tables.Table | None) -> list[list[str]]:
    return [list(map(str, row)) for row in table.printed.itertuples(index=False)]


@pytest.mark.parametrize("year", [2021, 2022])
def test_rates_by_ratio_and_whether_targets_are_met(mihon: Mihon, year: int) -> None:
    history = mihon(year)
    printing = history.plan.printing
    known = [each for _, each in indicators_in(history, FiscalYear(year))]
    assert [printing.share(each.rate_pct(printing)) for each in known] == RATES[year]
    assert [each.is_met for each in known] == MET[year]
    assert [row[7 if year == 2022 else 6] for row in rows(tables.measures(history))] == RATES[year]


def test_rates_by_progress(mihon: Mihon) -> None:
    history = mihon(2022)
    printing = history.plan.printing
    rates = {}
    for year in (2021, 2022):
        first = indicators_in(history, FiscalYear(year))[0][1]
        by_progress = replace(first, measure=replace(first.measure, rate=PROGRESS))
        rates[year] = printing.share(by_progress.rate_pct(printing))
    assert rates == {2021: "120.0%", 2022: "90.0%"}


def test_targets_set_judged_and_met_by_policy_beside_last_year(mihon: Mihon) -> None:
    table = tables.targets(mihon(2022))
    assert [row[1:9] for row in rows(table)] == [
        ["2", "2", "0", "0.0%", "2", "2", "2", "100.0%"],
        ["3", "2", "1", "50.0%", "3", "3", "2", "66.7%"],
        ["1", "1", "1", "100.0%", "1", "1", "0", "0.0%"],
        ["6", "5", "2", "40.0%", "6", "6", "4", "66.7%"],
    ]
    assert [row[9] for row in rows(table)][-1] == "△2(△26.7%)"


def test_the_first_year_has_no_last_year_beside(mihon: Mihon) -> None:
    assert list(tables.targets(mihon(2021)).printed) == ["基本方針", "設定", "判定", "達成", "達成の割合"]


def test_the_list_of_measures_shows_the_years_the_verdict_and_the_grade(mihon: Mihon) -> None:
    listed = {row[3]: row[4:] for row in rows(tables.measures(mihon(2022)))}
    assert listed["窓口の待ち時間\n少ないほど良い、基準値 20"] == [
        "分", "目標 15\n実績 14", "目標 10\n実績 11", "90.9%", "未達成", "a",
    ]  # fmt: skip
    assert listed["施設の更新費\n少ないほど良い"][2:] == ["目標 11.5\n実績 （未集計）", "-", "未判定", "―"]
    assert listed["電子申請の種類\n多いほど良い"][2:] == [
        "目標 60（50から変更）\n実績 66",
        "110.0%",
        "達成",
        "a",
    ]


def test_the_sentences_say_what_is_missed_not_known_and_changed(mihon: Mihon) -> None:
    assert repr(sentences.targets(mihon(2022))).split("\n") == [
        "判定できる目標5件のうち、達成したのは2件（40.0%）です（ほかに実績値がまだ分からない目標1件）。",
        "途中で変更された目標があります: 6 電子申請の種類（50から60）。",
    ]


def test_the_chart_says_the_same(mihon: Mihon) -> None:
    chart = targets_met.draw(mihon(2022))
    assert chart is not None
    assert "計画全体は達成2件、未達成3件、未判定1件。" in chart.alt
    assert "Ⅱ 財産は達成1件、未達成1件、未判定1件。" in chart.alt


@pytest.mark.parametrize("year", [2021, 2022])
def test_every_cell_of_the_report_shows_something(mihon: Mihon, year: int) -> None:
    cells = executed_notebook({"history": mihon(year)}).cells
    silent = [cell.id for cell in cells if cell.cell_type == "code" and not cell.outputs]
    assert silent == ["parameters", "load"]
