"""Status sheets as departments send them: read, checked and told apart from what cannot be understood."""

from helpers.sheets.blank import blank_sheet
from helpers.sheets.finding import ERROR, WARNING, Finding
from helpers.sheets.markup import mark_up
from helpers.sheets.reading import find_sheets, inspect_bytes, inspect_sheet, read_status_sheet
from helpers.sheets.status_sheet import COLUMNS, SheetReading, SheetSource, StatusSheet

__all__ = [
    "COLUMNS",
    "ERROR",
    "WARNING",
    "Finding",
    "SheetReading",
    "SheetSource",
    "StatusSheet",
    "blank_sheet",
    "find_sheets",
    "inspect_bytes",
    "inspect_sheet",
    "mark_up",
    "read_status_sheet",
]
