"""tables.xlsx: a cover and worksheets of tables, real numbers with formats, the same bytes for the same tables."""

from __future__ import annotations

__all__ = ["write"]

from collections.abc import Mapping
from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from helpers.export.files.book import COVER, COVER_WIDTHS, Book, decimals_of
from helpers.export.files.worksheets import Sheet, SheetTable
from helpers.files.xlsx import Xlsx
from helpers.plan.printing import PrintingRules
from helpers.text.forms import lines_of

_PLAIN = {"font_name": "游ゴシック", "valign": "top"}
_TITLE = _PLAIN | {"font_size": 14, "bold": True}
_WRAPPED = _PLAIN | {"text_wrap": True}
_LINK = {"font_color": "#0B5394", "underline": 1}
_RULED = {"bold": True, "bottom": 1, "bottom_color": "#1F2933"}
_HEADER = _PLAIN | _RULED | {"bg_color": "#DCE6F1"}
_FOOTER = "&L&A&R&P / &N"  # sheet, page and number of pages
_LINE, _TALLEST_ROW = 18.75, 408.75  # points


def write(book: Book) -> Mapping[str, bytes]:
    """Write the book as xlsx."""
    publication = book.publication
    xlsx = Xlsx(
        datetime.combine(publication.ends, datetime.min.time()),
        title=book.title,
        author=publication.plan.municipality,
        comments=publication.as_of,
    )
    _write_cover(xlsx, book)
    for sheet in book.sheets:
        _write_sheet(xlsx, sheet, book.printing)
    return {"tables.xlsx": xlsx.to_bytes()}


def _write_cover(xlsx: Xlsx, book: Book) -> None:
    sheet = xlsx.add_sheet(COVER, COVER_WIDTHS, is_wide=False)
    sheet.hide_gridlines(2)
    sheet.set_footer(_FOOTER)
    xlsx.put(sheet, 0, 0, book.title, _TITLE)
    for row, line in enumerate(book.cover, start=2):
        look = _WRAPPED if line.text else _WRAPPED | _RULED
        if line.sheet:
            xlsx.link(sheet, row, 0, line.label, line.sheet, look | _LINK, line.row)
        else:
            xlsx.put(sheet, row, 0, line.label, look)
        xlsx.put(sheet, row, 1, line.text, look)
        texts = zip((line.label, line.text), COVER_WIDTHS, strict=True)
        _make_high(sheet, row, max(lines_of(*text) for text in texts))


def _write_sheet(xlsx: Xlsx, contents: Sheet, printing: PrintingRules) -> None:
    sheet = xlsx.add_sheet(contents.name, contents.widths, is_wide=contents.is_wide)
    for table in contents.tables:
        _write_table(xlsx, sheet, contents, table, printing)
        for row, values in enumerate(table.rows, start=table.header + 1):
            _make_high(sheet, row, contents.lines_of_row(values))
    xlsx.link(sheet, 1, 0, f"{COVER}へ", COVER, _PLAIN | _LINK)
    sheet.print_area(0, 0, contents.last, len(contents.widths) - 1)
    sheet.set_footer(_FOOTER)
    if contents.is_shared:
        sheet.fit_to_pages(1, 1)
    else:
        header = contents.tables[0].header
        sheet.freeze_panes(header + 1, 0)
        sheet.repeat_rows(header)


def _write_table(
    xlsx: Xlsx, sheet: Worksheet, contents: Sheet, table: SheetTable, printing: PrintingRules
) -> None:
    xlsx.put(sheet, table.top, 0, table.caption, _TITLE)
    sheet.set_row(table.top, _LINE + 6)
    for row in range(table.top + 1, table.header + 1):
        sheet.set_row(row, _LINE)
    titles = [{"header": field.title} for field in table.fields]
    if table.rows:  # Excel has no tables without rows
        options = {"name": table.id, "columns": titles, "style": None}
        sheet.add_table(table.header, 0, table.last, len(table.fields) - 1, options)
    for x, field in enumerate(table.fields):
        # Beside a number at its column's right end, the digits of a text would be read as the number's.
        side = {"align": field.side} | ({"indent": 1} if field.side == "right" else {})
        xlsx.put(sheet, table.header, x, field.title, _HEADER | side)
        for row, values in enumerate(table.rows, start=table.header + 1):
            value = values[x]
            if isinstance(value, str):
                xlsx.put(sheet, row, x, value, _WRAPPED if contents.is_wrapped(value, x) else _PLAIN)
            elif value is not None:
                shown = field.kind.shown(printing, decimals_of(value))
                xlsx.put(sheet, row, x, value, _PLAIN | side | {"num_format": shown})


def _make_high(sheet: Worksheet, row: int, lines: int) -> None:
    # Left to itself, a spreadsheet program opens a wrapped cell one line high.
    if lines > 1:
        sheet.set_row(row, min(_LINE * lines, _TALLEST_ROW))
