"""Copy a sheet with its findings as comments and colours, to send back to a department.

Of a sheet that is no xlsx the copy has texts, merged ranges, hidden rows and columns only.
"""

from __future__ import annotations

__all__ = ["MarkedCopy", "marked_copy"]

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import chain
from pathlib import Path

from lxml.etree import LxmlError
from xlsxwriter.worksheet import Worksheet

from helpers.errors import DataError
from helpers.files.paths import why_not_read
from helpers.files.xlsx import Xlsx
from helpers.sheets.files.formats import TEXT, XLSX
from helpers.sheets.files.grid import BLANKED, STRUCK, ZERO, Grid, Quirk, position
from helpers.sheets.files.readers import kind_of, opened, read_grids
from helpers.sheets.files.unreadable import UnreadableError, limited_bytes
from helpers.sheets.finding import Finding, Position
from helpers.sheets.outgoing.marks.cell_comments import CellComments, remove_our_comments
from helpers.sheets.outgoing.marks.finding_list import HEADINGS, RESULT_SHEET, add_finding_list, kind_and_fill
from helpers.sheets.outgoing.marks.worksheet_cells import CellLooks, WorksheetCells
from helpers.sheets.outgoing.marks.xlsx_parts import EditablePackage
from helpers.text.forms import LONGEST_CELL, for_xml, visible, width_of

_TEXTS_ALONE = "この写しには、元のファイルのセルの文字だけが入っています。書式、数式、図は元のファイルで確かめてください。"
_NO_TABLE = "元のファイルの表を読めないため、この写しには確認結果だけが入っています。"

# The exceptions raised where a workbook lacks an element or attribute that every workbook should have.
_AGAINST_THE_SCHEMA = (LxmlError, LookupError, ValueError, TypeError, AttributeError, StopIteration)


@dataclass(frozen=True)
class MarkedCopy:
    """The bytes of an xlsx, and a sentence on the content that it lacks; "" where it is complete."""

    data: bytes
    note: str = ""


def marked_copy(source: Path | bytes, findings: Sequence[Finding]) -> MarkedCopy:
    """Copy a sheet as xlsx: every finding as a comment and a colour at its cell, and all of them in a list.

    An xlsx differs from its copy by these alone (and by its macros, which no file of that name may have). Of other
    files the texts of the cells are copied; a file that cannot be read gives the list alone.

    Raises:
        DataError: the file cannot be read from the disk.
    """
    data, suffix = _bytes_of(source)
    try:
        grids, data = read_grids(data, suffix), opened(data)
        kind = kind_of(data)
    except UnreadableError:
        return MarkedCopy(_marked(*_text_copy([]), findings, _NO_TABLE), _NO_TABLE)
    if kind == XLSX:
        try:
            return MarkedCopy(_marked(data, None, findings, ""))
        except _AGAINST_THE_SCHEMA:  # which readers pass over
            pass
    if kind == TEXT:  # cut in several ways, of which one gives a table
        return MarkedCopy(_marked(*_text_copy([max(grids, key=_filled_cells)]), findings, ""))
    return MarkedCopy(_marked(*_text_copy(grids), findings, _TEXTS_ALONE), _TEXTS_ALONE)


def _filled_cells(grid: Grid) -> int:
    return sum(map(bool, chain.from_iterable(grid.rows)))


def _bytes_of(source: Path | bytes) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, ""
    try:
        return limited_bytes(Path(source)), Path(source).suffix.lower()
    except OSError as error:
        raise DataError(f"{Path(source).name}: {'。'.join(why_not_read(error))}") from None


def _marked(data: bytes, titles: Mapping[str, str] | None, findings: Sequence[Finding], note: str) -> bytes:
    """Mark the cells of a workbook; ``titles``: its worksheets by the names of the findings, None for their own."""
    package = EditablePackage(data)
    package.remove_macros()
    titles = {name: name for name in package.worksheets} if titles is None else titles
    for part in package.worksheets.values():
        remove_our_comments(package, part)
    looks = CellLooks(package)
    for name, title in titles.items():
        at_cells = [finding for finding in findings if finding.sheet == name and finding.cell]
        if at_cells:
            _mark_cells(package, looks, package.worksheets[title], at_cells)
    add_finding_list(package, looks, findings, titles, note)
    return package.to_bytes()


def _mark_cells(
    package: EditablePackage, looks: CellLooks, worksheet: str, findings: Sequence[Finding]
) -> None:
    cells = WorksheetCells(package.edit(worksheet))
    comments = CellComments(package, worksheet, cells)
    marked: dict[Position, list[Finding]] = {}
    for finding in findings:
        marked.setdefault(cells.shown_at(position(finding.cell)), []).append(finding)
    for at, here in marked.items():
        _, colour = kind_and_fill(min(here, key=lambda finding: not finding.is_error))
        cells.set_look(at, looks.filled(cells.look(at), colour))
        comments.add(
            at, "\n".join(f"【{kind_and_fill(finding)[0]}】{visible(finding.message)}" for finding in here)
        )


_CREATED = datetime(2000, 1, 1)  # fixed, so that the same sheet gives the same bytes
_UNNAMED = "状況調査"
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_TITLE = 31
_WIDEST, _NARROWEST = 44, 6
_LOOK = {"text_wrap": True, "valign": "top"}


def _text_copy(grids: Sequence[Grid]) -> tuple[bytes, Mapping[str, str]]:
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
