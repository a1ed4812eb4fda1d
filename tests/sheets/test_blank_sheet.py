"""The blank sheet that goes out, and what comes back when it is filled in."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from helpers.errors import DataError
from helpers.fiscal_year import FiscalYear
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets import Share, blank_sheet, read_status_sheet
from small_city import SMALL_STATUSES, TAKEN_OVER
from spreadsheets import filled_in, inspect_bytes, saved

YEAR = FiscalYear(2022)
MINATO = ["実施", "一部実施", "実施", "検討中", "実施", "未実施"]
KIGOU = ["◎", "○", "△", "×", "-"]


def opened(data: bytes):
    return load_workbook(io.BytesIO(data))


def answered(data: bytes, statuses: list[str]) -> bytes:
    """The blank sheet with these statuses, and a text at each."""
    workbook = opened(data)
    sheet = workbook["状況調査"]
    column = column_of(sheet, "実施状況")
    for row, status in enumerate(statuses, start=5):
        sheet.cell(row, column).value = status
        sheet.cell(row, column + 1).value = f"{row}番目の取組\n改行も書いた。"
    return saved(workbook)


def column_of(sheet, name: str) -> int:
    return next(cell.column for cell in sheet[4] if cell.value == name)


@pytest.mark.parametrize(("plan_name", "statuses"), [("minato", MINATO), ("kigou", KIGOU)])
def test_what_a_department_fills_in_reads_back_without_a_finding(request, plan_name, statuses):
    plan = request.getfixturevalue(plan_name)
    reading = inspect_bytes(answered(blank_sheet(plan, YEAR), statuses), "R4.xlsx", plan)
    assert reading.findings == ()
    frame = reading.status_sheet.statuses
    assert frame["status"].tolist() == statuses
    assert frame["number"].tolist() == [item.number for item in plan.items_in(YEAR)]
    assert frame["activities"][0] == "5番目の取組\n改行も書いた。"


def test_an_empty_blank_sheet_misses_its_statuses_and_nothing_else(minato):
    reading = inspect_bytes(blank_sheet(minato, YEAR), "R4.xlsx", minato)
    assert {finding.code for finding in reading.findings} == {"missing_status"}
    assert len(reading.findings) == 6


def test_last_year_stands_beside_and_is_not_taken_for_this_year(sheets_folder, minato):
    last_year = read_status_sheet(sheets_folder / "utf8.csv", minato, YEAR).statuses
    data = blank_sheet(minato, YEAR.next, last_year)
    sheet = opened(data)["状況調査"]
    assert sheet["D4"].value == "令和4年度\n実施状況"
    assert [sheet.cell(row, 4).value for row in range(5, 11)] == MINATO
    assert [sheet.cell(row, column_of(sheet, "所管課")).value for row in (5, 6)] == ["市民課", "福祉課"]
    reading = inspect_bytes(answered(data, MINATO[::-1]), "R5.xlsx", minato)
    assert reading.findings == ()
    assert reading.status_sheet.statuses["status"].tolist() == MINATO[::-1]


def test_a_year_of_which_only_totals_are_known_leaves_its_column_out(sheets_folder, minato):
    totals = read_status_sheet(sheets_folder / "totals_only.csv", minato, YEAR).statuses
    header = [cell.value for cell in opened(blank_sheet(minato, YEAR.next, totals))["状況調査"][4]]
    assert header == ["番号", "基本方針", "推進項目", "実施状況", "主な取組", "所管課", "備考"]


def sheet_of_2021(city, statuses_2020="完了 進行中 未着手", **parts):
    """The small city's blank sheet of 2021, each item of 2020 with a department of its own."""
    folder = city({2020: statuses_2020}, **parts) / "data" / "raw" / "machi"
    plan = load_plan(folder)
    frame = read_status_sheet(folder / "2020.csv", plan, FiscalYear(2020)).statuses
    frame = frame.assign(department=[f"{name}課" for name in frame["item"]])
    return opened(blank_sheet(plan, FiscalYear(2021), frame))["状況調査"]


def rows_of(sheet, *names):
    """What stands in the named columns, item by item."""
    columns = [column_of(sheet, name) for name in names]
    return [
        [sheet.cell(row, column).value or "" for column in columns] for row in range(5, sheet.max_row + 1)
    ]


LAST_YEAR = "令和2年度\n実施状況"


def test_an_item_that_takes_over_a_number_takes_over_nothing_else(city):
    assert rows_of(sheet_of_2021(city, items=TAKEN_OVER), "番号", "推進項目", LAST_YEAR, "所管課") == [
        ["1", "窓口の案内", "完了", "窓口の案内課"],
        ["2", "会議の録画", "", ""],
    ]


def test_a_renumbered_item_keeps_its_status_and_department(city):
    items = TAKEN_OVER + "5,1,会議の配信,2021,\n"
    change = '\n[[item_changes]]\nyear = 2021\nkind = "renumbered"\nfrom = ["2"]\nto = ["5"]\n'
    assert rows_of(sheet_of_2021(city, items=items, more=change), "番号", LAST_YEAR, "所管課") == [
        ["1", "完了", "窓口の案内課"],
        ["2", "", ""],
        ["5", "進行中", "会議の公開課"],
    ]


def test_a_plan_that_numbers_its_items_anew_has_no_last_year(city):
    items = TAKEN_OVER.replace("案内,2020,", "案内,2020,2020") + "1,1,相談の予約,2021,\n"
    sheet = sheet_of_2021(city, items=items)
    assert [cell.value for cell in sheet[4]][3] == "実施状況"
    assert rows_of(sheet, "番号", "推進項目", "所管課") == [["2", "会議の録画", ""], ["1", "相談の予約", ""]]


REDEFINED = f"""{SMALL_STATUSES}
[[statuses]]
name = "準備中"
last_year = 2020

[[status_changes]]
year = 2021
reason = "準備中を未着手にまとめた"
"""


def test_last_year_is_shown_in_the_words_of_this_year(city):
    statuses = REDEFINED + 'map = { "準備中" = "未着手" }\n'
    sheet = sheet_of_2021(city, "準備中 完了 進行中 完了", statuses=statuses)
    assert [row[0] for row in rows_of(sheet, LAST_YEAR)] == ["未着手", "完了", "進行中", "完了"]


def test_words_without_a_counterpart_are_left_out_and_departments_stay(city):
    sheet = sheet_of_2021(city, "準備中 完了 進行中 完了", statuses=REDEFINED)
    assert [cell.value for cell in sheet[4]][3:6] == ["実施状況", "主な取組", "所管課"]
    assert rows_of(sheet, "所管課")[0] == ["窓口の案内課"]


def test_statuses_are_chosen_from_a_list_on_the_how_to_page(kigou):
    workbook = opened(blank_sheet(kigou, YEAR))
    rules = {rule.type: rule for rule in workbook["状況調査"].data_validations.dataValidation}
    assert str(rules["list"].sqref) == "D5:D9"
    sheet, _, area = rules["list"].formula1.partition("!")
    assert sheet == "'記入方法'"
    assert [row[0].value for row in workbook["記入方法"][area.replace("$", "")]] == KIGOU
    assert rules["list"].showErrorMessage
    assert (rules["textLength"].operator, rules["textLength"].formula1) == ("lessThanOrEqual", "2000")


def test_only_what_a_department_writes_can_be_changed(minato):
    sheet = opened(blank_sheet(minato, YEAR))["状況調査"]
    assert sheet.protection.sheet
    open_columns = {
        sheet.cell(4, cell.column).value
        for row in sheet["A5:G10"]
        for cell in row
        if not cell.protection.locked
    }
    assert open_columns == {"実施状況", "主な取組", "所管課", "備考"}
    assert sheet["A4"].protection.locked


def test_it_prints_on_a4_with_the_header_on_every_page(minato):
    sheet = opened(blank_sheet(minato, YEAR))["状況調査"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # One page wide is what the format takes where the file says nothing.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.freeze_panes, sheet.oddFooter.center.text) == ("D5", "&P / &N")
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area == "'状況調査'!$A$1:$G$10"
    assert sheet["A1"].value == "架空みなと市推進計画【前期】 令和4年度 実施状況調査"


def test_it_is_the_same_every_time(minato):
    assert blank_sheet(minato, YEAR) == blank_sheet(minato, YEAR)


def test_names_that_look_like_formulas_stay_text(kigou):
    items = tuple(replace(item, name=f"=HYPERLINK({item.number})") for item in kigou.items)
    sheet = opened(blank_sheet(replace(kigou, items=items), YEAR))["状況調査"]
    assert (sheet["C5"].data_type, sheet["C5"].value) == ("s", "=HYPERLINK(1-1-1)")
    assert sheet["C5"].quotePrefix


def test_a_year_without_items_and_one_after_the_plan_are_errors(minato):
    with pytest.raises(DataError, match="令和6年度の推進項目がありません"):
        blank_sheet(replace(minato, items=()), FiscalYear(2024))
    with pytest.raises(DataError, match="令和8年度はどの推進計画の期間にもありません"):
        blank_sheet(minato, FiscalYear(2026))


def test_the_columns_that_the_plan_declares_are_filled_in_and_read_back(root) -> None:
    plan = load_plan(root / "tests" / "plans" / "shiosai")
    book = load_workbook(io.BytesIO(blank_sheet(plan, FiscalYear(2024))))
    sheet = book["状況調査"]
    headings = {cell.value: cell.column for cell in sheet[4]}
    assert list(headings)[-len(plan.declared.columns) :] == [
        column.heading for column in plan.declared.columns
    ]
    for row in range(5, 5 + len(plan.items_in(FiscalYear(2024)))):
        entries = {
            "実施状況": "順調",
            "評価の理由": "よい",
            "委員会の評価": "妥当",
            "適切": "5",
            "削減見込額": "1,000",
            "削減実績額": "△5",
        }
        for heading, text in entries.items():
            assert not sheet.cell(row, headings[heading]).protection.locked
            sheet.cell(row, headings[heading]).value = text
    sheet.cell(5, headings["指標"]).value = "ごみ"
    sheet.cell(5, headings["方向"]).value = "減"
    sheet.cell(5, headings["目標値"]).value = "10"
    reading = inspect_bytes(saved(book), "R6.xlsx", plan, FiscalYear(2024))
    assert reading.findings == () and reading.status_sheet is not None
    read = {value.role: value.text for value in reading.status_sheet.values if value.number == "1-1"}
    assert read == {
        "text": "よい", "planned": "1000", "actual": "-5", "word": "妥当", "適切": "5",
        "indicator": "ごみ", "better": "less", "target": "10",
    }  # fmt: skip
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert {'"増,減"', '"妥当,おおむね妥当,要改善"'} <= lists
    how_to = {row[0].value: row[1].value for row in book["記入方法"].iter_rows() if row[0].value}
    assert how_to["評価の理由"] == "400字までで書いてください（必須）。"
    assert how_to["削減見込額"].startswith("千円の額を、数だけで書いてください。")


TWO_A_ROW = """
[[measures]]
columns = { indicator = "指標", unit = "単位", better = "方向", baseline = "基準値", target = "目標値", actual = "実績値" }
rows = 2

[[fields]]
name = "理由"
"""
SHEET_OF_2020 = """\
番号,基本方針,推進項目,実施状況,所管課,理由,指標,単位,方向,基準値,目標値,実績値
1,1,窓口の案内,完了,市民課,よい,待ち時間,分,減,20,15,14
2,1,会議の公開,完了,総務課,,,,,,,
3,2,歩道の点検,進行中,道路課,,延長,km,増,,10,9
4,2,水道の更新,未着手,市民課,,,,,,,
"""


def sheets_of_two_years(city):
    folder = city({}, more=TWO_A_ROW) / "data" / "raw" / "machi"
    (folder / "2020.csv").write_text(SHEET_OF_2020, encoding="utf-8")
    plan = load_plan(folder)
    last = read_status_sheet(folder / "2020.csv", plan, FiscalYear(2020))
    # Item 1 has a second and a third indicator, which csv has no merged cells for.
    twice = [
        replace(
            value,
            part=f"{value.part}{n}",
            text=f"{value.part}{n}" if value.role == "indicator" else value.text,
        )
        for n in (2, 3)
        for value in last.values
        if value.kind == "measure" and value.number == "1"
    ]
    return plan, last, (*last.values, *twice)


def test_an_item_has_a_row_for_each_indicator_of_last_year_and_room_for_more(city):
    plan, last, values = sheets_of_two_years(city)
    sheet = opened(blank_sheet(plan, FiscalYear(2021), last.statuses, last_values=values))["状況調査"]
    first = column_of(sheet, "指標")
    cells = [
        [sheet.cell(row, column).value for column in (1, *range(first, first + 6))] for row in range(5, 14)
    ]
    assert cells == [
        ["1", "待ち時間", "分", "減", "20", None, None],
        [None, "待ち時間2", "分", "減", "20", None, None],
        [None, "待ち時間3", "分", "減", "20", None, None],
        ["2", None, None, None, None, None, None],
        [None, None, None, None, None, None, None],
        ["3", "延長", "km", "増", None, None, None],
        [None, None, None, None, None, None, None],
        ["4", None, None, None, None, None, None],
        [None, None, None, None, None, None, None],
    ]
    assert not sheet.cell(6, first).protection.locked
    assert "A5:A7" in {str(merged) for merged in sheet.merged_cells.ranges}


@pytest.mark.parametrize("department", [None, "市民課"])
def test_several_indicators_of_an_item_come_back_as_they_were_filled_in(city, department):
    plan, last, values = sheets_of_two_years(city)
    year = FiscalYear(2021)
    share = None if department is None else Share(department, ("1", "4"))
    book = opened(blank_sheet(plan, year, last.statuses, share, values))
    sheet = book["状況調査"]
    first, numbers = (
        column_of(sheet, "指標"),
        [sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)],
    )
    for row, number in enumerate(numbers, start=5):
        if number:
            sheet.cell(row, column_of(sheet, "実施状況")).value = "完了"
    for row, target, actual in ((5, "15", "14"), (6, "１，０００", "△5"), (7, "3", "未集計")):
        sheet.cell(row, first + 4).value, sheet.cell(row, first + 5).value = target, actual
    last_item = numbers.index("4") + 5
    for column, text in enumerate(["更新率", "%", "増", "", "90", "85.5"], start=first):
        sheet.cell(last_item + 1, column).value = text
    if department is None:
        sheet.cell(numbers.index("3") + 5, first + 4).value = "11"
    reading = inspect_bytes(saved(book), "R3.xlsx", plan, year)
    missing = {"missing_item"} if department else set()
    assert {finding.code for finding in reading.findings} == missing
    if department is None:
        read = {
            (v.number, v.part, v.role): v.text for v in reading.status_sheet.values if v.kind == "measure"
        }
        assert [read["1", name, "target"] for name in ("待ち時間", "待ち時間2", "待ち時間3")] == [
            "15",
            "1000",
            "3",
        ]
        assert [read["1", name, "actual"] for name in ("待ち時間", "待ち時間2", "待ち時間3")] == [
            "14",
            "-5",
            "未集計",
        ]
        assert (read["4", "更新率", "target"], read["4", "更新率", "actual"]) == ("90", "85.5")
        assert read["1", "待ち時間3", "better"] == "less"


def test_an_indicator_that_nobody_filled_in_is_said(city):
    plan, last, values = sheets_of_two_years(city)
    data = filled_in(blank_sheet(plan, FiscalYear(2021), last.statuses, last_values=values), "完了")
    reading = inspect_bytes(data, "R3.xlsx", plan, FiscalYear(2021))
    assert [finding.code for finding in reading.findings] == ["empty_measure"] * 4
    assert "指標「待ち時間」の目標値と実績値が空です" in str(reading.findings[0])
