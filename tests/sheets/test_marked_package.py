"""What a marked copy leaves as it is: an xlsx differs from its copy by fills, comments and the list of findings."""

import io
import re
import struct
import warnings
import zlib

import pytest
from lxml import etree
from openpyxl import load_workbook as open_with_openpyxl
from xlsxwriter import Workbook

from helpers.files.writing import zipped
from helpers.fiscal_year import FiscalYear
from helpers.sheets import ERROR, WARNING, Finding, inspect_sheet, marked_copy
from spreadsheets import inspect_bytes, mark_up, members

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT, STRICT_OFFICE = (
    f"http://purl.oclc.org/ooxml/{name}" for name in ("spreadsheetml/main", "officeDocument/relationships")
)
# The only parts of a workbook that a copy may write anew, besides new ones.
WRITTEN = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/_rels/sheet1.xml.rels",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}


def load_workbook(stream: io.BytesIO):
    """Look at a copy with openpyxl, which says what it does not know of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return open_with_openpyxl(stream)


def finding(cell: str, message: str = "実施状況が空です。", severity: str = ERROR) -> Finding:
    return Finding("R4.xlsx", message, "missing_status", "状況調査", cell, severity)


FINDINGS = (
    finding("D3"),
    finding("C4"),
    finding("A2", "古い番号です。", WARNING),
    finding("J50"),
    finding("B21"),
)


def picture() -> io.BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\x10\x80\xf0")
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="module")
def rich() -> bytes:
    """A workbook with all that Excel's users put around a table."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet, choices = book.add_worksheet("状況調査"), book.add_worksheet("選択肢")
    number = book.add_format(
        {"border": 2, "font_color": "#FF0000", "num_format": '"No."0', "align": "right", "locked": False}
    )
    text = book.add_format(
        {"border": 4, "num_format": "@", "text_wrap": True, "bg_color": "#DDEBF7", "bold": True}
    )
    for column, name in enumerate(("番号", "基本方針", "推進項目", "実施状況", "主な取組")):
        sheet.write_string(0, column, name, text)
    for row in range(1, 8):
        sheet.write_number(row, 0, row, number)
        sheet.write_string(row, 2, f"項目{row}", text)
        sheet.write_string(row, 3, "実施", text)
    sheet.write_rich_string(2, 4, "窓口を", book.add_format({"font_strikeout": True}), "3枚", "2枚置いた")
    sheet.write_formula(2, 3, '="一部"&"実施"', text, "一部実施")
    sheet.write_comment(3, 2, "課長へ: 確認のこと", {"author": "山田", "visible": True})
    sheet.write_comment(5, 3, "別のコメント", {"author": "山田"})
    sheet.insert_textbox(10, 1, "記入の注意")
    choices.write_column(0, 0, ["実施", "一部実施"])
    sheet.data_validation(1, 3, 7, 3, {"validate": "list", "source": "=選択肢!$A$1:$A$2"})
    sheet.conditional_format(1, 0, 7, 0, {"type": "data_bar", "data_bar_2010": True})
    book.define_name("区分", "=選択肢!$A$1:$A$2")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=状況調査!$A$2:$A$8"})
    sheet.insert_chart(12, 4, chart)
    sheet.insert_image(15, 0, "印.png", {"image_data": picture()})
    sheet.set_header("&L&G", {"image_left": "印.png", "image_data_left": picture()})
    sheet.add_sparkline(8, 8, {"range": "状況調査!A2:A8"})
    sheet.set_row(4, 40, text)
    sheet.set_column("E:E", 50, text)
    sheet.merge_range(20, 0, 21, 2, "結合", text)
    sheet.protect("", {"format_cells": True})
    sheet.repeat_rows(0)
    choices.add_table(5, 0, 8, 2)
    book.close()
    return stream.getvalue()


def strict(data: bytes) -> bytes:
    """The same workbook as Strict OOXML names it, where this is all that differs."""
    return zipped(
        {
            name: content.replace(TRANSITIONAL.encode(), STRICT.encode()).replace(
                OFFICE.encode(), STRICT_OFFICE.encode()
            )
            for name, content in members(data).items()
        }
    )


def with_furigana(data: bytes) -> bytes:
    reading = "<rPh sb='0' eb='2'><t>コウモク</t></rPh><phoneticPr fontId='0'/></si>".encode()
    content = members(data)
    content["xl/sharedStrings.xml"] = content["xl/sharedStrings.xml"].replace(
        "項目1</t></si>".encode(), "項目1</t>".encode() + reading
    )
    assert reading in content["xl/sharedStrings.xml"]
    return zipped(content)


@pytest.mark.parametrize("form", [with_furigana, strict])
def test_only_what_marks_a_cell_is_written_anew(rich, form) -> None:
    before = members(form(rich))
    after = members(mark_up(form(rich), FINDINGS))
    assert {name for name, content in before.items() if after.get(name) != content} <= WRITTEN
    assert set(after) - set(before) == {"xl/worksheets/sheet3.xml"}


@pytest.mark.parametrize("form", [with_furigana, strict])
def test_a_worksheet_differs_in_the_looks_of_its_marked_cells_alone(rich, form) -> None:
    before = members(form(rich))["xl/worksheets/sheet1.xml"]
    after = members(mark_up(form(rich), FINDINGS))["xl/worksheets/sheet1.xml"]
    looks = {
        cell.get("r"): (cell.get("s"), theirs.get("s"))
        for cell, theirs in zip(cells(before), (c for c in cells(after) if c.get("r") != "J50"), strict=True)
    }
    assert {name for name, (before, other) in looks.items() if before != other} == {"A2", "D3", "C4", "A21"}
    assert without_looks(after).replace(b'<row r="50"><c r="J50"></c></row>', b"") == without_looks(before)


def cells(worksheet: bytes) -> list:
    return list(etree.fromstring(worksheet).iter("{*}c"))


def without_looks(worksheet: bytes) -> bytes:
    root = etree.fromstring(worksheet)
    for cell in root.iter("{*}c"):
        cell.attrib.pop("s", None)
    return etree.tostring(root, method="c14n2")


def test_a_marked_cell_keeps_all_of_its_look_but_its_fill(rich) -> None:
    before, after = (load_workbook(io.BytesIO(data))["状況調査"] for data in (rich, mark_up(rich, FINDINGS)))
    for name, colour in (("A2", "00FFE699"), ("C4", "00F8CBAD"), ("D3", "00F8CBAD")):
        old, new = before[name], after[name]
        assert new.fill.fgColor.rgb == colour
        for part in ("font", "border", "alignment", "protection", "number_format"):
            assert repr(getattr(new, part)) == repr(getattr(old, part))


def test_a_cell_that_was_not_there_gets_the_look_of_its_row_or_column(rich) -> None:
    sheet = load_workbook(io.BytesIO(mark_up(rich, [finding("F5"), finding("E30"), finding("G7")])))[
        "状況調査"
    ]
    assert [sheet[cell].number_format for cell in ("F5", "E30", "G7")] == ["@", "@", "General"]
    assert [sheet[cell].font.bold for cell in ("F5", "E30", "G7")] == [True, True, False]


def test_comments_of_others_stay_above_ours(rich) -> None:
    sheet = load_workbook(io.BytesIO(mark_up(rich, FINDINGS)))["状況調査"]
    assert sheet["C4"].comment.text == "課長へ: 確認のこと\n［状況調査の確認］\n【誤り】実施状況が空です。"
    assert sheet["C4"].comment.author == "山田"
    assert sheet["D6"].comment.text == "別のコメント"
    assert sheet["A21"].comment.text == "【誤り】実施状況が空です。"


def test_marking_a_copy_again_changes_nothing(rich) -> None:
    copy = mark_up(rich, FINDINGS)
    assert mark_up(copy, FINDINGS) == copy


def test_what_is_mended_is_no_longer_said_in_comments(rich) -> None:
    sheet = load_workbook(io.BytesIO(mark_up(mark_up(rich, FINDINGS), FINDINGS[:1])))["状況調査"]
    assert sheet["C4"].comment.text == "課長へ: 確認のこと"
    assert sheet["A2"].comment is None
    assert sheet["D3"].comment.text == "【誤り】実施状況が空です。"
    shapes = members(mark_up(mark_up(rich, FINDINGS), ()))["xl/drawings/vmlDrawing1.vml"]
    assert shapes.count(b"<v:shape ") == 2


def test_a_reply_to_a_comment_of_ours_stays() -> None:
    copy = members(
        mark_up("番号,実施状況\n1,実施\n".encode(), [Finding("R4.csv", "空です。", "x", "", "B2")])
    )
    written = "【誤り】空です。".encode()
    assert copy["xl/comments1.xml"].count(written) == 1
    copy["xl/comments1.xml"] = copy["xl/comments1.xml"].replace(
        written, written + "\n直しました（総務課）".encode()
    )
    sheet = load_workbook(io.BytesIO(mark_up(zipped(copy), [])))["状況調査"]
    assert sheet["B2"].comment.text == "直しました（総務課）"


def test_drawings_that_are_no_valid_xml_stay(rich) -> None:
    content = members(rich)
    button = b'<v:shape id="_x0000_s9999" type="#_x0000_t201"><div>one<br>two</div></v:shape>'
    content["xl/drawings/vmlDrawing1.vml"] = content["xl/drawings/vmlDrawing1.vml"].replace(
        b"</xml>", button + b"</xml>"
    )
    copy = mark_up(zipped(content), FINDINGS)
    shapes = members(copy)["xl/drawings/vmlDrawing1.vml"]
    assert button in shapes
    assert b'id="_x0000_s10000"' in shapes
    assert button in members(mark_up(copy, ()))["xl/drawings/vmlDrawing1.vml"]


def test_a_thread_of_comments_is_left_alone(rich) -> None:
    content = members(rich)
    content["xl/comments1.xml"] = content["xl/comments1.xml"].replace("山田".encode(), b"tc={0F}")
    sheet = load_workbook(io.BytesIO(mark_up(zipped(content), [finding("C4")])))["状況調査"]
    assert sheet["C4"].comment.text == "課長へ: 確認のこと"
    assert sheet["C4"].fill.fgColor.rgb == "00F8CBAD"


def test_a_worksheet_of_the_citys_own_is_not_taken_for_ours() -> None:
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    for name in ("状況調査", "確認結果"):
        book.add_worksheet(name).write_row(0, 0, ["番号", "実施状況"])
    book.close()
    copy = mark_up(stream.getvalue(), FINDINGS)
    names = ["状況調査", "確認結果", "確認結果2"]
    assert load_workbook(io.BytesIO(copy)).sheetnames == names
    again = load_workbook(io.BytesIO(mark_up(copy, FINDINGS)))
    assert again.sheetnames == names
    assert again["確認結果"]["B1"].value == "実施状況"


def test_macros_are_left_out_of_a_copy_that_is_named_xlsx(rich) -> None:
    content = members(rich)
    plain, macros = b"spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = content["[Content_Types].xml"]
    content["[Content_Types].xml"] = re.sub(rb"application/[\w.-]+" + re.escape(plain), macros, types)
    relation = b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    name = "xl/_rels/workbook.xml.rels"
    content[name] = content[name].replace(b"</Relationships>", relation + b"</Relationships>")
    content["xl/vbaProject.bin"] = b"macros"
    copy = members(mark_up(zipped(content), FINDINGS))
    assert "xl/vbaProject.bin" not in copy
    assert macros not in copy["[Content_Types].xml"]
    assert plain in copy["[Content_Types].xml"]
    assert b"vbaProject" not in copy[name]


@pytest.mark.slow
def test_every_readable_sheet_gives_the_same_findings_as_its_copy(sheets_folder, minato) -> None:
    # A control character is replaced where it cannot stand, a text file has no worksheet that lacks a header; the copy
    # of what cannot be read is the list alone.
    # Of an ods or xls the texts alone are copied, without its conditional formats.
    other = {
        "conditional_formats.ods",
        "conditional_strike.ods",
        "conditional_strike.xls",
        "control_character.csv",
        "control_characters_in_status.csv",
        "no_header.csv",
        "symbols_as_columns.csv",
    }
    alone = {"corrupt", "encoding", "not_spreadsheet", "password", "too_large", "empty_file"}
    compared = 0
    for path in sorted(sheets_folder.glob("*.[cxot]*")):
        reading = inspect_sheet(path, minato, FiscalYear(2022))
        if path.name in other or {finding.code for finding in reading.findings} & alone:
            continue
        again = inspect_bytes(mark_up(path, reading.findings), path.name, minato, FiscalYear(2022))
        assert [said(f) for f in again.findings] == [said(f) for f in reading.findings], path.name
        compared += 1
    assert compared > 90


def said(finding: Finding) -> tuple[str, str, str]:
    """All but the worksheet, which a text file has none of."""
    return finding.cell, finding.code, finding.message


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("plain.xlsx", ""),
        ("utf8.csv", ""),
        ("plain_ods.ods", "セルの文字だけ"),
        ("plain_xls.xls", "セルの文字だけ"),
        ("truncated.xlsx", "確認結果だけ"),
    ],
)
def test_a_copy_says_what_it_lacks(sheets_folder, name, note) -> None:
    copy = marked_copy(sheets_folder / name, ())
    assert note in copy.note
    assert bool(copy.note) == bool(note)
    rows = load_workbook(io.BytesIO(copy.data))["確認結果"].iter_rows(min_row=2, max_col=4, values_only=True)
    assert (copy.note in [text for *_, text in rows]) == bool(note)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/comments1.xml", b' ref="D6"', b""),
        ("xl/worksheets/sheet1.xml", b'<col min="5"', b"<col"),
        ("xl/worksheets/sheet1.xml", b'<c r="D3" s="1"', b'<c r="D3" s="a"'),
    ],
)
def test_a_workbook_against_the_schema_is_copied_as_texts(rich, part, old, new) -> None:
    content = members(rich)
    assert old in content[part]
    content[part] = content[part].replace(old, new)
    copy = marked_copy(zipped(content), [finding("D3"), finding("F5")])
    assert load_workbook(io.BytesIO(copy.data))["状況調査"]["D3"].comment.text == "【誤り】実施状況が空です。"
    assert "セルの文字だけ" in copy.note


def test_a_mark_is_no_fill_of_those_that_excel_takes_for_none_and_grey_dots(rich) -> None:
    content = members(rich)
    styles = content["xl/styles.xml"]
    fills = re.search(rb"<fills.*</fills>", styles, re.DOTALL)
    only = b'<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    content["xl/styles.xml"] = re.sub(rb'fillId="\d+"', b'fillId="0"', styles.replace(fills[0], only))
    copy = members(marked_copy(zipped(content), [finding("D3")]).data)["xl/styles.xml"]
    kinds = re.findall(rb'<fill><patternFill patternType="(\w+)"', copy)
    assert kinds[:2] == [b"none", b"gray125"]
    assert set(kinds[2:]) == {b"solid"}


def test_the_list_is_wrapped_and_printed_a_page_wide_with_its_headings_on_every_page(rich) -> None:
    sheet = load_workbook(io.BytesIO(mark_up(rich, FINDINGS)))["確認結果"]
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert {cell.alignment.wrap_text for row in sheet["A2:D6"] for cell in row} == {True}
    long = load_workbook(io.BytesIO(mark_up(rich, [finding("D3", "実施状況が空です。" * 10)])))["確認結果"]
    assert (sheet.row_dimensions[2].height, long.row_dimensions[2].height) == (18, 48)


def test_texts_that_are_escapes_or_formulas_elsewhere_stay_texts(rich) -> None:
    texts = ("=1+1", "_x0041_ は字です", "改行\x1bと<b>")
    copy = mark_up(rich, [finding("D3", text) for text in texts])
    sheet = load_workbook(io.BytesIO(copy))["確認結果"]
    assert [sheet[f"D{row}"].data_type for row in (2, 3, 4)] == ["s", "s", "s"]
    assert sheet["D2"].value == "=1+1"
    assert sheet["D2"].quotePrefix
    assert sheet["D4"].value == "改行□と<b>"
    xml = next(text for name, text in members(copy).items() if name.endswith("sheet3.xml")).decode()
    assert "_x005F_x0041_ は字です" in xml


def test_a_separator_is_chosen_by_what_it_makes_of_the_table(sheets_folder) -> None:
    book = load_workbook(io.BytesIO(mark_up(sheets_folder / "semicolons.csv", ())))
    assert [cell.value for cell in book["状況調査"][3]][:4] == [
        "1",
        "Ⅰ 市民サービスの向上",
        "窓口のワンストップ化",
        "実施",
    ]
