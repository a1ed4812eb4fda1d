"""Readers of the written files that know nothing of the writers."""

import io
import zipfile
from decimal import Decimal
from typing import NamedTuple

import openpyxl
from lxml import etree

from helpers.export.files.contents import Publication
from helpers.export.files.fields import FIELDS, Field

SHEET = list[list[object]]
_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE = (f"{_OASIS}{part}:1.0}}" for part in ("table", "text", "office"))


class Case(NamedTuple):
    """A publication and its files."""

    publication: Publication
    files: dict[str, bytes]


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


def records_in(sheet: SHEET) -> tuple[list[str], list[tuple[object, ...]]]:
    """Column names and records of a table's sheet: titles back to names, words to codes, empty to '' or None."""
    by_title = {field.title: field for field in FIELDS.values()}
    assert len(by_title) == len(FIELDS)
    fields = [by_title[str(title)] for title in sheet[2]]
    rows = []
    for row in sheet[3:]:
        full = [*row, *[None] * (len(fields) - len(row))]
        rows.append(tuple(_record_value(*pair) for pair in zip(fields, full, strict=True)))
    return [field.name for field in fields], rows


def _record_value(field: Field, value: object) -> object:
    plain = {word: code for code, word in field.words.items()}.get(str(value), value)
    if field.kind.type == "string":
        return plain or ""
    return plain if plain is None or field.kind.is_share else int(str(plain))
