"""tables.xlsx and tables.ods, read back."""

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
from books_read_back import Case, ods_sheets, records_in, xlsx_sheets
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.errors import ExportError
from helpers.export.files import FORMATS, table_files
from helpers.export.files.book import COVER, make_book
from helpers.export.files.contents import Publication
from helpers.export.files.fields import AMOUNT, CHANGE, SHARE, SHARE_CHANGE, Kind
from helpers.plan.printing import PrintingRules
from helpers.report.faces.records import values_of
from helpers.report.table import Table
from made_reports import every_table

READERS = {"xlsx": xlsx_sheets, "ods": ods_sheets}


def table(records: pd.DataFrame, table_id: str = "items", caption: str = "表の題") -> Table:
    return Table(id=table_id, caption=caption, printed=pd.DataFrame(), records=records, row_headers=())


def with_tables(case: Case, *tables: Table) -> Publication:
    return replace(case.publication, tables=tables)


def written(publication: Publication) -> dict[str, bytes]:
    book = make_book(publication)
    files = {name: content for form in FORMATS for name, content in form.write(book).items() if form.labels}
    return {kind: files[f"tables.{kind}"] for kind in READERS}


@pytest.mark.parametrize("kind", READERS)
def test_every_table_is_rebuilt_from_its_sheet(case: Case, kind: str) -> None:
    (cover, *_), *sheets = READERS[kind](case.files[f"tables.{kind}"]).items()
    assert cover == COVER
    for table, (_, rows) in zip(case.publication.tables, sheets, strict=True):
        assert rows[0][0] == table.caption
        assert records_in(rows) == (list(table.records.columns), values_of(table.records))


@pytest.mark.parametrize("kind", READERS)
def test_the_cover_says_what_the_data_is_and_leads_to_every_sheet_with_its_figures(
    case_2022: Case, kind: str
) -> None:
    content = case_2022.files[f"tables.{kind}"]
    sheets = READERS[kind](content)
    cover = {str(row[0]): str(row[1]) for row in sheets[COVER] if len(row) > 1}
    history = case_2022.publication.history
    assert sheets["計画全体の実施状況"][2:4] == [
        ["年度", "実施状況", "項目数", "割合", "前年項目数", "前年割合"],
        [2022, "実施", 34, Decimal("0.81"), 32, Decimal("0.762")],
    ]
    assert cover["市町村"] == "山口市"
    assert cover["データの時点"] == "令和4年度末（2023年3月31日）現在"
    assert cover["出典"] == history.plan.source
    assert all(history.sheets[year].source.sha256 in cover[str(year)] for year in history.sheets)
    assert set(list(sheets)[1:]) <= set(cover)
    text = "".join(str(cell) for row in sheets[COVER] for cell in row)
    assert "導出" in text and "資料がありません" in text and "四捨五入" in text
    if kind == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(content))[COVER].iter_rows()
        links = [cell.hyperlink.location.replace("!", ".") for row in rows for cell in row if cell.hyperlink]
    else:
        links = re.findall(r'xlink:href="#([^"]+)"', part(content, "content.xml"))[: len(sheets) - 1]
    assert links == [f"'{name}'.A1" for name in list(sheets)[1:]]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


@settings(max_examples=30)
@example("a\x07b")
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n  "), max_size=12))
def test_text_survives_in_both_and_what_xml_cannot_hold_is_shown_as_such(
    make_case: Callable[[str, int], Case], text: str
) -> None:
    made = table(pd.DataFrame({"item": [text], "remark": ["x"]}))
    files = written(with_tables(make_case("yamaguchi", 2018), made))
    for kind, read in READERS.items():
        expected = re.sub("[\x07\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", text)
        assert (list(read(files[kind]).values())[1][3][0] or "") == expected


@pytest.mark.parametrize(
    ("column", "value", "message"), [("item", "あ" * 32768, "items"), ("mystery", 1, "mystery")]
)
def test_a_text_too_long_for_a_cell_or_a_column_that_nobody_described_is_refused(
    case_2022: Case, column: str, value: object, message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        make_book(with_tables(case_2022, table(pd.DataFrame({column: [value]}))))


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


def test_no_caption_is_cut_off_where_the_columns_end(case_2022: Case) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(case_2022.files["tables.xlsx"]))
    for sheet in workbook.worksheets[1:]:
        printed = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[3]]
        assert sum(printed) >= 1.35 * len(str(sheet["A1"].value).encode("cp932", "replace"))


def test_sheets_are_set_up_for_reading_and_printing(case_2022: Case) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(case_2022.files["tables.xlsx"]))
    for sheet in workbook.worksheets[1:]:
        assert sheet.freeze_panes == "A4"
        assert sheet["A3"].font.bold and sheet["A3"].fill.fgColor.rgb == "FFDCE6F1"
        assert sheet.print_title_rows == "$3:$3" and sheet.page_setup.paperSize == 9
        assert sheet.auto_filter.ref.startswith("A3:")
        assert sheet["A2"].hyperlink.location == "'表紙'!A1"
        for column, cell in enumerate(sheet[3]):
            texts = [str(row[column].value or "") for row in sheet.iter_rows(min_row=4)]
            widest = max(len(text.encode("cp932", "replace")) for text in texts)
            assert sheet.column_dimensions[cell.column_letter].width >= min(widest, 60)
    # Landscape: too wide for upright paper at 70 %, or wide and of few rows.
    for name in ("令和4年度の主な取組", "基本方針別の実施状況"):
        assert workbook[name].page_setup.orientation == "landscape"
    # Upright paper holds twice the rows: long tables are set on it too, down to 70 %, and what fits it in full size.
    for name in ("表紙", "計画全体の実施状況", "推進項目の歩み"):
        assert workbook[name].page_setup.orientation == "portrait"
    sheet = workbook["基本方針別の実施状況"]
    formats = {title.value: sheet.cell(4, title.column).number_format for title in sheet[3]}
    assert (formats["年度"], formats["項目数"], formats["割合"]) == ("0", "#,##0", "0.0%")
    assert formats["前年比（割合）"] == '"+"0.0%;"△"0.0%;"-"'
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
        (AMOUNT, PrintingRules(), "#,##0"),
    ],
)
def test_numbers_are_shown_as_the_plan_prints_them(kind: Kind, rules: PrintingRules, code: str) -> None:
    assert kind.shown(rules) == code


def test_amounts_are_shown_with_all_their_digits_and_are_text_where_a_spreadsheet_would_drop_some(
    case_2022: Case,
) -> None:
    amounts = [
        "12000",
        "-413.0",
        "123456789012.5",
        "999999999.123456",
        "9999999999.123456",
        "-123456789012.123456",
    ]
    computed = 0.1 + 0.2  # 0.30000000000000004
    records = pd.DataFrame({"planned": [*map(Decimal, amounts), computed]}, dtype=object)
    files = written(with_tables(case_2022, table(records, caption="額")))
    workbook = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    sheet = workbook["額"]
    cells = [sheet.cell(row, 1) for row in range(4, 11)]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (12000, "#,##0"),
        (-413, "#,##0.0"),
        (123456789012.5, "#,##0.0"),
        (999999999.123456, "#,##0.000000"),
        ("9,999,999,999.123456", "General"),
        ("-123,456,789,012.123456", "General"),
        (0.3, "General"),
    ]
    content = part(files["ods"], "content.xml")
    assert "<text:p>-123,456,789,012.123456</text:p>" in content
    assert 'office:value="123456789012.5" table:style-name="n-amount-1"' in content
    assert 'style:name="n-amount-6" ' in content
    note = "※15桁を超える数は、表計算ソフトが下の桁を落とすため、文字列で示しています。計算には csv を使ってください。"
    assert [row[1].value for row in workbook[COVER] if row[0].value == "額"][-1] == note


def test_the_same_tables_give_the_same_bytes_with_no_date_but_that_of_the_data(case_2022: Case) -> None:
    history = case_2022.publication.history
    assert table_files(history, every_table(history)) == case_2022.files
    for kind in READERS:
        with zipfile.ZipFile(io.BytesIO(case_2022.files[f"tables.{kind}"])) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    first = archive.infolist()[0]
    # What an ods begins with.
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    properties = openpyxl.load_workbook(io.BytesIO(case_2022.files["tables.xlsx"])).properties
    assert properties.created == properties.modified == datetime(2023, 3, 31)
    meta = part(case_2022.files["tables.ods"], "meta.xml")
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", meta)) == {"2023-03-31T00:00:00"}


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
    assert (
        {"tables.xlsx", "tables.ods"}
        <= {file for form in FORMATS for file in form.labels}
        <= set(case_2022.files)
    )
