"""The marked copy that goes back to a department."""

import io

import pytest
from openpyxl import load_workbook

from helpers.errors import DataError
from helpers.fiscal_year import FiscalYear
from helpers.sheets import inspect_sheet
from helpers.sheets.outgoing.marks.finding_list import RESULT_SHEET
from spreadsheets import inspect_bytes, mark_up

YEAR = FiscalYear(2022)


def marked(path, plan):
    reading = inspect_sheet(path, plan, YEAR)
    return reading, load_workbook(io.BytesIO(mark_up(path, reading.findings)))


@pytest.mark.parametrize(
    "name", ["unknown_status.xlsx", "formula_with_an_error_xls.xls", "formula_with_an_error.ods"]
)
def test_a_finding_is_a_comment_and_a_colour_at_its_cell(sheets_folder, minato, name):
    reading, workbook = marked(sheets_folder / name, minato)
    cell = workbook["状況調査"]["D4"]
    assert cell.comment.text == f"【誤り】{reading.findings[0].message}"
    assert cell.fill.fgColor.rgb == "00F8CBAD"
    assert workbook["状況調査"]["D5"].comment is None


def test_all_findings_are_listed_with_links_to_their_cells(sheets_folder, minato):
    reading, workbook = marked(sheets_folder / "everything_at_once.csv", minato)
    rows = list(workbook[RESULT_SHEET].iter_rows(min_row=2, values_only=True))
    assert rows == [("誤り", None, finding.cell, finding.message) for finding in reading.findings]
    assert workbook[RESULT_SHEET]["C2"].hyperlink.location == "'状況調査'!A1"
    assert workbook["状況調査"]["D3"].comment is not None


def test_warnings_have_a_colour_of_their_own(sheets_folder, minato):
    _, workbook = marked(sheets_folder / "hidden_rows_and_columns.xlsx", minato)
    assert workbook["状況調査"]["A4"].fill.fgColor.rgb == "00FFE699"
    assert workbook["状況調査"]["A4"].comment.text.startswith("【注意】")
    assert workbook["状況調査"].row_dimensions[4].hidden


def test_the_copy_keeps_the_cells_and_gives_the_same_findings_again(sheets_folder, minato):
    path = sheets_folder / "unknown_status.xlsx"
    reading = inspect_sheet(path, minato, YEAR)
    first = mark_up(path, reading.findings)
    again = inspect_bytes(first, path.name, minato, YEAR)
    assert again.findings == reading.findings
    workbook = load_workbook(io.BytesIO(mark_up(first, again.findings)))
    assert workbook.sheetnames == ["状況調査", RESULT_SHEET]
    assert workbook["状況調査"]["D4"].comment.text.count("【誤り】") == 1


def test_a_corrected_copy_reads_without_a_finding(sheets_folder, minato):
    path = sheets_folder / "unknown_status.xlsx"
    workbook = load_workbook(io.BytesIO(mark_up(path, inspect_sheet(path, minato, YEAR).findings)))
    workbook["状況調査"]["D4"].value = "一部実施"
    stream = io.BytesIO()
    workbook.save(stream)
    assert inspect_bytes(stream.getvalue(), "R4.xlsx", minato).findings == ()


def test_two_findings_at_one_cell_share_a_comment(sheets_folder, minato):
    reading = inspect_sheet(sheets_folder / "unknown_status.xlsx", minato, YEAR)
    data = mark_up(sheets_folder / "unknown_status.xlsx", [*reading.findings, *reading.findings])
    comment = load_workbook(io.BytesIO(data))["状況調査"]["D4"].comment
    assert comment.text.count("【誤り】") == 2


@pytest.mark.parametrize(
    "name", ["password.xlsx", "truncated.xlsx", "empty.csv", "cell_far_away.xlsx", "not_text.csv"]
)
def test_a_file_that_cannot_be_opened_gives_the_list_alone(sheets_folder, minato, name):
    reading, workbook = marked(sheets_folder / name, minato)
    assert workbook.sheetnames == [RESULT_SHEET]
    assert workbook[RESULT_SHEET]["D2"].value == reading.findings[0].message


def test_a_sheet_without_findings_says_so(sheets_folder, minato):
    _, workbook = marked(sheets_folder / "plain.xlsx", minato)
    assert workbook[RESULT_SHEET]["D2"].value == "気づいた点はありません。"


def test_control_characters_and_formulas_cannot_break_the_copy(sheets_folder, minato):
    _, workbook = marked(sheets_folder / "control_character.csv", minato)
    assert workbook["状況調査"]["E3"].value == "総合窓口を□開いた。"
    data = mark_up("番号,実施状況\n=1+1,実施\n".encode(), [])
    assert load_workbook(io.BytesIO(data))["状況調査"]["A2"].data_type == "s"


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(DataError, match=r"R4\.xlsx: ファイルがありません"):
        mark_up(tmp_path / "R4.xlsx", [])
