"""Read an .xls of Excel 5.0 to 2003: xlrd gives its cells and its structure together."""

from __future__ import annotations

from helpers.sheets.files.grid import Grid
from helpers.sheets.files.in_child.sandbox import XLRD, sheets_in_child
from helpers.sheets.files.structure import Structure, structured_grids
from helpers.sheets.files.unreadable import Limits, password_protected


def read(data: bytes, _: str, limits: Limits) -> tuple[Grid, ...]:
    """Read every worksheet of an .xls.

    Raises:
        UnreadableError: encrypted, damaged, beyond the limits, or a document of another kind.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:  # an .xlsx with a password
        raise password_protected()
    sheets = sheets_in_child(data, XLRD, limits)
    structures = {}
    for sheet in sheets:
        # All that the reader gives beside name and rows are fields of the structure.
        structure = Structure(
            sheet["name"], limits, **{key: sheet[key] for key in sheet.keys() - {"name", "rows"}}
        )
        for row, texts in enumerate(sheet["rows"]):
            for column, text in enumerate(texts):
                if text:
                    structure.count_cells(row, column)
        structures[structure.sheet] = structure
    return structured_grids(sheets, structures)
