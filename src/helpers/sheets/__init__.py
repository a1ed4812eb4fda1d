"""Status sheets as departments send them: read and checked, blank ones to send out, copies marked with findings.

Every name is loaded on first use: a command that only looks for sheets does not load the readers, and one that reads
a sheet does not load the writers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.files.late_names import late_names

if TYPE_CHECKING:
    from helpers.sheets.finding import ERROR as ERROR
    from helpers.sheets.finding import WARNING as WARNING
    from helpers.sheets.finding import Finding as Finding
    from helpers.sheets.outgoing.blank import blank_sheet as blank_sheet
    from helpers.sheets.outgoing.blank import last_departments as last_departments
    from helpers.sheets.outgoing.marked_copy import marked_copy as marked_copy
    from helpers.sheets.outgoing.returns import Share as Share
    from helpers.sheets.outgoing.returns import shares_of as shares_of
    from helpers.sheets.parts import sheet_parts as sheet_parts
    from helpers.sheets.reading import inspect_parts as inspect_parts
    from helpers.sheets.reading import inspect_sheet as inspect_sheet
    from helpers.sheets.reading import read_status_sheet as read_status_sheet
    from helpers.sheets.sheet_folder import SheetFolder as SheetFolder
    from helpers.sheets.sheet_folder import find_sheets as find_sheets
    from helpers.sheets.status_sheet import COLUMNS as COLUMNS
    from helpers.sheets.status_sheet import SheetReading as SheetReading
    from helpers.sheets.status_sheet import SheetSource as SheetSource
    from helpers.sheets.status_sheet import StatusSheet as StatusSheet

__all__, __getattr__, __dir__ = late_names(__name__, __file__)
