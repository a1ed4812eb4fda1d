"""Readers of the written files that know nothing of the writers."""

import io
import re
import zipfile
from decimal import Decimal
from typing import NamedTuple

import openpyxl
from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from helpers.export.files.contents import Publication
from helpers.export.files.fields import FIELDS, Field

SHEET = list[list[object]]
_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE = (f"{_OASIS}{part}:1.0}}" for part in ("table", "text", "office"))


class Case(NamedTuple):
    """A publication and its files."""

    publication: Publication
    files: dict[str, bytes]


class TableRead(NamedTuple):
    """A table that a workbook marks as one: sheet, text over its header, header with records."""

    sheet: str
    caption: object
    rows: SHEET


def xlsx_tables(content: bytes) -> dict[str, TableRead]:
    """Every table that Excel knows, by its name."""
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    cells = xlsx_sheets(content)
    return {
        name: _table_at(cells, sheet.title, area) for sheet in sheets for name, area in sheet.tables.items()
    }


def ods_tables(content: bytes) -> dict[str, TableRead]:
    """Every database range that LibreOffice knows, by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    cells, found = ods_sheets(content), {}
    for area in root.iter(f"{_TABLE}database-range"):
        address = area.get(f"{_TABLE}target-range-address")
        sheet, first, last = re.fullmatch(r"'(.+)'\.(\w+):'\1'\.(\w+)", address).groups()
        found[area.get(f"{_TABLE}name")] = _table_at(cells, sheet, f"{first}:{last}")
    return found


def _table_at(sheets: dict[str, SHEET], sheet: str, area: str) -> TableRead:
    (top, _), (bottom, right) = map(coordinate_to_tuple, area.split(":"))
    rows = [[*row, *[None] * right][:right] for row in sheets[sheet]]
    captions = [row[0] for row in rows[: top - 1] if row[0] not in (None, "表紙へ")]
    return TableRead(sheet, captions[-1], rows[top - 1 : bottom])


def xlsx_sheets(content: bytes) -> dict[str, SHEET]:
    """Every sheet's rows, numbers as decimals."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            [Decimal(repr(v)) if isinstance(v, int | float) else v for v in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in workbook.worksheets
    }


def ods_sheets(content: bytes) -> dict[str, SHEET]:
    """Every sheet's rows, numbers as decimals."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    return {
        table.get(f"{_TABLE}name"): [
            [_ods_value(cell) for cell in row.iter(f"{_TABLE}table-cell")]
            for row in table.iter(f"{_TABLE}table-row")
        ]
        for table in root.iter(f"{_TABLE}table")
    }


def _ods_value(cell: etree._Element) -> object:
    if cell.get(f"{_OFFICE}value") is not None:
        return Decimal(cell.get(f"{_OFFICE}value"))
    return "\n".join(_ods_text(line) for line in cell.iter(f"{_TEXT}p")) or None


def _ods_text(node: etree._Element) -> str:
    parts = [node.text or ""]
    for child in node:
        gap = {f"{_TEXT}s": " " * int(child.get(f"{_TEXT}c", "1")), f"{_TEXT}tab": "\t"}
        parts += [gap.get(child.tag) or _ods_text(child), child.tail or ""]
    return "".join(parts)


def records_in(header: list[object], *rows: list[object]) -> tuple[list[str], list[tuple[object, ...]]]:
    """Column names and records of a table in a workbook: titles back to names, words to codes, empty to '' or None."""
    by_title = {field.title: field for field in FIELDS.values()}
    assert len(by_title) == len(FIELDS)
    fields = [by_title[str(title)] for title in header]
    records = [tuple(_record_value(*pair) for pair in zip(fields, row, strict=True)) for row in rows]
    return [field.name for field in fields], records


def _record_value(field: Field, value: object) -> object:
    plain = {word: code for code, word in field.words.items()}.get(str(value), value)
    if field.kind.type == "string":
        return plain or ""
    return plain if plain is None or field.kind.is_share else int(str(plain))
