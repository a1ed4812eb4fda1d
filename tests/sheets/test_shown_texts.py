"""What is read of a cell is what the sheet shows there: not what is stored, and not what lies beside its text."""

import io
import struct
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from fixtures_made.excel_95 import excel_95
from fixtures_made.shown import picture_in_cell

from helpers.files.writing import zipped
from helpers.files.xlsx import Xlsx
from helpers.plan import Plan
from helpers.sheets.files.grid import ZERO, Quirk
from helpers.sheets.files.readers import read_grids
from helpers.sheets.files.unreadable import LIMITS, UnreadableError
from spreadsheets import book, inspect_bytes, members, ods

FIXTURES = Path(__file__).parent / "fixtures"
TEXT, NUMBER = (
    'office:value-type="string"',
    'table:formula="of:=B1" office:value-type="float" office:value="0"',
)


def table(*rows: str) -> str:
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)


def cell(inside: str, kind: str = TEXT) -> str:
    return f"<table:table-cell {kind}>{inside}</table:table-cell>"


@pytest.mark.parametrize(
    ("inside", "kind", "shown"),
    [
        ("<text:p>85.5%</text:p>", 'office:value-type="percentage" office:value="0.855"', "85.5%"),
        ("<text:p>令和4年10月1日</text:p>", 'office:value-type="date" office:date-value="2022-10-01"', "令和4年10月1日"),
        ("<text:p>1,200,000円</text:p>", 'office:value-type="float" office:value="1200000"', "1,200,000円"),
        ("", 'office:value-type="float" office:value="7"', "7"),
        ("", 'office:value-type="float" office:value="0.30000000000000004"', "0.3"),
        ("", 'office:value-type="float" office:value="123456789012"', "123456789012"),
        ("", 'office:value-type="float" office:value="1234567890.25"', "1234567890.25"),
        ("", 'office:value-type="float" office:value="1E-7"', "0.0000001"),
        ("", 'office:value-type="float" office:value="-0"', "0"),
        ("", 'office:value-type="float" office:value="1E+999999"', "1E+999999"),
        ("<text:p>乙</text:p><text:p>丙<text:line-break/>丁</text:p>", TEXT, "乙\n丙\n丁"),
        ('<text:p>乙<text:tab/>丙<text:s text:c="2"/>丁</text:p>', TEXT, "乙\t丙  丁"),
        ("<text:p><text:span>一部</text:span>\n<text:a>実施</text:a></text:p>", TEXT, "一部 実施"),
        ("<text:p>\n  案内板を\n  <text:span>\t二枚</text:span><text:s/> 置いた</text:p>", TEXT, "案内板を 二枚  置いた"),
        ("", 'office:value-type="boolean" office:boolean-value="true"', "TRUE"),
        ("<text:p><text:ruby><text:ruby-base>総務課</text:ruby-base><text:ruby-text>そうむか</text:ruby-text></text:ruby></text:p>", TEXT, "総務課"),
        ("<office:annotation><dc:creator>山田</dc:creator><text:p>内部のメモ</text:p></office:annotation><text:p>実施</text:p>", TEXT, "実施"),
        ("<draw:custom-shape><text:p>要確認</text:p></draw:custom-shape><text:p>実施</text:p>", TEXT, "実施"),
        (
            "<text:p>実施</text:p><table:table><table:table-row><table:table-cell><text:p>内</text:p></table:table-cell></table:table-row></table:table>",
            TEXT,
            "実施",
        ),
        ("<text:p>#N/A</text:p>", NUMBER, "#N/A"),
        ("<text:p>Err:522</text:p>", 'table:formula="of:=A1" calcext:value-type="error"', "Err:522"),
    ],
)  # fmt: skip
def test_an_ods_cell_gives_the_text_that_it_shows(inside: str, kind: str, shown: str) -> None:
    (grid,) = read_grids(ods(table(cell(inside, kind) + cell("<text:p>右</text:p>"))), ".ods")
    assert grid.rows == ((shown, "右"),)


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [("percentage", "value", "0.5"), ("date", "date-value", "2022-10-01"), ("currency", "value", "1200")],
)
def test_a_value_that_an_ods_has_no_text_for_is_not_known_to_be_shown(
    minato: Plan, kind: str, value: str, stored: str
) -> None:
    heads = "".join(cell(f"<text:p>{name}</text:p>") for name in HEADER.split(","))
    row = cell("<text:p>1</text:p>") + cell("") * 2 + cell("<text:p>実施</text:p>")
    row += cell("", f'office:value-type="{kind}" office:{value}="{stored}"')
    findings = inspect_bytes(ods(table(heads, row)), "R4.ods", minato).findings
    (finding,) = (each for each in findings if each.code == "unknown_format")
    assert (finding.cell, f"「{stored}」" in finding.message) == ("E2", True)


def test_an_ods_may_call_its_namespaces_otherwise() -> None:
    data = ods(
        table(cell("<text:p>実施<text:tab/>済</text:p>"), cell("<text:p/>", 'office:value-type="float"'))
    )
    content = members(data)["content.xml"].decode()
    for number, name in enumerate(("office", "table", "text")):
        for before in ("<", "</", " "):
            content = content.replace(f"{before}{name}:", f"{before}ns{number}:")
        content = content.replace(f"xmlns:{name}=", f"xmlns:ns{number}=")
    assert "<table:" not in content
    assert read_grids(zipped({"content.xml": content.encode()}), ".ods")[0].rows == (("実施\t済",),)


def test_an_ods_whose_namespace_is_no_text_is_refused() -> None:
    content = b'<?xml version="1.0" encoding="UTF-8"?><a:b xmlns:a="urn:\x80"/>'
    with pytest.raises(UnreadableError, match="XMLとして読めません"):
        read_grids(zipped({"content.xml": content}), ".ods")


def test_parts_that_the_table_does_not_need_may_be_anything() -> None:
    data = ods(
        table(cell("<text:p>実施</text:p>")),
        **{"Configurations2/accelerator/current.xml": b"", "a/b.xml": b"<", "META-INF/manifest.xml": b""},
    )
    assert read_grids(data, ".ods")[0].rows == (("実施",),)


HEADER = "番号,基本方針,推進項目,実施状況,主な取組,所管課"


@pytest.mark.parametrize("error", ["#N/A", "Err:522", "#SPILL!", "#GETTING_DATA"])
def test_every_error_value_is_a_finding_at_its_cell(minato: Plan, error: str) -> None:
    heads = "".join(cell(f"<text:p>{name}</text:p>") for name in HEADER.split(","))
    row = cell("<text:p>1</text:p>") + cell("") * 2 + cell(f"<text:p>{error}</text:p>", NUMBER)
    findings = inspect_bytes(ods(table(heads, row)), "R4.ods", minato).findings
    assert ("error_value", "D2") in [(finding.code, finding.cell) for finding in findings]


def workbook(error: str) -> bytes:
    """A table of two rows, and an error far from it."""
    lines = [["番号", "実施状況"], ["1", "実施"], *[[]] * 17, [*[None] * 9, "#VALUE!"]]
    parts = members(book(lines))
    return zipped({name: part.replace(b"#VALUE!", error.encode()) for name, part in parts.items()})


@pytest.mark.parametrize("error", ["#VALUE!", "#SPILL!", "#CALC!", "#ERROR!"])
def test_an_error_outside_the_table_hides_nothing(error: str) -> None:
    (grid,) = read_grids(workbook(error), ".xlsx")
    assert [row[:2] for row in grid.rows[:2]] == [("番号", "実施状況"), ("1", "実施")]
    assert grid.rows[19][9] == error


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("1,Ⅰ,あ,実施,置いた,二枚,課\n2,Ⅰ,い,実施,した,課", ["G2"]),
        ("1,Ⅰ,あ,実施,置いた,課,\n2,Ⅰ,い,実施,した,課", ["G2"]),
        ("1,Ⅰ,あ,実施,置いた,,課\n2,Ⅰ,い,実施,した,課", ["G2"]),
        ("1,Ⅰ,あ,実施,置いた,課,\n2,Ⅰ,い,実施,した,課,", []),
        ('1,Ⅰ,あ,実施,"置いた,二枚",課\n2,Ⅰ,い,実施,した,課', []),
    ],
    ids=[
        "a comma without quotes",
        "an empty field more",
        "a department beyond the header",
        "every row alike",
        "a comma in quotes",
    ],
)
def test_a_row_of_more_fields_than_the_header_is_refused(minato: Plan, rows: str, cells: list[str]) -> None:
    findings = inspect_bytes(f"{HEADER}\n{rows}\n".encode(), "R4.csv", minato).findings
    assert [finding.cell for finding in findings if finding.code == "more_fields"] == cells


def test_a_comma_without_quotes_is_refused_though_the_last_columns_are_empty(minato: Plan) -> None:
    table = f"{HEADER},備考\n1,Ⅰ,あ,実施,置いた,二枚,,\n2,Ⅰ,い,実施,した,,\n"
    findings = inspect_bytes(table.encode(), "R4.csv", minato).findings
    assert [finding.cell for finding in findings if finding.code == "more_fields"] == ["H2"]


def test_a_text_of_a_csv_that_is_written_as_a_formula_is_shown_as_its_text() -> None:
    (grid,) = read_grids('番号,備考\n="007","=""「市""""」"""\n=7,="'.encode(), ".csv")
    assert grid.rows == (("番号", "備考"), ("007", '「市"」'), ("=7", '="'))


def repacked(changes: dict[str, tuple[str, bytes, bytes]]) -> bytes:
    """A workbook with parts under other names, and a text of each part replaced."""
    book = Xlsx(datetime(2022, 4, 1))
    sheet = book.add_sheet("状況調査", [8, 8], is_wide=False)
    for row, column, text in ((0, 0, "番号"), (0, 1, "実施状況"), (1, 0, "1"), (1, 1, "実施")):
        book.put(sheet, row, column, text, {})
    parts = members(book.to_bytes())
    for name, (other, old, new) in changes.items():
        assert old in parts[name]
        parts[other] = parts.pop(name).replace(old, new)
    return zipped(parts)


@pytest.mark.parametrize(
    "changes",
    [
        {
            "xl/workbook.xml": ("xl/workbook22.xml", b"", b""),
            "xl/_rels/workbook.xml.rels": ("xl/_rels/workbook22.xml.rels", b"", b""),
            "_rels/.rels": ("_rels/.rels", b"xl/workbook.xml", b"xl/workbook22.xml"),
            "[Content_Types].xml": ("[Content_Types].xml", b"/xl/workbook.xml", b"/xl/workbook22.xml"),
        },
        {
            "xl/sharedStrings.xml": ("xl/strings1.xml", b"", b""),
            "xl/_rels/workbook.xml.rels": (
                "xl/_rels/workbook.xml.rels",
                b"sharedStrings.xml",
                b"strings1.xml",
            ),
            "[Content_Types].xml": ("[Content_Types].xml", b"/xl/sharedStrings.xml", b"/xl/strings1.xml"),
        },
    ],
    ids=["workbook", "shared strings"],
)
def test_parts_of_other_names_are_found_by_what_leads_to_them(
    changes: dict[str, tuple[str, bytes, bytes]],
) -> None:
    (grid,) = read_grids(repacked(changes), ".xlsx")
    assert [row[:2] for row in grid.rows[:2]] == [("番号", "実施状況"), ("1", "実施")]


def test_blanks_and_empty_paragraphs_stay_within_the_limits() -> None:
    blank = cell("<text:p> </text:p>", 'table:number-columns-repeated="900"')
    (grid,) = read_grids(ods(table(cell("<text:p>実施</text:p>"), blank)), ".ods")
    assert grid.rows == (("実施",),)
    with pytest.raises(UnreadableError, match="一つのセルの文字が多すぎます"):
        read_grids(ods(table(cell("<text:p/>" * 12))), ".ods", replace(LIMITS, cell_characters=10))


@pytest.mark.parametrize("name", ["BOOK", "book"])
def test_a_stream_of_an_xls_may_be_named_in_other_letter_case(name: str) -> None:
    data = excel_95([["番号", "実施状況"]]).replace("Book".encode("utf-16-le"), name.encode("utf-16-le"))
    assert read_grids(data, ".xls")[0].rows == (("番号", "実施状況"),)


def test_a_workbook_that_is_embedded_in_an_xls_is_not_read() -> None:
    data = bytearray(excel_95([["番号", "実施状況"]]))
    book = data.index("Book".encode("utf-16-le"))
    entry = struct.Struct("<64sHBBIII36xIII")
    none, length = 0xFFFFFFFF, struct.unpack_from("<I", data, book + 120)[0]
    struct.pack_into("<I", data, book + 72, 2)  # the next in the same folder
    for at, (name, kind, child, size) in enumerate(
        (("MBD0001", 1, 3, 0), ("Workbook", 2, none, length)), start=1
    ):
        written = name.encode("utf-16-le")
        values = written, len(written) + 2, kind, 1, none, none, child, 0, size, 0
        entry.pack_into(data, book + 128 * at, *values)
    assert [grid.name for grid in read_grids(bytes(data), ".xls")] == ["状況調査"]


def test_the_error_of_another_rich_value_is_no_picture() -> None:
    (grid,) = read_grids(picture_in_cell("_error"), ".xlsx")
    assert grid.raw(3, 3) == "#VALUE!"


def test_a_row_or_column_without_height_or_width_is_hidden() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("表")
    for row in range(3):
        sheet.write_row(row, 0, ["番号", "実施状況", "備考"])
    sheet.set_row(1, 0)
    sheet.set_column(2, 2, 0)
    book.close()
    (grid,) = read_grids(stream.getvalue(), ".xlsx")
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {2})


def test_a_box_to_tick_is_shown_as_a_box_and_a_truth_as_a_word() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("表")
    for column, is_ticked in enumerate((True, False)):
        sheet.insert_checkbox(0, column, is_ticked)
        sheet.write_boolean(1, column, is_ticked)
    book.close()
    assert read_grids(stream.getvalue(), ".xlsx")[0].rows == (("☑", "☐"), ("TRUE", "FALSE"))


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_a_zero_that_the_worksheet_does_not_show_is_kept_beside_its_empty_text(ending: str) -> None:
    data = (FIXTURES / f"zeros_not_shown{ending}").read_bytes()
    (grid,) = read_grids(data, ending)
    hidden = {grid.address(at): (grid.raw(*at), quirk) for at, quirk in grid.quirks.items()}
    assert hidden == dict.fromkeys(("B4", "E5", "G3"), ("", Quirk(ZERO, "0")))
