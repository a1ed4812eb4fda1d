"""tables.xlsx: a cover and a sheet per table, real numbers with formats, the same bytes for the same tables."""

from __future__ import annotations

import re
from copy import copy
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from helpers.tabular.archive import parts_of, zipped
from helpers.tabular.book import COVER, WIDEST_COLUMN, Book, Sheet, Value, width_of
from helpers.tabular.fields import YEAR
from helpers.tabular.formats import format_of
from helpers.tabular.text import is_formula_like

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FONT = "游ゴシック"
_TITLE, _HEADING, _PLAIN = (
    Font(name=_FONT, size=14, bold=True),
    Font(name=_FONT, bold=True),
    Font(name=_FONT),
)
_LINK = Font(name=_FONT, color="0B5394", underline="single")
_HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
_RULE = Border(bottom=Side("thin", color="1F2933"))
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
_CENTRE, _RIGHT = (Alignment(vertical="top", horizontal=side) for side in ("center", "right"))
_LABEL_WIDTH, _COVER_WIDTH = 40, 84
_LINE, _TALLEST_ROW = 18.75, 409.0  # points

# What a cell looks like → its style: openpyxl takes long to find a style that it has, for every cell anew.
_Looks = dict[tuple[object, ...], Any]


def xlsx_file(book: Book) -> bytes:
    """Write the book as xlsx."""
    workbook = Workbook()
    cover = workbook.active
    assert cover is not None
    _write_cover(cover, book)
    looks: _Looks = {}
    for sheet in book.sheets:
        _write_sheet(workbook.create_sheet(sheet.name), sheet, book, looks)
    properties = workbook.properties
    properties.title, properties.creator = book.title, book.publication.plan.municipality
    properties.description, properties.language = book.publication.as_of, "ja"
    properties.created = datetime.combine(book.publication.ends, datetime.min.time())
    return _without_times(parts_of(workbook), book.publication.ends.isoformat())


def _write_cover(sheet: Any, book: Book) -> None:
    sheet.title = COVER
    _put(sheet.cell(1, 1), book.title, _TITLE)
    for row, line in enumerate(book.cover, start=3):
        label, text = sheet.cell(row, 1), sheet.cell(row, 2)
        if line.text:
            _put(label, line.label, _PLAIN)
            _put(text, line.text, _PLAIN)
            text.alignment = _WRAPPED
        else:
            _put(label, line.label, _HEADING)
            label.border = text.border = _RULE
        label.alignment = _WRAPPED
        lines = max(_lines(line.label, _LABEL_WIDTH), _lines(line.text, _COVER_WIDTH))
        _make_high(sheet, row, lines)
        if line.sheet:
            _link(label, line.sheet)
    for letter, width in (("A", _LABEL_WIDTH), ("B", _COVER_WIDTH)):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    _set_paper(sheet, is_wide=True)


def _write_sheet(sheet: Any, table: Sheet, book: Book, looks: _Looks) -> None:
    _put(sheet.cell(1, 1), table.caption, _TITLE)
    _put(sheet.cell(2, 1), f"{COVER}へ", _LINK)
    _link(sheet.cell(2, 1), COVER)
    header = table.HEADER_ROW
    for row, height in ((1, _LINE + 6), (2, _LINE), (header, _LINE)):
        sheet.row_dimensions[row].height = height
    for place, column in enumerate(table.columns, start=1):
        cell = sheet.cell(header, place)
        _put(cell, column.field.title, _HEADING)
        side = _CENTRE if column.field.kind == YEAR else _TOP if column.field.is_text else _RIGHT
        cell.fill, cell.border, cell.alignment = _HEADER_FILL, _RULE, side
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        code = format_of(column.field.kind, book.printing).code
        for row, values in enumerate(table.rows, start=header + 1):
            if (value := values[place - 1]) is not None:
                _write_value(sheet.cell(row, place), value, code, side, looks)
    for row, values in enumerate(table.rows, start=header + 1):
        pairs = zip(values, table.columns, strict=True)
        _make_high(
            sheet,
            row,
            max((_lines(text, column.width) for text, column in pairs if isinstance(text, str)), default=1),
        )
    last = f"{get_column_letter(len(table.columns))}{header + len(table.rows)}"
    sheet.freeze_panes = f"A{header + 1}"
    sheet.auto_filter.ref = f"A{header}:{last}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"A1:{last}"
    _set_paper(sheet, is_wide=table.is_wide)


def _write_value(cell: Any, value: Value, code: str, side: Alignment, looks: _Looks) -> None:
    is_text = isinstance(value, str)
    is_long = isinstance(value, str) and ("\n" in value or width_of(value) > WIDEST_COLUMN)
    is_marked = isinstance(value, str) and is_formula_like(value)
    look = (is_text, is_long, is_marked, "" if is_text else code, side.horizontal)
    cell.value = value
    if is_text:
        cell.data_type = "s"
    if look in looks:
        cell._style = copy(looks[look])
        return
    cell.font, cell.alignment = _PLAIN, _WRAPPED if is_long else _TOP if is_text else side
    cell.quotePrefix = is_marked
    if not is_text:
        cell.number_format = code
    looks[look] = cell._style


def _put(cell: Any, text: str, font: Font) -> None:
    """Write text as text, whatever it begins with."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = is_formula_like(text)
    cell.font, cell.alignment = font, _TOP


def _lines(text: str, width: int) -> int:
    """The lines that a text takes in a column of a width."""
    return sum(max(1, -(-width_of(line) // width)) for line in text.split("\n"))


def _make_high(sheet: Any, row: int, lines: int) -> None:
    # Left to itself, a spreadsheet program opens a wrapped cell one line high.
    if lines > 1:
        sheet.row_dimensions[row].height = min(_LINE * lines, _TALLEST_ROW)


def _link(cell: Any, name: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1", display=name)
    cell.font = _LINK


def _set_paper(sheet: Any, *, is_wide: bool) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def _without_times(parts: dict[str, bytes], day: str) -> bytes:
    """Pack the parts of a workbook with fixed times, in its properties and on the members of the zip."""
    core = "docProps/core.xml"
    return zipped({**parts, core: _MODIFIED.sub(rf"\g<1>{day}T00:00:00Z".encode(), parts[core])})
