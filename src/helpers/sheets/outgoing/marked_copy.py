"""Copy a sheet with its findings as comments and colours, to send back to a department."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from helpers.errors import DataError
from helpers.files.archive import parts_of, zipped
from helpers.files.formulas import is_formula_like
from helpers.files.paths import why_not_read
from helpers.sheets.files.formats import XLSX
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.readers import kind_of, read_grids
from helpers.sheets.files.unreadable import LIMITS, UnreadableError
from helpers.sheets.finding import Finding
from helpers.text.forms import LONGEST_CELL

RESULT_SHEET = "確認結果"
_AUTHOR = "状況調査の確認"
_ERROR = PatternFill("solid", fgColor="F8CBAD")
_WARNING = PatternFill("solid", fgColor="FFE699")
_THIN = Side(style="thin", color="8C96A0")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_PROPERTIES = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_UNNAMED = "状況調査"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")


def mark_up(source: Path | bytes, findings: Sequence[Finding]) -> bytes:
    """Copy a sheet as xlsx: every finding as a comment and a colour at its cell, and all of them in a list.

    An xlsx keeps its look and its formulas; other files are copied cell by cell as text. A file that cannot be
    opened gives the list alone.

    Raises:
        DataError: the file cannot be read from the disk.
    """
    data, suffix = _bytes_of(source)
    workbook, sheets = _copy(data, suffix)
    for finding in findings:
        _mark(sheets.get(finding.sheet), finding)
    _list_findings(workbook, sheets, findings)
    return _same_bytes(workbook)


def _bytes_of(source: Path | bytes) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, ""
    try:
        with Path(source).open("rb") as file:
            return file.read(LIMITS.file_bytes + 1), Path(source).suffix.lower()
    except OSError as error:
        raise DataError(f"{Path(source).name}: {'。'.join(why_not_read(error))}") from None


def _copy(data: bytes, suffix: str) -> tuple[Workbook, dict[str, Worksheet]]:
    """The copy, and its worksheets by the names that findings give them."""
    try:
        grids = read_grids(data, suffix)
        kind = kind_of(data)
    except UnreadableError:
        grids, kind = (), ""
    if kind == XLSX and (original := _load(data)) is not None:
        return original, {sheet.title: sheet for sheet in original.worksheets}
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    is_text = all(not grid.name for grid in grids)
    return workbook, {grid.name: _copy_grid(workbook, grid) for grid in (grids[:1] if is_text else grids)}


def _load(data: bytes) -> Workbook | None:
    """Open a workbook whose container was checked; None where openpyxl is stricter than the reader."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # It names parts that it leaves out, such as slicers.
            workbook = load_workbook(io.BytesIO(data), keep_links=False)
    except Exception:  # openpyxl raises whatever its descriptors raise
        return None
    if RESULT_SHEET in workbook.sheetnames:
        workbook.remove(workbook[RESULT_SHEET])
    cells = (cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row)
    for cell in cells:
        if cell.comment is not None and cell.comment.author == _AUTHOR:
            cell.comment = None
    return workbook


def _copy_grid(workbook: Workbook, grid: Grid) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(_NOT_IN_NAMES.sub("_", grid.name)[:31] or _UNNAMED)
    for row, cells in enumerate(grid.rows, start=1):
        for column, text in enumerate(cells, start=1):
            if text:
                _put_text(sheet.cell(row, column), text)
    for top, left, bottom, right in grid.merged:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for row in grid.hidden_rows:
        sheet.row_dimensions[row + 1].hidden = True
    if grid.is_hidden:
        sheet.sheet_state = "hidden"
    return sheet


def _mark(sheet: Worksheet | None, finding: Finding) -> None:
    if sheet is None or not finding.cell:
        return
    cell: Any = sheet[finding.cell]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(area.min_row, area.min_col)
    before = f"{cell.comment.text}\n" if cell.comment is not None else ""
    kind, fill = _kind_and_fill(finding)
    cell.comment = Comment(f"{before}【{kind}】{finding.message}", _AUTHOR, height=120, width=320)
    if cell.fill != _ERROR:
        cell.fill = fill


def _kind_and_fill(finding: Finding) -> tuple[str, PatternFill]:
    return ("誤り", _ERROR) if finding.is_error else ("注意", _WARNING)


def _list_findings(workbook: Workbook, sheets: Mapping[str, Worksheet], findings: Iterable[Finding]) -> None:
    sheet: Worksheet = workbook.create_sheet(RESULT_SHEET)
    for column, (name, width) in enumerate((("種類", 8), ("シート", 18), ("セル", 8), ("内容", 90)), start=1):
        _put_text(sheet.cell(1, column), name)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions["ABCD"[column - 1]].width = width
    row = 1
    for row, finding in enumerate(findings, start=2):
        kind, fill = _kind_and_fill(finding)
        for column, text in enumerate((kind, finding.sheet, finding.cell, finding.message), start=1):
            cell = sheet.cell(row, column)
            _put_text(cell, text)
            cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), _BOX
        sheet.cell(row, 1).fill = fill
        marked = sheets.get(finding.sheet)
        if marked is not None and finding.cell:
            title = marked.title.replace("'", "''")
            link: Any = sheet.cell(row, 3)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{title}'!{finding.cell}")
            link.font = Font(underline="single", color="0B5394")
    if row == 1:
        _put_text(sheet.cell(2, 4), "気づいた点はありません。")
    sheet.freeze_panes = "A2"


def _put_text(cell: Any, text: str) -> None:
    """Write a text that no spreadsheet program takes for a formula; what xlsx cannot hold becomes □."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("□", text)[:LONGEST_CELL] or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = is_formula_like(text)


def _same_bytes(workbook: Workbook) -> bytes:
    """Save a workbook with fixed times, in its properties and on the members of the zip."""
    members = parts_of(workbook)
    members[_PROPERTIES] = _TIME.sub(rb"\g<1>2000-01-01T00:00:00Z", members[_PROPERTIES])
    return zipped(members)
