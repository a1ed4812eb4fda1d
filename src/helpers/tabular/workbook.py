"""Tables as one xlsx workbook: a sheet per table, real numbers, the same bytes for the same tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from helpers.errors import ExportError
from helpers.tabular.text import is_formula_like

if TYPE_CHECKING:
    from helpers.table import Table

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TIME = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_LONGEST_TEXT = 32767  # Excel's limit for a cell; openpyxl would cut the rest off without a word.
_WIDEST_COLUMN = 60


def tables_workbook(tables: Iterable[Table]) -> bytes:
    """Write the tables' records, one sheet each under the table's id.

    Raises:
        ExportError: a text is longer than a cell of a workbook can be.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for table in tables:
        _write_sheet(workbook.create_sheet(table.id[:31]), table)
    stream = io.BytesIO()
    workbook.save(stream)
    return _without_times(stream.getvalue())


def _write_sheet(sheet: Any, table: Table) -> None:
    records = table.records.astype(object)
    for column, name in enumerate(records.columns, start=1):
        cell = sheet.cell(1, column)
        _set_text(cell, str(name), table)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF4")
        values = records.iloc[:, column - 1]
        for row, value in enumerate(values, start=2):
            _set_value(sheet.cell(row, column), value, table)
        widest = max([_width(str(name)), *(_width(_shown(value)) for value in values)])
        sheet.column_dimensions[get_column_letter(column)].width = min(widest, _WIDEST_COLUMN) + 2
    sheet.freeze_panes = "A2"
    sheet.sheet_view.zoomScale = 100


def _set_value(cell: Any, value: object, table: Table) -> None:
    if isinstance(value, str):
        _set_text(cell, value, table)
    elif not pd.isna(value):
        cell.value = value if isinstance(value, Decimal) else int(value)  # type: ignore[call-overload]
        if isinstance(value, Decimal):
            # A fraction with the digits that were printed: 0.810 shows as 81.0%.
            digits = max(0, -int(value.as_tuple().exponent) - 2)
            cell.number_format = f"0.{'0' * digits}%" if digits else "0%"


def _set_text(cell: Any, text: str, table: Table) -> None:
    if len(text) > _LONGEST_TEXT:
        raise ExportError(
            f"tables.xlsx の {table.id} に、{_LONGEST_TEXT}字を超える文字列があります。元の表を短くしてください"
        )
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = is_formula_like(text)
    if "\n" in text or _width(text) > _WIDEST_COLUMN:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "00000000"


def _width(text: str) -> int:
    return max(sum(1 + (east_asian_width(letter) in "WFA") for letter in line) for line in text.split("\n"))


def _without_times(workbook: bytes) -> bytes:
    """The same workbook with fixed times, in its properties and on the members of the zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _TIME.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type, member.external_attr, member.create_system = (
                zipfile.ZIP_DEFLATED,
                0o600 << 16,
                3,
            )
            new.writestr(member, content)
    return stream.getvalue()
