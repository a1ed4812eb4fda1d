"""Rows that begin with ※: items marked so, and notes."""

from dataclasses import replace

import pytest

from helpers.fiscal_year import FiscalYear
from helpers.sheets import SheetReading
from spreadsheets import inspect_bytes

HEADER = ",番号,実施状況,主な取組\n"


@pytest.fixture
def read(minato):
    """Read a sheet of the first two items."""
    plan = replace(minato, items=minato.items[:2])

    def read_lines(lines: str) -> SheetReading:
        return inspect_bytes(lines.encode(), "R4.csv", plan, FiscalYear(2022))

    return read_lines


def test_an_item_that_is_marked_is_an_item_and_no_note(read):
    reading = read(f"{HEADER}※,1,実施,本文\n,2,検討中,\n")
    assert reading.findings == ()
    assert reading.status_sheet.statuses["status"].tolist() == ["実施", "検討中"]
    assert reading.status_sheet.statuses["activities"].tolist() == ["本文", ""]
    assert reading.status_sheet.notes == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [("※,2,,", "missing_status"), ("※,2,済,", "unknown_status"), ("※,99,実施,", "unknown_item")],
)
def test_what_is_wrong_with_a_marked_item_is_said_of_its_row(read, row, code):
    findings = read(f"{HEADER},1,実施,\n{row}\n").findings
    assert (findings[0].code, findings[0].cell[1:]) == (code, "3")


def test_a_note_of_several_cells_is_a_note(read):
    reading = read(f"※印は,重点項目,実施,\n{HEADER}※,1,実施,\n,2,実施,\n※ 速報値,,,\n※注,1つの項目は,未定,\n")
    assert reading.findings == ()
    assert reading.status_sheet.notes == ("印は", "重点項目", "実施", "速報値", "注", "1つの項目は", "未定")


def test_a_count_that_is_marked_is_a_count(read):
    reading = read(",実施状況,項目数\n※,実施,1\n,一部実施,0\n※,検討中,1\n,未実施,0\n")
    assert reading.findings == ()
    assert reading.status_sheet.statuses["items"].tolist() == [1, 0, 1, 0]
