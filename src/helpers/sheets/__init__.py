"""Status sheets as departments send them: read, checked and told apart from what cannot be understood.

Everything is loaded on first use, so that whoever looks for sheets does not wait for what reads them, nor whoever
reads one for what writes one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.sheets.finding import ERROR, WARNING, Finding
    from helpers.sheets.outgoing.blank import blank_sheet
    from helpers.sheets.outgoing.marked_copy import mark_up
    from helpers.sheets.reading import inspect_bytes, inspect_sheet, read_status_sheet
    from helpers.sheets.sheet_folder import SheetFolder, find_sheets
    from helpers.sheets.status_sheet import COLUMNS, SheetReading, SheetSource, StatusSheet

__all__ = [
    "COLUMNS",
    "ERROR",
    "WARNING",
    "Finding",
    "SheetFolder",
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

_HOMES = {
    "COLUMNS": "status_sheet",
    "ERROR": "finding",
    "WARNING": "finding",
    "Finding": "finding",
    "SheetFolder": "sheet_folder",
    "SheetReading": "status_sheet",
    "SheetSource": "status_sheet",
    "StatusSheet": "status_sheet",
    "blank_sheet": "outgoing.blank",
    "find_sheets": "sheet_folder",
    "inspect_bytes": "reading",
    "inspect_sheet": "reading",
    "mark_up": "outgoing.marked_copy",
    "read_status_sheet": "reading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
