"""Read an .xls of Excel 5.0 to 2003 with xlrd: cells, how they look, what is merged and hidden; ``cells_as_json`` loads this."""

from __future__ import annotations

__all__ = ["TYPE_CHECKING", "read"]

import os
import struct
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

# Kinds of records of an xls, and one that nobody knows.
_RANGES_OF_RULES, _RULE, _UNKNOWN = 0x1B0, 0x1B1, 0xFFFF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any

    from helpers.sheets.files.in_child.cells_as_json import Output


def read(data: bytes, output: Output) -> None:
    """Hand over every worksheet with its merged ranges, hidden rows and columns, and whether it is hidden."""
    # xlrd imports it to print errors in itself; it brings more modules than all the rest.
    sys.modules.setdefault("pprint", ModuleType("pprint"))
    import xlrd  # type: ignore[import-untyped]

    # xlrd would print its warnings to standard output, where the cells go.
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        try:
            book = _book(data, nowhere)
            rules = _Rules(book)
        except xlrd.XLRDError as error:
            raise output.refuse(_why_not(str(error))) from None
        for index in range(book.nsheets):
            rules.ranges = []
            sheet = book.sheet_by_index(index)
            rows = _trimmed([_trimmed(list(_values(sheet, row))) for row in range(sheet.nrows)])
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
                is_1904=bool(book.datemode),
                shows_zeros=bool(sheet.show_zero_values),
                looks=_looks(book, sheet, rows),
                struck=_struck(book, sheet),
                ruled=rules.ranges,
            )
            book.unload_sheet(index)


class _Rules:
    """Takes the conditional formats out of what xlrd reads: it passes over them, and fails at some.

    ``ranges``: first and last row and column of those that strike a text out or give it a number format.
    """

    def __init__(self, book: Any) -> None:
        self.ranges: list[list[int]] = []
        self._open: list[list[int]] = []
        self._next, book.get_record_parts = book.get_record_parts, self._record

    def _record(self) -> tuple[int, int, bytes]:
        kind, size, data = self._next()
        if kind == _RANGES_OF_RULES:
            (count,) = struct.unpack_from("<H", data, 12)
            ranges = (struct.unpack_from("<4H", data, 14 + 8 * at) for at in range(count))
            self._open = [[top, left, bottom, right] for top, bottom, left, right in ranges]
        elif kind == _RULE:
            self.ranges += self._open if _changes_text(data) else []
        return (_UNKNOWN if kind in (_RANGES_OF_RULES, _RULE) else kind), size, data


def _changes_text(rule: bytes) -> bool:
    """Whether a rule has a number format, or a font that is struck out; after Microsoft, "[MS-XLS] 2.5.92 DXFN"."""
    flags = int.from_bytes(rule[6:10], "little")
    if flags >> 25 & 1:
        return True
    is_struck, is_left_alone = (rule[12 + at] >> 7 & 1 for at in (68, 88)) if flags >> 26 & 1 else (0, 0)
    return bool(is_struck and not is_left_alone)


def _book(data: bytes, log: IO[str]) -> Any:
    """The workbook, without the password that Excel itself has where it is locked with that one."""
    import xlrd

    # Without the formats xlrd passes over hidden rows and columns and over merged ranges.
    options = {"formatting_info": True, "ragged_rows": True, "on_demand": True, "logfile": log}
    try:
        return xlrd.open_workbook(file_contents=data, **options)
    except xlrd.XLRDError as error:
        if _why_not(str(error)) != "password":
            raise
        opened = _beside("excel_password.py").records_of_xls(data)
        if opened is None:
            raise
        return xlrd.open_workbook(file_contents=opened, **options)


def _beside(file: str) -> ModuleType:
    module = ModuleType(file)
    SourceFileLoader(file, str(Path(__file__).with_name(file))).exec_module(module)
    return module


def _why_not(error: str) -> str:
    if "encrypted" in error:
        return "password"
    return "other_document" if "Can't find workbook" in error else "corrupt"


def _values(sheet: Any, row: int) -> Iterator[object]:
    import xlrd

    for kind, value in zip(sheet.row_types(row), sheet.row_values(row), strict=True):
        match kind:
            case xlrd.XL_CELL_BOOLEAN:
                yield bool(value)
            case xlrd.XL_CELL_ERROR:
                yield xlrd.error_text_from_code.get(value, "#N/A")
            case _:
                yield value


def _looks(book: Any, sheet: Any, rows: list[list[object]]) -> list[list[object]]:
    """How every cell looks that holds a number or does not look plain.

    Row, column, number format (a code, or the number of a built-in one), whether it is a number, whether it is struck out.
    """
    from xlrd.formatting import std_format_strings  # type: ignore[import-untyped]

    looks: list[list[object]] = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value == "" or isinstance(value, bool):
                continue
            style = book.xf_list[sheet.cell_xf_index(row, column)]
            code = book.format_map[style.format_key].format_str
            if code is None or code == std_format_strings.get(style.format_key):
                code = style.format_key  # xlrd has the codes of the United States
            is_struck = bool(book.font_list[style.font_index].struck_out)
            is_number = isinstance(value, float)
            if is_number or is_struck or code not in (0, 49, "General", "@"):
                looks.append([row, column, code, is_number, is_struck])
    return looks


def _struck(book: Any, sheet: Any) -> list[list[object]]:
    """Row, column and runs of every text whose parts have fonts of their own: first character, whether it is struck out."""
    return [
        [row, column, [[start, bool(book.font_list[font].struck_out)] for start, font in runs]]
        for (row, column), runs in sheet.rich_text_runlist_map.items()
    ]


def _trimmed(values: list[Any]) -> list[Any]:
    """The values without the empty ones at their end."""
    while values and values[-1] in ("", []):
        values.pop()
    return values
