import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import ExportError
from helpers.table import Table
from helpers.tabular import table_csv, tables_workbook
from helpers.tabular.text import TRIGGERS, guarded, is_formula_like, unguarded

HOSTILE = ["=1+1", "+81", "-1", "@SUM(A1)", "＝1＋1", "＋1", "－1", "＠A", "\t=1", "\r=1", "\n=1", "'=1+1"]


def table(records, table_id="overall"):
    return Table(table_id, "見出し", pd.DataFrame(), records, ())


def read_back(workbook, table_id="overall"):
    return openpyxl.load_workbook(io.BytesIO(workbook))[table_id]


RECORDS = pd.DataFrame(
    {
        "status": ["実施", "未実施"],
        "items": pd.array([34, pd.NA], dtype="Int64"),
        "change_items": [-1, 0],
        "share": [Decimal("0.810"), None],
    }
)


def test_csv_holds_figures_as_they_are_and_nothing_for_missing():
    assert table_csv(RECORDS) == "status,items,change_items,share\n実施,34,-1,0.810\n未実施,,0,\n".encode()


def test_a_record_of_one_empty_cell_is_a_record():
    assert table_csv(pd.DataFrame({"note": ["", "x"]})) == b'note\n""\nx\n'


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_in_a_csv_is_a_formula(text):
    content = table_csv(pd.DataFrame({"item": [text]})).decode()
    (cell,) = list(csv.reader(io.StringIO(content, newline="")))[1]
    assert not is_formula_like(cell)
    assert unguarded(cell) == text


@given(st.text(alphabet=[*(trigger[0] for trigger in TRIGGERS), "'", "実", "1"]))
def test_guarding_is_safe_and_reversible(text):
    assert not is_formula_like(guarded(text))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\r" not in text])
def test_no_text_in_a_workbook_is_a_formula(text):
    cell = read_back(tables_workbook([table(pd.DataFrame({"item": [text]}))]))["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix == is_formula_like(text)


def test_a_workbook_holds_real_numbers_with_the_printed_digits():
    sheet = read_back(tables_workbook([table(RECORDS)]))
    assert [cell.value for cell in sheet[1]] == ["status", "items", "change_items", "share"]
    assert [cell.value for cell in sheet[2]] == ["実施", 34, -1, 0.81]
    assert [cell.value for cell in sheet[3]] == ["未実施", None, 0, None]
    assert (sheet["B2"].data_type, sheet["D2"].number_format) == ("n", "0.0%")
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"


def test_each_table_has_its_sheet_in_order():
    workbook = tables_workbook([table(RECORDS, "summary"), table(RECORDS, "overall")])
    assert openpyxl.load_workbook(io.BytesIO(workbook)).sheetnames == ["summary", "overall"]


def test_a_workbook_carries_no_time():
    workbook = tables_workbook([table(RECORDS)])
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_a_character_that_xml_cannot_hold_is_shown_as_such():
    sheet = read_back(tables_workbook([table(pd.DataFrame({"item": ["a\x07b"]}))]))
    assert sheet["A2"].value == "a\N{REPLACEMENT CHARACTER}b"


def test_a_text_that_a_cell_cannot_hold_is_refused_not_cut():
    with pytest.raises(ExportError, match="overall"):
        tables_workbook([table(pd.DataFrame({"item": ["あ" * 32768]}))])
