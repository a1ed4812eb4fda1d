"""Read an .xls of Excel 5.0 to 2003: xlrd gives its cells, how they look and its structure together."""

from __future__ import annotations

__all__ = ["read_several"]

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from helpers.sheets.files.grid import ZERO, Grid, Quirk
from helpers.sheets.files.in_child.sandbox import XLRD, sheets_in_child
from helpers.sheets.files.shown.number_formats import (
    BUILT_IN,
    PLAIN,
    UNKNOWN,
    CellLook,
    Runs,
    look_of_number,
    look_of_text,
)
from helpers.sheets.files.structure import Structure
from helpers.sheets.files.unreadable import Limits, UnreadableError

_STRUCTURE = ("merged", "hidden_rows", "hidden_columns", "is_hidden")


def read_several(files: Sequence[bytes], limits: Limits) -> Iterator[tuple[Grid, ...] | UnreadableError]:
    """Read every worksheet of several .xls in one child process; an error is that of its file alone."""
    for sheets in sheets_in_child(files, XLRD, limits):
        try:
            yield (
                sheets
                if isinstance(sheets, UnreadableError)
                else tuple(_grid(sheet, limits) for sheet in sheets)
            )
        except UnreadableError as error:
            yield error


def _grid(sheet: Mapping[str, Any], limits: Limits) -> Grid:
    structure = Structure(sheet["name"], limits, **{key: sheet[key] for key in _STRUCTURE})
    structure.add_ruled(map(tuple, sheet["ruled"]))
    rows: list[list[str]] = sheet["rows"]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                structure.count_cells(row, column)
    _show(sheet, rows, structure)
    return structure.grid(rows)


def _show(sheet: Mapping[str, Any], rows: list[list[str]], structure: Structure) -> None:
    """Replace the stored values by the texts that the cells show."""
    runs = {(row, column): starts for row, column, starts in sheet["struck"]}
    looks = {(row, column): (code, *look) for row, column, code, *look in sheet["looks"]}
    for position in looks | runs:
        row, column = position
        if row >= len(rows) or column >= len(rows[row]):
            continue
        text = rows[row][column]
        code, is_number, is_struck = looks.get(position, (PLAIN.code, False, False))
        look = CellLook(BUILT_IN.get(code, UNKNOWN) if isinstance(code, int) else code, is_struck)
        quirk: Quirk | None
        if is_number and not sheet["shows_zeros"] and float(text) == 0:
            rows[row][column], quirk = "", Quirk(ZERO, "0")
        elif is_number:
            rows[row][column], quirk = look_of_number(text, look, is_1904=sheet["is_1904"])
        else:
            rows[row][column], quirk = look_of_text(_runs(text, runs.get(position, [])), look)
        if quirk is not None:
            structure.quirks[position] = quirk


def _runs(text: str, starts: list[tuple[int, bool]]) -> Runs:
    """The parts of a text with fonts of their own; what precedes them looks as the cell."""
    ends = [start for start, _ in starts] + [len(text)]
    fonts = [None, *(is_struck for _, is_struck in starts)]
    return tuple(
        (text[begin:end], font)
        for begin, end, font in zip([0, *ends], ends, fonts, strict=False)
        if begin < end
    )
