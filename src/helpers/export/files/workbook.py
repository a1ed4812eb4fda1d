"""tables.xlsx: a cover and a sheet per table, real numbers with formats, the same bytes for the same tables."""

from __future__ import annotations

__all__ = ["write"]

from collections.abc import Mapping
from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from helpers.export.files.book import COVER, COVER_WIDTHS, Book, Sheet, decimals_of, is_long
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
    for table in book.sheets:
        _write_table(xlsx, table, book.printing)
    return {"tables.xlsx": xlsx.to_bytes()}


def _write_cover(xlsx: Xlsx, book: Book) -> None:
    sheet = xlsx.add_sheet(COVER, COVER_WIDTHS, is_wide=False)
    sheet.hide_gridlines(2)
    sheet.set_footer(_FOOTER)
    xlsx.put(sheet, 0, 0, book.title, _TITLE)
    for row, line in enumerate(book.cover, start=2):
        look = _WRAPPED if line.text else _WRAPPED | _RULED
        if line.sheet:
            xlsx.link(sheet, row, 0, line.label, line.sheet, look | _LINK)
        else:
            xlsx.put(sheet, row, 0, line.label, look)
        xlsx.put(sheet, row, 1, line.text, look)
        texts = zip((line.label, line.text), COVER_WIDTHS, strict=True)
        _make_high(sheet, row, max(lines_of(*text) for text in texts))


def _write_table(xlsx: Xlsx, table: Sheet, printing: PrintingRules) -> None:
    sheet = xlsx.add_sheet(table.name, [column.width for column in table.columns], is_wide=table.is_wide)
    header, last = table.HEADER_ROW - 1, (table.HEADER_ROW + len(table.rows) - 1, len(table.columns) - 1)
    xlsx.put(sheet, 0, 0, table.caption, _TITLE)
    xlsx.link(sheet, 1, 0, f"{COVER}へ", COVER, _PLAIN | _LINK)
    for row, height in enumerate((_LINE + 6, _LINE, _LINE)):
        sheet.set_row(row, height)
    for x, column in enumerate(table.columns):
        side = {"align": column.field.side}
        xlsx.put(sheet, header, x, column.field.title, _HEADER | side)
        for row, values in enumerate(table.rows, start=header + 1):
            value = values[x]
            if isinstance(value, str):
                xlsx.put(sheet, row, x, value, _WRAPPED if is_long(value) else _PLAIN)
            elif value is not None:
                shown = column.field.kind.shown(printing, decimals_of(value))
                xlsx.put(sheet, row, x, value, _PLAIN | side | {"num_format": shown})
    for row, values in enumerate(table.rows, start=header + 1):
        _make_high(sheet, row, table.lines_of_row(values))
    sheet.freeze_panes(header + 1, 0)
    sheet.autofilter(header, 0, *last)
    sheet.repeat_rows(header)
    sheet.print_area(0, 0, *last)
    sheet.set_footer(_FOOTER)


def _make_high(sheet: Worksheet, row: int, lines: int) -> None:
    # Left to itself, a spreadsheet program opens a wrapped cell one line high.
    if lines > 1:
        sheet.set_row(row, min(_LINE * lines, _TALLEST_ROW))
