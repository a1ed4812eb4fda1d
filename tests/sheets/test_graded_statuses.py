"""Statuses that follow from grades: from the rate as the year's report prints it, without any column of statuses."""

from gate_checks import check_report
from helpers import tables
from helpers.fiscal_year import FiscalYear
from helpers.plan.reading.plan_file import load_plan
from made_reports import made_files
from small_city import City, Small, SmallPlan
from spreadsheets import inspect_bytes

GRADED = """
[[measures]]
columns = { target = "目標値", actual = "実績値" }
better = "増"
status = "set"
grades = [{ name = "完了", from = 100 }, { name = "進行中", from = 80 }, { name = "未着手" }]

[[printing_changes]]
year = 2021
decimals = 0
"""
HEAD = "番号,推進項目,目標値,実績値"
# 100.0 %, 99.9 %, 79.9 % and 79.5 %: with no decimals 100, 100, 80 and 80.
ROWS = ["1,窓口の案内,100,100", "2,会議の公開,1000,999", "3,歩道の点検,1000,799", "4,水道の更新,200,159"]
SHEET = "\n".join([HEAD, *ROWS])


def test_a_sheet_without_statuses_gets_them_by_the_printing_of_its_year(small_plan: SmallPlan) -> None:
    plan = small_plan(more=GRADED)
    read = {}
    for year in (2020, 2021):
        reading = inspect_bytes(SHEET.encode(), f"{year}.csv", plan, FiscalYear(year))
        assert reading.findings == ()
        assert reading.status_sheet is not None
        read[year] = reading.status_sheet.statuses["status"].tolist()
    assert read == {2020: ["完了", "進行中", "未着手", "未着手"], 2021: ["完了", "完了", "進行中", "進行中"]}


def test_the_report_of_such_sheets_passes_the_gate(small: Small) -> None:
    history = small({2020: SHEET, 2021: SHEET}, more=GRADED)
    assert check_report(history, made_files(history)) > 100
    measures = tables.measures(history)
    assert measures.printed["評価"].tolist() == ["完了", "完了", "進行中", "進行中"]


def test_what_has_no_rate_yet_has_no_status(small_plan: SmallPlan) -> None:
    sheet = SHEET.replace("200,159", "200,未集計")
    reading = inspect_bytes(sheet.encode(), "2020.csv", small_plan(more=GRADED), FiscalYear(2020))
    assert [(finding.code, finding.cell) for finding in reading.findings] == [("missing_status", "E5")]


def test_a_sheet_with_neither_statuses_nor_targets_is_refused(small_plan: SmallPlan) -> None:
    sheet = SHEET.replace("目標値,", "目標,")
    reading = inspect_bytes(sheet.encode(), "2020.csv", small_plan(more=GRADED), FiscalYear(2020))
    assert "「実施状況」の列がありません" in str(reading.findings[0])


def test_targets_of_a_file_of_measures_give_statuses_too(city: City) -> None:
    (folder := city({}) / "data" / "raw" / "machi").joinpath("measures.csv").write_text(
        "年度,番号,指標,単位,方向,基準値,目標値,実績値\n"
        + "\n".join(
            f"R2,{number},件数,件,増,,100,{actual}" for number, actual in enumerate((100, 80, 79, 0), start=1)
        ),
        encoding="utf-8",
    )
    city({}, more=GRADED.replace('columns = { target = "目標値", actual = "実績値" }\nbetter = "増"\n', ""))
    sheet = "番号,推進項目\n1,窓口の案内\n2,会議の公開\n3,歩道の点検\n4,水道の更新\n"
    reading = inspect_bytes(sheet.encode(), "2020.csv", load_plan(folder), FiscalYear(2020))
    assert reading.findings == () and reading.status_sheet is not None
    assert reading.status_sheet.statuses["status"].tolist() == ["完了", "進行中", "未着手", "未着手"]
