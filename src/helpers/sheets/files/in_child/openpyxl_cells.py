"""Read the cells of an xlsx with openpyxl; ``cells_as_json`` loads this in a process of its own.

Slower than calamine, and at home with every error value.
"""

from __future__ import annotations

import io
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from helpers.sheets.files.in_child.cells_as_json import Output


def read(data: bytes, output: Output) -> None:
    """Hand over every worksheet."""
    from openpyxl import load_workbook

    warnings.simplefilter("ignore")  # of parts that have no bearing on cells
    try:
        workbook = load_workbook(io.BytesIO(data), data_only=True)
    except Exception:  # whatever a damaged file makes it raise
        raise output.refuse("corrupt") from None
    for sheet in workbook.worksheets:
        output.check_size(sheet.title, sheet.max_row * sheet.max_column)
        rows = sheet.iter_rows(values_only=True)
        output.add(sheet.title, ([("" if value is None else value) for value in row] for row in rows))
