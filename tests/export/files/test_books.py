"""tables.xlsx and tables.ods, read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from books_read_back import HOSTILE, Case, ods_sheets, records_in, xlsx_sheets
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import ExportError
from helpers.export.files import FORMATS, table_files
from helpers.export.files.book import COVER, make_book
from helpers.export.files.contents import Publication
from helpers.export.files.fields import CHANGE, FIELDS, SHARE, SHARE_CHANGE
from helpers.export.files.number_formats import format_of
from helpers.plan.printing import PrintingRules
from helpers.report.records import values_of
from helpers.report.table import Table
from made_reports import every_table

READERS = {"xlsx": xlsx_sheets, "ods": ods_sheets}


def table(records: pd.DataFrame, table_id: str = "items", caption: str = "表の題") -> Table:
    return Table(table_id, caption, pd.DataFrame(), records, ())


def with_tables(case: Case, *tables: Table) -> Publication:
    return replace(case.publication, tables=tables)


def written(publication: Publication) -> dict[str, bytes]:
    book = make_book(publication)
    return {kind: FORMATS[kind].write(book)[f"tables.{kind}"] for kind in READERS}


@pytest.mark.parametrize("kind", READERS)
def test_every_table_is_rebuilt_from_its_sheet(case: Case, kind: str) -> None:
    sheets = READERS[kind](case.files[f"tables.{kind}"])
    assert next(iter(sheets)) == COVER
    tables = case.publication.tables
    assert len(sheets) == 1 + len(tables)
    for table, rows in zip(tables, list(sheets.values())[1:], strict=True):
        assert rows[0][0] == table.caption
        assert records_in(rows) == (list(table.records.columns), values_of(table.records))


@pytest.mark.parametrize("kind", READERS)
def test_the_figures_of_the_reference_year_stand_in_it(case_2022: Case, kind: str) -> None:
    rows = READERS[kind](case_2022.files[f"tables.{kind}"])["計画全体の実施状況"]
    assert rows[2] == ["年度", "実施状況", "項目数", "割合", "前年項目数", "前年割合"]
    assert rows[3] == [2022, "実施", 34, Decimal("0.81"), 32, Decimal("0.762")]


@pytest.mark.parametrize("kind", READERS)
def test_the_cover_says_what_the_data_is_and_leads_to_every_sheet(case_2022: Case, kind: str) -> None:
    content = case_2022.files[f"tables.{kind}"]
    sheets = READERS[kind](content)
    cover = {str(row[0]): str(row[1]) for row in sheets[COVER] if len(row) > 1}
    history = case_2022.publication.history
    assert cover["市町村"] == "山口市"
    assert cover["データの時点"] == "令和4年度末（2023年3月31日）現在"
    assert cover["出典"] == history.plan.source
    assert all(history.sheets[year].source.sha256 in cover[str(year)] for year in history.sheets)
    assert set(list(sheets)[1:]) <= set(cover)
    text = "".join(str(cell) for row in sheets[COVER] for cell in row)
    assert "導出" in text and "資料がありません" in text and "四捨五入" in text
    if kind == "xlsx":
        links = [
            cell.hyperlink.location
            for row in openpyxl.load_workbook(io.BytesIO(content))[COVER].iter_rows()
            for cell in row
            if cell.hyperlink
        ]
        assert links == [f"'{name}'!A1" for name in list(sheets)[1:]]
    else:
        assert re.findall(r'xlink:href="#([^"]+)"', part(content, "content.xml"))[: len(sheets) - 1] == [
            f"'{name}'.A1" for name in list(sheets)[1:]
        ]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula(case_2022: Case, text: str) -> None:
    kept = text.replace("\r", "\n")
    files = written(with_tables(case_2022, table(pd.DataFrame({"item": [text]}), caption=kept)))
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).worksheets[1]
    for cell in (sheet["A1"], sheet["A4"]):
        assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", kept, not text.startswith("'"))
    assert "<f>" not in part(files["xlsx"], "xl/worksheets/sheet2.xml")
    assert "formula" not in part(files["ods"], "content.xml")
    assert list(ods_sheets(files["ods"]).values())[1][3] == [kept]


@settings(deadline=None, max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n  "), max_size=12))
def test_text_survives_in_both(make_case: Callable[[str, int], Case], text: str) -> None:
    made = table(pd.DataFrame({"item": [text], "remark": ["x"]}))
    files = written(with_tables(make_case("yamaguchi", 2018), made))
    expected = text.replace("\ufffe", "\N{REPLACEMENT CHARACTER}").replace(
        "\uffff", "\N{REPLACEMENT CHARACTER}"
    )
    for kind, read in READERS.items():
        assert (list(read(files[kind]).values())[1][3][0] or "") == expected


@pytest.mark.parametrize("kind", READERS)
def test_a_character_that_xml_cannot_hold_is_shown_as_such(case_2022: Case, kind: str) -> None:
    files = written(with_tables(case_2022, table(pd.DataFrame({"item": ["a\x07b"]}))))
    assert list(READERS[kind](files[kind]).values())[1][3] == ["a\N{REPLACEMENT CHARACTER}b"]


def test_a_text_that_a_cell_cannot_hold_is_refused_not_cut(case_2022: Case) -> None:
    with pytest.raises(ExportError, match="items"):
        make_book(with_tables(case_2022, table(pd.DataFrame({"item": ["あ" * 32768]}))))


def test_a_column_that_nobody_described_is_refused(case_2022: Case) -> None:
    with pytest.raises(ExportError, match="mystery"):
        make_book(with_tables(case_2022, table(pd.DataFrame({"mystery": [1]}))))


@pytest.mark.parametrize(
    ("captions", "names"),
    [
        (["計画全体（令和4年度）", "計画全体"], ["計画全体", "計画全体（2）"]),
        (["a/b:c*d?e[f]\\'g'"], ["a／b：c＊d？e［f］＼’g’"]),
        (["あ" * 40, "あ" * 40], ["あ" * 30 + "…", "あ" * 27 + "…（2）"]),
        (["𠮷" * 20], ["𠮷" * 15 + "…"]),
        (["表紙", "履歴", "（）"], ["表紙（2）", "履歴（2）", "表"]),
    ],
)
def test_captions_become_legal_names_of_sheets(
    case_2022: Case, captions: list[str], names: list[str]
) -> None:
    tables = [table(pd.DataFrame({"item": ["x"]}), caption=caption) for caption in captions]
    book = make_book(with_tables(case_2022, *tables))
    assert [sheet.name for sheet in book.sheets] == names
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


def test_sheets_are_set_up_for_reading_and_printing(case_2022: Case) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(case_2022.files["tables.xlsx"]))
    for sheet in workbook.worksheets[1:]:
        assert sheet.freeze_panes == "A4"
        assert sheet["A3"].font.bold and sheet["A3"].fill.fgColor.rgb == "FFDCE6F1"
        assert sheet.print_title_rows == "$3:$3" and sheet.page_setup.paperSize == 9
        assert sheet.auto_filter.ref.startswith("A3:")
        assert sheet["A2"].hyperlink.location == "'表紙'!A1"
        for place, cell in enumerate(sheet[3]):
            texts = [str(row[place].value or "") for row in sheet.iter_rows(min_row=4)]
            widest = max(len(text.encode("cp932", "replace")) for text in texts)
            assert sheet.column_dimensions[cell.column_letter].width >= min(widest, 60)
    assert workbook["基本方針別の実施状況"].page_setup.orientation == "landscape"
    assert workbook["計画全体の実施状況"].page_setup.orientation == "portrait"
    content, view = (part(case_2022.files["tables.ods"], f"{n}.xml") for n in ("content", "settings"))
    tables = len(workbook.worksheets) - 1
    assert content.count("<table:table-header-rows>") == tables
    assert view.count('"VerticalSplitPosition" config:type="int">3<') == tables
    assert content.count('display-filter-buttons="true"') == tables


@pytest.mark.parametrize(
    ("kind", "rules", "code"),
    [
        (SHARE, PrintingRules(), "0.0%"),
        (SHARE, PrintingRules(decimals=0), "0%"),
        (SHARE, PrintingRules(decimals=2), "0.00%"),
        (SHARE_CHANGE, PrintingRules(), '"+"0.0%;"△"0.0%;"-"'),
        (CHANGE, PrintingRules(increase="", decrease="▲", no_change="±0"), '#,##0;"▲"#,##0;"±0"'),
    ],
)
def test_numbers_are_shown_as_the_plan_prints_them(kind: str, rules: PrintingRules, code: str) -> None:
    assert format_of(kind, rules).code == code


def test_shares_and_changes_carry_their_formats(case_2022: Case) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(case_2022.files["tables.xlsx"]))["基本方針別の実施状況"]
    formats = {title.value: sheet.cell(4, title.column).number_format for title in sheet[3]}
    assert formats["項目数"] == "#,##0"
    assert formats["割合"] == "0.0%"
    assert formats["前年比（割合）"] == '"+"0.0%;"△"0.0%;"-"'
    assert formats["年度"] == "0"


def test_the_same_tables_give_the_same_bytes(case_2022: Case) -> None:
    again = table_files(case_2022.publication.history, every_table(case_2022.publication.history))
    assert again == case_2022.files
    for kind in READERS:
        with zipfile.ZipFile(io.BytesIO(case_2022.files[f"tables.{kind}"])) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_only_date_is_the_one_of_the_data(case_2022: Case) -> None:
    properties = openpyxl.load_workbook(io.BytesIO(case_2022.files["tables.xlsx"])).properties
    assert properties.created == properties.modified == datetime(2023, 3, 31)
    meta = part(case_2022.files["tables.ods"], "meta.xml")
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", meta)) == {"2023-03-31T00:00:00"}


def test_an_ods_begins_with_its_type_uncompressed(case_2022: Case) -> None:
    with zipfile.ZipFile(io.BytesIO(case_2022.files["tables.ods"])) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_every_title_is_used_once() -> None:
    titles = [field.title for field in FIELDS.values()]
    assert len(set(titles)) == len(titles)


def test_a_long_text_is_wrapped_in_a_row_that_is_high_enough(case_2022: Case) -> None:
    text = "令和4年度に行ったことを、一つの文で書いた長い説明である。" * 3
    made = table(pd.DataFrame({"item": ["短い", text], "items": [1, 2]}))
    sheet = openpyxl.load_workbook(io.BytesIO(written(with_tables(case_2022, made))["xlsx"])).worksheets[1]
    assert [bool(sheet[cell].alignment.wrap_text) for cell in ("A4", "A5")] == [False, True]
    # 171 half-width columns in a column of 61: three lines of 18.75 points.
    assert (sheet.row_dimensions[4].height, sheet.row_dimensions[5].height) == (None, 56.25)
    assert [sheet[cell].alignment.horizontal for cell in ("A3", "B3", "B4")] == ["left", "right", "right"]
    assert {sheet[cell].font.name for cell in ("A1", "A2", "A3", "A4", "B5")} == {"游ゴシック"}


def test_every_file_that_the_list_of_reports_names_is_written(case_2022: Case) -> None:
    assert set(FORMATS) == {"csv", "xlsx", "ods"}
    named = {file for form in FORMATS.values() for file in form.labels}
    assert named == {"tables.xlsx", "tables.ods"} and named <= set(case_2022.files)
