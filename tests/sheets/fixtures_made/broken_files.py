"""Files that are empty, damaged, of another kind, in another encoding, or beyond a limit."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import Any

from openpyxl import Workbook

from .writing import FIXTURES, book, fixture, replaced, rows, saved, shared, text

WORKSHEET = "xl/worksheets/sheet1.xml"


def plain() -> bytes:
    return book(rows())


FIXTURES |= {
    "empty.csv": lambda: b"",
    "empty_workbook.xlsx": lambda: saved(Workbook()),
    "pdf_under_another_name.xlsx": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "html_under_another_name.xls": lambda: (
        "<html><table><tr><td>番号</td><td>実施状況</td></tr></table></html>".encode("cp932")
    ),
    "not_text.csv": lambda: bytes(range(256)) * 4,
    "euc_jp.csv": lambda: text(rows()).encode("euc_jp", "replace"),
    "iso_2022_jp.csv": lambda: (
        text(rows()).replace("～", "〜").translate({0x2160: "I", 0x2161: "II"}).encode("iso2022_jp")
    ),
    "utf16_without_bom.csv": lambda: text(rows()).encode("utf-16-le"),
    "broken_utf8.csv": lambda: text(rows()).encode("utf-8-sig").replace("検討中".encode(), b"\xe6\xa4"),
    "mixed_encodings.csv": lambda: text(rows()).encode() + text(rows()[5:]).encode("cp932"),
    "unclosed_quote.csv": lambda: text(rows()).replace("総合窓口", '"総合窓口').encode(),
    "truncated.xlsx": lambda: plain()[:-300],
    "row_twice.xlsx": lambda: replaced(plain(), WORKSHEET, b'<row r="8"', b'<row r="7"'),
    "row_without_a_number.xlsx": lambda: replaced(plain(), WORKSHEET, b'<row r="8"', b'<row r="eight"'),
    "document_type_definition.xlsx": lambda: replaced(
        plain(), WORKSHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet'
    ),
    "long_cell.xlsx": lambda: replaced(
        plain(),
        WORKSHEET,
        b"</sheetData>",
        b'<row r="9"><c r="E9" t="inlineStr"><is><t>' + b"0" * 32_768 + b"</t></is></c></row></sheetData>",
    ),
}


@fixture("cell_far_away.xlsx")
def cell_far_away() -> bytes:
    """A value in the first column beyond the limit."""

    def edit(sheet: Any) -> None:
        sheet["ALM9"] = "x"

    return book(rows(), edit)


@fixture("document_under_another_name.xlsx")
def document_under_another_name() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


@fixture("damaged_member.xlsx")
def damaged_member() -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(shared(plain()))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return stream.getvalue().replace("検討中".encode(), "検討下".encode())


@fixture("member_twice.xlsx")
def member_twice() -> bytes:
    stream = io.BytesIO(plain())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(WORKSHEET, archive.read(WORKSHEET))
    return stream.getvalue()
