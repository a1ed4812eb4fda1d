"""Write the sheets in ``fixtures/``: ``python tests/sheets/make_fixtures.py [NAME…]``, all of them without names.

Every function below is one file, named for it; the ending is in the function's decorator.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

FOLDER = Path(__file__).with_name("fixtures")
TITLE = "架空みなと市推進計画【前期】 令和4年度 実施状況調査"
HEADER = ["番号", "基本方針", "推進項目", "実施状況", "主な取組", "所管課", "備考"]
FIRST, SECOND = "Ⅰ 市民サービスの向上", "Ⅱ 健全な財政運営"
ITEMS: list[list[Any]] = [
    [1, FIRST, "窓口のワンストップ化", "実施", "総合窓口を開いた。", "市民課", None],
    [2, FIRST, "高齢者の見守り支援", "一部実施", None, "福祉課", None],
    [3, FIRST, "サービス案内の充実（窓口～出張所）", "実施", None, "市民課", None],
    [4, SECOND, "公共施設の集約化", "検討中", None, "財政課", None],
    [5, SECOND, "市税・使用料の収納率向上", "実施", None, "税務課", None],
    [6, SECOND, "ニュータウンの再編", "未実施", None, "都市課", "令和4年度から"],
]
KIGOU = [
    ["1-1-1", "1", "広報の見直し", "◎"],
    ["1-1-2", "1", "会議の公開", "○"],
    ["1-2-1", "1", "窓口の案内", "△"],
    ["2-1-1", "2", "歩道の点検", "×"],
    ["2-1-10", "2", "水道の更新", "-"],
]
NUMBER, POLICY, ITEM, STATUS, ACTIVITIES, DEPARTMENT, REMARKS = range(7)

Rows = list[list[Any]]
FIXTURES: dict[str, Callable[[], bytes]] = {}


def rows(changes: dict[tuple[int, int], Any] | None = None, *, title: str | None = TITLE) -> Rows:
    """The plain sheet: title, header, six items; ``changes`` replaces cells by (item 1-6, column)."""
    items = [list(item) for item in ITEMS]
    for (item, column), value in (changes or {}).items():
        items[item - 1][column] = value
    return [*([[title]] if title else []), list(HEADER), *items]


def fixture(ending: str, name: str = "") -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register a function as the fixture of its own name, or another, with an ending."""

    def register(make: Callable[[], Any]) -> Callable[[], Any]:
        FIXTURES[f"{name or make.__name__}.{ending}"] = make
        return make

    return register


def text(lines: Sequence[Sequence[Any]], delimiter: str = ",", end: str = "\r\n") -> str:
    stream = io.StringIO()
    plain = [["" if cell is None else cell for cell in line] for line in lines]
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(plain)
    return stream.getvalue()


def book(lines: Rows, edit: Callable[[Any], None] | None = None, sheet: str = "状況調査") -> bytes:
    workbook = Workbook()
    workbook.active.title = sheet
    fill(workbook.active, lines)
    if edit is not None:
        edit(workbook.active)
    return saved(workbook)


def fill(sheet: Any, lines: Rows, row: int = 1, column: int = 1) -> None:
    for at_row, line in enumerate(lines, start=row):
        for at_column, value in enumerate(line, start=column):
            if value is not None:
                sheet.cell(at_row, at_column).value = value


def saved(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def converted(data: bytes, ending: str, options: str = "", source: str = "xlsx") -> bytes:
    """What LibreOffice makes of a workbook."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("LibreOffice (soffice) is needed for this fixture")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"in.{source}").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder / 'profile'}"
        command = [soffice, profile, "--headless", "--convert-to", f"{ending}{options}", "--outdir", name]
        subprocess.run([*command, str(folder / f"in.{source}")], check=True, capture_output=True)
        return (folder / f"in.{ending}").read_bytes()


def shared(data: bytes) -> bytes:
    """The same workbook with shared strings and stored results, through LibreOffice."""
    return converted(converted(data, "ods"), "xlsx", ":Calc MS Excel 2007 XML", source="ods")


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same zip with members changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def in_worksheet(data: bytes, old: bytes, new: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            assert old in content, (old, content)
            return content.replace(old, new)
        return content

    return repacked(data, change)


# Formats and encodings


@fixture("csv")
def utf8() -> bytes:
    return text(rows()).encode()


@fixture("csv")
def utf8_with_bom() -> bytes:
    return text(rows()).encode("utf-8-sig")


@fixture("csv")
def utf16_little_endian() -> bytes:
    return b"\xff\xfe" + text(rows()).encode("utf-16-le")


@fixture("csv")
def utf16_tabs_as_unicode_text() -> bytes:
    return b"\xff\xfe" + text(rows(), "\t").encode("utf-16-le")


@fixture("csv")
def utf16_big_endian() -> bytes:
    return b"\xfe\xff" + text(rows()).encode("utf-16-be")


@fixture("csv")
def cp932() -> bytes:
    return text(rows({(1, ACTIVITIES): "髙島・﨑山の①総合窓口を㈱みなとに任せた。～"})).encode("cp932")


@fixture("tsv")
def tabs() -> bytes:
    return text(rows(), "\t").encode()


@fixture("csv")
def semicolons() -> bytes:
    return text(rows(), ";").encode()


@fixture("csv")
def mixed_line_ends() -> bytes:
    lines = text(rows(), end="\n").split("\n")
    return "".join(line + ("\r\n" if at % 2 else "\n") for at, line in enumerate(lines) if line).encode()


@fixture("csv")
def line_breaks_in_quotes() -> bytes:
    return text(rows({(1, ACTIVITIES): '総合窓口を開いた。\r\n「早い」と"好評"、混雑なし'})).encode("cp932")


@fixture("csv")
def ragged_rows() -> bytes:
    lines = [line[: 4 + at % 4] if at > 1 else line for at, line in enumerate(rows())]
    lines[2] = [*ITEMS[0], None, "欄外"]
    lines[7] = ITEMS[5]
    return text(lines).encode()


@fixture("csv")
def excel_text_formulas() -> bytes:
    return text(rows({(item, NUMBER): f'="{item}"' for item in range(1, 7)})).encode("cp932")


@fixture("xlsx")
def plain() -> bytes:
    return book(rows())


@fixture("xlsx")
def as_excel_writes() -> bytes:
    """Shared strings with furigana, in-line strings and rich text, as Excel itself writes them."""

    def edit(sheet: Any) -> None:
        bold = InlineFont(b=True)
        sheet["D4"] = CellRichText("一部", TextBlock(bold, "実施"))

    data = shared(book(rows(), edit))
    furigana = '<rPh sb="0" eb="2"><t>ジッシ</t></rPh><phoneticPr fontId="1"/></si>'.encode()

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return content.replace(b"</si>", furigana)
        return content

    return repacked(data, change)


@fixture("xls")
def plain_xls() -> bytes:
    return converted(book(rows()), "xls", ":MS Excel 97")


@fixture("ods")
def plain_ods() -> bytes:
    return converted(book(rows()), "ods")


@fixture("xlsx")
def saved_by_libreoffice() -> bytes:
    return shared(book(rows()))


@fixture("xls")
def text_under_the_name_of_excel() -> bytes:
    return text(rows(), "\t").encode("cp932")


# Layout


@fixture("xlsx")
def title_rows_and_empty_column() -> bytes:
    workbook = Workbook()
    fill(workbook.active, [["架空みなと市"], [None, "行政改革推進室"], [None, None, None, "令和４年度"]])
    fill(workbook.active, rows(title=None), row=5, column=2)
    return saved(workbook)


@fixture("xlsx")
def two_header_rows() -> bytes:
    top = ["番号", "基本方針", "推進項目", "令和4年度", None, "所管課", "備考"]
    bottom = [None, None, None, "実施状況", "主な取組"]

    def edit(sheet: Any) -> None:
        for area in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "G2:G3"):
            sheet.merge_cells(area)

    return book([[TITLE], top, bottom, *rows()[2:]], edit)


@fixture("xlsx")
def two_header_rows_unmerged() -> bytes:
    top = ["番号", "基本方針", "推進項目", "実施状況", None, "所管課", "備考"]
    bottom = [None, None, None, "状況", "主な取組"]
    return book([[TITLE], top, bottom, *rows()[2:]])


@fixture("xlsx")
def years_side_by_side() -> bytes:
    top = ["番号", "基本方針", "推進項目", "実施状況", None, None, "主な取組"]
    bottom = [None, None, None, "R2", "R3", "R4"]
    items = [[*item[:3], "未実施", "検討中", *item[3:5]] for item in ITEMS]

    def edit(sheet: Any) -> None:
        for area in ("A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"):
            sheet.merge_cells(area)

    return book([[TITLE], top, bottom, *items], edit)


@fixture("xlsx")
def a_block_for_every_year() -> bytes:
    top = ["推進項目", None, "令和３年度", None, "2022年度", None]
    bottom = ["No.", "項目名", "実施状況", "主な取組", "実施状況", "主な取組"]
    items = [[item[0], item[2], "検討中", "昨年の取組", item[3], item[4]] for item in ITEMS]

    def edit(sheet: Any) -> None:
        for area in ("A2:B2", "C2:D2", "E2:F2"):
            sheet.merge_cells(area)

    return book([["実施状況調査（令和3年度・令和4年度）"], top, bottom, *items], edit)


@fixture("xlsx")
def last_year_beside() -> bytes:
    header = [*HEADER[:3], "令和３年度\n実施状況", "前年度の状況", *HEADER[3:]]
    return book([[TITLE], header, *([*item[:3], "検討中", "検討中", *item[3:]] for item in ITEMS)])


@fixture("xlsx")
def merged_policies() -> bytes:
    def edit(sheet: Any) -> None:
        sheet.merge_cells("A1:G1")
        sheet.merge_cells("B3:B5")
        sheet.merge_cells("B6:B8")

    return book(rows(), edit)


@fixture("ods")
def merged_policies_ods() -> bytes:
    return converted(merged_policies(), "ods")


@fixture("xls")
def merged_policies_xls() -> bytes:
    return converted(merged_policies(), "xls", ":MS Excel 97")


@fixture("xlsx")
def policy_heading_rows() -> bytes:
    items = [[item[0], None, *item[2:]] for item in ITEMS]
    lines = [
        [TITLE],
        HEADER,
        [f"基本方針{FIRST}（３項目）"],
        *items[:3],
        ["基本方針２　健全な財政運営"],
        *items[3:],
    ]

    def edit(sheet: Any) -> None:
        sheet.merge_cells("A3:G3")
        sheet.merge_cells("A7:G7")

    return book(lines, edit)


@fixture("xlsx")
def repeated_header() -> bytes:
    lines = rows()
    return book([*lines[:5], [], [TITLE], HEADER, *lines[5:]])


@fixture("xlsx")
def blank_rows() -> bytes:
    lines = rows()

    def edit(sheet: Any) -> None:
        for row in range(12, 191):
            sheet.cell(row, 4).number_format = "@"
            sheet.cell(row, 5).value = " "

    return book([*lines[:4], [], [None, "　"], *lines[4:]], edit)


@fixture("xlsx")
def notes_and_totals() -> bytes:
    lines = rows()
    below = [
        ["小計", None, None, "3"],
        *lines[5:],
        [None, "小　計", None, "３項目"],
        ["合　計", None, "6", "実施：3、一部実施：1、検討中：1、未実施：1"],
        [],
        [None, None, "実施", 3],
        [None, None, "一部実施", 1],
        [None, None, "計", 6],
        ["※ 令和5年3月31日現在"],
        ["（注）担当課は当時の名称"],
    ]
    return book([["※調査の注"], *lines[:5], *below])


@fixture("xlsx")
def totals_under_every_policy() -> bytes:
    lines = rows()
    below = [[None, None, "計", 3], *lines[5:], [None, None, "計", 3], [None, None, "合計", 6]]
    return book([*lines[:5], *below])


@fixture("csv")
def totals_named_for_policies() -> bytes:
    lines = rows()
    below = [["Ⅰ 計", None, None, 3], *lines[5:], ["小計（Ⅱ）", None, None, 3], ["計", None, None, 6]]
    return text([*lines[:5], *below]).encode()


@fixture("csv")
def total_under_a_policy_disagrees() -> bytes:
    lines = rows()
    below = [["計", None, None, 4], *lines[5:], ["Ⅱ 計", None, None, 4], ["合計", None, None, 6]]
    return text([*lines[:5], *below]).encode()


def _with_total() -> Rows:
    return [*rows(), ["合計", None, 6, "実施3、一部実施1、検討中1、未実施1"]]


@fixture("xlsx")
def total_agrees() -> bytes:
    return shared(book(_with_total()))


@fixture("xls", name="total_agrees")
def total_agrees_xls() -> bytes:
    return converted(book(_with_total()), "xls", ":MS Excel 97")


@fixture("ods", name="total_agrees")
def total_agrees_ods() -> bytes:
    return converted(book(_with_total()), "ods")


@fixture("csv", name="total_agrees")
def total_agrees_csv() -> bytes:
    return text(_with_total()).encode()


@fixture("csv")
def notes_below() -> bytes:
    return text([*rows(), ["※導出: 令和5年度の資料から"], ["合計", "", "", "6"]]).encode()


@fixture("xlsx")
def hidden_rows_and_columns() -> bytes:
    def edit(sheet: Any) -> None:
        for row in (4, 5, 8):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["F"].hidden = True

    return book(rows(), edit)


@fixture("ods")
def hidden_rows_and_columns_ods() -> bytes:
    return converted(hidden_rows_and_columns(), "ods")


@fixture("xls")
def hidden_rows_and_columns_xls() -> bytes:
    return converted(hidden_rows_and_columns(), "xls", ":MS Excel 97")


def _several(hidden: str = "") -> bytes:
    workbook = Workbook()
    workbook.active.title = "表紙"
    workbook.active["A1"] = "照会文"
    fill(workbook.create_sheet("記入例"), rows({(1, STATUS): "検討中"}))
    fill(workbook.create_sheet("状況調査"), rows())
    fill(workbook.create_sheet("【入力例】（２）"), rows())
    if hidden:
        fill(workbook.create_sheet(hidden), rows({(2, STATUS): "実施"}))
        workbook[hidden].sheet_state = "hidden"
    return saved(workbook)


@fixture("xlsx")
def several_sheets() -> bytes:
    return _several()


@fixture("xlsx")
def hidden_sheet() -> bytes:
    return _several("旧")


@fixture("ods")
def hidden_sheet_ods() -> bytes:
    return converted(_several("旧"), "ods")


@fixture("xls")
def hidden_sheet_xls() -> bytes:
    return converted(_several("旧"), "xls", ":MS Excel 97")


@fixture("xlsx")
def a_sheet_for_every_year() -> bytes:
    workbook = Workbook()
    workbook.active.title = "R3"
    fill(workbook.active, rows(title="令和3年度 実施状況調査"))
    fill(workbook.create_sheet("R4"), rows())
    return saved(workbook)


@fixture("xlsx")
def item_over_two_rows() -> bytes:
    lines = rows({(1, ACTIVITIES): "総合窓口を"})
    lines.insert(3, [None, None, None, None, "開いた。"])

    def edit(sheet: Any) -> None:
        for area in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "F3:F4"):
            sheet.merge_cells(area)

    return book(lines, edit)


@fixture("xlsx")
def status_over_two_items() -> bytes:
    lines = rows({(6, STATUS): None, (5, STATUS): "実施"})

    def edit(sheet: Any) -> None:
        sheet.merge_cells("D7:D8")

    return book(lines, edit)


# Cells


@fixture("xlsx")
def full_width_digits() -> bytes:
    return book(rows({(item, NUMBER): "０１２３４５６"[item] for item in range(1, 7)}))


@fixture("xlsx")
def numbers_as_text() -> bytes:
    return book(rows({(item, NUMBER): f"00{item}" for item in range(1, 7)}))


@fixture("csv")
def numbers_with_decimals() -> bytes:
    return text(rows({(item, NUMBER): f"{item}.0" for item in range(1, 7)})).encode()


@fixture("xlsx")
def circled_numbers() -> bytes:
    return book(rows({(item, NUMBER): "①②③④⑤⑥"[item - 1] for item in range(1, 7)}))


@fixture("csv")
def roman_numbers() -> bytes:
    numbers = {(at, NUMBER): letter for at, letter in enumerate("ⅠⅡⅢⅣⅤⅥ", start=1)}
    lines = [[cell for at, cell in enumerate(line) if at != POLICY] for line in rows(numbers)]
    return text(lines).encode()


@fixture("csv")
def policy_headings_in_two_cells() -> bytes:
    lines = rows({(at, POLICY): None for at in range(1, 7)})
    second = [[None, None, "Ⅰ 小計", 3], ["Ⅱ", "健全な財政運営"], *lines[5:]]
    return text([*lines[:2], ["Ⅰ", "市民サービスの向上"], *lines[2:5], *second]).encode()


@fixture("xlsx")
def only_the_example() -> bytes:
    return book(rows(), sheet="記入例")


@fixture("xlsx")
def status_merged_across() -> bytes:
    return book(rows({(2, STATUS): None}), lambda sheet: sheet.merge_cells("C4:D4"))


@fixture("csv")
def column_of_another_name() -> bytes:
    lines = rows()
    lines[1][ACTIVITIES] = "今年度やったこと"
    return text(lines).encode()


@fixture("csv")
def short_year_in_title() -> bytes:
    return text(rows(title="R3 実施状況")).encode()


@fixture("csv")
def mixed_encodings() -> bytes:
    first, second = text(rows()).encode(), text(rows()[5:]).encode("cp932")
    return first + second


@fixture("xlsx")
def decorated_numbers() -> bytes:
    written = ["No.1", "№２", "（3）", "項目４", "第5号", "#6"]
    return book(rows({(at, NUMBER): number for at, number in enumerate(written, start=1)}))


@fixture("csv")
def spaces_everywhere() -> bytes:
    changes = {(item, STATUS): f" {ITEMS[item - 1][STATUS]}　" for item in range(1, 7)}
    changes |= {(4, STATUS): "検　討　中", (1, ITEM): "窓口の　ワンストップ化 ", (2, NUMBER): "　2 "}
    return text(rows(changes)).encode("cp932")


@fixture("xlsx")
def invisible_characters() -> bytes:
    return book(
        rows({(1, STATUS): "実施\u200b", (2, ITEM): "\ufeff高齢者の見守り支援", (3, NUMBER): "3\u00a0"})
    )


@fixture("xlsx")
def line_breaks_in_names() -> bytes:
    return book(
        rows(
            {
                (1, ITEM): "窓口の\nワンストップ化",
                (4, STATUS): "検討\n中",
                (2, POLICY): "Ⅰ\n市民サービスの向上",
            }
        )
    )


@fixture("csv")
def half_width_katakana() -> bytes:
    return text(rows({(3, ITEM): "ｻｰﾋﾞｽ案内の充実(窓口~出張所)", (6, ITEM): "ﾆｭｰﾀｳﾝの再編"})).encode("cp932")


@fixture("xlsx")
def variant_characters() -> bytes:
    return book(
        rows(
            {
                (2, ITEM): "髙齢者の見守り支援",
                (3, ITEM): "サ－ビス案内の充実（窓口〜出張所）",
                (5, ITEM): "市税･使用料の収納率向上",
            }
        )
    )


@fixture("xlsx")
def names_with_marks() -> bytes:
    return book(
        rows(
            {
                (1, ITEM): "1 窓口のワンストップ化",
                (2, ITEM): "(2)高齢者の見守り支援",
                (4, ITEM): "公共施設の集約化※1",
            }
        )
    )


@fixture("xlsx")
def ditto_marks() -> bytes:
    changes = {
        (2, POLICY): "〃",
        (3, POLICY): "同上",
        (5, POLICY): "〃",
        (6, POLICY): "〃",
        (3, DEPARTMENT): "〃",
    }
    return book(rows(changes | {(2, DEPARTMENT): "市民課", (6, POLICY): "″"}))


@fixture("xlsx")
def ditto_status() -> bytes:
    items = [list(item) for item in ITEMS]
    items = [items[0], items[2], items[4], items[1], items[3], items[5]]
    items[1][STATUS] = items[2][STATUS] = "〃"
    return book([[TITLE], HEADER, *items])


@fixture("csv")
def dashes_for_nothing() -> bytes:
    return text(
        rows({(2, ACTIVITIES): "－", (3, ACTIVITIES): "-", (6, REMARKS): "―", (4, POLICY): "‐"})
    ).encode()


@fixture("ods")
def formulas_with_results() -> bytes:
    return converted(_formulas(), "ods")


@fixture("xls")
def formulas_with_results_xls() -> bytes:
    return converted(_formulas(), "xls", ":MS Excel 97")


@fixture("xlsx")
def formulas_with_results_xlsx() -> bytes:
    return shared(_formulas())


def _formulas() -> bytes:
    changes: dict[tuple[int, int], Any] = {(item, NUMBER): "=ROW()-2" for item in range(1, 7)}
    return book(rows(changes | {(1, STATUS): '="実"&"施"'}))


@fixture("csv")
def header_aliases() -> bytes:
    header = ["No.", "施策の柱", "取組項目", "進捗状況", "取組内容", "担当課", "特記事項"]
    return text([[TITLE], header, *ITEMS]).encode("cp932")


@fixture("xlsx")
def header_additions() -> bytes:
    header = [
        "番　号",
        "基本方針",
        "推進項目名",
        "令和4年度\n実施状況（必須）",
        "主な取組※1",
        "所管課【部】",
        "備 考",
    ]
    return book([[TITLE], header, *ITEMS])


@fixture("csv")
def only_the_required_columns() -> bytes:
    return text([["番号", "実施状況"], *([item[NUMBER], item[STATUS]] for item in ITEMS)]).encode()


@fixture("csv")
def items_in_another_order() -> bytes:
    lines = rows()
    return text([*lines[:2], *reversed(lines[2:])]).encode()


@fixture("xlsx")
def repeated_items() -> bytes:
    again = [2, SECOND, "高齢者の見守り支援（再掲）", "一部実施"]
    again[POLICY] = FIRST
    return book([*rows(), again, ["合計", None, None, 6]])


@fixture("csv", name="令和４年度_実施状況調査")
def the_year_in_its_name() -> bytes:
    return text(rows(title=None)).encode()


# Another vocabulary


@fixture("csv")
def symbols() -> bytes:
    return text([HEADER[:4], *KIGOU]).encode()


@fixture("xlsx")
def symbols_written_otherwise() -> bytes:
    written = ["◎", "〇", "遅れ、見直し", "✕", "－"]
    numbers = ["１－１－１", "1‐1‐2", "1−2−1", "2ー1ー1", "２-１-10"]
    lines = [
        [number, *item[1:3], status] for number, item, status in zip(numbers, KIGOU, written, strict=True)
    ]
    return book([HEADER[:4], *lines])


@fixture("xlsx")
def symbols_as_aliases() -> bytes:
    written = ["達成･完了", "○", "△", "×", "対象外"]
    return book(
        [
            HEADER[:4],
            *([*item[:3], status] for item, status in zip(KIGOU, written, strict=True)),
            ["計", None, None, 4],
        ]
    )


# Checks: items


def _defect(changes: dict[tuple[int, int], Any]) -> bytes:
    return book(rows(changes))


@fixture("xlsx")
def unknown_status() -> bytes:
    return _defect({(2, STATUS): "一部実施済"})


@fixture("xlsx")
def missing_status() -> bytes:
    return _defect({(2, STATUS): None, (4, STATUS): "－"})


@fixture("csv")
def control_characters_in_status() -> bytes:
    return text(rows({(2, STATUS): "一部実施\x1b[2J", (3, STATUS): "\u202e実施"})).encode()


@fixture("xlsx")
def status_with_line_breaks() -> bytes:
    return _defect({(2, STATUS): "実施した。\n" * 20})


@fixture("xlsx")
def status_words_in_another_order() -> bytes:
    return _defect({(2, STATUS): "実施（一部）"})


@fixture("xlsx")
def look_alike_status() -> bytes:
    return _defect({(2, STATUS): "ー部実施"})


@fixture("xlsx")
def ditto_with_nothing_above() -> bytes:
    return _defect({(1, STATUS): "〃"})


@fixture("csv")
def missing_number() -> bytes:
    return text(rows({(3, NUMBER): None})).encode("cp932")


@fixture("csv")
def unknown_item() -> bytes:
    return text([*rows(), [61, SECOND, "ニュータウンの再編その２", "実施"]]).encode()


@fixture("xlsx")
def code_turned_into_a_date() -> bytes:
    import datetime

    return book([HEADER[:4], *KIGOU[:2], [datetime.date(2001, 2, 1), *KIGOU[2][1:]], *KIGOU[3:]])


@fixture("csv")
def item_not_alive() -> bytes:
    return text([*rows(), [7, SECOND, "旧庁舎の活用", "実施"]]).encode()


@fixture("csv")
def item_missing() -> bytes:
    return text([line for line in rows() if line[0] != 4]).encode()


@fixture("csv")
def item_twice() -> bytes:
    return text([*rows(), [2, FIRST, "高齢者の見守り支援", "一部実施"]]).encode()


@fixture("csv")
def repeat_differs() -> bytes:
    return text([*rows(), [2, FIRST, "高齢者の見守り支援（再掲）", "実施"]]).encode()


@fixture("csv")
def name_of_another_number() -> bytes:
    return text(rows({(4, ITEM): "市税・使用料の収納率向上"})).encode()


@fixture("csv")
def unknown_name() -> bytes:
    return text(rows({(4, ITEM): "公共施設の統廃合"})).encode()


@fixture("csv")
def look_alike_name() -> bytes:
    return text(rows({(6, ITEM): "二ュータウンの再編"})).encode()


@fixture("csv")
def policy_mismatch() -> bytes:
    return text(rows({(4, POLICY): "Ⅰ"})).encode()


@fixture("xlsx")
def policy_heading_mismatch() -> bytes:
    items = [[item[0], None, *item[2:]] for item in ITEMS]
    return book([[TITLE], HEADER, [f"基本方針{FIRST}"], *items[:4], [f"基本方針{SECOND}"], *items[4:]])


@fixture("csv")
def unknown_policy() -> bytes:
    return text(rows({(4, POLICY): "Ⅲ 健全な行政運営"})).encode()


@fixture("xlsx")
def two_statuses() -> bytes:
    lines = rows()
    lines.insert(3, [None, None, None, "検討中"])

    def edit(sheet: Any) -> None:
        sheet.merge_cells("A3:A4")

    return book(lines, edit)


@fixture("xlsx")
def formula_without_a_result() -> bytes:
    return _defect({(2, STATUS): '="一部"&"実施"'})


@fixture("ods")
def formula_with_an_error() -> bytes:
    return converted(_defect({(2, STATUS): "=NA()"}), "ods")


@fixture("xls")
def formula_with_an_error_xls() -> bytes:
    return converted(_defect({(2, STATUS): "=NA()"}), "xls", ":MS Excel 97")


@fixture("xlsx")
def formula_with_an_error_xlsx() -> bytes:
    return shared(_defect({(2, STATUS): "=NA()"}))


@fixture("csv")
def departments_that_look_equal() -> bytes:
    return text(rows({(1, DEPARTMENT): "エ務課", (2, DEPARTMENT): "工務課"})).encode()


@fixture("csv")
def text_that_is_not_read() -> bytes:
    lines = rows()
    lines.insert(3, ["", "", "", "", "前の行の続き"])
    return text(lines).encode()


@fixture("csv")
def everything_at_once() -> bytes:
    changes = {
        (1, STATUS): "実施済",
        (3, NUMBER): "33",
        (4, ITEM): "何か",
        (6, STATUS): None,
        (5, DEPARTMENT): "税務課\ue000",
    }
    return text(rows(changes, title="令和3年度 調査")).encode()


# Checks: totals


@fixture("xlsx")
def total_disagrees() -> bytes:
    return book([*rows(), ["合計", None, None, "実施3、一部実施2、検討中1、未実施1"]])


@fixture("xlsx")
def subtotal_disagrees() -> bytes:
    lines = rows()
    return book(
        [*lines[:5], ["小計", None, None, 3], *lines[5:], ["小計", None, None, 4], ["合計", None, None, 6]]
    )


@fixture("xlsx")
def total_that_cannot_be_read() -> bytes:
    return book([*rows(), ["合計", None, None, "前年から2増えて6"]])


def _totals(counts: Sequence[Any], total: Any) -> Rows:
    names = ["実施", "一部実施", "検討中", "未実施"]
    pairs = [[name, count] for name, count in zip(names, counts, strict=True)]
    return [
        ["令和４年度 実施状況（合計のみ）"],
        ["※合計のみ: 広報から"],
        ["実施状況", "項目数"],
        *pairs,
        ["合計", total],
    ]


@fixture("csv")
def totals_only() -> bytes:
    return text(_totals([3, 1, 1, 1], 6)).encode("cp932")


@fixture("xlsx")
def totals_only_written_otherwise() -> bytes:
    return book(_totals(["３件", "1項目", 1.0, "１"], "６"))


@fixture("csv")
def totals_do_not_add_up() -> bytes:
    return text(_totals([3, 1, 1, 1], 7)).encode()


@fixture("csv")
def totals_differ_from_the_plan() -> bytes:
    return text(_totals([3, 1, 1, 2], 7)).encode()


@fixture("csv")
def totals_without_a_number() -> bytes:
    return text(_totals([3, 1, "不明", 1], 6)).encode()


@fixture("csv")
def totals_without_a_status() -> bytes:
    return text([line for line in _totals([3, 1, 1, 1], 6) if line[0] != "未実施"]).encode()


@fixture("csv")
def totals_with_a_status_twice() -> bytes:
    return text([*_totals([3, 1, 1, 1], 6)[:-1], ["実施", 3]]).encode()


@fixture("csv")
def totals_with_an_unknown_status() -> bytes:
    return text([*_totals([3, 1, 1, 1], 6)[:-1], ["実施済み", 0]]).encode()


# Checks: characters


@fixture("csv")
def gaiji() -> bytes:
    return (
        text(rows({(2, DEPARTMENT): "福祉課X"}))
        .encode("cp932")
        .replace(b"\x95\x9f\x8e\x83\x89\xdbX", b"\x95\x9f\x8e\x83\x89\xdb\xf0\x40")
    )


@fixture("xlsx")
def emoji() -> bytes:
    return _defect({(1, ACTIVITIES): "総合窓口を開いた😀"})


@fixture("csv")
def control_character() -> bytes:
    return text(rows({(1, ACTIVITIES): "総合窓口を\x0b開いた。"})).encode()


@fixture("xlsx")
def character_without_a_glyph() -> bytes:
    return _defect({(6, REMARKS): "กรุงเทพ"})


# Checks: sheets and files


@fixture("csv")
def wrong_year_in_title() -> bytes:
    return text(rows(title="令和３年度 実施状況調査")).encode()


@fixture("csv")
def wrong_year_in_header() -> bytes:
    header = [*HEADER[:3], "令和3年度実施状況"]
    return text([header, *(item[:4] for item in ITEMS)]).encode()


@fixture("xlsx")
def wrong_year_above_header() -> bytes:
    top = [None, None, "令和3年度", "令和4年度"]
    lines = [[item[0], item[2], item[3], item[4]] for item in ITEMS]
    return book([["令和4年度 調査"], top, ["番号", "推進項目", "実施状況", "実施予定"], *lines])


@fixture("csv")
def no_header() -> bytes:
    return text(ITEMS).encode()


@fixture("csv")
def missing_column() -> bytes:
    return text(
        [[TITLE], ["番号", "基本方針", "推進項目", "実施状態"], *(item[:4] for item in ITEMS)]
    ).encode()


@fixture("csv")
def two_status_columns() -> bytes:
    return text([[TITLE], [*HEADER[:4], "実施状況"], *([*item[:4], "未実施"] for item in ITEMS)]).encode()


@fixture("xlsx")
def two_candidate_sheets() -> bytes:
    workbook = Workbook()
    workbook.active.title = "市民部"
    fill(workbook.active, rows())
    fill(workbook.create_sheet("財政部"), rows())
    return saved(workbook)


@fixture("csv")
def no_year_anywhere() -> bytes:
    return text(rows(title=None)).encode()


@fixture("csv")
def empty() -> bytes:
    return b""


@fixture("xlsx")
def empty_workbook() -> bytes:
    return saved(Workbook())


@fixture("xlsx")
def pdf_under_another_name() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@fixture("xls")
def html_under_another_name() -> bytes:
    return "<html><table><tr><td>番号</td><td>実施状況</td></tr></table></html>".encode("cp932")


@fixture("xlsx")
def document_under_another_name() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


@fixture("csv")
def not_text() -> bytes:
    return bytes(range(256)) * 4


@fixture("csv")
def euc_jp() -> bytes:
    return text(rows()).encode("euc_jp", "replace")


@fixture("csv")
def iso_2022_jp() -> bytes:
    return text(rows()).replace("～", "〜").translate({0x2160: "I", 0x2161: "II"}).encode("iso2022_jp")


@fixture("csv")
def utf16_without_bom() -> bytes:
    return text(rows()).encode("utf-16-le")


@fixture("csv")
def broken_utf8() -> bytes:
    return text(rows()).encode("utf-8-sig").replace("検討中".encode(), b"\xe6\xa4")


@fixture("csv")
def unclosed_quote() -> bytes:
    return text(rows()).replace("総合窓口", '"総合窓口').encode()


@fixture("xlsx")
def truncated() -> bytes:
    return plain()[:-300]


@fixture("xlsx")
def damaged_member() -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(shared(plain()))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return stream.getvalue().replace("検討中".encode(), "検討下".encode())


@fixture("xlsx")
def member_twice() -> bytes:
    import warnings

    stream = io.BytesIO(plain())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", archive.read("xl/worksheets/sheet1.xml"))
    return stream.getvalue()


@fixture("xlsx")
def document_type_definition() -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet'
    return in_worksheet(plain(), b"<worksheet", bomb)


@fixture("xlsx")
def row_twice() -> bytes:
    return in_worksheet(plain(), b'<row r="8"', b'<row r="7"')


@fixture("xlsx")
def cell_far_away() -> bytes:
    def edit(sheet: Any) -> None:
        sheet["XFD1048576"] = "x"

    return book(rows(), edit)


@fixture("ods")
def cells_repeated_far() -> bytes:
    data = plain_ods()

    def change(name: str, content: bytes) -> bytes:
        if name == "content.xml":
            end = content.rindex(b"</table:table>")
            row = b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
            return content[:end] + row + content[end:]
        return content

    return repacked(data, change)


@fixture("ods")
def cells_repeated_often() -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name == "content.xml":
            start = content.index(b"<table:table-row")
            cell = b'<table:table-cell table:number-columns-repeated="900" office:value-type="float" office:value="1"/>'
            row = b'<table:table-row table:number-rows-repeated="900">' + cell + b"</table:table-row>"
            return content[:start] + row + content[start:]
        return content

    return repacked(plain_ods(), change)


@fixture("xlsx")
def row_ten_million() -> bytes:
    return in_worksheet(plain(), b'<row r="8"', b'<row r="10000000"')


@fixture("xlsx")
def long_cell() -> bytes:
    cell = b'<row r="9"><c r="E9" t="inlineStr"><is><t>' + b"0" * 32_768 + b"</t></is></c></row></sheetData>"
    return in_worksheet(plain(), b"</sheetData>", cell)


@fixture("xlsx")
def text_shared_by_many_cells() -> bytes:
    """A small file that fills gigabytes once every cell has its own copy of the text."""
    cell = '<row r="{row}"><c r="H{row}" t="s"><v>0</v></c></row>'
    more = "".join(cell.format(row=row) for row in range(9, 309)).encode()

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return content.replace(b"<si>", b"<si><t>" + b"0" * 30_000 + b"</t></si><si>", 1)
        return content.replace(b"</sheetData>", more + b"</sheetData>")

    return repacked(shared(plain()), change)


@fixture("xlsx")
def claims_gigabytes() -> bytes:
    """The directory at the zip's end says that the worksheet unpacks to 3 GB."""
    data = bytearray(plain())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (3_000_000_000).to_bytes(4, "little")
    return bytes(data)


@fixture("xlsx")
def unpacks_a_thousandfold() -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return content.replace(b"</sst>", b"<si><t>" + b"0" * 4_000_000 + b"</t></si></sst>")
        return content

    return repacked(shared(plain()), change)


@fixture("ods")
def password_ods() -> bytes:
    return _with_password("ods", "calc8")


@fixture("xls")
def password_xls() -> bytes:
    return _with_password("xls", "MS Excel 97")


def _with_password(ending: str, filter_name: str) -> bytes:
    """Saved with a password through LibreOffice's programming interface (Debian: python3-uno).

    LibreOffice leaves .xlsx open this way; ``password.xlsx`` was encrypted with msoffcrypto-tool.
    """
    script = f"""
import sys, time
import uno
from com.sun.star.beans import PropertyValue
def prop(name, value):
    p = PropertyValue(); p.Name = name; p.Value = value; return p
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(60):
    try:
        context = resolver.resolve("uno:pipe,name=fixtures;urp;StarOffice.ComponentContext"); break
    except Exception:
        time.sleep(0.5)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = desktop.loadComponentFromURL("file://" + sys.argv[1], "_blank", 0, (prop("Hidden", True),))
document.storeToURL("file://" + sys.argv[2], (prop("FilterName", "{filter_name}"), prop("Password", "himitsu")))
document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.xlsx").write_bytes(plain())
        (folder / "save.py").write_text(script)
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--norestore",
             "--accept=pipe,name=fixtures;urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            command = [
                "/usr/bin/python3",
                str(folder / "save.py"),
                str(folder / "in.xlsx"),
                str(folder / f"out.{ending}"),
            ]
            subprocess.run(command, check=True, timeout=120)
            return (folder / f"out.{ending}").read_bytes()
        finally:
            office.wait(timeout=60)


def main() -> None:
    names = sys.argv[1:] or list(FIXTURES)
    for name in names:
        (FOLDER / name).write_bytes(FIXTURES[name]())


if __name__ == "__main__":
    main()
