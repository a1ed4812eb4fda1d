"""Status sheets as departments send them: read, checked and told apart from what cannot be understood."""

from helpers.sheets.finding import ERROR, WARNING, Finding
from helpers.sheets.reading import find_sheets, inspect_sheet, read_status_sheet
from helpers.sheets.status_sheet import COLUMNS, SheetReading, SheetSource, StatusSheet

__all__ = [
    "COLUMNS",
    "ERROR",
    "WARNING",
    "Finding",
    "SheetReading",
    "SheetSource",
    "StatusSheet",
    "find_sheets",
    "inspect_sheet",
    "read_status_sheet",
]
