from pathlib import Path

import pytest

from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.plan import Plan
from helpers.report.origins import sources
from helpers.report.register import reconcile, trace
from small_city import Small


def test_each_year_of_the_plan_names_its_sheet_or_that_there_is_none(history_2022: History) -> None:
    table = sources.sources(trace(history_2022))
    assert table.printed.iloc[:, :3].to_numpy().tolist() == [
        ["平成30年度", "合計のみ", "H30.csv"],
        ["令和元年度", "資料なし", ""],
        ["令和2年度", "資料なし", ""],
        ["令和3年度", "42項目（導出）", "R3.csv"],
        ["令和4年度", "42項目", "R4.csv"],
    ]
    sha256 = [sheet.source.sha256[:16] for _, sheet in sorted(history_2022.sheets.items())]
    assert [cell for cell in table.printed.iloc[:, 3] if cell] == sha256


def test_the_notes_say_what_is_derived_missing_and_rounded(history_2022: History) -> None:
    notes = repr(sources.notes(history_2022)).split("\n")
    assert notes[0].startswith("平成30年度の状況調査: 合計のみ")
    assert notes[1].startswith("令和3年度の状況調査: 導出")
    assert notes[2].startswith("令和元年度、令和2年度は資料がありません。推計で補わず")
    assert any("小数第1位" in note and "四捨五入" in note for note in notes)
    assert any("減を「△」、増を「+」、増減なしを「-」" in note for note in notes)
    assert notes[-1].endswith("令和4年度実績と5年間の取組状況」")


@pytest.mark.parametrize(
    ("printing", "note"),
    [
        ("decimals = 0", "整数まで"),
        ("decimals = 2", "小数第2位まで"),
        ('rounding = "half_even"', "端数は偶数丸め"),
        ('rounding = "down"', "端数は切り捨て"),
        ('decrease = "▲"', "減を「▲」"),
        ('increase = ""', "増は記号なし"),
    ],
)
def test_the_notes_follow_the_printing_rules(small: Small, printing: str, note: str) -> None:
    years = {2020: "完了 完了 完了 完了", 2021: "完了 完了 完了 完了"}
    assert note in repr(sources.notes(small(years, more=f"\n[printing]\n{printing}\n")))


def test_the_notes_explain_only_what_the_report_shows(plan: Plan, root: Path) -> None:
    first, last = (repr(sources.notes(load_history(plan.id, year, root))) for year in (2018, 2022))
    assert "割合の増減は" not in first and "「主な取組」は" not in first
    assert "割合の増減は" in last and "「主な取組」は" in last


def test_the_comparison_by_table_adds_up(history_2022: History) -> None:
    table = sources.reconciliation(reconcile(history_2022))
    rows = [list(map(int, row[1:])) for row in table.printed.itertuples(index=False)]
    assert rows[-1] == [sum(column) for column in zip(*rows[:-1], strict=True)] == [373, 3, 0, 376]
    assert all(same + slips + others == total for same, slips, others, total in rows)


def test_each_difference_stands_with_both_values_and_its_reason(history_2022: History) -> None:
    table = sources.differences(reconcile(history_2022))
    assert len(table.printed) == 1, "one slip in three rows is told once"
    row = table.printed.iloc[0].to_dict()
    assert row == {
        "表": "令和4年度の主な取組", "公表資料の節": "第2節(1)", "欄": "4、7、9\n基本方針",
        "公表値": "基本方針Ⅰ 協働によるまちづくりの推進", "本書": "基本方針Ⅰ 協働・官民連携の推進",
        "理由": row["理由"],
    }  # fmt: skip
    assert "見出しだけ" in row["理由"]


def test_without_published_figures_there_are_no_tables(small: Small) -> None:
    result = reconcile(small({2020: "完了 完了 完了 完了"}))
    assert (sources.reconciliation(result), sources.differences(result)) == (None, None)
