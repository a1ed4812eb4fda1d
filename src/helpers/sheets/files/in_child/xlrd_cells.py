"""Read an .xls of Excel 5.0 to 2003 with xlrd: cells, and what is merged and hidden; ``cells_as_json`` loads this."""

from __future__ import annotations

import os
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from helpers.sheets.files.in_child.cells_as_json import Output


def read(data: bytes, output: Output) -> None:
    """Hand over every worksheet with its merged ranges, hidden rows and columns, and whether it is hidden."""
    import xlrd  # type: ignore[import-untyped]

    # xlrd would print its warnings to standard output, where the cells go.
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        try:
            # Without the formats xlrd passes over hidden rows and columns and over merged ranges.
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=nowhere
            )
        except xlrd.XLRDError as error:
            raise output.refuse(_why_not(str(error))) from None
        for index in range(book.nsheets):
            sheet = book.sheet_by_index(index)
            rows = _trimmed(
                [_trimmed(list(_values(sheet, row, book.datemode))) for row in range(sheet.nrows)]
            )
            output.check_size(sheet.name, sum(map(len, rows)))
            output.add(
                sheet.name,
                rows,
                merged=[
                    (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
                ],
                hidden_rows=[row for row, about in sheet.rowinfo_map.items() if about.hidden],
                hidden_columns=[column for column, about in sheet.colinfo_map.items() if about.hidden],
                is_hidden=bool(sheet.visibility),
            )
            book.unload_sheet(index)


def _why_not(error: str) -> str:
    if "encrypted" in error:
        return "password"
    return "other_document" if "Can't find workbook" in error else "corrupt"


def _values(sheet: Any, row: int, datemode: int) -> Iterator[object]:
    import xlrd

    for kind, value in zip(sheet.row_types(row), sheet.row_values(row), strict=True):
        match kind:
            case xlrd.XL_CELL_BOOLEAN:
                yield bool(value)
            case xlrd.XL_CELL_ERROR:
                yield xlrd.error_text_from_code.get(value, "#N/A")
            case xlrd.XL_CELL_DATE:
                yield _date(value, datemode)
            case _:
                yield value


def _date(value: float, datemode: int) -> object:
    import xlrd

    try:
        moment = xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):
        return value
    return moment if value >= 1 else moment.time()


def _trimmed(values: list[Any]) -> list[Any]:
    """The values without the empty ones at their end."""
    while values and values[-1] in ("", []):
        values.pop()
    return values
