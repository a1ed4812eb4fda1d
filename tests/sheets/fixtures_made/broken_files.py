"""Files that are empty, damaged, of another kind, in another encoding, or beyond a limit."""

import io
import warnings
import zipfile

from openpyxl import Workbook

from helpers.files.writing import zipped
from spreadsheets import book, csv_text, members, saved

from .writing import FIXTURES, inserted, replaced, rows, shared

WORKSHEET = "xl/worksheets/sheet1.xml"
PLAIN = csv_text(rows())


def in_worksheet(old: bytes, new: bytes) -> bytes:
    """The plain workbook with a text of its worksheet replaced."""
    return replaced(book(rows()), WORKSHEET, old, new)


def member_twice() -> bytes:
    stream = io.BytesIO(book(rows()))
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(WORKSHEET, archive.read(WORKSHEET))
    return stream.getvalue()


def damaged_member() -> bytes:
    parts = members(shared(book(rows())))
    return zipped(parts, stored=frozenset(parts)).replace("検討中".encode(), "検討下".encode())


FIXTURES |= {
    "empty.csv": lambda: b"",
    "empty_workbook.xlsx": lambda: saved(Workbook()),
    "pdf_under_another_name.xlsx": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "html_under_another_name.xls": lambda: (
        "<html><table><tr><td>番号</td><td>実施状況</td></tr></table></html>".encode("cp932")
    ),
    "document_under_another_name.xlsx": lambda: zipped(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    ),
    "not_text.csv": lambda: bytes(range(256)) * 4,
    "euc_jp.csv": lambda: PLAIN.encode("euc_jp", "replace"),
    "iso_2022_jp.csv": lambda: (
        PLAIN.replace("～", "〜").translate({0x2160: "I", 0x2161: "II"}).encode("iso2022_jp")
    ),
    "utf16_without_bom.csv": lambda: PLAIN.encode("utf-16-le"),
    "broken_utf8.csv": lambda: PLAIN.encode("utf-8-sig").replace("検討中".encode(), b"\xe6\xa4"),
    "mixed_encodings.csv": lambda: PLAIN.encode() + csv_text(rows()[5:]).encode("cp932"),
    "unclosed_quote.csv": lambda: PLAIN.replace("総合窓口", '"総合窓口').encode(),
    "truncated.xlsx": lambda: book(rows())[:-300],
    "damaged_member.xlsx": damaged_member,
    "member_twice.xlsx": member_twice,
    "row_twice.xlsx": lambda: in_worksheet(b'<row r="8"', b'<row r="7"'),
    "row_without_a_number.xlsx": lambda: in_worksheet(b'<row r="8"', b'<row r="eight"'),
    "document_type_definition.xlsx": lambda: in_worksheet(
        b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet'
    ),
    "long_cell.xlsx": lambda: in_worksheet(
        b"</sheetData>",
        b'<row r="9"><c r="E9" t="inlineStr"><is><t>' + b"0" * 32_768 + b"</t></is></c></row></sheetData>",
    ),
    # A value in the first column beyond the limit.
    "cell_far_away.xlsx": lambda: book(inserted({8: "," * 1000 + "x"})),
}
