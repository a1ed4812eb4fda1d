"""Write workbooks as xlsx: text stays text, and the same contents give the same bytes."""

from __future__ import annotations

__all__ = ["Xlsx"]

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from helpers.files.formulas import is_formula_like
from helpers.text.forms import for_xml

_A4, _PIXELS = 9, 7  # paper size; width of a half-width character


class Xlsx:
    """A workbook in memory; rows and columns count from 0, and a look is what ``Workbook.add_format`` takes."""

    def __init__(self, created: datetime, **properties: str) -> None:
        """``created`` is the only date in the file; ``properties`` are title, author and comments."""
        self._stream = io.BytesIO()
        self._workbook = Workbook(self._stream, {"in_memory": True})
        self._workbook.set_properties({**properties, "created": created})
        self._formats: dict[frozenset[tuple[str, Any]], Format] = {}

    def add_sheet(self, name: str, widths: Iterable[int], *, is_wide: bool) -> Worksheet:
        """Add a sheet with columns of ``widths`` in half-width characters, printed a page wide on A4."""
        sheet = self._workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column_pixels(column, column, width * _PIXELS)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        if is_wide:
            sheet.set_landscape()
        return sheet

    def put(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: str | int | Decimal,
        look: Mapping[str, Any],
        rows: int = 1,
    ) -> None:
        """Write a number as a number and a text as text, whatever it begins with; an empty text is a look alone.

        ``rows``: over how many rows the cell is merged downwards.
        """
        if rows > 1:
            sheet.merge_range(row, column, row + rows - 1, column, "", self._format(look))
        if value == "":
            sheet.write_blank(row, column, None, self._format(look))
        elif isinstance(value, str):
            sheet.write_string(row, column, for_xml(value), self._format(_quoted(value, look)))
        else:
            sheet.write_number(row, column, value, self._format(look))

    def put_struck(
        self, sheet: Worksheet, row: int, column: int, struck: str, text: str, look: Mapping[str, Any]
    ) -> None:
        """Write a text with a struck-out part before it."""
        if text:
            line, form = self._format({"font_strikeout": True}), self._format(_quoted(struck, look))
            sheet.write_rich_string(row, column, line, for_xml(struck), for_xml(text), form)
        else:
            self.put(sheet, row, column, struck, {**look, "font_strikeout": True})

    def link(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        text: str,
        target: str,
        look: Mapping[str, Any],
        target_row: int = 0,
    ) -> None:
        """Write a text that leads to the first cell of a row of the sheet ``target``."""
        form = self._format(_quoted(text, look))
        sheet.write_url(row, column, f"internal:'{target}'!A{target_row + 1}", form, text)

    def to_bytes(self) -> bytes:
        """The finished file."""
        self._workbook.close()
        return self._stream.getvalue()

    def _format(self, look: Mapping[str, Any]) -> Format:
        # XlsxWriter compares all formats when it saves: a format for each cell would take long.
        key = frozenset(look.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(dict(look))
        return self._formats[key]


def _quoted(text: str, look: Mapping[str, Any]) -> Mapping[str, Any]:
    """The look with the mark that Excel keeps a text by as it is when it is edited."""
    return {**look, "quote_prefix": True} if is_formula_like(text) else look
