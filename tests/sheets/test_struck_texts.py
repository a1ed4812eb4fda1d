"""What is struck out does not count, by whatever style of whatever format; inherited lines and lines taken back too."""

import io

import pytest
import xlsxwriter

from helpers.plan import Plan
from helpers.sheets.files.grid import Quirk
from helpers.sheets.files.readers import read_grids
from spreadsheets import inspect_bytes, ods

LINE = '<style:text-properties style:text-line-through-style="solid"/>'
NO_LINE = '<style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/>'


def style(name: str, family: str, inside: str = "", parent: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">{inside}</style:style>'


def row(inside: str, cell: str = "") -> str:
    return f'<table:table-row><table:table-cell office:value-type="string" {cell}>{inside}</table:table-cell></table:table-row>'


SPAN = '<text:p>実<text:span text:style-name="S">未</text:span>施</text:p>'
WHOLE = "<text:p>実施</text:p>"
CELL = 'table:style-name="C"'


@pytest.mark.parametrize(
    ("automatic", "table", "common", "text", "struck"),
    [
        (style("S", "text", LINE), row(SPAN), "", "実施", "未"),
        (style("S", "text", NO_LINE), row(SPAN), "", "実未施", None),
        (style("S", "text", "", "P"), row(SPAN), style("P", "text", LINE), "実施", "未"),
        (style("C", "table-cell", LINE), row(WHOLE, CELL), "", "", "実施"),
        (style("C", "table-cell", "", "Old"), row(WHOLE, CELL), style("Old", "table-cell", LINE), "", "実施"),
        (style("C", 'table-cell" style:display-name="C', "", "Old"), row(WHOLE, CELL), style("Old", "table-cell", LINE), "", "実施"),
        (style("C", "table-cell", NO_LINE, "Old"), row(WHOLE, CELL), style("Old", "table-cell", LINE), "実施", None),
        (style("C", "table-cell", LINE) + style("S", "text", NO_LINE), row(SPAN, CELL), "", "未", "実施"),
        (style("C", "table-cell", LINE), f'<table:table-column table:default-cell-style-name="C"/>{row(WHOLE)}', "", "", "実施"),
        (style("S", "text", LINE.replace("line-through-style", "underline-style")), row(SPAN), "", "実未施", None),
        (style("S", "text", '<style:text-properties style:text-line-through-type="double"/>'), row(SPAN), "", "実施", "未"),
    ],
    ids=[
        "span", "no line", "inherited", "cell", "inherited by a cell", "inherited by a style named twice", "taken back", "taken back within a cell", "column",
        "underlined", "double",
    ],
)  # fmt: skip
def test_struck_text_of_an_ods_does_not_count(
    automatic: str, table: str, common: str, text: str, struck: str | None
) -> None:
    (grid,) = read_grids(
        ods(table + row("<text:p>次</text:p>", 'table:style-name="N"'), styles=automatic, common=common),
        ".ods",
    )
    assert grid.raw(0, 0) == text
    assert grid.quirks == ({} if struck is None else {(0, 0): Quirk("struck", struck)})


def test_a_struck_number_and_date_of_an_ods_do_not_count() -> None:
    cell = '<table:table-cell table:style-name="C" office:value-type="float" office:value="7">{}</table:table-cell>'
    cells = "".join(cell.format(inside) for inside in ("<text:p>No.7</text:p>", ""))
    (grid,) = read_grids(
        ods(f"<table:table-row>{cells}</table:table-row>", styles=style("C", "table-cell", LINE)), ".ods"
    )
    assert (grid.raw(0, 0), grid.raw(0, 1)) == ("", "")
    assert grid.quirks == {(0, 0): Quirk("struck", "No.7"), (0, 1): Quirk("struck", "7")}


def test_a_value_that_an_ods_shows_nothing_of_is_known() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="7"><text:p/></table:table-cell>'
    (grid,) = read_grids(ods(f"<table:table-row>{cell}</table:table-row>"), ".ods")
    assert (grid.raw(0, 0), grid.quirks) == ("", {(0, 0): Quirk("blanked", "7")})


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A sheet: a cell is a text, a number with a format, or a text of which the part in a tuple is struck out."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, line = book.add_worksheet("状況調査"), book.add_format({"font_strikeout": True})
    for at, cells in enumerate((("番号", "推進項目", "実施状況", "主な取組"), *rows)):
        for column, cell in enumerate(cells):
            match cell:
                case (str(struck), str(rest)):
                    sheet.write_rich_string(at, column, line, struck, rest)
                case (float() | int() as number, str(code)):
                    sheet.write_number(at, column, number, book.add_format({"num_format": code}))
                case (str(struck),):
                    sheet.write_string(at, column, struck, line)
                case (float() | int() as number,):
                    sheet.write_number(at, column, number, line)
                case str():
                    sheet.write_string(at, column, cell)
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("1", "", ("未実施", "実施"), ""), {"C2": "struck_part"}),
        (("1", "", "実施", ("三枚",)), {"D2": "struck_out"}),
        (("1", "", ("実施",), ""), {"C2": "struck_out"}),
        (((1,), "", "実施", ""), {"A2": "struck_out"}),
        (("1", ("窓口のワンストップ化",), "実施", ""), {"B2": "struck_out"}),
        (((1,), ("窓口のワンストップ化",), ("実施",), "窓口"), {"A2": "struck_row"}),
        (("1", "", "実施", (5, ";;;")), {"D2": "hidden_value"}),
        (("1", "", (1, ";;;"), ""), {"C2": "hidden_value"}),
        (("1", "", "実施", (5, '@"課"')), {"D2": "unknown_format"}),
        (("1", "", "実施", (85.5, "0.0")), {}),
        (("※1", ("注",), "", ""), {}),
    ],
)
def test_what_is_not_shown_is_said_at_its_cell(
    minato: Plan, cells: tuple[object, ...], said: dict[str, str]
) -> None:
    findings = inspect_bytes(workbook(cells, ("2", "", "実施")), "R4.xlsx", minato).findings
    kinds = ("struck", "hidden_value", "unknown_format", "missing_status", "missing_number")
    assert {each.cell: each.code for each in findings if each.code.startswith(kinds)} == said
    assert all("「" in each.message for each in findings if each.code.startswith(("struck", "hidden_value")))


def test_what_is_left_of_a_struck_text_is_shown_by_its_format() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    line, office = book.add_format({"font_strikeout": True}), book.add_format({"num_format": '@"課"'})
    book.add_worksheet("表").write_rich_string(0, 0, line, "総務", "財政", office)
    book.close()
    (grid,) = read_grids(stream.getvalue(), ".xlsx")
    assert (grid.raw(0, 0), grid.quirks) == ("財政課", {(0, 0): Quirk("struck", "総務")})
