"""Formats and encodings."""

from __future__ import annotations

from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from .writing import (
    ACTIVITIES,
    FIRST,
    FIXTURES,
    ITEM,
    ITEMS,
    NUMBER,
    POLICY,
    STATUS,
    book,
    changed,
    fixture,
    in_column,
    replaced,
    rows,
    shared,
    text,
    through_office,
    written,
)

written({"utf8.csv": rows(), "plain.xlsx": rows()})
written({"utf8_with_bom.csv": rows()}, "utf-8-sig")
changed({"cp932.csv": {(1, ACTIVITIES): "髙島・﨑山の①総合窓口を㈱みなとに任せた。～"}}, "cp932")
changed(
    {"line_breaks_in_quotes.csv": {(1, ACTIVITIES): '総合窓口を開いた。\r\n「早い」と"好評"、混雑なし'}},
    "cp932",
)
changed({"excel_text_formulas.csv": in_column(NUMBER, [f'="{item}"' for item in range(1, 7)])}, "cp932")
FIXTURES |= {
    "utf16_little_endian.csv": lambda: b"\xff\xfe" + text(rows()).encode("utf-16-le"),
    "utf16_tabs_as_unicode_text.csv": lambda: b"\xff\xfe" + text(rows(), "\t").encode("utf-16-le"),
    "utf16_big_endian.csv": lambda: b"\xfe\xff" + text(rows()).encode("utf-16-be"),
    "tabs.tsv": lambda: text(rows(), "\t").encode(),
    "semicolons.csv": lambda: text(rows(), ";").encode(),
    "text_under_the_name_of_excel.xls": lambda: text(rows(), "\t").encode("cp932"),
}


@fixture("mixed_line_ends.csv")
def mixed_line_ends() -> bytes:
    lines = text(rows(), end="\n").split("\n")
    return "".join(line + ("\r\n" if at % 2 else "\n") for at, line in enumerate(lines) if line).encode()


@fixture("ragged_rows.csv")
def ragged_rows() -> bytes:
    lines = [line[: 4 + at % 4] if at > 1 else line for at, line in enumerate(rows())]
    lines[2] = [*ITEMS[0], None, "欄外"]
    lines[7] = ITEMS[5]
    return text(lines).encode()


@fixture("as_excel_writes.xlsx")
def as_excel_writes() -> bytes:
    """Shared strings with furigana, in-line strings and rich text, as Excel itself writes them."""

    def edit(sheet: Any) -> None:
        sheet["D4"] = CellRichText("一部", TextBlock(InlineFont(b=True), "実施"))

    furigana = '<rPh sb="0" eb="2"><t>ジッシ</t></rPh><phoneticPr fontId="1"/></si>'.encode()
    return replaced(shared(book(rows(), edit)), "xl/sharedStrings.xml", b"</si>", furigana)


def formulas() -> bytes:
    return book(rows(in_column(NUMBER, ["=ROW()-2"] * 6) | {(1, STATUS): '="実"&"施"'}))


def formula_with_an_error() -> bytes:
    return book(rows({(2, STATUS): "=NA()"}))


through_office(
    {
        "plain_xls.xls": FIXTURES["plain.xlsx"],
        "plain_ods.ods": FIXTURES["plain.xlsx"],
        "saved_by_libreoffice.xlsx": FIXTURES["plain.xlsx"],
        "formulas_with_results.ods": formulas,
        "formulas_with_results_xls.xls": formulas,
        "formulas_with_results_xlsx.xlsx": formulas,
        "formula_with_an_error.ods": formula_with_an_error,
        "formula_with_an_error_xls.xls": formula_with_an_error,
        "formula_with_an_error_xlsx.xlsx": formula_with_an_error,
    }
)
changed({"formula_without_a_result.xlsx": {(2, STATUS): '="一部"&"実施"'}})
changed(
    {
        "invisible_characters.xlsx": {
            (1, STATUS): "実施\u200b",
            (2, ITEM): "\ufeff高齢者の見守り支援",
            (3, NUMBER): "3\u00a0",
        },
        "line_breaks_in_names.xlsx": {
            (1, ITEM): "窓口の\nワンストップ化",
            (4, STATUS): "検討\n中",
            (2, POLICY): FIRST.replace(" ", "\n"),
        },
    }
)
