"""Write a sheet of another format as xlsx: texts, merged ranges, hidden rows and columns only."""

from __future__ import annotations

__all__ = ["text_copy"]

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from xlsxwriter.worksheet import Worksheet

from helpers.files.xlsx import Xlsx
from helpers.sheets.files.grid import BLANKED, STRUCK, ZERO, Grid, Quirk
from helpers.sheets.finding import Position
from helpers.sheets.outgoing.marks.finding_list import HEADINGS, RESULT_SHEET
from helpers.text.forms import LONGEST_CELL, for_xml, width_of

_CREATED = datetime(2000, 1, 1)  # fixed, so that the same sheet gives the same bytes
_UNNAMED = "状況調査"
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_TITLE = 31
_WIDEST, _NARROWEST = 44, 6
_LOOK = {"text_wrap": True, "valign": "top"}


def text_copy(grids: Sequence[Grid]) -> tuple[bytes, Mapping[str, str]]:
    """Write the worksheets as xlsx; also return their titles there by their names."""
    xlsx = Xlsx(_CREATED)
    titles: dict[str, str] = {}
    shown = []
    for grid in grids:
        titles[grid.name] = _title(grid.name, {title.casefold() for title in titles.values()})
        columns = range(grid.width)
        texts = [[for_xml(text, "□")[:LONGEST_CELL] for text in row] for row in grid.rows]
        widest = (
            max((width_of(row[column]) for row in texts if column < len(row)), default=0)
            for column in columns
        )
        widths = [min(_WIDEST, max(_NARROWEST, width)) + 2 for width in widest]
        sheet = xlsx.add_sheet(titles[grid.name], widths, is_wide=True)
        for top, left, bottom, right in grid.merged:
            if (top, left) != (bottom, right):
                sheet.merge_range(top, left, bottom, right, "")
        for row, cells in enumerate(texts):
            for column, text in enumerate(cells):
                if text and (row, column) not in grid.quirks:
                    xlsx.put(sheet, row, column, text, _LOOK)
        for (row, column), quirk in grid.quirks.items():
            _put_odd(xlsx, sheet, (row, column), grid.raw(row, column), quirk)
        if any(quirk.kind == ZERO for quirk in grid.quirks.values()):
            sheet.hide_zero()  # no other number is stored as one
        for row in grid.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in grid.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        if grid.is_hidden:
            sheet.hide()
        else:
            shown.append(sheet)
    if not shown:  # a workbook shows one sheet at least
        sheet = xlsx.add_sheet(RESULT_SHEET, HEADINGS.values(), is_wide=True)
        for column, name in enumerate(HEADINGS):
            xlsx.put(sheet, 0, column, name, {})
        sheet.repeat_rows(0)
        shown.append(sheet)
    shown[0].activate()
    shown[0].set_first_sheet()
    return xlsx.to_bytes(), titles


def _put_odd(xlsx: Xlsx, sheet: Worksheet, at: Position, text: str, quirk: Quirk) -> None:
    """Write a cell that shows less than it stores as the sheet has it."""
    if quirk.kind == STRUCK:
        xlsx.put_struck(sheet, *at, quirk.text, text, _LOOK)
        return
    stored, code = {BLANKED: (quirk.text, ";;;"), ZERO: (quirk.text, "General")}.get(
        quirk.kind, (text, quirk.text)
    )
    try:
        value: str | Decimal = Decimal(stored)
    except InvalidOperation:
        value = stored
    xlsx.put(sheet, *at, value, {**_LOOK, "num_format": code})


def _title(name: str, taken: set[str]) -> str:
    """A title that Excel allows, and that no other worksheet bears."""
    plain = _NOT_IN_TITLES.sub("_", name) or _UNNAMED
    ends = ("", *(f"_{number}" for number in range(2, len(taken) + 3)))
    titles = (plain[: _LONGEST_TITLE - len(end)] + end for end in ends)
    return next(title for title in titles if title.casefold() not in taken)
