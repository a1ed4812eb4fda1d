"""Years and settings that seldom meet: each is valid, each figure is told, and the gate passes what is right."""

import pytest

from gate_checks import check_report, pass_gate
from helpers import sentences, tables
from helpers.history.history import History
from helpers.report.table import Table
from made_reports import made_files
from small_city import ITEMS_HEADER, OUTSIDE, SMALL_ITEMS, SMALL_STATUSES, Small, effect, status, two_plans

MEASURES = """
[[measures]]
name = "目標"
better = "増"
rate = "progress"
columns = { baseline = "基準値", target = "目標値", actual = "実績値" }
"""
EFFECTS = effect("削減額")
JUDGEMENTS = """
[[judgements]]
name = "外部評価"
column = "委員会の評価"
statuses = ["良い", "悪い"]
map = { "良い" = "完了", "悪い" = "未着手" }
"""
PAUSED = status("休止", "other")
BASE = "番号,基本方針,推進項目,実施状況"
ROWS = ("1,1,窓口の案内,完了", "2,1,会議の公開,完了", "3,2,歩道の点検,完了", "4,2,水道の更新,休止")


def sheet(columns: str, *cells: str) -> str:
    """A sheet of the small city: ``cells`` are what stands in ``columns`` for each item alive in the year."""
    rows = [f"{row},{more}" for row, more in zip(ROWS, cells, strict=False)]
    return "\n".join([f"{BASE},{columns}", *rows])


def checked(history: History, table: Table | None) -> list[list[str]]:
    """The cells of a table that the gate passes, on the page and in its csv."""
    pass_gate(history, table)
    return table.printed.to_numpy().tolist()


@pytest.mark.parametrize(
    ("printing", "cells"),
    [
        ('no_change = "0"\nincrease = ""', ["0", "1(50.0%)"]),
        ('increase = ""\nchange = "items"', ["-", "1"]),
        ('change = "points"', ["-", "+50.0%"]),
    ],
)
def test_changes_of_targets_may_read_as_numbers(small: Small, printing: str, cells: list[str]) -> None:
    sheets = {
        2020: sheet("基準値,目標値,実績値", "0,10,10", "0,10,9", "0,10,9", "0,10,9"),
        2021: sheet("基準値,目標値,実績値", "0,10,10", "0,10,9", "0,10,9", "0,10,10"),
    }
    history = small(sheets, more=f"{MEASURES}\n[printing]\n{printing}\n", statuses=SMALL_STATUSES + PAUSED)
    assert [row[-1] for row in checked(history, tables.targets(history))][:2] == cells


@pytest.mark.parametrize(("change", "cell"), [("points", "…"), ("items_and_points", "+1")])
def test_targets_of_which_none_was_judged_change_as_rows_without_shares(
    small: Small, change: str, cell: str
) -> None:
    sheets = {
        2020: sheet("基準値,目標値,実績値", *("0,10,未集計",) * 4),
        2021: sheet("基準値,目標値,実績値", "0,10,10", "0,10,9", "0,10,9", "0,10,9"),
    }
    history = small(
        sheets,
        more=f'{MEASURES}\n[printing]\nchange = "{change}"\nno_share = "…"\n',
        statuses=SMALL_STATUSES + PAUSED,
    )
    assert next(row[-1] for row in checked(history, tables.targets(history))) == cell


def test_a_rate_that_is_rounded_to_zero_has_no_sign(small: Small) -> None:
    sheets = {2020: sheet("基準値,目標値,実績値", "100,90100,99", "", "", "")}
    history = small(sheets, more=MEASURES, statuses=SMALL_STATUSES + PAUSED)
    table = tables.measures(history)
    checked(history, table)
    assert str(table.records["rate"].iloc[0]) == "0.000"


def test_the_grand_total_of_a_year_known_by_totals_alone_is_known(small: Small) -> None:
    items = f"{SMALL_ITEMS}5,2,井戸の点検,2020,2020\n"
    history = small(
        {2020: {"完了": 1, "進行中": 2, "未着手": 2}, 2021: "完了 進行中 完了 未着手"}, items=items
    )
    assert checked(history, tables.by_policy(history))[-1] == ["", "総計", "4", "-", "5", "-", "△1"]
    check_report(history, made_files(history))


def test_a_status_that_says_nothing_of_progress_is_judged_neither_lower_nor_higher(small: Small) -> None:
    sheets = {2020: sheet("委員会の評価", "良い", "悪い", "良い", "悪い")}
    history = small(
        sheets, more=f'{JUDGEMENTS}\n[wording]\nitem = "事業"\n', statuses=SMALL_STATUSES + PAUSED
    )
    assert [row[1:] for row in checked(history, tables.judged_apart(history))] == [
        ["2", "会議の公開", "完了", "悪い", "低い"]
    ]
    shown = sentences.judgements(history)
    assert shown.text == (
        "「外部評価」がある4事業のうち、実施状況より低いものは1事業（2）、実施状況より高いものは0事業です。"
    )


def test_what_an_ended_policy_brought_in_stands_in_its_own_row_of_the_sum_so_far(small: Small) -> None:
    items = ITEMS_HEADER + "1,1,窓口の案内,2020,\n2,1,会議の公開,2020,\n3,2,歩道の点検,2020,2020\n"
    sheets = {
        2020: sheet("見込,実績", "10,20", "", "5,7"),
        2021: sheet("見込,実績", "1,2", ""),
        2022: sheet("見込,実績", "4,△8", ""),
    }
    history = small(sheets, more=EFFECTS, items=items)
    assert [row[1:] for row in checked(history, tables.effects(history))] == [
        ["1 つながり", "4", "△8", "△12", "△200.0%", "15", "14", "△1", "93.3%"],
        ["2 くらし", "-", "-", "-", "-", "5", "7", "+2", "140.0%"],
        ["合計", "4", "△8", "△12", "△200.0%", "20", "21", "+1", "105.0%"],
    ]
    check_report(history, made_files(history))


def test_a_loss_that_was_planned_has_no_rate_in_the_sentence_either(small: Small) -> None:
    sheets = {2020: sheet("見込,実績", "△10,△4", "", "", "")}
    shown = sentences.effects(small(sheets, more=EFFECTS, statuses=SMALL_STATUSES + PAUSED))
    assert "「削減額」の令和2年度は、見込△10千円に対し実績△4千円です。" in shown.text


def test_a_status_that_counts_is_not_called_outside_the_shares_where_nothing_is_counted(small: Small) -> None:
    history = small(
        {2020: "完了 完了 完了 未着手", 2021: "対象外 対象外 対象外 対象外"},
        statuses=SMALL_STATUSES + OUTSIDE,
    )
    assert sentences.overall(history).text.splitlines()[:3] == [
        "「完了」は0項目（割合なし）で、前年度から3項目減りました。",
        "「未着手」は0項目（割合なし）で、前年度から1項目減りました。",
        "「対象外」は4項目（割合の対象外）で、前年度から4項目増えました。",
    ]


def test_a_target_missed_again_is_told_across_the_change_of_plans(small: Small) -> None:
    items = ITEMS_HEADER + "1,1,窓口の案内,2020,2021\n2,1,会議の公開,2020,\n"
    sheets = {
        2020: sheet("基準値,目標値,実績値", "0,10,9", "0,10,9"),
        2021: sheet("基準値,目標値,実績値", "0,10,8"),
    }
    shown = sentences.targets(small(sheets, more=MEASURES, items=items, plan=two_plans(2020)))
    assert "2年続けて未達成の目標は1件です（1 目標）。" in shown.text


def test_an_indicator_is_one_however_its_years_spell_it(small: Small) -> None:
    named = MEASURES.replace("columns = { ", 'columns = { indicator = "指標", ')
    sheets = {
        2020: sheet("指標,基準値,目標値,実績値", "髙い Ａ件,0,10,9", ",,,", ",,,", ",,,"),
        2021: sheet("指標,基準値,目標値,実績値", "高いA件,0,10,8", ",,,", ",,,", ",,,"),
    }
    history = small(sheets, more=named, statuses=SMALL_STATUSES + PAUSED)
    table = tables.measures(history)
    assert [row[3:] for row in checked(history, table)] == [
        ["高いA件\n多いほど良い、基準値 0", "", "目標 10\n実績 9", "目標 10\n実績 8", "80.0%", "未達成"]
    ]
    assert list(table.records["indicator"]) == ["高いA件", "高いA件"]
    shown = sentences.targets(history)
    assert "2年続けて未達成の目標は1件です（1 高いA件）。" in shown.text
