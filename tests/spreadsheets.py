"""Small spreadsheets for tests, made of lines of cells or of their parts, and taken apart again."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from helpers.files.writing import zipped
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.sheets import Finding, SheetReading, inspect_parts, marked_copy
from helpers.sheets.files.unreadable import LIMITS, Limits

Lines = list[list[Any]]
Edit = Callable[[Any], None]
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
# The namespaces of the parts of an ods that tests write.
ODS_NAMES = " ".join(
    f'xmlns:{prefix}="{_OASIS}:{name}:1.0"'
    for prefix, name in {
        "office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing", "dc": "dc",
        "calcext": "calcext",
    }.items()
)  # fmt: skip


def csv_text(lines: Iterable[Sequence[Any]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Lines of cells as the text of a csv."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(lines)
    return stream.getvalue()


def book(lines: Iterable[Sequence[Any]], edit: Edit | None = None, name: str = "状況調査") -> bytes:
    """An xlsx of one worksheet."""
    return books({name: lines}, edit)


def books(sheets: Mapping[str, Iterable[Sequence[Any]]], edit: Edit | None = None) -> bytes:
    """An xlsx of several worksheets; ``edit`` may change the last."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, lines in sheets.items():
        sheet = workbook.create_sheet(name)
        for row, line in enumerate(lines, start=1):
            for column, value in enumerate(line, start=1):
                sheet.cell(row, column).value = value
    if edit is not None:
        edit(workbook.worksheets[-1])
    return saved(workbook)


def as_texts(sheet: Any) -> None:
    """Makes texts of the cells of a worksheet, also of those that begin with =."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"


def merging(areas: str) -> Edit:
    """Merges areas of a worksheet."""
    return lambda sheet: [sheet.merge_cells(area) for area in areas.split()]


def saved(workbook: Any) -> bytes:
    """The bytes of a workbook of openpyxl or xlwt."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def filled_in(blank: bytes, status: str) -> bytes:
    """A blank sheet that was sent out, as it comes back: with a status at each item."""
    workbook = load_workbook(io.BytesIO(blank))
    sheet = workbook["状況調査"]
    (column,) = [cell.column for cell in sheet[4] if cell.value == "実施状況"]
    for row in range(5, sheet.max_row + 1):
        if sheet.cell(row, 1).value:
            sheet.cell(row, column).value = status
    return saved(workbook)


def ods(
    rows: str, name: str = "状況調査", styles: str = "", common: str = "", before: str = "", **more: bytes
) -> bytes:
    """The smallest ods with these rows (XML); ``styles`` are its own, ``common`` named ones; ``more``: other parts."""
    head = f'office:document-content {ODS_NAMES} xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = f"{before}<{head}><office:automatic-styles>{styles}</office:automatic-styles>"
    content += f'<office:body><office:spreadsheet><table:table table:name="{name}">{rows}</table:table>'
    content += "</office:spreadsheet></office:body></office:document-content>"
    named = f"<office:document-styles {ODS_NAMES}><office:styles>{common}</office:styles></office:document-styles>"
    parts = {"content.xml": content.encode(), "styles.xml": named.encode()} | more
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"} | parts)


def members(data: bytes) -> dict[str, bytes]:
    """The members of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def inspect_bytes(
    data: bytes, name: str, plan: Plan, year: FiscalYear | None = None, limits: Limits = LIMITS
) -> SheetReading:
    """Read a status sheet of one file that is given as bytes."""
    return inspect_parts({name: data}, name, plan, year, limits)


def mark_up(source: Path | bytes, findings: Sequence[Finding]) -> bytes:
    """The bytes of a sheet's marked copy."""
    return marked_copy(source, findings).data
