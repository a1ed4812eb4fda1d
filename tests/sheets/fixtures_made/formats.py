"""Formats and encodings."""

from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from spreadsheets import book, csv_text

from .writing import FIXTURES, ITEMS, replaced, rows, shared, through_office, written

PLAIN = csv_text(rows())

written(
    {
        "utf8.csv": rows(),
        "plain.xlsx": rows(),
        "formula_without_a_result.xlsx": rows(D4='="一部"&"実施"'),
        "invisible_characters.xlsx": rows(D3="実施\u200b", C4="\ufeff高齢者の見守り支援", A5="3\u00a0"),
        "line_breaks_in_names.xlsx": rows(
            C3="窓口の\nワンストップ化", D6="検討\n中", B4="Ⅰ\n市民サービスの向上"
        ),
    }
)
written({"utf8_with_bom.csv": rows()}, "utf-8-sig")
written(
    {
        "cp932.csv": rows(E3="髙島・﨑山の①総合窓口を㈱みなとに任せた。～"),
        "line_breaks_in_quotes.csv": rows(E3='総合窓口を開いた。\r\n「早い」と"好評"、混雑なし'),
        "excel_text_formulas.csv": rows(A=[f'="{number}"' for number in range(1, 7)]),
    },
    "cp932",
)


def mixed_line_ends() -> bytes:
    lines = csv_text(rows(), end="\n").split("\n")
    return "".join(line + ("\r\n" if at % 2 else "\n") for at, line in enumerate(lines) if line).encode()


def ragged_rows() -> bytes:
    lines = [line[: 4 + at % 4] if at > 1 else line for at, line in enumerate(rows())]
    return csv_text([*lines[:2], [*ITEMS[0], None, "欄外"], *lines[3:7], ITEMS[5]]).encode()


def as_excel_writes() -> bytes:
    """Shared strings with furigana, in-line strings and rich text, as Excel itself writes them."""

    def edit(sheet: Any) -> None:
        sheet["D4"] = CellRichText("一部", TextBlock(InlineFont(b=True), "実施"))

    furigana = '<rPh sb="0" eb="2"><t>ジッシ</t></rPh><phoneticPr fontId="1"/></si>'.encode()
    return replaced(shared(book(rows(), edit)), "xl/sharedStrings.xml", b"</si>", furigana)


FIXTURES |= {
    "utf16_little_endian.csv": lambda: b"\xff\xfe" + PLAIN.encode("utf-16-le"),
    "utf16_tabs_as_unicode_text.csv": lambda: b"\xff\xfe" + csv_text(rows(), "\t").encode("utf-16-le"),
    "utf16_big_endian.csv": lambda: b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "tabs.tsv": lambda: csv_text(rows(), "\t").encode(),
    "semicolons.csv": lambda: csv_text(rows(), ";").encode(),
    "text_under_the_name_of_excel.xls": lambda: csv_text(rows(), "\t").encode("cp932"),
    "mixed_line_ends.csv": mixed_line_ends,
    "ragged_rows.csv": ragged_rows,
    "as_excel_writes.xlsx": as_excel_writes,
}


def formulas() -> bytes:
    return book(rows(A=["=ROW()-2"] * 6, D3='="実"&"施"'))


def formula_with_an_error() -> bytes:
    return book(rows(D4="=NA()"))


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
