"""Workbooks as they are read back by another library."""

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from helpers.files.xlsx import Xlsx

DAY = datetime(2023, 3, 31)


def written(*values: str | int | Decimal, **look: Any) -> Any:
    xlsx = Xlsx(DAY)
    sheet = xlsx.add_sheet("一", [8, 20], is_wide=True)
    for row, value in enumerate(values):
        xlsx.put(sheet, row, 0, value, look)
    return load_workbook(io.BytesIO(xlsx.to_bytes())).worksheets[0]


def test_text_stays_text_and_numbers_stay_numbers() -> None:
    texts = ("=1+1", "＝1", "https://example.jp/", "mailto:a", "007", "{=A1}", "_x0041_", "a  b\n c")
    sheet = written(*texts, 7, Decimal("0.762"))
    cells = [row[0] for row in sheet.iter_rows()]
    assert [cell.value for cell in cells] == [*texts, 7, 0.762]
    assert [cell.data_type for cell in cells] == ["s"] * len(texts) + ["n", "n"]
    assert [cell.quotePrefix for cell in cells[:3]] == [True, True, False]
    assert not any(cell.hyperlink for cell in cells)


def test_an_empty_text_is_a_look_without_a_value() -> None:
    cell = written("", bg_color="#FFF9E5")["A1"]
    assert (cell.value, cell.data_type, cell.fill.fgColor.rgb) == (None, "n", "FFFFF9E5")


def test_what_xml_cannot_hold_is_shown_as_such() -> None:
    assert written("窓口\x07\r\n案内")["A1"].value == "窓口\N{REPLACEMENT CHARACTER}\n案内"


def test_a_link_leads_to_the_first_cell_of_a_sheet() -> None:
    xlsx = Xlsx(DAY)
    sheet = xlsx.add_sheet("一", [8], is_wide=False)
    xlsx.add_sheet("二 #2", [8], is_wide=False)
    xlsx.link(sheet, 1, 0, "次へ", "二 #2", {"underline": 1})
    cell = load_workbook(io.BytesIO(xlsx.to_bytes()))["一"]["A2"]
    assert (cell.value, cell.hyperlink.location, cell.hyperlink.target) == ("次へ", "'二 #2'!A1", None)


def test_columns_are_as_wide_as_was_asked_and_pages_are_a4() -> None:
    sheet = written("課")
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [8, 20]
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
