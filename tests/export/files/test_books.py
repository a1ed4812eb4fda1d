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
from books_read_back import Case, ods_sheets, ods_tables, records_in, xlsx_sheets, xlsx_tables
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

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
TABLES = {"xlsx": xlsx_tables, "ods": ods_tables}


def table(records: pd.DataFrame, table_id: str = "items", caption: str = "表の題") -> Table:
    return Table(id=table_id, caption=caption, printed=pd.DataFrame(), records=records, row_headers=())


def with_tables(case: Case, *tables: Table) -> Publication:
    return replace(case.publication, tables=tables)


def written(publication: Publication) -> dict[str, bytes]:
    book = make_book(publication)
    files = {name: content for form in FORMATS for name, content in form.write(book).items() if form.labels}
    return {kind: files[f"tables.{kind}"] for kind in READERS}


@pytest.mark.parametrize("kind", READERS)
def test_every_table_is_rebuilt_from_the_range_that_bears_its_name(case: Case, kind: str) -> None:
    content = case.files[f"tables.{kind}"]
    assert next(iter(READERS[kind](content))) == COVER
    found = TABLES[kind](content)
    assert sorted(found) == sorted(f"table_{table.id}" for table in case.publication.tables)
    for table in case.publication.tables:
        read = found[f"table_{table.id}"]
        assert read.caption == table.caption
        assert records_in(*read.rows) == (list(table.records.columns), values_of(table.records))


@pytest.mark.parametrize("kind", READERS)
def test_the_cover_says_what_the_data_is_and_leads_to_every_table_with_its_figures(
    case_2022: Case, kind: str
) -> None:
    content = case_2022.files[f"tables.{kind}"]
    sheets = READERS[kind](content)
    # A table's line of the contents comes before its notes.
    cover = {str(row[0]): str(row[1]) for row in reversed(sheets[COVER]) if len(row) > 1}
    history = case_2022.publication.history
    assert TABLES[kind](content)["table_overall"].rows[:2] == [
        ["年度", "実施状況", "項目数", "割合", "前年項目数", "前年割合"],
        [2022, "実施", 34, Decimal("0.81"), 32, Decimal("0.762")],
    ]
    assert cover["市町村"] == "山口市"
    assert cover["データの時点"] == "令和4年度末（2023年3月31日）現在"
    assert cover["出典"] == history.plan.source
    assert all(history.sheets[year].source.sha256 in cover[str(year)] for year in history.sheets)
    text = "".join(str(cell) for row in sheets[COVER] for cell in row)
    assert "導出" in text and "資料がありません" in text and "四捨五入" in text
    assert cover["計画全体の実施状況"] == "計画全体の実施状況（5行）　シート「主な表」"
    assert cover["推進項目の歩み"] == "推進項目の歩み（平成30年度から令和4年度まで）（210行）"
    if kind == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(content))[COVER].iter_rows()
        links = [cell.hyperlink.location.replace("!", ".") for row in rows for cell in row if cell.hyperlink]
    else:
        links = re.findall(r'xlink:href="#([^"]+)"', part(content, "content.xml"))
        links = [link for link in links if link != f"'{COVER}'.A1"]
    led_to = [re.fullmatch(r"'(.+)'\.A(\d+)", link).groups() for link in links]
    captions = [sheets[sheet][int(row) - 1][0] for sheet, row in led_to]
    assert sorted(map(str, captions)) == sorted(table.caption for table in case_2022.publication.tables)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


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
        (["表紙", "履歴", "（）", "主な表"], ["表紙（2）", "履歴（2）", "表", "主な表"]),
    ],
)
def test_captions_become_legal_names_of_sheets(
    case_2022: Case, captions: list[str], names: list[str]
) -> None:
    tables = [table(pd.DataFrame({"item": ["x"]}), caption=caption) for caption in captions]
    book = make_book(with_tables(case_2022, *tables))
    (sheet,) = book.sheets
    assert [each.name for each in sheet.tables] == names
    assert sheet.name == (names[0] if len(names) == 1 else "主な表（2）" if "主な表" in names else "主な表")
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


def counted_table(name: str, rows: int) -> Table:
    made = table(pd.DataFrame({"item": ["x"] * rows, "items": [*range(rows)]}), f"own_{rows}", name)
    return replace(made, key=("items",))


def test_short_tables_share_a_page_and_long_ones_have_a_worksheet_of_their_own(case_2022: Case) -> None:
    tables = [
        counted_table("甲", 12),
        counted_table("乙", 90),
        counted_table("丙", 11),
        counted_table("丁", 30),
    ]
    book = make_book(with_tables(case_2022, *tables))
    # 12 and 11 rows with captions and headers fill 29 lines; with 30 more, letters would have 6 points.
    assert [(sheet.name, len(sheet.tables)) for sheet in book.sheets] == [("主な表", 2), ("乙", 1), ("丁", 1)]
    assert [(each.top, each.header, each.last) for each in book.sheets[0].tables] == [
        (0, 2, 14),
        (16, 17, 28),
    ]
    workbook = openpyxl.load_workbook(io.BytesIO(written(book.publication)["xlsx"]))
    pages = {sheet.title: sheet.page_setup.fitToHeight for sheet in workbook.worksheets[1:]}
    assert pages == {"主な表": None, "乙": 0, "丁": 0}  # None: one page
    assert [workbook[name].freeze_panes for name in pages] == [None, "A4", "A4"]


def test_a_few_rows_never_stand_alone_where_the_page_of_a_longer_table_has_room(case_2022: Case) -> None:
    book = make_book(with_tables(case_2022, counted_table("甲", 3), counted_table("乙", 40)))
    assert [[each.name for each in sheet.tables] for sheet in book.sheets] == [["乙", "甲"]]


def test_long_texts_are_narrowed_where_tables_would_not_fit_under_one_another(case_2022: Case) -> None:
    wide = [f"{name}{'長' * 32}" for name in "甲乙"]
    first = table(pd.DataFrame({"item": wide, "remark": wide, "items": [1, 2]}), caption="甲")
    second = pd.DataFrame({"items": [1], "number": ["1"], "status": ["実施"], "department": wide[:1]})
    (sheet,) = make_book(with_tables(case_2022, first, table(second, caption="乙"))).sheets
    assert sheet.widths == [40, 40, 12, 40]
    assert sheet.lines_of_row(first.records.iloc[0].tolist()) == 2
    # A text as wide as its column may wrap, and its row is high enough for it.
    assert [(sheet.is_wrapped(text, 0), sheet.lines_of_row([text])) for text in ("長" * 19, "長" * 20)] == [
        (False, 1), (True, 2),
    ]  # fmt: skip


def test_two_columns_of_one_title_are_told_apart_and_a_table_without_rows_is_written(case_2022: Case) -> None:
    records = pd.DataFrame({"a": [1], "b": [2], "A": [3]})
    twice = Table(
        id="own", caption="表", printed=pd.DataFrame(), records=records, row_headers=(), key=("a",),
        fields={"a": "数", "b": "数", "A": "数（2）"},
    )  # fmt: skip
    files = written(with_tables(case_2022, twice, table(pd.DataFrame({"item": []}), caption="空")))
    for kind, read in TABLES.items():
        assert read(files[kind])["table_own"].rows[0] == ["数", "数（2）", "数（2）（2）"]
        assert READERS[kind](files[kind])["空"][2][0] == "推進項目"


def test_no_caption_is_cut_off_where_the_columns_end(case_2022: Case) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(case_2022.files["tables.xlsx"]))
    for sheet in workbook.worksheets[1:]:
        captions = [str(sheet.cell(row, 1).value) for row in rows_of_captions(sheet)]
        printed = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[3]]
        widest = max(len(caption.encode("cp932", "replace")) for caption in captions)
        assert sum(printed) >= 1.35 * widest


def rows_of_captions(sheet: Worksheet) -> list[int]:
    """The rows of a sheet's captions: the first, and those above the headers of further tables."""
    headers = sorted(coordinate_to_tuple(area.partition(":")[0])[0] for _, area in sheet.tables.items())
    return [1, *(header - 1 for header in headers[1:])]


def test_sheets_are_set_up_for_reading_and_printing(case_2022: Case) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(case_2022.files["tables.xlsx"]))
    alone = 0
    for sheet in workbook.worksheets[1:]:
        areas = [area.split(":") for _, area in sheet.tables.items()]
        is_alone = len(areas) == 1
        alone += is_alone
        assert sheet.freeze_panes == ("A4" if is_alone else None)
        assert sheet.print_title_rows == ("$3:$3" if is_alone else None)
        assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == (0 if is_alone else None)  # one page, as the format has it
        assert sheet["A2"].hyperlink.location == "'表紙'!A1"
        for first, last in areas:
            (top, _), (bottom, right) = map(coordinate_to_tuple, (first, last))
            header, *records = sheet.iter_rows(min_row=top, max_row=bottom, max_col=right)
            assert all(cell.font.bold and cell.fill.fgColor.rgb == "FFDCE6F1" for cell in header)
            for column, cell in enumerate(header):
                texts = [str(row[column].value or "") for row in records]
                widest = max(len(text.encode("cp932", "replace")) for text in texts)
                assert sheet.column_dimensions[cell.column_letter].width >= min(widest, 39)
    # Landscape: wide for its few rows.
    assert workbook["計画・照合・出典"].page_setup.orientation == "landscape"
    # Upright paper holds twice the rows: long tables are set on it too, down to 70 %, and what fits it in full size.
    for name in ("表紙", "主な表（2）", "推進項目の歩み"):
        assert workbook[name].page_setup.orientation == "portrait"
    found = xlsx_tables(case_2022.files["tables.xlsx"])["table_by_policy"]
    sheet = workbook[found.sheet]
    row = next(row for row in sheet.iter_rows() if row[0].value == 2022 and row[1].value == "Ⅰ")
    formats = {title: cell.number_format for title, cell in zip(found.rows[0], row, strict=False)}
    assert (formats["年度"], formats["項目数"], formats["割合"]) == ("0", "#,##0", "0.0%")
    assert formats["前年比（割合）"] == '"+"0.0%;"△"0.0%;"-"'
    content, view = (part(case_2022.files["tables.ods"], f"{n}.xml") for n in ("content", "settings"))
    assert content.count("<table:table-header-rows>") == alone
    assert view.count('"VerticalSplitPosition" config:type="int">3<') == alone
    assert content.count('display-filter-buttons="true"') == len(case_2022.publication.tables)
    assert re.findall(r'table:style-name="(?:Portrait|Landscape)(Page)?" table:print', content).count(
        "Page"
    ) == (len(workbook.worksheets) - 1 - alone)


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
